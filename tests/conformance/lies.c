/* lies - the mutation test: lies and honest changes in the tailored CVs and reports of all CVs for several postings.
 *
 * Prints for each kind how many were planted and caught, for each honest change how many were refused, and those that
 * went wrong. Fails where fewer than 99.5 % of the lies are caught, 0.5 % of the honest documents are refused, where
 * what was mended is refused again, or where a kind found no place at all. The golden cases of tests/data are always
 * tried (LIES_TRIES times a kind and document, 1); the CVs of the shared folder on top of them, where it is there (with
 * CI=true it has to be). */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/cv.h"
#include "career/cv_import.h"
#include "career/kind.h"
#include "career/posting.h"
#include "career/verify.h"
#include "career/verify_tailored.h"
#include "core/clock.h"
#include "core/ctx.h"
#include "lies.h"
#include "service/assets.h"
#include "shared_data.h"

#define PEOPLE_MAX   96
#define CAUGHT_LEAST 9950 /* of 10,000 */
#define REFUSED_MOST 50
#define SHOWN_MOST   400 /* lies that were not caught and honest changes that were refused, printed */
#define AS_OF        "2026-03-01T00:00:00.000000Z"

struct person {
	const char *name;
	json_t *resume, *input; /* input: of a golden case, else NULL */
};

struct tally {
	int planted, right, unmended;
};

/* A kind of document and what is done to it. */
struct document {
	const char *name;
	const struct lie_kind *lies, *truths;
	const size_t *lie_count, *truth_count;
	enum cvp_code (*verify)(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				const json_t *artifact, json_t **report);
	struct tally lie_tallies[64], truth_tallies[16];
};

static const char *const postings[] = {
	"text/rm-backend-eng.txt",
	"text/ru-ux-designer.json",
	"jsonld/13-data-scientist.json",
	"he/he-04-product-manager.txt",
};

static struct cvp_arena *arena, *kept_arena;
static struct cvp_ctx ctx, kept_ctx;
static struct cvp_assets *assets;
static struct person people[PEOPLE_MAX];
static size_t person_count;
static struct pool pools[FACT_KINDS];
static int faults, shown, tries = 1;
static int64_t verify_time;
static int verify_count;

static struct document documents[] = {
	{ "facts",
	  fact_lies,
	  tailored_truths,
	  &fact_lie_count,
	  &tailored_truth_count,
	  cvp_verify_tailored_cv,
	  { { 0 } },
	  { { 0 } } },
	{ "texts", text_lies, NULL, &text_lie_count, NULL, cvp_verify_tailored_cv, { { 0 } }, { { 0 } } },
	{ "report",
	  report_lies,
	  report_truths,
	  &report_lie_count,
	  &report_truth_count,
	  cvp_verify_vpr,
	  { { 0 } },
	  { { 0 } } },
};

static size_t
truth_count(const struct document *document)
{
	return document->truth_count != NULL ? *document->truth_count : 0;
}

static void
fault(const char *where, const char *what)
{
	printf("lies: FAULT in %s: %s\n", where, what);
	faults++;
}

/* ---- people and their facts */

static void
add_fact(enum fact kind, const char *text)
{
	struct pool *pool = &pools[kind];

	if (text == NULL || cvp_text_length(text) < 2 || cvp_text_length(text) > 300 ||
	    pool->count == sizeof(pool->texts) / sizeof(pool->texts[0]))
		return;
	for (size_t i = 0; i < pool->count; i++)
		if (strcmp(pool->texts[i], text) == 0)
			return;
	pool->texts[pool->count++] = text;
}

static void
add_facts(const json_t *resume)
{
	const struct cvp_cv *cv;

	if (cvp_cv_parse(&kept_ctx, resume, &cv) != CVP_OK) {
		cvp_clear(&kept_ctx);
		return;
	}
	for (size_t i = 0; i < cv->entry_count; i++) {
		bool is_school = cv->entries[i].section == CVP_CV_EDUCATION;

		if (cv->entries[i].section == CVP_CV_PROJECTS)
			continue;
		add_fact(is_school ? SCHOOLS : EMPLOYERS, cv->entries[i].organisation.text);
		add_fact(is_school ? DEGREES : TITLES, cv->entries[i].title.text);
	}
	for (size_t i = 0; i < cv->line_count; i++) {
		if (cv->lines[i].section == CVP_CV_CERTIFICATES && cv->lines[i].role == CVP_CV_SKILL)
			add_fact(CERTIFICATES, cv->lines[i].at.text);
		else if (cv->lines[i].section == CVP_CV_SKILLS && cv->lines[i].role == CVP_CV_SKILL)
			add_fact(SKILLS, cv->lines[i].at.text);
		else if (cv->lines[i].section == CVP_CV_WORK && cv->lines[i].role == CVP_CV_BULLET &&
			 cvp_text_length(cv->lines[i].at.text) > 30)
			add_fact(BULLETS, cv->lines[i].at.text);
	}
}

