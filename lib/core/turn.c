#include "core/turn.h"

#include <stddef.h>

void
cvp_turns_init(struct cvp_turns *turns, unsigned count)
{
	sem_init(&turns->free, 0, count);
}

void
cvp_turns_free(struct cvp_turns *turns)
{
	sem_destroy(&turns->free);
}

bool
cvp_turn_take(struct cvp_turn *turn)
{
	if (!turn->is_held)
		turn->is_held = sem_wait(&turn->turns->free) == 0;
	return turn->is_held;
}

void
cvp_turn_leave(struct cvp_turn *turn)
{
	if (turn == NULL || !turn->is_held)
		return;
	turn->is_held = false;
	sem_post(&turn->turns->free);
}
