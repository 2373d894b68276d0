/* careervp report CV POSTING: the Value Proposition Report of a CV for a posting, by the built-in engine.
 *
 * CV: JSON Resume, UserCV or text; POSTING: text, JSON, JSON-LD or HTML; '-': standard input, for one of them. The
 * report is verified before it is printed. Exit status 0; 1 where a file is refused, with one line on stderr; 2 for a
 * wrong call. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "files.h"
#include "verbs.h"

static const char usage[] = "usage: careervp report CV POSTING [--format json|html|md|pdf|docx] [--answers FILE]\n"
			    "                       [--language en|ru|he] [--as-of TIME]\n";

static bool
is_format(const char *format)
{
	static const char *const formats[] = { "json", "html", "md", "pdf", "docx" };

	for (size_t i = 0; i < CVP_COUNT(formats); i++)
		if (strcmp(format, formats[i]) == 0)
			return true;
	return false;
}

static bool
read_call(int argc, char **argv, struct cvp_call *call)
{
	static const struct option options[] = { { "format", required_argument, NULL, 'f' },
						 { "answers", required_argument, NULL, 'a' },
						 { "language", required_argument, NULL, 'l' },
						 { "as-of", required_argument, NULL, 't' },
						 { NULL, 0, NULL, 0 } };
	int option;

	*call = (struct cvp_call){ .format = "json" };
	optind = 0; /* glibc: forget another verb's arguments */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			call->format = optarg;
		else if (option == 'a')
			call->answers = optarg;
		else if (option == 'l')
			call->language = optarg;
		else if (option == 't')
			call->as_of = optarg;
		else
			return false;
	}
	if (argc - optind != 2 || !is_format(call->format))
		return false;
	call->cv = argv[optind];
	call->posting = argv[optind + 1];
	return strcmp(call->cv, "-") != 0 || strcmp(call->posting, "-") != 0;
}

/* The built-in engine is held to the same rules as a model. */
static enum cvp_code
verify(struct cvp_bench *bench, const json_t *input, const json_t *report)
{
	json_t *verdict;
	enum cvp_code code = cvp_kind_vpr.verify(&bench->ctx, bench->assets, input, report, &verdict);

	if (code == CVP_OK && json_is_true(json_object_get(verdict, "has_critical_violations")))
		code = cvp_fail_details(&bench->ctx, CVP_FVS_HALLUCINATION_DETECTED,
					json_incref(json_object_get(verdict, "violations")),
					"The report says what the CV does not show");
	return code;
}

static enum cvp_code
report(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	struct cvp_export_source source = { .kind = CVP_EXPORT_VPR };
	json_t *input, *made;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	(void)status;
	if (code == CVP_OK)
		code = cvp_kind_vpr.generate(&bench->ctx, bench->assets, input, &made);
	if (code == CVP_OK)
		code = verify(bench, input, made);
	if (code != CVP_OK)
		return code;
	source.input = input;
	source.artifact = made;
	return cvp_print_export(bench, &source, call->format);
}

int
cvp_verb_report(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "report", usage, read_call, report };

	return cvp_file_verb_run(&verb, argc, argv);
}
