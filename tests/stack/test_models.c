/* Breakers of models and what users spend, on Postgres, with a clock the test moves (SPEC 9). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "core/config.h"
#include "dal/models.h"
#include "database.h"
#include "stack.h"

static struct database database;
static struct cvp_ctx *ctx;
static struct cvp_clock watch;
static const char *model;

static void
set_up(void)
{
	setenv("LLM_BUDGET_USD_PER_DAY", "0.25", 1); /* each test is a process of its own */
	database_open(&database);
	ctx = &database.ctx;
	watch = cvp_clock_fixed(cvp_now(ctx));
	ctx->clock = &watch;
	model = text("model-%s", unique());
}

static void
tear_down(void)
{
	database_close(&database);
}

static void
pass_seconds(int64_t seconds)
{
	watch = cvp_clock_fixed(cvp_now(ctx) + seconds * CVP_SECOND);
}

static bool
is_admitted(void)
{
	int64_t wait = 0;
	enum cvp_code code = cvp_model_admit(ctx, model, &wait);

	if (code == CVP_OK)
		return true;
	ck_assert_int_eq(code, CVP_CIRCUIT_OPEN);
	ck_assert_int_gt(wait, 0);
	ck_assert_int_le(wait, CVP_BREAKER_SECONDS * CVP_SECOND);
	cvp_clear(ctx);
	return false;
}

static void
fail_times(int times)
{
	for (int i = 0; i < times; i++)
		ck_assert_int_eq(cvp_model_failed(ctx, model), CVP_OK);
}

static void
succeed_times(int times)
{
	for (int i = 0; i < times; i++)
		ck_assert_int_eq(cvp_model_succeeded(ctx, model), CVP_OK);
}

static const char *
state(void)
{
	json_t *breakers;
	const json_t *breaker;
	size_t i;

	ck_assert_int_eq(cvp_model_breakers(ctx, &breakers), CVP_OK);
	json_array_foreach (breakers, i, breaker)
		if (strcmp(json_string_value(json_object_get(breaker, "model")), model) == 0)
			return json_string_value(json_object_get(breaker, "state"));
	return "unknown";
}

START_TEST(five_failures_in_a_row_open_it_for_a_minute)
{
	ck_assert(is_admitted());
	fail_times(4);
	succeed_times(1); /* begins the count anew */
	fail_times(4);
	ck_assert(is_admitted());
	ck_assert_str_eq(state(), "closed");
	fail_times(1);
	ck_assert(!is_admitted());
	ck_assert_str_eq(state(), "open");
	succeed_times(3); /* of calls begun before: they close nothing */
	pass_seconds(59);
	ck_assert(!is_admitted());
	pass_seconds(1);
	ck_assert(is_admitted());
}
END_TEST

START_TEST(three_probes_that_succeed_close_it)
{
	fail_times(5);
	pass_seconds(60);
	for (int i = 0; i < 3; i++)
		ck_assert(is_admitted());
	ck_assert(!is_admitted());
	ck_assert_str_eq(state(), "probing");
	succeed_times(2);
	ck_assert(!is_admitted());
	succeed_times(1);
	ck_assert(is_admitted());
	ck_assert_str_eq(state(), "unknown"); /* as if nothing had been */
	fail_times(4);
	ck_assert(is_admitted());
}
END_TEST

START_TEST(one_probe_that_fails_opens_it_again)
{
	fail_times(5);
	pass_seconds(60);
	ck_assert(is_admitted());
	succeed_times(1);
	ck_assert(is_admitted());
	fail_times(1);
	ck_assert(!is_admitted());
	pass_seconds(59);
	ck_assert(!is_admitted());
	pass_seconds(1);
	ck_assert(is_admitted());
}
END_TEST

START_TEST(lost_probes_are_forgotten)
{
	fail_times(5);
	pass_seconds(60);
	for (int i = 0; i < 3; i++)
		ck_assert(is_admitted());
	pass_seconds(119);
	ck_assert(!is_admitted());
	pass_seconds(1);
	ck_assert(is_admitted());
}
END_TEST

