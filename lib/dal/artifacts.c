#include "dal/artifacts.h"

#include "core/ctx.h"
#include "dal/artifact_row.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum {
	ARTIFACT_LOCK,
	ARTIFACT_NEXT,
	ARTIFACT_INSERT,
	ARTIFACT_GET,
	ARTIFACT_LIST,
	ARTIFACT_DELETE,
	ARTIFACT_KEEP,
	RESULT_PUT,
	RESULT_GET
};

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[ARTIFACT_LOCK] = { "artifact_lock", 3,
		"SELECT pg_advisory_xact_lock(hashtextextended($1 || '#' || $2 || '#' || $3, 2))" },
	[ARTIFACT_NEXT] = { "artifact_next", 4,
		"SELECT coalesce(max(version), 0) + 1, greatest($4::timestamptz, max(created_at) + interval '1"
		" microsecond') FROM artifacts WHERE owner = $1 AND kind = $2 AND subject = $3" },
	[ARTIFACT_INSERT] = { "artifact_insert", 13,
		"INSERT INTO artifacts (owner, kind, subject, version, created_at, expires_at, checksum,"
		" content_sha256, body, metadata, token_usage, verified, job_id) VALUES ($1, $2, $3, $4, $5, $6, $7,"
		" $8, $9, coalesce($10, '{}'::jsonb), $11, $12, $13)" },
	[ARTIFACT_GET] = { "artifact_get", 5,
		"SELECT " CVP_ARTIFACT_COLUMNS " FROM artifacts WHERE owner = $1 AND kind = $2 AND subject = $3 AND ($4"
		" = 0 OR version = $4) AND expires_at > $5 ORDER BY version DESC LIMIT 1" },
	[ARTIFACT_LIST] = { "artifact_list", 4,
		"SELECT version, created_at, expires_at, checksum, verified, metadata, job_id FROM artifacts WHERE"
		" owner = $1 AND kind = $2 AND subject = $3 AND expires_at > $4 ORDER BY version DESC LIMIT 1000" },
	[ARTIFACT_DELETE] = { "artifact_delete", 4,
		"DELETE FROM artifacts WHERE owner = $1 AND kind = $2 AND subject = $3 AND version = $4" },
	[ARTIFACT_KEEP] = { "artifact_keep", 6,
		"UPDATE artifacts SET expires_at = $5 WHERE owner = $1 AND kind = $2 AND subject = $3 AND version = $4 AND"
		" expires_at > $6" },
	[RESULT_PUT] = { "result_put", 6,
		"INSERT INTO results (user_id, result_key, job_id, body, checksum, expires_at) VALUES ($1, $2, $3,"
		" $4, $5, $6) ON CONFLICT (user_id, result_key) DO UPDATE SET job_id = excluded.job_id, body ="
		" excluded.body, checksum = excluded.checksum, expires_at = excluded.expires_at" },
	[RESULT_GET] = { "result_get", 2,
		"SELECT user_id, result_key, job_id, body, checksum, expires_at FROM results WHERE job_id = $1 AND"
		" expires_at > $2" },
};
/* clang-format on */

const struct cvp_stmts cvp_artifacts_stmts = { stmts, CVP_COUNT(stmts) };

static struct cvp_place
artifact_place(struct cvp_ctx *ctx, struct cvp_artifact_key key)
{
	return (struct cvp_place){ "artifacts", "body",
				   cvp_arena_printf(ctx->arena, "%s#%s#%s#%d", key.owner, key.kind, key.subject,
						    key.version) };
}

static struct cvp_place
result_place(struct cvp_ctx *ctx, const char *user_id, const char *result_key)
{
	return (struct cvp_place){ "results", "body", cvp_arena_printf(ctx->arena, "%s#%s", user_id, result_key) };
}

struct next {
	int version;
	int64_t at;
};

static enum cvp_code
decode_next(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	*(struct next *)out = (struct next){ (int)cvp_row_int(row, 0), cvp_row_time(row, 1) };
	return CVP_OK;
}

enum cvp_code
cvp_artifact_next(struct cvp_ctx *ctx, struct cvp_artifact_key *key, int64_t *at)
{
	const struct cvp_param *which = CVP_WITH(cvp_text(key->owner), cvp_text(key->kind), cvp_text(key->subject),
						 cvp_time(*at));
	struct next next;
	enum cvp_code code;

	code = cvp_db_exec(ctx, &stmts[ARTIFACT_LOCK], which, NULL);
	if (code == CVP_OK)
		code = cvp_db_query(ctx, &stmts[ARTIFACT_NEXT], which, decode_next, &next, NULL);
	if (code == CVP_OK) {
		key->version = next.version;
		*at = next.at;
	}
	return code;
}

enum cvp_code
cvp_artifact_insert(struct cvp_ctx *ctx, const struct cvp_artifact *artifact)
{
	const struct cvp_artifact_key *key = &artifact->key;
	struct cvp_buf sealed = CVP_BUF(CVP_BODY_MAX);
	enum cvp_code code;

	code = cvp_seal_json(ctx, cvp_db_codec(ctx), artifact_place(ctx, *key), artifact->body, &sealed);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[ARTIFACT_INSERT],
				   CVP_WITH(cvp_text(key->owner), cvp_text(key->kind), cvp_text(key->subject),
					    cvp_int(key->version), cvp_time(artifact->created_at),
					    cvp_time(artifact->expires_at), cvp_text(artifact->checksum),
					    cvp_text(artifact->content_sha256), cvp_body(&sealed),
					    cvp_jsonb(ctx, artifact->metadata), cvp_jsonb(ctx, artifact->token_usage),
					    cvp_bool(artifact->is_verified), cvp_text(artifact->job_id)),
				   NULL);
	cvp_buf_free(&sealed);
	return code;
}

