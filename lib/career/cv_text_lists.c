/* Sections of a plain-text CV that are lists of short things, and those that are prose. */
#include "career/cv_text_lists.h"

#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text_head.h"
#include "core/ctx.h"
#include "text/text.h"

#define TOP_ACHIEVEMENTS 3   /* SPEC 2.2 */
#define LIST_WORDS       6   /* a longer item is no certificate's name in a row of them */
#define TITLE_MAX        200 /* code points (SPEC 2.5) */

static const char edge_marks[] = ",;|:·•–—-−~\t([";

static struct cvp_text_lines
paragraphs(struct cvp_text_reader *reader, const struct cvp_text_section *section, bool by_width)
{
	return cvp_text_unwrap(reader->ctx, &section->lines, 0, section->lines.count, by_width);
}

/* The line without its date, which goes to date_key of the object. */
static const char *
take_date(struct cvp_text_reader *reader, json_t *object, const char *date_key, const char *text)
{
	struct cvp_ctx *ctx = reader->ctx;
	struct cvp_date_range range;
	const char *before, *after;
	struct cvp_date date;

	if (!cvp_date_range_find(text, 0, &range))
		return text;
	before = cvp_text_trim(ctx, text, range.from, edge_marks);
	after = cvp_text_trim(ctx, text + range.to, strlen(text + range.to), ",;|:·•–—-−~\t)].");
	if (before[0] && after[0] && !strchr("),|\t]", text[range.to]))
		return text; /* a year inside a name */
	date = range.is_open ? range.start : range.end;
	json_object_set_new(object, date_key, json_string(cvp_date_text(ctx, date)));
	if (before[0] && after[0])
		return text;
	return before[0] ? before : after;
}

/* Cuts "Name | Issuer" or "Title, Acme Inc" in two; *second is NULL where nothing parts them surely. */
static const char *
cut_issuer(struct cvp_text_reader *reader, const char *text, const char **second)
{
	struct cvp_ctx *ctx = reader->ctx;
	size_t bar = strcspn(text, "|\t");
	const char *comma = strrchr(text, ',');

	*second = NULL;
	if (text[bar]) {
		*second = cvp_text_trim(ctx, text + bar, strlen(text + bar), edge_marks);
		return cvp_text_trim(ctx, text, bar, edge_marks);
	}
	if (!comma || comma - text < 2 || comma[1] != ' ')
		return text;
	*second = cvp_text_trim(ctx, comma, strlen(comma), edge_marks);
	if (cvp_word_count(reader->words, *second).words > 4 || (*second)[0] == '\0') {
		*second = NULL;
		return text;
	}
	return cvp_text_trim(ctx, text, (size_t)(comma - text), edge_marks);
}

struct list_keys {
	const char *array, *name, *issuer, *date;
};

static void
add_named(struct cvp_text_reader *reader, const struct list_keys *keys, const char *text)
{
	json_t *array = cvp_text_array(reader, keys->array), *object = json_object();
	const char *rest = take_date(reader, object, keys->date, text), *issuer = NULL;
	const char *name = keys->issuer ? cut_issuer(reader, rest, &issuer) : rest;

	if (name[0] == '\0' && json_array_size(array)) {
		/* a date on a line of its own belongs to what stands above it */
		json_object_update_missing(json_array_get(array, json_array_size(array) - 1), object);
	} else if (cvp_text_length(name) > TITLE_MAX) {
		cvp_text_keep_unparsed(reader, text);
	} else if (name[0]) {
		json_t *ordered = json_pack("{s:s}", keys->name, name);

		cvp_text_set(ordered, keys->issuer ? keys->issuer : "publisher", issuer);
		json_object_update(ordered, object);
		json_array_append_new(array, ordered);
	}
	json_decref(object);
}

/* "AWS SAA, CKA, PMP" on one line: several names. */
static bool
is_row_of_names(const struct cvp_text_reader *reader, const char *text)
{
	struct cvp_date_range range;
	size_t items = 1, length, from = 0, at;

	if (cvp_date_range_find(text, 0, &range) || strpbrk(text, "|\t("))
		return false;
	for (at = 0; text[at]; at += length) {
		cvp_cv_char_at(text + at, &length);
		if (text[at] != ',' && text[at] != ';')
			continue;
		if (cvp_word_count(reader->words, cvp_arena_strndup(reader->ctx->arena, text + from, at - from)).words >
		    LIST_WORDS)
			return false;
		items++;
		from = at + 1;
	}
	return items >= 3;
}

