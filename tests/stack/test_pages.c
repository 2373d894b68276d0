/* The pages as a browser without script sees them: forms, redirects, escaping, languages (SPEC 3, 4.1, 4.3). */
#include <string.h>

#include "form.h"
#include "stack.h"
#include "steps.h"

#define SCRIPT    "<script>alert(1)</script>"
#define ATTRIBUTE "\" onmouseover=\"alert(2)"
#define PASSWORD  "a long password"
#define JOB_WAIT  30
#define POSTING   "Senior Backend Engineer\nTidewater Freight\n\nRequirements\n- Python\n- PostgreSQL\n- Kubernetes\n"

/* What a browser keeps between two requests. */
struct browser {
	const char *session, *csrf_cookie, *csrf;
};

static const char *
cookies(const struct browser *browser)
{
	return text("Cookie: cvp_session=%s; cvp_csrf=%s", browser->session, browser->csrf_cookie);
}

/* The value of the hidden field _csrf. */
static const char *
csrf_of(const struct answer *page)
{
	const char *field = "name=\"_csrf\" value=\"", *found = strstr(page->body, field);

	ck_assert_msg(found != NULL, "no form with a token: %.600s", page->body);
	found += strlen(field);
	return text("%.*s", (int)strcspn(found, "\""), found);
}

static const struct answer *
visit(struct browser *browser, const char *path)
{
	const struct answer *page = call("GET", path, HEADERS(HTML, cookies(browser)), NULL);

	if (cookie_of(page, "cvp_csrf") != NULL)
		browser->csrf_cookie = cookie_of(page, "cvp_csrf");
	if (strstr(page->body, "name=\"_csrf\"") != NULL)
		browser->csrf = csrf_of(page);
	return page;
}

/* Posts a form with the token of the page seen last. */
static const struct answer *
post(struct browser *browser, const char *path, const char *form)
{
	const char *body = text("_csrf=%s&%s", browser->csrf, form);
	const struct answer *answer = call("POST", path, HEADERS(HTML, FORM_TYPE, cookies(browser)), body);

	if (cookie_of(answer, "cvp_session") != NULL)
		browser->session = cookie_of(answer, "cvp_session");
	return answer;
}

static struct browser
stranger(void)
{
	return (struct browser){ "", "", "" };
}

/* A browser whose owner has just registered. */
static struct browser
member(void)
{
	struct browser browser = stranger();
	const char *email = encoded(text("p.%s@example.org", unique()));

	visit(&browser, "/register");
	assert_status(post(&browser, "/register", text("email=%s&password=%s", email, encoded(PASSWORD))), 303);
	ck_assert_str_ne(browser.session, "");
	return browser;
}

static void
assert_holds(const struct answer *page, const char *what)
{
	ck_assert_msg(strstr(page->body, what) != NULL, "the page does not hold %s: %s", what, page->body);
}

static void
assert_lacks(const struct answer *page, const char *what)
{
	ck_assert_msg(strstr(page->body, what) == NULL, "the page holds %s: %s", what, strstr(page->body, what));
}

static void
assert_leads_to(const struct answer *answer, const char *path)
{
	assert_status(answer, 303);
	ck_assert_str_eq(header_of(answer, "Location"), path);
}

/* ---- signing in */

START_TEST(strangers_are_led_to_sign_in)
{
	static const char *const pages[] = { "/applications", "/cvs", "/cvs/new", "/account", "/tokens", "/jobs/x" };
	struct browser browser = stranger();

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		const struct answer *answer = visit(&browser, pages[i]);

		assert_status(answer, 303);
		ck_assert_int_eq(strncmp(header_of(answer, "Location"), "/signin?next=", 13), 0);
		assert_holds(visit(&browser, header_of(answer, "Location")),
			     text("name=\"next\" value=\"%s\"", pages[i]));
	}
}
END_TEST

