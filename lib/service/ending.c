/* ending.c - how a job of generation.h ends: stored, failed, put back for another attempt; one transaction each. */
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/fault.h"
#include "core/id.h"
#include "core/log.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "schema/canonical.h"
#include "service/artifact.h"
#include "service/generation.h"
#include "store/store.h"

/* How a job ends: with a finished step, or with an error. */
struct ending {
	const struct cvp_generation *generation;
	const struct cvp_step *step;
	const struct cvp_error *error; /* NULL: it succeeded */
	enum cvp_code fallen;          /* why the built-in engine stood in for a model; CVP_OK: it did not */
	bool is_dead;                  /* kept for the operator */
};

/* Of all calls of the job. model: who wrote the artifact, or was asked last. */
static json_t *
token_usage(struct cvp_ctx *ctx, const struct cvp_generation *generation, const char *model)
{
	const struct cvp_model_usage *usage = &generation->usage;
	json_t *used = cvp_own(ctx, json_pack("{s:I, s:I, s:s, s:f}", "input_tokens", (json_int_t)usage->input_tokens,
					      "output_tokens", (json_int_t)usage->output_tokens, "model", model,
					      "cost_usd", usage->cost_usd));

	if (generation->calls == 0)
		return used;
	json_object_set_new(used, "calls", json_integer(generation->calls));
	json_object_set_new(used, "cache_read_tokens", json_integer((json_int_t)usage->cache_read_tokens));
	json_object_set_new(used, "cache_write_tokens", json_integer((json_int_t)usage->cache_write_tokens));
	return used;
}

static const char *
author_of(const struct ending *ending)
{
	const char *model = ending->generation->model;

	return model == NULL || ending->fallen != CVP_OK ? CVP_BUILTIN : model;
}

