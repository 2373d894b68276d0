#include "dal/cvs.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum {
	CV_LOCK_USER,
	CV_INSERT,
	VERSION_INSERT,
	CV_BUMP,
	CV_GET,
	CV_PRIMARY,
	CV_LIST,
	CV_VERSIONS,
	CV_UNSET_PRIMARY,
	CV_SET_PRIMARY,
	CV_DELETE,
	APPLICATIONS_UNSET,
	VERSIONS_DELETE,
	CV_PROMOTE
};

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	/* one change of a user's set of CVs at a time, so that exactly one stays primary */
	[CV_LOCK_USER] = { "cv_lock_user", 1,
		"SELECT pg_advisory_xact_lock(hashtextextended($1, 1))" },
	[CV_INSERT] = { "cv_insert", 4,
		"INSERT INTO cvs (user_id, cv_id, head_version, is_primary, language, created_at, updated_at) VALUES"
		" ($1, $2, 1, NOT EXISTS (SELECT FROM cvs WHERE user_id = $1 AND is_primary), $3, $4, $4) RETURNING"
		" is_primary" },
	[VERSION_INSERT] = { "cv_version_insert", 9,
		"INSERT INTO cv_versions (user_id, cv_id, version, body, original, original_type, checksum,"
		" content_sha256, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" },
	[CV_BUMP] = { "cv_bump", 5,
		"UPDATE cvs SET head_version = head_version + 1, language = $3, updated_at = $4 WHERE user_id = $1"
		" AND cv_id = $2 AND ($5 = 0 OR head_version = $5) RETURNING head_version" },
	[CV_GET] = { "cv_get", 3,
		"SELECT c.cv_id, c.language, v.version, c.head_version, c.is_primary, c.created_at, v.created_at,"
		" v.body, v.checksum, v.content_sha256, c.user_id FROM cvs c JOIN cv_versions v USING (user_id,"
		" cv_id) WHERE c.user_id = $1 AND c.cv_id = $2 AND v.version = CASE WHEN $3 = 0 THEN c.head_version"
		" ELSE $3 END" },
	[CV_PRIMARY] = { "cv_primary", 1,
		"SELECT cv_id FROM cvs WHERE user_id = $1 AND is_primary" },
	[CV_LIST] = { "cv_list", 1,
		"SELECT c.cv_id, c.head_version, c.is_primary, c.language, c.created_at, c.updated_at, v.body,"
		" c.user_id FROM cvs c JOIN cv_versions v ON v.user_id = c.user_id AND v.cv_id = c.cv_id AND"
		" v.version = c.head_version WHERE c.user_id = $1 ORDER BY c.updated_at DESC, c.cv_id LIMIT 1000" },
	[CV_VERSIONS] = { "cv_versions", 2,
		"SELECT version, created_at, checksum FROM cv_versions WHERE user_id = $1 AND cv_id = $2 ORDER BY"
		" version DESC" },
	[CV_UNSET_PRIMARY] = { "cv_unset_primary", 1,
		"UPDATE cvs SET is_primary = false WHERE user_id = $1 AND is_primary" },
	[CV_SET_PRIMARY] = { "cv_set_primary", 2,
		"UPDATE cvs SET is_primary = true WHERE user_id = $1 AND cv_id = $2" },
	[CV_DELETE] = { "cv_delete", 2,
		"DELETE FROM cvs WHERE user_id = $1 AND cv_id = $2" },
	[APPLICATIONS_UNSET] = { "cv_applications_unset", 2,
		"UPDATE applications SET cv_id = NULL WHERE user_id = $1 AND cv_id = $2" },
	[VERSIONS_DELETE] = { "cv_versions_delete", 2,
		"DELETE FROM cv_versions WHERE user_id = $1 AND cv_id = $2" },
	[CV_PROMOTE] = { "cv_promote", 1,
		"UPDATE cvs SET is_primary = true WHERE user_id = $1 AND NOT EXISTS (SELECT FROM cvs WHERE user_id ="
		" $1 AND is_primary) AND cv_id = (SELECT cv_id FROM cvs WHERE user_id = $1 ORDER BY updated_at DESC,"
		" cv_id LIMIT 1)" },
};
/* clang-format on */