/* The way back keeps the whole address, its query too. */
START_TEST(signing_in_leads_back)
{
	struct browser browser = stranger();
	const char *wanted = "/applications?q=harbour&limit=5";
	const struct answer *answer = visit(&browser, wanted);

	assert_status(answer, 303);
	assert_holds(visit(&browser, header_of(answer, "Location")),
		     "name=\"next\" value=\"/applications?q=harbour&amp;limit=5\"");
}
END_TEST

START_TEST(a_person_registers_signs_out_and_in)
{
	struct browser browser = stranger();
	const char *email = encoded(text("p.%s@example.org", unique()));
	const char *form = text("email=%s&password=%s&next=%s", email, encoded(PASSWORD), encoded("/cvs"));

	assert_status(visit(&browser, "/register"), 200);
	assert_leads_to(post(&browser, "/register", form), "/cvs");
	assert_status(visit(&browser, "/cvs"), 200);
	visit(&browser, "/account");
	assert_leads_to(post(&browser, "/account", ""), "/");
	ck_assert_str_eq(browser.session, "");
	assert_status(visit(&browser, "/cvs"), 303);
	visit(&browser, "/signin");
	assert_leads_to(post(&browser, "/signin", form), "/cvs");
	assert_status(visit(&browser, "/cvs"), 200);
}
END_TEST

START_TEST(nobody_is_led_to_another_site)
{
	static const char *const nexts[] = { "//evil.example",
					     "https://evil.example/",
					     "/\\evil.example",
					     "javascript:alert(1)",
					     "/\t/evil.example",
					     "/\r\nSet-Cookie: a=b",
					     "evil",
					     "\\\\evil.example" };
	struct browser browser = stranger();
	const char *email = encoded(text("p.%s@example.org", unique()));

	visit(&browser, "/register");
	assert_status(post(&browser, "/register", text("email=%s&password=%s", email, encoded(PASSWORD))), 303);
	for (size_t i = 0; i < sizeof(nexts) / sizeof(nexts[0]); i++) {
		struct browser next = stranger();

		visit(&next, "/signin");
		assert_leads_to(post(&next, "/signin",
				     text("email=%s&password=%s&next=%s", email, encoded(PASSWORD), encoded(nexts[i]))),
				"/applications");
	}
}
END_TEST

/* A form without our token is refused, whatever its sender's cookies. */
START_TEST(forms_carry_a_token)
{
	struct browser browser = stranger();
	const struct answer *answer;

	visit(&browser, "/register");
	browser.csrf = "00000000-0000-4000-8000-000000000000";
	answer = post(&browser, "/register", text("email=a%%40b.example&password=%s", encoded(PASSWORD)));
	assert_status(answer, 403);
	assert_holds(answer, "<!doctype html>");
	ck_assert_str_eq(browser.session, "");
	browser = member();
	browser.csrf = "";
	assert_status(post(&browser, "/applications/new", "job_posting=x"), 403);
}
END_TEST

/* SPEC 4.1: a failed form is shown again with its status, the error by the field, and what was typed. */
START_TEST(failed_forms_come_back)
{
	struct browser browser = stranger();
	const struct answer *page;

	visit(&browser, "/register");
	page = post(&browser, "/register", text("email=%s&password=short", encoded("someone@example.org")));
	assert_status(page, 400);
	assert_holds(page, "id=\"password-error\"");
	assert_holds(page, "value=\"someone@example.org\"");
	assert_lacks(page, "value=\"short\"");
	assert_lacks(page, "id=\"email-error\"");
	page = post(&browser, "/register", text("email=nothing&password=%s", encoded(PASSWORD)));
	assert_status(page, 400);
	assert_holds(page, "id=\"email-error\"");

	visit(&browser, "/signin");
	page = post(&browser, "/signin", text("email=nobody%%40example.org&password=%s", encoded(PASSWORD)));
	assert_status(page, 401);
	assert_holds(page, "value=\"nobody@example.org\"");
	assert_holds(page, "role=\"alert\"");

	browser = member();
	visit(&browser, "/applications/new");
	page = post(&browser, "/applications/new", "job_posting=too%20short%20a%20text&company_name=Harbour");
	assert_status(page, 400);
	assert_holds(page, "id=\"job_posting-error\"");
	assert_holds(page, ">too short a text</textarea>");
	assert_holds(page, "value=\"Harbour\"");
	page = post(&browser, "/applications/new",
		    text("job_posting=%s", encoded("We are looking for somebody who likes spreadsheets a lot.")));
	assert_status(page, 400);
	assert_holds(page, "id=\"company_name-error\"");
}
END_TEST

