/* What a worker sends to a model, byte for byte as a plain server received it (SPEC 9): it is what the provider's API
 * description says, and nothing in it tells who the candidate is or how to reach them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../conformance/api_description.h"
#include "../conformance/shared_data.h"
#include "../llm/server.h"
#include "core/ctx.h"
#include "mock.h"
#include "schema/schema.h"
#include "stack.h"
#include "steps.h"

#define TEST_SECONDS 60
#define ARENA_BYTES  ((size_t)1024 * 1024)

#define REFUSAL                                                                                                        \
	"HTTP/1.1 400 No\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"                               \
	"{\"error\":{\"message\":\"not today\"}}"
#define JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"

/* An answer of another shape: it is asked for again, with what is wrong in it. */
static const char *const misshapen[PROVIDERS] = {
	JSON "{\"content\":[{\"type\":\"tool_use\",\"input\":{\"ok\":true}}],\"stop_reason\":\"tool_use\"}",
	JSON "{\"choices\":[{\"message\":{\"content\":\"{\\\"ok\\\":true}\"},\"finish_reason\":\"stop\"}]}",
};

/* Parts of the candidate's name and of every way to reach them; all stand in the CV, most in its prose as well. */
static const char *const private[] = { "Quirina",  "Vandenhout", "q.vandenhout", "mail.example", "5550199",
				       "555 0199", "Zedernweg",  "10437",        "quirina-v",    "linkedin.com" };

static json_t *
private_cv(void)
{
	json_t *cv = json_deep_copy(sample_cv()), *basics = json_object_get(cv, "basics");
	json_t *job = json_array_get(json_object_get(cv, "work"), 0);

	json_object_set_new(basics, "name", json_string("Quirina Vandenhout"));
	json_object_set_new(basics, "email", json_string("q.vandenhout@mail.example"));
	json_object_set_new(basics, "phone", json_string("+49 171 555 0199"));
	json_object_set_new(
	    basics, "location",
	    json_pack("{s:s, s:s, s:s}", "address", "Zedernweg 17", "postalCode", "10437", "city", "Berlin"));
	json_object_set_new(basics, "profiles",
			    json_pack("[{s:s, s:s, s:s}, {s:s, s:s}]", "network", "GitHub", "username", "quirina-v",
				      "url", "https://github.com/quirina-v", "network", "LinkedIn", "url",
				      "https://www.linkedin.com/in/quirina-v"));
	json_object_set_new(basics, "summary",
			    json_string("Quirina Vandenhout builds payment services in Python. Write to"
					" q.vandenhout@mail.example, call +49 171 555 0199 or come to Zedernweg 17."));
	json_array_append_new(
	    json_object_get(job, "highlights"),
	    json_string("Published the slot finder at https://github.com/quirina-v/slotfinder; Vandenhout"
			" speaks about it"));
	return cv;
}

/* The head and body of the last request that the worker sent to a server answering so. */
static const char *
sent_request(enum provider provider, const char *answer, int requests)
{
	struct person person = person_new("private");
	struct server *server = server_start(answer, 1);
	const char *request;

	assert_status(call_as(&person, "POST", "/api/cv", json_pack("{s:o}", "resume", private_cv())), 200);
	restart_worker_at(provider, text("http://127.0.0.1:%d", server_port(server)), text("wire-%s", unique()), NULL);
	await_end(
	    &person,
	    text_at(call_as(&person, "POST", "/api/vpr",
			    report_request(&person, "app-1",
					   "Quirina here: ask me at q.vandenhout@mail.example or +49 171 555 0199 how "
					   "I ran twelve services on Kubernetes for two years.")),
		    "/job_id"),
	    "FAILED");
	ck_assert_int_eq(server_count(server), requests);
	request = text("%s", server_request(server));
	server_stop(server);
	return request;
}

static void
assert_private(const char *request)
{
	for (size_t i = 0; i < CVP_COUNT(private); i++)
		ck_assert_msg(strcasestr(request, private[i]) == NULL, "sent to the model: %s", private[i]);
	ck_assert_ptr_nonnull(strstr(request, "Rebuilt the tracking API in Go")); /* and yet it is this CV */
	ck_assert_ptr_nonnull(strstr(request, "twelve services on Kubernetes"));
}

static void
assert_described(enum provider provider, const char *request)
{
	struct cvp_schemas *set = cvp_schemas_new();
	const struct cvp_schema *schema;
	struct cvp_ctx ctx;
	json_t *body;

	cvp_ctx_init(&ctx, cvp_arena_new(ARENA_BYTES));
	body = json_loads(strstr(request, "\r\n\r\n") + 4, JSON_DECODE_INT_AS_REAL, NULL);
	ck_assert_ptr_nonnull(body);
	if (has_folder(cvp_arena_printf(ctx.arena, "%s/api", data_folder(ctx.arena)))) {
		schema = api_request_schema(&ctx, set, provider_names[provider]);
		ck_assert_ptr_nonnull(schema);
		ck_assert_msg(cvp_schema_validate(&ctx, schema, body) == CVP_OK, "%s: %s", ctx.err.message,
			      ctx.err.details != NULL ? dumped(json_incref(ctx.err.details)) : "");
	} else {
		ck_assert_int_eq(without_data("wire", "data/api"), EXIT_SUCCESS);
	}
	json_decref(body);
	cvp_schemas_free(set);
	cvp_arena_free(ctx.arena);
}

START_TEST(a_question_is_described_and_private)
{
	const char *request = sent_request((enum provider)_i, REFUSAL, 1);

	assert_private(request);
	assert_described((enum provider)_i, request);
	printf("wire: %s: %zu bytes of a question, none of %zu private texts in it\n", provider_names[_i],
	       strlen(request), CVP_COUNT(private));
}
END_TEST

START_TEST(a_question_asked_again_is_described_and_private)
{
	const char *request = sent_request((enum provider)_i, misshapen[_i], 3);

	ck_assert_ptr_nonnull(strstr(request, "thrown_away"));
	assert_private(request);
	assert_described((enum provider)_i, request);
}
END_TEST

static void
as_before(void)
{
	stack("restart", "worker", AS_IT_IS);
}

int
main(void)
{
	Suite *suite = suite_create("wire");
	TCase *tcase = tcase_create("wire");

	tcase_add_unchecked_fixture(tcase, NULL, as_before);
	tcase_set_timeout(tcase, TEST_SECONDS);
	tcase_add_loop_test(tcase, a_question_is_described_and_private, 0, PROVIDERS);
	tcase_add_loop_test(tcase, a_question_asked_again_is_described_and_private, 0, PROVIDERS);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
