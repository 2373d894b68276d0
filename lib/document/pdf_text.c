#include "document/pdf_text.h"

#include "core/ctx.h"
#include "document/pdf_pieces.h"

struct writer {
	struct cvp_ctx *ctx;
	struct cvp_buf *text;
	bool has_text;
};

static void
write_column(const struct cvp_pdf_pieces *column, bool is_new, void *arg)
{
	struct writer *writer = arg;

	if (writer->has_text && is_new) {
		cvp_buf_char(writer->text, CVP_PDF_COLUMN);
		cvp_buf_char(writer->text, '\n');
	}
	cvp_pdf_column_write(writer->ctx, column, writer->text);
	writer->has_text = true;
}

enum cvp_code
cvp_pdf_text(struct cvp_ctx *ctx, const char *xhtml, size_t length, struct cvp_buf *text)
{
	struct writer writer = { .ctx = ctx, .text = text };
	struct cvp_pdf_pieces pieces = { 0 };
	enum cvp_code code = cvp_pdf_pieces_read(ctx, xhtml, length, &pieces);

	if (code != CVP_OK)
		return code;
	cvp_pdf_pieces_trim(ctx, &pieces);
	cvp_pdf_columns(ctx, &pieces, write_column, &writer);
	if (cvp_buf_failed(text))
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The PDF's text is longer than %zu bytes", text->max);
	return CVP_OK;
}
