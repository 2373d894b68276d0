/* A model that lies (SPEC 8): each lie of tests/data/model/lies is woven into an answer that is honest otherwise, a job
 * each.
 *
 * Nothing of any lie is in what is stored. A critical one costs the report: three answers, the second and third asked
 * for with the violations, then FAILED with them in the job's record. Any other is left out and counted, and all that
 * is honest beside it is kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock.h"
#include "stack.h"

#define TEST_SECONDS 500
#define LIES         100
#define KINDS        7
#define LEAST        10 /* lies of each kind */

static const char *const kinds[KINDS] = { "employer", "title", "date", "degree", "certificate", "skill", "number" };
static const char *const files[] = { "en", "ru", "he" };

/* Somebody with the CV of a file, and what the model would answer without a lie. */
struct liar {
	struct person person;
	const char *name;
	json_t *posting, *answer, *lies;
};

struct lie {
	const struct liar *liar;
	const json_t *data;
	const char *kind, *mark, *application_id, *job_id, *never;
	json_t *honest; /* texts of the answer beside the lie */
};

struct tally {
	int stored_lies, critical[KINDS], left_out[KINDS];
};

static size_t
kind_index(const char *kind)
{
	size_t at = 0;

	while (at < KINDS && strcmp(kinds[at], kind) != 0)
		at++;
	ck_assert_msg(at < KINDS, "no kind is called %s", kind);
	return at;
}

