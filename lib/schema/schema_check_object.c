/* schema_check_object.c - the keywords about objects. */
#include <string.h>

#include "schema/schema_run.h"

static int
compare_name(const struct schema_name *name, const char *text, size_t length)
{
	if (name->length != length)
		return name->length < length ? -1 : 1;
	return memcmp(name->text, text, length);
}

static const struct cvp_schema *
find_property(const struct schema_members *members, const char *name, size_t length)
{
	size_t low = 0, high = members->property_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare_name(&members->properties[middle].name, name, length);

		if (order == 0)
			return members->properties[middle].schema;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static const json_t *
member_named(const json_t *object, const struct schema_name *name)
{
	return json_object_getn(object, name->text, name->length);
}

static bool
check_count(struct schema_run *run, const struct schema_members *members, size_t count,
	    const struct schema_place *place)
{
	if (count > members->max)
		return cvp_schema_violate(run, place, "has more than %zu member%s", members->max,
					  members->max == 1 ? "" : "s");
	if (count < members->min && count == 0)
		return cvp_schema_violate(run, place, "must not be empty");
	if (count < members->min)
		return cvp_schema_violate(run, place, "has fewer than %zu members", members->min);
	return true;
}

static bool
check_required(struct schema_run *run, const struct schema_names *required, const json_t *object,
	       const struct schema_place *place)
{
	bool is_valid = true;

	for (size_t i = 0; i < required->count && cvp_schema_goes_on(run, is_valid); i++)
		if (member_named(object, &required->at[i]) == NULL)
			is_valid = cvp_schema_violate_missing(run, place, &required->at[i]);
	return is_valid;
}

static bool
check_patterns(struct schema_run *run, const struct schema_members *members, const json_t *value,
	       const struct schema_place *here, bool *is_known)
{
	bool is_valid = true;

	for (size_t i = 0; i < members->pattern_count && cvp_schema_goes_on(run, is_valid); i++) {
		if (!cvp_schema_finds(run, members->patterns[i].pattern, here->name, here->length))
			continue;
		*is_known = true;
		is_valid = cvp_schema_check(run, members->patterns[i].schema, value, here, NULL) && is_valid;
	}
	return is_valid;
}

static bool
check_name(struct schema_run *run, const struct schema_members *members, const struct schema_place *here)
{
	struct schema_place name_place = *here;
	json_t *name = json_stringn_nocheck(here->name, here->length);
	bool is_valid;

	name_place.is_name = true;
	is_valid = cvp_schema_check(run, members->names, name, &name_place, NULL);
	json_decref(name);
	return is_valid;
}

static bool
check_member(struct schema_run *run, const struct schema_members *members, const json_t *value,
	     struct schema_place *here, struct schema_marks *marks)
{
	const struct cvp_schema *schema = find_property(members, here->name, here->length);
	bool is_known = schema != NULL, is_valid = true;

	here->is_declared = is_known;
	if (members->names != NULL)
		is_valid = check_name(run, members, here);
	if (schema != NULL && cvp_schema_goes_on(run, is_valid))
		is_valid = cvp_schema_check(run, schema, value, here, NULL) && is_valid;
	if (cvp_schema_goes_on(run, is_valid))
		is_valid = check_patterns(run, members, value, here, &is_known) && is_valid;
	if (!is_known && members->additional != NULL && cvp_schema_goes_on(run, is_valid)) {
		is_known = true;
		is_valid = cvp_schema_check(run, members->additional, value, here, NULL) && is_valid;
	}
	if (is_known)
		cvp_schema_mark(marks, here->index);
	return is_valid;
}

/* Is there anything to be asked of single members? */
static bool
looks_inside(const struct schema_members *members)
{
	return members->property_count > 0 || members->pattern_count > 0 || members->additional != NULL ||
	       members->names != NULL;
}

static bool
check_each(struct schema_run *run, const struct schema_members *members, const json_t *object,
	   const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = true;
	size_t index = 0;

	for (void *at = json_object_iter((json_t *)object); at != NULL && cvp_schema_goes_on(run, is_valid);
	     at = json_object_iter_next((json_t *)object, at)) {
		struct schema_place here = { .parent = place,
					     .name = json_object_iter_key(at),
					     .length = json_object_iter_key_len(at),
					     .index = index++ };

		is_valid = check_member(run, members, json_object_iter_value(at), &here, marks) && is_valid;
	}
	return is_valid;
}

static bool
check_dependencies(struct schema_run *run, const struct schema_members *members, const json_t *object,
		   const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = true;

	for (size_t i = 0; i < members->dependency_count && cvp_schema_goes_on(run, is_valid); i++) {
		const struct schema_dependency *dependency = &members->dependencies[i];

		if (member_named(object, &dependency->name) == NULL)
			continue;
		if (dependency->schema != NULL)
			is_valid = cvp_schema_check(run, dependency->schema, object, place, marks) && is_valid;
		else
			is_valid = check_required(run, &dependency->required, object, place) && is_valid;
	}
	return is_valid;
}

bool
cvp_schema_check_members(struct schema_run *run, const struct schema_members *members, const json_t *value,
			 const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = check_required(run, &members->required, value, place);

	if (cvp_schema_goes_on(run, is_valid))
		is_valid = check_count(run, members, json_object_size(value), place) && is_valid;
	if (looks_inside(members) && cvp_schema_goes_on(run, is_valid))
		is_valid = check_each(run, members, value, place, marks) && is_valid;
	if (cvp_schema_goes_on(run, is_valid))
		is_valid = check_dependencies(run, members, value, place, marks) && is_valid;
	return is_valid;
}

bool
cvp_schema_check_unevaluated_members(struct schema_run *run, const struct schema_members *members, const json_t *value,
				     const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = true;
	size_t index = 0;

	for (void *at = json_object_iter((json_t *)value); at != NULL && cvp_schema_goes_on(run, is_valid);
	     at = json_object_iter_next((json_t *)value, at), index++) {
		struct schema_place here = { .parent = place,
					     .name = json_object_iter_key(at),
					     .length = json_object_iter_key_len(at),
					     .index = index };

		if (!cvp_schema_is_marked(marks, index))
			is_valid = cvp_schema_check(run, members->unevaluated, json_object_iter_value(at), &here,
						    NULL) &&
				   is_valid;
	}
	cvp_schema_mark_all(marks);
	return is_valid;
}
