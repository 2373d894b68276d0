#include "dal/gap_analyses.h"

#include <string.h>

#include "core/ctx.h"
#include "core/id.h"
#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/rows.h"
#include "schema/canonical.h"
#include "schema/checksum.h"

#define POSTING_ID_BYTES  200  /* SPEC 6.2: longer ones stand in a subject by their hash */
#define POSTING_ID_LENGTH 2048 /* SPEC 2.1 */

const char *
cvp_posting_subject(struct cvp_ctx *ctx, const char *cv_id, const char *job_posting_id)
{
	char hex[CVP_SHA256_HEX];
	size_t length = strlen(job_posting_id);

	if (length <= POSTING_ID_BYTES)
		return cvp_arena_printf(ctx->arena, "%s#%s", cv_id, job_posting_id);
	cvp_sha256_hex(job_posting_id, length, hex);
	return cvp_arena_printf(ctx->arena, "%s#sha256:%s", cv_id, hex);
}

static enum cvp_code
check_key(struct cvp_ctx *ctx, const struct cvp_gap_key *key)
{
	const struct {
		const char *pointer, *id;
	} ids[] = { { "/user_id", key->owner }, { "/cv_id", key->cv_id } };

	for (size_t i = 0; i < CVP_COUNT(ids); i++) {
		if (ids[i].id == NULL || !cvp_id_is_valid(ids[i].id))
			return cvp_fail_at(ctx, CVP_INVALID_INPUT, ids[i].pointer, "%s is not valid.",
					   ids[i].pointer + 1);
	}
	if (key->job_posting_id == NULL || key->job_posting_id[0] == '\0' ||
	    strlen(key->job_posting_id) > (size_t)4 * POSTING_ID_LENGTH)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/job_posting_id", "job_posting_id is not valid.");
	if (key->version < 0)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/version", "version is not valid.");
	return CVP_OK;
}

static struct cvp_artifact_key
artifact_key(struct cvp_ctx *ctx, const struct cvp_gap_key *key)
{
	return (struct cvp_artifact_key){ key->owner, CVP_GAP_ANALYSIS_KIND,
					  cvp_posting_subject(ctx, key->cv_id, key->job_posting_id), key->version };
}

/* The same failure in the words of this repository (SPEC 6.1). */
static enum cvp_code
reworded(struct cvp_ctx *ctx, const char *what)
{
	struct cvp_error cause = ctx->err;

	cvp_clear(ctx);
	return cvp_fail(ctx, CVP_INTERNAL_ERROR, "%s: %s", what, cause.message);
}

static json_t *
record_of(struct cvp_ctx *ctx, const struct cvp_gap_key *key, const json_t *questions,
	  const struct cvp_artifact *artifact)
{
	return cvp_own(ctx, json_pack("{s:s, s:s, s:s, s:s, s:O, s:i, s:o, s:I}", "user_id", key->owner, "cv_id",
				      key->cv_id, "job_posting_id", key->job_posting_id, "artifact_type",
				      CVP_GAP_ANALYSIS_KIND, "questions", questions, "version", artifact->key.version,
				      "created_at", cvp_time_json(artifact->created_at), "ttl",
				      (json_int_t)(artifact->expires_at / CVP_SECOND)));
}

static enum cvp_code
insert(struct cvp_ctx *ctx, const struct cvp_gap_key *key, const json_t *questions)
{
	struct cvp_artifact artifact = { .key = artifact_key(ctx, key),
					 .created_at = cvp_now(ctx),
					 .is_verified = true };
	char checksum[CVP_SHA256_HEX], content[CVP_SHA256_HEX];
	enum cvp_code code = cvp_artifact_next(ctx, &artifact.key, &artifact.created_at);

	if (code != CVP_OK)
		return code;
	artifact.expires_at = artifact.created_at + CVP_ARTIFACT_SECONDS * CVP_SECOND;
	if (key->version > 0) {
		artifact.key.version = key->version;
		code = cvp_artifact_delete(ctx, artifact.key);
	}
	if (code == CVP_NOT_FOUND)
		cvp_clear(ctx); /* a new one */
	else if (code != CVP_OK)
		return code;
	artifact.body = record_of(ctx, key, questions, &artifact);
	artifact.metadata = cvp_own(ctx, json_pack("{s:s}", "cv_id", key->cv_id));
	cvp_canonical_sha256(artifact.body, checksum);
	cvp_content_sha256(artifact.body, content);
	artifact.checksum = checksum;
	artifact.content_sha256 = content;
	return cvp_artifact_insert(ctx, &artifact);
}

enum cvp_code
cvp_gap_analysis_save(struct cvp_ctx *ctx, struct cvp_gap_key key, const json_t *questions)
{
	enum cvp_code code = check_key(ctx, &key);

	if (code == CVP_OK && !json_is_array(questions))
		code = cvp_fail_at(ctx, CVP_INVALID_INPUT, "/questions", "questions is not a list.");
	if (code != CVP_OK)
		return code;
	code = cvp_db_begin(ctx);
	if (code == CVP_OK)
		code = insert(ctx, &key, questions);
	if (code == CVP_OK)
		code = cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_GAP_RESPONSES_SAVED)
			      : reworded(ctx, "Failed to save gap analysis");
}

enum cvp_code
cvp_gap_analysis_get(struct cvp_ctx *ctx, struct cvp_gap_key key, json_t **record)
{
	struct cvp_artifact artifact;
	enum cvp_code code = check_key(ctx, &key);

	if (code != CVP_OK)
		return code;
	code = cvp_artifact_get(ctx, artifact_key(ctx, &key), &artifact);
	if (code == CVP_NOT_FOUND) {
		cvp_clear(ctx);
		return cvp_fail(ctx, CVP_NOT_FOUND, "Gap analysis not found");
	}
	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, artifact.body, artifact.checksum);
	if (code == CVP_INTEGRITY_ERROR)
		return code;
	if (code != CVP_OK)
		return reworded(ctx, "Failed to retrieve gap analysis");
	*record = artifact.body;
	return CVP_OK;
}
