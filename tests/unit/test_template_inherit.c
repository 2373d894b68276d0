/* Parents and blocks, beyond the cases of the specification. */
#include "test_template.h"

START_TEST(a_page_fills_its_layout)
{
	given("layout.html", "<title>{{$title}}none{{/title}}</title>\n<main>\n  {{$main}}\n  {{/main}}\n</main>\n");
	given("page.html", "{{<layout}}\n"
			   "  {{$title}}{{name}}'s page{{/title}}\n"
			   "  {{$main}}\n"
			   "    <ul>\n"
			   "      {{#rows}}\n"
			   "      <li>{{.}}</li>\n"
			   "      {{/rows}}\n"
			   "    </ul>\n"
			   "  {{/main}}\n"
			   "{{/layout}}\n");
	ck_assert_str_eq(rendered("page.html", "{\"name\": \"A\", \"rows\": [1, 2]}"), "<title>A's page</title>\n"
										       "<main>\n"
										       "  <ul>\n"
										       "    <li>1</li>\n"
										       "    <li>2</li>\n"
										       "  </ul>\n"
										       "</main>\n");
}
END_TEST

START_TEST(a_partial_in_an_argument_is_indented_where_it_lands)
{
	given("layout.txt", "top\n    {{$main}}{{/main}}\nend\n");
	given("page.txt", "{{<layout}}\n{{$main}}\n  - a\n    {{>more}}\n  - c{{/main}}\n{{/layout}}\n");
	given("more.txt", "b1\nb2\n");
	ck_assert_str_eq(rendered("page.txt", "{}"), "top\n    - a\n      b1\n      b2\n    - c\nend\n");
}
END_TEST

START_TEST(a_partial_that_ends_an_argument_stands_alone)
{
	given("layout.txt", "[\n  {{$main}}\n  {{/main}}\n]\n");
	given("page.txt", "{{<layout}}{{$main}}\n    {{>more}}{{/main}}{{/layout}}");
	given("more.txt", "1\n2\n");
	ck_assert_str_eq(rendered("page.txt", "{}"), "[\n  1\n  2\n]\n");
}
END_TEST

START_TEST(a_default_stays_as_it_is_written)
{
	given("layout.txt", "[\n  {{$main}}\n    one\n  two\n  {{/main}}\n]\n");
	given("page.txt", "  {{<layout}}{{/layout}}\n");
	ck_assert_str_eq(rendered("layout.txt", "{}"), "[\n    one\n  two\n]\n");
	ck_assert_str_eq(rendered("page.txt", "{}"), "  [\n      one\n    two\n  ]\n");
}
END_TEST

START_TEST(a_parent_with_its_arguments_counts_as_one_tag_of_its_line)
{
	given("layout.txt", "({{$x}}{{/x}})\n");
	given("a.txt", "1\n  {{<layout}}{{$x}}a{{/x}}{{/layout}}  \n2 {{<layout}}\n{{$x}}\nb{{/x}}\n{{/layout}}\n3\n");
	ck_assert_str_eq(rendered("a.txt", "{}"), "1\n  (a)\n2 (b)\n\n3\n");
}
END_TEST

START_TEST(parents_nest_in_arguments)
{
	given("outer.txt", "<{{$x}}{{/x}}>\n");
	given("inner.txt", "({{$x}}none{{/x}})\n");
	given("a.txt", "{{<outer}}\n"
		       "  {{$x}}\n"
		       "    {{<inner}}\n"
		       "      {{$x}}i{{/x}}\n"
		       "    {{/inner}}\n"
		       "    {{>inner}}\n"
		       "  {{/x}}\n"
		       "{{/outer}}\n");
	/* {{>inner}} is rendered within what fills outer's x, where nothing is given for its own x */
	ck_assert_str_eq(rendered("a.txt", "{}"), "<(i)\n(none)\n>\n");
}
END_TEST

START_TEST(an_arguments_own_block_belongs_to_its_template)
{
	given("outer.txt", "{{$x}}{{/x}}");
	given("a.txt", "{{<outer}}{{$x}}[{{$x}}own{{/x}}{{$y}}own{{/y}}]{{/x}}{{$y}}not for x{{/y}}{{/outer}}");
	given("b.txt", "{{<a}}{{$y}}given{{/y}}{{/a}}");
	ck_assert_str_eq(rendered("a.txt", "{}"), "[ownown]");
	ck_assert_str_eq(rendered("b.txt", "{}"), "[owngiven]");
}
END_TEST

START_TEST(the_first_of_two_arguments_of_a_name_counts)
{
	given("outer.txt", "{{$x}}{{/x}}");
	given("a.txt", "{{<outer}}{{$x}}1{{/x}}{{$x}}2{{/x}}{{/outer}}");
	ck_assert_str_eq(rendered("a.txt", "{}"), "1");
}
END_TEST

