/* The columns of a PDF's pages: a strip no piece crosses parts them, over as many lines as it stays free.
 *
 * Not every free strip parts columns: dates at the right edge of titles, or to the left of them, belong to their lines.
 * Those stand on the lines of what they belong to; the lines of two columns seldom lie level. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "document/pdf_pieces.h"

#define DEPTH_MAX   4
#define PIECES_MAX  20000u /* more are read as one column: bounds the work on a hostile file */
#define STEP        3.0f
#define EDGE        0.12f /* of a region's width: no column is narrower */
#define GUTTER_MIN  5.0f
#define SIDE_MIN    4     /* pieces of a column */
#define LEVEL       0.15f /* of a height: baselines nearer than that lie level */
#define DESCENT     0.22f /* of a height: how far below the baseline a box reaches */
#define NEIGHBOURS  32    /* pieces looked at on a line: bounds the work */
#define PROSE_CHARS 18
#define LIST_HEIGHT 0.45f /* of a page's */

struct region {
	struct cvp_pdf_piece *at; /* sorted by y */
	size_t count;
};

/* Pieces [first, last) of a region, parted at x. */
struct cut {
	size_t first, last;
	float x;
	bool is_level; /* the lines of both sides lie level, as those of a grid do */
	size_t weight;
};

/* One side of a cut. */
struct side {
	size_t count, level, dated, chars, common, centred;
	float x0, x1, height; /* height: of its largest piece */
};

struct walk {
	struct cvp_ctx *ctx;
	float page_height;
	cvp_pdf_column_put *put;
	void *arg;
};

static float
baseline(const struct cvp_pdf_piece *piece)
{
	return piece->y1 - DESCENT * (piece->y1 - piece->y0);
}

static int
by_line(const void *a, const void *b)
{
	const struct cvp_pdf_piece *first = a, *second = b;
	float below = baseline(first) - baseline(second);

	if (below != 0.0f)
		return below < 0 ? -1 : 1;
	return first->x0 < second->x0 ? -1 : first->x0 > second->x0;
}

static bool
is_left(const struct cvp_pdf_piece *piece, float x)
{
	return piece->x1 <= x + 1;
}

/* Does a year stand in the text, or nothing but figures? */
static bool
is_dated(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "0123456789")) != NULL;) {
		size_t digits = strspn(at, "0123456789");

		if (digits == 4 && (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0))
			return true;
		at += digits;
	}
	return false;
}

/* Does a piece of the other side of x lie level with piece i? */
static bool
has_level_neighbour(const struct region *region, const struct cut *cut, size_t i)
{
	const struct cvp_pdf_piece *piece = &region->at[i];
	float near = LEVEL * (piece->y1 - piece->y0);
	size_t first = i > cut->first + NEIGHBOURS ? i - NEIGHBOURS : cut->first;

	for (size_t j = first; j < cut->last && j < i + NEIGHBOURS; j++) {
		float shift = baseline(&region->at[j]) - baseline(piece);

		if (shift < near && shift > -near && is_left(&region->at[j], cut->x) != is_left(piece, cut->x))
			return true;
	}
	return false;
}

static struct side
side_of(const struct region *region, const struct cut *cut, bool left)
{
	struct side side = { .x0 = 1e6f, .x1 = -1e6f };

	for (size_t i = cut->first; i < cut->last; i++) {
		const struct cvp_pdf_piece *piece = &region->at[i];

		if (is_left(piece, cut->x) != left)
			continue;
		side.count++;
		side.level += has_level_neighbour(region, cut, i);
		side.dated += is_dated(piece->text);
		side.chars += strlen(piece->text);
		side.x0 = piece->x0 < side.x0 ? piece->x0 : side.x0;
		side.x1 = piece->x1 > side.x1 ? piece->x1 : side.x1;
		side.height = piece->y1 - piece->y0 > side.height ? piece->y1 - piece->y0 : side.height;
	}
	for (size_t i = cut->first; i < cut->last; i++)
		if (is_left(&region->at[i], cut->x) == left) {
			float off = region->at[i].x0 + region->at[i].x1 - side.x0 - side.x1;

			side.common += region->at[i].x0 < side.x0 + 14;
			side.centred += off < 6 && off > -6;
		}
	return side;
}

static bool
is_rtl(const struct region *region)
{
	size_t right = 0;

	for (size_t i = 0; i < region->count; i++)
		right += region->at[i].is_rtl;
	return right * 2 > region->count;
}

/* Do both sides read as text of their own? */
static bool
parts_columns(const struct region *region, struct cut *cut)
{
	struct side left = side_of(region, cut, true), right = side_of(region, cut, false);

	if (left.count < SIDE_MIN || right.count < SIDE_MIN || right.x0 - left.x1 < GUTTER_MIN)
		return false;
	if (left.dated * 2 >= left.count || right.dated * 2 >= right.count)
		return false;
	if (!is_rtl(region) && right.common * 10 < right.count * 3 && right.centred * 2 < right.count)
		return false; /* words that happen to leave a strip free */
	cut->weight = left.count + right.count;
	cut->is_level = false;
	if ((left.count - left.level) * 10 >= left.count * 3 && (right.count - right.level) * 10 >= right.count * 3)
		return true;
	cut->is_level = true;
	return left.chars >= PROSE_CHARS * left.count && right.chars >= PROSE_CHARS * right.count &&
	       left.common * 10 >= left.count * 6 && right.common * 10 >= right.count * 6;
}

