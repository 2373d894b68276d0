#include "service/admin.h"

#include "core/ctx.h"
#include "dal/job_admin.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "dal/wake.h"
#include "service/gate.h"
#include "service/jobs.h"

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
