/* tailored_cv_adopt.c - a model puts the engine's choice of lines into other words: what it is asked, and what of its
 * answer is taken over. Which lines stand, and all but their words, is the engine's. */
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const json_t *
jobs_of(const json_t *made)
{
	return json_object_get(json_object_get(made, "tailored_cv"), "work_experience");
}

/* The lines that stand in the engine's version. */
static json_t *
lines_of(const json_t *made)
{
	const json_t *jobs = jobs_of(made);
	json_t *lines = json_array();

	for (size_t i = 0; i < json_array_size(jobs); i++) {
		const json_t *sources = json_object_get(json_array_get(jobs, i), "bullet_sources");

		for (size_t j = 0; j < json_array_size(sources); j++)
			json_array_append(lines, json_array_get(json_array_get(sources, j), 0));
	}
	return lines;
}

static enum cvp_code
ask(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *refused, json_t **model)
{
	struct cvp_tailoring t;
	json_t *made, *more;
	enum cvp_code code = cvp_tailoring_begin(ctx, assets, input, &t);

	if (code == CVP_OK)
		code = cvp_tailored_write(&t, &made);
	if (code != CVP_OK)
		return code;
	more = cvp_own(ctx,
		       json_pack("{s:o, s:O}", "rewrite", lines_of(made), "style", json_object_get(made, "x_style")));
	return cvp_vpr_question(ctx, assets, input, refused, more, model);
}

/* An answer on its way into the engine's version. */
struct adoption {
	struct cvp_tailoring t;
	json_t *made;
	size_t taken, left_out;
};

/* Pointers into the CV or to answers that lead somewhere, the line first. */
static json_t *
sources_of(const struct adoption *a, const char *line, const json_t *given)
{
	struct cvp_said said = { .sources = cvp_own(a->t.vpr.ctx, json_array()) };

	if (line != NULL)
		cvp_said_source(&said, line);
	for (size_t i = 0; i < json_array_size(given); i++) {
		const char *pointer = json_string_value(json_array_get(given, i));
		bool is_answer = strncmp(pointer, CVP_ANSWER_POINTER, strlen(CVP_ANSWER_POINTER)) == 0;

		if (is_answer || cvp_pointer_text(a->t.vpr.cv->resume, pointer) != NULL)
			cvp_said_source(&said, pointer);
	}
	return said.sources;
}

/* Where a line stands: its job and its place there. False where it stands nowhere. */
static bool
find_line(const json_t *made, const char *line, size_t *job, size_t *bullet)
{
	const json_t *jobs = jobs_of(made);

	for (*job = 0; *job < json_array_size(jobs); ++*job) {
		const json_t *sources = json_object_get(json_array_get(jobs, *job), "bullet_sources");

		for (*bullet = 0; *bullet < json_array_size(sources); ++*bullet) {
			const char *source = json_string_value(json_array_get(json_array_get(sources, *bullet), 0));

			if (source != NULL && strcmp(source, line) == 0)
				return true;
		}
	}
	return false;
}

static void
take_bullet(struct adoption *a, const json_t *given)
{
	const char *line = text_of(given, "line"), *text = cvp_vpr_one_line(a->t.vpr.ctx, text_of(given, "text")),
		   *field;
	size_t job_index, index;
	json_t *job, *bullets;

	if (!find_line(a->made, line, &job_index, &index))
		return;
	field = cvp_arena_printf(a->t.vpr.ctx->arena, CVP_TAILORED_CV "/work_experience/%zu/description_bullets/%zu",
				 job_index, index);
	if (cvp_text_length(text) > CVP_BULLET_MAX) { /* SPEC 2.5: reverts */
		cvp_tailored_warn(&a->t, field, "tailor.warn.long", text);
		a->left_out++;
		return;
	}
	job = json_array_get(jobs_of(a->made), job_index);
	bullets = json_object_get(job, "description_bullets");
	if (strcmp(json_string_value(json_array_get(bullets, index)), text) == 0)
		return;
	cvp_tailored_change(&a->t, (struct cvp_change){ .kind = "rewritten",
							.section = "work_experience",
							.field = field,
							.source = line,
							.before = json_string_value(json_array_get(bullets, index)),
							.after = text,
							.reason = "tailor.rewritten" });
	json_array_set_new(bullets, index, json_string(text));
	json_array_set(json_object_get(job, "bullet_sources"), index,
		       sources_of(a, line, json_object_get(given, "sources")));
	a->taken++;
}

