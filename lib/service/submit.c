#include "service/submit.h"

#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/id.h"
#include "core/turn.h"
#include "dal/waits.h"
#include "dal/wake.h"
#include "schema/canonical.h"

#define SUBMIT_TRIES 4
#define INPUT_MAX    ((size_t)2 * 1024 * 1024)
#define LOOK_MICROS  (1 * CVP_SECOND) /* between two looks at a job of which nothing is heard */

/* The draft's texts; they outlive it. */
struct bodies {
	struct cvp_buf input, digested, posting;
};

static enum cvp_code
draft_bodies(struct cvp_ctx *ctx, const struct cvp_submission *submission, struct bodies *bodies,
	     struct cvp_job_draft *draft)
{
	const json_t *told_apart_by = submission->told_apart_by;

	cvp_canonical_json(submission->request, &bodies->input);
	cvp_canonical_json(told_apart_by != NULL ? told_apart_by : submission->request, &bodies->digested);
	if (submission->posting != NULL)
		cvp_canonical_json(submission->posting, &bodies->posting);
	if (cvp_buf_failed(&bodies->input) || cvp_buf_failed(&bodies->digested) || cvp_buf_failed(&bodies->posting))
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The request is too large.");
	draft->input = bodies->input.data;
	draft->input_length = bodies->input.length;
	draft->posting = submission->posting != NULL ? bodies->posting.data : NULL;
	draft->posting_length = bodies->posting.length;
	cvp_sha256(bodies->digested.data, bodies->digested.length, draft->digest);
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
spend_and_submit(struct cvp_ctx *ctx, const struct cvp_submission *submission, const struct cvp_job_draft *draft,
		 struct cvp_allowance *allowance, bool *is_new)
{
	enum cvp_code code;

	*is_new = false;
	code = cvp_gate_spend(ctx, submission->limit, draft->user_id, allowance);
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
		code = cvp_gate_return(ctx, submission->limit, draft->user_id, allowance);
	return code;
}

/* Decides what a held key means (SPEC 5.2). *is_free: the key was freed, submit again. */
static enum cvp_code
deal_with_holder(struct cvp_ctx *ctx, const struct cvp_submission *submission, const struct cvp_job_draft *draft,
		 struct cvp_job_holder *holder, bool *is_free)
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
	if (holder->is_same && !holder->is_over && !(submission->is_once && holder->job.status == CVP_JOB_COMPLETED))
		return CVP_OK;
	if (!holder->is_over && holder->job.status != CVP_JOB_COMPLETED)
		return cvp_fail_details(ctx, CVP_CONFLICT, json_pack("{s:s}", "job_id", holder->job.job_id),
					"Job %s works on this application with other input; wait for it or cancel it.",
					holder->job.job_id);
	*is_free = true;
	return cvp_job_free_key(ctx, draft->user_id, holder->job.job_id);
}

static enum cvp_code
submit(struct cvp_ctx *ctx, const struct cvp_submission *submission, const struct cvp_job_draft *draft,
       struct cvp_allowance *allowance, bool *is_new, struct cvp_job_holder *holder)
{
	enum cvp_code code = CVP_OK;
	bool again = true;

	for (int i = 0; i < SUBMIT_TRIES && again && code == CVP_OK; i++) {
		again = false;
		code = spend_and_submit(ctx, submission, draft, allowance, is_new);
		if (code == CVP_OK && !*is_new)
			code = deal_with_holder(ctx, submission, draft, holder, &again);
	}
	if (code == CVP_OK && again)
		code = cvp_fail(ctx, CVP_CONFLICT, "Too many submits of one application at once; try again.");
	return code;
}

static const char *
key_of(struct cvp_ctx *ctx, const struct cvp_submission *submission, const struct cvp_job_draft *draft)
{
	char hex[CVP_SHA256_HEX];
	const char *key = submission->key;

	if (key == NULL) {
		cvp_hex(draft->digest, sizeof(draft->digest), hex);
		key = hex;
	}
	return cvp_arena_printf(ctx->arena, "%s#%s#%s", submission->kind, submission->user_id, key);
}

static enum cvp_code
submit_bodies(struct cvp_ctx *ctx, const struct cvp_submission *submission, struct bodies *bodies,
	      struct cvp_allowance *allowance, struct cvp_submitted *submitted)
{
	struct cvp_job_holder holder = { .is_found = false };
	struct cvp_job_draft draft = {
		.job_id = submitted->job_id,
		.user_id = submission->user_id,
		.application_id = submission->application_id,
		.kind = submission->kind,
		.cv_id = submission->cv_id,
		.created_at = cvp_now(ctx),
		.expires_at = submission->expires_at,
		.priority = submission->priority,
	};
	enum cvp_code code;

