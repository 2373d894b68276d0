/* careervp export CV: a CV in a format to hand out: JSON Resume, Markdown, HTML, PDF or Word.
 *
 * CV as for `import`. Exit status 0; 1 where the file is refused, with one line on stderr; 2 for a wrong call. */
#include <getopt.h>
#include <string.h>

#include "files.h"
#include "verbs.h"

static const char usage[] = "usage: careervp export CV [--format json|md|html|pdf|docx] [--language en|ru|he]\n";

static bool
read_call(int argc, char **argv, struct cvp_call *call)
{
	static const struct option options[] = { { "format", required_argument, NULL, 'f' },
						 { "language", required_argument, NULL, 'l' },
						 { NULL, 0, NULL, 0 } };
	int option;

	*call = (struct cvp_call){ .format = "json" };
	optind = 0; /* glibc: forget another verb's arguments */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			call->format = optarg;
		else if (option == 'l')
			call->language = optarg;
		else
			return false;
	}
	call->cv = argc - optind == 1 ? argv[optind] : NULL;
	return call->cv != NULL;
}

static enum cvp_code
act(struct cvp_bench *bench, struct cvp_call *call, int *status)
{
	struct cvp_export_source source = { .kind = CVP_EXPORT_CV };
	json_t *input;
	enum cvp_code code = cvp_call_input(bench, call, &input);

	(void)status;
	source.input = input;
	return code == CVP_OK ? cvp_print_export(bench, &source, call->format) : code;
}

int
cvp_verb_export(int argc, char **argv)
{
	static const struct cvp_file_verb verb = { "export", usage, read_call, act };

	return cvp_file_verb_run(&verb, argc, argv);
}
