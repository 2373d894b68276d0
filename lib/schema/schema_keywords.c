/* schema_keywords.c - the table of keywords: for which drafts, where schemas stand in them, how each is compiled. */
#include <stddef.h>
#include <string.h>

#include "schema/schema_compile.h"
#include "schema/schema_internal.h"

#define VALUE SCHEMA_SHAPE_VALUE
#define ONE   SCHEMA_SHAPE_ONE
#define LIST  SCHEMA_SHAPE_LIST
#define MAP   SCHEMA_SHAPE_MAP
#define D7    SCHEMA_DRAFT_7
#define D2020 SCHEMA_DRAFT_2020
#define BOTH  SCHEMA_DRAFTS

static const struct schema_keyword keywords[] = {
	{ "type", BOTH, VALUE, cvp_compile_type, 0 },
	{ "const", BOTH, VALUE, cvp_compile_const, 0 },
	{ "enum", BOTH, VALUE, cvp_compile_enum, 0 },

	{ "minLength", BOTH, VALUE, cvp_compile_text_limit, offsetof(struct schema_text, min) },
	{ "maxLength", BOTH, VALUE, cvp_compile_text_limit, offsetof(struct schema_text, max) },
	{ "pattern", BOTH, VALUE, cvp_compile_pattern, 0 },
	{ "format", BOTH, VALUE, cvp_compile_format, 0 },

	{ "minimum", BOTH, VALUE, cvp_compile_number, offsetof(struct schema_number, minimum) },
	{ "maximum", BOTH, VALUE, cvp_compile_number, offsetof(struct schema_number, maximum) },
	{ "exclusiveMinimum", BOTH, VALUE, cvp_compile_number, offsetof(struct schema_number, exclusive_minimum) },
	{ "exclusiveMaximum", BOTH, VALUE, cvp_compile_number, offsetof(struct schema_number, exclusive_maximum) },
	{ "multipleOf", BOTH, VALUE, cvp_compile_number, offsetof(struct schema_number, multiple_of) },

	{ "minItems", BOTH, VALUE, cvp_compile_items_limit, offsetof(struct schema_items, min) },
	{ "maxItems", BOTH, VALUE, cvp_compile_items_limit, offsetof(struct schema_items, max) },
	{ "minContains", D2020, VALUE, cvp_compile_items_limit, offsetof(struct schema_items, min_contains) },
	{ "maxContains", D2020, VALUE, cvp_compile_items_limit, offsetof(struct schema_items, max_contains) },
	{ "uniqueItems", BOTH, VALUE, cvp_compile_unique, 0 },
	{ "prefixItems", D2020, LIST, cvp_compile_prefix, 0 },
	{ "items", D2020, ONE, cvp_compile_items, offsetof(struct schema_items, rest) },
	{ "items", D7, SCHEMA_SHAPE_ONE_OR_LIST, cvp_compile_items_or_prefix, offsetof(struct schema_items, rest) },
	{ "additionalItems", D7, ONE, cvp_compile_additional_items, offsetof(struct schema_items, rest) },
	{ "contains", BOTH, ONE, cvp_compile_items, offsetof(struct schema_items, contains) },
	{ "unevaluatedItems", D2020, ONE, cvp_compile_items, offsetof(struct schema_items, unevaluated) },

	{ "minProperties", BOTH, VALUE, cvp_compile_members_limit, offsetof(struct schema_members, min) },
	{ "maxProperties", BOTH, VALUE, cvp_compile_members_limit, offsetof(struct schema_members, max) },
	{ "required", BOTH, VALUE, cvp_compile_required, 0 },
	{ "properties", BOTH, MAP, cvp_compile_properties, 0 },
	{ "patternProperties", BOTH, MAP, cvp_compile_pattern_properties, 0 },
	{ "additionalProperties", BOTH, ONE, cvp_compile_members, offsetof(struct schema_members, additional) },
	{ "propertyNames", BOTH, ONE, cvp_compile_members, offsetof(struct schema_members, names) },
	{ "unevaluatedProperties", D2020, ONE, cvp_compile_members, offsetof(struct schema_members, unevaluated) },
	{ "dependencies", D7, MAP, cvp_compile_dependencies, 0 },
	{ "dependentRequired", D2020, VALUE, cvp_compile_dependent_required, 0 },
	{ "dependentSchemas", D2020, MAP, cvp_compile_dependent_schemas, 0 },

	{ "allOf", BOTH, LIST, cvp_compile_list, offsetof(struct schema_logic, all) },
	{ "anyOf", BOTH, LIST, cvp_compile_list, offsetof(struct schema_logic, any) },
	{ "oneOf", BOTH, LIST, cvp_compile_list, offsetof(struct schema_logic, one) },
	{ "not", BOTH, ONE, cvp_compile_branch, offsetof(struct schema_logic, not ) },
	{ "if", BOTH, ONE, cvp_compile_branch, offsetof(struct schema_logic, condition) },
	{ "then", BOTH, ONE, cvp_compile_branch, offsetof(struct schema_logic, then) },
	{ "else", BOTH, ONE, cvp_compile_branch, offsetof(struct schema_logic, otherwise) },
	{ "$ref", BOTH, VALUE, cvp_compile_ref, 0 },
	{ "$dynamicRef", D2020, VALUE, cvp_compile_dynamic_ref, 0 },

	{ "definitions", BOTH, MAP, cvp_compile_definitions, 0 },
	{ "$defs", D2020, MAP, cvp_compile_definitions, 0 },
};

const struct schema_keyword *
cvp_schema_keyword(const char *name, unsigned draft)
{
	for (size_t i = 0; i < CVP_COUNT(keywords); i++)
		if ((keywords[i].drafts & draft) != 0 && strcmp(keywords[i].name, name) == 0)
			return &keywords[i];
	return NULL;
}
