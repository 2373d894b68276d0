/* pdf.h - a PDF by poppler's pdftotext and by qpdf. Private to careervp-extract. */
#ifndef CVP_DOCUMENT_PDF_H
#define CVP_DOCUMENT_PDF_H

#include "document/tool.h"

struct cvp_ctx;

/* What reads the PDF on descriptor 0. */
struct cvp_pdf {
	struct cvp_tool text, attachment;
};

/* Starts both tools: before the process is jailed. CVP_INTERNAL_ERROR where it cannot. */
CVP_CHECKED enum cvp_code cvp_pdf_begin(struct cvp_ctx *ctx, struct cvp_pdf *pdf);

/* Its text, and the resume.json attached to it, if there is one (else nothing is appended). CVP_DOCUMENT_ENCRYPTED,
 * CVP_DOCUMENT_UNREADABLE, CVP_PAYLOAD_TOO_LARGE. */
CVP_CHECKED enum cvp_code cvp_pdf_finish(struct cvp_ctx *ctx, struct cvp_pdf *pdf, struct cvp_buf *text,
					 struct cvp_buf *resume);

#endif
