/* careervp worker: runs the jobs of the queue until it is told to stop. */
#include "worker/worker.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>

#include "core/config.h"
#include "operator.h"
#include "verbs.h"

/* Nothing drives models yet: to run the built-in engine where a model was asked for would pass for it. */
static enum cvp_code
require_builtin(struct cvp_ctx *ctx)
{
	const char *provider = cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER);

	if (strcmp(provider, "builtin") == 0)
		return CVP_OK;
	return cvp_fail(ctx, CVP_INVALID_INPUT,
			"LLM_PROVIDER=%s: the worker does not drive models yet; set it to builtin", provider);
}

static enum cvp_code
work(struct cvp_operator *op)
{
	enum cvp_code code;

	code = require_builtin(&op->ctx);
	if (code != CVP_OK)
		return code;
	cvp_ctx_reset(&op->ctx);
	malloc_trim(0); /* reading the lexicon took twenty times what is left of it */
	return cvp_worker_run(&op->ctx, op->gate);
}

int
cvp_verb_worker(int argc, char **argv)
{
	struct cvp_operator op;
	int status = 1;
	sigset_t stop;

	if (argc > 1)
		return cvp_verb_usage(argc, argv, "worker");
	/* before any thread starts: the loop takes these signals, nobody else */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	if (cvp_operator_open(&op, "worker", true, true))
		status = work(&op) == CVP_OK ? 0 : cvp_operator_fail(&op, "worker");
	cvp_operator_close(&op);
	return status;
}
