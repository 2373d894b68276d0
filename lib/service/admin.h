/* admin.h - what an operator sees and does: all users' jobs, never what they hold. The caller is an admin; lib/web and
 * the command line see to that. */
#ifndef CVP_SERVICE_ADMIN_H
#define CVP_SERVICE_ADMIN_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_job;

#define CVP_ADMIN_USER "system" /* whose jobs those are that an operator submits */

/* state: waiting, running or dead; NULL: waiting. *model: {state, jobs[] (dal/job_admin.h), count, stats}. */
CVP_CHECKED enum cvp_code cvp_admin_jobs(struct cvp_ctx *ctx, const char *state, int limit, json_t **model);

/* *model: {stats, waiting[], running[], dead[]}, the first of each. */
CVP_CHECKED enum cvp_code cvp_admin_overview(struct cvp_ctx *ctx, int limit, json_t **model);

/* *model: the job without input and details, with errors[] of its attempts. CVP_JOB_NOT_FOUND. */
CVP_CHECKED enum cvp_code cvp_admin_job(struct cvp_ctx *ctx, const char *job_id, json_t **model);

/* Puts a dead letter back into the queue. CVP_JOB_NOT_FOUND, CVP_CONFLICT. *model: the job. */
CVP_CHECKED enum cvp_code cvp_admin_job_requeue(struct cvp_ctx *ctx, const char *job_id, json_t **model);

/* Submits a job of CVP_ADMIN_USER, of a kind that makes no artifact, and wakes the workers. input: an object's JSON. */
CVP_CHECKED enum cvp_code cvp_admin_submit(struct cvp_ctx *ctx, const char *kind, const char *input, int priority,
					   const char *job_id);

bool cvp_admin_is_unfinished(const struct cvp_job *job);

/* How long the queue took with a job that does nothing, in microseconds since its submit: by the clocks of the hosts.
 */
struct cvp_probed {
	int64_t started, done;
};

/* Submits one (CVP_JOB_PROBE, user "system") and waits until it is completed, at most 10 s. CVP_TIMEOUT where no worker
 * took it, or none ended it: it is cancelled then. CVP_INTERNAL_ERROR where it failed. */
CVP_CHECKED enum cvp_code cvp_admin_probe(struct cvp_ctx *ctx, struct cvp_probed *probed);

/* Cancels an unfinished job (FAILED, CANCELLED), forgets a finished one. */
CVP_CHECKED enum cvp_code cvp_admin_job_delete(struct cvp_ctx *ctx, const char *job_id);

#endif
