/* jobs.h - what was asked to be generated: submit, look up, list, end. The queue of the unfinished is queue.h.
 *
 * A job is the row of `jobs`; while it is unfinished its row of `queue` says who works on it and how far it is. */
#ifndef CVP_DAL_JOBS_H
#define CVP_DAL_JOBS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"
#include "core/id.h"
#include "dal/seal.h"

#define CVP_RESULT_SECONDS       INT64_C(604800)  /* results: 7 days */
#define CVP_ARTIFACT_SECONDS     INT64_C(7776000) /* artifacts: 90 days */
#define CVP_IDEMPOTENT_SECONDS   INT64_C(86400)   /* a key lives at most a day */

#define CVP_JOB_PRIORITY         5 /* of 0 to 9, 9 first */
#define CVP_JOB_PRIORITY_AWAITED 7 /* of a job that somebody waits for (SPEC 5.1) */

/* The kind of a job that does nothing: the worker completes it at once, without artifact or result. */
#define CVP_JOB_PROBE "probe"

/* The kind of a job that has the worker ask a model whether it answers (service/ping.h). */
#define CVP_JOB_PING "llm_ping"

struct cvp_ctx;

enum cvp_job_status { CVP_JOB_PENDING, CVP_JOB_PROCESSING, CVP_JOB_COMPLETED, CVP_JOB_FAILED };

/* "PENDING"; static. */
const char *cvp_job_status_name(enum cvp_job_status status);

struct cvp_job {
	const char *job_id, *user_id, *application_id, *kind;
	enum cvp_job_status status;
	int64_t created_at, started_at, completed_at, expires_at; /* 0: not yet */
	const char *result_key, *error, *code;                    /* NULL: none */
	json_t *details, *token_usage, *extra;
	int vpr_version, word_count, attempts;
	const char *stage;
	int percent;
	bool has_result; /* its result is still stored */
};

struct cvp_job_draft {
	const char *job_id, *user_id, *application_id, *kind, *idempotency_key;
	const char *cv_id; /* named by the caller, or NULL */
	const char *input; /* canonical JSON, sealed as input_data */
	size_t input_length;
	unsigned char digest[CVP_SHA256_BYTES]; /* of what the caller asked for; the CV version is mixed in by submit */
	const char *posting;                    /* JSON text for the application, or NULL: leave it as it is */
	size_t posting_length;
	int64_t created_at, expires_at;
	int priority;
};

/* Writes job, queue row and application, together with whoever submits at the same time (submit.h). *is_new is false,
 * and nothing written, where the key is held by a live job or cv_id names no CV of the user: cvp_job_holder() tells
 * which. */
CVP_CHECKED enum cvp_code cvp_job_submit(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, bool *is_new);

/* Who holds a draft's key. */
struct cvp_job_holder {
	bool is_found; /* false: nobody */
	struct cvp_job job;
	bool is_same; /* same input, same CV version */
	bool is_over; /* finished, and its key's time is up */
};
CVP_CHECKED enum cvp_code cvp_job_holder(struct cvp_ctx *ctx, const struct cvp_job_draft *draft,
					 struct cvp_job_holder *holder);

/* Frees a finished job's key, so that the next submit makes a new one. */
CVP_CHECKED enum cvp_code cvp_job_free_key(struct cvp_ctx *ctx, const char *user_id, const char *job_id);

/* The job of that owner (user_id NULL: anybody's); of an unfinished one only what status tells: ids, kind, times,
 * attempts, stage, percent. job_id is borrowed. CVP_JOB_NOT_FOUND where it is absent, expired or another's. */
CVP_CHECKED enum cvp_code cvp_job_find(struct cvp_ctx *ctx, const char *user_id, const char *job_id,
				       struct cvp_job *job);

/* The owner's newest jobs older than the one of that time and id (CVP_FOREVER and "": all): an array in the arena, at
 * most limit. */
CVP_CHECKED enum cvp_code cvp_job_list(struct cvp_ctx *ctx, const char *user_id, int64_t before, const char *before_id,
				       int limit, struct cvp_job **jobs, size_t *count);

/* What the completing transaction writes of a job; a job without a result leaves it all out. */
struct cvp_job_end {
	const char *result_key;
	int vpr_version, word_count;
	bool is_persisted;
	const json_t *token_usage; /* or NULL */
};

/* Completes count jobs by one statement; ends[i] is of jobs[i]. CVP_JOB_NOT_FOUND where one of them is not unfinished:
 * roll back and complete the others without it. */
CVP_CHECKED enum cvp_code cvp_jobs_complete(struct cvp_ctx *ctx, const struct cvp_job *const *jobs,
					    const struct cvp_job_end *ends, size_t count);

/* The same of one job. */
CVP_CHECKED enum cvp_code cvp_job_complete(struct cvp_ctx *ctx, const struct cvp_job *job,
					   const struct cvp_job_end *end);

/* Why a job failed. */
struct cvp_job_failure {
	enum cvp_code code;
	const char *message;
	const json_t *details;     /* what the owner may know beyond the message, or NULL */
	const json_t *errors;      /* of all attempts, or NULL */
	const json_t *token_usage; /* of all its model calls, or NULL */
	bool is_dead;              /* kept as a dead letter for the operator */
};

/* Ends the job as failed and frees its key. */
CVP_CHECKED enum cvp_code cvp_job_fail(struct cvp_ctx *ctx, const struct cvp_job *job,
				       const struct cvp_job_failure *failure);

/* Keeps of a job that will be tried again the failures so far and what its model calls took (NULL: none were made). */
CVP_CHECKED enum cvp_code cvp_job_note_attempt(struct cvp_ctx *ctx, const struct cvp_job *job, const json_t *errors,
					       const json_t *token_usage);

/* Forgets a finished job with its result. CVP_CONFLICT while it runs. Within a transaction. */
CVP_CHECKED enum cvp_code cvp_job_forget(struct cvp_ctx *ctx, const char *user_id, const char *job_id);

/* For the other files of lib/dal that read jobs: where a sealed column of a job stands, and the failure of a job that
 * is absent, expired or another's. */
struct cvp_place cvp_job_place(struct cvp_ctx *ctx, const char *column, const char *user_id, const char *job_id);
enum cvp_code cvp_job_not_found(struct cvp_ctx *ctx);

/* Removes at most limit rows of each kind whose time is up (jobs, results, artifacts, answers, sessions, tokens, rate
 * buckets); *removed: how many in all. */
CVP_CHECKED enum cvp_code cvp_sweep(struct cvp_ctx *ctx, int limit, size_t *removed);

#endif
