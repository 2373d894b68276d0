/* pdf_columns.c - is the page set in two columns? */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "document/pdf_page.h"

#define STEP         3.0 /* points from one gutter that is tried to the next */
#define FROM         0.2 /* of the page's width: no column is narrower */
#define TO           0.8
#define HIGH_ENOUGH  0.35 /* of the text's height that is free of what crosses */
#define PIECES_LEAST 6    /* in each column */
#define DATES_MOST   0.25 /* of a column's pieces; more: they date what stands beside them */
#define CHARS_LEAST  120  /* in each column */

struct side {
	size_t pieces, dates, chars;
	double largest; /* letters */
};

static bool
crosses(const struct cvp_pdf_piece *piece, double x)
{
	return piece->left < x - 1 && piece->right > x + 1;
}

/* Does it hold a year, as dates do? */
static bool
has_year(const char *text)
{
	for (; *text != '\0'; text++) {
		size_t digits = strspn(text, "0123456789");

		if (digits == 4 && (strncmp(text, "19", 2) == 0 || strncmp(text, "20", 2) == 0))
			return true;
		text += digits > 0 ? digits - 1 : 0;
	}
	return false;
}

static struct side
side_of(const struct cvp_pdf_page *page, const struct cvp_pdf_columns *columns, bool is_left)
{
	struct side side = { 0 };

	for (size_t i = 0; i < page->count; i++) {
		const struct cvp_pdf_piece *piece = &page->pieces[i];

		if (piece->top < columns->top || piece->bottom > columns->bottom ||
		    (piece->right <= columns->gutter + 1) != is_left)
			continue;
		side.pieces++;
		side.dates += has_year(piece->text);
		side.chars += strlen(piece->text);
		side.largest = piece->size > side.largest ? piece->size : side.largest;
	}
	return side;
}

static int
by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* The highest stretch of the page that nothing crosses at x. edges: room for two more than the pieces. */
static struct cvp_pdf_columns
free_stretch(const struct cvp_pdf_page *page, double x, double top, double bottom, double *edges)
{
	struct cvp_pdf_columns best = { .gutter = x };
	size_t count = 0;

	edges[count++] = top - 1;
	for (size_t i = 0; i < page->count; i++)
		if (crosses(&page->pieces[i], x))
			edges[count++] = (page->pieces[i].top + page->pieces[i].bottom) / 2;
	edges[count++] = bottom + 1;
	qsort(edges, count, sizeof(*edges), by_value);
	for (size_t i = 0; i + 1 < count; i++) {
		if (edges[i + 1] - edges[i] > best.bottom - best.top) {
			best.top = edges[i];
			best.bottom = edges[i + 1];
		}
	}
	return best;
}

static bool
is_column(const struct side *side)
{
	return side->pieces >= PIECES_LEAST && side->chars >= CHARS_LEAST &&
	       (double)side->dates <= DATES_MOST * (double)side->pieces;
}

/* How much is gained by reading apart: the lesser column's text. */
static size_t
worth(const struct cvp_pdf_page *page, struct cvp_pdf_columns *columns)
{
	struct side left = side_of(page, columns, true), right = side_of(page, columns, false);

	if (!is_column(left.chars < right.chars ? &left : &right) || left.pieces < PIECES_LEAST ||
	    right.pieces < PIECES_LEAST)
		return 0;
	columns->left_first = left.largest > right.largest + 0.5;
	return left.chars < right.chars ? left.chars : right.chars;
}

struct cvp_pdf_columns
cvp_pdf_columns_of(struct cvp_ctx *ctx, const struct cvp_pdf_page *page)
{
	struct cvp_pdf_columns best = { .are_there = false };
	double *edges = cvp_arena_alloc(ctx->arena, (page->count + 2) * sizeof(*edges));
	double top = page->height, bottom = 0;
	size_t best_worth = 0;

	for (size_t i = 0; i < page->count; i++) {
		top = page->pieces[i].top < top ? page->pieces[i].top : top;
		bottom = page->pieces[i].bottom > bottom ? page->pieces[i].bottom : bottom;
	}
	for (double x = FROM * page->width; x <= TO * page->width; x += STEP) {
		struct cvp_pdf_columns tried = free_stretch(page, x, top, bottom, edges);
		size_t gain = tried.bottom - tried.top >= HIGH_ENOUGH * (bottom - top) ? worth(page, &tried) : 0;

		if (gain > best_worth) {
			best = tried;
			best.are_there = true;
			best_worth = gain;
		}
	}
	return best;
}
