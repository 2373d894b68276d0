/* store.h - finished results and the signed links that give them away (SPEC 5.3, 5.4). In Postgres. */
#ifndef CVP_STORE_STORE_H
#define CVP_STORE_STORE_H

#include <jansson.h>
#include <stdint.h>

#include "core/code.h"

#define CVP_LINK_SECONDS INT64_C(3600)

struct cvp_ctx;

/* "results/{job_id}.json", in the context. */
const char *cvp_result_key(struct cvp_ctx *ctx, const char *job_id);

/* Keeps a job's result for seven days, within the caller's transaction. checksum: of its canonical form. */
CVP_CHECKED enum cvp_code cvp_store_put(struct cvp_ctx *ctx, const char *user_id, const char *job_id, json_t *body,
					const char *checksum);

/* {PUBLIC_URL}/api/vpr/results/{job_id}?exp=&sig=, good for an hour from now; in the context. */
const char *cvp_store_link(struct cvp_ctx *ctx, const char *job_id);

/* The result a link names. CVP_SIGNATURE_INVALID, CVP_RESULT_GONE past exp, CVP_NOT_FOUND. The caller compares
 * *checksum. exp, sig: as they stand in the query, may be NULL. */
CVP_CHECKED enum cvp_code cvp_store_follow(struct cvp_ctx *ctx, const char *job_id, const char *exp, const char *sig,
					   json_t **body, const char **checksum);

#endif
