/* AUTH_MODE=trusted: callers on this machine are believed, pages of other sites are not (SPEC 3). */
#include <string.h>

#include "stack.h"
#include "steps.h"

static void
trust_callers(void)
{
	stack("restart", PROGRAMS, WITH("AUTH_MODE=trusted"));
}

static void
trust_nobody(void)
{
	stack("restart", PROGRAMS, AS_IT_IS);
}

/* The header line by which a caller names a user. */
static const char *
named(const char *user_id)
{
	return text("X-User-Id: %s", user_id);
}

static const char *
import_cv_of(const char *user_id)
{
	const struct answer *answer = call("POST", "/api/cv", HEADERS(JSON_TYPE, named(user_id)),
					   dumped(json_pack("{s:O}", "resume", sample_cv())));

	assert_status(answer, 200);
	return text_at(answer, "/cv_id");
}

static size_t
cvs_seen(const char *path, const char *header)
{
	const struct answer *answer = call("GET", path, HEADERS(header), NULL);

	assert_status(answer, 200);
	return json_array_size(at(answer->json, "/cvs"));
}

/* user_id of the body, of the query, of X-User-Id: each is believed, in this order. */
START_TEST(callers_name_their_user)
{
	const char *alice = text("alice-%s", unique()), *bob = text("bob-%s", unique());
	const char *body = dumped(json_pack("{s:s, s:O}", "user_id", alice, "resume", sample_cv()));

	import_cv_of(alice);
	ck_assert_uint_eq(cvs_seen("/api/cvs", named(alice)), 1);
	ck_assert_uint_eq(cvs_seen("/api/cvs", named(bob)), 0);
	ck_assert_uint_eq(cvs_seen(text("/api/cvs?user_id=%s", alice), "X-None: 1"), 1);
	ck_assert_uint_eq(cvs_seen(text("/api/cvs?user_id=%s", alice), named(bob)), 1);
	assert_status(call("POST", "/api/cv", HEADERS(JSON_TYPE, named(bob)), body), 200);
	ck_assert_uint_eq(cvs_seen("/api/cvs", named(alice)), 2);
	ck_assert_uint_eq(cvs_seen("/api/cvs", named(bob)), 0);
	assert_failure(call("GET", "/api/cvs", HEADERS("X-User-Id: no user"), NULL), 400, "INVALID_INPUT");
}
END_TEST

/* Who names nobody is `local`: a whole report without a credential, pages included. */
START_TEST(who_names_nobody_is_local)
{
	struct person local = { "local", "X-None: 2" };
	const char *application_id = text("app-%s", unique());
	const struct answer *answer = call("GET", "/api/account", NO_HEADERS, NULL);

	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/user_id"), "local");
	import_sample_cv(&local);
	finished_report(&local, application_id);
	answer = call("GET", text("/applications/%s/vprs/1", application_id), HEADERS(HTML), NULL);
	assert_status(answer, 200);
	ck_assert_ptr_nonnull(strstr(answer->body, "Tidewater Freight"));
	ck_assert_ptr_null(header_of(answer, "Access-Control-Allow-Origin"));
}
END_TEST

/* A status is given to whoever knows the job's id and names no user; a named user sees his own only. */
START_TEST(anybody_here_follows_a_job)
{
	const char *carol = text("carol-%s", unique()), *path, *body;
	struct person owner = { carol, named(carol) }, anyone = { "local", "X-None: 2" };
	const struct answer *submitted;

	import_cv_of(carol);
	body = dumped(report_request(&owner, "app-1", ANY_ANSWER));
	submitted = call("POST", "/api/vpr", HEADERS(JSON_TYPE), body);
	assert_status(submitted, 202);
	path = text("/api/vpr/status/%s", text_at(submitted, "/job_id"));
	await_job(&anyone, text_at(submitted, "/job_id"), "COMPLETED");
	assert_status(call("GET", path, HEADERS(named(carol)), NULL), 200);
	assert_failure(call("GET", path, HEADERS(named("dave")), NULL), 404, "JOB_NOT_FOUND");
	assert_failure(call("GET", text("/jobs/%s", text_at(submitted, "/job_id")), HEADERS(named("dave")), NULL), 404,
		       "JOB_NOT_FOUND");
}
END_TEST

/* Pages of other sites are refused, also where their name leads here (DNS rebinding); nothing is shared by CORS. */
START_TEST(other_sites_are_not_trusted)
{
	static const char *const foreign[] = { "Origin: https://evil.example", "Origin: http://127.0.0.1:1",
					       "Origin: null", "Origin: http://localhost.evil.example" };
	const char *own = text("Origin: %s", setting("BASE_URL"));
	const struct answer *answer;

	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		answer = call("GET", "/api/cvs", HEADERS(foreign[i]), NULL);
		assert_failure(answer, 403, "FORBIDDEN");
		ck_assert_ptr_null(header_of(answer, "Access-Control-Allow-Origin"));
		answer = call("POST", "/api/cv", HEADERS(foreign[i], JSON_TYPE), "{}");
		assert_failure(answer, 403, "FORBIDDEN");
	}
	answer = call("POST", "/api/cv", HEADERS("Origin: http://evil.example", "Host: evil.example", JSON_TYPE), "{}");
	assert_failure(answer, 403, "FORBIDDEN");
	answer = call("GET", "/api/cvs", HEADERS(own), NULL);
	assert_status(answer, 200);
	ck_assert_ptr_null(header_of(answer, "Access-Control-Allow-Origin"));
}
END_TEST

/* A token still says who calls, and a body may not say otherwise. */
START_TEST(tokens_still_count)
{
	struct person owner = person_new("token");
	json_t *request = report_request(&owner, "app-1", ANY_ANSWER);
	const struct answer *answer = call_as(&owner, "GET", "/api/account", NULL);

	ck_assert_str_eq(text_at(answer, "/user_id"), owner.user_id);
	json_object_set_new(request, "user_id", json_string("another"));
	assert_failure(call_as(&owner, "POST", "/api/vpr", request), 403, "FORBIDDEN");
	answer = call("GET", "/api/cvs", HEADERS("Authorization: Bearer cvp_wrong"), NULL);
	assert_failure(answer, 401, "UNAUTHORIZED");
}
END_TEST

START_TEST(trust_is_warned_of)
{
	ck_assert_uint_ge(log_lines("callers_are_trusted"), 5);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("trusted");
	TCase *trusted = tcase_create("trusted");

	tcase_set_timeout(trusted, 60);
	tcase_add_unchecked_fixture(trusted, trust_callers, trust_nobody);
	tcase_add_test(trusted, callers_name_their_user);
	tcase_add_test(trusted, who_names_nobody_is_local);
	tcase_add_test(trusted, anybody_here_follows_a_job);
	tcase_add_test(trusted, other_sites_are_not_trusted);
	tcase_add_test(trusted, tokens_still_count);
	tcase_add_test(trusted, trust_is_warned_of);
	suite_add_tcase(suite, trusted);
	return run_suite(suite);
}
