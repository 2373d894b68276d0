/* models.h - circuit breakers of models, shared by all workers, and what users spend on model calls (SPEC 9).
 *
 * A breaker opens for a minute when five calls in a row have failed in a way that a repetition may help. After that
 * three probes are let through: three answers close it, one failure opens it again. Probes of which nothing is heard
 * for two minutes (their worker died) are forgotten. */
#ifndef CVP_DAL_MODELS_H
#define CVP_DAL_MODELS_H

#include <jansson.h>
#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;

#define CVP_BREAKER_FAILURES 5
#define CVP_BREAKER_SECONDS  60
#define CVP_BREAKER_PROBES   3

/* May the model be called now? CVP_CIRCUIT_OPEN where not; *wait: microseconds until it is worth asking again. A probe
 * that is let through must be followed by one of the next two. */
CVP_CHECKED enum cvp_code cvp_model_admit(struct cvp_ctx *ctx, const char *model, int64_t *wait);

/* The call was answered, or failed transiently. Other failures are told to nobody. */
CVP_CHECKED enum cvp_code cvp_model_succeeded(struct cvp_ctx *ctx, const char *model);
CVP_CHECKED enum cvp_code cvp_model_failed(struct cvp_ctx *ctx, const char *model);

/* [{model, state: closed, open or probing, failures, opened_until?}] of all models that have failed lately. */
CVP_CHECKED enum cvp_code cvp_model_breakers(struct cvp_ctx *ctx, json_t **breakers);

/* Adds to what the user has spent today. */
CVP_CHECKED enum cvp_code cvp_spending_add(struct cvp_ctx *ctx, const char *user_id, int64_t tokens, double usd);

/* CVP_LLM_BUDGET_EXCEEDED where the user has spent LLM_BUDGET_USD_PER_DAY today (0: no ceiling). */
CVP_CHECKED enum cvp_code cvp_spending_check(struct cvp_ctx *ctx, const char *user_id);

#endif
