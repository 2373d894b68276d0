/* The ground: codes, arena, buffer, clock, ids, failures, settings. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#include "core/arena.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/config.h"
#include "core/ctx.h"
#include "core/id.h"
#include "run.h"

static struct cvp_ctx ctx;

static void
set_up(void)
{
	cvp_ctx_init(&ctx, cvp_arena_new(64));
}

static void
tear_down(void)
{
	cvp_arena_free(ctx.arena);
}

/* SPEC 4.4, the rows a client builds on. */
START_TEST(codes_have_their_status_and_name)
{
	static const struct {
		enum cvp_code code;
		const char *name;
		int status;
		bool is_retryable;
	} rows[] = {
		{ CVP_INVALID_JSON, "INVALID_JSON", 400, false },
		{ CVP_CSRF_FAILED, "CSRF_FAILED", 403, false },
		{ CVP_CV_NOT_FOUND, "CV_NOT_FOUND", 404, false },
		{ CVP_RESULT_GONE, "RESULT_GONE", 410, false },
		{ CVP_FVS_HALLUCINATION_DETECTED, "FVS_HALLUCINATION_DETECTED", 422, false },
		{ CVP_LLM_BUDGET_EXCEEDED, "LLM_BUDGET_EXCEEDED", 402, false },
		{ CVP_RATE_LIMIT_EXCEEDED, "RATE_LIMIT_EXCEEDED", 429, false },
		{ CVP_DATABASE_ERROR, "DATABASE_ERROR", 503, true },
		{ CVP_LLM_TIMEOUT, "LLM_TIMEOUT", 504, true },
		{ CVP_TIMEOUT, "TIMEOUT", 504, false },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		ck_assert_str_eq(cvp_code_name(rows[i].code), rows[i].name);
		ck_assert_int_eq(cvp_code_status(rows[i].code), rows[i].status);
		ck_assert_int_eq(cvp_code_is_retryable(rows[i].code), rows[i].is_retryable);
		ck_assert_int_eq(cvp_code_named(rows[i].name), rows[i].code);
	}
	ck_assert_int_eq(cvp_code_named("NO_SUCH_CODE"), CVP_INTERNAL_ERROR);
	ck_assert_int_eq(cvp_done_status(CVP_DONE_ACCEPTED), 202);
}
END_TEST

START_TEST(arena_memory_is_zeroed_aligned_and_survives_growth)
{
	char *small = cvp_arena_strdup(ctx.arena, "kept");

	for (size_t size = 1; size < 70000; size = size * 3 + 1) {
		unsigned char *memory = cvp_arena_alloc(ctx.arena, size);

		ck_assert_uint_eq((uintptr_t)memory % sizeof(max_align_t) % 16, 0);
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(memory[i], 0);
		memset(memory, 0xaa, size);
	}
	ck_assert_str_eq(small, "kept");
	cvp_arena_reset(ctx.arena);
	ck_assert_uint_eq(((unsigned char *)cvp_arena_alloc(ctx.arena, 16))[3], 0);
}
END_TEST

static void
count_release(void *value)
{
	++*(int *)value;
}

#ifdef __SANITIZE_ADDRESS__
/* A step beyond an allocation, or into one of before a reset, is seen. */
START_TEST(arena_is_guarded_under_the_sanitizer)
{
	char *text = cvp_arena_strdup(ctx.arena, "kept");
	char *other = cvp_arena_strdup(ctx.arena, "beside");

	ck_assert(!__asan_address_is_poisoned(text + 4));
	ck_assert(__asan_address_is_poisoned(text + 5));
	ck_assert(__asan_address_is_poisoned(other + 7));
	cvp_arena_reset(ctx.arena);
	ck_assert(__asan_address_is_poisoned(text));
}
END_TEST
#endif

