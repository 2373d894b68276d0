#include "service/generation.h"

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
#include "dal/queue.h"
#include "dal/rows.h"
#include "schema/canonical.h"
#include "service/artifact.h"
#include "service/gate.h"
#include "service/input.h"
#include "store/store.h"

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
		.language = json_string_value(json_object_get(request, "language")),
		.as_of = lease->job.created_at,
	};

	if (request == NULL)
		return cvp_fail(ctx, CVP_INTEGRITY_ERROR, "The job's input is damaged.");
	if (parts.cv_id == NULL)
		return cvp_fail(ctx, CVP_CV_NOT_FOUND,
				"There is no CV to write the report from; import one and submit again.");
	return cvp_input_build(ctx, &parts, input);
}

/* A built-in artifact that does not pass its own verification is a fault of ours, and is never shown. */
static enum cvp_code
verify(struct cvp_ctx *ctx, const struct cvp_kind *kind, const struct cvp_step *step)
{
	enum cvp_code code;
	json_t *report;

	code = kind->verify(ctx, cvp_gate_assets(ctx), step->input, step->artifact, &report);
	if (code == CVP_OK && json_is_true(json_object_get(report, "has_critical_violations")))
		code = cvp_fail_details(ctx, CVP_FVS_HALLUCINATION_DETECTED,
					json_incref(json_object_get(report, "violations")),
					"The report states what the CV does not show; it was not stored.");
	return code;
}

static enum cvp_code
generate(struct cvp_ctx *ctx, const struct cvp_lease *lease, struct cvp_step *step)
{
	const struct cvp_kind *kind = cvp_kind_find(lease->job.kind);
	enum cvp_code code;

	if (kind == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "No kind of artifact is called %s.", lease->job.kind);
	code = build_input(ctx, lease, &step->input);
	cvp_fault_here(ctx->config, CVP_FAULT_LOADED);
	if (code == CVP_OK)
		code = kind->generate(ctx, cvp_gate_assets(ctx), step->input, &step->artifact);
	cvp_fault_here(ctx->config, CVP_FAULT_GENERATED);
	if (code == CVP_OK)
		code = verify(ctx, kind, step);
	cvp_fault_here(ctx->config, CVP_FAULT_VERIFIED);
	return code;
}

void
cvp_generation_begin(struct cvp_ctx *ctx, const struct cvp_lease *lease, struct cvp_step *step)
{
	*step = (struct cvp_step){ .kind = CVP_STEP_DONE };
	if (generate(ctx, lease, step) != CVP_OK)
		step->kind = CVP_STEP_FAILED;
}

