/* Lines of schools that no mark parts: a subject, the school, the town and the subject once more, in one row. */
#include "career/cv_text_school.h"

#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_text_degree.h"
#include "core/ctx.h"

#define TOWN_WORDS 3

static const char edge_marks[] = ",;|:·•/–—-−~\t";

/* The town of a line: bytes [from, to), its dash included. */
struct town {
	size_t from, to;
};

/* "- Chicago, IL": the bytes of a dash, a town and the code of its state, 0 where they do not stand at text. */
static size_t
scan_town(const struct cvp_text_reader *reader, const char *text)
{
	size_t at = 1 + cvp_cv_chars_space(text + 1), length, words = 0;
	const char *start = text + at;

	if (text[0] != '-' || at == 1)
		return 0;
	at = 0;
	while (words < TOWN_WORDS && (length = cvp_word_next(start, &at)) > 0) {
		words++;
		at += length;
		if (start[at] != ',')
			continue;
		length = at + 1 + cvp_cv_chars_space(start + at + 1);
		if (!cvp_words_are_place(reader->words, cvp_arena_strndup(reader->ctx->arena, start,
									  length + strcspn(start + length, " "))))
			return 0;
		return (size_t)(start - text) + length + strcspn(start + length, " ");
	}
	return 0;
}

/* A country behind the town (", USA"): its bytes with the comma. */
static size_t
scan_country(const struct cvp_text_reader *reader, const char *text)
{
	size_t start = strspn(text, " \t"), at, length, end = 0;

	if (text[start] != ',')
		return 0;
	at = ++start;
	for (int words = 0; words < TOWN_WORDS && (length = cvp_word_next(text, &at)) > 0; words++) {
		at += length;
		if (cvp_words_are_place(reader->words,
					cvp_arena_strndup(reader->ctx->arena, text + start, at - start)) ||
		    strncmp(text + start, " US", at - start) == 0)
			end = at;
	}
	return end;
}

static bool
find_town(const struct cvp_text_reader *reader, const char *text, struct town *town)
{
	const char *placeholder = cvp_text_find_place_placeholder(text);

	if (placeholder) {
		town->from = (size_t)(placeholder - text);
		town->to = town->from + strcspn(placeholder, "\t");
		town->to += scan_country(reader, text + town->to);
		return true;
	}
	for (const char *dash = text; (dash = strstr(dash, " - ")) != NULL; dash++) {
		size_t length = scan_town(reader, dash + 1);

		if (length == 0)
			continue;
		*town = (struct town){ (size_t)(dash - text), (size_t)(dash + 1 - text) + length };
		return true;
	}
	return false;
}

/* The bytes of a with which b begins, too, up to the end of a word. */
static size_t
common_words(const char *a, const char *b)
{
	size_t common = 0, at = 0, length;

	while ((length = cvp_word_next(a, &at)) > 0) {
		at += length;
		if (strncasecmp(a, b, at) != 0)
			break;
		if (strchr(" ,\t", a[at]) && strchr(" ,\t", b[at])) /* or the end of either */
			common = at;
	}
	return common;
}

/* Where the subject begins: behind the colon of the degree, behind the degree, or at the front. */
static const char *
subject_of(const struct cvp_text_reader *reader, const char *text)
{
	const char *colon = strstr(text, " : ");
	size_t degree;

	if (colon)
		return colon + 3;
	degree = cvp_degree_scan(reader, text);
	text += degree;
	return text + strspn(text, " ,");
}

/* "Degree : Subject , 2012 School Subject": the subject that is said again at the end is left out. */
static const char *
without_echo(const struct cvp_text_reader *reader, const char *text)
{
	struct cvp_date_range range;
	const char *subject = subject_of(reader, text), *school;
	size_t length, all = strlen(text);

	if (!cvp_date_range_find(text, 0, &range) || text + range.from <= subject)
		return text;
	school = cvp_text_trim(reader->ctx, subject, (size_t)(text + range.from - subject), edge_marks);
	length = strlen(school);
	if (length < 3 || all < range.to + length + 2 || strcasecmp(text + all - length, school) != 0 ||
	    text[all - length - 1] != ' ')
		return text;
	return cvp_text_trim(reader->ctx, text, all - length, edge_marks);
}

const char *
cvp_text_mark_school(const struct cvp_text_reader *reader, const char *text, const char **rest)
{
	struct cvp_ctx *ctx = reader->ctx;
	const char *before, *after, *subject;
	struct town town;
	size_t common;

	*rest = "";
	if (!find_town(reader, text, &town))
		return reader->is_anonymous ? without_echo(reader, text) : text;
	before = cvp_text_trim(ctx, text, town.from, edge_marks);
	after = cvp_text_trim(ctx, text + town.to, strlen(text + town.to), edge_marks);
	subject = subject_of(reader, before);
	common = common_words(subject, after);
	if (after[0] == '\0' || before[0] == '\0')
		return text;
	if (common) {
		*rest = cvp_text_trim(ctx, after + common, strlen(after + common), edge_marks);
		return cvp_arena_printf(ctx->arena, "%.*s\t%s\t%s", (int)(subject + common - before), before,
					subject + common,
					cvp_text_trim(ctx, text + town.from, town.to - town.from, edge_marks));
	}
	if (!cvp_text_find_place_placeholder(text))
		return text;
	if (!strstr(before, " : "))
		return cvp_arena_printf(ctx->arena, "%s\t%s", before, after);
	*rest = after;
	return before;
}

size_t
cvp_text_second_school(const struct cvp_text_reader *reader, const char *text)
{
	static const char high[] = " High School ";
	const char *found = strstr(text, high);
	struct cvp_word_counts counts;

	if (!found)
		return 0;
	found += sizeof(high) - 1;
	counts = cvp_word_count(reader->words, found);
	return counts.school == 1 && counts.words <= 5 && counts.capitals == counts.words && counts.degree == 0 &&
		       !strpbrk(found, ",;|\t")
		   ? (size_t)(found - text)
		   : 0;
}