START_TEST(arena_releases_at_reset_and_forgets_its_notes)
{
	int released = 0;

	cvp_arena_at_reset(ctx.arena, count_release, &released);
	*cvp_arena_note(ctx.arena, CVP_ARENA_WORDS) = &released;
	ck_assert_ptr_eq(*cvp_arena_note(ctx.arena, CVP_ARENA_WORDS), &released);
	cvp_arena_reset(ctx.arena);
	ck_assert_int_eq(released, 1);
	ck_assert_ptr_null(*cvp_arena_note(ctx.arena, CVP_ARENA_WORDS));
	cvp_arena_reset(ctx.arena);
	ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(arena_releases_json_at_reset)
{
	json_t *value = json_object();

	cvp_own(&ctx, json_incref(value));
	ck_assert_uint_eq(value->refcount, 2);
	cvp_ctx_reset(&ctx);
	ck_assert_uint_eq(value->refcount, 1);
	json_decref(value);
}
END_TEST

START_TEST(buffer_stops_at_its_ceiling_and_stays_failed)
{
	struct cvp_buf buf = CVP_BUF(10);

	cvp_buf_text(&buf, "12345");
	cvp_buf_printf(&buf, "%d", 67890);
	ck_assert(!cvp_buf_failed(&buf));
	cvp_buf_char(&buf, 'x');
	ck_assert(cvp_buf_failed(&buf));
	cvp_buf_text(&buf, "");
	ck_assert_str_eq(cvp_buf_string(&buf), "1234567890");
	ck_assert(cvp_buf_failed(&buf));
	cvp_buf_reset(&buf);
	ck_assert(!cvp_buf_failed(&buf));
	ck_assert_str_eq(cvp_buf_string(&buf), "");
	cvp_buf_free(&buf);
}
END_TEST

START_TEST(buffer_writes_json_strings)
{
	struct cvp_buf buf = CVP_BUF(100);

	cvp_buf_json_string(&buf, "a\"b\\c\n\t\x01д", strlen("a\"b\\c\n\t\x01д"));
	ck_assert_str_eq(cvp_buf_string(&buf), "\"a\\\"b\\\\c\\n\\t\\u0001д\"");
	cvp_buf_wipe(&buf);
}
END_TEST

/* SPEC 2.1: RFC 3339 with Z and microseconds out; without fraction or zone also in. */
START_TEST(times_are_read_and_written)
{
	static const struct {
		const char *text;
		const char *written; /* NULL: no time */
	} rows[] = {
		{ "2026-11-21T03:42:00.123456Z", "2026-11-21T03:42:00.123456Z" },
		{ "2026-11-21T03:42:00Z", "2026-11-21T03:42:00.000000Z" },
		{ "2026-11-21T03:42:00", "2026-11-21T03:42:00.000000Z" },
		{ "2026-11-21T03:42:00.5+02:00", "2026-11-21T01:42:00.500000Z" },
		{ "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
		{ "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z" },
		{ "2023-02-29T00:00:00Z", NULL },
		{ "2026-13-01T00:00:00Z", NULL },
		{ "2026-11-21", NULL },
		{ "2026-11-21T24:00:00Z", NULL },
		{ "2026-11-21T03:42:00.Z", NULL },
		{ "2026-11-21T03:42:00Zx", NULL },
		{ "", NULL },
	};
	char text[CVP_TIME_SIZE];
	int64_t at;

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		ck_assert_msg(cvp_time_parse(rows[i].text, &at) == (rows[i].written != NULL), "%s", rows[i].text);
		if (rows[i].written == NULL)
			continue;
		cvp_time_format(at, text);
		ck_assert_str_eq(text, rows[i].written);
	}
}
END_TEST

START_TEST(civil_dates_round_trip)
{
	int year, month, day;

	for (int64_t days = -200000; days < 200000; days += 13) {
		cvp_civil_from_time(days * CVP_DAY_SECONDS * CVP_SECOND, &year, &month, &day);
		ck_assert_int_eq(cvp_days_from_civil(year, month, day), days);
	}
}
END_TEST

START_TEST(ids_follow_their_alphabet)
{
	char longest[258];

	memset(longest, 'a', sizeof(longest));
	longest[256] = '\0';
	ck_assert(!cvp_id_is_valid(longest));
	longest[255] = '\0';
	ck_assert(cvp_id_is_valid(longest));
	ck_assert(cvp_id_is_valid("Ab9._:@-"));
	ck_assert(!cvp_id_is_valid(""));
	ck_assert(!cvp_id_is_valid("."));
	ck_assert(!cvp_id_is_valid(".."));
	ck_assert(!cvp_id_is_valid("new"));
	ck_assert(!cvp_id_is_valid("a b"));
	ck_assert(!cvp_id_is_valid("a#b"));
	ck_assert(!cvp_id_is_valid("é"));
}
END_TEST

START_TEST(uuids_are_version_4_and_differ)
{
	struct cvp_uuid a = cvp_uuid_new(), b = cvp_uuid_new();

	ck_assert_uint_eq(strlen(a.text), 36);
	ck_assert_int_eq(a.text[14], '4');
	ck_assert_ptr_nonnull(strchr("89ab", a.text[19]));
	ck_assert_str_ne(a.text, b.text);
}
END_TEST

START_TEST(the_first_failure_wins)
{
	ck_assert_int_eq(cvp_fail_at(&ctx, CVP_INVALID_INPUT, "/a", "a is %d", 1), CVP_INVALID_INPUT);
	ck_assert_int_eq(cvp_fail(&ctx, CVP_NOT_FOUND, "later"), CVP_INVALID_INPUT);
	ck_assert_str_eq(ctx.err.message, "a is 1");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(ctx.err.details, 0), "pointer")), "/a");
	cvp_clear(&ctx);
	ck_assert_int_eq(ctx.err.code, CVP_OK);
}
END_TEST

