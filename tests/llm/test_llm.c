/* Calls of both providers against a server that speaks their protocols: @copilotkit/aimock with fixtures.json, started
 * by tests/llm/run. What it cannot produce comes from server.h: an error in mid-stream, half an object (it makes {} of
 * it), a redirect, a response without end, an answer in one document, a server that refuses twice. */
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/run.h"
#include "ask.h"
#include "core/clock.h"
#include "server.h"

#define TEST_SECONDS 60
#define MANY         200
#define MANY_MORE    1000

START_TEST(a_good_answer_streams_and_is_counted)
{
	struct told told;

	open_llm(_i);
	told = ask("good");
	ck_assert_msg(told.code == CVP_OK, "%s", told.message);
	ck_assert(told.is_ok);
	ck_assert(!told.is_transient);
	ck_assert_int_ge(told.progresses, 3);
	ck_assert_int_gt(told.tokens, 0);
	ck_assert_int_eq(told.usage.input_tokens, 25);
	ck_assert_int_eq(told.usage.output_tokens, 31);
	ck_assert_double_eq_tol(told.usage.cost_usd, (25 * 3 + 31 * 15) / 1e6, 1e-12);
	ck_assert_int_eq(ask("good").code, CVP_OK); /* on the same handle and connection */
}
END_TEST

START_TEST(a_rate_limit_says_how_long_to_wait)
{
	struct told told;

	open_llm(_i);
	told = ask("too many requests");
	assert_failed(&told, CVP_LLM_RATE_LIMITED, true, "429: Slow down");
	ck_assert_int_eq(told.retry_after, 7 * CVP_SECOND);
}
END_TEST

START_TEST(an_overloaded_server_is_worth_another_try)
{
	struct told told;

	open_llm(_i);
	told = ask("overloaded");
	assert_failed(&told, CVP_LLM_API_ERROR, true, "529: Overloaded");
	ck_assert_int_eq(told.retry_after, -1);
}
END_TEST

START_TEST(a_broken_server_is_worth_another_try)
{
	struct told told;

	open_llm(_i);
	told = ask("broken inside");
	assert_failed(&told, CVP_LLM_API_ERROR, true, "500: Internal server error");
}
END_TEST

START_TEST(a_server_that_quotes_the_key_is_not_quoted)
{
	struct told told;

	open_llm(_i);
	told = ask("bad key");
	assert_failed(&told, CVP_LLM_REQUEST_REJECTED, false, "401: Incorrect key: ****");
}
END_TEST

START_TEST(a_slow_server_times_out)
{
	struct told told;
	int64_t begun = cvp_monotonic();

	setenv("LLM_TIMEOUT_SECONDS", "1", 1);
	open_llm(_i);
	told = ask("slow");
	assert_failed(&told, CVP_LLM_TIMEOUT, true, providers[_i]);
	ck_assert_int_lt(cvp_monotonic() - begun, 3 * CVP_SECOND);
}
END_TEST

START_TEST(a_server_that_stalls_times_out)
{
	struct told told;
	int64_t begun = cvp_monotonic();

	setenv("LLM_STALL_SECONDS", "1", 1);
	open_llm(_i);
	told = ask("stalls");
	assert_failed(&told, CVP_LLM_TIMEOUT, true, providers[_i]);
	ck_assert_int_lt(cvp_monotonic() - begun, 10 * CVP_SECOND);
}
END_TEST

START_TEST(a_stream_that_is_cut_is_worth_another_try)
{
	struct told told;

	open_llm(_i);
	told = ask("cut");
	assert_failed(&told, CVP_LLM_API_ERROR, true, "cut in mid-stream");
	ck_assert_int_gt(told.progresses, 0);
}
END_TEST

START_TEST(what_is_not_json_is_a_bad_answer)
{
	struct told told;

	open_llm(_i);
	told = ask("garbled");
	assert_failed(&told, CVP_LLM_BAD_ANSWER, false, "not JSON");
	told = ask("in prose");
	assert_failed(&told, CVP_LLM_BAD_ANSWER, false, "the model");
}
END_TEST

START_TEST(a_refusal_is_one)
{
	struct told told;

	open_llm(_i);
	told = ask("refused");
	assert_failed(&told, CVP_LLM_REQUEST_REJECTED, false, "the model refused to answer");
}
END_TEST

START_TEST(an_answer_beyond_the_tokens_allowed_is_bad)
{
	struct told told;

	open_llm(_i);
	told = ask("too long");
	assert_failed(&told, CVP_LLM_BAD_ANSWER, false, "cut at 64 tokens");
	ck_assert_int_eq(told.usage.output_tokens, 64);
	ck_assert_double_gt(told.usage.cost_usd, 0);
}
END_TEST

