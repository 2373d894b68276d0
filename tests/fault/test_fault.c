/* Nothing accepted is lost or doubled (V-7): the worker dies at every step of a job, Postgres restarts under load, the
 * wire to it is cut. Each time two workers share the rest. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fault.h"
#include "crowd.h"
#include "proxy.h"
#include "stack.h"
#include "steps.h"

#define PER_STEP     30 /* times seven steps: 210 jobs */
#define WAVE         20
#define RESTARTS     3
#define CUTS         3
#define CUT_JOBS     100
#define ACCEPTED_MAX 2500
#define QUICK        "JOB_LEASE_SECONDS=1", "JOB_BACKOFF_SECONDS=0"

static pid_t
begin_second(void)
{
	return stack_begin("worker", WITH("WORKER_ID=second", QUICK));
}

/* Every job of the owner has ended once: one artifact for each that is completed, nobody holds a lease. */
static void
assert_ended_once(const struct person *owner, const char *after_what, int times, long long accepted)
{
	long long completed, failed;

	await_queue(owner, "true", 0);
	completed = jobs_of(owner, "status = 'COMPLETED'");
	failed = jobs_of(owner, "status = 'FAILED'");
	printf("fault: %d %s: %lld jobs accepted, %lld completed, %lld failed, %lld begun again, no lease left\n",
	       times, after_what, accepted, completed, failed, jobs_of(owner, "attempts > 1"));
	ck_assert_int_eq(completed + failed, jobs_of(owner, "true"));
	ck_assert_int_ge(completed + failed, accepted);
	ck_assert_int_eq(failed, jobs_of(owner, "dead_at IS NOT NULL"));
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", owner->user_id), completed);
	ck_assert_int_eq(sql_number("SELECT count(DISTINCT job_id) FROM artifacts WHERE owner = '%s'", owner->user_id),
			 completed);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM results WHERE user_id = '%s'", owner->user_id), completed);
}

START_TEST(a_worker_dies_at_every_step)
{
	struct person owner = person_new("every-step");
	pid_t second;

	import_sample_cv(&owner);
	for (enum cvp_fault step = 0; step < CVP_FAULT_COUNT; step++) {
		const char *fault = text("FAULT_AT=%s", cvp_fault_name(step));

		stack("stop", "worker", AS_IT_IS);
		submit_many(&owner, cvp_fault_name(step), PER_STEP);
		ck_assert_int_eq(await_process(stack_begin("worker", WITH("WORKER_ID=mortal", fault, QUICK))),
				 128 + SIGKILL);
		ck_assert_int_gt(queue_of(&owner, "lease_token IS NOT NULL"), 0);
		second = begin_second();
		stack("start", "worker", WITH(QUICK));
		await_queue(&owner, "true", 0);
		ck_assert_int_eq(end_process(second, SIGTERM), 0);
	}
	assert_ended_once(&owner, "deaths of a worker, one at each step", CVP_FAULT_COUNT, CVP_FAULT_COUNT * PER_STEP);
	ck_assert_int_eq(jobs_of(&owner, "status <> 'COMPLETED'"), 0);
	ck_assert_int_gt(jobs_of(&owner, "attempts > 1"), 0);
}
END_TEST

/* Submits a wave; adds the ids of what was accepted to an SQL list. Others were told that the database is away. */
static int
submit_wave(const struct person *owner, int wave, const char **ids)
{
	struct request requests[WAVE];
	const struct answer *answers[WAVE];
	const char *const *headers = HEADERS(owner->authorization, JSON_TYPE);
	int accepted = 0;

	for (int i = 0; i < WAVE; i++)
		requests[i] = (struct request){ "POST", "/api/vpr", headers,
						dumped(report_request(owner, text("app-%d-%d", wave, i), ANY_ANSWER)),
						0 };
	call_parallel(requests, WAVE, answers);
	for (int i = 0; i < WAVE; i++) {
		if (answers[i]->status != 202) {
			assert_status(answers[i], 503);
			continue;
		}
		*ids = text("%s%s'%s'", *ids, **ids != '\0' ? "," : "", text_at(answers[i], "/job_id"));
		accepted++;
	}
	return accepted;
}

START_TEST(postgres_restarts_under_load)
{
	struct person owner = person_new("restarted");
	pid_t restarts, second;
	const char *ids = "";
	int accepted = 0;

	import_sample_cv(&owner);
	stack("restart", "worker", WITH(QUICK));
	second = begin_second();
	restarts = stack_begin_restarts("postgres", RESTARTS, 0.5);
	for (int wave = 0; waitpid(restarts, NULL, WNOHANG) == 0 && accepted < ACCEPTED_MAX; wave++)
		accepted += submit_wave(&owner, wave, &ids);
	assert_ended_once(&owner, "restarts of Postgres under load", RESTARTS, accepted);
	ck_assert_int_gt(accepted, 0);
	ck_assert_int_eq(
	    sql_number("SELECT count(*) FROM jobs WHERE job_id IN (%s) AND status IN ('COMPLETED', 'FAILED')", ids),
	    accepted);
	ck_assert_int_eq(end_process(second, SIGTERM), 0);
}
END_TEST

/* DATABASE_URL by way of another folder of sockets. */
static const char *
url_through(const char *folder)
{
	const char *url = setting("DATABASE_URL"), *host = strstr(url, "host=");

	ck_assert_ptr_nonnull(host);
	return text("DATABASE_URL=%.*shost=%s", (int)(host - url), url, encoded(folder));
}

START_TEST(the_wire_to_postgres_is_cut)
{
	struct person owner = person_new("cut");
	const char *folder = text("/tmp/careervp-wire-%s", unique());
	const char *to = sql("SELECT split_part(current_setting('unix_socket_directories'), ',', 1)");
	const char *url = url_through(folder);
	pid_t proxy = proxy_begin(folder, to), first, second;

	import_sample_cv(&owner);
	stack("stop", "worker", AS_IT_IS);
	submit_many(&owner, "app", CUT_JOBS);
	first = stack_begin("worker", WITH("WORKER_ID=first", url, QUICK));
	second = stack_begin("worker", WITH("WORKER_ID=second", url, QUICK));
	for (int i = 0; i < CUTS; i++) {
		long long before = jobs_of(&owner, "status = 'COMPLETED'");
		double end = deadline(20);

		while (jobs_of(&owner, "status = 'COMPLETED'") < before + 5 && !has_passed(end))
			nap();
		proxy_cut(proxy);
		pause_for(0.5);
		proxy = proxy_begin(folder, to);
	}
	assert_ended_once(&owner, "cuts of the wire to Postgres", CUTS, CUT_JOBS);
	ck_assert_int_eq(end_process(first, SIGTERM), 0);
	ck_assert_int_eq(end_process(second, SIGTERM), 0);
	proxy_cut(proxy);
	unlink(text("%s/.s.PGSQL.5432", folder));
	rmdir(folder);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fault");
	TCase *tcase = tcase_create("fault");

	tcase_set_timeout(tcase, 180);
	tcase_add_test(tcase, a_worker_dies_at_every_step);
	tcase_add_test(tcase, postgres_restarts_under_load);
	tcase_add_test(tcase, the_wire_to_postgres_is_cut);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
