#include "dal/job_record.h"

#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/id.h"
#include "core/log.h"
#include "dal/array.h"
#include "dal/db.h"
#include "dal/job_field.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum { RECORD_CREATE, RECORD_GET, RECORD_GET_BY_KEY, RECORD_OWNER, RECORD_UPDATE };

/* Parameters of the two statements that write: these, the fields from $7 on, the percent; of an update also which
 * fields are given. */
enum {
	JOB_ID,
	NOW,
	OWNER,
	DIGEST,
	LEASE_UNTIL,
	EXTRA,
	FIRST_FIELD,
	PERCENT = FIRST_FIELD + CVP_JOB_FIELDS,
	NAMES,
	PARAMS
};

/* Columns of a row as read: these, then the fields, then the percent. */
enum {
	ROW_JOB_ID,
	ROW_USER_ID,
	ROW_CREATED_AT,
	ROW_EXTRA,
	ROW_FIRST_FIELD,
	ROW_PERCENT = ROW_FIRST_FIELD + CVP_JOB_FIELDS
};

/* clang-format off */
#define SELECT_RECORD \
	"SELECT j.job_id, j.user_id, j.created_at, j.extra," \
	" CASE WHEN j.status <> 'PENDING' THEN j.status WHEN q.lease_token IS NOT NULL THEN 'PROCESSING' ELSE 'PENDING' END," \
	" j.idempotency_key, j.kind, j.application_id, coalesce(j.started_at, q.started_at), j.completed_at, j.expires_at," \
	" j.input_data, j.result_key, j.error, j.code, j.details, j.errors, j.token_usage, j.vpr_version, j.word_count," \
	" coalesce(q.attempts, j.attempts), q.stage, q.percent FROM jobs j LEFT JOIN queue q ON q.job_id = j.job_id"
#define IS_SEEN "(j.expires_at > $2 OR q.job_id IS NOT NULL)"
#define IS_GIVEN(name) "'" name "' = ANY ($26::text[])"
#define IS_FINAL(status) status " IN ('COMPLETED', 'FAILED')"
#define SET(column, name, value) column " = CASE WHEN " IS_GIVEN(name) " THEN " value " ELSE " column " END"

