/* model.h - a question to a language model and what came of it, as service (which asks) and llm (which calls) both know
 * them. No I/O, no provider's names. */
#ifndef CVP_CORE_MODEL_H
#define CVP_CORE_MODEL_H

#include <jansson.h>
#include <stdint.h>

#include "core/code.h"

#define CVP_BUILTIN "builtin" /* the engine that needs no model, where a provider or a model is named */

/* What a call is for; settings name a model for each (SPEC 9). */
enum cvp_model_class { CVP_MODEL_STRATEGIC, CVP_MODEL_TEMPLATE, CVP_MODEL_CLASS_COUNT };

/* A question. Everything is borrowed until the call has ended. */
struct cvp_model_request {
	enum cvp_model_class class;
	const char *name;     /* of the answer: the tool's or the schema's name, [a-z_]{1,64} */
	const char *system;   /* role and rules: the stable prefix, cached by the provider where it can */
	const char *user;     /* the data, delimited */
	const json_t *schema; /* of the answer: a JSON Schema whose type is object */
	int max_tokens;
	double temperature;
};

/* What a call took. Tokens read from and written to the provider's cache are not counted in input_tokens. */
struct cvp_model_usage {
	int64_t input_tokens, output_tokens, cache_read_tokens, cache_write_tokens;
	double cost_usd; /* by the price of the class, SPEC 9 */
};

/* How one call ended. Valid until the function it was handed to returns. */
struct cvp_model_outcome {
	enum cvp_code code;   /* CVP_OK: answer holds the object the model gave; not yet checked against the schema */
	const char *message;  /* of a failure: a sentence with the provider's reason, no prompt, no credential */
	int64_t retry_after;  /* microseconds the provider asked to wait; -1: it did not say */
	bool is_transient;    /* a repetition may help, and the breaker counts it (SPEC 9, rows retry and breaker) */
	const json_t *answer; /* NULL on failure */
	const char *model;    /* as configured */
	struct cvp_model_usage usage; /* also of failures, as far as the provider told it */
	int64_t micros;               /* that the call took */
};

#endif
