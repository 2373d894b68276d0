/* careervp verify --cv CV DRAFT: does a report, match or tailored CV state only what the CV and the answers show?
 *
 * Prints the verification (schemas/verification.json). With --posting, what the draft says of the posting is checked
 * too; a tailored CV's company and role may then be named in a sentence that seeks them. Exit status 0 where it is
 * valid; 1 where it is not, or where a file is refused (one line on stderr); 2 for a wrong call. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "core/clock.h"
#include "files.h"
#include "verbs.h"

static const char usage[] = "usage: careervp verify --cv CV [--answers FILE] [--posting FILE]\n"
			    "                       [--kind vpr|match|tailored_cv|gap_analysis] DRAFT\n";

static bool
read_call(int argc, char **argv, struct cvp_call *call)
{
	static const struct option options[] = { { "cv", required_argument, NULL, 'c' },
						 { "answers", required_argument, NULL, 'a' },
						 { "posting", required_argument, NULL, 'p' },
						 { "kind", required_argument, NULL, 'k' },
						 { NULL, 0, NULL, 0 } };
	int option;

	*call = (struct cvp_call){ .kind = "vpr" };
	optind = 0; /* glibc: forget another verb's arguments */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'c')
			call->cv = optarg;
		else if (option == 'a')
			call->answers = optarg;
		else if (option == 'p')
			call->posting = optarg;
		else if (option == 'k')
			call->kind = optarg;
		else
			return false;
	}
	if (call->cv == NULL || argc - optind != 1 || cvp_kind_find(call->kind) == NULL)
		return false;
	call->draft = argv[optind];
	return true;
}

/* Open jobs are counted up to the day the draft was made: not up to a day to come. */
static const char *
time_of(struct cvp_ctx *ctx, const json_t *draft)
{
	const json_t *metadata = json_object_get(draft, "metadata"); /* of a tailored CV */
	const char *created = json_string_value(json_object_get(metadata != NULL ? metadata : draft, "created_at"));
	int64_t at;

	if (created == NULL || !cvp_time_parse(created, &at) || at > cvp_now(ctx) + CVP_DAY_SECONDS * CVP_SECOND)
		return NULL;
	return created;
}

static enum cvp_code
verify(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	json_t *draft, *input, *verdict;
	enum cvp_code code = cvp_file_json(&bench->ctx, call->draft, CVP_UPLOAD_MAX, &draft);

	if (code != CVP_OK)
		return code;
	call->as_of = time_of(&bench->ctx, draft);
	code = cvp_call_input(bench, call, &input);
	if (code == CVP_OK)
		code = cvp_kind_find(call->kind)->verify(&bench->ctx, bench->assets, input, draft, &verdict);
	if (code != CVP_OK)
		return code;
	*status = json_is_true(json_object_get(verdict, "is_valid")) ? 0 : 1;
	return cvp_print_json(&bench->ctx, verdict);
}

int
cvp_verb_verify(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "verify", usage, read_call, verify };

	return cvp_file_verb_run(&verb, argc, argv);
}
