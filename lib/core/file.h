/* file.h - whole files, read into the context's arena. */
#ifndef CVP_CORE_FILE_H
#define CVP_CORE_FILE_H

#include <jansson.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;

/* The bytes of a file, at most max of them, with a NUL behind; "-" is standard input. CVP_INVALID_INPUT where it cannot
 * be read, CVP_PAYLOAD_TOO_LARGE beyond max. */
CVP_CHECKED enum cvp_code cvp_file_read(struct cvp_ctx *ctx, const char *path, size_t max, const char **text,
					size_t *length);

/* The same, parsed as JSON of any kind; a name that stands twice in an object is refused. CVP_INVALID_JSON says
 * "path:line: why". *value is the context's. */
CVP_CHECKED enum cvp_code cvp_file_json(struct cvp_ctx *ctx, const char *path, size_t max, json_t **value);

#endif
