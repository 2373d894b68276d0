/* The Messages API of Anthropic: one forced tool whose input is the answer, so that it comes as JSON of our schema. */
#include <string.h>

#include "llm/provider.h"

static const char *const headers[] = { "anthropic-version: 2023-06-01", NULL };

static json_t *
body(const struct cvp_question *question)
{
	const struct cvp_model_request *request = question->request;

	/* clang-format off */
	return json_pack("{s:s, s:i, s:f, s:b, s:[{s:s, s:s, s:{s:s}}], s:[{s:s, s:s}], s:[{s:s, s:s, s:O}], s:{s:s, s:s}}",
		"model", question->model,
		"max_tokens", request->max_tokens,
		"temperature", request->temperature,
		"stream", 1,
		"system", "type", "text", "text", request->system, "cache_control", "type", "ephemeral",
		"messages", "role", "user", "content", request->user,
		"tools", "name", request->name, "description", "Takes the answer.", "input_schema", request->schema,
		"tool_choice", "type", "tool", "name", request->name);
	/* clang-format on */
}

static void
take_usage(struct cvp_reply *reply, const json_t *usage)
{
	struct cvp_model_usage *taken = &reply->usage;

	taken->input_tokens = cvp_llm_count(usage, "input_tokens", taken->input_tokens);
	taken->output_tokens = cvp_llm_count(usage, "output_tokens", taken->output_tokens);
	taken->cache_read_tokens = cvp_llm_count(usage, "cache_read_input_tokens", taken->cache_read_tokens);
	taken->cache_write_tokens = cvp_llm_count(usage, "cache_creation_input_tokens", taken->cache_write_tokens);
}

static void
take_stop(struct cvp_reply *reply, const char *reason)
{
	if (reason == NULL)
		return;
	if (strcmp(reason, "tool_use") == 0)
		reply->stop = CVP_STOP_DONE;
	else if (strcmp(reason, "max_tokens") == 0 || strcmp(reason, "model_context_window_exceeded") == 0)
		reply->stop = CVP_STOP_LENGTH;
	else if (strcmp(reason, "refusal") == 0)
		reply->stop = CVP_STOP_REFUSED;
	else
		reply->stop = CVP_STOP_OTHER;
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "";
}

/* The API's names for its errors, and the status each has where it comes before the stream. */
static long
status_of(const json_t *error)
{
	static const struct {
		const char *type;
		long status;
	} known[] = {
		{ "invalid_request_error", 400 }, { "authentication_error", 401 },
		{ "billing_error", 402 },         { "permission_error", 403 },
		{ "not_found_error", 404 },       { "request_too_large", 413 },
		{ "rate_limit_error", 429 },      { "api_error", 500 },
		{ "timeout_error", 504 },         { "overloaded_error", 529 },
	};

	for (size_t i = 0; i < CVP_COUNT(known); i++)
		if (strcmp(text_of(error, "type"), known[i].type) == 0)
			return known[i].status;
	return 500;
}

static void
take_start(struct cvp_reply *reply, const json_t *event)
{
	take_usage(reply, json_object_get(json_object_get(event, "message"), "usage"));
}

static int64_t
index_of(const json_t *event)
{
	return cvp_llm_count(event, "index", 0);
}

/* The first tool_use block is the answer; a model may add text around it, or call twice. */
static void
take_block(struct cvp_reply *reply, const json_t *event)
{
	if (reply->block < 0 && strcmp(text_of(json_object_get(event, "content_block"), "type"), "tool_use") == 0)
		reply->block = index_of(event);
}

static void
take_piece(struct cvp_reply *reply, const json_t *event)
{
	const json_t *delta = json_object_get(event, "delta");

	if (index_of(event) == reply->block && strcmp(text_of(delta, "type"), "input_json_delta") == 0)
		cvp_buf_text(&reply->text, text_of(delta, "partial_json"));
}

/* A tool's input without members comes as no text at all. */
static void
end_block(struct cvp_reply *reply, const json_t *event)
{
	if (index_of(event) == reply->block && reply->text.length == 0)
		cvp_buf_text(&reply->text, "{}");
}

static void
take_delta(struct cvp_reply *reply, const json_t *event)
{
	take_usage(reply, json_object_get(event, "usage"));
	take_stop(reply, json_string_value(json_object_get(json_object_get(event, "delta"), "stop_reason")));
}

static void
end_message(struct cvp_reply *reply, const json_t *event)
{
	(void)event;
	reply->is_whole = true;
}

static void
take_error(struct cvp_reply *reply, const json_t *event)
{
	const json_t *error = json_object_get(event, "error");

	cvp_reply_error(reply, error, status_of(error));
}

/* Others (ping, and what may come) are to be ignored, says the API. */
static const struct {
	const char *type;
	void (*take)(struct cvp_reply *reply, const json_t *event);
} events[] = {
	{ "message_start", take_start },
	{ "content_block_start", take_block },
	{ "content_block_delta", take_piece },
	{ "content_block_stop", end_block },
	{ "message_delta", take_delta },
	{ "message_stop", end_message },
	{ "error", take_error },
};

static void
take_event(struct cvp_reply *reply, const char *data, size_t length)
{
	json_t *event = json_loadb(data, length, 0, NULL);
	const char *type = text_of(event, "type");

	reply->is_broken |= !json_is_object(event);
	for (size_t i = 0; i < CVP_COUNT(events); i++)
		if (strcmp(type, events[i].type) == 0)
			events[i].take(reply, event);
	json_decref(event);
}

static void
take_document(struct cvp_reply *reply, const json_t *document)
{
	const json_t *block;
	size_t i;

	reply->is_whole = true;
	if (strcmp(text_of(document, "type"), "error") == 0)
		take_error(reply, document);
	take_usage(reply, json_object_get(document, "usage"));
	take_stop(reply, json_string_value(json_object_get(document, "stop_reason")));
	json_array_foreach (json_object_get(document, "content"), i, block)
		if (reply->answer == NULL && strcmp(text_of(block, "type"), "tool_use") == 0)
			reply->answer = json_incref(json_object_get(block, "input"));
}

const struct cvp_provider cvp_provider_anthropic = {
	.name = "anthropic",
	.base_url = "https://api.anthropic.com",
	.path = "/v1/messages",
	.key_header = "x-api-key: ",
	.headers = headers,
	.needs_key = true,
	.body = body,
	.event = take_event,
	.document = take_document,
};
