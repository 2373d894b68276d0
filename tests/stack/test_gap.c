/* Gap analyses and answers, from the request to the page (SPEC 4.2, 5.2) and at rest on Postgres (G-1 to G-7). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dal/gap_analyses.h"
#include "database.h"
#include "stack.h"
#include "steps.h"

#define EXPIRY_SECONDS 7776000
#define ANSWER         "I ran Apache Kafka clusters for two years and moved the booking events of a freight company onto them."
#define FORM           HEADERS(person->authorization, FORM_TYPE, HTML)

static struct database database;
static struct cvp_ctx *ctx;

static void
set_up(void)
{
	database_open(&database);
	ctx = &database.ctx;
}

static void
tear_down(void)
{
	database_close(&database);
}

/* At rest. */

static json_t *
questions_of(const char *first)
{
	return kept(json_pack("[{s:s}, {s:s}]", "question", first, "question", "And where?"));
}

static json_t *
got(struct cvp_gap_key key)
{
	json_t *record = NULL;

	ck_assert_msg(cvp_gap_analysis_get(ctx, key, &record) == CVP_OK, "%s", ctx->err.message);
	return record;
}

static void
assert_not_found(struct cvp_gap_key key)
{
	json_t *record;

	ck_assert_int_eq(cvp_gap_analysis_get(ctx, key, &record), CVP_NOT_FOUND);
	ck_assert_str_eq(ctx->err.message, "Gap analysis not found");
	cvp_clear(ctx);
}

/* G-1 to G-4 on Postgres. */
START_TEST(saving_and_getting_on_postgres)
{
	struct cvp_gap_key key = { text("owner-%s", unique()), "cv-1", "https://jobs.example/1", 0 }, other = key;
	json_t *record;

	ck_assert_int_eq(cvp_gap_analysis_save(ctx, key, questions_of("Where?")), CVP_OK);
	ck_assert_str_eq(cvp_done_name(ctx->done), "GAP_RESPONSES_SAVED");
	record = got(key);
	ck_assert(json_equal(json_object_get(record, "questions"), questions_of("Where?")));
	ck_assert_str_eq(json_string_value(json_object_get(record, "artifact_type")), "gap_analysis");
	ck_assert_int_eq(
	    sql_number("SELECT extract(epoch FROM expires_at - created_at)::int FROM artifacts WHERE owner ="
		       " '%s'",
		       key.owner),
	    EXPIRY_SECONDS);
	ck_assert_int_eq(cvp_gap_analysis_save(ctx, key, questions_of("When?")), CVP_OK);
	key.version = 2;
	ck_assert_int_eq(cvp_gap_analysis_save(ctx, key, questions_of("Why?")), CVP_OK); /* the last of version 2 */
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", key.owner), 2);
	ck_assert(json_equal(json_object_get(got(key), "questions"), questions_of("Why?")));
	other.cv_id = "cv-2";
	assert_not_found(other);
	key.version = 3;
	assert_not_found(key);
	sql("UPDATE artifacts SET expires_at = now() WHERE owner = '%s'", key.owner);
	key.version = 0;
	assert_not_found(key);
}
END_TEST

/* Over HTTP. */

static json_t *
request_of(const struct person *person, const char *application_id)
{
	return json_pack("{s:s, s:O, s:s*}", "cv_id", import_sample_cv(person), "job_posting", sample_posting(),
			 "application_id", application_id);
}

static const struct answer *
asked(const struct person *person, const char *application_id)
{
	const struct answer *answer = call_as(person, "POST", "/api/gap-analysis", request_of(person, application_id));

	assert_status(answer, 200);
	return answer;
}

static const struct answer *
answered(const struct person *person, const char *application_id, const char *destination)
{
	json_t *body = json_pack("{s:s, s:[{s:s, s:s, s:s}]}", "application_id", application_id, "responses",
				 "question", "Have you worked with Apache Kafka?", "answer", ANSWER, "destination",
				 destination);
	const struct answer *answer = call_as(person, "POST", "/api/gap-responses", body);

	assert_status(answer, 200);
	return answer;
}