/* ---- from a CV to a report */

static const char *
cv_text(const char *name)
{
	return text("%s\nBackend Engineer\n\nExperience\n\nBackend Engineer, Parcelwind GmbH\n2018 - 2023\n- Wrote the "
		    "booking service in Python and PostgreSQL\n- Moved 14 services to Kubernetes\n\nSkills\n\nPython, "
		    "PostgreSQL, Kubernetes\n",
		    name);
}

static const struct answer *
post_cv(struct browser *browser, const char *content)
{
	const char *body;

	visit(browser, "/cvs/new");
	body = text("%s%s%s%s", file_part("_csrf", NULL, browser->csrf), file_part("text_content", NULL, content),
		    file_part("file", "", ""), FILE_END);
	return call("POST", "/cvs/new", HEADERS(HTML, FILE_TYPE, cookies(browser)), body);
}

/* The form it was read into, sent back as it is. */
static const struct answer *
save_cv(struct browser *browser, const struct answer *read)
{
	const char *form = "_action=save", *name;
	json_t *value, *fields;

	assert_status(read, 200);
	fields = form_of(read, "action=\"/cvs/new\"");
	json_object_foreach (fields, name, value)
		form = text("%s&%s=%s", form, encoded(name), encoded(json_string_value(value)));
	return post(browser, "/cvs/new", form);
}

/* The job's page until it leads on; where it leads. */
static const char *
followed_job(struct browser *browser, const char *path)
{
	const char *lead = "content=\"0; url=", *found = NULL;
	const struct answer *page = NULL;

	for (double end = deadline(JOB_WAIT); found == NULL && !has_passed(end); nap()) {
		page = visit(browser, path);
		assert_status(page, 200);
		found = strstr(page->body, lead);
		if (found == NULL)
			assert_holds(page, "http-equiv=\"refresh\""); /* it works without script */
	}
	ck_assert_msg(found != NULL, "the job does not end: %s", page->body);
	found += strlen(lead);
	return text("%.*s", (int)strcspn(found, "\""), found);
}

START_TEST(a_report_in_a_browser)
{
	struct browser browser = member();
	const struct answer *answer = save_cv(&browser, post_cv(&browser, cv_text("Robin Sample"))), *page, *known;
	const char *job, *report;

	assert_status(answer, 303);
	ck_assert_int_eq(strncmp(header_of(answer, "Location"), "/cvs/", 5), 0);
	assert_holds(visit(&browser, header_of(answer, "Location")), "Robin Sample");
	assert_holds(visit(&browser, "/cvs"), "Robin Sample");

	visit(&browser, "/applications/new");
	answer = post(&browser, "/applications/new",
		      text("job_posting=%s&company_name=%s&role_title=%s&cv_id=&language=", encoded(POSTING),
			   encoded("Tidewater & Sons"), encoded("Senior Backend Engineer")));
	assert_status(answer, 303);
	job = header_of(answer, "Location");
	ck_assert_int_eq(strncmp(job, "/jobs/", 6), 0);
	report = followed_job(&browser, job);
	ck_assert_int_eq(strncmp(report, "/applications/", 14), 0);

	page = visit(&browser, report);
	assert_status(page, 200);
	assert_holds(page, "Tidewater &amp; Sons");
	assert_holds(page, "class=\"gauge\"");
	assert_holds(page, "Wrote the booking service in Python and PostgreSQL");
	assert_holds(visit(&browser, "/applications"), "Senior Backend Engineer");
	assert_lacks(visit(&browser, "/applications?q=astronaut"), "Tidewater");
	known = call("GET", report,
		     HEADERS(HTML, cookies(&browser), text("If-None-Match: %s", header_of(page, "ETag"))), NULL);
	assert_status(known, 304);
}
END_TEST

