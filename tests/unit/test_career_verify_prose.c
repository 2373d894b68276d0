/* Fact verification (SPEC 8) of prose that paraphrases: the lies of tests/data/career/prose are caught at the field
 * they were planted in, honest sentences pass.
 *
 * A file names its CV and posting (a golden case of the report, or a CV of the shared folder with a posting of its own)
 * and holds sentences by field; those of second-*, third-* and fourth-* were written when the checker stood. A lie goes
 * behind what the built-in engine wrote, with that text's own sources, so that nothing but the lie can be refused; an
 * honest sentence stands alone, with the sources given behind it. Without the shared folder its CVs are passed over and
 * named, but for CI=true. */
#include <unistd.h>

#include "career/cv_import.h"
#include "test_career_vpr.h"

#define PROSE       "tests/data/career/prose"
#define LIES_BAR    99 /* percent; what is made of the CV's own words only may pass */
#define HONEST_BAR  97
#define LIES_MIN    150
#define HONESTS_MIN 120

struct tally {
	int lies, caught, honests, passed;
};

struct bench {
	json_t *input, *report;
	struct tally *tally;
	const char *file;
};

static const struct {
	const char *key, *sources; /* sources: NULL where the text has none beside it */
} prose[] = {
	{ "executive_summary", "x_summary_sources" },
	{ "differentiators", "x_differentiator_sources" },
	{ "talking_points", "x_talking_point_sources" },
	{ "cultural_fit", NULL },
	{ "mitigation_approach", NULL },
	{ "transferable_skills", NULL },
};

static json_t *
shared_cv(const char *name)
{
	const char *shared = getenv("CVP_SHARED"), *path, *text;
	struct cvp_cv_import import;
	size_t length;

	path = shared != NULL ? cvp_arena_printf(arena, "%s/data/%s", shared, name)
			      : cvp_arena_printf(arena, "%s/../shared/data/%s", top_dir(), name);
	if (access(path, R_OK) != 0)
		return NULL;
	text = read_text(&ctx, path, &length);
	ck_assert_int_eq(cvp_cv_import_bytes(&ctx, &assets, text, length, &import), CVP_OK);
	return import.resume;
}

/* The kind's input a file speaks of; NULL where its CV is not there. */
static json_t *
input_of(const json_t *file)
{
	const char *name = json_string_value(json_object_get(file, "case"));
	json_t *resume;

	if (name != NULL)
		return case_input(name);
	resume = shared_cv(json_string_value(json_object_get(file, "cv")));
	if (resume == NULL)
		return NULL;
	return cvp_own(&ctx,
		       json_pack("{s:s, s:s, s:s, s:i, s:O, s:O, s:[], s:O, s:s, s:i}", "user_id", "u",
				 "application_id", "a", "cv_id", "c", "cv_version", 1, "resume", resume, "posting",
				 json_object_get(file, "posting"), "gap_responses", "language",
				 json_object_get(file, "language"), "as_of", "2026-03-01T00:00:00Z", "version", 1));
}

static size_t
prose_at(const char *key)
{
	size_t at = 0;

	while (at < CVP_COUNT(prose) && strcmp(prose[at].key, key) != 0)
		at++;
	ck_assert_msg(at < CVP_COUNT(prose), "no field %s", key);
	return at;
}

/* The first strategy of a report, made where it has none. */
static json_t *
strategy_of(json_t *report)
{
	json_t *strategies = json_object_get(report, "gap_strategies");

	if (json_array_size(strategies) == 0)
		json_array_append_new(
		    strategies, json_pack("{s:O, s:s, s:[]}", "gap",
					  json_object_get(json_array_get(json_object_get(report, "evidence_matrix"), 0),
							  "requirement"),
					  "mitigation_approach", "Say so.", "transferable_skills"));
	return json_array_get(strategies, 0);
}

static const char *
longer(const json_t *text, const char *sentence)
{
	const char *before = json_string_value(text);

	return before != NULL ? cvp_arena_printf(arena, "%s %s", before, sentence) : sentence;
}

/* Puts a sentence into a field: behind what stands there, or with `sources` in its place. Returns the field's pointer.
 */
static const char *
put_sentence(json_t *report, const char *key, const char *sentence, const json_t *sources)
{
	bool in_strategy = strcmp(key, "mitigation_approach") == 0 || strcmp(key, "transferable_skills") == 0;
	json_t *holder = in_strategy ? strategy_of(report) : report, *member = json_object_get(holder, key);
	const char *sources_key = prose[prose_at(key)].sources;

	if (strcmp(key, "transferable_skills") == 0) {
		json_array_append_new(member, json_string(sentence));
		return "/gap_strategies/0/transferable_skills";
	}
	if (!json_is_array(member)) {
		json_object_set_new(holder, key, json_string(sources != NULL ? sentence : longer(member, sentence)));
		if (sources != NULL && sources_key != NULL)
			json_object_set(report, sources_key, (json_t *)sources);
		return in_strategy ? "/gap_strategies/0/mitigation_approach" : cvp_arena_printf(arena, "/%s", key);
	}
	json_array_set_new(member, 0,
			   json_string(sources != NULL ? sentence : longer(json_array_get(member, 0), sentence)));
	if (sources != NULL)
		json_array_set(json_object_get(report, sources_key), 0, (json_t *)sources);
	return cvp_arena_printf(arena, "/%s/0", key);
}

