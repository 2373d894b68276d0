/* openapi.h - the API described in OpenAPI 3.1, made from the programs' own route tables and schemas.
 *
 * The build writes routes.tsv from every program's --routes; so a route is written once. */
#ifndef CVP_WEB_OPENAPI_H
#define CVP_WEB_OPENAPI_H

#include <jansson.h>

#include "core/code.h"

struct cvp_ctx;

/* Reads routes.tsv and schemas/ below data_dir. *document is the context's. CVP_NOT_FOUND without routes.tsv. */
CVP_CHECKED enum cvp_code cvp_openapi(struct cvp_ctx *ctx, const char *data_dir, json_t **document);

#endif
