/* careervp jobs: what waits, what runs, what was given up, and putting it back; whether a worker takes jobs at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dal/job_admin.h"
#include "operator.h"
#include "service/admin.h"
#include "verbs.h"

#define LIMIT 100

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "-";
}

static void
print_job(const json_t *job)
{
	printf("%-36s  %-12s  %lld  %.19sZ  %s", text_of(job, "job_id"), text_of(job, "kind"),
	       json_integer_value(json_object_get(job, "attempts")), text_of(job, "at"), text_of(job, "user_id"));
	if (json_object_get(job, "worker_id") != NULL)
		printf("  %s %lld%% by %s", text_of(job, "stage"), json_integer_value(json_object_get(job, "percent")),
		       text_of(job, "worker_id"));
	if (json_object_get(job, "code") != NULL)
		printf("  %s: %s", text_of(job, "code"), text_of(job, "error"));
	putchar('\n');
}

static enum cvp_code
list(struct cvp_ctx *ctx, const char *state)
{
	const json_t *job;
	json_t *model;
	size_t i;
	enum cvp_code code;

	code = cvp_admin_jobs(ctx, state, LIMIT, &model);
	if (code != CVP_OK)
		return code;
	json_array_foreach (json_object_get(model, "jobs"), i, job)
		print_job(job);
	if (json_array_size(json_object_get(model, "jobs")) == LIMIT)
		printf("(the first %d)\n", LIMIT);
	return CVP_OK;
}

static enum cvp_code
dead(struct cvp_ctx *ctx, const char *unused)
{
	(void)unused;
	return list(ctx, "dead");
}

static void
print_json(const json_t *model)
{
	char *text = json_dumps(model, JSON_INDENT(2));

	printf("%s\n", text);
	free(text);
}

static enum cvp_code
show(struct cvp_ctx *ctx, const char *job_id)
{
	json_t *model;
	enum cvp_code code;

	code = cvp_admin_job(ctx, job_id, &model);
	if (code == CVP_OK)
		print_json(model);
	return code;
}

static enum cvp_code
retry(struct cvp_ctx *ctx, const char *job_id)
{
	json_t *model;
	enum cvp_code code;

	code = cvp_admin_job_requeue(ctx, job_id, &model);
	if (code == CVP_OK)
		printf("%s %s\n", job_id, text_of(model, "status"));
	return code;
}

static enum cvp_code
cancel(struct cvp_ctx *ctx, const char *job_id)
{
	enum cvp_code code;

	code = cvp_admin_job_delete(ctx, job_id);
	if (code == CVP_OK)
		printf("%s cancelled\n", job_id);
	return code;
}

static enum cvp_code
stats(struct cvp_ctx *ctx, const char *unused)
{
	const char *name;
	const json_t *value;
	json_t *model;
	enum cvp_code code;

	(void)unused;
	code = cvp_job_admin_stats(ctx, &model);
	if (code != CVP_OK)
		return code;
	json_object_foreach (model, name, value)
		printf("%-14s %lld\n", name, json_integer_value(value));
	return CVP_OK;
}

static enum cvp_code
probe(struct cvp_ctx *ctx, const char *unused)
{
	struct cvp_probed probed;
	enum cvp_code code;

	(void)unused;
	code = cvp_admin_probe(ctx, &probed);
	if (code == CVP_OK)
		printf("started after %.1f ms, done after %.1f ms\n", (double)probed.started / 1000,
		       (double)probed.done / 1000);
	return code;
}

static const struct word {
	const char *name;
	int least, most; /* arguments */
	enum cvp_code (*run)(struct cvp_ctx *ctx, const char *argument);
} words[] = {
	{ "list", 0, 1, list }, { "show", 1, 1, show },   { "retry", 1, 1, retry }, { "cancel", 1, 1, cancel },
	{ "dead", 0, 0, dead }, { "stats", 0, 0, stats }, { "probe", 0, 0, probe },
};

static const struct word *
find_word(int argc, char **argv)
{
	for (size_t i = 0; i < CVP_COUNT(words) && argc > 1; i++)
		if (strcmp(argv[1], words[i].name) == 0 && argc - 2 >= words[i].least && argc - 2 <= words[i].most)
			return &words[i];
	return NULL;
}

int
cvp_verb_jobs(int argc, char **argv)
{
	const struct word *word = find_word(argc, argv);
	struct cvp_operator op;
	int status = 1;

	if (word == NULL)
		return cvp_verb_usage(
		    argc, argv,
		    "jobs list [waiting|running|dead] | show JOB | retry JOB | cancel JOB | dead | stats | probe");
	if (cvp_operator_open(&op, "jobs", true, false))
		status = word->run(&op.ctx, argc > 2 ? argv[2] : NULL) == CVP_OK ? 0 : cvp_operator_fail(&op, "jobs");
	cvp_operator_close(&op);
	return status;
}
