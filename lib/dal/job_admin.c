#include "dal/job_admin.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum { ADMIN_STATS = CVP_STATE_COUNT, ADMIN_ERRORS, ADMIN_REQUEUE };

/* The columns of all lists: what a state has not is null. */
static const char *const columns[] = { "job_id",   "user_id",   "kind",  "created_at", "attempts", "at",
				       "priority", "worker_id", "stage", "percent",    "code",     "error" };
enum { CREATED_AT = 3, ATTEMPTS = 4, AT = 5, PRIORITY = 6, PERCENT = 9 };

/* clang-format off */
#define FROM_QUEUE " FROM queue q JOIN jobs j ON j.user_id = q.user_id AND j.job_id = q.job_id"

static const struct cvp_stmt stmts[] = {
	[CVP_STATE_WAITING] = { "admin_waiting", 1,
		"SELECT q.job_id, q.user_id, q.kind, j.created_at, q.attempts, q.run_at, q.priority, NULL, NULL, NULL, NULL, NULL"
		FROM_QUEUE " WHERE q.lease_token IS NULL ORDER BY q.priority DESC, q.turn, q.run_at LIMIT $1" },
	[CVP_STATE_RUNNING] = { "admin_running", 1,
		"SELECT q.job_id, q.user_id, q.kind, j.created_at, q.attempts, q.lease_until, q.priority, q.worker_id, q.stage,"
		" q.percent, NULL, NULL" FROM_QUEUE " WHERE q.lease_token IS NOT NULL ORDER BY q.lease_until LIMIT $1" },
	[CVP_STATE_DEAD] = { "admin_dead", 1,
		"SELECT job_id, user_id, kind, created_at, attempts, dead_at, NULL::smallint, NULL, NULL, NULL, code, error FROM"
		" jobs WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT $1" },
	[ADMIN_STATS] = { "admin_stats", 1,
		"SELECT (SELECT count(*) FROM queue WHERE lease_token IS NULL),"
		" (SELECT count(*) FROM queue WHERE lease_token IS NULL AND run_at <= $1),"
		" (SELECT count(*) FROM queue WHERE lease_token IS NOT NULL),"
		" (SELECT count(*) FROM jobs WHERE dead_at IS NOT NULL),"
		" (SELECT (extract(epoch FROM $1::timestamptz - min(run_at)))::bigint FROM queue WHERE lease_token IS NULL AND"
		"  run_at <= $1)" },
	[ADMIN_ERRORS] = { "admin_errors", 1,
		"SELECT user_id, errors FROM jobs WHERE job_id = $1" },
	[ADMIN_REQUEUE] = { "admin_requeue", 2,
		"WITH job AS (UPDATE jobs SET status = 'PENDING', idem_live = true, attempts = 0, started_at = NULL,"
		"  completed_at = NULL, error = NULL, code = NULL, details = NULL, dead_at = NULL,"
		"  token_usage = token_usage - 'calls',"
		"  expires_at = $2::timestamptz + (expires_at - created_at), purge_at = $2::timestamptz + (expires_at - created_at)"
		"  WHERE job_id = $1 AND dead_at IS NOT NULL AND status = 'FAILED' RETURNING job_id, user_id, kind)"
		" INSERT INTO queue (job_id, user_id, kind, run_at) SELECT job_id, user_id, kind, $2 FROM job" },
};
/* clang-format on */

const struct cvp_stmts cvp_job_admin_stmts = { stmts, CVP_COUNT(stmts) };

static const char *const state_names[] = { "waiting", "running", "dead" };

const char *
cvp_job_state_name(enum cvp_job_state state)
{
	return state_names[state];
}

bool
cvp_job_state_named(const char *name, enum cvp_job_state *state)
{
	for (enum cvp_job_state i = 0; i < CVP_STATE_COUNT; i++)
		if (strcmp(name, state_names[i]) == 0) {
			*state = i;
			return true;
		}
	return false;
}

static json_t *
column_json(struct cvp_ctx *ctx, const struct cvp_row *row, int column)
{
	if (column == CREATED_AT || column == AT)
		return cvp_time_json(cvp_row_time(row, column));
	if (column == ATTEMPTS || column == PRIORITY || column == PERCENT)
		return json_integer(cvp_row_int(row, column));
	return json_string(cvp_row_text(ctx, row, column));
}

static enum cvp_code
decode_item(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_t *item = json_object();

	for (int i = 0; i < (int)CVP_COUNT(columns); i++)
		if (!cvp_row_is_null(row, i))
			json_object_set_new(item, columns[i], column_json(ctx, row, i));
	json_array_append_new(out, item);
	return CVP_OK;
}

enum cvp_code
cvp_job_admin_list(struct cvp_ctx *ctx, enum cvp_job_state state, int limit, json_t **jobs)
{
	return cvp_query_list(ctx, &stmts[state], CVP_WITH(cvp_int(limit)), decode_item, jobs);
}

static enum cvp_code
decode_stats(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_t *stats = json_pack("{s:I, s:I, s:I, s:I}", "waiting", (json_int_t)cvp_row_int(row, 0), "due",
				  (json_int_t)cvp_row_int(row, 1), "running", (json_int_t)cvp_row_int(row, 2), "dead",
				  (json_int_t)cvp_row_int(row, 3));

	if (!cvp_row_is_null(row, 4))
		json_object_set_new(stats, "oldest_seconds", json_integer(cvp_row_int(row, 4)));
	*(json_t **)out = cvp_own(ctx, stats);
	return CVP_OK;
}

enum cvp_code
cvp_job_admin_stats(struct cvp_ctx *ctx, json_t **stats)
{
	return cvp_db_query(ctx, &stmts[ADMIN_STATS], CVP_WITH(cvp_time(cvp_now(ctx))), decode_stats, stats, NULL);
}

struct sought_errors {
	const char *job_id;
	json_t *errors;
};

static enum cvp_code
decode_errors(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct sought_errors *sought = out;

	return cvp_row_body(ctx, row, 1, cvp_job_place(ctx, "errors", cvp_row_text(ctx, row, 0), sought->job_id),
			    &sought->errors);
}

enum cvp_code
cvp_job_admin_errors(struct cvp_ctx *ctx, const char *job_id, json_t **errors)
{
	struct sought_errors sought = { .job_id = job_id };
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[ADMIN_ERRORS], CVP_WITH(cvp_text(job_id)), decode_errors, &sought, &count);
	if (code == CVP_OK && count == 0)
		code = cvp_job_not_found(ctx);
	if (code == CVP_OK)
		*errors = sought.errors != NULL ? sought.errors : cvp_own(ctx, json_array());
	return code;
}

enum cvp_code
cvp_job_admin_requeue(struct cvp_ctx *ctx, const char *job_id)
{
	enum cvp_code code;
	size_t changed = 0;

	code = cvp_db_exec(ctx, &stmts[ADMIN_REQUEUE], CVP_WITH(cvp_text(job_id), cvp_time(cvp_now(ctx))), &changed);
	if (code == CVP_CONFLICT) {
		cvp_clear(ctx);
		return cvp_fail(ctx, CVP_CONFLICT, "A newer live job has the key of this one.");
	}
	return code == CVP_OK && changed == 0 ? cvp_fail(ctx, CVP_JOB_NOT_FOUND, "Dead letter not found.") : code;
}
