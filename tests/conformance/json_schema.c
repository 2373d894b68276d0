/* json_schema.c - the official JSON Schema suite, drafts 7 and 2020-12.
 *
 * Every case must pass but for those listed below, each with its reason. A listed case that passes, or an entry that
 * meets no case, is a failure too: the list stays true. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "schema/schema.h"

#define DRAFT_7       "draft7"
#define DRAFT_2020    "draft2020-12"

#define NO_REMOTES    "refers to the suite's remote documents, which are not part of the shared data"
#define NO_METASCHEMA "refers to the metaschema; schemas are checked by the compiler, its document is not shipped"
#define NO_VOCABULARY "names a metaschema of its own; an unknown $schema is refused, not guessed"
#define ASSERTED      "this format is always an assertion here"

/* group and name NULL: all of them. */
static struct unsupported {
	const char *draft, *file, *group, *name, *reason;
	int met;
} unsupported[] = {
	{ DRAFT_7, "refRemote.json", NULL, NULL, NO_REMOTES, 0 },
	{ DRAFT_7, "definitions.json", "validate definition against metaschema", NULL, NO_METASCHEMA, 0 },
	{ DRAFT_7, "ref.json", "remote ref, containing refs itself", NULL, NO_METASCHEMA, 0 },
	{ DRAFT_2020, "refRemote.json", NULL, NULL, NO_REMOTES, 0 },
	{ DRAFT_2020, "defs.json", "validate definition against metaschema", NULL, NO_METASCHEMA, 0 },
	{ DRAFT_2020, "ref.json", "remote ref, containing refs itself", NULL, NO_METASCHEMA, 0 },
	{ DRAFT_2020, "vocabulary.json", NULL, NULL, NO_VOCABULARY, 0 },
	{ DRAFT_2020, "dynamicRef.json", "strict-tree schema, guards against misspelled properties", NULL, NO_REMOTES,
	  0 },
	{ DRAFT_2020, "dynamicRef.json", "tests for implementation dynamic anchor and reference link", NULL, NO_REMOTES,
	  0 },
	{ DRAFT_2020, "dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $defs first", NULL,
	  NO_REMOTES, 0 },
	{ DRAFT_2020, "dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $ref first", NULL,
	  NO_REMOTES, 0 },
	{ DRAFT_2020, "dynamicRef.json", "$ref to $dynamicRef finds detached $dynamicAnchor", NULL, NO_REMOTES, 0 },
	{ DRAFT_2020, "format.json", "email format", "invalid email string is only an annotation by default", ASSERTED,
	  0 },
	{ DRAFT_2020, "format.json", "date format", "invalid date string is only an annotation by default", ASSERTED,
	  0 },
	{ DRAFT_2020, "format.json", "date-time format", "invalid date-time string is only an annotation by default",
	  ASSERTED, 0 },
	{ DRAFT_2020, "format.json", "uri format", "invalid uri string is only an annotation by default", ASSERTED, 0 },
	{ DRAFT_2020, "format.json", "uuid format", "invalid uuid string is only an annotation by default", ASSERTED,
	  0 },
};

struct tally {
	size_t files, cases, passed, unsupported, wrong;
};

/* What is being run, for messages and the list. */
struct where {
	const char *draft, *file, *group, *name;
};

static const char *
text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static bool
is_or_all(const char *listed, const char *actual)
{
	return listed == NULL || strcmp(listed, actual) == 0;
}

static struct unsupported *
find_listed(const struct where *at)
{
	for (size_t i = 0; i < CVP_COUNT(unsupported); i++)
		if (strcmp(unsupported[i].draft, at->draft) == 0 && strcmp(unsupported[i].file, at->file) == 0 &&
		    is_or_all(unsupported[i].group, at->group) && is_or_all(unsupported[i].name, at->name))
			return &unsupported[i];
	return NULL;
}

static void
complain(const struct where *at, const char *what, const char *detail)
{
	printf("FAIL %s/%s: %s: %s: %s%s\n", at->draft, at->file, at->group, at->name, what, detail);
}

/* code: of the compilation, its message in ctx. */
static void
run_case(struct cvp_ctx *ctx, struct tally *tally, const struct where *at, const json_t *test,
	 const struct cvp_schema *schema)
{
	struct unsupported *listed = find_listed(at);
	bool wanted = json_is_true(json_object_get(test, "valid")), passes = false;
	const char *fault = ctx->err.message;

	if (schema != NULL) {
		enum cvp_code code = cvp_schema_validate(ctx, schema, json_object_get(test, "data"));

		passes = (code == CVP_OK) == wanted;
		fault = wanted ? ctx->err.message : "accepted";
	}
	tally->cases++;
	tally->passed += passes;
	if (listed != NULL) {
		tally->unsupported++;
		listed->met++;
	}
	if (passes != (listed == NULL)) {
		tally->wrong++;
		complain(at, passes ? "passes, but is listed as not supported" : "", passes ? "" : fault);
	}
}

