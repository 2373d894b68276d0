/* What a validation tells: codes, pointers, sentences, and where it gives up. */
#include "test_schema.h"

static void
check_case(const struct cvp_schema *schema, const char *folder, const json_t *wanted)
{
	const char *about = json_string_value(json_object_get(wanted, "about"));
	const json_t *violations = json_object_get(wanted, "violations");
	enum cvp_code code = cvp_schema_validate(&fresh.ctx, schema, json_object_get(wanted, "instance"));
	char *told = json_dumps(fresh.ctx.err.details, JSON_INDENT(2));

	ck_assert_msg(strcmp(cvp_code_name(code), json_string_value(json_object_get(wanted, "code"))) == 0,
		      "%s: %s: %s", folder, about, cvp_code_name(code));
	if (json_array_size(violations) > 0) {
		ck_assert_msg(json_equal(fresh.ctx.err.details, violations), "%s: %s: %s", folder, about, told);
		ck_assert_str_eq(fresh.ctx.err.message,
				 json_string_value(json_object_get(json_array_get(violations, 0), "message")));
	}
	free(told);
	cvp_clear(&fresh.ctx);
}

static void
check_folder(const char *folder, size_t least)
{
	json_t *cases = data_json(cvp_arena_printf(fresh.arena, "%s/cases.json", folder)), *wanted;
	const struct cvp_schema *schema = schema_of(data_json(cvp_arena_printf(fresh.arena, "%s/schema.json", folder)));
	size_t i;

	ck_assert_uint_ge(json_array_size(cases), least);
	json_array_foreach (cases, i, wanted)
		check_case(schema, folder, wanted);
}

START_TEST(a_request_is_judged_member_by_member)
{
	check_folder("request", 6);
}
END_TEST

START_TEST(types_are_named_in_words)
{
	check_folder("types", 3);
}
END_TEST

START_TEST(limits_hold_exactly_and_are_told)
{
	check_folder("limits", 7);
}
END_TEST

START_TEST(a_choice_tells_what_helps_most)
{
	check_folder("choices", 11);
}
END_TEST

START_TEST(objects_and_arrays_are_told_with_pointers)
{
	check_folder("objects", 7);
}
END_TEST

START_TEST(no_more_than_twenty_violations)
{
	const struct cvp_schema *schema = schema_of(json_of("{\"items\": {\"type\": \"string\"}}"));
	json_t *many = cvp_own(&fresh.ctx, json_array());

	for (int i = 0; i < 1000; i++)
		json_array_append_new(many, json_integer(i));
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, many), CVP_VALIDATION_ERROR);
	ck_assert_uint_eq(json_array_size(fresh.ctx.err.details), 20);
}
END_TEST

/* depth levels of {"a": ... } around an empty object */
static json_t *
nested(int depth)
{
	json_t *value = json_object();

	for (; depth > 0; depth--)
		value = json_pack("{s:o}", "a", value);
	return cvp_own(&fresh.ctx, value);
}

START_TEST(deep_instances_are_refused_not_followed)
{
	const struct cvp_schema *schema = schema_of(json_of("{\"additionalProperties\": {\"$ref\": \"#\"}}"));

	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, nested(200)), CVP_OK);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, nested(2000)), CVP_VALIDATION_ERROR);
	ck_assert_str_eq(fresh.ctx.err.message, "The document is nested too deeply to be checked");
	ck_assert_uint_eq(json_array_size(fresh.ctx.err.details), 1);
}
END_TEST

START_TEST(a_refusal_is_not_turned_round_by_not)
{
	const struct cvp_schema *schema = schema_of(
	    json_of("{\"not\": {\"properties\": {\"a\": {\"not\": {\"properties\": {\"a\": {\"$ref\": \"#\"}}}}}}}"));

	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, nested(2000)), CVP_VALIDATION_ERROR);
	ck_assert_str_eq(fresh.ctx.err.message, "The document is nested too deeply to be checked");
}
END_TEST

/* Each level of the schema asks the next one twice: 2^40 checks if nobody counted. */
START_TEST(schemas_that_multiply_are_stopped)
{
	json_t *definitions = json_object(), *schema;

	for (int i = 0; i < 40; i++) {
		const char *next = cvp_arena_printf(fresh.arena, "#/$defs/a%d", i + 1);

		json_object_set_new(definitions, cvp_arena_printf(fresh.arena, "a%d", i),
				    json_pack("{s:[{s:s},{s:s}]}", "allOf", "$ref", next, "$ref", next));
	}
	json_object_set_new(definitions, "a40", json_true());
	schema = cvp_own(&fresh.ctx, json_pack("{s:s, s:o}", "$ref", "#/$defs/a0", "$defs", definitions));
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema_of(schema), schema), CVP_VALIDATION_ERROR);
	ck_assert_str_eq(fresh.ctx.err.message, "The document is too large to be checked");
}
END_TEST

START_TEST(a_pattern_without_end_is_refused)
{
	char hostile[4096] = "\"";

	memset(hostile + 1, 'a', 3000);
	memcpy(hostile + 3001, "!\"", 3);
	ck_assert_int_eq(
	    cvp_schema_validate(&fresh.ctx, schema_of(json_of("{\"pattern\": \"^(a+)+$\"}")), json_of(hostile)),
	    CVP_VALIDATION_ERROR);
	ck_assert_str_eq(fresh.ctx.err.message,
			 "The document has a text that is too costly to check against its pattern");
}
END_TEST

