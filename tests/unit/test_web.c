/* What programs read from strangers: percent-encoding, forms, multipart bodies, paths. */
#include <check.h>
#include <string.h>

#include "core/ctx.h"
#include "run.h"
#include "web/http.h"

static struct cvp_ctx ctx;
static json_t *fields;

static void
set_up(void)
{
	cvp_ctx_init(&ctx, cvp_arena_new(4096));
	fields = cvp_own(&ctx, json_object());
}

static void
tear_down(void)
{
	cvp_arena_free(ctx.arena);
}

static const char *
field(const char *name)
{
	return json_string_value(json_object_get(fields, name));
}

static enum cvp_code
parse_form(const char *text, bool drop_empty)
{
	return cvp_form_parse(&ctx, text, strlen(text), drop_empty, fields);
}

START_TEST(forms_become_objects)
{
	ck_assert_int_eq(parse_form("a=1&b=x+y%20z&%D0%B8=%D1%8F&&c&a=2&e=", false), CVP_OK);
	ck_assert_str_eq(field("a"), "2");
	ck_assert_str_eq(field("b"), "x y z");
	ck_assert_str_eq(field("и"), "я");
	ck_assert_str_eq(field("c"), "");
	ck_assert_str_eq(field("e"), "");
}
END_TEST

START_TEST(a_query_value_survives_its_encoding)
{
	static const char text[] = "/applications?q=a b&x=%2F#é";
	const char *encoded = cvp_percent_encode(&ctx, text);

	ck_assert_str_eq(encoded, "/applications%3Fq%3Da%20b%26x%3D%252F%23%C3%A9");
	ck_assert_str_eq(cvp_percent_decode(&ctx, encoded, strlen(encoded), true), text);
}
END_TEST

START_TEST(empty_fields_are_left_out_when_asked)
{
	ck_assert_int_eq(parse_form("a=&b=1", true), CVP_OK);
	ck_assert_ptr_null(field("a"));
	ck_assert_str_eq(field("b"), "1");
}
END_TEST

START_TEST(bad_encoding_names_its_field)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%zz", "a=%ff", "a=x%00y", "a=%c0%af" };

	for (size_t i = 0; i < CVP_COUNT(bad); i++) {
		const json_t *row;

		ck_assert_msg(parse_form(bad[i], false) == CVP_INVALID_INPUT, "%s", bad[i]);
		row = json_array_get(ctx.err.details, 0);
		ck_assert_str_eq(json_string_value(json_object_get(row, "pointer")), "/a");
		cvp_clear(&ctx);
	}
	ck_assert_int_eq(parse_form("%ff=1", false), CVP_INVALID_INPUT);
}
END_TEST

static enum cvp_code
parse_multipart(const char *type, const char *body, const struct cvp_upload **files)
{
	*files = NULL;
	return cvp_multipart_parse(&ctx, type, body, strlen(body), fields, files);
}

START_TEST(multipart_brings_fields_and_files)
{
	static const char body[] = "--b\r\n"
				   "Content-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\nthere\r\n"
				   "--b\r\n"
				   "content-disposition: form-data; name=\"file\"; filename=\"cv; final.txt\"\r\n"
				   "Content-Type: text/plain\r\n\r\nline\r\n--not the end\r\n"
				   "--b--\r\n";
	const struct cvp_upload *files;

	ck_assert_int_eq(parse_multipart("multipart/form-data; boundary=b", body, &files), CVP_OK);
	ck_assert_str_eq(field("note"), "hello\r\nthere");
	ck_assert_ptr_nonnull(files);
	ck_assert_str_eq(files->field, "file");
	ck_assert_str_eq(files->filename, "cv; final.txt");
	ck_assert_uint_eq(files->length, strlen("line\r\n--not the end"));
	ck_assert_ptr_null(files->next);
}
END_TEST

START_TEST(an_empty_file_field_is_no_file)
{
	const struct cvp_upload *files;

	ck_assert_int_eq(
	    parse_multipart("multipart/form-data; boundary=\"b\"",
			    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b--",
			    &files),
	    CVP_OK);
	ck_assert_ptr_null(files);
}
END_TEST

