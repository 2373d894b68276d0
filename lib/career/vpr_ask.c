/* vpr_ask.c - what a model is told so that it can write the report: lines with their pointers, nothing to reach the
 * candidate by. */
#include <string.h>

#include "career/contact.h"
#include "career/vpr_parts.h"
#include "core/ctx.h"

#define REFUSED_MAX 5 /* SPEC 8: so many violations are fed back */

struct question {
	struct cvp_vpr vpr;
	struct cvp_contact contact;
};

/* Free text may name the candidate; an employer's or a school's name is left as it is. */
static json_t *
line_text(struct question *q, const struct cvp_cv_line *line)
{
	bool is_free = line->role == CVP_CV_SUMMARY || line->role == CVP_CV_BULLET;

	return json_string(cvp_contact_removed(q->vpr.ctx, &q->contact, line->at.text, is_free));
}

static const struct cvp_cv_entry *
entry_of(const struct cvp_cv *cv, const struct cvp_cv_line *line)
{
	for (size_t i = 0; i < cv->entry_count; i++) {
		if (cv->entries[i].section == line->section && cv->entries[i].index == line->entry)
			return &cv->entries[i];
	}
	return NULL;
}

/* {from, to, lines}; dates only where the CV has them. */
static json_t *
new_entry(struct question *q, const struct cvp_cv_entry *entry)
{
	json_t *made = json_object();

	if (entry != NULL && entry->start.year != 0)
		json_object_set_new(made, "from", json_string(cvp_date_text(q->vpr.ctx, entry->start)));
	if (entry != NULL && entry->end.year != 0)
		json_object_set_new(made, "to", json_string(cvp_date_text(q->vpr.ctx, entry->end)));
	else if (entry != NULL && entry->is_open && entry->start.year != 0)
		json_object_set_new(made, "to", json_string("now"));
	json_object_set_new(made, "lines", json_object());
	return made;
}

/* The lines in their order, those of one job, school or project together. References are other people's words. */
static json_t *
cv_of(struct question *q)
{
	const struct cvp_cv *cv = q->vpr.cv;
	const struct cvp_cv_line *last = NULL;
	json_t *entries = json_array(), *entry = NULL;

	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];

		if (line->section == CVP_CV_REFERENCES)
			continue;
		if (last == NULL || last->section != line->section || last->entry != line->entry) {
			entry = new_entry(q, entry_of(cv, line));
			json_array_append_new(entries, entry);
		}
		json_object_set_new(json_object_get(entry, "lines"), line->at.pointer, line_text(q, line));
		last = line;
	}
	return entries;
}

static json_t *
requirement_of(struct cvp_ctx *ctx, const json_t *row, size_t index)
{
	json_t *pointers = json_array();
	const json_t *evidence = json_object_get(row, "evidence");

	for (size_t i = 0; i < json_array_size(evidence); i++)
		json_array_append(pointers, json_object_get(json_array_get(evidence, i), "source"));
	return json_pack("{s:s, s:O, s:O, s:O, s:o}", "pointer",
			 cvp_arena_printf(ctx->arena, CVP_VPR_REQUIREMENT "%zu", index), "requirement",
			 json_object_get(row, "requirement"), "must_have", json_object_get(row, "must_have"), "match",
			 json_object_get(row, "alignment_score"), "evidence", pointers);
}

static json_t *
requirements_of(const struct cvp_vpr *vpr)
{
	const json_t *matrix = json_object_get(vpr->match, "evidence_matrix");
	json_t *rows = json_array();

	for (size_t i = 0; i < json_array_size(matrix); i++)
		json_array_append_new(rows, requirement_of(vpr->ctx, json_array_get(matrix, i), i));
	return rows;
}

/* Only what may count as evidence (SPEC 2.4): by its pointer, question and answer. */
static json_t *
answers_of(struct question *q)
{
	const json_t *answers = json_object_get(q->vpr.input, "gap_responses");
	json_t *made = json_object();

	for (size_t i = 0; i < json_array_size(answers); i++) {
		const json_t *answer = json_array_get(answers, i);
		const char *destination = json_string_value(json_object_get(answer, "destination"));
		const char *text = json_string_value(json_object_get(answer, "answer"));

		if (text == NULL || (destination != NULL && strcmp(destination, "CV_IMPACT") != 0))
			continue;
		json_object_set_new(made, cvp_arena_printf(q->vpr.ctx->arena, "/gap_responses/%zu", i),
				    json_pack("{s:O*, s:s}", "question", json_object_get(answer, "question"), "answer",
					      cvp_contact_removed(q->vpr.ctx, &q->contact, text, true)));
	}
	return made;
}

/* Of the posting what is about the work: not where it was found, when, for how much. */
static json_t *
posting_of(const json_t *posting)
{
	static const char *const keys[] = { "company_name",     "role_title",      "description",
					    "responsibilities", "nice_to_have",    "location",
					    "work_format",      "employment_type", "industry" };
	json_t *made = json_object();

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		json_object_set(made, keys[i], json_object_get(posting, keys[i])); /* absent: nothing is set */
	return made;
}

static json_t *
refused_of(const json_t *refused)
{
	json_t *first = json_array();

	for (size_t i = 0; i < json_array_size(refused) && i < REFUSED_MAX; i++)
		json_array_append(first, json_array_get(refused, i));
	return first;
}

static json_t *
data_of(struct question *q, const json_t *refused)
{
	const json_t *input = q->vpr.input;
	json_t *data = json_pack(
	    "{s:s, s:O*, s:o, s:O*, s:o, s:o, s:o, s:f}", "language", cvp_language_name(q->vpr.phrases.language),
	    "today", json_object_get(input, "as_of"), "posting", posting_of(json_object_get(input, "posting")),
	    "company", json_object_get(input, "company_context"), "requirements", requirements_of(&q->vpr), "cv",
	    cv_of(q), "answers", answers_of(q), "years_of_work", (double)(q->vpr.months * 10 / 12) / 10);

	if (refused != NULL)
		json_object_set_new(data, "thrown_away", refused_of(refused));
	return data;
}

enum cvp_code
cvp_vpr_question(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *refused,
		 const json_t *more, json_t **model)
{
	struct question q;
	enum cvp_code code = cvp_vpr_read(ctx, assets, input, &q.vpr);
	json_t *data;
	char *text;

	if (code != CVP_OK)
		return code;
	q.contact = cvp_contact_of(ctx, json_object_get(input, "resume"));
	data = cvp_own(ctx, data_of(&q, refused));
	json_object_update(data, (json_t *)more);
	text = json_dumps(data, JSON_COMPACT | JSON_REAL_PRECISION(3));
	if (text == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The question to the model cannot be written.");
	*model = cvp_own(ctx, json_pack("{s:s, s:s, s:b, s:O}", "language", cvp_language_name(q.vpr.phrases.language),
					"data", text, "is_repeated", refused != NULL, "kept", q.vpr.match));
	free(text);
	return CVP_OK;
}

enum cvp_code
cvp_vpr_ask(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *refused,
	    json_t **model)
{
	return cvp_vpr_question(ctx, assets, input, refused, NULL, model);
}
