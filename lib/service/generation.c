#include "service/generation.h"

#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "core/buf.h"
#include "core/config.h"
#include "core/ctx.h"
#include "core/fault.h"
#include "core/log.h"
#include "dal/db.h"
#include "schema/schema.h"
#include "service/gate.h"
#include "service/input.h"
#include "service/ping.h"
#include "template/template.h"

#define PROMPT_MAX ((size_t)1024 * 1024)

/* A claim among those who share the limit. */
static enum cvp_code
claim_within(struct cvp_ctx *ctx, const char *worker_id, int limit, int most, struct cvp_lease **leases, size_t *count)
{
	int64_t seconds = cvp_config_int(ctx->config, CVP_SET_JOB_LEASE_SECONDS);
	enum cvp_code code;

	code = cvp_db_begin(ctx);
	if (code == CVP_OK)
		code = cvp_queue_claim_within(ctx, worker_id, seconds, limit, most, leases, count);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code;
}

static bool
has_model(const struct cvp_ctx *ctx)
{
	return strcmp(cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER), CVP_BUILTIN) != 0;
}

enum cvp_code
cvp_generation_claim(struct cvp_ctx *ctx, const char *worker_id, int limit, struct cvp_lease **leases, size_t *count)
{
	int most = (int)cvp_config_int(ctx->config, CVP_SET_LLM_CONCURRENCY);

	if (has_model(ctx) && most > 0)
		return claim_within(ctx, worker_id, limit, most, leases, count);
	return cvp_queue_claim(ctx, worker_id, cvp_config_int(ctx->config, CVP_SET_JOB_LEASE_SECONDS), limit, leases,
			       count);
}

static enum cvp_code
build_input(struct cvp_ctx *ctx, const struct cvp_lease *lease, json_t **input)
{
	const json_t *request = lease->input;
	struct cvp_input_parts parts = {
		.user_id = lease->job.user_id,
		.application_id = lease->job.application_id,
		.cv_id = json_string_value(json_object_get(lease->job.extra, "cv_id")),
		.cv_version = (int)json_integer_value(json_object_get(lease->job.extra, "cv_version")),
		.posting = json_object_get(request, "job_posting"),
		.gap_responses = json_object_get(request, "gap_responses"),
		.company_context = json_object_get(request, "company_context"),
		.preferences = json_object_get(request, "preferences"),
		.job_id = json_string_value(json_object_get(request, "job_id")),
		.language = json_string_value(json_object_get(request, "language")),
		.as_of = lease->job.created_at,
	};

	if (json_is_integer(json_object_get(request, "cv_version")))
		parts.cv_version = (int)json_integer_value(json_object_get(request, "cv_version"));
	if (request == NULL)
		return cvp_fail(ctx, CVP_INTEGRITY_ERROR, "The job's input is damaged.");
	if (parts.cv_id == NULL)
		return cvp_fail(ctx, CVP_CV_NOT_FOUND,
				"There is no CV to write the report from; import one and submit again.");
	return cvp_input_build(ctx, &parts, input);
}

static enum cvp_code
load(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_kind **kind, struct cvp_step *step)
{
	enum cvp_code code;

	*kind = cvp_kind_find(lease->job.kind);
	if (*kind == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "No kind of artifact is called %s.", lease->job.kind);
	code = build_input(ctx, lease, &step->input);
	cvp_fault_here(ctx->config, CVP_FAULT_LOADED);
	return code;
}

static enum cvp_code
write_builtin(struct cvp_ctx *ctx, const struct cvp_kind *kind, struct cvp_step *step)
{
	enum cvp_code code;

	code = kind->generate(ctx, cvp_gate_assets(ctx), step->input, &step->artifact);
	cvp_fault_here(ctx->config, CVP_FAULT_GENERATED);
	if (code == CVP_OK)
		step->kind = CVP_STEP_DONE;
	return code;
}

enum cvp_code
cvp_generation_builtin(struct cvp_ctx *ctx, const struct cvp_lease *lease, struct cvp_step *step)
{
	const struct cvp_kind *kind;
	enum cvp_code code;

	code = load(ctx, lease, &kind, step);
	return code == CVP_OK ? write_builtin(ctx, kind, step) : code;
}

