/* What a template prints, beyond the cases of the specification (tests/conformance/mustache.c). */
#include "test_template.h"

START_TEST(html_escapes_five_characters)
{
	given("a.html", "{{x}} {{{x}}} {{&x}}");
	ck_assert_str_eq(rendered("a.html", "{\"x\": \"a<b>&\\\"'c\"}"),
			 "a&lt;b&gt;&amp;&quot;&#39;c a<b>&\"'c a<b>&\"'c");
}
END_TEST

START_TEST(other_endings_escape_nothing)
{
	given("a.txt", "{{x}}");
	given("htmlish", "{{x}}");
	ck_assert_str_eq(rendered("a.txt", "{\"x\": \"<&>\"}"), "<&>");
	ck_assert_str_eq(rendered("htmlish", "{\"x\": \"<&>\"}"), "<&>");
}
END_TEST

/* A page that takes in a text template must not open a hole for scripts. */
START_TEST(what_html_includes_is_escaped_too)
{
	given("a.html", "{{>b.txt}}|{{<c.txt}}{{$x}}{{x}}{{/x}}{{/c.txt}}|{{x}}");
	given("b.txt", "{{x}}");
	given("c.txt", "{{x}}{{$x}}{{/x}}");
	given("d.txt", "{{x}}{{>a.html}}{{x}}");
	ck_assert_str_eq(rendered("a.html", "{\"x\": \"<\"}"), "&lt;|&lt;&lt;|&lt;");
	ck_assert_str_eq(rendered("d.txt", "{\"x\": \"<\"}"), "<&lt;|&lt;&lt;|&lt;<");
}
END_TEST

static const struct {
	const char *json, *printed;
} numbers[] = {
	{ "0", "0" },
	{ "-0.0", "0" },
	{ "85", "85" },
	{ "-7", "-7" },
	{ "9223372036854775807", "9223372036854775807" },
	{ "-9223372036854775808", "-9223372036854775808" },
	{ "1.21", "1.21" },
	{ "1.1", "1.1" },
	{ "-0.5", "-0.5" },
	{ "3.0", "3" },
	{ "0.1", "0.1" },
	{ "8.3", "8.3" },
	{ "9.392", "9.392" },
	{ "0.30000000000000004", "0.30000000000000004" },
	{ "123456.789", "123456.789" },
	{ "0.000001", "0.000001" },
	{ "1e-7", "1e-7" },
	{ "1.5e-7", "1.5e-7" },
	{ "1e15", "1000000000000000" },
	{ "123456789012345680000.0", "123456789012345680000" },
	{ "1e20", "100000000000000000000" },
	{ "1e21", "1e+21" },
	{ "1.7976931348623157e308", "1.7976931348623157e+308" },
	{ "5e-324", "5e-324" },
	{ "2.2250738585072014e-308", "2.2250738585072014e-308" },
	{ "333333333.33333329", "333333333.3333333" },
	{ "9007199254740993.0", "9007199254740992" },
};

START_TEST(numbers_print_as_in_canonical_json)
{
	given("a.txt", "{{.}}");
	ck_assert_str_eq(rendered("a.txt", numbers[_i].json), numbers[_i].printed);
}
END_TEST

START_TEST(null_lists_objects_and_missing_names_print_nothing)
{
	given("a.txt", "[{{null}}{{list}}{{object}}{{missing}}{{object.missing.more}}] {{yes}} {{no}}");
	ck_assert_str_eq(rendered("a.txt",
				  "{\"null\": null, \"list\": [1], \"object\": {\"a\": 1}, \"yes\": true, \"no\": "
				  "false}"),
			 "[] true false");
}
END_TEST

static const char *const false_values[] = { "null", "false", "0", "0.0", "-0.0", "\"\"", "[]" };
static const char *const true_values[] = { "true", "1", "0.1", "\" \"", "\"0\"", "{}", "[0]", "[null]" };

START_TEST(false_values_leave_a_section_out)
{
	const char *json = cvp_arena_printf(fresh.arena, "{\"x\": %s}", false_values[_i]);

	given("a.txt", "{{#x}}yes{{/x}}{{^x}}no{{/x}}");
	ck_assert_str_eq(rendered("a.txt", json), "no");
}
END_TEST

START_TEST(true_values_render_a_section_once)
{
	const char *json = cvp_arena_printf(fresh.arena, "{\"x\": %s}", true_values[_i]);

	given("a.txt", "{{#x}}yes{{/x}}{{^x}}no{{/x}}");
	ck_assert_str_eq(rendered("a.txt", json), "yes");
}
END_TEST

START_TEST(a_string_may_hold_nul)
{
	json_t *model = cvp_own(&fresh.ctx, json_pack("{s:s%}", "x", "a\0b", (size_t)3));

	given("a.html", "[{{x}}]");
	ck_assert_int_eq(cvp_template_render(&fresh.ctx, fresh.set, "a.html", model, &fresh.out), CVP_OK);
	ck_assert_uint_eq(fresh.out.length, 5);
	ck_assert_mem_eq(fresh.out.data, "[a\0b]", 5);
}
END_TEST

