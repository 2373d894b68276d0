/* careervp llm: asks the configured model for one word, to see that settings, key and network are right. */
#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "llm/llm.h"
#include "operator.h"
#include "service/ping.h"
#include "verbs.h"

#define POLL_MILLISECONDS 1000

struct ping {
	bool is_over, is_ok;
	const struct cvp_llm *llm;
};

static void
ended(void *owner, const struct cvp_model_outcome *outcome)
{
	struct ping *ping = owner;
	const struct cvp_model_usage *usage = &outcome->usage;
	int64_t input = usage->input_tokens + usage->cache_read_tokens + usage->cache_write_tokens;

	ping->is_over = true;
	ping->is_ok = cvp_ping_is_answered(outcome);
	if (ping->is_ok)
		printf("%s %s: ok, %lld ms, %lld input and %lld output tokens, $%.5f\n", cvp_llm_provider(ping->llm),
		       outcome->model, (long long)outcome->micros / 1000, (long long)input,
		       (long long)usage->output_tokens, usage->cost_usd);
	else
		fprintf(stderr, "careervp llm: %s %s: %s: %s\n", cvp_llm_provider(ping->llm), outcome->model,
			cvp_code_name(outcome->code != CVP_OK ? outcome->code : CVP_LLM_BAD_ANSWER),
			outcome->code != CVP_OK ? outcome->message : "the model answered something else than asked");
}

static int
ping_model(struct cvp_operator *op)
{
	static const struct cvp_llm_watcher watcher = { .ended = ended };
	struct cvp_ctx *ctx = &op->ctx;
	struct cvp_model_request request = cvp_ping_question(ctx, CVP_MODEL_STRATEGIC);
	struct cvp_llm *llm;
	struct ping ping = { .is_over = false };

	if (cvp_llm_new(ctx, &llm) != CVP_OK)
		return cvp_operator_fail(op, "llm");
	ping.llm = llm;
	cvp_llm_begin(llm, &request, &watcher, &ping);
	while (!ping.is_over)
		cvp_llm_poll(llm, POLL_MILLISECONDS, -1);
	cvp_llm_free(llm);
	return ping.is_ok ? 0 : 1;
}

int
cvp_verb_llm(int argc, char **argv)
{
	struct cvp_operator op;
	int status = 1;

	if (argc != 2 || strcmp(argv[1], "ping") != 0)
		return cvp_verb_usage(argc, argv, "llm ping");
	if (cvp_operator_open(&op, "llm", false, false)) {
		if (strcmp(cvp_config_text(op.config, CVP_SET_LLM_PROVIDER), CVP_BUILTIN) == 0) {
			printf("LLM_PROVIDER is builtin: no model is configured\n");
			status = 0;
		} else {
			status = ping_model(&op);
		}
	}
	cvp_operator_close(&op);
	return status;
}
