/* queue.h - the unfinished jobs: claimed under a lease with a fencing token, renewed, put back, ended (SPEC 5.1).
 *
 * Whoever ends or puts back a job first removes or frees its queue row by job_id and token; where the token no longer
 * matches, the lease was lost and nothing may be written. */
#ifndef CVP_DAL_QUEUE_H
#define CVP_DAL_QUEUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"
#include "dal/jobs.h"

#define CVP_JOB_ATTEMPTS 3

/* A job in a worker's hands. */
struct cvp_lease {
	struct cvp_job job; /* attempts counts this one */
	int64_t token;
	json_t *input;  /* as submitted */
	json_t *errors; /* [{attempt, at, code, message}] of the attempts before this one; NULL: none failed */
};

/* Claims up to limit due jobs for worker_id: an array in the arena. */
CVP_CHECKED enum cvp_code cvp_queue_claim(struct cvp_ctx *ctx, const char *worker_id, int64_t lease_seconds, int limit,
					  struct cvp_lease **leases, size_t *count);

/* The same in an open transaction, so that at most `most` jobs are in work at once over all who claim so: they take
 * their turns by a lock that is held to the transaction's end. */
CVP_CHECKED enum cvp_code cvp_queue_claim_within(struct cvp_ctx *ctx, const char *worker_id, int64_t lease_seconds,
						 int limit, int most, struct cvp_lease **leases, size_t *count);

/* The stages of a job in order, with the percent each begins at (SPEC 5.1). */
enum cvp_stage {
	CVP_STAGE_QUEUED,
	CVP_STAGE_LOADING,
	CVP_STAGE_ANALYSING,
	CVP_STAGE_GENERATING,
	CVP_STAGE_VERIFYING,
	CVP_STAGE_STORING,
	CVP_STAGE_DONE
};
const char *cvp_stage_name(enum cvp_stage stage);
int cvp_stage_percent(enum cvp_stage stage);

/* Removes the rows of count leases by one statement, in the transaction that ends their jobs. is_held[i] false: lease i
 * is lost, write nothing of its job. */
CVP_CHECKED enum cvp_code cvp_queue_remove_all(struct cvp_ctx *ctx, const struct cvp_lease *const *leases, size_t count,
					       bool *is_held);

/* The same of one lease. */
CVP_CHECKED enum cvp_code cvp_queue_remove(struct cvp_ctx *ctx, const struct cvp_lease *lease, bool *is_held);

/* Puts the job back, due at run_at. is_untouched: nothing was tried, the attempt does not count. */
CVP_CHECKED enum cvp_code cvp_queue_return(struct cvp_ctx *ctx, const struct cvp_lease *lease, int64_t run_at,
					   bool is_untouched, bool *is_held);

/* Frees leases that ran out, and those worker_id left behind when it last stopped (NULL: none). Jobs with attempts
 * left are due again: after backoff_seconds * 4^(attempts-1), at once for worker_id's own. *exhausted: those without,
 * still leased to the caller under a fresh token so that it can end them as dead letters. */
CVP_CHECKED enum cvp_code cvp_queue_recover(struct cvp_ctx *ctx, const char *worker_id, int64_t backoff_seconds,
					    size_t *freed, struct cvp_lease **exhausted, size_t *exhausted_count);

/* Takes an unfinished job out of the queue whoever holds it, in the transaction that cancels it. */
CVP_CHECKED enum cvp_code cvp_queue_cancel(struct cvp_ctx *ctx, const char *job_id, bool *was_queued);

/* Microseconds until the next job that waits for its time is due; -1 where none waits. */
CVP_CHECKED enum cvp_code cvp_queue_next_due(struct cvp_ctx *ctx, int64_t *wait);

#endif
