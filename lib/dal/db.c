#include "dal/db.h"

#include <arpa/inet.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "dal/pool.h"
#include "dal/statements.h"

#define PARAMS_MAX     32
#define POSTGRES_EPOCH INT64_C(946684800000000) /* 2000-01-01 in microseconds since 1970 */
#define JSONB_VERSION  1
#define SQL_BEGIN      "BEGIN"
#define SQL_COMMIT     "COMMIT"

struct cvp_row {
	const PGresult *result;
	int index;
};

struct cvp_param
cvp_text(const char *text)
{
	return (struct cvp_param){ .bytes = text, .length = text != NULL ? strlen(text) : 0 };
}

static struct cvp_param
scratch_only(void)
{
	return (struct cvp_param){ .length = 1 };
}

struct cvp_param
cvp_int(int64_t value)
{
	struct cvp_param param = scratch_only();

	snprintf(param.scratch, sizeof(param.scratch), "%lld", (long long)value);
	return param;
}

struct cvp_param
cvp_bool(bool value)
{
	return cvp_text(value ? "t" : "f");
}

struct cvp_param
cvp_time(int64_t at)
{
	struct cvp_param param = scratch_only();

	if (at == CVP_FOREVER)
		return cvp_text("infinity");
	cvp_time_format(at, param.scratch);
	return param;
}

struct cvp_param
cvp_bytes(const void *bytes, size_t length)
{
	return (struct cvp_param){ .bytes = bytes, .length = length, .is_binary = true };
}

struct cvp_param
cvp_body(const struct cvp_buf *sealed)
{
	return sealed->length > 0 ? cvp_bytes(sealed->data, sealed->length) : cvp_null();
}

struct cvp_param
cvp_null(void)
{
	return (struct cvp_param){ 0 };
}

/* The slot of a statement in the connection's set: where it is, or the free one where it belongs; NULL when full. */
static const struct cvp_stmt **
prepared_slot(struct cvp_conn *conn, const struct cvp_stmt *stmt)
{
	size_t start = ((uintptr_t)stmt / sizeof(*stmt)) % CVP_STMTS_MAX;

	for (size_t i = 0; i < CVP_STMTS_MAX; i++) {
		const struct cvp_stmt **slot = &conn->prepared[(start + i) % CVP_STMTS_MAX];

		if (*slot == stmt || *slot == NULL)
			return slot;
	}
	return NULL;
}

static enum cvp_code
prepare(struct cvp_ctx *ctx, struct cvp_conn *conn, const struct cvp_stmt *stmt)
{
	const struct cvp_stmt **slot = prepared_slot(conn, stmt);
	enum cvp_code code = CVP_OK;
	PGresult *result;

	if (slot == NULL)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "More statements than CVP_STMTS_MAX.");
	if (*slot == stmt)
		return CVP_OK;
	result = PQprepare(conn->pg, stmt->name, stmt->sql, 0, NULL);
	if (PQresultStatus(result) == PGRES_COMMAND_OK)
		*slot = stmt;
	else
		code = cvp_pool_fail(ctx, conn->pg, result, stmt->name);
	PQclear(result);
	return code;
}

static PGresult *
run(struct cvp_conn *conn, const struct cvp_stmt *stmt, const struct cvp_param *params)
{
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];

	for (int i = 0; i < stmt->params; i++) {
		bool is_null = params[i].bytes == NULL && params[i].scratch[0] == '\0';

		values[i] = is_null || params[i].bytes != NULL ? params[i].bytes : params[i].scratch;
		lengths[i] = (int)params[i].length;
		formats[i] = params[i].is_binary;
	}
	return PQexecPrepared(conn->pg, stmt->name, stmt->params, values, lengths, formats, 1);
}

static enum cvp_code
take(struct cvp_ctx *ctx, struct cvp_conn **conn)
{
	if (ctx->db == NULL)
		return cvp_fail(ctx, CVP_DATABASE_ERROR, "No database is in reach here.");
	if (ctx->db->conn != NULL) {
		*conn = ctx->db->conn;
		return CVP_OK;
	}
	return cvp_pool_take(ctx, ctx->db->pool, conn);
}

static void
give(struct cvp_ctx *ctx, struct cvp_conn *conn)
{
	if (conn != ctx->db->conn)
		cvp_pool_give(ctx->db->pool, conn);
}

/* Runs a statement and gives the connection back; *result is the caller's to clear. */
static enum cvp_code
execute(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params, PGresult **result)
{
	struct cvp_conn *conn;
	enum cvp_code code;

	code = take(ctx, &conn);
	if (code != CVP_OK)
		return code;
	code = prepare(ctx, conn, stmt);
	if (code == CVP_OK) {
		PGresult *got = run(conn, stmt, params);
		ExecStatusType status = PQresultStatus(got);

		if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
			*result = got;
		} else {
			code = cvp_pool_fail(ctx, conn->pg, got, stmt->name);
			PQclear(got);
		}
	}
	give(ctx, conn);
	return code;
}

enum cvp_code
cvp_db_prepare(struct cvp_ctx *ctx, const struct cvp_stmt *stmt)
{
	struct cvp_conn *conn;
	enum cvp_code code;

	code = take(ctx, &conn);
	if (code != CVP_OK)
		return code;
	code = prepare(ctx, conn, stmt);
	give(ctx, conn);
	return code;
}

static size_t
rows_of(PGresult *result)
{
	size_t changed = 0;

	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		return (size_t)PQntuples(result);
	for (const char *digit = PQcmdTuples(result); *digit != '\0'; digit++)
		changed = changed * 10 + (size_t)(*digit - '0');
	return changed;
}

