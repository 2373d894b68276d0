#include "service/ping.h"

#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "service/generation.h"

#define PING_TOKENS 64

static const char *const names[] = { [CVP_MODEL_STRATEGIC] = "strategic", [CVP_MODEL_TEMPLATE] = "template" };
_Static_assert(CVP_COUNT(names) == CVP_MODEL_CLASS_COUNT, "a class without a name");

const char *cvp_model_class_name(enum cvp_model_class class)
{
	return names[class];
}

struct cvp_model_request
cvp_ping_question(struct cvp_ctx *ctx, enum cvp_model_class class)
{
	return (struct cvp_model_request){
		.class = class,
		.name = "ping",
		.system = "You test a connection. Answer with the JSON object asked for and nothing else.",
		.user = "Answer {\"ok\": true}.",
		.schema = cvp_own(ctx, json_pack("{s:s, s:{s:{s:s}}, s:[s], s:b}", "type", "object", "properties", "ok",
						 "type", "boolean", "required", "ok", "additionalProperties", 0)),
		.max_tokens = PING_TOKENS,
	};
}

bool
cvp_ping_is_answered(const struct cvp_model_outcome *outcome)
{
	return outcome->code == CVP_OK && json_is_true(json_object_get(outcome->answer, "ok"));
}

/* The class that a job's input names; CVP_MODEL_CLASS_COUNT: none. */
static enum cvp_model_class
class_of(const struct cvp_generation *generation)
{
	const char *name = json_string_value(json_object_get(generation->lease.input, "class"));
	enum cvp_model_class class = 0;

	while (class < CVP_MODEL_CLASS_COUNT && (name == NULL || strcmp(names[class], name) != 0))
		class ++;
	return class;
}

static json_t *
result_of(struct cvp_ctx *ctx, enum cvp_model_class class)
{
	return cvp_own(ctx, json_pack("{s:s, s:s}", "class", names[class], "provider",
				      cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER)));
}

enum cvp_code
cvp_ping_begin(struct cvp_ctx *ctx, struct cvp_generation *generation, struct cvp_step *step)
{
	enum cvp_model_class class = class_of(generation);

	if (class == CVP_MODEL_CLASS_COUNT)
		return cvp_fail(ctx, CVP_INTEGRITY_ERROR, "The job's input names no class of models.");
	generation->usual_tokens = PING_TOKENS;
	if (strcmp(cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER), CVP_BUILTIN) == 0) {
		step->artifact = result_of(ctx, class);
	} else {
		step->kind = CVP_STEP_ASK;
		step->request = cvp_ping_question(ctx, class);
	}
	return CVP_OK;
}

static void
add_failure(json_t *result, const struct cvp_model_outcome *outcome)
{
	bool is_other = outcome->code == CVP_OK;

	json_object_set_new(result, "code", json_string(cvp_code_name(is_other ? CVP_LLM_BAD_ANSWER : outcome->code)));
	json_object_set_new(result, "reason",
			    json_string(is_other ? "the model answered something else than asked" : outcome->message));
}

void
cvp_ping_answer(struct cvp_ctx *ctx, const struct cvp_generation *generation, const struct cvp_model_outcome *outcome,
		struct cvp_step *step)
{
	const struct cvp_model_usage *usage = &outcome->usage;
	int64_t input = usage->input_tokens + usage->cache_read_tokens + usage->cache_write_tokens;
	json_t *result = result_of(ctx, class_of(generation));

	json_object_set_new(result, "model", json_string(outcome->model));
	json_object_set_new(result, "ok", json_boolean(cvp_ping_is_answered(outcome)));
	json_object_set_new(result, "ms", json_integer(outcome->micros / 1000));
	json_object_set_new(result, "input_tokens", json_integer((json_int_t)input));
	json_object_set_new(result, "output_tokens", json_integer((json_int_t)usage->output_tokens));
	json_object_set_new(result, "cost_usd", json_real(usage->cost_usd));
	if (!cvp_ping_is_answered(outcome))
		add_failure(result, outcome);
	*step = (struct cvp_step){ .kind = CVP_STEP_DONE, .artifact = result };
}
