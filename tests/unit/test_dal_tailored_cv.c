/* Storing tailored CVs, on a database in memory (SPEC 14, T-1 to T-12); tests/stack/test_tailored_cvs.c is the same on
 * Postgres. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dal/db.h"
#include "dal/tailored_cvs.h"
#include "fake_db.h"
#include "run.h"
#include "schema/canonical.h"

#define NOW    INT64_C(1772366400000000) /* 2026-03-01T12:00:00Z */
#define EXPIRY INT64_C(7776000)

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

static json_t *
data_of(const char *owner, const char *application_id, const char *summary)
{
	return cvp_own(
	    ctx, json_pack("{s:{s:{s:s, s:s, s:s}, s:s, s:[], s:i, s:s}, s:{s:s, s:s, s:s, s:b, s:[]}, s:{s:i, "
			   "s:i, s:s, s:f}}",
			   "tailored_cv", "contact_info", "name", "Robin Sample", "email", "robin.sample@example.org",
			   "phone", "+49 30 5550 1234", "executive_summary", summary, "work_experience",
			   "source_cv_version", 2, "target_job_id", "manual", "metadata", "application_id",
			   application_id, "user_id", owner, "job_id", "manual", "fvs_validation_passed", 1, "warnings",
			   "token_usage", "input", 7, "output", 9, "model", "builtin", "cost_usd", 0.0));
}

static const char *
saved(const char *owner, const char *application_id)
{
	const char *id = NULL;

	ck_assert_msg(cvp_tailored_cv_save(ctx, owner, application_id, data_of(owner, application_id, "S"), &id) ==
			  CVP_OK,
		      "%s", ctx->err.message);
	return strchr(id, '#') + 1;
}

static struct cvp_artifact
got(const char *owner, const char *application_id, const char *created_at)
{
	struct cvp_artifact artifact;

	ck_assert_int_eq(cvp_tailored_cv_get(ctx, owner, application_id, created_at, &artifact), CVP_OK);
	return artifact;
}

static void
assert_fails(enum cvp_code code, enum cvp_code wanted, const char *message)
{
	ck_assert_int_eq(code, wanted);
	ck_assert_msg(strstr(ctx->err.message, message) != NULL, "%s", ctx->err.message);
	cvp_clear(ctx);
}

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* T-3: the row has all attributes of SPEC 6.2, its id holds the application's. */
START_TEST(saving_writes_every_attribute)
{
	const char *id = NULL;
	struct cvp_artifact row;

	ck_assert_int_eq(cvp_tailored_cv_save(ctx, "ana", "app-1", data_of("ana", "app-1", "S"), &id), CVP_OK);
	ck_assert_str_eq(id, "app-1#2026-03-01T12:00:00.000000Z");
	row = got("ana", "app-1", "2026-03-01T12:00:00.000000Z");
	ck_assert_str_eq(row.key.owner, "ana");
	ck_assert_str_eq(row.key.kind, "tailored_cv");
	ck_assert_str_eq(row.key.subject, "app-1");
	ck_assert_int_eq(row.key.version, 1);
	ck_assert(row.is_verified);
	ck_assert_uint_eq(strlen(row.checksum), 64);
	ck_assert_str_eq(text_of(row.metadata, "job_id"), "manual");
	ck_assert_int_eq(json_integer_value(json_object_get(row.metadata, "cv_version")), 2);
	ck_assert_int_eq(json_integer_value(json_object_get(row.token_usage, "input_tokens")), 7);
	ck_assert_int_eq(json_integer_value(json_object_get(row.token_usage, "output_tokens")), 9);
	ck_assert_ptr_null(json_object_get(row.metadata, "user_id")); /* nothing of the person in the open */
	ck_assert_int_eq(fake_db_open_transactions(), 0);
}
END_TEST

/* T-4: exactly 7,776,000 s on, in whatever zone the host is. */
START_TEST(a_version_expires_after_90_days_in_any_zone)
{
	static const char *const zones[] = { "UTC", "America/New_York", "Asia/Kolkata" };

	for (size_t i = 0; i < CVP_COUNT(zones); i++) {
		struct cvp_artifact row;

		setenv("TZ", zones[i], 1);
		tzset();
		row = got("ana", "app-1", saved("ana", "app-1"));
		ck_assert_int_eq(row.expires_at - row.created_at, EXPIRY * CVP_SECOND);
	}
}
END_TEST

