/* A posting as a JSON value: our own members, a job board's, schema.org's. */
#include "career/posting.h"
#include "core/ctx.h"
#include "fuzz.h"

int
FUZZ(posting_json)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_posting_import import = { 0 };
	json_t *value = cvp_own(ctx, json_loadb((const char *)bytes, length, JSON_DECODE_ANY, NULL));

	if (value == NULL)
		return 0;
	if (cvp_posting_import_json(ctx, fuzz_assets(), value, &import) == CVP_OK)
		fuzz_check_posting(ctx, &import);
	else
		fuzz_check_failure(ctx);
	return 0;
}
