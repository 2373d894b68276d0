#include "mock.h"

#include <string.h>

#include "stack.h"

#define END_SECONDS 60

const char *const provider_names[PROVIDERS] = { "anthropic", "openai" };

void
restart_worker_at(enum provider provider, const char *address, const char *model, const char *extra)
{
	stack("restart", "worker",
	      WITH(text("LLM_PROVIDER=%s", provider_names[provider]), text("LLM_BASE_URL=%s", address),
		   text("LLM_MODEL_STRATEGIC=%s", model), text("LLM_MODEL_TEMPLATE=%s", model),
		   "LLM_API_KEY=" MODEL_KEY, "JOB_BACKOFF_SECONDS=0", extra));
}

void
restart_worker(enum provider provider, const char *model, const char *extra)
{
	restart_worker_at(provider, text("%s%s", setting("MODEL_URL"), provider == OPENAI ? "/v1" : ""), model, extra);
}

json_t *
project_json(const char *path)
{
	json_t *json = json_loads(file_text(text("%s/%s", setting("srcdir"), path)), 0, NULL);

	ck_assert_msg(json != NULL, "%s is not JSON", path);
	return kept(json);
}

/* Adds a rule (taken over). */
static void
add(json_t *rule)
{
	const char *body = dumped(json_pack("{s:[o]}", "fixtures", rule));
	const struct answer *answer = call("POST", text("%s/__aimock/fixtures", setting("MODEL_URL")),
					   HEADERS(JSON_TYPE), body);

	assert_status(answer, 200);
}

void
mock_says(const char *mark, enum provider provider, const char *name, bool once)
{
	const json_t *answers = project_json("tests/model/answers.json");
	const json_t *rule = json_object_get(answers, name);
	json_t *made, *match;

	if (rule == NULL)
		rule = json_object_get(answers, text("%s %s", name, provider_names[provider]));
	ck_assert_msg(rule != NULL, "no answer is called %s", name);
	made = json_deep_copy(rule);
	match = json_pack("{s:s}", "userMessage", mark);
	if (once)
		json_object_set_new(match, "sequenceIndex", json_integer(0));
	json_object_set_new(made, "match", match);
	add(made);
}

void
mock_reports(const char *mark, const json_t *report, int pace)
{
	json_t *by_tool = json_pack("{s:{s:s, s:s}, s:{s:[{s:s, s:O}], s:{s:i, s:i}}}", "match", "userMessage", mark,
				    "toolName", "vpr", "response", "toolCalls", "name", "vpr", "arguments", report,
				    "usage", "input_tokens", 2600, "output_tokens", 900);
	json_t *by_text = json_pack("{s:{s:s}, s:{s:O, s:{s:i, s:i, s:i}}}", "match", "userMessage", mark, "response",
				    "content", report, "usage", "prompt_tokens", 2600, "completion_tokens", 900,
				    "total_tokens", 3500);

	if (pace > 0) { /* told at the stream's beginning, the figures would say that all is written */
		json_object_del(json_object_get(by_tool, "response"), "usage");
		json_object_del(json_object_get(by_text, "response"), "usage");
		json_object_set_new(by_tool, "latency", json_integer(pace));
		json_object_set_new(by_text, "latency", json_integer(pace));
	}
	add(by_tool);
	add(by_text);
}

/* Does a question hold the mark? Its words are in a text of a text: what JSON escapes is no part of a mark. */
static bool
is_marked(const json_t *entry, const char *mark)
{
	json_t *body = json_object_get(entry, "body");

	return json_is_object(body) && strstr(dumped(json_incref(body)), mark) != NULL;
}

json_t *
mock_journal(const char *mark)
{
	const struct answer *all = call("GET", text("%s/__aimock/journal", setting("MODEL_URL")), NO_HEADERS, NULL);
	json_t *marked = kept(json_array()), *entry;
	size_t i;

	assert_status(all, 200);
	json_array_foreach (all->json, i, entry)
		if (is_marked(entry, mark))
			json_array_append(marked, entry);
	return marked;
}

size_t
mock_calls(const char *mark)
{
	return json_array_size(mock_journal(mark));
}

const json_t *
honest_report(void)
{
	return project_json("bench/inflight_answer.json");
}

const char *
new_mark(void)
{
	return text("ref-%s", unique());
}

json_t *
marked_posting(const char *mark)
{
	json_t *posting = json_deep_copy(sample_posting());
	const char *description = json_string_value(json_object_get(posting, "description"));

	json_object_set_new(posting, "description", json_string(text("%s Reference: %s.", description, mark)));
	return posting;
}

const char *
submit_posting(const struct person *person, const char *application_id, json_t *posting)
{
	const struct answer *answer = call_as(
	    person, "POST", "/api/vpr",
	    json_pack("{s:s, s:o}", "application_id", application_id, "job_posting", posting));

	assert_status(answer, 202);
	return text_at(answer, "/job_id");
}

const struct answer *
await_end(const struct person *person, const char *job_id, const char *status)
{
	const char *path = text("/api/vpr/status/%s", job_id);
	const struct answer *answer = call_as(person, "GET", path, NULL);

	for (double end = deadline(END_SECONDS); answer->status == 202 && !has_passed(end);) {
		nap();
		answer = call_as(person, "GET", path, NULL);
	}
	assert_status(answer, 200);
	ck_assert_msg(strcmp(text_at(answer, "/status"), status) == 0, "not %s: %s", status, answer->body);
	return answer;
}