/* G-7: answered as SPEC 4.2 says, and saved under `manual` or the posting's source_url. */
START_TEST(the_endpoint_asks_and_saves)
{
	struct person person = person_new("gap");
	json_t *request = request_of(&person, "app-1");
	const char *cv_id = text("%s", json_string_value(json_object_get(request, "cv_id")));
	const struct answer *answer = call_as(&person, "POST", "/api/gap-analysis", json_incref(request)), *history;
	json_t *posting = json_deep_copy(sample_posting());

	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/code"), "GAP_QUESTIONS_GENERATED");
	ck_assert_int_ge(number_at(answer, "/metadata/questions_generated"), 1);
	ck_assert_int_le(number_at(answer, "/metadata/questions_generated"), 5);
	ck_assert(json_is_true(at(answer->json, "/metadata/persisted")));
	ck_assert(json_is_true(at(answer->json, "/fvs_validation/is_valid")));
	ck_assert_str_eq(text_at(answer, "/model_used"), "builtin");
	history = call_as(&person, "GET", text("/api/gap-analyses?cv_id=%s&job_posting_id=manual", cv_id), NULL);
	assert_status(history, 200);
	ck_assert(json_equal(at(history->json, "/gap_analysis/questions"), at(answer->json, "/questions")));
	json_object_set_new(posting, "source_url", json_string("https://jobs.example/7"));
	json_object_set_new(request, "job_posting", posting);
	assert_status(call_as(&person, "POST", "/api/gap-analysis", request), 200);
	history = call_as(
	    &person, "GET",
	    text("/api/gap-analyses?cv_id=%s&job_posting_id=%s", cv_id, encoded("https://jobs.example/7")), NULL);
	assert_status(history, 200);
	ck_assert_int_eq(number_at(history, "/gap_analysis/version"), 1);
}
END_TEST

/* G-7: a failed save is a WARNING and 200; GAP_PERSIST=0 keeps nothing: the same answer, persisted false. */
START_TEST(an_analysis_that_is_not_kept_is_answered_all_the_same)
{
	struct person person = person_new("gap");
	size_t warnings = log_lines("artifact_not_stored");
	const struct answer *answer;

	sql("ALTER TABLE artifacts ADD CONSTRAINT none_of_one CHECK (owner <> '%s')", person.user_id);
	answer = asked(&person, "app-1");
	sql("ALTER TABLE artifacts DROP CONSTRAINT none_of_one");
	ck_assert(json_is_false(at(answer->json, "/metadata/persisted")));
	ck_assert_uint_gt(json_array_size(at(answer->json, "/questions")), 0);
	ck_assert_uint_eq(log_lines("artifact_not_stored"), warnings + 1);
	stack("restart", "worker", WITH("GAP_PERSIST=0"));
	person = person_new("gap");
	answer = asked(&person, "app-1");
	stack("restart", "worker", AS_IT_IS);
	ck_assert(json_is_false(at(answer->json, "/metadata/persisted")));
	ck_assert_uint_gt(json_array_size(at(answer->json, "/questions")), 0);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", person.user_id), 0);
	ck_assert_uint_eq(log_lines("artifact_not_stored"), warnings + 1);
}
END_TEST

/* SPEC 4.1: a client that does not wait gets the job. */
START_TEST(a_client_that_does_not_wait_gets_the_job)
{
	struct person person = person_new("gap");
	const char *body = dumped(request_of(&person, "app-1"));
	const struct answer *answer = call("POST", "/api/gap-analysis",
					   HEADERS(person.authorization, JSON_TYPE, "Prefer: respond-async"), body);

	assert_status(answer, 202);
	ck_assert_ptr_nonnull(text_at(answer, "/status_url"));
	await_job(&person, text_at(answer, "/job_id"), "COMPLETED");
}
END_TEST

START_TEST(bad_requests_are_refused)
{
	struct person person = person_new("gap"), stranger = person_new("stranger");
	const char *cv_id = import_sample_cv(&person);

	assert_failure(call_as(&person, "POST", "/api/gap-analysis", json_pack("{s:s}", "cv_id", cv_id)), 400,
		       "VALIDATION_ERROR");
	assert_failure(call_as(&stranger, "POST", "/api/gap-analysis",
			       json_pack("{s:s, s:O}", "cv_id", cv_id, "job_posting", sample_posting())),
		       404, "CV_NOT_FOUND");
	assert_failure(call_as(&person, "POST", "/api/gap-analysis",
			       json_pack("{s:s, s:s}", "cv_id", cv_id, "application_id", "nowhere")),
		       404, "NOT_FOUND");
	assert_failure(call_as(&person, "GET", text("/api/gap-analyses?cv_id=%s", cv_id), NULL), 400,
		       "VALIDATION_MISSING_REQUIRED_FIELD");
	assert_failure(call_as(&person, "GET", text("/api/gap-analyses?cv_id=%s&job_posting_id=x", cv_id), NULL), 404,
		       "NOT_FOUND");
	assert_failure(call_as(&person, "POST", "/api/gap-responses",
			       json_pack("{s:[{s:s, s:s}]}", "responses", "question", "q", "answer", ANSWER)),
		       400, "VALIDATION_MISSING_REQUIRED_FIELD");
	assert_failure(call("POST", "/api/gap-analysis", HEADERS(JSON_TYPE), "{}"), 401, "UNAUTHORIZED");
}
END_TEST

