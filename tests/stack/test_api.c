/* The whole way by JSON, as a program would go it: account, CV, application, match, report, result link (SPEC 2-5). */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/id.h"
#include "schema/canonical.h"
#include "stack.h"
#include "steps.h"

#define REVOKED_SECONDS 8 /* 5 s of credential cache, and a margin */

static const struct answer *
post_account(const char *path, const char *email, const char *password)
{
	return call("POST", path, HEADERS(JSON_TYPE),
		    text("{\"email\": \"%s\", \"password\": \"%s\"}", email, password));
}

/* SPEC 3: registering begins a session; posts by cookie need its CSRF token; signing out ends it. */
START_TEST(an_account_by_cookie)
{
	const char *email = text("Ann.%s@Example.org", unique()), *cookie, *csrf;
	const struct answer *made = post_account("/api/account", email, "a long password"), *answer;

	assert_status(made, 201);
	cookie = text("Cookie: cvp_session=%s", cookie_of(made, "cvp_session"));
	csrf = text("X-CSRF-Token: %s", text_at(made, "/csrf_token"));
	ck_assert_ptr_nonnull(strstr(header_of(made, "Set-Cookie"), "HttpOnly"));
	ck_assert_ptr_nonnull(strstr(header_of(made, "Set-Cookie"), "SameSite=Lax"));
	ck_assert_ptr_nonnull(strstr(header_of(made, "Set-Cookie"), "Max-Age=1209600"));

	answer = call("GET", "/api/account", HEADERS(cookie), NULL);
	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/user_id"), text_at(made, "/user_id"));
	ck_assert_str_eq(text_at(answer, "/roles/0"), "candidate");
	assert_failure(call("POST", "/api/tokens", HEADERS(cookie, JSON_TYPE), "{}"), 403, "CSRF_FAILED");
	assert_status(call("POST", "/api/tokens", HEADERS(cookie, csrf, JSON_TYPE), "{}"), 201);

	assert_failure(call("DELETE", "/api/session", HEADERS(cookie), NULL), 403, "CSRF_FAILED");
	answer = call("DELETE", "/api/session", HEADERS(cookie, csrf), NULL);
	assert_status(answer, 204);
	ck_assert_str_eq(cookie_of(answer, "cvp_session"), "");
	assert_failure(call("GET", "/api/account", HEADERS(cookie), NULL), 401, "UNAUTHORIZED");
}
END_TEST

START_TEST(signing_in_again)
{
	const char *email = text("bea.%s@example.org", unique());
	const struct answer *made = post_account("/api/account", email, "a long password"), *again, *second;

	assert_status(made, 201);
	again = post_account("/api/session", text(" BEA%s", email + 3), "a long password");
	assert_status(again, 200);
	ck_assert_str_eq(text_at(again, "/user_id"), text_at(made, "/user_id"));
	ck_assert_str_ne(cookie_of(again, "cvp_session"), cookie_of(made, "cvp_session"));
	assert_failure(post_account("/api/session", email, "another password"), 401, "UNAUTHORIZED");
	assert_failure(post_account("/api/session", text("nobody.%s", email), "a long password"), 401, "UNAUTHORIZED");
	second = post_account("/api/account", email, "yet another one");
	assert_failure(second, 409, "CONFLICT");
	ck_assert(names_pointer(second, "/email"));
}
END_TEST

/* SPEC 3: a token is shown once, works at once, and is over within five seconds of being revoked. */
START_TEST(tokens_are_made_and_revoked)
{
	struct person owner = person_new("tokens");
	const struct answer *made = call_as(&owner, "POST", "/api/tokens", json_pack("{s:s}", "label", "laptop"));
	struct person laptop;
	const struct answer *list;
	double end;

	assert_status(made, 201);
	ck_assert_int_eq(strncmp(text_at(made, "/token"), "cvp_", 4), 0);
	laptop = person_of_token(owner.user_id, text_at(made, "/token"));
	assert_status(call_as(&laptop, "GET", "/api/account", NULL), 200);
	list = call_as(&owner, "GET", "/api/tokens", NULL);
	ck_assert_uint_eq(json_array_size(at(list->json, "/tokens")), 2);
	ck_assert_str_eq(text_at(list, "/tokens/0/label"), "laptop");
	ck_assert_ptr_null(strstr(list->body, text_at(made, "/token")));

	assert_status(call_as(&owner, "DELETE", text("/api/tokens/%s", text_at(made, "/token_id")), NULL), 204);
	for (end = deadline(REVOKED_SECONDS);
	     call_as(&laptop, "GET", "/api/account", NULL)->status == 200 && !has_passed(end);)
		nap();
	assert_failure(call_as(&laptop, "GET", "/api/account", NULL), 401, "UNAUTHORIZED");
}
END_TEST