static enum cvp_code
render_prompt(struct cvp_ctx *ctx, const char *name, const json_t *model, const char **text)
{
	struct cvp_buf out = CVP_BUF(PROMPT_MAX);
	enum cvp_code code;

	code = cvp_template_render(ctx, cvp_gate_assets(ctx)->templates, name, model, &out);
	if (code == CVP_OK)
		*text = cvp_arena_strdup(ctx->arena, cvp_buf_string(&out));
	cvp_buf_free(&out);
	return code;
}

static const char *
answer_schema(struct cvp_ctx *ctx, const struct cvp_kind *kind)
{
	return cvp_arena_printf(ctx->arena, "%s_answer.json", kind->name);
}

/* What the kind wants to have again with the answer (kind.h), as text: a thousand of them wait. */
static const char *
kept_text(struct cvp_ctx *ctx, const json_t *kept)
{
	char *text = json_dumps(kept, JSON_COMPACT | JSON_ENCODE_ANY), *copy = NULL;

	if (text != NULL)
		copy = cvp_arena_strdup(ctx->arena, text);
	free(text);
	return copy;
}

static enum cvp_code
prepare_question(struct cvp_ctx *ctx, struct cvp_generation *generation, const struct cvp_kind *kind,
		 const json_t *refused, struct cvp_step *step)
{
	const struct cvp_assets *assets = cvp_gate_assets(ctx);
	const struct cvp_kind_writing *writing = kind->writing;
	enum cvp_code code;
	json_t *model;

	generation->usual_tokens = writing->usual_tokens;
	step->kind = CVP_STEP_ASK;
	step->request = (struct cvp_model_request){
		.class = writing->class,
		.name = kind->name,
		.schema = cvp_schemas_document(assets->schemas, answer_schema(ctx, kind)),
		.max_tokens = writing->max_tokens,
		.temperature = writing->temperature,
	};
	code = writing->ask(ctx, assets, step->input, refused, &model);
	if (code == CVP_OK)
		step->kept = kept_text(ctx, json_object_get(model, "kept"));
	if (code == CVP_OK)
		code = render_prompt(ctx, cvp_arena_printf(ctx->arena, "prompt/%s.system.txt", kind->name), model,
				     &step->request.system);
	if (code == CVP_OK)
		code = render_prompt(ctx, cvp_arena_printf(ctx->arena, "prompt/%s.txt", kind->name), model,
				     &step->request.user);
	return code;
}

static bool
asks_model(const struct cvp_ctx *ctx, const struct cvp_kind *kind)
{
	return kind->writing != NULL && has_model(ctx);
}

static int64_t
number_of(const json_t *usage, const char *key)
{
	return json_integer_value(json_object_get(usage, key));
}

struct cvp_generation
cvp_generation_of(const struct cvp_lease *lease)
{
	const json_t *used = lease->job.token_usage;

	return (struct cvp_generation){
		.lease = *lease,
		.is_test = strcmp(lease->job.kind, CVP_JOB_PING) == 0,
		.calls = (int)number_of(used, "calls"),
		.usage = { .input_tokens = number_of(used, "input_tokens"),
			   .output_tokens = number_of(used, "output_tokens"),
			   .cache_read_tokens = number_of(used, "cache_read_tokens"),
			   .cache_write_tokens = number_of(used, "cache_write_tokens"),
			   .cost_usd = json_number_value(json_object_get(used, "cost_usd")) },
	};
}

bool
cvp_generation_is_awaited(const struct cvp_lease *lease)
{
	const struct cvp_kind *kind = cvp_kind_find(lease->job.kind);

	return kind != NULL && kind->is_awaited;
}

static enum cvp_code
begin_artifact(struct cvp_ctx *ctx, struct cvp_generation *generation, struct cvp_step *step)
{
	const struct cvp_kind *kind;
	enum cvp_code code;

	code = load(ctx, &generation->lease, &kind, step);
	if (code != CVP_OK)
		return code;
	return asks_model(ctx, kind) ? prepare_question(ctx, generation, kind, NULL, step)
				     : write_builtin(ctx, kind, step);
}

