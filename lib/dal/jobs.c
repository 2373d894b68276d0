#include "dal/jobs.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/array.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "dal/statements.h"
#include "dal/submit.h"

#define DEAD_LETTER_SECONDS "1209600" /* 14 days for the operator */

enum {
	JOB_HOLDER,
	JOB_FREE_KEY,
	JOB_GET,
	JOB_UNFINISHED,
	JOB_LIST,
	JOB_COMPLETE,
	JOB_FAIL,
	JOB_NOTE_ATTEMPT,
	JOB_FORGET_RESULT,
	JOB_FORGET
};

/* The parameters of job_complete that are lists; then the time. */
enum end_column {
	END_USER_ID,
	END_JOB_ID,
	END_STARTED_AT,
	END_ATTEMPTS,
	END_RESULT_KEY,
	END_VERSION,
	END_WORDS,
	END_IS_PERSISTED,
	END_TOKEN_USAGE,
	END_COLUMNS
};

/* One statement of columns for everything that reads jobs at a time $1; SPEC 5.1: PROCESSING and progress are the
 * queue's. */
/* clang-format off */
#define COLUMNS \
	"j.job_id, j.user_id, j.application_id, j.kind, j.status, j.created_at, coalesce(j.started_at, q.started_at)," \
	" j.completed_at, j.expires_at, j.result_key, j.error, j.code, j.details, j.token_usage, j.extra," \
	" coalesce(j.vpr_version, 0), coalesce(j.word_count, 0), coalesce(q.attempts, j.attempts)," \
	" q.lease_token IS NOT NULL, q.stage, coalesce(q.percent, 0)," \
	" EXISTS (SELECT FROM results r WHERE r.user_id = j.user_id AND r.result_key = j.result_key AND r.expires_at > $1)"
/* clang-format on */
#define COLUMN_COUNT 22
#define FROM_JOBS    " FROM jobs j LEFT JOIN queue q ON q.job_id = j.job_id"

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[JOB_HOLDER] = { "job_holder", 6,
		"SELECT " COLUMNS ", j.input_digest = " CVP_JOB_DIGEST("$6") ", q.job_id IS NULL AND least(j.expires_at,"
		" j.created_at + interval '1 day') <= $1" FROM_JOBS " LEFT JOIN job_cv($2, $4, $5) cv ON true WHERE"
		" j.user_id = $2 AND j.idempotency_key = $3 AND j.idem_live" },
	[JOB_FREE_KEY] = { "job_free_key", 2,
		"UPDATE jobs SET idem_live = false WHERE user_id = $1 AND job_id = $2 AND status <> 'PENDING'" },
	[JOB_GET] = { "job_get", 3,
		"SELECT " COLUMNS FROM_JOBS " WHERE j.job_id = $2 AND ($3::text IS NULL OR j.user_id = $3) AND"
		" (j.expires_at > $1 OR q.job_id IS NOT NULL)" },
	[JOB_UNFINISHED] = { "job_unfinished", 2,
		"SELECT j.user_id, j.application_id, j.kind, j.created_at, q.started_at, q.attempts, q.lease_token IS NOT NULL,"
		" q.stage, q.percent FROM queue q JOIN jobs j ON j.job_id = q.job_id WHERE q.job_id = $1 AND ($2::text IS NULL"
		" OR q.user_id = $2)" },
	[JOB_LIST] = { "job_list", 5,
		"SELECT " COLUMNS FROM_JOBS " WHERE j.user_id = $2 AND (j.created_at, j.job_id) < ($3, $4) AND"
		" (j.expires_at > $1 OR q.job_id IS NOT NULL) ORDER BY j.created_at DESC, j.job_id DESC LIMIT $5" },
	[JOB_COMPLETE] = { "job_complete", END_COLUMNS + 1,
		"UPDATE jobs j SET status = 'COMPLETED', completed_at = $10, started_at = g.started_at, attempts = g.attempts,"
		" result_key = g.result_key, vpr_version = nullif(g.version, 0), word_count = nullif(g.words, 0), error = NULL,"
		" code = NULL, token_usage = g.usage,"
		" extra = CASE WHEN g.is_persisted THEN extra ELSE extra || '{\"persisted\": false}' END"
		" FROM unnest($1::text[], $2::text[], $3::text[]::timestamptz[], $4::text[]::integer[], $5::text[],"
		"  $6::text[]::integer[], $7::text[]::integer[], $8::text[]::boolean[], $9::text[]::jsonb[])"
		"  AS g(user_id, job_id, started_at, attempts, result_key, version, words, is_persisted, usage)"
		" WHERE " CVP_BY_INDEX("j.user_id", "g.user_id") " AND " CVP_BY_INDEX("j.job_id", "g.job_id")
		" AND j.status = 'PENDING'" },
	[JOB_FAIL] = { "job_fail", 11,
		"UPDATE jobs SET status = 'FAILED', completed_at = $3, started_at = $4, attempts = $5, error = $6,"
		" code = $7, details = $8, errors = $10, token_usage = $11, idem_live = false, dead_at = CASE WHEN $9::boolean THEN $3::timestamptz"
		" END, purge_at = CASE WHEN $9::boolean THEN greatest(expires_at, $3::timestamptz + interval '"
		DEAD_LETTER_SECONDS " s') ELSE expires_at END WHERE user_id = $1 AND job_id = $2 AND status ="
		" 'PENDING'" },
	[JOB_NOTE_ATTEMPT] = { "job_note_attempt", 4,
		"UPDATE jobs SET errors = $3, token_usage = $4 WHERE user_id = $1 AND job_id = $2 AND status = 'PENDING'" },
	[JOB_FORGET_RESULT] = { "job_forget_result", 2,
		"DELETE FROM results WHERE user_id = $1 AND job_id = $2" },
	[JOB_FORGET] = { "job_forget", 2,
		"DELETE FROM jobs WHERE user_id = $1 AND job_id = $2 AND status <> 'PENDING'" },
};

