#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/log.h"
#include "dal/models.h"
#include "dal/wake.h"
#include "llm/llm.h"
#include "service/gate.h"
#include "worker/parts.h"

#define ARENA_BYTES ((size_t)4 * 1024 * 1024) /* what a report takes: kept, for new pages cost more than the work */
#define DEAR_CALL   0.15                      /* US dollars from which a call is worth a warning (SPEC 9) */
#define DEAR_JOB    0.065                     /* the same of all calls for one application's artifact */
#define FAR         (INT64_MAX / 2)

/* What a hand has taken of the line, and what of it is done but for its storing. */
struct hand {
	struct worker *worker;
	struct cvp_ctx ctx;
	struct slot *taken[CVP_BATCH_MAX];
	struct cvp_finished finished[CVP_BATCH_MAX];
	struct slot *ended[CVP_BATCH_MAX]; /* beside finished */
	size_t finished_count;
};

/* ---- around a call ---- */

/* Budget and breaker: may the question be put now? *delay: where not, how long it is of no use to try again. */
static enum cvp_code
admit(struct cvp_ctx *ctx, const struct slot *slot, const char *model, int64_t *delay)
{
	enum cvp_code code;

	if (slot->generation.is_test)
		return CVP_OK;
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
		cvp_code_name(outcome->code), "call", slot->generation.calls, "ms", (double)outcome->micros / 1000,
		"input_tokens", (json_int_t)usage->input_tokens, "output_tokens", (json_int_t)usage->output_tokens,
		"cost_usd", usage->cost_usd, "reason", outcome->message);
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
	if (!slot->outcome.is_transient || slot->generation.is_test || slot->repeats >= CVP_LLM_REPEATS ||
	    slot->generation.calls >= CVP_CALLS_MAX)
		return -1;
	return cvp_llm_wait_before(slot->repeats + 1, slot->outcome.retry_after, randombytes_random());
}

/* The question and its texts move into the slot, where they outlive the context. */
static void
keep_request(struct slot *slot, const struct cvp_step *step)
{
	const struct cvp_model_request *request = &step->request;

	slot->request = *request;
	slot->request.name = cvp_arena_strdup(slot->arena, request->name);
	slot->request.system = cvp_arena_strdup(slot->arena, request->system);
	slot->request.user = cvp_arena_strdup(slot->arena, request->user);
	slot->request.schema = cvp_arena_own(slot->arena, json_incref((json_t *)request->schema));
	slot->generation.kept = step->kept != NULL ? cvp_arena_strdup(slot->arena, step->kept) : NULL;
	slot->repeats = 0;
}

/* ---- the steps of a job ---- */

static void
tell_end(struct cvp_ctx *ctx, const struct slot *slot, bool is_held)
{
	const struct cvp_generation *generation = &slot->generation;
	bool is_probe = strcmp(generation->lease.job.kind, CVP_JOB_PROBE) == 0;

	if (cvp_generation_is_awaited(&generation->lease))
		cvp_wake_waiters(cvp_gate_waker(ctx), generation->lease.job.job_id);
	if (!is_held)
		cvp_log(ctx, CVP_LOG_WARNING, "lease_lost", NULL);
	else
		cvp_log(ctx, is_probe ? CVP_LOG_DEBUG : CVP_LOG_INFO, "job_ended", "s:s, s:i, s:i, s:f", "kind",
			generation->lease.job.kind, "attempt", generation->lease.job.attempts, "calls",
			generation->calls, "ms", (double)(cvp_monotonic() - slot->claimed_at) / 1000);
}

static void
set_stage(struct slot *slot, enum cvp_stage stage)
{
	atomic_store(&slot->stage, stage);
	atomic_store(&slot->percent, cvp_stage_percent(stage));
}

/* Its storing waits for what is taken with it. */
static void
finish(struct hand *hand, struct slot *slot, const struct cvp_step *step)
{
	size_t at = hand->finished_count++;

	set_stage(slot, CVP_STAGE_STORING);
	hand->finished[at] = (struct cvp_finished){ .generation = &slot->generation, .step = *step };
	hand->ended[at] = slot;
}

