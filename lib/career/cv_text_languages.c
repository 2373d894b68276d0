/* Languages people speak, and how well. */
#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "core/ctx.h"

#define COMPARED_MAX 100 /* people speak fewer; keeps a long list linear */
#define LINE_WORDS   30  /* more words are prose */

static const char edge_marks[] = ",;|•·.:-–—()\t";

static bool
has_language(const json_t *languages, const char *name)
{
	if (json_array_size(languages) > COMPARED_MAX)
		return false;
	for (size_t i = 0; i < json_array_size(languages); i++)
		if (strcasecmp(json_string_value(json_object_get(json_array_get(languages, i), "language")), name) == 0)
			return true;
	return false;
}

static void
add_language(struct cvp_text_reader *reader, const char *name, const char *fluency)
{
	json_t *languages = cvp_text_array(reader, "languages"), *language;

	if (name[0] == '\0' || has_language(languages, name))
		return;
	language = json_pack("{s:s}", "language", name);
	cvp_text_set(language, "fluency", fluency);
	json_array_append_new(languages, language);
}

/* Where the name of a language ends and its fluency begins: a dash, a colon, a bracket, the first word of fluency. */
static size_t
name_end(const struct cvp_text_reader *reader, const char *item)
{
	size_t at = 0, length, end = 0;

	while ((length = cvp_word_next(item, &at)) > 0) {
		unsigned classes = cvp_word_classes(reader->words, item + at, length);

		if (end > 0 && !(classes & CVP_WORD_LANGUAGE))
			return end;
		if (end == 0 && (classes & CVP_WORD_FLUENCY) && !(classes & CVP_WORD_LANGUAGE))
			break;
		at += length;
		end = at;
		if (item[at] == ':' || item[at] == '(' || item[at] == '\t')
			return end;
	}
	return end;
}

/* "Fluent English", "רמה גבוהה באנגלית": the fluency before the name. */
static size_t
name_start(const struct cvp_text_reader *reader, const char *item)
{
	size_t at = 0, length;

	while ((length = cvp_word_next(item, &at)) > 0) {
		if (cvp_word_classes(reader->words, item + at, length) & CVP_WORD_LANGUAGE)
			return at;
		at += length;
	}
	return 0;
}

static void
read_item(struct cvp_text_reader *reader, const char *text, size_t length)
{
	struct cvp_ctx *ctx = reader->ctx;
	const char *item = cvp_text_trim(ctx, text, length, ",;|•·.:-–—\t");
	size_t start = name_start(reader, item), end = name_end(reader, item + start);
	const char *name, *fluency;

	if (end == 0)
		end = strlen(item + start);
	name = cvp_text_trim(ctx, item + start, end, edge_marks);
	fluency = cvp_text_trim(ctx, item + start + end, strlen(item + start + end), edge_marks);
	if (fluency[0] == '\0' && start)
		fluency = cvp_text_trim(ctx, item, start, edge_marks);
	add_language(reader, name, fluency);
}

static bool
is_item_mark(uint32_t c)
{
	return c == ',' || c == ';' || c == '|' || c == '\t' || c == 0x2022 || c == 0xB7;
}

/* Does what follows a mark go on about the language before it ("English, fluent, C1")? */
static bool
goes_on(const struct cvp_text_reader *reader, const char *text)
{
	size_t at = 0, length = cvp_word_next(text, &at);
	unsigned classes = cvp_word_classes(reader->words, text + at, length);

	return (classes & CVP_WORD_FLUENCY) && !(classes & CVP_WORD_LANGUAGE);
}

/* Items of a line: parted by commas, semicolons, bars outside brackets. */
static void
read_items(struct cvp_text_reader *reader, const char *text)
{
	size_t from = 0, length, at;
	int depth = 0;

	for (at = 0; text[at]; at += length) {
		uint32_t c = cvp_cv_char_at(text + at, &length);

		depth += (c == '(') - (c == ')' && depth > 0);
		if (depth > 0 || !is_item_mark(c) || goes_on(reader, text + at + length))
			continue;
		read_item(reader, text + from, at - from);
		from = at + length;
	}
	read_item(reader, text + from, at - from);
}

bool
cvp_text_read_language_line(struct cvp_text_reader *reader, const char *text)
{
	struct cvp_word_counts counts = cvp_word_count(reader->words, text);
	size_t at = 0, length = cvp_word_next(text, &at);

	if (counts.language == 0 || counts.words > LINE_WORDS)
		return false;
	/* without a word of fluency a language may be anything's neighbour ("English literature") */
	if (counts.fluency == 0 && counts.words > counts.language)
		return false;
	if (!(cvp_word_classes(reader->words, text + at, length) & (CVP_WORD_LANGUAGE | CVP_WORD_FLUENCY)))
		return false;
	read_items(reader, text);
	return true;
}

void
cvp_text_read_languages(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = cvp_text_unwrap(reader->ctx, &section->lines, 0, section->lines.count, true);

	for (size_t i = 0; i < lines.count; i++) {
		const char *text = lines.at[i].text;

		/* "Native" under "English" */
		if (cvp_word_count(reader->words, text).language == 0 &&
		    cvp_word_count(reader->words, text).fluency > 0 &&
		    json_array_size(cvp_text_array(reader, "languages"))) {
			json_t *languages = cvp_text_array(reader, "languages");
			json_t *last = json_array_get(languages, json_array_size(languages) - 1);

			if (!json_object_get(last, "fluency"))
				cvp_text_set(last, "fluency", text);
			continue;
		}
		if (strlen(text) > 300)
			cvp_text_keep_unparsed(reader, text);
		else
			read_items(reader, text);
	}
}