static const char *
member(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static struct liar
liar_new(const char *name)
{
	const json_t *file = project_json(text("tests/data/model/lies/%s.json", name));
	const char *known = member(file, "case"), *answer = member(file, "answer");
	const json_t *input = known != NULL ? project_json(text("tests/data/career/vpr/%s/input.json", known))
					    : kept(json_pack("{s:O, s:O}", "resume", project_json(member(file, "cv")),
							     "posting", project_json(member(file, "posting"))));
	struct liar liar = { person_new(name), name, json_object_get(input, "posting"),
			     answer != NULL ? project_json(answer) : json_object_get(file, "answer"),
			     json_object_get(file, "lies") };

	assert_status(
	    call_as(&liar.person, "POST", "/api/cv", json_pack("{s:O}", "resume", json_object_get(input, "resume"))),
	    200);
	return liar;
}

static json_t *
posting_of(const struct liar *liar, const char *mark)
{
	const char *description = member(liar->posting, "description");
	json_t *posting = json_deep_copy(liar->posting);

	json_object_set_new(posting, "description",
			    json_string(text("%s %s", description != NULL ? description : "", mark)));
	return posting;
}

static const char *
text_key(const char *list)
{
	return strcmp(list, "gap_strategies") == 0 ? "mitigation_approach" : "text";
}

/* The honest answer with the lie in it: a name more, a text in the place of another, or a text more. */
static json_t *
with_lie(const struct liar *liar, const json_t *lie)
{
	json_t *answer = kept(json_deep_copy(liar->answer)), *list = json_object_get(answer, member(lie, "in"));
	const json_t *place = json_object_get(lie, "at");
	json_t *item = place != NULL ? json_array_get(list, (size_t)json_integer_value(place)) : json_object();

	if (member(lie, "skill") != NULL) {
		json_array_append(json_object_get(item, "transferable_skills"), json_object_get(lie, "skill"));
		return answer;
	}
	json_object_set(item, text_key(member(lie, "in")), json_object_get(lie, "text"));
	json_object_set(item, "sources", json_object_get(lie, "sources"));
	if (place == NULL)
		json_array_append_new(list, item);
	return answer;
}

/* All texts of an answer but the lie. */
static json_t *
honest_texts(const json_t *answer, const char *lie)
{
	json_t *texts = kept(json_array()), *list, *item;
	const char *name;
	size_t i;

	json_object_foreach ((json_t *)answer, name, list)
		json_array_foreach (list, i, item) {
			json_t *said = json_object_get(item, text_key(name));

			if (lie == NULL || strcmp(json_string_value(said), lie) != 0)
				json_array_append(texts, said);
		}
	return texts;
}

static struct lie
tell(const struct liar *liar, const json_t *data, int number)
{
	struct lie lie = { .liar = liar,
			   .data = data,
			   .kind = data != NULL ? member(data, "kind") : "none",
			   .mark = text("lie-%s-%03d-%s", liar->name, number, unique()),
			   .application_id = text("app-%03d", number),
			   .never = data != NULL ? member(data, "never") : NULL };
	json_t *answer = data != NULL ? with_lie(liar, data) : liar->answer;

	lie.honest = honest_texts(answer, data != NULL ? member(data, "text") : NULL);
	mock_reports(lie.mark, answer, 0);
	lie.job_id = submit_posting(&liar->person, lie.application_id, posting_of(liar, lie.mark));
	return lie;
}

static const char *
stored_text(const struct lie *lie)
{
	const struct answer *stored = call_as(&lie->liar->person, "GET",
					      text("/api/applications/%s/vprs/latest", lie->application_id), NULL);

	return stored->status == 200 ? stored->body : "";
}

/* JSON as the API writes it, without its quotes. */
static const char *
as_written(const char *said)
{
	char *made = json_dumps(kept(json_string(said)), JSON_ENCODE_ANY | JSON_COMPACT);
	const char *bare = text("%.*s", (int)strlen(made) - 2, made + 1);

	free(made);
	return bare;
}

static void
assert_honest_kept(const struct lie *lie, const char *stored)
{
	json_t *said;
	size_t i;

	json_array_foreach (lie->honest, i, said)
		ck_assert_msg(strstr(stored, as_written(json_string_value(said))) != NULL, "%s: lost beside a lie: %s",
			      lie->mark, json_string_value(said));
}

static long long
left_out(const struct lie *lie)
{
	const struct answer *list = call_as(&lie->liar->person, "GET",
					    text("/api/applications/%s/vprs", lie->application_id), NULL);

	assert_status(list, 200);
	return json_integer_value(at(list->json, "/items/0/metadata/left_out"));
}

static bool
has_critical(const json_t *details)
{
	json_t *violation;
	size_t i;

	json_array_foreach ((json_t *)details, i, violation)
		if (strcmp(member(violation, "severity"), "CRITICAL") == 0)
			return true;
	return false;
}

/* The job's own questions among all that the server was asked. */
static size_t
calls_of(const struct lie *lie, const json_t *journal, size_t *with_violations)
{
	size_t calls = 0, i;
	json_t *entry;

	*with_violations = 0;
	json_array_foreach ((json_t *)journal, i, entry) {
		const char *question = json_string_value(at(entry, "/body/messages/1/content"));

		if (question == NULL || strstr(question, lie->mark) == NULL)
			continue;
		calls++;
		*with_violations += strstr(question, "\"thrown_away\":[{\"field\":\"/") != NULL;
	}
	return calls;
}

static void
assert_refused(const struct lie *lie, const struct answer *status, const json_t *journal)
{
	size_t with_violations, calls = calls_of(lie, journal, &with_violations);

	ck_assert_str_eq(text_at(status, "/code"), "FVS_HALLUCINATION_DETECTED");
	ck_assert_msg(has_critical(at(status->json, "/details")), "no violations: %s", status->body);
	ck_assert_msg(calls == 3 && with_violations == 2, "%s: %zu calls, %zu with violations", lie->mark, calls,
		      with_violations);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM results WHERE job_id = '%s'", lie->job_id), 0);
	ck_assert_int_eq(sql_number("SELECT count(*) FROM artifacts WHERE job_id = '%s'", lie->job_id), 0);
	ck_assert_str_eq(stored_text(lie), "");
}

/* A name among transferable skills is taken away by itself; a text is counted. */
static void
assert_left_out(const struct lie *lie, const struct answer *status, const json_t *journal)
{
	size_t with_violations;

	ck_assert_msg(member(lie->data, "skill") != NULL || left_out(lie) >= 1, "%s: nothing was counted", lie->mark);
	ck_assert_uint_eq(calls_of(lie, journal, &with_violations), 1);
	ck_assert_int_eq(number_at(status, "/token_usage/calls"), 1);
	assert_honest_kept(lie, stored_text(lie));
}

/* Is anything of the lie in what was stored? */
static bool
is_stored(const struct lie *lie, const struct answer *status)
{
	const char *address = text_at(status, "/result_url"), *never = as_written(lie->never);
	const struct answer *result = address != NULL ? call("GET", path_of(address), NO_HEADERS, NULL) : NULL;

	return strstr(stored_text(lie), never) != NULL || (result != NULL && strstr(result->body, never) != NULL);
}

static const struct answer *
await_lie(const struct lie *lie)
{
	const char *path = text("/api/vpr/status/%s", lie->job_id);
	const struct answer *answer = call_as(&lie->liar->person, "GET", path, NULL);

	for (double end = deadline(TEST_SECONDS); answer->status == 202 && !has_passed(end);) {
		nap();
		answer = call_as(&lie->liar->person, "GET", path, NULL);
	}
	assert_status(answer, 200);
	return answer;
}

static void
judge(const struct lie *lie, const json_t *journal, struct tally *tally)
{
	const struct answer *status = await_lie(lie);
	size_t kind = kind_index(lie->kind);

	if (is_stored(lie, status)) {
		printf("lies: stored: %s: %s\n", lie->kind, lie->never);
		tally->stored_lies++;
	} else if (strcmp(text_at(status, "/status"), "FAILED") == 0) {
		tally->critical[kind]++;
		assert_refused(lie, status, journal);
	} else {
		tally->left_out[kind]++;
		assert_left_out(lie, status, journal);
	}
}

/* Without a lie all of the answer is kept; so what is missing beside a lie would be missing for it. */
static void
assert_honest(const struct liar *liar)
{
	struct lie none = tell(liar, NULL, 0);

	await_end(&liar->person, none.job_id, "COMPLETED");
	ck_assert_msg(left_out(&none) == 0, "%s: the honest answer loses %lld texts", liar->name, left_out(&none));
	assert_honest_kept(&none, stored_text(&none));
}

static void
print_tally(const struct tally *tally)
{
	for (size_t i = 0; i < KINDS; i++) {
		printf("lies: %-11s %d: %d refused with the report, %d left out\n", kinds[i],
		       tally->critical[i] + tally->left_out[i], tally->critical[i], tally->left_out[i]);
		ck_assert_int_ge(tally->critical[i] + tally->left_out[i], LEAST);
	}
}

START_TEST(no_lie_is_stored)
{
	struct liar liars[sizeof(files) / sizeof(files[0])];
	struct lie lies[LIES];
	struct tally tally = { 0 };
	const json_t *journal;
	int count = 0;

	restart_worker((enum provider)_i, text("liar-%s", unique()), "WORKER_CONCURRENCY=20");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		liars[i] = liar_new(files[i]);
		assert_honest(&liars[i]);
		for (size_t j = 0; j < json_array_size(liars[i].lies); j++) {
			ck_assert_int_lt(count, LIES);
			lies[count] = tell(&liars[i], json_array_get(liars[i].lies, j), count + 1);
			count++;
		}
	}
	for (int i = 0; i < count; i++)
		await_lie(&lies[i]);
	journal = mock_journal("lie-");
	for (int i = 0; i < count; i++)
		judge(&lies[i], journal, &tally);
	printf("lies: %s: %d of %d kept out of what is stored\n", provider_names[_i], count - tally.stored_lies, count);
	ck_assert_int_eq(count, LIES);
	ck_assert_int_eq(tally.stored_lies, 0);
	print_tally(&tally);
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
	Suite *suite = suite_create("lies");
	TCase *tcase = tcase_create("lies");

	tcase_add_unchecked_fixture(tcase, NULL, as_before);
	tcase_set_timeout(tcase, TEST_SECONDS);
	tcase_add_loop_test(tcase, no_lie_is_stored, 0, PROVIDERS);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