/* A failed job says why and offers another try. */
START_TEST(a_job_without_a_cv_says_so)
{
	struct browser browser = member();
	const struct answer *answer, *page = NULL;
	const char *job;

	visit(&browser, "/applications/new");
	answer = post(&browser, "/applications/new",
		      text("job_posting=%s&company_name=Tidewater&role_title=Engineer", encoded(POSTING)));
	assert_status(answer, 303);
	job = header_of(answer, "Location");
	for (double end = deadline(JOB_WAIT); !has_passed(end); nap()) {
		page = visit(&browser, job);
		if (strstr(page->body, "notice--problem") != NULL)
			break;
	}
	assert_status(page, 200);
	assert_holds(page, "value=\"report\"");
	assert_holds(page, "/cvs/new");
}
END_TEST

/* ---- hostile words */

static void
assert_tame(const struct answer *page)
{
	ck_assert_msg(page->status < 500, "status %ld: %s", page->status, page->body);
	assert_lacks(page, "<script>alert");
	assert_lacks(page, ATTRIBUTE);
	assert_lacks(page, "href=\"javascript:");
}

static json_t *
hostile_cv(const char *hostile)
{
	return json_pack(
	    "{s:{s:o, s:s, s:s, s:o, s:[{s:s, s:s}]}, s:[{s:s, s:o, s:s, s:s, s:[o,o]}], s:[{s:s, s:[s,s]}]}", "basics",
	    "name", json_sprintf("Robin %s", hostile), "label", hostile, "email", "robin@example.org", "summary",
	    json_sprintf("Engineer of Python and %s", hostile), "profiles", "network", hostile, "url",
	    "javascript:alert(3)", "work", "name", hostile, "position", json_sprintf("Engineer %s", hostile),
	    "startDate", "2018", "summary", hostile, "highlights", json_sprintf("Wrote Python services %s", hostile),
	    json_sprintf("Ran PostgreSQL %s", hostile), "skills", "name", hostile, "keywords", "Python", hostile);
}

static json_t *
hostile_posting(const char *hostile)
{
	return json_pack("{s:o, s:o, s:s, s:[o,o], s:[o], s:s, s:s}", "company_name",
			 json_sprintf("Company %s", hostile), "role_title", json_sprintf("Role %s", hostile),
			 "description", hostile, "requirements", json_sprintf("Python %s", hostile),
			 json_sprintf("Haskell %s", hostile), "responsibilities", json_sprintf("Write %s", hostile),
			 "industry", hostile, "location", hostile);
}

/* Has a report written over hostile words, and looks at every page that shows some of them. */
static void
walk_pages_over(const char *hostile)
{
	struct person owner = person_new("hostile");
	const struct answer *cv = call_as(&owner, "POST", "/api/cv", json_pack("{s:o}", "resume", hostile_cv(hostile)));
	const char *reply = text("Python %s, more than once and in production, for several years.", hostile);
	json_t *request = report_request(&owner, "app-1", reply);
	const struct answer *submitted, *page;
	const char *job_id;

	assert_status(cv, 200);
	json_object_set_new(request, "job_posting", hostile_posting(hostile));
	submitted = call_as(&owner, "POST", "/api/vpr", request);
	assert_status(submitted, 202);
	job_id = text_at(submitted, "/job_id");
	await_job(&owner, job_id, "COMPLETED");

	const char *const pages[] = { "/cvs",
				      text("/cvs/%s", text_at(cv, "/cv_id")),
				      text("/cvs/%s/edit", text_at(cv, "/cv_id")),
				      text("/cvs/%s/versions?version=1&with=1", text_at(cv, "/cv_id")),
				      text("/jobs/%s", job_id),
				      "/applications",
				      text("/applications?q=%s", encoded(hostile)),
				      "/applications/new",
				      "/applications/app-1",
				      "/applications/app-1/vprs/1",
				      "/applications/app-1/vprs/1/compare?with=1",
				      "/applications/app-1/gap",
				      "/api/applications/app-1/vprs/1/export?format=html" };

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		page = call("GET", pages[i], HEADERS(HTML, owner.authorization), NULL);
		assert_status(page, 200);
		assert_tame(page);
	}
	assert_holds(call("GET", text("/cvs/%s", text_at(cv, "/cv_id")), HEADERS(HTML, owner.authorization), NULL),
		     "Wrote Python services");
}

