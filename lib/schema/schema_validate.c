/* schema_validate.c - walks instance and compiled schema together. */
#include <stdlib.h>
#include <string.h>

#include "schema/number.h"
#include "schema/schema_run.h"
#include "schema/value.h"

#define DEPTH_MAX 512      /* schemas applied within each other: some 300 KB of stack */
#define STEPS_MAX 10000000 /* schemas applied in all: about a second */

unsigned
cvp_schema_type_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return SCHEMA_OBJECT;
	case JSON_ARRAY:
		return SCHEMA_ARRAY;
	case JSON_STRING:
		return SCHEMA_STRING;
	case JSON_INTEGER:
		return SCHEMA_INTEGER;
	case JSON_REAL:
		return cvp_number_is_integer(value) ? SCHEMA_INTEGER : SCHEMA_FRACTION;
	case JSON_NULL:
		return SCHEMA_NULL;
	default:
		return SCHEMA_BOOLEAN;
	}
}

bool
cvp_schema_finds(struct schema_run *run, const struct cvp_pattern *pattern, const char *text, size_t length)
{
	enum cvp_match match = cvp_pattern_find(pattern, text, length, &run->scratch);

	if (match == CVP_MATCH_TOO_COSTLY)
		cvp_schema_refuse(run, "The document has a text that is too costly to check against its pattern");
	return match == CVP_MATCH_YES;
}

static bool
is_among(const json_t *choices, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(choices); i++)
		if (cvp_value_equal(json_array_get(choices, i), value))
			return true;
	return false;
}

static bool
check_constants(struct schema_run *run, const struct cvp_schema *schema, const json_t *value,
		const struct schema_place *place)
{
	if (schema->constant != NULL && !cvp_value_equal(schema->constant, value))
		return cvp_schema_violate_constant(run, place, schema->constant);
	if (schema->choices != NULL && !is_among(schema->choices, value))
		return cvp_schema_violate_choice(run, place, schema->choices);
	return true;
}

static bool
check_group(struct schema_run *run, const struct cvp_schema *schema, unsigned type, const json_t *value,
	    const struct schema_place *place, struct schema_marks *marks)
{
	switch (type) {
	case SCHEMA_OBJECT:
		return schema->members == NULL || cvp_schema_check_members(run, schema->members, value, place, marks);
	case SCHEMA_ARRAY:
		return schema->items == NULL || cvp_schema_check_items(run, schema->items, value, place, marks);
	case SCHEMA_STRING:
		return schema->text == NULL || cvp_schema_check_text(run, schema->text, value, place);
	case SCHEMA_INTEGER:
	case SCHEMA_FRACTION:
		return schema->number == NULL || cvp_schema_check_number(run, schema->number, value, place);
	default:
		return true;
	}
}

/* All keywords but unevaluatedProperties and unevaluatedItems. */
static bool
check_keywords(struct schema_run *run, const struct cvp_schema *schema, unsigned type, const json_t *value,
	       const struct schema_place *place, struct schema_marks *marks)
{
	bool is_valid = check_constants(run, schema, value, place);

	if (cvp_schema_goes_on(run, is_valid))
		is_valid = check_group(run, schema, type, value, place, marks) && is_valid;
	if (schema->logic != NULL && cvp_schema_goes_on(run, is_valid))
		is_valid = cvp_schema_check_logic(run, schema->logic, value, place, marks) && is_valid;
	return is_valid;
}

/* A schema with an unevaluated* keyword keeps marks of its own, and passes them on when it was valid. */
static bool
check_with_rest(struct schema_run *run, const struct cvp_schema *schema, unsigned type, const json_t *value,
		const struct schema_place *place, struct schema_marks *marks)
{
	struct schema_marks own;
	bool is_valid;

	cvp_schema_marks_begin(&own, type == SCHEMA_OBJECT ? json_object_size(value) : json_array_size(value));
	is_valid = check_keywords(run, schema, type, value, place, &own);
	if (is_valid && type == SCHEMA_OBJECT)
		is_valid = cvp_schema_check_unevaluated_members(run, schema->members, value, place, &own);
	else if (is_valid)
		is_valid = cvp_schema_check_unevaluated_items(run, schema->items, value, place, &own);
	if (is_valid && marks != NULL)
		cvp_schema_marks_merge(marks, &own);
	cvp_schema_marks_end(&own);
	return is_valid;
}

static bool
has_rest(const struct cvp_schema *schema, unsigned type)
{
	if (type == SCHEMA_OBJECT)
		return schema->members != NULL && schema->members->unevaluated != NULL;
	return type == SCHEMA_ARRAY && schema->items != NULL && schema->items->unevaluated != NULL;
}

static bool
check_value(struct schema_run *run, const struct cvp_schema *schema, const json_t *value,
	    const struct schema_place *place, struct schema_marks *marks)
{
	unsigned type = cvp_schema_type_of(value);

	if (schema->is_never)
		return cvp_schema_violate(run, place, "is not allowed here");
	if ((schema->types & type) == 0)
		return cvp_schema_violate_type(run, place, schema->types);
	if (has_rest(schema, type))
		return check_with_rest(run, schema, type, value, place, marks);
	return check_keywords(run, schema, type, value, place, marks);
}

bool
cvp_schema_check(struct schema_run *run, const struct cvp_schema *schema, const json_t *value,
		 const struct schema_place *place, struct schema_marks *marks)
{
	struct schema_scope scope = { run->scope, schema->resource };
	bool is_valid;

	if (run->depth >= DEPTH_MAX)
		cvp_schema_refuse(run, "The document is nested too deeply to be checked");
	if (++run->steps > STEPS_MAX)
		cvp_schema_refuse(run, "The document is too large to be checked");
	if (run->is_over)
		return false;
	run->depth++;
	run->scope = &scope;
	is_valid = check_value(run, schema, value, place, marks);
	run->scope = scope.outer;
	run->depth--;
	return is_valid;
}

bool
cvp_schema_accepts(struct schema_run *run, const struct cvp_schema *schema, const json_t *value,
		   const struct schema_place *place, struct schema_marks *marks)
{
	struct schema_marks own;
	bool is_valid;

	run->quiet++;
	if (marks == NULL) {
		is_valid = cvp_schema_check(run, schema, value, place, NULL);
	} else { /* what an invalid branch looked at does not count */
		cvp_schema_marks_begin(&own, marks->count);
		is_valid = cvp_schema_check(run, schema, value, place, &own);
		if (is_valid)
			cvp_schema_marks_merge(marks, &own);
		cvp_schema_marks_end(&own);
	}
	run->quiet--;
	return is_valid;
}

enum cvp_code
cvp_schema_validate(struct cvp_ctx *ctx, const struct cvp_schema *schema, const json_t *instance)
{
	struct schema_place root = { 0 };
	struct schema_run run = { .ctx = ctx };
	bool is_valid = cvp_schema_check(&run, schema, instance, &root, NULL);

	cvp_pattern_scratch_free(run.scratch);
	return cvp_schema_outcome(&run, is_valid);
}
