#include "service/jobs.h"

#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/id.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/queue.h"
#include "dal/rows.h"
#include "dal/wake.h"
#include "schema/checksum.h"
#include "service/cursor.h"
#include "service/gap.h"
#include "service/input.h"
#include "service/submit.h"
#include "store/store.h"

static const char *
member_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* The caller's ttl where it lies after now, else the setting's (SPEC 5.3: ignored and warned of). */
static int64_t
expiry(struct cvp_ctx *ctx, const json_t *body, int64_t now, const char **note)
{
	const json_t *ttl = json_object_get(body, "ttl");
	int64_t wished = json_integer_value(ttl);

	*note = "";
	if (json_is_integer(ttl) && wished > now / CVP_SECOND && wished < now / CVP_SECOND + 366 * CVP_DAY_SECONDS)
		return wished * CVP_SECOND;
	if (ttl != NULL && !json_is_null(ttl))
		*note = " The ttl given is not in the future and was ignored.";
	return now + cvp_config_int(ctx->config, CVP_SET_JOB_TTL_SECONDS) * CVP_SECOND;
}

/* What the job is made of, and what its digest is of: the request without times. */
static json_t *
request_of(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, const json_t *posting,
	   json_t *gap_responses)
{
	return cvp_own(ctx, json_pack("{s:s, s:O, s:O*, s:O, s:O*, s:O*, s:O*}", "user_id", caller->user_id,
				      "application_id", json_object_get(body, "application_id"), "cv_id",
				      json_object_get(body, "cv_id"), "job_posting", posting, "gap_responses",
				      gap_responses, "company_context", json_object_get(body, "company_context"),
				      "language", json_object_get(body, "language")));
}

static const char *
status_url(struct cvp_ctx *ctx, const char *job_id)
{
	return cvp_arena_printf(ctx->arena, "%s/api/vpr/status/%s", cvp_config_text(ctx->config, CVP_SET_PUBLIC_URL),
				job_id);
}

static json_t *
submitted_model(struct cvp_ctx *ctx, const char *job_id, enum cvp_job_status status, const char *message,
		const char *result_url)
{
	return cvp_own(ctx,
		       json_pack("{s:s, s:s, s:s, s:s, s:s*}", "job_id", job_id, "status", cvp_job_status_name(status),
				 "message", message, "status_url", status_url(ctx, job_id), "result_url", result_url));
}

enum cvp_code
cvp_vpr_submit(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, const char *key,
	       struct cvp_allowance *allowance, json_t **model)
{
	const char *application_id = member_text(body, "application_id"), *cv_id = member_text(body, "cv_id"), *note;
	struct cvp_submission submission = {
		.user_id = caller->user_id,
		.kind = "vpr",
		.application_id = application_id,
		.cv_id = cv_id != NULL && *cv_id != '\0' ? cv_id : NULL,
		.key = key != NULL ? key : application_id,
		.expires_at = expiry(ctx, body, cvp_now(ctx), &note),
		.priority = CVP_JOB_PRIORITY,
		.limit = CVP_LIMIT_SUBMIT,
	};
	struct cvp_posting_import posting;
	struct cvp_submitted submitted;
	enum cvp_code code;
	json_t *answers;

	code = cvp_posting_take(ctx, json_object_get(body, "job_posting"), "/job_posting", &posting);
	if (code != CVP_OK)
		return code;
	code = cvp_gap_evidence_of(ctx, caller->user_id, application_id, body, &answers);
	if (code != CVP_OK)
		return code;
	submission.posting = posting.posting;
	submission.request = request_of(ctx, caller, body, posting.posting, answers);
	code = cvp_submit(ctx, &submission, allowance, &submitted);
	if (code != CVP_OK)
		return code;
	if (submitted.is_new) {
		*model = submitted_model(ctx, submitted.job_id, CVP_JOB_PENDING,
					 cvp_arena_printf(ctx->arena, "The report is being written.%s", note), NULL);
		return cvp_done(ctx, CVP_DONE_ACCEPTED);
	}
	*model = submitted_model(ctx, submitted.job_id, submitted.job.status,
				 submitted.job.has_result ? "This report has been written already."
							  : "This report is being written already.",
				 submitted.job.has_result ? cvp_store_link(ctx, submitted.job_id) : NULL);
	return CVP_OK;
}

/* Whose jobs the caller may read: a trusted caller who names nobody reads anybody's. */
static const char *
owner_scope(const struct cvp_caller *caller)
{
	return caller->is_unnamed ? NULL : caller->user_id;
}

