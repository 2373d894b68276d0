#include "dal/wake.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "core/log.h"
#include "dal/pool.h"

#define PAUSE_NANOS 2000000 /* between two notifications */

struct cvp_waker {
	const struct cvp_config *config;
	struct cvp_db_pool *pool;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_asked, is_stopping; /* under lock */
};

struct cvp_listener {
	struct cvp_db_pool *pool;
	PGconn *pg;
};

static void
notify(struct cvp_ctx *ctx)
{
	static const struct cvp_stmt stmt = { "notify_work", 0, "SELECT pg_notify('careervp_work', '')" };

	/* a lost wake-up costs a second: workers poll; the failure is in the log */
	if (cvp_db_exec(ctx, &stmt, CVP_WITHOUT, NULL) != CVP_OK)
		cvp_log_failure(ctx, "notify_failed");
	cvp_ctx_reset(ctx);
}

/* Waits until asked; false when stopping and nothing is left to send. */
static bool
next_request(struct cvp_waker *waker)
{
	bool is_asked;

	pthread_mutex_lock(&waker->lock);
	while (!waker->is_asked && !waker->is_stopping)
		pthread_cond_wait(&waker->changed, &waker->lock);
	is_asked = waker->is_asked;
	waker->is_asked = false;
	pthread_mutex_unlock(&waker->lock);
	return is_asked;
}

static void *
send_requests(void *arg)
{
	static const struct timespec pause = { .tv_nsec = PAUSE_NANOS };
	struct cvp_waker *waker = arg;
	struct cvp_arena *arena = cvp_arena_new(4096);
	struct cvp_ctx ctx;

	cvp_ctx_init(&ctx, arena);
	ctx.config = waker->config;
	ctx.db = cvp_db_new(waker->pool);
	while (next_request(waker)) {
		notify(&ctx);
		nanosleep(&pause, NULL);
	}
	cvp_db_free(ctx.db);
	cvp_arena_free(arena);
	return NULL;
}

struct cvp_waker *
cvp_waker_start(const struct cvp_config *config, struct cvp_db_pool *pool)
{
	struct cvp_waker *waker = cvp_xcalloc(1, sizeof(*waker));

	waker->config = config;
	waker->pool = pool;
	pthread_mutex_init(&waker->lock, NULL);
	pthread_cond_init(&waker->changed, NULL);
	if (pthread_create(&waker->thread, NULL, send_requests, waker) != 0)
		abort(); /* no thread at start is no memory at start */
	return waker;
}

void
cvp_wake_workers(struct cvp_waker *waker)
{
	pthread_mutex_lock(&waker->lock);
	if (!waker->is_asked)
		pthread_cond_signal(&waker->changed);
	waker->is_asked = true;
	pthread_mutex_unlock(&waker->lock);
}

void
cvp_waker_stop(struct cvp_waker *waker)
{
	if (waker == NULL)
		return;
	pthread_mutex_lock(&waker->lock);
	waker->is_stopping = true;
	pthread_cond_signal(&waker->changed);
	pthread_mutex_unlock(&waker->lock);
	pthread_join(waker->thread, NULL);
	pthread_cond_destroy(&waker->changed);
	pthread_mutex_destroy(&waker->lock);
	free(waker);
}

struct cvp_listener *
cvp_listener_new(struct cvp_db_pool *pool)
{
	struct cvp_listener *listener = cvp_xcalloc(1, sizeof(*listener));

	listener->pool = pool;
	return listener;
}

void
cvp_listener_free(struct cvp_listener *listener)
{
	if (listener == NULL)
		return;
	PQfinish(listener->pg);
	free(listener);
}

static enum cvp_code
connect_listener(struct cvp_ctx *ctx, struct cvp_listener *listener)
{
	enum cvp_code code = CVP_OK;
	PGresult *result;

	listener->pg = cvp_pool_connect(ctx, listener->pool);
	if (listener->pg == NULL)
		return ctx->err.code;
	result = PQexec(listener->pg, "LISTEN careervp_work");
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		code = cvp_pool_fail(ctx, listener->pg, result, "listen");
	PQclear(result);
	if (code != CVP_OK) {
		PQfinish(listener->pg);
		listener->pg = NULL;
	}
	return code;
}

static bool
drain_notifications(struct cvp_listener *listener)
{
	bool any = false;
	PGnotify *notification;

	while ((notification = PQnotifies(listener->pg)) != NULL) {
		any = true;
		PQfreemem(notification);
	}
	return any;
}

enum cvp_code
cvp_listener_wait(struct cvp_ctx *ctx, struct cvp_listener *listener, int timeout_ms, int stop_fd, bool *is_woken)
{
	struct pollfd fds[2] = { { .fd = -1, .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };

	*is_woken = false;
	if (listener->pg == NULL) {
		enum cvp_code code = connect_listener(ctx, listener);

		*is_woken = code == CVP_OK;
		return code;
	}
	fds[0].fd = PQsocket(listener->pg);
	if (poll(fds, 2, timeout_ms) > 0 && fds[0].revents != 0 &&
	    (PQconsumeInput(listener->pg) == 0 || PQstatus(listener->pg) != CONNECTION_OK)) {
		PQfinish(listener->pg);
		listener->pg = NULL;
		return CVP_OK;
	}
	*is_woken = drain_notifications(listener);
	return CVP_OK;
}