START_TEST(scripts_in_words_are_escaped)
{
	walk_pages_over(SCRIPT);
}
END_TEST

START_TEST(quotes_in_words_are_escaped)
{
	walk_pages_over(ATTRIBUTE);
}
END_TEST

/* What a failed form gives back is escaped as well; so is what the error page repeats. */
START_TEST(typed_words_are_escaped)
{
	struct browser browser = stranger();
	const char *hostile = encoded(SCRIPT ATTRIBUTE);
	const struct answer *page;

	visit(&browser, "/signin");
	page = post(&browser, "/signin", text("email=%s&password=x&next=%s", hostile, hostile));
	assert_status(page, 400);
	assert_tame(page);
	assert_tame(visit(&browser, text("/signin?next=%s", hostile)));
	assert_tame(visit(&browser, text("/nothing/%s", hostile)));
	assert_tame(visit(&browser, text("/?lang=%s", hostile)));
	browser = member();
	visit(&browser, "/applications/new");
	page = post(&browser, "/applications/new",
		    text("job_posting=%s&company_name=%s&role_title=%s&cv_id=%s&language=%s", hostile, hostile, hostile,
			 hostile, hostile));
	assert_status(page, 400);
	assert_tame(page);
	assert_holds(page, "&lt;script&gt;");
}
END_TEST

/* A link in a posting is http or https, or it is none (SPEC 2.3). */
START_TEST(a_posting_links_to_the_web_only)
{
	struct person owner = person_new("links");
	json_t *posting = json_deep_copy(sample_posting());
	const struct answer *answer;

	json_object_set_new(posting, "source_url", json_string("javascript:alert(1)"));
	answer = call_as(&owner, "POST", "/api/applications",
			 json_pack("{s:s, s:o}", "application_id", "app-1", "job_posting", posting));
	if (answer->status == 201)
		assert_tame(call("GET", "/applications/app-1", HEADERS(HTML, owner.authorization), NULL));
	else
		assert_failure(answer, 400, "VALIDATION_ERROR");
}
END_TEST

/* ---- what every page has */

START_TEST(pages_are_guarded_by_headers)
{
	static const char *const pages[] = { "/", "/signin", "/register", "/privacy", "/nothing-here" };
	struct browser browser = stranger();

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		const struct answer *page = visit(&browser, pages[i]);
		const char *policy = header_of(page, "Content-Security-Policy");

		ck_assert_str_eq(header_of(page, "Content-Type"), "text/html; charset=utf-8");
		ck_assert_msg(policy != NULL, "%s has no policy", pages[i]);
		ck_assert_ptr_nonnull(strstr(policy, "default-src 'self'"));
		ck_assert_ptr_nonnull(strstr(policy, "frame-ancestors 'none'"));
		ck_assert_ptr_null(strstr(policy, "unsafe-inline"));
		ck_assert_str_eq(header_of(page, "X-Content-Type-Options"), "nosniff");
		ck_assert_str_eq(header_of(page, "Referrer-Policy"), "same-origin");
		ck_assert_ptr_nonnull(strstr(header_of(page, "Cache-Control"), "private"));
		ck_assert_ptr_null(header_of(page, "Access-Control-Allow-Origin"));
		assert_lacks(page, " style=\"");
		assert_lacks(page, " onclick=");
	}
}
END_TEST

