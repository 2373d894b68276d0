/* A posting as text, told by its content; requirements are read of what was taken. */
#include "career/posting.h"
#include "core/ctx.h"
#include "fuzz.h"

int
FUZZ(posting_text)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_posting_import import = { 0 };

	if (cvp_posting_import_text(ctx, fuzz_assets(), fuzz_copy(ctx, bytes, length), length, &import) == CVP_OK)
		fuzz_check_posting(ctx, &import);
	else
		fuzz_check_failure(ctx);
	return 0;
}
