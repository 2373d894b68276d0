/* The operator: what was given up and why, putting it back, cancelling, by command, API and page (SPEC 5.1, V-7). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stack.h"
#include "steps.h"

#define WORDS(...)                                                                                                     \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}

static void
as_before(void)
{
	sql("ALTER TABLE IF EXISTS cv_versions_away RENAME TO cv_versions");
	stack("restart", "worker", AS_IT_IS);
}

/* What the command prints; it must succeed. */
static const char *
must_say(const char *const *words)
{
	int status;
	const char *said = careervp(words, &status);

	ck_assert_msg(status == 0, "%s", said);
	return said;
}

static void
assert_holds(const char *said, const char *part)
{
	ck_assert_msg(strstr(said, part) != NULL, "no %s in: %s", part, said);
}

/* A job whose three attempts have failed for a reason that passes: a table was away. */
static const char *
dead_letter(const struct person *owner, const char *application_id)
{
	const char *job_id;

	stack("restart", "worker", WITH("JOB_BACKOFF_SECONDS=0"));
	sql("ALTER TABLE cv_versions RENAME TO cv_versions_away");
	job_id = submit_report(owner, application_id);
	await_job(owner, job_id, "FAILED");
	sql("ALTER TABLE cv_versions_away RENAME TO cv_versions");
	return job_id;
}

static struct person
operator(void)
{
	struct person person = person_new("operator");

	must_say(WORDS("user", "grant", person.user_id, "admin"));
	return person;
}

/* V-7: after three transient failures a dead letter with the history of all, and a requeue finishes it. */
START_TEST(a_dead_letter_is_put_back_and_finishes)
{
	struct person owner = person_new("given-up");
	const struct answer *status;
	const char *job_id, *shown;

	import_sample_cv(&owner);
	job_id = dead_letter(&owner, "app-1");
	assert_holds(must_say(WORDS("jobs", "dead")), job_id);
	shown = must_say(WORDS("jobs", "show", job_id));
	for (int attempt = 1; attempt <= 3; attempt++)
		assert_holds(shown, text("\"attempt\": %d", attempt));
	assert_holds(shown, "DATABASE_ERROR");
	assert_holds(must_say(WORDS("jobs", "retry", job_id)), job_id);
	status = await_job(&owner, job_id, "COMPLETED");
	ck_assert_int_eq(number_at(status, "/vpr_version"), 1);
	ck_assert_ptr_null(strstr(must_say(WORDS("jobs", "dead")), job_id));
	ck_assert_int_eq(sql_number("SELECT attempts FROM jobs WHERE job_id = '%s'", job_id), 1);
}
END_TEST

/* Seconds until the job, back in the queue after so many attempts, is due. */
static long long
due_after(const char *job_id, int attempts)
{
	double end = deadline(20);

	while (sql_number("SELECT count(*) FROM queue WHERE job_id = '%s' AND attempts = %d AND lease_token IS NULL",
			  job_id, attempts) == 0 &&
	       !has_passed(end))
		nap();
	return sql_number("SELECT round(extract(epoch FROM run_at - now())) FROM queue WHERE job_id = '%s'", job_id);
}

/* V-7: three transient failures, 10 and 40 s apart, make a dead letter. */
START_TEST(attempts_are_ten_and_forty_seconds_apart)
{
	struct person owner = person_new("patient");
	const char *job_id;
	long long first, second;

	import_sample_cv(&owner);
	stack("restart", "worker", AS_IT_IS);
	sql("ALTER TABLE cv_versions RENAME TO cv_versions_away");
	job_id = submit_report(&owner, "app-1");
	first = due_after(job_id, 1);
	sql("UPDATE queue SET run_at = now() WHERE job_id = '%s'", job_id);
	second = due_after(job_id, 2);
	sql("UPDATE queue SET run_at = now() WHERE job_id = '%s'", job_id);
	await_job(&owner, job_id, "FAILED");
	sql("ALTER TABLE cv_versions_away RENAME TO cv_versions");
	ck_assert_msg(first >= 8 && first <= 10, "%lld s before the second attempt", first);
	ck_assert_msg(second >= 38 && second <= 40, "%lld s before the third attempt", second);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM jobs WHERE job_id = '%s' AND dead_at IS NOT NULL", job_id),
			 1);
}
END_TEST

