/* schema_check_logic.c - references and combinations: schemas applied to the same value. */
#include <string.h>

#include "schema/schema_run.h"

/* The outermost resource in the dynamic scope that has the anchor wins. */
static const struct cvp_schema *
dynamic_target(const struct schema_run *run, const struct schema_logic *logic)
{
	const struct cvp_schema *target = logic->dynamic, *found;

	if (logic->dynamic_name == NULL)
		return target;
	for (const struct schema_scope *scope = run->scope; scope != NULL; scope = scope->outer) {
		found = cvp_schema_map_get(&scope->resource->dynamic_anchors, logic->dynamic_name,
					   strlen(logic->dynamic_name));
		if (found != NULL)
			target = found;
	}
	return target;
}

static bool
check_all(struct schema_run *run, const struct schema_list *list, const json_t *value, const struct schema_place *place,
	  struct schema_marks *marks)
{
	bool is_valid = true;

	for (size_t i = 0; i < list->count && cvp_schema_goes_on(run, is_valid); i++)
		is_valid = cvp_schema_check(run, list->at[i], value, place, marks) && is_valid;
	return is_valid;
}

static bool
check_any(struct schema_run *run, const struct schema_list *list, const json_t *value, const struct schema_place *place,
	  struct schema_marks *marks)
{
	bool is_valid = false;

	/* each branch may have looked at other members: with marks all are asked */
	for (size_t i = 0; i < list->count && (!is_valid || marks != NULL) && !run->is_over; i++)
		is_valid = cvp_schema_accepts(run, list->at[i], value, place, marks) || is_valid;
	return is_valid || cvp_schema_violate_branches(run, list, value, place);
}

static bool
check_one(struct schema_run *run, const struct schema_list *list, const json_t *value, const struct schema_place *place,
	  struct schema_marks *marks)
{
	size_t first = 0;
	bool is_valid = false;

	for (size_t i = 0; i < list->count && !run->is_over; i++) {
		if (!cvp_schema_accepts(run, list->at[i], value, place, marks))
			continue;
		if (is_valid)
			return cvp_schema_violate(
			    run, place, "fits forms %zu and %zu of the %zu the schema has, but must fit only one",
			    first + 1, i + 1, list->count);
		is_valid = true;
		first = i;
	}
	return is_valid || cvp_schema_violate_branches(run, list, value, place);
}

static bool
check_not(struct schema_run *run, const struct cvp_schema *excluded, const json_t *value,
	  const struct schema_place *place)
{
	if (!cvp_schema_accepts(run, excluded, value, place, NULL))
		return true;
	return cvp_schema_violate(run, place, "has a form that is not allowed");
}

static bool
check_condition(struct schema_run *run, const struct schema_logic *logic, const json_t *value,
		const struct schema_place *place, struct schema_marks *marks)
{
	bool holds = cvp_schema_accepts(run, logic->condition, value, place, marks);
	const struct cvp_schema *branch = holds ? logic->then : logic->otherwise;

	return branch == NULL || cvp_schema_check(run, branch, value, place, marks);
}

bool
cvp_schema_check_logic(struct schema_run *run, const struct schema_logic *logic, const json_t *value,
		       const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = true;

	if (logic->reference != NULL)
		is_valid = cvp_schema_check(run, logic->reference, value, place, marks);
	if (logic->dynamic != NULL && cvp_schema_goes_on(run, is_valid))
		is_valid = cvp_schema_check(run, dynamic_target(run, logic), value, place, marks) && is_valid;
	if (cvp_schema_goes_on(run, is_valid))
		is_valid = check_all(run, &logic->all, value, place, marks) && is_valid;
	if (logic->any.count > 0 && cvp_schema_goes_on(run, is_valid))
		is_valid = check_any(run, &logic->any, value, place, marks) && is_valid;
	if (logic->one.count > 0 && cvp_schema_goes_on(run, is_valid))
		is_valid = check_one(run, &logic->one, value, place, marks) && is_valid;
	if (logic->not != NULL && cvp_schema_goes_on(run, is_valid))
		is_valid = check_not(run, logic->not, value, place) && is_valid;
	if (logic->condition != NULL && cvp_schema_goes_on(run, is_valid))
		is_valid = check_condition(run, logic, value, place, marks) && is_valid;
	return is_valid;
}