/* SPEC 6.1: a microsecond later on a clash, five times at most; versions count on. */
START_TEST(versions_of_one_moment_are_a_microsecond_apart)
{
	const char *id;

	ck_assert_str_eq(saved("ana", "app-1"), "2026-03-01T12:00:00.000000Z");
	ck_assert_str_eq(saved("ana", "app-1"), "2026-03-01T12:00:00.000001Z");
	ck_assert_str_eq(saved("ana", "app-2"), "2026-03-01T12:00:00.000000Z"); /* others do not clash */
	for (int i = 2; i <= 5; i++)
		(void)saved("ana", "app-1");
	ck_assert_int_eq(got("ana", "app-1", "2026-03-01T12:00:00.000005Z").key.version, 6);
	assert_fails(cvp_tailored_cv_save(ctx, "ana", "app-1", data_of("ana", "app-1", "S"), &id), CVP_DATABASE_ERROR,
		     "at once");
	ck_assert_uint_eq(fake_db_rows(), 7);
}
END_TEST

/* T-11: what is no tailored CV of the owner is INVALID_INPUT and stores nothing. */
START_TEST(saving_refuses_what_is_not_the_owners)
{
	const char *id;

	assert_fails(cvp_tailored_cv_save(ctx, "ana", "app-1", data_of("eve", "app-1", "S"), &id), CVP_INVALID_INPUT,
		     "metadata.user_id");
	assert_fails(cvp_tailored_cv_save(ctx, "ana", "no good", data_of("ana", "no good", "S"), &id),
		     CVP_INVALID_INPUT, "application_id");
	assert_fails(cvp_tailored_cv_save(ctx, "ana", "app-1", cvp_own(ctx, json_object()), &id), CVP_INVALID_INPUT,
		     "tailored_cv is missing");
	ck_assert_uint_eq(fake_db_rows(), 0);
}
END_TEST

/* T-5: what is read equals what was saved. */
START_TEST(reading_gives_back_an_equal_object)
{
	json_t *data = data_of("ana", "app-1", "Ingenieurin, ת, я");
	const char *id;
	struct cvp_artifact row;

	ck_assert_int_eq(cvp_tailored_cv_save(ctx, "ana", "app-1", data, &id), CVP_OK);
	row = got("ana", "app-1", strchr(id, '#') + 1);
	ck_assert(json_equal(row.body, data));
	ck_assert_str_eq(text_of(json_object_get(row.body, "metadata"), "created_at"), strchr(id, '#') + 1);
	ck_assert_int_eq(
	    json_integer_value(json_object_get(json_object_get(row.body, "tailored_cv"), "tailoring_version")), 1);
}
END_TEST

/* T-5: absent, another's, at another time: not found, in these words. */
START_TEST(reading_what_is_not_there_says_so)
{
	const char *at = saved("ana", "app-1");
	struct cvp_artifact row;

	assert_fails(cvp_tailored_cv_get(ctx, "eve", "app-1", at, &row), CVP_NOT_FOUND, "Tailored CV not found");
	assert_fails(cvp_tailored_cv_get(ctx, "ana", "app-2", at, &row), CVP_NOT_FOUND, "Tailored CV not found");
	assert_fails(cvp_tailored_cv_get(ctx, "ana", "app-1", "2026-03-01T12:00:00.000009Z", &row), CVP_NOT_FOUND,
		     "Tailored CV not found");
	assert_fails(cvp_tailored_cv_get(ctx, "ana", "app-1", "yesterday", &row), CVP_INVALID_INPUT, "created_at");
}
END_TEST

/* T-9: the order of keys does not change the checksum; a bit of the stored bytes does not pass. */
START_TEST(the_checksum_is_of_the_content)
{
	json_t *one = cvp_own(ctx, json_loads("{\"a\": {\"x\": 1, \"y\": [true, null]}, \"b\": \"ת\"}", 0, NULL));
	json_t *other = cvp_own(ctx, json_loads("{\"b\": \"ת\", \"a\": {\"y\": [true, null], \"x\": 1}}", 0, NULL));
	char first[CVP_SHA256_HEX], second[CVP_SHA256_HEX];
	const char *at = saved("ana", "app-1");
	struct cvp_artifact row;

	cvp_canonical_sha256(one, first);
	cvp_canonical_sha256(other, second);
	ck_assert_str_eq(first, second);
	fake_db_damage();
	ck_assert_int_eq(cvp_tailored_cv_get(ctx, "ana", "app-1", at, &row), CVP_INTEGRITY_ERROR);
}
END_TEST

