/* wake.h - NOTIFY and LISTEN: how programs wake workers, and workers wake those who wait (SPEC 5.1).
 *
 * A NOTIFY inside a transaction would hold a database-wide lock through its commit, so rows are committed first and a
 * thread of the program sends the NOTIFY on its own: at most one in flight, one per 2 ms. A wake-up may be lost with
 * its program; who listens polls once a second as well. */
#ifndef CVP_DAL_WAKE_H
#define CVP_DAL_WAKE_H

#include <stdbool.h>

#include "core/code.h"

struct cvp_buf;
struct cvp_config;
struct cvp_ctx;
struct cvp_db_pool;
struct cvp_listener;
struct cvp_waker;

/* Starts the thread that sends on the pool's database. Stop it before the pool is freed; what was asked for is sent. */
struct cvp_waker *cvp_waker_start(const struct cvp_config *config, struct cvp_db_pool *pool);
void cvp_waker_stop(struct cvp_waker *waker);

/* "There is work"; "this job has ended", once its end is committed. Both return at once. Any thread. */
void cvp_wake_workers(struct cvp_waker *waker);
void cvp_wake_waiters(struct cvp_waker *waker, const char *job_id);

enum cvp_channel { CVP_CHANNEL_WORK, CVP_CHANNEL_ENDED };

#define CVP_NEWS_OF_ALL "* "

/* A connection that listens on a channel. It connects when first waited on, and again after a loss. One thread. */
struct cvp_listener *cvp_listener_new(struct cvp_db_pool *pool, enum cvp_channel channel);
void cvp_listener_free(struct cvp_listener *listener);

/* Waits at most timeout_ms (-1: without end) for news, or until stop_fd (an eventfd, -1: none) is readable. *is_woken:
 * something was announced, or the connection is new and something may have been missed. news, unless NULL, gets what
 * was said: the ids of jobs that have ended, a space after each, or CVP_NEWS_OF_ALL where it may be any. */
CVP_CHECKED enum cvp_code cvp_listener_wait(struct cvp_ctx *ctx, struct cvp_listener *listener, int timeout_ms,
					    int stop_fd, struct cvp_buf *news, bool *is_woken);

#endif
