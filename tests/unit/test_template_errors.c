/* What is no template is refused with its name and line; what goes too far fails the rendering, not the program. */
#include "test_template.h"

static const struct {
	const char *text, *message;
} broken[] = {
	{ "a\n{{b", "t.html:2: unclosed tag" },
	{ "{{b}", "t.html:1: unclosed tag" },
	{ "{{{b}}", "t.html:1: unclosed tag" },
	{ "\n\n{{! never", "t.html:3: unclosed tag" },
	{ "{{", "t.html:1: unclosed tag" },
	{ "{{#", "t.html:1: unclosed tag" },
	{ "{{a\n{{b}}", "t.html:1: unclosed tag" },
	{ "{{a b}}", "t.html:1: a blank or control character inside a name (is a tag unclosed?)" },
	{ "{{a\n}}{{b\nc}}", "t.html:2: a blank or control character inside a name (is a tag unclosed?)" },
	{ "{{}}", "t.html:1: a tag without a name" },
	{ "{{# }}", "t.html:1: a tag without a name" },
	{ "{{{}}}", "t.html:1: a tag without a name" },
	{ "{{>*}}", "t.html:1: a tag without a name" },
	{ "{{a..b}}", "t.html:1: a dotted name with an empty part" },
	{ "{{.a}}", "t.html:1: a dotted name with an empty part" },
	{ "{{#a.}}{{/a.}}", "t.html:1: a dotted name with an empty part" },
	{ "{{>*a..b}}", "t.html:1: a dotted name with an empty part" },
	{ "{{*a}}", "t.html:1: a star before a name that is no partial's or parent's" },
	{ "{{=}}", "t.html:1: bad delimiters: wanted {{=OPEN CLOSE=}}" },
	{ "{{=<%=}}", "t.html:1: bad delimiters: wanted {{=OPEN CLOSE=}}" },
	{ "{{==}}", "t.html:1: bad delimiters: wanted {{=OPEN CLOSE=}}" },
	{ "\n{{=a b c=}}", "t.html:2: bad delimiters: wanted {{=OPEN CLOSE=}}" },
	{ "{{=< =>=}}", "t.html:1: bad delimiters: wanted {{=OPEN CLOSE=}}" },
	{ "{{=<% %>}}", "t.html:1: bad delimiters: wanted {{=OPEN CLOSE=}}" },
	{ "x\n{{#a}}\n\n", "t.html:2: 'a' is never closed" },
	{ "{{^a}}\n{{#b}}{{/b}}", "t.html:1: 'a' is never closed" },
	{ "{{<a}}", "t.html:1: 'a' is never closed" },
	{ "\n{{$a}}", "t.html:2: 'a' is never closed" },
	{ "{{#a}}\n{{#b}}\n{{/a}}{{/b}}", "t.html:3: closes 'a' where 'b' of line 2 is open" },
	{ "\n{{/a}}", "t.html:2: closes 'a', which is not open" },
	{ "{{#a}}{{/a}}{{/a}}", "t.html:1: closes 'a', which is not open" },
	{ "{{<*a}}{{/a}}", "t.html:1: closes 'a' where 'a' of line 1 is open" },
	{ "{{<a}}\n{{b}}{{/a}}", "t.html:2: only blocks {{$name}} belong in a parent" },
	{ "{{<a}}{{#b}}{{/b}}{{/a}}", "t.html:1: only blocks {{$name}} belong in a parent" },
	{ "{{<a}}{{>b}}{{/a}}", "t.html:1: only blocks {{$name}} belong in a parent" },
};

START_TEST(a_broken_template_names_file_and_line)
{
	ck_assert_int_eq(add("t.html", broken[_i].text), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, broken[_i].message);
	ck_assert(!cvp_templates_have(fresh.set, "t.html"));
}
END_TEST

START_TEST(a_name_serves_once)
{
	given("a.html", "1");
	ck_assert_int_eq(add("a.html", "2"), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "a.html:1: there is a template of this name already");
	ck_assert_str_eq(rendered("a.html", "{}"), "1");
}
END_TEST

START_TEST(a_name_is_not_empty_and_not_endless)
{
	char *name = cvp_arena_alloc(fresh.arena, 601);

	memset(name, 'n', 600);
	ck_assert_int_eq(add("", "x"), CVP_INVALID_INPUT);
	cvp_clear(&fresh.ctx);
	ck_assert_int_eq(add(name, "x"), CVP_INVALID_INPUT);
	given("a.html", cvp_arena_printf(fresh.arena, "[{{>%s}}]", name));
	ck_assert_str_eq(rendered("a.html", "{}"), "[]");
}
END_TEST

START_TEST(a_missing_partial_or_parent_stops_the_link)
{
	given("a.html", "\n\n{{>b}}");
	given("b.html", "x\n{{#y}}{{<layout.txt}}{{/layout.txt}}{{/y}}");
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "b.html:2: no template layout.txt");
	cvp_clear(&fresh.ctx);
	given("layout.txt", "");
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_OK);
}
END_TEST

START_TEST(a_large_template_is_refused)
{
	size_t length = (size_t)CVP_TEMPLATE_BYTES_MAX + 1;
	char *text = cvp_xmalloc(length);

	memset(text, 'x', length);
	ck_assert_int_eq(cvp_templates_add(&fresh.ctx, fresh.set, "a", text, length - 1), CVP_OK);
	ck_assert_int_eq(cvp_templates_add(&fresh.ctx, fresh.set, "b", text, length), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "b:1: larger than 1048576 bytes");
	free(text);
}
END_TEST

