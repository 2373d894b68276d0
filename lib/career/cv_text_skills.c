/* Skills and languages of a plain-text CV. */
#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "career/cv_text_head.h"
#include "career/cv_text_lists.h"
#include "core/ctx.h"
#include "text/lexicon.h"
#include "text/text.h"

#define SKILL_MAX    100  /* code points of a skill (SPEC 2.5) */
#define COMPARED_MAX 1000 /* a list beyond the limits is refused, equal items or not: keeps a long one linear */
#define PROSE_WORDS  9    /* an item of more words is prose */

static const char edge_marks[] = ",;|•·.:-–—\t\"";

bool
cvp_text_array_has(const json_t *array, const char *text)
{
	if (json_array_size(array) > COMPARED_MAX)
		return false;
	for (size_t i = 0; i < json_array_size(array); i++)
		if (strcasecmp(json_string_value(json_array_get(array, i)), text) == 0)
			return true;
	return false;
}

static void
add_item(struct cvp_text_reader *reader, json_t *array, const char *text, size_t length)
{
	const char *item = cvp_text_trim(reader->ctx, text, length, edge_marks);

	if (strncmp(item, "and ", 4) == 0)
		item += 4;
	/* ".NET" keeps its dot, "C++" its marks: only full stops and commas were trimmed at the ends */
	if (length > 4 && strstr(text, ".NET") && strncmp(item, "NET", 3) == 0)
		item = cvp_text_trim(reader->ctx, text, length, ",;|•·:-–—\t\"");
	if (item[0] == '\0')
		return;
	if (cvp_text_length(item) > SKILL_MAX) {
		cvp_text_warn(reader, "A skill longer than %d characters is kept as text", SKILL_MAX);
		cvp_text_keep_unparsed(reader, item);
		return;
	}
	if (!cvp_text_array_has(array, item))
		json_array_append_new(array, json_string(item));
}

/* "SQL. LangChain": a full stop that parts two items, not one inside "Node.js" or at an abbreviation. */
static bool
is_stop(const char *text, size_t at)
{
	size_t length;

	return text[at] == '.' && text[at + 1] == ' ' && at >= 2 &&
	       cvp_cv_char_is_upper(cvp_cv_char_at(text + at + 2, &length)) &&
	       !cvp_cv_char_is_upper(cvp_cv_char_before(text, at - 1));
}

static bool
is_mark(const char *text, size_t at, uint32_t c)
{
	if (c == '/' || c == '+')
		return at > 0 && text[at - 1] == ' ' && text[at + 1] == ' ';
	return c == ',' || c == ';' || c == '|' || c == '\t' || c == 0x2022 || c == 0xB7 || c == 0x25CF ||
	       c == 0x2219 || is_stop(text, at);
}

/* The end of the item at text: the mark outside brackets that ends it, or the end of the text. */
static size_t
item_end(const char *text, size_t *mark)
{
	size_t length, at;
	int depth = 0;

	*mark = 0;
	for (at = 0; text[at]; at += length) {
		uint32_t c = cvp_cv_char_at(text + at, &length);

		if (c == '(' || c == '[')
			depth++;
		else if ((c == ')' || c == ']') && depth > 0)
			depth--;
		else if (depth == 0 && is_mark(text, at, c)) {
			*mark = length;
			return at;
		}
	}
	return at;
}

/* "AWS (EC2, S3)": the name, then each of the list in brackets. False where no list stands in brackets at its end. */
static bool
split_brackets(struct cvp_text_reader *reader, json_t *array, const char *item, size_t length)
{
	const char *open = memchr(item, '(', length), *close, *inner;
	size_t mark, end;

	if (!open || open == item)
		return false;
	close = memchr(open, ')', length - (size_t)(open - item));
	if (!close || (size_t)(close - item) + 2 < length || !memchr(open, ',', (size_t)(close - open)))
		return false;
	add_item(reader, array, item, (size_t)(open - item));
	inner = cvp_text_trim(reader->ctx, open + 1, (size_t)(close - open) - 1, "");
	for (; *inner; inner += end + mark) {
		end = item_end(inner, &mark);
		add_item(reader, array, inner, end);
	}
	return true;
}

