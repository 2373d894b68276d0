/* careervp worker: runs the jobs of the queue until it is told to stop. */
#include "worker/worker.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>

#include "core/config.h"
#include "operator.h"
#include "verbs.h"

/* Nothing drives models yet: to run the built-in engine where a model was asked for would pass for it. */
static bool
is_builtin(void)
{
	struct cvp_operator op;
	bool is = false;

	if (cvp_operator_open(&op, "worker", false, false)) {
		const char *provider = cvp_config_text(op.config, CVP_SET_LLM_PROVIDER);

		is = strcmp(provider, "builtin") == 0;
		if (!is) {
			(void)cvp_fail(&op.ctx, CVP_INVALID_INPUT,
				       "LLM_PROVIDER=%s: the worker does not drive models yet; set it to builtin",
				       provider);
			cvp_operator_fail(&op, "worker");
		}
	}
	cvp_operator_close(&op);
	return is;
}

int
cvp_verb_worker(int argc, char **argv)
{
	struct cvp_operator op;
	int status = 1;
	sigset_t stop;

	if (argc > 1)
		return cvp_verb_usage(argc, argv, "worker");
	if (!is_builtin())
		return 1;
	/* before any thread starts: the loop takes these signals, nobody else */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	if (cvp_operator_open(&op, "worker", true, true)) {
		cvp_ctx_reset(&op.ctx);
		malloc_trim(0); /* reading the lexicon took twenty times what is left of it */
		status = cvp_worker_run(&op.ctx, op.gate) == CVP_OK ? 0 : cvp_operator_fail(&op, "worker");
	}
	cvp_operator_close(&op);
	return status;
}
