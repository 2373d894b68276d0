/* pdf_page.h - a page of a PDF as pieces of text with their places. Private to pdf_*.c. */
#ifndef CVP_DOCUMENT_PDF_PAGE_H
#define CVP_DOCUMENT_PDF_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"

struct cvp_ctx;

/* Words of one line without a wide gap between them. Points (1/72 inch) from the page's upper left corner. */
struct cvp_pdf_piece {
	double left, top, right, bottom;
	double size; /* height of its letters */
	const char *text;
};

struct cvp_pdf_page {
	struct cvp_pdf_piece *pieces;
	size_t count, room;
	double width, height;
};

/* Two columns: between top and bottom nothing crosses `gutter`. */
struct cvp_pdf_columns {
	bool are_there;
	double gutter, top, bottom;
	bool left_first;
};

/* pdf_columns.c: finds them. */
struct cvp_pdf_columns cvp_pdf_columns_of(struct cvp_ctx *ctx, const struct cvp_pdf_page *page);

/* pdf_rows.c: appends the pieces that lie within left..right and top..bottom (by their middles) row by row. Reorders
 * the pieces. */
void cvp_pdf_rows(struct cvp_pdf_page *page, double left, double right, double top, double bottom,
		  struct cvp_buf *text);

#endif
