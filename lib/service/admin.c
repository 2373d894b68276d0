#include "service/admin.h"

#include <string.h>
#include <time.h>

#include "core/config.h"
#include "core/ctx.h"
#include "dal/job_admin.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "dal/wake.h"
#include "service/gate.h"
#include "service/jobs.h"

#define PROBE_SECONDS 10
#define POLL_NANOS    5000000

enum cvp_code
cvp_admin_jobs(struct cvp_ctx *ctx, const char *state_name, int limit, json_t **model)
{
	enum cvp_job_state state = CVP_STATE_WAITING;
	json_t *jobs, *stats;
	enum cvp_code code;

	if (state_name != NULL && !cvp_job_state_named(state_name, &state))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/state", "state must be waiting, running or dead.");
	code = cvp_job_admin_list(ctx, state, limit, &jobs);
	if (code == CVP_OK)
		code = cvp_job_admin_stats(ctx, &stats);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:s, s:O, s:i, s:O}", "state", cvp_job_state_name(state), "jobs",
						jobs, "count", (int)json_array_size(jobs), "stats", stats));
	return code;
}

enum cvp_code
cvp_admin_overview(struct cvp_ctx *ctx, int limit, json_t **model)
{
	json_t *overview = cvp_own(ctx, json_object()), *part;
	enum cvp_code code;

	code = cvp_job_admin_stats(ctx, &part);
	if (code == CVP_OK)
		json_object_set(overview, "stats", part);
	for (enum cvp_job_state state = 0; state < CVP_STATE_COUNT && code == CVP_OK; state++) {
		code = cvp_job_admin_list(ctx, state, limit, &part);
		if (code == CVP_OK)
			json_object_set(overview, cvp_job_state_name(state), part);
	}
	if (code == CVP_OK)
		*model = overview;
	return code;
}

static json_t *
job_model(const struct cvp_job *job, json_t *errors)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s*, s:o, s:o*, s:o*, s:o, s:i, s:s*, s:s*, s:O}", "job_id",
			 job->job_id, "user_id", job->user_id, "kind", job->kind, "status",
			 cvp_job_status_name(job->status), "application_id", job->application_id, "created_at",
			 cvp_time_json(job->created_at), "started_at", cvp_time_json(job->started_at), "completed_at",
			 cvp_time_json(job->completed_at), "expires_at", cvp_time_json(job->expires_at), "attempts",
			 job->attempts, "code", job->code, "error", job->error, "errors", errors);
}

enum cvp_code
cvp_admin_job(struct cvp_ctx *ctx, const char *job_id, json_t **model)
{
	struct cvp_job job;
	json_t *errors;
	enum cvp_code code;

	code = cvp_job_find(ctx, NULL, job_id, &job);
	if (code == CVP_OK)
		code = cvp_job_admin_errors(ctx, job_id, &errors);
	if (code == CVP_OK)
		*model = cvp_own(ctx, job_model(&job, errors));
	return code;
}

enum cvp_code
cvp_admin_job_requeue(struct cvp_ctx *ctx, const char *job_id, json_t **model)
{
	enum cvp_code code;

	code = cvp_job_admin_requeue(ctx, job_id);
	if (code != CVP_OK)
		return code;
	cvp_wake_workers(cvp_gate_waker(ctx));
	return cvp_admin_job(ctx, job_id, model);
}

enum cvp_code
cvp_admin_job_delete(struct cvp_ctx *ctx, const char *job_id)
{
	return cvp_jobs_end(ctx, NULL, job_id, "Cancelled by an operator.");
}

enum cvp_code
cvp_admin_submit(struct cvp_ctx *ctx, const char *kind, const char *input, int priority, const char *job_id)
{
	int64_t now = cvp_now(ctx);
	struct cvp_job_draft draft = {
		.job_id = job_id,
		.user_id = CVP_ADMIN_USER,
		.kind = kind,
		.idempotency_key = cvp_arena_printf(ctx->arena, "%s#" CVP_ADMIN_USER "#%s", kind, job_id),
		.input = input,
		.input_length = strlen(input),
		.created_at = now,
		.expires_at = now + cvp_config_int(ctx->config, CVP_SET_JOB_TTL_SECONDS) * CVP_SECOND,
		.priority = priority,
	};
	enum cvp_code code;
	bool is_new;

	cvp_sha256(input, draft.input_length, draft.digest);
	code = cvp_job_submit(ctx, &draft, &is_new);
	if (code == CVP_OK)
		cvp_wake_workers(cvp_gate_waker(ctx));
	return code;
}

bool
cvp_admin_is_unfinished(const struct cvp_job *job)
{
	return job->status == CVP_JOB_PENDING || job->status == CVP_JOB_PROCESSING;
}

/* Polls until the job has ended, or the time is up. */
static enum cvp_code
await_probe(struct cvp_ctx *ctx, const char *job_id, struct cvp_job *job)
{
	static const struct timespec pause = { .tv_nsec = POLL_NANOS };
	int64_t until = cvp_monotonic() + PROBE_SECONDS * CVP_SECOND;
	enum cvp_code code;

	code = cvp_job_find(ctx, CVP_ADMIN_USER, job_id, job);
	while (code == CVP_OK && cvp_admin_is_unfinished(job) && cvp_monotonic() < until) {
		nanosleep(&pause, NULL);
		code = cvp_job_find(ctx, CVP_ADMIN_USER, job_id, job);
	}
	return code;
}

/* What a probe that has not ended in time says; it is taken out of the queue. */
static enum cvp_code
give_up(struct cvp_ctx *ctx, const struct cvp_job *job)
{
	enum cvp_code code;

	code = cvp_jobs_end(ctx, CVP_ADMIN_USER, job->job_id, "No worker completed the probe in time.");
	if (code != CVP_OK)
		return code;
	if (job->status == CVP_JOB_PENDING)
		return cvp_fail(ctx, CVP_TIMEOUT, "No worker took the job within %d s.", PROBE_SECONDS);
	return cvp_fail(ctx, CVP_TIMEOUT, "A worker took the job and did not complete it within %d s.", PROBE_SECONDS);
}

enum cvp_code
cvp_admin_probe(struct cvp_ctx *ctx, struct cvp_probed *probed)
{
	struct cvp_uuid job_id = cvp_uuid_new();
	struct cvp_job job;
	enum cvp_code code;

	code = cvp_admin_submit(ctx, CVP_JOB_PROBE, "{}", CVP_JOB_PRIORITY, job_id.text);
	if (code == CVP_OK)
		code = await_probe(ctx, job_id.text, &job);
	if (code != CVP_OK)
		return code;
	if (cvp_admin_is_unfinished(&job))
		return give_up(ctx, &job);
	if (job.status == CVP_JOB_FAILED)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The job failed: %s", job.error);
	probed->started = job.started_at - job.created_at;
	probed->done = job.completed_at - job.created_at;
	return CVP_OK;
}
