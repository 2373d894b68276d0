/* Jobs under stress: parallel submits, workers that are killed, frozen or stopped, dead letters, cancelling (SPEC 5).
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crowd.h"
#include "stack.h"
#include "steps.h"

#define WAKES        8
#define PARALLEL     50
#define KILLS        5
#define BETWEEN      22 /* jobs ended between two kills: more than a worker holds, so that no job is hit three times */
#define RESTARTS     10
#define DRAIN_WAIT   60
#define MANY         80
#define SHORT_LEASES WITH("JOB_LEASE_SECONDS=1", "JOB_BACKOFF_SECONDS=0")

static void
worker_as_before(void)
{
	stack("restart", "worker", AS_IT_IS);
}

/* ---- submitting */

/* V-4: parallel equal posts are one job, one row, one artifact. */
START_TEST(fifty_equal_posts_are_one_job)
{
	struct person owner = person_new("parallel");
	const char *const *headers = HEADERS(owner.authorization, JSON_TYPE);
	struct request requests[PARALLEL];
	const struct answer *answers[PARALLEL];
	const char *body, *job_id;
	int accepted = 0;

	import_sample_cv(&owner);
	body = dumped(report_request(&owner, "app-1", ANY_ANSWER));
	for (int i = 0; i < PARALLEL; i++)
		requests[i] = (struct request){ "POST", "/api/vpr", headers, body, 0 };
	call_parallel(requests, PARALLEL, answers);
	job_id = text_at(answers[0], "/job_id");
	for (int i = 0; i < PARALLEL; i++) {
		ck_assert_msg(answers[i]->status == 200 || answers[i]->status == 202, "status %ld: %s",
			      answers[i]->status, answers[i]->body);
		ck_assert_pstr_eq(text_at(answers[i], "/job_id"), job_id);
		accepted += answers[i]->status == 202;
	}
	ck_assert_int_eq(accepted, 1);
	await_job(&owner, job_id, "COMPLETED");
	assert_each_once(&owner, 1);
}
END_TEST

/* V-2: a good submit is answered 202 once its rows are committed, and the worker woken, not left to its next poll. (Bad
 * bodies: test_bad_input.c.) */
START_TEST(a_submit_wakes_the_worker)
{
	struct person owner = person_new("woken");

	import_sample_cv(&owner);
	for (int i = 0; i < WAKES; i++) {
		const char *job_id = submit_report(&owner, text("app-%d", i));

		ck_assert_int_eq(jobs_of(&owner, text("job_id = '%s'", job_id)), 1);
		await_job(&owner, job_id, "COMPLETED");
	}
	/* polls are a second apart: by them alone half would start later than this */
	ck_assert_int_eq(jobs_of(&owner, "started_at - created_at < interval '500 ms'"), WAKES);
}
END_TEST

/* Submits that are written together are judged each by itself: one that names no CV, equal ones, ones of the same
 * application with keys of their own, and plain ones. */
START_TEST(submits_at_once_are_judged_each_by_itself)
{
	struct person owner = person_new("group");
	struct request requests[MANY];
	const struct answer *answers[MANY];
	const char *headers[MANY][4];
	long long refused = 0;
	json_t *body;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	for (size_t i = 0; i < MANY; i++) {
		headers[i][0] = owner.authorization;
		headers[i][1] = JSON_TYPE;
		headers[i][2] = text("Idempotency-Key: %s-%zu", owner.user_id, i % 4 == 1 ? MANY : i);
		headers[i][3] = NULL;
		body = report_request(&owner, i % 4 == 2 ? "shared" : text("app-%zu", i % 4 == 1 ? 1 : i), ANY_ANSWER);
		if (i % 4 == 0)
			json_object_set_new(body, "cv_id", json_string("nothing"));
		requests[i] = (struct request){ "POST", "/api/vpr", headers[i], dumped(body), 0 };
	}
	call_parallel(requests, MANY, answers);
	for (size_t i = 0; i < MANY; i++) {
		if (i % 4 == 0)
			assert_failure(answers[i], 404, "CV_NOT_FOUND");
		else
			ck_assert_msg(answers[i]->status == 202 || (i % 4 == 1 && answers[i]->status == 200),
				      "%zu: %ld: %.300s", i, answers[i]->status, answers[i]->body);
		refused += answers[i]->status == 404;
	}
	ck_assert_int_eq(refused, MANY / 4);
	ck_assert_int_eq(jobs_of(&owner, "true"), MANY / 2 + 1);
	ck_assert_int_eq(queue_of(&owner, "true"), MANY / 2 + 1);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM applications WHERE user_id = '%s'", owner.user_id),
			 MANY / 4 + 2);
	stack("start", "worker", AS_IT_IS);
	await_queue(&owner, "true", 0);
	ck_assert_int_eq(jobs_of(&owner, "status = 'COMPLETED'"), MANY / 2 + 1);
}
END_TEST

