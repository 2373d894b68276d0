#include "dal/queue.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/array.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "dal/statements.h"

#define EXHAUSTED_MAX 100
#define END_SECONDS   "30" /* lease under which an exhausted job is ended */

enum {
	QUEUE_CLAIM,
	QUEUE_CLAIM_WITHIN,
	QUEUE_LOCK,
	QUEUE_REMOVE,
	QUEUE_RETURN,
	QUEUE_RECOVER,
	QUEUE_EXHAUSTED,
	QUEUE_CANCEL,
	QUEUE_NEXT
};

#define JOB_COLUMNS                                                                                                    \
	"c.job_id, c.user_id, c.lease_token, c.attempts, c.started_at, c.kind, j.application_id, j.created_at,"        \
	" j.expires_at, j.extra, j.input_data, j.errors, j.token_usage"

/* clang-format off */

/* by the rows' places, locked just before: no plan can do with them but go there */
#define CLAIM(limit) \
	"WITH c AS (UPDATE queue SET lease_token = nextval('lease_tokens'), lease_until = $2, worker_id = $3," \
	"  attempts = attempts + 1, started_at = coalesce(started_at, $1), stage = 'loading', percent = 5" \
	"  WHERE ctid = ANY (ARRAY(SELECT ctid FROM queue WHERE lease_token IS NULL AND run_at <= $1" \
	"   ORDER BY priority DESC, turn, run_at LIMIT " limit " FOR UPDATE SKIP LOCKED)) RETURNING *)" \
	" SELECT " JOB_COLUMNS " FROM c JOIN jobs j ON " CVP_BY_INDEX("j.user_id", "c.user_id") " AND " \
	CVP_BY_INDEX("j.job_id", "c.job_id") " ORDER BY c.priority DESC, c.turn, c.run_at"

static const struct cvp_stmt stmts[] = {
	[QUEUE_CLAIM] = { "queue_claim", 4, CLAIM("$4") },
	[QUEUE_CLAIM_WITHIN] = { "queue_claim_within", 5,
		CLAIM("least($4::bigint, greatest($5::bigint - (SELECT count(*) FROM queue WHERE lease_token IS NOT NULL), 0))") },
	[QUEUE_LOCK] = { "queue_lock", 0,
		"SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 3))" },
	/* coalesce: a plain comparison would let a plan read the index of all leases instead */
	[QUEUE_REMOVE] = { "queue_remove", 2,
		"DELETE FROM queue q USING unnest($1::text[], $2::text[]::bigint[]) WITH ORDINALITY AS g(job_id, token, place)"
		" WHERE " CVP_BY_INDEX("q.job_id", "g.job_id") " AND coalesce(q.lease_token, 0) = g.token RETURNING g.place - 1" },
	[QUEUE_RETURN] = { "queue_return", 4,
		"UPDATE queue SET lease_token = NULL, lease_until = NULL, worker_id = NULL, run_at = $3, stage ="
		" 'queued', percent = 0, attempts = attempts - CASE WHEN $4::boolean THEN 1 ELSE 0 END WHERE job_id ="
		" $1 AND lease_token = $2" },
	[QUEUE_RECOVER] = { "queue_recover", 4,
		"UPDATE queue SET lease_token = NULL, lease_until = NULL, worker_id = NULL, stage = 'queued', percent"
		" = 0, run_at = CASE WHEN worker_id = $2 THEN $1::timestamptz ELSE $1::timestamptz +"
		" make_interval(secs => $3::float8 * 4 ^ (attempts - 1)) END WHERE job_id = ANY (ARRAY(SELECT job_id"
		" FROM queue WHERE lease_token IS NOT NULL AND attempts < $4 AND (lease_until <= $1 OR worker_id ="
		" $2) FOR UPDATE SKIP LOCKED))" },
	[QUEUE_EXHAUSTED] = { "queue_exhausted", 4,
		"WITH lost AS (SELECT job_id FROM queue WHERE lease_token IS NOT NULL AND attempts >= $3 AND"
		" (lease_until <= $1 OR worker_id = $2) LIMIT $4 FOR UPDATE SKIP LOCKED), c AS (UPDATE queue q SET"
		" lease_token = nextval('lease_tokens'), worker_id = '', lease_until = $1::timestamptz + interval '"
		END_SECONDS " s' FROM lost WHERE q.job_id = lost.job_id RETURNING q.*) SELECT " JOB_COLUMNS " FROM c"
		" JOIN jobs j USING (user_id, job_id)" },
	[QUEUE_CANCEL] = { "queue_cancel", 1,
		"DELETE FROM queue WHERE job_id = $1" },
	[QUEUE_NEXT] = { "queue_next", 1,
		"SELECT (extract(epoch FROM min(run_at) - $1::timestamptz) * 1000000)::bigint FROM queue WHERE"
		" lease_token IS NULL AND run_at > $1" },
};

