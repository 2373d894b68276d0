/* Building a set: what a schema may not be, and how documents find each other. */
#include "test_schema.h"

#include "schema/uri.h"

START_TEST(a_bad_schema_is_refused_with_place_and_reason)
{
	json_t *errors = data_json("errors.json"), *wanted;
	size_t i;

	ck_assert_uint_ge(json_array_size(errors), 30);
	json_array_foreach (errors, i, wanted) {
		struct cvp_schemas *set = cvp_schemas_new();
		const char *message = json_string_value(json_object_get(wanted, "message"));

		ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, set, "s.json", json_object_get(wanted, "schema")), CVP_OK);
		ck_assert_msg(cvp_schemas_compile(&fresh.ctx, set) == CVP_INVALID_INPUT, "%s", message);
		ck_assert_str_eq(fresh.ctx.err.message, message);
		ck_assert_ptr_null(cvp_schemas_get(set, "s.json"));
		cvp_clear(&fresh.ctx);
		cvp_schemas_free(set);
	}
}
END_TEST

START_TEST(schemas_that_nest_without_end_are_refused)
{
	json_t *schema = json_true(), *chain = json_object();

	for (int i = 0; i < 1000; i++)
		schema = json_pack("{s:o}", "not", schema);
	ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, fresh.set, "nested.json", cvp_own(&fresh.ctx, schema)), CVP_OK);
	ck_assert_int_eq(cvp_schemas_compile(&fresh.ctx, fresh.set), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(fresh.ctx.err.message, "schemas nest deeper than 256"));
	fresh_end();
	fresh_start();
	for (int i = 0; i < 5000; i++)
		json_object_set_new(chain, cvp_arena_printf(fresh.arena, "a%d", i),
				    json_pack("{s:s}", "$ref", cvp_arena_printf(fresh.arena, "#/$defs/a%d", i + 1)));
	json_object_set_new(chain, "a5000", json_true());
	schema = cvp_own(&fresh.ctx, json_pack("{s:s, s:o}", "$ref", "#/$defs/a0", "$defs", chain));
	ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, fresh.set, "chain.json", schema), CVP_OK);
	ck_assert_int_eq(cvp_schemas_compile(&fresh.ctx, fresh.set), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(fresh.ctx.err.message, "refer to each other in a row"));
}
END_TEST

static void
load_set(void)
{
	ck_assert_int_eq(cvp_schemas_load(&fresh.ctx, fresh.set, data_path("set")), CVP_OK);
	ck_assert_int_eq(cvp_schemas_compile(&fresh.ctx, fresh.set), CVP_OK);
}

START_TEST(documents_of_a_folder_refer_to_each_other_by_file_name)
{
	const struct cvp_schema *request;

	load_set();
	request = cvp_schemas_get(fresh.set, "request.json");
	ck_assert_ptr_nonnull(request);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, request, json_of("{\"id\": \"a\", \"parent\": \"b\"}")),
			 CVP_OK);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, request, json_of("{\"id\": \"\", \"parent\": 1}")),
			 CVP_VALIDATION_ERROR);
	ck_assert_uint_eq(json_array_size(fresh.ctx.err.details), 2);
	ck_assert_str_eq(fresh.ctx.err.message, "id must not be empty");
	ck_assert_ptr_null(cvp_schemas_get(fresh.set, "README.txt"));
	ck_assert(cvp_schemas_has(fresh.set, "common.json"));
	ck_assert(!cvp_schemas_has(fresh.set, "README.txt"));
}
END_TEST

/* answer.json is draft 7: items may be an array, and what stands beside its $ref is void. */
START_TEST(each_document_keeps_its_draft)
{
	const struct cvp_schema *request;

	load_set();
	request = cvp_schemas_get(fresh.set, "request.json");
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, request, json_of("{\"id\": \"a\", \"answer\": [\"x\", 1]}")),
			 CVP_OK);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, request, json_of("{\"id\": \"a\", \"answer\": [1, 1, 1]}")),
			 CVP_VALIDATION_ERROR);
	ck_assert_uint_eq(json_array_size(fresh.ctx.err.details), 2);
}
END_TEST

START_TEST(a_folder_with_a_broken_file_is_refused_with_its_line)
{
	ck_assert_int_eq(cvp_schemas_load(&fresh.ctx, fresh.set, data_path("set-broken")), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(fresh.ctx.err.message, "set-broken/broken.json:4: "));
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_named)
{
	ck_assert_int_eq(cvp_schemas_load(&fresh.ctx, fresh.set, data_path("none")), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(fresh.ctx.err.message, "tests/data/schema/none: No such file or directory"));
}
END_TEST

START_TEST(a_uri_given_twice_is_a_conflict)
{
	ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, fresh.set, "a.json", json_true()), CVP_OK);
	ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, fresh.set, "a.json", json_false()), CVP_CONFLICT);
	ck_assert_str_eq(fresh.ctx.err.message, "There are two schemas with the URI a.json");
	cvp_clear(&fresh.ctx);
	ck_assert_int_eq(cvp_schemas_load(&fresh.ctx, fresh.set, data_path("set-conflict")), CVP_CONFLICT);
}
END_TEST

