/* rows.h - decoders that several repositories share. */
#ifndef CVP_DAL_ROWS_H
#define CVP_DAL_ROWS_H

#include <jansson.h>

#include "core/code.h"
#include "dal/db.h"

/* Row callbacks of one column: out is a bool, an int, a const char *. */
enum cvp_code cvp_decode_bool(struct cvp_ctx *ctx, const struct cvp_row *row, void *out);
enum cvp_code cvp_decode_int(struct cvp_ctx *ctx, const struct cvp_row *row, void *out);
enum cvp_code cvp_decode_text(struct cvp_ctx *ctx, const struct cvp_row *row, void *out);

/* A new JSON string with the time; NULL for 0 and for CVP_FOREVER. */
json_t *cvp_time_json(int64_t at);

/* A jsonb parameter; SQL null for NULL. Its text is in the context. */
struct cvp_param cvp_jsonb(struct cvp_ctx *ctx, const json_t *value);

/* Opens a sealed JSON column; *value is NULL where the column is. */
CVP_CHECKED enum cvp_code cvp_row_body(struct cvp_ctx *ctx, const struct cvp_row *row, int column,
				       struct cvp_place place, json_t **value);

/* Runs a statement whose decode appends to a JSON array (its out); *list is the context's. */
CVP_CHECKED enum cvp_code cvp_query_list(
    struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params,
    enum cvp_code (*decode)(struct cvp_ctx *ctx, const struct cvp_row *row, void *out), json_t **list);

#endif
