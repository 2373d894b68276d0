/* Batches of the queue: claimed at once, ended at once, and nothing written of what was lost meanwhile (SPEC 5.1). The
 * worker is away, so that the jobs are ours. */
#include <stdio.h>
#include <string.h>

#include "core/id.h"
#include "dal/db.h"
#include "dal/jobs.h"
#include "dal/queue.h"
#include "database.h"
#include "stack.h"
#include "steps.h"

#define MANY          60
#define LEASE_SECONDS 60
#define MOST_PRIORITY 9 /* before whatever another test has left in the queue */

/* Jobs of one user, claimed. */
struct batch {
	struct database database;
	const char *user_id;
	const struct cvp_lease *leases[MANY];
	const struct cvp_job *jobs[MANY];
	struct cvp_job_end ends[MANY];
	bool is_held[MANY];
};

static void
worker_away(void)
{
	stack("stop", "worker", AS_IT_IS);
}

static void
worker_as_before(void)
{
	stack("start", "worker", AS_IT_IS);
}

static void
submit_one(struct cvp_ctx *ctx, const char *user_id)
{
	struct cvp_uuid job_id = cvp_uuid_new();
	int64_t now = cvp_now(ctx);
	struct cvp_job_draft draft = {
		.job_id = job_id.text,
		.user_id = user_id,
		.kind = CVP_JOB_PROBE,
		.idempotency_key = job_id.text,
		.input = "{}",
		.input_length = 2,
		.created_at = now,
		.expires_at = now + CVP_IDEMPOTENT_SECONDS * CVP_SECOND,
		.priority = MOST_PRIORITY,
	};
	bool is_new = false;

	ck_assert_int_eq(cvp_job_submit(ctx, &draft, &is_new), CVP_OK);
	ck_assert(is_new);
}

/* Submits MANY jobs and claims them at once, each with an end of its own. */
static void
claim_batch(struct batch *batch)
{
	struct cvp_ctx *ctx = &batch->database.ctx;
	struct cvp_lease *leases;
	size_t count = 0;

	*batch = (struct batch){ .user_id = text("batch-%s", unique()) };
	database_open(&batch->database);
	for (int i = 0; i < MANY; i++)
		submit_one(ctx, batch->user_id);
	ck_assert_int_eq(cvp_queue_claim(ctx, "batch", LEASE_SECONDS, MANY, &leases, &count), CVP_OK);
	ck_assert_uint_eq(count, MANY);
	for (int i = 0; i < MANY; i++) {
		ck_assert_str_eq(leases[i].job.user_id, batch->user_id);
		ck_assert_ptr_nonnull(leases[i].input);
		batch->leases[i] = &leases[i];
		batch->jobs[i] = &leases[i].job;
		batch->ends[i] = (struct cvp_job_end){
			.result_key = text("results/%s.json", leases[i].job.job_id),
			.vpr_version = i, /* 0 is none */
			.word_count = i * 2,
			.is_persisted = i % 2 == 0,
			.token_usage = i % 4 == 0 ? cvp_own(ctx, json_pack("{s:i}", "input_tokens", i)) : NULL,
		};
	}
}

static long long
jobs_of(const struct batch *batch, const char *condition)
{
	return sql_number("SELECT count(*) FROM jobs WHERE user_id = '%s' AND %s", batch->user_id, condition);
}

static long long
queue_of(const struct batch *batch, const char *condition)
{
	return sql_number("SELECT count(*) FROM queue WHERE user_id = '%s' AND %s", batch->user_id, condition);
}

/* The queue belongs to all tests: what this one has left would be claimed by the next. */
static void
close_batch(struct batch *batch)
{
	sql("DELETE FROM queue WHERE user_id = '%s'", batch->user_id);
	sql("DELETE FROM jobs WHERE user_id = '%s'", batch->user_id);
	database_close(&batch->database);
}

/* Claims are in the order of submit, under a token and an attempt each. */
START_TEST(a_batch_is_claimed_at_once)
{
	struct batch batch;

	claim_batch(&batch);
	for (int i = 1; i < MANY; i++)
		ck_assert_int_ge(batch.jobs[i]->created_at, batch.jobs[i - 1]->created_at);
	ck_assert_int_eq(queue_of(&batch, "lease_token IS NOT NULL AND attempts = 1 AND started_at IS NOT NULL"), MANY);
	ck_assert_int_eq(
	    sql_number("SELECT count(DISTINCT lease_token) FROM queue WHERE user_id = '%s'", batch.user_id), MANY);
	close_batch(&batch);
}
END_TEST

