/* Running heads and page numbers: what stands at the edge of several pages, its figures aside. */
#include <string.h>

#include "core/ctx.h"
#include "document/pdf_pieces.h"

#define EDGE     0.09f /* of a page's height: where printing adds its lines */
#define SAME_Y   4.0f
#define KEPT_MAX 512u /* pieces at edges compared: more are no running heads */

static float
height_of(const struct cvp_pdf_page *page)
{
	return page->bottom - page->top;
}

/* Do two texts differ in nothing but their figures? */
static bool
is_alike(const char *a, const char *b)
{
	while (*a && *b) {
		size_t digits = strspn(a, "0123456789");

		if (digits) {
			a += digits;
			digits = strspn(b, "0123456789");
			if (digits == 0)
				return false;
			b += digits;
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return *a == *b;
}

static bool
has_letter_or_digit(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80 || (*text >= '0' && *text <= '9') ||
		    ((*text | 0x20) >= 'a' && (*text | 0x20) <= 'z'))
			return true;
	return false;
}

/* Is the piece at the upper or lower edge of its page, where another page has the same? The first of those at the upper
 * edge stays: it may be the name. */
static bool
is_running(const struct cvp_pdf_pieces *pieces, const size_t *edges, size_t edge_count, size_t i)
{
	const struct cvp_pdf_piece *piece = &pieces->at[i];
	const struct cvp_pdf_page *page = &pieces->pages[piece->page];
	bool is_top = piece->y0 < page->top + EDGE * height_of(page);

	for (size_t e = 0; e < edge_count; e++) {
		const struct cvp_pdf_piece *other = &pieces->at[edges[e]];
		float shift = (piece->y0 - page->top) - (other->y0 - pieces->pages[other->page].top);

		if (other->page == piece->page || (is_top && other->page > piece->page))
			continue;
		if (shift < SAME_Y && shift > -SAME_Y && is_alike(piece->text, other->text))
			return true;
	}
	return false;
}

void
cvp_pdf_pieces_trim(struct cvp_ctx *ctx, struct cvp_pdf_pieces *pieces)
{
	size_t *edges = cvp_arena_alloc(ctx->arena, KEPT_MAX * sizeof(*edges)), edge_count = 0, kept = 0;
	bool *is_dropped = cvp_arena_alloc(ctx->arena, pieces->count + 1);

	if (pieces->page_count < 2)
		return;
	for (size_t i = 0; i < pieces->count && edge_count < KEPT_MAX; i++) {
		const struct cvp_pdf_page *page = &pieces->pages[pieces->at[i].page];
		float edge = EDGE * height_of(page);

		if ((pieces->at[i].y0 < page->top + edge || pieces->at[i].y1 > page->bottom - edge) &&
		    has_letter_or_digit(pieces->at[i].text))
			edges[edge_count++] = i;
	}
	if (edge_count == KEPT_MAX)
		return;
	for (size_t e = 0; e < edge_count; e++)
		is_dropped[edges[e]] = is_running(pieces, edges, edge_count, edges[e]);
	for (size_t i = 0; i < pieces->count; i++)
		if (!is_dropped[i])
			pieces->at[kept++] = pieces->at[i];
	pieces->count = kept;
}
