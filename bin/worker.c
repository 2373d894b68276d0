/* careervp worker: runs the jobs of the queue until it is told to stop. */
#include "worker/worker.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>

#include "core/config.h"
#include "operator.h"
#include "verbs.h"

#define HEAP_PAD  (2 << 20)  /* bytes */
#define HEAP_KEPT (64 << 20) /* bytes */

/* A job frees what it took. The heap keeps it for the next job instead of giving it back to the kernel and faulting it
 * in again, a twentieth of all CPU time where answers of models come in. */
static void
keep_heap(void)
{
	mallopt(M_TOP_PAD, HEAP_PAD);
	mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
}

static enum cvp_code
work(struct cvp_operator *op)
{
	cvp_ctx_reset(&op->ctx);
	malloc_trim(0); /* reading the lexicon took twenty times what is left of it */
	keep_heap();
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
