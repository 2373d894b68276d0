/* pdf_pieces.h - the pieces a PDF's page is made of, and the steps from them to text. Private to pdf_*.c.
 *
 * A piece is a run of words on one line with no wide gap inside. All pages lie under each other in one space: y grows
 * downward over the pages. Lengths are points. Everything is in the context's arena. */
#ifndef CVP_DOCUMENT_PDF_PIECES_H
#define CVP_DOCUMENT_PDF_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/code.h"

struct cvp_ctx;

struct cvp_pdf_piece {
	float x0, y0, x1, y1;
	float first_width; /* of its first word in reading direction */
	int page;
	bool is_rtl;
	const char *text; /* in visual order, left to right */
};

struct cvp_pdf_page {
	float top, bottom, width;
};

struct cvp_pdf_pieces {
	struct cvp_pdf_piece *at;
	size_t count, size;
	struct cvp_pdf_page *pages;
	size_t page_count, page_size;
};

void cvp_pdf_pieces_add(struct cvp_ctx *ctx, struct cvp_pdf_pieces *pieces, struct cvp_pdf_piece piece);

/* pdf_words.c: the XHTML read. */
CVP_CHECKED enum cvp_code cvp_pdf_pieces_read(struct cvp_ctx *ctx, const char *xhtml, size_t length,
					      struct cvp_pdf_pieces *pieces);

/* pdf_margins.c: without what is printed at the edge of every page. */
void cvp_pdf_pieces_trim(struct cvp_ctx *ctx, struct cvp_pdf_pieces *pieces);

/* pdf_columns.c: calls put for each column in reading order. is_new: it stands beside or under another column, so that
 * it begins something else. */
typedef void cvp_pdf_column_put(const struct cvp_pdf_pieces *column, bool is_new, void *arg);
void cvp_pdf_columns(struct cvp_ctx *ctx, const struct cvp_pdf_pieces *pieces, cvp_pdf_column_put *put, void *arg);

/* pdf_lines.c: one column as lines of text. */
void cvp_pdf_column_write(struct cvp_ctx *ctx, const struct cvp_pdf_pieces *column, struct cvp_buf *out);

/* pdf_bidi.c: does the text hold more letters written from right to left than from left to right? */
bool cvp_pdf_is_rtl(const char *text);

/* Text of a line that runs from right to left, from visual to logical order. */
const char *cvp_pdf_logical(struct cvp_ctx *ctx, const char *visual);

#endif
