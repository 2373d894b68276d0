/* careervp import FILE: a CV file (JSON Resume, UserCV, plain text, Markdown; '-': standard input) as JSON Resume.
 *
 * What was unsure goes to stderr, a `warning: ...` a line. Exit status 0; 1 where the file is refused, with the code
 * and a sentence on one line of stderr; 2 for a wrong call. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "career/cv_import.h"
#include "core/buf.h"
#include "core/config.h"
#include "core/ctx.h"
#include "operator.h"
#include "service/assets.h"
#include "verbs.h"

#define FILE_MAX ((size_t)10 * 1024 * 1024) /* SPEC 2.5 */

static enum cvp_code
read_file(struct cvp_ctx *ctx, const char *path, struct cvp_buf *bytes)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	enum cvp_code code = CVP_OK;
	char block[16384];
	size_t got;

	if (file == NULL)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s cannot be read: %s", path, strerror(errno));
	while (!cvp_buf_failed(bytes) && (got = fread(block, 1, sizeof(block), file)) > 0)
		cvp_buf_add(bytes, block, got);
	if (ferror(file))
		code = cvp_fail(ctx, CVP_INVALID_INPUT, "%s cannot be read: %s", path, strerror(errno));
	else if (cvp_buf_failed(bytes))
		code = cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "%s is larger than %zu bytes", path, FILE_MAX);
	if (file != stdin)
		fclose(file);
	return code;
}

/* One line, whatever characters the text has. */
static void
print_line(const char *before, const char *text)
{
	fputs(before, stderr);
	for (; *text != '\0'; text++)
		fputc((unsigned char)*text < ' ' ? ' ' : *text, stderr);
	fputc('\n', stderr);
}

static enum cvp_code
print_import(struct cvp_ctx *ctx, const struct cvp_cv_import *import)
{
	for (size_t i = 0; i < json_array_size(import->warnings); i++)
		print_line("warning: ", json_string_value(json_array_get(import->warnings, i)));
	if (json_dumpf(import->resume, stdout, JSON_INDENT(2)) != 0 || putchar('\n') == EOF || fflush(stdout) != 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The CV cannot be written: %s", strerror(errno));
	return CVP_OK;
}

static enum cvp_code
import(struct cvp_ctx *ctx, const char *path)
{
	struct cvp_buf bytes = CVP_BUF(FILE_MAX);
	struct cvp_assets *assets = NULL;
	struct cvp_cv_import found;
	enum cvp_code code;

	code = read_file(ctx, path, &bytes);
	if (code == CVP_OK)
		code = cvp_assets_load(ctx, cvp_config_text(ctx->config, CVP_SET_DATA_DIR), &assets);
	if (code == CVP_OK)
		code = cvp_cv_import_bytes(ctx, assets, cvp_buf_string(&bytes), bytes.length, &found);
	if (code == CVP_OK)
		code = print_import(ctx, &found);
	cvp_assets_free(assets);
	cvp_buf_free(&bytes);
	return code;
}

int
cvp_verb_import(int argc, char **argv)
{
	struct cvp_operator op;
	int status = 0;

	if (argc != 2 || strcmp(argv[1], "--help") == 0)
		return cvp_verb_usage(argc, argv, "import FILE");
	if (!cvp_operator_open(&op, "import", false, false))
		return 1;
	if (import(&op.ctx, argv[1]) != CVP_OK) {
		print_line("careervp import: ", cvp_arena_printf(op.ctx.arena, "%s: %s", cvp_code_name(op.ctx.err.code),
								 op.ctx.err.message));
		status = 1;
	}
	cvp_operator_close(&op);
	return status;
}
