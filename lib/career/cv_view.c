#include "career/cv_view.h"

#include <string.h>

#include "career/cv.h"
#include "core/ctx.h"

static const char *const section_keys[] = {
	[CVP_CV_BASICS] = "basics",
	[CVP_CV_WORK] = "work",
	[CVP_CV_VOLUNTEER] = "volunteer",
	[CVP_CV_EDUCATION] = "education",
	[CVP_CV_AWARDS] = "awards",
	[CVP_CV_CERTIFICATES] = "certificates",
	[CVP_CV_PUBLICATIONS] = "publications",
	[CVP_CV_SKILLS] = "skills",
	[CVP_CV_LANGUAGES] = "languages",
	[CVP_CV_INTERESTS] = "interests",
	[CVP_CV_REFERENCES] = "references",
	[CVP_CV_PROJECTS] = "projects",
};
_Static_assert(CVP_COUNT(section_keys) == CVP_CV_SECTION_COUNT, "a section without a key");

const char *
cvp_cv_anchor(struct cvp_ctx *ctx, const char *pointer)
{
	return cvp_arena_printf(ctx->arena, "cv%s", pointer);
}

static json_t *
anchored(struct cvp_ctx *ctx, struct cvp_cv_text at)
{
	if (at.text == NULL)
		return NULL;
	return json_pack("{s:s, s:s}", "anchor", cvp_cv_anchor(ctx, at.pointer), "text", at.text);
}

static const struct cvp_cv_entry *
find_entry(const struct cvp_cv *cv, enum cvp_cv_section section, int index)
{
	for (size_t i = 0; i < cv->entry_count; i++)
		if (cv->entries[i].section == section && cv->entries[i].index == index)
			return &cv->entries[i];
	return NULL;
}

static bool
is_same_place(struct cvp_cv_text a, struct cvp_cv_text b)
{
	return a.pointer != NULL && b.pointer != NULL && strcmp(a.pointer, b.pointer) == 0;
}

/* "2019-03 – 2021", "2021 –" for an open end, NULL without dates. */
static const char *
span_of(struct cvp_ctx *ctx, const struct cvp_cv_entry *entry)
{
	const char *start, *end;

	if (entry == NULL || (entry->start.year == 0 && entry->end.year == 0))
		return NULL;
	start = entry->start.year != 0 ? cvp_date_text(ctx, entry->start) : "";
	end = entry->end.year != 0 ? cvp_date_text(ctx, entry->end) : "";
	return cvp_arena_printf(ctx->arena, "%s – %s", start, end);
}

static json_t *
begin_entry(struct cvp_ctx *ctx, const struct cvp_cv_entry *entry)
{
	struct cvp_cv_text none = { 0 };

	return json_pack("{s:o*, s:o*, s:o*, s:s*, s:[]}", "title", anchored(ctx, entry != NULL ? entry->title : none),
			 "organisation", anchored(ctx, entry != NULL ? entry->organisation : none), "area",
			 anchored(ctx, entry != NULL ? entry->area : none), "span", span_of(ctx, entry), "lines");
}

static bool
is_heading(const struct cvp_cv_entry *entry, const struct cvp_cv_line *line)
{
	return entry != NULL && (is_same_place(entry->title, line->at) ||
				 is_same_place(entry->organisation, line->at) || is_same_place(entry->area, line->at));
}

static json_t *
line_json(struct cvp_ctx *ctx, const struct cvp_cv_line *line)
{
	return json_pack("{s:s, s:s, s:b, s:b}", "anchor", cvp_cv_anchor(ctx, line->at.pointer), "text", line->at.text,
			 "is_bullet", line->role == CVP_CV_BULLET, "is_chip",
			 line->role == CVP_CV_SKILL || line->role == CVP_CV_LEVEL);
}

/* All entries of a section, in the order of their lines. */
static json_t *
section_entries(struct cvp_ctx *ctx, const struct cvp_cv *cv, enum cvp_cv_section section)
{
	json_t *entries = json_array(), *current = NULL;
	int index = -2; /* no entry has this one */

	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];
		const struct cvp_cv_entry *entry;

		if (line->section != section)
			continue;
		entry = find_entry(cv, section, line->entry);
		if (line->entry != index) {
			current = begin_entry(ctx, entry);
			json_array_append_new(entries, current);
			index = line->entry;
		}
		if (!is_heading(entry, line))
			json_array_append_new(json_object_get(current, "lines"), line_json(ctx, line));
	}
	return entries;
}

static json_t *
sections(struct cvp_ctx *ctx, const struct cvp_cv *cv)
{
	json_t *list = json_array();

	for (int section = 0; section < CVP_CV_SECTION_COUNT; section++) {
		json_t *entries = section_entries(ctx, cv, (enum cvp_cv_section)section);
		const char *flag = cvp_arena_printf(ctx->arena, "is_%s", section_keys[section]);

		if (json_array_size(entries) > 0)
			json_array_append_new(list, json_pack("{s:s, s:b, s:O}", "key", section_keys[section], flag, 1,
							      "entries", entries));
		json_decref(entries);
	}
	return list;
}

json_t *
cvp_cv_view(struct cvp_ctx *ctx, const struct cvp_cv *cv)
{
	return cvp_own(ctx, json_pack("{s:o*, s:o*, s:s*, s:s*, s:o}", "name", anchored(ctx, cv->name), "label",
				      anchored(ctx, cv->label), "email", cv->email.text, "phone", cv->phone.text,
				      "sections", sections(ctx, cv)));
}