/* A tailored CV needs an address to be answered to (SPEC 2.2). */
static void
give_address(json_t *resume)
{
	json_t *basics = json_object_get(resume, "basics"), *holder = json_is_object(basics) ? basics : resume;

	if (json_string_length(json_object_get(holder, "email")) == 0)
		json_object_set_new(holder, "email", json_string("someone@mail.example"));
}

static void
add_person(const char *name, json_t *resume, json_t *input)
{
	if (resume == NULL || person_count == PEOPLE_MAX)
		return;
	give_address(resume);
	people[person_count++] = (struct person){ name, resume, input };
	add_facts(resume);
}

static void
add_golden_cases(void)
{
	const char *path = cvp_arena_printf(kept_arena, "%s/tests/data/career/vpr", top_folder());
	const char *names[PEOPLE_MAX];
	size_t count = list_files(kept_arena, path, "", names, PEOPLE_MAX);

	for (size_t i = 0; i < count; i++) {
		json_t *input = cvp_own(
		    &kept_ctx,
		    json_load_file(cvp_arena_printf(kept_arena, "%s/%s/input.json", path, names[i]), 0, NULL));

		if (input != NULL)
			add_person(names[i], json_object_get(input, "resume"), input);
	}
}

static void
add_shared(const char *data, const char *folder, const char *ending)
{
	const char *path = cvp_arena_printf(kept_arena, "%s/%s", data, folder), *names[PEOPLE_MAX];
	size_t count = list_files(kept_arena, path, ending, names, PEOPLE_MAX);

	for (size_t i = 0; i < count; i++) {
		struct cvp_cv_import import;
		size_t length;
		const char *text = read_file(kept_arena, cvp_arena_printf(kept_arena, "%s/%s", path, names[i]),
					     &length);

		if (text != NULL && cvp_cv_import_bytes(&kept_ctx, assets, text, length, &import) == CVP_OK)
			add_person(names[i], import.resume, NULL);
		cvp_clear(&kept_ctx);
	}
}

static json_t *
read_posting(const char *path)
{
	struct cvp_posting_import import;
	size_t length;
	const char *text = read_file(kept_arena, path, &length);

	if (text != NULL && cvp_posting_import_text(&kept_ctx, assets, text, length, &import) == CVP_OK)
		return import.posting;
	fault(path, "cannot be read");
	cvp_clear(&kept_ctx);
	return NULL;
}

/* ---- scenes */

static void
add_words(json_t *value, const char **words, const char **text)
{
	const char *key;
	json_t *member;
	size_t index;

	if (json_is_string(value)) {
		struct cvp_words cut = cvp_words_of(&ctx, json_string_value(value), json_string_length(value));

		for (size_t i = 0; i < cut.count; i++)
			*words = cvp_arena_printf(arena, "%s%s ", *words, cut.words[i].folded);
		*words = cvp_arena_printf(arena, "%s\n ", *words);
		*text = cvp_arena_printf(arena, "%s%s\n", *text, json_string_value(value));
	}
	json_object_foreach (value, key, member)
		add_words(member, words, text);
	json_array_foreach (value, index, member)
		add_words(member, words, text);
}

static json_t *
input_of(const struct person *person, json_t *posting)
{
	const char *language = json_string_value(json_object_get(posting, "language"));

	if (person->input != NULL)
		return cvp_own(&ctx, json_deep_copy(person->input));
	return cvp_own(&ctx, json_pack("{s:s, s:s, s:s, s:i, s:O, s:O, s:[], s:s, s:s, s:i}", "user_id", "u",
				       "application_id", "a", "cv_id", "c", "cv_version", 1, "resume", person->resume,
				       "posting", posting, "gap_responses", "language",
				       language != NULL ? language : "en", "as_of", AS_OF, "version", 1));
}

static const char *
line_of(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	const char *line = text != NULL ? cvp_arena_strdup(arena, text) : "";

	free(text);
	return line;
}

static json_t *
verdict_of(const struct document *document, const json_t *input, const json_t *artifact)
{
	json_t *report = NULL;
	int64_t start = cvp_monotonic();

	if (document->verify(&ctx, assets, input, artifact, &report) != CVP_OK) {
		fault(document->name, ctx.err.message);
		cvp_clear(&ctx);
		return NULL;
	}
	verify_time += cvp_monotonic() - start;
	verify_count++;
	return report;
}