static json_t *
job_model(struct cvp_ctx *ctx, const struct cvp_job *job)
{
	bool is_over = job->status == CVP_JOB_COMPLETED || job->status == CVP_JOB_FAILED;
	json_t *model = json_pack("{s:s, s:s, s:s, s:s*, s:o, s:o*, s:o*, s:s*, s:s*, s:O*}", "job_id", job->job_id,
				  "status", cvp_job_status_name(job->status), "kind", job->kind, "application_id",
				  job->application_id, "created_at", cvp_time_json(job->created_at), "started_at",
				  cvp_time_json(job->started_at), "completed_at", cvp_time_json(job->completed_at),
				  "error", job->error, "code", job->code, "details", job->details);

	if (!is_over)
		json_object_set_new(model, "progress",
				    json_pack("{s:s, s:i}", "stage", job->stage != NULL ? job->stage : "queued",
					      "percent", job->percent));
	if (job->status == CVP_JOB_COMPLETED) {
		json_object_set_new(model, "vpr_version", json_integer(job->vpr_version));
		json_object_set_new(model, "word_count", json_integer(job->word_count));
		json_object_set(model, "token_usage", job->token_usage);
		json_object_set(model, "persisted", json_object_get(job->extra, "persisted"));
		if (job->has_result)
			json_object_set_new(model, "result_url", json_string(cvp_store_link(ctx, job->job_id)));
	}
	return cvp_own(ctx, model);
}

enum cvp_code
cvp_jobs_status(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *job_id, json_t **model)
{
	struct cvp_job job;
	enum cvp_code code;

	code = cvp_job_find(ctx, owner_scope(caller), job_id, &job);
	if (code != CVP_OK)
		return code;
	if (job.status == CVP_JOB_COMPLETED && job.result_key == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The job is done but names no result.");
	if (job.status == CVP_JOB_COMPLETED && !job.has_result)
		return cvp_fail(ctx, CVP_RESULT_GONE, "The result has been removed; submit the application again.");
	*model = job_model(ctx, &job);
	if (job.status == CVP_JOB_PENDING || job.status == CVP_JOB_PROCESSING)
		return cvp_done(ctx, CVP_DONE_ACCEPTED);
	return CVP_OK;
}

enum cvp_code
cvp_jobs_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cursor, int limit, json_t **model)
{
	json_t *items = cvp_own(ctx, json_array()), *next = NULL;
	struct cvp_cursor from;
	struct cvp_job *jobs;
	enum cvp_code code;
	size_t count;

	code = cvp_cursor_read(ctx, cursor, &from);
	if (code == CVP_OK)
		code = cvp_job_list(ctx, caller->user_id, from.at, from.id, limit + 1, &jobs, &count);
	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < count && i < (size_t)limit; i++)
		json_array_append(items, job_model(ctx, &jobs[i]));
	if (count > (size_t)limit)
		next = cvp_cursor_json((struct cvp_cursor){ jobs[limit - 1].created_at, jobs[limit - 1].job_id });
	*model = cvp_own(ctx, json_pack("{s:O, s:i, s:o*}", "jobs", items, "count", (int)json_array_size(items),
					"next_cursor", next));
	return CVP_OK;
}

static enum cvp_code
cancel(struct cvp_ctx *ctx, const struct cvp_job *job, const char *why)
{
	struct cvp_job_failure cancelled = { .code = CVP_CANCELLED, .message = why };
	enum cvp_code code;
	bool was_queued;

	code = cvp_queue_cancel(ctx, job->job_id, &was_queued);
	if (code == CVP_OK && !was_queued)
		return cvp_fail(ctx, CVP_CONFLICT, "The job has just ended.");
	if (code == CVP_OK)
		code = cvp_job_fail(ctx, job, &cancelled);
	return code;
}

enum cvp_code
cvp_jobs_end(struct cvp_ctx *ctx, const char *user_id, const char *job_id, const char *why)
{
	struct cvp_job job;
	enum cvp_code code;

	code = cvp_job_find(ctx, user_id, job_id, &job);
	if (code == CVP_OK)
		code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	if (job.status == CVP_JOB_PENDING || job.status == CVP_JOB_PROCESSING)
		code = cancel(ctx, &job, why);
	else
		code = cvp_job_forget(ctx, job.user_id, job.job_id);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	if (code != CVP_OK)
		return code;
	cvp_wake_waiters(cvp_gate_waker(ctx), job_id);
	return cvp_done(ctx, CVP_DONE_NO_CONTENT);
}

enum cvp_code
cvp_jobs_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *job_id)
{
	return cvp_jobs_end(ctx, owner_scope(caller), job_id, "Cancelled by its owner.");
}

enum cvp_code
cvp_vpr_result(struct cvp_ctx *ctx, const char *job_id, const char *exp, const char *sig, json_t **model)
{
	const char *checksum;
	enum cvp_code code;

	code = cvp_store_follow(ctx, job_id, exp, sig, model, &checksum);
	return code == CVP_OK ? cvp_checksum_verify(ctx, *model, checksum) : code;
}
