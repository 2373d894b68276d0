/* test_schema.h - what the tests of lib/schema share: a set, a context, JSON from text and from tests/data/schema. */
#ifndef CVP_TEST_SCHEMA_H
#define CVP_TEST_SCHEMA_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "run.h"
#include "schema/schema.h"

/* One test's world: fresh_start() before, fresh_end() after. */
struct fresh {
	struct cvp_arena *arena;
	struct cvp_ctx ctx;
	struct cvp_schemas *set;
};

static struct fresh fresh;

static inline void
fresh_start(void)
{
	fresh.arena = cvp_arena_new(4096);
	cvp_ctx_init(&fresh.ctx, fresh.arena);
	fresh.set = cvp_schemas_new();
}

static inline void
fresh_end(void)
{
	cvp_schemas_free(fresh.set);
	cvp_arena_free(fresh.arena);
}

static inline json_t *
json_of(const char *text)
{
	json_error_t fault;
	json_t *value = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, &fault);

	ck_assert_msg(value != NULL, "%s: %s", text, fault.text);
	return cvp_own(&fresh.ctx, value);
}

static inline const char *
data_path(const char *name)
{
	const char *srcdir = getenv("srcdir");

	return cvp_arena_printf(fresh.arena, "%s/tests/data/schema/%s", srcdir != NULL ? srcdir : ".", name);
}

static inline json_t *
data_json(const char *name)
{
	json_error_t fault;
	json_t *value = json_load_file(data_path(name), JSON_DECODE_ANY, &fault);

	ck_assert_msg(value != NULL, "%s:%d: %s", name, fault.line, fault.text);
	return cvp_own(&fresh.ctx, value);
}

/* The schema of a document, which must compile; the set is a new one. */
static inline const struct cvp_schema *
schema_of(json_t *document)
{
	enum cvp_code code;

	cvp_schemas_free(fresh.set);
	fresh.set = cvp_schemas_new();
	code = cvp_schemas_add(&fresh.ctx, fresh.set, "s.json", document);
	if (code == CVP_OK)
		code = cvp_schemas_compile(&fresh.ctx, fresh.set);
	ck_assert_msg(code == CVP_OK, "%s", fresh.ctx.err.message);
	return cvp_schemas_get(fresh.set, "s.json");
}

static inline bool
accepts(const char *schema, const char *instance)
{
	enum cvp_code code = cvp_schema_validate(&fresh.ctx, schema_of(json_of(schema)), json_of(instance));

	cvp_clear(&fresh.ctx);
	return code == CVP_OK;
}

#endif
