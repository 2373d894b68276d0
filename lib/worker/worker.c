#include "worker/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/fault.h"
#include "core/id.h"
#include "core/log.h"
#include "dal/jobs.h"
#include "dal/queue.h"
#include "dal/wake.h"
#include "service/gate.h"
#include "service/generation.h"

#define POLL_MS          1000 /* a lost wake-up costs a second, never a job */
#define AHEAD            4    /* jobs claimed per thread, so that a thread does not wait for the next claim */
#define SWEEP_BATCH      500
#define AWAY_MICROS      200000 /* before the next try while the database is away */
#define ARENA_BYTES      ((size_t)256 * 1024)
#define SLOT_ARENA_BYTES ((size_t)2048)

enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_RUNNING };

/* A job in hand: claimed by the loop, run by a thread. Its context keeps the lease alive. */
struct slot {
	enum slot_state state; /* under the worker's lock */
	struct cvp_arena *arena;
	struct cvp_lease lease;
	int64_t claimed_at, renewed_at; /* monotonic; the loop's */
	atomic_int stage;
};

struct worker {
	struct cvp_gate *gate;
	const struct cvp_config *config;
	const char *id;
	struct slot *slots;
	size_t slot_count;
	pthread_t *threads;
	size_t thread_count;
	pthread_mutex_t lock;
	pthread_cond_t work;
	bool is_stopping; /* under lock */
	int freed_fd;     /* eventfd: a slot came free */
	int signal_fd;    /* signalfd: SIGTERM or SIGINT came */
	int wake_fd;      /* epoll over both, for who can wait on one only */
};

/* ---- the threads that run jobs ---- */

static struct slot *
next_waiting(struct worker *worker)
{
	struct slot *oldest = NULL;

	for (size_t i = 0; i < worker->slot_count; i++) {
		struct slot *slot = &worker->slots[i];

		if (slot->state == SLOT_WAITING && (oldest == NULL || slot->claimed_at < oldest->claimed_at))
			oldest = slot;
	}
	return oldest;
}

/* A job to run; NULL when the worker stops. */
static struct slot *
take_slot(struct worker *worker)
{
	struct slot *slot = NULL;

	pthread_mutex_lock(&worker->lock);
	while (!worker->is_stopping && (slot = next_waiting(worker)) == NULL)
		pthread_cond_wait(&worker->work, &worker->lock);
	if (slot != NULL)
		slot->state = SLOT_RUNNING;
	pthread_mutex_unlock(&worker->lock);
	return slot;
}

static void
announce_free_slot(struct worker *worker)
{
	static const uint64_t one = 1;

	/* a full counter means the loop is woken already */
	if (write(worker->freed_fd, &one, sizeof(one)) < 0)
		return;
}

static void
free_slot(struct worker *worker, struct slot *slot)
{
	pthread_mutex_lock(&worker->lock);
	slot->state = SLOT_FREE;
	pthread_mutex_unlock(&worker->lock);
	announce_free_slot(worker);
}

static void
run_job(struct cvp_ctx *ctx, struct slot *slot)
{
	int64_t begin = cvp_monotonic();
	struct cvp_step step;
	bool is_held = false;

	ctx->log.job_id = slot->lease.job.job_id;
	atomic_store(&slot->stage, CVP_STAGE_GENERATING);
	cvp_generation_begin(ctx, &slot->lease, &step);
	atomic_store(&slot->stage, CVP_STAGE_STORING);
	if (cvp_generation_end(ctx, &slot->lease, &step, &is_held) != CVP_OK)
		cvp_log_failure(ctx, "job_not_ended"); /* the lease runs out and the job is tried again */
	else if (!is_held)
		cvp_log(ctx, CVP_LOG_WARNING, "lease_lost", NULL);
	else
		cvp_log(ctx, CVP_LOG_INFO, "job_ended", "s:s, s:i, s:f", "kind", slot->lease.job.kind, "attempt",
			slot->lease.job.attempts, "ms", (double)(cvp_monotonic() - begin) / 1000);
	cvp_ctx_reset(ctx);
}

static void *
run_jobs(void *arg)
{
	struct worker *worker = arg;
	struct cvp_arena *arena = cvp_arena_new(ARENA_BYTES);
	struct cvp_ctx ctx;
	struct slot *slot;

	cvp_ctx_init(&ctx, arena);
	cvp_gate_enter(&ctx, worker->gate);
	while ((slot = take_slot(worker)) != NULL) {
		run_job(&ctx, slot);
		free_slot(worker, slot);
	}
	cvp_gate_leave(&ctx);
	cvp_arena_free(arena);
	return NULL;
}

