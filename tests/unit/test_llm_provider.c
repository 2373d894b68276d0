/* What the providers' answers come to: events and documents in, the answer, the tokens or the reason out. */
#include <stdio.h>
#include <string.h>

#include "llm/provider.h"
#include "run.h"

#define MAX_TOKENS 77

/* What a reply came to, as one line: "{answer} in/out/read/write", or "CODE: message in/out/read/write". */
static void
assert_concludes(struct cvp_reply *reply, const char *expected)
{
	char message[512] = "", line[2048];
	enum cvp_code code = cvp_reply_conclude(reply, MAX_TOKENS, message, sizeof(message));
	char *answer = json_dumps(reply->answer, JSON_COMPACT);

	snprintf(line, sizeof(line), "%s%s%s %lld/%lld/%lld/%lld", code == CVP_OK ? answer : cvp_code_name(code),
		 code == CVP_OK ? "" : ": ", message, (long long)reply->usage.input_tokens,
		 (long long)reply->usage.output_tokens, (long long)reply->usage.cache_read_tokens,
		 (long long)reply->usage.cache_write_tokens);
	free(answer);
	ck_assert_str_eq(line, expected);
}

static void
assert_stream(const struct cvp_provider *provider, const char *const *events, bool is_whole, const char *expected)
{
	struct cvp_reply reply;

	cvp_reply_init(&reply);
	for (; *events != NULL; events++)
		provider->event(&reply, *events, strlen(*events));
	ck_assert_int_eq(reply.is_whole, is_whole);
	assert_concludes(&reply, expected);
	cvp_reply_free(&reply);
}

static void
assert_document(const struct cvp_provider *provider, const char *text, const char *expected)
{
	json_t *document = json_loads(text, 0, NULL);
	struct cvp_reply reply;

	ck_assert_ptr_nonnull(document);
	cvp_reply_init(&reply);
	provider->document(&reply, document);
	json_decref(document);
	ck_assert(reply.is_whole);
	assert_concludes(&reply, expected);
	cvp_reply_free(&reply);
}

#define STREAM(provider, is_whole, expected, ...)                                                                      \
	assert_stream(&(provider), (const char *const[]){ __VA_ARGS__, NULL }, is_whole, expected)
#define ANTHROPIC cvp_provider_anthropic
#define OPENAI    cvp_provider_openai

#define A_START                                                                                                        \
	"{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":25,\"output_tokens\":1,"                 \
	"\"cache_read_input_tokens\":100,\"cache_creation_input_tokens\":7}}}"
#define A_TOOL                                                                                                         \
	"{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"name\":\"x\","       \
	"\"input\":{}}}"
#define A_PIECE(text)                                                                                                  \
	"{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"     \
	"\"" text "\"}}"
#define A_BLOCK_END "{\"type\":\"content_block_stop\",\"index\":1}"
#define A_STOP(reason)                                                                                                 \
	"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" reason "\"},\"usage\":{\"output_tokens\":9}}"
#define A_END "{\"type\":\"message_stop\"}"

START_TEST(anthropic_streams_the_input_of_its_tool)
{
	STREAM(ANTHROPIC, true, "{\"ok\":true} 25/9/100/7", A_START, "{\"type\":\"ping\"}", A_TOOL, A_PIECE(""),
	       A_PIECE("{\\\"ok\\\""), A_PIECE(":true}"), A_BLOCK_END, A_STOP("tool_use"), A_END);
	STREAM(ANTHROPIC, true, "{} 25/9/100/7", A_START, A_TOOL, A_BLOCK_END, A_STOP("tool_use"), A_END);
	STREAM(ANTHROPIC, false, "{\"ok\":1} 25/1/100/7", A_START, A_TOOL, A_PIECE("{\\\"ok\\\":1}"));
}
END_TEST

