/* schema_scan.c - walks a document through the keywords that hold schemas, and notes each schema, $id and anchor. */
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "schema/schema_internal.h"
#include "schema/uri.h"

/* An object tells where it stands by its address; a document may be in the set under two URIs. */
struct source_key {
	const struct schema_document *document;
	const json_t *value;
};

/* Where the walk is. */
struct spot {
	struct schema_resource *resource;
	const char *where;
	int depth;
};

static enum cvp_code scan_schema(struct schema_builder *builder, const struct spot *spot, const json_t *value,
				 struct cvp_schema **schema);

struct cvp_schema *
cvp_schema_at(const struct cvp_schemas *set, const struct schema_document *document, const json_t *value)
{
	struct source_key key = { document, value };

	return cvp_schema_map_get(&set->by_source, &key, sizeof(key));
}

/* The draft a $schema names; 0 for one that is not known. */
static unsigned
draft_named(const char *uri)
{
	static const struct {
		const char *uri;
		unsigned draft;
	} drafts[] = {
		{ "http://json-schema.org/draft-07/schema", SCHEMA_DRAFT_7 },
		{ "https://json-schema.org/draft-07/schema", SCHEMA_DRAFT_7 },
		{ "https://json-schema.org/draft/2020-12/schema", SCHEMA_DRAFT_2020 },
	};
	size_t length = strlen(uri);

	if (length > 0 && uri[length - 1] == '#')
		length--;
	for (size_t i = 0; i < CVP_COUNT(drafts); i++)
		if (strlen(drafts[i].uri) == length && memcmp(drafts[i].uri, uri, length) == 0)
			return drafts[i].draft;
	return 0;
}

static struct cvp_schema *
append_schema(struct cvp_schemas *set, const struct spot *spot, const json_t *value)
{
	struct cvp_schema *schema = cvp_arena_alloc(set->arena, sizeof(*schema));

	if (set->schema_count == set->schema_size) {
		set->schema_size = set->schema_size > 0 ? set->schema_size * 2 : 64;
		set->schemas = cvp_xrealloc(set->schemas, set->schema_size * sizeof(struct cvp_schema *));
	}
	set->schemas[set->schema_count++] = schema;
	schema->types = SCHEMA_ANY;
	schema->is_never = json_is_false(value);
	schema->source = value;
	schema->resource = spot->resource;
	schema->where = spot->where;
	return schema;
}

static enum cvp_code
add_anchor(struct schema_builder *builder, struct cvp_schema *schema, const char *name, struct schema_map *anchors)
{
	if (cvp_schema_map_get(anchors, name, strlen(name)) == schema)
		return CVP_OK; /* $anchor and $dynamicAnchor of one name */
	if (cvp_schema_map_get(anchors, name, strlen(name)) != NULL)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s: there are two anchors \"%s\"", schema->where,
				name);
	cvp_schema_map_put(anchors, builder->set->arena, name, strlen(name), schema);
	return CVP_OK;
}

/* The member's text, or NULL where there is none; a member of another type is a fault. */
static enum cvp_code
get_text(struct schema_builder *builder, const struct cvp_schema *schema, const char *name, const char **text)
{
	const json_t *value = json_object_get(schema->source, name);

	*text = json_string_value(value);
	if (value != NULL && *text == NULL)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s/%s: must be a string", schema->where, name);
	return CVP_OK;
}

/* The draft of a resource follows its own $schema, else that of the resource around it. */
static enum cvp_code
read_draft(struct schema_builder *builder, const struct cvp_schema *schema, unsigned around, unsigned *draft)
{
	const char *uri;
	enum cvp_code code = get_text(builder, schema, "$schema", &uri);

	if (code != CVP_OK)
		return code;
	*draft = uri == NULL ? around : draft_named(uri);
	if (*draft == 0)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s/$schema: only drafts 7 and 2020-12 are supported",
				schema->where);
	return CVP_OK;
}

