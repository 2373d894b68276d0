/* A CV corrected by hand: read, shown, corrected, saved; versions of it compared (SPEC 2.2, 4.3). */
#include <string.h>

#include "form.h"
#include "stack.h"

#define CV                                                                                                             \
	"robin@example.org\n\nWork experience\n\nBackend Engineer, Parcelwind GmbH, 2021 - present\n"                  \
	"- Wrote the booking service in Python\n- Said <script>alert(1)</script> & \"more\"\n\n"                       \
	"Skills\n\nPython, PostgreSQL, Kubernetes\n"

static const struct answer *
visit(const struct person *person, const char *path)
{
	return call("GET", path, HEADERS(HTML, person->authorization), NULL);
}

static void
assert_holds(const struct answer *page, const char *what)
{
	ck_assert_msg(strstr(page->body, what) != NULL, "the page does not hold %s: %s", what, page->body);
}

static void
put(json_t *form, const char *name, const char *value)
{
	ck_assert_msg(json_object_get(form, name) != NULL, "the form has no field %s", name);
	json_object_set_new(form, name, json_string(value));
}

static const char *
field(json_t *form, const char *name)
{
	const char *value = json_string_value(json_object_get(form, name));

	ck_assert_msg(value != NULL, "the form has no field %s", name);
	return value;
}

/* The form a text is read into. */
static json_t *
read_form(const struct person *person, const char *words)
{
	const struct answer *page = call("POST", "/cvs/new", HEADERS(HTML, FORM_TYPE, person->authorization),
					 text("text_content=%s", encoded(words)));

	assert_status(page, 200);
	return form_of(page, "action=\"/cvs/new\"");
}

/* Saved with a name; the page of the CV. */
static const char *
saved_cv(const struct person *person)
{
	json_t *form = read_form(person, CV);
	const struct answer *answer;

	put(form, "name", "Robin Sample");
	answer = send_form(person, "/cvs/new", form, "save");
	assert_status(answer, 303);
	return header_of(answer, "Location");
}

START_TEST(a_document_is_corrected_before_it_is_saved)
{
	struct person person = person_new("form");
	json_t *form = read_form(&person, CV);
	const struct answer *answer, *cv;

	ck_assert_str_eq(field(form, "name"), "");
	ck_assert_str_eq(field(form, "email"), "robin@example.org");
	ck_assert_str_eq(field(form, "work_0_company"), "Parcelwind GmbH");
	ck_assert_ptr_nonnull(strstr(field(form, "original"), "Said <script>"));
	ck_assert_int_eq((int)json_array_size(at(call_as(&person, "GET", "/api/cvs", NULL)->json, "/cvs")), 0);

	put(form, "name", "Robin \"R\" Sample & Son");
	put(form, "work_0_position", "Senior Backend Engineer");
	put(form, "skills", "Python\r\nPostgreSQL\r\nTools: Git, Make");
	answer = send_form(&person, "/cvs/new", form, "save");
	assert_status(answer, 303);
	cv = call_as(&person, "GET", text("/api%s", header_of(answer, "Location")), NULL);
	assert_status(cv, 200);
	ck_assert_str_eq(text_at(cv, "/resume/basics/name"), "Robin \"R\" Sample & Son");
	ck_assert_str_eq(text_at(cv, "/resume/work/0/position"), "Senior Backend Engineer");
	ck_assert_str_eq(text_at(cv, "/resume/work/0/x_dates"), "2021 - present"); /* not touched: stays */
	ck_assert_str_eq(text_at(cv, "/resume/skills/2/keywords/1"), "Make");
	ck_assert_ptr_null(at(cv->json, "/resume/skills/3"));
}
END_TEST

/* What was typed comes back with the error at its field, and nothing is stored. */
START_TEST(a_refused_form_keeps_what_was_typed)
{
	struct person person = person_new("form");
	json_t *form = read_form(&person, CV);
	const struct answer *answer;

	put(form, "skills", "Python\nA skill that is new");
	answer = send_form(&person, "/cvs/new", form, "save");
	assert_status(answer, 400);
	assert_holds(answer, "A skill that is new");
	assert_holds(answer, "id=\"name-error\"><span");
	put(form, "name", "Robin Sample");
	put(form, "work_0_company", text("%0250d", 7));
	answer = send_form(&person, "/cvs/new", form, "save");
	assert_status(answer, 400);
	assert_holds(answer, "id=\"work_0_company-error\"><span");
	assert_holds(answer, "A skill that is new");
	ck_assert_ptr_null(strstr(answer->body, "<script>alert"));
	ck_assert_int_eq((int)json_array_size(at(call_as(&person, "GET", "/api/cvs", NULL)->json, "/cvs")), 0);
}
END_TEST

