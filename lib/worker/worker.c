#include "worker/worker.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/config.h"
#include "core/fault.h"
#include "core/id.h"
#include "core/log.h"
#include "dal/jobs.h"
#include "dal/queue.h"
#include "dal/wake.h"
#include "service/gate.h"
#include "worker/parts.h"

#define POLL_MS           1000  /* a lost wake-up costs a second, never a job */
#define AHEAD_MICROS      50000 /* of work for each hand are claimed ahead, and no less than so many jobs */
#define AHEAD_LEAST       4
#define JOB_MICROS        12000 /* what a job is taken to need before the first was done */
#define SWEEP_BATCH       500
#define AWAY_MICROS       200000 /* before the next try while the database is away */
#define SLOT_ARENA_BYTES  ((size_t)2048)
#define OTHER_DESCRIPTORS 128 /* beside those of questions */

/* ---- the loop that claims and sweeps ---- */

/* Jobs to have in hand: with a model as many as questions may be open; else what the hands do in a moment, so that they
 * need not wait for claims, and no more, so that other workers get their share. */
static size_t
wanted_in_hand(const struct worker *worker)
{
	size_t per_hand = (size_t)(AHEAD_MICROS / (atomic_load(&worker->job_micros) + 1));

	if (worker->asker != NULL)
		return worker->slot_count;
	per_hand = per_hand > AHEAD_LEAST ? per_hand : AHEAD_LEAST;
	return per_hand * worker->thread_count < worker->slot_count ? per_hand * worker->thread_count
								    : worker->slot_count;
}

/* How many jobs to claim now: none while enough wait, so that claims come in batches. */
static size_t
room_for_claims(struct worker *worker)
{
	size_t wanted = wanted_in_hand(worker), in_hand, in_line;

	pthread_mutex_lock(&worker->lock);
	in_hand = worker->in_hand;
	in_line = worker->in_line;
	pthread_mutex_unlock(&worker->lock);
	return in_hand >= wanted || in_line > wanted / 2 ? 0 : wanted - in_hand;
}

static const char *
copy_text(struct cvp_arena *arena, const char *text)
{
	return text != NULL ? cvp_arena_strdup(arena, text) : NULL;
}

/* A lease out of the loop's context into a slot of its own. */
static struct cvp_lease
keep_lease(struct cvp_arena *arena, const struct cvp_lease *lease)
{
	struct cvp_lease kept = *lease;

	kept.job.job_id = copy_text(arena, lease->job.job_id);
	kept.job.user_id = copy_text(arena, lease->job.user_id);
	kept.job.application_id = copy_text(arena, lease->job.application_id);
	kept.job.kind = copy_text(arena, lease->job.kind);
	kept.job.extra = cvp_arena_own(arena, json_incref(lease->job.extra));
	kept.job.token_usage = cvp_arena_own(arena, json_incref(lease->job.token_usage));
	kept.input = cvp_arena_own(arena, json_incref(lease->input));
	kept.errors = cvp_arena_own(arena, json_incref(lease->errors));
	return kept;
}

static void
fill_slot(struct slot *slot, const struct cvp_lease *lease)
{
	struct cvp_lease kept;

	if (slot->arena == NULL)
		slot->arena = cvp_arena_new(SLOT_ARENA_BYTES);
	cvp_arena_reset(slot->arena);
	kept = keep_lease(slot->arena, lease);
	slot->generation = cvp_generation_of(&kept);
	slot->claimed_at = slot->renewed_at = slot->told_at = slot->due_at = cvp_monotonic();
	slot->told_percent = cvp_stage_percent(CVP_STAGE_LOADING);
	atomic_store(&slot->stage, CVP_STAGE_LOADING);
	atomic_store(&slot->percent, slot->told_percent);
	slot->phase = PHASE_NEW;
}

static void
hand_out(struct worker *worker, const struct cvp_lease *leases, size_t count)
{
	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; i < count; i++) {
		struct slot *slot = cvp_line_free(worker);

		fill_slot(slot, &leases[i]);
		cvp_line_add(worker, slot);
	}
	pthread_mutex_unlock(&worker->lock);
}

static enum cvp_code
claim(struct cvp_ctx *ctx, struct worker *worker)
{
	size_t room = room_for_claims(worker), count;
	struct cvp_lease *leases;
	enum cvp_code code;

	if (room == 0)
		return CVP_OK;
	code = cvp_generation_claim(ctx, worker->id, (int)room, &leases, &count);
	if (code == CVP_OK && count > 0)
		cvp_fault_here(worker->config, CVP_FAULT_CLAIMED);
	if (code == CVP_OK)
		hand_out(worker, leases, count);
	return code;
}

