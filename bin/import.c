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
#include "files.h"
#include "verbs.h"

#define FILE_MAX ((size_t)10 * 1024 * 1024) /* SPEC 2.5: an uploaded file */

enum { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE };

static const char usage[] = "usage: careervp import FILE\n";

static enum cvp_code
read_bytes(struct cvp_ctx *ctx, const char *path, struct cvp_buf *bytes)
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

/* A line each, whatever characters the CV's words in them have. */
static void
print_warnings(const json_t *warnings)
{
	for (size_t i = 0; i < json_array_size(warnings); i++) {
		fputs("warning: ", stderr);
		for (const char *text = json_string_value(json_array_get(warnings, i)); *text != '\0'; text++)
			fputc((unsigned char)*text < ' ' ? ' ' : *text, stderr);
		fputc('\n', stderr);
	}
}

static enum cvp_code
import(struct cvp_bench *bench, const char *path)
{
	struct cvp_buf bytes = CVP_BUF(FILE_MAX);
	struct cvp_cv_import found;
	enum cvp_code code = read_bytes(&bench->ctx, path, &bytes);

	if (code == CVP_OK)
		code = cvp_cv_import_bytes(&bench->ctx, bench->assets, cvp_buf_string(&bytes), bytes.length, &found);
	if (code == CVP_OK) {
		print_warnings(found.warnings);
		code = cvp_print_json(&bench->ctx, found.resume);
	}
	cvp_buf_free(&bytes);
	return code;
}

int
cvp_verb_import(int argc, char **argv)
{
	bool was_asked = argc > 1 && strcmp(argv[1], "--help") == 0;
	struct cvp_bench bench;
	int status = EXIT_DONE;

	if (was_asked || argc != 2) {
		fputs(usage, was_asked ? stdout : stderr);
		return was_asked ? EXIT_DONE : EXIT_USAGE;
	}
	if (cvp_bench_open(&bench, "import") != CVP_OK || import(&bench, argv[1]) != CVP_OK) {
		cvp_bench_fail(&bench);
		status = EXIT_REFUSED;
	}
	cvp_bench_close(&bench);
	return status;
}