static const char long_text[] =
    "Robin Sample\nBackend Engineer\nrobin.sample@example.org\n\nExperience\n\nSenior Backend Engineer, Parcelwind "
    "GmbH\n"
    "2021 - present\n- Rebuilt the tracking API in Go\n- Moved 14 services to Kubernetes\n\nEducation\n\nBachelor of "
    "Science, Computer Science, Technische Hochschule Nordstadt, 2016\n\nSkills\n\nPython, Go, PostgreSQL, "
    "Kubernetes\n";

/* A CV comes in every form SPEC 4.2 names, and is read the same. */
START_TEST(every_form_of_a_cv)
{
	struct person owner = person_new("forms");
	json_t *user_cv = json_pack("{s:s, s:{s:s}, s:[s,s]}", "full_name", "Robin Sample", "contact_info", "email",
				    "robin.sample@example.org", "skills", "Python", "Go");
	const char *upload = text("%s%s", file_part("file", "cv.txt", long_text), FILE_END);
	char base64[2048];
	const struct answer *answers[5];

	sodium_bin2base64(base64, sizeof(base64), (const unsigned char *)long_text, strlen(long_text),
			  sodium_base64_VARIANT_ORIGINAL);
	answers[0] = call_as(&owner, "POST", "/api/cv", json_pack("{s:O}", "resume", sample_cv()));
	answers[1] = call_as(&owner, "POST", "/api/cv", json_pack("{s:s}", "text_content", long_text));
	answers[2] = call("POST", "/api/cv", HEADERS(owner.authorization, FILE_TYPE), upload);
	answers[3] = call_as(&owner, "POST", "/api/cv", json_pack("{s:s}", "file_content", base64));
	answers[4] = call_as(&owner, "POST", "/api/cv", json_pack("{s:o}", "user_cv", user_cv));
	for (int i = 0; i < 5; i++) {
		assert_status(answers[i], 200);
		ck_assert_str_eq(text_at(answers[i], "/code"), "CV_PARSED");
		ck_assert(json_is_true(at(answers[i]->json, "/success")));
		ck_assert(json_is_null(at(answers[i]->json, "/error")));
		ck_assert(json_is_number(at(answers[i]->json, "/parse_time_ms")));
		ck_assert(json_is_array(at(answers[i]->json, "/warnings")));
		ck_assert_str_eq(text_at(answers[i], "/language_detected"), "en");
		ck_assert_str_eq(text_at(answers[i], "/resume/basics/name"), "Robin Sample");
		ck_assert_str_eq(text_at(answers[i], "/resume/basics/email"), "robin.sample@example.org");
		ck_assert_str_eq(text_at(answers[i], "/user_cv/full_name"), "Robin Sample");
	}
	ck_assert(json_equal(at(answers[1]->json, "/resume"), at(answers[2]->json, "/resume")));
	ck_assert(json_equal(at(answers[1]->json, "/resume"), at(answers[3]->json, "/resume")));
}
END_TEST

