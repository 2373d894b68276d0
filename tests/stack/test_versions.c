/* What is kept: versions of reports and tailored CVs on their pages, and answers taken back or taken over. */
#include <string.h>

#include "form.h"
#include "stack.h"
#include "steps.h"

static const struct answer *
visit(const struct person *person, const char *path)
{
	return call("GET", path, HEADERS(HTML, person->authorization), NULL);
}

static const struct answer *
press(const struct person *person, const char *path, const char *body)
{
	return call("POST", path, HEADERS(HTML, FORM_TYPE, person->authorization), body);
}

static void
assert_holds(const struct answer *page, const char *what)
{
	ck_assert_msg(strstr(page->body, what) != NULL, "the page does not hold %s: %s", what, page->body);
}

static void
assert_lacks(const struct answer *page, const char *what)
{
	ck_assert_msg(strstr(page->body, what) == NULL, "the page holds %s", what);
}

/* Two versions of a report: of one answer and of another. */
static void
two_reports(const struct person *person)
{
	import_sample_cv(person);
	await_job(person, submit_report(person, "app-1"), "COMPLETED");
	const struct answer *second = call_as(
	    person, "POST", "/api/vpr", report_request(person, "app-1", "I taught Haskell for seven years at school."));

	assert_status(second, 202);
	await_job(person, text_at(second, "/job_id"), "COMPLETED");
}

START_TEST(reports_are_compared_kept_and_deleted)
{
	struct person person = person_new("keep"), other = person_new("keep");
	const char *page = "/applications/app-1/vprs/2";
	const struct answer *shown;

	two_reports(&person);
	shown = visit(&person, page);
	assert_status(shown, 200);
	assert_holds(shown, "value=\"pin\"");
	assert_holds(shown, "/vprs/2/export?format=docx");
	assert_holds(shown, "<option value=\"1\"");
	assert_lacks(shown, "<option value=\"2\"");
	shown = visit(&person, text("%s/compare?with=1", page));
	assert_status(shown, 200);
	assert_status(visit(&person, text("%s/compare?with=7", page)), 404);
	assert_status(visit(&person, text("%s/compare?with=x", page)), 400);
	assert_status(visit(&person, text("%s/compare", page)), 400);
	assert_status(visit(&other, text("%s/compare?with=1", page)), 404);

	assert_status(press(&person, page, "_action=pin"), 303);
	assert_holds(visit(&person, page), "value=\"unpin\"");
	assert_status(press(&person, page, "_action=extend&expires_at=2027-11-30"), 303);
	shown = visit(&person, page);
	assert_holds(shown, "datetime=\"2027-11-30T23:59:59");
	assert_holds(shown, "value=\"pin\"");
	shown = press(&person, page, "_action=extend&expires_at=2090-01-01");
	assert_status(shown, 400);
	assert_holds(shown, "id=\"expires-error\"");
	assert_holds(shown, "value=\"2090-01-01\"");
	assert_status(press(&person, page, "_action=extend&expires_at=soon"), 400);
	assert_status(press(&person, page, "_action=paint"), 400);
	assert_status(press(&other, page, "_action=pin"), 404);
	assert_status(press(&other, page, "_action=delete"), 404);
	assert_status(press(&person, page, "_action=delete"), 303);
	assert_status(visit(&person, page), 404);
	assert_status(visit(&person, "/applications/app-1/vprs/1"), 200);
}
END_TEST

START_TEST(tailored_cvs_are_extended)
{
	struct person person = person_new("keep");
	const struct answer *made, *shown;
	const char *page;

	two_reports(&person);
	made = press(&person, "/applications/app-1/tailored-cvs", "length=compact&tone=professional");
	assert_status(made, 303);
	page = header_of(made, "Location");
	assert_status(press(&person, page, "_action=extend&expires_at=2027-11-30"), 303);
	shown = visit(&person, page);
	assert_holds(shown, "datetime=\"2027-11-30T23:59:59");
	assert_holds(shown, "/export?format=docx");
	assert_status(press(&person, page, "_action=extend&expires_at=2001-01-01"), 400);
	assert_status(press(&person, page, "_action=extend"), 400);
}
END_TEST

/* The page of an application whose questions have been asked. */
static const struct answer *
asked(const struct person *person, const char *application_id)
{
	const char *page = text("/applications/%s/gap", application_id);

	assert_status(
	    call_as(person, "POST", "/api/applications",
		    json_pack("{s:s, s:O}", "application_id", application_id, "job_posting", sample_posting())),
	    201);
	assert_status(press(person, page, "_action=ask"), 303);
	return visit(person, page);
}

/* The name of the form's first field for an answer, behind its colon: the question's id. */
static const char *
first_question(const struct answer *page)
{
	const char *mark = "name=\"answer:", *found = strstr(page->body, mark);

	ck_assert_msg(found != NULL, "no question: %s", page->body);
	found += strlen(mark);
	return text("%.*s", (int)strcspn(found, "\""), found);
}

START_TEST(an_answer_is_taken_over_and_taken_back)
{
	struct person person = person_new("keep"), other = person_new("keep");
	const char *words = "I ran <b>twelve</b> services with it & wrote the charts for two years in production.";
	const struct answer *page;
	const char *id;

	import_sample_cv(&person);
	page = asked(&person, "app-1");
	id = first_question(page);
	page = send_form(&person, "/applications/app-1/gap", form_of(page, "action=\"/applications/app-1/gap\""),
			 "save");
	assert_status(page, 303); /* nothing answered: nothing saved */
	assert_status(press(&person, "/applications/app-1/gap",
			    text("_action=save&question:%s=q&answer:%s=%s", id, id, encoded(words))),
		      303);
	page = asked(&person, "app-2");
	assert_holds(page, text("value=\"take:%s\"", id));
	assert_holds(page, "&lt;b&gt;twelve");
	ck_assert_int_eq(
	    number_at(call_as(&person, "GET", "/api/gap-responses?application_id=app-2", NULL), "/total_count"), 0);
	page = press(&person, "/applications/app-2/gap", text("_action=take:%s&answer:x=kept", id));
	assert_status(page, 200);
	assert_holds(page, text("value=\"withdraw:%s\"", id));
	ck_assert_str_eq(
	    text_at(call_as(&person, "GET", "/api/gap-responses?application_id=app-2", NULL), "/responses/0/answer"),
	    words);
	assert_status(press(&other, "/applications/app-2/gap", text("_action=withdraw:%s", id)), 404);
	assert_status(press(&person, "/applications/app-2/gap", text("_action=withdraw:%s", id)), 200);
	ck_assert_int_eq(
	    number_at(call_as(&person, "GET", "/api/gap-responses?application_id=app-2", NULL), "/total_count"), 0);
	ck_assert_int_eq(
	    number_at(call_as(&person, "GET", "/api/gap-responses?application_id=app-1", NULL), "/total_count"), 1);
	assert_status(press(&person, "/applications/app-2/gap", text("_action=withdraw:%s", id)), 404);
	assert_status(press(&person, "/applications/app-2/gap", "_action=take:nothing"), 404);
	assert_status(press(&person, "/applications/app-2/gap", "_action=paint"), 400);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("versions");
	TCase *cases = tcase_create("versions");

	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, reports_are_compared_kept_and_deleted);
	tcase_add_test(cases, tailored_cvs_are_extended);
	tcase_add_test(cases, an_answer_is_taken_over_and_taken_back);
	suite_add_tcase(suite, cases);
	return run_suite(suite);
}