static const struct {
	const char *name;
	int percent;
} stages[] = {
	[CVP_STAGE_QUEUED] = { "queued", 0 },        [CVP_STAGE_LOADING] = { "loading", 5 },
	[CVP_STAGE_ANALYSING] = { "analysing", 15 }, [CVP_STAGE_GENERATING] = { "generating", 20 },
	[CVP_STAGE_VERIFYING] = { "verifying", 85 }, [CVP_STAGE_STORING] = { "storing", 95 },
	[CVP_STAGE_DONE] = { "done", 100 },
};
/* clang-format on */

const struct cvp_stmts cvp_queue_stmts = { stmts, CVP_COUNT(stmts) };

const char *
cvp_stage_name(enum cvp_stage stage)
{
	return stages[stage].name;
}

int
cvp_stage_percent(enum cvp_stage stage)
{
	return stages[stage].percent;
}

struct leases {
	struct cvp_lease *rows;
	size_t count;
};

/* A body that does not open must not stop the others: NULL; its job is ended by whoever finds no input. */
static json_t *
open_body(struct cvp_ctx *ctx, const struct cvp_row *row, int column, const char *name, const struct cvp_job *job)
{
	json_t *body = NULL;

	if (cvp_row_body(ctx, row, column, cvp_job_place(ctx, name, job->user_id, job->job_id), &body) == CVP_OK)
		return body;
	cvp_clear(ctx);
	return NULL;
}

static enum cvp_code
decode_lease(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct leases *leases = out;
	struct cvp_lease *lease = &leases->rows[leases->count++];
	struct cvp_job *job = &lease->job;

	*lease = (struct cvp_lease){ .token = cvp_row_int(row, 2) };
	job->job_id = cvp_row_text(ctx, row, 0);
	job->user_id = cvp_row_text(ctx, row, 1);
	job->attempts = (int)cvp_row_int(row, 3);
	job->started_at = cvp_row_time(row, 4);
	job->kind = cvp_row_text(ctx, row, 5);
	job->application_id = cvp_row_text(ctx, row, 6);
	job->created_at = cvp_row_time(row, 7);
	job->expires_at = cvp_row_time(row, 8);
	job->extra = cvp_row_json(ctx, row, 9);
	job->token_usage = cvp_row_json(ctx, row, 12);
	job->status = CVP_JOB_PROCESSING;
	lease->input = open_body(ctx, row, 10, "input_data", job);
	lease->errors = open_body(ctx, row, 11, "errors", job);
	return CVP_OK;
}

static enum cvp_code
query_leases(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params, int limit,
	     struct cvp_lease **rows, size_t *count)
{
	struct leases leases = { .rows = cvp_arena_alloc(ctx->arena, (size_t)limit * sizeof(*leases.rows)) };
	enum cvp_code code;

	code = cvp_db_query(ctx, stmt, params, decode_lease, &leases, NULL);
	if (code != CVP_OK)
		return code;
	*rows = leases.rows;
	*count = leases.count;
	return CVP_OK;
}

enum cvp_code
cvp_queue_claim(struct cvp_ctx *ctx, const char *worker_id, int64_t lease_seconds, int limit, struct cvp_lease **leases,
		size_t *count)
{
	int64_t now = cvp_now(ctx);

	return query_leases(
	    ctx, &stmts[QUEUE_CLAIM],
	    CVP_WITH(cvp_time(now), cvp_time(now + lease_seconds * CVP_SECOND), cvp_text(worker_id), cvp_int(limit)),
	    limit, leases, count);
}

enum cvp_code
cvp_queue_claim_within(struct cvp_ctx *ctx, const char *worker_id, int64_t lease_seconds, int limit, int most,
		       struct cvp_lease **leases, size_t *count)
{
	int64_t now = cvp_now(ctx);
	enum cvp_code code;