START_TEST(a_key_taken_again_stays_where_it_is)
{
	struct person owner = person_new("taken");
	const char *job_id, *said;
	int status;

	import_sample_cv(&owner);
	job_id = dead_letter(&owner, "app-1");
	finished_report(&owner, "app-1");
	said = careervp(WORDS("jobs", "retry", job_id), &status);
	ck_assert_int_eq(status, 1);
	assert_holds(said, "CONFLICT");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM jobs WHERE job_id = '%s' AND dead_at IS NOT NULL", job_id),
			 1);
}
END_TEST

START_TEST(the_queue_is_shown_and_emptied)
{
	struct person owner = person_new("waiting");
	const char *job_id, *stats;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	job_id = submit_report(&owner, "app-1");
	assert_holds(must_say(WORDS("jobs", "list")), job_id);
	stats = must_say(WORDS("jobs", "stats"));
	assert_holds(stats, "oldest_seconds");
	assert_holds(must_say(WORDS("jobs", "cancel", job_id)), "cancelled");
	ck_assert_ptr_null(strstr(must_say(WORDS("jobs", "list", "waiting")), job_id));
	ck_assert_str_eq(text_at(await_job(&owner, job_id, "FAILED"), "/code"), "CANCELLED");
}
END_TEST

/* A probe that no worker takes says so, and leaves nothing behind. */
START_TEST(a_probe_tells_that_nobody_works)
{
	const char *said;
	int status;

	stack("stop", "worker", AS_IT_IS);
	said = careervp(WORDS("jobs", "probe"), &status);
	ck_assert_int_eq(status, 1);
	assert_holds(said, "TIMEOUT: No worker took the job within 10 s.");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM queue WHERE kind = 'probe'"), 0);
	ck_assert_int_ge(sql_number("SELECT count(*) FROM jobs WHERE kind = 'probe' AND user_id = 'system' AND"
				    " code = 'CANCELLED'"),
			 1);
}
END_TEST

START_TEST(wrong_words_are_told)
{
	static const char *const usage[][3] = {
		{ "jobs", NULL }, { "jobs", "show", NULL }, { "jobs", "wait", NULL }, { "user", "grant", NULL }
	};
	int status;

	for (size_t i = 0; i < sizeof(usage) / sizeof(usage[0]); i++) {
		assert_holds(careervp(usage[i], &status), "usage: careervp ");
		ck_assert_int_eq(status, 2);
	}
	assert_holds(careervp(WORDS("jobs", "show", "nobody"), &status), "JOB_NOT_FOUND");
	ck_assert_int_eq(status, 1);
	assert_holds(careervp(WORDS("jobs", "retry", "nobody"), &status), "JOB_NOT_FOUND");
	ck_assert_int_eq(status, 1);
	assert_holds(careervp(WORDS("jobs", "list", "lost"), &status), "INVALID_INPUT");
	ck_assert_int_eq(status, 1);
	assert_holds(careervp(WORDS("user", "grant", "nobody-at-all", "admin"), &status), "NOT_FOUND");
	ck_assert_int_eq(status, 1);
}
END_TEST

/* LOG_LEVEL holds for the command and the worker as for the programs. */
START_TEST(the_command_logs_as_it_is_told)
{
	const char *schema = text("quiet-%s", unique());
	int status;

	setenv("DB_SCHEMA", schema, 1); /* each test is a process of its own */
	setenv("LOG_LEVEL", "error", 1);
	ck_assert_ptr_null(strstr(careervp(WORDS("migrate"), &status), "\"event\""));
	ck_assert_int_eq(status, 0);
	sql("DROP SCHEMA \"%s\" CASCADE", schema);
}
END_TEST

/* Another's job is an operator's to see, but not what it holds. */
START_TEST(the_api_serves_operators)
{
	struct person owner = person_new("owner"), boss = operator();
	const struct answer *answer;
	const char *job_id;

	import_sample_cv(&owner);
	job_id = dead_letter(&owner, "app-1");
	answer = call_as(&boss, "GET", "/api/admin/jobs?state=dead&limit=100", NULL);
	assert_status(answer, 200);
	assert_holds(answer->body, job_id);
	ck_assert_int_ge(number_at(answer, "/stats/dead"), 1);
	answer = call_as(&boss, "GET", text("/api/admin/jobs/%s", job_id), NULL);
	assert_status(answer, 200);
	ck_assert_int_eq((int)json_array_size(at(answer->json, "/errors")), 3);
	ck_assert_ptr_null(at(answer->json, "/input_data"));
	assert_status(call_as(&boss, "POST", text("/api/admin/jobs/%s/requeue", job_id), NULL), 200);
	await_job(&owner, job_id, "COMPLETED");
	assert_status(call_as(&boss, "POST", text("/api/admin/jobs/%s/requeue", job_id), NULL), 404);
	assert_status(call_as(&boss, "DELETE", text("/api/admin/jobs/%s", job_id), NULL), 204);
	assert_status(call_as(&owner, "GET", text("/api/jobs/%s", job_id), NULL), 404);
	answer = call_as(&boss, "GET", "/api/admin/jobs?state=lost", NULL);
	assert_failure(answer, 400, "INVALID_INPUT");
}
END_TEST