/* What is over: swept in small batches so that no transaction is long. */
static const struct cvp_stmt sweeps[] = {
	{ "sweep_jobs", 2,
		"DELETE FROM jobs WHERE ctid = ANY (ARRAY(SELECT j.ctid FROM jobs j WHERE j.purge_at <= $1 AND NOT"
		" EXISTS (SELECT FROM queue q WHERE q.job_id = j.job_id) LIMIT $2))" },
	{ "sweep_results", 2,
		"DELETE FROM results WHERE ctid = ANY (ARRAY(SELECT ctid FROM results WHERE expires_at <= $1 LIMIT"
		" $2))" },
	{ "sweep_artifacts", 2,
		"DELETE FROM artifacts WHERE ctid = ANY (ARRAY(SELECT ctid FROM artifacts WHERE expires_at <= $1"
		" LIMIT $2))" },
	{ "sweep_gap_responses", 2,
		"DELETE FROM gap_responses WHERE ctid = ANY (ARRAY(SELECT ctid FROM gap_responses WHERE expires_at <= $1"
		" LIMIT $2))" },
	{ "sweep_sessions", 2,
		"DELETE FROM web_sessions WHERE ctid = ANY (ARRAY(SELECT ctid FROM web_sessions WHERE expires_at <="
		" $1 LIMIT $2))" },
	{ "sweep_tokens", 2,
		"DELETE FROM api_tokens WHERE ctid = ANY (ARRAY(SELECT ctid FROM api_tokens WHERE expires_at <= $1"
		" LIMIT $2))" },
	{ "sweep_rates", 2,
		"DELETE FROM rate_buckets WHERE ctid = ANY (ARRAY(SELECT ctid FROM rate_buckets WHERE at <="
		" $1::timestamptz - interval '1 hour' LIMIT $2))" },
	{ "sweep_spending", 2,
		"DELETE FROM spending WHERE ctid = ANY (ARRAY(SELECT ctid FROM spending WHERE day <= ($1::timestamptz AT TIME"
		" ZONE 'UTC')::date - 90 LIMIT $2))" },
};
/* clang-format on */

const struct cvp_stmts cvp_jobs_stmts = { stmts, CVP_COUNT(stmts) };
const struct cvp_stmts cvp_sweep_stmts = { sweeps, CVP_COUNT(sweeps) };

static const char *const status_names[] = { "PENDING", "PROCESSING", "COMPLETED", "FAILED" };

