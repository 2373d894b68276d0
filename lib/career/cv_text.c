/* A plain-text or Markdown CV made a JSON Resume: the conductor of the readers of its sections. */
#include "career/cv_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "career/cv_chars.h"
#include "career/cv_finish.h"
#include "career/cv_import.h"
#include "career/kind.h"
#include "core/ctx.h"
#include "text/text.h"

#define TEXT_MIN     100u /* code points (SPEC 2.5) */
#define TEXT_MAX     1000000u
#define WARNINGS_MAX 50u
#define SUMMARY_MAX  (4u << 20) /* bytes: more than TEXT_MAX characters can be */
#define LIST_WORDS   8          /* of a line of a list of skills in two columns */
#define SHORT_TEXT   1000u      /* bytes */
#define LATE_LINES   5u         /* the last lines of a section a name may stand in */
#define UNPARSED_MAX 2000u      /* lines kept of a text that is hardly a CV */

void
cvp_text_warn(struct cvp_text_reader *reader, const char *format, ...)
{
	va_list args;

	if (json_array_size(reader->warnings) >= WARNINGS_MAX)
		return;
	va_start(args, format);
	json_array_append_new(reader->warnings, json_string(cvp_arena_vprintf(reader->ctx->arena, format, args)));
	va_end(args);
}

json_t *
cvp_text_array(struct cvp_text_reader *reader, const char *key)
{
	json_t *array = json_object_get(reader->resume, key);

	if (array)
		return array;
	array = json_array();
	json_object_set_new(reader->resume, key, array);
	return array;
}

void
cvp_text_keep_unparsed(struct cvp_text_reader *reader, const char *text)
{
	json_t *kept = cvp_text_array(reader, "x_unparsed");

	if (json_array_size(kept) < UNPARSED_MAX)
		json_array_append_new(kept, json_string(text));
}

void
cvp_text_set(json_t *object, const char *key, const char *text)
{
	if (text && text[0])
		json_object_set_new(object, key, json_string(text));
}

void
cvp_text_set_dates(struct cvp_text_reader *reader, json_t *entry, const char *text, const struct cvp_date_range *range)
{
	struct cvp_ctx *ctx = reader->ctx;

	if (range->start.year)
		json_object_set_new(entry, "startDate", json_string(cvp_date_text(ctx, range->start)));
	if (range->end.year && !range->is_open)
		json_object_set_new(entry, "endDate", json_string(cvp_date_text(ctx, range->end)));
	json_object_set_new(entry, "x_dates",
			    json_string(cvp_text_trim(ctx, text + range->from, range->to - range->from, "")));
}

/* Is the code point at text white space, or one of the marks? */
static bool
is_stripped(const char *text, const char *marks)
{
	char mark[5] = "";
	size_t length;
	uint32_t c = cvp_cv_char_at(text, &length);

	memcpy(mark, text, length);
	return cvp_cv_char_is_space(c) || (length && strstr(marks, mark) != NULL);
}

const char *
cvp_text_trim(struct cvp_ctx *ctx, const char *text, size_t length, const char *strip)
{
	size_t step, end;

	while (length > 0 && *text && is_stripped(text, strip)) {
		cvp_cv_char_at(text, &step);
		step = step < length ? step : length;
		text += step;
		length -= step;
	}
	while (length > 0) {
		for (end = length - 1; end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80; end--)
			;
		if (!is_stripped(text + end, strip))
			break;
		length = end;
	}
	return cvp_arena_strndup(ctx->arena, text, length);
}

const char *
cvp_text_unbracket(struct cvp_ctx *ctx, const char *text)
{
	size_t length = strlen(text);
	const char *open = strchr(text, '('), *close = strchr(text, ')');

	if (open == text && close == text + length - 1)
		return cvp_text_trim(ctx, text + 1, length - 2, "");
	if (open && !close && (open == text || open[1] == '\0'))
		return cvp_text_trim(ctx, text, length, "(");
	if (close && !open)
		return cvp_text_trim(ctx, text, length, ")");
	return text;
}

/* "Training", "Qualifications" may hold schools: do half of the lines name a degree or a school? */
static bool
is_about_schools(const struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	size_t schools = 0;

	for (size_t i = 0; i < section->lines.count; i++) {
		struct cvp_word_counts counts = cvp_word_count(reader->words, section->lines.at[i].text);

		schools += counts.words <= 24 && counts.school > 0;
	}
	return schools * 2 >= section->lines.count && schools > 0;
}

/* "Highlights", "Strengths", "Qualifications" over a list of short things: skills. */
static bool
is_list_of_skills(const struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	static const char *const headings[] = { "highlights", "strengths", "qualifications", "career highlights" };
	size_t length = cvp_cv_chars_any_word(section->heading, headings, CVP_COUNT(headings), NULL), brief = 0;

	if (length == 0 || strspn(section->heading + length, ": ") != strlen(section->heading + length))
		return false;
	for (size_t i = 0; i < section->lines.count; i++) {
		const char *text = section->lines.at[i].text;

		brief += cvp_word_count(reader->words, text).words <= LIST_WORDS && text[strlen(text) - 1] != '.';
	}
	return section->lines.count >= 3 && brief * 4 >= section->lines.count * 3;
}