/* SPEC 5.2: other input under a running job's key is a conflict that names the job; cancelling it frees the key. */
START_TEST(a_running_job_holds_its_key)
{
	struct person owner = person_new("holds");
	const char *job_id;
	const struct answer *answer;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	job_id = submit_report(&owner, "app-1");
	answer = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", ANY_ANSWER));
	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/status"), "PENDING");
	ck_assert_ptr_null(at(answer->json, "/result_url"));
	answer = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", "Another " ANY_ANSWER));
	assert_failure(answer, 409, "CONFLICT");
	ck_assert_str_eq(text_at(answer, "/details/job_id"), job_id);
	assert_failure(call_as(&owner, "DELETE", "/api/applications/app-1", NULL), 409, "CONFLICT");

	assert_status(call_as(&owner, "DELETE", text("/api/jobs/%s", job_id), NULL), 204);
	answer = call_as(&owner, "GET", text("/api/jobs/%s", job_id), NULL);
	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/status"), "FAILED");
	ck_assert_str_eq(text_at(answer, "/code"), "CANCELLED");
	ck_assert_ptr_nonnull(text_at(answer, "/completed_at"));
	ck_assert_int_eq(queue_of(&owner, "true"), 0);
	answer = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", "Another " ANY_ANSWER));
	assert_status(answer, 202);
	stack("start", "worker", AS_IT_IS);
	await_job(&owner, text_at(answer, "/job_id"), "COMPLETED");
}
END_TEST

/* DELETE of a finished job forgets it: status, link and key; the artifact stays. */
START_TEST(a_finished_job_is_forgotten)
{
	struct person owner = person_new("forgets");
	const struct answer *status;
	const char *path;

	import_sample_cv(&owner);
	status = finished_report(&owner, "app-1");
	path = text("/api/jobs/%s", text_at(status, "/job_id"));
	assert_status(call_as(&owner, "DELETE", path, NULL), 204);
	assert_failure(call_as(&owner, "GET", path, NULL), 404, "JOB_NOT_FOUND");
	assert_failure(call_as(&owner, "DELETE", path, NULL), 404, "JOB_NOT_FOUND");
	assert_status(call("GET", path_of(text_at(status, "/result_url")), NO_HEADERS, NULL), 404);
	assert_status(call_as(&owner, "GET", "/api/applications/app-1/vprs/1", NULL), 200);
	submit_report(&owner, "app-1");
}
END_TEST

/* V-6: what a status says, row by row (SPEC 5.4). The rows are made in the database. */
START_TEST(every_row_of_the_status_table)
{
	struct person owner = person_new("status");
	const char *job_id, *path;
	const struct answer *answer;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	job_id = submit_report(&owner, "app-1");
	path = text("/api/vpr/status/%s", job_id);
	sql("UPDATE queue SET lease_token = 1, lease_until = now() + interval '1 hour', worker_id = 'elsewhere', "
	    "attempts ="
	    " 1, started_at = now(), stage = 'generating', percent = 20 WHERE job_id = '%s'",
	    job_id);
	answer = call_as(&owner, "GET", path, NULL);
	assert_status(answer, 202);
	ck_assert_str_eq(text_at(answer, "/status"), "PROCESSING");
	ck_assert_str_eq(text_at(answer, "/progress/stage"), "generating");
	ck_assert_int_eq(number_at(answer, "/progress/percent"), 20);
	ck_assert_ptr_nonnull(text_at(answer, "/started_at"));
	ck_assert_ptr_null(at(answer->json, "/result_url"));
	ck_assert_ptr_null(at(answer->json, "/completed_at"));

	sql("UPDATE queue SET lease_token = NULL, lease_until = NULL WHERE job_id = '%s'", job_id);
	stack("start", "worker", AS_IT_IS);
	await_job(&owner, job_id, "COMPLETED");
	sql("UPDATE results SET expires_at = now() WHERE job_id = '%s'", job_id);
	assert_failure(call_as(&owner, "GET", path, NULL), 410, "RESULT_GONE");
	sql("UPDATE jobs SET result_key = NULL WHERE job_id = '%s'", job_id);
	assert_failure(call_as(&owner, "GET", path, NULL), 500, "INTERNAL_ERROR");
	sql("UPDATE jobs SET expires_at = now() WHERE job_id = '%s'", job_id);
	answer = call_as(&owner, "GET", path, NULL);
	assert_failure(answer, 404, "JOB_NOT_FOUND");
	ck_assert_ptr_nonnull(strstr(text_at(answer, "/error"), "not found"));
}
END_TEST