/* opener, count times, then closer, count times */
static const char *
nested(const char *opener, const char *closer, int count)
{
	struct cvp_buf text = CVP_BUF(1 << 20);
	const char *copy;

	for (int i = 0; i < count; i++)
		cvp_buf_text(&text, opener);
	cvp_buf_text(&text, ".");
	for (int i = 0; i < count; i++)
		cvp_buf_text(&text, closer);
	copy = cvp_arena_strdup(fresh.arena, cvp_buf_string(&text));
	cvp_buf_free(&text);
	return copy;
}

START_TEST(sections_nest_to_a_limit)
{
	given("a", nested("{{#.}}", "{{/.}}", 64));
	ck_assert_str_eq(rendered("a", "true"), ".");
	ck_assert_int_eq(add("b", nested("{{#.}}\n", "{{/.}}", 65)), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "b:65: sections and blocks are nested too deep");
}
END_TEST

static void
renders_not(const char *name, const char *json, enum cvp_code expected, const char *message)
{
	size_t length;

	cvp_buf_reset(&fresh.out);
	cvp_buf_text(&fresh.out, "before");
	length = fresh.out.length;
	ck_assert_int_eq(cvp_template_render(&fresh.ctx, fresh.set, name, model_of(json), &fresh.out), expected);
	ck_assert_str_eq(fresh.ctx.err.message, message);
	ck_assert_uint_eq(fresh.out.length, length);
	ck_assert_str_eq(cvp_buf_string(&fresh.out), "before");
	cvp_clear(&fresh.ctx);
}

START_TEST(an_unknown_template_is_not_found)
{
	renders_not("a.html", "{}", CVP_NOT_FOUND, "no template a.html");
}
END_TEST

START_TEST(recursion_ends_at_the_depth_limit)
{
	given("a.html", "x\n{{>a}}");
	given("b.html", "x{{<b}}{{$y}}{{>b}}{{/y}}{{/b}}");
	given("d.html", nested("{{#.}}", "{{>d}}{{/.}}", 40));
	renders_not("a.html", "{}", CVP_INTERNAL_ERROR, "a.html:2: partials nested deeper than 64");
	renders_not("b.html", "{}", CVP_INTERNAL_ERROR, "b.html:1: partials nested deeper than 64");
	renders_not("d.html", "1", CVP_INTERNAL_ERROR, "d.html:1: nested deeper than 1024 levels");
}
END_TEST

/* The data are a tree 64 deep: the template that calls itself follows it to the end. */
START_TEST(recursion_within_the_limit_works)
{
	struct cvp_buf json = CVP_BUF(1 << 20);
	const char *text;

	for (int i = 0; i < 64; i++)
		cvp_buf_text(&json, "{\"child\": ");
	cvp_buf_text(&json, "{\"child\": false}");
	for (int i = 0; i < 64; i++)
		cvp_buf_text(&json, "}");
	text = cvp_arena_strdup(fresh.arena, cvp_buf_string(&json));
	cvp_buf_free(&json);
	given("a.html", "({{#child}}{{>a}}{{/child}})");
	ck_assert_uint_eq(strlen(rendered("a.html", text)), 2 * 65);
}
END_TEST

START_TEST(the_ceiling_of_the_buffer_holds)
{
	json_t *model = model_of("{\"x\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}");
	struct cvp_buf out = CVP_BUF(32);

	given("a.html", "{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}<{{.}}>"
			"{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}");
	ck_assert_int_eq(cvp_template_render(&fresh.ctx, fresh.set, "a.html", model, &out), CVP_INTERNAL_ERROR);
	ck_assert_str_eq(fresh.ctx.err.message, "a.html: the rendering is larger than 32 bytes");
	ck_assert_uint_eq(out.length, 0);
	cvp_buf_free(&out);
}
END_TEST

START_TEST(indentation_has_a_ceiling)
{
	char *blanks = cvp_arena_alloc(fresh.arena, 3001);

	memset(blanks, ' ', 3000);
	given("a.txt", cvp_arena_printf(fresh.arena, "%s{{>a}}\n", blanks));
	renders_not("a.txt", "{}", CVP_INTERNAL_ERROR, "a.txt: indented by more than 65536 bytes");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("template errors");
	TCase *tests = tcase_create("errors");

	tcase_add_checked_fixture(tests, fresh_start, fresh_end);
	tcase_add_loop_test(tests, a_broken_template_names_file_and_line, 0, CVP_COUNT(broken));
	tcase_add_test(tests, a_name_serves_once);
	tcase_add_test(tests, a_name_is_not_empty_and_not_endless);
	tcase_add_test(tests, a_missing_partial_or_parent_stops_the_link);
	tcase_add_test(tests, a_large_template_is_refused);
	tcase_add_test(tests, sections_nest_to_a_limit);
	tcase_add_test(tests, an_unknown_template_is_not_found);
	tcase_add_test(tests, recursion_ends_at_the_depth_limit);
	tcase_add_test(tests, recursion_within_the_limit_works);
	tcase_add_test(tests, the_ceiling_of_the_buffer_holds);
	tcase_add_test(tests, indentation_has_a_ceiling);
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return run(suite());
}
