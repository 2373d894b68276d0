/* careervp import FILE: a CV file (PDF, DOCX, JSON Resume, UserCV, Reactive Resume, FRESH, plain text, Markdown; '-':
 * standard input) as JSON Resume. With --posting: a posting (text, JSON, schema.org, a page's HTML) in the stored form.
 *
 * What was unsure goes to stderr, a `warning: ...` a line. Exit status 0; 1 where the file is refused, with the code
 * and a sentence on one line of stderr; 2 for a wrong call. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "career/posting.h"
#include "files.h"
#include "service/cv_file.h"
#include "verbs.h"

static const char usage[] = "usage: careervp import [--posting] FILE\n";

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
	bool is_posting = argc == 3 && strcmp(argv[1], "--posting") == 0;

	*call = (struct cvp_call){ 0 };
	call->posting = is_posting ? argv[2] : NULL;
	call->cv = argc == 2 ? argv[1] : NULL;
	return is_posting || argc == 2;
}

static enum cvp_code
import_cv(struct cvp_bench *bench, const char *path)
{
	struct cvp_cv_import found;
	const char *text, *words;
	size_t length, word_length;
	enum cvp_code code = cvp_file_read(&bench->ctx, path, CVP_UPLOAD_MAX, &text, &length);

	if (code == CVP_OK)
		code = cvp_cv_file_read(&bench->ctx, bench->assets, (struct cvp_file){ text, length }, &found, &words,
					&word_length);
	if (code != CVP_OK)
		return code;
	print_warnings(found.warnings);
	return cvp_print_json(&bench->ctx, found.resume);
}

static enum cvp_code
import_posting(struct cvp_bench *bench, const char *path)
{
	struct cvp_posting_import found;
	enum cvp_code code = cvp_call_posting(bench, path, &found);

	if (code != CVP_OK)
		return code;
	print_warnings(found.warnings);
	return cvp_print_json(&bench->ctx, found.posting);
}

static enum cvp_code
import(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	(void)status;
	return call->posting != NULL ? import_posting(bench, call->posting) : import_cv(bench, call->cv);
}

int
cvp_verb_import(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "import", usage, read_call, import };

	return cvp_file_verb_run(&verb, argc, argv);
}
