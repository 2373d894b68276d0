/* db.h - statements on Postgres: a pool of connections, one session per thread, prepared statements, transactions.
 *
 * A pool is shared by all threads of a program. A session (struct cvp_db, in ctx->db) belongs to one thread; it borrows
 * a connection for one statement, or from cvp_db_begin() to the end of the transaction, and is served in order of
 * asking. Connections are made when first needed and made anew after a loss, so a program starts and lives without a
 * database.
 *
 * Failures: DATABASE_ERROR where the database is away or refuses, CONFLICT for a unique violation. The cause (SQLSTATE,
 * statement name, never values) goes to the log, one line a failure. tests/unit/fake_db.c stands in for this file. */
#ifndef CVP_DAL_DB_H
#define CVP_DAL_DB_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/code.h"
#include "core/ctx.h"
#include "dal/seal.h"

#define CVP_FOREVER INT64_MAX /* Postgres' infinity, as a time */

struct cvp_db_pool;
struct cvp_keys;
struct cvp_row;

/* A statement: a unique name, the number of its parameters, its SQL. Static data. */
struct cvp_stmt {
	const char *name;
	int params;
	const char *sql;
};

/* A parameter. Texts and bytes are borrowed until the call returns. */
struct cvp_param {
	const char *bytes; /* NULL: SQL null; or it stands in scratch */
	size_t length;
	bool is_binary;
	char scratch[32];
};

struct cvp_param cvp_text(const char *text); /* NULL: null */
struct cvp_param cvp_int(int64_t value);
struct cvp_param cvp_bool(bool value);
struct cvp_param cvp_time(int64_t at); /* CVP_FOREVER: infinity */
struct cvp_param cvp_bytes(const void *bytes, size_t length);
struct cvp_param cvp_body(const struct cvp_buf *sealed); /* an empty buffer: null */
struct cvp_param cvp_null(void);

#define CVP_WITH(...)                                                                                                  \
	(const struct cvp_param[])                                                                                     \
	{                                                                                                              \
		__VA_ARGS__                                                                                            \
	}
#define CVP_WITHOUT NULL

/* The pool reads DATABASE_URL, DB_SCHEMA, DB_POOL, DB_TIMEOUT_SECONDS; it connects later. keys, config: borrowed. */
struct cvp_db_pool *cvp_db_pool_new(const struct cvp_config *config, const struct cvp_keys *keys);
void cvp_db_pool_free(struct cvp_db_pool *pool);

struct cvp_db *cvp_db_new(struct cvp_db_pool *pool);
void cvp_db_free(struct cvp_db *db);

/* The keys and the codec of the session. */
const struct cvp_keys *cvp_db_keys(const struct cvp_ctx *ctx);
struct cvp_codec *cvp_db_codec(const struct cvp_ctx *ctx);

/* Runs a statement. affected (may be NULL): rows it changed or gave. */
CVP_CHECKED enum cvp_code cvp_db_exec(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params,
				      size_t *affected);

/* Runs a statement and hands each row to decode, which copies what it wants to keep and may stop with a failure.
 * count (may be NULL): the rows there were. */
CVP_CHECKED enum cvp_code cvp_db_query(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params,
				       enum cvp_code (*decode)(struct cvp_ctx *ctx, const struct cvp_row *row,
							       void *out),
				       void *out, size_t *count);

/* The columns of a row, from 0. Texts and JSON are copied to the context; bytes are borrowed until decode returns. */
bool cvp_row_is_null(const struct cvp_row *row, int column);
const char *cvp_row_text(struct cvp_ctx *ctx, const struct cvp_row *row, int column); /* NULL: null */
int64_t cvp_row_int(const struct cvp_row *row, int column);                           /* null: 0 */
bool cvp_row_bool(const struct cvp_row *row, int column);
int64_t cvp_row_time(const struct cvp_row *row, int column); /* null: 0; infinity: CVP_FOREVER */
const void *cvp_row_bytes(const struct cvp_row *row, int column, size_t *length);
json_t *cvp_row_json(struct cvp_ctx *ctx, const struct cvp_row *row, int column); /* jsonb; NULL: null */

/* A transaction holds the session's connection. After a failed statement only cvp_db_rollback() is of use. */
CVP_CHECKED enum cvp_code cvp_db_begin(struct cvp_ctx *ctx);
CVP_CHECKED enum cvp_code cvp_db_commit(struct cvp_ctx *ctx);
void cvp_db_rollback(struct cvp_ctx *ctx); /* nothing where no transaction is open */

/* A savepoint within the transaction: what follows may fail without taking the transaction along. */
CVP_CHECKED enum cvp_code cvp_db_savepoint(struct cvp_ctx *ctx);
CVP_CHECKED enum cvp_code cvp_db_savepoint_release(struct cvp_ctx *ctx);
CVP_CHECKED enum cvp_code cvp_db_savepoint_undo(struct cvp_ctx *ctx);

/* CVP_OK where a connection answers within two seconds. */
CVP_CHECKED enum cvp_code cvp_db_health(struct cvp_ctx *ctx);

#endif
