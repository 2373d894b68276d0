/* Projects of a plain-text CV. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "career/cv_text_head.h"
#include "core/ctx.h"

#define NAME_MAX_BYTES 160 /* of a project's name before its dash or colon */

static const char edge_marks[] = ",;|:·•–—-−~\t";

/* Where the name ends and its description begins: " -- ", " – ", ": "; NULL where the line is a name only. */
static const char *
find_description(const char *text, size_t *mark)
{
	static const char *const marks[] = { " -- ", " – ", " — ", " - ", ": " };
	const char *first = NULL;

	for (size_t i = 0; i < CVP_COUNT(marks); i++) {
		const char *found = strstr(text, marks[i]);

		if (!found || found - text > NAME_MAX_BYTES || (first && found > first))
			continue;
		first = found;
		*mark = strlen(marks[i]);
	}
	return first;
}

/* Name, role and description from a header's words without its date. */
static void
read_name(struct cvp_text_reader *reader, json_t *project, const char *text)
{
	struct cvp_ctx *ctx = reader->ctx;
	size_t mark = 0;
	const char *cut = find_description(text, &mark), *name, *rest;
	struct cvp_parts parts = { 0 };

	name = cut ? cvp_text_trim(ctx, text, (size_t)(cut - text), edge_marks) : text;
	rest = cut ? cvp_text_trim(ctx, cut + mark, strlen(cut + mark), "") : "";
	cvp_parts_add(reader, &parts, name, false);
	if (parts.count > 1 && cvp_word_count(reader->words, name).words <= 12) {
		int role = parts.at[1].kind == CVP_PART_TITLE ? 1 : parts.at[0].kind == CVP_PART_TITLE ? 0 : -1;

		if (role >= 0 && parts.count == 2) {
			name = parts.at[1 - role].text;
			json_object_set_new(project, "roles", json_pack("[s]", parts.at[role].text));
		} else if (parts.at[1].joint <= CVP_JOINT_BAR) {
			rest = rest[0]
				   ? rest
				   : cvp_text_trim(ctx, text + parts.at[1].from, strlen(text + parts.at[1].from), "");
			name = parts.at[0].text;
		}
	}
	cvp_text_set(project, "name", name);
	cvp_text_set(project, "description", rest);
}

/* Lines [first, last): a header and what is under it. */
static void
read_project(struct cvp_text_reader *reader, const struct cvp_text_lines *lines, size_t first, size_t last)
{
	const char *text = lines->at[first].text;
	json_t *project = json_object();
	struct cvp_text_lines body = { 0 };
	struct cvp_date_range range;

	if (cvp_date_range_find(text, 0, &range) && cvp_is_dated_head(reader, &lines->at[first], &range)) {
		const char *before = cvp_text_trim(reader->ctx, text, range.from, ",;|:·•–—-−~\t(");
		const char *after = cvp_text_trim(reader->ctx, text + range.to, strlen(text + range.to),
						  ",;|:·•–—-−~\t).");

		read_name(reader, project, before[0] ? before : after);
		cvp_text_set_dates(reader, project, text, &range);
		if (before[0] && after[0])
			cvp_text_lines_add(reader->ctx, &body, (struct cvp_text_line){ .text = after });
	} else {
		read_name(reader, project, text);
	}
	for (size_t i = first + 1; i < last; i++) {
		bool is_date = cvp_date_range_find(lines->at[i].text, 0, &range) && range.from == 0 &&
			       lines->at[i].text[range.to] == '\0';

		if (is_date && !json_object_get(project, "x_dates"))
			cvp_text_set_dates(reader, project, lines->at[i].text, &range);
		else
			cvp_text_lines_add(reader->ctx, &body, lines->at[i]);
	}
	cvp_text_read_body(reader, project, &body, json_object_get(project, "description") ? "summary" : "description");
	json_array_append_new(cvp_text_array(reader, "projects"), project);
}

/* Is every project a bullet? */
static bool
are_bullets(const struct cvp_text_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		if (!lines->at[i].is_bullet && lines->at[i].indent <= lines->at[0].indent)
			return false;
	return true;
}

static bool
begins_project(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines, size_t i, bool in_bullets)
{
	const struct cvp_text_line *line = &lines->at[i];
	struct cvp_date_range range;

	if (i == 0)
		return true;
	if (in_bullets)
		return line->is_bullet && line->indent <= lines->at[0].indent;
	if (line->level || line->is_bold)
		return true;
	if (line->is_bullet || !cvp_is_head_line(reader, line) || line->indent > lines->at[0].indent)
		return false;
	if (cvp_date_range_find(line->text, 0, &range))
		return range.from > 0 && cvp_is_dated_head(reader, line, &range);
	return line->after_blank || line[-1].is_bullet;
}

void
cvp_text_read_projects(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct cvp_text_lines columns = cvp_text_split_columns(reader, &section->lines);
	struct cvp_text_lines lines = cvp_text_unwrap(reader->ctx, &columns, 0, columns.count, true);
	bool in_bullets = are_bullets(&lines);

	for (size_t first = 0, next; first < lines.count; first = next) {
		for (next = first + 1; next < lines.count && !begins_project(reader, &lines, next, in_bullets); next++)
			;
		read_project(reader, &lines, first, next);
	}
}
