/* Tailored CVs, from the request to the page (SPEC 4.2, 5.2) and at rest on Postgres (T-1 to T-13). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dal/db.h"
#include "dal/tailored_cvs.h"
#include "database.h"
#include "stack.h"
#include "steps.h"

#define EXPIRY_SECONDS 7776000

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

/* Form B: the sample's posting; *cv_id may be a new import. */
static json_t *
request_of(const char *cv_id)
{
	return json_pack("{s:s, s:O, s:{s:s}}", "cv_id", cv_id, "job_description", sample_posting(), "preferences",
			 "length", "compact");
}

static const struct answer *
tailored(const struct person *person)
{
	const struct answer *answer = call_as(person, "POST", "/api/cv-tailoring",
					      request_of(import_sample_cv(person)));

	assert_status(answer, 200);
	return answer;
}

/* "/api/applications/A/tailored-cvs/T" of an artifact_id "A#T". */
static const char *
address_of(const struct answer *answer)
{
	const char *id = text_at(answer, "/artifact_id"), *mark = strchr(id, '#');

	return text("/api/applications/%.*s/tailored-cvs/%s", (int)(mark - id), id, mark + 1);
}

static json_t *
data_of(const char *owner, const char *application_id)
{
	return kept(
	    json_pack("{s:{s:{s:s, s:s, s:s}, s:s, s:[], s:i, s:s}, s:{s:s, s:s, s:s, s:b, s:[]}, s:{s:i, s:i, s:s, "
		      "s:f}}",
		      "tailored_cv", "contact_info", "name", "Robin Sample", "email", "robin.sample@example.org",
		      "phone", "+49 30 5550 1234", "executive_summary", "S", "work_experience", "source_cv_version", 1,
		      "target_job_id", "manual", "metadata", "application_id", application_id, "user_id", owner,
		      "job_id", "manual", "fvs_validation_passed", 1, "warnings", "token_usage", "input_tokens", 1,
		      "output_tokens", 2, "model", "builtin", "cost_usd", 0.0));
}

static const char *
saved(const char *owner, const char *application_id)
{
	const char *id = NULL;

	ck_assert_msg(cvp_tailored_cv_save(ctx, owner, application_id, data_of(owner, application_id), &id) == CVP_OK,
		      "%s", ctx->err.message);
	return strchr(id, '#') + 1;
}

static void
assert_code(enum cvp_code got, enum cvp_code wanted)
{
	ck_assert_msg(got == wanted, "%s: %s", cvp_code_name(got), ctx->err.message);
	cvp_clear(ctx);
}

/* T-1, T-3, T-4, T-5 and T-8: the five operations on Postgres. */
START_TEST(five_operations_on_postgres)
{
	const char *owner = text("owner-%s", unique()), *at = saved(owner, "app-1"), *second = saved(owner, "app-1");
	struct cvp_artifact row;
	json_t *items;

	ck_assert_str_ne(at, second);
	ck_assert_int_eq(cvp_tailored_cv_get(ctx, owner, "app-1", at, &row), CVP_OK);
	ck_assert_int_eq(row.key.version, 1);
	ck_assert_int_eq(row.expires_at - row.created_at, EXPIRY_SECONDS * CVP_SECOND);
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(row.body, "metadata"), "created_at")), at);
	ck_assert_int_eq(cvp_tailored_cv_list_for_application(ctx, owner, "app-1", &items), CVP_OK);
	ck_assert_uint_eq(json_array_size(items), 2);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(items, 0), "created_at")), second);
	ck_assert_int_eq(cvp_tailored_cv_delete(ctx, owner, "app-1", at), CVP_OK);
	assert_code(cvp_tailored_cv_get(ctx, owner, "app-1", at, &row), CVP_NOT_FOUND);
	ck_assert_int_eq(cvp_tailored_cv_delete(ctx, owner, "app-1", at), CVP_OK);
	ck_assert_int_eq(cvp_tailored_cv_keep(ctx, owner, "app-1", second, CVP_FOREVER), CVP_OK);
	ck_assert_str_eq(sql("SELECT expires_at FROM artifacts WHERE owner = '%s'", owner), "infinity");
}
END_TEST