/* The best cut of the runs of lines that x is free in. */
static void
try_at(const struct region *region, float x, struct cut *best)
{
	struct cut cut = { .x = x };
	size_t left = 0, right = 0;

	for (size_t i = 0; i <= region->count; i++) {
		const struct cvp_pdf_piece *piece = &region->at[i];

		if (i < region->count && (is_left(piece, x) || piece->x0 >= x - 1)) {
			left += is_left(piece, x);
			right += !is_left(piece, x);
			continue;
		}
		cut.last = i;
		if (left >= SIDE_MIN && right >= SIDE_MIN && left + right > best->weight && parts_columns(region, &cut))
			*best = cut;
		cut.first = i + 1;
		left = right = 0;
	}
}

static bool
find_cut(const struct region *region, struct cut *best)
{
	float x0 = 1e6f, x1 = -1e6f;

	*best = (struct cut){ 0 };
	for (size_t i = 0; i < region->count; i++) {
		x0 = region->at[i].x0 < x0 ? region->at[i].x0 : x0;
		x1 = region->at[i].x1 > x1 ? region->at[i].x1 : x1;
	}
	if (region->count < 2 * SIDE_MIN || region->count > PIECES_MAX || x1 - x0 > 5000)
		return false;
	for (float x = x0 + EDGE * (x1 - x0); x < x1 - EDGE * (x1 - x0); x += STEP)
		try_at(region, x, best);
	return best->weight > 0;
}

/* Two columns that are less than half a page high are a list in two columns, or a grid: what stands above or below one
 * of them alone is no part of it. */
static void
trim_list(const struct walk *walk, const struct region *region, struct cut *cut)
{
	size_t first[2] = { SIZE_MAX, SIZE_MAX }, last[2] = { 0, 0 };

	if (region->at[cut->last - 1].y1 - region->at[cut->first].y0 > LIST_HEIGHT * walk->page_height)
		return;
	cut->is_level = true;
	for (size_t i = cut->first; i < cut->last; i++) {
		int side = is_left(&region->at[i], cut->x);

		if (first[side] == SIZE_MAX)
			first[side] = i;
		last[side] = i + 1;
	}
	cut->first = first[0] > first[1] ? first[0] : first[1];
	cut->last = last[0] < last[1] ? last[0] : last[1];
	/* the piece level with the first of the other side */
	while (
	    cut->first > 0 && cut->first > (first[0] < first[1] ? first[0] : first[1]) &&
	    has_level_neighbour(region, &(struct cut){ .first = 0, .last = region->count, .x = cut->x }, cut->first) &&
	    baseline(&region->at[cut->first]) - baseline(&region->at[cut->first - 1]) < 2.0f)
		cut->first--;
	while (cut->last < (last[0] > last[1] ? last[0] : last[1]) &&
	       baseline(&region->at[cut->last]) - baseline(&region->at[cut->last - 1]) < 2.0f)
		cut->last++;
}

static void walk_region(const struct walk *walk, struct region region, int depth, bool is_new);

static struct region
copy_side(const struct walk *walk, const struct region *region, const struct cut *cut, bool left)
{
	struct region side = { .at = cvp_arena_alloc(walk->ctx->arena, (cut->last - cut->first) * sizeof(*side.at)) };

	for (size_t i = cut->first; i < cut->last; i++)
		if (is_left(&region->at[i], cut->x) == left)
			side.at[side.count++] = region->at[i];
	return side;
}

/* The column with the largest letters goes first, it has the name; else in reading direction. */
static void
walk_columns(const struct walk *walk, const struct region *region, const struct cut *cut, int depth, bool is_new)
{
	float left = side_of(region, cut, true).height, right = side_of(region, cut, false).height;
	bool left_first = !is_rtl(region);

	if (!cut->is_level && (left > right * 1.25f || right > left * 1.25f))
		left_first = left > right;
	walk_region(walk, copy_side(walk, region, cut, left_first), depth + 1, is_new);
	walk_region(walk, copy_side(walk, region, cut, !left_first), depth + 1, !cut->is_level);
}

static void
walk_region(const struct walk *walk, struct region region, int depth, bool is_new)
{
	struct cut cut;

	if (region.count == 0)
		return;
	if (depth >= DEPTH_MAX || !find_cut(&region, &cut)) {
		struct cvp_pdf_pieces column = { .at = region.at, .count = region.count };

		walk->put(&column, is_new, walk->arg);
		return;
	}
	trim_list(walk, &region, &cut);
	walk_region(walk, (struct region){ region.at, cut.first }, depth + 1, is_new);
	walk_columns(walk, &region, &cut, depth, cut.first == 0 && is_new);
	walk_region(walk, (struct region){ region.at + cut.last, region.count - cut.last }, depth + 1, false);
}

void
cvp_pdf_columns(struct cvp_ctx *ctx, const struct cvp_pdf_pieces *pieces, cvp_pdf_column_put *put, void *arg)
{
	struct walk walk = { ctx, pieces->page_count ? pieces->pages[0].bottom - pieces->pages[0].top : 0, put, arg };

	if (pieces->count == 0) /* a page of pictures */
		return;
	qsort(pieces->at, pieces->count, sizeof(*pieces->at), by_line);
	walk_region(&walk, (struct region){ pieces->at, pieces->count }, 0, false);
}
