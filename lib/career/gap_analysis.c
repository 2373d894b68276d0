/* gap_analysis.c - the kind `gap_analysis`: which gaps are asked about, and how much they weigh. */
#include "career/gap_analysis.h"

#include <math.h>
#include <string.h>

#include "career/gap_parts.h"
#include "career/kind.h"
#include "career/verify_artifact.h"
#include "career/vpr_view.h"
#include "core/ctx.h"
#include "core/id.h"

#define ASKED_BELOW 0.70 /* SPEC 7.5 */
#define MANUAL      "manual"

const char *
cvp_posting_id(const json_t *posting)
{
	const char *url = json_string_value(json_object_get(posting, "source_url"));

	return url != NULL && url[0] != '\0' ? url : MANUAL;
}

size_t
cvp_gap_most(const json_t *input)
{
	json_int_t most = json_integer_value(json_object_get(input, "max_questions"));

	return most >= 1 && most <= CVP_GAP_QUESTIONS_MAX ? (size_t)most : CVP_GAP_QUESTIONS_USUAL;
}

/* A level by its weight in gap_score. */
static const char *
level_of(double weight)
{
	if (weight >= 1)
		return "HIGH";
	return weight >= 0.6 ? "MEDIUM" : "LOW";
}

/* How likely it is that the requirement stands in the way: the level of its score (SPEC 7.4). */
static double
probability_of(double score)
{
	if (score < 0.40)
		return 1;
	return score < ASKED_BELOW ? 0.6 : 0.3;
}

static double
gap_score(const struct cvp_vpr_row *row)
{
	return floor((0.7 * row->weight + 0.3 * probability_of(row->score)) * 100 + 0.5) / 100;
}

size_t
cvp_gap_rows(const struct cvp_vpr *vpr, const struct cvp_vpr_row *rows[CVP_GAP_ROWS_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < vpr->row_count && count < CVP_GAP_ROWS_MAX; i++) {
		const struct cvp_vpr_row *row = &vpr->rows[i];
		size_t at = count;

		if (row->score >= ASKED_BELOW)
			continue;
		for (; at > 0 && gap_score(rows[at - 1]) < gap_score(row); at--)
			rows[at] = rows[at - 1];
		rows[at] = row;
		count++;
	}
	return count;
}

/* One question a requirement: asked again, of another CV too, it has its id again, and so its answer. */
static struct cvp_uuid
id_of(struct cvp_ctx *ctx, const char *requirement)
{
	return cvp_uuid_named(cvp_arena_printf(ctx->arena, "gap_question#%s", cvp_text_fold(ctx, requirement)));
}

json_t *
cvp_gap_question(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row, const struct cvp_gap_words *words)
{
	return cvp_own(vpr->ctx,
		       json_pack("{s:s, s:s, s:s, s:s, s:f, s:s, s:s*, s:s, s:O}", "question_id",
				 id_of(vpr->ctx, row->requirement).text, "question", words->question, "impact",
				 level_of(row->weight), "probability", level_of(probability_of(row->score)),
				 "gap_score", gap_score(row), "requirement", row->requirement, "category",
				 words->category, "reasoning", words->reasoning, "x_sources", words->sources));
}

static void
set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text != NULL ? text : ""));
}

json_t *
cvp_gap_frame(const struct cvp_vpr *vpr, json_t *questions)
{
	static const char *const keys[] = { "user_id", "application_id", "cv_id" };
	json_int_t version = json_integer_value(json_object_get(vpr->input, "version"));
	json_t *made = cvp_own(vpr->ctx, json_object()), *target = json_object();

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		set_text(made, keys[i], json_string_value(json_object_get(vpr->input, keys[i])));
	set_text(made, "job_posting_id", cvp_posting_id(json_object_get(vpr->input, "posting")));
	set_text(made, "artifact_type", cvp_kind_gap_analysis.name);
	json_object_set(made, "questions", questions);
	json_object_set_new(target, "company_name", vpr->company != NULL ? json_string(vpr->company) : json_null());
	json_object_set_new(target, "role_title", vpr->role != NULL ? json_string(vpr->role) : json_null());
	json_object_set_new(made, "x_target", target);
	set_text(made, "language", cvp_language_name(vpr->phrases.language));
	json_object_set_new(made, "version", json_integer(version >= 1 ? version : 1));
	json_object_set(made, "created_at", json_object_get(vpr->input, "as_of"));
	json_object_set_new(made, "ttl", json_integer(0)); /* until it is kept */
	return made;
}

static bool
has_id(const json_t *questions, const json_t *question)
{
	size_t index;
	json_t *other;

	json_array_foreach ((json_t *)questions, index, other) {
		if (json_equal(json_object_get(other, "question_id"), json_object_get(question, "question_id")))
			return true;
	}
	return false;
}

static enum cvp_code
generate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, json_t **artifact)
{
	const struct cvp_vpr_row *rows[CVP_GAP_ROWS_MAX];
	struct cvp_verification v;
	struct cvp_vpr vpr;
	json_t *questions = cvp_own(ctx, json_array());
	enum cvp_code code = cvp_vpr_begin(ctx, assets, input, &vpr, &v);
	size_t count;

	if (code != CVP_OK)
		return code;
	count = cvp_gap_rows(&vpr, rows);
	for (size_t i = 0; i < count && json_array_size(questions) < cvp_gap_most(input); i++) {
		struct cvp_gap_words words = cvp_gap_ask_for(&vpr, rows[i]);
		json_t *question = cvp_gap_question(&vpr, rows[i], &words);

		v.verdict = cvp_verdict_new(ctx);
		cvp_gap_judge(&v, "", question);
		if (json_array_size(v.verdict.violations) == 0 && !has_id(questions, question))
			json_array_append(questions, question);
	}
	*artifact = cvp_gap_frame(&vpr, questions);
	return CVP_OK;
}

static enum cvp_code
verify(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
       json_t **report)
{
	const json_t *questions = json_object_get(artifact, "questions");
	struct cvp_verification v;
	enum cvp_code code = cvp_verification_begin(ctx, assets, input, artifact, &v);

	if (code != CVP_OK)
		return code;
	if (!json_is_array(questions))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/questions", "questions is not a list");
	for (size_t i = 0; i < json_array_size(questions); i++) {
		const char *field = cvp_arena_printf(ctx->arena, "/questions/%zu", i);
		const json_t *question = json_array_get(questions, i);
		const json_t *sources = json_object_get(question, "x_sources");

		cvp_gap_judge(&v, field, question);
		if (json_array_size(cvp_vpr_sources(&v, sources)) != json_array_size(sources))
			cvp_verdict_add(&v.verdict, cvp_arena_printf(ctx->arena, "%s/x_sources", field),
					CVP_SEVERITY_CRITICAL, "lines of the CV", NULL);
	}
	*report = cvp_verdict_report(&v.verdict);
	return CVP_OK;
}

const struct cvp_kind cvp_kind_gap_analysis = {
	.name = "gap_analysis",
	.generate = generate,
	.verify = verify,
	.view = cvp_gap_view,
	.writing = &cvp_gap_writing,
	.is_awaited = true,
	.is_of_posting = true,
	.stage = "GAP_ANALYSIS",
};