static void
run_group(struct cvp_ctx *ctx, struct tally *tally, struct where at, json_t *group)
{
	struct cvp_schemas *set = cvp_schemas_new();
	json_t *document = json_object_get(group, "schema"), *test;
	enum cvp_code code;
	size_t i;

	at.group = text_of(group, "description");
	/* the suite's draft 7 says so by its folder only */
	if (strcmp(at.draft, DRAFT_7) == 0 && json_object_get(document, "$schema") == NULL)
		json_object_set_new(document, "$schema", json_string("http://json-schema.org/draft-07/schema#"));
	code = cvp_schemas_add(ctx, set, "https://careervp.example/suite.json", document);
	if (code == CVP_OK)
		code = cvp_schemas_compile(ctx, set);
	json_array_foreach (json_object_get(group, "tests"), i, test) {
		at.name = text_of(test, "description");
		run_case(ctx, tally, &at, test,
			 code == CVP_OK ? cvp_schemas_get(set, "https://careervp.example/suite.json") : NULL);
		if (code == CVP_OK)
			cvp_clear(ctx);
	}
	cvp_schemas_free(set);
	cvp_ctx_reset(ctx);
}

static void
run_file(struct cvp_ctx *ctx, struct tally *tally, const char *draft, const char *path, const char *file)
{
	struct where at = { .draft = draft, .file = file };
	json_error_t fault;
	json_t *groups = json_load_file(path, JSON_DECODE_ANY | JSON_ALLOW_NUL, &fault), *group;
	size_t i;

	tally->files++;
	if (groups == NULL) {
		printf("FAIL %s: %s\n", path, fault.text);
		tally->wrong++;
		return;
	}
	json_array_foreach (groups, i, group)
		run_group(ctx, tally, at, group);
	json_decref(groups);
}

static int
is_json(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static void
run_folder(struct cvp_ctx *ctx, struct tally *tally, const char *draft, const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_json, alphasort);
	char path[4096];

	if (count < 0) {
		printf("FAIL cannot read %s\n", folder);
		tally->wrong++;
		return;
	}
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		run_file(ctx, tally, draft, path, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

static void
print_unsupported(struct tally *tally, const char *draft)
{
	for (size_t i = 0; i < CVP_COUNT(unsupported); i++) {
		const struct unsupported *entry = &unsupported[i];

		if (strcmp(entry->draft, draft) != 0)
			continue;
		printf("  not supported: %s%s%s%s%s (%d): %s\n", entry->file, entry->group != NULL ? ": " : "",
		       entry->group != NULL ? entry->group : "", entry->name != NULL ? ": " : "",
		       entry->name != NULL ? entry->name : "", entry->met, entry->reason);
		if (entry->met == 0) {
			printf("FAIL this entry meets no case\n");
			tally->wrong++;
		}
	}
}

static void
print_tally(const char *title, const struct tally *tally)
{
	printf("json-schema %s: %zu of %zu cases of %zu files; not supported: %zu more; wrong: %zu\n", title,
	       tally->passed, tally->cases - tally->unsupported, tally->files, tally->unsupported, tally->wrong);
}

static struct tally
run_draft(struct cvp_ctx *ctx, const char *suite, const char *draft)
{
	struct tally tally = { 0 };
	char folder[4096];

	snprintf(folder, sizeof(folder), "%s/%s", suite, draft);
	run_folder(ctx, &tally, draft, folder);
	snprintf(folder, sizeof(folder), "%s/%s/optional/format", suite, draft);
	run_folder(ctx, &tally, draft, folder);
	print_unsupported(&tally, draft);
	print_tally(draft, &tally);
	return tally;
}

/* 0 where the suite is there, else what to exit with. */
static int
find_suite(char *suite, size_t size, bool *is_there)
{
	const char *shared = getenv("CVP_SHARED"), *srcdir = getenv("srcdir"), *ci = getenv("CI");
	DIR *folder;

	if (shared != NULL)
		snprintf(suite, size, "%s/data/json-schema-suite/tests", shared);
	else
		snprintf(suite, size, "%s/../shared/data/json-schema-suite/tests", srcdir != NULL ? srcdir : ".");
	folder = opendir(suite);
	*is_there = folder != NULL;
	if (folder != NULL) {
		closedir(folder);
		return EXIT_SUCCESS;
	}
	printf("json-schema: the official suite is not here (%s)\n", suite);
	return ci != NULL && strcmp(ci, "true") == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

int
main(void)
{
	static const char *const drafts[] = { DRAFT_7, DRAFT_2020 };
	struct tally all = { 0 };
	struct cvp_arena *arena;
	struct cvp_ctx ctx;
	char suite[2048];
	bool is_there;
	int status = find_suite(suite, sizeof(suite), &is_there);

	if (!is_there)
		return status;
	arena = cvp_arena_new((size_t)64 * 1024);
	cvp_ctx_init(&ctx, arena);
	for (size_t i = 0; i < CVP_COUNT(drafts); i++) {
		struct tally tally = run_draft(&ctx, suite, drafts[i]);

		all.files += tally.files;
		all.cases += tally.cases;
		all.passed += tally.passed;
		all.unsupported += tally.unsupported;
		all.wrong += tally.wrong;
	}
	print_tally("in all", &all);
	cvp_arena_free(arena);
	return all.wrong == 0 && all.cases > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
