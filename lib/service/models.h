/* models.h - how the models are that workers call. */
#ifndef CVP_SERVICE_MODELS_H
#define CVP_SERVICE_MODELS_H

#include <jansson.h>

#include "core/code.h"
#include "core/model.h"

struct cvp_ctx;

/* *model: {ok, provider, breakers[] (dal/models.h)}. ok: no breaker is open and, unless the engine is built in, the
 * database that holds them is there. Never fails for want of a database. */
CVP_CHECKED enum cvp_code cvp_models_health(struct cvp_ctx *ctx, json_t **model);

/* The jobs by which models were asked whether they answer, by class. */
struct cvp_pings {
	const char *job_ids[CVP_MODEL_CLASS_COUNT];
};

/* Has the worker ask each configured model a tiny question: a job each. Waits for their ends, at most 20 seconds.
 * *pings: the jobs, in the context; *model: as cvp_models_pinged(). */
CVP_CHECKED enum cvp_code cvp_models_ping(struct cvp_ctx *ctx, struct cvp_pings *pings, json_t **model);

/* What came of them. *model: {provider?, has_model, models[] {class, job_id, state: answered, failed or waiting}}, with
 * the result of ping.h where there is one; has_model: false where the worker says that none is configured. NULL ids are
 * passed over. CVP_JOB_NOT_FOUND for a job that is not of this kind. */
CVP_CHECKED enum cvp_code cvp_models_pinged(struct cvp_ctx *ctx, const struct cvp_pings *pings, json_t **model);

#endif