/* SPEC 2.2: versions, If-Match, exactly one primary CV. */
START_TEST(cvs_are_managed)
{
	struct person owner = person_new("manage");
	const char *first = import_sample_cv(&owner), *second = import_sample_cv(&owner),
		   *path = text("/api/cvs/%s", first);
	const char *body = dumped(json_pack("{s:s}", "text_content", long_text));
	const struct answer *answer;

	answer = call_as(&owner, "GET", "/api/cvs", NULL);
	ck_assert_uint_eq(json_array_size(at(answer->json, "/cvs")), 2);
	answer = call_as(&owner, "GET", path, NULL);
	ck_assert_int_eq(number_at(answer, "/version"), 1);
	ck_assert(json_is_true(at(answer->json, "/is_primary")));
	ck_assert_str_eq(text_at(answer, "/language"), "en");
	ck_assert(json_equal(at(answer->json, "/resume/work"), json_object_get(sample_cv(), "work")));

	answer = call("PUT", path, HEADERS(owner.authorization, JSON_TYPE, "If-Match: \"1\""), body);
	assert_status(answer, 200);
	ck_assert_int_eq(number_at(answer, "/version"), 2);
	answer = call("PUT", path, HEADERS(owner.authorization, JSON_TYPE, "If-Match: \"1\""), body);
	assert_failure(answer, 409, "CONFLICT");
	answer = call_as(&owner, "GET", text("%s/versions", path), NULL);
	ck_assert_uint_eq(json_array_size(at(answer->json, "/versions")), 2);
	ck_assert_int_eq(number_at(answer, "/versions/0/version"), 2);
	answer = call_as(&owner, "GET", text("%s?version=1", path), NULL);
	ck_assert_int_eq(number_at(answer, "/version"), 1);
	ck_assert_ptr_nonnull(at(answer->json, "/resume/work/2"));
	assert_failure(call_as(&owner, "GET", text("%s?version=3", path), NULL), 404, "CV_NOT_FOUND");

	assert_status(call_as(&owner, "POST", text("/api/cvs/%s/primary", second), NULL), 204);
	ck_assert(json_is_false(at(call_as(&owner, "GET", path, NULL)->json, "/is_primary")));
	answer = call_as(&owner, "GET", text("%s/export?format=json", path), NULL);
	ck_assert_str_eq(header_of(answer, "Content-Disposition"), "attachment; filename=\"resume.json\"");
	ck_assert_str_eq(text_at(answer, "/basics/name"), "Robin Sample");
	answer = call_as(&owner, "GET", text("%s/export?format=pdf", path), NULL);
	ck_assert_str_eq(header_of(answer, "Content-Disposition"), "attachment; filename=\"resume.pdf\"");
	ck_assert_int_eq(strncmp(answer->body, "%PDF-", 5), 0);

	assert_status(call_as(&owner, "DELETE", text("/api/cvs/%s", second), NULL), 204);
	assert_failure(call_as(&owner, "DELETE", text("/api/cvs/%s", second), NULL), 404, "CV_NOT_FOUND");
	ck_assert(json_is_true(at(call_as(&owner, "GET", path, NULL)->json, "/is_primary")));
}
END_TEST

/* SPEC 2.4: made on first use of its id, a new posting replaces the old one; lists are searched and paged. */
START_TEST(applications_are_managed)
{
	struct person owner = person_new("apply");
	json_t *body = json_pack("{s:s, s:O}", "application_id", "app-1", "job_posting", sample_posting());
	const struct answer *answer = call_as(&owner, "POST", "/api/applications", json_incref(body));

	assert_status(answer, 201);
	ck_assert_str_eq(text_at(answer, "/stage"), "CREATED");
	assert_status(call_as(&owner, "POST", "/api/applications", body), 200);
	answer = call_as(
	    &owner, "POST", "/api/applications",
	    json_pack("{s:s}", "job_posting",
		      "Data Analyst at Harbour Bank\n\nYou turn payment data into reports.\n\nRequirements\n- SQL\n"));
	assert_status(answer, 201);
	ck_assert(json_is_array(at(answer->json, "/warnings")));

	answer = call_as(&owner, "GET", "/api/applications?limit=1", NULL);
	ck_assert_int_eq(number_at(answer, "/count"), 1);
	ck_assert_str_ne(text_at(answer, "/items/0/application_id"), "app-1");
	answer = call_as(&owner, "GET", text("/api/applications?limit=1&cursor=%s", text_at(answer, "/next_cursor")),
			 NULL);
	ck_assert_str_eq(text_at(answer, "/items/0/application_id"), "app-1");
	ck_assert_ptr_null(at(answer->json, "/next_cursor"));
	answer = call_as(&owner, "GET", "/api/applications?q=tidewater%20SENIOR", NULL);
	ck_assert_int_eq(number_at(answer, "/count"), 1);
	ck_assert_str_eq(text_at(answer, "/items/0/company_name"), "Tidewater Freight");

	answer = call_as(&owner, "GET", "/api/applications/app-1", NULL);
	ck_assert_str_eq(text_at(answer, "/posting/role_title"), "Senior Backend Engineer (Python)");
	assert_status(call_as(&owner, "DELETE", "/api/applications/app-1", NULL), 204);
	assert_failure(call_as(&owner, "GET", "/api/applications/app-1", NULL), 404, "NOT_FOUND");
}
END_TEST