/* Gives schema, which has an $id, a resource of its own. */
static enum cvp_code
open_resource(struct schema_builder *builder, struct cvp_schema *schema, const char *uri)
{
	struct cvp_schemas *set = builder->set;
	struct schema_resource *around = schema->resource, *resource;

	if (cvp_schema_map_get(&set->resources, uri, strlen(uri)) != NULL)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s/$id: there are two schemas with the URI %s",
				schema->where, uri);
	resource = cvp_arena_alloc(set->arena, sizeof(*resource));
	resource->uri = uri;
	resource->document = around->document;
	resource->root = schema;
	schema->resource = resource;
	cvp_schema_map_put(&set->resources, set->arena, uri, strlen(uri), resource);
	return read_draft(builder, schema, around->draft, &resource->draft);
}

/* Draft 7 writes an anchor as "$id": "#name"; 2020-12 has a keyword for it. */
static enum cvp_code
read_id(struct schema_builder *builder, struct cvp_schema *schema)
{
	unsigned draft = schema->resource->draft;
	bool is_root = schema->resource->root == schema;
	const char *id, *fragment;
	enum cvp_code code = get_text(builder, schema, "$id", &id);
	char *uri;

	if (code != CVP_OK || id == NULL)
		return code;
	uri = cvp_uri_resolve(builder->set->arena, schema->resource->uri, id);
	fragment = cvp_uri_cut_fragment(uri);
	if (fragment != NULL && fragment[0] != '\0' && draft != SCHEMA_DRAFT_7)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s/$id: must not have a fragment", schema->where);
	if (id[0] != '#' && !is_root)
		code = open_resource(builder, schema, uri);
	if (code == CVP_OK && fragment != NULL && fragment[0] != '\0')
		code = add_anchor(builder, schema, fragment, &schema->resource->anchors);
	return code;
}

static enum cvp_code
read_anchors(struct schema_builder *builder, struct cvp_schema *schema)
{
	struct schema_resource *resource = schema->resource;
	const char *name, *dynamic;
	enum cvp_code code = get_text(builder, schema, "$anchor", &name);

	if (code == CVP_OK)
		code = get_text(builder, schema, "$dynamicAnchor", &dynamic);
	if (code != CVP_OK || resource->draft == SCHEMA_DRAFT_7)
		return code;
	if (name != NULL)
		code = add_anchor(builder, schema, name, &resource->anchors);
	if (code == CVP_OK && dynamic != NULL)
		code = add_anchor(builder, schema, dynamic, &resource->anchors);
	if (code == CVP_OK && dynamic != NULL)
		code = add_anchor(builder, schema, dynamic, &resource->dynamic_anchors);
	return code;
}

static const char *
escape_token(struct cvp_arena *arena, const char *token)
{
	char *escaped, *out;

	if (strpbrk(token, "~/") == NULL)
		return token;
	escaped = out = cvp_arena_alloc(arena, 2 * strlen(token) + 1);
	for (; *token != '\0'; token++) {
		if (*token == '~' || *token == '/') {
			*out++ = '~';
			*out++ = *token == '~' ? '0' : '1';
		} else {
			*out++ = *token;
		}
	}
	return escaped;
}

/* What is no schema is left to the keyword's own handler to refuse. */
static enum cvp_code
scan_child(struct schema_builder *builder, const struct spot *spot, const json_t *value)
{
	struct cvp_schema *schema;

	return json_is_object(value) ? scan_schema(builder, spot, value, &schema) : CVP_OK;
}

static enum cvp_code
scan_list(struct schema_builder *builder, const struct spot *spot, const json_t *list)
{
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; code == CVP_OK && i < json_array_size(list); i++) {
		struct spot below = *spot;

		below.where = cvp_arena_printf(builder->set->arena, "%s/%zu", spot->where, i);
		code = scan_child(builder, &below, json_array_get(list, i));
	}
	return code;
}

static enum cvp_code
scan_map(struct schema_builder *builder, const struct spot *spot, const json_t *map)
{
	struct cvp_arena *arena = builder->set->arena;
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)map, name, value) {
		struct spot below = *spot;

		below.where = cvp_arena_printf(arena, "%s/%s", spot->where, escape_token(arena, name));
		code = scan_child(builder, &below, value);
		if (code != CVP_OK)
			break;
	}
	return code;
}

