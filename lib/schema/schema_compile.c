#include "schema/schema_compile.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "schema/number.h"

enum cvp_code
cvp_compile_fail(struct schema_builder *builder, const struct cvp_schema *schema, const struct schema_keyword *keyword,
		 const char *takes)
{
	return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s/%s: %s", schema->where, keyword->name, takes);
}

enum cvp_code
cvp_compile_count(struct schema_builder *builder, const struct cvp_schema *schema, const struct schema_keyword *keyword,
		  const json_t *value, size_t *count)
{
	double number = json_number_value(value);

	if (!cvp_number_is_integer(value) || number < 0)
		return cvp_compile_fail(builder, schema, keyword, "must be a whole number of 0 or more");
	*count = number < (double)INT64_MAX ? (size_t)number : SIZE_MAX;
	return CVP_OK;
}

enum cvp_code
cvp_compile_child(struct schema_builder *builder, struct cvp_schema *schema, const struct schema_keyword *keyword,
		  const json_t *value, const struct cvp_schema **child)
{
	struct cvp_schema *found = cvp_schema_at(builder->set, schema->resource->document, value);
	enum cvp_code code = CVP_OK;

	if (found == NULL && !json_is_boolean(value))
		return cvp_compile_fail(builder, schema, keyword, "a schema must be an object or a boolean");
	if (found == NULL) /* true and false have no place of their own in jansson */
		code = cvp_schema_scan_at(builder, schema->resource, value, schema->where, &found);
	*child = found;
	return code;
}

enum cvp_code
cvp_compile_children(struct schema_builder *builder, struct cvp_schema *schema, const struct schema_keyword *keyword,
		     const json_t *value, struct schema_list *list)
{
	size_t count = json_array_size(value);
	enum cvp_code code = CVP_OK;

	if (count == 0)
		return cvp_compile_fail(builder, schema, keyword, "must be an array of at least one schema");
	list->at = cvp_arena_alloc(builder->set->arena, count * sizeof(struct cvp_schema *));
	for (; code == CVP_OK && list->count < count; list->count++)
		code = cvp_compile_child(builder, schema, keyword, json_array_get(value, list->count),
					 &list->at[list->count]);
	return code;
}

enum cvp_code
cvp_compile_names(struct schema_builder *builder, struct cvp_schema *schema, const struct schema_keyword *keyword,
		  const json_t *value, struct schema_names *names)
{
	size_t count = json_array_size(value);

	if (!json_is_array(value))
		return cvp_compile_fail(builder, schema, keyword, "must be an array of names");
	names->at = cvp_arena_alloc(builder->set->arena, count * sizeof(*names->at));
	for (; names->count < count; names->count++) {
		const json_t *name = json_array_get(value, names->count);

		if (!json_is_string(name))
			return cvp_compile_fail(builder, schema, keyword, "must be an array of names");
		names->at[names->count] = (struct schema_name){ json_string_value(name), json_string_length(name) };
	}
	return CVP_OK;
}

static void
keep_pattern(struct cvp_schemas *set, struct cvp_pattern *pattern)
{
	if (set->pattern_count == set->pattern_size) {
		set->pattern_size = set->pattern_size > 0 ? set->pattern_size * 2 : 16;
		set->patterns = cvp_xrealloc(set->patterns, set->pattern_size * sizeof(struct cvp_pattern *));
	}
	set->patterns[set->pattern_count++] = pattern;
}

enum cvp_code
cvp_compile_regex(struct schema_builder *builder, struct cvp_schema *schema, const struct schema_keyword *keyword,
		  const char *text, size_t length, const struct cvp_pattern **pattern)
{
	char fault[256];
	struct cvp_pattern *made = cvp_pattern_new(text, length, fault, sizeof(fault));

	if (made == NULL)
		return cvp_fail(builder->ctx, CVP_INVALID_INPUT, "%s/%s: bad pattern: %s", schema->where, keyword->name,
				fault);
	keep_pattern(builder->set, made);
	*pattern = made;
	return CVP_OK;
}