/* T-4: the host's time zone does not move the expiry. */
START_TEST(the_zone_does_not_move_the_expiry)
{
	const char *owner = text("owner-%s", unique());

	setenv("TZ", "America/New_York", 1);
	saved(owner, "app-1");
	ck_assert_int_eq(
	    sql_number("SELECT extract(epoch FROM expires_at - created_at)::int FROM artifacts WHERE owner "
		       "= '%s'",
		       owner),
	    EXPIRY_SECONDS);
}
END_TEST

/* T-6: the user's list reads by the index, and holds nobody else's. */
START_TEST(the_users_list_reads_by_its_index)
{
	const char *plan = sql(
	    "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; EXPLAIN"
	    " SELECT subject FROM artifacts WHERE owner = 'a' AND kind = 'tailored_cv' AND expires_at >"
	    " now() AND (created_at, subject) < ('infinity', '') ORDER BY created_at DESC, subject"
	    " DESC LIMIT 11");
	const char *mine = text("mine-%s", unique()), *other = text("other-%s", unique());
	json_t *page;

	ck_assert_msg(strstr(plan, "artifacts_newest") != NULL && strstr(plan, "Seq Scan") == NULL, "%s", plan);
	saved(mine, "app-1");
	saved(other, "app-1");
	ck_assert_int_eq(cvp_tailored_cv_list_for_user(ctx, mine, 10, NULL, &page), CVP_OK);
	ck_assert_int_eq(json_integer_value(json_object_get(page, "count")), 1);
}
END_TEST

/* T-7: 25 rows by 10, through HTTP, are pages of 10, 10 and 5, each row once; a forged cursor is 400. */
START_TEST(pages_by_http)
{
	struct person person = person_new("pages");
	const char *cursor = NULL;
	size_t sizes[3], seen = 0;

	for (int i = 0; i < 25; i++)
		saved(person.user_id, text("app-%d", i));
	sql("UPDATE artifacts SET created_at = '2026-11-01T00:00:00Z' WHERE owner = '%s'", person.user_id);
	for (size_t i = 0; i < 3; i++) {
		const struct answer *page = call_as(
		    &person, "GET",
		    cursor == NULL ? "/api/tailored-cvs" : text("/api/tailored-cvs?limit=10&cursor=%s", cursor), NULL);

		assert_status(page, 200);
		sizes[i] = (size_t)number_at(page, "/count");
		seen += json_array_size(at(page->json, "/items"));
		cursor = text_at(page, "/last_evaluated_key");
	}
	ck_assert(sizes[0] == 10 && sizes[1] == 10 && sizes[2] == 5 && seen == 25);
	ck_assert_ptr_null(cursor);
	assert_failure(call_as(&person, "GET", "/api/tailored-cvs?cursor=abc.def", NULL), 400, "INVALID_INPUT");
	assert_failure(call_as(&person, "GET", "/api/tailored-cvs?limit=101", NULL), 400, "INVALID_INPUT");
}
END_TEST

/* T-9: a flipped byte at rest is an INTEGRITY_ERROR. */
START_TEST(a_flipped_byte_is_noticed)
{
	const char *owner = text("owner-%s", unique()), *at = saved(owner, "app-1");
	struct cvp_artifact row;

	sql("UPDATE artifacts SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE owner = '%s'", owner);
	assert_code(cvp_tailored_cv_get(ctx, owner, "app-1", at, &row), CVP_INTEGRITY_ERROR);
}
END_TEST