START_TEST(a_server_that_is_not_there_is_worth_another_try)
{
	struct server *server = server_start("", 1);
	int port = server_port(server);
	struct told told;

	server_stop(server); /* its port was free a moment ago, and is again */
	open_at_port(_i, port);
	told = ask("good");
	assert_failed(&told, CVP_LLM_API_ERROR, true, "connect");
}
END_TEST

/* All are open before the first byte moves; connections and handles serve the second round. */
static void
run_many(size_t count)
{
	struct cvp_model_request request = request_of("good");
	struct told *all = calloc(count, sizeof(*all));

	for (int round = 0; round < 2; round++) {
		memset(all, 0, count * sizeof(*all));
		for (size_t i = 0; i < count; i++)
			cvp_llm_begin(llm, &request, &watcher, &all[i]);
		ck_assert_uint_eq(cvp_llm_open(llm), count);
		poll_until_all_ended();
		for (size_t i = 0; i < count; i++)
			ck_assert_msg(all[i].ends == 1 && all[i].code == CVP_OK && all[i].is_ok, "call %zu: %s", i,
				      all[i].message);
	}
	free(all);
}

START_TEST(two_hundred_calls_are_in_flight_at_once)
{
	open_llm(_i);
	run_many(MANY);
}
END_TEST

START_TEST(a_thousand_calls_are_in_flight_at_once)
{
	struct rlimit files;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &files), 0);
	files.rlim_cur = files.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &files), 0);
	open_llm(_i);
	run_many(MANY_MORE);
}
END_TEST

START_TEST(a_cancelled_call_is_never_heard_of)
{
	struct cvp_model_request request = request_of("slow");
	struct told told = { 0 };

	open_llm(_i);
	cvp_llm_begin(llm, &request, &watcher, &told);
	cvp_llm_poll(llm, 100, -1);
	cvp_llm_cancel(llm, &request); /* nobody's */
	ck_assert_uint_eq(cvp_llm_open(llm), 1);
	cvp_llm_cancel(llm, &told);
	ck_assert_uint_eq(cvp_llm_open(llm), 0);
	ck_assert_int_eq(ask("good").code, CVP_OK);
	ck_assert_int_eq(told.ends, 0);
	cvp_llm_begin(llm, &request, &watcher, &told); /* left open: it ends with llm */
	cvp_llm_poll(llm, 100, -1);
}
END_TEST

START_TEST(a_descriptor_wakes_the_poll)
{
	int wake = eventfd(1, EFD_CLOEXEC);
	int64_t begun = cvp_monotonic();

	open_llm(_i);
	cvp_llm_poll(llm, 20000, wake);
	ck_assert_int_lt(cvp_monotonic() - begun, 5 * CVP_SECOND);
	close(wake);
	begun = cvp_monotonic();
	cvp_llm_poll(llm, 200, -1);
	ck_assert_int_ge(cvp_monotonic() - begun, CVP_SECOND / 10);
}
END_TEST

START_TEST(a_request_that_is_no_text_ends_at_once)
{
	struct told told;

	open_llm(_i);
	told = ask("\xFF\xFE");
	assert_failed(&told, CVP_LLM_REQUEST_REJECTED, false, "UTF-8");
	ck_assert_int_eq(ask("good").code, CVP_OK);
}
END_TEST

#define CHAIN 4

/* Begins the next call from within the end of the last, as a worker does. */
static void
ended_and_on(void *owner, const struct cvp_model_outcome *outcome)
{
	static const struct cvp_llm_watcher again = { NULL, ended_and_on };
	static struct cvp_model_request request;
	struct told *told = owner;

	ck_assert_int_eq(outcome->code, CVP_OK);
	request = request_of("good");
	if (++told->ends < CHAIN)
		cvp_llm_begin(llm, &request, &again, owner);
	ck_assert(json_is_true(json_object_get(outcome->answer, "ok"))); /* the new call took nothing of this one */
}

START_TEST(an_end_may_begin_the_next_call)
{
	static const struct cvp_llm_watcher first = { NULL, ended_and_on };
	struct cvp_model_request request = request_of("good");
	struct told told = { 0 };

	open_llm(_i);
	cvp_llm_begin(llm, &request, &first, &told);
	poll_until_all_ended();
	ck_assert_int_eq(told.ends, CHAIN);
}
END_TEST