/* Stores the artifact under a savepoint: where that fails the job completes all the same, and says so (SPEC 4.1). */
static enum cvp_code
try_store(struct cvp_ctx *ctx, const struct ending *ending, struct cvp_artifact *stored, bool *is_persisted)
{
	const struct cvp_job *job = &ending->generation->lease.job;
	struct cvp_origin origin = {
		.job_id = job->job_id,
		.model = author_of(ending),
		.fallback = ending->fallen != CVP_OK ? cvp_code_name(ending->fallen) : NULL,
		.left_out = ending->fallen == CVP_OK ? ending->generation->left_out : 0,
	};
	enum cvp_code code;

	code = cvp_db_savepoint(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_artifact_store(ctx, job->kind, ending->step->input, ending->step->artifact, &origin, stored);
	*is_persisted = code == CVP_OK;
	if (code == CVP_OK)
		return cvp_db_savepoint_release(ctx);
	cvp_log(ctx, CVP_LOG_WARNING, "artifact_not_stored", "s:s", "code", cvp_code_name(code));
	cvp_clear(ctx);
	return cvp_db_savepoint_undo(ctx);
}

static enum cvp_code
write_result(struct cvp_ctx *ctx, const struct ending *ending, bool is_persisted, int version)
{
	const struct cvp_job *job = &ending->generation->lease.job;
	json_t *artifact = ending->step->artifact;
	char checksum[CVP_SHA256_HEX];
	struct cvp_job_end end = {
		.result_key = cvp_result_key(ctx, job->job_id),
		.vpr_version = version,
		.word_count = (int)json_integer_value(json_object_get(artifact, "word_count")),
		.is_persisted = is_persisted,
		.token_usage = token_usage(ctx, ending->generation, author_of(ending)),
	};
	enum cvp_code code;

	cvp_canonical_sha256(artifact, checksum);
	code = cvp_store_put(ctx, job->user_id, job->job_id, artifact, checksum);
	if (code == CVP_OK)
		code = cvp_job_complete(ctx, job, &end);
	if (code == CVP_OK && job->application_id != NULL)
		code = cvp_application_set_stage(ctx, job->user_id, job->application_id, "READY");
	return code;
}

static enum cvp_code
complete(struct cvp_ctx *ctx, const struct ending *ending)
{
	struct cvp_artifact stored = { 0 };
	bool is_persisted = false;
	enum cvp_code code;

	code = try_store(ctx, ending, &stored, &is_persisted);
	return code == CVP_OK ? write_result(ctx, ending, is_persisted, stored.key.version) : code;
}

/* 10 s * 4^(n-1) after attempt n (SPEC 5.1), later where the model asked for more. */
static int64_t
retry_at(struct cvp_ctx *ctx, const struct cvp_lease *lease, int64_t delay)
{
	int64_t wait = cvp_config_int(ctx->config, CVP_SET_JOB_BACKOFF_SECONDS) * CVP_SECOND;

	for (int i = 1; i < lease->job.attempts; i++)
		wait *= 4;
	return cvp_now(ctx) + (delay > wait ? delay : wait);
}

static bool
is_exhausted(const struct cvp_generation *generation)
{
	return generation->lease.job.attempts >= CVP_JOB_ATTEMPTS || generation->calls >= CVP_CALLS_MAX;
}

/* The failures of all attempts, this one last. An attempt that is missing in it lost its worker. */
static json_t *
with_error(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_error *error)
{
	json_t *errors = cvp_own(ctx, json_array());

	json_array_extend(errors, lease->errors);
	json_array_append_new(errors, json_pack("{s:i, s:o, s:s, s:s}", "attempt", lease->job.attempts, "at",
						cvp_time_json(cvp_now(ctx)), "code", cvp_code_name(error->code),
						"message", error->message));
	return errors;
}

/* What calls took is kept of failed attempts, too; NULL where there were none. */
static const json_t *
usage_so_far(struct cvp_ctx *ctx, const struct cvp_generation *generation)
{
	if (generation->calls == 0)
		return NULL;
	return token_usage(ctx, generation, generation->model != NULL ? generation->model : CVP_BUILTIN);
}

static enum cvp_code
write_ending(struct cvp_ctx *ctx, const struct ending *ending)
{
	const struct cvp_lease *lease = &ending->generation->lease;
	const struct cvp_error *error = ending->error;
	struct cvp_job_failure failure;

	if (error == NULL)
		return complete(ctx, ending);
	failure = (struct cvp_job_failure){ .code = error->code,
					    .message = error->message,
					    .details = error->details,
					    .errors = with_error(ctx, lease, error),
					    .token_usage = usage_so_far(ctx, ending->generation),
					    .is_dead = ending->is_dead };
	return cvp_job_fail(ctx, &lease->job, &failure);
}

/* Removes the queue row and writes the ending, in one transaction. */
static enum cvp_code
end_job(struct cvp_ctx *ctx, const struct ending *ending, bool *is_held)
{
	enum cvp_code code;

	*is_held = false;
	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	cvp_fault_here(ctx->config, CVP_FAULT_OPENED);
	code = cvp_queue_remove(ctx, &ending->generation->lease, is_held);
	cvp_fault_here(ctx->config, CVP_FAULT_REMOVED);
	if (code == CVP_OK && *is_held)
		code = write_ending(ctx, ending);
	cvp_fault_here(ctx->config, CVP_FAULT_WRITTEN);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_fault_here(ctx->config, CVP_FAULT_COMMITTED);
	cvp_db_rollback(ctx);
	return code;
}

/* Puts the job back for its next attempt and keeps why this one failed and what it took. */
static enum cvp_code
try_again(struct cvp_ctx *ctx, const struct cvp_generation *generation, const struct cvp_error *error, int64_t delay,
	  bool *is_held)
{
	const struct cvp_lease *lease = &generation->lease;
	enum cvp_code code;

	*is_held = false;
	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_queue_return(ctx, lease, retry_at(ctx, lease, delay), false, is_held);
	if (code == CVP_OK && *is_held)
		code = cvp_job_note_attempt(ctx, &lease->job, with_error(ctx, lease, error),
					    usage_so_far(ctx, generation));
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code;
}

/* Is it the model, or the way to it, that failed? The engine can do without either. */
static bool
is_model_down(enum cvp_code code)
{
	return code == CVP_LLM_API_ERROR || code == CVP_LLM_TIMEOUT || code == CVP_LLM_RATE_LIMITED ||
	       code == CVP_CIRCUIT_OPEN || code == CVP_LLM_REQUEST_REJECTED;
}

static bool
falls_back(const struct cvp_ctx *ctx, enum cvp_code code)
{
	return is_model_down(code) && strcmp(cvp_config_text(ctx->config, CVP_SET_LLM_FALLBACK), CVP_BUILTIN) == 0;
}

static enum cvp_code
end_by_engine(struct cvp_ctx *ctx, const struct ending *failed, struct cvp_step *step, bool *is_held)
{
	struct ending ending = { .generation = failed->generation, .step = step, .fallen = failed->error->code };
	struct cvp_error own;

	if (cvp_generation_builtin(ctx, &failed->generation->lease, step) == CVP_OK)
		return end_job(ctx, &ending, is_held);
	own = ctx->err;
	ending = *failed;
	ending.error = &own;
	cvp_clear(ctx);
	return end_job(ctx, &ending, is_held);
}

static enum cvp_code
end_failed(struct cvp_ctx *ctx, const struct cvp_generation *generation, struct cvp_step *step, int64_t delay,
	   bool *is_held)
{
	struct cvp_error error = ctx->err;
	bool is_retryable = cvp_code_is_retryable(error.code);
	struct ending ending = { .generation = generation, .error = &error, .is_dead = is_retryable };

	cvp_clear(ctx); /* so that the writing of it can fail on its own */
	cvp_log(ctx, cvp_code_level(error.code), "job_failed", "s:s, s:i, s:s", "code", cvp_code_name(error.code),
		"attempt", generation->lease.job.attempts, "reason", error.message);
	if (is_retryable && !is_exhausted(generation))
		return try_again(ctx, generation, &error, delay, is_held);
	return falls_back(ctx, error.code) ? end_by_engine(ctx, &ending, step, is_held)
					   : end_job(ctx, &ending, is_held);
}

enum cvp_code
cvp_generation_end(struct cvp_ctx *ctx, struct cvp_generation *generation, struct cvp_step *step, int64_t delay,
		   bool *is_held)
{
	if (step->kind == CVP_STEP_FAILED)
		return end_failed(ctx, generation, step, delay, is_held);
	return end_job(ctx, &(struct ending){ .generation = generation, .step = step }, is_held);
}

enum cvp_code
cvp_generation_recover(struct cvp_ctx *ctx, const char *worker_id, bool own, size_t *freed)
{
	static const struct cvp_error lost = { .code = CVP_TIMEOUT,
					       .message = "The worker was lost in each of its attempts." };
	struct cvp_lease *exhausted;
	enum cvp_code code;
	size_t count = 0;
	bool is_held;

	code = cvp_queue_recover(ctx, own ? worker_id : NULL, cvp_config_int(ctx->config, CVP_SET_JOB_BACKOFF_SECONDS),
				 freed, &exhausted, &count);
	for (size_t i = 0; i < count && code == CVP_OK; i++) {
		struct cvp_generation generation = cvp_generation_of(&exhausted[i]);

		cvp_log(ctx, CVP_LOG_ERROR, "dead_letter", "s:s", "lost_job", exhausted[i].job.job_id);
		code = end_job(ctx, &(struct ending){ .generation = &generation, .error = &lost, .is_dead = true },
			       &is_held);
	}
	return code;
}
