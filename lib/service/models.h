/* models.h - how the models are that workers call. */
#ifndef CVP_SERVICE_MODELS_H
#define CVP_SERVICE_MODELS_H

#include <jansson.h>

#include "core/code.h"

struct cvp_ctx;

/* *model: {ok, provider, breakers[] (dal/models.h)}. ok: no breaker is open and, unless the engine is built in, the
 * database that holds them is there. Never fails for want of a database. */
CVP_CHECKED enum cvp_code cvp_models_health(struct cvp_ctx *ctx, json_t **model);

#endif
