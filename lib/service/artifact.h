/* artifact.h - a generated document becomes a stored version: next version, times, digests, metadata. */
#ifndef CVP_SERVICE_ARTIFACT_H
#define CVP_SERVICE_ARTIFACT_H

#include <jansson.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_artifact;
struct cvp_ctx;

/* Whose work an artifact is. */
struct cvp_origin {
	const char *job_id; /* NULL: no job made it */
	const char *model;
	const char *fallback; /* the code for which the built-in engine stood in for a model; NULL: it did not */
	size_t left_out;      /* texts of the model that verification did not let stand */
};

/* Stores artifact as the next version of its application's kind (or its CV's and posting's: kind.h), in the open
 * transaction: sets its version and created_at (in the document too, where it has such members), checksum and content
 * digest. input: what it was made of. *stored: what was written; its texts are the context's. */
CVP_CHECKED enum cvp_code cvp_artifact_store(struct cvp_ctx *ctx, const char *kind, const json_t *input,
					     json_t *artifact, const struct cvp_origin *origin,
					     struct cvp_artifact *stored);

/* The same for the engine's work without a job, in a transaction of its own. */
CVP_CHECKED enum cvp_code cvp_artifact_save(struct cvp_ctx *ctx, const char *kind, const json_t *input,
					    json_t *artifact);

#endif
