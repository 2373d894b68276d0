/* careervp gap CV POSTING: questions about what the posting asks for and the CV shows too little of, by the built-in
 * engine. Files and exit status as `careervp report`. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "core/buf.h"
#include "core/config.h"
#include "files.h"
#include "template/template.h"
#include "verbs.h"

#define OUTPUT_MAX ((size_t)1024 * 1024)

static const char usage[] = "usage: careervp gap CV POSTING [--format json|md] [--answers FILE]\n"
			    "                    [--language en|ru|he] [--as-of TIME]\n";

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
	if (argc - optind != 2 || (strcmp(call->format, "json") != 0 && strcmp(call->format, "md") != 0))
		return false;
	call->cv = argv[optind];
	call->posting = argv[optind + 1];
	return strcmp(call->cv, "-") != 0 || strcmp(call->posting, "-") != 0;
}

static enum cvp_code
print_markdown(struct cvp_bench *bench, const json_t *input, const json_t *made)
{
	struct cvp_buf out = CVP_BUF(OUTPUT_MAX);
	json_t *model;
	enum cvp_code code = cvp_kind_gap_analysis.view(&bench->ctx, bench->assets, input, made, &model);

	if (code == CVP_OK)
		code = cvp_template_render(&bench->ctx, bench->assets->templates, "artifact/gap_analysis.md", model,
					   &out);
	if (code == CVP_OK)
		code = cvp_print_bytes(&bench->ctx, &out);
	cvp_buf_free(&out);
	return code;
}

static enum cvp_code
gap(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	json_t *input, *made;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	(void)status;
	if (code != CVP_OK)
		return code;
	json_object_set_new(input, "max_questions",
			    json_integer(cvp_config_int(bench->config, CVP_SET_GAP_MAX_QUESTIONS)));
	code = cvp_kind_gap_analysis.generate(&bench->ctx, bench->assets, input, &made);
	if (code != CVP_OK)
		return code;
	return strcmp(call->format, "json") == 0 ? cvp_print_json(&bench->ctx, made)
						 : print_markdown(bench, input, made);
}

int
cvp_verb_gap(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "gap", usage, read_call, gap };

	return cvp_file_verb_run(&verb, argc, argv);
}
