/* schema_check_array.c - the keywords about arrays. */
#include "schema/schema_run.h"
#include "schema/value.h"

static bool
check_count(struct schema_run *run, const struct schema_items *items, size_t count, const struct schema_place *place)
{
	if (count > items->max)
		return cvp_schema_violate(run, place, "has more than %zu item%s", items->max,
					  items->max == 1 ? "" : "s");
	if (count < items->min && count == 0)
		return cvp_schema_violate(run, place, "must not be empty");
	if (count < items->min)
		return cvp_schema_violate(run, place, "has fewer than %zu items", items->min);
	return true;
}

static bool
check_unique(struct schema_run *run, const json_t *array, const struct schema_place *place)
{
	struct schema_place item = { .parent = place };

	if (!cvp_value_find_duplicate(array, &item.index))
		return true;
	return cvp_schema_violate(run, &item, "is there twice");
}

static bool
check_each(struct schema_run *run, const struct schema_items *items, const json_t *array,
	   const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = true;

	for (size_t i = 0; i < json_array_size(array) && cvp_schema_goes_on(run, is_valid); i++) {
		const struct cvp_schema *schema = i < items->prefix.count ? items->prefix.at[i] : items->rest;
		struct schema_place item = { .parent = place, .index = i };

		if (schema == NULL)
			break;
		is_valid = cvp_schema_check(run, schema, json_array_get(array, i), &item, NULL) && is_valid;
		cvp_schema_mark(marks, i);
	}
	return is_valid;
}

static bool
check_contains(struct schema_run *run, const struct schema_items *items, const json_t *array,
	       const struct schema_place *place, struct schema_marks *marks)
{
	size_t count = 0;

	for (size_t i = 0; i < json_array_size(array) && !run->is_over; i++) {
		struct schema_place item = { .parent = place, .index = i };

		if (!cvp_schema_accepts(run, items->contains, json_array_get(array, i), &item, NULL))
			continue;
		count++;
		cvp_schema_mark(marks, i);
	}
	if (count < items->min_contains)
		return cvp_schema_violate(run, place, "must have at least %zu item%s of the form the schema asks for",
					  items->min_contains, items->min_contains == 1 ? "" : "s");
	if (count > items->max_contains)
		return cvp_schema_violate(run, place, "has more than %zu item%s of the form the schema counts",
					  items->max_contains, items->max_contains == 1 ? "" : "s");
	return true;
}

bool
cvp_schema_check_items(struct schema_run *run, const struct schema_items *items, const json_t *value,
		       const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = check_count(run, items, json_array_size(value), place);

	if (items->are_unique && cvp_schema_goes_on(run, is_valid))
		is_valid = check_unique(run, value, place) && is_valid;
	if (cvp_schema_goes_on(run, is_valid))
		is_valid = check_each(run, items, value, place, marks) && is_valid;
	if (items->contains != NULL && cvp_schema_goes_on(run, is_valid))
		is_valid = check_contains(run, items, value, place, marks) && is_valid;
	return is_valid;
}

bool
cvp_schema_check_unevaluated_items(struct schema_run *run, const struct schema_items *items, const json_t *value,
				   const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = true;

	for (size_t i = 0; i < json_array_size(value) && cvp_schema_goes_on(run, is_valid); i++) {
		struct schema_place item = { .parent = place, .index = i };

		if (!cvp_schema_is_marked(marks, i))
			is_valid = cvp_schema_check(run, items->unevaluated, json_array_get(value, i), &item, NULL) &&
				   is_valid;
	}
	cvp_schema_mark_all(marks);
	return is_valid;
}
