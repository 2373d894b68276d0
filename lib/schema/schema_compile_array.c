/* schema_compile_array.c - handlers of the keywords about arrays. */
#include <stdint.h>

#include "schema/schema_compile.h"

static struct schema_items *
items_of(struct schema_builder *builder, struct cvp_schema *schema)
{
	if (schema->items == NULL) {
		struct schema_items *items = cvp_arena_alloc(builder->set->arena, sizeof(*items));

		items->max = SIZE_MAX;
		items->min_contains = 1;
		items->max_contains = SIZE_MAX;
		schema->items = items;
	}
	return (struct schema_items *)schema->items; /* const for those who validate only */
}

SCHEMA_HANDLER(cvp_compile_items_limit)
{
	return cvp_compile_count(builder, schema, keyword, value, cvp_compile_slot(items_of(builder, schema), keyword));
}

SCHEMA_HANDLER(cvp_compile_unique)
{
	if (!json_is_boolean(value))
		return cvp_compile_fail(builder, schema, keyword, "must be true or false");
	items_of(builder, schema)->are_unique = json_is_true(value);
	return CVP_OK;
}

SCHEMA_HANDLER(cvp_compile_prefix)
{
	return cvp_compile_children(builder, schema, keyword, value, &items_of(builder, schema)->prefix);
}

SCHEMA_HANDLER(cvp_compile_items)
{
	return cvp_compile_child(builder, schema, keyword, value, cvp_compile_slot(items_of(builder, schema), keyword));
}

/* Draft 7: an array of schemas is what 2020-12 calls prefixItems. */
SCHEMA_HANDLER(cvp_compile_items_or_prefix)
{
	if (json_is_array(value) && json_array_size(value) == 0)
		return CVP_OK;
	return json_is_array(value) ? cvp_compile_prefix(builder, schema, keyword, value)
				    : cvp_compile_items(builder, schema, keyword, value);
}

/* Draft 7: says nothing where items is not an array. */
SCHEMA_HANDLER(cvp_compile_additional_items)
{
	const struct cvp_schema *unused;

	if (json_is_array(json_object_get(schema->source, "items")))
		return cvp_compile_items(builder, schema, keyword, value);
	return cvp_compile_child(builder, schema, keyword, value, &unused);
}