START_TEST(anthropic_takes_the_first_tool_and_no_text)
{
	STREAM(ANTHROPIC, true, "{\"a\":1} 0/9/0/0",
	       "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
	       "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hm\"}}",
	       A_TOOL, A_PIECE("{\\\"a\\\":1}"), A_BLOCK_END,
	       "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\"}}",
	       "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\","
	       "\"partial_json\":\"{\\\"a\\\":2}\"}}",
	       A_STOP("tool_use"), A_END);
}
END_TEST

START_TEST(anthropic_says_why_it_stopped)
{
	STREAM(ANTHROPIC, true, "LLM_BAD_ANSWER: the model's answer was cut at 9 tokens 25/9/100/7", A_START, A_TOOL,
	       A_PIECE("{\\\"ok"), A_STOP("max_tokens"), A_END);
	STREAM(ANTHROPIC, true, "LLM_REQUEST_REJECTED: the model refused to answer 25/9/100/7", A_START,
	       A_STOP("refusal"), A_END);
	STREAM(ANTHROPIC, true, "LLM_BAD_ANSWER: the model ended without the answer asked for 25/9/100/7", A_START,
	       A_STOP("end_turn"), A_END);
	STREAM(ANTHROPIC, true, "LLM_BAD_ANSWER: the model's answer is not one JSON object 0/9/0/0", A_TOOL,
	       A_PIECE("{\\\"ok"), A_STOP("tool_use"), A_END);
	STREAM(ANTHROPIC, true, "LLM_BAD_ANSWER: the model's answer is not one JSON object 0/9/0/0", A_TOOL,
	       A_PIECE("[1]"), A_STOP("tool_use"), A_END);
	STREAM(ANTHROPIC, true, "LLM_BAD_ANSWER: the model's answer is not one JSON object 0/9/0/0", A_TOOL,
	       A_PIECE("{\\\"a\\\":1,\\\"a\\\":2}"), A_STOP("tool_use"), A_END);
	STREAM(ANTHROPIC, false, "LLM_BAD_ANSWER: the model's server sent something that is not JSON 0/0/0/0",
	       "<html>");
}
END_TEST

static void
assert_stream_error(const struct cvp_provider *provider, const char *event, long status, const char *words)
{
	struct cvp_reply reply;

	cvp_reply_init(&reply);
	provider->event(&reply, event, strlen(event));
	ck_assert_int_eq(reply.error_status, status);
	ck_assert_str_eq(reply.error, words);
	cvp_reply_free(&reply);
}

START_TEST(an_error_in_mid_stream_stands_for_a_status)
{
	assert_stream_error(&ANTHROPIC,
			    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
			    529, "Overloaded");
	assert_stream_error(&ANTHROPIC,
			    "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"a\\nb\"}}", 429,
			    "a b");
	assert_stream_error(&ANTHROPIC, "{\"type\":\"error\",\"error\":{\"type\":\"new_error\",\"message\":\"x\"}}",
			    500, "x");
	assert_stream_error(&ANTHROPIC, "{\"type\":\"error\"}", 500, "an error without a word");
	assert_stream_error(&OPENAI, "{\"error\":{\"type\":\"server_error\",\"message\":\"down\"}}", 500, "down");
	assert_stream_error(&OPENAI, "{\"error\":{\"type\":\"BadRequestError\",\"code\":400,\"message\":\"no\"}}", 400,
			    "no");
	assert_stream_error(&OPENAI, "{\"error\":{\"type\":\"tokens\",\"message\":\"slow\"}}", 429, "slow");
	assert_stream_error(&OPENAI, "{\"error\":\"words\"}", 500, "words");
}
END_TEST

