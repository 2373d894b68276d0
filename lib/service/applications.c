#include "service/applications.h"

#include <string.h>

#include "career/cv.h"
#include "career/cv_view.h"
#include "career/kind.h"
#include "career/match.h"
#include "career/posting.h"
#include "core/ctx.h"
#include "core/id.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/cvs.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "schema/checksum.h"
#include "service/artifact.h"
#include "service/cursor.h"
#include "service/gap.h"
#include "service/input.h"
#include "text/text.h"

static const char *
member_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* Do all words of the search stand in what a list shows of the application? */
static bool
is_sought(struct cvp_ctx *ctx, const struct cvp_application *application, const char *search)
{
	const char *company = member_text(application->posting, "company_name");
	const char *title = member_text(application->posting, "role_title");
	const char *shown = cvp_text_fold(ctx,
					  cvp_arena_printf(ctx->arena, "%s %s %s", company != NULL ? company : "",
							   title != NULL ? title : "", application->application_id));
	char *words, *word, *rest;

	if (search == NULL || *search == '\0')
		return true;
	words = cvp_arena_strdup(ctx->arena, cvp_text_fold(ctx, search));
	for (word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
		if (strstr(shown, word) == NULL)
			return false;
	return true;
}

static json_t *
item_json(const struct cvp_application *application)
{
	return json_pack("{s:s, s:O*, s:O*, s:O*, s:s, s:s*, s:o, s:o}", "application_id", application->application_id,
			 "company_name", json_object_get(application->posting, "company_name"), "role_title",
			 json_object_get(application->posting, "role_title"), "location",
			 json_object_get(application->posting, "location"), "stage", application->stage, "cv_id",
			 application->cv_id, "created_at", cvp_time_json(application->created_at), "updated_at",
			 cvp_time_json(application->updated_at));
}

enum cvp_code
cvp_applications_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_page page, json_t **model)
{
	json_t *items = cvp_own(ctx, json_array());
	struct cvp_application *applications;
	json_t *next = NULL;
	struct cvp_cursor cursor, last;
	enum cvp_code code;
	size_t count;

	code = cvp_cursor_read(ctx, page.cursor, &cursor);
	if (code == CVP_OK)
		code = cvp_application_list(ctx, caller->user_id, CVP_SEARCHED_APPLICATIONS + 1, &applications, &count);
	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < count && i < CVP_SEARCHED_APPLICATIONS; i++) {
		const struct cvp_application *row = &applications[i];

		if (!cvp_cursor_is_before(cursor, row->created_at, row->application_id) ||
		    !is_sought(ctx, row, page.search))
			continue;
		if ((int)json_array_size(items) == page.limit) {
			next = cvp_cursor_json(last);
			break;
		}
		last = (struct cvp_cursor){ row->created_at, row->application_id };
		json_array_append_new(items, item_json(row));
	}
	*model = cvp_own(ctx, json_pack("{s:O, s:i, s:o*, s:b}", "items", items, "count", (int)json_array_size(items),
					"next_cursor", next, "is_cut", count > CVP_SEARCHED_APPLICATIONS));
	return CVP_OK;
}

enum cvp_code
cvp_applications_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t **model)
{
	struct cvp_artifact_key key = { .owner = caller->user_id, .kind = "vpr", .subject = application_id };
	struct cvp_application application;
	enum cvp_code code;
	json_t *vprs;

	code = cvp_application_get(ctx, caller->user_id, application_id, &application);
	if (code == CVP_OK)
		code = cvp_artifact_list(ctx, key, &vprs);
	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx, json_pack("{s:s, s:s*, s:O*, s:s, s:o, s:o, s:O}", "application_id",
					application.application_id, "cv_id", application.cv_id, "posting",
					application.posting, "stage", application.stage, "created_at",
					cvp_time_json(application.created_at), "updated_at",
					cvp_time_json(application.updated_at), "vprs", vprs));
	return CVP_OK;
}

/* A cv_id that is named must be the caller's. */
static enum cvp_code
check_cv(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id)
{
	struct cvp_cv_version cv;
	enum cvp_code code;

	if (cv_id == NULL)
		return CVP_OK;
	code = cvp_cv_get(ctx, caller->user_id, cv_id, 0, &cv);
	if (code != CVP_CV_NOT_FOUND)
		return code;
	cvp_clear(ctx);
	return cvp_fail_at(ctx, CVP_CV_NOT_FOUND, "/cv_id", "CV not found.");
}

