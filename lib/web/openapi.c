#include "web/openapi.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "web/web.h"

#define LINE_MAX_BYTES 1024

/* One line of routes.tsv. */
struct row {
	char *method, *path, *program, *schema, *page;
	unsigned flags;
};

static bool
parse_row(char *line, struct row *row)
{
	char *fields[6], *rest = line;
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	while (count < CVP_COUNT(fields) && (fields[count] = strsep(&rest, "\t")) != NULL)
		count++;
	if (count != CVP_COUNT(fields))
		return false;
	*row = (struct row){ fields[0], fields[1], fields[2],
			     fields[3], fields[4], (unsigned)strtoul(fields[5], NULL, 10) };
	return true;
}

/* "/api/x/{version:int}" as OpenAPI has it, "/api/x/{version}". */
static const char *
plain_path(struct cvp_ctx *ctx, const char *path)
{
	char *plain = cvp_arena_strdup(ctx->arena, path), *to = plain;
	bool in_type = false;

	for (const char *at = path; *at != '\0'; at++) {
		in_type = (in_type && *at != '}') || *at == ':';
		if (!in_type)
			*to++ = *at;
	}
	*to = '\0';
	return plain;
}

static json_t *
parameters_of(struct cvp_ctx *ctx, const char *plain)
{
	json_t *list = json_array();

	for (const char *at = strchr(plain, '{'); at != NULL; at = strchr(at + 1, '{')) {
		const char *name = cvp_arena_strndup(ctx->arena, at + 1, strcspn(at + 1, "}"));

		json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", name, "in", "path",
						      "required", 1, "schema", "type", "string"));
	}
	return list;
}

/* "#/components/schemas/NAME" for a file name with or without its ending. */
static json_t *
schema_reference(struct cvp_ctx *ctx, const char *name)
{
	size_t length = strcspn(name, ".");

	return json_string(cvp_arena_printf(ctx->arena, "#/components/schemas/%.*s", (int)length, name));
}

static json_t *
operation(struct cvp_ctx *ctx, const struct row *row, const char *plain)
{
	char *id = cvp_arena_printf(ctx->arena, "%s%s", row->method, plain);
	json_t *made;

	for (char *at = id; *at != '\0'; at++)
		*at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '_';
	made = json_pack("{s:s, s:[s], s:o, s:{s:{s:s}, s:{s:s}}}", "operationId", id, "tags", row->program,
			 "parameters", parameters_of(ctx, plain), "responses", "2XX", "description", "Success",
			 "default", "description", "Failure: {success, error, code, details, request_id}");
	if (strcmp(row->schema, "-") != 0)
		json_object_set_new(made, "requestBody",
				    json_pack("{s:{s:{s:{s:o}}}}", "content", "application/json", "schema", "$ref",
					      schema_reference(ctx, row->schema)));
	if ((row->flags & CVP_USER) != 0)
		json_object_set_new(made, "security", json_pack("[{s:[]}]", "bearer"));
	return made;
}

static void
add_route(struct cvp_ctx *ctx, json_t *paths, const struct row *row)
{
	const char *plain = plain_path(ctx, row->path);
	json_t *path = json_object_get(paths, plain);
	char *method = cvp_arena_strdup(ctx->arena, row->method);

	if (strcmp(row->page, "-") != 0)
		return; /* a page is for people */
	for (char *at = method; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	if (path == NULL) {
		path = json_object();
		json_object_set_new(paths, plain, path);
	}
	json_object_set_new(path, method, operation(ctx, row, plain));
}

/* References between files become references between components. */
static void
localize(struct cvp_ctx *ctx, json_t *schema)
{
	const char *key;
	json_t *value;
	size_t i;

	json_array_foreach (schema, i, value)
		localize(ctx, value);
	json_object_foreach (schema, key, value) {
		const char *target = strcmp(key, "$ref") == 0 ? json_string_value(value) : NULL;

		if (target != NULL && strstr(target, ".json") != NULL)
			json_object_set_new(schema, key, schema_reference(ctx, target));
		else
			localize(ctx, value);
	}
}

static void
add_schema(struct cvp_ctx *ctx, json_t *schemas, const char *data_dir, const char *name)
{
	json_t *schema;

	if (strcmp(name, "-") == 0 || json_object_get(schemas, name) != NULL)
		return;
	schema = json_load_file(cvp_arena_printf(ctx->arena, "%s/schemas/%s.json", data_dir, name), 0, NULL);
	if (schema == NULL)
		return;
	json_object_del(schema, "$schema");
	localize(ctx, schema);
	json_object_set_new(schemas, name, schema);
}

enum cvp_code
cvp_openapi(struct cvp_ctx *ctx, const char *data_dir, json_t **document)
{
	FILE *file = fopen(cvp_arena_printf(ctx->arena, "%s/routes.tsv", data_dir), "r");
	json_t *paths = cvp_own(ctx, json_object()), *schemas = cvp_own(ctx, json_object());
	char line[LINE_MAX_BYTES];
	struct row row;

	if (file == NULL)
		return cvp_fail(ctx, CVP_NOT_FOUND, "This installation has no routes.tsv.");
	while (fgets(line, sizeof(line), file) != NULL) {
		if (!parse_row(line, &row))
			continue;
		add_route(ctx, paths, &row);
		add_schema(ctx, schemas, data_dir, row.schema);
	}
	fclose(file);
	*document = cvp_own(ctx,
			    json_pack("{s:s, s:{s:s, s:s}, s:O, s:{s:O, s:{s:{s:s, s:s}}}}", "openapi", "3.1.0", "info",
				      "title", "careervp", "version", "1", "paths", paths, "components", "schemas",
				      schemas, "securitySchemes", "bearer", "type", "http", "scheme", "bearer"));
	return CVP_OK;
}