START_TEST(anthropic_answers_in_a_document)
{
	assert_document(&ANTHROPIC,
			"{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"tool_use\","
			"\"name\":\"n\",\"input\":{\"ok\":true}}],\"stop_reason\":\"tool_use\",\"usage\":"
			"{\"input_tokens\":3,\"output_tokens\":4}}",
			"{\"ok\":true} 3/4/0/0");
	assert_document(&ANTHROPIC, "{\"content\":[],\"stop_reason\":\"max_tokens\"}",
			"LLM_BAD_ANSWER: the model's answer was cut at 77 tokens 0/0/0/0");
	assert_document(&ANTHROPIC, "{\"content\":[],\"stop_reason\":\"refusal\",\"usage\":{\"input_tokens\":-1}}",
			"LLM_REQUEST_REJECTED: the model refused to answer 0/0/0/0");
	assert_document(&ANTHROPIC, "{}", "LLM_BAD_ANSWER: the model ended without the answer asked for 0/0/0/0");
}
END_TEST

#define O_PIECE(text)  "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" text "\"},\"finish_reason\":null}]}"
#define O_STOP(reason) "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" reason "\"}],\"usage\":null}"
#define O_USAGE                                                                                                        \
	"{\"choices\":[],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":5,"                                     \
	"\"prompt_tokens_details\":{\"cached_tokens\":20}}}"

START_TEST(openai_streams_the_message)
{
	STREAM(OPENAI, true, "{\"ok\":true} 10/5/20/0",
	       "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}}]}",
	       O_PIECE("{\\\"ok\\\":"), O_PIECE("true}"), O_STOP("stop"), O_USAGE, "[DONE]");
	STREAM(OPENAI, false, "{\"ok\":1} 0/0/0/0", O_PIECE("{\\\"ok\\\":1}"));
}
END_TEST

START_TEST(openai_says_why_it_stopped)
{
	STREAM(OPENAI, true, "LLM_BAD_ANSWER: the model's answer was cut at 5 tokens 10/5/20/0", O_PIECE("{\\\"o"),
	       O_STOP("length"), O_USAGE, "[DONE]");
	STREAM(OPENAI, true, "LLM_REQUEST_REJECTED: the model refused to answer 0/0/0/0", O_STOP("content_filter"));
	STREAM(OPENAI, true, "LLM_REQUEST_REJECTED: the model refused to answer 0/0/0/0",
	       "{\"choices\":[{\"delta\":{\"refusal\":\"I cannot\"}}]}", O_STOP("stop"), "[DONE]");
	STREAM(OPENAI, true, "LLM_BAD_ANSWER: the model ended without the answer asked for 0/0/0/0",
	       O_STOP("tool_calls"), "[DONE]");
}
END_TEST

START_TEST(an_object_may_stand_between_fences_and_in_nothing_else)
{
	static const char *const good[] = { "```json\\n{\\\"a\\\":1}\\n```", "\\n ```\\n{\\\"a\\\":1}```\\n",
					    " \\t\\n{\\\"a\\\":1}\\r\\n" };
	static const char *const bad[] = { "Here it is: {\\\"a\\\":1}",
					   "{\\\"a\\\":1} I hope it helps",
					   "```json\\n{\\\"a\\\":1}",
					   "```json\\n{\\\"a\\\":1}\\n``` Bye",
					   "{\\\"a\\\":1}{\\\"a\\\":2}",
					   "``````",
					   "null" };
	char event[256];

	for (size_t i = 0; i < CVP_COUNT(good); i++) {
		snprintf(event, sizeof(event), O_PIECE("%s"), good[i]);
		STREAM(OPENAI, true, "{\"a\":1} 0/0/0/0", event, "[DONE]");
	}
	for (size_t i = 0; i < CVP_COUNT(bad); i++) {
		snprintf(event, sizeof(event), O_PIECE("%s"), bad[i]);
		STREAM(OPENAI, true, "LLM_BAD_ANSWER: the model's answer is not one JSON object 0/0/0/0", event,
		       "[DONE]");
	}
}
END_TEST

