/* careervp report CV POSTING: the Value Proposition Report of a CV for a posting, by the built-in engine.
 *
 * CV: JSON Resume, UserCV or text; POSTING: text, JSON, JSON-LD or HTML; '-': standard input, for one of them. The
 * report is verified before it is printed. Exit status 0; 1 where a file is refused, with one line on stderr; 2 for a
 * wrong call. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "core/buf.h"
#include "files.h"
#include "service/document.h"
#include "verbs.h"

#define OUTPUT_MAX ((size_t)16 * 1024 * 1024)

static const char usage[] = "usage: careervp report CV POSTING [--format json|html|md] [--answers FILE]\n"
			    "                       [--language en|ru|he] [--as-of TIME]\n";

static bool
is_format(const char *format)
{
	return strcmp(format, "json") == 0 || strcmp(format, "html") == 0 || strcmp(format, "md") == 0;
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

static enum cvp_code
print_rendered(struct cvp_bench *bench, const struct cvp_call *call, const json_t *input, const json_t *report)
{
	struct cvp_buf out = CVP_BUF(OUTPUT_MAX);
	enum cvp_code code = cvp_vpr_document(&bench->ctx, bench->assets, input, report, call->format, &out);

	if (code == CVP_OK)
		code = cvp_print_bytes(&bench->ctx, &out);
	cvp_buf_free(&out);
	return code;
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
	json_t *input, *made;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	(void)status;
	if (code == CVP_OK)
		code = cvp_kind_vpr.generate(&bench->ctx, bench->assets, input, &made);
	if (code == CVP_OK)
		code = verify(bench, input, made);
	if (code != CVP_OK)
		return code;
	return strcmp(call->format, "json") == 0 ? cvp_print_json(&bench->ctx, made)
						 : print_rendered(bench, call, input, made);
}

int
cvp_verb_report(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "report", usage, read_call, report };

	return cvp_file_verb_run(&verb, argc, argv);
}