/* Stores the artifact under a savepoint: where that fails the job completes all the same, and says so (SPEC 4.1). */
static enum cvp_code
try_store(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_step *step, struct cvp_artifact *stored,
	  bool *is_persisted)
{
	enum cvp_code code;

	code = cvp_db_savepoint(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_artifact_store(ctx, lease->job.kind, step->input, step->artifact, lease->job.job_id, stored);
	*is_persisted = code == CVP_OK;
	if (code == CVP_OK)
		return cvp_db_savepoint_release(ctx);
	cvp_log(ctx, CVP_LOG_WARNING, "artifact_not_stored", "s:s", "code", cvp_code_name(code));
	cvp_clear(ctx);
	return cvp_db_savepoint_undo(ctx);
}

static enum cvp_code
write_result(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_step *step, bool is_persisted,
	     int version)
{
	static const char usage[] = "{s:i, s:i, s:s, s:f}";
	char checksum[CVP_SHA256_HEX];
	struct cvp_job_end end = {
		.result_key = cvp_result_key(ctx, lease->job.job_id),
		.vpr_version = version,
		.word_count = (int)json_integer_value(json_object_get(step->artifact, "word_count")),
		.is_persisted = is_persisted,
		.token_usage = cvp_own(
		    ctx, json_pack(usage, "input_tokens", 0, "output_tokens", 0, "model", "builtin", "cost_usd", 0.0)),
	};
	enum cvp_code code;

	cvp_canonical_sha256(step->artifact, checksum);
	code = cvp_store_put(ctx, lease->job.user_id, lease->job.job_id, step->artifact, checksum);
	if (code == CVP_OK)
		code = cvp_job_complete(ctx, &lease->job, &end);
	if (code == CVP_OK && lease->job.application_id != NULL)
		code = cvp_application_set_stage(ctx, lease->job.user_id, lease->job.application_id, "READY");
	return code;
}

/* How a job ends: with a finished step, or with an error. */
struct ending {
	const struct cvp_step *step;
	const struct cvp_error *error; /* NULL: it succeeded */
	bool is_dead;                  /* kept for the operator */
};

static enum cvp_code
complete(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_step *step)
{
	struct cvp_artifact stored = { 0 };
	bool is_persisted = false;
	enum cvp_code code;

	code = try_store(ctx, lease, step, &stored, &is_persisted);
	return code == CVP_OK ? write_result(ctx, lease, step, is_persisted, stored.key.version) : code;
}

/* 10 s * 4^(n-1) after attempt n (SPEC 5.1). */
static int64_t
retry_at(struct cvp_ctx *ctx, const struct cvp_lease *lease)
{
	int64_t seconds = cvp_config_int(ctx->config, CVP_SET_JOB_BACKOFF_SECONDS);

	for (int i = 1; i < lease->job.attempts; i++)
		seconds *= 4;
	return cvp_now(ctx) + seconds * CVP_SECOND;
}

static bool
is_exhausted(const struct cvp_lease *lease)
{
	return lease->job.attempts >= CVP_JOB_ATTEMPTS;
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

static enum cvp_code
write_ending(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct ending *ending)
{
	const struct cvp_error *error = ending->error;
	struct cvp_job_failure failure;

	if (error == NULL)
		return complete(ctx, lease, ending->step);
	failure = (struct cvp_job_failure){ .code = error->code,
					    .message = error->message,
					    .details = error->details,
					    .errors = with_error(ctx, lease, error),
					    .is_dead = ending->is_dead };
	return cvp_job_fail(ctx, &lease->job, &failure);
}

/* Removes the queue row and writes the ending, in one transaction. */
static enum cvp_code
end_job(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct ending *ending, bool *is_held)
{
	enum cvp_code code;

	*is_held = false;
	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	cvp_fault_here(ctx->config, CVP_FAULT_OPENED);
	code = cvp_queue_remove(ctx, lease, is_held);
	cvp_fault_here(ctx->config, CVP_FAULT_REMOVED);
	if (code == CVP_OK && *is_held)
		code = write_ending(ctx, lease, ending);
	cvp_fault_here(ctx->config, CVP_FAULT_WRITTEN);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_fault_here(ctx->config, CVP_FAULT_COMMITTED);
	cvp_db_rollback(ctx);
	return code;
}

/* Puts the job back for its next attempt and keeps why this one failed. */
static enum cvp_code
try_again(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_error *error, bool *is_held)
{
	enum cvp_code code;

	*is_held = false;
	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_queue_return(ctx, lease, retry_at(ctx, lease), false, is_held);
	if (code == CVP_OK && *is_held)
		code = cvp_job_note_errors(ctx, &lease->job, with_error(ctx, lease, error));
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code;
}

static enum cvp_code
end_failed(struct cvp_ctx *ctx, const struct cvp_lease *lease, bool *is_held)
{
	struct cvp_error error = ctx->err;
	bool is_retryable = cvp_code_is_retryable(error.code);
	struct ending ending = { .error = &error, .is_dead = is_retryable };

	cvp_clear(ctx); /* so that the writing of it can fail on its own */
	cvp_log(ctx, cvp_code_level(error.code), "job_failed", "s:s, s:i", "code", cvp_code_name(error.code), "attempt",
		lease->job.attempts);
	if (is_retryable && !is_exhausted(lease))
		return try_again(ctx, lease, &error, is_held);
	return end_job(ctx, lease, &ending, is_held);
}

enum cvp_code
cvp_generation_end(struct cvp_ctx *ctx, const struct cvp_lease *lease, const struct cvp_step *step, bool *is_held)
{
	if (step->kind == CVP_STEP_FAILED)
		return end_failed(ctx, lease, is_held);
	return end_job(ctx, lease, &(struct ending){ .step = step }, is_held);
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
		cvp_log(ctx, CVP_LOG_ERROR, "dead_letter", "s:s", "lost_job", exhausted[i].job.job_id);
		code = end_job(ctx, &exhausted[i], &(struct ending){ .error = &lost, .is_dead = true }, &is_held);
	}
	return code;
}
