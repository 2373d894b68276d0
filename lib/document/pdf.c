#include "document/pdf.h"

#include <string.h>

#include "core/ctx.h"
#include "document/pdf_text.h"

#define XHTML_MAX  ((size_t)96 * 1024 * 1024)
#define ERRORS_MAX ((size_t)16 * 1024)
#define DOCUMENT   "/dev/fd/0" /* opened anew by each: the descriptor's own place is shared */

enum { PDFTOTEXT_OPEN_FAILED = 1, PDFTOTEXT_NOT_PERMITTED = 3, NOT_STARTED = 127 };

enum cvp_code
cvp_pdf_begin(struct cvp_ctx *ctx, struct cvp_pdf *pdf)
{
	/* a page more than is read: that there are more is told */
	static const char *const text[] = { "pdftotext", "-bbox-layout", "-l", "101", DOCUMENT, "-", NULL };
	static const char *const attachment[] = { "qpdf", "--no-warn", "--show-attachment=resume.json", DOCUMENT,
						  NULL };

	_Static_assert(CVP_PDF_PAGES == 100, "the page after the last one is named above");
	if (!cvp_tool_start(&pdf->text, text) || !cvp_tool_start(&pdf->attachment, attachment))
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "pdftotext and qpdf cannot be started.");
	return CVP_OK;
}

/* XML knows no control characters and no U+FFFE, U+FFFF; a PDF may hold any. */
static void
blank_what_is_no_xml(struct cvp_buf *xhtml)
{
	for (size_t i = 0; i < xhtml->length; i++) {
		unsigned char *at = (unsigned char *)xhtml->data + i;
		bool is_control = *at < ' ' && *at != '\n' && *at != '\t' && *at != '\r';
		bool is_none = at[0] == 0xEF && at[1] == 0xBF && (at[2] == 0xBE || at[2] == 0xBF);

		if (is_control || is_none)
			memset(at, ' ', is_none ? 3 : 1);
	}
}

static enum cvp_code
judge(struct cvp_ctx *ctx, int status, const char *errors)
{
	if (status == NOT_STARTED)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "pdftotext is not installed.");
	if (status == PDFTOTEXT_NOT_PERMITTED || strstr(errors, "ncorrect password") != NULL ||
	    strstr(errors, "ncrypt") != NULL)
		return cvp_fail(ctx, CVP_DOCUMENT_ENCRYPTED,
				"The PDF is protected; save it without a password and with copying allowed.");
	if (status != 0)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE,
				"The PDF is damaged or takes too long to read; save it again, or paste its text.");
	return CVP_OK;
}

enum cvp_code
cvp_pdf_finish(struct cvp_ctx *ctx, struct cvp_pdf *pdf, struct cvp_buf *text, struct cvp_buf *resume)
{
	struct cvp_buf xhtml = CVP_BUF(XHTML_MAX), errors = CVP_BUF(ERRORS_MAX);
	int status = cvp_tool_finish(&pdf->text, &xhtml, &errors);
	enum cvp_code code = judge(ctx, status, cvp_buf_string(&errors));

	cvp_buf_reset(&errors);
	if (cvp_tool_finish(&pdf->attachment, resume, &errors) != 0 || cvp_buf_failed(resume))
		cvp_buf_reset(resume); /* none is there */
	if (code == CVP_OK && cvp_buf_failed(&xhtml))
		code = cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The PDF holds more text than is read of one.");
	if (code == CVP_OK) {
		blank_what_is_no_xml(&xhtml);
		code = cvp_pdf_text(ctx, cvp_buf_string(&xhtml), xhtml.length, text);
	}
	cvp_buf_free(&xhtml);
	cvp_buf_free(&errors);
	return code;
}
