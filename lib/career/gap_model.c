/* gap_model.c - has a model ask: what it is told, and which of its questions are taken over. */
#include <string.h>

#include "career/gap_parts.h"
#include "career/verify_artifact.h"
#include "core/ctx.h"

static enum cvp_code
ask_model(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *refused,
	  json_t **model)
{
	enum cvp_code code = cvp_vpr_ask(ctx, assets, input, refused, model);

	if (code == CVP_OK)
		json_object_set_new(*model, "most_questions", json_integer((json_int_t)cvp_gap_most(input)));
	return code;
}

struct adoption {
	struct cvp_vpr vpr;
	struct cvp_verification v;
	const struct cvp_vpr_row *due[CVP_GAP_ROWS_MAX]; /* rows that may be asked about, heaviest first */
	json_t *questions[CVP_GAP_ROWS_MAX];             /* beside due; NULL: none */
	size_t due_count, kept, left_out;
	json_t *violations;
};

static bool
is_level(const json_t *value)
{
	static const char *const levels[] = { "HIGH", "MEDIUM", "LOW" };

	for (size_t i = 0; i < CVP_COUNT(levels); i++) {
		if (json_is_string(value) && strcmp(json_string_value(value), levels[i]) == 0)
			return true;
	}
	return false;
}

static const char *
category_of(const json_t *item)
{
	static const char *const categories[] = { "technical_skills", "experience_depth", "transferable_skills",
						  "recent_developments" };
	const char *given = json_string_value(json_object_get(item, "category"));

	for (size_t i = 0; i < CVP_COUNT(categories); i++) {
		if (given != NULL && strcmp(given, categories[i]) == 0)
			return categories[i];
	}
	return NULL;
}

/* The place among the due rows of the requirement a question is about; due_count where it is about none. */
static size_t
place_of(const struct adoption *a, const json_t *item)
{
	long row = cvp_vpr_row_at(&a->vpr, json_string_value(json_object_get(item, "requirement")));
	size_t place = 0;

	while (place < a->due_count && (row < 0 || a->due[place] != &a->vpr.rows[row]))
		place++;
	return place;
}

/* Its levels are read and thrown away: what a requirement weighs and how likely it stands in the way is the match's. */
static json_t *
question_of(struct adoption *a, const json_t *item, const struct cvp_vpr_row *row)
{
	struct cvp_ctx *ctx = a->vpr.ctx;
	struct cvp_gap_words words = {
		.question = cvp_vpr_one_line(ctx, json_string_value(json_object_get(item, "question"))),
		.reasoning = cvp_vpr_one_line(ctx, json_string_value(json_object_get(item, "reasoning"))),
		.category = category_of(item),
		.sources = cvp_vpr_sources(&a->v, json_object_get(item, "sources")),
	};

	return cvp_gap_question(&a->vpr, row, &words);
}

static void
read_question(struct adoption *a, const json_t *item, size_t index)
{
	size_t place = place_of(a, item);
	const char *field = cvp_arena_printf(a->vpr.ctx->arena, "/questions/%zu", index);
	json_t *question;

	a->left_out++;
	if (place == a->due_count || a->questions[place] != NULL || !is_level(json_object_get(item, "impact")) ||
	    !is_level(json_object_get(item, "probability")))
		return;
	question = question_of(a, item, a->due[place]);
	a->v.verdict = cvp_verdict_new(a->vpr.ctx);
	cvp_gap_judge(&a->v, field, question);
	if (json_array_size(a->v.verdict.violations) > 0) {
		json_array_extend(a->violations, a->v.verdict.violations);
		return;
	}
	a->questions[place] = question;
	a->kept++;
	a->left_out--;
}

static enum cvp_code
begin(struct adoption *a, struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input)
{
	enum cvp_code code = cvp_vpr_begin(ctx, assets, input, &a->vpr, &a->v);

	if (code != CVP_OK)
		return code;
	a->due_count = cvp_gap_rows(&a->vpr, a->due);
	a->violations = cvp_own(ctx, json_array());
	return CVP_OK;
}

/* SPEC 8: a failure if none is left. Where nothing is missing there is nothing to ask. */
static enum cvp_code
check_left(struct adoption *a)
{
	if (a->kept > 0 || a->due_count == 0)
		return CVP_OK;
	if (json_array_size(a->violations) > 0)
		return cvp_fail_details(a->vpr.ctx, CVP_FVS_HALLUCINATION_DETECTED, json_incref(a->violations),
					"Each question of the model names what neither CV nor posting does.");
	return cvp_fail(a->vpr.ctx, CVP_LLM_BAD_ANSWER,
			"No question of the model is about a requirement that is open.");
}

static enum cvp_code
adopt(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *answer,
      json_t **artifact, size_t *left_out)
{
	struct adoption a = { .kept = 0 };
	const json_t *items = json_object_get(answer, "questions");
	json_t *questions = cvp_own(ctx, json_array());
	enum cvp_code code = begin(&a, ctx, assets, input);

	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < json_array_size(items); i++)
		read_question(&a, json_array_get(items, i), i);
	code = check_left(&a);
	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < a.due_count && json_array_size(questions) < cvp_gap_most(input); i++) {
		if (a.questions[i] != NULL)
			json_array_append(questions, a.questions[i]);
	}
	*artifact = cvp_gap_frame(&a.vpr, questions);
	*left_out = a.left_out;
	return CVP_OK;
}

const struct cvp_kind_writing cvp_gap_writing = {
	.class = CVP_MODEL_STRATEGIC,
	.max_tokens = 3000, /* SPEC 9 */
	.temperature = 0.5,
	.usual_tokens = 1000,
	.ask = ask_model,
	.adopt = adopt,
};