START_TEST(a_compiled_set_takes_nothing_more)
{
	load_set();
	ck_assert_int_eq(cvp_schemas_compile(&fresh.ctx, fresh.set), CVP_OK);
	ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, fresh.set, "late.json", json_true()), CVP_CONFLICT);
}
END_TEST

START_TEST(the_set_keeps_its_documents_alive)
{
	json_t *document = json_pack("{s:[s, s]}", "enum", "yes", "no");

	ck_assert_int_eq(cvp_schemas_add(&fresh.ctx, fresh.set, "a.json", document), CVP_OK);
	json_decref(document);
	ck_assert_int_eq(cvp_schemas_compile(&fresh.ctx, fresh.set), CVP_OK);
	ck_assert_int_eq(cvp_schema_validate(&fresh.ctx, cvp_schemas_get(fresh.set, "a.json"), json_of("\"no\"")),
			 CVP_OK);
}
END_TEST

START_TEST(a_reference_may_point_outside_of_the_known_keywords)
{
	ck_assert(accepts("{\"$ref\": \"#/x-parts/0\", \"x-parts\": [{\"type\": \"string\"}]}", "\"a\""));
	ck_assert(!accepts("{\"$ref\": \"#/x-parts/0\", \"x-parts\": [{\"type\": \"string\"}]}", "1"));
}
END_TEST

/* RFC 3986, 5.4: the normal and the abnormal examples that matter here. */
START_TEST(references_resolve_as_rfc_3986_shows)
{
	static const struct {
		const char *base, *reference, *result;
	} cases[] = {
		{ "http://a/b/c/d;p?q", "g:h", "g:h" },
		{ "http://a/b/c/d;p?q", "g", "http://a/b/c/g" },
		{ "http://a/b/c/d;p?q", "./g", "http://a/b/c/g" },
		{ "http://a/b/c/d;p?q", "g/", "http://a/b/c/g/" },
		{ "http://a/b/c/d;p?q", "/g", "http://a/g" },
		{ "http://a/b/c/d;p?q", "//g", "http://g" },
		{ "http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y" },
		{ "http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y" },
		{ "http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s" },
		{ "http://a/b/c/d;p?q", "g#s", "http://a/b/c/g#s" },
		{ "http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q" },
		{ "http://a/b/c/d;p?q", ".", "http://a/b/c/" },
		{ "http://a/b/c/d;p?q", "..", "http://a/b/" },
		{ "http://a/b/c/d;p?q", "../g", "http://a/b/g" },
		{ "http://a/b/c/d;p?q", "../../../g", "http://a/g" },
		{ "http://a/b/c/d;p?q", "/./g", "http://a/g" },
		{ "http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/" },
		{ "http://a/b/c/d;p?q", "g/../h", "http://a/b/c/h" },
		{ "http://a", "g", "http://a/g" },
		{ "a.json", "b.json#/c", "b.json#/c" },
		{ "dir/a.json", "b.json", "dir/b.json" },
		{ "dir/a.json", "../b.json", "b.json" },
		{ "urn:example:a", "#b", "urn:example:a#b" },
		{ "http://a/b", "http://a/c/../d", "http://a/d" },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++)
		ck_assert_str_eq(cvp_uri_resolve(fresh.arena, cases[i].base, cases[i].reference), cases[i].result);
}
END_TEST

START_TEST(fragments_are_cut_off_and_decoded)
{
	char with[] = "a.json#/a%20b%25", without[] = "a.json", broken[] = "a#%4%zz%";

	ck_assert_str_eq(cvp_uri_cut_fragment(with), "/a b%");
	ck_assert_str_eq(with, "a.json");
	ck_assert_ptr_null(cvp_uri_cut_fragment(without));
	ck_assert_str_eq(cvp_uri_cut_fragment(broken), "%4%zz%");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("schema compile");
	TCase *cases = tcase_create("cases");

	tcase_add_checked_fixture(cases, fresh_start, fresh_end);
	tcase_add_test(cases, a_bad_schema_is_refused_with_place_and_reason);
	tcase_add_test(cases, schemas_that_nest_without_end_are_refused);
	tcase_add_test(cases, documents_of_a_folder_refer_to_each_other_by_file_name);
	tcase_add_test(cases, each_document_keeps_its_draft);
	tcase_add_test(cases, a_folder_with_a_broken_file_is_refused_with_its_line);
	tcase_add_test(cases, a_folder_that_is_not_there_is_named);
	tcase_add_test(cases, a_uri_given_twice_is_a_conflict);
	tcase_add_test(cases, a_compiled_set_takes_nothing_more);
	tcase_add_test(cases, the_set_keeps_its_documents_alive);
	tcase_add_test(cases, a_reference_may_point_outside_of_the_known_keywords);
	tcase_add_test(cases, references_resolve_as_rfc_3986_shows);
	tcase_add_test(cases, fragments_are_cut_off_and_decoded);
	suite_add_tcase(suite, cases);
	return suite;
}

int
main(void)
{
	return run(suite());
}