static void
read_section(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	static void (*const readers[CVP_TEXT_KIND_COUNT])(struct cvp_text_reader *, const struct cvp_text_section *) = {
		[CVP_TEXT_SUMMARY] = cvp_text_read_summary,
		[CVP_TEXT_WORK] = cvp_text_read_jobs,
		[CVP_TEXT_VOLUNTEER] = cvp_text_read_jobs,
		[CVP_TEXT_EDUCATION] = cvp_text_read_education,
		[CVP_TEXT_SKILLS] = cvp_text_read_skills,
		[CVP_TEXT_LANGUAGES] = cvp_text_read_languages,
		[CVP_TEXT_CERTIFICATES] = cvp_text_read_certificates,
		[CVP_TEXT_AWARDS] = cvp_text_read_awards,
		[CVP_TEXT_ACHIEVEMENTS] = cvp_text_read_achievements,
		[CVP_TEXT_PUBLICATIONS] = cvp_text_read_publications,
		[CVP_TEXT_PROJECTS] = cvp_text_read_projects,
		[CVP_TEXT_INTERESTS] = cvp_text_read_interests,
		[CVP_TEXT_REFERENCES] = cvp_text_read_references,
		[CVP_TEXT_OTHER] = cvp_text_read_other,
	};

	if (section->kind == CVP_TEXT_OTHER && is_about_schools(reader, section))
		cvp_text_read_education(reader, section);
	else if (section->kind == CVP_TEXT_OTHER && is_list_of_skills(reader, section))
		cvp_text_read_skills(reader, section);
	else if (section->lines.count)
		readers[section->kind](reader, section);
}

/* The first of the last lines of a section that begin with a name and go on with a headline; the count without. */
static size_t
find_late_name(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines)
{
	size_t first = lines->count > LATE_LINES ? lines->count - LATE_LINES : 0;

	for (size_t i = first; i + 1 < lines->count; i++) {
		struct cvp_word_counts name = cvp_word_count(reader->words, lines->at[i].text);
		struct cvp_word_counts next = cvp_word_count(reader->words, lines->at[i + 1].text);

		if (name.words >= 2 && name.words <= 4 && name.capitals == name.words &&
		    name.title + name.language == 0 && !lines->at[i].is_bullet &&
		    cvp_text_is_name(reader, lines->at[i].text) && next.title > 0 && lines->at[i].after_blank)
			return i;
	}
	return lines->count;
}

/* Some programs put a column of skills and languages before the name: the head is then where that column ends. */
static void
read_late_head(struct cvp_text_reader *reader, struct cvp_text_sections *sections)
{
	for (size_t i = 0; i < sections->count; i++) {
		struct cvp_text_lines *lines = &sections->at[i].lines, head;
		size_t at = find_late_name(reader, lines);

		if (at == lines->count)
			continue;
		head = (struct cvp_text_lines){ .at = lines->at + at, .count = lines->count - at };
		lines->count = at;
		cvp_text_read_head(reader, &head);
		return;
	}
}

static void
read_sections(struct cvp_text_reader *reader, struct cvp_text_sections *sections)
{
	for (size_t i = 0; i < sections->count; i++)
		if (sections->at[i].kind == CVP_TEXT_HEAD)
			cvp_text_read_head(reader, &sections->at[i].lines);
	if (!reader->is_anonymous && !json_object_get(json_object_get(reader->resume, "basics"), "name"))
		read_late_head(reader, sections);
	for (size_t i = 0; i < sections->count; i++)
		if (sections->at[i].kind != CVP_TEXT_HEAD)
			read_section(reader, &sections->at[i]);
}

/* "KEY HOLDER" over a CV whose first job is Key Holder is a headline. */
static void
drop_title_as_name(struct cvp_text_reader *reader)
{
	json_t *basics = json_object_get(reader->resume, "basics"), *work = json_object_get(reader->resume, "work");
	const char *name = json_string_value(json_object_get(basics, "name")), *title;

	for (size_t i = 0; name && i < json_array_size(work); i++) {
		title = json_string_value(json_object_get(json_array_get(work, i), "position"));
		if (!title || strcasecmp(title, name) != 0)
			continue;
		if (!json_object_get(basics, "label"))
			json_object_set_new(basics, "label", json_string(name));
		json_object_del(basics, "name");
		return;
	}
}