START_TEST(a_batch_is_ended_each_job_as_its_own)
{
	struct batch batch;
	struct cvp_ctx *ctx = &batch.database.ctx;

	claim_batch(&batch);
	ck_assert_int_eq(cvp_db_begin(ctx), CVP_OK);
	ck_assert_int_eq(cvp_queue_remove_all(ctx, batch.leases, MANY, batch.is_held), CVP_OK);
	ck_assert_int_eq(cvp_jobs_complete(ctx, batch.jobs, batch.ends, MANY), CVP_OK);
	ck_assert_int_eq(cvp_db_commit(ctx), CVP_OK);
	ck_assert_int_eq(queue_of(&batch, "true"), 0);
	for (int i = 0; i < MANY; i++) {
		ck_assert(batch.is_held[i]);
		ck_assert_str_eq(sql("SELECT concat_ws(' ', status, result_key = 'results/' || job_id || '.json',"
				     " coalesce(vpr_version, 0), coalesce(word_count, 0), extra, token_usage, attempts,"
				     " started_at BETWEEN created_at AND completed_at) FROM jobs WHERE job_id = '%s'",
				     batch.jobs[i]->job_id),
				 text("COMPLETED t %d %d %s%s 1 t", i, i * 2,
				      i % 2 == 0 ? "{}" : "{\"persisted\": false}",
				      i % 4 == 0 ? text(" {\"input_tokens\": %d}", i) : ""));
	}
	close_batch(&batch);
}
END_TEST

/* Every third lease is another's by now, every fifth job was cancelled. */
static bool
is_taken(int i)
{
	return i % 3 == 0;
}

static bool
is_cancelled(int i)
{
	return !is_taken(i) && i % 5 == 0;
}

static int
lose_some(const struct batch *batch)
{
	int lost = 0;

	for (int i = 0; i < MANY; i++) {
		if (is_taken(i))
			sql("UPDATE queue SET lease_token = nextval('lease_tokens'), worker_id = 'other', attempts = 2"
			    " WHERE job_id = '%s'",
			    batch->jobs[i]->job_id);
		if (is_cancelled(i))
			sql("WITH job AS (UPDATE jobs SET status = 'FAILED', code = 'CANCELLED' WHERE job_id = '%s'"
			    " RETURNING job_id) DELETE FROM queue WHERE job_id IN (SELECT job_id FROM job)",
			    batch->jobs[i]->job_id);
		lost += is_taken(i) || is_cancelled(i);
	}
	return lost;
}

/* Exactly what is still held is completed; of the rest nothing is written. */
START_TEST(what_was_lost_is_left_alone)
{
	struct batch batch;
	struct cvp_ctx *ctx = &batch.database.ctx;
	const struct cvp_job *held[MANY];
	size_t count = 0;
	int lost;

	claim_batch(&batch);
	lost = lose_some(&batch);
	memset(batch.is_held, 1, sizeof(batch.is_held));
	ck_assert_int_eq(cvp_db_begin(ctx), CVP_OK);
	ck_assert_int_eq(cvp_queue_remove_all(ctx, batch.leases, MANY, batch.is_held), CVP_OK);
	for (int i = 0; i < MANY; i++) {
		ck_assert_msg(batch.is_held[i] != (is_taken(i) || is_cancelled(i)), "job %d", i);
		if (batch.is_held[i])
			held[count++] = batch.jobs[i];
	}
	ck_assert_int_eq(cvp_jobs_complete(ctx, held, batch.ends, count), CVP_OK);
	ck_assert_int_eq(cvp_db_commit(ctx), CVP_OK);
	ck_assert_int_eq((int)count, MANY - lost);
	ck_assert_int_eq(jobs_of(&batch, "status = 'COMPLETED'"), MANY - lost);
	ck_assert_int_eq(
	    jobs_of(&batch, "status = 'FAILED' AND completed_at IS NULL AND result_key IS NULL"),
	    sql_number("SELECT count(*) FROM jobs WHERE user_id = '%s' AND code = 'CANCELLED'", batch.user_id));
	ck_assert_int_eq(jobs_of(&batch, "status = 'PENDING' AND result_key IS NULL AND attempts = 0"), MANY / 3);
	ck_assert_int_eq(queue_of(&batch, "worker_id = 'other' AND attempts = 2"), MANY / 3);
	ck_assert_int_eq(queue_of(&batch, "true"), MANY / 3);
	printf("batch: of %d leases %d were lost, %zu jobs completed\n", MANY, lost, count);
	close_batch(&batch);
}
END_TEST

/* Where one of a batch is finished already, the transaction is of no use, and undone it leaves all as it was. */
START_TEST(a_finished_job_stops_its_batch)
{
	struct batch batch;
	struct cvp_ctx *ctx = &batch.database.ctx;

	claim_batch(&batch);
	sql("UPDATE jobs SET status = 'FAILED' WHERE job_id = '%s'", batch.jobs[7]->job_id);
	ck_assert_int_eq(cvp_db_begin(ctx), CVP_OK);
	ck_assert_int_eq(cvp_queue_remove_all(ctx, batch.leases, MANY, batch.is_held), CVP_OK);
	ck_assert_int_eq(cvp_jobs_complete(ctx, batch.jobs, batch.ends, MANY), CVP_JOB_NOT_FOUND);
	cvp_db_rollback(ctx);
	ck_assert_int_eq(jobs_of(&batch, "status = 'PENDING' AND result_key IS NULL"), MANY - 1);
	ck_assert_int_eq(queue_of(&batch, "worker_id = 'batch'"), MANY);
	close_batch(&batch);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("queue");
	TCase *tcase = tcase_create("queue");

	tcase_add_unchecked_fixture(tcase, worker_away, worker_as_before);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_batch_is_claimed_at_once);
	tcase_add_test(tcase, a_batch_is_ended_each_job_as_its_own);
	tcase_add_test(tcase, what_was_lost_is_left_alone);
	tcase_add_test(tcase, a_finished_job_stops_its_batch);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
