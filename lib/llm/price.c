#include "llm/llm.h"

/* US dollars a million tokens (SPEC 9, row cost). */
static const struct {
	double input, output;
} prices[] = {
	[CVP_MODEL_STRATEGIC] = { 3, 15 },
	[CVP_MODEL_TEMPLATE] = { 0.25, 1.25 },
};
_Static_assert(CVP_COUNT(prices) == CVP_MODEL_CLASS_COUNT, "a class without a price");

/* What a token read from the provider's cache, or written to it, costs against one that is neither. */
#define CACHE_READ  0.1
#define CACHE_WRITE 1.25
#define MILLION     1e6

double
cvp_llm_cost(enum cvp_model_class class, const struct cvp_model_usage *usage)
{
	double input = (double)usage->input_tokens + CACHE_READ * (double)usage->cache_read_tokens +
		       CACHE_WRITE * (double)usage->cache_write_tokens;

	return (input * prices[class].input + (double)usage->output_tokens * prices[class].output) / MILLION;
}
