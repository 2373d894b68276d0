/* The five operations on a job's record (J-2 to J-8), on Postgres. Jobs here are due in an hour: the stack's worker
 * leaves them alone. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dal/job_record.h"
#include "dal/queue.h"
#include "database.h"
#include "stack.h"
#include "steps.h"
#include "store/store.h"

#define CLEARED 3 /* fields that one update of the race sets */
#define ROUNDS  200

static struct database database;
static struct cvp_ctx *ctx;
static const char *created_at;

static void
set_up(void)
{
	static char later[CVP_TIME_SIZE];

	database_open(&database);
	ctx = &database.ctx;
	cvp_time_format(cvp_now(ctx) + 3600 * CVP_SECOND, later);
	created_at = later;
}

static void
tear_down(void)
{
	database_close(&database);
}

/* The database is away: so is what a context is told that is opened now. */
static void
lose_database(struct database *lost)
{
	setenv("DATABASE_URL", "host=/nonexistent dbname=careervp", 1); /* each test is a process of its own */
	database_open(lost);
}

/* A new id or key of this test. */
static const char *
named(const char *name)
{
	return text("%s-%s", name, unique());
}

static json_t *
minimal(const char *name)
{
	return cvp_own(ctx, json_pack("{s:s, s:s, s:s, s:s}", "job_id", named(name), "status", "PENDING", "created_at",
				      created_at, "idempotency_key", named(text("key-%s", name))));
}

static json_t *
create(json_t *data)
{
	json_t *row = NULL;

	ck_assert_msg(cvp_job_create(ctx, data, &row) == CVP_OK, "%s", ctx->err.message);
	return row;
}

static const char *
text_of(const json_t *row, const char *name)
{
	return json_string_value(json_object_get(row, name));
}

static json_t *
get(const json_t *row)
{
	json_t *found = NULL;

	ck_assert_int_eq(cvp_job_get(ctx, text_of(row, "job_id"), &found), CVP_OK);
	return found;
}

static json_t *
updated(const json_t *row, json_t *updates)
{
	json_t *after = NULL;

	ck_assert_msg(cvp_job_update(ctx, text_of(row, "job_id"), cvp_own(ctx, updates), &after) == CVP_OK, "%s",
		      ctx->err.message);
	return after;
}

static void
assert_refused(enum cvp_code got, enum cvp_code wanted, const char *message)
{
	ck_assert_int_eq(got, wanted);
	ck_assert_msg(strstr(ctx->err.message, message) != NULL, "%s", ctx->err.message);
	cvp_clear(ctx);
}

/* J-8: the example of the documentation. */
START_TEST(a_job_is_made_followed_and_ended)
{
	json_t *row, *data = minimal("example"),
		     *progress = json_pack("{s:s, s:i}", "stage", "verifying", "percent", 85);

	json_object_set_new(data, "input_data", json_pack("{s:s}", "language", "en"));
	row = create(data);
	ck_assert_str_eq(text_of(row, "status"), "PENDING");
	ck_assert_int_eq(cvp_job_update_status(ctx, text_of(row, "job_id"), "PROCESSING", NULL, &row), CVP_OK);
	row = updated(row, json_pack("{s:o}", "progress", progress));
	ck_assert(json_equal(json_object_get(row, "progress"), progress));
	ck_assert_int_eq(cvp_job_update_status(ctx, text_of(row, "job_id"), "COMPLETED",
					       cvp_own(ctx, json_pack("{s:s}", "completed_at", created_at)), &row),
			 CVP_OK);
	ck_assert_str_eq(text_of(row, "status"), "COMPLETED");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM queue WHERE job_id = '%s'", text_of(row, "job_id")), 0);
}
END_TEST

/* V-1: names that programs and worker share stand in one place each. */
START_TEST(names_are_shared)
{
	static const char *const statuses[] = { "PENDING", "PROCESSING", "COMPLETED", "FAILED" };
	static const struct {
		const char *name;
		int percent;
	} stages[] = { { "queued", 0 },     { "loading", 5 },  { "analysing", 15 }, { "generating", 20 },
		       { "verifying", 85 }, { "storing", 95 }, { "done", 100 } };

	for (size_t i = 0; i < CVP_COUNT(statuses); i++)
		ck_assert_str_eq(cvp_job_status_name((enum cvp_job_status)i), statuses[i]);
	for (size_t i = 0; i < CVP_COUNT(stages); i++) {
		ck_assert_str_eq(cvp_stage_name((enum cvp_stage)i), stages[i].name);
		ck_assert_int_eq(cvp_stage_percent((enum cvp_stage)i), stages[i].percent);
	}
	ck_assert_str_eq(cvp_result_key(ctx, "j-1"), "results/j-1.json");
	ck_assert_int_eq(CVP_JOB_ATTEMPTS, 3);
	ck_assert_int_eq(CVP_LINK_SECONDS, 3600);
}
END_TEST

