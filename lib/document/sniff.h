/* sniff.h - what a file is, told by its content and not by its name. Pure; any thread. */
#ifndef CVP_DOCUMENT_SNIFF_H
#define CVP_DOCUMENT_SNIFF_H

#include <stddef.h>

enum cvp_document_type {
	CVP_DOCUMENT_TEXT, /* plain text, Markdown, JSON: nothing that speaks against it */
	CVP_DOCUMENT_PDF,
	CVP_DOCUMENT_ZIP, /* DOCX, if the right files are in it */
	CVP_DOCUMENT_OLE  /* an old Word document, or a DOCX under a password */
};

enum cvp_document_type cvp_document_sniff(const char *bytes, size_t length);

#endif
