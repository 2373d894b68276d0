/* What failures mean, how long to wait, what tokens cost, and which settings are refused. */
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "llm/llm.h"
#include "run.h"

#define KEY "sk-not-to-be-seen"

START_TEST(a_status_has_its_code)
{
	static const struct {
		long status;
		enum cvp_code code;
		bool is_transient;
	} rows[] = {
		{ 302, CVP_LLM_REQUEST_REJECTED, false }, { 400, CVP_LLM_REQUEST_REJECTED, false },
		{ 401, CVP_LLM_REQUEST_REJECTED, false }, { 403, CVP_LLM_REQUEST_REJECTED, false },
		{ 404, CVP_LLM_REQUEST_REJECTED, false }, { 413, CVP_LLM_REQUEST_REJECTED, false },
		{ 422, CVP_LLM_REQUEST_REJECTED, false }, { 408, CVP_LLM_TIMEOUT, true },
		{ 409, CVP_LLM_API_ERROR, true },         { 429, CVP_LLM_RATE_LIMITED, true },
		{ 500, CVP_LLM_API_ERROR, true },         { 502, CVP_LLM_API_ERROR, true },
		{ 503, CVP_LLM_API_ERROR, true },         { 504, CVP_LLM_TIMEOUT, true },
		{ 529, CVP_LLM_API_ERROR, true },         { 600, CVP_LLM_REQUEST_REJECTED, false },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_llm_fault fault = cvp_llm_fault_of_status(rows[i].status);

		ck_assert_msg(fault.code == rows[i].code && fault.is_transient == rows[i].is_transient, "status %ld",
			      rows[i].status);
	}
}
END_TEST

START_TEST(a_failed_transfer_has_its_code)
{
	ck_assert_int_eq(cvp_llm_fault_of_transfer(CURLE_OPERATION_TIMEDOUT).code, CVP_LLM_TIMEOUT);
	ck_assert(cvp_llm_fault_of_transfer(CURLE_OPERATION_TIMEDOUT).is_transient);
	ck_assert_int_eq(cvp_llm_fault_of_transfer(CURLE_COULDNT_CONNECT).code, CVP_LLM_API_ERROR);
	ck_assert(cvp_llm_fault_of_transfer(CURLE_COULDNT_CONNECT).is_transient);
	ck_assert(cvp_llm_fault_of_transfer(CURLE_COULDNT_RESOLVE_HOST).is_transient);
	ck_assert(cvp_llm_fault_of_transfer(CURLE_PARTIAL_FILE).is_transient);
	ck_assert(!cvp_llm_fault_of_transfer(CURLE_PEER_FAILED_VERIFICATION).is_transient);
	ck_assert(!cvp_llm_fault_of_transfer(CURLE_URL_MALFORMAT).is_transient);
}
END_TEST

START_TEST(retry_after_is_seconds_or_a_date)
{
	int64_t now, date;

	ck_assert(cvp_time_parse("2026-11-21T08:00:00Z", &now));
	date = cvp_llm_retry_after("Sat, 21 Nov 2026 08:00:30 GMT", now);
	ck_assert_int_eq(date, 30 * CVP_SECOND);
	ck_assert_int_eq(cvp_llm_retry_after("Saturday, 21-Nov-26 08:01:00 GMT", now), 60 * CVP_SECOND);
	ck_assert_int_eq(cvp_llm_retry_after("Sat, 21 Nov 2026 07:00:00 GMT", now), 0);
	ck_assert_int_eq(cvp_llm_retry_after("7", now), 7 * CVP_SECOND);
	ck_assert_int_eq(cvp_llm_retry_after(" 0 ", now), 0);
	ck_assert_int_eq(cvp_llm_retry_after(NULL, now), -1);
	ck_assert_int_eq(cvp_llm_retry_after("", now), -1);
	ck_assert_int_eq(cvp_llm_retry_after("-5", now), -1);
	ck_assert_int_eq(cvp_llm_retry_after("1.5", now), -1);
	ck_assert_int_eq(cvp_llm_retry_after("soon", now), -1);
	ck_assert_int_eq(cvp_llm_retry_after("99999999999999999999", now), -1);
}
END_TEST

/* SPEC 9: after 1, 2, 4 s with jitter, Retry-After up to 60 s, longer is the job's. */
START_TEST(waits_double_and_vary_by_a_quarter)
{
	for (int repeat = 1; repeat <= CVP_LLM_REPEATS; repeat++) {
		int64_t usual = CVP_SECOND << (repeat - 1), least = INT64_MAX, most = 0;

		for (uint32_t random = 0; random < 4000000000U; random += 3999971U) {
			int64_t wait = cvp_llm_wait_before(repeat, -1, random);

			least = wait < least ? wait : least;
			most = wait > most ? wait : most;
		}
		ck_assert_int_ge(least, usual * 3 / 4);
		ck_assert_int_lt(least, usual * 8 / 10);
		ck_assert_int_le(most, usual * 5 / 4);
		ck_assert_int_gt(most, usual * 12 / 10);
	}
}
END_TEST

START_TEST(what_the_provider_asks_for_wins_up_to_a_minute)
{
	ck_assert_int_eq(cvp_llm_wait_before(1, 0, 7), 0);
	ck_assert_int_eq(cvp_llm_wait_before(3, 7 * CVP_SECOND, 7), 7 * CVP_SECOND);
	ck_assert_int_eq(cvp_llm_wait_before(1, 60 * CVP_SECOND, 7), 60 * CVP_SECOND);
	ck_assert_int_eq(cvp_llm_wait_before(1, 60 * CVP_SECOND + 1, 7), -1);
}
END_TEST

