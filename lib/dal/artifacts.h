/* artifacts.h - everything generated, all kinds and versions, and the results signed links give. By owner. */
#ifndef CVP_DAL_ARTIFACTS_H
#define CVP_DAL_ARTIFACTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;

/* Names an artifact: version 0 is the newest. */
struct cvp_artifact_key {
	const char *owner, *kind, *subject;
	int version;
};

struct cvp_artifact {
	struct cvp_artifact_key key;
	int64_t created_at, expires_at; /* CVP_FOREVER: pinned */
	const char *checksum, *content_sha256;
	json_t *body, *metadata, *token_usage; /* the last two may be NULL */
	bool is_verified;
	const char *job_id;
};

/* The version and created_at the next artifact of key's subject is to have; holds the subject until the transaction
 * ends. at: the wish; on a clash of times later by microseconds. */
CVP_CHECKED enum cvp_code cvp_artifact_next(struct cvp_ctx *ctx, struct cvp_artifact_key *key, int64_t *at);

/* Stores a version. Within the transaction of cvp_artifact_next(). */
CVP_CHECKED enum cvp_code cvp_artifact_insert(struct cvp_ctx *ctx, const struct cvp_artifact *artifact);

/* One version, body opened; the caller compares the checksum. CVP_NOT_FOUND, also for an expired one. */
CVP_CHECKED enum cvp_code cvp_artifact_get(struct cvp_ctx *ctx, struct cvp_artifact_key key,
					   struct cvp_artifact *artifact);

/* [{version, pinned, created_at, expires_at?, checksum, verified, metadata, job_id}] of a subject, newest first, at
 * most 1,000.
 */
CVP_CHECKED enum cvp_code cvp_artifact_list(struct cvp_ctx *ctx, struct cvp_artifact_key key, json_t **artifacts);

/* CVP_NOT_FOUND where there is no such version. */
CVP_CHECKED enum cvp_code cvp_artifact_delete(struct cvp_ctx *ctx, struct cvp_artifact_key key);

/* Until when a version is kept, CVP_FOREVER: pinned. CVP_NOT_FOUND, also for an expired one. */
CVP_CHECKED enum cvp_code cvp_artifact_keep(struct cvp_ctx *ctx, struct cvp_artifact_key key, int64_t expires_at);

struct cvp_result {
	const char *user_id, *result_key, *job_id, *checksum;
	json_t *body;
	int64_t expires_at;
};

/* Stores a result, replacing one of the same key. */
CVP_CHECKED enum cvp_code cvp_result_put(struct cvp_ctx *ctx, const struct cvp_result *result);

/* The result of a job, whoever's: a signed link is its own credential. CVP_NOT_FOUND when absent or expired. */
CVP_CHECKED enum cvp_code cvp_result_get(struct cvp_ctx *ctx, const char *job_id, struct cvp_result *result);

#endif