static const struct cvp_stmt stmts[] = {
	[RECORD_CREATE] = { "record_create", NAMES,
		"WITH job AS (INSERT INTO jobs (job_id, user_id, created_at, input_digest, extra, status, idempotency_key,"
		"  idem_live, kind, application_id, started_at, completed_at, expires_at, purge_at, input_data, result_key,"
		"  error, code, details, errors, token_usage, vpr_version, word_count, attempts)"
		" SELECT $1, $3, $2, $4, $6, CASE WHEN " IS_FINAL("$7") " THEN $7 ELSE 'PENDING' END, $8, $7 <> 'FAILED', $9,"
		"  $10, $11, $12, $13, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, coalesce($23::integer, 0)"
		" RETURNING job_id)"
		" INSERT INTO queue (job_id, user_id, kind, run_at, started_at, attempts, lease_token, lease_until, worker_id,"
		"  stage, percent) SELECT $1, $3, $9, $2, $11, coalesce($23::integer, 0), CASE WHEN $7 = 'PROCESSING' THEN"
		"  nextval('lease_tokens') END, CASE WHEN $7 = 'PROCESSING' THEN $5::timestamptz END, CASE WHEN $7 ="
		"  'PROCESSING' THEN '' END, coalesce($24, 'queued'), coalesce($25::integer, 0) FROM job"
		" WHERE NOT " IS_FINAL("$7") },
	[RECORD_GET] = { "record_get", 2,
		SELECT_RECORD " WHERE j.job_id = $1 AND " IS_SEEN },
	[RECORD_GET_BY_KEY] = { "record_get_by_key", 2,
		SELECT_RECORD " WHERE j.idempotency_key = $1 AND j.idem_live AND " IS_SEEN " ORDER BY j.created_at DESC LIMIT 1" },
	[RECORD_OWNER] = { "record_owner", 2,
		"SELECT j.user_id FROM jobs j LEFT JOIN queue q ON q.job_id = j.job_id WHERE j.job_id = $1 AND " IS_SEEN },
	[RECORD_UPDATE] = { "record_update", PARAMS,
		"WITH job AS (UPDATE jobs SET " SET("status", "status", "CASE WHEN " IS_FINAL("$7") " THEN $7 ELSE status END") ","
		" idem_live = CASE WHEN " IS_GIVEN("status") " AND $7 = 'FAILED' THEN false ELSE idem_live END, "
		SET("idempotency_key", "idempotency_key", "$8") ", " SET("kind", "kind", "$9") ", "
		SET("application_id", "application_id", "$10") ", " SET("started_at", "started_at", "$11") ", "
		SET("completed_at", "completed_at", "$12") ", " SET("expires_at", "ttl", "$13") ", "
		SET("purge_at", "ttl", "CASE WHEN dead_at IS NULL THEN $13 ELSE greatest(purge_at, $13) END") ", "
		SET("input_data", "input_data", "$14") ", " SET("input_digest", "input_data", "$4") ", "
		SET("result_key", "result_key", "$15") ", " SET("error", "error", "$16") ", " SET("code", "code", "$17") ", "
		SET("details", "details", "$18") ", " SET("errors", "errors", "$19") ", "
		SET("token_usage", "token_usage", "$20") ", " SET("vpr_version", "vpr_version", "$21") ", "
		SET("word_count", "word_count", "$22") ", " SET("attempts", "attempts", "coalesce($23::integer, 0)") ","
		" extra = extra || $6 WHERE user_id = $3 AND job_id = $1 AND NOT (" IS_FINAL("status") " AND " IS_GIVEN("status")
		" AND $7 <> status) RETURNING job_id),"
		" left_queue AS (DELETE FROM queue WHERE job_id IN (SELECT job_id FROM job) AND " IS_GIVEN("status")
		"  AND " IS_FINAL("$7") "),"
		" held AS (UPDATE queue SET"
		"  lease_token = CASE WHEN NOT " IS_GIVEN("status") " THEN lease_token WHEN $7 = 'PROCESSING' THEN"
		"   coalesce(lease_token, nextval('lease_tokens')) END,"
		"  lease_until = CASE WHEN NOT " IS_GIVEN("status") " THEN lease_until WHEN $7 = 'PROCESSING' THEN"
		"   $5::timestamptz END,"
		"  run_at = CASE WHEN " IS_GIVEN("status") " AND $7 = 'PENDING' THEN $2 ELSE run_at END,"
		"  worker_id = CASE WHEN NOT " IS_GIVEN("status") " THEN worker_id WHEN $7 = 'PROCESSING' THEN"
		"   coalesce(worker_id, '') END, " SET("started_at", "started_at", "$11") ", " SET("kind", "kind", "$9") ", "
		SET("attempts", "attempts", "coalesce($23::integer, 0)") ", "
		SET("stage", "progress", "coalesce($24, 'queued')") ", " SET("percent", "progress", "coalesce($25::integer, 0)")
		"  WHERE job_id IN (SELECT job_id FROM job) AND NOT (" IS_GIVEN("status") " AND " IS_FINAL("$7") "))"
		" SELECT FROM job" },
};
/* clang-format on */

const struct cvp_stmts cvp_job_record_stmts = { stmts, CVP_COUNT(stmts) };

/* ---- reading ---- */

static json_t *
text_json(struct cvp_ctx *ctx, const struct cvp_row *row, int column)
{
	return json_string(cvp_row_text(ctx, row, column));
}

/* The value of a field's column; NULL where it is not set. A new reference. */
static enum cvp_code
decode_field(struct cvp_ctx *ctx, const struct cvp_row *row, enum cvp_job_field_id id, const char *key, json_t **value)
{
	int column = ROW_FIRST_FIELD + (int)id;
	json_t *borrowed = NULL;

	*value = NULL;
	if (cvp_row_is_null(row, column))
		return CVP_OK;
	switch (cvp_job_fields[id].type) {
	case CVP_FIELD_TEXT:
		*value = text_json(ctx, row, column);
		break;
	case CVP_FIELD_TIME:
		*value = cvp_time_json(cvp_row_time(row, column));
		break;
	case CVP_FIELD_EPOCH:
		*value = json_integer(cvp_row_time(row, column) / CVP_SECOND);
		break;
	case CVP_FIELD_INT:
		*value = json_integer(cvp_row_int(row, column));
		break;
	case CVP_FIELD_JSON:
		*value = json_incref(cvp_row_json(ctx, row, column));
		break;
	case CVP_FIELD_SEALED:
		if (cvp_row_body(ctx, row, column, (struct cvp_place){ "jobs", cvp_job_fields[id].name, key },
				 &borrowed) != CVP_OK)
			return ctx->err.code;
		*value = json_incref(borrowed);
		break;
	case CVP_FIELD_PROGRESS:
		*value = json_pack("{s:o, s:I}", "stage", text_json(ctx, row, column), "percent",
				   (json_int_t)cvp_row_int(row, ROW_PERCENT));
		break;
	}
	return CVP_OK;
}

