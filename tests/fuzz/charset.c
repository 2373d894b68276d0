/* What a file is, and its bytes as UTF-8. */
#include <string.h>

#include "core/ctx.h"
#include "document/charset.h"
#include "document/sniff.h"
#include "fuzz.h"
#include "text/text.h"

int
FUZZ(charset)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	const char *given = (const char *)bytes, *text = NULL;
	enum cvp_document_type type = cvp_document_sniff(given, length);
	size_t text_length = 0;

	assert(type <= CVP_DOCUMENT_OLE);
	cvp_document_utf8(ctx, given, length, &text, &text_length);
	if (text == given)
		assert(text_length == length);
	else /* converted, and so good, but for a U+0000 that UTF-16 held */
		assert(cvp_text_is_valid(text, text_length) || memchr(text, '\0', text_length) != NULL);
	return 0;
}