struct timers {
	int64_t recovered_at, swept_at; /* monotonic */
	bool has_taken_back;            /* the leases we left behind when we last stopped */
};

static enum cvp_code
keep_house(struct cvp_ctx *ctx, struct worker *worker, struct timers *timers)
{
	int64_t now = cvp_monotonic();
	enum cvp_code code = CVP_OK;
	size_t count = 0;

	if (now - timers->recovered_at >= CVP_SECOND) {
		code = cvp_generation_recover(ctx, worker->id, !timers->has_taken_back, &count);
		timers->has_taken_back |= code == CVP_OK;
		timers->recovered_at = now;
		if (code == CVP_OK && count > 0)
			cvp_log(ctx, CVP_LOG_WARNING, "leases_recovered", "s:i", "count", (int)count);
	}
	if (code == CVP_OK &&
	    now - timers->swept_at >= cvp_config_int(worker->config, CVP_SET_SWEEP_SECONDS) * CVP_SECOND) {
		code = cvp_sweep(ctx, SWEEP_BATCH, &count);
		/* a full batch means there is more: go on soon */
		timers->swept_at = count >= SWEEP_BATCH ? timers->swept_at : now;
	}
	return code;
}

static enum cvp_code
work_once(struct cvp_ctx *ctx, struct worker *worker, struct timers *timers)
{
	enum cvp_code code;

	code = cvp_worker_pulse(ctx, worker);
	if (code == CVP_OK)
		code = keep_house(ctx, worker, timers);
	if (code == CVP_OK && !worker->is_draining)
		code = claim(ctx, worker);
	return code;
}

static bool
is_signalled(const struct worker *worker)
{
	struct signalfd_siginfo info;

	return read(worker->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info);
}

static void
wait_for_work(struct cvp_ctx *ctx, struct worker *worker, struct cvp_listener *listener)
{
	uint64_t freed;
	bool is_woken;

	if (cvp_listener_wait(ctx, listener, POLL_MS, worker->wake_fd, NULL, &is_woken) != CVP_OK) {
		cvp_log_failure(ctx, "listen_failed");
		usleep(AWAY_MICROS);
	}
	while (read(worker->freed_fd, &freed, sizeof(freed)) > 0)
		continue;
	cvp_ctx_reset(ctx);
}

static void
give_back(struct cvp_ctx *ctx, const struct slot *slot)
{
	bool is_held;

	if (cvp_queue_return(ctx, &slot->generation.lease, cvp_now(ctx), true, &is_held) != CVP_OK)
		cvp_clear(ctx); /* its lease runs out instead */
}

/* Jobs that are not begun, or wait to repeat a question, go back to the queue; the attempt does not count. */
static void
give_back_waiting(struct cvp_ctx *ctx, struct worker *worker)
{
	struct slot *slot;

	while ((slot = cvp_line_withdraw(worker)) != NULL) {
		give_back(ctx, slot);
		cvp_line_release(worker, &slot, 1);
	}
}

static bool
has_work(struct worker *worker)
{
	bool has;

	pthread_mutex_lock(&worker->lock);
	has = worker->in_hand > 0;
	pthread_mutex_unlock(&worker->lock);
	return has;
}

/* After the signal: what is begun may end, for a while; a second signal is impatience. */
static void
drain(struct cvp_ctx *ctx, struct worker *worker, struct cvp_listener *listener, struct timers *timers)
{
	int64_t until = cvp_monotonic() + cvp_config_int(worker->config, CVP_SET_WORKER_DRAIN_SECONDS) * CVP_SECOND;

	worker->is_draining = true;
	do {
		give_back_waiting(ctx, worker);
		if (work_once(ctx, worker, timers) != CVP_OK)
			cvp_log_failure(ctx, "worker_failed");
		cvp_ctx_reset(ctx);
		if (has_work(worker))
			wait_for_work(ctx, worker, listener);
	} while (has_work(worker) && cvp_monotonic() < until && !is_signalled(worker));
}

static void
loop(struct cvp_ctx *ctx, struct worker *worker)
{
	struct cvp_listener *listener = cvp_listener_new(cvp_gate_pool(worker->gate), CVP_CHANNEL_WORK);
	struct timers timers = { .recovered_at = INT64_MIN / 2, .swept_at = INT64_MIN / 2 };

	while (!is_signalled(worker)) {
		if (work_once(ctx, worker, &timers) != CVP_OK)
			cvp_log_failure(ctx, "worker_failed");
		cvp_ctx_reset(ctx);
		wait_for_work(ctx, worker, listener);
	}
	drain(ctx, worker, listener, &timers);
	cvp_listener_free(listener);
}

/* ---- starting and stopping ---- */

