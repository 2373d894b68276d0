/* careervp match CV POSTING: the match of a CV with a posting, as JSON. Files and exit status as `careervp report`. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "files.h"
#include "verbs.h"

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
match(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	json_t *input, *made;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	(void)status;
	if (code == CVP_OK)
		code = cvp_kind_match.generate(&bench->ctx, bench->assets, input, &made);
	return code == CVP_OK ? cvp_print_json(&bench->ctx, made) : code;
}

int
cvp_verb_match(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "match", usage, read_call, match };

	return cvp_file_verb_run(&verb, argc, argv);
}
