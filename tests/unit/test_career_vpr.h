/* test_career_vpr.h - what the tests of postings, of the match, of the report and of its verification share: assets,
 * golden cases, runs.
 *
 * The assets are read as service/assets.c reads them, but by hand: a test of lib/career links nothing above it. */
#ifndef CVP_TEST_CAREER_VPR_H
#define CVP_TEST_CAREER_VPR_H

#include <check.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "career/verify.h"
#include "core/ctx.h"
#include "run.h"
#include "schema/schema.h"
#include "template/template.h"
#include "text/lexicon.h"

#define CASES     "tests/data/career/vpr"
#define CASES_MAX 64
#define FILES_MAX 64

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_assets assets;

/* The assets outlive the tests' own arena. */
static struct cvp_arena *kept_arena;
static struct cvp_ctx kept_ctx;

static inline const char *
top_dir(void)
{
	const char *top = getenv("srcdir");

	return top ? top : ".";
}

static inline const char *
read_text(struct cvp_ctx *into, const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	size_t size;
	char *text;

	ck_assert_msg(file != NULL, "%s is not there", path);
	fseek(file, 0, SEEK_END);
	size = (size_t)ftell(file);
	rewind(file);
	text = cvp_arena_alloc(into->arena, size + 1);
	*length = fread(text, 1, size, file);
	fclose(file);
	return text;
}

static inline json_t *
read_json(struct cvp_ctx *into, const char *path)
{
	json_error_t error;
	json_t *value = json_load_file(path, JSON_DECODE_ANY, &error);

	ck_assert_msg(value != NULL, "%s: %s", path, error.text);
	return cvp_own(into, value);
}

static inline int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inline bool
ends_in(const char *name, const char *ending)
{
	size_t length = strlen(name), size = strlen(ending);

	return length >= size && strcmp(name + length - size, ending) == 0;
}

/* Names in a folder that end so and do not begin with a dot, sorted. */
static inline size_t
list_names(const char *path, const char *ending, const char **names, size_t most)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	size_t count = 0;

	ck_assert_msg(folder != NULL, "%s is not there", path);
	while ((entry = readdir(folder)) != NULL && count < most) {
		if (entry->d_name[0] != '.' && ends_in(entry->d_name, ending))
			names[count++] = cvp_arena_strdup(kept_arena, entry->d_name);
	}
	closedir(folder);
	qsort(names, count, sizeof(*names), compare_names);
	return count;
}

static inline void
load_lexicon(void)
{
	const char *dir = cvp_arena_printf(kept_arena, "%s/conf/skills", top_dir()), *names[FILES_MAX];
	struct cvp_lexicon_source sources[FILES_MAX];
	size_t count = list_names(dir, ".skills", names, FILES_MAX);
	struct cvp_lexicon *lexicon;

	for (size_t i = 0; i < count; i++) {
		sources[i].name = names[i];
		sources[i].text = read_text(&kept_ctx, cvp_arena_printf(kept_arena, "%s/%s", dir, names[i]),
					    &sources[i].length);
	}
	ck_assert_msg(cvp_lexicon_parse(&kept_ctx, sources, count, &lexicon) == CVP_OK, "%s", kept_ctx.err.message);
	assets.lexicon = lexicon;
}

static inline void
load_templates(void)
{
	const char *dir = cvp_arena_printf(kept_arena, "%s/templates/artifact", top_dir()), *names[FILES_MAX];
	size_t count = list_names(dir, "", names, FILES_MAX), length;
	struct cvp_templates *templates = cvp_templates_new();

	for (size_t i = 0; i < count; i++) {
		const char *text = read_text(&kept_ctx, cvp_arena_printf(kept_arena, "%s/%s", dir, names[i]), &length);

		ck_assert_msg(cvp_templates_add(&kept_ctx, templates,
						cvp_arena_printf(kept_arena, "artifact/%s", names[i]), text,
						length) == CVP_OK,
			      "%s", kept_ctx.err.message);
	}
	assets.templates = templates;
}

static inline void
load_phrases(void)
{
	json_t *phrases = cvp_own(&kept_ctx, json_object());

	for (int language = 0; language < CVP_LANGUAGE_COUNT; language++) {
		const char *name = cvp_language_name((enum cvp_language)language);

		json_object_set(phrases, name,
				read_json(&kept_ctx, cvp_arena_printf(kept_arena, "%s/templates/i18n/artifact.%s.json",
								      top_dir(), name)));
	}
	assets.phrases = phrases;
}

static inline void
load_schemas(void)
{
	struct cvp_schemas *schemas = cvp_schemas_new();

	ck_assert_msg(cvp_schemas_load(&kept_ctx, schemas, cvp_arena_printf(kept_arena, "%s/schemas", top_dir())) ==
			  CVP_OK,
		      "%s", kept_ctx.err.message);
	ck_assert_msg(cvp_schemas_compile(&kept_ctx, schemas) == CVP_OK, "%s", kept_ctx.err.message);
	assets.schemas = schemas;
}

static inline void
load_assets(void)
{
	kept_arena = cvp_arena_new(1 << 20);
	cvp_ctx_init(&kept_ctx, kept_arena);
	load_lexicon();
	load_templates();
	load_phrases();
	load_schemas();
}

static inline void
free_assets(void)
{
	cvp_lexicon_free((struct cvp_lexicon *)assets.lexicon);
	cvp_templates_free((struct cvp_templates *)assets.templates);
	cvp_schemas_free((struct cvp_schemas *)assets.schemas);
	cvp_arena_free(kept_arena);
}

static inline void
setup(void)
{
	arena = cvp_arena_new(1 << 20);
	cvp_ctx_init(&ctx, arena);
}

static inline void
teardown(void)
{
	cvp_arena_free(arena);
}

/* JSON written in C with ' for ". */
static inline json_t *
json(const char *text)
{
	char *copy = cvp_arena_strdup(arena, text);
	json_error_t error;
	json_t *value;

	for (char *c = copy; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	value = json_loads(copy, JSON_DECODE_ANY, &error);
	ck_assert_msg(value != NULL, "%s: %s", copy, error.text);
	return cvp_own(&ctx, value);
}

static inline size_t
case_names(const char **names)
{
	return list_names(cvp_arena_printf(arena, "%s/" CASES, top_dir()), "", names, CASES_MAX);
}

static inline const char *
case_path(const char *name, const char *file)
{
	return cvp_arena_printf(arena, "%s/" CASES "/%s/%s", top_dir(), name, file);
}

static inline json_t *
case_input(const char *name)
{
	return read_json(&ctx, case_path(name, "input.json"));
}

static inline json_t *
report_of(const json_t *input)
{
	json_t *report = NULL;
	enum cvp_code code = cvp_kind_vpr.generate(&ctx, &assets, input, &report);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return report;
}

static inline json_t *
verdict_of(const json_t *input, const json_t *report)
{
	json_t *verdict = NULL;
	enum cvp_code code = cvp_verify_vpr(&ctx, &assets, input, report, &verdict);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return verdict;
}

static inline bool
is_valid(const json_t *verdict)
{
	return json_is_true(json_object_get(verdict, "is_valid"));
}

/* A value as one line, for messages. */
static inline const char *
line_of(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	const char *line = cvp_arena_strdup(arena, text);

	free(text);
	return line;
}

static inline int
run_suite(const char *name, void (*add_tests)(TCase *tc))
{
	Suite *suite = suite_create(name);
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, load_assets, free_assets);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	add_tests(tc);
	suite_add_tcase(suite, tc);
	return run(suite);
}

#endif
