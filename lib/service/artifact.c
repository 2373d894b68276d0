#include "service/artifact.h"

#include <string.h>

#include "career/kind.h"
#include "core/ctx.h"
#include "core/id.h"
#include "core/model.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/gap_analyses.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "schema/canonical.h"
#include "schema/checksum.h"

static const char *
member_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "";
}

/* What SPEC 6.2 allows in the open: ids, versions, language, model, counts. */
static json_t *
metadata_of(struct cvp_ctx *ctx, const json_t *input, const json_t *artifact, const struct cvp_origin *origin)
{
	json_t *metadata = cvp_own(
	    ctx, json_pack("{s:O*, s:s*, s:O*, s:O*, s:O*, s:s, s:s*, s:O*}", "application_id",
			   json_object_get(input, "application_id"), "job_id", origin->job_id, "cv_id",
			   json_object_get(input, "cv_id"), "cv_version", json_object_get(input, "cv_version"),
			   "language", json_object_get(input, "language"), "model", origin->model, "fallback",
			   origin->fallback, "word_count", json_object_get(artifact, "word_count")));

	if (origin->left_out > 0)
		json_object_set_new(metadata, "left_out", json_integer((json_int_t)origin->left_out));
	return metadata;
}

/* In the document, or in its metadata, where it has such members. */
static void
set_identity(json_t *artifact, int version, int64_t created_at)
{
	json_t *metadata = json_object_get(artifact, "metadata");

	if (json_is_object(metadata))
		set_identity(metadata, version, created_at);
	if (json_object_get(artifact, "version") != NULL)
		json_object_set_new(artifact, "version", json_integer(version));
	if (json_object_get(artifact, "created_at") != NULL)
		json_object_set_new(artifact, "created_at", cvp_time_json(created_at));
	if (json_is_object(json_object_get(artifact, "tailored_cv")))
		json_object_set_new(json_object_get(artifact, "tailored_cv"), "tailoring_version",
				    json_integer(version));
	if (json_object_get(artifact, "ttl") != NULL)
		json_object_set_new(artifact, "ttl",
				    json_integer((json_int_t)(created_at / CVP_SECOND + CVP_ARTIFACT_SECONDS)));
}

/* What the artifact is kept under. */
static const char *
subject_of(struct cvp_ctx *ctx, const char *kind, const json_t *input, const json_t *artifact)
{
	const struct cvp_kind *known = cvp_kind_find(kind);

	if (known != NULL && known->is_of_posting)
		return cvp_posting_subject(ctx, member_text(input, "cv_id"), member_text(artifact, "job_posting_id"));
	return member_text(input, "application_id");
}

enum cvp_code
cvp_artifact_store(struct cvp_ctx *ctx, const char *kind, const json_t *input, json_t *artifact,
		   const struct cvp_origin *origin, struct cvp_artifact *stored)
{
	char checksum[CVP_SHA256_HEX], content[CVP_SHA256_HEX];
	int64_t at;
	enum cvp_code code;

	if (!cvp_time_parse(member_text(input, "as_of"), &at))
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "An input without as_of.");
	*stored = (struct cvp_artifact){
		.key = { .owner = member_text(input, "user_id"),
			 .kind = kind,
			 .subject = subject_of(ctx, kind, input, artifact) },
		.body = artifact,
		.metadata = metadata_of(ctx, input, artifact, origin),
		.token_usage = json_object_get(artifact, "token_usage"),
		.is_verified = true,
		.job_id = origin->job_id,
	};
	code = cvp_artifact_next(ctx, &stored->key, &at);
	if (code != CVP_OK)
		return code;
	set_identity(artifact, stored->key.version, at);
	cvp_canonical_sha256(artifact, checksum);
	cvp_content_sha256(artifact, content);
	stored->created_at = at;
	stored->expires_at = at + CVP_ARTIFACT_SECONDS * CVP_SECOND;
	stored->checksum = cvp_arena_strdup(ctx->arena, checksum);
	stored->content_sha256 = cvp_arena_strdup(ctx->arena, content);
	return cvp_artifact_insert(ctx, stored);
}

enum cvp_code
cvp_artifact_save(struct cvp_ctx *ctx, const char *kind, const json_t *input, json_t *artifact)
{
	static const struct cvp_origin by_engine = { .model = CVP_BUILTIN };
	struct cvp_artifact stored;
	enum cvp_code code;

	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_artifact_store(ctx, kind, input, artifact, &by_engine, &stored);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code;
}
