#include "career/markdown.h"

#include <stdbool.h>
#include <string.h>

#include "core/buf.h"
#include "core/ctx.h"

#define MARKDOWN_MAX 65536

const char *
cvp_markdown_of(struct cvp_ctx *ctx, const char *text)
{
	struct cvp_buf out = CVP_BUF(MARKDOWN_MAX);

	for (; *text != '\0'; text++) {
		bool at_start = out.length == 0;

		if (*text == '\n' || *text == '\r' || *text == '\t') {
			cvp_buf_char(&out, ' ');
			continue;
		}
		if (strchr("\\`*_[]<>|", *text) != NULL || (at_start && strchr("#+-=~", *text) != NULL))
			cvp_buf_char(&out, '\\');
		cvp_buf_char(&out, *text);
	}
	return cvp_buf_take(&out, ctx->arena);
}

void
cvp_put_text(struct cvp_ctx *ctx, json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, text != NULL ? json_string(text) : json_null());
	json_object_set_new(object, cvp_arena_printf(ctx->arena, "%s_md", key),
			    text != NULL ? json_string(cvp_markdown_of(ctx, text)) : json_null());
}
