/* reports - every valid CV of the shared folder for eight postings: text, JSON and JSON-LD, two Russian, one Hebrew.
 *
 * For each report: it is what schemas/vpr.json says; it is the same when written again; every evidence's text stands
 * letter by letter at its pointer; every source leads to a line; verification passes, with the posting and without.
 * Then the claims that a careless writer might make (the pairs' would_be_lies) are put into the reports of their pairs.
 * Prints counts and the processor's time a report takes (bench/report holds it against its limit); fails on any fault.
 * Without the shared folder it says so and passes, but for CI=true. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "career/cv.h"
#include "career/cv_import.h"
#include "career/kind.h"
#include "career/posting.h"
#include "career/verify_artifact.h"
#include "career/vpr_parts.h"
#include "core/ctx.h"
#include "schema/canonical.h"
#include "schema/schema.h"
#include "service/assets.h"
#include "shared_data.h"

#define CVS_MAX   64
#define TIMES_MAX 4096
#define LIES_BAR  65 /* percent: many a lie is made of the CV's own words, which no comparison of facts sees */
#define AS_OF     "2026-03-01T00:00:00.000000Z"

static const char *const postings[] = {
	"text/rm-backend-eng.txt",
	"text/jobsync-backend.txt",
	"text/careervp-upstream-sysaid.txt",
	"text/ru-ux-designer.json",
	"hh-ru/hh-36236201.json",
	"jsonld/13-data-scientist.json",
	"jsonld/17-software-engineer-infrastructure.json",
	"he/he-04-product-manager.txt",
};

struct counts {
	int reports, evidence, sources, faults;
	int differentiators[8], points[8]; /* reports by how many they have */
	int64_t times[TIMES_MAX];
};

static struct cvp_arena *arena; /* of one report, reset for each */
static struct cvp_ctx ctx;
static struct cvp_arena *kept_arena;
static struct cvp_ctx kept_ctx;
static struct cvp_assets *assets;
static struct counts counts;

static void
fault(const char *where, const char *what)
{
	printf("reports: FAULT in %s: %s\n", where, what);
	counts.faults++;
}

static json_t *
import_cv(const char *path)
{
	struct cvp_cv_import import;
	size_t length;
	const char *text = read_file(kept_arena, path, &length);
	enum cvp_code code;

	if (text == NULL)
		return NULL;
	code = cvp_cv_import_bytes(&kept_ctx, assets, text, length, &import);
	if (code == CVP_OK)
		return import.resume;
	printf("reports: %s is no valid CV: %s\n", strrchr(path, '/') + 1, cvp_code_name(code));
	cvp_clear(&kept_ctx);
	return NULL;
}

static json_t *
import_posting(const char *path)
{
	struct cvp_posting_import import;
	size_t length;
	const char *text = read_file(kept_arena, path, &length);

	if (text != NULL && cvp_posting_import_text(&kept_ctx, assets, text, length, &import) == CVP_OK)
		return import.posting;
	fault(path, kept_ctx.err.message != NULL ? kept_ctx.err.message : "cannot be read");
	cvp_clear(&kept_ctx);
	return NULL;
}

static json_t *
input_of(json_t *resume, json_t *posting, const char *language)
{
	const char *of_posting = json_string_value(json_object_get(posting, "language"));

	return cvp_own(&ctx, json_pack("{s:s, s:s, s:s, s:i, s:O, s:O, s:[], s:s, s:s, s:i}", "user_id", "u",
				       "application_id", "a", "cv_id", "c", "cv_version", 1, "resume", resume,
				       "posting", posting, "gap_responses", "language",
				       language     ? language
				       : of_posting ? of_posting
						    : "en",
				       "as_of", AS_OF, "version", 1));
}

/* Microseconds of work, whatever else the machine does. */
static int64_t
processor_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static json_t *
generate(const json_t *input, const char *where)
{
	json_t *report = NULL;
	int64_t start = processor_time();
	enum cvp_code code = cvp_kind_vpr.generate(&ctx, assets, input, &report);
	int64_t took = processor_time() - start;

	if (code != CVP_OK) {
		fault(where, ctx.err.message);
		return NULL;
	}
	if (counts.reports < TIMES_MAX)
		counts.times[counts.reports] = took;
	return report;
}

static json_t *
verdict_of(const json_t *input, const json_t *report)
{
	json_t *verdict = NULL;

	return cvp_kind_vpr.verify(&ctx, assets, input, report, &verdict) == CVP_OK ? verdict : NULL;
}