static enum cvp_code
decode_record(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_t *record = cvp_own(ctx, json_object()), *value;
	const char *user_id = cvp_row_text(ctx, row, ROW_USER_ID), *job_id = cvp_row_text(ctx, row, ROW_JOB_ID);
	const char *key = cvp_job_place(ctx, "", user_id, job_id).key;

	json_object_update(record, cvp_row_json(ctx, row, ROW_EXTRA));
	json_object_set_new(record, "job_id", json_string(job_id));
	json_object_set_new(record, "user_id", json_string(user_id));
	json_object_set_new(record, "created_at", cvp_time_json(cvp_row_time(row, ROW_CREATED_AT)));
	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS; id++) {
		if (decode_field(ctx, row, id, key, &value) != CVP_OK)
			return ctx->err.code;
		if (value != NULL)
			json_object_set_new(record, cvp_job_fields[id].name, value);
	}
	*(json_t **)out = record;
	return CVP_OK;
}

static enum cvp_code
read_record(struct cvp_ctx *ctx, int which, const char *name, int64_t now, json_t **row)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[which], CVP_WITH(cvp_text(name), cvp_time(now)), decode_record, row, &count);
	return code == CVP_OK && count == 0 ? cvp_job_not_found(ctx) : code;
}

enum cvp_code
cvp_job_get(struct cvp_ctx *ctx, const char *job_id, json_t **row)
{
	return read_record(ctx, RECORD_GET, job_id, cvp_now(ctx), row);
}

enum cvp_code
cvp_job_get_by_key(struct cvp_ctx *ctx, const char *key, json_t **row)
{
	return read_record(ctx, RECORD_GET_BY_KEY, key, cvp_now(ctx), row);
}

/* ---- writing ---- */

static enum cvp_code
check_required(struct cvp_ctx *ctx, const json_t *data)
{
	static const char *const names[] = { "job_id", "status", "created_at", "idempotency_key" };

	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		const json_t *value = json_object_get(data, names[i]);

		if (value == NULL || json_is_null(value) || (json_is_string(value) && json_string_length(value) == 0))
			return cvp_fail(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "Missing required field: %s",
					names[i]);
	}
	if (!cvp_is_clean_text(json_object_get(data, "job_id")))
		return cvp_job_field_fail(ctx, "job_id", "a text without U+0000");
	return CVP_OK;
}

/* What a statement is given, and what it borrows until it has run. */
struct write {
	const char *user_id, *job_id;
	int64_t created_at; /* of an update: now */
	struct cvp_param params[PARAMS];
	struct cvp_array names;
	struct cvp_buf sealed[CVP_JOB_FIELDS];
	unsigned char digest[CVP_SHA256_BYTES];
};

static struct cvp_param
time_param(const json_t *value)
{
	int64_t at = 0;

	(void)cvp_time_parse(json_string_value(value), &at);
	return cvp_time(at);
}

static enum cvp_code
field_param(struct cvp_ctx *ctx, struct write *write, enum cvp_job_field_id id, const json_t *value)
{
	struct cvp_param *param = &write->params[FIRST_FIELD + id];

	switch (cvp_job_fields[id].type) {
	case CVP_FIELD_TEXT:
		*param = cvp_text(json_string_value(value));
		break;
	case CVP_FIELD_TIME:
		*param = time_param(value);
		break;
	case CVP_FIELD_EPOCH:
		*param = cvp_time(json_integer_value(value) * CVP_SECOND);
		break;
	case CVP_FIELD_INT:
		*param = cvp_int(json_integer_value(value));
		break;
	case CVP_FIELD_JSON:
		*param = cvp_jsonb(ctx, value);
		break;
	case CVP_FIELD_SEALED:
		if (cvp_seal_json(ctx, cvp_db_codec(ctx),
				  cvp_job_place(ctx, cvp_job_fields[id].name, write->user_id, write->job_id), value,
				  &write->sealed[id]) != CVP_OK)
			return ctx->err.code;
		*param = cvp_body(&write->sealed[id]);
		break;
	case CVP_FIELD_PROGRESS:
		*param = cvp_text(json_string_value(json_object_get(value, "stage")));
		write->params[PERCENT] = cvp_int(json_integer_value(json_object_get(value, "percent")));
		break;
	}
	return CVP_OK;
}

