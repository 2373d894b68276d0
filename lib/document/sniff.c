#include "document/sniff.h"

#include <string.h>

#define PDF_WITHIN 1024 /* readers find "%PDF-" behind so much of anything else */

enum cvp_document_type
cvp_document_sniff(const char *bytes, size_t length)
{
	if (length >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0)
		return CVP_DOCUMENT_ZIP;
	if (length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0)
		return CVP_DOCUMENT_OLE;
	if (memmem(bytes, length < PDF_WITHIN ? length : PDF_WITHIN, "%PDF-", 5) != NULL)
		return CVP_DOCUMENT_PDF;
	return CVP_DOCUMENT_TEXT;
}
