/* Many jobs and a model that is slow to answer (SPEC 5.1, V-9): submits are not kept waiting, and never more questions
 * are open than allowed, of a worker or of all; counted by the server, bench/inflight.mjs. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "crowd.h"
#include "mock.h"
#include "stack.h"
#include "steps.h"

#define TEST_SECONDS       240
#define LONG               30 /* seconds that the model takes over a long answer */
#define CONCURRENCY        60
#define QUICKLY            3.0
#define GENERATION         90 /* seconds: the p95 allowed */
#define SHARED_JOBS        60
#define SHARED             7
#define FEW_JOBS           12
#define FEW                3

#define NUMBER(value)      NUMBER_TEXT(value)
#define NUMBER_TEXT(value) #value

/* What the server tells of its questions: open now, open at most since this was last asked with DELETE. */
static long long
counted(const char *method, const char *which)
{
	const struct answer *answer = call(method, text("%s/open", setting("LATE_URL")), NO_HEADERS, NULL);

	assert_status(answer, 200);
	return number_at(answer, which);
}

/* A worker whose model answers after so many seconds. */
static void
restart_late_worker(double seconds, const char *model, const char *extra)
{
	restart_worker_at(OPENAI, text("%s/after/%g/v1", setting("LATE_URL"), seconds), model, extra);
	counted("DELETE", "/most");
}

static void
await_all(const struct person *person, double seconds)
{
	double end = deadline(seconds);

	while (queue_of(person, "true") > 0 && !has_passed(end))
		nap();
	ck_assert_int_eq(queue_of(person, "true"), 0);
}

static void
assert_all_written(const struct person *person, const char *model, long long count)
{
	assert_each_once(person, count);
	ck_assert_int_eq(jobs_of(person, text("token_usage->>'model' = '%s'", model)), count);
}

/* V-9: 100 parallel submits are answered 202 in under 3 seconds beside a generation of over 29; the p95 of all
 * generations is under 90 s; no more than WORKER_CONCURRENCY questions are ever open. */
START_TEST(submits_do_not_wait_for_the_model)
{
	struct person person = person_new("crowd");
	const char *model = text("late-%s", unique());
	double begun, seconds;
	const char *first;
	long long most, p95;

	import_sample_cv(&person);
	restart_late_worker(LONG, model, "WORKER_CONCURRENCY=" NUMBER(CONCURRENCY));
	first = submit_report(&person, "long");
	for (double end = deadline(20); counted("GET", "/open") == 0 && !has_passed(end);)
		nap();
	begun = deadline(0);
	submit_many(&person, "many", CROWD_MAX);
	seconds = deadline(0) - begun;
	ck_assert_str_eq(text_at(call_as(&person, "GET", text("/api/jobs/%s", first), NULL), "/status"), "PROCESSING");
	await_all(&person, 4 * LONG);
	most = counted("GET", "/most");
	p95 = sql_number("SELECT ceil(percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM completed_at -"
			 " started_at))) FROM jobs WHERE user_id = '%s'",
			 person.user_id);
	printf(
	    "crowd: %d submits answered 202 in %.2f s beside a generation of %lld s; p95 of generation %lld s; %lld of "
	    "%d questions open at most\n",
	    CROWD_MAX, seconds,
	    sql_number("SELECT floor(extract(epoch FROM completed_at - started_at)) FROM jobs WHERE job_id = '%s'",
		       first),
	    p95, most, CONCURRENCY);
	ck_assert_double_lt(seconds, QUICKLY);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM jobs WHERE job_id = '%s' AND completed_at - started_at >"
				    " interval '29 s'",
				    first),
			 1);
	ck_assert_int_lt(p95, GENERATION);
	ck_assert_int_le(most, CONCURRENCY);
	ck_assert_int_gt(most, CONCURRENCY / 2);
	assert_all_written(&person, model, CROWD_MAX + 1);
}
END_TEST

START_TEST(a_worker_asks_few_at_once)
{
	struct person person = person_new("few");
	const char *model = text("late-%s", unique());

	import_sample_cv(&person);
	restart_late_worker(0.3, model, "WORKER_CONCURRENCY=" NUMBER(FEW));
	submit_many(&person, "few", FEW_JOBS);
	await_all(&person, 30);
	ck_assert_int_eq(counted("GET", "/most"), FEW);
	assert_all_written(&person, model, FEW_JOBS);
}
END_TEST

/* LLM_CONCURRENCY: two workers, each of which could ask five, together ask no more than seven. */
START_TEST(workers_share_a_limit)
{
	struct person person = person_new("shared");
	const char *model = text("late-%s", unique());
	long long most, workers = 0;
	pid_t second;

	setenv("WORKER_CONCURRENCY", "5", 1); /* each test is a process of its own */
	setenv("LLM_CONCURRENCY", NUMBER(SHARED), 1);
	import_sample_cv(&person);
	restart_late_worker(0.5, model, NULL);
	second = stack_begin("worker", WITH("WORKER_ID=second", "LLM_PROVIDER=openai",
					    text("LLM_MODEL_STRATEGIC=%s", model), "LLM_MODEL_TEMPLATE=small",
					    text("LLM_BASE_URL=%s/after/0.5/v1", setting("LATE_URL"))));
	submit_many(&person, "shared", SHARED_JOBS);
	for (double end = deadline(60); queue_of(&person, "true") > 0 && !has_passed(end); nap()) {
		long long now = sql_number("SELECT count(DISTINCT worker_id) FROM queue WHERE lease_token IS NOT NULL");

		workers = now > workers ? now : workers;
	}
	most = counted("GET", "/most");
	printf("crowd: %d jobs by %lld workers with LLM_CONCURRENCY=%d: %lld questions open at most\n", SHARED_JOBS,
	       workers, SHARED, most);
	ck_assert_int_eq(workers, 2);
	ck_assert_int_le(most, SHARED);
	ck_assert_int_gt(most, 5); /* one alone could not */
	assert_all_written(&person, model, SHARED_JOBS);
	ck_assert_int_eq(end_process(second, SIGTERM), 0);
}
END_TEST

static void
as_before(void)
{
	stack("restart", "worker", AS_IT_IS);
}

int
main(void)
{
	Suite *suite = suite_create("crowd");
	TCase *tcase = tcase_create("crowd");

	tcase_add_unchecked_fixture(tcase, NULL, as_before);
	tcase_set_timeout(tcase, TEST_SECONDS);
	tcase_add_test(tcase, submits_do_not_wait_for_the_model);
	tcase_add_test(tcase, a_worker_asks_few_at_once);
	tcase_add_test(tcase, workers_share_a_limit);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
