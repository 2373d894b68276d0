/* RATE_LIMITS=1: token buckets, what they cost and what costs nothing, and what a refused caller is told (SPEC 3). */
#include <stdlib.h>
#include <string.h>

#include "stack.h"
#include "steps.h"

#define SUBMITS     3
#define GENERATIONS 3
#define SIGN_INS    5

static void
limits_on(void)
{
	stack("restart", PROGRAMS,
	      WITH("RATE_LIMITS=1", "RATE_SUBMIT_BURST=3", "RATE_SUBMIT_PER_SECOND=1", "RATE_GENERATION_BURST=3",
		   "RATE_GENERATION_PER_MINUTE=10", "RATE_SIGNIN_PER_MINUTE=5"));
}

static void
limits_off(void)
{
	stack("restart", PROGRAMS, AS_IT_IS);
}

static long
header_number(const struct answer *answer, const char *name)
{
	const char *value = header_of(answer, name);
	char *end;
	long number;

	ck_assert_msg(value != NULL, "no header %s: %s", name, answer->headers);
	number = strtol(value, &end, 10);
	ck_assert_msg(end != value && *end == '\0', "%s: %s", name, value);
	return number;
}

static void
assert_refused(const struct answer *answer, int limit)
{
	assert_failure(answer, 429, "RATE_LIMIT_EXCEEDED");
	ck_assert_int_eq(header_number(answer, "X-RateLimit-Limit"), limit);
	ck_assert_int_eq(header_number(answer, "X-RateLimit-Remaining"), 0);
	ck_assert_int_ge(header_number(answer, "X-RateLimit-Reset"), 1);
	ck_assert_int_ge(header_number(answer, "Retry-After"), 1);
}

static const struct answer *
submit(const struct person *person, int i)
{
	return call_as(person, "POST", "/api/vpr", report_request(person, text("app-%d", i), ANY_ANSWER));
}

/* Submits until one is refused; the number of the refused one. */
static int
submits_until_refused(const struct person *person, const struct answer **refused)
{
	for (int i = 0; i < 60; i++) {
		*refused = submit(person, i);
		if ((*refused)->status == 429)
			return i;
		ck_assert_msg((*refused)->status / 100 == 2, "status %ld", (*refused)->status);
	}
	ck_abort_msg("nothing was refused");
	return 0;
}

/* submit: a burst, then one a second; the refused submit leaves nothing behind and works when its time has come. */
START_TEST(submits_are_limited)
{
	struct person owner = person_new("submits"), other = person_new("other");
	const struct answer *answer;
	double end;
	int refused;

	answer = submit(&owner, 1000);
	ck_assert_int_eq(header_number(answer, "X-RateLimit-Limit"), SUBMITS);
	ck_assert_int_eq(header_number(answer, "X-RateLimit-Remaining"), SUBMITS - 1);
	ck_assert_ptr_null(header_of(answer, "Retry-After"));
	refused = submits_until_refused(&owner, &answer);
	assert_refused(answer, SUBMITS);
	ck_assert_int_le(header_number(answer, "Retry-After"), 1);
	assert_failure(call_as(&owner, "GET", text("/api/applications/app-%d", refused), NULL), 404, "NOT_FOUND");
	assert_status(submit(&other, 0), 202); /* a bucket is one user's */
	for (end = deadline(10); (answer = submit(&owner, refused))->status == 429 && !has_passed(end);)
		nap();
	assert_status(answer, 202);
}
END_TEST

/* SPEC 3: a submit spends its token only when it makes a job. */
START_TEST(duplicates_cost_nothing)
{
	struct person owner = person_new("duplicates");
	const struct answer *answer;

	stack("stop", "worker", AS_IT_IS);
	assert_status(submit(&owner, 0), 202);
	for (int i = 0; i < 4 * SUBMITS; i++) {
		assert_status(submit(&owner, 0), 200);
		answer = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-0", "Another " ANY_ANSWER));
		assert_failure(answer, 409, "CONFLICT");
	}
	assert_status(submit(&owner, 1), 202);
	assert_status(submit(&owner, 2), 202);
	submits_until_refused(&owner, &answer);
	assert_status(submit(&owner, 0), 200); /* even where there is no token left */
}
END_TEST

