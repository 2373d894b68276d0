/* The lines of a plain-text or Markdown CV: what is text, and what only marks headings, bullets and columns. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "core/ctx.h"

#define GAP_COLUMNS 3 /* so many spaces inside a line part two columns */
#define TAB_COLUMNS 4
#define COLUMN_MARK '\x1D' /* what lib/document puts where another column begins */
#define RULE_MIN    3      /* marks in a row that make a ruler */

struct cutter {
	struct cvp_ctx *ctx;
	struct cvp_text_lines lines;
	bool after_blank, after_column;
	int outline; /* number of the last line that began "N. ": "N.1" under it is numbering, too */
};

void
cvp_text_lines_add(struct cvp_ctx *ctx, struct cvp_text_lines *lines, struct cvp_text_line line)
{
	if (lines->count == lines->size) {
		size_t size = lines->size ? 2 * lines->size : 32;

		lines->at = cvp_arena_grow(ctx->arena, lines->at, lines->size * sizeof(*lines->at),
					   size * sizeof(*lines->at));
		lines->size = size;
	}
	lines->at[lines->count++] = line;
}

/* Characters nobody sees, which programs leave in text: direction marks, zero-width spaces, controls. */
static bool
is_unseen(uint32_t c)
{
	return (c < 0x20 && c != '\t') || c == 0x7F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

/* Pictures: they decorate names and headings, and are part of neither. */
static bool
is_picture(uint32_t c)
{
	return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) ||
	       (c >= 0xE000 && c <= 0xF8FF);
}

/* White space made uniform: a tab between columns, single spaces else; what is unseen goes. */
static const char *
tidy(struct cvp_ctx *ctx, const char *text)
{
	char *tidied = cvp_arena_alloc(ctx->arena, strlen(text) + 1);
	size_t out = 0, length;
	int spaces = 0;

	for (size_t at = 0; text[at]; at += length) {
		uint32_t c = cvp_cv_char_at(text + at, &length);

		if (c == '\t' || is_picture(c))
			spaces += GAP_COLUMNS;
		else if (cvp_cv_char_is_space(c) && !is_unseen(c))
			spaces++;
		if (is_unseen(c) || is_picture(c) || cvp_cv_char_is_space(c))
			continue;
		if (spaces && out)
			tidied[out++] = spaces >= GAP_COLUMNS ? '\t' : ' ';
		spaces = 0;
		memcpy(tidied + out, text + at, length);
		out += length;
	}
	tidied[out] = '\0';
	return tidied;
}

static bool
is_rule_mark(uint32_t c)
{
	return c == '-' || c == '=' || c == '_' || c == '*' || c == '~' || c == '#' || c == '+' ||
	       (c >= 0x2010 && c <= 0x2015) || (c >= 0x2500 && c <= 0x257F) || c == 0x25AC || c == 0x2022;
}

/* The bytes of a run of one rule mark at text, 0 where it is shorter than RULE_MIN. */
static size_t
scan_rule(const char *text)
{
	size_t at = 0, length;
	uint32_t mark = cvp_cv_char_at(text, &length);
	int run = 0;

	if (!is_rule_mark(mark))
		return 0;
	while (length && cvp_cv_char_at(text + at, &length) == mark) {
		at += length;
		run++;
	}
	return run >= RULE_MIN ? at : 0;
}

/* Nothing but marks and spaces ("-----", "* * *", "|---|---|")? */
static bool
is_ruler(const char *text)
{
	size_t length;
	int marks = 0;

	for (; *text; text += length) {
		uint32_t c = cvp_cv_char_at(text, &length);

		if (is_rule_mark(c) || c == '|' || c == ':')
			marks++;
		else if (!cvp_cv_char_is_space(c))
			return false;
	}
	return marks >= RULE_MIN;
}

/* "Page 2 of 3", "2 / 3", "- 2 -", "Jane Doe – 1/2": what printing adds at the edge of a page. */
static bool
is_page_number(const char *text)
{
	static const char *const words[] = { "page", "стр", "страница", "עמוד" };
	size_t length = cvp_cv_chars_any_word(text, words, CVP_COUNT(words), NULL);
	const char *slash = strrchr(text, '/');
	bool has_word = length > 0;
	int digits = 0;

	if (slash && slash > text + 2 && strlen(slash) == 2 && cvp_cv_char_is_digit((unsigned char)slash[1]) &&
	    cvp_cv_char_is_digit((unsigned char)slash[-1]) && strlen(text) < 80 &&
	    cvp_cv_char_is_dash(cvp_cv_char_before(text, (size_t)(slash - text - 2))))
		return true;
	for (text += length; *text; text += length) {
		uint32_t c = cvp_cv_char_at(text, &length);
		size_t word = cvp_cv_chars_word(text, "of");

		if (word == 0)
			word = cvp_cv_chars_word(text, "из");
		if (word)
			length = word;
		else if (cvp_cv_char_is_digit(c))
			digits++;
		else if (!cvp_cv_char_is_space(c) && !cvp_cv_char_is_dash(c) && c != '/' && c != '|' && c != '.')
			return false;
	}
	return digits > 0 && (has_word ? digits <= 6 : digits <= 2);
}

