/* careervp tailor CV POSTING: the CV ordered and cut for a posting, by the built-in engine, verified.
 *
 * CV and POSTING as for `report`. Exit status 0; 1 where a file is refused, with one line on stderr; 2 for a wrong
 * call.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "career/kind.h"
#include "files.h"
#include "verbs.h"

static const char usage[] =
    "usage: careervp tailor CV POSTING [--format json|resume|md|html|pdf|docx] [--answers FILE]\n"
    "                       [--length compact|standard|detailed]\n"
    "                       [--tone professional|conversational|technical]\n"
    "                       [--language en|ru|he] [--as-of TIME]\n";

static bool
is_one_of(const char *value, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (strcmp(value, *names) == 0)
			return true;
	}
	return false;
}

static bool
is_valid(const struct cvp_call *call)
{
	static const char *const formats[] = { "json", "resume", "md", "html", "pdf", "docx", NULL };
	static const char *const lengths[] = { "compact", "standard", "detailed", NULL };
	static const char *const tones[] = { "professional", "conversational", "technical", NULL };

	return is_one_of(call->format, formats) && is_one_of(call->length, lengths) && is_one_of(call->tone, tones);
}

static bool
read_call(int argc, char **argv, struct cvp_call *call)
{
	static const struct option options[] = { { "format", required_argument, NULL, 'f' },
						 { "answers", required_argument, NULL, 'a' },
						 { "language", required_argument, NULL, 'l' },
						 { "as-of", required_argument, NULL, 't' },
						 { "length", required_argument, NULL, 'n' },
						 { "tone", required_argument, NULL, 'o' },
						 { NULL, 0, NULL, 0 } };
	int option;

	*call = (struct cvp_call){ .format = "json", .length = "standard", .tone = "professional" };
	optind = 0; /* glibc: forget another verb's arguments */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			call->format = optarg;
			break;
		case 'a':
			call->answers = optarg;
			break;
		case 'l':
			call->language = optarg;
			break;
		case 't':
			call->as_of = optarg;
			break;
		case 'n':
			call->length = optarg;
			break;
		case 'o':
			call->tone = optarg;
			break;
		default:
			return false;
		}
	}
	if (argc - optind != 2 || !is_valid(call))
		return false;
	call->cv = argv[optind];
	call->posting = argv[optind + 1];
	return strcmp(call->cv, "-") != 0 || strcmp(call->posting, "-") != 0;
}

static enum cvp_code
tailor(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	struct cvp_export_source source = { .kind = CVP_EXPORT_TAILORED_CV };
	json_t *input, *made;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	(void)status;
	if (code != CVP_OK)
		return code;
	json_object_set_new(input, "preferences", json_pack("{s:s, s:s}", "length", call->length, "tone", call->tone));
	code = cvp_kind_tailored_cv.generate(&bench->ctx, bench->assets, input, &made);
	if (code != CVP_OK)
		return code;
	source.input = input;
	source.artifact = made;
	return cvp_print_export(bench, &source, call->format);
}

int
cvp_verb_tailor(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "tailor", usage, read_call, tailor };

	return cvp_file_verb_run(&verb, argc, argv);
}