START_TEST(openai_answers_in_a_document)
{
	assert_document(&OPENAI,
			"{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"ok\\\":true}\"},"
			"\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}",
			"{\"ok\":true} 3/4/0/0");
	assert_document(&OPENAI, "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"no\"}}]}",
			"LLM_REQUEST_REJECTED: the model refused to answer 0/0/0/0");
	assert_document(&OPENAI, "{\"choices\":[]}",
			"LLM_BAD_ANSWER: the model ended without the answer asked for 0/0/0/0");
}
END_TEST

START_TEST(an_answer_is_bounded)
{
	const char *piece = "{\"choices\":[{\"delta\":{\"content\":\"0123456789abcdef\"}}]}";
	struct cvp_reply reply;

	cvp_reply_init(&reply);
	for (size_t i = 0; i <= CVP_LLM_ANSWER_MAX / 16; i++)
		OPENAI.event(&reply, piece, strlen(piece));
	ck_assert_uint_le(reply.text.length, CVP_LLM_ANSWER_MAX);
	assert_concludes(&reply, "LLM_BAD_ANSWER: the model's answer is larger than 1048576 bytes 0/0/0/0");
	cvp_reply_free(&reply);
}
END_TEST

START_TEST(a_server_without_schemas_is_known_by_what_it_says)
{
	ck_assert_ptr_null((void *)(uintptr_t)ANTHROPIC.knows_no_schema);
	ck_assert(OPENAI.knows_no_schema(400, "'response_format.type' must be one of 'text', 'json_object'"));
	ck_assert(OPENAI.knows_no_schema(422, "unknown variant `json_schema`"));
	ck_assert(!OPENAI.knows_no_schema(400, "max_tokens is too large"));
	ck_assert(!OPENAI.knows_no_schema(500, "response_format"));
}
END_TEST

static void
assert_reason(const char *text, const char *expected)
{
	json_t *body = json_loads(text, JSON_DECODE_ANY, NULL);
	char reason[CVP_LLM_REASON_MAX + 1];

	cvp_llm_reason(body, reason);
	ck_assert_str_eq(reason, expected);
	json_decref(body);
}

START_TEST(a_reason_is_one_short_line)
{
	char text[2 * CVP_LLM_REASON_MAX + 2] = "x", quoted[CVP_LLM_REASON_MAX + 1];

	assert_reason("{\"error\":{\"message\":\"No.\\r\\nNever\\u0007\"}}", "No.  Never ");
	assert_reason("{\"error\":\"model not found\"}", "model not found");
	assert_reason("{\"object\":\"error\",\"message\":\"bad\"}", "bad");
	assert_reason("{\"detail\":\"gone\"}", "gone");
	assert_reason("{\"detail\":[{\"loc\":[]}]}", "");
	assert_reason("<html>", "");
	for (size_t i = 1; i < sizeof(text) - 1; i += 2)
		memcpy(text + i, "\xC3\xA9", 2); /* a two-byte character that would be cut at 300 */
	cvp_llm_quote(text, quoted);
	ck_assert_uint_eq(strlen(quoted), CVP_LLM_REASON_MAX - 1);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("llm_provider");
	TCase *tests = tcase_create("llm_provider");

	tcase_add_test(tests, anthropic_streams_the_input_of_its_tool);
	tcase_add_test(tests, anthropic_takes_the_first_tool_and_no_text);
	tcase_add_test(tests, anthropic_says_why_it_stopped);
	tcase_add_test(tests, an_error_in_mid_stream_stands_for_a_status);
	tcase_add_test(tests, anthropic_answers_in_a_document);
	tcase_add_test(tests, openai_streams_the_message);
	tcase_add_test(tests, openai_says_why_it_stopped);
	tcase_add_test(tests, an_object_may_stand_between_fences_and_in_nothing_else);
	tcase_add_test(tests, openai_answers_in_a_document);
	tcase_add_test(tests, an_answer_is_bounded);
	tcase_add_test(tests, a_server_without_schemas_is_known_by_what_it_says);
	tcase_add_test(tests, a_reason_is_one_short_line);
	suite_add_tcase(suite, tests);
	return run(suite);
}