/* T-12: expired ones are unseen at once and gone after a sweep. */
START_TEST(expired_ones_are_swept)
{
	const char *owner = text("owner-%s", unique()), *at = saved(owner, "app-1");
	struct cvp_artifact row;
	double end = deadline(70);

	sql("UPDATE artifacts SET expires_at = now() WHERE owner = '%s'", owner);
	assert_code(cvp_tailored_cv_get(ctx, owner, "app-1", at, &row), CVP_NOT_FOUND);
	stack("restart", "worker", WITH("SWEEP_SECONDS=1"));
	while (sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", owner) > 0 && !has_passed(end))
		nap();
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", owner), 0);
	stack("restart", "worker", AS_IT_IS);
}
END_TEST

/* T-13: the index and a comment on every column; no statement names the schema. */
START_TEST(the_catalog_is_complete)
{
	ck_assert_int_eq(sql_number("SELECT count(*) FROM pg_indexes WHERE indexname = 'artifacts_newest' AND indexdef "
				    "LIKE '%%created_at DESC, subject DESC%%'"),
			 1);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM pg_attribute a WHERE attrelid = 'artifacts'::regclass AND "
				    "attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL"),
			 0);
}
END_TEST

/* SPEC 4.2: form B mints the application; the answer, the list and the artifact are one. */
START_TEST(a_cv_is_tailored)
{
	struct person person = person_new("tailor");
	const struct answer *made = tailored(&person), *read = call_as(&person, "GET", address_of(made), NULL), *list;

	ck_assert_str_eq(text_at(made, "/code"), "CV_TAILORED");
	ck_assert(json_is_true(at(made->json, "/success")) && json_is_true(at(made->json, "/persisted")));
	assert_status(read, 200);
	ck_assert(json_equal(read->json, at(made->json, "/data")));
	ck_assert_str_eq(text_at(read, "/tailored_cv/contact_info/name"), "Robin Sample");
	ck_assert_uint_eq(json_array_size(at(read->json, "/tailored_cv/work_experience")), 3);
	ck_assert_uint_le(json_array_size(at(read->json, "/tailored_cv/work_experience/0/description_bullets")), 3);
	ck_assert(json_is_true(at(read->json, "/metadata/fvs_validation_passed")));
	list = call_as(&person, "GET", "/api/tailored-cvs", NULL);
	ck_assert_int_eq(number_at(list, "/count"), 1);
	ck_assert_str_eq(text_at(list, "/items/0/application_id"), text_at(read, "/metadata/application_id"));
	assert_status(
	    call_as(&person, "GET", text("/api/applications/%s", text_at(read, "/metadata/application_id")), NULL),
	    200);
}
END_TEST

/* Form A: of an application, with markdown beside the data; a later equal request makes a version. */
START_TEST(an_application_is_tailored_again)
{
	struct person person = person_new("again");
	const char *cv_id = import_sample_cv(&person);
	json_t *request = kept(json_pack("{s:s, s:s, s:s, s:{s:s, s:b}}", "application_id", "app-1", "job_id", "job-9",
					 "output_format", "markdown", "style_preferences", "tone", "technical",
					 "include_summary", 0));
	const struct answer *first, *second;

	assert_failure(call_as(&person, "POST", "/api/tailor-cv", json_deep_copy(request)), 404, "NOT_FOUND");
	assert_status(call_as(&person, "POST", "/api/applications",
			      json_pack("{s:s, s:s, s:O}", "application_id", "app-1", "cv_id", cv_id, "job_posting",
					sample_posting())),
		      201);
	first = call_as(&person, "POST", "/api/tailor-cv", json_deep_copy(request));
	second = call_as(&person, "POST", "/api/tailor-cv", json_deep_copy(request));
	assert_status(first, 200);
	assert_status(second, 200);
	ck_assert_int_eq(number_at(first, "/data/metadata/version"), 1);
	ck_assert_int_eq(number_at(second, "/data/metadata/version"), 2);
	ck_assert_str_eq(text_at(first, "/data/tailored_cv/target_job_id"), "job-9");
	ck_assert_str_eq(text_at(first, "/data/tailored_cv/executive_summary"), "");
	ck_assert_ptr_nonnull(strstr(text_at(first, "/document"), "# Robin Sample"));
	json_object_set_new(request, "cv_version", json_integer(7));
	assert_failure(call_as(&person, "POST", "/api/tailor-cv", json_deep_copy(request)), 404, "CV_NOT_FOUND");
}
END_TEST