/* What no field is called, and what `extra` holds of that kind. */
static enum cvp_code
extra_param(struct cvp_ctx *ctx, struct write *write, const json_t *given)
{
	json_t *extra = cvp_own(ctx, json_object()), *value;
	const json_t *nested = json_object_get(given, "extra");
	const char *name;

	if (nested != NULL && !json_is_null(nested) && !json_is_object(nested))
		return cvp_job_field_fail(ctx, "extra", "an object");
	json_object_foreach ((json_t *)nested, name, value)
		if (!cvp_is_job_field(name))
			json_object_set(extra, name, value);
	json_object_foreach ((json_t *)given, name, value)
		if (!cvp_is_job_field(name) && strcmp(name, "extra") != 0)
			json_object_set(extra, name, value);
	if (cvp_holds_nul(extra))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "A text must not hold U+0000.");
	write->params[EXTRA] = cvp_jsonb(ctx, extra);
	return CVP_OK;
}

/* Equal inputs have equal digests, whatever the order of their members. */
static void
digest_input(const json_t *given, unsigned char digest[CVP_SHA256_BYTES])
{
	char *text = json_dumps(json_object_get(given, "input_data"), JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

	cvp_sha256(text, text != NULL ? strlen(text) : 0, digest);
	free(text);
}

static size_t
count_given(const json_t *given)
{
	size_t count = 0;

	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS; id++)
		count += json_object_get(given, cvp_job_fields[id].name) != NULL;
	return count;
}

static enum cvp_code
fill_params(struct cvp_ctx *ctx, struct write *write, const json_t *given)
{
	int64_t lease = cvp_config_int(ctx->config, CVP_SET_JOB_LEASE_SECONDS) * CVP_SECOND;
	enum cvp_code code;

	for (int i = 0; i < PARAMS; i++)
		write->params[i] = cvp_null();
	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS; id++)
		cvp_buf_init(&write->sealed[id], CVP_BODY_MAX);
	cvp_array_begin(&write->names, CVP_TYPE_TEXT, count_given(given));
	code = extra_param(ctx, write, given);
	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS && code == CVP_OK; id++) {
		const json_t *value = json_object_get(given, cvp_job_fields[id].name);

		if (value == NULL)
			continue;
		cvp_array_add_text(&write->names, cvp_job_fields[id].name);
		if (!json_is_null(value))
			code = field_param(ctx, write, id, value);
	}
	digest_input(given, write->digest);
	write->params[JOB_ID] = cvp_text(write->job_id);
	write->params[OWNER] = cvp_text(write->user_id);
	write->params[NOW] = cvp_time(write->created_at);
	write->params[NAMES] = cvp_array_param(&write->names);
	write->params[DIGEST] = cvp_bytes(write->digest, sizeof(write->digest));
	write->params[LEASE_UNTIL] = cvp_time(cvp_now(ctx) + lease);
	return code;
}

static void
free_params(struct write *write)
{
	cvp_array_free(&write->names);
	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS; id++)
		cvp_buf_free(&write->sealed[id]);
}

static enum cvp_code
run_write(struct cvp_ctx *ctx, int which, struct write *write, const json_t *given, size_t *changed)
{
	enum cvp_code code;

	code = fill_params(ctx, write, given);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[which], write->params, changed);
	free_params(write);
	return code;
}

/* The fields a new job has where the caller names none. A ttl that is over before it begins is no ttl. */
static json_t *
with_defaults(struct cvp_ctx *ctx, const json_t *data, int64_t created_at)
{
	json_t *full = cvp_own(ctx, json_copy((json_t *)data));
	const json_t *ttl = json_object_get(data, "ttl");
	int64_t seconds = cvp_config_int(ctx->config, CVP_SET_JOB_TTL_SECONDS);

	if (json_integer_value(ttl) * CVP_SECOND <= created_at) {
		if (json_is_integer(ttl))
			cvp_log(ctx, CVP_LOG_WARNING, "ttl_ignored", NULL);
		json_object_set_new(full, "ttl", json_integer(created_at / CVP_SECOND + seconds));
	}
	if (json_object_get(full, "kind") == NULL)
		json_object_set_new(full, "kind", json_string("vpr"));
	if (json_object_get(full, "input_data") == NULL)
		json_object_set_new(full, "input_data", json_object());
	return full;
}

