#include "dal/applications.h"

#include "core/ctx.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum {
	APPLICATION_PUT,
	APPLICATION_GET,
	APPLICATION_STAGE,
	APPLICATION_LIST,
	APPLICATION_BUSY,
	APPLICATION_DELETE,
	APPLICATION_RESULTS_DELETE,
	APPLICATION_JOBS_DELETE,
	APPLICATION_ARTIFACTS_DELETE,
	APPLICATION_ANSWERS_DELETE
};

#define COLUMNS "application_id, cv_id, stage, posting, created_at, updated_at, user_id"

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[APPLICATION_PUT] = { "application_put", 5,
		"INSERT INTO applications AS a (user_id, application_id, cv_id, posting, created_at, updated_at)"
		" VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (user_id, application_id) DO UPDATE SET cv_id ="
		" coalesce(excluded.cv_id, a.cv_id), posting = coalesce(excluded.posting, a.posting), updated_at = $5"
		" RETURNING xmax = 0" },
	[APPLICATION_GET] = { "application_get", 2,
		"SELECT " COLUMNS " FROM applications WHERE user_id = $1 AND application_id = $2" },
	[APPLICATION_STAGE] = { "application_stage", 4,
		"UPDATE applications SET stage = $3, updated_at = $4 WHERE user_id = $1 AND application_id = $2" },
	[APPLICATION_LIST] = { "application_list", 2,
		"SELECT " COLUMNS " FROM applications WHERE user_id = $1 ORDER BY created_at DESC, application_id"
		" DESC LIMIT $2" },
	[APPLICATION_BUSY] = { "application_busy", 2,
		"SELECT EXISTS (SELECT FROM jobs WHERE user_id = $1 AND application_id = $2 AND status = 'PENDING')" },
	[APPLICATION_DELETE] = { "application_delete", 2,
		"DELETE FROM applications WHERE user_id = $1 AND application_id = $2" },
	[APPLICATION_RESULTS_DELETE] = { "application_results_delete", 2,
		"DELETE FROM results r USING jobs j WHERE j.user_id = $1 AND j.application_id = $2 AND r.user_id ="
		" j.user_id AND r.job_id = j.job_id" },
	[APPLICATION_JOBS_DELETE] = { "application_jobs_delete", 2,
		"DELETE FROM jobs WHERE user_id = $1 AND application_id = $2" },
	[APPLICATION_ARTIFACTS_DELETE] = { "application_artifacts_delete", 2,
		"DELETE FROM artifacts WHERE owner = $1 AND subject = $2" },
	[APPLICATION_ANSWERS_DELETE] = { "application_answers_delete", 2,
		"DELETE FROM gap_responses WHERE user_id = $1 AND application_id = $2" },
};
/* clang-format on */

const struct cvp_stmts cvp_applications_stmts = { stmts, CVP_COUNT(stmts) };

static enum cvp_code
not_found(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_NOT_FOUND, "Application not found.");
}

struct cvp_place
cvp_application_place(struct cvp_ctx *ctx, const char *user_id, const char *application_id)
{
	return (struct cvp_place){ "applications", "posting",
				   cvp_arena_printf(ctx->arena, "%s#%s", user_id, application_id) };
}

enum cvp_code
cvp_application_put(struct cvp_ctx *ctx, const char *user_id, const char *application_id, const char *cv_id,
		    const json_t *posting, bool *is_new)
{
	struct cvp_buf sealed = CVP_BUF(CVP_BODY_MAX);
	enum cvp_code code = CVP_OK;

	if (posting != NULL)
		code = cvp_seal_json(ctx, cvp_db_codec(ctx), cvp_application_place(ctx, user_id, application_id),
				     posting, &sealed);
	if (code == CVP_OK)
		code = cvp_db_query(ctx, &stmts[APPLICATION_PUT],
				    CVP_WITH(cvp_text(user_id), cvp_text(application_id), cvp_text(cv_id),
					     cvp_body(&sealed), cvp_time(cvp_now(ctx))),
				    cvp_decode_bool, is_new, NULL);
	cvp_buf_free(&sealed);
	return code;
}

static enum cvp_code
decode(struct cvp_ctx *ctx, const struct cvp_row *row, struct cvp_application *application)
{
	struct cvp_application got = {
		.application_id = cvp_row_text(ctx, row, 0),
		.cv_id = cvp_row_text(ctx, row, 1),
		.stage = cvp_row_text(ctx, row, 2),
		.created_at = cvp_row_time(row, 4),
		.updated_at = cvp_row_time(row, 5),
	};
	struct cvp_place place = cvp_application_place(ctx, cvp_row_text(ctx, row, 6), got.application_id);
	enum cvp_code code;

	code = cvp_row_body(ctx, row, 3, place, &got.posting);
	if (code == CVP_OK)
		*application = got;
	return code;
}

static enum cvp_code
decode_one(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	return decode(ctx, row, out);
}

enum cvp_code
cvp_application_get(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
		    struct cvp_application *application)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[APPLICATION_GET], CVP_WITH(cvp_text(user_id), cvp_text(application_id)),
			    decode_one, application, &count);
	return code == CVP_OK && count == 0 ? not_found(ctx) : code;
}

enum cvp_code
cvp_application_set_stage(struct cvp_ctx *ctx, const char *user_id, const char *application_id, const char *stage)
{
	return cvp_db_exec(
	    ctx, &stmts[APPLICATION_STAGE],
	    CVP_WITH(cvp_text(user_id), cvp_text(application_id), cvp_text(stage), cvp_time(cvp_now(ctx))), NULL);
}

struct list {
	struct cvp_application *rows;
	size_t count;
};

static enum cvp_code
decode_next(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct list *list = out;
	enum cvp_code code;

	code = decode(ctx, row, &list->rows[list->count]);
	list->count += code == CVP_OK;
	return code;
}

enum cvp_code
cvp_application_list(struct cvp_ctx *ctx, const char *user_id, int limit, struct cvp_application **applications,
		     size_t *count)
{
	struct list list = { .rows = cvp_arena_alloc(ctx->arena, (size_t)limit * sizeof(*list.rows)) };
	enum cvp_code code;

	code = cvp_db_query(ctx, &stmts[APPLICATION_LIST], CVP_WITH(cvp_text(user_id), cvp_int(limit)), decode_next,
			    &list, NULL);
	if (code != CVP_OK)
		return code;
	*applications = list.rows;
	*count = list.count;
	return CVP_OK;
}

enum cvp_code
cvp_application_delete(struct cvp_ctx *ctx, const char *user_id, const char *application_id)
{
	static const int parts[] = { APPLICATION_RESULTS_DELETE, APPLICATION_JOBS_DELETE, APPLICATION_ARTIFACTS_DELETE,
				     APPLICATION_ANSWERS_DELETE };
	const struct cvp_param *which = CVP_WITH(cvp_text(user_id), cvp_text(application_id));
	enum cvp_code code;
	bool is_busy = false;
	size_t deleted = 0;

	code = cvp_db_exec(ctx, &stmts[APPLICATION_DELETE], which, &deleted);
	if (code == CVP_OK && deleted == 0)
		return not_found(ctx);
	if (code == CVP_OK)
		code = cvp_db_query(ctx, &stmts[APPLICATION_BUSY], which, cvp_decode_bool, &is_busy, NULL);
	if (code == CVP_OK && is_busy)
		return cvp_fail(ctx, CVP_CONFLICT, "A job of this application is still running.");
	for (size_t i = 0; i < CVP_COUNT(parts) && code == CVP_OK; i++)
		code = cvp_db_exec(ctx, &stmts[parts[i]], which, NULL);
	return code;
}