enum cvp_code
cvp_artifact_decode(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct cvp_artifact got = {
		.key = { cvp_row_text(ctx, row, 0), cvp_row_text(ctx, row, 1), cvp_row_text(ctx, row, 2),
			 (int)cvp_row_int(row, 3) },
		.created_at = cvp_row_time(row, 4),
		.expires_at = cvp_row_time(row, 5),
		.checksum = cvp_row_text(ctx, row, 6),
		.content_sha256 = cvp_row_text(ctx, row, 7),
		.metadata = cvp_row_json(ctx, row, 9),
		.token_usage = cvp_row_json(ctx, row, 10),
		.is_verified = cvp_row_bool(row, 11),
		.job_id = cvp_row_text(ctx, row, 12),
	};
	enum cvp_code code;

	code = cvp_row_body(ctx, row, 8, artifact_place(ctx, got.key), &got.body);
	if (code == CVP_OK)
		*(struct cvp_artifact *)out = got;
	return code;
}

enum cvp_code
cvp_artifact_get(struct cvp_ctx *ctx, struct cvp_artifact_key key, struct cvp_artifact *artifact)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[ARTIFACT_GET],
			    CVP_WITH(cvp_text(key.owner), cvp_text(key.kind), cvp_text(key.subject),
				     cvp_int(key.version), cvp_time(cvp_now(ctx))),
			    cvp_artifact_decode, artifact, &count);
	if (code == CVP_OK && count == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "Artifact not found.");
	return code;
}

static enum cvp_code
decode_listed(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_array_append_new(out, json_pack("{s:i, s:b, s:o, s:o*, s:s, s:b, s:O*, s:s*}", "version",
					     (int)cvp_row_int(row, 0), "pinned", cvp_row_time(row, 2) == CVP_FOREVER,
					     "created_at", cvp_time_json(cvp_row_time(row, 1)), "expires_at",
					     cvp_time_json(cvp_row_time(row, 2)), "checksum", cvp_row_text(ctx, row, 3),
					     "verified", cvp_row_bool(row, 4), "metadata", cvp_row_json(ctx, row, 5),
					     "job_id", cvp_row_text(ctx, row, 6)));
	return CVP_OK;
}

enum cvp_code
cvp_artifact_list(struct cvp_ctx *ctx, struct cvp_artifact_key key, json_t **artifacts)
{
	return cvp_query_list(
	    ctx, &stmts[ARTIFACT_LIST],
	    CVP_WITH(cvp_text(key.owner), cvp_text(key.kind), cvp_text(key.subject), cvp_time(cvp_now(ctx))),
	    decode_listed, artifacts);
}

enum cvp_code
cvp_artifact_delete(struct cvp_ctx *ctx, struct cvp_artifact_key key)
{
	enum cvp_code code;
	size_t deleted;

	code = cvp_db_exec(
	    ctx, &stmts[ARTIFACT_DELETE],
	    CVP_WITH(cvp_text(key.owner), cvp_text(key.kind), cvp_text(key.subject), cvp_int(key.version)), &deleted);
	if (code == CVP_OK && deleted == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "Artifact not found.");
	return code;
}

enum cvp_code
cvp_artifact_keep(struct cvp_ctx *ctx, struct cvp_artifact_key key, int64_t expires_at)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_exec(ctx, &stmts[ARTIFACT_KEEP],
			   CVP_WITH(cvp_text(key.owner), cvp_text(key.kind), cvp_text(key.subject),
				    cvp_int(key.version), cvp_time(expires_at), cvp_time(cvp_now(ctx))),
			   &count);
	if (code == CVP_OK && count == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "Artifact not found.");
	return code;
}

enum cvp_code
cvp_result_put(struct cvp_ctx *ctx, const struct cvp_result *result)
{
	struct cvp_buf sealed = CVP_BUF(CVP_BODY_MAX);
	enum cvp_code code;

	code = cvp_seal_json(ctx, cvp_db_codec(ctx), result_place(ctx, result->user_id, result->result_key),
			     result->body, &sealed);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[RESULT_PUT],
				   CVP_WITH(cvp_text(result->user_id), cvp_text(result->result_key),
					    cvp_text(result->job_id), cvp_body(&sealed), cvp_text(result->checksum),
					    cvp_time(result->expires_at)),
				   NULL);
	cvp_buf_free(&sealed);
	return code;
}

static enum cvp_code
decode_result(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct cvp_result got = {
		.user_id = cvp_row_text(ctx, row, 0),
		.result_key = cvp_row_text(ctx, row, 1),
		.job_id = cvp_row_text(ctx, row, 2),
		.checksum = cvp_row_text(ctx, row, 4),
		.expires_at = cvp_row_time(row, 5),
	};
	enum cvp_code code;

	code = cvp_row_body(ctx, row, 3, result_place(ctx, got.user_id, got.result_key), &got.body);
	if (code == CVP_OK)
		*(struct cvp_result *)out = got;
	return code;
}

enum cvp_code
cvp_result_get(struct cvp_ctx *ctx, const char *job_id, struct cvp_result *result)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[RESULT_GET], CVP_WITH(cvp_text(job_id), cvp_time(cvp_now(ctx))), decode_result,
			    result, &count);
	if (code == CVP_OK && count == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "Result not found.");
	return code;
}
