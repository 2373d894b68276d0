/* The stored reports of service/jobs.h: lists, versions, pages, exports. */
#include <string.h>

#include "career/compare.h"
#include "career/cv.h"
#include "career/cv_view.h"
#include "career/kind.h"
#include "career/vpr_view.h"
#include "core/ctx.h"
#include "dal/applications.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "schema/checksum.h"
#include "schema/schema.h"
#include "service/artifact.h"
#include "service/export.h"
#include "service/input.h"
#include "service/jobs.h"
#include "service/keep.h"

static struct cvp_artifact_key
key_of(const struct cvp_caller *caller, const char *application_id, int version)
{
	return (struct cvp_artifact_key){ caller->user_id, "vpr", application_id, version };
}

enum cvp_code
cvp_vpr_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, json_t **model)
{
	struct cvp_application application;
	enum cvp_code code;
	json_t *items;

	code = cvp_application_get(ctx, caller->user_id, application_id, &application);
	if (code == CVP_OK)
		code = cvp_artifact_list(ctx, key_of(caller, application_id, 0), &items);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:O, s:i}", "items", items, "count", (int)json_array_size(items)));
	return code;
}

static enum cvp_code
load(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version,
     struct cvp_artifact *artifact)
{
	enum cvp_code code;

	code = cvp_artifact_get(ctx, key_of(caller, application_id, version), artifact);
	return code == CVP_OK ? cvp_checksum_verify(ctx, artifact->body, artifact->checksum) : code;
}

enum cvp_code
cvp_vpr_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version,
	    json_t **model)
{
	struct cvp_artifact artifact;
	enum cvp_code code;

	code = load(ctx, caller, application_id, version, &artifact);
	if (code == CVP_OK)
		*model = artifact.body;
	return code;
}

/* The view of a report; *cv_view the CV beside it, untouched where it is gone. */
static enum cvp_code
view(struct cvp_ctx *ctx, const struct cvp_artifact *artifact, json_t **model, json_t **cv_view)
{
	const struct cvp_kind *kind = cvp_kind_find(artifact->key.kind);
	const struct cvp_cv *cv;
	enum cvp_code code;
	json_t *input;

	code = cvp_input_of_artifact(ctx, artifact, &input);
	if (code == CVP_OK)
		code = kind->view(ctx, cvp_gate_assets(ctx), input, artifact->body, model);
	if (code != CVP_OK)
		return code;
	if (json_object_size(json_object_get(input, "resume")) == 0)
		return CVP_OK;
	code = cvp_cv_parse(ctx, json_object_get(input, "resume"), &cv);
	if (code == CVP_OK)
		*cv_view = cvp_cv_view(ctx, cv);
	return code;
}

enum cvp_code
cvp_vpr_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version,
	     json_t **model)
{
	struct cvp_artifact artifact;
	json_t *shown, *cv_view = NULL, *versions;
	enum cvp_code code;

	code = load(ctx, caller, application_id, version, &artifact);
	if (code == CVP_OK)
		code = view(ctx, &artifact, &shown, &cv_view);
	if (code == CVP_OK)
		code = cvp_artifact_list(ctx, key_of(caller, application_id, 0), &versions);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:s, s:O, s:O*, s:i, s:O, s:O*, s:b, s:o*, s:o}", "application_id",
						application_id, "artifact", shown, "cv", cv_view, "version",
						artifact.key.version, "versions", versions, "metadata",
						artifact.metadata, "pinned", artifact.expires_at == CVP_FOREVER,
						"expires_at", cvp_time_json(artifact.expires_at), "others",
						cvp_keep_others(versions, artifact.key.version, "version")));
	if (code == CVP_OK)
		json_object_set_new(*model, "has_others", json_boolean(json_array_size(versions) > 1));
	return code;
}