	code = draft_bodies(ctx, submission, bodies, &draft);
	if (code != CVP_OK)
		return code;
	draft.idempotency_key = key_of(ctx, submission, &draft);
	code = submit(ctx, submission, &draft, allowance, &submitted->is_new, &holder);
	if (code != CVP_OK || submitted->is_new)
		return code;
	submitted->job = holder.job;
	submitted->job_id = holder.job.job_id;
	return CVP_OK;
}

enum cvp_code
cvp_submit(struct cvp_ctx *ctx, const struct cvp_submission *submission, struct cvp_allowance *allowance,
	   struct cvp_submitted *submitted)
{
	struct bodies bodies = { CVP_BUF(INPUT_MAX), CVP_BUF(INPUT_MAX), CVP_BUF(INPUT_MAX) };
	enum cvp_code code;

	*submitted = (struct cvp_submitted){ .job_id = cvp_arena_strdup(ctx->arena, cvp_uuid_new().text) };
	code = submit_bodies(ctx, submission, &bodies, allowance, submitted);
	if (code == CVP_OK && submitted->is_new)
		cvp_wake_workers(cvp_gate_waker(ctx));
	cvp_buf_free(&bodies.input);
	cvp_buf_free(&bodies.digested);
	cvp_buf_free(&bodies.posting);
	return code;
}

static bool
is_over(const struct cvp_job *job)
{
	return job->status == CVP_JOB_COMPLETED || job->status == CVP_JOB_FAILED;
}

/* Looks when there is news of the job, and now and then by itself: news may be lost. */
static enum cvp_code
look_until(struct cvp_ctx *ctx, struct cvp_wait *wait, const char *user_id, int64_t end, struct cvp_job *job)
{
	struct cvp_waits *waits = cvp_gate_waits(ctx);

	for (;;) {
		enum cvp_code code = cvp_job_find(ctx, user_id, wait->job_id, job);
		int64_t left = end - cvp_monotonic();

		if (code != CVP_OK || is_over(job) || left <= 0)
			return code;
		cvp_turn_leave(ctx->turn); /* others work meanwhile */
		if (!cvp_waits_sleep(waits, wait, left < LOOK_MICROS ? left : LOOK_MICROS))
			return CVP_OK;
	}
}

enum cvp_code
cvp_submit_wait(struct cvp_ctx *ctx, const char *user_id, const char *job_id, int seconds, struct cvp_job *job)
{
	struct cvp_wait wait = { .job_id = job_id };
	enum cvp_code code;

	if (seconds <= 0 || !cvp_waits_join(cvp_gate_waits(ctx), &wait))
		return cvp_job_find(ctx, user_id, job_id, job);
	code = look_until(ctx, &wait, user_id, cvp_monotonic() + seconds * CVP_SECOND, job);
	cvp_waits_part(cvp_gate_waits(ctx), &wait);
	return code;
}

static enum cvp_code
failure_of(struct cvp_ctx *ctx, const struct cvp_job *job)
{
	enum cvp_code code = cvp_code_named(job->code);
	const char *message = job->error != NULL ? job->error : "The job failed.";

	if (job->details != NULL)
		return cvp_fail_details(ctx, code, json_incref(job->details), "%s", message);
	return cvp_fail(ctx, code, "%s", message);
}

static json_t *
status_model(struct cvp_ctx *ctx, const struct cvp_job *job)
{
	return cvp_own(ctx, json_pack("{s:s, s:s, s:o, s:s*}", "job_id", job->job_id, "status",
				      cvp_job_status_name(job->status), "status_url",
				      json_sprintf("%s/api/jobs/%s", cvp_config_text(ctx->config, CVP_SET_PUBLIC_URL),
						   job->job_id),
				      "application_id", job->application_id));
}

enum cvp_code
cvp_submit_outcome(struct cvp_ctx *ctx, const char *user_id, const char *job_id, int seconds, struct cvp_job *job,
		   json_t **model)
{
	enum cvp_code code;

	*model = NULL;
	if (seconds < 0)
		seconds = (int)cvp_config_int(ctx->config, CVP_SET_SYNC_WAIT_SECONDS);
	code = cvp_submit_wait(ctx, user_id, job_id, seconds, job);
	if (code != CVP_OK)
		return code;
	if (job->status == CVP_JOB_FAILED)
		return failure_of(ctx, job);
	if (job->status == CVP_JOB_COMPLETED)
		return CVP_OK;
	*model = status_model(ctx, job);
	return cvp_done(ctx, CVP_DONE_ACCEPTED);
}
