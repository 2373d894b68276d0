/* cvs.h - stored CVs and their versions. All by owner: another's CV is as if absent (CV_NOT_FOUND). */
#ifndef CVP_DAL_CVS_H
#define CVP_DAL_CVS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;

/* A version to be stored. */
struct cvp_cv_draft {
	const char *user_id, *cv_id, *language;
	const json_t *resume;
	const char *original, *original_type; /* NULL: it came as JSON */
	size_t original_length;
	const char *checksum, *content_sha256;
};

struct cvp_cv_version {
	const char *cv_id, *language;
	int version, head_version;
	bool is_primary;
	int64_t created_at, updated_at;
	json_t *resume;
	const char *checksum, *content_sha256;
};

/* Stores version 1; the user's first CV is primary. CVP_CONFLICT for a cv_id there is. Within a transaction. */
CVP_CHECKED enum cvp_code cvp_cv_create(struct cvp_ctx *ctx, const struct cvp_cv_draft *draft, bool *is_primary);

/* Stores the next version, provided the newest one is `expected` (0: whatever it is), else CVP_CONFLICT. Within a
 * transaction. */
CVP_CHECKED enum cvp_code cvp_cv_add_version(struct cvp_ctx *ctx, const struct cvp_cv_draft *draft, int expected,
					     int *version);

/* version 0: the newest. The caller compares the checksum. */
CVP_CHECKED enum cvp_code cvp_cv_get(struct cvp_ctx *ctx, const char *user_id, const char *cv_id, int version,
				     struct cvp_cv_version *cv);

/* The id of the user's primary CV; CVP_CV_NOT_FOUND without any. */
CVP_CHECKED enum cvp_code cvp_cv_primary(struct cvp_ctx *ctx, const char *user_id, const char **cv_id);

/* [{cv_id, version, is_primary, language, created_at, updated_at, name}], newest change first, at most 1,000. */
CVP_CHECKED enum cvp_code cvp_cv_list(struct cvp_ctx *ctx, const char *user_id, json_t **cvs);

/* [{version, created_at, checksum}], newest first. */
CVP_CHECKED enum cvp_code cvp_cv_versions(struct cvp_ctx *ctx, const char *user_id, const char *cv_id,
					  json_t **versions);

/* Makes it the user's one primary CV. Within a transaction. */
CVP_CHECKED enum cvp_code cvp_cv_make_primary(struct cvp_ctx *ctx, const char *user_id, const char *cv_id);

/* Removes it with all versions; the newest of the others becomes primary where it was, and applications
 * that used it use the primary one. Within a transaction. */
CVP_CHECKED enum cvp_code cvp_cv_delete(struct cvp_ctx *ctx, const char *user_id, const char *cv_id);

#endif