const char *
cvp_job_status_name(enum cvp_job_status status)
{
	return status_names[status];
}

static enum cvp_job_status
status_of(const char *name, bool is_leased)
{
	if (strcmp(name, status_names[CVP_JOB_COMPLETED]) == 0)
		return CVP_JOB_COMPLETED;
	if (strcmp(name, status_names[CVP_JOB_FAILED]) == 0)
		return CVP_JOB_FAILED;
	return is_leased ? CVP_JOB_PROCESSING : CVP_JOB_PENDING;
}

struct cvp_place
cvp_job_place(struct cvp_ctx *ctx, const char *column, const char *user_id, const char *job_id)
{
	return (struct cvp_place){ "jobs", column, cvp_arena_printf(ctx->arena, "%s#%s", user_id, job_id) };
}

static enum cvp_code
decode(struct cvp_ctx *ctx, const struct cvp_row *row, struct cvp_job *job)
{
	struct cvp_job got = {
		.job_id = cvp_row_text(ctx, row, 0),
		.user_id = cvp_row_text(ctx, row, 1),
		.application_id = cvp_row_text(ctx, row, 2),
		.kind = cvp_row_text(ctx, row, 3),
		.status = status_of(cvp_row_text(ctx, row, 4), cvp_row_bool(row, 18)),
		.created_at = cvp_row_time(row, 5),
		.started_at = cvp_row_time(row, 6),
		.completed_at = cvp_row_time(row, 7),
		.expires_at = cvp_row_time(row, 8),
		.result_key = cvp_row_text(ctx, row, 9),
		.error = cvp_row_text(ctx, row, 10),
		.code = cvp_row_text(ctx, row, 11),
		.token_usage = cvp_row_json(ctx, row, 13),
		.extra = cvp_row_json(ctx, row, 14),
		.vpr_version = (int)cvp_row_int(row, 15),
		.word_count = (int)cvp_row_int(row, 16),
		.attempts = (int)cvp_row_int(row, 17),
		.stage = cvp_row_text(ctx, row, 19),
		.percent = (int)cvp_row_int(row, 20),
		.has_result = cvp_row_bool(row, 21),
	};
	struct cvp_place place = cvp_job_place(ctx, "details", got.user_id, got.job_id);
	enum cvp_code code;

	code = cvp_row_body(ctx, row, 12, place, &got.details);
	if (code == CVP_OK)
		*job = got;
	return code;
}

static enum cvp_code
decode_one(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	return decode(ctx, row, out);
}

static enum cvp_code
decode_holder(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct cvp_job_holder *holder = out;

	holder->is_found = true;
	holder->is_same = cvp_row_bool(row, COLUMN_COUNT);
	holder->is_over = cvp_row_bool(row, COLUMN_COUNT + 1);
	return decode(ctx, row, &holder->job);
}

enum cvp_code
cvp_job_holder(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, struct cvp_job_holder *holder)
{
	*holder = (struct cvp_job_holder){ 0 };
	return cvp_db_query(ctx, &stmts[JOB_HOLDER],
			    CVP_WITH(cvp_time(draft->created_at), cvp_text(draft->user_id),
				     cvp_text(draft->idempotency_key), cvp_text(draft->application_id),
				     cvp_text(draft->cv_id), cvp_bytes(draft->digest, sizeof(draft->digest))),
			    decode_holder, holder, NULL);
}

enum cvp_code
cvp_job_free_key(struct cvp_ctx *ctx, const char *user_id, const char *job_id)
{
	return cvp_db_exec(ctx, &stmts[JOB_FREE_KEY], CVP_WITH(cvp_text(user_id), cvp_text(job_id)), NULL);
}

enum cvp_code
cvp_job_not_found(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_JOB_NOT_FOUND, "Job not found.");
}

static enum cvp_code
decode_unfinished(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	*(struct cvp_job *)out = (struct cvp_job){
		.user_id = cvp_row_text(ctx, row, 0),
		.application_id = cvp_row_text(ctx, row, 1),
		.kind = cvp_row_text(ctx, row, 2),
		.created_at = cvp_row_time(row, 3),
		.started_at = cvp_row_time(row, 4),
		.attempts = (int)cvp_row_int(row, 5),
		.status = cvp_row_bool(row, 6) ? CVP_JOB_PROCESSING : CVP_JOB_PENDING,
		.stage = cvp_row_text(ctx, row, 7),
		.percent = (int)cvp_row_int(row, 8),
	};
	return CVP_OK;
}