/* For what the context says. */
static void
fail(struct hand *hand, struct slot *slot, int64_t delay)
{
	bool is_held = false;

	if (cvp_generation_fail(&hand->ctx, &slot->generation, delay, &is_held) != CVP_OK)
		cvp_log_failure(&hand->ctx, "job_not_ended"); /* the lease runs out and the job is tried again */
	else
		tell_end(&hand->ctx, slot, is_held);
	cvp_clear(&hand->ctx);
	cvp_line_release(hand->worker, &slot, 1);
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
put_question(struct hand *hand, struct slot *slot)
{
	const char *model = cvp_asker_model(hand->worker->asker, slot->request.class);
	int64_t delay = 0;

	if (admit(&hand->ctx, slot, model, &delay) == CVP_OK) {
		slot->generation.calls++;
		slot->generation.model = model;
		cvp_asker_put(hand->worker->asker, slot); /* from here on the slot is not ours */
		return;
	}
	name_failure(&hand->ctx, slot);
	fail(hand, slot, delay);
}

static void
go_on(struct hand *hand, struct slot *slot, const struct cvp_step *step)
{
	switch (step->kind) {
	case CVP_STEP_ASK:
		keep_request(slot, step);
		put_question(hand, slot);
		break;
	case CVP_STEP_DONE:
		finish(hand, slot, step);
		break;
	case CVP_STEP_FAILED:
		fail(hand, slot, 0);
		break;
	}
}

static void
take_outcome(struct hand *hand, struct slot *slot)
{
	const struct cvp_model_outcome *outcome = &slot->outcome;
	struct cvp_step step;
	int64_t wait;

	account(&hand->ctx, slot);
	wait = wait_to_repeat(slot);
	if (wait >= 0) {
		slot->repeats++;
		cvp_worker_wait(slot, PHASE_REPEAT, cvp_monotonic() + wait);
	} else if (outcome->code == CVP_OK || outcome->code == CVP_LLM_BAD_ANSWER || slot->generation.is_test) {
		set_stage(slot, CVP_STAGE_VERIFYING);
		cvp_generation_answer(&hand->ctx, &slot->generation, outcome, &step);
		go_on(hand, slot, &step);
	} else if (cvp_fail(&hand->ctx, outcome->code, "%s", outcome->message) != CVP_OK) {
		fail(hand, slot, outcome->retry_after);
	}
}

static void
work_on(struct hand *hand, struct slot *slot)
{
	struct cvp_step step;

	hand->ctx.log.job_id = slot->generation.lease.job.job_id;
	switch (slot->phase) {
	case PHASE_NEW:
		set_stage(slot, CVP_STAGE_ANALYSING);
		cvp_generation_begin(&hand->ctx, &slot->generation, &step);
		go_on(hand, slot, &step);
		break;
	case PHASE_REPEAT:
		put_question(hand, slot);
		break;
	case PHASE_ANSWERED:
		take_outcome(hand, slot);
		break;
	}
	hand->ctx.log.job_id = NULL;
}

/* Ends what is done, in one transaction. */
static void
store(struct hand *hand)
{
	if (hand->finished_count == 0)
		return;
	cvp_generation_finish(&hand->ctx, hand->finished, hand->finished_count);
	for (size_t i = 0; i < hand->finished_count; i++) {
		hand->ctx.log.job_id = hand->ended[i]->generation.lease.job.job_id;
		if (hand->finished[i].code == CVP_OK)
			tell_end(&hand->ctx, hand->ended[i], hand->finished[i].is_held);
	}
	cvp_line_release(hand->worker, hand->ended, hand->finished_count);
	hand->finished_count = 0;
}

/* A moving mean, by eighths. */
static void
note_pace(struct worker *worker, int64_t micros, size_t jobs)
{
	int old = atomic_load(&worker->job_micros);

	atomic_store(&worker->job_micros, old + ((int)(micros / (int64_t)jobs) - old) / 8);
}

void *
cvp_worker_hand(void *arg)
{
	struct hand *hand = cvp_xcalloc(1, sizeof(*hand));
	struct cvp_arena *arena = cvp_arena_new(ARENA_BYTES);
	size_t count;

	hand->worker = arg;
	cvp_ctx_init(&hand->ctx, arena);
	cvp_gate_enter(&hand->ctx, hand->worker->gate);
	while ((count = cvp_line_take(hand->worker, hand->taken, CVP_BATCH_MAX)) > 0) {
		int64_t begun = cvp_monotonic();

		for (size_t i = 0; i < count; i++)
			work_on(hand, hand->taken[i]);
		store(hand);
		note_pace(hand->worker, cvp_monotonic() - begun, count);
		cvp_ctx_reset(&hand->ctx);
	}
	cvp_gate_leave(&hand->ctx);
	cvp_arena_free(arena);
	free(hand);
	return NULL;
}
