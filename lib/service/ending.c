/* ending.c - how a job of generation.h ends: stored, failed, put back for another attempt; one transaction each. */
#include <string.h>

#include "career/kind.h"
#include "core/config.h"
#include "core/ctx.h"
#include "core/fault.h"
#include "core/id.h"
#include "core/log.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "schema/canonical.h"
#include "service/artifact.h"
#include "service/generation.h"
#include "store/store.h"

/* A document and who wrote it. */
struct ending {
	const struct cvp_generation *generation;
	const struct cvp_step *step;
	enum cvp_code fallen; /* why the built-in engine stood in for a model; CVP_OK: it did not */
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

static bool
is_kept(const struct cvp_ctx *ctx, const char *kind)
{
	return strcmp(kind, cvp_kind_gap_analysis.name) != 0 || cvp_config_bool(ctx->config, CVP_SET_GAP_PERSIST);
}

static const char *
stage_of(const char *kind)
{
	const struct cvp_kind *known = cvp_kind_find(kind);

	return known != NULL && known->stage != NULL ? known->stage : "READY";
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

	*is_persisted = false;
	if (!is_kept(ctx, job->kind))
		return CVP_OK;
	if (json_object_get(ending->step->artifact, "token_usage") != NULL)
		json_object_set(ending->step->artifact, "token_usage",
				token_usage(ctx, ending->generation, author_of(ending)));
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
store_result(struct cvp_ctx *ctx, const struct ending *ending, bool is_persisted, int version, struct cvp_job_end *end)
{
	const struct cvp_job *job = &ending->generation->lease.job;
	json_t *artifact = ending->step->artifact;
	char checksum[CVP_SHA256_HEX];
	enum cvp_code code;

	*end = (struct cvp_job_end){
		.result_key = cvp_result_key(ctx, job->job_id),
		.vpr_version = version,
		.word_count = (int)json_integer_value(json_object_get(artifact, "word_count")),
		.is_persisted = is_persisted,
		.token_usage = token_usage(ctx, ending->generation, author_of(ending)),
	};
	cvp_canonical_sha256(artifact, checksum);
	code = cvp_store_put(ctx, job->user_id, job->job_id, artifact, checksum);
	if (code == CVP_OK && job->application_id != NULL)
		code = cvp_application_set_stage(ctx, job->user_id, job->application_id, stage_of(job->kind));
	return code;
}

/* Artifact and result; what is left to write of the job goes to *end. */
static enum cvp_code
store(struct cvp_ctx *ctx, const struct ending *ending, struct cvp_job_end *end)
{
	struct cvp_artifact stored = { 0 };
	bool is_persisted = false;
	enum cvp_code code;

	*end = (struct cvp_job_end){ .is_persisted = true };
	if (ending->step->artifact == NULL)
		return CVP_OK;
	if (ending->step->input == NULL)
		return store_result(ctx, ending, true, 0, end);
	code = try_store(ctx, ending, &stored, &is_persisted);
	return code == CVP_OK ? store_result(ctx, ending, is_persisted, stored.key.version, end) : code;
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

/* What is written of those jobs of a transaction whose leases are held. */
struct batch {
	const struct cvp_job **jobs;
	struct cvp_job_end *ends;
	size_t count;
};

static enum cvp_code
store_held(struct cvp_ctx *ctx, const struct ending *endings, const bool *is_held, size_t count, struct batch *batch)
{
	enum cvp_code code = CVP_OK;

	batch->jobs = cvp_arena_alloc(ctx->arena, count * sizeof(*batch->jobs));
	batch->ends = cvp_arena_alloc(ctx->arena, count * sizeof(*batch->ends));
	for (size_t i = 0; i < count && code == CVP_OK; i++) {
		if (!is_held[i])
			continue;
		code = store(ctx, &endings[i], &batch->ends[batch->count]);
		batch->jobs[batch->count++] = &endings[i].generation->lease.job;
	}
	return code;
}

/* Takes the jobs out of the queue and writes what became of those that are still ours. */
static enum cvp_code
write_endings(struct cvp_ctx *ctx, const struct ending *endings, size_t count, bool *is_held)
{
	const struct cvp_lease **leases = cvp_arena_alloc(ctx->arena, count * sizeof(*leases));
	struct batch batch = { .count = 0 };
	enum cvp_code code;

	for (size_t i = 0; i < count; i++)
		leases[i] = &endings[i].generation->lease;
	code = cvp_queue_remove_all(ctx, leases, count, is_held);
	cvp_fault_here(ctx->config, CVP_FAULT_REMOVED);
	if (code == CVP_OK)
		code = store_held(ctx, endings, is_held, count, &batch);
	if (code == CVP_OK && batch.count > 0)
		code = cvp_jobs_complete(ctx, batch.jobs, batch.ends, batch.count);
	cvp_fault_here(ctx->config, CVP_FAULT_WRITTEN);
	return code;
}

static enum cvp_code
end_all(struct cvp_ctx *ctx, const struct ending *endings, size_t count, bool *is_held)
{
	enum cvp_code code;

	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	cvp_fault_here(ctx->config, CVP_FAULT_OPENED);
	code = write_endings(ctx, endings, count, is_held);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_fault_here(ctx->config, CVP_FAULT_COMMITTED);
	cvp_db_rollback(ctx);
	return code;
}

/* Each by itself: one that cannot be stored keeps nobody else's from it. */
static void
finish_apart(struct cvp_ctx *ctx, const struct ending *endings, struct cvp_finished *finished, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		finished[i].code = end_all(ctx, &endings[i], 1, &finished[i].is_held);
		if (finished[i].code != CVP_OK)
			cvp_log_failure(ctx, "job_not_ended");
		cvp_clear(ctx);
	}
}

void
cvp_generation_finish(struct cvp_ctx *ctx, struct cvp_finished *finished, size_t count)
{
	struct ending *endings = cvp_arena_alloc(ctx->arena, count * sizeof(*endings));
	bool *is_held = cvp_arena_alloc(ctx->arena, count * sizeof(*is_held));

	for (size_t i = 0; i < count; i++)
		endings[i] = (struct ending){ finished[i].generation, &finished[i].step, CVP_OK };
	if (count == 1) {
		finish_apart(ctx, endings, finished, count);
		return;
	}
	if (end_all(ctx, endings, count, is_held) != CVP_OK) {
		cvp_log_failure(ctx, "batch_not_ended");
		cvp_clear(ctx);
		finish_apart(ctx, endings, finished, count);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		finished[i].code = CVP_OK;
		finished[i].is_held = is_held[i];
	}
}

/* Removes the queue row and writes the failure, in one transaction. */
static enum cvp_code
write_failure(struct cvp_ctx *ctx, const struct cvp_generation *generation, const struct cvp_error *error, bool is_dead,
	      bool *is_held)
{
	const struct cvp_lease *lease = &generation->lease;
	struct cvp_job_failure failure = { .code = error->code,
					   .message = error->message,
					   .details = error->details,
					   .errors = with_error(ctx, lease, error),
					   .token_usage = usage_so_far(ctx, generation),
					   .is_dead = is_dead };
	enum cvp_code code;

	*is_held = false;
	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_queue_remove(ctx, lease, is_held);
	if (code == CVP_OK && *is_held)
		code = cvp_job_fail(ctx, &lease->job, &failure);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
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
end_by_engine(struct cvp_ctx *ctx, const struct cvp_generation *generation, const struct cvp_error *error,
	      bool *is_held)
{
	struct cvp_step step = { .kind = CVP_STEP_FAILED };
	struct ending ending = { generation, &step, error->code };
	struct cvp_error own;

	if (cvp_generation_builtin(ctx, &generation->lease, &step) == CVP_OK)
		return end_all(ctx, &ending, 1, is_held);
	own = ctx->err;
	cvp_clear(ctx);
	return write_failure(ctx, generation, &own, cvp_code_is_retryable(own.code), is_held);
}

enum cvp_code
cvp_generation_fail(struct cvp_ctx *ctx, const struct cvp_generation *generation, int64_t delay, bool *is_held)
{
	struct cvp_error error = ctx->err;
	bool is_retryable = cvp_code_is_retryable(error.code);

	cvp_clear(ctx); /* so that the writing of it can fail on its own */
	cvp_log(ctx, cvp_code_level(error.code), "job_failed", "s:s, s:i, s:s", "code", cvp_code_name(error.code),
		"attempt", generation->lease.job.attempts, "reason", error.message);
	if (is_retryable && !is_exhausted(generation))
		return try_again(ctx, generation, &error, delay, is_held);
	return falls_back(ctx, error.code) ? end_by_engine(ctx, generation, &error, is_held)
					   : write_failure(ctx, generation, &error, is_retryable, is_held);
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
		code = write_failure(ctx, &generation, &lost, true, &is_held);
	}
	return code;
}
