#include "schema/schema.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "schema/schema_internal.h"
#include "schema/uri.h"

#define ARENA_BLOCK ((size_t)64 * 1024)

struct cvp_schemas *
cvp_schemas_new(void)
{
	struct cvp_schemas *set = cvp_xcalloc(1, sizeof(*set));

	set->arena = cvp_arena_new(ARENA_BLOCK);
	return set;
}

void
cvp_schemas_free(struct cvp_schemas *set)
{
	if (set == NULL)
		return;
	for (size_t i = 0; i < set->pattern_count; i++)
		cvp_pattern_free(set->patterns[i]);
	free(set->patterns);
	free(set->schemas);
	cvp_arena_free(set->arena); /* and with it the documents */
	free(set);
}

static struct schema_resource *
document_resource(struct cvp_schemas *set, const char *uri, json_t *root)
{
	struct schema_document *document = cvp_arena_alloc(set->arena, sizeof(*document));
	struct schema_resource *resource = cvp_arena_alloc(set->arena, sizeof(*resource));

	document->root = cvp_arena_own(set->arena, json_incref(root));
	document->resource = resource;
	resource->uri = uri;
	resource->document = document;
	return resource;
}

static void
append_document(struct cvp_schemas *set, struct schema_document *document)
{
	size_t used = set->document_count * sizeof(struct schema_document *);

	if ((set->document_count & (set->document_count - 1)) == 0) /* full: the size doubles */
		set->document_list = cvp_arena_grow(set->arena, set->document_list, used,
						    used > 0 ? 2 * used : sizeof(struct schema_document *));
	set->document_list[set->document_count++] = document;
}

/* The URI a document's own $id gives it, or its URI as given. */
static const char *
own_uri(struct cvp_schemas *set, const char *uri, const json_t *root)
{
	const char *id = json_string_value(json_object_get(root, "$id"));
	char *own;

	if (id == NULL)
		return uri;
	own = cvp_uri_resolve(set->arena, uri, id);
	cvp_uri_cut_fragment(own);
	return own;
}

enum cvp_code
cvp_schemas_add(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *uri, json_t *document)
{
	char *given = cvp_arena_strdup(set->arena, uri);
	struct schema_resource *resource;
	const char *own;

	if (set->is_compiled)
		return cvp_fail(ctx, CVP_CONFLICT, "%s: the schemas are compiled already", uri);
	cvp_uri_cut_fragment(given);
	own = own_uri(set, given, document);
	if (cvp_schema_map_get(&set->resources, given, strlen(given)) != NULL)
		return cvp_fail(ctx, CVP_CONFLICT, "There are two schemas with the URI %s", given);
	if (cvp_schema_map_get(&set->resources, own, strlen(own)) != NULL)
		return cvp_fail(ctx, CVP_CONFLICT, "There are two schemas with the URI %s", own);
	resource = document_resource(set, own, document);
	append_document(set, resource->document);
	cvp_schema_map_put(&set->documents, set->arena, given, strlen(given), resource->document);
	cvp_schema_map_put(&set->resources, set->arena, given, strlen(given), resource);
	if (strcmp(given, own) != 0)
		cvp_schema_map_put(&set->resources, set->arena, own, strlen(own), resource);
	return CVP_OK;
}

bool
cvp_schemas_has(const struct cvp_schemas *set, const char *uri)
{
	return cvp_schema_map_get(&set->resources, uri, strlen(uri)) != NULL;
}

const json_t *
cvp_schemas_document(const struct cvp_schemas *set, const char *uri)
{
	const struct schema_resource *resource = cvp_schema_map_get(&set->resources, uri, strlen(uri));

	return resource != NULL ? resource->document->root : NULL;
}

static int
is_schema_file(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static enum cvp_code
load_file(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *dir, const char *name)
{
	const char *path = cvp_arena_printf(ctx->arena, "%s/%s", dir, name);
	enum cvp_code code;
	json_error_t fault;
	json_t *document = json_load_file(path, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &fault);

	if (document == NULL)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "%s:%d: %s", path, fault.line, fault.text);
	code = cvp_schemas_add(ctx, set, name, document);
	json_decref(document);
	return code;
}

enum cvp_code
cvp_schemas_load(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *dir)
{
	struct dirent **entries;
	enum cvp_code code = CVP_OK;
	int count = scandir(dir, &entries, is_schema_file, alphasort);

	if (count < 0)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "Cannot read the folder %s: %s", dir, strerror(errno));
	for (int i = 0; i < count; i++) {
		if (code == CVP_OK)
			code = load_file(ctx, set, dir, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return code;
}

enum cvp_code
cvp_schemas_compile(struct cvp_ctx *ctx, struct cvp_schemas *set)
{
	struct schema_builder builder = { .ctx = ctx, .set = set };
	enum cvp_code code = CVP_OK;

	if (set->is_compiled)
		return CVP_OK;
	for (size_t i = 0; code == CVP_OK && i < set->document_count; i++)
		code = cvp_schema_scan(&builder, set->document_list[i]);
	/* compiling a reference may find a schema more */
	for (size_t i = 0; code == CVP_OK && i < set->schema_count; i++)
		code = cvp_schema_compile(&builder, set->schemas[i]);
	if (code == CVP_OK)
		code = cvp_schema_check_circles(&builder);
	set->is_compiled = code == CVP_OK;
	return code;
}

const struct cvp_schema *
cvp_schemas_get(const struct cvp_schemas *set, const char *uri)
{
	const struct schema_document *document = cvp_schema_map_get(&set->documents, uri, strlen(uri));

	return document != NULL && set->is_compiled ? document->resource->root : NULL;
}