/* T-12: from its last microsecond on it is unseen. */
START_TEST(an_expired_version_is_unseen_at_once)
{
	const char *at = saved("ana", "app-1");
	struct cvp_artifact row;
	json_t *items, *page;

	db.clock.fixed = NOW + EXPIRY * CVP_SECOND - 1;
	(void)got("ana", "app-1", at);
	db.clock.fixed++;
	assert_fails(cvp_tailored_cv_get(ctx, "ana", "app-1", at, &row), CVP_NOT_FOUND, "not found");
	ck_assert_int_eq(cvp_tailored_cv_list_for_application(ctx, "ana", "app-1", &items), CVP_OK);
	ck_assert_uint_eq(json_array_size(items), 0);
	ck_assert_int_eq(cvp_tailored_cv_list_for_user(ctx, "ana", 10, NULL, &page), CVP_OK);
	ck_assert_int_eq(json_integer_value(json_object_get(page, "count")), 0);
}
END_TEST

/* T-6: the user's list holds the user's own, the application's every version, both newest first. */
START_TEST(lists_hold_ones_own_newest_first)
{
	json_t *items, *page;

	(void)saved("ana", "app-1");
	db.clock.fixed += CVP_SECOND;
	(void)saved("ana", "app-2");
	db.clock.fixed += CVP_SECOND;
	(void)saved("ana", "app-1");
	(void)saved("eve", "app-1");
	ck_assert_int_eq(cvp_tailored_cv_list_for_application(ctx, "ana", "app-1", &items), CVP_OK);
	ck_assert_uint_eq(json_array_size(items), 2);
	ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(items, 0), "version")), 2);
	ck_assert_int_eq(cvp_tailored_cv_list_for_user(ctx, "ana", 10, NULL, &page), CVP_OK);
	items = json_object_get(page, "items");
	ck_assert_uint_eq(json_array_size(items), 3);
	ck_assert(json_is_null(json_object_get(page, "last_evaluated_key")));
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(text_of(json_array_get(items, i), "user_id"), "ana");
	ck_assert_str_eq(text_of(json_array_get(items, 1), "application_id"), "app-2");
}
END_TEST

/* T-7: 25 rows by 10 are pages of 10, 10 and 5, each row once, though all are of one time; then the key is null. */
START_TEST(pages_are_complete_and_disjoint)
{
	static const size_t sizes[] = { 10, 10, 5 };
	bool seen[25] = { false };
	const char *token = NULL;

	for (int i = 0; i < 25; i++)
		(void)saved("ana", cvp_arena_printf(ctx->arena, "app-%02d", i));
	for (size_t i = 0; i < CVP_COUNT(sizes); i++) {
		json_t *page, *item;
		size_t index;

		ck_assert_int_eq(cvp_tailored_cv_list_for_user(ctx, "ana", 10, token, &page), CVP_OK);
		ck_assert_uint_eq(json_array_size(json_object_get(page, "items")), sizes[i]);
		json_array_foreach (json_object_get(page, "items"), index, item) {
			long number = strtol(text_of(item, "application_id") + 4, NULL, 10);

			ck_assert(!seen[number]);
			seen[number] = true;
		}
		token = text_of(page, "last_evaluated_key");
	}
	ck_assert_ptr_null(token);
	for (int i = 0; i < 25; i++)
		ck_assert(seen[i]);
}
END_TEST

/* T-7: a token that is forged, another's or no token, and a limit out of bounds, are INVALID_INPUT. */
START_TEST(pages_take_only_their_own_tokens)
{
	char *forged;
	const char *token;
	json_t *page;

	(void)saved("ana", "app-1");
	(void)saved("ana", "app-2");
	ck_assert_int_eq(cvp_tailored_cv_list_for_user(ctx, "ana", 1, NULL, &page), CVP_OK);
	token = text_of(page, "last_evaluated_key");
	ck_assert_ptr_nonnull(token);
	forged = cvp_arena_strdup(ctx->arena, token);
	forged[3] = forged[3] == 'A' ? 'B' : 'A';
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "ana", 1, forged, &page), CVP_INVALID_INPUT, "cursor");
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "eve", 1, token, &page), CVP_INVALID_INPUT, "cursor");
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "ana", 1, "x", &page), CVP_INVALID_INPUT, "cursor");
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "ana", 1, "", &page), CVP_INVALID_INPUT, "cursor");
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "ana", 0, NULL, &page), CVP_INVALID_INPUT, "limit");
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "ana", 101, NULL, &page), CVP_INVALID_INPUT, "limit");
}
END_TEST

