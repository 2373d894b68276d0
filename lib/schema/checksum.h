/* checksum.h - the two digests of a stored document (SPEC 2.1). Pure. */
#ifndef CVP_SCHEMA_CHECKSUM_H
#define CVP_SCHEMA_CHECKSUM_H

#include <jansson.h>

#include "core/code.h"
#include "core/id.h"

struct cvp_ctx;

/* SHA-256 of the content: of a copy of an object without its ids, times, versions and token counts. */
void cvp_content_sha256(const json_t *document, char hex[CVP_SHA256_HEX]);

/* CVP_INTEGRITY_ERROR unless the document's canonical SHA-256 is the one stored with it. */
CVP_CHECKED enum cvp_code cvp_checksum_verify(struct cvp_ctx *ctx, const json_t *document, const char *checksum);

#endif
