#include "ask.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"

const char *const providers[PROVIDERS] = { "anthropic", "openai" };

static struct cvp_ctx ctx;
static struct cvp_config *config;
struct cvp_llm *llm;
static json_t *schema;

static void
progress(void *owner, int64_t output_tokens)
{
	struct told *told = owner;

	ck_assert_int_eq(told->ends, 0);
	ck_assert_int_ge(output_tokens, told->tokens);
	told->progresses++;
	told->tokens = output_tokens;
}

static void
ended(void *owner, const struct cvp_model_outcome *outcome)
{
	struct told *told = owner;

	told->ends++;
	told->code = outcome->code;
	told->is_transient = outcome->is_transient;
	told->retry_after = outcome->retry_after;
	told->usage = outcome->usage;
	told->is_ok = json_is_true(json_object_get(outcome->answer, "ok"));
	ck_assert_str_eq(outcome->model, "big");
	ck_assert((outcome->code == CVP_OK) == (outcome->answer != NULL));
	ck_assert((outcome->code == CVP_OK) == (outcome->message == NULL));
	snprintf(told->message, sizeof(told->message), "%s", outcome->message != NULL ? outcome->message : "");
	ck_assert_ptr_null(strstr(told->message, KEY));
}

const struct cvp_llm_watcher watcher = { progress, ended };

void
set_up(void)
{
	setenv("LLM_MODEL_STRATEGIC", "big", 1);
	setenv("LLM_MODEL_TEMPLATE", "small", 1);
	setenv("LLM_API_KEY", KEY, 1);
	cvp_ctx_init(&ctx, cvp_arena_new(4096));
	schema = json_pack("{s:s, s:{s:{s:s}}, s:[s]}", "type", "object", "properties", "ok", "type", "boolean",
			   "required", "ok");
}

void
close_llm(void)
{
	cvp_llm_free(llm);
	llm = NULL;
	cvp_config_free(config);
	config = NULL;
}

void
tear_down(void)
{
	close_llm();
	cvp_arena_free(ctx.arena);
	json_decref(schema);
}

/* Opens llm on a server; what stands before a provider's own path is its part of the base URL. */
void
open_at(int provider, const char *server)
{
	char url[128];

	snprintf(url, sizeof(url), "%s%s", server, provider == OPENAI ? "/v1" : "");
	setenv("LLM_PROVIDER", providers[provider], 1);
	setenv("LLM_BASE_URL", url, 1);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_OK);
	ctx.config = config;
	ck_assert_int_eq(cvp_llm_new(&ctx, &llm), CVP_OK);
}

void
open_llm(int provider)
{
	ck_assert_ptr_nonnull(getenv("LLM_TEST_URL"));
	open_at(provider, getenv("LLM_TEST_URL"));
}

void
open_at_port(int provider, int port)
{
	char url[64];

	snprintf(url, sizeof(url), "http://127.0.0.1:%d", port);
	open_at(provider, url);
}

struct cvp_model_request
request_of(const char *user)
{
	return (struct cvp_model_request){ .class = CVP_MODEL_STRATEGIC,
					   .name = "gap_answer",
					   .system = "Role and rules.",
					   .user = user,
					   .schema = schema,
					   .max_tokens = MAX_TOKENS,
					   .temperature = 0.5 };
}

void
poll_until_all_ended(void)
{
	while (cvp_llm_open(llm) > 0)
		cvp_llm_poll(llm, 1000, -1);
}

/* One call to its end. */
struct told
ask(const char *user)
{
	struct cvp_model_request request = request_of(user);
	struct told told = { 0 };

	cvp_llm_begin(llm, &request, &watcher, &told);
	ck_assert_uint_eq(cvp_llm_open(llm), 1);
	poll_until_all_ended();
	ck_assert_int_eq(told.ends, 1);
	return told;
}

void
assert_failed(const struct told *told, enum cvp_code code, bool is_transient, const char *words)
{
	ck_assert_msg(told->code == code, "%s: %s", cvp_code_name(told->code), told->message);
	ck_assert_int_eq(told->is_transient, is_transient);
	ck_assert_msg(strstr(told->message, words) != NULL, "%s", told->message);
}
