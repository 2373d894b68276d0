#include "core/ctx.h"

#include <stdarg.h>
#include <string.h>

void
cvp_ctx_init(struct cvp_ctx *ctx, struct cvp_arena *arena)
{
	*ctx = (struct cvp_ctx){ .arena = arena, .clock = &cvp_clock_system };
}

void
cvp_ctx_reset(struct cvp_ctx *ctx)
{
	cvp_arena_reset(ctx->arena);
	cvp_clear(ctx);
	ctx->done = CVP_DONE_SUCCESS;
	ctx->log = (struct cvp_log_fields){ 0 };
}

int64_t
cvp_now(const struct cvp_ctx *ctx)
{
	return ctx->clock->now(ctx->clock);
}

CVP_PRINTF(4, 0)
static enum cvp_code
record(struct cvp_ctx *ctx, enum cvp_code code, json_t *details, const char *format, va_list args)
{
	if (ctx->err.code == CVP_OK) {
		ctx->err.code = code;
		ctx->err.message = cvp_arena_vprintf(ctx->arena, format, args);
		ctx->err.details = cvp_own(ctx, details);
	} else {
		json_decref(details);
	}
	return ctx->err.code;
}

enum cvp_code
cvp_fail(struct cvp_ctx *ctx, enum cvp_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	code = record(ctx, code, NULL, format, args);
	va_end(args);
	return code;
}

enum cvp_code
cvp_fail_at(struct cvp_ctx *ctx, enum cvp_code code, const char *pointer, const char *format, ...)
{
	va_list args, again;
	const char *message;
	json_t *details;

	va_start(args, format);
	va_copy(again, args);
	message = cvp_arena_vprintf(ctx->arena, format, again);
	va_end(again);
	details = json_pack("[{s:s, s:s}]", "pointer", pointer, "message", message);
	code = record(ctx, code, details, format, args);
	va_end(args);
	return code;
}

enum cvp_code
cvp_fail_details(struct cvp_ctx *ctx, enum cvp_code code, json_t *details, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	code = record(ctx, code, details, format, args);
	va_end(args);
	return code;
}

enum cvp_code
cvp_fail_below(struct cvp_ctx *ctx, const char *place)
{
	json_t *row;
	size_t i;

	if (ctx->err.details == NULL)
		ctx->err.details = cvp_own(ctx, json_pack("[{s:s, s:s}]", "pointer", "", "message", ctx->err.message));
	json_array_foreach (ctx->err.details, i, row) {
		const char *inner = json_string_value(json_object_get(row, "pointer"));

		if (inner != NULL)
			json_object_set_new(row, "pointer", json_sprintf("%s%s", place, inner));
	}
	return ctx->err.code;
}

void
cvp_clear(struct cvp_ctx *ctx)
{
	ctx->err = (struct cvp_error){ 0 };
}

enum cvp_code
cvp_done(struct cvp_ctx *ctx, enum cvp_done done)
{
	ctx->done = done;
	return CVP_OK;
}

json_t *
cvp_own(struct cvp_ctx *ctx, json_t *value)
{
	return cvp_arena_own(ctx->arena, value);
}
