/* A pasted page: script blocks of JSON-LD, or the text that it shows. The input stands inside of a body, so that all of
 * it is read as HTML. */
#include <string.h>

#include "career/posting.h"
#include "core/ctx.h"
#include "fuzz.h"

int
FUZZ(posting_html)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_posting_import import = { 0 };
	const char *page = cvp_arena_printf(ctx->arena, "<html><body>%s", fuzz_copy(ctx, bytes, length));

	if (cvp_posting_import_text(ctx, fuzz_assets(), page, strlen(page), &import) == CVP_OK)
		fuzz_check_posting(ctx, &import);
	else
		fuzz_check_failure(ctx);
	return 0;
}