enum cvp_code
cvp_job_find(struct cvp_ctx *ctx, const char *user_id, const char *job_id, struct cvp_job *job)
{
	enum cvp_code code;
	size_t count;

	/* nearly all who ask wait for it to end: few columns, and the queue's row first */
	code = cvp_db_query(ctx, &stmts[JOB_UNFINISHED], CVP_WITH(cvp_text(job_id), cvp_text(user_id)),
			    decode_unfinished, job, &count);
	if (code == CVP_OK && count > 0)
		job->job_id = job_id;
	if (code != CVP_OK || count > 0)
		return code;
	code = cvp_db_query(ctx, &stmts[JOB_GET], CVP_WITH(cvp_time(cvp_now(ctx)), cvp_text(job_id), cvp_text(user_id)),
			    decode_one, job, &count);
	return code == CVP_OK && count == 0 ? cvp_job_not_found(ctx) : code;
}

struct list {
	struct cvp_job *rows;
	size_t count;
};

static enum cvp_code
decode_next(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct list *list = out;

	return decode(ctx, row, &list->rows[list->count++]);
}

enum cvp_code
cvp_job_list(struct cvp_ctx *ctx, const char *user_id, int64_t before, const char *before_id, int limit,
	     struct cvp_job **jobs, size_t *count)
{
	struct list list = { .rows = cvp_arena_alloc(ctx->arena, (size_t)limit * sizeof(*list.rows)) };
	enum cvp_code code;

	code = cvp_db_query(
	    ctx, &stmts[JOB_LIST],
	    CVP_WITH(cvp_time(cvp_now(ctx)), cvp_text(user_id), cvp_time(before), cvp_text(before_id), cvp_int(limit)),
	    decode_next, &list, NULL);
	if (code != CVP_OK)
		return code;
	*jobs = list.rows;
	*count = list.count;
	return CVP_OK;
}

static struct cvp_param
time_or_null(int64_t at)
{
	return at != 0 ? cvp_time(at) : cvp_null();
}

static void
add_end(struct cvp_ctx *ctx, struct cvp_array *columns, const struct cvp_job *job, const struct cvp_job_end *end)
{
	cvp_array_add_text(&columns[END_USER_ID], job->user_id);
	cvp_array_add_text(&columns[END_JOB_ID], job->job_id);
	cvp_array_add_time(&columns[END_STARTED_AT], job->started_at);
	cvp_array_add_int(&columns[END_ATTEMPTS], job->attempts);
	cvp_array_add_text(&columns[END_RESULT_KEY], end->result_key);
	cvp_array_add_int(&columns[END_VERSION], end->vpr_version);
	cvp_array_add_int(&columns[END_WORDS], end->word_count);
	cvp_array_add_bool(&columns[END_IS_PERSISTED], end->is_persisted);
	cvp_array_add_text(&columns[END_TOKEN_USAGE], cvp_jsonb(ctx, end->token_usage).bytes);
}

enum cvp_code
cvp_jobs_complete(struct cvp_ctx *ctx, const struct cvp_job *const *jobs, const struct cvp_job_end *ends, size_t count)
{
	struct cvp_array columns[END_COLUMNS];
	struct cvp_param params[END_COLUMNS + 1];
	enum cvp_code code;
	size_t changed;

	for (enum end_column i = 0; i < END_COLUMNS; i++)
		cvp_array_begin(&columns[i], CVP_TYPE_TEXT, count);
	for (size_t i = 0; i < count; i++)
		add_end(ctx, columns, jobs[i], &ends[i]);
	for (enum end_column i = 0; i < END_COLUMNS; i++)
		params[i] = cvp_array_param(&columns[i]);
	params[END_COLUMNS] = cvp_time(cvp_now(ctx));
	code = cvp_db_exec(ctx, &stmts[JOB_COMPLETE], params, &changed);
	for (enum end_column i = 0; i < END_COLUMNS; i++)
		cvp_array_free(&columns[i]);
	return code == CVP_OK && changed < count ? cvp_job_not_found(ctx) : code;
}