/* J-2 */
START_TEST(each_missing_field_fails_by_name_in_order)
{
	static const char *const names[] = { "job_id", "status", "created_at", "idempotency_key" };
	json_t *data = minimal("missing"), *row = NULL, *empty = cvp_own(ctx, json_object());

	for (int i = 0; i < 4; i++) {
		json_t *without = cvp_own(ctx, json_copy(data));

		json_object_del(without, names[i]);
		assert_refused(cvp_job_create(ctx, without, &row), CVP_VALIDATION_MISSING_REQUIRED_FIELD,
			       text("Missing required field: %s", names[i]));
	}
	assert_refused(cvp_job_create(ctx, empty, &row), CVP_VALIDATION_MISSING_REQUIRED_FIELD,
		       "Missing required field: job_id");
	ck_assert_ptr_null(row);
}
END_TEST

START_TEST(a_record_comes_back_as_it_was_given)
{
	json_t *data = minimal("whole"), *row;
	const char *name;
	json_t *value;

	json_object_update_new(
	    data, json_pack("{s:s, s:s, s:s, s:{s:[s,i]}, s:s, s:s, s:s, s:[{s:s}], s:[{s:s}], s:{s:i}, s:i, s:i, s:i}",
			    "user_id", named("owner"), "kind", "test", "application_id", "app/1 with spaces",
			    "input_data", "list", "\xd1\x8f", 7, "result_key", "results/x.json", "error", "It failed.",
			    "code", "LLM_TIMEOUT", "details", "pointer", "/a", "errors", "code", "TIMEOUT",
			    "token_usage", "input_tokens", 12, "vpr_version", 3, "word_count", 400, "attempts", 2));
	json_object_set_new(data, "started_at", json_string(created_at));
	json_object_set_new(data, "ttl", json_integer(4102444800));
	row = create(data);
	json_object_foreach (data, name, value)
		ck_assert_msg(json_equal(json_object_get(row, name), value), "%s differs", name);
	ck_assert(json_equal(get(row), row));
	ck_assert_int_eq(
	    sql_number("SELECT count(*) FROM jobs WHERE job_id = '%s' AND (position('LLM' in encode(details,"
		       " 'escape')) > 0 OR position('list' in encode(input_data, 'escape')) > 0)",
		       text_of(row, "job_id")),
	    0);
}
END_TEST

START_TEST(what_is_not_given_has_its_default)
{
	json_t *data = minimal("defaults"), *row;

	json_object_set_new(data, "ttl", json_integer(1000)); /* over before it begins */
	row = create(data);
	ck_assert_str_eq(text_of(row, "user_id"), "system");
	ck_assert_str_eq(text_of(row, "created_at"), created_at);
	ck_assert_int_gt(json_integer_value(json_object_get(row, "ttl")), cvp_now(ctx) / CVP_SECOND + 86400);
	ck_assert_ptr_null(json_object_get(row, "completed_at"));
}
END_TEST

START_TEST(wrong_values_fail_by_field)
{
	const struct {
		const char *name;
		json_t *value;
	} cases[] = {
		{ "status", json_string("DONE") },
		{ "status", json_integer(1) },
		{ "created_at", json_string("soon") },
		{ "started_at", json_string("2026-13-01T00:00:00Z") },
		{ "ttl", json_string("tomorrow") },
		{ "attempts", json_integer(-1) },
		{ "vpr_version", json_real(1.5) },
		{ "progress", json_pack("{s:s}", "stage", "loading") },
		{ "extra", json_array() },
		{ "name", json_stringn("a\0b", 3) },
		{ "error", json_stringn("a\0b", 3) },
		{ "user_id", json_integer(5) },
		{ "token_usage", json_pack("[o]", json_stringn("\0", 1)) },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *data = minimal(text("wrong-%zu", i)), *row = NULL;

		json_object_set_new(data, cases[i].name, cases[i].value);
		ck_assert_msg(cvp_job_create(ctx, data, &row) == CVP_INVALID_INPUT, "%s: %s", cases[i].name,
			      ctx->err.message != NULL ? ctx->err.message : "accepted");
		cvp_clear(ctx);
	}
}
END_TEST