START_TEST(nobody_else_is_served)
{
	static const char *const calls[][2] = { { "GET", "/api/admin/jobs" },
						{ "GET", "/api/admin/jobs/x" },
						{ "POST", "/api/admin/jobs/x/requeue" },
						{ "DELETE", "/api/admin/jobs/x" },
						{ "POST", "/api/admin/llm/ping" },
						{ "GET", "/admin" } };
	struct person candidate = person_new("candidate");

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		assert_failure(call_as(&candidate, calls[i][0], calls[i][1], NULL), 403, "FORBIDDEN");
		assert_failure(call(calls[i][0], calls[i][1], NO_HEADERS, NULL), 401, "UNAUTHORIZED");
	}
}
END_TEST

START_TEST(the_page_lists_and_its_button_works)
{
	struct person owner = person_new("paged"), boss = operator();
	const char *job_id;
	const struct answer *page;

	import_sample_cv(&owner);
	job_id = dead_letter(&owner, "app-1");
	page = call("GET", "/admin", HEADERS(boss.authorization, HTML), NULL);
	assert_status(page, 200);
	assert_holds(page->body, job_id);
	assert_holds(page->body, "value=\"requeue\"");
	page = call("POST", "/admin", HEADERS(boss.authorization, HTML, FORM_TYPE),
		    text("_action=requeue&job_id=%s", job_id));
	assert_status(page, 303);
	await_job(&owner, job_id, "COMPLETED");
	page = call("POST", "/admin", HEADERS(boss.authorization, HTML, FORM_TYPE),
		    text("_action=requeue&job_id=%s", job_id));
	assert_status(page, 404);
	assert_status(call("POST", "/admin", HEADERS(boss.authorization, HTML, FORM_TYPE), "_action=dance&job_id=x"),
		      400);
}
END_TEST

/* With the built-in engine there is no model to ask, and the worker says so. */
START_TEST(without_a_model_none_is_asked)
{
	struct person boss = operator();
	const struct answer *answer = call_as(&boss, "POST", "/api/admin/llm/ping", NULL), *page;

	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/provider"), "builtin");
	ck_assert(json_is_false(at(answer->json, "/has_model")));
	ck_assert_uint_eq(json_array_size(at(answer->json, "/models")), 0);
	page = call("POST", "/admin", HEADERS(boss.authorization, HTML, FORM_TYPE), "_action=ping");
	assert_status(page, 303);
	page = call("GET", header_of(page, "Location"), HEADERS(boss.authorization, HTML), NULL);
	assert_status(page, 200);
	assert_holds(page->body, "No model is configured");
	page = call("GET", "/admin?strategic=long-gone&template=long-gone", HEADERS(boss.authorization, HTML), NULL);
	assert_status(page, 200);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("admin");
	TCase *tcase = tcase_create("admin");

	tcase_add_unchecked_fixture(tcase, NULL, as_before);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_dead_letter_is_put_back_and_finishes);
	tcase_add_test(tcase, attempts_are_ten_and_forty_seconds_apart);
	tcase_add_test(tcase, a_key_taken_again_stays_where_it_is);
	tcase_add_test(tcase, the_queue_is_shown_and_emptied);
	tcase_add_test(tcase, a_probe_tells_that_nobody_works);
	tcase_add_test(tcase, wrong_words_are_told);
	tcase_add_test(tcase, the_command_logs_as_it_is_told);
	tcase_add_test(tcase, the_api_serves_operators);
	tcase_add_test(tcase, nobody_else_is_served);
	tcase_add_test(tcase, the_page_lists_and_its_button_works);
	tcase_add_test(tcase, without_a_model_none_is_asked);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