enum cvp_code
cvp_job_complete(struct cvp_ctx *ctx, const struct cvp_job *job, const struct cvp_job_end *end)
{
	return cvp_jobs_complete(ctx, &job, end, 1);
}

/* Seals a value of the job into a buffer; nothing where there is none. */
static enum cvp_code
seal_part(struct cvp_ctx *ctx, const struct cvp_job *job, const char *column, const json_t *value,
	  struct cvp_buf *sealed)
{
	if (value == NULL)
		return CVP_OK;
	return cvp_seal_json(ctx, cvp_db_codec(ctx), cvp_job_place(ctx, column, job->user_id, job->job_id), value,
			     sealed);
}

static enum cvp_code
write_failure(struct cvp_ctx *ctx, const struct cvp_job *job, const struct cvp_job_failure *failure,
	      const struct cvp_buf *details, const struct cvp_buf *errors)
{
	enum cvp_code code;
	size_t changed;

	code = cvp_db_exec(ctx, &stmts[JOB_FAIL],
			   CVP_WITH(cvp_text(job->user_id), cvp_text(job->job_id), cvp_time(cvp_now(ctx)),
				    time_or_null(job->started_at), cvp_int(job->attempts), cvp_text(failure->message),
				    cvp_text(cvp_code_name(failure->code)), cvp_body(details),
				    cvp_bool(failure->is_dead), cvp_body(errors), cvp_jsonb(ctx, failure->token_usage)),
			   &changed);
	return code == CVP_OK && changed == 0 ? cvp_job_not_found(ctx) : code;
}

enum cvp_code
cvp_job_fail(struct cvp_ctx *ctx, const struct cvp_job *job, const struct cvp_job_failure *failure)
{
	struct cvp_buf details = CVP_BUF(CVP_BODY_MAX), errors = CVP_BUF(CVP_BODY_MAX);
	enum cvp_code code;

	code = seal_part(ctx, job, "details", failure->details, &details);
	if (code == CVP_OK)
		code = seal_part(ctx, job, "errors", failure->errors, &errors);
	if (code == CVP_OK)
		code = write_failure(ctx, job, failure, &details, &errors);
	cvp_buf_free(&details);
	cvp_buf_free(&errors);
	return code;
}

enum cvp_code
cvp_job_note_attempt(struct cvp_ctx *ctx, const struct cvp_job *job, const json_t *errors, const json_t *token_usage)
{
	struct cvp_buf sealed = CVP_BUF(CVP_BODY_MAX);
	enum cvp_code code;

	code = seal_part(ctx, job, "errors", errors, &sealed);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[JOB_NOTE_ATTEMPT],
				   CVP_WITH(cvp_text(job->user_id), cvp_text(job->job_id), cvp_body(&sealed),
					    cvp_jsonb(ctx, token_usage)),
				   NULL);
	cvp_buf_free(&sealed);
	return code;
}

enum cvp_code
cvp_job_forget(struct cvp_ctx *ctx, const char *user_id, const char *job_id)
{
	const struct cvp_param *which = CVP_WITH(cvp_text(user_id), cvp_text(job_id));
	enum cvp_code code;
	size_t deleted = 0;

	code = cvp_db_exec(ctx, &stmts[JOB_FORGET_RESULT], which, NULL);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[JOB_FORGET], which, &deleted);
	if (code == CVP_OK && deleted == 0)
		code = cvp_fail(ctx, CVP_CONFLICT, "The job is still running.");
	return code;
}

enum cvp_code
cvp_sweep(struct cvp_ctx *ctx, int limit, size_t *removed)
{
	enum cvp_code code = CVP_OK;
	size_t total = 0;

	for (size_t i = 0; i < CVP_COUNT(sweeps) && code == CVP_OK; i++) {
		size_t count = 0;

		code = cvp_db_exec(ctx, &sweeps[i], CVP_WITH(cvp_time(cvp_now(ctx)), cvp_int(limit)), &count);
		total += count;
	}
	if (code == CVP_OK)
		*removed = total;
	return code;
}