/* T-8: deleted is not found; deleting again is no failure. */
START_TEST(what_is_deleted_is_gone)
{
	const char *at = saved("ana", "app-1");
	struct cvp_artifact row;

	ck_assert_int_eq(cvp_tailored_cv_delete(ctx, "ana", "app-1", at), CVP_OK);
	assert_fails(cvp_tailored_cv_get(ctx, "ana", "app-1", at, &row), CVP_NOT_FOUND, "not found");
	ck_assert_int_eq(cvp_tailored_cv_delete(ctx, "ana", "app-1", at), CVP_OK);
}
END_TEST

/* SPEC 4.2: a pinned version never expires; one that is gone cannot be pinned. */
START_TEST(a_pinned_version_stays)
{
	const char *at = saved("ana", "app-1");
	json_t *items;

	ck_assert_int_eq(cvp_tailored_cv_keep(ctx, "ana", "app-1", at, CVP_FOREVER), CVP_OK);
	db.clock.fixed += 10 * EXPIRY * CVP_SECOND;
	ck_assert_int_eq(got("ana", "app-1", at).expires_at, CVP_FOREVER);
	ck_assert_int_eq(cvp_tailored_cv_list_for_application(ctx, "ana", "app-1", &items), CVP_OK);
	ck_assert(json_is_true(json_object_get(json_array_get(items, 0), "pinned")));
	assert_fails(cvp_tailored_cv_keep(ctx, "ana", "app-2", at, CVP_FOREVER), CVP_NOT_FOUND, "not found");
}
END_TEST

/* T-11: with the database away each of the five is DATABASE_ERROR, and the next call finds all as it was. */
START_TEST(a_database_that_is_away_is_said)
{
	const char *at = saved("ana", "app-1"), *id;
	struct cvp_artifact row;
	json_t *out;

	fake_db_lose(true);
	assert_fails(cvp_tailored_cv_save(ctx, "ana", "app-1", data_of("ana", "app-1", "S"), &id), CVP_DATABASE_ERROR,
		     "away");
	assert_fails(cvp_tailored_cv_get(ctx, "ana", "app-1", at, &row), CVP_DATABASE_ERROR, "away");
	assert_fails(cvp_tailored_cv_list_for_user(ctx, "ana", 10, NULL, &out), CVP_DATABASE_ERROR, "away");
	assert_fails(cvp_tailored_cv_list_for_application(ctx, "ana", "app-1", &out), CVP_DATABASE_ERROR, "away");
	assert_fails(cvp_tailored_cv_delete(ctx, "ana", "app-1", at), CVP_DATABASE_ERROR, "away");
	fake_db_lose(false);
	ck_assert_uint_eq(fake_db_rows(), 1);
	(void)got("ana", "app-1", at);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("tailored CVs at rest");
	TCase *tests = tcase_create("repository");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, saving_writes_every_attribute);
	tcase_add_test(tests, a_version_expires_after_90_days_in_any_zone);
	tcase_add_test(tests, versions_of_one_moment_are_a_microsecond_apart);
	tcase_add_test(tests, saving_refuses_what_is_not_the_owners);
	tcase_add_test(tests, reading_gives_back_an_equal_object);
	tcase_add_test(tests, reading_what_is_not_there_says_so);
	tcase_add_test(tests, the_checksum_is_of_the_content);
	tcase_add_test(tests, an_expired_version_is_unseen_at_once);
	tcase_add_test(tests, lists_hold_ones_own_newest_first);
	tcase_add_test(tests, pages_are_complete_and_disjoint);
	tcase_add_test(tests, pages_take_only_their_own_tokens);
	tcase_add_test(tests, what_is_deleted_is_gone);
	tcase_add_test(tests, a_pinned_version_stays);
	tcase_add_test(tests, a_database_that_is_away_is_said);
	suite_add_tcase(suite, tests);
	return run(suite);
}