enum cvp_code
cvp_applications_put(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, json_t **model)
{
	const char *application_id = member_text(body, "application_id"), *cv_id = member_text(body, "cv_id");
	struct cvp_posting_import import;
	enum cvp_code code;
	bool is_new;

	if (application_id == NULL || *application_id == '\0')
		application_id = cvp_arena_strdup(ctx->arena, cvp_uuid_new().text);
	if (cv_id != NULL && *cv_id == '\0')
		cv_id = NULL;
	code = cvp_posting_take(ctx, json_object_get(body, "job_posting"), "/job_posting", &import);
	if (code == CVP_OK)
		code = check_cv(ctx, caller, cv_id);
	if (code == CVP_OK)
		code = cvp_application_put(ctx, caller->user_id, application_id, cv_id, import.posting, &is_new);
	if (code == CVP_OK)
		code = cvp_applications_get(ctx, caller, application_id, model);
	if (code != CVP_OK)
		return code;
	json_object_set(*model, "warnings", import.warnings);
	return is_new ? cvp_done(ctx, CVP_DONE_CREATED) : CVP_OK;
}

enum cvp_code
cvp_applications_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id)
{
	enum cvp_code code;

	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_application_delete(ctx, caller->user_id, application_id);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_NO_CONTENT) : code;
}

/* The posting a match is asked for, and the application's CV where none is named. */
static enum cvp_code
match_posting(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, struct cvp_input_parts *parts)
{
	const json_t *given = json_object_get(body, "job_posting");
	const char *pointer = given != NULL ? "/job_posting" : "/job_description";
	struct cvp_application application;
	struct cvp_posting_import import;
	enum cvp_code code;

	if (given == NULL)
		given = json_object_get(body, "job_description");
	if (given != NULL) {
		code = cvp_posting_take(ctx, given, pointer, &import);
		if (code == CVP_OK)
			parts->posting = import.posting;
		return code;
	}
	if (parts->application_id == NULL)
		return cvp_fail(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD,
				"Give job_posting, job_description or application_id.");
	code = cvp_application_get(ctx, caller->user_id, parts->application_id, &application);
	if (code != CVP_OK)
		return code;
	if (application.posting == NULL)
		return cvp_fail(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "The application has no posting yet.");
	parts->posting = application.posting;
	if (parts->cv_id == NULL)
		parts->cv_id = application.cv_id;
	return CVP_OK;
}

enum cvp_code
cvp_match_make(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, json_t **model)
{
	struct cvp_input_parts parts = {
		.user_id = caller->user_id,
		.application_id = member_text(body, "application_id"),
		.cv_id = member_text(body, "cv_id"),
		.language = member_text(body, "language"),
		.as_of = cvp_now(ctx),
	};
	json_t *input, *answers = NULL;
	enum cvp_code code;

	code = match_posting(ctx, caller, body, &parts);
	if (code == CVP_OK && parts.application_id != NULL)
		code = cvp_gap_evidence_of(ctx, caller->user_id, parts.application_id, body, &answers);
	parts.gap_responses = answers;
	if (code == CVP_OK)
		code = cvp_input_build(ctx, &parts, &input);
	if (code == CVP_OK)
		code = cvp_match(ctx, cvp_gate_assets(ctx), input, model);
	if (code == CVP_OK && parts.application_id != NULL)
		code = cvp_artifact_save(ctx, "match", input, *model);
	return code;
}

/* The view of a stored match, and the CV it links into. */
static enum cvp_code
view_match(struct cvp_ctx *ctx, const struct cvp_artifact *artifact, json_t *model)
{
	const struct cvp_cv *cv;
	json_t *input, *shown;
	enum cvp_code code = cvp_checksum_verify(ctx, artifact->body, artifact->checksum);

	if (code == CVP_OK)
		code = cvp_input_of_artifact(ctx, artifact, &input);
	if (code == CVP_OK)
		code = cvp_kind_match.view(ctx, cvp_gate_assets(ctx), input, artifact->body, &shown);
	if (code != CVP_OK)
		return code;
	json_object_set(model, "artifact", shown);
	if (json_object_size(json_object_get(input, "resume")) == 0)
		return CVP_OK;
	code = cvp_cv_parse(ctx, json_object_get(input, "resume"), &cv);
	if (code == CVP_OK)
		json_object_set(model, "cv", cvp_cv_view(ctx, cv));
	return code;
}

enum cvp_code
cvp_match_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t **model)
{
	struct cvp_artifact_key key = { caller->user_id, cvp_kind_match.name, application_id, 0 };
	struct cvp_application application;
	struct cvp_artifact artifact;
	enum cvp_code code = cvp_application_get(ctx, caller->user_id, application_id, &application);

	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx,
			 json_pack("{s:s, s:O*}", "application_id", application_id, "posting", application.posting));
	code = cvp_artifact_get(ctx, key, &artifact);
	if (code == CVP_NOT_FOUND) {
		cvp_clear(ctx);
		return CVP_OK;
	}
	return code == CVP_OK ? view_match(ctx, &artifact, *model) : code;
}
