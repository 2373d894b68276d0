/* test_career_cv.h - what the tests of the CV import share: fixtures, schemas, JSON in one line. */
#ifndef CVP_TEST_CAREER_CV_H
#define CVP_TEST_CAREER_CV_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/cv_import.h"
#include "career/kind.h"
#include "core/ctx.h"
#include "run.h"
#include "schema/schema.h"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_assets assets;

static inline const char *
top_dir(void)
{
	const char *top = getenv("srcdir");

	return top ? top : ".";
}

static inline json_t *
load_json(const char *path)
{
	json_error_t error;
	json_t *value = json_load_file(cvp_arena_printf(arena, "%s/%s", top_dir(), path), 0, &error);

	ck_assert_msg(value != NULL, "%s: %s", path, error.text);
	return cvp_own(&ctx, value);
}

static inline const char *
load_text(const char *path, size_t *length)
{
	FILE *file = fopen(cvp_arena_printf(arena, "%s/%s", top_dir(), path), "rb");
	char *text = cvp_arena_alloc(arena, 65536);

	ck_assert_msg(file != NULL, "%s is not there", path);
	*length = fread(text, 1, 65535, file);
	fclose(file);
	return text;
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
	value = json_loads(copy, 0, &error);
	ck_assert_msg(value != NULL, "%s: %s", copy, error.text);
	return cvp_own(&ctx, value);
}

static inline void
setup(void)
{
	static const char *const names[] = { "resume.json", "user_cv.json" };
	struct cvp_schemas *schemas = cvp_schemas_new();

	arena = cvp_arena_new(1 << 20);
	cvp_ctx_init(&ctx, arena);
	for (size_t i = 0; i < CVP_COUNT(names); i++)
		ck_assert_int_eq(cvp_schemas_add(&ctx, schemas, names[i],
						 load_json(cvp_arena_printf(arena, "schemas/%s", names[i]))),
				 CVP_OK);
	ck_assert_int_eq(cvp_schemas_compile(&ctx, schemas), CVP_OK);
	assets = (struct cvp_assets){ .schemas = schemas };
}

static inline void
teardown(void)
{
	cvp_schemas_free((struct cvp_schemas *)assets.schemas);
	cvp_arena_free(arena);
}

static inline int
run_suite(const char *name, void (*add_tests)(TCase *tc))
{
	Suite *suite = suite_create(name);
	TCase *tc = tcase_create("all");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	add_tests(tc);
	suite_add_tcase(suite, tc);
	return run(suite);
}

#endif
