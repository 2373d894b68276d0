/* job_admin.h - jobs as the operator sees them: all users', without what they hold (SPEC 3, role admin). */
#ifndef CVP_DAL_JOB_ADMIN_H
#define CVP_DAL_JOB_ADMIN_H

#include <jansson.h>
#include <stdbool.h>

#include "core/code.h"

struct cvp_ctx;

/* Where an operator looks: due or to be due, in a worker's hands, given up after all attempts. */
enum cvp_job_state { CVP_STATE_WAITING, CVP_STATE_RUNNING, CVP_STATE_DEAD, CVP_STATE_COUNT };

/* "waiting"; static. And back: false for a name nobody knows. */
const char *cvp_job_state_name(enum cvp_job_state state);
bool cvp_job_state_named(const char *name, enum cvp_job_state *state);

/* [{job_id, user_id, kind, created_at, attempts, at, ...}], at most limit: those waiting in the order in which they
 * will be claimed (at: due), those running by the end of their lease (at), with worker_id, stage and percent, dead ones
 * newest first (at: when they died), with code and error. */
CVP_CHECKED enum cvp_code cvp_job_admin_list(struct cvp_ctx *ctx, enum cvp_job_state state, int limit, json_t **jobs);

/* {waiting, due, running, dead, oldest_seconds?}: counts, and how long the job waits that is due the longest. */
CVP_CHECKED enum cvp_code cvp_job_admin_stats(struct cvp_ctx *ctx, json_t **stats);

/* [{attempt, at, code, message}] of a job; an attempt that is missing lost its worker. CVP_JOB_NOT_FOUND. */
CVP_CHECKED enum cvp_code cvp_job_admin_errors(struct cvp_ctx *ctx, const char *job_id, json_t **errors);

/* Puts a dead letter back: as new, with all its attempts, its key live and its time to live begun again.
 * CVP_JOB_NOT_FOUND where there is no such dead letter, CVP_CONFLICT where a newer live job has its key. */
CVP_CHECKED enum cvp_code cvp_job_admin_requeue(struct cvp_ctx *ctx, const char *job_id);

#endif
