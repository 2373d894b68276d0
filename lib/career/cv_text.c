/* A plain-text or Markdown CV made a JSON Resume: the conductor of the readers of its sections. */
#include "career/cv_text.h"

#include <stdarg.h>
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_finish.h"
#include "career/cv_import.h"
#include "career/kind.h"
#include "core/ctx.h"
#include "text/text.h"

#define TEXT_MIN     100u /* code points (SPEC 2.5) */
#define TEXT_MAX     1000000u
#define WARNINGS_MAX 50u
#define UNPARSED_MAX 2000u /* lines kept of a text that is hardly a CV */

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

	if (section->kind == CVP_TEXT_HEAD)
		cvp_text_read_head(reader, &section->lines);
	else if (section->lines.count)
		readers[section->kind](reader, section);
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
check_text(struct cvp_ctx *ctx, const char *text, size_t length)
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
	if (points < TEXT_MIN || points > TEXT_MAX)
		return cvp_fail(ctx, CVP_INSUFFICIENT_CV_DATA, "A CV's text has %u to %u characters", TEXT_MIN,
				TEXT_MAX);
	return CVP_OK;
}

enum cvp_code
cvp_cv_import_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text, size_t length,
		   struct cvp_cv_import *import)
{
	struct cvp_text_reader reader = { .ctx = ctx, .lexicon = assets ? assets->lexicon : NULL };
	struct cvp_text_sections sections;
	struct cvp_text_lines lines;
	struct cvp_cv_import found = { 0 };
	enum cvp_code code;

	text = cvp_arena_strndup(ctx->arena, text, length);
	code = check_text(ctx, text, length);
	if (code != CVP_OK)
		return code;
	reader.words = cvp_word_table_new(ctx);
	reader.warnings = cvp_own(ctx, json_array());
	reader.resume = cvp_own(ctx, json_pack("{s:{}}", "basics"));
	lines = cvp_text_lines_of(ctx, text, length);
	sections = cvp_text_sections_of(&reader, &lines);
	for (size_t i = 0; i < sections.count; i++)
		read_section(&reader, &sections.at[i]);
	found.resume = cvp_own(ctx, in_order(reader.resume));
	found.warnings = reader.warnings;
	found.language = cvp_language_name(cvp_language_detect(text, length));
	code = cvp_cv_finish(ctx, assets, &found);
	if (code == CVP_OK)
		*import = found;
	return code;
}