/* The model's sentences in place of the engine's; where none stands in the end the engine's come back. */
static void
take_summary(struct adoption *a, const json_t *sentences)
{
	json_t *cv = json_object_get(a->made, "tailored_cv");
	struct cvp_said said = cvp_said_new(&a->t.vpr);

	for (size_t i = 0; i < json_array_size(sentences); i++) {
		const json_t *sentence = json_array_get(sentences, i);
		const json_t *sources = sources_of(a, NULL, json_object_get(sentence, "sources"));

		cvp_said_sentence(&said, cvp_vpr_one_line(a->t.vpr.ctx, text_of(sentence, "text")));
		for (size_t j = 0; j < json_array_size(sources); j++)
			cvp_said_source(&said, json_string_value(json_array_get(sources, j)));
	}
	json_object_set_new(cv, "executive_summary", json_string(cvp_said_text(&a->t.vpr, &said)));
	json_object_set(cv, "x_summary_sources", said.sources);
	a->taken++;
}

static bool
wants_summary(const struct adoption *a, const json_t *answer)
{
	return a->t.wishes.has_summary && json_array_size(json_object_get(answer, "executive_summary")) > 0;
}

static bool
lost_summary(const json_t *artifact)
{
	return json_string_length(json_object_get(json_object_get(artifact, "tailored_cv"), "executive_summary")) == 0;
}

/* Verified; with the engine's summary where nothing of the model's may stand. */
static enum cvp_code
prove(struct adoption *a, bool has_summary, const json_t *ours, json_t **artifact)
{
	enum cvp_code code = cvp_tailored_prove(&a->t, a->made, artifact);
	json_t *cv;

	if (code != CVP_OK || !has_summary || !lost_summary(*artifact))
		return code;
	a->made = *artifact;
	cv = json_object_get(a->made, "tailored_cv");
	json_object_set(cv, "executive_summary", json_object_get(ours, "executive_summary"));
	json_object_set(cv, "x_summary_sources", json_object_get(ours, "x_summary_sources"));
	return cvp_tailored_prove(&a->t, a->made, artifact);
}

static enum cvp_code
adopt(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *answer,
      json_t **artifact, size_t *left_out)
{
	const json_t *bullets = json_object_get(answer, "bullets"), *ours;
	struct adoption a = { .taken = 0 };
	size_t warnings;
	enum cvp_code code = cvp_tailoring_begin(ctx, assets, input, &a.t);

	if (code == CVP_OK)
		code = cvp_tailored_write(&a.t, &a.made);
	if (code != CVP_OK)
		return code;
	ours = cvp_own(ctx, json_copy(json_object_get(a.made, "tailored_cv")));
	for (size_t i = 0; i < json_array_size(bullets); i++)
		take_bullet(&a, json_array_get(bullets, i));
	if (wants_summary(&a, answer))
		take_summary(&a, json_object_get(answer, "executive_summary"));
	if (a.taken == 0 && json_array_size(bullets) > 0)
		return cvp_fail(ctx, CVP_LLM_BAD_ANSWER, "Nothing of the model's lines is of the CV.");
	warnings = json_array_size(a.t.warnings);
	code = prove(&a, wants_summary(&a, answer), ours, artifact);
	if (code == CVP_OK)
		*left_out = a.left_out + json_array_size(a.t.warnings) - warnings;
	return code;
}

const struct cvp_kind_writing cvp_tailored_cv_writing = {
	.class = CVP_MODEL_TEMPLATE,
	.max_tokens = 4096, /* SPEC 9 */
	.temperature = 0.5,
	.usual_tokens = 1500,
	.ask = ask,
	.adopt = adopt,
};