/* SPEC 5.2: parallel equal requests share a job; SPEC 4.1: who would not wait gets the job. */
START_TEST(parallel_equals_share_a_job)
{
	struct person person = person_new("share");
	const char *body = dumped(request_of(import_sample_cv(&person)));
	struct request requests[8];
	const char *const headers[] = { person.authorization, JSON_TYPE, "Prefer: respond-async", NULL };
	const struct answer *answers[8], *pending;

	for (size_t i = 0; i < 8; i++)
		requests[i] =
		    (struct request){ .method = "POST", .path = "/api/cv-tailoring", .headers = headers, .body = body };
	stack("stop", "worker", AS_IT_IS);
	call_parallel(requests, 8, answers);
	for (size_t i = 0; i < 8; i++) {
		assert_status(answers[i], 202);
		ck_assert_str_eq(text_at(answers[i], "/job_id"), text_at(answers[0], "/job_id"));
	}
	stack("start", "worker", AS_IT_IS);
	pending = await_job(&person, text_at(answers[0], "/job_id"), "COMPLETED");
	ck_assert_str_eq(text_at(pending, "/kind"), "tailored_cv");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", person.user_id), 1);
}
END_TEST

/* PUT: verified as output and kept as the next version; a lie is 422, says what it is, and stores nothing. */
START_TEST(edits_are_verified)
{
	struct person person = person_new("edit");
	const struct answer *made = tailored(&person), *put, *refused;
	json_t *cv = json_deep_copy(at(made->json, "/data/tailored_cv")), *lie = json_deep_copy(cv);

	json_array_remove(
	    json_object_get(json_array_get(json_object_get(cv, "work_experience"), 0), "description_bullets"), 0);
	json_array_remove(json_object_get(json_array_get(json_object_get(cv, "work_experience"), 0), "bullet_sources"),
			  0);
	put = call_as(&person, "PUT", address_of(made), json_pack("{s:o}", "tailored_cv", cv));
	assert_status(put, 200);
	ck_assert_int_eq(number_at(put, "/data/metadata/version"), 2);
	json_object_set_new(json_array_get(json_object_get(lie, "work_experience"), 0), "company_name",
			    json_string("Initech Aerospace"));
	refused = call_as(&person, "PUT", address_of(made), json_pack("{s:o}", "tailored_cv", lie));
	assert_failure(refused, 422, "FVS_HALLUCINATION_DETECTED");
	ck_assert_uint_gt(json_array_size(at(refused->json, "/details")), 0);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", person.user_id), 2);
	assert_failure(call_as(&person, "PUT", address_of(made), json_pack("{s:{}}", "tailored_cv")), 400,
		       "VALIDATION_MISSING_REQUIRED_FIELD");
}
END_TEST

/* PATCH and DELETE; another's is 404. */
START_TEST(versions_are_kept_and_deleted)
{
	struct person person = person_new("keep"), other = person_new("other");
	const struct answer *made = tailored(&person), *kept_answer;
	const char *address = address_of(made);

	kept_answer = call_as(&person, "PATCH", address, json_pack("{s:b}", "pinned", 1));
	assert_status(kept_answer, 200);
	ck_assert(json_is_true(at(kept_answer->json, "/pinned")));
	ck_assert_ptr_null(at(kept_answer->json, "/expires_at"));
	assert_status(call_as(&person, "PATCH", address, json_pack("{s:b}", "pinned", 0)), 200);
	assert_failure(call_as(&person, "PATCH", address, json_pack("{s:s}", "expires_at", "2036-01-01T00:00:00Z")),
		       400, "INVALID_INPUT");
	assert_failure(call_as(&person, "PATCH", address, json_object()), 400, "VALIDATION_ERROR");
	assert_failure(call_as(&other, "GET", address, NULL), 404, "NOT_FOUND");
	assert_failure(call_as(&other, "DELETE", address, NULL), 404, "NOT_FOUND");
	assert_status(call_as(&person, "GET", text("%s/export?format=md", address), NULL), 200);
	assert_status(call_as(&person, "DELETE", address, NULL), 204);
	assert_failure(call_as(&person, "GET", address, NULL), 404, "NOT_FOUND");
}
END_TEST