START_TEST(tabs_and_spaces_are_taken_off_as_far_as_they_agree)
{
	given("outer.txt", ">\n\t{{$x}}\n\t{{/x}}\n");
	given("a.txt", "{{<outer}}\n{{$x}}\n\t  one\n\t\ttwo\nthree\n\n\t  four\n{{/x}}\n{{/outer}}\n");
	ck_assert_str_eq(rendered("a.txt", "{}"), ">\n\tone\n\t\ttwo\n\tthree\n\n\tfour\n");
}
END_TEST

START_TEST(the_margin_is_taken_off_arguments_only)
{
	given("outer.txt", "{{$x}}{{/x}}{{$y}}{{/y}}");
	given("a.txt", "{{<outer}}\n    {{$x}}\n    a\n    {{/x}}\n  {{$y}}\n    b\n  {{/y}}\n{{/outer}}\n    c\n");
	ck_assert_str_eq(rendered("a.txt", "{}"), "a\nb\n    c\n");
}
END_TEST

START_TEST(blanks_before_a_closing_tag_alone_are_not_content)
{
	given("outer.txt", "[{{$x}}{{/x}}]");
	given("a.txt", "{{<outer}}{{$x}}\na\n  {{/x}}{{/outer}}");
	given("b.txt", "{{<outer}}{{$x}}  {{/x}}{{/outer}}");
	given("c.txt", "{{<outer}}{{$x}}{{#t}}\na\n  {{/t}}{{/x}}{{/outer}}");
	ck_assert_str_eq(rendered("a.txt", "{}"), "[a\n]");
	ck_assert_str_eq(rendered("b.txt", "{}"), "[  ]");
	ck_assert_str_eq(rendered("c.txt", "{\"t\": true}"), "[a\n]");
}
END_TEST

START_TEST(a_block_without_default_lends_its_own_indentation)
{
	given("outer.txt", "-\n  {{$x}}\n{{/x}}\n");
	given("a.txt", "{{<outer}}{{$x}}\na\nb\n{{/x}}{{/outer}}");
	ck_assert_str_eq(rendered("a.txt", "{}"), "-\n  a\n  b\n");
}
END_TEST

START_TEST(an_argument_within_a_line_does_not_repeat_its_indentation)
{
	given("outer.txt", "x: {{$x}}{{/x}}");
	given("a.txt", "  {{<outer}}{{$x}}\n{{>rows}}\n{{/x}}{{/outer}}\n");
	given("rows.txt", "1\n2\n");
	ck_assert_str_eq(rendered("a.txt", "{}"), "  x: 1\n  2\n");
}
END_TEST

START_TEST(delimiters_may_change_between_arguments)
{
	given("outer.txt", "{{$x}}{{/x}}{{$y}}{{/y}}");
	given("a.txt", "{{<outer}}{{! a note }}{{$x}}1{{/x}}{{=<< >>=}}<<$y>><<z>><</y>><</outer>> <<z>>");
	ck_assert_str_eq(rendered("a.txt", "{\"z\": 2}"), "12 2");
}
END_TEST

START_TEST(a_dynamic_parent_closes_with_its_star)
{
	given("outer.txt", "{{$x}}{{/x}}");
	given("a.txt", "{{<*kind}}{{$x}}1{{/x}}{{/*kind}}");
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_OK);
	ck_assert_str_eq(rendered("a.txt", "{\"kind\": \"outer\"}"), "1");
	ck_assert_str_eq(rendered("a.txt", "{\"kind\": \"../../etc/passwd\"}"), "");
	ck_assert_str_eq(rendered("a.txt", "{\"kind\": 7}"), "");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("template inherit");
	TCase *tests = tcase_create("inherit");

	tcase_add_checked_fixture(tests, fresh_start, fresh_end);
	tcase_add_test(tests, a_page_fills_its_layout);
	tcase_add_test(tests, a_partial_in_an_argument_is_indented_where_it_lands);
	tcase_add_test(tests, a_partial_that_ends_an_argument_stands_alone);
	tcase_add_test(tests, a_default_stays_as_it_is_written);
	tcase_add_test(tests, a_parent_with_its_arguments_counts_as_one_tag_of_its_line);
	tcase_add_test(tests, parents_nest_in_arguments);
	tcase_add_test(tests, an_arguments_own_block_belongs_to_its_template);
	tcase_add_test(tests, the_first_of_two_arguments_of_a_name_counts);
	tcase_add_test(tests, tabs_and_spaces_are_taken_off_as_far_as_they_agree);
	tcase_add_test(tests, the_margin_is_taken_off_arguments_only);
	tcase_add_test(tests, blanks_before_a_closing_tag_alone_are_not_content);
	tcase_add_test(tests, a_block_without_default_lends_its_own_indentation);
	tcase_add_test(tests, an_argument_within_a_line_does_not_repeat_its_indentation);
	tcase_add_test(tests, delimiters_may_change_between_arguments);
	tcase_add_test(tests, a_dynamic_parent_closes_with_its_star);
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return run(suite());
}
