#include "schema/checksum.h"

#include <string.h>

#include "core/ctx.h"
#include "schema/canonical.h"

/* Members that differ between two makings of the same content. */
static const char *const not_content[] = { "application_id", "user_id", "cv_id",      "job_id",
					   "created_at",     "version", "cv_version", "token_usage",
					   "question_id",    "meta",    "metadata",   "ttl" };
static const char *const not_content_of_cv[] = { "tailoring_version", "source_cv_version", "target_job_id" };

void
cvp_content_sha256(const json_t *document, char hex[CVP_SHA256_HEX])
{
	json_t *content = json_copy((json_t *)document);

	for (size_t i = 0; i < CVP_COUNT(not_content); i++)
		json_object_del(content, not_content[i]);
	if (json_is_object(json_object_get(content, "tailored_cv"))) {
		json_t *cv = json_copy(json_object_get(content, "tailored_cv"));

		for (size_t i = 0; i < CVP_COUNT(not_content_of_cv); i++)
			json_object_del(cv, not_content_of_cv[i]);
		json_object_set_new(content, "tailored_cv", cv);
	}
	cvp_canonical_sha256(content, hex);
	json_decref(content);
}

enum cvp_code
cvp_checksum_verify(struct cvp_ctx *ctx, const json_t *document, const char *checksum)
{
	char hex[CVP_SHA256_HEX];

	cvp_canonical_sha256(document, hex);
	if (checksum != NULL && strcmp(hex, checksum) == 0)
		return CVP_OK;
	return cvp_fail(ctx, CVP_INTEGRITY_ERROR, "A stored document differs from its checksum.");
}