/* More than 128 members and items: the marks of what was looked at leave the stack. */
START_TEST(unevaluated_counts_any_number_of_items)
{
	const struct cvp_schema *schema = schema_of(
	    json_of("{\"anyOf\": [{\"contains\": {\"type\": \"integer\"}}, {\"prefixItems\": [true]}],"
		    " \"unevaluatedItems\": {\"const\": \"rest\"}}"));
	json_t *list = cvp_own(&fresh.ctx, json_array());

	for (int i = 0; i < 300; i++)
		json_array_append_new(list, i % 3 == 0 ? json_integer(i) : json_string("rest"));
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, list), CVP_OK);
	json_array_set_new(list, 298, json_string("other"));
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, list), CVP_VALIDATION_ERROR);
	ck_assert_str_eq(fresh.ctx.err.message, "Item 298 must be \"rest\"");
}
END_TEST

START_TEST(duplicates_are_found_among_many)
{
	json_t *list = cvp_own(&fresh.ctx, json_array());
	const struct cvp_schema *schema = schema_of(json_of("{\"uniqueItems\": true}"));

	for (int i = 0; i < 2000; i++)
		json_array_append_new(list, json_pack("{s:i, s:[b]}", "id", i, "flags", i % 2));
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, list), CVP_OK);
	json_array_append_new(list, json_pack("{s:[b], s:f}", "flags", 1, "id", 777.0));
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, list), CVP_VALIDATION_ERROR);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(fresh.ctx.err.details, 0), "pointer")),
			 "/2000");
}
END_TEST

START_TEST(a_validation_leaves_the_schema_as_it_was)
{
	const struct cvp_schema *schema = schema_of(data_json("choices/schema.json"));
	json_t *good = json_of("{\"version\": 2}"), *bad = json_of("{\"version\": 1}");

	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, bad), CVP_VALIDATION_ERROR);
		cvp_clear(&fresh.ctx);
		ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema, good), CVP_OK);
	}
}
END_TEST

/* The CV format we store: JSON Resume's own schema, draft 7, with real CVs. */
START_TEST(json_resume_accepts_and_refuses_cvs)
{
	const char *shared = getenv("CVP_SHARED"), *srcdir = getenv("srcdir"), *ci = getenv("CI");
	const char *base = shared != NULL
			       ? shared
			       : cvp_arena_printf(fresh.arena, "%s/../shared", srcdir != NULL ? srcdir : ".");
	json_t *document = cvp_own(
	    &fresh.ctx,
	    json_load_file(cvp_arena_printf(fresh.arena, "%s/data/json-resume-schema/schema.json", base), 0, NULL));
	const struct cvp_schema *schema;

	if (document == NULL) {
		printf("schema validate: JSON Resume's schema is not here (%s)\n", base);
		ck_assert(ci == NULL || strcmp(ci, "true") != 0);
		return;
	}
	schema = schema_of(document);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema,
					     json_of("{\"basics\": {\"name\": \"A\", \"email\": \"a@example.com\"},"
						     " \"work\": [{\"startDate\": \"2019-05\"}]}")),
			 CVP_OK);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, schema,
					     json_of("{\"basics\": {\"email\": \"a at example\"},"
						     " \"work\": [{\"endDate\": \"Present\"}]}")),
			 CVP_VALIDATION_ERROR);
	ck_assert_uint_eq(json_array_size(fresh.ctx.err.details), 2);
	ck_assert_str_eq(fresh.ctx.err.message, "email must be an e-mail address");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("schema validate");
	TCase *told = tcase_create("told"), *bounds = tcase_create("bounds");

	tcase_add_checked_fixture(told, fresh_start, fresh_end);
	tcase_add_test(told, a_request_is_judged_member_by_member);
	tcase_add_test(told, types_are_named_in_words);
	tcase_add_test(told, limits_hold_exactly_and_are_told);
	tcase_add_test(told, a_choice_tells_what_helps_most);
	tcase_add_test(told, objects_and_arrays_are_told_with_pointers);
	tcase_add_test(told, a_validation_leaves_the_schema_as_it_was);
	tcase_add_test(told, json_resume_accepts_and_refuses_cvs);
	suite_add_tcase(suite, told);
	tcase_add_checked_fixture(bounds, fresh_start, fresh_end);
	tcase_set_timeout(bounds, 60);
	tcase_add_test(bounds, no_more_than_twenty_violations);
	tcase_add_test(bounds, deep_instances_are_refused_not_followed);
	tcase_add_test(bounds, a_refusal_is_not_turned_round_by_not);
	tcase_add_test(bounds, schemas_that_multiply_are_stopped);
	tcase_add_test(bounds, a_pattern_without_end_is_refused);
	tcase_add_test(bounds, unevaluated_counts_any_number_of_items);
	tcase_add_test(bounds, duplicates_are_found_among_many);
	suite_add_tcase(suite, bounds);
	return suite;
}

int
main(void)
{
	return run(suite());
}