enum cvp_code
cvp_db_exec(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params, size_t *affected)
{
	PGresult *result;
	enum cvp_code code;

	code = execute(ctx, stmt, params, &result);
	if (code != CVP_OK)
		return code;
	if (affected != NULL)
		*affected = rows_of(result);
	PQclear(result);
	return CVP_OK;
}

enum cvp_code
cvp_db_query(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params,
	     enum cvp_code (*decode)(struct cvp_ctx *ctx, const struct cvp_row *row, void *out), void *out,
	     size_t *count)
{
	struct cvp_row row = { 0 };
	PGresult *result;
	enum cvp_code code;

	code = execute(ctx, stmt, params, &result);
	if (code != CVP_OK)
		return code;
	row.result = result;
	for (; row.index < PQntuples(result) && code == CVP_OK; row.index++)
		code = decode(ctx, &row, out);
	if (count != NULL)
		*count = (size_t)PQntuples(result);
	PQclear(result);
	return code;
}

bool
cvp_row_is_null(const struct cvp_row *row, int column)
{
	return PQgetisnull(row->result, row->index, column) != 0;
}

const void *
cvp_row_bytes(const struct cvp_row *row, int column, size_t *length)
{
	*length = (size_t)PQgetlength(row->result, row->index, column);
	return PQgetvalue(row->result, row->index, column);
}

const char *
cvp_row_text(struct cvp_ctx *ctx, const struct cvp_row *row, int column)
{
	size_t length;
	const char *text = cvp_row_bytes(row, column, &length);

	return cvp_row_is_null(row, column) ? NULL : cvp_arena_strndup(ctx->arena, text, length);
}

/* int2, int4 and int8 come in network order and are told apart by their length. */
int64_t
cvp_row_int(const struct cvp_row *row, int column)
{
	size_t length;
	const unsigned char *bytes = cvp_row_bytes(row, column, &length);
	int64_t value;

	if (cvp_row_is_null(row, column) || length == 0)
		return 0;
	value = (bytes[0] & 0x80) != 0 ? -1 : 0;
	for (size_t i = 0; i < length; i++)
		value = (int64_t)((uint64_t)value << 8 | bytes[i]);
	return value;
}

bool
cvp_row_bool(const struct cvp_row *row, int column)
{
	return cvp_row_int(row, column) != 0;
}

int64_t
cvp_row_time(const struct cvp_row *row, int column)
{
	int64_t at = cvp_row_int(row, column);

	if (cvp_row_is_null(row, column))
		return 0;
	return at == INT64_MAX ? CVP_FOREVER : at + POSTGRES_EPOCH;
}

json_t *
cvp_row_json(struct cvp_ctx *ctx, const struct cvp_row *row, int column)
{
	size_t length;
	const char *bytes = cvp_row_bytes(row, column, &length);

	if (cvp_row_is_null(row, column) || length < 1 || bytes[0] != JSONB_VERSION)
		return NULL;
	return cvp_own(ctx, json_loadb(bytes + 1, length - 1, JSON_DECODE_ANY, NULL));
}

static enum cvp_code
command(struct cvp_ctx *ctx, const char *sql)
{
	PGresult *result = PQexec(ctx->db->conn->pg, sql);
	enum cvp_code code = CVP_OK;

	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		code = cvp_pool_fail(ctx, ctx->db->conn->pg, result, sql);
	/* a COMMIT of a failed transaction answers ROLLBACK and no error */
	else if (strcmp(sql, SQL_COMMIT) == 0 && strcmp(PQcmdStatus(result), SQL_COMMIT) != 0)
		code = cvp_pool_fail(ctx, ctx->db->conn->pg, NULL, sql);
	PQclear(result);
	return code;
}

static void
release(struct cvp_ctx *ctx)
{
	cvp_pool_give(ctx->db->pool, ctx->db->conn);
	ctx->db->conn = NULL;
}

enum cvp_code
cvp_db_begin(struct cvp_ctx *ctx)
{
	struct cvp_conn *conn;
	enum cvp_code code;

	code = take(ctx, &conn);
	if (code != CVP_OK)
		return code;
	ctx->db->conn = conn;
	code = command(ctx, SQL_BEGIN);
	if (code != CVP_OK)
		release(ctx);
	return code;
}

enum cvp_code
cvp_db_commit(struct cvp_ctx *ctx)
{
	enum cvp_code code = command(ctx, SQL_COMMIT);

	release(ctx);
	return code;
}

void
cvp_db_rollback(struct cvp_ctx *ctx)
{
	if (ctx->db == NULL || ctx->db->conn == NULL)
		return;
	if (PQstatus(ctx->db->conn->pg) == CONNECTION_OK)
		PQclear(PQexec(ctx->db->conn->pg, "ROLLBACK"));
	release(ctx);
}

enum cvp_code
cvp_db_savepoint(struct cvp_ctx *ctx)
{
	return command(ctx, "SAVEPOINT careervp");
}

enum cvp_code
cvp_db_savepoint_release(struct cvp_ctx *ctx)
{
	return command(ctx, "RELEASE SAVEPOINT careervp");
}

enum cvp_code
cvp_db_savepoint_undo(struct cvp_ctx *ctx)
{
	return command(ctx, "ROLLBACK TO SAVEPOINT careervp");
}

static enum cvp_code
ignore_row(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	(void)row;
	(void)out;
	return CVP_OK;
}

enum cvp_code
cvp_db_health(struct cvp_ctx *ctx)
{
	static const struct cvp_stmt health = { "health", 0, "SELECT 1" };

	return cvp_db_query(ctx, &health, CVP_WITHOUT, ignore_row, NULL, NULL);
}
