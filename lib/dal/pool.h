/* pool.h - the connections behind db.h; only for lib/dal. */
#ifndef CVP_DAL_POOL_H
#define CVP_DAL_POOL_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "core/ctx.h"
#include "dal/db.h"
#include "dal/submit.h"

#define CVP_STMTS_MAX 256 /* distinct statements a connection may prepare; a power of two */

struct cvp_conn {
	PGconn *pg;                                     /* NULL: not connected */
	const struct cvp_stmt *prepared[CVP_STMTS_MAX]; /* hash set by address */
	struct cvp_conn *next_idle;
};

struct cvp_db {
	struct cvp_db_pool *pool;
	struct cvp_conn *conn; /* held between begin and end of a transaction */
	struct cvp_codec *codec;
};

/* A live connection, in order of asking; DATABASE_ERROR when none can be had in time. */
CVP_CHECKED enum cvp_code cvp_pool_take(struct cvp_ctx *ctx, struct cvp_db_pool *pool, struct cvp_conn **conn);

/* Gives it back; one that broke is closed and made anew by its next user. */
void cvp_pool_give(struct cvp_db_pool *pool, struct cvp_conn *conn);

/* A connection of one's own with the pool's settings (listening, migrations); NULL with the failure recorded. */
PGconn *cvp_pool_connect(struct cvp_ctx *ctx, const struct cvp_db_pool *pool);

/* Where the submits of the program stand in line. */
struct cvp_submit_line *cvp_pool_submit_line(struct cvp_db_pool *pool);

/* Records a failed statement: logs its cause, maps SQLSTATE. result may be NULL (connection lost). */
enum cvp_code cvp_pool_fail(struct cvp_ctx *ctx, PGconn *pg, const PGresult *result, const char *statement);

#endif
