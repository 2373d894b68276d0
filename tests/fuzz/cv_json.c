/* A CV's file or field told by its bytes: JSON Resume, the UserCV shape, Reactive Resume, or text after all. */
#include <string.h>

#include "career/cv_import.h"
#include "core/ctx.h"
#include "fuzz.h"

int
FUZZ(cv_json)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_cv_import import = { 0 }, again = { 0 };

	if (cvp_cv_import_bytes(ctx, fuzz_assets(), fuzz_copy(ctx, bytes, length), length, &import) != CVP_OK) {
		fuzz_check_failure(ctx);
		return 0;
	}
	assert(json_is_object(import.resume) && json_is_array(import.warnings));
	assert(cvp_cv_to_user_cv(ctx, import.resume) != NULL);
	/* what was stored can be read again */
	assert(cvp_cv_import_json(ctx, fuzz_assets(), import.resume, &again) == CVP_OK);
	return 0;
}
