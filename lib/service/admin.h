/* admin.h - what an operator sees and does: all users' jobs, never what they hold. The caller is an admin; lib/web and
 * the command line see to that. */
#ifndef CVP_SERVICE_ADMIN_H
#define CVP_SERVICE_ADMIN_H

#include <jansson.h>

#include "core/code.h"

struct cvp_ctx;

/* state: waiting, running or dead; NULL: waiting. *model: {state, jobs[] (dal/job_admin.h), count, stats}. */
CVP_CHECKED enum cvp_code cvp_admin_jobs(struct cvp_ctx *ctx, const char *state, int limit, json_t **model);

/* *model: {stats, waiting[], running[], dead[]}, the first of each. */
CVP_CHECKED enum cvp_code cvp_admin_overview(struct cvp_ctx *ctx, int limit, json_t **model);

/* *model: the job without input and details, with errors[] of its attempts. CVP_JOB_NOT_FOUND. */
CVP_CHECKED enum cvp_code cvp_admin_job(struct cvp_ctx *ctx, const char *job_id, json_t **model);

/* Puts a dead letter back into the queue. CVP_JOB_NOT_FOUND, CVP_CONFLICT. *model: the job. */
CVP_CHECKED enum cvp_code cvp_admin_job_requeue(struct cvp_ctx *ctx, const char *job_id, json_t **model);

/* Cancels an unfinished job (FAILED, CANCELLED), forgets a finished one. */
CVP_CHECKED enum cvp_code cvp_admin_job_delete(struct cvp_ctx *ctx, const char *job_id);

#endif