/* A key past its 24 hours is free again, a result past its own days as well: the next equal submit is a new job. */
START_TEST(keys_end_after_a_day)
{
	struct person owner = person_new("day");
	const struct answer *status, *again;

	import_sample_cv(&owner);
	status = finished_report(&owner, "app-1");
	sql("UPDATE jobs SET created_at = created_at - interval '25 h', expires_at = now() + interval '1 h' WHERE "
	    "job_id ="
	    " '%s'",
	    text_at(status, "/job_id"));
	again = call_as(&owner, "POST", "/api/vpr", report_request(&owner, "app-1", ANY_ANSWER));
	assert_status(again, 202);
	ck_assert_str_ne(text_at(again, "/job_id"), text_at(status, "/job_id"));
	await_job(&owner, text_at(again, "/job_id"), "COMPLETED");
}
END_TEST

/* ---- lists */

/* Pages of jobs are complete and disjoint, even where all were made in the same microsecond. */
START_TEST(pages_of_jobs)
{
	struct person owner = person_new("pages");
	const char *path = "/api/jobs?limit=10", *seen = "";
	const struct answer *page;
	const json_t *job;
	int sizes[4] = { 0 }, pages = 0;
	size_t i;

	stack("stop", "worker", AS_IT_IS);
	submit_many(&owner, "app", 25);
	sql("UPDATE jobs SET created_at = '2026-01-01T00:00:00Z' WHERE user_id = '%s'", owner.user_id);
	do {
		page = call_as(&owner, "GET", path, NULL);
		assert_status(page, 200);
		json_array_foreach (at(page->json, "/jobs"), i, job) {
			const char *job_id = json_string_value(json_object_get(job, "job_id"));

			ck_assert_msg(strstr(seen, job_id) == NULL, "%s is on two pages", job_id);
			seen = text("%s %s", seen, job_id);
			sizes[pages]++;
		}
		if (text_at(page, "/next_cursor") != NULL)
			path = text("/api/jobs?limit=10&cursor=%s", encoded(text_at(page, "/next_cursor")));
		pages++;
	} while (text_at(page, "/next_cursor") != NULL && pages < 4);
	ck_assert_int_eq(pages, 3);
	ck_assert_int_eq(sizes[0], 10);
	ck_assert_int_eq(sizes[1], 10);
	ck_assert_int_eq(sizes[2], 5);
}
END_TEST

/* ---- workers that die */

/* V-7: kill -9 in mid-job, again and again: every job is done, and done once. */
START_TEST(killed_workers_lose_and_double_nothing)
{
	struct person owner = person_new("killed");
	long long held = 0, again;

	import_sample_cv(&owner);
	for (int i = 0; i < KILLS; i++) {
		long long before = jobs_of(&owner, "status = 'COMPLETED'");
		double end = deadline(DRAIN_WAIT);

		stack("stop", "worker", AS_IT_IS);
		submit_many(&owner, text("round-%d", i), MANY);
		stack("start", "worker", AS_IT_IS);
		while (jobs_of(&owner, "status = 'COMPLETED'") < before + BETWEEN && !has_passed(end))
			nap();
		kill_stranger(stack_pid("worker"));
		held += queue_of(&owner, "lease_token IS NOT NULL");
		stack("restart", "worker", AS_IT_IS);
	}
	assert_each_once(&owner, KILLS * MANY);
	again = jobs_of(&owner, "attempts > 1");
	printf("killed worker: %d jobs completed once each; %d kills, %lld leases lost, %lld jobs begun again\n",
	       KILLS * MANY, KILLS, held, again);
	ck_assert_int_gt(again, 0);
	ck_assert_int_eq(jobs_of(&owner, "attempts > 3 OR attempts < 1"), 0);
}
END_TEST