START_TEST(entries_come_and_go)
{
	struct person person = person_new("form");
	json_t *form = read_form(&person, CV);
	const struct answer *answer = send_form(&person, "/cvs/new", form, "add_work");

	assert_status(answer, 200);
	form = form_of(answer, "action=\"/cvs/new\"");
	put(form, "name", "Robin Sample");
	put(form, "work_1_position", "Web Developer");
	put(form, "work_1_start", "2015");
	put(form, "work_1_end", "2018-02");
	answer = send_form(&person, "/cvs/new", form, "remove_work_0");
	assert_status(answer, 200);
	form = form_of(answer, "action=\"/cvs/new\"");
	ck_assert_str_eq(field(form, "work_count"), "1");
	ck_assert_str_eq(field(form, "work_0_position"), "Web Developer");
	ck_assert_str_eq(field(form, "name"), "Robin Sample");
	assert_status(send_form(&person, "/cvs/new", form, "remove_work_99"), 200);
	assert_status(send_form(&person, "/cvs/new", form, "remove_work_x"), 400);
	assert_status(send_form(&person, "/cvs/new", form, "paint"), 400);
	json_object_set_new(form, "draft", json_string("[1"));
	assert_status(send_form(&person, "/cvs/new", form, "save"), 400);
}
END_TEST

/* What a form does not show stays: certificates, unknown members, members of an entry. */
START_TEST(an_edit_keeps_what_it_does_not_show)
{
	struct person person = person_new("form");
	json_t *resume = json_pack("{s:{s:s, s:s}, s:[{s:s, s:s, s:s, s:i, s:[s]}], s:[{s:s}], s:s}", "basics", "name",
				   "Robin Sample", "label", "Engineer", "work", "name", "Parcelwind", "position",
				   "Engineer", "url", "https://example.org", "startDate", 2019, "highlights",
				   "Wrote Python", "certificates", "name", "CKA", "x_mine", "kept");
	const struct answer *made = call_as(&person, "POST", "/api/cv", json_pack("{s:o}", "resume", resume)), *cv;
	const char *path;
	json_t *form;

	assert_status(made, 200);
	path = text("/cvs/%s/edit", text_at(made, "/cv_id"));
	form = form_of(visit(&person, path), "/edit\"");
	put(form, "work_0_lines", "Wrote Python\nRan Kubernetes");
	assert_status(send_form(&person, path, form, "save"), 303);
	cv = call_as(&person, "GET", text("/api/cvs/%s", text_at(made, "/cv_id")), NULL);
	ck_assert_int_eq((int)number_at(cv, "/version"), 2);
	ck_assert_str_eq(text_at(cv, "/resume/work/0/highlights/1"), "Ran Kubernetes");
	ck_assert_str_eq(text_at(cv, "/resume/work/0/url"), "https://example.org");
	ck_assert_int_eq((int)number_at(cv, "/resume/work/0/startDate"), 2019);
	ck_assert_str_eq(text_at(cv, "/resume/basics/label"), "Engineer");
	ck_assert_str_eq(text_at(cv, "/resume/certificates/0/name"), "CKA");
	ck_assert_str_eq(text_at(cv, "/resume/x_mine"), "kept");
}
END_TEST