/* SPEC 4.2: reports are kept and edited as tailored CVs are. */
START_TEST(reports_are_kept_and_edited)
{
	struct person person = person_new("vpr-keep");
	const char *path = "/api/applications/app-1/vprs/latest";
	const struct answer *answer;
	json_t *report;

	import_sample_cv(&person);
	finished_report(&person, "app-1");
	answer = call_as(&person, "PATCH", path, json_pack("{s:b}", "pinned", 1));
	assert_status(answer, 200);
	ck_assert_str_eq(sql("SELECT expires_at FROM artifacts WHERE owner = '%s'", person.user_id), "infinity");
	report = json_deep_copy(call_as(&person, "GET", path, NULL)->json);
	json_array_remove(json_object_get(report, "talking_points"), 0);
	json_array_remove(json_object_get(report, "x_talking_point_sources"), 0);
	answer = call_as(&person, "PUT", path, json_pack("{s:O}", "vpr", report));
	assert_status(answer, 200);
	ck_assert_int_eq(number_at(answer, "/version"), 2);
	json_object_set_new(report, "executive_summary",
			    json_string("Robin Sample led 900 people at Initech Aerospace for 30 years."));
	answer = call_as(&person, "PUT", path, json_pack("{s:o}", "vpr", report));
	assert_failure(answer, 422, "FVS_HALLUCINATION_DETECTED");
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE owner = '%s'", person.user_id), 2);
}
END_TEST

/* T-10: what is dumped of the database shows no name, mail or phone. */
START_TEST(a_dump_shows_no_person)
{
	struct person person = person_new("dump");
	const char *dump;

	tailored(&person);
	dump = sql(
	    "SELECT row_to_json(a)::text || encode(a.body, 'escape') FROM artifacts a WHERE owner = '%s' UNION ALL "
	    "SELECT row_to_json(j)::text || encode(j.input_data, 'escape') FROM jobs j WHERE user_id = '%s' UNION "
	    "ALL SELECT row_to_json(c)::text || encode(c.body, 'escape') FROM cv_versions c WHERE user_id = '%s'",
	    person.user_id, person.user_id, person.user_id);
	ck_assert_uint_gt(strlen(dump), 1000);
	ck_assert_ptr_null(strstr(dump, "Robin"));
	ck_assert_ptr_null(strstr(dump, "robin.sample"));
	ck_assert_ptr_null(strstr(dump, "5550 1234"));
	ck_assert_ptr_null(strstr(dump, "Parcelwind"));
}
END_TEST

/* T-11: the database away: 503, one line in the log, and the program lives. */
START_TEST(a_database_that_is_away)
{
	struct person person = person_new("away");
	size_t before;

	assert_status(call_as(&person, "GET", "/api/tailored-cvs", NULL), 200);
	before = log_lines("DATABASE_ERROR");
	stack("stop", "postgres", AS_IT_IS);
	assert_failure(call_as(&person, "GET", "/api/tailored-cvs", NULL), 503, "DATABASE_ERROR");
	stack("start", "postgres", AS_IT_IS);
	ck_assert_uint_ge(log_lines("DATABASE_ERROR"), before);
	for (double end = deadline(20);
	     call_as(&person, "GET", "/api/tailored-cvs", NULL)->status != 200 && !has_passed(end);)
		nap();
	assert_status(call_as(&person, "GET", "/api/tailored-cvs", NULL), 200);
}
END_TEST

/* What forms A and B must have. */
START_TEST(bad_requests_name_their_field)
{
	struct person person = person_new("bad");
	const char *cv_id = import_sample_cv(&person);
	const struct answer *answer;

	answer = call_as(&person, "POST", "/api/cv-tailoring", json_object());
	assert_failure(answer, 400, "VALIDATION_MISSING_REQUIRED_FIELD");
	answer = call_as(&person, "POST", "/api/cv-tailoring", json_pack("{s:s}", "application_id", "a"));
	assert_failure(answer, 400, "VALIDATION_MISSING_REQUIRED_FIELD");
	ck_assert(names_pointer(answer, "/job_id"));
	answer = call_as(&person, "POST", "/api/cv-tailoring",
			 json_pack("{s:s, s:s}", "cv_id", cv_id, "job_description", "too short"));
	assert_failure(answer, 400, "VALIDATION_ERROR");
	answer = call_as(&person, "POST", "/api/cv-tailoring",
			 json_pack("{s:s, s:O}", "cv_id", "nobody", "job_description", sample_posting()));
	assert_failure(answer, 404, "CV_NOT_FOUND");
	answer = call_as(&person, "POST", "/api/cv-tailoring",
			 json_pack("{s:s, s:O, s:{s:s}}", "cv_id", cv_id, "job_description", sample_posting(),
				   "preferences", "length", "endless"));
	assert_failure(answer, 400, "VALIDATION_ERROR");
}
END_TEST