const struct cvp_stmts cvp_cvs_stmts = { stmts, CVP_COUNT(stmts) };

static enum cvp_code
not_found(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_CV_NOT_FOUND, "CV not found.");
}

static const char *
version_key(struct cvp_ctx *ctx, const char *user_id, const char *cv_id, int version)
{
	return cvp_arena_printf(ctx->arena, "%s#%s#%d", user_id, cv_id, version);
}

static enum cvp_code
lock_user(struct cvp_ctx *ctx, const char *user_id)
{
	return cvp_db_exec(ctx, &stmts[CV_LOCK_USER], CVP_WITH(cvp_text(user_id)), NULL);
}

static enum cvp_code
insert_version(struct cvp_ctx *ctx, const struct cvp_cv_draft *draft, int version)
{
	const char *key = version_key(ctx, draft->user_id, draft->cv_id, version);
	struct cvp_place body_place = { "cv_versions", "body", key },
			 original_place = { "cv_versions", "original", key };
	struct cvp_buf body = CVP_BUF(CVP_BODY_MAX), original = CVP_BUF(CVP_BODY_MAX);
	enum cvp_code code;

	code = cvp_seal_json(ctx, cvp_db_codec(ctx), body_place, draft->resume, &body);
	if (code == CVP_OK && draft->original != NULL)
		code = cvp_seal(ctx, cvp_db_codec(ctx), original_place, draft->original, draft->original_length,
				&original);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[VERSION_INSERT],
				   CVP_WITH(cvp_text(draft->user_id), cvp_text(draft->cv_id), cvp_int(version),
					    cvp_body(&body), cvp_body(&original), cvp_text(draft->original_type),
					    cvp_text(draft->checksum), cvp_text(draft->content_sha256),
					    cvp_time(cvp_now(ctx))),
				   NULL);
	cvp_buf_free(&body);
	cvp_buf_free(&original);
	return code;
}

enum cvp_code
cvp_cv_create(struct cvp_ctx *ctx, const struct cvp_cv_draft *draft, bool *is_primary)
{
	enum cvp_code code;

	code = lock_user(ctx, draft->user_id);
	if (code == CVP_OK)
		code = cvp_db_query(ctx, &stmts[CV_INSERT],
				    CVP_WITH(cvp_text(draft->user_id), cvp_text(draft->cv_id),
					     cvp_text(draft->language), cvp_time(cvp_now(ctx))),
				    cvp_decode_bool, is_primary, NULL);
	if (code == CVP_OK)
		code = insert_version(ctx, draft, 1);
	return code;
}

enum cvp_code
cvp_cv_add_version(struct cvp_ctx *ctx, const struct cvp_cv_draft *draft, int expected, int *version)
{
	struct cvp_cv_version newest;
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[CV_BUMP],
			    CVP_WITH(cvp_text(draft->user_id), cvp_text(draft->cv_id), cvp_text(draft->language),
				     cvp_time(cvp_now(ctx)), cvp_int(expected)),
			    cvp_decode_int, version, &count);
	if (code == CVP_OK && count == 0) {
		code = cvp_cv_get(ctx, draft->user_id, draft->cv_id, 0, &newest);
		if (code == CVP_OK)
			code = cvp_fail(ctx, CVP_CONFLICT, "The CV is at version %d by now.", newest.head_version);
	}
	if (code == CVP_OK)
		code = insert_version(ctx, draft, *version);
	return code;
}

static enum cvp_code
decode_version(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct cvp_cv_version cv = {
		.cv_id = cvp_row_text(ctx, row, 0),
		.language = cvp_row_text(ctx, row, 1),
		.version = (int)cvp_row_int(row, 2),
		.head_version = (int)cvp_row_int(row, 3),
		.is_primary = cvp_row_bool(row, 4),
		.created_at = cvp_row_time(row, 5),
		.updated_at = cvp_row_time(row, 6),
		.checksum = cvp_row_text(ctx, row, 8),
		.content_sha256 = cvp_row_text(ctx, row, 9),
	};
	const char *key = version_key(ctx, cvp_row_text(ctx, row, 10), cv.cv_id, cv.version);
	enum cvp_code code;

	code = cvp_row_body(ctx, row, 7, (struct cvp_place){ "cv_versions", "body", key }, &cv.resume);
	if (code == CVP_OK)
		*(struct cvp_cv_version *)out = cv;
	return code;
}