/* ---- reports */

/* Every evidence row quotes what stands at its pointer, in the CV or in an answer (SPEC 2.4). */
static int
walk_evidence(const json_t *matrix, const json_t *resume, const char *answer)
{
	const json_t *row, *item;
	size_t i, j;
	int walked = 0;

	json_array_foreach (matrix, i, row) {
		json_array_foreach (json_object_get(row, "evidence"), j, item) {
			const char *source = json_string_value(json_object_get(item, "source"));
			const char *quoted = json_string_value(json_object_get(item, "text"));
			bool is_answer = strncmp(source, "/gap_responses/", 15) == 0;
			const char *there = is_answer ? answer : json_string_value(at(resume, source));

			ck_assert_msg(there != NULL && strstr(there, quoted) != NULL, "\"%s\" is not at %s", quoted,
				      source);
			walked++;
		}
		ck_assert_int_eq(strcmp(json_string_value(json_object_get(row, "alignment_score")), "MISSING") == 0,
				 json_array_size(json_object_get(row, "evidence")) == 0);
	}
	return walked;
}

START_TEST(a_match_at_once)
{
	struct person owner = person_new("match");
	const char *cv_id = import_sample_cv(&owner);
	const struct answer *cv = call_as(&owner, "GET", text("/api/cvs/%s", cv_id), NULL), *answer;
	double score;

	answer = call_as(&owner, "POST", "/api/match",
			 json_pack("{s:s, s:O}", "cv_id", cv_id, "job_posting", sample_posting()));
	assert_status(answer, 200);
	score = json_number_value(at(answer->json, "/score"));
	ck_assert(score > 0.3 && score <= 1);
	ck_assert_int_ge(walk_evidence(at(answer->json, "/evidence_matrix"), at(cv->json, "/resume"), ""), 5);

	assert_status(call_as(&owner, "POST", "/api/applications",
			      json_pack("{s:s, s:O}", "application_id", "app-1", "job_posting", sample_posting())),
		      201);
	answer = call_as(&owner, "POST", "/api/match", json_pack("{s:s}", "application_id", "app-1"));
	assert_status(answer, 200);
	ck_assert_double_eq(json_number_value(at(answer->json, "/score")), score);
}
END_TEST

/* V-3, V-6, and the result link: the body of the specification gets 202, then COMPLETED with a link that needs nothing
 * else. */
START_TEST(a_report_the_whole_way)
{
	struct person owner = person_new("report");
	const char *cv_id = import_sample_cv(&owner), *job_id;
	const struct answer *cv = call_as(&owner, "GET", text("/api/cvs/%s", cv_id), NULL);
	const struct answer *submitted, *status, *result, *stored, *list;
	char checksum[CVP_SHA256_HEX];

	submitted = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", ANY_ANSWER));
	assert_status(submitted, 202);
	ck_assert_str_eq(text_at(submitted, "/status"), "PENDING");
	ck_assert_ptr_nonnull(text_at(submitted, "/message"));
	job_id = text_at(submitted, "/job_id");
	ck_assert_str_eq(path_of(text_at(submitted, "/status_url")), text("/api/vpr/status/%s", job_id));

	status = await_job(&owner, job_id, "COMPLETED");
	ck_assert_ptr_nonnull(text_at(status, "/started_at"));
	ck_assert_ptr_nonnull(text_at(status, "/completed_at"));
	ck_assert_int_eq(number_at(status, "/vpr_version"), 1);
	ck_assert_int_ge(number_at(status, "/word_count"), 100);
	ck_assert_ptr_nonnull(at(status->json, "/token_usage/model"));
	ck_assert(json_equal(at(call_as(&owner, "GET", text("/api/jobs/%s", job_id), NULL)->json, "/status"),
			     at(status->json, "/status")));

	result = call("GET", path_of(text_at(status, "/result_url")), NO_HEADERS, NULL);
	assert_status(result, 200);
	stored = call_as(&owner, "GET", "/api/applications/app-1/vprs/latest", NULL);
	assert_status(stored, 200);
	ck_assert(json_equal(result->json, stored->json));
	ck_assert_str_eq(text_at(result, "/application_id"), "app-1");
	ck_assert_str_eq(text_at(result, "/user_id"), owner.user_id);
	ck_assert_int_eq(number_at(result, "/word_count"), number_at(status, "/word_count"));
	ck_assert_int_ge(walk_evidence(at(result->json, "/evidence_matrix"), at(cv->json, "/resume"), ANY_ANSWER), 3);

	list = call_as(&owner, "GET", "/api/applications/app-1/vprs", NULL);
	ck_assert_int_eq(number_at(list, "/count"), 1);
	cvp_canonical_sha256(result->json, checksum);
	ck_assert_str_eq(text_at(list, "/items/0/checksum"), checksum);
	ck_assert(json_is_true(at(list->json, "/items/0/verified")));
	ck_assert_str_eq(text_at(call_as(&owner, "GET", "/api/applications/app-1", NULL), "/stage"), "READY");
	assert_status(call_as(&owner, "GET", "/api/vpr/status", NULL), 400);
}
END_TEST

