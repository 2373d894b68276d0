/* Who submits and waits (SPEC 4.1, DESIGN 4): woken by the job's end, cut off at the time asked for, at most half of
 * the threads, answered when the program stops. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stack.h"
#include "steps.h"

#define CROWD         10
#define FEW_THREADS   "THREADS=8" /* of which half wait */
#define AT_ONCE       2.0         /* seconds */
#define LONG_WAIT     6           /* seconds */
#define BETWEEN_LOOKS 1.0         /* of a job of which nothing is heard; seconds */

static double
seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static json_t *
request_of(const struct person *person, const char *application_id)
{
	json_t *request = report_request(person, application_id, ANY_ANSWER);
	json_t *body = json_pack("{s:s, s:O, s:s}", "cv_id", import_sample_cv(person), "job_posting",
				 json_object_get(request, "job_posting"), "application_id", application_id);

	json_decref(request);
	return body;
}

/* Asks with that patience; *seconds: how long it took. */
static const struct answer *
waited(const struct person *person, const char *body, int patience, double *seconds)
{
	double begun = seconds_now();
	const struct answer *answer = call("POST", "/api/gap-analysis",
					   HEADERS(person->authorization, JSON_TYPE, text("Prefer: wait=%d", patience)),
					   body);

	*seconds = seconds_now() - begun;
	return answer;
}

/* In a process of its own, which ends with 0 where a 202 came within the seconds. */
static pid_t
begin_waiting(const struct person *person, const char *body, int patience, double within)
{
	pid_t pid = fork();
	double seconds;

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		bool is_pending = waited(person, body, patience, &seconds)->status == 202;

		_exit(!is_pending ? 2 : seconds < within ? 0 : 1);
	}
	return pid;
}

START_TEST(the_end_of_a_job_wakes_who_waits)
{
	struct person person = person_new("woken");
	double seconds, best = 1000;

	for (int i = 0; i < 4; i++) {
		const char *body = dumped(request_of(&person, text("app-%d", i)));

		assert_status(waited(&person, body, 30, &seconds), 200);
		if (seconds < best)
			best = seconds;
	}
	ck_assert_msg(best < BETWEEN_LOOKS, "%.2f s: nobody was woken", best);
}
END_TEST

START_TEST(patience_ends)
{
	struct person person = person_new("patient");
	const struct answer *answer;
	double seconds;

	stack("stop", "worker", AS_IT_IS);
	answer = waited(&person, dumped(request_of(&person, "app-1")), 1, &seconds);
	assert_status(answer, 202);
	ck_assert(seconds >= 1 && seconds < 1 + AT_ONCE);
	stack("start", "worker", AS_IT_IS);
	await_job(&person, text_at(answer, "/job_id"), "COMPLETED");
}
END_TEST

/* The others are answered at once, and threads are left for those who do not wait. */
START_TEST(half_of_the_threads_wait)
{
	struct person person = person_new("crowd");
	int at_once = 0, later = 0;
	pid_t pids[CROWD];
	double seconds;

	stack("stop", "worker", AS_IT_IS);
	stack("restart", "gap", WITH(FEW_THREADS));
	for (int i = 0; i < CROWD; i++)
		pids[i] = begin_waiting(&person, dumped(request_of(&person, text("app-%d", i))), LONG_WAIT,
					LONG_WAIT - 1);
	for (int i = 0; i < CROWD; i++) {
		int status = await_process(pids[i]);

		ck_assert_int_ne(status, 2);
		at_once += status == 0;
		later += status == 1;
	}
	ck_assert_int_eq(later, 4);
	ck_assert_int_eq(at_once, CROWD - 4);
	stack("restart", "gap", AS_IT_IS);
	stack("start", "worker", AS_IT_IS);
	assert_status(waited(&person, dumped(request_of(&person, "app-0")), 60, &seconds), 200);
}
END_TEST

START_TEST(a_program_that_stops_answers_who_waits)
{
	struct person person = person_new("stopped");
	pid_t pid;

	stack("stop", "worker", AS_IT_IS);
	pid = begin_waiting(&person, dumped(request_of(&person, "app-1")), 100, 60);
	pause_for(AT_ONCE);
	stack("restart", "gap", AS_IT_IS);
	ck_assert_int_eq(await_process(pid), 0);
	stack("start", "worker", AS_IT_IS);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("waits");
	TCase *waits = tcase_create("waits");

	tcase_set_timeout(waits, 120);
	tcase_add_test(waits, the_end_of_a_job_wakes_who_waits);
	tcase_add_test(waits, patience_ends);
	tcase_add_test(waits, half_of_the_threads_wait);
	tcase_add_test(waits, a_program_that_stops_answers_who_waits);
	suite_add_tcase(suite, waits);
	return run_suite(suite);
}