/* Says which of the two is taken; the row of a key's holder is given. */
static enum cvp_code
tell_conflict(struct cvp_ctx *ctx, const json_t *data, json_t **row)
{
	json_t *holder = NULL;
	enum cvp_code code;

	cvp_clear(ctx);
	code = cvp_job_get_by_key(ctx, json_string_value(json_object_get(data, "idempotency_key")), &holder);
	if (code != CVP_OK && code != CVP_JOB_NOT_FOUND)
		return code;
	cvp_clear(ctx);
	if (holder == NULL || json_equal(json_object_get(holder, "job_id"), json_object_get(data, "job_id")))
		return cvp_fail(ctx, CVP_CONFLICT, "The job_id is in use.");
	*row = holder;
	return cvp_fail(ctx, CVP_CONFLICT, "A live job has this idempotency_key.");
}

enum cvp_code
cvp_job_create(struct cvp_ctx *ctx, const json_t *data, json_t **row)
{
	const json_t *owner = json_object_get(data, "user_id"), *created = json_object_get(data, "created_at");
	struct write write = { 0 };
	enum cvp_code code;

	code = check_required(ctx, data);
	if (code == CVP_OK)
		code = cvp_job_fields_check(ctx, data);
	if (code != CVP_OK)
		return code;
	if (!cvp_is_clean_text(created) || !cvp_time_parse(json_string_value(created), &write.created_at))
		return cvp_job_field_fail(ctx, "created_at", "an RFC 3339 time");
	if (owner != NULL && !json_is_null(owner) && !cvp_is_clean_text(owner))
		return cvp_job_field_fail(ctx, "user_id", "a text without U+0000");
	write.job_id = json_string_value(json_object_get(data, "job_id"));
	write.user_id = json_is_string(owner) ? json_string_value(owner) : "system";
	code = run_write(ctx, RECORD_CREATE, &write, with_defaults(ctx, data, write.created_at), NULL);
	if (code == CVP_CONFLICT)
		return tell_conflict(ctx, data, row);
	return code == CVP_OK ? read_record(ctx, RECORD_GET, write.job_id, write.created_at, row) : code;
}

static enum cvp_code
refuse_fixed(struct cvp_ctx *ctx, const json_t *updates)
{
	for (size_t i = 0; i < CVP_JOB_FIXED; i++)
		if (json_object_get(updates, cvp_job_fixed[i]) != NULL)
			return cvp_job_field_fail(ctx, cvp_job_fixed[i], "left out; it cannot be changed");
	return CVP_OK;
}

static enum cvp_code
find_owner(struct cvp_ctx *ctx, const char *job_id, const char **user_id)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[RECORD_OWNER], CVP_WITH(cvp_text(job_id), cvp_time(cvp_now(ctx))),
			    cvp_decode_text, user_id, &count);
	return code == CVP_OK && count == 0 ? cvp_job_not_found(ctx) : code;
}

enum cvp_code
cvp_job_update(struct cvp_ctx *ctx, const char *job_id, const json_t *updates, json_t **row)
{
	struct write write = { .job_id = job_id, .created_at = cvp_now(ctx) };
	enum cvp_code code;
	size_t changed = 0;

	code = cvp_job_fields_check(ctx, updates);
	if (code == CVP_OK)
		code = refuse_fixed(ctx, updates);
	if (code == CVP_OK)
		code = find_owner(ctx, job_id, &write.user_id);
	if (code == CVP_OK && json_object_size(updates) > 0) {
		code = run_write(ctx, RECORD_UPDATE, &write, updates, &changed);
		if (code == CVP_OK && changed == 0)
			code = cvp_fail(ctx, CVP_CONFLICT, "The job has ended; its status is final.");
	}
	return code == CVP_OK ? cvp_job_get(ctx, job_id, row) : code;
}

enum cvp_code
cvp_job_update_status(struct cvp_ctx *ctx, const char *job_id, const char *status, const json_t *extras, json_t **row)
{
	json_t *updates = cvp_own(ctx, extras != NULL ? json_copy((json_t *)extras) : json_object());

	json_object_set_new(updates, "status", json_string(status));
	return cvp_job_update(ctx, job_id, updates, row);
}