static bool
is_valid(const json_t *report)
{
	return json_is_true(json_object_get(report, "is_valid"));
}

static bool
is_found_at(const json_t *report, const char *field)
{
	const json_t *violations = json_object_get(report, "violations");

	for (size_t i = 0; i < json_array_size(violations); i++)
		if (strncmp(json_string_value(json_object_get(json_array_get(violations, i), "field")), field,
			    strlen(field)) == 0)
			return true;
	return false;
}

/* The field of a lie may be one of an entry: whatever is found there counts. Sources of a bullet lie beside it. */
static bool
is_caught(const struct scene *s, const json_t *report)
{
	const char *slash;

	if (is_found_at(report, s->field))
		return true;
	slash = strstr(s->field, "/description_bullets/");
	return slash != NULL &&
	       is_found_at(report, cvp_arena_printf(arena, "%.*s/bullet_sources", (int)(slash - s->field), s->field));
}

static void
show(const char *what, const struct scene *s, const char *kind, const json_t *report)
{
	if (shown++ < SHOWN_MOST)
		printf("lies: %s: %s: %s: %s: %s%s%s\n", what, s->where, kind, s->field, s->told,
		       report != NULL ? "\n\t" : "",
		       report != NULL ? line_of(json_object_get(report, "violations")) : "");
}

/* What is only a warning is gone from the mended copy: that one is clean. */
static bool
is_mended(const struct document *document, const json_t *input, const json_t *artifact, const json_t *report)
{
	json_t *mended, *again;

	if (document->verify != cvp_verify_tailored_cv ||
	    json_is_true(json_object_get(report, "has_critical_violations")))
		return true;
	if (cvp_verify_tailored_cv_mend(&ctx, assets, input, artifact, &mended, &again) != CVP_OK)
		return false;
	again = verdict_of(document, input, mended);
	if (!is_valid(again))
		printf("lies: mended, and refused again: %s\n", line_of(again));
	return is_valid(again);
}

