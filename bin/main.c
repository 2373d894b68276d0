/* careervp - reports and matches on files, and the operator's tools. */
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "verbs.h"

static const struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *sentence;
} verbs[] = {
	{ "report", cvp_verb_report, "write a Value Proposition Report from a CV and a posting" },
	{ "tailor", cvp_verb_tailor, "order and cut a CV for a posting" },
	{ "match", cvp_verb_match, "match a CV with a posting" },
	{ "gap", cvp_verb_gap, "ask about what a posting wants and a CV does not show" },
	{ "verify", cvp_verb_verify, "check that a report states only what the CV shows" },
	{ "export", cvp_verb_export, "print a CV as JSON Resume, Markdown, HTML, PDF or Word" },
	{ "import", cvp_verb_import, "read a CV or a posting and print it as it is stored" },
	{ "validate", cvp_verb_validate, "check a JSON document against a JSON Schema" },
	{ "render", cvp_verb_render, "render a Mustache template over JSON data" },
	{ "migrate", cvp_verb_migrate, "bring the database schema up to date" },
	{ "worker", cvp_verb_worker, "run the jobs of the queue" },
	{ "jobs", cvp_verb_jobs, "show the queue, put dead letters back, cancel" },
	{ "user", cvp_verb_user, "make accounts" },
	{ "token", cvp_verb_token, "make API tokens" },
	{ "keys", cvp_verb_keys, "make key files" },
	{ "llm", cvp_verb_llm, "ask the language model whether it answers" },
	{ "config", cvp_verb_config, "print the settings in force" },
};

static int
usage(FILE *out)
{
	fprintf(out, "usage: careervp VERB [ARGUMENTS]\n\n");
	for (size_t i = 0; i < CVP_COUNT(verbs); i++)
		fprintf(out, "  %-9s %s\n", verbs[i].name, verbs[i].sentence);
	fprintf(out, "\ncareervp VERB --help tells the arguments of one.\n");
	return out == stdout ? 0 : 2;
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return usage(stdout);
	if (sodium_init() < 0)
		return 1;
	json_object_seed(0);
	for (size_t i = 0; i < CVP_COUNT(verbs); i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return verbs[i].run(argc - 1, argv + 1);
	fprintf(stderr, "careervp: no verb %s; see careervp --help\n", argv[1]);
	return 2;
}
