#include "dal/pool.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/config.h"
#include "core/log.h"

#define CONNECT_SECONDS "2"
#define AWAY_MICROS     (CVP_SECOND / 5) /* after a failed connect nobody tries again for this long */

/* A thread that waits for a connection; the giver hands one over and wakes it. */
struct waiter {
	struct waiter *next;
	struct cvp_conn *conn;
	pthread_cond_t woken;
};

struct cvp_db_pool {
	const struct cvp_config *config;
	const struct cvp_keys *keys;
	struct cvp_conn *conns;
	struct cvp_conn *idle; /* the one used last comes first: its backend is warm */
	struct waiter *first, **last;
	pthread_mutex_t lock;
	int64_t away_until; /* monotonic; under lock */
	struct cvp_submit_line *submits;
};

struct cvp_db_pool *
cvp_db_pool_new(const struct cvp_config *config, const struct cvp_keys *keys)
{
	struct cvp_db_pool *pool = cvp_xcalloc(1, sizeof(*pool));
	int64_t count = cvp_config_int(config, CVP_SET_DB_POOL);

	pool->config = config;
	pool->keys = keys;
	pool->conns = cvp_xcalloc((size_t)count, sizeof(*pool->conns));
	pool->last = &pool->first;
	pool->submits = cvp_submit_line_new();
	pthread_mutex_init(&pool->lock, NULL);
	for (int64_t i = 0; i < count; i++) {
		pool->conns[i].next_idle = pool->idle;
		pool->idle = &pool->conns[i];
	}
	return pool;
}

void
cvp_db_pool_free(struct cvp_db_pool *pool)
{
	if (pool == NULL)
		return;
	for (int64_t i = 0; i < cvp_config_int(pool->config, CVP_SET_DB_POOL); i++)
		PQfinish(pool->conns[i].pg);
	pthread_mutex_destroy(&pool->lock);
	cvp_submit_line_free(pool->submits);
	free(pool->conns);
	free(pool);
}

struct cvp_db *
cvp_db_new(struct cvp_db_pool *pool)
{
	struct cvp_db *db = cvp_xcalloc(1, sizeof(*db));

	db->pool = pool;
	db->codec = cvp_codec_new(pool->keys);
	return db;
}

void
cvp_db_free(struct cvp_db *db)
{
	if (db == NULL)
		return;
	if (db->conn != NULL)
		cvp_pool_give(db->pool, db->conn);
	cvp_codec_free(db->codec);
	free(db);
}

const struct cvp_keys *
cvp_db_keys(const struct cvp_ctx *ctx)
{
	return ctx->db->pool->keys;
}

struct cvp_codec *
cvp_db_codec(const struct cvp_ctx *ctx)
{
	return ctx->db->codec;
}

struct cvp_submit_line *
cvp_pool_submit_line(struct cvp_db_pool *pool)
{
	return pool->submits;
}

/* SQLSTATE to code, in one place. */
static enum cvp_code
code_of_sqlstate(const char *state)
{
	return strcmp(state, "23505") == 0 ? CVP_CONFLICT : CVP_DATABASE_ERROR;
}

enum cvp_code
cvp_pool_fail(struct cvp_ctx *ctx, PGconn *pg, const PGresult *result, const char *statement)
{
	const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *constraint = result != NULL ? PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME) : NULL;
	enum cvp_code code = code_of_sqlstate(state != NULL ? state : "");

	if (code == CVP_CONFLICT)
		return cvp_fail(ctx, code, "The row is there already.");
	cvp_log(ctx, cvp_code_level(code), "database_error", "s:s, s:s, s:s, s:b", "statement", statement, "sqlstate",
		state != NULL ? state : "connection lost", "constraint", constraint != NULL ? constraint : "",
		"connected", pg != NULL && PQstatus(pg) == CONNECTION_OK);
	code = cvp_fail(ctx, code, "The database is not available; try again shortly.");
	ctx->err.is_logged = true;
	return code;
}

static bool
set_up(const struct cvp_db_pool *pool, PGconn *pg)
{
	char timeout[32];
	const char *values[] = { cvp_config_text(pool->config, CVP_SET_DB_SCHEMA), timeout };
	PGresult *result;
	bool ok;

	snprintf(timeout, sizeof(timeout), "%llds",
		 (long long)cvp_config_int(pool->config, CVP_SET_DB_TIMEOUT_SECONDS));
	/* set_config and not SET, so that the schema's name is a value; the schema is quoted by the server */
	result = PQexecParams(
	    pg,
	    "SELECT set_config('search_path', quote_ident($1), false),"
	    " set_config('statement_timeout', $2, false),"
	    " set_config('client_min_messages', 'warning', false),"
	    /* all statements are written for their indexes: planning each anew costs more than it finds, and a plan
	     * made while a table was empty would go on scanning it when it is full */
	    " set_config('plan_cache_mode', 'force_generic_plan', false),"
	    " set_config('enable_seqscan', 'off', false), set_config('enable_bitmapscan', 'off', false),"
	    " set_config('jit', 'off', false)",
	    2, NULL, values, NULL, NULL, 0);
	ok = PQresultStatus(result) == PGRES_TUPLES_OK;
	PQclear(result);
	return ok;
}