START_TEST(settings_come_from_the_environment_and_bad_ones_are_named)
{
	struct cvp_config *config;

	setenv("THREADS", "7", 1);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_OK);
	ck_assert_int_eq(cvp_config_int(config, CVP_SET_THREADS), 7);
	ck_assert_str_eq(cvp_config_text(config, CVP_SET_AUTH_MODE), "required");
	cvp_config_free(config);
	setenv("THREADS", "0", 1);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(ctx.err.message, "THREADS"));
	cvp_clear(&ctx);
	setenv("THREADS", "seven", 1);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_INVALID_INPUT);
	cvp_clear(&ctx);
	unsetenv("THREADS");
	setenv("AUTH_MODE", "trust", 1);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(ctx.err.message, "required|trusted"));
	unsetenv("AUTH_MODE");
}
END_TEST

static void
read_whole(const char *name, char *text, size_t size)
{
	const char *top = getenv("srcdir") != NULL ? getenv("srcdir") : ".";
	char path[4096];
	FILE *file;
	size_t length;

	snprintf(path, sizeof(path), "%s/%s", top, name);
	file = fopen(path, "r");
	ck_assert_msg(file != NULL, "cannot read %s", path);
	length = fread(text, 1, size - 1, file);
	text[length] = '\0';
	fclose(file);
}

/* DESIGN 5: the documentation and the example name every setting. */
START_TEST(every_setting_is_documented)
{
	static char manual[65536], example[65536];

	read_whole("docs/configuration.md", manual, sizeof(manual));
	read_whole("conf/careervp.env.example", example, sizeof(example));
	for (int i = 0; i < CVP_SET_COUNT; i++) {
		struct cvp_setting_info info = cvp_setting_info((enum cvp_setting)i);

		ck_assert_msg(strstr(manual, info.name) != NULL, "docs/configuration.md misses %s", info.name);
		ck_assert_msg(strstr(example, info.name) != NULL, "conf/careervp.env.example misses %s", info.name);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core");
	TCase *tests = tcase_create("core");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, codes_have_their_status_and_name);
	tcase_add_test(tests, arena_memory_is_zeroed_aligned_and_survives_growth);
#ifdef __SANITIZE_ADDRESS__
	tcase_add_test(tests, arena_is_guarded_under_the_sanitizer);
#endif
	tcase_add_test(tests, arena_releases_at_reset_and_forgets_its_notes);
	tcase_add_test(tests, arena_releases_json_at_reset);
	tcase_add_test(tests, buffer_stops_at_its_ceiling_and_stays_failed);
	tcase_add_test(tests, buffer_writes_json_strings);
	tcase_add_test(tests, times_are_read_and_written);
	tcase_add_test(tests, civil_dates_round_trip);
	tcase_add_test(tests, ids_follow_their_alphabet);
	tcase_add_test(tests, uuids_are_version_4_and_differ);
	tcase_add_test(tests, the_first_failure_wins);
	tcase_add_test(tests, settings_come_from_the_environment_and_bad_ones_are_named);
	tcase_add_test(tests, every_setting_is_documented);
	suite_add_tcase(suite, tests);
	return run(suite);
}