enum cvp_code
cvp_vpr_compare(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version, int with,
		json_t **model)
{
	struct cvp_artifact artifact, other;
	const json_t *target;
	enum cvp_code code = load(ctx, caller, application_id, version, &artifact);

	if (code == CVP_OK)
		code = load(ctx, caller, application_id, with, &other);
	if (code != CVP_OK)
		return code;
	target = json_object_get(artifact.body, "x_target");
	*model = cvp_compare_reports(ctx, other.body, artifact.body);
	json_object_set_new(*model, "application_id", json_string(application_id));
	json_object_set_new(*model, "version", json_integer(artifact.key.version));
	json_object_set_new(*model, "with_version", json_integer(other.key.version));
	json_object_set(*model, "role_title", json_object_get(target, "role_title"));
	return CVP_OK;
}

enum cvp_code
cvp_vpr_export(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version,
	       const char *format, struct cvp_export *exported)
{
	struct cvp_export_source source = { .kind = CVP_EXPORT_VPR };
	struct cvp_artifact artifact;
	enum cvp_code code;
	json_t *input;

	code = cvp_export_check(ctx, source.kind, format);
	if (code == CVP_OK)
		code = load(ctx, caller, application_id, version, &artifact);
	if (code == CVP_OK)
		code = cvp_input_of_artifact(ctx, &artifact, &input);
	if (code != CVP_OK)
		return code;
	source.input = input;
	source.artifact = artifact.body;
	return cvp_export_make(ctx, cvp_gate_assets(ctx), &source, format, exported);
}

enum cvp_code
cvp_vpr_keep(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version,
	     const json_t *body, json_t **model)
{
	struct cvp_artifact artifact;
	int64_t until;
	enum cvp_code code = load(ctx, caller, application_id, version, &artifact);

	if (code == CVP_OK)
		code = cvp_keep_wish(ctx, body, artifact.created_at, &until);
	if (code == CVP_OK)
		code = cvp_artifact_keep(ctx, artifact.key, until);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:s, s:i, s:b, s:o*}", "application_id", application_id, "version",
						artifact.key.version, "pinned", until == CVP_FOREVER, "expires_at",
						cvp_time_json(until)));
	return code;
}

/* What an edit says must all stand: nothing is left out of it in silence. */
static enum cvp_code
verify_edit(struct cvp_ctx *ctx, const json_t *input, const json_t *report)
{
	const struct cvp_assets *assets = cvp_gate_assets(ctx);
	enum cvp_code code;
	json_t *verdict;

	code = cvp_schema_validate(ctx, cvp_schemas_get(assets->schemas, "vpr.json"), report);
	if (code == CVP_OK)
		code = cvp_kind_find("vpr")->verify(ctx, assets, input, report, &verdict);
	if (code != CVP_OK || json_is_true(json_object_get(verdict, "is_valid")))
		return code;
	return cvp_fail_details(ctx, CVP_FVS_HALLUCINATION_DETECTED,
				json_incref(json_object_get(verdict, "violations")),
				"The report states what the CV does not show; it was not stored.");
}

enum cvp_code
cvp_vpr_put(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version,
	    const json_t *body, json_t **model)
{
	struct cvp_artifact artifact;
	json_t *input, *report = cvp_own(ctx, json_copy(json_object_get(body, "vpr")));
	enum cvp_code code = load(ctx, caller, application_id, version, &artifact);

	if (code == CVP_OK)
		code = cvp_input_of_artifact(ctx, &artifact, &input);
	if (code == CVP_OK && json_object_size(json_object_get(input, "resume")) == 0)
		code = cvp_fail(ctx, CVP_CV_NOT_FOUND,
				"The CV this was made of has been deleted; it cannot be verified any more.");
	if (code == CVP_OK)
		code = verify_edit(ctx, input, report);
	if (code != CVP_OK)
		return code;
	json_object_set_new(input, "as_of", cvp_time_json(cvp_now(ctx)));
	json_object_set_new(report, "word_count", json_integer((json_int_t)cvp_vpr_word_count(report)));
	code = cvp_artifact_save(ctx, "vpr", input, report);
	if (code == CVP_OK)
		*model = report;
	return code;
}

enum cvp_code
cvp_vpr_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id, int version)
{
	struct cvp_artifact artifact;
	enum cvp_code code;

	code = cvp_artifact_get(ctx, key_of(caller, application_id, version), &artifact);
	if (code == CVP_OK)
		code = cvp_artifact_delete(ctx, artifact.key);
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_NO_CONTENT) : code;
}