/* ---- the loop that claims, renews and sweeps ---- */

/* How many jobs to claim now: none while enough wait, so that claims come in batches. */
static size_t
room_for_claims(struct worker *worker)
{
	size_t free = 0, waiting = 0;

	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; i < worker->slot_count; i++) {
		free += worker->slots[i].state == SLOT_FREE;
		waiting += worker->slots[i].state == SLOT_WAITING;
	}
	pthread_mutex_unlock(&worker->lock);
	return waiting > worker->thread_count ? 0 : free;
}

static const char *
copy_text(struct cvp_arena *arena, const char *text)
{
	return text != NULL ? cvp_arena_strdup(arena, text) : NULL;
}

/* Moves a lease out of the loop's context into a slot of its own. */
static void
fill_slot(struct slot *slot, const struct cvp_lease *lease)
{
	struct cvp_arena *arena = slot->arena;

	cvp_arena_reset(arena);
	slot->lease = *lease;
	slot->lease.job.job_id = copy_text(arena, lease->job.job_id);
	slot->lease.job.user_id = copy_text(arena, lease->job.user_id);
	slot->lease.job.application_id = copy_text(arena, lease->job.application_id);
	slot->lease.job.kind = copy_text(arena, lease->job.kind);
	slot->lease.job.extra = cvp_arena_own(arena, json_incref(lease->job.extra));
	slot->lease.input = cvp_arena_own(arena, json_incref(lease->input));
	slot->lease.errors = cvp_arena_own(arena, json_incref(lease->errors));
	slot->claimed_at = slot->renewed_at = cvp_monotonic();
	atomic_store(&slot->stage, CVP_STAGE_LOADING);
}

static void
hand_out(struct worker *worker, const struct cvp_lease *leases, size_t count)
{
	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; i < worker->slot_count && count > 0; i++) {
		if (worker->slots[i].state != SLOT_FREE)
			continue;
		fill_slot(&worker->slots[i], &leases[--count]);
		worker->slots[i].state = SLOT_WAITING;
		pthread_cond_signal(&worker->work);
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
	code = cvp_queue_claim(ctx, worker->id, cvp_config_int(worker->config, CVP_SET_JOB_LEASE_SECONDS), (int)room,
			       &leases, &count);
	if (code == CVP_OK && count > 0)
		cvp_fault_here(worker->config, CVP_FAULT_CLAIMED);
	if (code == CVP_OK)
		hand_out(worker, leases, count);
	return code;
}

/* A copy of a slot's lease when it is due for renewal; the slot's own may be filled anew meanwhile. An attempt beyond
 * its time is not renewed: the lease runs out and its writes will be refused. */
static bool
is_due(struct worker *worker, struct slot *slot, int64_t now, struct cvp_ctx *ctx, struct cvp_lease *lease)
{
	int64_t third = cvp_config_int(worker->config, CVP_SET_JOB_LEASE_SECONDS) * CVP_SECOND / 3;
	int64_t limit = cvp_config_int(worker->config, CVP_SET_JOB_TIMEOUT_SECONDS) * CVP_SECOND;
	bool due;

	pthread_mutex_lock(&worker->lock);
	due = slot->state != SLOT_FREE && now - slot->renewed_at >= third && now - slot->claimed_at < limit;
	if (due) {
		slot->renewed_at = now;
		*lease = slot->lease;
		lease->job.job_id = cvp_arena_strdup(ctx->arena, slot->lease.job.job_id);
	}
	pthread_mutex_unlock(&worker->lock);
	return due;
}

