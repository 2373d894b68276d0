/* What careervp-extract answers: it read a stranger's document and may be in a stranger's hands. */
#include <string.h>

#include "core/ctx.h"
#include "document/extract.h"
#include "document/extract_wire.h"
#include "fuzz.h"

int
FUZZ(extract_wire)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_extract found = { 0 };

	if (cvp_extract_take(ctx, fuzz_copy(ctx, bytes, length), length, &found) != CVP_OK) {
		fuzz_check_failure(ctx);
		return 0;
	}
	assert(found.length + found.resume_length < length);
	assert(found.text[found.length] == '\0');
	assert(found.resume == NULL || found.resume[found.resume_length] == '\0');
	return 0;
}
