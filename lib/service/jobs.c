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
#include "schema/canonical.h"
#include "service/checksum.h"
#include "service/cursor.h"
#include "service/input.h"
#include "store/store.h"

#define SUBMIT_TRIES 4
#define INPUT_MAX    ((size_t)2 * 1024 * 1024)

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
request_of(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, const json_t *posting)
{
	return cvp_own(ctx, json_pack("{s:s, s:O, s:O*, s:O, s:O*, s:O*, s:O*}", "user_id", caller->user_id,
				      "application_id", json_object_get(body, "application_id"), "cv_id",
				      json_object_get(body, "cv_id"), "job_posting", posting, "gap_responses",
				      json_object_get(body, "gap_responses"), "company_context",
				      json_object_get(body, "company_context"), "language",
				      json_object_get(body, "language")));
}

/* Fills the draft's texts; canonical holds input and posting, and must outlive it. */
static enum cvp_code
draft_bodies(struct cvp_ctx *ctx, const json_t *request, struct cvp_buf *input, struct cvp_buf *posting,
	     struct cvp_job_draft *draft)
{
	cvp_canonical_json(request, input);
	cvp_canonical_json(json_object_get(request, "job_posting"), posting);
	if (cvp_buf_failed(input) || cvp_buf_failed(posting))
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The request is too large.");
	draft->input = input->data;
	draft->input_length = input->length;
	draft->posting = posting->data;
	draft->posting_length = posting->length;
	cvp_sha256(input->data, input->length, draft->digest);
	return CVP_OK;
}

/* Is the draft's work under way or done already? */
static bool
is_duplicate(struct cvp_ctx *ctx, const struct cvp_job_draft *draft)
{
	struct cvp_job_holder holder;

	return cvp_job_holder(ctx, draft, &holder) == CVP_OK && holder.is_found && holder.is_same && !holder.is_over;
}

/* Takes a token for a new job, none for a duplicate. A refused request leaves nothing behind. */
static enum cvp_code
spend_and_submit(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, struct cvp_allowance *allowance, bool *is_new)
{
	enum cvp_code code;

	*is_new = false;
	code = cvp_gate_spend(ctx, CVP_LIMIT_SUBMIT, draft->user_id, allowance);
	if (code == CVP_RATE_LIMIT_EXCEEDED) {
		struct cvp_error refusal = ctx->err;

		cvp_clear(ctx);
		if (is_duplicate(ctx, draft)) {
			allowance->retry_after = 0;
			return CVP_OK;
		}
		ctx->err = refusal;
	}
	if (code != CVP_OK)
		return code;
	code = cvp_job_submit(ctx, draft, is_new);
	if (code == CVP_OK && !*is_new)
		code = cvp_gate_return(ctx, CVP_LIMIT_SUBMIT, draft->user_id, allowance);
	return code;
}

/* Decides what a held key means (SPEC 5.2). *is_free: the key was freed, submit again. */
static enum cvp_code
deal_with_holder(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, struct cvp_job_holder *holder, bool *is_free)
{
	enum cvp_code code;

	*is_free = false;
	code = cvp_job_holder(ctx, draft, holder);
	if (code != CVP_OK)
		return code;
	if (!holder->is_found) {
		if (draft->cv_id != NULL)
			return cvp_fail_at(ctx, CVP_CV_NOT_FOUND, "/cv_id", "CV not found.");
		*is_free = true; /* its holder went between our two statements */
		return CVP_OK;
	}
	if (holder->is_same && !holder->is_over)
		return CVP_OK;
	if (!holder->is_over && holder->job.status != CVP_JOB_COMPLETED)
		return cvp_fail_details(ctx, CVP_CONFLICT, json_pack("{s:s}", "job_id", holder->job.job_id),
					"Job %s works on this application with other input; wait for it or cancel it.",
					holder->job.job_id);
	*is_free = true;
	return cvp_job_free_key(ctx, draft->user_id, holder->job.job_id);
}

static enum cvp_code
submit(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, struct cvp_allowance *allowance, bool *is_new,
       struct cvp_job_holder *holder)
{
	enum cvp_code code = CVP_OK;
	bool again = true;

	for (int i = 0; i < SUBMIT_TRIES && again && code == CVP_OK; i++) {
		again = false;
		code = spend_and_submit(ctx, draft, allowance, is_new);
		if (code == CVP_OK && !*is_new)
			code = deal_with_holder(ctx, draft, holder, &again);
	}
	if (code == CVP_OK && again)
		code = cvp_fail(ctx, CVP_CONFLICT, "Too many submits of one application at once; try again.");
	return code;
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

static enum cvp_code
submit_draft(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, const char *note, struct cvp_allowance *allowance,
	     json_t **model)
{
	struct cvp_job_holder holder;
	enum cvp_code code;
	bool is_new;

	code = submit(ctx, draft, allowance, &is_new, &holder);
	if (code != CVP_OK)
		return code;
	if (is_new) {
		cvp_wake_workers(cvp_gate_waker(ctx));
		*model = submitted_model(ctx, draft->job_id, CVP_JOB_PENDING,
					 cvp_arena_printf(ctx->arena, "The report is being written.%s", note), NULL);
		return cvp_done(ctx, CVP_DONE_ACCEPTED);
	}
	*model = submitted_model(ctx, holder.job.job_id, holder.job.status,
				 holder.job.has_result ? "This report has been written already."
						       : "This report is being written already.",
				 holder.job.has_result ? cvp_store_link(ctx, holder.job.job_id) : NULL);
	return CVP_OK;
}

enum cvp_code
cvp_vpr_submit(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, const char *key,
	       struct cvp_allowance *allowance, json_t **model)
{
	struct cvp_buf input = CVP_BUF(INPUT_MAX), posting_text = CVP_BUF(INPUT_MAX);
	const char *application_id = member_text(body, "application_id"), *cv_id = member_text(body, "cv_id"), *note;
	struct cvp_uuid job_id = cvp_uuid_new();
	int64_t now = cvp_now(ctx);
	struct cvp_job_draft draft = {
		.job_id = job_id.text,
		.user_id = caller->user_id,
		.application_id = application_id,
		.kind = "vpr",
		.cv_id = cv_id != NULL && *cv_id != '\0' ? cv_id : NULL,
		.created_at = now,
		.expires_at = expiry(ctx, body, now, &note),
		.priority = CVP_JOB_PRIORITY,
	};
	struct cvp_posting_import posting;
	enum cvp_code code;

	draft.idempotency_key = cvp_arena_printf(ctx->arena, "vpr#%s#%s", caller->user_id,
						 key != NULL ? key : application_id);
	code = cvp_posting_take(ctx, json_object_get(body, "job_posting"), "/job_posting", &posting);
	if (code == CVP_OK)
		code = draft_bodies(ctx, request_of(ctx, caller, body, posting.posting), &input, &posting_text, &draft);
	if (code == CVP_OK)
		code = submit_draft(ctx, &draft, note, allowance, model);
	cvp_buf_free(&input);
	cvp_buf_free(&posting_text);
	return code;
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
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_NO_CONTENT) : code;
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