/* What real files hold besides: no basics, several posts at one employer, skills under the names of groups. */
START_TEST(an_edit_leaves_odd_shapes_alone)
{
	struct person person = person_new("form");
	json_t *resume = json_pack("{s:s, s:[[{s:s, s:s}], {s:s, s:s}], s:{s:[s, s]}}", "name", "Robin Sample", "work",
				   "name", "Parcelwind", "position", "Engineer", "name", "Studio", "position",
				   "Developer", "skills", "Backend", "Python", "Go");
	const struct answer *made = call_as(&person, "POST", "/api/cv", json_pack("{s:o}", "resume", resume)), *cv;
	const char *path;
	json_t *form;

	assert_status(made, 200);
	path = text("/cvs/%s/edit", text_at(made, "/cv_id"));
	form = form_of(visit(&person, path), "/edit\"");
	ck_assert_str_eq(field(form, "name"), "Robin Sample");
	ck_assert_str_eq(field(form, "work_0_company"), "Studio");
	put(form, "work_0_company", "Studio Halle");
	put(form, "phone", "+49 30 1");
	assert_status(send_form(&person, path, form, "save"), 303);
	cv = call_as(&person, "GET", text("/api/cvs/%s", text_at(made, "/cv_id")), NULL);
	ck_assert_str_eq(text_at(cv, "/resume/phone"), "+49 30 1");
	ck_assert_str_eq(text_at(cv, "/resume/work/0/0/position"), "Engineer");
	ck_assert_str_eq(text_at(cv, "/resume/work/1/name"), "Studio Halle");
	ck_assert_str_eq(text_at(cv, "/resume/skills/Backend/1"), "Go");
}
END_TEST

START_TEST(an_edit_of_an_older_version_is_told)
{
	struct person person = person_new("form"), other = person_new("form");
	const char *cv = saved_cv(&person), *path = text("%s/edit", cv);
	json_t *mine = form_of(visit(&person, path), "/edit\""), *theirs = form_of(visit(&person, path), "/edit\"");
	const struct answer *answer;

	put(theirs, "phone", "+49 30 1234567");
	assert_status(send_form(&person, path, theirs, "save"), 303);
	put(mine, "location", "Haifa, Israel");
	answer = send_form(&person, path, mine, "save");
	assert_status(answer, 409);
	assert_holds(answer, "Haifa, Israel");
	assert_holds(answer, "save_over");
	assert_holds(answer, "id=\"name-error\"></p>"); /* nothing is wrong with the fields */
	assert_holds(answer, "/versions?version=2&amp;with=1");
	assert_status(send_form(&person, path, mine, "save_over"), 303);
	answer = call_as(&person, "GET", text("/api%s", cv), NULL);
	ck_assert_int_eq((int)number_at(answer, "/version"), 3);
	ck_assert_str_eq(text_at(answer, "/resume/basics/location/city"), "Haifa");
	assert_status(send_form(&other, path, mine, "save"), 404);
	put(mine, "version", "x");
	assert_status(send_form(&person, path, mine, "save"), 400);
	assert_status(visit(&other, path), 404);
}
END_TEST

START_TEST(versions_are_compared)
{
	struct person person = person_new("form"), other = person_new("form");
	const char *cv = saved_cv(&person), *path = text("%s/edit", cv);
	json_t *form = form_of(visit(&person, path), "/edit\"");
	const struct answer *page;

	put(form, "work_0_position", "Principal Engineer");
	assert_status(send_form(&person, path, form, "save"), 303);
	page = visit(&person, text("%s/versions", cv));
	assert_status(page, 200);
	assert_holds(page, "export?format=docx&amp;version=1");
	page = visit(&person, text("%s/versions?version=2&with=1", cv));
	assert_status(page, 200);
	assert_holds(page, "<del>Backend ");
	assert_holds(page, "<ins>Principal ");
	assert_status(visit(&person, text("%s/versions?version=2&with=9", cv)), 404);
	assert_status(visit(&person, text("%s/versions?version=2&with=one", cv)), 400);
	assert_status(visit(&other, text("%s/versions", cv)), 404);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("cv form");
	TCase *cases = tcase_create("form");

	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_document_is_corrected_before_it_is_saved);
	tcase_add_test(cases, a_refused_form_keeps_what_was_typed);
	tcase_add_test(cases, entries_come_and_go);
	tcase_add_test(cases, an_edit_keeps_what_it_does_not_show);
	tcase_add_test(cases, an_edit_leaves_odd_shapes_alone);
	tcase_add_test(cases, an_edit_of_an_older_version_is_told);
	tcase_add_test(cases, versions_are_compared);
	suite_add_tcase(suite, cases);
	return run_suite(suite);
}
