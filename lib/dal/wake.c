#include "dal/wake.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buf.h"
#include "core/log.h"
#include "dal/pool.h"

#define PAUSE_NANOS 2000000 /* between two rounds of notifications */
#define PAYLOAD_MAX 7999    /* bytes; Postgres takes fewer than 8000 */

struct cvp_waker {
	const struct cvp_config *config;
	struct cvp_db_pool *pool;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_work, is_end, is_stopping; /* under lock: something is to be told of; stop */
	struct cvp_buf ended;              /* under lock: ids, a space after each; failed: too many to name */
};

struct cvp_listener {
	struct cvp_db_pool *pool;
	enum cvp_channel channel;
	PGconn *pg;
};

static const char *const listen_statements[] = {
	[CVP_CHANNEL_WORK] = "LISTEN careervp_work",
	[CVP_CHANNEL_ENDED] = "LISTEN careervp_ended",
};

/* What one round tells. */
struct news {
	bool is_work;
	char *ended; /* the ids of jobs that have ended, "" for all; NULL without */
};

static void
notify(struct cvp_ctx *ctx, const struct news *news)
{
	static const struct cvp_stmt work = { "notify_work", 0, "SELECT pg_notify('careervp_work', '')" };
	static const struct cvp_stmt ended = { "notify_ended", 1, "SELECT pg_notify('careervp_ended', $1)" };
	enum cvp_code code = CVP_OK;

	if (news->is_work)
		code = cvp_db_exec(ctx, &work, CVP_WITHOUT, NULL);
	if (code == CVP_OK && news->ended != NULL)
		code = cvp_db_exec(ctx, &ended, CVP_WITH(cvp_text(news->ended)), NULL);
	/* a lost wake-up costs a second: who listens polls; the failure is in the log */
	if (code != CVP_OK)
		cvp_log_failure(ctx, "notify_failed");
	cvp_ctx_reset(ctx);
}

/* Waits until there is something to tell; false when stopping and nothing is left. */
static bool
next_news(struct cvp_waker *waker, struct news *news)
{
	pthread_mutex_lock(&waker->lock);
	while (!waker->is_work && !waker->is_end && !waker->is_stopping)
		pthread_cond_wait(&waker->changed, &waker->lock);
	*news = (struct news){ .is_work = waker->is_work };
	if (waker->is_end) {
		news->ended = cvp_xstrdup(cvp_buf_failed(&waker->ended) ? "" : cvp_buf_string(&waker->ended));
		cvp_buf_reset(&waker->ended);
	}
	waker->is_work = waker->is_end = false;
	pthread_mutex_unlock(&waker->lock);
	return news->is_work || news->ended != NULL;
}

static void *
send_requests(void *arg)
{
	static const struct timespec pause = { .tv_nsec = PAUSE_NANOS };
	struct cvp_waker *waker = arg;
	struct cvp_arena *arena = cvp_arena_new(4096);
	struct cvp_ctx ctx;
	struct news news;

	cvp_ctx_init(&ctx, arena);
	ctx.config = waker->config;
	ctx.db = cvp_db_new(waker->pool);
	while (next_news(waker, &news)) {
		notify(&ctx, &news);
		free(news.ended);
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
	cvp_buf_init(&waker->ended, PAYLOAD_MAX);
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
	if (!waker->is_work)
		pthread_cond_signal(&waker->changed);
	waker->is_work = true;
	pthread_mutex_unlock(&waker->lock);
}

void
cvp_wake_waiters(struct cvp_waker *waker, const char *job_id)
{
	pthread_mutex_lock(&waker->lock);
	if (!waker->is_end)
		pthread_cond_signal(&waker->changed);
	waker->is_end = true;
	cvp_buf_text(&waker->ended, job_id);
	cvp_buf_char(&waker->ended, ' ');
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
	cvp_buf_free(&waker->ended);
	free(waker);
}

struct cvp_listener *
cvp_listener_new(struct cvp_db_pool *pool, enum cvp_channel channel)
{
	struct cvp_listener *listener = cvp_xcalloc(1, sizeof(*listener));

	listener->pool = pool;
	listener->channel = channel;
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
	result = PQexec(listener->pg, listen_statements[listener->channel]);
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
drain_notifications(struct cvp_listener *listener, struct cvp_buf *news)
{
	bool any = false;
	PGnotify *notification;

	while ((notification = PQnotifies(listener->pg)) != NULL) {
		any = true;
		if (news != NULL)
			cvp_buf_text(news, *notification->extra != '\0' ? notification->extra : CVP_NEWS_OF_ALL);
		PQfreemem(notification);
	}
	return any;
}

enum cvp_code
cvp_listener_wait(struct cvp_ctx *ctx, struct cvp_listener *listener, int timeout_ms, int stop_fd, struct cvp_buf *news,
		  bool *is_woken)
{
	struct pollfd fds[2] = { { .fd = -1, .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };

	*is_woken = false;
	if (listener->pg == NULL) {
		enum cvp_code code = connect_listener(ctx, listener);

		*is_woken = code == CVP_OK;
		if (*is_woken && news != NULL)
			cvp_buf_text(news, CVP_NEWS_OF_ALL);
		return code;
	}
	fds[0].fd = PQsocket(listener->pg);
	if (poll(fds, 2, timeout_ms) > 0 && fds[0].revents != 0 &&
	    (PQconsumeInput(listener->pg) == 0 || PQstatus(listener->pg) != CONNECTION_OK)) {
		PQfinish(listener->pg);
		listener->pg = NULL;
		return CVP_OK;
	}
	*is_woken = drain_notifications(listener, news);
	return CVP_OK;
}
