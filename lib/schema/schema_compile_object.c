/* schema_compile_object.c - handlers of the keywords about objects. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "schema/schema_compile.h"

static struct schema_members *
members_of(struct schema_builder *builder, struct cvp_schema *schema)
{
	if (schema->members == NULL) {
		struct schema_members *members = cvp_arena_alloc(builder->set->arena, sizeof(*members));

		members->max = SIZE_MAX;
		schema->members = members;
	}
	return (struct schema_members *)schema->members; /* const for those who validate only */
}

SCHEMA_HANDLER(cvp_compile_members_limit)
{
	return cvp_compile_count(builder, schema, keyword, value,
				 cvp_compile_slot(members_of(builder, schema), keyword));
}

SCHEMA_HANDLER(cvp_compile_members)
{
	return cvp_compile_child(builder, schema, keyword, value,
				 cvp_compile_slot(members_of(builder, schema), keyword));
}

SCHEMA_HANDLER(cvp_compile_required)
{
	return cvp_compile_names(builder, schema, keyword, value, &members_of(builder, schema)->required);
}

static int
compare_properties(const void *left, const void *right)
{
	const struct schema_name *a = &((const struct schema_property *)left)->name;
	const struct schema_name *b = &((const struct schema_property *)right)->name;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return memcmp(a->text, b->text, a->length);
}

SCHEMA_HANDLER(cvp_compile_properties)
{
	struct schema_members *members = members_of(builder, schema);
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *child;

	if (!json_is_object(value))
		return cvp_compile_fail(builder, schema, keyword, "must be an object of schemas");
	members->properties = cvp_arena_alloc(builder->set->arena,
					      json_object_size(value) * sizeof(*members->properties));
	json_object_foreach ((json_t *)value, name, child) {
		struct schema_property *property = &members->properties[members->property_count++];

		property->name = (struct schema_name){ name, strlen(name) };
		code = cvp_compile_child(builder, schema, keyword, child, &property->schema);
		if (code != CVP_OK)
			return code;
	}
	qsort(members->properties, members->property_count, sizeof(*members->properties), compare_properties);
	return CVP_OK;
}

SCHEMA_HANDLER(cvp_compile_pattern_properties)
{
	struct schema_members *members = members_of(builder, schema);
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *child;

	if (!json_is_object(value))
		return cvp_compile_fail(builder, schema, keyword, "must be an object of schemas");
	members->patterns = cvp_arena_alloc(builder->set->arena, json_object_size(value) * sizeof(*members->patterns));
	json_object_foreach ((json_t *)value, name, child) {
		struct schema_pattern_property *property = &members->patterns[members->pattern_count++];

		code = cvp_compile_regex(builder, schema, keyword, name, strlen(name), &property->pattern);
		if (code == CVP_OK)
			code = cvp_compile_child(builder, schema, keyword, child, &property->schema);
		if (code != CVP_OK)
			break;
	}
	return code;
}

/* The one kind of dependency a keyword allows, or both. */
enum dependency { SCHEMAS = 1, NAMES = 2 };

static enum cvp_code
add_dependencies(struct schema_builder *builder, struct cvp_schema *schema, const struct schema_keyword *keyword,
		 const json_t *value, int kinds)
{
	struct schema_members *members = members_of(builder, schema);
	size_t count = members->dependency_count, size = sizeof(*members->dependencies);
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *wanted;

	if (!json_is_object(value))
		return cvp_compile_fail(builder, schema, keyword, "must be an object");
	members->dependencies = cvp_arena_grow(builder->set->arena, members->dependencies, count * size,
					       (count + json_object_size(value)) * size);
	json_object_foreach ((json_t *)value, name, wanted) {
		struct schema_dependency *dependency = &members->dependencies[members->dependency_count++];

		dependency->name = (struct schema_name){ name, strlen(name) };
		if ((kinds & NAMES) != 0 && (json_is_array(wanted) || (kinds & SCHEMAS) == 0))
			code = cvp_compile_names(builder, schema, keyword, wanted, &dependency->required);
		else
			code = cvp_compile_child(builder, schema, keyword, wanted, &dependency->schema);
		if (code != CVP_OK)
			break;
	}
	return code;
}

SCHEMA_HANDLER(cvp_compile_dependencies)
{
	return add_dependencies(builder, schema, keyword, value, SCHEMAS | NAMES);
}

SCHEMA_HANDLER(cvp_compile_dependent_required)
{
	return add_dependencies(builder, schema, keyword, value, NAMES);
}

SCHEMA_HANDLER(cvp_compile_dependent_schemas)
{
	return add_dependencies(builder, schema, keyword, value, SCHEMAS);
}
