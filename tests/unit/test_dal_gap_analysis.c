/* Storing gap analyses, on a database in memory (SPEC 14, G-1 to G-6); tests/stack/test_gap.c is the same on Postgres.
 */
#include <check.h>
#include <string.h>

#include "dal/artifacts.h"
#include "dal/db.h"
#include "dal/gap_analyses.h"
#include "fake_db.h"
#include "run.h"

#define NOW    INT64_C(1772366400000000) /* 2026-03-01T12:00:00Z */
#define EXPIRY INT64_C(7776000)
#define URL    "https://jobs.example/1"

static struct fake_db db;
static struct cvp_ctx *ctx;

static void
set_up(void)
{
	fake_db_open(&db, NOW);
	ctx = &db.ctx;
}

static void
tear_down(void)
{
	fake_db_close(&db);
}

static struct cvp_gap_key
key_of(int version)
{
	return (struct cvp_gap_key){ "ana", "cv-1", URL, version };
}

static json_t *
questions_of(const char *first)
{
	return cvp_own(ctx, json_pack("[{s:s, s:s}, {s:s, s:s}]", "question_id", "q-1", "question", first,
				      "question_id", "q-2", "question", "And where?"));
}

static void
save(struct cvp_gap_key key, const char *first)
{
	ck_assert_msg(cvp_gap_analysis_save(ctx, key, questions_of(first)) == CVP_OK, "%s", ctx->err.message);
}

static json_t *
got(struct cvp_gap_key key)
{
	json_t *record = NULL;

	ck_assert_msg(cvp_gap_analysis_get(ctx, key, &record) == CVP_OK, "%s", ctx->err.message);
	return record;
}

static const char *
first_of(const json_t *record)
{
	const json_t *question = json_array_get(json_object_get(record, "questions"), 0);

	return json_string_value(json_object_get(question, "question"));
}

static void
assert_fails(enum cvp_code code, enum cvp_code wanted, const char *message)
{
	ck_assert_int_eq(code, wanted);
	ck_assert_msg(strncmp(ctx->err.message, message, strlen(message)) == 0, "%s", ctx->err.message);
	cvp_clear(ctx);
}

/* G-1: saved and got by the same tuple, the questions are equal and in order; both successes have their names. */
START_TEST(what_was_saved_is_got)
{
	json_t *record;

	save(key_of(0), "Where?");
	ck_assert_str_eq(cvp_done_name(ctx->done), "GAP_RESPONSES_SAVED");
	ctx->done = CVP_DONE_SUCCESS;
	record = got(key_of(0));
	ck_assert_str_eq(cvp_done_name(ctx->done), "SUCCESS");
	ck_assert(json_equal(json_object_get(record, "questions"), questions_of("Where?")));
}
END_TEST

/* G-2: the record has all its fields. */
START_TEST(a_record_has_all_its_fields)
{
	json_t *record;

	save(key_of(0), "Where?");
	record = got(key_of(1));
	ck_assert_str_eq(json_string_value(json_object_get(record, "user_id")), "ana");
	ck_assert_str_eq(json_string_value(json_object_get(record, "cv_id")), "cv-1");
	ck_assert_str_eq(json_string_value(json_object_get(record, "job_posting_id")), URL);
	ck_assert_str_eq(json_string_value(json_object_get(record, "artifact_type")), "gap_analysis");
	ck_assert_int_eq(json_integer_value(json_object_get(record, "version")), 1);
	ck_assert_str_eq(json_string_value(json_object_get(record, "created_at")), "2026-03-01T12:00:00.000000Z");
	ck_assert_int_eq(json_integer_value(json_object_get(record, "ttl")), NOW / CVP_SECOND + EXPIRY);
}
END_TEST

/* G-2: an unknown tuple, another version, an expired row. */
START_TEST(what_is_not_there_is_not_found)
{
	struct cvp_gap_key other = { "ana", "cv-2", URL, 0 }, foreign = { "bob", "cv-1", URL, 0 };
	json_t *record = NULL;

	save(key_of(0), "Where?");
	assert_fails(cvp_gap_analysis_get(ctx, other, &record), CVP_NOT_FOUND, "Gap analysis not found");
	assert_fails(cvp_gap_analysis_get(ctx, foreign, &record), CVP_NOT_FOUND, "Gap analysis not found");
	assert_fails(cvp_gap_analysis_get(ctx, key_of(2), &record), CVP_NOT_FOUND, "Gap analysis not found");
	db.clock = cvp_clock_fixed(NOW + EXPIRY * CVP_SECOND);
	assert_fails(cvp_gap_analysis_get(ctx, key_of(0), &record), CVP_NOT_FOUND, "Gap analysis not found");
	ck_assert_ptr_null(record);
}
END_TEST

