/* worker.h - the loop behind `careervp worker`: claims jobs, runs them on a few threads, renews leases, sweeps. */
#ifndef CVP_WORKER_WORKER_H
#define CVP_WORKER_WORKER_H

#include "core/code.h"

struct cvp_ctx;
struct cvp_gate;

/* Works until SIGTERM or SIGINT, then finishes what it has begun, returns what it has not, and comes back. The calling
 * thread must be the only one. The database may come and go. */
CVP_CHECKED enum cvp_code cvp_worker_run(struct cvp_ctx *ctx, struct cvp_gate *gate);

#endif
