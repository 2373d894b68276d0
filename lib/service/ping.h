/* ping.h - asking a model whether it answers. Programs never call models, so it is a job (CVP_JOB_PING, a model class
 * its input) that a worker takes like any other; models.h submits it and reads what came of it. */
#ifndef CVP_SERVICE_PING_H
#define CVP_SERVICE_PING_H

#include <jansson.h>
#include <stdbool.h>

#include "core/model.h"

struct cvp_ctx;
struct cvp_generation;
struct cvp_step;

/* "strategic", "template"; static. */
const char *cvp_model_class_name(enum cvp_model_class class);

/* The question, which costs next to nothing, and whether its answer is the one asked for. Its schema is the context's.
 */
struct cvp_model_request cvp_ping_question(struct cvp_ctx *ctx, enum cvp_model_class class);
bool cvp_ping_is_answered(const struct cvp_model_outcome *outcome);

/* The steps of such a job, for generation.c: step is DONE unless they say otherwise. Its result, whatever the outcome:
 * {class, provider}, and with a model {model, ok, ms, input_tokens, output_tokens, cost_usd}, and where it is not ok
 * {code, reason}. */
CVP_CHECKED enum cvp_code cvp_ping_begin(struct cvp_ctx *ctx, struct cvp_generation *generation, struct cvp_step *step);
void cvp_ping_answer(struct cvp_ctx *ctx, const struct cvp_generation *generation,
		     const struct cvp_model_outcome *outcome, struct cvp_step *step);

#endif