/* sig = base64url HMAC-SHA256 of job_id|exp under the stack's own key (SPEC 5.4). */
static const char *
signed_path(const char *job_id, long long exp)
{
	const char *hex = file_text(text("%s/keys/link.key", setting("STACK_DIR")));
	const char *message = text("%s|%lld", job_id, exp);
	unsigned char key[crypto_auth_hmacsha256_KEYBYTES], mac[crypto_auth_hmacsha256_BYTES];
	char signature[64];
	size_t length;

	ck_assert_int_eq(sodium_hex2bin(key, sizeof(key), hex, 2 * sizeof(key), NULL, &length, NULL), 0);
	ck_assert_uint_eq(length, sizeof(key));
	crypto_auth_hmacsha256(mac, (const unsigned char *)message, strlen(message), key);
	sodium_bin2base64(signature, sizeof(signature), mac, sizeof(mac), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return text("/api/vpr/results/%s?exp=%lld&sig=%s", job_id, exp, signature);
}

START_TEST(result_links_are_signed_and_end)
{
	struct person owner = person_new("links");
	const char *link, *job_id;
	const struct answer *status;
	char *forged;

	import_sample_cv(&owner);
	status = finished_report(&owner, "app-1");
	job_id = text_at(status, "/job_id");
	link = path_of(text_at(status, "/result_url"));
	assert_status(call("GET", link, NO_HEADERS, NULL), 200);
	assert_status(call("GET", signed_path(job_id, 4102444800), NO_HEADERS, NULL), 200);
	forged = strdup(link);
	forged[strlen(forged) - 5] ^= 1;
	assert_failure(call("GET", forged, NO_HEADERS, NULL), 403, "SIGNATURE_INVALID");
	free(forged);
	assert_failure(call("GET", text("/api/vpr/results/%s", job_id), NO_HEADERS, NULL), 403, "SIGNATURE_INVALID");
	assert_failure(call("GET", text("%s0", signed_path(job_id, 4102444800)), NO_HEADERS, NULL), 403,
		       "SIGNATURE_INVALID");
	assert_failure(call("GET", signed_path(job_id, 1600000000), NO_HEADERS, NULL), 410, "RESULT_GONE");
	assert_status(call("GET", signed_path("no-such-job", 4102444800), NO_HEADERS, NULL), 404);
}
END_TEST

/* SPEC 5.2: equal input is the same job; new answers after completion are the next version. */
START_TEST(equal_reports_are_one)
{
	struct person owner = person_new("equal");
	const char *longer = ANY_ANSWER " I also led the move from virtual machines.";
	const struct answer *status, *again, *other;

	import_sample_cv(&owner);
	status = finished_report(&owner, "app-1");
	again = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", ANY_ANSWER));
	assert_status(again, 200);
	ck_assert_str_eq(text_at(again, "/job_id"), text_at(status, "/job_id"));
	ck_assert_str_eq(text_at(again, "/status"), "COMPLETED");
	assert_status(call("GET", path_of(text_at(again, "/result_url")), NO_HEADERS, NULL), 200);

	other = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", longer));
	assert_status(other, 202);
	ck_assert_str_ne(text_at(other, "/job_id"), text_at(status, "/job_id"));
	status = await_job(&owner, text_at(other, "/job_id"), "COMPLETED");
	ck_assert_int_eq(number_at(status, "/vpr_version"), 2);
	ck_assert_int_eq(number_at(call_as(&owner, "GET", "/api/applications/app-1/vprs", NULL), "/count"), 2);
	ck_assert_int_eq(number_at(call_as(&owner, "GET", "/api/jobs", NULL), "/count"), 2);
}
END_TEST

/* A new version of the CV is other input, and an Idempotency-Key stands in for the application (SPEC 5.2). */
START_TEST(what_makes_a_job_another_one)
{
	struct person owner = person_new("digest");
	const char *cv_id = import_sample_cv(&owner), *first = submit_report(&owner, "app-1");
	json_t *request = report_request(&owner, "app-1", ANY_ANSWER);
	const char *body = dumped(json_incref(request));
	const char *const *headers = HEADERS(owner.authorization, JSON_TYPE, "Idempotency-Key: mine-1");
	const struct answer *keyed, *again;

	await_job(&owner, first, "COMPLETED");
	keyed = call("POST", "/api/vpr", headers, body);
	assert_status(keyed, 202);
	again = call("POST", "/api/vpr", headers, body);
	assert_status(again, 200);
	ck_assert_str_eq(text_at(again, "/job_id"), text_at(keyed, "/job_id"));
	await_job(&owner, text_at(keyed, "/job_id"), "COMPLETED");

	assert_status(call_as(&owner, "PUT", text("/api/cvs/%s", cv_id), json_pack("{s:s}", "text_content", long_text)),
		      200);
	assert_status(call_as(&owner, "POST", "/api/vpr", request), 202);
}
END_TEST

/* V-3: accepted without a CV, ended as FAILED. */
START_TEST(no_cv_no_report)
{
	struct person owner = person_new("nocv");
	const struct answer *status = await_job(&owner, submit_report(&owner, "app-1"), "FAILED");

	ck_assert_str_eq(text_at(status, "/code"), "CV_NOT_FOUND");
	ck_assert_ptr_nonnull(text_at(status, "/error"));
	ck_assert_ptr_nonnull(text_at(status, "/completed_at"));
	ck_assert_ptr_null(at(status->json, "/result_url"));
	import_sample_cv(&owner);
	finished_report(&owner, "app-1"); /* FAILED frees the key */
}
END_TEST

START_TEST(reports_are_exported_and_deleted)
{
	static const struct {
		const char *format, *type, *begin;
	} formats[] = {
		{ "json", "application/json; charset=utf-8", "{" },
		{ "md", "text/markdown; charset=utf-8", "#" },
		{ "html", "text/html; charset=utf-8", "<!doctype html>" },
		{ "pdf", "application/pdf", "%PDF-" },
		{ "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK" },
	};
	struct person owner = person_new("export");
	const struct answer *answer;

	import_sample_cv(&owner);
	finished_report(&owner, "app-1");
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		answer = call_as(&owner, "GET",
				 text("/api/applications/app-1/vprs/1/export?format=%s", formats[i].format), NULL);
		assert_status(answer, 200);
		ck_assert_str_eq(header_of(answer, "Content-Type"), formats[i].type);
		ck_assert_str_eq(header_of(answer, "Content-Disposition"),
				 text("attachment; filename=\"report.%s\"", formats[i].format));
		ck_assert_int_eq(strncasecmp(answer->body, formats[i].begin, strlen(formats[i].begin)), 0);
		ck_assert(i > 2 || strstr(answer->body, "Tidewater Freight") != NULL);
	}
	assert_status(call_as(&owner, "DELETE", "/api/applications/app-1/vprs/1", NULL), 204);
	assert_failure(call_as(&owner, "GET", "/api/applications/app-1/vprs/1", NULL), 404, "NOT_FOUND");
	ck_assert_int_eq(number_at(call_as(&owner, "GET", "/api/applications/app-1/vprs", NULL), "/count"), 0);
}
END_TEST

