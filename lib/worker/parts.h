/* parts.h - what the threads of a worker share. Private to lib/worker.
 *
 * Three kinds of threads: the loop (worker.c) claims jobs into slots, tells the database that they are alive and how
 * far they are (pulse.c); the hands (hands.c) do the work of a job, step by step; the asker (asker.c) has its questions
 * open at models. A slot is filled by the loop, then belongs to one of them at a time, as its state says. */
#ifndef CVP_WORKER_PARTS_H
#define CVP_WORKER_PARTS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "core/ctx.h"
#include "service/generation.h"

struct asker;
struct worker;

enum slot_state {
	SLOT_FREE,
	SLOT_WAITING, /* for a hand, from due_at on: in line, or among the delayed until then */
	SLOT_RUNNING, /* in a hand */
	SLOT_ASKING   /* its question is with the asker */
};

enum phase {
	PHASE_NEW,     /* claimed, not begun */
	PHASE_REPEAT,  /* the same question once more */
	PHASE_ANSWERED /* outcome holds what came of the question */
};

/* A job in hand. The arena holds the lease, the question, the answer. */
struct slot {
	struct worker *worker;
	enum slot_state state;   /* under the worker's lock, and so is next */
	struct slot *next;       /* free, in line or delayed */
	struct cvp_arena *arena; /* NULL before its first job */
	struct cvp_generation generation;
	enum phase phase;
	struct cvp_model_request request;
	struct cvp_model_outcome outcome;        /* texts and answer in the arena */
	int repeats;                             /* of this question */
	int64_t due_at;                          /* monotonic */
	int64_t claimed_at, renewed_at, told_at; /* monotonic; the loop's */
	int told_percent;                        /* the loop's */
	atomic_int stage, percent;
};

struct worker {
	struct cvp_gate *gate;
	const struct cvp_config *config;
	const char *id;
	struct slot *slots;
	size_t slot_count;
	pthread_t *threads;
	size_t thread_count;
	struct asker *asker; /* NULL: no model is configured */
	pthread_mutex_t lock;
	pthread_cond_t work;                            /* on the monotonic clock */
	struct slot *free, *line, **line_end, *delayed; /* under lock */
	size_t in_hand, in_line;                        /* under lock: slots not free; those in line */
	atomic_int job_micros;                          /* what a job lately took of a hand, its ending included */
	bool is_stopping;                               /* under lock */
	bool is_draining;                               /* the loop's */
	int freed_fd;                                   /* eventfd: a slot came free */
	int signal_fd;                                  /* signalfd: SIGTERM or SIGINT came */
	int wake_fd;                                    /* epoll over both, for who can wait on one only */
};

/* line.c: which slot is next. All take the worker's lock but the first two, which are for who holds it. */
void cvp_line_add(struct worker *worker, struct slot *slot); /* to wait for a hand until its due_at */
struct slot *cvp_line_free(struct worker *worker);           /* a free slot, to be filled; NULL where there is none */

/* Waits until slots are due, and takes at most `most` of them in their order, fairly shared among the hands. Their
 * count; 0 when the worker stops. */
size_t cvp_line_take(struct worker *worker, struct slot **slots, size_t most);

/* Jobs that have ended: their slots are free, the loop is told. */
void cvp_line_release(struct worker *worker, struct slot *const *slots, size_t count);

/* Takes out of line, or out of the delayed, a slot whose job is not begun or waits to repeat its question, for its job
 * to be given back. NULL where there is none. */
struct slot *cvp_line_withdraw(struct worker *worker);

/* hands.c: a thread that works on jobs until the worker stops. arg: the worker. */
void *cvp_worker_hand(void *arg);

/* A slot goes back to the hands, at once or later; any thread. */
void cvp_worker_wait(struct slot *slot, enum phase phase, int64_t due_at);

#define CVP_BATCH_MAX 1024 /* jobs that a hand ends in one transaction, and jobs that wait for hands */

/* pulse.c: renews leases that are due, writes progress at most once a second a job, gives up questions of jobs that are
 * lost or take too long. */
CVP_CHECKED enum cvp_code cvp_worker_pulse(struct cvp_ctx *ctx, struct worker *worker);

/* asker.c: the thread of the models. cvp_asker_new() reads the settings; CVP_INVALID_INPUT names a bad one. */
CVP_CHECKED enum cvp_code cvp_asker_new(struct cvp_ctx *ctx, struct worker *worker, struct asker **asker);
void cvp_asker_start(struct asker *asker);
void cvp_asker_free(struct asker *asker); /* stops it; what is open is dropped. NULL is fine */

/* The model that a question will be put to; as long as the asker lives. */
const char *cvp_asker_model(const struct asker *asker, enum cvp_model_class class);

/* Puts the slot's request to its model; its state is SLOT_ASKING until the slot comes back, answered. Any thread. */
void cvp_asker_put(struct asker *asker, struct slot *slot);

/* Gives up the question of a slot if it still is that job's: it comes back with this failure. Any thread. */
void cvp_asker_give_up(struct asker *asker, struct slot *slot, int64_t token, enum cvp_code code, const char *message);

#endif