static unsigned
type_named(const char *name)
{
	static const struct {
		const char *name;
		unsigned types;
	} types[] = {
		{ "string", SCHEMA_STRING }, { "integer", SCHEMA_INTEGER },
		{ "object", SCHEMA_OBJECT }, { "number", SCHEMA_INTEGER | SCHEMA_FRACTION },
		{ "array", SCHEMA_ARRAY },   { "boolean", SCHEMA_BOOLEAN },
		{ "null", SCHEMA_NULL },
	};

	for (size_t i = 0; name != NULL && i < CVP_COUNT(types); i++)
		if (strcmp(types[i].name, name) == 0)
			return types[i].types;
	return 0;
}

SCHEMA_HANDLER(cvp_compile_type)
{
	size_t count = json_array_size(value);
	unsigned types = type_named(json_string_value(value));
	bool is_good = count > 0 || types != 0;

	for (size_t i = 0; i < count; i++) {
		unsigned type = type_named(json_string_value(json_array_get(value, i)));

		is_good = is_good && type != 0;
		types |= type;
	}
	if (!is_good)
		return cvp_compile_fail(
		    builder, schema, keyword,
		    "must be string, number, integer, boolean, null, array, object, or an array of these");
	schema->types = types;
	return CVP_OK;
}

SCHEMA_HANDLER(cvp_compile_const)
{
	(void)builder;
	(void)keyword;
	schema->constant = value;
	return CVP_OK;
}

SCHEMA_HANDLER(cvp_compile_enum)
{
	if (!json_is_array(value))
		return cvp_compile_fail(builder, schema, keyword, "must be an array");
	schema->choices = value;
	return CVP_OK;
}

static struct schema_text *
text_of(struct schema_builder *builder, struct cvp_schema *schema)
{
	if (schema->text == NULL) {
		struct schema_text *text = cvp_arena_alloc(builder->set->arena, sizeof(*text));

		text->max = SIZE_MAX;
		schema->text = text;
	}
	return (struct schema_text *)schema->text; /* const for those who validate only */
}

SCHEMA_HANDLER(cvp_compile_text_limit)
{
	return cvp_compile_count(builder, schema, keyword, value, cvp_compile_slot(text_of(builder, schema), keyword));
}

SCHEMA_HANDLER(cvp_compile_pattern)
{
	if (!json_is_string(value))
		return cvp_compile_fail(builder, schema, keyword, "must be a string");
	return cvp_compile_regex(builder, schema, keyword, json_string_value(value), json_string_length(value),
				 &text_of(builder, schema)->pattern);
}

SCHEMA_HANDLER(cvp_compile_format)
{
	if (!json_is_string(value))
		return cvp_compile_fail(builder, schema, keyword, "must be a string");
	text_of(builder, schema)->format = cvp_format_named(json_string_value(value));
	return CVP_OK;
}

SCHEMA_HANDLER(cvp_compile_number)
{
	struct schema_number *number = (struct schema_number *)schema->number;

	if (!json_is_number(value))
		return cvp_compile_fail(builder, schema, keyword, "must be a number");
	if (keyword->slot == offsetof(struct schema_number, multiple_of) && !(json_number_value(value) > 0))
		return cvp_compile_fail(builder, schema, keyword, "must be a number above 0");
	if (number == NULL)
		schema->number = number = cvp_arena_alloc(builder->set->arena, sizeof(*number));
	*(const json_t **)cvp_compile_slot(number, keyword) = value;
	return CVP_OK;
}

enum cvp_code
cvp_schema_compile(struct schema_builder *builder, struct cvp_schema *schema)
{
	unsigned draft = schema->resource->draft;
	const json_t *reference = draft == SCHEMA_DRAFT_7 ? json_object_get(schema->source, "$ref") : NULL;
	enum cvp_code code = CVP_OK;
	const char *name;
	json_t *value;

	if (reference != NULL) /* all beside it is void */
		return cvp_compile_ref(builder, schema, cvp_schema_keyword("$ref", draft), reference);
	json_object_foreach ((json_t *)schema->source, name, value) {
		const struct schema_keyword *keyword = cvp_schema_keyword(name, draft);

		code = keyword != NULL ? keyword->compile(builder, schema, keyword, value) : CVP_OK;
		if (code != CVP_OK)
			break;
	}
	return code;
}
