/* schema_compile_logic.c - handlers of references and combinations, and the search for circles among them. */
#include <string.h>

#include "core/ctx.h"
#include "schema/schema_compile.h"

static struct schema_logic *
logic_of(struct schema_builder *builder, struct cvp_schema *schema)
{
	if (schema->logic == NULL)
		schema->logic = cvp_arena_alloc(builder->set->arena, sizeof(*schema->logic));
	return (struct schema_logic *)schema->logic; /* const for those who validate only */
}

SCHEMA_HANDLER(cvp_compile_list)
{
	return cvp_compile_children(builder, schema, keyword, value,
				    cvp_compile_slot(logic_of(builder, schema), keyword));
}

SCHEMA_HANDLER(cvp_compile_branch)
{
	return cvp_compile_child(builder, schema, keyword, value, cvp_compile_slot(logic_of(builder, schema), keyword));
}

SCHEMA_HANDLER(cvp_compile_ref)
{
	struct cvp_schema *target;
	const char *unused;
	enum cvp_code code;

	if (!json_is_string(value))
		return cvp_compile_fail(builder, schema, keyword, "must be a string");
	code = cvp_schema_resolve(builder, schema, json_string_value(value), &target, &unused);
	if (code == CVP_OK)
		logic_of(builder, schema)->reference = target;
	return code;
}

SCHEMA_HANDLER(cvp_compile_dynamic_ref)
{
	struct cvp_schema *target;
	const char *name;
	enum cvp_code code;

	if (!json_is_string(value))
		return cvp_compile_fail(builder, schema, keyword, "must be a string");
	code = cvp_schema_resolve(builder, schema, json_string_value(value), &target, &name);
	if (code == CVP_OK) {
		logic_of(builder, schema)->dynamic = target;
		logic_of(builder, schema)->dynamic_name = name;
	}
	return code;
}

/* What stands here is compiled where it was found; only what is no schema at all is refused. */
SCHEMA_HANDLER(cvp_compile_definitions)
{
	const struct cvp_schema *unused;
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *child;

	if (!json_is_object(value))
		return cvp_compile_fail(builder, schema, keyword, "must be an object of schemas");
	json_object_foreach ((json_t *)value, name, child) {
		code = cvp_compile_child(builder, schema, keyword, child, &unused);
		if (code != CVP_OK)
			break;
	}
	return code;
}

static enum cvp_code search_circle(struct schema_builder *builder, const struct cvp_schema *schema, int depth);

static enum cvp_code
search_list(struct schema_builder *builder, const struct schema_list *list, int depth)
{
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; code == CVP_OK && i < list->count; i++)
		code = search_circle(builder, list->at[i], depth);
	return code;
}

static enum cvp_code
search_logic(struct schema_builder *builder, const struct schema_logic *logic, int depth)
{
	const struct cvp_schema *single[] = { logic->reference, logic->dynamic, logic->not,
					      logic->condition, logic->then,    logic->otherwise };
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; code == CVP_OK && i < CVP_COUNT(single); i++)
		code = search_circle(builder, single[i], depth);
	if (code == CVP_OK)
		code = search_list(builder, &logic->all, depth);
	if (code == CVP_OK)
		code = search_list(builder, &logic->any, depth);
	return code == CVP_OK ? search_list(builder, &logic->one, depth) : code;
}

/* Walks what is applied to the same place of the instance. A circle there would never come to an end. */
static enum cvp_code
search_circle(struct schema_builder *builder, const struct cvp_schema *schema, int depth)
{
	struct cvp_schema *marked = (struct cvp_schema *)schema;
	enum cvp_code code = CVP_OK;

	if (schema == NULL || schema->is_settled)
		return CVP_OK;
	if (schema->is_open)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT,
				"%s: leads back to itself without a step into the instance", schema->where);
	if (depth > SCHEMA_DEPTH_MAX)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT,
				"%s: more than %d schemas refer to each other in a row", schema->where,
				SCHEMA_DEPTH_MAX);
	marked->is_open = true;
	if (schema->logic != NULL)
		code = search_logic(builder, schema->logic, depth + 1);
	for (size_t i = 0; code == CVP_OK && schema->members != NULL && i < schema->members->dependency_count; i++)
		code = search_circle(builder, schema->members->dependencies[i].schema, depth + 1);
	marked->is_open = false;
	marked->is_settled = true;
	return code;
}

enum cvp_code
cvp_schema_check_circles(struct schema_builder *builder)
{
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; code == CVP_OK && i < builder->set->schema_count; i++)
		code = search_circle(builder, builder->set->schemas[i], 0);
	return code;
}