/* ---- what every answer has */

START_TEST(entity_tags_and_request_ids)
{
	struct person owner = person_new("tags");
	const char *path = "/api/applications/app-1/vprs/1", *known;
	const struct answer *answer;

	import_sample_cv(&owner);
	finished_report(&owner, "app-1");
	answer = call("GET", path, HEADERS(owner.authorization, "X-Request-Id: mine-77"), NULL);
	ck_assert_str_eq(header_of(answer, "X-Request-Id"), "mine-77");
	ck_assert_str_eq(header_of(answer, "X-Content-Type-Options"), "nosniff");
	ck_assert_str_eq(header_of(answer, "Access-Control-Allow-Origin"), "*");
	ck_assert_ptr_null(header_of(answer, "Access-Control-Allow-Credentials"));
	known = text("If-None-Match: %s", header_of(answer, "ETag"));
	answer = call("GET", path, HEADERS(owner.authorization, known), NULL);
	assert_status(answer, 304);
	ck_assert_uint_eq(answer->length, 0);
	ck_assert_uint_eq(strlen(header_of(answer, "X-Request-Id")), 36);
	answer = call("GET", path, HEADERS(owner.authorization, "If-None-Match: W/\"0123\""), NULL);
	assert_status(answer, 200);
	answer = call("HEAD", path, HEADERS(owner.authorization), NULL);
	assert_status(answer, 200);
	ck_assert_uint_eq(answer->length, 0);
}
END_TEST

