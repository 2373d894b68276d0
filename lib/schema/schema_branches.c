/* schema_branches.c - what to say when no branch of anyOf or oneOf fits.
 *
 * "Fits none of 3 forms" helps nobody. Where the value's type, or a member with a fixed value such as "kind", tells
 * which branch was meant, that branch's own violations are told; where every branch just wants a member, those are
 * named. */
#include <string.h>

#include "core/buf.h"
#include "schema/schema_run.h"

#define NAMES_MAX 400 /* bytes of member names in a sentence */

/* Follows references that say nothing more. */
static const struct cvp_schema *
behind(const struct cvp_schema *schema)
{
	for (int i = 0; i < SCHEMA_DEPTH_MAX && schema->logic != NULL && schema->logic->reference != NULL &&
			schema->types == SCHEMA_ANY && schema->members == NULL;
	     i++)
		schema = schema->logic->reference;
	return schema;
}

static unsigned
types_of(const struct cvp_schema *schema)
{
	schema = behind(schema);
	return schema->is_never ? 0 : schema->types;
}

static bool
has_fixed_value(const struct cvp_schema *schema)
{
	return schema->constant != NULL || schema->choices != NULL;
}

/* Do the members with fixed values, where given, have values of this branch? */
static bool
agrees_on_fixed(struct schema_run *run, const struct cvp_schema *branch, const json_t *value,
		const struct schema_place *place)
{
	const struct schema_members *members = behind(branch)->members;

	if (members == NULL || !json_is_object(value))
		return true;
	for (size_t i = 0; i < members->property_count; i++) {
		const struct schema_property *property = &members->properties[i];
		const json_t *member = json_object_getn(value, property->name.text, property->name.length);

		if (member != NULL && has_fixed_value(property->schema) &&
		    !cvp_schema_accepts(run, property->schema, member, place, NULL))
			return false;
	}
	return true;
}

/* The one branch that can have been meant, or NULL. */
static const struct cvp_schema *
find_meant(struct schema_run *run, const struct schema_list *list, const json_t *value,
	   const struct schema_place *place)
{
	unsigned type = cvp_schema_type_of(value);
	const struct cvp_schema *meant = NULL;

	for (size_t i = 0; i < list->count; i++) {
		if ((types_of(list->at[i]) & type) == 0 || !agrees_on_fixed(run, list->at[i], value, place))
			continue;
		if (meant != NULL)
			return NULL;
		meant = list->at[i];
	}
	return meant;
}

/* The member a branch wants, where it wants one and this is absent. */
static const struct schema_name *
wanted_name(const struct cvp_schema *branch, const json_t *value)
{
	const struct schema_members *members = behind(branch)->members;

	if (!json_is_object(value) || members == NULL || members->required.count != 1)
		return NULL;
	if (json_object_getn(value, members->required.at[0].text, members->required.at[0].length) != NULL)
		return NULL;
	return &members->required.at[0];
}

/* "a, b or c": the members the branches want; false where a branch fails for another reason. */
static bool
add_wanted(struct cvp_buf *names, const struct schema_list *list, const json_t *value)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct schema_name *name = wanted_name(list->at[i], value);

		if (name == NULL)
			return false;
		if (i > 0)
			cvp_buf_text(names, i + 1 == list->count ? " or " : ", ");
		cvp_buf_add(names, name->text, name->length);
	}
	return !cvp_buf_failed(names);
}

static unsigned
union_of_types(const struct schema_list *list)
{
	unsigned types = 0;

	for (size_t i = 0; i < list->count; i++)
		types |= types_of(list->at[i]);
	return types;
}

bool
cvp_schema_violate_branches(struct schema_run *run, const struct schema_list *list, const json_t *value,
			    const struct schema_place *place)
{
	struct cvp_buf names = CVP_BUF(NAMES_MAX);
	unsigned types = union_of_types(list);
	const struct cvp_schema *meant;

	if (run->quiet > 0 || run->is_over)
		return false;
	meant = find_meant(run, list, value, place);
	if (meant != NULL)
		cvp_schema_check(run, meant, value, place, NULL);
	else if (types != 0 && (types & cvp_schema_type_of(value)) == 0)
		cvp_schema_violate_type(run, place, types);
	else if (add_wanted(&names, list, value))
		cvp_schema_violate(run, place, "must have %s", cvp_buf_string(&names));
	else
		cvp_schema_violate(run, place, "fits none of the %zu forms the schema allows", list->count);
	cvp_buf_free(&names);
	return false;
}
