/* careervp import FILE: a CV file (PDF, DOCX, JSON Resume, UserCV, plain text, Markdown; '-': standard input) as JSON
 * Resume.
 *
 * What was unsure goes to stderr, a `warning: ...` a line. Exit status 0; 1 where the file is refused, with the code
 * and a sentence on one line of stderr; 2 for a wrong call. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "files.h"
#include "service/cv_file.h"
#include "verbs.h"

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

static bool
read_call(int argc, char **argv, struct cvp_call *call)
{
	call->cv = argc == 2 ? argv[1] : NULL;
	return argc == 2;
}

static enum cvp_code
import(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	struct cvp_cv_import found;
	const char *text;
	size_t length;
	enum cvp_code code = cvp_file_read(&bench->ctx, call->cv, CVP_UPLOAD_MAX, &text, &length);

	(void)status;
	if (code == CVP_OK)
		code = cvp_cv_file_read(&bench->ctx, bench->assets, (struct cvp_file){ text, length }, &found);
	if (code == CVP_OK) {
		print_warnings(found.warnings);
		code = cvp_print_json(&bench->ctx, found.resume);
	}
	return code;
}

int
cvp_verb_import(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "import", usage, read_call, import };

	return cvp_file_verb_run(&verb, argc, argv);
}
