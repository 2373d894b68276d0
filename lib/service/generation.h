/* generation.h - how a claimed job becomes an artifact: a step machine that does no model I/O (DESIGN 3).
 *
 * The worker drives it: begin, then the step it gets. The built-in engine needs one step. */
#ifndef CVP_SERVICE_GENERATION_H
#define CVP_SERVICE_GENERATION_H

#include <jansson.h>
#include <stdbool.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_lease;

enum cvp_step_kind {
	CVP_STEP_DONE,  /* artifact holds the finished, verified document */
	CVP_STEP_FAILED /* ctx->err says why */
};

struct cvp_step {
	enum cvp_step_kind kind;
	json_t *input, *artifact; /* the context's */
};

/* Loads what the job needs and runs the built-in engine, its verification included. */
void cvp_generation_begin(struct cvp_ctx *ctx, const struct cvp_lease *lease, struct cvp_step *step);

/* Ends the job in ONE transaction that also stores artifact and result, or notes the failure, or puts the job back for
 * another attempt; writes nothing where the lease was lost. *is_held false then. */
CVP_CHECKED enum cvp_code cvp_generation_end(struct cvp_ctx *ctx, const struct cvp_lease *lease,
					     const struct cvp_step *step, bool *is_held);

/* Frees leases that ran out and ends jobs that ran out of attempts; own: also the leases worker_id left behind. */
CVP_CHECKED enum cvp_code cvp_generation_recover(struct cvp_ctx *ctx, const char *worker_id, bool own, size_t *freed);

#endif
