/* heartbeat.h - a worker tells of all the jobs in its hands at once: that it still has them, and how far they are. */
#ifndef CVP_DAL_HEARTBEAT_H
#define CVP_DAL_HEARTBEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/code.h"
#include "dal/queue.h"

struct cvp_beat {
	const char *job_id;
	int64_t token;
	enum cvp_stage stage;
	int percent;
	bool renews;  /* the lease, too; else only the progress is written */
	bool is_held; /* out: false: the lease is lost, or the job cancelled */
};

/* One statement for all of them. */
CVP_CHECKED enum cvp_code cvp_queue_beat(struct cvp_ctx *ctx, struct cvp_beat *beats, size_t count,
					 int64_t lease_seconds);

#endif
