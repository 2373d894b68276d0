/* waits.h - threads of a program that wait for jobs to end, without a connection each: one of the program's listens for
 * all of them (DESIGN 4). All functions: any thread. */
#ifndef CVP_DAL_WAITS_H
#define CVP_DAL_WAITS_H

#include <stdbool.h>
#include <stdint.h>

struct cvp_config;
struct cvp_db_pool;
struct cvp_waits;

/* Who waits; on the stack of its thread. */
struct cvp_wait {
	const char *job_id; /* outlives the wait */
	struct cvp_wait *next;
	bool is_woken;
};

/* Nothing listens before somebody waits. most: so many threads wait at once. Free it before the pool, and after the
 * last wait. */
struct cvp_waits *cvp_waits_new(const struct cvp_config *config, struct cvp_db_pool *pool, int most);
void cvp_waits_free(struct cvp_waits *waits);

/* Takes a place; news of the job is not missed from here on. False where all places are taken, or nobody may wait any
 * more. */
bool cvp_waits_join(struct cvp_waits *waits, struct cvp_wait *wait);
void cvp_waits_part(struct cvp_waits *waits, struct cvp_wait *wait);

/* Sleeps until there may be news of the job, or for so many microseconds. False where nobody may wait any more. */
bool cvp_waits_sleep(struct cvp_waits *waits, struct cvp_wait *wait, int64_t microseconds);

/* The program ends: all who wait are woken, and nobody waits from now on. */
void cvp_waits_stop(struct cvp_waits *waits);

#endif