START_TEST(tokens_cost_what_they_are_priced_at)
{
	static const struct cvp_llm_price price = { 3, 15 };
	struct cvp_model_usage usage = { .input_tokens = 1000000, .output_tokens = 1000000 };

	ck_assert_double_eq_tol(cvp_llm_cost(&price, &usage), 18, 1e-9);
	usage = (struct cvp_model_usage){ .cache_read_tokens = 1000000, .cache_write_tokens = 1000000 };
	ck_assert_double_eq_tol(cvp_llm_cost(&price, &usage), 0.3 + 3.75, 1e-9);
}
END_TEST

/* Settings, as "NAME=value" up to NULL, and what the refusal must say; NULL: none. */
static void
assert_settings(const char *const *settings, const char *refusal)
{
	static const char *const all[] = { "LLM_PROVIDER", "LLM_MODEL_STRATEGIC", "LLM_MODEL_TEMPLATE", "LLM_BASE_URL",
					   "LLM_API_KEY" };
	struct cvp_config *config;
	struct cvp_llm *llm = NULL;
	struct cvp_ctx ctx;

	for (size_t i = 0; i < CVP_COUNT(all); i++)
		unsetenv(all[i]);
	for (; *settings != NULL; settings++) {
		const char *equals = strchr(*settings, '=');
		char name[40];

		snprintf(name, sizeof(name), "%.*s", (int)(equals - *settings), *settings);
		setenv(name, equals + 1, 1);
	}
	cvp_ctx_init(&ctx, cvp_arena_new(1024));
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_OK);
	ctx.config = config;
	ck_assert_int_eq(cvp_llm_new(&ctx, &llm), refusal == NULL ? CVP_OK : CVP_INVALID_INPUT);
	if (refusal != NULL) {
		ck_assert_msg(strstr(ctx.err.message, refusal) != NULL, "%s", ctx.err.message);
		ck_assert_ptr_null(strstr(ctx.err.message, KEY));
	}
	cvp_llm_free(llm);
	cvp_config_free(config);
	cvp_arena_free(ctx.arena);
}

#define MODELS "LLM_MODEL_STRATEGIC=big", "LLM_MODEL_TEMPLATE=small"

START_TEST(a_setting_that_is_missing_is_named)
{
	assert_settings((const char *const[]){ NULL }, "LLM_PROVIDER");
	assert_settings((const char *const[]){ "LLM_PROVIDER=anthropic", NULL }, "LLM_MODEL_STRATEGIC");
	assert_settings((const char *const[]){ "LLM_PROVIDER=anthropic", "LLM_MODEL_STRATEGIC=big", NULL },
			"LLM_MODEL_TEMPLATE");
	assert_settings((const char *const[]){ "LLM_PROVIDER=anthropic", MODELS, NULL }, "LLM_API_KEY");
	assert_settings((const char *const[]){ "LLM_PROVIDER=openai", MODELS, NULL }, "LLM_API_KEY");
	assert_settings((const char *const[]){ "LLM_PROVIDER=anthropic", MODELS, "LLM_API_KEY=" KEY, NULL }, NULL);
	assert_settings(
	    (const char *const[]){ "LLM_PROVIDER=openai", MODELS, "LLM_BASE_URL=http://127.0.0.1:9/v1/", NULL }, NULL);
}
END_TEST

START_TEST(a_key_cannot_bring_a_header_of_its_own)
{
	static const char *const keys[] = { KEY "\r\nX-Other: 1", KEY "\n",      KEY " x", "\t" KEY,
					    KEY "\x7F",           KEY "\xC3\xA9" };

	for (size_t i = 0; i < CVP_COUNT(keys); i++) {
		char setting[80];

		snprintf(setting, sizeof(setting), "LLM_API_KEY=%s", keys[i]);
		assert_settings((const char *const[]){ "LLM_PROVIDER=anthropic", MODELS, setting, NULL },
				"LLM_API_KEY");
	}
}
END_TEST

START_TEST(a_base_url_is_an_address_and_no_more)
{
	static const char *const urls[] = {
		"ftp://host", "file:///etc",           "host",         "http://",       "https:///path",
		"http://a b", "http://me:secret@host", "http://h?x=1", "http://h/v1#x", "http://h\n"
	};

	for (size_t i = 0; i < CVP_COUNT(urls); i++) {
		char setting[80];

		snprintf(setting, sizeof(setting), "LLM_BASE_URL=%s", urls[i]);
		assert_settings((const char *const[]){ "LLM_PROVIDER=openai", MODELS, setting, NULL }, "LLM_BASE_URL");
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("llm_policy");
	TCase *tests = tcase_create("llm_policy");

	tcase_add_test(tests, a_status_has_its_code);
	tcase_add_test(tests, a_failed_transfer_has_its_code);
	tcase_add_test(tests, retry_after_is_seconds_or_a_date);
	tcase_add_test(tests, waits_double_and_vary_by_a_quarter);
	tcase_add_test(tests, what_the_provider_asks_for_wins_up_to_a_minute);
	tcase_add_test(tests, tokens_cost_what_they_are_priced_at);
	tcase_add_test(tests, a_setting_that_is_missing_is_named);
	tcase_add_test(tests, a_key_cannot_bring_a_header_of_its_own);
	tcase_add_test(tests, a_base_url_is_an_address_and_no_more);
	suite_add_tcase(suite, tests);
	return run(suite);
}