START_TEST(broken_multipart_is_refused)
{
	static const struct {
		const char *type, *body;
	} bad[] = {
		{ "multipart/form-data", "--b\r\n" },
		{ "multipart/form-data; boundary=", "--\r\n" },
		{ "multipart/form-data; boundary=b", "" },
		{ "multipart/form-data; boundary=b", "--b" },
		{ "multipart/form-data; boundary=b", "--b\r\n" },
		{ "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx" },
		{ "multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--" },
		{ "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--" },
		{ "multipart/form-data; boundary=b",
		  "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--b--" },
		{ "multipart/form-data; boundary=b", "x--b\r\n" },
	};
	const struct cvp_upload *files;

	for (size_t i = 0; i < CVP_COUNT(bad); i++) {
		ck_assert_msg(parse_multipart(bad[i].type, bad[i].body, &files) == CVP_INVALID_INPUT, "case %zu", i);
		cvp_clear(&ctx);
	}
}
END_TEST

static enum cvp_code
nothing(struct cvp_ctx *c, const struct cvp_request *req, json_t **model)
{
	(void)req;
	*model = cvp_own(c, json_object());
	return CVP_OK;
}

static const struct cvp_route routes[] = {
	{ CVP_GET, "/", NULL, nothing, NULL, 0 },
	{ CVP_GET, "/cvs/new", NULL, nothing, NULL, 0 },
	{ CVP_POST, "/cvs/new", NULL, nothing, NULL, 0 },
	{ CVP_GET, "/cvs/{cv_id}", NULL, nothing, NULL, 0 },
	{ CVP_GET, "/applications/{application_id}/vprs/{version:version}", NULL, nothing, NULL, 0 },
};
static const struct cvp_site site = { .routes = routes, .route_count = CVP_COUNT(routes) };

static enum cvp_code
find(struct cvp_exchange *x, enum cvp_method method, const char *path)
{
	*x = (struct cvp_exchange){ .ctx = &ctx, .site = &site };
	x->req.method = method;
	cvp_clear(&ctx);
	return cvp_route_find(x, path);
}

START_TEST(paths_find_their_row)
{
	struct cvp_exchange x;

	ck_assert_int_eq(find(&x, CVP_GET, "/"), CVP_OK);
	ck_assert_ptr_eq(x.req.route, &routes[0]);
	ck_assert_int_eq(find(&x, CVP_GET, "/cvs/new"), CVP_OK);
	ck_assert_ptr_eq(x.req.route, &routes[1]);
	ck_assert_int_eq(find(&x, CVP_GET, "/cvs/a%3Ab"), CVP_OK);
	ck_assert_str_eq(cvp_path(&x.req, "cv_id"), "a:b");
	ck_assert_int_eq(find(&x, CVP_GET, "/applications/app-1/vprs/12"), CVP_OK);
	ck_assert_int_eq(cvp_path_int(&x.req, "version"), 12);
	ck_assert_int_eq(find(&x, CVP_GET, "/applications/app-1/vprs/latest"), CVP_OK);
	ck_assert_int_eq(cvp_path_int(&x.req, "version"), 0);
}
END_TEST

START_TEST(other_paths_and_methods_do_not)
{
	static const char *const unknown[] = { "/cvs",
					       "/cvs/a/b",
					       "/cvs/a%2Fb",
					       "/cvs/..",
					       "/cvs/%00",
					       "/cvs/%zz",
					       "/cvs//",
					       "/CVS/abc",
					       "/cvs/a b",
					       "//",
					       "/applications/a/vprs/0",
					       "/applications/a/vprs/-1",
					       "/applications/a/vprs/1x" };
	struct cvp_exchange x;

	for (size_t i = 0; i < CVP_COUNT(unknown); i++)
		ck_assert_msg(find(&x, CVP_GET, unknown[i]) == CVP_NOT_FOUND, "%s", unknown[i]);
	ck_assert_int_eq(find(&x, CVP_DELETE, "/cvs/new"), CVP_METHOD_NOT_ALLOWED);
	ck_assert_str_eq(cvp_route_allowed(&x, "/cvs/new"), "GET, POST");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("web");
	TCase *tests = tcase_create("web");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, forms_become_objects);
	tcase_add_test(tests, a_query_value_survives_its_encoding);
	tcase_add_test(tests, empty_fields_are_left_out_when_asked);
	tcase_add_test(tests, bad_encoding_names_its_field);
	tcase_add_test(tests, multipart_brings_fields_and_files);
	tcase_add_test(tests, an_empty_file_field_is_no_file);
	tcase_add_test(tests, broken_multipart_is_refused);
	tcase_add_test(tests, paths_find_their_row);
	tcase_add_test(tests, other_paths_and_methods_do_not);
	suite_add_tcase(suite, tests);
	return run(suite);
}