/* A worker that hangs loses its lease; another takes the job, and what the first writes afterwards is refused. */
START_TEST(a_frozen_worker_is_fenced_off)
{
	struct person owner = person_new("frozen");
	double end = deadline(DRAIN_WAIT);
	pid_t frozen, other;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	submit_many(&owner, "app", 60);
	stack("start", "worker", SHORT_LEASES);
	frozen = stack_pid("worker");
	while (jobs_of(&owner, "status = 'COMPLETED'") == 0 && !has_passed(end))
		nap();
	kill(frozen, SIGSTOP);
	ck_assert_int_gt(queue_of(&owner, "lease_token IS NOT NULL"), 0);
	other = stack_begin("worker", WITH("WORKER_ID=other", "JOB_LEASE_SECONDS=1", "JOB_BACKOFF_SECONDS=0"));
	/* rows the frozen one is just committing stay locked until it goes on: one a thread */
	await_queue(&owner, "true", 2);
	kill(frozen, SIGCONT);
	assert_each_once(&owner, 60);
	ck_assert_int_eq(end_process(other, SIGTERM), 0);
	ck_assert_int_gt(jobs_of(&owner, "attempts > 1"), 0);
}
END_TEST

/* A lease of a worker that never comes back runs out, and the job is done by another. */
START_TEST(a_lost_lease_runs_out)
{
	struct person owner = person_new("lease");
	const char *job_id;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	job_id = submit_report(&owner, "app-1");
	sql("UPDATE queue SET lease_token = 1, lease_until = now() + interval '1 s', worker_id = 'gone', attempts = 1,"
	    " started_at = now() WHERE job_id = '%s'",
	    job_id);
	stack("start", "worker", SHORT_LEASES);
	ck_assert_str_eq(text_at(call_as(&owner, "GET", text("/api/jobs/%s", job_id), NULL), "/status"), "PROCESSING");
	await_job(&owner, job_id, "COMPLETED");
	ck_assert_int_eq(jobs_of(&owner, "attempts = 2"), 1);
}
END_TEST

/* SPEC 5.1: a job lost in its third attempt is a dead letter: FAILED, its key free, kept for the operator. */
START_TEST(three_lost_attempts_are_enough)
{
	struct person owner = person_new("dead");
	const char *job_id;
	const struct answer *status;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	job_id = submit_report(&owner, "app-1");
	sql("UPDATE queue SET lease_token = 1, lease_until = now() - interval '1 s', worker_id = 'gone', attempts = 3,"
	    " started_at = now() WHERE job_id = '%s'",
	    job_id);
	stack("start", "worker", AS_IT_IS);
	status = await_job(&owner, job_id, "FAILED");
	ck_assert_ptr_nonnull(text_at(status, "/error"));
	ck_assert_str_eq(text_at(status, "/code"), "TIMEOUT");
	ck_assert_int_eq(
	    jobs_of(&owner, "attempts = 3 AND dead_at IS NOT NULL AND purge_at > now() + interval '13 days'"), 1);
	ck_assert_int_eq(queue_of(&owner, "true"), 0);
	finished_report(&owner, "app-1");
}
END_TEST

/* SIGTERM: what runs is finished, what was only claimed goes back uncounted, and nothing stays leased. */
START_TEST(a_stopped_worker_gives_back)
{
	struct person owner = person_new("stopped");
	long long left;
	double end = deadline(DRAIN_WAIT);

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	submit_many(&owner, "app", 80);
	stack("start", "worker", AS_IT_IS);
	while (jobs_of(&owner, "status = 'COMPLETED'") == 0 && !has_passed(end))
		nap();
	stack("stop", "worker", AS_IT_IS);
	left = queue_of(&owner, "true");
	ck_assert_int_eq(queue_of(&owner, "lease_token IS NOT NULL OR attempts > 0"), 0);
	ck_assert_int_gt(left, 0);
	ck_assert_int_eq(left + jobs_of(&owner, "status = 'COMPLETED'"), 80);
	printf("stopped worker: %lld of 80 jobs left in the queue, none of them leased\n", left);
	stack("start", "worker", AS_IT_IS);
	assert_each_once(&owner, 80);
	ck_assert_int_eq(jobs_of(&owner, "attempts <> 1"), 0);
}
END_TEST

