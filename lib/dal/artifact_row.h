/* artifact_row.h - a row of `artifacts` as its repositories read it. Only for lib/dal. */
#ifndef CVP_DAL_ARTIFACT_ROW_H
#define CVP_DAL_ARTIFACT_ROW_H

#include "dal/artifacts.h"
#include "dal/db.h"

#define CVP_ARTIFACT_COLUMNS                                                                                           \
	"owner, kind, subject, version, created_at, expires_at, checksum, content_sha256, body, metadata,"             \
	" token_usage, verified, job_id"

/* Decodes these columns, the body opened. out: a struct cvp_artifact. */
enum cvp_code cvp_artifact_decode(struct cvp_ctx *ctx, const struct cvp_row *row, void *out);

#endif
