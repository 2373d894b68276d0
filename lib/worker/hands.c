#include <sodium.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/config.h"
#include "core/log.h"
#include "dal/models.h"
#include "llm/llm.h"
#include "service/gate.h"
#include "worker/parts.h"

#define ARENA_BYTES ((size_t)256 * 1024)
#define DEAR_CALL   0.15  /* US dollars from which a call is worth a warning (SPEC 9) */
#define DEAR_JOB    0.065 /* the same of all calls for one application's artifact */
#define FAR         (INT64_MAX / 2)

/* ---- which slot is next ---- */

/* The slot longest due; NULL where none is, and when the next will be. */
static struct slot *
next_due(struct worker *worker, int64_t now, int64_t *next)
{
	struct slot *oldest = NULL;

	*next = FAR;
	for (size_t i = 0; i < worker->slot_count; i++) {
		struct slot *slot = &worker->slots[i];

		if (slot->state != SLOT_WAITING)
			continue;
		if (slot->due_at > now)
			*next = slot->due_at < *next ? slot->due_at : *next;
		else if (oldest == NULL || slot->due_at < oldest->due_at)
			oldest = slot;
	}
	return oldest;
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

/* A slot to work on; NULL when the worker stops. */
static struct slot *
take_slot(struct worker *worker)
{
	struct slot *slot = NULL;
	int64_t next;

	pthread_mutex_lock(&worker->lock);
	while (!worker->is_stopping && (slot = next_due(worker, cvp_monotonic(), &next)) == NULL)
		wait_until(worker, next);
	if (slot != NULL)
		slot->state = SLOT_RUNNING;
	pthread_mutex_unlock(&worker->lock);
	return slot;
}

void
cvp_worker_wait(struct slot *slot, enum phase phase, int64_t due_at)
{
	struct worker *worker = slot->worker;

	pthread_mutex_lock(&worker->lock);
	slot->phase = phase;
	slot->due_at = due_at;
	slot->state = SLOT_WAITING;
	pthread_cond_signal(&worker->work);
	pthread_mutex_unlock(&worker->lock);
}

static void
free_slot(struct slot *slot)
{
	static const uint64_t one = 1;
	struct worker *worker = slot->worker;

	pthread_mutex_lock(&worker->lock);
	slot->state = SLOT_FREE;
	pthread_mutex_unlock(&worker->lock);
	/* a full counter means the loop is woken already */
	if (write(worker->freed_fd, &one, sizeof(one)) < 0)
		return;
}

/* ---- around a call ---- */

/* Budget and breaker: may the question be put now? *delay: where not, how long it is of no use to try again. */
static enum cvp_code
admit(struct cvp_ctx *ctx, const struct slot *slot, const char *model, int64_t *delay)
{
	enum cvp_code code;

	code = cvp_spending_check(ctx, slot->generation.lease.job.user_id);
	return code == CVP_OK ? cvp_model_admit(ctx, model, delay) : code;
}

static void
add_usage(struct cvp_model_usage *sum, const struct cvp_model_usage *usage)
{
	sum->input_tokens += usage->input_tokens;
	sum->output_tokens += usage->output_tokens;
	sum->cache_read_tokens += usage->cache_read_tokens;
	sum->cache_write_tokens += usage->cache_write_tokens;
	sum->cost_usd += usage->cost_usd;
}

static void
log_call(struct cvp_ctx *ctx, const struct slot *slot)
{
	const struct cvp_model_outcome *outcome = &slot->outcome;
	const struct cvp_model_usage *usage = &outcome->usage;
	bool is_dear = usage->cost_usd > DEAR_CALL || slot->generation.usage.cost_usd > DEAR_JOB;

	cvp_log(ctx, outcome->code != CVP_OK || is_dear ? CVP_LOG_WARNING : CVP_LOG_INFO, "model_call",
		"s:s, s:s, s:i, s:f, s:I, s:I, s:f, s:s*", "model", outcome->model, "code",
		cvp_code_name(outcome->code), "call", slot->generation.calls, "ms",
		(double)(cvp_monotonic() - slot->asked_at) / 1000, "input_tokens", (json_int_t)usage->input_tokens,
		"output_tokens", (json_int_t)usage->output_tokens, "cost_usd", usage->cost_usd, "reason",
		outcome->message);
}

/* Whatever it said: it is there. A call that was given up says neither. */
static bool
has_answered(enum cvp_code code)
{
	return code == CVP_OK || code == CVP_LLM_BAD_ANSWER || code == CVP_LLM_REQUEST_REJECTED;
}

/* Tells what a call took and how it went: to the job, the user's day, the model's breaker, the log. */
static void
account(struct cvp_ctx *ctx, struct slot *slot)
{
	const struct cvp_model_outcome *outcome = &slot->outcome;
	const struct cvp_model_usage *usage = &outcome->usage;
	int64_t tokens = usage->input_tokens + usage->output_tokens + usage->cache_read_tokens +
			 usage->cache_write_tokens;
	enum cvp_code code = CVP_OK;

	add_usage(&slot->generation.usage, usage);
	log_call(ctx, slot);
	if (tokens > 0)
		code = cvp_spending_add(ctx, slot->generation.lease.job.user_id, tokens, usage->cost_usd);
	if (code == CVP_OK && outcome->is_transient)
		code = cvp_model_failed(ctx, outcome->model);
	else if (code == CVP_OK && has_answered(outcome->code))
		code = cvp_model_succeeded(ctx, outcome->model);
	if (code != CVP_OK) { /* the job goes on: its own record has the figures, too */
		cvp_log_failure(ctx, "call_not_accounted");
		cvp_clear(ctx);
	}
}

/* How long until the question is repeated after a failure; -1: it is not. */
static int64_t
wait_to_repeat(const struct slot *slot)
{
	if (!slot->outcome.is_transient || slot->repeats >= CVP_LLM_REPEATS || slot->generation.calls >= CVP_CALLS_MAX)
		return -1;
	return cvp_llm_wait_before(slot->repeats + 1, slot->outcome.retry_after, randombytes_random());
}

/* The question and its texts move into the slot, where they outlive the context. */
static void
keep_request(struct slot *slot, const struct cvp_model_request *request)
{
	slot->request = *request;
	slot->request.name = cvp_arena_strdup(slot->arena, request->name);
	slot->request.system = cvp_arena_strdup(slot->arena, request->system);
	slot->request.user = cvp_arena_strdup(slot->arena, request->user);
	slot->repeats = 0;
}

/* ---- the steps of a job ---- */

static void
log_end(struct cvp_ctx *ctx, const struct slot *slot, bool is_held)
{
	const struct cvp_generation *generation = &slot->generation;

	if (!is_held)
		cvp_log(ctx, CVP_LOG_WARNING, "lease_lost", NULL);
	else
		cvp_log(ctx, CVP_LOG_INFO, "job_ended", "s:s, s:i, s:i, s:f", "kind", generation->lease.job.kind,
			"attempt", generation->lease.job.attempts, "calls", generation->calls, "ms",
			(double)(cvp_monotonic() - slot->claimed_at) / 1000);
}

static void
end(struct cvp_ctx *ctx, struct slot *slot, struct cvp_step *step, int64_t delay)
{
	bool is_held = false;

	atomic_store(&slot->stage, CVP_STAGE_STORING);
	atomic_store(&slot->percent, cvp_stage_percent(CVP_STAGE_STORING));
	if (cvp_generation_end(ctx, &slot->generation, step, delay, &is_held) != CVP_OK)
		cvp_log_failure(ctx, "job_not_ended"); /* the lease runs out and the job is tried again */
	else
		log_end(ctx, slot, is_held);
	free_slot(slot);
}

/* What the model said last is the reason, where a breaker is all that keeps it from being asked again. */
static void
name_failure(struct cvp_ctx *ctx, const struct slot *slot)
{
	if (ctx->err.code != CVP_CIRCUIT_OPEN || slot->repeats == 0)
		return;
	cvp_clear(ctx);
	if (cvp_fail(ctx, slot->outcome.code, "%s", slot->outcome.message) == CVP_OK)
		abort(); /* only failures are repeated */
}

static void
put_question(struct cvp_ctx *ctx, struct slot *slot, struct cvp_step *step)
{
	const char *model = cvp_asker_model(slot->worker->asker, slot->request.class);
	int64_t delay = 0;

	if (admit(ctx, slot, model, &delay) == CVP_OK) {
		slot->generation.calls++;
		slot->generation.model = model;
		cvp_asker_put(slot->worker->asker, slot); /* from here on the slot is not ours */
		return;
	}
	name_failure(ctx, slot);
	step->kind = CVP_STEP_FAILED;
	end(ctx, slot, step, delay);
}

static void
go_on(struct cvp_ctx *ctx, struct slot *slot, struct cvp_step *step)
{
	if (step->kind != CVP_STEP_ASK) {
		end(ctx, slot, step, 0);
		return;
	}
	keep_request(slot, &step->request);
	put_question(ctx, slot, step);
}

static void
begin(struct cvp_ctx *ctx, struct slot *slot)
{
	struct cvp_step step;

	atomic_store(&slot->stage, CVP_STAGE_ANALYSING);
	atomic_store(&slot->percent, cvp_stage_percent(CVP_STAGE_ANALYSING));
	cvp_generation_begin(ctx, &slot->generation, &step);
	go_on(ctx, slot, &step);
}

static void
fail(struct cvp_ctx *ctx, struct slot *slot)
{
	struct cvp_step step = { .kind = CVP_STEP_FAILED };

	if (cvp_fail(ctx, slot->outcome.code, "%s", slot->outcome.message) == CVP_OK)
		abort(); /* a failure is what brought us here */
	end(ctx, slot, &step, slot->outcome.retry_after);
}

static void
take_outcome(struct cvp_ctx *ctx, struct slot *slot)
{
	const struct cvp_model_outcome *outcome = &slot->outcome;
	struct cvp_step step;
	int64_t wait;

	account(ctx, slot);
	wait = wait_to_repeat(slot);
	if (wait >= 0) {
		slot->repeats++;
		cvp_worker_wait(slot, PHASE_REPEAT, cvp_monotonic() + wait);
	} else if (outcome->code == CVP_OK || outcome->code == CVP_LLM_BAD_ANSWER) {
		atomic_store(&slot->stage, CVP_STAGE_VERIFYING);
		atomic_store(&slot->percent, cvp_stage_percent(CVP_STAGE_VERIFYING));
		cvp_generation_answer(ctx, &slot->generation, outcome, &step);
		go_on(ctx, slot, &step);
	} else {
		fail(ctx, slot);
	}
}

static void
work_on(struct cvp_ctx *ctx, struct slot *slot)
{
	struct cvp_step repeated = { .kind = CVP_STEP_ASK };

	ctx->log.job_id = cvp_arena_strdup(ctx->arena, slot->generation.lease.job.job_id);
	switch (slot->phase) {
	case PHASE_NEW:
		begin(ctx, slot);
		break;
	case PHASE_REPEAT:
		put_question(ctx, slot, &repeated);
		break;
	case PHASE_ANSWERED:
		take_outcome(ctx, slot);
		break;
	}
	cvp_ctx_reset(ctx);
}

void *
cvp_worker_hand(void *arg)
{
	struct worker *worker = arg;
	struct cvp_arena *arena = cvp_arena_new(ARENA_BYTES);
	struct cvp_ctx ctx;
	struct slot *slot;

	cvp_ctx_init(&ctx, arena);
	cvp_gate_enter(&ctx, worker->gate);
	while ((slot = take_slot(worker)) != NULL)
		work_on(&ctx, slot);
	cvp_gate_leave(&ctx);
	cvp_arena_free(arena);
	return NULL;
}