/* One user's many jobs do not keep another's one waiting (turn, SPEC 5.1). */
START_TEST(many_jobs_of_one_do_not_starve_another)
{
	struct person busy = person_new("busy"), other = person_new("other");

	import_sample_cv(&busy);
	import_sample_cv(&other);
	stack("stop", "worker", AS_IT_IS);
	submit_many(&busy, "app", MANY);
	submit_report(&other, "app-1");
	stack("start", "worker", AS_IT_IS);
	await_queue(&busy, "true", 0);
	ck_assert_int_le(
	    sql_number("SELECT count(*) FROM jobs b, jobs o WHERE b.user_id = '%s' AND o.user_id = '%s' AND"
		       " b.completed_at < o.completed_at",
		       busy.user_id, other.user_id),
	    40);
}
END_TEST

/* Submits while the program comes and goes, over connections that nginx keeps to it: each is accepted and there, or
 * refused with nginx's 502 and not there. */
START_TEST(restarts_lose_no_submit)
{
	struct person owner = person_new("restarts");
	struct request requests[PARALLEL];
	const struct answer *answers[PARALLEL];
	const char *const *headers = HEADERS(owner.authorization, JSON_TYPE);
	long long accepted = 0, refused = 0;
	pid_t restarts = stack_begin_restarts("vpr", RESTARTS, 0);

	for (int wave = 0; waitpid(restarts, NULL, WNOHANG) == 0; wave++) {
		for (int i = 0; i < PARALLEL; i++)
			requests[i] = (struct request){
				"POST", "/api/vpr", headers,
				dumped(report_request(&owner, text("app-%d-%d", wave, i), ANY_ANSWER)), 0
			};
		call_parallel(requests, PARALLEL, answers);
		for (int i = 0; i < PARALLEL; i++) {
			if (answers[i]->status != 202)
				assert_status(answers[i], 502);
			accepted += answers[i]->status == 202;
			refused += answers[i]->status == 502;
		}
	}
	printf("restarts: %lld submits accepted, %lld refused, %d restarts\n", accepted, refused, RESTARTS);
	ck_assert_int_gt(accepted, 0);
	ck_assert_int_eq(jobs_of(&owner, "true"), accepted);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("jobs");
	TCase *submits = tcase_create("submits"), *workers = tcase_create("workers");

	tcase_set_timeout(submits, 120);
	tcase_add_unchecked_fixture(submits, NULL, worker_as_before);
	tcase_add_test(submits, fifty_equal_posts_are_one_job);
	tcase_add_test(submits, a_submit_wakes_the_worker);
	tcase_add_test(submits, submits_at_once_are_judged_each_by_itself);
	tcase_add_test(submits, a_running_job_holds_its_key);
	tcase_add_test(submits, a_finished_job_is_forgotten);
	tcase_add_test(submits, every_row_of_the_status_table);
	tcase_add_test(submits, keys_end_after_a_day);
	tcase_add_test(submits, pages_of_jobs);
	tcase_add_test(submits, restarts_lose_no_submit);
	suite_add_tcase(suite, submits);
	tcase_set_timeout(workers, 120);
	tcase_add_unchecked_fixture(workers, NULL, worker_as_before);
	tcase_add_test(workers, killed_workers_lose_and_double_nothing);
	tcase_add_test(workers, a_frozen_worker_is_fenced_off);
	tcase_add_test(workers, a_lost_lease_runs_out);
	tcase_add_test(workers, three_lost_attempts_are_enough);
	tcase_add_test(workers, a_stopped_worker_gives_back);
	tcase_add_test(workers, many_jobs_of_one_do_not_starve_another);
	suite_add_tcase(suite, workers);
	return run_suite(suite);
}