void
cvp_text_split_list(struct cvp_text_reader *reader, json_t *array, const char *text)
{
	size_t mark, end;

	for (; *text; text += end + mark) {
		end = item_end(text, &mark);
		if (!split_brackets(reader, array, text, end))
			add_item(reader, array, text, end);
	}
}

/* A list parted by nothing but spaces ("JavaScript HTML 5 CSS"), cut by the skills it names; false where the lexicon
 * does not know most of its words. */
static bool
split_by_lexicon(struct cvp_text_reader *reader, json_t *array, const char *text)
{
	struct cvp_words words;
	struct cvp_skill_hits hits;
	size_t known = 0, next = 0;

	if (!reader->lexicon || strpbrk(text, ",;|\t"))
		return false;
	words = cvp_words_of(reader->ctx, text, strlen(text));
	if (words.count < 3)
		return false;
	hits = cvp_lexicon_scan(reader->ctx, reader->lexicon, text, &words);
	for (size_t i = 0; i < hits.count; i++)
		known += hits.hits[i].count;
	if (hits.count < 3 || known * 3 < words.count * 2)
		return false;
	for (size_t i = 0; i <= hits.count; i++) {
		size_t first = i < hits.count ? hits.hits[i].first : words.count;

		for (; next < first; next++)
			add_item(reader, array, text + words.words[next].offset, words.words[next].length);
		if (i < hits.count) {
			const struct cvp_word *from = &words.words[first], *to = from + hits.hits[i].count - 1;

			add_item(reader, array, text + from->offset, to->offset + to->length - from->offset);
			next = first + hits.hits[i].count;
		}
	}
	return true;
}

static void
split_skills(struct cvp_text_reader *reader, json_t *array, const char *text)
{
	if (!split_by_lexicon(reader, array, text))
		cvp_text_split_list(reader, array, text);
}

static bool
has_skill(const json_t *skills, const char *name)
{
	if (json_array_size(skills) > COMPARED_MAX)
		return false;
	for (size_t i = 0; i < json_array_size(skills); i++) {
		const char *other = json_string_value(json_object_get(json_array_get(skills, i), "name"));

		if (other && strcasecmp(other, name) == 0)
			return true;
	}
	return false;
}

/* Each item of a list without a label is a skill of its own. */
static void
add_skills(struct cvp_text_reader *reader, const char *text)
{
	json_t *items = json_array(), *skills = cvp_text_array(reader, "skills");

	split_skills(reader, items, text);
	for (size_t i = 0; i < json_array_size(items); i++) {
		json_t *name = json_array_get(items, i);

		if (!has_skill(skills, json_string_value(name)))
			json_array_append_new(skills, json_pack("{s:O}", "name", name));
	}
	json_decref(items);
}

/* "Languages: Go, C": a group with its name. */
static void
add_group(struct cvp_text_reader *reader, const char *label, const char *text)
{
	json_t *keywords = json_array(), *skill;

	split_skills(reader, keywords, text);
	skill = json_pack("{s:s}", "name", label);
	if (json_array_size(keywords))
		json_object_set(skill, "keywords", keywords);
	json_decref(keywords);
	json_array_append_new(cvp_text_array(reader, "skills"), skill);
}

/* The dash of "Teamwork – in Scrum teams"; NULL where the line is a list or has none. */
static const char *
find_dash(const char *text)
{
	static const char *const dashes[] = { " – ", " — ", " - ", " -- " };

	for (size_t i = 0; i < CVP_COUNT(dashes); i++) {
		const char *dash = strstr(text, dashes[i]);

		if (dash)
			return dash;
	}
	return NULL;
}

static bool
is_prose(const struct cvp_text_reader *reader, const char *text)
{
	size_t mark, end = item_end(text, &mark);
	const char *first = cvp_arena_strndup(reader->ctx->arena, text, end);

	return cvp_word_count(reader->words, first).words > PROSE_WORDS;
}

