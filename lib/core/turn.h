/* turn.h - how many threads may work at once, where more may wait for something (a group being written, an answer).
 *
 * A thread holds its turn from piece of work to piece of work and gives it up only while it waits, so that those who do
 * not wait pay nothing: a program with 32 threads and 8 turns switches as little as one with 8 threads. */
#ifndef CVP_CORE_TURN_H
#define CVP_CORE_TURN_H

#include <semaphore.h>
#include <stdbool.h>

struct cvp_turns {
	sem_t free;
};

/* A thread's own; in its context. */
struct cvp_turn {
	struct cvp_turns *turns;
	bool is_held;
};

void cvp_turns_init(struct cvp_turns *turns, unsigned count);
void cvp_turns_free(struct cvp_turns *turns);

/* Waits for a turn, unless it is held already. False where a signal came first: ask again, or end. */
bool cvp_turn_take(struct cvp_turn *turn);

/* Lets another thread work. turn may be NULL (no turns here); nothing where it is not held. */
void cvp_turn_leave(struct cvp_turn *turn);

#endif
