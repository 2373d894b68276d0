/* pdf_rows.c - what stands on one height is one line. */
#include <stdlib.h>
#include <string.h>

#include "document/pdf_page.h"

#define SAME_ROW    0.5  /* of the lesser height that two pieces of a row share at least */
#define NEW_BLOCK   0.75 /* of a line's height between two rows: an empty line */
#define COLUMNS_MAX 200  /* characters a row is laid out over */
#define APART_LEAST 3    /* blanks between two pieces of a row */

static double
middle(const struct cvp_pdf_piece *piece)
{
	return (piece->top + piece->bottom) / 2;
}

static int
by_top(const void *a, const void *b)
{
	double left = middle(a), right = middle(b);

	return (left > right) - (left < right);
}

static int
by_left(const void *a, const void *b)
{
	const struct cvp_pdf_piece *left = a, *right = b;

	return (left->left > right->left) - (left->left < right->left);
}

static bool
is_within(const struct cvp_pdf_piece *piece, double left, double right, double top, double bottom)
{
	double x = (piece->left + piece->right) / 2, y = middle(piece);

	return x >= left && x < right && y >= top && y < bottom;
}

static bool
is_same_row(const struct cvp_pdf_piece *a, const struct cvp_pdf_piece *b)
{
	double top = a->top > b->top ? a->top : b->top, bottom = a->bottom < b->bottom ? a->bottom : b->bottom;
	double a_height = a->bottom - a->top, b_height = b->bottom - b->top;

	return bottom - top >= SAME_ROW * (a_height < b_height ? a_height : b_height);
}

static void
put_blanks(struct cvp_buf *text, size_t count)
{
	while (count-- > 0)
		cvp_buf_char(text, ' ');
}

/* One row, its pieces where they stand on the page as far as a line of characters can show it. */
static void
put_row(struct cvp_pdf_piece *row, size_t count, double left, double letter, struct cvp_buf *text)
{
	size_t used = 0;

	qsort(row, count, sizeof(*row), by_left);
	for (size_t i = 0; i < count; i++) {
		double place = (row[i].left - left) / letter;
		size_t at = place > 0 ? (size_t)place : 0;

		at = at < COLUMNS_MAX ? at : COLUMNS_MAX;
		if (i > 0 && at < used + APART_LEAST)
			at = used + APART_LEAST;
		put_blanks(text, at - used);
		cvp_buf_text(text, row[i].text);
		used = at + strlen(row[i].text);
	}
	cvp_buf_char(text, '\n');
}

/* Where the text begins, and how wide a letter is on average. */
static void
measure(const struct cvp_pdf_piece *pieces, size_t count, double *left, double *letter)
{
	double width = 0, letters = 0;

	*left = 1e9;
	for (size_t i = 0; i < count; i++) {
		*left = pieces[i].left < *left ? pieces[i].left : *left;
		width += pieces[i].right - pieces[i].left;
		letters += (double)strlen(pieces[i].text);
	}
	*letter = letters > 0 && width > letters ? width / letters : 4;
}

/* Moves what lies within to the front; how many. */
static size_t
gather(struct cvp_pdf_page *page, double left, double right, double top, double bottom)
{
	size_t found = 0;

	for (size_t i = 0; i < page->count; i++) {
		struct cvp_pdf_piece piece = page->pieces[i];

		if (!is_within(&piece, left, right, top, bottom))
			continue;
		page->pieces[i] = page->pieces[found];
		page->pieces[found++] = piece;
	}
	return found;
}

void
cvp_pdf_rows(struct cvp_pdf_page *page, double left, double right, double top, double bottom, struct cvp_buf *text)
{
	struct cvp_pdf_piece *pieces = page->pieces;
	size_t count = gather(page, left, right, top, bottom), end;
	double first, letter, last_bottom = 0;

	measure(pieces, count, &first, &letter);
	qsort(pieces, count, sizeof(*pieces), by_top);
	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && is_same_row(&pieces[i], &pieces[end]);)
			end++;
		if (i > 0 && pieces[i].top - last_bottom > NEW_BLOCK * pieces[i].size)
			cvp_buf_char(text, '\n');
		last_bottom = pieces[i].bottom;
		put_row(pieces + i, end - i, first, letter, text);
	}
	if (count > 0)
		cvp_buf_char(text, '\n');
}
