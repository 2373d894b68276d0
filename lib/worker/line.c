#include <time.h>
#include <unistd.h>

#include "worker/parts.h"

#define FAR          (INT64_MAX / 2)
#define TAKEN_MICROS 10000 /* of work taken at once: so long may what is done wait for what is taken with it */

static void
append(struct worker *worker, struct slot *slot)
{
	slot->next = NULL;
	*worker->line_end = slot;
	worker->line_end = &slot->next;
	worker->in_line++;
}

static struct slot *
take_first(struct worker *worker)
{
	struct slot *slot = worker->line;

	if (slot == NULL)
		return NULL;
	worker->line = slot->next;
	if (worker->line == NULL)
		worker->line_end = &worker->line;
	worker->in_line--;
	return slot;
}

void
cvp_line_add(struct worker *worker, struct slot *slot)
{
	slot->state = SLOT_WAITING;
	if (slot->due_at <= cvp_monotonic()) {
		append(worker, slot);
	} else {
		slot->next = worker->delayed;
		worker->delayed = slot;
	}
	pthread_cond_signal(&worker->work);
}

struct slot *
cvp_line_free(struct worker *worker)
{
	struct slot *slot = worker->free;

	if (slot == NULL)
		return NULL;
	worker->free = slot->next;
	worker->in_hand++;
	return slot;
}

void
cvp_worker_wait(struct slot *slot, enum phase phase, int64_t due_at)
{
	pthread_mutex_lock(&slot->worker->lock);
	slot->phase = phase;
	slot->due_at = due_at;
	cvp_line_add(slot->worker, slot);
	pthread_mutex_unlock(&slot->worker->lock);
}

/* Delayed slots whose time has come stand in line; when the next one's comes. */
static int64_t
line_up_delayed(struct worker *worker)
{
	int64_t now = worker->delayed != NULL ? cvp_monotonic() : 0, next = FAR;

	for (struct slot **at = &worker->delayed; *at != NULL;) {
		struct slot *slot = *at;

		if (slot->due_at > now) {
			next = slot->due_at < next ? slot->due_at : next;
			at = &slot->next;
			continue;
		}
		*at = slot->next;
		append(worker, slot);
	}
	return next;
}

static void
wait_until(struct worker *worker, int64_t at)
{
	struct timespec time = { .tv_sec = at / CVP_SECOND, .tv_nsec = at % CVP_SECOND * 1000 };

	if (at == FAR)
		pthread_cond_wait(&worker->work, &worker->lock);
	else
		pthread_cond_timedwait(&worker->work, &worker->lock, &time);
}

/* A hand takes its share of the line, and no more than is done in a moment. */
static size_t
share(const struct worker *worker, size_t most)
{
	size_t fair = (worker->in_line + worker->thread_count - 1) / worker->thread_count;
	size_t quick = (size_t)(TAKEN_MICROS / (atomic_load(&worker->job_micros) + 1)) + 1;

	fair = fair < quick ? fair : quick;
	return fair < most ? fair : most;
}

size_t
cvp_line_take(struct worker *worker, struct slot **slots, size_t most)
{
	size_t count = 0, taken;
	int64_t next;

	pthread_mutex_lock(&worker->lock);
	for (next = line_up_delayed(worker); !worker->is_stopping && worker->line == NULL;
	     next = line_up_delayed(worker))
		wait_until(worker, next);
	taken = worker->is_stopping ? 0 : share(worker, most);
	for (; count < taken; count++) {
		slots[count] = take_first(worker);
		slots[count]->state = SLOT_RUNNING;
	}
	pthread_mutex_unlock(&worker->lock);
	return count;
}

void
cvp_line_release(struct worker *worker, struct slot *const *slots, size_t count)
{
	static const uint64_t one = 1;

	if (count == 0)
		return;
	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; i < count; i++) {
		slots[i]->state = SLOT_FREE;
		slots[i]->next = worker->free;
		worker->free = slots[i];
	}
	worker->in_hand -= count;
	pthread_mutex_unlock(&worker->lock);
	/* a full counter means the loop is woken already */
	if (write(worker->freed_fd, &one, sizeof(one)) < 0)
		return;
}

static struct slot *
withdraw_from(struct slot **list)
{
	for (struct slot **at = list; *at != NULL; at = &(*at)->next) {
		struct slot *slot = *at;

		if (slot->phase == PHASE_ANSWERED)
			continue;
		*at = slot->next;
		slot->state = SLOT_RUNNING;
		return slot;
	}
	return NULL;
}

struct slot *
cvp_line_withdraw(struct worker *worker)
{
	struct slot *slot;

	pthread_mutex_lock(&worker->lock);
	slot = withdraw_from(&worker->line);
	if (slot != NULL) {
		worker->in_line--;
		worker->line_end = &worker->line;
		while (*worker->line_end != NULL)
			worker->line_end = &(*worker->line_end)->next;
	} else {
		slot = withdraw_from(&worker->delayed);
	}
	pthread_mutex_unlock(&worker->lock);
	return slot;
}
