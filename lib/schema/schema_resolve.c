/* schema_resolve.c - from a reference to the schema it means: URI to resource, then anchor or JSON Pointer. */
#include <string.h>

#include "core/ctx.h"
#include "schema/schema_internal.h"
#include "schema/uri.h"

/* The index an RFC 6901 token means, or SIZE_MAX. */
static size_t
read_index(const char *token)
{
	size_t index = 0;

	if (token[0] == '\0' || (token[0] == '0' && token[1] != '\0'))
		return SIZE_MAX;
	for (; *token != '\0'; token++) {
		if (*token < '0' || *token > '9' || index > SIZE_MAX / 16)
			return SIZE_MAX;
		index = index * 10 + (size_t)(*token - '0');
	}
	return index;
}

static void
unescape_token(char *token)
{
	char *out = token;

	for (; *token != '\0'; token++) {
		if (token[0] == '~' && (token[1] == '0' || token[1] == '1'))
			*out++ = *++token == '0' ? '~' : '/';
		else
			*out++ = *token;
	}
	*out = '\0';
}

static const json_t *
step_down(const json_t *value, const char *token)
{
	return json_is_array(value) ? json_array_get(value, read_index(token)) : json_object_get(value, token);
}

/* Follows pointer down from the resource's root; a schema on the way may begin a resource of its own. */
static enum cvp_code
follow_pointer(struct schema_builder *builder, struct schema_resource *resource, const char *pointer,
	       struct cvp_schema **target)
{
	struct cvp_arena *arena = builder->set->arena;
	const char *where = cvp_arena_printf(arena, "%s#%s", resource->uri, pointer);
	const json_t *value = resource->root->source;
	char *token = cvp_arena_strdup(arena, pointer), *next;

	for (*target = resource->root; token != NULL && value != NULL; token = next) {
		token++; /* its slash */
		next = strchr(token, '/');
		if (next != NULL)
			*next = '\0';
		unescape_token(token);
		value = step_down(value, token);
		if (next != NULL)
			*next = '/';
		*target = cvp_schema_at(builder->set, resource->document, value);
		if (*target != NULL)
			resource = (*target)->resource;
	}
	if (value == NULL || *target != NULL)
		return CVP_OK;
	return cvp_schema_scan_at(builder, resource, value, where, target);
}

static enum cvp_code
find_anchor(const struct schema_resource *resource, const char *name, struct cvp_schema **target,
	    const char **dynamic_name)
{
	*target = cvp_schema_map_get(&resource->anchors, name, strlen(name));
	if (*target != NULL && cvp_schema_map_get(&resource->dynamic_anchors, name, strlen(name)) == *target)
		*dynamic_name = name;
	return CVP_OK;
}

enum cvp_code
cvp_schema_resolve(struct schema_builder *builder, const struct cvp_schema *schema, const char *reference,
		   struct cvp_schema **target, const char **dynamic_name)
{
	char *uri = cvp_uri_resolve(builder->set->arena, schema->resource->uri, reference);
	const char *fragment = cvp_uri_cut_fragment(uri);
	struct schema_resource *resource = cvp_schema_map_get(&builder->set->resources, uri, strlen(uri));
	enum cvp_code code = CVP_OK;

	*target = NULL;
	*dynamic_name = NULL;
	if (resource == NULL)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s: refers to %s, which is not in the set",
				schema->where, uri);
	if (fragment == NULL || fragment[0] == '\0')
		*target = resource->root;
	else if (fragment[0] == '/')
		code = follow_pointer(builder, resource, fragment, target);
	else
		code = find_anchor(resource, fragment, target, dynamic_name);
	if (code == CVP_OK && *target == NULL)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s: refers to %s, where %s has no schema",
				schema->where, reference, uri);
	return code;
}
