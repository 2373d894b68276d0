/* One column of a PDF as lines of text: cells parted by tabs, indents, blank lines; wrapped lines joined. */
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "core/ctx.h"
#include "document/pdf_pieces.h"

#define SAME_ROW      0.4f  /* of a height: centres nearer than that are on one row */
#define CELL_GAP      0.9f  /* of a height: a wider gap parts cells */
#define BLANK_GAP     0.4f  /* of a height beyond the usual gap between lines: a blank line */
#define GAP_MAX       1.2f  /* of a height: lines farther apart are no neighbours, however usual */
#define INDENT        0.25f /* of a height: one column of indent */
#define INDENT_MAX    40
#define SAME_EDGE     2.5f
#define WIDE          200.0f /* a narrower column holds lists, whose lines are not joined by their width */
#define NEAR_ROWS     8
#define HEADING_WIDTH 0.35f /* of a column's width */

struct row {
	const struct cvp_pdf_piece *at; /* in reading direction */
	size_t count;
	float start, text_start, end; /* in reading direction: from right to left negative */
	float y0, y1, first_width;
	int page;
	bool is_rtl, is_bullet, is_joined; /* joined: to the row above */
};

struct column {
	struct cvp_ctx *ctx;
	struct row *rows;
	size_t count;
	float start, end, gap; /* gap: the usual one between two lines */
	bool is_centred;
};

static int
by_x(const void *a, const void *b)
{
	const struct cvp_pdf_piece *first = a, *second = b;

	return first->x0 < second->x0 ? -1 : first->x0 > second->x0;
}

static int
by_size(const void *a, const void *b)
{
	float first = *(const float *)a, second = *(const float *)b;

	return first < second ? -1 : first > second;
}

/* The bytes of a bullet at the front of the text, 0 without. */
static size_t
bullet_at(const char *text)
{
	static const char *const marks[] = { "•", "●", "▪", "▫", "◦", "‣", "⁃", "∙", "○", "■", "□", "◆", "◇", "➢",
					     "➤", "►", "▶", "✓", "✔", "❖", "⚫", "▸", "▹", "➔", "·", "-", "–", "*" };
	ucs4_t c = 0;
	int bytes = u8_mbtouc(&c, (const uint8_t *)text, strlen(text));

	if (c >= 0xE000 && c <= 0xF8FF && (text[bytes] == ' ' || text[bytes] == '\0'))
		return (size_t)bytes;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t length = strlen(marks[i]);

		if (strncmp(text, marks[i], length) == 0 && (text[length] == ' ' || text[length] == '\0'))
			return length;
	}
	return 0;
}

static float
height_of(const struct row *row)
{
	return row->y1 - row->y0;
}

/* The end of the row that begins with piece `first`: those whose centres lie level with its own. */
static size_t
row_end(const struct cvp_pdf_pieces *column, size_t first)
{
	const struct cvp_pdf_piece *head = &column->at[first];
	float centre = (head->y0 + head->y1) / 2, height = head->y1 - head->y0;
	size_t end = first + 1;

	for (; end < column->count; end++) {
		const struct cvp_pdf_piece *piece = &column->at[end];
		float own = piece->y1 - piece->y0, shift = (piece->y0 + piece->y1) / 2 - centre;

		if (shift > SAME_ROW * (own > height ? own : height) ||
		    shift < -SAME_ROW * (own > height ? own : height))
			break;
	}
	return end;
}

static void
turn(struct cvp_pdf_piece *pieces, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct cvp_pdf_piece swap = pieces[i];

		pieces[i] = pieces[count - 1 - i];
		pieces[count - 1 - i] = swap;
	}
}

static struct row
make_row(struct cvp_pdf_piece *pieces, size_t count)
{
	struct row row = { .at = pieces, .count = count, .y0 = 1e9f, .y1 = -1e9f, .page = pieces[0].page };
	float x0 = 1e9f, x1 = -1e9f;
	size_t bullet;

	qsort(pieces, count, sizeof(*pieces), by_x);
	for (size_t i = 0; i < count; i++) {
		row.is_rtl |= pieces[i].is_rtl;
		x0 = pieces[i].x0 < x0 ? pieces[i].x0 : x0;
		x1 = pieces[i].x1 > x1 ? pieces[i].x1 : x1;
		row.y0 = pieces[i].y0 < row.y0 ? pieces[i].y0 : row.y0;
		row.y1 = pieces[i].y1 > row.y1 ? pieces[i].y1 : row.y1;
	}
	if (row.is_rtl)
		turn(pieces, count);
	row.start = row.is_rtl ? -x1 : x0;
	row.end = row.is_rtl ? -x0 : x1;
	row.first_width = pieces[0].first_width;
	bullet = bullet_at(pieces[0].text);
	row.is_bullet = bullet > 0 && (count > 1 || pieces[0].text[bullet]);
	row.text_start = row.start;
	if (row.is_bullet)
		row.text_start = pieces[0].text[bullet] ? row.start + height_of(&row)
				 : row.is_rtl           ? -pieces[1].x1
							: pieces[1].x0;
	return row;
}

