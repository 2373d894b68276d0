#include "service/input.h"

#include "core/config.h"
#include "core/ctx.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/cvs.h"
#include "dal/rows.h"
#include "schema/checksum.h"
#include "service/gate.h"
#include "text/text.h"

static enum cvp_code
load_cv(struct cvp_ctx *ctx, const struct cvp_input_parts *parts, struct cvp_cv_version *cv)
{
	const char *cv_id = parts->cv_id;
	enum cvp_code code = CVP_OK;

	if (cv_id == NULL)
		code = cvp_cv_primary(ctx, parts->user_id, &cv_id);
	if (code == CVP_OK)
		code = cvp_cv_get(ctx, parts->user_id, cv_id, parts->cv_version, cv);
	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, cv->resume, cv->checksum);
	return code;
}

static const char *
language_of(const struct cvp_input_parts *parts)
{
	const char *named = parts->language;
	enum cvp_language language;

	if (named == NULL)
		named = json_string_value(json_object_get(parts->posting, "language"));
	return named != NULL && cvp_language_named(named, &language) ? named : cvp_language_name(CVP_EN);
}

enum cvp_code
cvp_input_build(struct cvp_ctx *ctx, const struct cvp_input_parts *parts, json_t **input)
{
	struct cvp_cv_version cv;
	enum cvp_code code;

	code = load_cv(ctx, parts, &cv);
	if (code != CVP_OK)
		return code;
	*input = cvp_own(ctx,
			 json_pack("{s:s, s:s*, s:s, s:i, s:O, s:O, s:O*, s:O*, s:O*, s:s*, s:s, s:o, s:i}", "user_id",
				   parts->user_id, "application_id", parts->application_id, "cv_id", cv.cv_id,
				   "cv_version", cv.version, "resume", cv.resume, "posting", parts->posting,
				   "gap_responses", parts->gap_responses, "company_context", parts->company_context,
				   "preferences", parts->preferences, "job_id", parts->job_id, "language",
				   language_of(parts), "as_of", cvp_time_json(parts->as_of), "version", 1));
	json_object_set_new(*input, "max_questions",
			    json_integer(cvp_config_int(ctx->config, CVP_SET_GAP_MAX_QUESTIONS)));
	if (json_object_get(*input, "gap_responses") == NULL)
		json_object_set_new(*input, "gap_responses", json_array());
	return CVP_OK;
}

static const char *
member_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

enum cvp_code
cvp_input_of_artifact(struct cvp_ctx *ctx, const struct cvp_artifact *artifact, json_t **input)
{
	struct cvp_application application;
	struct cvp_input_parts parts = {
		.user_id = artifact->key.owner,
		.application_id = artifact->key.subject,
		.cv_id = member_text(artifact->metadata, "cv_id"),
		.cv_version = (int)json_integer_value(json_object_get(artifact->metadata, "cv_version")),
		.gap_responses = json_object_get(artifact->body, "x_gap_responses"),
		.preferences = json_object_get(artifact->body, "x_style"),
		.job_id = member_text(json_object_get(artifact->body, "tailored_cv"), "target_job_id"),
		.language = member_text(artifact->metadata, "language"),
		.as_of = artifact->created_at,
	};
	enum cvp_code code;

	code = cvp_application_get(ctx, artifact->key.owner, artifact->key.subject, &application);
	if (code != CVP_OK)
		return code;
	parts.posting = application.posting != NULL ? application.posting : cvp_own(ctx, json_object());
	code = cvp_input_build(ctx, &parts, input);
	if (code != CVP_CV_NOT_FOUND)
		return code;
	/* the CV has been deleted since: what was made of it is still shown */
	cvp_clear(ctx);
	*input = cvp_own(ctx, json_pack("{s:{}, s:O, s:[], s:s?}", "resume", "posting", parts.posting, "gap_responses",
					"language", parts.language));
	return CVP_OK;
}

enum cvp_code
cvp_posting_take(struct cvp_ctx *ctx, const json_t *given, const char *pointer, struct cvp_posting_import *import)
{
	const struct cvp_assets *assets = cvp_gate_assets(ctx);
	enum cvp_code code;

	if (json_is_string(given))
		code = cvp_posting_import_text(ctx, assets, json_string_value(given), json_string_length(given),
					       import);
	else
		code = cvp_posting_import_json(ctx, assets, given, import);
	return code == CVP_OK ? CVP_OK : cvp_fail_below(ctx, pointer);
}