static void
start_threads(struct worker *worker)
{
	if (worker->asker != NULL)
		cvp_asker_start(worker->asker);
	for (size_t i = 0; i < worker->thread_count; i++)
		if (pthread_create(&worker->threads[i], NULL, cvp_worker_hand, worker) != 0)
			abort(); /* no thread at start is no memory at start */
}

/* Lets the hands finish the step they are at; what is still in a slot then goes back to the queue. */
static void
stop_threads(struct cvp_ctx *ctx, struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	worker->is_stopping = true;
	pthread_cond_broadcast(&worker->work);
	pthread_mutex_unlock(&worker->lock);
	for (size_t i = 0; i < worker->thread_count; i++)
		pthread_join(worker->threads[i], NULL);
	cvp_asker_free(worker->asker);
	for (size_t i = 0; i < worker->slot_count; i++)
		if (worker->slots[i].state != SLOT_FREE)
			give_back(ctx, &worker->slots[i]);
}

static void
watch(int epoll_fd, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	if (fd < 0 || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
		abort(); /* no descriptors at start */
}

/* Waits by the clock that due times are of. */
static void
init_condition(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

static void
open_worker(struct worker *worker)
{
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	worker->signal_fd = signalfd(-1, &stop, SFD_NONBLOCK | SFD_CLOEXEC);
	worker->freed_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	worker->wake_fd = epoll_create1(EPOLL_CLOEXEC);
	watch(worker->wake_fd, worker->signal_fd);
	watch(worker->wake_fd, worker->freed_fd);
	pthread_mutex_init(&worker->lock, NULL);
	init_condition(&worker->work);
	worker->slots = cvp_xcalloc(worker->slot_count, sizeof(*worker->slots));
	worker->threads = cvp_xcalloc(worker->thread_count, sizeof(*worker->threads));
	worker->line_end = &worker->line;
	for (size_t i = worker->slot_count; i > 0; i--) {
		worker->slots[i - 1].worker = worker;
		worker->slots[i - 1].next = worker->free;
		worker->free = &worker->slots[i - 1];
	}
}

static void
close_worker(struct worker *worker)
{
	for (size_t i = 0; i < worker->slot_count; i++)
		if (worker->slots[i].arena != NULL)
			cvp_arena_free(worker->slots[i].arena);
	free(worker->slots);
	free(worker->threads);
	pthread_cond_destroy(&worker->work);
	pthread_mutex_destroy(&worker->lock);
	close(worker->wake_fd);
	close(worker->freed_fd);
	close(worker->signal_fd);
}

/* So many descriptors as questions take, as far as the system lets us. */
static void
raise_descriptors(size_t questions)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= questions + OTHER_DESCRIPTORS)
		return;
	limit.rlim_cur = questions + OTHER_DESCRIPTORS < limit.rlim_max ? questions + OTHER_DESCRIPTORS
									: limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < questions + OTHER_DESCRIPTORS)
		cvp_log(NULL, CVP_LOG_WARNING, "few_descriptors", "s:I", "limit", (json_int_t)limit.rlim_cur);
}

/* With a model a slot is a question at most: so many jobs are in hand as questions may be open. */
static enum cvp_code
choose_author(struct cvp_ctx *ctx, struct worker *worker)
{
	worker->slot_count = CVP_BATCH_MAX;
	if (strcmp(cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER), CVP_BUILTIN) == 0)
		return CVP_OK;
	worker->slot_count = (size_t)cvp_config_int(ctx->config, CVP_SET_WORKER_CONCURRENCY);
	raise_descriptors(worker->slot_count);
	return cvp_asker_new(ctx, worker, &worker->asker);
}

enum cvp_code
cvp_worker_run(struct cvp_ctx *ctx, struct cvp_gate *gate)
{
	const char *named = cvp_config_text(ctx->config, CVP_SET_WORKER_ID);
	struct cvp_uuid minted = cvp_uuid_new();
	struct worker worker = {
		.gate = gate,
		.config = ctx->config,
		.id = *named != '\0' ? named : minted.text,
		.thread_count = (size_t)cvp_config_int(ctx->config, CVP_SET_WORKER_THREADS),
		.job_micros = JOB_MICROS,
	};
	enum cvp_code code;

	code = choose_author(ctx, &worker);
	if (code != CVP_OK)
		return code;
	open_worker(&worker);
	cvp_log(NULL, CVP_LOG_INFO, "worker_started", "s:s, s:i, s:s", "worker_id", worker.id, "threads",
		(int)worker.thread_count, "provider", cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER));
	start_threads(&worker);
	loop(ctx, &worker);
	stop_threads(ctx, &worker);
	cvp_log(NULL, CVP_LOG_INFO, "worker_stopped", NULL);
	close_worker(&worker);
	return CVP_OK;
}
