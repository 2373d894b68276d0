/* test_template.h - what the tests of lib/template share: a set, a context, and a rendering in one call. */
#ifndef CVP_TEST_TEMPLATE_H
#define CVP_TEST_TEMPLATE_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/ctx.h"
#include "run.h"
#include "template/template.h"

/* One test's world: fresh_start() before, fresh_end() after. */
struct fresh {
	struct cvp_arena *arena;
	struct cvp_ctx ctx;
	struct cvp_templates *set;
	struct cvp_buf out;
};

static struct fresh fresh;

static inline void
fresh_start(void)
{
	fresh.arena = cvp_arena_new(4096);
	cvp_ctx_init(&fresh.ctx, fresh.arena);
	fresh.set = cvp_templates_new();
	cvp_buf_init(&fresh.out, 1 << 20);
}

static inline void
fresh_end(void)
{
	cvp_buf_free(&fresh.out);
	cvp_templates_free(fresh.set);
	cvp_arena_free(fresh.arena);
}

static inline enum cvp_code
add(const char *name, const char *text)
{
	return cvp_templates_add(&fresh.ctx, fresh.set, name, text, strlen(text));
}

/* Adds a template that must compile. */
static inline void
given(const char *name, const char *text)
{
	enum cvp_code code = add(name, text);

	ck_assert_msg(code == CVP_OK, "%s", fresh.ctx.err.message);
}

static inline json_t *
model_of(const char *json)
{
	json_error_t error;
	json_t *model = json_loads(json, JSON_DECODE_ANY, &error);

	ck_assert_msg(model != NULL, "%s", error.text);
	return cvp_own(&fresh.ctx, model);
}

/* What template `name` renders over the JSON text. */
static inline const char *
rendered(const char *name, const char *json)
{
	enum cvp_code code;

	cvp_buf_reset(&fresh.out);
	code = cvp_template_render(&fresh.ctx, fresh.set, name, model_of(json), &fresh.out);
	ck_assert_msg(code == CVP_OK, "%s", fresh.ctx.err.message);
	return cvp_buf_string(&fresh.out);
}

static inline const char *
data_folder(const char *name)
{
	const char *srcdir = getenv("srcdir");

	return cvp_arena_printf(fresh.arena, "%s/tests/data/template/%s", srcdir != NULL ? srcdir : ".", name);
}

#endif
