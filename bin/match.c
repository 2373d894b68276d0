/* careervp match CV POSTING: the match of a CV with a posting, as JSON. Files and exit status as `careervp report`. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "files.h"
#include "verbs.h"

enum { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE };

static const char usage[] = "usage: careervp match CV POSTING [--answers FILE] [--as-of TIME]\n";

static bool
read_call(int argc, char **argv, struct cvp_call *call)
{
	static const struct option options[] = { { "answers", required_argument, NULL, 'a' },
						 { "as-of", required_argument, NULL, 't' },
						 { NULL, 0, NULL, 0 } };
	int option;

	*call = (struct cvp_call){ 0 };
	optind = 0; /* glibc: forget another verb's arguments */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'a')
			call->answers = optarg;
		else if (option == 't')
			call->as_of = optarg;
		else
			return false;
	}
	if (argc - optind != 2)
		return false;
	call->cv = argv[optind];
	call->posting = argv[optind + 1];
	return strcmp(call->cv, "-") != 0 || strcmp(call->posting, "-") != 0;
}

static enum cvp_code
match(struct cvp_bench *bench, const struct cvp_call *call)
{
	json_t *input, *made;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	if (code == CVP_OK)
		code = cvp_kind_match.generate(&bench->ctx, bench->assets, input, &made);
	return code == CVP_OK ? cvp_print_json(&bench->ctx, made) : code;
}

int
cvp_verb_match(int argc, char **argv)
{
	bool was_asked = argc > 1 && strcmp(argv[1], "--help") == 0;
	struct cvp_bench bench;
	struct cvp_call call;
	int status = EXIT_DONE;

	if (was_asked || !read_call(argc, argv, &call)) {
		fputs(usage, was_asked ? stdout : stderr);
		return was_asked ? EXIT_DONE : EXIT_USAGE;
	}
	if (cvp_bench_open(&bench, "match") != CVP_OK || match(&bench, &call) != CVP_OK) {
		cvp_bench_fail(&bench);
		status = EXIT_REFUSED;
	}
	cvp_bench_close(&bench);
	return status;
}
