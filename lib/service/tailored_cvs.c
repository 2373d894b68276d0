#include "service/tailored_cvs.h"

#include <string.h>

#include "career/cv.h"
#include "career/cv_view.h"
#include "career/kind.h"
#include "career/tailored_cv_edit.h"
#include "career/tailored_cv_view.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/ctx.h"
#include "dal/applications.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "dal/tailored_cvs.h"
#include "schema/schema.h"
#include "service/export.h"
#include "service/input.h"
#include "service/keep.h"

#define LATEST "latest"

static const char *
member_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

enum cvp_code
cvp_tailored_cvs_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, int limit, const char *cursor,
		      json_t **model)
{
	return cvp_tailored_cv_list_for_user(ctx, caller->user_id, limit, cursor, model);
}

enum cvp_code
cvp_tailored_cvs_of(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t **model)
{
	struct cvp_application application;
	enum cvp_code code;
	json_t *items;

	code = cvp_application_get(ctx, caller->user_id, application_id, &application);
	if (code == CVP_OK)
		code = cvp_tailored_cv_list_for_application(ctx, caller->user_id, application_id, &items);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:s, s:O*, s:O, s:i, s:b}", "application_id", application_id,
						"posting", application.posting, "items", items, "count",
						(int)json_array_size(items), "has_items", json_array_size(items) > 0));
	return code;
}

/* When the newest version was made. */
static enum cvp_code
newest(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, const char **created_at)
{
	json_t *items;
	enum cvp_code code = cvp_tailored_cv_list_for_application(ctx, caller->user_id, application_id, &items);

	if (code == CVP_OK && json_array_size(items) == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "Tailored CV not found");
	if (code == CVP_OK)
		*created_at = member_text(json_array_get(items, 0), "created_at");
	return code;
}

static enum cvp_code
load(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key, struct cvp_artifact *artifact)
{
	if (strcmp(key.created_at, LATEST) == 0) {
		enum cvp_code code = newest(ctx, caller, key.application_id, &key.created_at);

		if (code != CVP_OK)
			return code;
	}
	return cvp_tailored_cv_get(ctx, caller->user_id, key.application_id, key.created_at, artifact);
}

enum cvp_code
cvp_tailored_cvs_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key, json_t **model)
{
	struct cvp_artifact artifact;
	enum cvp_code code = load(ctx, caller, key, &artifact);

	if (code == CVP_OK)
		*model = artifact.body;
	return code;
}

/* The CV beside it; NULL where it is gone. */
static enum cvp_code
view_cv(struct cvp_ctx *ctx, const json_t *input, json_t **view)
{
	const json_t *resume = json_object_get(input, "resume");
	const struct cvp_cv *cv;
	enum cvp_code code;

	*view = NULL;
	if (json_object_size(resume) == 0)
		return CVP_OK;
	code = cvp_cv_parse(ctx, resume, &cv);
	if (code == CVP_OK)
		*view = cvp_cv_view(ctx, cv);
	return code;
}

enum cvp_code
cvp_tailored_cvs_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key, json_t **model)
{
	struct cvp_artifact artifact;
	json_t *input, *shown, *cv, *items, *others;
	enum cvp_code code = load(ctx, caller, key, &artifact);

	if (code == CVP_OK)
		code = cvp_input_of_artifact(ctx, &artifact, &input);
	if (code == CVP_OK)
		code = cvp_tailored_cv_review(ctx, cvp_gate_assets(ctx), input, artifact.body, &shown);
	if (code == CVP_OK)
		code = view_cv(ctx, input, &cv);
	if (code == CVP_OK)
		code = cvp_tailored_cv_list_for_application(ctx, caller->user_id, key.application_id, &items);
	if (code != CVP_OK)
		return code;
	others = cvp_keep_others(items, artifact.key.version, "created_at");
	*model = cvp_own(ctx,
			 json_pack("{s:s, s:o, s:i, s:b, s:o*, s:O, s:O*, s:o, s:O*, s:b}", "application_id",
				   key.application_id, "created_at", cvp_time_json(artifact.created_at), "version",
				   artifact.key.version, "pinned", artifact.expires_at == CVP_FOREVER, "expires_at",
				   cvp_time_json(artifact.expires_at), "artifact", shown, "cv", cv, "others", others,
				   "metadata", artifact.metadata, "has_others", json_array_size(others) > 0));
	return CVP_OK;
}

enum cvp_code
cvp_tailored_cvs_compare(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key,
			 const char *with, json_t **model)
{
	struct cvp_tailored_key other_key = { key.application_id, with };
	struct cvp_artifact artifact, other;
	enum cvp_code code = load(ctx, caller, key, &artifact);

	if (code == CVP_OK)
		code = load(ctx, caller, other_key, &other);
	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx, cvp_tailored_cv_compare(ctx, other.body, artifact.body));
	json_object_set_new(*model, "application_id", json_string(key.application_id));
	json_object_set_new(*model, "created_at", cvp_time_json(artifact.created_at));
	json_object_set_new(*model, "version", json_integer(artifact.key.version));
	json_object_set_new(*model, "with_created_at", cvp_time_json(other.created_at));
	json_object_set_new(*model, "with_version", json_integer(other.key.version));
	return CVP_OK;
}

/* Input and artifact of a version that is to be edited; its CV must still be there to verify it against. */
static enum cvp_code
load_for_edit(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key,
	      struct cvp_artifact *artifact, json_t **input)
{
	enum cvp_code code = load(ctx, caller, key, artifact);

