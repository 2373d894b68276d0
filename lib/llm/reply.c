#include <stdio.h>
#include <string.h>

#include "llm/provider.h"

void
cvp_reply_init(struct cvp_reply *reply)
{
	*reply = (struct cvp_reply){ .block = -1 };
	cvp_buf_init(&reply->text, CVP_LLM_ANSWER_MAX);
}

void
cvp_reply_free(struct cvp_reply *reply)
{
	cvp_buf_free(&reply->text);
	json_decref(reply->answer);
	cvp_reply_init(reply);
}

void
cvp_llm_quote(const char *text, char quoted[CVP_LLM_REASON_MAX + 1])
{
	size_t length = strlen(text);

	if (length > CVP_LLM_REASON_MAX) {
		length = CVP_LLM_REASON_MAX;
		while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) /* in the middle of a character */
			length--;
	}
	for (size_t i = 0; i < length; i++)
		quoted[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
	quoted[length] = '\0';
}

/* Servers that call themselves compatible write {"error": {"message"}}, {"error": "..."}, {"message"}, {"detail"}. */
void
cvp_llm_reason(const json_t *body, char reason[CVP_LLM_REASON_MAX + 1])
{
	const json_t *error = json_object_get(body, "error");
	const char *text = json_string_value(json_object_get(error, "message"));

	if (text == NULL)
		text = json_string_value(error);
	if (text == NULL)
		text = json_string_value(json_object_get(body, "message"));
	if (text == NULL)
		text = json_string_value(json_object_get(body, "detail"));
	cvp_llm_quote(text != NULL ? text : "", reason);
}

void
cvp_reply_error(struct cvp_reply *reply, const json_t *error, long status)
{
	const char *text = json_is_string(error) ? json_string_value(error)
						 : json_string_value(json_object_get(error, "message"));

	if (reply->error_status != 0)
		return;
	reply->error_status = status;
	cvp_llm_quote(text != NULL ? text : "an error without a word", reply->error);
}

int64_t
cvp_llm_count(const json_t *usage, const char *name, int64_t otherwise)
{
	const json_t *count = json_object_get(usage, name);

	return json_is_integer(count) && json_integer_value(count) >= 0 ? json_integer_value(count) : otherwise;
}

static const char *
skip_space(const char *text)
{
	return text + strspn(text, " \t\r\n");
}

/* The text without the space and the one pair of ``` fences that may surround it. */
static const char *
strip(const char *text, size_t *length)
{
	const char *end;

	text = skip_space(text);
	end = text + strlen(text);
	while (end > text && strchr(" \t\r\n", end[-1]) != NULL)
		end--;
	if (end - text >= 6 && strncmp(text, "```", 3) == 0 && strncmp(end - 3, "```", 3) == 0) {
		text += strncmp(text, "```json", 7) == 0 ? 7 : 3;
		end -= 3;
	}
	*length = end > text ? (size_t)(end - text) : 0;
	return text;
}

static json_t *
parse_object(const char *text)
{
	size_t length;
	const char *bare = strip(text, &length);
	json_t *value = json_loadb(bare, length, JSON_REJECT_DUPLICATES, NULL);

	if (!json_is_object(value)) {
		json_decref(value);
		return NULL;
	}
	return value;
}

static enum cvp_code
read_answer(struct cvp_reply *reply, char *message, size_t size)
{
	if (cvp_buf_failed(&reply->text)) {
		snprintf(message, size, "the model's answer is larger than %zu bytes", CVP_LLM_ANSWER_MAX);
		return CVP_LLM_BAD_ANSWER;
	}
	if (reply->answer == NULL && reply->text.length == 0) {
		snprintf(message, size, "the model ended without the answer asked for");
		return CVP_LLM_BAD_ANSWER;
	}
	if (reply->answer == NULL)
		reply->answer = parse_object(cvp_buf_string(&reply->text));
	if (!json_is_object(reply->answer)) {
		snprintf(message, size, "the model's answer is not one JSON object");
		return CVP_LLM_BAD_ANSWER;
	}
	return CVP_OK;
}

enum cvp_code
cvp_reply_conclude(struct cvp_reply *reply, int max_tokens, char *message, size_t size)
{
	long long written = reply->usage.output_tokens;

	if (reply->is_broken) {
		snprintf(message, size, "the model's server sent something that is not JSON");
		return CVP_LLM_BAD_ANSWER;
	}
	if (reply->stop == CVP_STOP_REFUSED) { /* in no words of the model: they may quote the CV */
		snprintf(message, size, "the model refused to answer");
		return CVP_LLM_REQUEST_REJECTED;
	}
	if (reply->stop == CVP_STOP_LENGTH) {
		snprintf(message, size, "the model's answer was cut at %lld tokens",
			 written > 0 ? written : max_tokens);
		return CVP_LLM_BAD_ANSWER;
	}
	return read_answer(reply, message, size);
}