static uint64_t
seed_of(const char *where, const char *kind, int attempt)
{
	uint64_t hash = UINT64_C(14695981039346656037) + (uint64_t)attempt;

	for (const char *c = where; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	for (const char *c = kind; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	return hash | 1;
}

static void
try_kind(const struct document *document, struct scene *s, const struct lie_kind *kind, const json_t *artifact,
	 bool is_lie, struct tally *tally)
{
	json_t *input = s->input;

	for (int attempt = 0; attempt < tries; attempt++) {
		json_t *copy = cvp_own(&ctx, json_deep_copy(artifact)), *report;
		bool is_right;

		s->random = seed_of(s->where, kind->name, attempt);
		s->input = cvp_own(&ctx, json_deep_copy(input));
		if (!kind->plant(s, copy) || (is_lie && json_equal(copy, artifact)))
			continue;
		report = verdict_of(document, s->input, copy);
		is_right = is_lie ? is_caught(s, report) : is_valid(report);
		tally->planted++;
		tally->right += is_right;
		if (!is_right)
			show(is_lie ? "not caught" : "refused", s, kind->name, report);
		tally->unmended += is_lie && !is_mended(document, s->input, copy, report);
	}
	s->input = input;
}

static void
try_document(struct document *document, struct scene *s, const json_t *artifact)
{
	json_t *report = verdict_of(document, s->input, artifact);

	if (!is_valid(report)) {
		fault(s->where, cvp_arena_printf(arena, "the engine's own %s is refused: %s", document->name,
						 line_of(json_object_get(report, "violations"))));
		return;
	}
	for (size_t i = 0; i < *document->lie_count; i++)
		try_kind(document, s, &document->lies[i], artifact, true, &document->lie_tallies[i]);
	for (size_t i = 0; i < truth_count(document); i++)
		try_kind(document, s, &document->truths[i], artifact, false, &document->truth_tallies[i]);
}

static json_t *
generated(const char *name, const json_t *input, const char *where)
{
	const struct cvp_kind *kind = cvp_kind_find(name);
	json_t *artifact = NULL;

	if (kind == NULL || kind->generate(&ctx, assets, input, &artifact) != CVP_OK) {
		fault(where, kind == NULL ? "no such kind" : ctx.err.message);
		cvp_clear(&ctx);
	}
	return artifact;
}

static void
try_person(const struct person *person, json_t *posting, const char *posting_name)
{
	struct scene s = { .ctx = &ctx, .assets = assets, .pools = pools, .words = " ", .text = "" };
	json_t *tailored, *report;

	cvp_ctx_reset(&ctx);
	s.where = cvp_arena_printf(arena, "%s for %s", person->name, posting_name);
	s.input = input_of(person, posting);
	add_words(json_object_get(s.input, "resume"), &s.words, &s.text);
	add_words(json_object_get(s.input, "gap_responses"), &s.words, &s.text);
	s.language = cvp_language_detect(s.words, strlen(s.words));
	tailored = generated("tailored_cv", s.input, s.where);
	report = generated("vpr", s.input, s.where);
	for (size_t i = 0; i < 2 && tailored != NULL; i++)
		try_document(&documents[i], &s, tailored);
	if (cvp_language_named(json_string_value(json_object_get(s.input, "language")), &s.language) && report != NULL)
		try_document(&documents[2], &s, report);
}

static void
try_all(const char *data)
{
	json_t *posting[CVP_COUNT(postings)] = { NULL };

	for (size_t i = 0; i < CVP_COUNT(postings) && has_folder(data); i++)
		posting[i] = read_posting(cvp_arena_printf(kept_arena, "%s/postings/%s", data, postings[i]));
	for (size_t i = 0; i < person_count; i++) {
		if (people[i].input != NULL)
			try_person(&people[i], NULL, "its own posting");
		for (size_t j = 0; people[i].input == NULL && j < CVP_COUNT(postings); j++)
			if (posting[j] != NULL)
				try_person(&people[i], posting[j], postings[j]);
	}
}

/* ---- figures */

static struct tally
print_kinds(const char *title, const struct lie_kind *kinds, const struct tally *tallies, size_t count,
	    const char *right)
{
	struct tally all = { 0 };

	for (size_t i = 0; i < count; i++) {
		printf("lies: %-8s %-28s %5d %s, %5d %s\n", title, kinds[i].name, tallies[i].planted,
		       right[0] == 'c' ? "planted" : "tried", tallies[i].right, right);
		if (tallies[i].planted == 0)
			fault(kinds[i].name, "no document had a place for it");
		all.planted += tallies[i].planted;
		all.right += tallies[i].right;
		all.unmended += tallies[i].unmended;
	}
	return all;
}

static void
print_document(const struct document *d, struct tally *lies, struct tally *truths)
{
	const char *title = d->name;
	struct tally told = print_kinds(title, d->lies, d->lie_tallies, *d->lie_count, "caught");
	struct tally honest = print_kinds(title, d->truths, d->truth_tallies, truth_count(d), "passed");

	lies->planted += told.planted;
	lies->right += told.right;
	lies->unmended += told.unmended;
	truths->planted += honest.planted;
	truths->right += honest.right;
}

static void
print_all(void)
{
	struct tally lies = { 0 }, truths = { 0 };

	for (size_t i = 0; i < CVP_COUNT(documents); i++)
		print_document(&documents[i], &lies, &truths);
	printf(
	    "lies: %zu CVs; %d of %d lies caught, %.2f %%; %d of %d honest documents refused, %.2f %%; %d not mended; "
	    "%.2f ms a verification\n",
	    person_count, lies.right, lies.planted, 100.0 * lies.right / lies.planted, truths.planted - truths.right,
	    truths.planted, 100.0 * (truths.planted - truths.right) / truths.planted, lies.unmended,
	    (double)verify_time / verify_count / 1000);
	if ((int64_t)lies.right * 10000 < (int64_t)lies.planted * CAUGHT_LEAST)
		fault("the lies", "too few are caught");
	if ((int64_t)(truths.planted - truths.right) * 10000 > (int64_t)truths.planted * REFUSED_MOST)
		fault("the honest documents", "too many are refused");
	if (lies.unmended > 0)
		fault("mending", "what was mended is refused again");
}

int
main(void)
{
	const char *data;
	int status = 0;

	if (getenv("LIES_TRIES") != NULL)
		tries = (int)strtol(getenv("LIES_TRIES"), NULL, 10);
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	kept_arena = cvp_arena_new((size_t)1 << 20);
	cvp_ctx_init(&kept_ctx, kept_arena);
	arena = cvp_arena_new((size_t)1 << 20);
	cvp_ctx_init(&ctx, arena);
	data = data_folder(kept_arena);
	if (cvp_assets_load(&kept_ctx, top_folder(), &assets) != CVP_OK) {
		printf("lies: %s\n", kept_ctx.err.message);
		return 1;
	}
	add_golden_cases();
	if (has_folder(data)) {
		add_shared(data, "cvs", ".json");
		add_shared(data, "cvs-other", ".json");
		add_shared(data, "cv-files/txt", ".txt");
		add_shared(data, "cv-files/he", ".txt");
	} else {
		status = without_data("lies", data);
	}
	try_all(data);
	print_all();
	cvp_assets_free(assets);
	cvp_arena_free(arena);
	cvp_arena_free(kept_arena);
	return status != 0 || faults > 0;
}