/* SPEC 2.4: saved per application; too short is warned of; asked again, the answer takes its place. */
START_TEST(answers_are_saved_and_replaced)
{
	struct person person = person_new("gap");
	const char *application_id = text("app-%s", unique());
	json_t *body = json_pack("{s:s, s:[{s:s, s:s}]}", "application_id", application_id, "responses",
				 "question_text", "Have you worked with Apache Kafka?", "response_text", "Yes.");
	const struct answer *answer = call_as(&person, "POST", "/api/gap-responses", body), *list;

	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/code"), "GAP_RESPONSES_SAVED");
	ck_assert_str_eq(text_at(answer, "/warnings/0/pointer"), "/responses/0/answer");
	ck_assert_uint_eq(json_array_size(at(answered(&person, application_id, "CV_IMPACT")->json, "/warnings")), 0);
	list = call_as(&person, "GET", text("/api/gap-responses?application_id=%s", application_id), NULL);
	assert_status(list, 200);
	ck_assert_int_eq(number_at(list, "/total_count"), 1);
	ck_assert_int_eq(number_at(list, "/cv_impact_count"), 1);
	ck_assert_str_eq(text_at(list, "/responses/0/answer"), ANSWER);
	answered(&person, application_id, "INTERVIEW_MVP_ONLY");
	list = call_as(&person, "GET", text("/api/gap-responses?application_id=%s", application_id), NULL);
	ck_assert_int_eq(number_at(list, "/cv_impact_count"), 0);
	ck_assert_int_eq(number_at(list, "/interview_only_count"), 1);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM gap_responses WHERE body::text LIKE '%%Kafka%%'"), 0);
}
END_TEST

/* The answer's words, as evidence with its pointer, in the application's match and report. */
START_TEST(answers_become_evidence)
{
	struct person person = person_new("gap");
	const char *application_id = text("app-%s", unique());
	const struct answer *match;
	json_t *request = request_of(&person, application_id), *report;

	json_object_del(request, "cv_id");
	answered(&person, application_id, "CV_IMPACT");
	match = call_as(&person, "POST", "/api/match", json_deep_copy(request));
	assert_status(match, 200);
	ck_assert_ptr_nonnull(strstr(match->body, "/gap_responses/0"));
	answered(&person, application_id, "INTERVIEW_MVP_ONLY");
	match = call_as(&person, "POST", "/api/match", json_deep_copy(request));
	ck_assert_ptr_null(strstr(match->body, "/gap_responses/0"));
	answered(&person, application_id, "CV_IMPACT");
	report = request;
	await_job(&person, text_at(call_as(&person, "POST", "/api/vpr", report), "/job_id"), "COMPLETED");
	ck_assert_ptr_nonnull(
	    strstr(call_as(&person, "GET", text("/api/applications/%s/vprs/latest", application_id), NULL)->body,
		   "/gap_responses/0"));
}
END_TEST

/* SPEC 8: a question that rests on an answer is held against that answer too. */
START_TEST(questions_that_rest_on_answers_verify)
{
	struct person person = person_new("gap");
	const char *application_id = text("app-%s", unique());
	json_t *body = json_pack("{s:s, s:[{s:s, s:s}]}", "application_id", application_id, "responses", "question",
				 "What have you built for browsers?", "answer",
				 "I built two dashboards in Vue.js for the dispatchers of a freight company.");
	json_t *request = json_pack("{s:s, s:s, s:s}", "application_id", application_id, "cv_id",
				    import_sample_cv(&person), "job_posting",
				    "Front-end Engineer at Testfirma\n\nRequirements:\n- Angular\n- TypeScript\n");
	const struct answer *answer;

	assert_status(call_as(&person, "POST", "/api/gap-responses", body), 200);
	answer = call_as(&person, "POST", "/api/gap-analysis", request);
	assert_status(answer, 200);
	ck_assert_ptr_nonnull(strstr(answer->body, "/gap_responses/0"));
	ck_assert(json_is_true(at(answer->json, "/fvs_validation/is_valid")));
}
END_TEST

/* SPEC 5.2: answers are of the digest: the same request after a new answer is a new version. */
START_TEST(a_new_answer_makes_a_new_report)
{
	struct person person = person_new("gap");
	const char *application_id = text("app-%s", unique());
	json_t *request = request_of(&person, application_id);
	const struct answer *first = call_as(&person, "POST", "/api/vpr", json_deep_copy(request)), *again;

	await_job(&person, text_at(first, "/job_id"), "COMPLETED");
	again = call_as(&person, "POST", "/api/vpr", json_deep_copy(request));
	assert_status(again, 200);
	answered(&person, application_id, "CV_IMPACT");
	again = call_as(&person, "POST", "/api/vpr", request);
	assert_status(again, 202);
	ck_assert_int_eq(number_at(await_job(&person, text_at(again, "/job_id"), "COMPLETED"), "/vpr_version"), 2);
}
END_TEST

