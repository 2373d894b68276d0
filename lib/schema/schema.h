/* schema.h - JSON Schema, draft 2020-12 and draft 7: compiled once, used by any number of threads.
 *
 * A set holds documents by URI; compiling resolves every $ref inside the set (nothing is ever fetched). The draft of a
 * document follows its $schema, 2020-12 without one. `format` asserts for date, date-time, email, uri, uuid.
 * A set owns its documents and schemas; schemas live as long as their set. Building is for one thread. */
#ifndef CVP_SCHEMA_SCHEMA_H
#define CVP_SCHEMA_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_schema;
struct cvp_schemas;

struct cvp_schemas *cvp_schemas_new(void);
void cvp_schemas_free(struct cvp_schemas *set);

/* Adds a document under uri (a $id in it counts too); the reference is shared. CVP_CONFLICT for a uri given twice. */
CVP_CHECKED enum cvp_code cvp_schemas_add(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *uri,
					  json_t *document);

/* Is there a document or a schema with this URI? */
bool cvp_schemas_has(const struct cvp_schemas *set, const char *uri);

/* Reads every DIR/NAME.json as uri "NAME.json", so that schemas refer to each other by file name. */
CVP_CHECKED enum cvp_code cvp_schemas_load(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *dir);

/* Compiles what was added. CVP_INVALID_INPUT names document, pointer and reason: an unknown $ref or $schema, a bad
 * pattern, a keyword of the wrong type, references in a circle. After it the set is read-only. */
CVP_CHECKED enum cvp_code cvp_schemas_compile(struct cvp_ctx *ctx, struct cvp_schemas *set);

/* The schema of a document added under uri; NULL where there is none, and before the set is compiled. */
const struct cvp_schema *cvp_schemas_get(const struct cvp_schemas *set, const char *uri);

/* A document as it was added, the set's; NULL where there is none. */
const json_t *cvp_schemas_document(const struct cvp_schemas *set, const char *uri);

/* CVP_OK, or a failure whose details list the violations (at most 20) as {pointer, message}, pointer being RFC 6901
 * into the instance (of an absent member: where it belongs) and message a sentence that names the member; ctx's own
 * message is the first of them. CVP_VALIDATION_MISSING_REQUIRED_FIELD ("Missing required field: NAME") where all are
 * absent members, else CVP_VALIDATION_ERROR. No message quotes the instance's text.
 *
 * Bounded: an instance that takes more than 512 schemas within each other (some 300 KB of stack), more than 10 million
 * in all, or a pattern without end is refused as a whole, with pointer "". */
CVP_CHECKED enum cvp_code cvp_schema_validate(struct cvp_ctx *ctx, const struct cvp_schema *schema,
					      const json_t *instance);

#endif
