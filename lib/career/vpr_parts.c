/* vpr_parts.c - reads the input of a report once: CV, match, requirements, the jobs that frame it. */
#include "career/vpr_parts.h"

#include <string.h>

#include "career/kind.h"
#include "career/match.h"
#include "career/verify_artifact.h"
#include "core/clock.h"
#include "core/ctx.h"

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL && text[0] != '\0' ? text : NULL;
}

static enum cvp_code
read_as_of(struct cvp_vpr *vpr)
{
	const char *text = text_of(vpr->input, "as_of");
	int year, month, day;
	int64_t at;

	if (text == NULL || !cvp_time_parse(text, &at))
		return cvp_fail_at(vpr->ctx, CVP_VALIDATION_ERROR, "/as_of", "as_of is no RFC 3339 time");
	cvp_civil_from_time(at, &year, &month, &day);
	vpr->as_of = (struct cvp_date){ (short)year, (signed char)month, (signed char)day };
	return CVP_OK;
}

/* When an entry ended, as one number that grows with time; open ones are later than all. */
static int
end_of(const struct cvp_cv_entry *entry)
{
	if (entry->is_open && entry->start.year != 0)
		return 1000000 + entry->start.year * 12 + entry->start.month;
	return entry->end.year * 12 + entry->end.month;
}

/* The last entry of a section that names something; without dates the first, as CVs put the newest first. */
static const struct cvp_cv_entry *
latest_of(const struct cvp_cv *cv, enum cvp_cv_section section)
{
	const struct cvp_cv_entry *latest = NULL;

	for (size_t i = 0; i < cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &cv->entries[i];

		if (entry->section != section || (entry->title.text == NULL && entry->organisation.text == NULL))
			continue;
		if (latest == NULL || end_of(entry) > end_of(latest))
			latest = entry;
	}
	return latest;
}

static void
index_lines(struct cvp_vpr *vpr)
{
	const struct cvp_cv *cv = vpr->cv;
	size_t next = 0; /* both run through the resume in its order, mostly */

	vpr->line_texts = cvp_arena_alloc(vpr->ctx->arena, cv->line_count * sizeof(*vpr->line_texts));
	vpr->breadth = cvp_arena_alloc(vpr->ctx->arena, cvp_lexicon_size(vpr->assets->lexicon));
	for (size_t i = 0; i < cv->line_count; i++) {
		for (size_t tried = 0; tried < vpr->facts->text_count; tried++) {
			const struct cvp_fact_text *text = &vpr->facts->texts[(next + tried) % vpr->facts->text_count];

			if (strcmp(text->pointer, cv->lines[i].at.pointer) == 0) {
				vpr->line_texts[i] = text;
				next = (next + tried) % vpr->facts->text_count;
				break;
			}
		}
	}
}

static enum cvp_code
read_requirements(struct cvp_vpr *vpr)
{
	vpr->has_asked = true;
	return cvp_posting_requirements(vpr->ctx, vpr->assets, json_object_get(vpr->input, "posting"), &vpr->asked);
}

static enum cvp_code
match(struct cvp_vpr *vpr)
{
	enum cvp_code code = read_requirements(vpr);

	return code == CVP_OK ? cvp_match_asked(vpr->ctx, vpr->assets, vpr->input, &vpr->asked, &vpr->match) : code;
}

enum cvp_code
cvp_vpr_read(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, struct cvp_vpr *vpr)
{
	const json_t *posting = json_object_get(input, "posting");
	enum cvp_code code;

	*vpr = (struct cvp_vpr){ .ctx = ctx, .assets = assets, .input = input };
	vpr->phrases = cvp_phrases_of(ctx, assets->phrases, text_of(input, "language"));
	vpr->company = text_of(posting, "company_name");
	vpr->role = text_of(posting, "role_title");
	code = read_as_of(vpr);
	if (code == CVP_OK)
		code = cvp_cv_parse(ctx, json_object_get(input, "resume"), &vpr->cv);
	vpr->match = json_object_get(input, "kept");
	if (code == CVP_OK && vpr->match == NULL)
		code = match(vpr);
	if (code != CVP_OK)
		return code;
	vpr->months = cvp_cv_months_worked(vpr->cv, vpr->as_of, NULL, NULL);
	cvp_vpr_rows(vpr);
	return CVP_OK;
}

enum cvp_code
cvp_vpr_ground(struct cvp_vpr *vpr, const struct cvp_facts *facts)
{
	enum cvp_code code = vpr->has_asked ? CVP_OK : read_requirements(vpr);

	if (code != CVP_OK)
		return code;
	cvp_vpr_rows(vpr);
	vpr->facts = facts;
	vpr->cv = facts->cv; /* entries are compared by address */
	index_lines(vpr);
	vpr->latest = latest_of(vpr->cv, CVP_CV_WORK);
	vpr->school = latest_of(vpr->cv, CVP_CV_EDUCATION);
	cvp_vpr_row_skills(vpr);
	cvp_vpr_lines(vpr);
	return CVP_OK;
}

enum cvp_code
cvp_vpr_begin(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, struct cvp_vpr *vpr,
	      struct cvp_verification *v)
{
	enum cvp_code code = cvp_vpr_read(ctx, assets, input, vpr);

	if (code == CVP_OK)
		code = cvp_verification_begin(ctx, assets, input, vpr->match, v);
	return code == CVP_OK ? cvp_vpr_ground(vpr, v->check.cv) : code;
}