	/* a statement of its own: the count must be of after the lock */
	code = cvp_db_exec(ctx, &stmts[QUEUE_LOCK], CVP_WITHOUT, NULL);
	if (code != CVP_OK)
		return code;
	return query_leases(ctx, &stmts[QUEUE_CLAIM_WITHIN],
			    CVP_WITH(cvp_time(now), cvp_time(now + lease_seconds * CVP_SECOND), cvp_text(worker_id),
				     cvp_int(limit), cvp_int(most)),
			    limit, leases, count);
}

static enum cvp_code
exec_held(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params, bool *is_held)
{
	enum cvp_code code;
	size_t changed;

	code = cvp_db_exec(ctx, stmt, params, &changed);
	if (code == CVP_OK)
		*is_held = changed > 0;
	return code;
}

/* A row of the answer: the place in the batch of a lease that was still held. */
static enum cvp_code
note_held(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	((bool *)out)[cvp_row_int(row, 0)] = true;
	return CVP_OK;
}

enum cvp_code
cvp_queue_remove_all(struct cvp_ctx *ctx, const struct cvp_lease *const *leases, size_t count, bool *is_held)
{
	struct cvp_array job_ids, tokens;
	enum cvp_code code;

	memset(is_held, 0, count * sizeof(*is_held));
	cvp_array_begin(&job_ids, CVP_TYPE_TEXT, count);
	cvp_array_begin(&tokens, CVP_TYPE_TEXT, count);
	for (size_t i = 0; i < count; i++) {
		cvp_array_add_text(&job_ids, leases[i]->job.job_id);
		cvp_array_add_int(&tokens, leases[i]->token);
	}
	code = cvp_db_query(ctx, &stmts[QUEUE_REMOVE], CVP_WITH(cvp_array_param(&job_ids), cvp_array_param(&tokens)),
			    note_held, is_held, NULL);
	cvp_array_free(&job_ids);
	cvp_array_free(&tokens);
	return code;
}

enum cvp_code
cvp_queue_remove(struct cvp_ctx *ctx, const struct cvp_lease *lease, bool *is_held)
{
	return cvp_queue_remove_all(ctx, &lease, 1, is_held);
}

enum cvp_code
cvp_queue_return(struct cvp_ctx *ctx, const struct cvp_lease *lease, int64_t run_at, bool is_untouched, bool *is_held)
{
	return exec_held(
	    ctx, &stmts[QUEUE_RETURN],
	    CVP_WITH(cvp_text(lease->job.job_id), cvp_int(lease->token), cvp_time(run_at), cvp_bool(is_untouched)),
	    is_held);
}

enum cvp_code
cvp_queue_recover(struct cvp_ctx *ctx, const char *worker_id, int64_t backoff_seconds, size_t *freed,
		  struct cvp_lease **exhausted, size_t *exhausted_count)
{
	enum cvp_code code;

	code = cvp_db_exec(
	    ctx, &stmts[QUEUE_RECOVER],
	    CVP_WITH(cvp_time(cvp_now(ctx)), cvp_text(worker_id), cvp_int(backoff_seconds), cvp_int(CVP_JOB_ATTEMPTS)),
	    freed);
	if (code != CVP_OK)
		return code;
	return query_leases(
	    ctx, &stmts[QUEUE_EXHAUSTED],
	    CVP_WITH(cvp_time(cvp_now(ctx)), cvp_text(worker_id), cvp_int(CVP_JOB_ATTEMPTS), cvp_int(EXHAUSTED_MAX)),
	    EXHAUSTED_MAX, exhausted, exhausted_count);
}

enum cvp_code
cvp_queue_cancel(struct cvp_ctx *ctx, const char *job_id, bool *was_queued)
{
	return exec_held(ctx, &stmts[QUEUE_CANCEL], CVP_WITH(cvp_text(job_id)), was_queued);
}

static enum cvp_code
decode_wait(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	*(int64_t *)out = cvp_row_is_null(row, 0) ? -1 : cvp_row_int(row, 0);
	return CVP_OK;
}

enum cvp_code
cvp_queue_next_due(struct cvp_ctx *ctx, int64_t *wait)
{
	return cvp_db_query(ctx, &stmts[QUEUE_NEXT], CVP_WITH(cvp_time(cvp_now(ctx))), decode_wait, wait, NULL);
}