static enum cvp_code
renew_leases(struct cvp_ctx *ctx, struct worker *worker)
{
	int64_t seconds = cvp_config_int(worker->config, CVP_SET_JOB_LEASE_SECONDS);
	enum cvp_code code = CVP_OK;
	struct cvp_lease lease;
	bool is_held;

	for (size_t i = 0; i < worker->slot_count && code == CVP_OK; i++) {
		struct slot *slot = &worker->slots[i];

		if (is_due(worker, slot, cvp_monotonic(), ctx, &lease))
			code = cvp_queue_renew(ctx, &lease, seconds, (enum cvp_stage)atomic_load(&slot->stage),
					       &is_held);
	}
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

	code = renew_leases(ctx, worker);
	if (code == CVP_OK)
		code = keep_house(ctx, worker, timers);
	if (code == CVP_OK)
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

	if (cvp_listener_wait(ctx, listener, POLL_MS, worker->wake_fd, &is_woken) != CVP_OK) {
		cvp_log_failure(ctx, "listen_failed");
		usleep(AWAY_MICROS);
	}
	while (read(worker->freed_fd, &freed, sizeof(freed)) > 0)
		continue;
	cvp_ctx_reset(ctx);
}

static void
loop(struct cvp_ctx *ctx, struct worker *worker)
{
	struct cvp_listener *listener = cvp_listener_new(cvp_gate_pool(worker->gate));
	struct timers timers = { .recovered_at = INT64_MIN / 2, .swept_at = INT64_MIN / 2 };

	while (!is_signalled(worker)) {
		if (work_once(ctx, worker, &timers) != CVP_OK)
			cvp_log_failure(ctx, "worker_failed");
		cvp_ctx_reset(ctx);
		wait_for_work(ctx, worker, listener);
	}
	cvp_listener_free(listener);
}

/* ---- starting and stopping ---- */

static void
start_threads(struct worker *worker)
{
	for (size_t i = 0; i < worker->thread_count; i++)
		if (pthread_create(&worker->threads[i], NULL, run_jobs, worker) != 0)
			abort(); /* no thread at start is no memory at start */
}

/* Lets threads finish what they run; what they have not begun goes back to the queue, uncounted. */
static void
stop_threads(struct cvp_ctx *ctx, struct worker *worker)
{
	bool is_held;

	pthread_mutex_lock(&worker->lock);
	worker->is_stopping = true;
	pthread_cond_broadcast(&worker->work);
	pthread_mutex_unlock(&worker->lock);
	for (size_t i = 0; i < worker->thread_count; i++)
		pthread_join(worker->threads[i], NULL);
	for (size_t i = 0; i < worker->slot_count; i++)
		if (worker->slots[i].state == SLOT_WAITING &&
		    cvp_queue_return(ctx, &worker->slots[i].lease, cvp_now(ctx), true, &is_held) != CVP_OK)
			cvp_clear(ctx); /* its lease runs out instead */
}

static void
watch(int epoll_fd, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	if (fd < 0 || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
		abort(); /* no descriptors at start */
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
	pthread_cond_init(&worker->work, NULL);
	worker->slots = cvp_xcalloc(worker->slot_count, sizeof(*worker->slots));
	worker->threads = cvp_xcalloc(worker->thread_count, sizeof(*worker->threads));
	for (size_t i = 0; i < worker->slot_count; i++)
		worker->slots[i].arena = cvp_arena_new(SLOT_ARENA_BYTES);
}

static void
close_worker(struct worker *worker)
{
	for (size_t i = 0; i < worker->slot_count; i++)
		cvp_arena_free(worker->slots[i].arena);
	free(worker->slots);
	free(worker->threads);
	pthread_cond_destroy(&worker->work);
	pthread_mutex_destroy(&worker->lock);
	close(worker->wake_fd);
	close(worker->freed_fd);
	close(worker->signal_fd);
}

enum cvp_code
cvp_worker_run(struct cvp_ctx *ctx, struct cvp_gate *gate)
{
	size_t threads = (size_t)cvp_config_int(ctx->config, CVP_SET_WORKER_THREADS);
	const char *named = cvp_config_text(ctx->config, CVP_SET_WORKER_ID);
	struct cvp_uuid minted = cvp_uuid_new();
	struct worker worker = {
		.gate = gate,
		.config = ctx->config,
		.id = *named != '\0' ? named : minted.text,
		.thread_count = threads,
		.slot_count = threads * AHEAD,
	};

	open_worker(&worker);
	cvp_log(NULL, CVP_LOG_INFO, "worker_started", "s:s, s:i", "worker_id", worker.id, "threads", (int)threads);
	start_threads(&worker);
	loop(ctx, &worker);
	stop_threads(ctx, &worker);
	cvp_log(NULL, CVP_LOG_INFO, "worker_stopped", NULL);
	close_worker(&worker);
	return CVP_OK;
}