/* The pages: a list, a version beside its source, a change taken back, a version compared with another. */
START_TEST(pages_of_a_tailored_cv)
{
	struct person person = person_new("page");
	const struct answer *made = tailored(&person), *page, *posted, *next;
	const char *path = address_of(made) + strlen("/api"), *form;
	size_t changes = json_array_size(at(made->json, "/data/x_changes"));

	page = call("GET", path, HEADERS(person.authorization, HTML), NULL);
	assert_status(page, 200);
	ck_assert_ptr_nonnull(strstr(page->body, "name=\"keep_0\""));
	ck_assert_ptr_nonnull(strstr(page->body, "href=\"#cv/work/0/highlights/"));
	ck_assert_ptr_nonnull(strstr(page->body, "<del>"));
	form = text("_action=review&changes=%zu", changes); /* no tick: every change is taken back */
	posted = call("POST", path, HEADERS(person.authorization, HTML, FORM_TYPE), form);
	assert_status(posted, 303);
	next = call_as(&person, "GET", text("/api%s", header_of(posted, "Location")), NULL);
	assert_status(next, 200);
	ck_assert(json_equal(at(next->json, "/tailored_cv/work_experience/0/description_bullets"),
			     at(sample_cv(), "/work/0/highlights")));
	ck_assert_str_eq(text_at(next, "/tailored_cv/executive_summary"),
			 json_string_value(at(sample_cv(), "/basics/summary")));
	page = call("GET", text("%s/compare?with=%s", path, strrchr(header_of(posted, "Location"), '/') + 1),
		    HEADERS(person.authorization, HTML), NULL);
	assert_status(page, 200);
	ck_assert_ptr_nonnull(strstr(page->body, "<ins>"));
	posted = call("POST", path, HEADERS(person.authorization, HTML, FORM_TYPE), "_action=delete");
	assert_status(posted, 303);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("tailored CVs");
	TCase *rest = tcase_create("at rest"), *way = tcase_create("by HTTP"), *faults = tcase_create("faults");

	tcase_add_checked_fixture(rest, set_up, tear_down);
	tcase_add_checked_fixture(way, set_up, tear_down);
	tcase_set_timeout(rest, 120);
	tcase_set_timeout(way, 120);
	tcase_set_timeout(faults, 120);
	tcase_add_test(rest, five_operations_on_postgres);
	tcase_add_test(rest, the_zone_does_not_move_the_expiry);
	tcase_add_test(rest, the_users_list_reads_by_its_index);
	tcase_add_test(rest, a_flipped_byte_is_noticed);
	tcase_add_test(rest, expired_ones_are_swept);
	tcase_add_test(rest, the_catalog_is_complete);
	tcase_add_test(way, pages_by_http);
	tcase_add_test(way, a_cv_is_tailored);
	tcase_add_test(way, an_application_is_tailored_again);
	tcase_add_test(way, parallel_equals_share_a_job);
	tcase_add_test(way, edits_are_verified);
	tcase_add_test(way, versions_are_kept_and_deleted);
	tcase_add_test(way, reports_are_kept_and_edited);
	tcase_add_test(way, a_dump_shows_no_person);
	tcase_add_test(way, bad_requests_name_their_field);
	tcase_add_test(way, pages_of_a_tailored_cv);
	tcase_add_test(faults, a_database_that_is_away);
	suite_add_tcase(suite, rest);
	suite_add_tcase(suite, way);
	suite_add_tcase(suite, faults);
	return run_suite(suite);
}