/* J-3: the row, none, and a failure are told apart, by id and by key alike. */
START_TEST(three_answers_by_id_and_by_key)
{
	json_t *row = create(minimal("answers")), *found = NULL;
	struct database lost;

	ck_assert_int_eq(cvp_job_get_by_key(ctx, text_of(row, "idempotency_key"), &found), CVP_OK);
	ck_assert(json_equal(found, row));
	found = NULL;
	assert_refused(cvp_job_get(ctx, named("nobody"), &found), CVP_JOB_NOT_FOUND, "not found");
	assert_refused(cvp_job_get_by_key(ctx, named("nobody"), &found), CVP_JOB_NOT_FOUND, "not found");
	lose_database(&lost);
	ck_assert_int_eq(cvp_job_get(&lost.ctx, text_of(row, "job_id"), &found), CVP_DATABASE_ERROR);
	cvp_clear(&lost.ctx);
	ck_assert_int_eq(cvp_job_get_by_key(&lost.ctx, text_of(row, "idempotency_key"), &found), CVP_DATABASE_ERROR);
	database_close(&lost);
	ck_assert_ptr_null(found);
}
END_TEST

/* J-5 */
START_TEST(any_word_is_a_field_name)
{
	static const char *const names[] = { "name",
					     "data",
					     "type",
					     "value",
					     "timestamp",
					     "date",
					     "time",
					     "year",
					     "month",
					     "select",
					     "'; DROP TABLE jobs; --" };
	json_t *data = minimal("words"), *updates = cvp_own(ctx, json_object()), *row;

	json_object_set_new(data, "error", json_string("'); DELETE FROM jobs; --"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		json_object_set_new(data, names[i], json_pack("[s, i, n]", names[i], (int)i));
		json_object_set_new(updates, names[i], json_string("'; UPDATE jobs SET status = 'x'"));
	}
	row = create(data);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert(json_equal(json_object_get(row, names[i]), json_object_get(data, names[i])));
	row = updated(row, json_incref(updates));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert(json_equal(json_object_get(row, names[i]), json_object_get(updates, names[i])));
	ck_assert_str_eq(text_of(row, "error"), "'); DELETE FROM jobs; --");
	ck_assert_str_eq(text_of(row, "status"), "PENDING");
}
END_TEST

/* J-6 */
START_TEST(duplicates_conflict_and_name_the_holder)
{
	json_t *first = create(minimal("first")), *other = minimal("other"), *row = NULL;

	json_object_set(other, "idempotency_key", json_object_get(first, "idempotency_key"));
	assert_refused(cvp_job_create(ctx, other, &row), CVP_CONFLICT, "idempotency_key");
	ck_assert(json_equal(row, first));
	other = minimal("other");
	json_object_set(other, "job_id", json_object_get(first, "job_id"));
	assert_refused(cvp_job_create(ctx, other, &row), CVP_CONFLICT, "job_id");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM jobs WHERE job_id = '%s'", text_of(first, "job_id")), 1);
}
END_TEST

START_TEST(an_unknown_id_makes_no_row)
{
	const char *nobody = named("nobody");
	json_t *row = NULL, *updates = cvp_own(ctx, json_pack("{s:s}", "error", "x"));

	assert_refused(cvp_job_update(ctx, nobody, updates, &row), CVP_JOB_NOT_FOUND, "not found");
	assert_refused(cvp_job_update_status(ctx, nobody, "FAILED", NULL, &row), CVP_JOB_NOT_FOUND, "not found");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM jobs WHERE job_id = '%s'", nobody), 0);
}
END_TEST

START_TEST(some_things_do_not_change)
{
	static const char *const fixed[] = { "job_id", "user_id", "created_at" };
	json_t *row = create(minimal("fixed")), *after = NULL;

	ck_assert(json_equal(updated(row, json_object()), row));
	for (int i = 0; i < 3; i++)
		assert_refused(cvp_job_update(ctx, text_of(row, "job_id"),
					      cvp_own(ctx, json_pack("{s:s}", fixed[i], created_at)), &after),
			       CVP_INVALID_INPUT, fixed[i]);
	updated(row, json_pack("{s:s, s:s}", "status", "FAILED", "error", "It failed."));
	assert_refused(cvp_job_update_status(ctx, text_of(row, "job_id"), "PENDING", NULL, &after), CVP_CONFLICT,
		       "final");
	after = updated(row, json_pack("{s:s, s:n, s:i}", "status", "FAILED", "error", "attempts", 3));
	ck_assert_ptr_null(json_object_get(after, "error"));
	ck_assert_int_eq(json_integer_value(json_object_get(after, "attempts")), 3);
}
END_TEST

START_TEST(a_failed_job_frees_its_key)
{
	json_t *first = create(minimal("freed")), *second = minimal("second"), *found = NULL;

	json_object_set(second, "idempotency_key", json_object_get(first, "idempotency_key"));
	ck_assert_int_eq(cvp_job_update_status(ctx, text_of(first, "job_id"), "FAILED", NULL, &found), CVP_OK);
	second = create(second);
	ck_assert_int_eq(cvp_job_get_by_key(ctx, text_of(second, "idempotency_key"), &found), CVP_OK);
	ck_assert(json_equal(found, second));
}
END_TEST

/* ---- J-4: readers see no part of an update ---- */

struct race {
	const char *job_id;
	int torn, reads;
	volatile bool is_over;
};

static void *
read_on(void *arg)
{
	struct race *race = arg;
	struct database own;

	database_open(&own);
	while (!race->is_over) {
		json_t *row = NULL;
		int same = 0;

		if (cvp_job_get(&own.ctx, race->job_id, &row) == CVP_OK)
			same = json_equal(json_object_get(row, "word_count"), json_object_get(row, "vpr_version")) +
			       json_equal(json_object_get(row, "word_count"), json_object_get(row, "round"));
		race->torn += same != CLEARED - 1;
		race->reads++;
		cvp_ctx_reset(&own.ctx);
	}
	database_close(&own);
	return NULL;
}

START_TEST(an_update_is_seen_whole_or_not_at_all)
{
	json_t *data = minimal("race");
	struct race race = { .job_id = text_of(data, "job_id") };
	pthread_t reader;

	json_object_update_new(data, json_pack("{s:i, s:i, s:i}", "word_count", 0, "vpr_version", 0, "round", 0));
	create(data);
	ck_assert_int_eq(pthread_create(&reader, NULL, read_on, &race), 0);
	for (int i = 1; i <= ROUNDS; i++)
		updated(data, json_pack("{s:i, s:i, s:i}", "word_count", i, "vpr_version", i, "round", i));
	race.is_over = true;
	pthread_join(reader, NULL);
	printf("records: %d updates of three fields, %d reads beside them, %d torn\n", ROUNDS, race.reads, race.torn);
	ck_assert_int_gt(race.reads, 0);
	ck_assert_int_eq(race.torn, 0);
}
END_TEST

START_TEST(times_of_a_status_come_back)
{
	json_t *row = create(minimal("times"));
	const char *ended = "2026-11-21T03:42:00.123456Z";

	row = updated(row, json_pack("{s:s, s:s}", "status", "PROCESSING", "started_at", ended));
	ck_assert_str_eq(text_of(row, "status"), "PROCESSING");
	ck_assert_str_eq(text_of(row, "started_at"), ended);
	row = updated(row,
		      json_pack("{s:s, s:s, s:s}", "status", "COMPLETED", "completed_at", ended, "result_key", "r"));
	ck_assert_str_eq(text_of(row, "completed_at"), ended);
	ck_assert_str_eq(text_of(row, "started_at"), ended);
}
END_TEST

/* J-7 */
START_TEST(a_failing_database_is_told_without_what_was_sent)
{
	json_t *data = minimal("secret"), *row = NULL;
	struct database lost;

	json_object_set_new(data, "error", json_string("a secret sentence"));
	lose_database(&lost);
	ck_assert_int_eq(cvp_job_create(&lost.ctx, data, &row), CVP_DATABASE_ERROR);
	ck_assert_ptr_null(strstr(lost.ctx.err.message, "secret"));
	ck_assert(lost.ctx.err.is_logged);
	database_close(&lost);
	create(data);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("job_records");
	TCase *tcase = tcase_create("records");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_job_is_made_followed_and_ended);
	tcase_add_test(tcase, names_are_shared);
	tcase_add_test(tcase, each_missing_field_fails_by_name_in_order);
	tcase_add_test(tcase, a_record_comes_back_as_it_was_given);
	tcase_add_test(tcase, what_is_not_given_has_its_default);
	tcase_add_test(tcase, wrong_values_fail_by_field);
	tcase_add_test(tcase, three_answers_by_id_and_by_key);
	tcase_add_test(tcase, any_word_is_a_field_name);
	tcase_add_test(tcase, duplicates_conflict_and_name_the_holder);
	tcase_add_test(tcase, an_unknown_id_makes_no_row);
	tcase_add_test(tcase, some_things_do_not_change);
	tcase_add_test(tcase, a_failed_job_frees_its_key);
	tcase_add_test(tcase, an_update_is_seen_whole_or_not_at_all);
	tcase_add_test(tcase, times_of_a_status_come_back);
	tcase_add_test(tcase, a_failing_database_is_told_without_what_was_sent);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
