/* Chat completions as OpenAI describes them and many servers speak them (Ollama, llama.cpp, vLLM): the answer is the
 * message's text, held to our schema by response_format where the server knows it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "llm/provider.h"

static const char *const headers[] = { NULL };

#define IN_WORDS "\n\nAnswer with one JSON object and nothing else. It satisfies this JSON Schema:\n"

/* The role and rules, and for a server that knows no schemas the schema in words; malloc'd. */
static char *
system_text(const struct cvp_question *question)
{
	const char *system = question->request->system;
	char *schema, *text;
	size_t size;

	if (!question->is_loose)
		return cvp_xstrdup(system);
	schema = json_dumps(question->request->schema, JSON_COMPACT);
	size = strlen(system) + strlen(schema) + sizeof(IN_WORDS);
	text = cvp_xmalloc(size);
	snprintf(text, size, "%s" IN_WORDS "%s", system, schema);
	free(schema);
	return text;
}

static json_t *
response_format(const struct cvp_question *question)
{
	const struct cvp_model_request *request = question->request;

	if (question->is_loose)
		return json_pack("{s:s}", "type", "json_object");
	return json_pack("{s:s, s:{s:s, s:O, s:b}}", "type", "json_schema", "json_schema", "name", request->name,
			 "schema", request->schema, "strict", 0);
}

static json_t *
body(const struct cvp_question *question)
{
	const struct cvp_model_request *request = question->request;
	char *system = system_text(question);
	json_t *made;

	/* max_tokens, not its successor: all compatible servers know it */
	/* clang-format off */
	made = json_pack("{s:s, s:i, s:f, s:b, s:{s:b}, s:[{s:s, s:s}, {s:s, s:s}], s:o}",
		"model", question->model,
		"max_tokens", request->max_tokens,
		"temperature", request->temperature,
		"stream", 1,
		"stream_options", "include_usage", 1,
		"messages", "role", "system", "content", system, "role", "user", "content", request->user,
		"response_format", response_format(question));
	/* clang-format on */
	free(system);
	return made;
}

static bool
knows_no_schema(long status, const char *reason)
{
	return (status == 400 || status == 422) &&
	       (strstr(reason, "response_format") != NULL || strstr(reason, "json_schema") != NULL);
}

static void
take_usage(struct cvp_reply *reply, const json_t *usage)
{
	int64_t cached = cvp_llm_count(json_object_get(usage, "prompt_tokens_details"), "cached_tokens", 0);
	int64_t prompt = cvp_llm_count(usage, "prompt_tokens", 0);

	if (!json_is_object(usage)) /* null in every chunk but the last */
		return;
	reply->usage.cache_read_tokens = cached < prompt ? cached : prompt;
	reply->usage.input_tokens = prompt - reply->usage.cache_read_tokens;
	reply->usage.output_tokens = cvp_llm_count(usage, "completion_tokens", 0);
}

static void
take_stop(struct cvp_reply *reply, const char *reason)
{
	if (reason == NULL)
		return;
	reply->is_whole = true;
	if (reply->stop == CVP_STOP_REFUSED)
		return;
	if (strcmp(reason, "stop") == 0)
		reply->stop = CVP_STOP_DONE;
	else if (strcmp(reason, "length") == 0)
		reply->stop = CVP_STOP_LENGTH;
	else if (strcmp(reason, "content_filter") == 0)
		reply->stop = CVP_STOP_REFUSED;
	else
		reply->stop = CVP_STOP_OTHER;
}

/* A delta of a stream, or the message of a document. */
static void
take_message(struct cvp_reply *reply, const json_t *message)
{
	const json_t *content = json_object_get(message, "content"), *refusal = json_object_get(message, "refusal");

	if (json_is_string(content))
		cvp_buf_add(&reply->text, json_string_value(content), json_string_length(content));
	if (json_string_length(refusal) > 0)
		reply->stop = CVP_STOP_REFUSED;
}

/* The status that an error in mid-stream stands for: vLLM gives it as code, OpenAI a type in words. */
static long
status_of(const json_t *error)
{
	static const struct {
		const char *word;
		long status;
	} known[] = {
		{ "invalid_request_error", 400 },
		{ "authentication_error", 401 },
		{ "insufficient_quota", 429 },
		{ "rate_limit_error", 429 },
		{ "rate_limit_exceeded", 429 },
		{ "tokens", 429 },
		{ "requests", 429 },
	};
	int64_t code = cvp_llm_count(error, "code", 0);
	const char *type = json_string_value(json_object_get(error, "type"));

	if (code >= 400 && code <= 599)
		return (long)code;
	for (size_t i = 0; type != NULL && i < CVP_COUNT(known); i++)
		if (strcmp(type, known[i].word) == 0)
			return known[i].status;
	return 500;
}

static void
take_chunk(struct cvp_reply *reply, const json_t *chunk, const char *member)
{
	const json_t *choice = json_array_get(json_object_get(chunk, "choices"), 0);
	const json_t *error = json_object_get(chunk, "error");

	if (error != NULL && !json_is_null(error))
		cvp_reply_error(reply, error, status_of(error));
	take_usage(reply, json_object_get(chunk, "usage"));
	take_message(reply, json_object_get(choice, member));
	take_stop(reply, json_string_value(json_object_get(choice, "finish_reason")));
}

static void
take_event(struct cvp_reply *reply, const char *data, size_t length)
{
	json_t *chunk;

	if (strcmp(data, "[DONE]") == 0) {
		reply->is_whole = true;
		return;
	}
	chunk = json_loadb(data, length, 0, NULL);
	reply->is_broken |= !json_is_object(chunk);
	take_chunk(reply, chunk, "delta");
	json_decref(chunk);
}

static void
take_document(struct cvp_reply *reply, const json_t *document)
{
	reply->is_whole = true;
	take_chunk(reply, document, "message");
}

const struct cvp_provider cvp_provider_openai = {
	.name = "openai",
	.base_url = "https://api.openai.com/v1",
	.path = "/chat/completions",
	.key_header = "Authorization: Bearer ",
	.headers = headers,
	.body = body,
	.event = take_event,
	.document = take_document,
	.knows_no_schema = knows_no_schema,
};
