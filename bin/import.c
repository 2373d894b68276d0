/* careervp import FILE: a CV file (JSON Resume, UserCV, plain text, Markdown; '-': standard input) as JSON Resume.
 *
 * What was unsure goes to stderr, a `warning: ...` a line. Exit status 0; 1 where the file is refused, with the code
 * and a sentence on one line of stderr; 2 for a wrong call. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "career/cv_import.h"
#include "files.h"
#include "verbs.h"

enum { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE };

static const char usage[] = "usage: careervp import FILE\n";

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
	struct cvp_cv_import found;
	const char *text;
	size_t length;
	enum cvp_code code = cvp_file_read(&bench->ctx, path, CVP_UPLOAD_MAX, &text, &length);

	if (code == CVP_OK)
		code = cvp_cv_import_bytes(&bench->ctx, bench->assets, text, length, &found);
	if (code == CVP_OK) {
		print_warnings(found.warnings);
		code = cvp_print_json(&bench->ctx, found.resume);
	}
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