/* Bytes of one of the marks at text, 0 where none stands there. */
static size_t
scan_mark(const char *text, const char *const *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* "1. ", "12) ": the number of a list's item. */
static size_t
scan_item_number(const char *text)
{
	size_t digits = strspn(text, "0123456789"), space;

	if (digits < 1 || digits > 2 || (text[digits] != '.' && text[digits] != ')'))
		return 0;
	space = cvp_cv_chars_space(text + digits + 1);
	return space && text[digits + 1 + space] ? digits + 1 + space : 0;
}

/* "2.1 ", "2.1.3. " under a heading "2. ": the number of an outline; the bytes. */
static size_t
scan_outline(struct cutter *cutter, const char *text)
{
	size_t digits = strspn(text, "0123456789"), length = strspn(text, "0123456789."), space;
	int number = 0;

	if (digits < 1 || digits > 2 || text[digits] != '.')
		return 0;
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + (text[i] - '0');
	space = cvp_cv_chars_space(text + length);
	if (length == digits + 1 && space)
		cutter->outline = number;
	return length > digits + 1 && length <= 8 && space && number == cutter->outline ? length + space : 0;
}

/* Bytes of a bullet and its space at text; 0 where none stands there. */
static size_t
scan_bullet(const char *text)
{
	static const char *const bullets[] = { "•", "●", "▪", "▫", "◦", "‣", "⁃", "∙", "○", "■", "□", "◆", "◇",
					       "➢", "➤", "►", "▶", "✓", "✔", "❖", "⚫", "▸", "▹", "➔", "★", "☆" };
	static const char *const dashes[] = { "–", "—", "−", "·", "→", "»", "§", ">", "-", "*", "+", "o" };
	size_t length = scan_mark(text, bullets, CVP_COUNT(bullets)), space;
	uint32_t c;

	if (length)
		return length + cvp_cv_chars_space(text + length);
	c = cvp_cv_char_at(text, &length);
	if (c >= 0xE000 && c <= 0xF8FF) /* a symbol font's bullet */
		return length + cvp_cv_chars_space(text + length);
	length = scan_mark(text, dashes, CVP_COUNT(dashes));
	space = length ? cvp_cv_chars_space(text + length) : 0;
	return space ? length + space : scan_item_number(text);
}

/* Columns of white space at the start of a line; *bytes: how many bytes they take. */
static int
indent_of(const char *text, size_t *bytes)
{
	size_t at = 0, length;
	int columns = 0;
	uint32_t c;

	while (cvp_cv_char_is_space(c = cvp_cv_char_at(text + at, &length)) && length > 0) {
		if (c == '\t')
			columns += TAB_COLUMNS;
		else if (!is_unseen(c))
			columns++;
		at += length;
	}
	*bytes = at;
	return columns;
}

/* Takes a Markdown heading's marks; its level. */
static int
take_heading(const char **text)
{
	size_t level = strspn(*text, "#");

	if (level == 0 || level > 6 || !cvp_cv_char_is_space((unsigned char)(*text)[level]))
		return 0;
	*text += level + cvp_cv_chars_space(*text + level);
	return (int)level;
}

/* Is the whole text between marks of emphasis? */
static bool
is_emphasised(const char *text)
{
	size_t length = strlen(text);

	if (length < 5 || (strncmp(text, "**", 2) != 0 && strncmp(text, "__", 2) != 0))
		return false;
	return strncmp(text + length - 2, text, 2) == 0 && strstr(text + 2, "**") == text + length - 2;
}

/* The bytes of a run of one rule mark that ends a text of `length` bytes, 0 where it is shorter than RULE_MIN. */
static size_t
scan_rule_back(const char *text, size_t length)
{
	uint32_t mark = cvp_cv_char_before(text, length);
	size_t width = mark < 0x80 ? 1 : (mark < 0x800 ? 2 : 3), back = 0;

	if (!is_rule_mark(mark) || mark == '+' || mark == '#' || mark == 0x2022)
		return 0;
	while (back + width <= length && cvp_cv_char_before(text, length - back) == mark)
		back += width;
	return back >= RULE_MIN * width ? back : 0;
}

/* Rulers at one or both ends ("=== Skills ===", "SKILLS -----") taken off; were there any? Stars and underscores at one
 * end only are emphasis. */
static bool
take_rules(struct cvp_ctx *ctx, const char **text)
{
	const char *from = *text;
	size_t length = strlen(from), front = scan_rule(from), back = scan_rule_back(from, length);

	if (front && (from[0] == '#' || from[0] == '+' || ((from[0] == '*' || from[0] == '_') && back == 0)))
		front = 0;
	if (back && (from[length - 1] == '*' || from[length - 1] == '_') && front == 0)
		back = 0;
	if ((front == 0 && back == 0) || front + back >= length)
		return false;
	*text = cvp_text_trim(ctx, from + front, length - front - back, "");
	return true;
}

/* "| a | b |" of a table as "a | b". */
static const char *
take_table_row(struct cvp_ctx *ctx, const char *text)
{
	size_t length = strlen(text);

	if (length < 3 || text[0] != '|' || text[length - 1] != '|')
		return text;
	return cvp_text_trim(ctx, text + 1, length - 2, "");
}

static void
add_line(struct cutter *cutter, const char *raw, int indent)
{
	struct cvp_text_line line = {
		.raw = raw, .indent = indent, .after_blank = cutter->after_blank, .is_new_column = cutter->after_column
	};
	const char *text = raw;
	size_t bullet, length;

	line.level = take_heading(&text);
	text = take_table_row(cutter->ctx, text);
	line.is_ruled = take_rules(cutter->ctx, &text);
	text += scan_outline(cutter, text);
	bullet = line.level ? 0 : scan_bullet(text);
	line.is_bullet = bullet > 0;
	text += bullet;
	line.is_bold = is_emphasised(text);
	text = tidy(cutter->ctx, cvp_text_plain(cutter->ctx, text, strlen(text)));
	length = strlen(text);
	line.is_hyphenated = cvp_cv_char_before(text, length) == 0xAD;
	if (line.is_hyphenated)
		text = cvp_arena_strndup(cutter->ctx->arena, text, length - 2);
	line.text = text;
	if (text[0] == '\0' || is_page_number(text))
		return;
	cvp_text_lines_add(cutter->ctx, &cutter->lines, line);
	cutter->after_blank = cutter->after_column = false;
}

/* A ruler marks the line above it as a heading, when that one stands close and is short; else it is as good as blank.
 */
static void
take_ruler(struct cutter *cutter)
{
	struct cvp_text_line *last = cutter->lines.count ? &cutter->lines.at[cutter->lines.count - 1] : NULL;

	if (last && !cutter->after_blank && !last->is_bullet && strlen(last->text) <= CVP_HEAD_MAX && last->after_blank)
		last->is_ruled = true;
	cutter->after_blank = true;
}

/* The bytes up to the end of a line, and those of the end itself. */
static size_t
line_length(const char *text, size_t length, size_t *end)
{
	size_t at = 0;

	for (; at < length; at++) {
		*end = 1;
		if (text[at] == '\n' || text[at] == '\v' || text[at] == '\f')
			return at;
		if (text[at] == '\r') {
			*end = at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
			return at;
		}
		if (at + 2 < length &&
		    (memcmp(text + at, "\xE2\x80\xA8", 3) == 0 || memcmp(text + at, "\xE2\x80\xA9", 3) == 0)) {
			*end = 3;
			return at;
		}
	}
	*end = 0;
	return at;
}

struct cvp_text_lines
cvp_text_lines_of(struct cvp_ctx *ctx, const char *text, size_t length)
{
	struct cutter cutter = { .ctx = ctx, .after_blank = true };
	size_t end, skip;

	for (size_t at = 0; at < length;) {
		size_t size = line_length(text + at, length - at, &end);
		const char *raw = cvp_arena_strndup(ctx->arena, text + at, size);
		int indent = indent_of(raw, &skip);

		if (raw[0] == COLUMN_MARK)
			cutter.after_column = true;
		at += size + end;
		raw = cvp_text_mend(ctx, cvp_text_trim(ctx, raw + skip, size - skip, ""));
		if (raw[0] == '\0')
			cutter.after_blank = true;
		else if (is_ruler(raw))
			take_ruler(&cutter);
		else
			add_line(&cutter, raw, indent);
	}
	return cutter.lines;
}
