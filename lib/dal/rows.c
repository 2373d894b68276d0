#include "dal/rows.h"

#include <stdlib.h>

enum cvp_code
cvp_decode_bool(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	*(bool *)out = cvp_row_bool(row, 0);
	return CVP_OK;
}

enum cvp_code
cvp_decode_int(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	*(int *)out = (int)cvp_row_int(row, 0);
	return CVP_OK;
}

enum cvp_code
cvp_decode_text(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	*(const char **)out = cvp_row_text(ctx, row, 0);
	return CVP_OK;
}

json_t *
cvp_time_json(int64_t at)
{
	char text[CVP_TIME_SIZE];

	if (at == 0 || at == CVP_FOREVER)
		return NULL;
	cvp_time_format(at, text);
	return json_string(text);
}

struct cvp_param
cvp_jsonb(struct cvp_ctx *ctx, const json_t *value)
{
	char *text = value != NULL ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
	const char *copy = text != NULL ? cvp_arena_strdup(ctx->arena, text) : NULL;

	free(text);
	return cvp_text(copy);
}

enum cvp_code
cvp_row_body(struct cvp_ctx *ctx, const struct cvp_row *row, int column, struct cvp_place place, json_t **value)
{
	size_t length;
	const void *sealed = cvp_row_bytes(row, column, &length);

	if (cvp_row_is_null(row, column)) {
		*value = NULL;
		return CVP_OK;
	}
	return cvp_unseal_json(ctx, cvp_db_codec(ctx), place, sealed, length, value);
}

enum cvp_code
cvp_query_list(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_param *params,
	       enum cvp_code (*decode)(struct cvp_ctx *ctx, const struct cvp_row *row, void *out), json_t **list)
{
	json_t *rows = cvp_own(ctx, json_array());
	enum cvp_code code;

	code = cvp_db_query(ctx, stmt, params, decode, rows, NULL);
	if (code == CVP_OK)
		*list = rows;
	return code;
}