enum cvp_code
cvp_cv_get(struct cvp_ctx *ctx, const char *user_id, const char *cv_id, int version, struct cvp_cv_version *cv)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[CV_GET], CVP_WITH(cvp_text(user_id), cvp_text(cv_id), cvp_int(version)),
			    decode_version, cv, &count);
	return code == CVP_OK && count == 0 ? not_found(ctx) : code;
}

enum cvp_code
cvp_cv_primary(struct cvp_ctx *ctx, const char *user_id, const char **cv_id)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[CV_PRIMARY], CVP_WITH(cvp_text(user_id)), cvp_decode_text, cv_id, &count);
	return code == CVP_OK && count == 0 ? not_found(ctx) : code;
}

static enum cvp_code
decode_listed(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	const char *cv_id = cvp_row_text(ctx, row, 0);
	int version = (int)cvp_row_int(row, 1);
	const char *key = version_key(ctx, cvp_row_text(ctx, row, 7), cv_id, version);
	enum cvp_code code;
	json_t *resume;

	code = cvp_row_body(ctx, row, 6, (struct cvp_place){ "cv_versions", "body", key }, &resume);
	if (code != CVP_OK)
		return code;
	json_array_append_new(
	    out, json_pack("{s:s, s:i, s:b, s:s?, s:o, s:o, s:O*}", "cv_id", cv_id, "version", version, "is_primary",
			   cvp_row_bool(row, 2), "language", cvp_row_text(ctx, row, 3), "created_at",
			   cvp_time_json(cvp_row_time(row, 4)), "updated_at", cvp_time_json(cvp_row_time(row, 5)),
			   "name", json_object_get(json_object_get(resume, "basics"), "name")));
	return CVP_OK;
}

enum cvp_code
cvp_cv_list(struct cvp_ctx *ctx, const char *user_id, json_t **cvs)
{
	return cvp_query_list(ctx, &stmts[CV_LIST], CVP_WITH(cvp_text(user_id)), decode_listed, cvs);
}

static enum cvp_code
decode_version_row(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_array_append_new(out,
			      json_pack("{s:i, s:o, s:s?}", "version", (int)cvp_row_int(row, 0), "created_at",
					cvp_time_json(cvp_row_time(row, 1)), "checksum", cvp_row_text(ctx, row, 2)));
	return CVP_OK;
}

enum cvp_code
cvp_cv_versions(struct cvp_ctx *ctx, const char *user_id, const char *cv_id, json_t **versions)
{
	enum cvp_code code;

	code = cvp_query_list(ctx, &stmts[CV_VERSIONS], CVP_WITH(cvp_text(user_id), cvp_text(cv_id)),
			      decode_version_row, versions);
	return code == CVP_OK && json_array_size(*versions) == 0 ? not_found(ctx) : code;
}

enum cvp_code
cvp_cv_make_primary(struct cvp_ctx *ctx, const char *user_id, const char *cv_id)
{
	enum cvp_code code;
	size_t changed = 0;

	code = lock_user(ctx, user_id);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[CV_UNSET_PRIMARY], CVP_WITH(cvp_text(user_id)), NULL);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[CV_SET_PRIMARY], CVP_WITH(cvp_text(user_id), cvp_text(cv_id)), &changed);
	return code == CVP_OK && changed == 0 ? not_found(ctx) : code;
}

enum cvp_code
cvp_cv_delete(struct cvp_ctx *ctx, const char *user_id, const char *cv_id)
{
	enum cvp_code code;
	size_t deleted = 0;

	code = lock_user(ctx, user_id);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[CV_DELETE], CVP_WITH(cvp_text(user_id), cvp_text(cv_id)), &deleted);
	if (code == CVP_OK && deleted == 0)
		return not_found(ctx);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[VERSIONS_DELETE], CVP_WITH(cvp_text(user_id), cvp_text(cv_id)), NULL);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[APPLICATIONS_UNSET], CVP_WITH(cvp_text(user_id), cvp_text(cv_id)), NULL);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[CV_PROMOTE], CVP_WITH(cvp_text(user_id)), NULL);
	return code;
}
