#include "dal/waits.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/ctx.h"
#include "core/log.h"
#include "dal/wake.h"

#define NEWS_MAX    ((size_t)1024 * 1024)
#define RETRY_NANOS 500000000 /* where the database does not answer; who waits looks by itself meanwhile */

struct cvp_waits {
	const struct cvp_config *config;
	struct cvp_db_pool *pool;
	int most;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* on the monotonic clock */
	struct cvp_wait *first; /* this and what follows: under lock */
	int count;
	bool is_listening, is_stopping;
	pthread_t listener;
	int stop_fd; /* eventfd: the listener ends */
};

struct cvp_waits *
cvp_waits_new(const struct cvp_config *config, struct cvp_db_pool *pool, int most)
{
	struct cvp_waits *waits = cvp_xcalloc(1, sizeof(*waits));
	pthread_condattr_t attr;

	waits->config = config;
	waits->pool = pool;
	waits->most = most;
	waits->stop_fd = eventfd(0, EFD_CLOEXEC);
	pthread_mutex_init(&waits->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&waits->changed, &attr);
	pthread_condattr_destroy(&attr);
	return waits;
}

void
cvp_waits_free(struct cvp_waits *waits)
{
	if (waits == NULL)
		return;
	cvp_waits_stop(waits);
	if (waits->is_listening)
		pthread_join(waits->listener, NULL);
	if (waits->stop_fd >= 0)
		close(waits->stop_fd);
	pthread_cond_destroy(&waits->changed);
	pthread_mutex_destroy(&waits->lock);
	free(waits);
}

/* Is the job among those that the news names, spaces between them? */
static bool
is_named(const char *news, const char *job_id)
{
	size_t length = strlen(job_id), named;

	for (; *news != '\0'; news += named + strspn(news + named, " ")) {
		named = strcspn(news, " ");
		if (named == length && memcmp(news, job_id, length) == 0)
			return true;
	}
	return false;
}

static void
tell(struct cvp_waits *waits, const struct cvp_buf *news)
{
	const char *text = cvp_buf_string(news);
	bool is_all = cvp_buf_failed(news) || strstr(text, CVP_NEWS_OF_ALL) != NULL;

	pthread_mutex_lock(&waits->lock);
	for (struct cvp_wait *wait = waits->first; wait != NULL; wait = wait->next)
		wait->is_woken |= is_all || is_named(text, wait->job_id);
	pthread_cond_broadcast(&waits->changed);
	pthread_mutex_unlock(&waits->lock);
}

static bool
is_stopping(struct cvp_waits *waits)
{
	bool stops;

	pthread_mutex_lock(&waits->lock);
	stops = waits->is_stopping;
	pthread_mutex_unlock(&waits->lock);
	return stops;
}

static void *
listen_for_all(void *arg)
{
	struct cvp_waits *waits = arg;
	struct cvp_listener *listener = cvp_listener_new(waits->pool, CVP_CHANNEL_ENDED);
	struct cvp_arena *arena = cvp_arena_new(4096);
	struct cvp_buf news = CVP_BUF(NEWS_MAX);
	struct cvp_ctx ctx;
	bool is_woken;

	cvp_ctx_init(&ctx, arena);
	ctx.config = waits->config;
	while (!is_stopping(waits)) {
		cvp_buf_reset(&news);
		if (cvp_listener_wait(&ctx, listener, -1, waits->stop_fd, &news, &is_woken) != CVP_OK) {
			cvp_log_failure(&ctx, "listen_failed");
			nanosleep(&(struct timespec){ .tv_nsec = RETRY_NANOS }, NULL);
		} else if (is_woken)
			tell(waits, &news);
		cvp_ctx_reset(&ctx);
	}
	cvp_buf_free(&news);
	cvp_listener_free(listener);
	cvp_arena_free(arena);
	return NULL;
}

bool
cvp_waits_join(struct cvp_waits *waits, struct cvp_wait *wait)
{
	bool has_place;

	pthread_mutex_lock(&waits->lock);
	if (!waits->is_listening && !waits->is_stopping)
		waits->is_listening = pthread_create(&waits->listener, NULL, listen_for_all, waits) == 0;
	has_place = waits->is_listening && !waits->is_stopping && waits->count < waits->most;
	if (has_place) {
		wait->is_woken = false;
		wait->next = waits->first;
		waits->first = wait;
		waits->count++;
	}
	pthread_mutex_unlock(&waits->lock);
	return has_place;
}

void
cvp_waits_part(struct cvp_waits *waits, struct cvp_wait *wait)
{
	struct cvp_wait **at;

	pthread_mutex_lock(&waits->lock);
	for (at = &waits->first; *at != wait; at = &(*at)->next)
		continue;
	*at = wait->next;
	waits->count--;
	pthread_mutex_unlock(&waits->lock);
}

bool
cvp_waits_sleep(struct cvp_waits *waits, struct cvp_wait *wait, int64_t microseconds)
{
	int64_t end = cvp_monotonic() + microseconds;
	struct timespec until = { end / CVP_SECOND, end % CVP_SECOND * 1000 };
	bool may_wait;

	pthread_mutex_lock(&waits->lock);
	while (!wait->is_woken && !waits->is_stopping)
		if (pthread_cond_timedwait(&waits->changed, &waits->lock, &until) != 0)
			break;
	wait->is_woken = false;
	may_wait = !waits->is_stopping;
	pthread_mutex_unlock(&waits->lock);
	return may_wait;
}

void
cvp_waits_stop(struct cvp_waits *waits)
{
	uint64_t one = 1;

	pthread_mutex_lock(&waits->lock);
	waits->is_stopping = true;
	pthread_cond_broadcast(&waits->changed);
	pthread_mutex_unlock(&waits->lock);
	if (write(waits->stop_fd, &one, sizeof(one)) < 0)
		cvp_log(NULL, CVP_LOG_WARNING, "wait_not_stopped",
			NULL); /* a counter that is full: the listener has been told */
}
