#include "career/compare.h"

#include <string.h>

#include "career/cv.h"
#include "career/cv_view.h"
#include "core/buf.h"
#include "core/ctx.h"
#include "text/diff.h"

#define PART_MAX (4u * 1024u * 1024u) /* bytes of one part's text */

json_t *
cvp_compare_runs(struct cvp_ctx *ctx, const char *before, const char *after)
{
	struct cvp_diff diff = cvp_diff_words(ctx, before, after);
	json_t *runs = json_array();

	for (size_t i = 0; i < diff.count; i++)
		json_array_append_new(runs,
				      json_pack("{s:b, s:b, s:b, s:s}", "is_same", diff.runs[i].kind == CVP_DIFF_SAME,
						"is_gone", diff.runs[i].kind == CVP_DIFF_GONE, "is_new",
						diff.runs[i].kind == CVP_DIFF_NEW, "text", diff.runs[i].text));
	return runs;
}

static void
compare_part(struct cvp_ctx *ctx, json_t *parts, const char *key, const char *before, const char *after)
{
	const char *flag = cvp_arena_printf(ctx->arena, "is_%s", key);

	if (strcmp(before, after) != 0)
		json_array_append_new(parts,
				      json_pack("{s:o, s:b}", "runs", cvp_compare_runs(ctx, before, after), flag, 1));
}

static json_t *
model_of(struct cvp_ctx *ctx, json_t *parts)
{
	return cvp_own(ctx, json_pack("{s:o, s:b}", "parts", parts, "has_parts", json_array_size(parts) > 0));
}

static void
add_line(struct cvp_buf *text, const char *line)
{
	if (line == NULL || *line == '\0')
		return;
	cvp_buf_text(text, line);
	cvp_buf_char(text, '\n');
}

/* ---- CVs */

static const char *
member_line(const json_t *object, const char *name)
{
	const json_t *member = json_object_get(object, name);

	return json_string_value(json_is_object(member) ? json_object_get(member, "text") : member);
}

static void
add_entry(struct cvp_buf *text, const json_t *entry)
{
	static const char *const heads[] = { "title", "area", "organisation", "span" };
	const json_t *lines = json_object_get(entry, "lines");

	for (size_t i = 0; i < CVP_COUNT(heads); i++)
		add_line(text, member_line(entry, heads[i]));
	for (size_t i = 0; i < json_array_size(lines); i++)
		add_line(text, member_line(json_array_get(lines, i), "text"));
	if (json_object_get(entry, "organisation") != NULL)
		cvp_buf_char(text, '\n');
}

/* The lines of a section of a CV's view; "" where it has none. */
static const char *
section_text(struct cvp_ctx *ctx, const json_t *view, const char *key)
{
	static const char *const contact[] = { "name", "email", "phone" };
	const json_t *sections = json_object_get(view, "sections");
	struct cvp_buf text = CVP_BUF(PART_MAX);

	for (size_t i = 0; i < CVP_COUNT(contact) && strcmp(key, "basics") == 0; i++)
		add_line(&text, member_line(view, contact[i]));
	for (size_t i = 0; i < json_array_size(sections); i++) {
		const json_t *section = json_array_get(sections, i), *entries = json_object_get(section, "entries");

		if (strcmp(json_string_value(json_object_get(section, "key")), key) != 0)
			continue;
		for (size_t n = 0; n < json_array_size(entries); n++)
			add_entry(&text, json_array_get(entries, n));
	}
	return cvp_buf_take(&text, ctx->arena);
}

json_t *
cvp_compare_cvs(struct cvp_ctx *ctx, const struct cvp_cv *before, const struct cvp_cv *after)
{
	static const char *const keys[] = { "basics",       "work",   "volunteer", "education",
					    "projects",     "skills", "languages", "certificates",
					    "publications", "awards", "interests", "references" };
	const json_t *old = cvp_cv_view(ctx, before), *new = cvp_cv_view(ctx, after);
	json_t *parts = json_array();

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		compare_part(ctx, parts, keys[i], section_text(ctx, old, keys[i]), section_text(ctx, new, keys[i]));
	return model_of(ctx, parts);
}

/* ---- reports */

/* A part of a report: a text, a list of texts, or a list of objects of which some members are read. */
static const struct {
	const char *key, *member;
	const char *read[4];
} report_parts[] = {
	{ "summary", "executive_summary", { NULL } },
	{ "evidence", "evidence_matrix", { "requirement", "score", "evidence", NULL } },
	{ "differentiators", "differentiators", { NULL } },
	{ "gaps", "gap_strategies", { "gap", "mitigation_approach", "transferable_skills", NULL } },
	{ "culture", "cultural_fit", { NULL } },
	{ "points", "talking_points", { NULL } },
	{ "keywords", "keywords", { NULL } },
};

/* A text, a share in hundredths, or each of a list; evidence by its text. */
static void
add_value(struct cvp_buf *text, const json_t *value)
{
	size_t index;
	json_t *item;

	if (json_is_number(value))
		cvp_buf_printf(text, "%.0f%%\n", 100 * json_number_value(value));
	add_line(text, json_string_value(value));
	json_array_foreach (value, index, item)
		add_line(text, json_string_value(json_is_object(item) ? json_object_get(item, "text") : item));
}

static const char *
report_text(struct cvp_ctx *ctx, const json_t *report, size_t part)
{
	const json_t *value = json_object_get(report, report_parts[part].member);
	const char *const *read = report_parts[part].read;
	struct cvp_buf text = CVP_BUF(PART_MAX);

	if (read[0] == NULL)
		add_value(&text, value);
	for (size_t i = 0; read[0] != NULL && i < json_array_size(value); i++) {
		for (size_t n = 0; read[n] != NULL; n++)
			add_value(&text, json_object_get(json_array_get(value, i), read[n]));
		cvp_buf_char(&text, '\n');
	}
	return cvp_buf_take(&text, ctx->arena);
}

json_t *
cvp_compare_reports(struct cvp_ctx *ctx, const json_t *before, const json_t *after)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < CVP_COUNT(report_parts); i++)
		compare_part(ctx, parts, report_parts[i].key, report_text(ctx, before, i), report_text(ctx, after, i));
	return model_of(ctx, parts);
}