	if (code == CVP_OK)
		code = cvp_input_of_artifact(ctx, artifact, input);
	if (code == CVP_OK && json_object_size(json_object_get(*input, "resume")) == 0)
		code = cvp_fail(ctx, CVP_CV_NOT_FOUND,
				"The CV this was made of has been deleted; it cannot be verified any more.");
	return code;
}

/* Verifies and stores the next version. */
static enum cvp_code
verify_and_save(struct cvp_ctx *ctx, const char *owner, struct cvp_tailored_key key, const json_t *input,
		const json_t *edited, json_t **data, const char **id)
{
	const struct cvp_assets *assets = cvp_gate_assets(ctx);
	enum cvp_code code = cvp_tailored_cv_take(ctx, assets, input, edited, data);

	if (code != CVP_OK)
		return code;
	code = cvp_schema_validate(ctx, cvp_schemas_get(assets->schemas, "tailored_cv.json"), *data);
	return code == CVP_OK ? cvp_tailored_cv_save(ctx, owner, key.application_id, *data, id) : code;
}

/* Members that say of what and for what a tailored CV is made are not the editor's. */
static void
keep_origin(json_t *cv, const json_t *before)
{
	static const char *const keys[] = { "source_cv_version", "target_job_id" };

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		json_object_set(cv, keys[i], json_object_get(before, keys[i]));
}

static enum cvp_done
done_of(const json_t *data)
{
	const json_t *metadata = json_object_get(data, "metadata");

	return json_array_size(json_object_get(metadata, "warnings")) > 0 ? CVP_DONE_CV_TAILORED_WITH_WARNINGS
									  : CVP_DONE_CV_TAILORED;
}

enum cvp_code
cvp_tailored_cvs_put(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key,
		     const json_t *body, json_t **model)
{
	struct cvp_artifact artifact;
	json_t *input, *edited, *cv, *data;
	const char *id;
	enum cvp_code code = load_for_edit(ctx, caller, key, &artifact, &input);

	if (code != CVP_OK)
		return code;
	edited = cvp_own(ctx, json_copy(artifact.body));
	cv = cvp_own(ctx, json_copy(json_object_get(body, "tailored_cv")));
	keep_origin(cv, json_object_get(artifact.body, "tailored_cv"));
	json_object_set(edited, "tailored_cv", cv);
	code = verify_and_save(ctx, caller->user_id, key, input, edited, &data, &id);
	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx, json_pack("{s:O, s:s, s:b}", "data", data, "artifact_id", id, "persisted", 1));
	return cvp_done(ctx, done_of(data));
}

enum cvp_code
cvp_tailored_cvs_edit(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key,
		      const json_t *rejected, const json_t *texts, const char **created_at)
{
	struct cvp_artifact artifact;
	json_t *input, *edited, *data;
	const char *id;
	enum cvp_code code = load_for_edit(ctx, caller, key, &artifact, &input);

	if (code == CVP_OK)
		code = cvp_tailored_cv_edit(ctx, cvp_gate_assets(ctx), input, artifact.body, rejected, texts, &edited);
	if (code == CVP_OK)
		code = verify_and_save(ctx, caller->user_id, key, input, edited, &data, &id);
	if (code == CVP_OK)
		*created_at = strchr(id, '#') + 1;
	return code;
}

static const char *
time_text(struct cvp_ctx *ctx, int64_t at)
{
	char text[CVP_TIME_SIZE];

	cvp_time_format(at, text);
	return cvp_arena_strdup(ctx->arena, text);
}

enum cvp_code
cvp_tailored_cvs_keep(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key,
		      const json_t *body, json_t **model)
{
	struct cvp_artifact artifact;
	int64_t until;
	enum cvp_code code = load(ctx, caller, key, &artifact);

	if (code == CVP_OK)
		code = cvp_keep_wish(ctx, body, artifact.created_at, &until);
	if (code == CVP_OK)
		code = cvp_tailored_cv_keep(ctx, caller->user_id, key.application_id,
					    time_text(ctx, artifact.created_at), until);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:s, s:o, s:b, s:o*}", "application_id", key.application_id,
						"created_at", cvp_time_json(artifact.created_at), "pinned",
						until == CVP_FOREVER, "expires_at", cvp_time_json(until)));
	return code;
}

enum cvp_code
cvp_tailored_cvs_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key)
{
	struct cvp_artifact artifact;
	enum cvp_code code = load(ctx, caller, key, &artifact); /* what is not there is 404 on the wire */

	if (code == CVP_OK)
		code = cvp_tailored_cv_delete(ctx, caller->user_id, key.application_id,
					      time_text(ctx, artifact.created_at));
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_NO_CONTENT) : code;
}

enum cvp_code
cvp_tailored_cvs_export(struct cvp_ctx *ctx, const struct cvp_caller *caller, struct cvp_tailored_key key,
			const char *format, struct cvp_export *exported)
{
	struct cvp_export_source source = { .kind = CVP_EXPORT_TAILORED_CV };
	struct cvp_artifact artifact;
	json_t *input;
	enum cvp_code code = cvp_export_check(ctx, source.kind, format);

	if (code == CVP_OK)
		code = load(ctx, caller, key, &artifact);

	if (code == CVP_OK)
		code = cvp_input_of_artifact(ctx, &artifact, &input);
	if (code != CVP_OK)
		return code;
	source.input = input;
	source.artifact = artifact.body;
	return cvp_export_make(ctx, cvp_gate_assets(ctx), &source, format, exported);
}