void
cvp_generation_begin(struct cvp_ctx *ctx, struct cvp_generation *generation, struct cvp_step *step)
{
	enum cvp_code code;

	*step = (struct cvp_step){ .kind = CVP_STEP_DONE };
	if (strcmp(generation->lease.job.kind, CVP_JOB_PROBE) == 0)
		return;
	if (generation->is_test)
		code = cvp_ping_begin(ctx, generation, step);
	else
		code = begin_artifact(ctx, generation, step);
	if (code != CVP_OK)
		step->kind = CVP_STEP_FAILED;
}

static enum cvp_code
check_schema(struct cvp_ctx *ctx, const struct cvp_kind *kind, const json_t *answer)
{
	const struct cvp_schema *schema = cvp_schemas_get(cvp_gate_assets(ctx)->schemas, answer_schema(ctx, kind));
	enum cvp_code code;
	json_t *faults;

	code = cvp_schema_validate(ctx, schema, answer);
	if (code == CVP_OK)
		return CVP_OK;
	faults = json_incref(ctx->err.details);
	cvp_clear(ctx);
	return cvp_fail_details(ctx, CVP_LLM_BAD_ANSWER, faults, "The model's answer does not fit its schema.");
}

static enum cvp_code
take_answer(struct cvp_ctx *ctx, struct cvp_generation *generation, const struct cvp_kind *kind,
	    const struct cvp_model_outcome *outcome, struct cvp_step *step)
{
	enum cvp_code code;

	if (outcome->code != CVP_OK)
		return cvp_fail(ctx, outcome->code, "%s", outcome->message);
	code = check_schema(ctx, kind, outcome->answer);
	if (code == CVP_OK)
		code = kind->writing->adopt(ctx, cvp_gate_assets(ctx), step->input, outcome->answer, &step->artifact,
					    &generation->left_out);
	cvp_fault_here(ctx->config, CVP_FAULT_GENERATED);
	if (code == CVP_OK)
		step->kind = CVP_STEP_DONE;
	return code;
}

/* May another answer mend what is wrong with this one? */
static bool
may_ask_again(const struct cvp_generation *generation, enum cvp_code code)
{
	return (code == CVP_FVS_HALLUCINATION_DETECTED || code == CVP_LLM_BAD_ANSWER) &&
	       generation->answers < CVP_ANSWERS_MAX && generation->calls < CVP_CALLS_MAX;
}

static enum cvp_code
ask_again(struct cvp_ctx *ctx, struct cvp_generation *generation, const struct cvp_kind *kind, struct cvp_step *step)
{
	const json_t *refused = ctx->err.details;

	cvp_log(ctx, CVP_LOG_WARNING, "answer_refused", "s:s, s:i, s:i", "code", cvp_code_name(ctx->err.code), "answer",
		generation->answers, "violations", (int)json_array_size(refused));
	if (refused == NULL)
		refused = cvp_own(ctx, json_pack("[{s:s, s:s}]", "pointer", "", "message", ctx->err.message));
	cvp_clear(ctx);
	return prepare_question(ctx, generation, kind, refused, step);
}

void
cvp_generation_answer(struct cvp_ctx *ctx, struct cvp_generation *generation, const struct cvp_model_outcome *outcome,
		      struct cvp_step *step)
{
	const struct cvp_kind *kind;
	enum cvp_code code;

	*step = (struct cvp_step){ .kind = CVP_STEP_FAILED };
	if (generation->is_test) {
		cvp_ping_answer(ctx, generation, outcome, step);
		return;
	}
	generation->answers++;
	code = load(ctx, &generation->lease, &kind, step);
	if (code == CVP_OK && generation->kept != NULL)
		json_object_set_new(step->input, "kept", json_loads(generation->kept, JSON_DECODE_ANY, NULL));
	if (code == CVP_OK) {
		code = take_answer(ctx, generation, kind, outcome, step);
		if (may_ask_again(generation, code))
			code = ask_again(ctx, generation, kind, step);
	}
	if (code != CVP_OK)
		step->kind = CVP_STEP_FAILED;
}
