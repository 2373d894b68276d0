/* canonical.h - RFC 8785 canonical JSON (JCS) and its SHA-256, the checksum of SPEC 2.1. Any thread. */
#ifndef CVP_SCHEMA_CANONICAL_H
#define CVP_SCHEMA_CANONICAL_H

#include <jansson.h>

#include "core/buf.h"
#include "core/id.h"

/* Appends value in canonical form: members sorted by UTF-16 code units, ECMAScript numbers, no white space.
 * A value deeper than jansson's own limit cannot occur; the buffer's ceiling bounds the size. */
void cvp_canonical_json(const json_t *value, struct cvp_buf *out);

/* Lowercase hex SHA-256 of the canonical form. */
void cvp_canonical_sha256(const json_t *value, char hex[CVP_SHA256_HEX]);

#endif