static void
check_verdict(const json_t *input, const json_t *report, const char *where)
{
	json_t *verdict = verdict_of(input, report);
	char *text;

	if (verdict != NULL && json_is_true(json_object_get(verdict, "is_valid")))
		return;
	text = json_dumps(json_object_get(verdict, "violations"), JSON_COMPACT);
	fault(where, text != NULL ? text : "cannot be verified");
	free(text);
}

/* Every evidence's text is, byte for byte, the string at its pointer. */
static void
walk_evidence(const json_t *resume, const json_t *report, const char *where)
{
	const json_t *rows = json_object_get(report, "evidence_matrix");

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *list = json_object_get(json_array_get(rows, i), "evidence");

		for (size_t j = 0; j < json_array_size(list); j++) {
			const json_t *evidence = json_array_get(list, j);
			const char *text = json_string_value(json_object_get(evidence, "text"));
			const char *source = json_string_value(json_object_get(evidence, "source"));
			const char *stands = source != NULL ? cvp_pointer_text(resume, source) : NULL;

			counts.evidence++;
			if (stands == NULL || text == NULL || strcmp(stands, text) != 0)
				fault(where, source != NULL ? source : "evidence without a source");
		}
	}
}

static void
walk_sources(const json_t *resume, const json_t *sources, const char *where)
{
	for (size_t i = 0; i < json_array_size(sources); i++) {
		const json_t *source = json_array_get(sources, i);

		if (json_is_array(source)) {
			walk_sources(resume, source, where);
			continue;
		}
		counts.sources++;
		if (cvp_pointer_text(resume, json_string_value(source)) == NULL)
			fault(where, json_string_value(source));
	}
}

/* Nothing had to be left out of it: what the engine wrote first is what it gave. */
static void
check_first_draft(const json_t *input, const json_t *report, const char *where)
{
	struct cvp_verification v;
	struct cvp_vpr vpr;
	json_t *draft;

	if (cvp_vpr_begin(&ctx, assets, input, &vpr, &v) != CVP_OK || cvp_vpr_write(&vpr, &draft) != CVP_OK)
		fault(where, ctx.err.message);
	else if (!json_equal(draft, report))
		fault(where, "the first draft held what verification refuses");
}

static void
count_sections(const json_t *report)
{
	size_t differentiators = json_array_size(json_object_get(report, "differentiators"));
	size_t points = json_array_size(json_object_get(report, "talking_points"));

	counts.differentiators[differentiators < 8 ? differentiators : 7]++;
	counts.points[points < 8 ? points : 7]++;
}

static void
check_report(json_t *resume, json_t *posting, const char *where)
{
	json_t *input, *report, *again;
	char digest[CVP_SHA256_HEX], other[CVP_SHA256_HEX];

	cvp_ctx_reset(&ctx);
	input = input_of(resume, posting, NULL);
	report = generate(input, where);
	if (report == NULL)
		return;
	counts.reports++;
	if (cvp_schema_validate(&ctx, cvp_schemas_get(assets->schemas, "vpr.json"), report) != CVP_OK)
		fault(where, ctx.err.message);
	cvp_clear(&ctx);
	if (cvp_kind_vpr.generate(&ctx, assets, input, &again) != CVP_OK)
		again = json_null();
	cvp_canonical_sha256(report, digest);
	cvp_canonical_sha256(again, other);
	if (strcmp(digest, other) != 0)
		fault(where, "written twice, it is not the same");
	check_first_draft(input, report, where);
	walk_evidence(resume, report, where);
	walk_sources(resume, json_object_get(report, "x_summary_sources"), where);
	walk_sources(resume, json_object_get(report, "x_differentiator_sources"), where);
	walk_sources(resume, json_object_get(report, "x_talking_point_sources"), where);
	count_sections(report);
	check_verdict(input, report, where);
	json_object_del(input, "posting");
	check_verdict(input, report, where);
}

static int
compare_times(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;

	return (one > two) - (one < two);
}

