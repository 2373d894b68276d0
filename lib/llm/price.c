#include "llm/llm.h"

/* What a token read from the provider's cache, or written to it, costs against one that is neither. */
#define CACHE_READ  0.1
#define CACHE_WRITE 1.25
#define MILLION     1e6

double
cvp_llm_cost(const struct cvp_llm_price *price, const struct cvp_model_usage *usage)
{
	double input = (double)usage->input_tokens + CACHE_READ * (double)usage->cache_read_tokens +
		       CACHE_WRITE * (double)usage->cache_write_tokens;

	return (input * price->input + (double)usage->output_tokens * price->output) / MILLION;
}