/* G-3: an explicit version saved twice is one row, the last, with fresh times. */
START_TEST(an_explicit_version_is_replaced)
{
	save(key_of(3), "Where?");
	db.clock = cvp_clock_fixed(NOW + CVP_SECOND);
	save(key_of(3), "When?");
	ck_assert_uint_eq(fake_db_rows(), 1);
	ck_assert_str_eq(first_of(got(key_of(3))), "When?");
	ck_assert_str_eq(json_string_value(json_object_get(got(key_of(3)), "created_at")),
			 "2026-03-01T12:00:01.000000Z");
}
END_TEST

/* G-3: version 0 twice is two; the newest is got by 0. */
START_TEST(version_0_is_the_next_one)
{
	save(key_of(0), "Where?");
	save(key_of(0), "When?");
	ck_assert_uint_eq(fake_db_rows(), 2);
	ck_assert_str_eq(first_of(got(key_of(1))), "Where?");
	ck_assert_str_eq(first_of(got(key_of(0))), "When?");
	ck_assert_int_eq(json_integer_value(json_object_get(got(key_of(0)), "version")), 2);
}
END_TEST

/* G-4 */
START_TEST(a_record_lives_for_90_days)
{
	struct cvp_artifact row;
	struct cvp_artifact_key key = { "ana", "gap_analysis", "cv-1#" URL, 0 };

	save(key_of(0), "Where?");
	ck_assert_int_eq(cvp_artifact_get(ctx, key, &row), CVP_OK);
	ck_assert_int_eq(row.expires_at - row.created_at, EXPIRY * CVP_SECOND);
}
END_TEST

/* G-5: the database down. */
START_TEST(a_lost_database_is_told)
{
	json_t *record = NULL;

	fake_db_lose(true);
	assert_fails(cvp_gap_analysis_save(ctx, key_of(0), questions_of("Where?")), CVP_INTERNAL_ERROR,
		     "Failed to save gap analysis: ");
	assert_fails(cvp_gap_analysis_get(ctx, key_of(0), &record), CVP_INTERNAL_ERROR,
		     "Failed to retrieve gap analysis: ");
	fake_db_lose(false);
	save(key_of(0), "Where?");
	ck_assert_int_eq(fake_db_open_transactions(), 0);
}
END_TEST

/* SPEC 6.2: an id of a posting over 200 bytes stands in the subject by its hash; its text in the body. */
START_TEST(a_long_posting_id_is_hashed)
{
	struct cvp_gap_key key = key_of(0);
	char id[301];

	memset(id, 'x', 300);
	id[300] = '\0';
	key.job_posting_id = id;
	ck_assert_uint_eq(strlen(cvp_posting_subject(ctx, "cv-1", id)), strlen("cv-1#sha256:") + 64);
	save(key, "Where?");
	ck_assert_str_eq(json_string_value(json_object_get(got(key), "job_posting_id")), id);
	id[200] = '\0';
	ck_assert_str_eq(cvp_posting_subject(ctx, "cv-1", id), cvp_arena_printf(ctx->arena, "cv-1#%s", id));
}
END_TEST

START_TEST(bad_input_is_named)
{
	struct cvp_gap_key no_cv = { "ana", "..", URL, 0 }, no_posting = { "ana", "cv-1", "", 0 };

	assert_fails(cvp_gap_analysis_save(ctx, no_cv, questions_of("Where?")), CVP_INVALID_INPUT, "cv_id");
	assert_fails(cvp_gap_analysis_save(ctx, no_posting, questions_of("Where?")), CVP_INVALID_INPUT,
		     "job_posting_id");
	assert_fails(cvp_gap_analysis_save(ctx, key_of(-1), questions_of("Where?")), CVP_INVALID_INPUT, "version");
	assert_fails(cvp_gap_analysis_save(ctx, key_of(0), json_null()), CVP_INVALID_INPUT, "questions");
	ck_assert_uint_eq(fake_db_rows(), 0);
}
END_TEST

START_TEST(a_damaged_row_is_not_given_out)
{
	json_t *record = NULL;

	save(key_of(0), "Where?");
	fake_db_damage();
	ck_assert_int_ne(cvp_gap_analysis_get(ctx, key_of(0), &record), CVP_OK);
	ck_assert_ptr_null(record);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dal_gap_analysis");
	TCase *tc = tcase_create("all");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, what_was_saved_is_got);
	tcase_add_test(tc, a_record_has_all_its_fields);
	tcase_add_test(tc, what_is_not_there_is_not_found);
	tcase_add_test(tc, an_explicit_version_is_replaced);
	tcase_add_test(tc, version_0_is_the_next_one);
	tcase_add_test(tc, a_record_lives_for_90_days);
	tcase_add_test(tc, a_lost_database_is_told);
	tcase_add_test(tc, a_long_posting_id_is_hashed);
	tcase_add_test(tc, bad_input_is_named);
	tcase_add_test(tc, a_damaged_row_is_not_given_out);
	suite_add_tcase(suite, tc);
	return run(suite);
}