/* A status that has not changed is 304 while the job waits: what a poller asks most. */
START_TEST(an_unchanged_status_is_304)
{
	struct person owner = person_new("poll");
	const char *path, *known;
	const struct answer *answer;

	stack("stop", "worker", AS_IT_IS);
	path = text("/api/vpr/status/%s", submit_report(&owner, "app-1"));
	answer = call_as(&owner, "GET", path, NULL);
	assert_status(answer, 202);
	ck_assert_str_eq(header_of(answer, "Retry-After"), "5");
	ck_assert_str_eq(text_at(answer, "/progress/stage"), "queued");
	ck_assert_int_eq(number_at(answer, "/progress/percent"), 0);
	known = text("If-None-Match: %s", header_of(answer, "ETag"));
	assert_status(call("GET", path, HEADERS(owner.authorization, known), NULL), 304);
	stack("start", "worker", AS_IT_IS);
	await_job(&owner, strrchr(path, '/') + 1, "FAILED");
	assert_status(call("GET", path, HEADERS(owner.authorization, known), NULL), 200);
}
END_TEST

static void
start_worker(void)
{
	stack("start", "worker", AS_IT_IS);
}

/* V-8: what is installed describes itself. */
START_TEST(health_and_description)
{
	static const char *const routes[] = { "/api/vpr",
					      "/api/vpr/status/{job_id}",
					      "/api/cv",
					      "/api/applications",
					      "/api/applications/{application_id}/vprs/{version}",
					      "/api/account",
					      "/api/match",
					      "/health" };
	const struct answer *answer = call("GET", "/health", NO_HEADERS, NULL);

	assert_status(answer, 200);
	ck_assert_str_eq(answer->body, "{\"status\":\"ok\"}");
	ck_assert_str_eq(call("GET", "/health/db", NO_HEADERS, NULL)->body, "{\"ok\":true}");
	answer = call("GET", "/openapi.json", NO_HEADERS, NULL);
	assert_status(answer, 200);
	ck_assert_int_eq(strncmp(text_at(answer, "/openapi"), "3.", 2), 0);
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		ck_assert_msg(json_object_get(at(answer->json, "/paths"), routes[i]) != NULL, "%s is not described",
			      routes[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("api");
	TCase *accounts = tcase_create("accounts"), *documents = tcase_create("documents"),
	      *reports = tcase_create("reports");

	tcase_set_timeout(accounts, 60);
	tcase_add_test(accounts, an_account_by_cookie);
	tcase_add_test(accounts, signing_in_again);
	tcase_add_test(accounts, tokens_are_made_and_revoked);
	suite_add_tcase(suite, accounts);
	tcase_set_timeout(documents, 60);
	tcase_add_test(documents, every_form_of_a_cv);
	tcase_add_test(documents, cvs_are_managed);
	tcase_add_test(documents, applications_are_managed);
	tcase_add_test(documents, health_and_description);
	suite_add_tcase(suite, documents);
	tcase_set_timeout(reports, 60);
	tcase_add_unchecked_fixture(reports, NULL, start_worker);
	tcase_add_test(reports, a_match_at_once);
	tcase_add_test(reports, a_report_the_whole_way);
	tcase_add_test(reports, result_links_are_signed_and_end);
	tcase_add_test(reports, equal_reports_are_one);
	tcase_add_test(reports, what_makes_a_job_another_one);
	tcase_add_test(reports, no_cv_no_report);
	tcase_add_test(reports, reports_are_exported_and_deleted);
	tcase_add_test(reports, entity_tags_and_request_ids);
	tcase_add_test(reports, an_unchanged_status_is_304);
	suite_add_tcase(suite, reports);
	return run_suite(suite);
}