/* The page: questions, forms, the saved answer; the match's page beside it. */
START_TEST(the_pages_ask_and_keep)
{
	struct person one = person_new("gap"), *person = &one;
	const char *application_id = text("app-%s", unique()), *path, *id, *fields;
	const struct answer *answer = asked(person, application_id), *page;

	path = text("/applications/%s/gap", application_id);
	id = text_at(answer, "/questions/0/question_id");
	page = call("GET", path, HEADERS(person->authorization, HTML), NULL);
	assert_status(page, 200);
	ck_assert_ptr_nonnull(strstr(page->body, text("name=\"answer:%s\"", id)));
	fields = text("_action=save&%s=%s&%s=%s", encoded(text("answer:%s", id)), encoded(ANSWER),
		      encoded(text("question:%s", id)), encoded(text_at(answer, "/questions/0/question")));
	page = call("POST", path, FORM, fields);
	assert_status(page, 303);
	page = call("GET", path, HEADERS(person->authorization, HTML), NULL);
	ck_assert_ptr_nonnull(strstr(page->body, ANSWER));
	page = call("POST", path, FORM, "_action=report");
	assert_status(page, 303);
	ck_assert_ptr_nonnull(strstr(header_of(page, "Location"), "/jobs/"));
	path = text("/applications/%s/match", application_id);
	assert_status(call("POST", path, FORM, "_action=match"), 303);
	page = call("GET", path, HEADERS(person->authorization, HTML), NULL);
	assert_status(page, 200);
	ck_assert_ptr_nonnull(strstr(page->body, "data-band="));
}
END_TEST

/* Pasted postings share an id; each application shows its own questions. */
START_TEST(an_application_shows_its_own_questions)
{
	struct person one = person_new("gap"), *person = &one;
	const char *empty = text("app-%s", unique()), *full = text("full-%s", unique());

	assert_status(call_as(person, "POST", "/api/applications",
			      json_pack("{s:s, s:O}", "application_id", empty, "job_posting", sample_posting())),
		      201);
	asked(person, full);
	ck_assert_ptr_null(
	    strstr(call("GET", text("/applications/%s/gap", empty), HEADERS(person->authorization, HTML), NULL)->body,
		   "name=\"answer:"));
}
END_TEST

/* G-5: the database down: the code and the prefix of SPEC 6.1, and the process lives. */
START_TEST(a_lost_database_is_told)
{
	struct cvp_gap_key key = { "ana", "cv-1", "manual", 0 };
	json_t *record = NULL;

	stack("stop", "postgres", AS_IT_IS);
	ck_assert_int_eq(cvp_gap_analysis_get(ctx, key, &record), CVP_INTERNAL_ERROR);
	ck_assert_ptr_nonnull(strstr(ctx->err.message, "Failed to retrieve gap analysis: "));
	cvp_clear(ctx);
	ck_assert_int_eq(cvp_gap_analysis_save(ctx, key, questions_of("Where?")), CVP_INTERNAL_ERROR);
	ck_assert_ptr_nonnull(strstr(ctx->err.message, "Failed to save gap analysis: "));
	cvp_clear(ctx);
	stack("start", "postgres", AS_IT_IS);
	ck_assert_int_eq(cvp_gap_analysis_save(ctx, key, questions_of("Where?")), CVP_OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gap analyses");
	TCase *rest = tcase_create("at rest"), *wire = tcase_create("over HTTP");

	tcase_add_checked_fixture(rest, set_up, tear_down);
	tcase_set_timeout(rest, 120);
	tcase_add_test(rest, saving_and_getting_on_postgres);
	tcase_add_test(rest, a_lost_database_is_told);
	tcase_set_timeout(wire, 180);
	tcase_add_test(wire, the_endpoint_asks_and_saves);
	tcase_add_test(wire, an_analysis_that_is_not_kept_is_answered_all_the_same);
	tcase_add_test(wire, a_client_that_does_not_wait_gets_the_job);
	tcase_add_test(wire, bad_requests_are_refused);
	tcase_add_test(wire, answers_are_saved_and_replaced);
	tcase_add_test(wire, answers_become_evidence);
	tcase_add_test(wire, questions_that_rest_on_answers_verify);
	tcase_add_test(wire, a_new_answer_makes_a_new_report);
	tcase_add_test(wire, the_pages_ask_and_keep);
	tcase_add_test(wire, an_application_shows_its_own_questions);
	suite_add_tcase(suite, rest);
	suite_add_tcase(suite, wire);
	return run_suite(suite);
}