START_TEST(a_day_has_its_budget)
{
	const char *user_id = text("spender-%s", unique());

	ck_assert_int_eq(cvp_spending_check(ctx, user_id), CVP_OK);
	ck_assert_int_eq(cvp_spending_add(ctx, user_id, 1000, 0.2), CVP_OK);
	ck_assert_int_eq(cvp_spending_add(ctx, user_id, 500, 0.049999), CVP_OK);
	ck_assert_int_eq(cvp_spending_check(ctx, user_id), CVP_OK);
	ck_assert_int_eq(cvp_spending_add(ctx, user_id, 1, 0.000001), CVP_OK);
	ck_assert_int_eq(cvp_spending_check(ctx, user_id), CVP_LLM_BUDGET_EXCEEDED);
	cvp_clear(ctx);
	ck_assert_str_eq(sql("SELECT tokens, usd FROM spending WHERE user_id = '%s'", user_id), "1501|0.250000");
	ck_assert_int_eq(cvp_spending_check(ctx, text("other-%s", unique())), CVP_OK);
	pass_seconds(24 * 3600);
	ck_assert_int_eq(cvp_spending_check(ctx, user_id), CVP_OK);
}
END_TEST

START_TEST(without_a_ceiling_nobody_is_stopped)
{
	const char *user_id = text("spender-%s", unique());
	struct database open;

	setenv("LLM_BUDGET_USD_PER_DAY", "0", 1);
	database_open(&open);
	ck_assert_int_eq(cvp_spending_add(&open.ctx, user_id, 1, 1000), CVP_OK);
	ck_assert_int_eq(cvp_spending_check(&open.ctx, user_id), CVP_OK);
	database_close(&open);
}
END_TEST

/* With a provider the answer tells of breakers; with the built-in engine there is nothing to tell. */
START_TEST(health_tells_of_open_breakers)
{
	const struct answer *answer = call("GET", "/health/llm", NO_HEADERS, NULL);

	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/provider"), "builtin");
	ck_assert(json_is_true(at(answer->json, "/ok")));
	ck_assert_uint_eq(json_array_size(at(answer->json, "/breakers")), 0);
	stack("restart", "system", WITH("LLM_PROVIDER=openai", "LLM_MODEL_STRATEGIC=a", "LLM_MODEL_TEMPLATE=b"));
	fail_times(5);
	answer = call("GET", "/health/llm", NO_HEADERS, NULL);
	stack("restart", "system", AS_IT_IS);
	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/provider"), "openai");
	ck_assert(json_is_false(at(answer->json, "/ok")));
	ck_assert_ptr_nonnull(strstr(answer->body, model));
}
END_TEST

START_TEST(amounts_are_read_exactly)
{
	static const struct {
		const char *text;
		int64_t millionths; /* -1: refused */
	} cases[] = {
		{ "0", 0 },
		{ "1", 1000000 },
		{ "0.05", 50000 },
		{ "12.345678", 12345678 },
		{ "0.1234567", -1 },
		{ ".5", -1 },
		{ "5.", -1 },
		{ "1.2.3", -1 },
		{ "-1", -1 },
		{ "1e3", -1 },
		{ "$1", -1 },
		{ "1,5", -1 },
		{ "99999999999999999999", -1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cvp_config *config = NULL;
		enum cvp_code code;

		setenv("LLM_BUDGET_USD_PER_DAY", cases[i].text, 1);
		code = cvp_config_load(ctx, &config);
		ck_assert_msg((code == CVP_OK) == (cases[i].millionths >= 0), "%s", cases[i].text);
		if (code == CVP_OK)
			ck_assert_int_eq(cvp_config_int(config, CVP_SET_LLM_BUDGET_USD_PER_DAY), cases[i].millionths);
		cvp_config_free(config);
		cvp_clear(ctx);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("models");
	TCase *tcase = tcase_create("models");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, five_failures_in_a_row_open_it_for_a_minute);
	tcase_add_test(tcase, three_probes_that_succeed_close_it);
	tcase_add_test(tcase, one_probe_that_fails_opens_it_again);
	tcase_add_test(tcase, lost_probes_are_forgotten);
	tcase_add_test(tcase, a_day_has_its_budget);
	tcase_add_test(tcase, without_a_ceiling_nobody_is_stopped);
	tcase_add_test(tcase, health_tells_of_open_breakers);
	tcase_add_test(tcase, amounts_are_read_exactly);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