START_TEST(a_server_without_schemas_is_told_in_words)
{
	open_llm(OPENAI);
	for (int i = 0; i < 2; i++) { /* the server fails where it is sent a schema again */
		struct told told = ask("old server");

		ck_assert_msg(told.code == CVP_OK && told.is_ok, "%s", told.message);
	}
}
END_TEST

/* What the plain server says, for each provider. */
#define STREAM "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n"
#define JSON   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"

START_TEST(an_error_in_mid_stream_is_an_error)
{
	static const char *const answers[] = {
		STREAM "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
		       "\"message\":\"Overloaded\"}}\n\n",
		STREAM "data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\"}}\n\n",
	};
	struct server *server = server_start(answers[_i], 1);
	struct told told;

	open_at_port(_i, server_port(server));
	told = ask("x");
	assert_failed(&told, CVP_LLM_API_ERROR, true, "failed in mid-stream: Overloaded");
	server_stop(server);
}
END_TEST

START_TEST(half_an_object_is_a_bad_answer)
{
	static const char *const answers[] = {
		STREAM
		"data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\"}}\n\n"
		"data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\","
		"\"partial_json\":\"{\\\"ok\\\": tr\"}}\n\n"
		"data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}\n\n"
		"data: {\"type\":\"message_stop\"}\n\n",
		STREAM
		"data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"ok\\\": tr\"},\"finish_reason\":\"stop\"}]}\n\n"
		"data: [DONE]\n\n",
	};
	struct server *server = server_start(answers[_i], 1);
	struct told told;

	open_at_port(_i, server_port(server));
	told = ask("x");
	assert_failed(&told, CVP_LLM_BAD_ANSWER, false, "not one JSON object");
	server_stop(server);
}
END_TEST

START_TEST(a_server_that_refuses_words_too_is_asked_no_third_time)
{
	struct server *server = server_start(
	    "HTTP/1.1 400 No\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
	    "{\"error\":{\"message\":\"response_format is unknown\"}}",
	    1);
	struct told told;

	open_at_port(OPENAI, server_port(server));
	told = ask("x");
	assert_failed(&told, CVP_LLM_REQUEST_REJECTED, false, "response_format is unknown");
	ck_assert_int_eq(server_count(server), 2);
	server_stop(server);
}
END_TEST

START_TEST(a_redirect_is_not_followed)
{
	struct server *server = server_start("HTTP/1.1 307 Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n"
					     "Connection: close\r\n\r\n",
					     1);
	struct told told;

	open_at_port(_i, server_port(server));
	told = ask("x");
	assert_failed(&told, CVP_LLM_REQUEST_REJECTED, false, "307");
	ck_assert_int_eq(server_count(server), 1);
	server_stop(server);
}
END_TEST

START_TEST(a_response_without_end_is_cut)
{
	static const char *const answers[] = {
		STREAM ": 0123456789abcdef\n",
		JSON "                    ",
	};
	struct told told;

	for (size_t i = 0; i < CVP_COUNT(answers); i++) {
		struct server *server = server_start(answers[i], 1000000);

		open_at_port(_i, server_port(server));
		told = ask("x");
		assert_failed(&told, CVP_LLM_BAD_ANSWER, false, "more than is taken");
		close_llm();
		server_stop(server);
	}
}
END_TEST

START_TEST(an_answer_may_come_as_one_document)
{
	static const char *const answers[] = {
		JSON "{\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"input\":{\"ok\":true}}],"
		     "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}",
		JSON "{\"choices\":[{\"message\":{\"content\":\"{\\\"ok\\\":true}\"},\"finish_reason\":\"stop\"}],"
		     "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}",
	};
	static const char *const heads[] = { "\r\nx-api-key: " KEY "\r\n", "\r\nAuthorization: Bearer " KEY "\r\n" };
	static const char *const lines[] = { "POST /v1/messages HTTP/1.1\r\n",
					     "POST /v1/chat/completions HTTP/1.1\r\n" };
	struct server *server = server_start(answers[_i], 1);
	struct told told;

	open_at_port(_i, server_port(server));
	told = ask("x");
	ck_assert_msg(told.code == CVP_OK && told.is_ok, "%s", told.message);
	ck_assert_int_eq(told.usage.output_tokens, 4);
	ck_assert_int_eq(server_count(server), 1);
	ck_assert_int_eq(strncmp(server_request(server), lines[_i], strlen(lines[_i])), 0);
	ck_assert_ptr_nonnull(strstr(server_request(server), heads[_i]));
	ck_assert_ptr_nonnull(strstr(server_request(server), "\r\nContent-Type: application/json\r\n"));
	ck_assert((strstr(server_request(server), "\r\nanthropic-version: 2023-06-01\r\n") != NULL) ==
		  (_i == ANTHROPIC));
	server_stop(server);
}
END_TEST