static void
cut_rows(struct column *column, const struct cvp_pdf_pieces *pieces)
{
	column->rows = cvp_arena_alloc(column->ctx->arena, pieces->count * sizeof(*column->rows));
	for (size_t first = 0, end; first < pieces->count; first = end) {
		end = row_end(pieces, first);
		column->rows[column->count++] = make_row(pieces->at + first, end - first);
	}
}

/* Is most of the column set around its middle? */
static bool
is_centred(const struct column *column)
{
	float middle = (column->start + column->end) / 2;
	size_t centred = 0;

	for (size_t i = 0; i < column->count; i++) {
		float off = (column->rows[i].start + column->rows[i].end) / 2 - middle;

		centred += off < 3 && off > -3 && column->rows[i].start > column->start + 3;
	}
	return centred * 2 > column->count;
}

static void
measure(struct column *column)
{
	float *gaps = cvp_arena_alloc(column->ctx->arena, (column->count + 1) * sizeof(*gaps));
	size_t count = 0;

	column->start = 1e9f;
	column->end = -1e9f;
	for (size_t i = 0; i < column->count; i++) {
		const struct row *row = &column->rows[i];

		column->start = row->start < column->start ? row->start : column->start;
		column->end = row->end > column->end ? row->end : column->end;
		if (i > 0 && row->page == row[-1].page)
			gaps[count++] = row->y0 - row[-1].y1;
	}
	qsort(gaps, count, sizeof(*gaps), by_size);
	column->gap = count ? gaps[count / 2] : 0;
	if (column->count && column->gap > GAP_MAX * height_of(column->rows))
		column->gap = GAP_MAX * height_of(column->rows);
	column->is_centred = is_centred(column);
}

static bool
is_same_edge(float a, float b)
{
	return a - b < SAME_EDGE && b - a < SAME_EDGE;
}

/* How far the lines around row i reach that begin where it does. */
static float
right_edge(const struct column *column, size_t i)
{
	const struct row *row = &column->rows[i];
	size_t first = i > NEAR_ROWS ? i - NEAR_ROWS : 0, last = i + NEAR_ROWS, alike = 0;
	float edge = row->end;

	for (size_t j = first; j <= last && j < column->count; j++) {
		const struct row *other = &column->rows[j];

		if (other->is_rtl != row->is_rtl || !is_same_edge(other->text_start, row->text_start))
			continue;
		alike++;
		edge = other->end > edge ? other->end : edge;
	}
	return alike >= 3 ? edge : column->end;
}

static bool
ends_in_soft_hyphen(const struct row *row)
{
	const char *text = row->at[row->count - 1].text;
	size_t length = strlen(text);

	return length > 2 && memcmp(text + length - 2, "\xC2\xAD", 2) == 0;
}

static bool
ends_in_comma(const struct row *row)
{
	const char *text = row->at[row->count - 1].text;

	return text[strlen(text) - 1] == ',';
}

/* A few words, each with a capital, and nothing else: may be a heading, which only its words can tell from the end of a
 * wrapped line. */
static bool
may_be_heading(const struct column *column, const struct row *row)
{
	const char *text = row->at[0].text;
	int words = 1;

	if (row->count > 1 || row->end - row->start > HEADING_WIDTH * (column->end - column->start) ||
	    strpbrk(text, ",.;()"))
		return false;
	for (const char *at = text; *at; at++) {
		if (at > text && at[-1] == ' ')
			words++;
		if ((at == text || at[-1] == ' ') && *at >= 'a' && *at <= 'z')
			return false;
	}
	return words <= 3;
}