START_TEST(the_ending_of_a_partial_is_that_of_its_includer)
{
	given("page/a.html", "{{>row}} {{>row.txt}} {{>plain}}");
	given("row.html", "html");
	given("row.txt", "txt");
	given("plain", "as named");
	given("plain.html", "not this one");
	given("page.d/b", "[{{>row}}]");
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "page.d/b:1: no template row");
	ck_assert_str_eq(rendered("page/a.html", "{}"), "html txt as named");
	ck_assert_str_eq(rendered("page.d/b", "{}"), "[]");
}
END_TEST

START_TEST(linking_changes_nothing_that_is_printed)
{
	given("a.html", "{{>b}}{{<c}}{{$x}}2{{/x}}{{/c}}");
	given("b.html", "1");
	given("c.html", "({{$x}}{{/x}})");
	ck_assert_str_eq(rendered("a.html", "{}"), "1(2)");
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_OK);
	ck_assert_str_eq(rendered("a.html", "{}"), "1(2)");
	given("late.html", "{{>a}}");
	ck_assert_str_eq(rendered("late.html", "{}"), "1(2)");
}
END_TEST

START_TEST(nested_standalone_partials_indent_each_other)
{
	given("a.txt", "a:\n  {{>b}}\nend\n");
	given("b.txt", "b:\n\n  {{>c}}\n{{#x}}\nlast {{y}}\n{{/x}}\n");
	given("c.txt", "one\r\n\r\ntwo");
	ck_assert_str_eq(rendered("a.txt", "{\"x\": [1, 2], \"y\": \"1\\n2\"}"),
			 "a:\n  b:\n\n    one\r\n\r\n    two  last 1\n2\n  last 1\n2\nend\n");
}
END_TEST

START_TEST(a_partial_within_a_line_is_not_indented)
{
	given("a.txt", "  {{>b}}\n");
	given("b.txt", "{{>c}} <- c\nb\n");
	given("c.txt", "1\n2");
	ck_assert_str_eq(rendered("a.txt", "{}"), "  1\n2 <- c\n  b\n");
}
END_TEST

START_TEST(an_indented_line_put_within_a_line_keeps_its_own_indentation)
{
	given("a.txt", "  {{>b}}\n");
	given("b.txt", "x{{>c}}\n");
	given("c.txt", "  {{>d}}\n");
	given("d.txt", "1\n2\n");
	ck_assert_str_eq(rendered("b.txt", "{}"), "x  1\n  2\n\n");
	ck_assert_str_eq(rendered("a.txt", "{}"), "  x  1\n  2\n\n");
}
END_TEST

START_TEST(lines_of_silent_tags_vanish)
{
	given("a.txt",
	      "1\n  {{#x}}{{^no}} {{! why }}\n2\n  {{/no}}{{/x}}\n{{=< >=}}\n3\n\t<#x> \r\n4\n</x><^x>\n5\n</x>");
	ck_assert_str_eq(rendered("a.txt", "{\"x\": true}"), "1\n2\n3\n4\n");
}
END_TEST

START_TEST(a_line_that_opens_and_closes_a_section_stays)
{
	given("a.txt", "1\n{{#x}}{{/x}}\n2\n{{#x}}{{#x}}\n3\n{{/x}} {{/x}}\n4\n{{>b}}{{! inline }}\n5\n");
	given("b.txt", "b\n");
	ck_assert_str_eq(rendered("a.txt", "{\"x\": true}"), "1\n\n2\n3\n4\nb\n\n5\n");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("template render");
	TCase *tests = tcase_create("render");

	tcase_add_checked_fixture(tests, fresh_start, fresh_end);
	tcase_add_test(tests, html_escapes_five_characters);
	tcase_add_test(tests, other_endings_escape_nothing);
	tcase_add_test(tests, what_html_includes_is_escaped_too);
	tcase_add_loop_test(tests, numbers_print_as_in_canonical_json, 0, CVP_COUNT(numbers));
	tcase_add_test(tests, null_lists_objects_and_missing_names_print_nothing);
	tcase_add_loop_test(tests, false_values_leave_a_section_out, 0, CVP_COUNT(false_values));
	tcase_add_loop_test(tests, true_values_render_a_section_once, 0, CVP_COUNT(true_values));
	tcase_add_test(tests, a_string_may_hold_nul);
	tcase_add_test(tests, the_ending_of_a_partial_is_that_of_its_includer);
	tcase_add_test(tests, linking_changes_nothing_that_is_printed);
	tcase_add_test(tests, nested_standalone_partials_indent_each_other);
	tcase_add_test(tests, a_partial_within_a_line_is_not_indented);
	tcase_add_test(tests, an_indented_line_put_within_a_line_keeps_its_own_indentation);
	tcase_add_test(tests, lines_of_silent_tags_vanish);
	tcase_add_test(tests, a_line_that_opens_and_closes_a_section_stays);
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return run(suite());
}