/* careervp llm ping, as a person runs it; its answer is the plain server's. */
static int
run_ping(char *said, size_t size)
{
	FILE *pipe;
	size_t length;
	char command[512];

	ck_assert_ptr_nonnull(getenv("CAREERVP"));
	snprintf(command, sizeof(command), "'%s' llm ping 2>&1", getenv("CAREERVP"));
	pipe = popen(command, "r");
	ck_assert_ptr_nonnull(pipe);
	length = fread(said, 1, size - 1, pipe);
	said[length] = '\0';
	return WEXITSTATUS(pclose(pipe));
}

START_TEST(ping_says_in_a_line_how_it_went)
{
	struct server *server = server_start(
	    JSON "{\"content\":[{\"type\":\"tool_use\",\"input\":{\"ok\":true}}],\"stop_reason\":\"tool_use\","
		 "\"usage\":{\"input_tokens\":35,\"output_tokens\":9}}",
	    1);
	char said[512];

	open_at_port(ANTHROPIC, server_port(server)); /* sets the environment */
	ck_assert_int_eq(run_ping(said, sizeof(said)), 0);
	ck_assert_int_eq(strncmp(said, "anthropic big: ok, ", 19), 0);
	ck_assert_ptr_nonnull(strstr(said, " ms, 35 input and 9 output tokens, $0.00024\n"));
	server_stop(server);
	ck_assert_int_eq(run_ping(said, sizeof(said)), 1);
	ck_assert_int_eq(strncmp(said, "careervp llm: anthropic big: LLM_API_ERROR: ", 44), 0);
	setenv("LLM_API_KEY", "", 1);
	ck_assert_int_eq(run_ping(said, sizeof(said)), 1);
	ck_assert_str_eq(said, "careervp llm: INVALID_INPUT: LLM_API_KEY is missing: anthropic needs it\n");
	setenv("LLM_PROVIDER", "builtin", 1);
	ck_assert_int_eq(run_ping(said, sizeof(said)), 0);
	ck_assert_str_eq(said, "LLM_PROVIDER is builtin: no model is configured\n");
}
END_TEST

static void
add_tests(TCase *tests)
{
	static const TTest *both[64];
	size_t count = 0;

	both[count++] = a_good_answer_streams_and_is_counted;
	both[count++] = a_rate_limit_says_how_long_to_wait;
	both[count++] = an_overloaded_server_is_worth_another_try;
	both[count++] = a_broken_server_is_worth_another_try;
	both[count++] = a_server_that_quotes_the_key_is_not_quoted;
	both[count++] = a_slow_server_times_out;
	both[count++] = a_server_that_stalls_times_out;
	both[count++] = a_stream_that_is_cut_is_worth_another_try;
	both[count++] = what_is_not_json_is_a_bad_answer;
	both[count++] = a_refusal_is_one;
	both[count++] = an_answer_beyond_the_tokens_allowed_is_bad;
	both[count++] = a_server_that_is_not_there_is_worth_another_try;
	both[count++] = two_hundred_calls_are_in_flight_at_once;
	both[count++] = a_thousand_calls_are_in_flight_at_once;
	both[count++] = a_cancelled_call_is_never_heard_of;
	both[count++] = a_descriptor_wakes_the_poll;
	both[count++] = a_request_that_is_no_text_ends_at_once;
	both[count++] = an_end_may_begin_the_next_call;
	both[count++] = an_error_in_mid_stream_is_an_error;
	both[count++] = half_an_object_is_a_bad_answer;
	both[count++] = a_redirect_is_not_followed;
	both[count++] = a_response_without_end_is_cut;
	both[count++] = an_answer_may_come_as_one_document;
	for (size_t i = 0; i < count; i++)
		tcase_add_loop_test(tests, both[i], 0, (int)PROVIDERS);
	tcase_add_test(tests, a_server_without_schemas_is_told_in_words);
	tcase_add_test(tests, a_server_that_refuses_words_too_is_asked_no_third_time);
	tcase_add_test(tests, ping_says_in_a_line_how_it_went);
}

int
main(void)
{
	Suite *suite = suite_create("llm");
	TCase *tests = tcase_create("llm");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, TEST_SECONDS);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	return run(suite);
}