/* A skill with a word about it: "Teamwork – worked in Scrum teams". The name goes before the dash, the rest beside it.
 */
static bool
add_described(struct cvp_text_reader *reader, const char *text)
{
	const char *dash = find_dash(text), *name, *rest;
	json_t *skill;

	if (!dash || dash - text > 60 || memchr(text, ',', (size_t)(dash - text)))
		return false;
	name = cvp_text_trim(reader->ctx, text, (size_t)(dash - text), edge_marks);
	rest = cvp_text_trim(reader->ctx, dash, strlen(dash), edge_marks);
	if (!name[0] || !rest[0])
		return false;
	skill = json_pack("{s:s}", "name", name);
	if (cvp_text_length(rest) <= SKILL_MAX && cvp_word_count(reader->words, rest).fluency == 0)
		json_object_set_new(skill, "keywords", json_pack("[s]", rest));
	else
		cvp_text_set(skill, cvp_text_length(rest) <= 40 ? "level" : "x_note", rest);
	json_array_append_new(cvp_text_array(reader, "skills"), skill);
	return true;
}

/* "Web" alone over the list of its items: its label. */
static bool
is_group_name(const struct cvp_text_lines *lines, size_t i)
{
	const struct cvp_text_line *line = &lines->at[i], *next = i + 1 < lines->count ? line + 1 : NULL;

	if (!next || line->is_bullet || strpbrk(line->text, ",;|\t") || strlen(line->text) > 60)
		return false;
	if (line->level || line->is_bold || line->text[strlen(line->text) - 1] == ':')
		return true;
	return (next->is_bullet || strpbrk(next->text, ",;|") != NULL) && (line->after_blank || i == 0) &&
	       !next->after_blank;
}

/* The lines under a group's name, up to the next name or label, as one list. */
static size_t
read_group(struct cvp_text_reader *reader, const struct cvp_text_lines *lines, size_t i)
{
	const char *label = cvp_text_trim(reader->ctx, lines->at[i].text, strlen(lines->at[i].text), ":"), *l, *r;
	json_t *keywords = json_array(), *skill = json_pack("{s:s}", "name", label);

	for (i++;
	     i < lines->count && !is_group_name(lines, i) && !cvp_text_label(reader->ctx, lines->at[i].text, &l, &r) &&
	     !(lines->at[i].after_blank && !lines->at[i].is_bullet && json_array_size(keywords));
	     i++)
		split_skills(reader, keywords, lines->at[i].text);
	if (json_array_size(keywords))
		json_object_set(skill, "keywords", keywords);
	json_decref(keywords);
	json_array_append_new(cvp_text_array(reader, "skills"), skill);
	return i;
}

static void
read_skill_line(struct cvp_text_reader *reader, const char *text)
{
	const char *label, *rest;

	if (cvp_text_label(reader->ctx, text, &label, &rest)) {
		struct cvp_word_counts counts = cvp_word_count(reader->words, rest);

		if (cvp_text_heading_kind(label) == CVP_TEXT_LANGUAGES && counts.language > 0) {
			(void)cvp_text_read_language_line(reader, rest);
			return;
		}
		if (cvp_text_read_language_line(reader, text))
			return;
		if (cvp_text_heading_kind(label) == CVP_TEXT_SKILLS)
			add_skills(reader, rest);
		else
			add_group(reader, label, rest);
		return;
	}
	if (cvp_text_read_language_line(reader, text) || add_described(reader, text))
		return;
	if (is_prose(reader, text)) {
		cvp_text_keep_unparsed(reader, text);
		return;
	}
	add_skills(reader, text);
}

void
cvp_text_read_skills(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = cvp_text_unwrap(reader->ctx, &section->lines, 0, section->lines.count, true);

	for (size_t i = 0; i < lines.count;) {
		if (is_group_name(&lines, i))
			i = read_group(reader, &lines, i);
		else
			read_skill_line(reader, lines.at[i++].text);
	}
}