static void
ignore_notice(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

PGconn *
cvp_pool_connect(struct cvp_ctx *ctx, const struct cvp_db_pool *pool)
{
	/* expand_dbname lets DATABASE_URL be a URL or a keyword string; what stands after it are our defaults */
	static const char *const names[] = { "connect_timeout",
					     "application_name",
					     "keepalives_idle",
					     "tcp_user_timeout",
					     "client_encoding",
					     "dbname",
					     NULL };
	const char *values[] = { CONNECT_SECONDS,
				 "careervp",
				 "30",
				 "10000",
				 "UTF8",
				 cvp_config_text(pool->config, CVP_SET_DATABASE_URL),
				 NULL };
	PGconn *pg = PQconnectdbParams(names, values, 1);

	PQsetNoticeReceiver(pg, ignore_notice, NULL);
	if (PQstatus(pg) == CONNECTION_OK && set_up(pool, pg))
		return pg;
	(void)cvp_pool_fail(ctx, pg, NULL, "connect");
	PQfinish(pg);
	return NULL;
}

/* Has the server closed this idle connection, or said anything unasked? It does so before it ends, and when its
 * settings were changed: a new connection is right then too. */
static bool
is_dead(struct cvp_conn *conn)
{
	struct pollfd fd = { .fd = PQsocket(conn->pg), .events = POLLIN };

	if (PQstatus(conn->pg) != CONNECTION_OK)
		return true;
	return poll(&fd, 1, 0) > 0;
}

static void
disconnect(struct cvp_conn *conn)
{
	PQfinish(conn->pg);
	conn->pg = NULL;
	memset(conn->prepared, 0, sizeof(conn->prepared));
}

static enum cvp_code
make_alive(struct cvp_ctx *ctx, struct cvp_db_pool *pool, struct cvp_conn *conn)
{
	bool is_away;

	if (conn->pg != NULL && is_dead(conn))
		disconnect(conn);
	if (conn->pg != NULL)
		return CVP_OK;
	pthread_mutex_lock(&pool->lock);
	is_away = cvp_monotonic() < pool->away_until;
	pthread_mutex_unlock(&pool->lock);
	if (is_away)
		return cvp_fail(ctx, CVP_DATABASE_ERROR, "The database is not available; try again shortly.");
	conn->pg = cvp_pool_connect(ctx, pool);
	if (conn->pg != NULL)
		return CVP_OK;
	pthread_mutex_lock(&pool->lock);
	pool->away_until = cvp_monotonic() + AWAY_MICROS;
	pthread_mutex_unlock(&pool->lock);
	return ctx->err.code;
}

/* Takes our place in the queue out again, after the wait ran out; under lock. */
static void
leave_queue(struct cvp_db_pool *pool, struct waiter *self)
{
	struct waiter **at = &pool->first;

	while (*at != self)
		at = &(*at)->next;
	*at = self->next;
	if (pool->last == &self->next)
		pool->last = at;
}

/* Waits in line until a connection is handed over; NULL when the time is up. Under lock. */
static struct cvp_conn *
wait_in_line(struct cvp_db_pool *pool)
{
	struct waiter self = { 0 };
	pthread_condattr_t attr;
	struct timespec until;
	int waited = 0;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&self.woken, &attr);
	pthread_condattr_destroy(&attr);
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += cvp_config_int(pool->config, CVP_SET_DB_TIMEOUT_SECONDS);
	*pool->last = &self;
	pool->last = &self.next;
	while (self.conn == NULL && waited != ETIMEDOUT)
		waited = pthread_cond_timedwait(&self.woken, &pool->lock, &until);
	if (self.conn == NULL)
		leave_queue(pool, &self);
	pthread_cond_destroy(&self.woken);
	return self.conn;
}

enum cvp_code
cvp_pool_take(struct cvp_ctx *ctx, struct cvp_db_pool *pool, struct cvp_conn **conn)
{
	struct cvp_conn *taken;
	enum cvp_code code;

	pthread_mutex_lock(&pool->lock);
	taken = pool->idle;
	if (taken != NULL)
		pool->idle = taken->next_idle;
	else
		taken = wait_in_line(pool);
	pthread_mutex_unlock(&pool->lock);
	if (taken == NULL)
		return cvp_fail(ctx, CVP_DATABASE_ERROR, "The database is too busy; try again shortly.");
	code = make_alive(ctx, pool, taken);
	if (code == CVP_OK)
		*conn = taken;
	else
		cvp_pool_give(pool, taken);
	return code;
}

void
cvp_pool_give(struct cvp_db_pool *pool, struct cvp_conn *conn)
{
	struct waiter *next;

	/* a transaction left open, or a result never read: the next user must not inherit it */
	if (conn->pg != NULL && PQtransactionStatus(conn->pg) != PQTRANS_IDLE)
		disconnect(conn);
	pthread_mutex_lock(&pool->lock);
	next = pool->first;
	if (next != NULL) {
		pool->first = next->next;
		if (pool->first == NULL)
			pool->last = &pool->first;
		next->conn = conn;
		pthread_cond_signal(&next->woken);
	} else {
		conn->next_idle = pool->idle;
		pool->idle = conn;
	}
	pthread_mutex_unlock(&pool->lock);
}
