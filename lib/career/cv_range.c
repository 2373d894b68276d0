/* Spans of time inside a text: what stands on both sides of a dash, of "to", "по", "עד". */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_date.h"
#include "core/code.h"

#define SHORT_RANGE_YEARS 15 /* "2019/20" may name an end that far away, no further */

/* After these a lone date is a start, and the end is now. */
static const char *const since_words[] = { "since", "с", "c", "со", "начиная с", "מאז", "החל מ", "החל" };
static const char *const from_words[] = { "from", "в период с" };

/* "since ", "с ", "מ-2019": the bytes before the date, 0 where none stand there. */
static size_t
scan_since(const char *text, bool *is_since)
{
	size_t length = cvp_cv_chars_any_word(text, since_words, CVP_COUNT(since_words), NULL), mark;

	if (text[0] == 'C') /* the language, not the Russian word typed in Latin letters */
		length = 0;
	*is_since = length > 0;
	if (length == 0)
		length = cvp_cv_chars_any_word(text, from_words, CVP_COUNT(from_words), NULL);
	if (length)
		return length + cvp_cv_chars_space(text + length);
	if (strncmp(text, "מ", 2) != 0)
		return 0;
	length = 2;
	if (cvp_cv_char_is_dash(cvp_cv_char_at(text + length, &mark)))
		length += mark;
	*is_since = cvp_cv_char_is_digit((unsigned char)text[length]);
	return *is_since ? length : 0;
}

/* One mark that stands between two dates: dashes, "..", arrows. */
static size_t
scan_mark(const char *text)
{
	static const char *const marks[] = { "->", "→", "...", "..", "…", "—>", "=>" };
	size_t at = 0, length;

	for (size_t i = 0; i < CVP_COUNT(marks); i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	while (at < 9 && cvp_cv_char_is_dash(cvp_cv_char_at(text + at, &length)))
		at += length;
	return at;
}

/* What stands between the two ends, with the space round it; 0 where nothing of the kind does. */
static size_t
scan_separator(const char *text)
{
	size_t at = cvp_cv_chars_space(text), length;

	length = scan_mark(text + at);
	if (length == 0)
		length = cvp_date_scan_till(text + at);
	if (length == 0)
		return 0;
	at += length;
	return at + cvp_cv_chars_space(text + at);
}

/* "2019/20", "2019–20": an end of two digits. */
static size_t
scan_short_end(const char *text, struct cvp_date_range *range)
{
	size_t at = text[0] == '/' ? 1 : scan_separator(text), length;
	int end;

	if (at == 0 || range->start.month || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' ||
	    text[at + 1] > '9')
		return 0;
	if (cvp_cv_char_is_digit((unsigned char)text[at + 2]) || strchr("/.-%", text[at + 2]) != NULL)
		if (text[at + 2] != '\0')
			return 0;
	if (cvp_cv_char_is_letter(cvp_cv_char_at(text + at + 2, &length)))
		return 0;
	end = range->start.year - range->start.year % 100 + (text[at] - '0') * 10 + (text[at + 1] - '0');
	if (end < range->start.year)
		end += 100;
	if (end == range->start.year || end > range->start.year + SHORT_RANGE_YEARS)
		return 0;
	range->end = (struct cvp_date){ .year = (short)end };
	return at + 2;
}

/* Does nothing follow but the end of a line, a closing bracket or a bar? Then "2021 –" is open. */
static bool
is_at_end(const char *text)
{
	size_t length;
	uint32_t c;

	while ((c = cvp_cv_char_at(text, &length)) != '\n' && cvp_cv_char_is_space(c))
		text += length;
	return c == 0 || c == '\n' || c == ')' || c == ']' || c == '|' || c == ',';
}

/* The other end of a range whose start has been read; the bytes after the start, 0 where the date stands alone. */
static size_t
scan_end(const char *text, struct cvp_date_range *range)
{
	size_t separator = scan_separator(text), length;

	length = separator ? cvp_date_scan(text + separator, &range->end) : 0;
	if (length)
		return separator + length;
	length = separator ? cvp_date_scan_now(text + separator) : 0;
	if (length == 0 && (length = cvp_cv_chars_space(text)) > 0) {
		/* "2020 Present", "2020 по настоящее время" */
		separator = length;
		length = cvp_date_scan_now(text + separator);
	}
	range->is_open = length > 0;
	if (length)
		return separator + length;
	length = scan_short_end(text, range);
	if (length)
		return length;
	separator = cvp_cv_chars_space(text);
	length = scan_mark(text + separator);
	range->is_open = length > 0 && is_at_end(text + separator + length);
	return range->is_open ? separator + length : 0;
}

/* "Jan – Mar 2020": a month whose year is that of the end. */
static size_t
scan_month_start(const char *text, struct cvp_date_range *range)
{
	int month;
	size_t name = cvp_date_scan_month(text, &month), separator, length;

	separator = name ? scan_separator(text + name) : 0;
	length = separator ? cvp_date_scan(text + name + separator, &range->end) : 0;
	if (length == 0 || range->end.month < month)
		return 0;
	range->start = (struct cvp_date){ .year = range->end.year, .month = (signed char)month };
	return name + separator + length;
}

/* "Present – 2021", as text laid out from right to left comes out of some programs. */
static size_t
scan_turned(const char *text, struct cvp_date_range *range)
{
	size_t open = cvp_date_scan_now(text), separator, length;

	separator = open ? scan_separator(text + open) : 0;
	length = separator ? cvp_date_scan(text + open + separator, &range->start) : 0;
	range->is_open = length > 0;
	return length ? open + separator + length : 0;
}

/* Puts a range written end first in order; where the years are equal both must have a month to tell. */
static void
put_in_order(struct cvp_date_range *range)
{
	struct cvp_date swap = range->start;

	if (range->start.year == range->end.year && (range->start.month == 0 || range->end.month == 0))
		return;
	if (cvp_date_compare(range->start, range->end) <= 0)
		return;
	range->start = range->end;
	range->end = swap;
}

/* A span that begins exactly at text; the number of bytes. */
static size_t
scan_range(const char *text, struct cvp_date_range *range)
{
	bool is_since;
	size_t since, length, more;

	since = scan_since(text, &is_since);
	length = cvp_date_scan(text + since, &range->start);
	if (length) {
		length += since;
		more = scan_end(text + length, range);
		range->is_range = more > 0;
		if (more == 0 && is_since)
			range->is_open = true;
		else if (more == 0)
			range->end = range->start;
		if (more == 0 && !is_since)
			range->start = (struct cvp_date){ 0 };
		if (range->is_range && !range->is_open)
			put_in_order(range);
		return length + more;
	}
	length = scan_month_start(text, range);
	if (length == 0)
		length = scan_turned(text, range);
	range->is_range = length > 0;
	return length;
}

bool
cvp_date_range_find(const char *text, size_t at, struct cvp_date_range *range)
{
	size_t length;

	if (!strpbrk(text + at, "0123456789"))
		return false;
	for (; text[at]; at += length) {
		if (cvp_date_may_begin(text, at)) {
			*range = (struct cvp_date_range){ .from = at };
			length = scan_range(text + at, range);
			if (length) {
				range->to = at + length;
				return true;
			}
		}
		cvp_cv_char_at(text + at, &length);
	}
	return false;
}
