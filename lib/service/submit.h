/* submit.h - a request becomes a job of some kind, or meets the job that does the same already (SPEC 5.2). */
#ifndef CVP_SERVICE_SUBMIT_H
#define CVP_SERVICE_SUBMIT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"
#include "dal/jobs.h"
#include "service/gate.h"

struct cvp_ctx;

/* What is to be made. Texts and values are borrowed. */
struct cvp_submission {
	const char *user_id, *kind, *application_id;
	const char *cv_id; /* that the caller names, or NULL */
	const char *key;   /* of an Idempotency-Key header, else what tells jobs of this kind apart; NULL: the digest */
	const json_t *request;       /* the job's input */
	const json_t *told_apart_by; /* what the digest is of; NULL: the request */
	const json_t *posting;       /* for the application, NULL: it keeps its own */
	bool is_once; /* the key is live until the job is finished: a later equal request makes a new one */
	int64_t expires_at;
	int priority;
	enum cvp_limit limit; /* the bucket a new job takes a token of */
};

struct cvp_submitted {
	const char *job_id;
	bool is_new;
	struct cvp_job job; /* of one that was there; empty for a new one */
};

/* CVP_CONFLICT naming the job where one of the same key works on other input; CVP_CV_NOT_FOUND at /cv_id. Wakes the
 * workers. The request's bucket is left as it was where no job was made. */
CVP_CHECKED enum cvp_code cvp_submit(struct cvp_ctx *ctx, const struct cvp_submission *submission,
				     struct cvp_allowance *allowance, struct cvp_submitted *submitted);

/* Waits until the job is finished, seconds at most. *job: as it is then. While it waits it holds neither a connection
 * nor its thread's turn. */
CVP_CHECKED enum cvp_code cvp_submit_wait(struct cvp_ctx *ctx, const char *user_id, const char *job_id, int seconds,
					  struct cvp_job *job);

/* The same to its answer. CVP_OK with *model NULL: it is done, *job tells what it made; with *model {job_id, status,
 * status_url, application_id?} and ACCEPTED: the wait was over first. A job that failed is its failure. seconds:
 * negative for SYNC_WAIT_SECONDS. */
CVP_CHECKED enum cvp_code cvp_submit_outcome(struct cvp_ctx *ctx, const char *user_id, const char *job_id, int seconds,
					     struct cvp_job *job, json_t **model);

#endif
