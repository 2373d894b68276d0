/* A CV as plain text or Markdown, of any length, with the columns of a PDF. */
#include <string.h>

#include "career/cv_import.h"
#include "core/ctx.h"
#include "fuzz.h"
#include "text/text.h"

int
FUZZ(cv_text)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	const char *text = fuzz_copy(ctx, bytes, length);
	struct cvp_cv_import import = { 0 };

	if (!cvp_text_is_valid(text, length))
		return 0; /* its callers' part: fuzzed by cv_json */
	if (cvp_cv_read_text(ctx, fuzz_assets(), text, length, &import) != CVP_OK) {
		fuzz_check_failure(ctx);
		return 0;
	}
	assert(json_is_object(import.resume) && json_is_array(import.warnings) && !import.was_json);
	assert(json_is_array(cvp_cv_unsure(ctx, import.resume)));
	return 0;
}