static enum cvp_code
scan_keyword(struct schema_builder *builder, const struct spot *spot, const struct schema_keyword *keyword,
	     const json_t *value)
{
	struct spot below = { spot->resource, NULL, spot->depth + 1 };

	if (keyword->shape == SCHEMA_SHAPE_VALUE)
		return CVP_OK;
	below.where = cvp_arena_printf(builder->set->arena, "%s/%s", spot->where, keyword->name);
	if (keyword->shape == SCHEMA_SHAPE_MAP)
		return scan_map(builder, &below, value);
	if (json_is_array(value))
		return keyword->shape != SCHEMA_SHAPE_ONE ? scan_list(builder, &below, value) : CVP_OK;
	return keyword->shape != SCHEMA_SHAPE_LIST ? scan_child(builder, &below, value) : CVP_OK;
}

static enum cvp_code
scan_keywords(struct schema_builder *builder, const struct spot *spot, const struct cvp_schema *schema,
	      bool is_reference)
{
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)schema->source, name, value) {
		const struct schema_keyword *keyword = cvp_schema_keyword(name, schema->resource->draft);

		/* what stands beside draft 7's $ref is void, but definitions there are still pointed to */
		if (keyword == NULL || (is_reference && strcmp(name, "definitions") != 0))
			continue;
		code = scan_keyword(builder, spot, keyword, value);
		if (code != CVP_OK)
			break;
	}
	return code;
}

static enum cvp_code
scan_schema(struct schema_builder *builder, const struct spot *spot, const json_t *value, struct cvp_schema **found)
{
	struct cvp_schemas *set = builder->set;
	struct source_key key = { spot->resource->document, value };
	struct spot inner = *spot;
	enum cvp_code code = CVP_OK;
	struct cvp_schema *schema;
	bool is_reference;

	if (spot->depth > SCHEMA_DEPTH_MAX)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s: schemas nest deeper than %d", spot->where,
				SCHEMA_DEPTH_MAX);
	*found = json_is_object(value) ? cvp_schema_at(set, spot->resource->document, value) : NULL;
	if (*found != NULL)
		return CVP_OK;
	*found = schema = append_schema(set, spot, value);
	if (spot->resource->root == NULL)
		spot->resource->root = schema;
	if (!json_is_object(value))
		return CVP_OK;
	cvp_schema_map_put(&set->by_source, set->arena, &key, sizeof(key), schema);
	is_reference = schema->resource->draft == SCHEMA_DRAFT_7 && json_object_get(value, "$ref") != NULL;
	if (!is_reference)
		code = read_id(builder, schema);
	if (code == CVP_OK && !is_reference)
		code = read_anchors(builder, schema);
	inner.resource = schema->resource;
	return code == CVP_OK ? scan_keywords(builder, &inner, schema, is_reference) : code;
}

enum cvp_code
cvp_schema_scan(struct schema_builder *builder, struct schema_document *document)
{
	struct schema_resource *resource = document->resource;
	struct cvp_arena *arena = builder->set->arena;
	const char *where = cvp_arena_printf(arena, "%s#", resource->uri);
	struct spot spot = { resource, where, 0 };
	struct cvp_schema root = { .source = document->root, .where = where };
	enum cvp_code code;

	if (!json_is_object(document->root) && !json_is_boolean(document->root))
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s: a schema must be an object or a boolean", where);
	code = read_draft(builder, &root, SCHEMA_DRAFT_2020, &resource->draft);
	return code == CVP_OK ? scan_schema(builder, &spot, document->root, &resource->root) : code;
}

enum cvp_code
cvp_schema_scan_at(struct schema_builder *builder, struct schema_resource *resource, const json_t *value,
		   const char *where, struct cvp_schema **schema)
{
	struct spot spot = { resource, where, 0 };

	if (!json_is_object(value) && !json_is_boolean(value))
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s: a schema must be an object or a boolean", where);
	return scan_schema(builder, &spot, value, schema);
}