START_TEST(pages_speak_three_languages)
{
	struct browser browser = stranger();
	const struct answer *page = visit(&browser, "/?lang=ru");

	assert_holds(page, "<html lang=\"ru\" dir=\"ltr\">");
	ck_assert_str_eq(cookie_of(page, "cvp_lang"), "ru");
	assert_holds(call("GET", "/signin", HEADERS(HTML, "Cookie: cvp_lang=ru"), NULL), "<html lang=\"ru\"");
	page = visit(&browser, "/register?lang=he");
	assert_holds(page, "<html lang=\"he\" dir=\"rtl\">");
	page = call("GET", "/", HEADERS(HTML, "Accept-Language: fr-FR, he-IL;q=0.8, en;q=0.5"), NULL);
	assert_holds(page, "<html lang=\"he\" dir=\"rtl\">");
	page = visit(&browser, "/?lang=xx");
	assert_holds(page, "<html lang=\"en\" dir=\"ltr\">");
	ck_assert_ptr_null(cookie_of(page, "cvp_lang"));
}
END_TEST

START_TEST(a_page_that_is_not_there)
{
	struct browser browser = stranger();
	const struct answer *page = visit(&browser, "/no/such/page"), *json;

	assert_status(page, 404);
	assert_holds(page, "<!doctype html>");
	assert_holds(page, header_of(page, "X-Request-Id"));
	json = call("GET", "/api/no/such", HEADERS(HTML), NULL);
	assert_failure(json, 404, "NOT_FOUND");
	json = call("GET", "/no/such/page", NO_HEADERS, NULL);
	assert_failure(json, 404, "NOT_FOUND");
	browser = member();
	assert_status(visit(&browser, "/cvs/no-such-cv"), 404);
	assert_status(visit(&browser, "/jobs/no-such-job"), 404);
	assert_status(visit(&browser, "/applications/no-such-application"), 404);
}
END_TEST

/* A token made on its page is shown there once. */
START_TEST(tokens_on_their_page)
{
	struct browser browser = member();
	const struct answer *page;
	const char *found, *token_id;

	visit(&browser, "/tokens");
	page = post(&browser, "/tokens", "label=laptop");
	ck_assert_int_eq(page->status / 100, 2);
	assert_holds(page, "cvp_");
	page = visit(&browser, "/tokens");
	assert_holds(page, "laptop");
	found = strstr(page->body, "name=\"token_id\" value=\"");
	ck_assert_ptr_nonnull(found);
	token_id = text("%.64s", found + strlen("name=\"token_id\" value=\""));
	ck_assert_ptr_null(strstr(strstr(page->body, "laptop"), "class=\"secret"));
	assert_leads_to(post(&browser, "/tokens", text("_action=delete&token_id=%s", token_id)), "/tokens");
	assert_lacks(visit(&browser, "/tokens"), "laptop");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pages");
	TCase *signing = tcase_create("signing"), *work = tcase_create("work"), *all = tcase_create("all");

	tcase_set_timeout(signing, 60);
	tcase_add_test(signing, strangers_are_led_to_sign_in);
	tcase_add_test(signing, signing_in_leads_back);
	tcase_add_test(signing, a_person_registers_signs_out_and_in);
	tcase_add_test(signing, nobody_is_led_to_another_site);
	tcase_add_test(signing, forms_carry_a_token);
	tcase_add_test(signing, failed_forms_come_back);
	suite_add_tcase(suite, signing);
	tcase_set_timeout(work, 60);
	tcase_add_test(work, a_report_in_a_browser);
	tcase_add_test(work, a_job_without_a_cv_says_so);
	tcase_add_test(work, scripts_in_words_are_escaped);
	tcase_add_test(work, quotes_in_words_are_escaped);
	tcase_add_test(work, typed_words_are_escaped);
	tcase_add_test(work, a_posting_links_to_the_web_only);
	suite_add_tcase(suite, work);
	tcase_set_timeout(all, 60);
	tcase_add_test(all, pages_are_guarded_by_headers);
	tcase_add_test(all, pages_speak_three_languages);
	tcase_add_test(all, a_page_that_is_not_there);
	tcase_add_test(all, tokens_on_their_page);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