static void
check_reports(const char *data)
{
	const char *names[CVS_MAX];
	size_t count = list_files(kept_arena, cvp_arena_printf(kept_arena, "%s/cvs", data), ".json", names, CVS_MAX);
	json_t *posting[CVP_COUNT(postings)];
	int valid = 0;

	for (size_t i = 0; i < CVP_COUNT(postings); i++)
		posting[i] = import_posting(cvp_arena_printf(kept_arena, "%s/postings/%s", data, postings[i]));
	for (size_t c = 0; c < count; c++) {
		json_t *resume = import_cv(cvp_arena_printf(kept_arena, "%s/cvs/%s", data, names[c]));

		valid += resume != NULL;
		for (size_t p = 0; resume != NULL && p < CVP_COUNT(postings); p++) {
			if (posting[p] != NULL)
				check_report(resume, posting[p],
					     cvp_arena_printf(kept_arena, "%s for %s", names[c], postings[p]));
		}
	}
	printf("reports: %d valid CVs of %zu, %zu postings, %d reports\n", valid, count, CVP_COUNT(postings),
	       counts.reports);
}

static void
print_counts(void)
{
	int64_t median, p99;

	qsort(counts.times, (size_t)counts.reports, sizeof(counts.times[0]), compare_times);
	median = counts.times[counts.reports / 2];
	p99 = counts.times[counts.reports * 99 / 100];
	printf("reports: %d evidence texts and %d sources walked to their pointers, %d faults\n", counts.evidence,
	       counts.sources, counts.faults);
	printf("reports: differentiators a report:");
	for (int i = 0; i < 8; i++)
		printf(" %d:%d", i, counts.differentiators[i]);
	printf("; talking points:");
	for (int i = 0; i < 8; i++)
		printf(" %d:%d", i, counts.points[i]);
	printf("\nreports: generation with its match: median %.2f ms, p99 %.2f ms\n", (double)median / 1000,
	       (double)p99 / 1000);
}

/* Puts each would-be lie of a pair at the end of its report's summary. */
static void
try_lies(const char *data, const char *name, int *tried, int *caught)
{
	json_t *pair = cvp_own(&kept_ctx,
			       json_load_file(cvp_arena_printf(kept_arena, "%s/pairs/%s", data, name), 0, NULL));
	json_t *resume = import_cv(
	    cvp_arena_printf(kept_arena, "%s/%s", data, json_string_value(json_object_get(pair, "cv"))));
	json_t *posting = import_posting(
	    cvp_arena_printf(kept_arena, "%s/%s", data, json_string_value(json_object_get(pair, "posting"))));
	const json_t *lies = json_object_get(pair, "would_be_lies");
	json_t *input, *report;

	if (resume == NULL || posting == NULL)
		return;
	cvp_ctx_reset(&ctx);
	input = input_of(resume, posting, json_string_value(json_object_get(pair, "language")));
	report = generate(input, name);
	for (size_t i = 0; report != NULL && i < json_array_size(lies); i++) {
		json_t *lying = cvp_own(&ctx, json_deep_copy(report)), *verdict;
		const char *lie = json_string_value(json_array_get(lies, i));

		json_object_set_new(
		    lying, "executive_summary",
		    json_string(cvp_arena_printf(arena, "%s %s.",
						 json_string_value(json_object_get(lying, "executive_summary")), lie)));
		verdict = verdict_of(input, lying);
		(*tried)++;
		*caught += verdict != NULL && !json_is_true(json_object_get(verdict, "is_valid"));
	}
}

static void
check_lies(const char *data)
{
	const char *names[CVS_MAX];
	size_t count = list_files(kept_arena, cvp_arena_printf(kept_arena, "%s/pairs", data), ".json", names, CVS_MAX);
	int tried = 0, caught = 0;

	for (size_t i = 0; i < count; i++)
		try_lies(data, names[i], &tried, &caught);
	printf("reports: %d of %d would-be lies of %zu pairs caught\n", caught, tried, count);
	if (caught * 100 < tried * LIES_BAR)
		fault("the pairs", "too many would-be lies pass");
}

int
main(void)
{
	const char *data;
	int status = 1;

	kept_arena = cvp_arena_new((size_t)1 << 20);
	cvp_ctx_init(&kept_ctx, kept_arena);
	arena = cvp_arena_new((size_t)1 << 20);
	cvp_ctx_init(&ctx, arena);
	data = data_folder(kept_arena);
	if (!has_folder(data)) {
		status = without_data("reports", data);
	} else if (cvp_assets_load(&kept_ctx, top_folder(), &assets) != CVP_OK) {
		printf("reports: %s\n", kept_ctx.err.message);
	} else {
		check_reports(data);
		print_counts();
		check_lies(data);
		status = counts.faults > 0;
	}
	cvp_assets_free(assets);
	cvp_arena_free(arena);
	cvp_arena_free(kept_arena);
	return status;
}