/* Was the row above wrapped into this one: same left edge, as close as lines are, and its first word had no room? */
static bool
continues(const struct column *column, size_t i)
{
	const struct row *row = &column->rows[i], *before = i > 0 ? row - 1 : row;
	float height = height_of(before), left = row->start - before->text_start;

	if (before == row || row->is_bullet || row->is_rtl != before->is_rtl || row->count > 1 ||
	    before->count > (size_t)(before->is_bullet ? 2 : 1))
		return false;
	if (height_of(row) > height * 1.12f || height_of(row) < height * 0.88f)
		return false;
	if (row->page == before->page && row->y0 - before->y1 > column->gap + BLANK_GAP * height)
		return false;
	if (before->is_bullet ? (left < -0.8f * height || left > 1.2f * height) : !is_same_edge(left, 0))
		return false;
	if (ends_in_soft_hyphen(before))
		return true;
	if (may_be_heading(column, row) && !ends_in_comma(before))
		return false;
	if (column->end - column->start < WIDE || before->end - before->start < 0.6f * (column->end - column->start))
		return false;
	return before->end + 0.25f * height + row->first_width > right_edge(column, i - 1) - 0.5f;
}

/* Is there a blank line's worth of space above row i? */
static bool
is_after_blank(const struct column *column, size_t i)
{
	const struct row *row = &column->rows[i];
	float height = height_of(row), above;

	if (i == 0)
		return false;
	above = height_of(row - 1);
	if (height > above * 1.12f && !row->is_bullet)
		return true;
	return row->page == row[-1].page &&
	       row->y0 - row[-1].y1 > column->gap + BLANK_GAP * (height < above ? height : above);
}

static const char *
text_of(const struct column *column, const struct row *row, size_t i)
{
	return row->is_rtl ? cvp_pdf_logical(column->ctx, row->at[i].text) : row->at[i].text;
}

static void
write_row(const struct column *column, const struct row *row, struct cvp_buf *out)
{
	size_t i = 0, bullet = row->is_bullet ? bullet_at(text_of(column, row, 0)) : 0;
	const char *text = text_of(column, row, 0) + bullet;

	if (row->is_bullet) {
		cvp_buf_text(out, "• ");
		text += *text == ' ';
		if (*text == '\0' && row->count > 1)
			text = text_of(column, row, i = 1);
	}
	cvp_buf_text(out, text);
	for (i++; i < row->count; i++) {
		const struct cvp_pdf_piece *piece = &row->at[i];
		float gap = row->is_rtl ? piece[-1].x0 - piece->x1 : piece->x0 - piece[-1].x1;

		cvp_buf_char(out, gap > CELL_GAP * (piece->y1 - piece->y0) ? '\t' : ' ');
		cvp_buf_text(out, text_of(column, row, i));
	}
}

static void
write_indent(const struct column *column, const struct row *row, struct cvp_buf *out)
{
	float columns = (row->start - column->start) / (INDENT * height_of(row)) +
			0.5f; /* huge where letters are flat */

	if (column->is_centred)
		return;
	for (int i = 1; i <= INDENT_MAX && (float)i <= columns; i++)
		cvp_buf_char(out, ' ');
}

/* Takes the hyphen off a word that was broken at the end of the line; the space that joins it to the next line, else.
 */
static void
write_joint(struct cvp_buf *out)
{
	const char *text = cvp_buf_string(out);
	size_t length = out->length;

	if (length >= 2 && memcmp(text + length - 2, "\xC2\xAD", 2) == 0) {
		out->data[length - 2] = '\0';
		out->length -= 2;
	} else if (length < 2 || text[length - 1] != '-' || text[length - 2] == ' ') {
		cvp_buf_char(out, ' ');
	}
}

void
cvp_pdf_column_write(struct cvp_ctx *ctx, const struct cvp_pdf_pieces *pieces, struct cvp_buf *out)
{
	struct column column = { .ctx = ctx };

	cut_rows(&column, pieces);
	measure(&column);
	for (size_t i = 0; i < column.count && !cvp_buf_failed(out); i++) {
		if (continues(&column, i)) {
			write_joint(out);
			write_row(&column, &column.rows[i], out);
			continue;
		}
		if (i > 0)
			cvp_buf_text(out, is_after_blank(&column, i) ? "\n\n" : "\n");
		write_indent(&column, &column.rows[i], out);
		write_row(&column, &column.rows[i], out);
	}
	cvp_buf_text(out, "\n\n");
}
