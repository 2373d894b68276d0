/* careervp validate SCHEMA INSTANCE: is a JSON document what a JSON Schema (2020-12 or draft 7) describes?
 *
 * A schema may refer to others by file name; they are read from its own folder. '-' is standard input, for one of the
 * two. Exit status 0; 1 where it is not, with `POINTER: message` a line on stdout; 2 for a wrong call, a file that
 * cannot be read or a schema that is none, with one line on stderr. */
#include <stdio.h>
#include <string.h>

#include "core/ctx.h"
#include "core/file.h"
#include "schema/schema.h"
#include "verbs.h"

#define DOCUMENT_MAX ((size_t)64 * 1024 * 1024)
#define NESTING_MAX  256 /* of values within a schema that are searched for references */

enum { EXIT_VALID, EXIT_INVALID, EXIT_USAGE };

/* A run of the verb: the set being filled, and the folder the schema came from. */
struct validation {
	struct cvp_ctx *ctx;
	struct cvp_schemas *set;
	const char *folder; /* with its last slash; "" for the current one */
};

static enum cvp_code add_referred(struct validation *run, const json_t *value, int nesting);

/* The file name a reference begins with, or NULL: no other folder and no address is followed. */
static const char *
referred_file(struct cvp_ctx *ctx, const json_t *reference)
{
	const char *text = json_string_value(reference);
	size_t length = text != NULL ? strcspn(text, "#") : 0;
	char *name;

	if (length == 0)
		return NULL;
	name = cvp_arena_strndup(ctx->arena, text, length);
	return strpbrk(name, "/:?\\") == NULL ? name : NULL;
}

/* Adds the file a $ref names, and those it refers to in turn. One that is not there is left for the compiler to miss:
 * the name may be an $id inside of the document. */
static enum cvp_code
add_file(struct validation *run, const char *name)
{
	struct cvp_ctx *ctx = run->ctx;
	const char *path = cvp_arena_printf(ctx->arena, "%s%s", run->folder, name);
	FILE *file = fopen(path, "rb");
	enum cvp_code code;
	json_t *document = NULL;

	if (file == NULL)
		return CVP_OK;
	fclose(file);
	code = cvp_file_json(ctx, path, DOCUMENT_MAX, &document);
	if (code == CVP_OK)
		code = cvp_schemas_add(ctx, run->set, name, document);
	return code == CVP_OK ? add_referred(run, document, 0) : code;
}

static enum cvp_code
add_referred(struct validation *run, const json_t *value, int nesting)
{
	const char *name = referred_file(run->ctx, json_object_get(value, "$ref")), *key;
	enum cvp_code code = CVP_OK;
	json_t *child;

	if (nesting > NESTING_MAX)
		return CVP_OK;
	if (name != NULL && !cvp_schemas_has(run->set, name))
		code = add_file(run, name);
	json_object_foreach ((json_t *)value, key, child) {
		if (code != CVP_OK)
			break;
		code = add_referred(run, child, nesting + 1);
	}
	for (size_t i = 0; code == CVP_OK && i < json_array_size(value); i++)
		code = add_referred(run, json_array_get(value, i), nesting + 1);
	return code;
}

/* Reads and compiles the schema at path; *name is what it is called in the set. */
static enum cvp_code
load_schema(struct validation *run, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	enum cvp_code code;
	json_t *document = NULL;

	*name = slash != NULL ? slash + 1 : path;
	run->folder = slash != NULL ? cvp_arena_strndup(run->ctx->arena, path, (size_t)(*name - path)) : "";
	code = cvp_file_json(run->ctx, path, DOCUMENT_MAX, &document);
	if (code == CVP_OK)
		code = cvp_schemas_add(run->ctx, run->set, *name, document);
	if (code == CVP_OK)
		code = add_referred(run, document, 0);
	return code == CVP_OK ? cvp_schemas_compile(run->ctx, run->set) : code;
}

/* One line, whatever characters the text has. */
static void
print_line(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < ' ' || c == 0x7F)
			fprintf(out, "\\u%04x", c);
		else
			fputc(c, out);
	}
}

static void
print_violations(const json_t *violations)
{
	for (size_t i = 0; i < json_array_size(violations); i++) {
		const json_t *violation = json_array_get(violations, i);

		print_line(stdout, json_string_value(json_object_get(violation, "pointer")));
		fputs(": ", stdout);
		print_line(stdout, json_string_value(json_object_get(violation, "message")));
		fputc('\n', stdout);
	}
}

static int
complain(const struct cvp_ctx *ctx)
{
	fputs("careervp validate: ", stderr);
	print_line(stderr, ctx->err.message);
	fputc('\n', stderr);
	return EXIT_USAGE;
}

static int
validate(struct cvp_ctx *ctx, const char *schema_path, const char *instance_path)
{
	struct validation run = { .ctx = ctx, .set = cvp_schemas_new() };
	int status = EXIT_VALID;
	json_t *instance = NULL;
	const char *name;
	enum cvp_code code = load_schema(&run, schema_path, &name);

	if (code == CVP_OK)
		code = cvp_file_json(ctx, instance_path, DOCUMENT_MAX, &instance);
	if (code != CVP_OK) {
		status = complain(ctx);
	} else if (cvp_schema_validate(ctx, cvp_schemas_get(run.set, name), instance) != CVP_OK) {
		print_violations(ctx->err.details);
		status = EXIT_INVALID;
	}
	cvp_schemas_free(run.set);
	return status;
}

int
cvp_verb_validate(int argc, char **argv)
{
	bool was_asked = argc > 1 && strcmp(argv[1], "--help") == 0;
	struct cvp_arena *arena;
	struct cvp_ctx ctx;
	int status;

	if (was_asked || argc != 3 || (strcmp(argv[1], "-") == 0 && strcmp(argv[2], "-") == 0)) {
		fputs("usage: careervp validate SCHEMA INSTANCE\n", was_asked ? stdout : stderr);
		return was_asked ? EXIT_VALID : EXIT_USAGE;
	}
	arena = cvp_arena_new((size_t)64 * 1024);
	cvp_ctx_init(&ctx, arena);
	status = validate(&ctx, argv[1], argv[2]);
	cvp_arena_free(arena);
	return status;
}
