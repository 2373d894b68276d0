#include "dal/gap_responses.h"

#include "core/ctx.h"
#include "dal/array.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum { RESPONSE_PUT, RESPONSE_LIST, RESPONSE_ELSEWHERE, RESPONSE_DELETE };

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[RESPONSE_PUT] = { "gap_response_put", 7,
		"INSERT INTO gap_responses (user_id, application_id, question_id, body, destination, created_at, expires_at)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_id, application_id, question_id) DO UPDATE SET body ="
		" excluded.body, destination = excluded.destination, expires_at = excluded.expires_at" },
	[RESPONSE_LIST] = { "gap_response_list", 4,
		"SELECT user_id, application_id, question_id, body, destination, created_at FROM gap_responses WHERE user_id ="
		" $1 AND application_id = $2 AND ($3::text IS NULL OR destination = $3) AND expires_at > $4 ORDER BY"
		" created_at, question_id LIMIT 200" },
	[RESPONSE_ELSEWHERE] = { "gap_response_elsewhere", 4,
		"SELECT user_id, application_id, question_id, body, destination, created_at FROM gap_responses WHERE user_id ="
		" $1 AND application_id <> $2 AND question_id = ANY ($3::text[]) AND expires_at > $4 ORDER BY created_at DESC"
		" LIMIT 200" },
	[RESPONSE_DELETE] = { "gap_response_delete", 3,
		"DELETE FROM gap_responses WHERE user_id = $1 AND application_id = $2 AND question_id = $3" },
};
/* clang-format on */

const struct cvp_stmts cvp_gap_responses_stmts = { stmts, CVP_COUNT(stmts) };

static struct cvp_place
place_of(struct cvp_ctx *ctx, const char *user_id, const char *application_id, const char *question_id)
{
	return (struct cvp_place){ "gap_responses", "body",
				   cvp_arena_printf(ctx->arena, "%s#%s#%s", user_id, application_id, question_id) };
}

enum cvp_code
cvp_gap_response_put(struct cvp_ctx *ctx, const struct cvp_gap_response *response)
{
	struct cvp_place place = place_of(ctx, response->user_id, response->application_id, response->question_id);
	struct cvp_buf sealed = CVP_BUF(CVP_BODY_MAX);
	int64_t now = cvp_now(ctx);
	enum cvp_code code = cvp_seal_json(ctx, cvp_db_codec(ctx), place, response->body, &sealed);

	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[RESPONSE_PUT],
				   CVP_WITH(cvp_text(response->user_id), cvp_text(response->application_id),
					    cvp_text(response->question_id), cvp_body(&sealed),
					    cvp_text(response->destination), cvp_time(now),
					    cvp_time(now + CVP_ARTIFACT_SECONDS * CVP_SECOND)),
				   NULL);
	cvp_buf_free(&sealed);
	return code;
}

static enum cvp_code
decode(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	const char *application_id = cvp_row_text(ctx, row, 1), *question_id = cvp_row_text(ctx, row, 2);
	json_t *body;
	enum cvp_code code = cvp_row_body(ctx, row, 3,
					  place_of(ctx, cvp_row_text(ctx, row, 0), application_id, question_id), &body);

	if (code != CVP_OK)
		return code;
	json_array_append_new(out, json_pack("{s:s, s:O*, s:O*, s:s, s:s, s:O*, s:o}", "question_id", question_id,
					     "question", json_object_get(body, "question"), "answer",
					     json_object_get(body, "answer"), "destination", cvp_row_text(ctx, row, 4),
					     "application_id", application_id, "skills_mentioned",
					     json_object_get(body, "skills_mentioned"), "created_at",
					     cvp_time_json(cvp_row_time(row, 5))));
	return CVP_OK;
}

enum cvp_code
cvp_gap_response_list(struct cvp_ctx *ctx, const char *user_id, const char *application_id, const char *destination,
		      json_t **responses)
{
	return cvp_query_list(
	    ctx, &stmts[RESPONSE_LIST],
	    CVP_WITH(cvp_text(user_id), cvp_text(application_id), cvp_text(destination), cvp_time(cvp_now(ctx))),
	    decode, responses);
}

enum cvp_code
cvp_gap_response_elsewhere(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
			   const char *const *question_ids, size_t count, json_t **responses)
{
	struct cvp_array ids;
	enum cvp_code code;

	cvp_array_begin(&ids, CVP_TYPE_TEXT, count);
	for (size_t i = 0; i < count; i++)
		cvp_array_add_text(&ids, question_ids[i]);
	code = cvp_query_list(
	    ctx, &stmts[RESPONSE_ELSEWHERE],
	    CVP_WITH(cvp_text(user_id), cvp_text(application_id), cvp_array_param(&ids), cvp_time(cvp_now(ctx))),
	    decode, responses);
	cvp_array_free(&ids);
	return code;
}

enum cvp_code
cvp_gap_response_delete(struct cvp_ctx *ctx, const char *user_id, const char *application_id, const char *question_id)
{
	size_t gone = 0;
	enum cvp_code code = cvp_db_exec(ctx, &stmts[RESPONSE_DELETE],
					 CVP_WITH(cvp_text(user_id), cvp_text(application_id), cvp_text(question_id)),
					 &gone);

	if (code == CVP_OK && gone == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "There is no such answer.");
	return code;
}