static void
start_worker(void)
{
	stack("start", "worker", AS_IT_IS);
}

/* generation: CV imports and matches share a bucket. */
START_TEST(generations_are_limited)
{
	struct person owner = person_new("generations"), other = person_new("other");
	const struct answer *answer = NULL;
	int done = 0;

	while (done < 20) {
		answer = call_as(&owner, "POST", "/api/cv", json_pack("{s:O}", "resume", sample_cv()));
		if (answer->status == 429)
			break;
		assert_status(answer, 200);
		ck_assert_int_le(header_number(answer, "X-RateLimit-Remaining"), GENERATIONS - 1);
		done++;
	}
	ck_assert_int_ge(done, GENERATIONS);
	ck_assert_int_le(done, GENERATIONS + 1);
	assert_refused(answer, GENERATIONS);
	ck_assert_int_le(header_number(answer, "Retry-After"), 6);
	answer = call_as(&owner, "POST", "/api/match", json_pack("{s:O}", "job_posting", sample_posting()));
	assert_refused(answer, GENERATIONS);
	import_sample_cv(&other);
}
END_TEST

/* Reading, polling and health are free. */
START_TEST(reading_is_free)
{
	struct person owner = person_new("reader");
	const char *path = text("/api/vpr/status/%s", text_at(submit(&owner, 0), "/job_id"));

	for (int i = 0; i < 100; i++) {
		const struct answer *answer = call_as(&owner, "GET", path, NULL);

		ck_assert_msg(answer->status == 200 || answer->status == 202, "status %ld", answer->status);
		ck_assert_ptr_null(header_of(answer, "X-RateLimit-Limit"));
		assert_status(call("GET", "/health", NO_HEADERS, NULL), 200);
	}
}
END_TEST

/* Sign-in and registration: five a minute for an address, whoever is named; the right password does not help then. */
START_TEST(sign_ins_are_limited)
{
	const char *body = text("{\"email\": \"guess.%s@example.org\", \"password\": \"a long password\"}", unique());
	const struct answer *answer = NULL;
	int tried = 0;

	sql("DELETE FROM rate_buckets WHERE class = 'signin'");
	assert_status(call("POST", "/api/account", HEADERS(JSON_TYPE), body), 201);
	for (tried = 1; tried < 20; tried++) {
		answer = call("POST", "/api/session", HEADERS(JSON_TYPE),
			      "{\"email\": \"someone@example.org\", \"password\": \"a wrong password\"}");
		if (answer->status == 429)
			break;
		assert_failure(answer, 401, "UNAUTHORIZED");
	}
	ck_assert_int_eq(tried, SIGN_INS);
	assert_refused(answer, SIGN_INS);
	ck_assert_int_le(header_number(answer, "Retry-After"), 12);
	assert_refused(call("POST", "/api/session", HEADERS(JSON_TYPE), body), SIGN_INS);
	sql("DELETE FROM rate_buckets WHERE class = 'signin'");
	assert_status(call("POST", "/api/session", HEADERS(JSON_TYPE), body), 200);
}
END_TEST

/* Nobody's name stands in the buckets. */
START_TEST(buckets_are_anonymous)
{
	struct person owner = person_new("anonymous");

	import_sample_cv(&owner);
	ck_assert_int_gt(sql_number("SELECT count(*) FROM rate_buckets"), 0);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM rate_buckets WHERE subject !~ '^[0-9a-f]{64}$'"), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rates");
	TCase *rates = tcase_create("rates");

	tcase_set_timeout(rates, 60);
	tcase_add_unchecked_fixture(rates, limits_on, limits_off);
	tcase_add_unchecked_fixture(rates, NULL, start_worker);
	tcase_add_test(rates, submits_are_limited);
	tcase_add_test(rates, duplicates_cost_nothing);
	tcase_add_test(rates, generations_are_limited);
	tcase_add_test(rates, reading_is_free);
	tcase_add_test(rates, sign_ins_are_limited);
	tcase_add_test(rates, buckets_are_anonymous);
	suite_add_tcase(suite, rates);
	return run_suite(suite);
}