/* Tabs parted columns while the text was read; in a string they are spaces. */
static void
untab(json_t *value)
{
	const char *key, *text = json_string_value(value);
	json_t *child;
	char *copy;

	json_object_foreach (value, key, child)
		untab(child);
	for (size_t i = 0; i < json_array_size(value); i++)
		untab(json_array_get(value, i));
	if (!text || !strchr(text, '\t'))
		return;
	copy = cvp_xstrdup(text);
	for (char *tab = copy; (tab = strchr(tab, '\t')) != NULL;)
		*tab = ' ';
	json_string_set(value, copy);
	free(copy);
}

/* The resume with its members in the order JSON Resume lists them; empty arrays are left out. */
static json_t *
in_order(const json_t *resume)
{
	static const char *const keys[] = {
		"basics", "work",      "volunteer", "education",  "awards",   "certificates",       "publications",
		"skills", "languages", "interests", "references", "projects", "x_top_achievements", "x_unparsed"
	};
	json_t *ordered = json_object();

	for (size_t i = 0; i < CVP_COUNT(keys); i++) {
		json_t *value = json_object_get(resume, keys[i]);

		if (value && (!json_is_array(value) || json_array_size(value)))
			json_object_set(ordered, keys[i], value);
	}
	return ordered;
}

static enum cvp_code
check_text(struct cvp_ctx *ctx, const char *text, size_t length, size_t least)
{
	size_t points = 0, blank = 0, step;

	if (!cvp_text_is_valid(text, length))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "The text is not UTF-8, or holds U+0000");
	for (size_t at = 0; at < length; at += step) {
		uint32_t c = cvp_cv_char_at(text + at, &step);

		points++;
		blank += cvp_cv_char_is_space(c);
	}
	if (points == blank)
		return cvp_fail(ctx, CVP_EMPTY_DOCUMENT, "The document holds no text");
	if (points < least || points > TEXT_MAX)
		return cvp_fail(ctx, CVP_INSUFFICIENT_CV_DATA, "A CV's text has %u to %u characters", TEXT_MIN,
				TEXT_MAX);
	return CVP_OK;
}

/* One of work, education, skills: without, a text is no CV. A long text of which only skills were made is one where it
 * says how to reach somebody. */
static bool
holds_cv(const json_t *resume, size_t length)
{
	const json_t *basics = json_object_get(resume, "basics");

	if (json_array_size(json_object_get(resume, "work")) || json_array_size(json_object_get(resume, "education")))
		return true;
	return json_array_size(json_object_get(resume, "skills")) &&
	       (length < SHORT_TEXT || json_object_get(basics, "email") || json_object_get(basics, "phone") ||
		json_object_get(basics, "profiles"));
}

enum cvp_code
cvp_cv_read_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text, size_t length,
		 struct cvp_cv_import *import)
{
	struct cvp_text_reader reader = { .ctx = ctx,
					  .lexicon = assets ? assets->lexicon : NULL,
					  .summary = CVP_BUF(SUMMARY_MAX) };
	struct cvp_text_sections sections;
	struct cvp_text_lines lines;
	enum cvp_code code;

	text = cvp_arena_strndup(ctx->arena, text, length);
	code = check_text(ctx, text, length, 0);
	if (code != CVP_OK)
		return code;
	reader.words = cvp_word_table_new(ctx);
	reader.warnings = cvp_own(ctx, json_array());
	reader.resume = cvp_own(ctx, json_pack("{s:{}}", "basics"));
	lines = cvp_text_lines_of(ctx, text, length);
	reader.is_anonymous = cvp_text_is_anonymous(&lines);
	sections = cvp_text_sections_of(&reader, &lines);
	sections = cvp_text_split_head(&reader, &sections);
	read_sections(&reader, &sections);
	drop_title_as_name(&reader);
	cvp_text_set(json_object_get(reader.resume, "basics"), "summary", cvp_buf_string(&reader.summary));
	cvp_buf_free(&reader.summary);
	if (!holds_cv(reader.resume, length))
		return cvp_fail(ctx, CVP_INSUFFICIENT_CV_DATA, "No jobs, schools or skills were found in the text");
	import->resume = cvp_own(ctx, in_order(reader.resume));
	untab(import->resume);
	import->warnings = reader.warnings;
	import->language = cvp_language_name(cvp_language_detect(text, length));
	import->was_json = false;
	if (!json_object_get(json_object_get(import->resume, "basics"), "name"))
		cvp_text_warn(&reader, "No name was found");
	return CVP_OK;
}

enum cvp_code
cvp_cv_import_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text, size_t length,
		   struct cvp_cv_import *import)
{
	struct cvp_cv_import found = { 0 };
	enum cvp_code code = check_text(ctx, text, length, TEXT_MIN);

	if (code == CVP_OK)
		code = cvp_cv_read_text(ctx, assets, text, length, &found);
	if (code == CVP_OK)
		code = cvp_cv_finish(ctx, assets, &found);
	if (code == CVP_OK)
		*import = found;
	return code;
}
