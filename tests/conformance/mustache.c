/* The official Mustache specification, case by case, under HTML escaping. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/ctx.h"
#include "template/template.h"

struct module {
	const char *name;
	const char *left_out; /* why; NULL: it is tested */
};

static const struct module modules[] = {
	{ "comments", NULL },     { "delimiters", NULL },     { "interpolation", NULL },
	{ "inverted", NULL },     { "partials", NULL },       { "sections", NULL },
	{ "~inheritance", NULL }, { "~dynamic-names", NULL }, { "~lambdas", "a template runs nothing" },
};

struct counts {
	size_t passed, total;
};

static enum cvp_code
add(struct cvp_ctx *ctx, struct cvp_templates *set, const char *name, const json_t *text)
{
	return cvp_templates_add(ctx, set, cvp_arena_printf(ctx->arena, "%s.html", name), json_string_value(text),
				 json_string_length(text));
}

static enum cvp_code
render(struct cvp_ctx *ctx, struct cvp_templates *set, const json_t *test, struct cvp_buf *out)
{
	json_t *partials = json_object_get(test, "partials"), *text;
	enum cvp_code code = add(ctx, set, "the template", json_object_get(test, "template"));
	const char *name;

	json_object_foreach (partials, name, text) {
		if (code == CVP_OK)
			code = add(ctx, set, name, text);
	}
	if (code == CVP_OK)
		code = cvp_template_render(ctx, set, "the template.html", json_object_get(test, "data"), out);
	return code;
}

static bool
passes(struct cvp_ctx *ctx, const char *module, const json_t *test)
{
	const json_t *expected = json_object_get(test, "expected");
	struct cvp_templates *set = cvp_templates_new();
	struct cvp_buf out = CVP_BUF(1 << 20);
	enum cvp_code code = render(ctx, set, test, &out);
	bool passed = code == CVP_OK && json_string_length(expected) == out.length &&
		      memcmp(cvp_buf_string(&out), json_string_value(expected), out.length) == 0;

	if (!passed)
		printf("FAILED %s, \"%s\": %s\n--- expected\n%s\n--- got\n%s\n---\n", module,
		       json_string_value(json_object_get(test, "name")), code == CVP_OK ? "" : ctx->err.message,
		       json_string_value(expected), cvp_buf_string(&out));
	cvp_buf_free(&out);
	cvp_templates_free(set);
	cvp_ctx_reset(ctx);
	return passed;
}

static bool
run_module(struct cvp_ctx *ctx, const char *folder, const struct module *module, struct counts *all)
{
	const char *path = cvp_arena_printf(ctx->arena, "%s/%s.json", folder, module->name);
	json_error_t error;
	json_t *file = json_load_file(path, 0, &error), *tests = json_object_get(file, "tests"), *test;
	struct counts own = { 0, json_array_size(tests) };
	size_t i;

	if (own.total == 0) {
		printf("mustache: %s: no cases: %s\n", path, error.text);
	} else if (module->left_out != NULL) {
		printf("mustache: left out: %s (%zu cases): %s\n", module->name, own.total, module->left_out);
	} else {
		json_array_foreach (tests, i, test)
			own.passed += passes(ctx, module->name, test);
		printf("mustache: %s: %zu of %zu cases\n", module->name, own.passed, own.total);
		all->passed += own.passed;
		all->total += own.total;
	}
	json_decref(file);
	return own.total > 0;
}

/* The folder of the specification, NULL when it is not on this machine. */
static char *
find_folder(struct cvp_arena *arena)
{
	const char *srcdir = getenv("srcdir"), *shared = getenv("CVP_SHARED");
	const char *base = shared != NULL ? shared
					  : cvp_arena_printf(arena, "%s/../shared", srcdir != NULL ? srcdir : ".");
	char *folder = cvp_arena_printf(arena, "%s/data/mustache-spec/specs", base);
	FILE *probe = fopen(cvp_arena_printf(arena, "%s/comments.json", folder), "r");

	if (probe == NULL)
		return NULL;
	fclose(probe);
	return folder;
}

int
main(void)
{
	struct cvp_arena *arena = cvp_arena_new(4096), *paths = cvp_arena_new(1024);
	const char *folder = find_folder(paths), *ci = getenv("CI");
	struct counts all = { 0, 0 };
	struct cvp_ctx ctx;
	bool complete = folder != NULL || ci == NULL || strcmp(ci, "true") != 0;

	cvp_ctx_init(&ctx, arena);
	if (folder == NULL)
		printf("mustache: skipped, the specification is not in the shared data\n");
	for (size_t i = 0; folder != NULL && i < CVP_COUNT(modules); i++)
		complete &= run_module(&ctx, folder, &modules[i], &all);
	if (folder != NULL)
		printf("mustache: %zu of %zu cases\n", all.passed, all.total);
	cvp_arena_free(paths);
	cvp_arena_free(arena);
	return complete && all.passed == all.total ? EXIT_SUCCESS : EXIT_FAILURE;
}
