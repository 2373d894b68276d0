/* generation.h - how a claimed job becomes an artifact: a step machine that does no model I/O (DESIGN 3).
 *
 * The worker drives it: begin, then the step it gets. ASK has it put a question to a model and hand in the answer; the
 * built-in engine needs none. Between two steps only the struct cvp_generation and the question are kept: what a step
 * reads it reads anew, so that a thousand open calls are a thousand questions and no more. */
#ifndef CVP_SERVICE_GENERATION_H
#define CVP_SERVICE_GENERATION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"
#include "core/model.h"
#include "dal/queue.h"

#define CVP_ANSWERS_MAX 3  /* of a model that are looked at for one job (SPEC 8) */
#define CVP_CALLS_MAX   12 /* to models for one job, repetitions and later attempts included (SPEC 9) */

struct cvp_ctx;

enum cvp_step_kind {
	CVP_STEP_ASK,   /* request is to be put to a model */
	CVP_STEP_DONE,  /* artifact holds the finished, verified document */
	CVP_STEP_FAILED /* ctx->err says why */
};

/* All of it is the context's. No artifact: the job is a probe (CVP_JOB_PROBE). An artifact without input is a result
 * and no more (ping.h). */
struct cvp_step {
	enum cvp_step_kind kind;
	json_t *input, *artifact;
	struct cvp_model_request request;
	const char *kept; /* what goes with the question, for its answer: JSON; NULL: nothing */
};

/* A job in a worker's hands, from its claim to its end. */
struct cvp_generation {
	struct cvp_lease lease;
	bool is_test;       /* of ping.h: asked once, whatever breaker and budget say; any outcome answers it */
	int calls, answers; /* to models: of the job so far; answers looked at in this attempt */
	struct cvp_model_usage usage; /* of all calls of the job */
	const char *model;            /* that was asked last; NULL: none was */
	int usual_tokens;             /* of an answer to the question that was put */
	size_t left_out;              /* texts of the last answer that could not stand */
	const char *kept;             /* of the step that put the question; who keeps the question keeps it */
};

/* Claims up to limit due jobs for the worker: an array in the arena. Where models write, never so many that all workers
 * of the database together have more than LLM_CONCURRENCY in work. */
CVP_CHECKED enum cvp_code cvp_generation_claim(struct cvp_ctx *ctx, const char *worker_id, int limit,
					       struct cvp_lease **leases, size_t *count);

/* Begins with a claimed job: reads what its attempts before took. The lease's texts and values are borrowed. */
struct cvp_generation cvp_generation_of(const struct cvp_lease *lease);

/* Is it of a kind whose route waits for its end, so that those who wait are to be told? */
bool cvp_generation_is_awaited(const struct cvp_lease *lease);

/* Loads what the job needs and runs the built-in engine, its verification included, or prepares the question. */
void cvp_generation_begin(struct cvp_ctx *ctx, struct cvp_generation *generation, struct cvp_step *step);

/* Takes a model's answer (outcome->code CVP_OK or CVP_LLM_BAD_ANSWER; any, of a test): schema, then facts. What does
 * not pass is asked for again with what is wrong in it, CVP_ANSWERS_MAX times in all. */
void cvp_generation_answer(struct cvp_ctx *ctx, struct cvp_generation *generation,
			   const struct cvp_model_outcome *outcome, struct cvp_step *step);

/* A job that is done but for its storing. */
struct cvp_finished {
	const struct cvp_generation *generation;
	struct cvp_step step; /* CVP_STEP_DONE */
	enum cvp_code code;   /* out: not CVP_OK where it could not be stored; its lease runs out */
	bool is_held;         /* out: false where the lease was lost, and nothing was written */
};

/* Ends count finished jobs in ONE transaction that also stores their artifacts and results; where that fails, each in
 * one of its own. A failure stays in its job's code. */
void cvp_generation_finish(struct cvp_ctx *ctx, struct cvp_finished *finished, size_t count);

/* Ends a job that failed for what ctx->err says, in ONE transaction: notes the failure, or puts the job back for
 * another attempt, not before delay (microseconds); writes nothing where the lease was lost. *is_held false then. With
 * LLM_FALLBACK=builtin the engine writes what no model could. */
CVP_CHECKED enum cvp_code cvp_generation_fail(struct cvp_ctx *ctx, const struct cvp_generation *generation,
					      int64_t delay, bool *is_held);

/* Frees leases that ran out and ends jobs that ran out of attempts; own: also the leases worker_id left behind. */
CVP_CHECKED enum cvp_code cvp_generation_recover(struct cvp_ctx *ctx, const char *worker_id, bool own, size_t *freed);

/* For ending.c: the built-in engine's document into step, whatever LLM_PROVIDER says. */
CVP_CHECKED enum cvp_code cvp_generation_builtin(struct cvp_ctx *ctx, const struct cvp_lease *lease,
						 struct cvp_step *step);

#endif
