#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/ctx.h"

static bool
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

static const char *
name_of(const char *path)
{
	return is_stdin(path) ? "stdin" : path;
}

enum cvp_code
cvp_file_read(struct cvp_ctx *ctx, const char *path, size_t max, const char **text, size_t *length)
{
	FILE *file = is_stdin(path) ? stdin : fopen(path, "rb");
	struct cvp_buf bytes = CVP_BUF(max);
	enum cvp_code code = CVP_OK;
	char block[16384];
	size_t got;

	if (file == NULL)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s: cannot be read: %s", path, strerror(errno));
	while (!cvp_buf_failed(&bytes) && (got = fread(block, 1, sizeof(block), file)) > 0)
		cvp_buf_add(&bytes, block, got);
	if (ferror(file))
		code = cvp_fail(ctx, CVP_INVALID_INPUT, "%s: cannot be read: %s", name_of(path), strerror(errno));
	else if (cvp_buf_failed(&bytes))
		code = cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "%s is larger than %zu bytes", name_of(path), max);
	if (code == CVP_OK) {
		*text = cvp_arena_strndup(ctx->arena, cvp_buf_string(&bytes), bytes.length);
		*length = bytes.length;
	}
	cvp_buf_free(&bytes);
	if (file != stdin)
		fclose(file);
	return code;
}

enum cvp_code
cvp_file_json(struct cvp_ctx *ctx, const char *path, size_t max, json_t **value)
{
	const char *text;
	json_error_t fault;
	size_t length;
	enum cvp_code code = cvp_file_read(ctx, path, max, &text, &length);

	if (code != CVP_OK)
		return code;
	*value = cvp_own(ctx, json_loadb(text, length, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &fault));
	if (*value == NULL)
		return cvp_fail(ctx, CVP_INVALID_JSON, "%s:%d: %s", name_of(path), fault.line > 0 ? fault.line : 1,
				fault.text);
	return CVP_OK;
}