void
cvp_text_read_certificates(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	static const struct list_keys keys = { "certificates", "name", "issuer", "date" };
	struct cvp_text_lines lines = paragraphs(reader, section, false);

	for (size_t i = 0; i < lines.count; i++) {
		json_t *items;

		if (!is_row_of_names(reader, lines.at[i].text)) {
			add_named(reader, &keys, lines.at[i].text);
			continue;
		}
		items = json_array();
		cvp_text_split_list(reader, items, lines.at[i].text);
		for (size_t j = 0; j < json_array_size(items); j++)
			add_named(reader, &keys, json_string_value(json_array_get(items, j)));
		json_decref(items);
	}
}

void
cvp_text_read_awards(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	static const struct list_keys keys = { "awards", "title", "awarder", "date" };
	struct cvp_text_lines lines = paragraphs(reader, section, false);

	for (size_t i = 0; i < lines.count; i++)
		add_named(reader, &keys, lines.at[i].text);
}

/* Each bullet or block is a publication; the lines right under its first are about it. */
void
cvp_text_read_publications(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	static const struct list_keys keys = { "publications", "name", NULL, "releaseDate" };
	struct cvp_text_lines lines = paragraphs(reader, section, false);
	json_t *array = cvp_text_array(reader, "publications"), *last;
	struct cvp_date_range range;

	for (size_t i = 0; i < lines.count; i++) {
		const struct cvp_text_line *line = &lines.at[i];

		last = json_array_get(array, json_array_size(array) - 1);
		if (i == 0 || (json_object_get(last, "releaseDate") && cvp_date_range_find(line->text, 0, &range)) ||
		    line->after_blank || line->is_bullet || line->level || !last)
			add_named(reader, &keys, line->text);
		else if (!json_object_get(last, "summary"))
			cvp_text_set(last, "summary", line->text);
		else
			cvp_text_keep_unparsed(reader, line->text);
	}
}

void
cvp_text_read_interests(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = paragraphs(reader, section, false);
	json_t *array = cvp_text_array(reader, "interests");
	const char *label, *rest;

	for (size_t i = 0; i < lines.count; i++) {
		json_t *items = json_array();

		if (cvp_text_label(reader->ctx, lines.at[i].text, &label, &rest)) {
			cvp_text_split_list(reader, items, rest);
			json_array_append_new(array, json_pack("{s:s, s:O}", "name", label, "keywords", items));
		} else if (cvp_word_count(reader->words, lines.at[i].text).words > 12 &&
			   !strchr(lines.at[i].text, ',')) {
			cvp_text_keep_unparsed(reader, lines.at[i].text);
		} else {
			cvp_text_split_list(reader, items, lines.at[i].text);
			for (size_t j = 0; j < json_array_size(items); j++)
				json_array_append_new(array, json_pack("{s:O}", "name", json_array_get(items, j)));
		}
		json_decref(items);
	}
}

void
cvp_text_read_references(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = paragraphs(reader, section, true);
	json_t *array = cvp_text_array(reader, "references");

	for (size_t i = 0; i < lines.count; i++)
		json_array_append_new(array, json_pack("{s:s}", "reference", lines.at[i].text));
}

void
cvp_text_add_summary(struct cvp_text_reader *reader, const char *text)
{
	if (reader->summary.length)
		cvp_buf_char(&reader->summary, '\n');
	cvp_buf_text(&reader->summary, text);
}

void
cvp_text_read_summary(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = paragraphs(reader, section, true);

	for (size_t i = 0; i < lines.count; i++)
		cvp_text_add_summary(reader, lines.at[i].text);
}

void
cvp_text_read_achievements(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = paragraphs(reader, section, true);
	json_t *array = cvp_text_array(reader, "x_top_achievements");

	for (size_t i = 0; i < lines.count; i++)
		if (lines.count <= TOP_ACHIEVEMENTS)
			json_array_append_new(array, json_string(lines.at[i].text));
		else
			cvp_text_add_summary(reader, lines.at[i].text);
}

void
cvp_text_read_other(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines lines = paragraphs(reader, section, true);
	bool is_kept = false;

	for (size_t i = 0; i < lines.count; i++) {
		if (cvp_text_read_link_line(reader, &lines.at[i]) ||
		    cvp_text_read_language_line(reader, lines.at[i].text))
			continue;
		cvp_text_keep_unparsed(reader, lines.at[i].text);
		is_kept = true;
	}
	if (is_kept)
		cvp_text_warn(reader, "The section \"%s\" is kept as text", section->heading);
}
