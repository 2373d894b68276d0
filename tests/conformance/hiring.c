/* hiring.c - what is read of employers' words (SPEC 11.3, H-6), against the texts and fields of
 * tests/data/hiring/readings.json: at least 95 % of the fields right. Prints each field that is wrong, and the sum. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "core/ctx.h"
#include "hiring/kb.h"
#include "hiring/read.h"
#include "service/assets.h"
#include "shared_data.h"

#define RIGHT_LEAST 0.95

/* A name of the table, and the field it is. */
static const struct {
	const char *name, *part, *field;
} fields[] = {
	{ "title", "role", "role_title" },
	{ "seniority", "role", "role_seniority" },
	{ "domain", "role", "role_domain" },
	{ "city", "company", "company_location_city" },
	{ "region", "company", "company_location_region" },
	{ "format", "company", "work_format" },
	{ "min", "compensation", "salary_min_rub" },
	{ "max", "compensation", "salary_max_rub" },
	{ "comment", "compensation", "salary_comment" },
	{ "employment", "employment", "employment_type" },
	{ "schedule", "employment", "schedule_comment" },
	{ "years", "requirements", "experience_years_min" },
	{ "education", "requirements", "education_level" },
	{ "hard", "requirements", "hard_skills" },
	{ "tasks", "responsibilities", "tasks" },
};

static enum cvp_hiring_source
source_named(const char *name)
{
	return strcmp(name, "vacancy") == 0 ? CVP_HIRING_VACANCY
	       : strcmp(name, "tasks") == 0 ? CVP_HIRING_TASKS
					    : CVP_HIRING_ANSWER;
}

/* Equal; of skills: all that are named are there. */
static bool
is_right(const char *name, const json_t *expected, const json_t *found)
{
	const json_t *skill, *other;
	size_t i, j;

	if (found == NULL || strcmp(name, "hard") != 0)
		return found == NULL ? json_is_null(expected) : json_equal(expected, found);
	json_array_foreach (expected, i, skill) {
		bool is_there = false;

		json_array_foreach (found, j, other)
			is_there |= json_equal(skill, other) != 0;
		if (!is_there)
			return false;
	}
	return true;
}

static void
tell(const json_t *text, const char *name, const json_t *expected, const json_t *found)
{
	char *wanted = json_dumps(expected, JSON_ENCODE_ANY | JSON_COMPACT),
	     *got = found != NULL ? json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;

	printf("hiring: %s is %s, not %s, in: %.60s\n", name, got != NULL ? got : "unknown", wanted,
	       json_string_value(text));
	free(wanted);
	free(got);
}

static void
check_case(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *one, int *right, int *all)
{
	const json_t *text = json_object_get(one, "text"), *expected;
	json_t *kb = cvp_own(ctx, cvp_kb_new(0));
	const char *key;

	cvp_hiring_read(ctx, assets->lexicon, json_string_value(text),
			source_named(json_string_value(json_object_get(one, "source"))), kb);
	json_object_foreach (json_object_get(one, "expect"), key, expected)
		for (size_t i = 0; i < CVP_COUNT(fields); i++) {
			const json_t *found = cvp_kb_get(kb, fields[i].part, fields[i].field);

			if (strcmp(fields[i].name, key) != 0)
				continue;
			(*all)++;
			if (is_right(key, expected, found))
				(*right)++;
			else
				tell(text, key, expected, found);
		}
}

int
main(void)
{
	const char *path;
	struct cvp_ctx ctx;
	struct cvp_assets *assets = NULL;
	json_t *cases;
	const json_t *one;
	int right = 0, all = 0;
	size_t i;

	cvp_ctx_init(&ctx, cvp_arena_new((size_t)256 * 1024));
	path = cvp_arena_printf(ctx.arena, "%s/tests/data/hiring/readings.json", top_folder());
	cases = json_load_file(path, 0, NULL);
	if (cases == NULL || cvp_assets_load(&ctx, top_folder(), &assets) != CVP_OK) {
		fprintf(stderr, "hiring: %s: %s\n", path, ctx.err.message != NULL ? ctx.err.message : "cannot be read");
		return EXIT_FAILURE;
	}
	json_array_foreach (cases, i, one)
		check_case(&ctx, assets, one, &right, &all);
	printf("hiring: %d of %d fields of %d texts right (%.1f %%, at least %.0f)\n", right, all,
	       (int)json_array_size(cases), 100.0 * right / all, 100 * RIGHT_LEAST);
	json_decref(cases);
	cvp_assets_free(assets);
	cvp_arena_free(ctx.arena);
	return right >= RIGHT_LEAST * all ? EXIT_SUCCESS : EXIT_FAILURE;
}