static bool
is_reported_at(const json_t *verdict, const char *field)
{
	size_t index;
	json_t *violation;

	json_array_foreach (json_object_get(verdict, "violations"), index, violation) {
		if (strncmp(json_string_value(json_object_get(violation, "field")), field, strlen(field)) == 0)
			return true;
	}
	return false;
}

static void
plant_lie(const struct bench *bench, const char *key, const char *lie)
{
	json_t *report = cvp_own(&ctx, json_deep_copy(bench->report));
	const char *field = put_sentence(report, key, lie, NULL);
	bool is_caught = is_reported_at(verdict_of(bench->input, report), field);

	bench->tally->lies++;
	bench->tally->caught += is_caught;
	if (!is_caught)
		printf("prose: %s, %s: not caught: %s\n", bench->file, key, lie);
}

/* honest: the sentence, then the pointers it rests on. */
static void
try_honest(const struct bench *bench, const char *key, const json_t *honest)
{
	json_t *report = cvp_own(&ctx, json_deep_copy(bench->report));
	json_t *sources = cvp_own(&ctx, json_deep_copy(honest)), *verdict;
	const char *sentence = json_string_value(json_array_get(honest, 0));

	json_array_remove(sources, 0);
	put_sentence(report, key, sentence, sources);
	verdict = verdict_of(bench->input, report);
	bench->tally->honests++;
	bench->tally->passed += is_valid(verdict);
	if (!is_valid(verdict))
		printf("prose: %s, %s: refused: %s\n\t%s\n", bench->file, key, sentence,
		       line_of(json_object_get(verdict, "violations")));
}

static void
run_file(struct bench *bench, const json_t *file)
{
	const char *key;
	json_t *sentences;
	size_t index;
	json_t *sentence;

	ck_assert_msg(is_valid(verdict_of(bench->input, bench->report)), "%s: the engine's own report is refused",
		      bench->file);
	json_object_foreach (json_object_get(file, "lies"), key, sentences)
		json_array_foreach (sentences, index, sentence)
			plant_lie(bench, key, json_string_value(sentence));
	json_object_foreach (json_object_get(file, "honest"), key, sentences)
		json_array_foreach (sentences, index, sentence)
			try_honest(bench, key, sentence);
}

static void
run_named(const char *name, struct tally tallies[CVP_LANGUAGE_COUNT], bool *is_whole)
{
	const char *path = cvp_arena_printf(arena, "%s/" PROSE "/%s", top_dir(), name), *ci = getenv("CI");
	json_t *file = read_json(&ctx, path);
	struct bench bench = { .input = input_of(file), .file = name };
	enum cvp_language language;

	if (bench.input == NULL) {
		printf("prose: %s: its CV is not there, nothing was tried\n", name);
		ck_assert(ci == NULL || strcmp(ci, "true") != 0);
		*is_whole = false;
		return;
	}
	ck_assert(cvp_language_named(json_string_value(json_object_get(file, "language")), &language));
	bench.report = report_of(bench.input);
	bench.tally = &tallies[language];
	run_file(&bench, file);
}

static void
print_tally(const char *name, const struct tally *t)
{
	printf("prose: %d of %d lies caught, %d of %d honest sentences pass (%s)\n", t->caught, t->lies, t->passed,
	       t->honests, name);
}

START_TEST(lies_are_caught_and_honest_sentences_pass)
{
	struct tally tallies[CVP_LANGUAGE_COUNT] = { { 0 } }, all = { 0 };
	const char *names[FILES_MAX];
	size_t count = list_names(cvp_arena_printf(arena, "%s/" PROSE, top_dir()), ".json", names, FILES_MAX);
	bool is_whole = true;

	for (size_t i = 0; i < count; i++) {
		run_named(names[i], tallies, &is_whole);
		cvp_ctx_reset(&ctx);
	}
	for (int language = 0; language < CVP_LANGUAGE_COUNT; language++) {
		const struct tally *t = &tallies[language];

		print_tally(cvp_language_name((enum cvp_language)language), t);
		all = (struct tally){ all.lies + t->lies, all.caught + t->caught, all.honests + t->honests,
				      all.passed + t->passed };
	}
	print_tally("all", &all);
	ck_assert(!is_whole || (all.lies >= LIES_MIN && all.honests >= HONESTS_MIN));
	ck_assert_int_ge(all.caught * 100, all.lies * LIES_BAR);
	ck_assert_int_ge(all.passed * 100, all.honests * HONEST_BAR);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, lies_are_caught_and_honest_sentences_pass);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* the figures are printed by a child */
	return run_suite("career_verify_prose", add_tests);
}
