/* cv_import - CVs as text, Markdown, PDF and DOCX (by careervp-extract) against what a person reads in them.
 *
 * Without arguments: every text of the shared cv-files that has a truth file; fails below the bars. With arguments, in
 * pairs of a file and its truth: only those, no bars; with one file: its text and what is read in it. Prints a line a
 * file and totals. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "career/cv_import.h"
#include "career/kind.h"
#include "core/config.h"
#include "core/ctx.h"
#include "document/extract.h"
#include "document/sniff.h"
#include "service/assets.h"
#include "service/cv_file.h"
#include "shared_data.h"
#include "text/text.h"

#define CONTACT_BAR 95 /* percent */
#define ENTRY_BAR   85
#define FILES_MAX   256

struct score {
	int right, of;
};

struct scores {
	struct score name, email, phone, place, jobs, titles, employers, spans, schools, skills;
	int extra_jobs, extra_schools, files, refused;
};

static struct cvp_arena *arena;
static struct cvp_ctx ctx;

/* Letters and digits only, folded: what two people would call the same. */
static const char *
essence(const char *text)
{
	const char *folded = cvp_text_fold(&ctx, text);
	char *kept = cvp_arena_alloc(arena, strlen(folded) + 1);
	size_t out = 0;

	for (; *folded; folded++)
		if ((unsigned char)*folded >= 0x80 || strchr("abcdefghijklmnopqrstuvwxyz0123456789+#", *folded))
			kept[out++] = *folded;
	return kept;
}

/* What the truth does not name is not judged. */
static bool
is_same(const json_t *truth, const json_t *found)
{
	if (!json_is_string(truth))
		return true;
	return json_is_string(found) &&
	       strcmp(essence(json_string_value(truth)), essence(json_string_value(found))) == 0;
}

/* A name, an address, a number: what the document does not have must not be found either. */
static void
judge_contact(struct score *score, const json_t *truth, const json_t *found)
{
	score->of++;
	score->right += json_is_string(truth) ? is_same(truth, found) : found == NULL;
}

/* Is the end the truth names that of the entry ("present": none)? */
static bool
is_end(const json_t *truth, const json_t *entry)
{
	const json_t *end = json_object_get(entry, "endDate");

	if (!json_is_string(truth))
		return true;
	if (strcmp(json_string_value(truth), "present") == 0)
		return end == NULL && json_object_get(entry, "startDate") != NULL;
	return is_same(truth, end);
}

static bool
is_span(const json_t *truth, const json_t *entry)
{
	return is_same(json_object_get(truth, "start"), json_object_get(entry, "startDate")) &&
	       is_end(json_object_get(truth, "end"), entry);
}

static bool
is_job(const json_t *truth, const json_t *job)
{
	return is_same(json_object_get(truth, "position"), json_object_get(job, "position")) &&
	       is_same(json_object_get(truth, "company"), json_object_get(job, "name")) && is_span(truth, job);
}

static bool
is_school(const json_t *truth, const json_t *school)
{
	return is_same(json_object_get(truth, "institution"), json_object_get(school, "institution")) &&
	       is_same(json_object_get(truth, "studyType"), json_object_get(school, "studyType")) &&
	       is_same(json_object_get(truth, "area"), json_object_get(school, "area")) &&
	       is_end(json_object_get(truth, "end"), school);
}

static bool
has_match(const json_t *truth, const json_t *list, bool (*is_match)(const json_t *, const json_t *))
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (is_match(truth, json_array_get(list, i)))
			return true;
	return false;
}

static bool
is_titled(const json_t *truth, const json_t *job)
{
	return is_same(json_object_get(truth, "position"), json_object_get(job, "position"));
}

static bool
is_employed(const json_t *truth, const json_t *job)
{
	return is_same(json_object_get(truth, "company"), json_object_get(job, "name"));
}

static int
count_matches(const json_t *truths, const json_t *list, bool (*is_match)(const json_t *, const json_t *))
{
	int count = 0;

	for (size_t i = 0; i < json_array_size(truths); i++)
		count += has_match(json_array_get(truths, i), list, is_match);
	return count;
}

static bool
names_skill(const json_t *skills, const char *wanted)
{
	char *all = json_dumps(skills, JSON_ENCODE_ANY);
	bool found = all && strstr(essence(all), essence(wanted)) != NULL;

	free(all);
	return found;
}

static void
judge_place(struct score *score, const json_t *truth, const json_t *basics)
{
	const json_t *location = json_object_get(basics, "location");
	const char *city = json_string_value(json_object_get(location, "city"));
	const char *region = json_string_value(json_object_get(location, "region"));

	if (!json_is_string(truth))
		return;
	score->of++;
	score->right += strcmp(essence(json_string_value(truth)),
			       essence(cvp_arena_printf(arena, "%s%s", city ? city : "", region ? region : ""))) == 0;
}

static void
judge_resume(struct scores *s, const json_t *truth, const json_t *resume)
{
	const json_t *basics = json_object_get(resume, "basics"), *work = json_object_get(resume, "work");
	const json_t *jobs = json_object_get(truth, "work"), *schools = json_object_get(truth, "education");
	const json_t *education = json_object_get(resume, "education"), *skills = json_object_get(truth, "skills");

	judge_contact(&s->name, json_object_get(truth, "name"), json_object_get(basics, "name"));
	judge_contact(&s->email, json_object_get(truth, "email"), json_object_get(basics, "email"));
	judge_contact(&s->phone, json_object_get(truth, "phone"), json_object_get(basics, "phone"));
	judge_place(&s->place, json_object_get(truth, "location"), basics);
	s->jobs.of += (int)json_array_size(jobs);
	s->jobs.right += count_matches(jobs, work, is_job);
	s->titles.of += (int)json_array_size(jobs);
	s->titles.right += count_matches(jobs, work, is_titled);
	s->employers.of += (int)json_array_size(jobs);
	s->employers.right += count_matches(jobs, work, is_employed);
	s->spans.of += (int)json_array_size(jobs);
	s->spans.right += count_matches(jobs, work, is_span);
	s->schools.of += (int)json_array_size(schools);
	s->schools.right += count_matches(schools, education, is_school);
	if (json_array_size(work) > json_array_size(jobs))
		s->extra_jobs += (int)(json_array_size(work) - json_array_size(jobs));
	if (json_array_size(education) > json_array_size(schools))
		s->extra_schools += (int)(json_array_size(education) - json_array_size(schools));
	for (size_t i = 0; i < json_array_size(skills); i++) {
		s->skills.of++;
		s->skills.right += names_skill(json_object_get(resume, "skills"),
					       json_string_value(json_array_get(skills, i)));
	}
}

static void
add(struct score *total, struct score score)
{
	total->right += score.right;
	total->of += score.of;
}

static void
add_scores(struct scores *total, const struct scores *s)
{
	add(&total->name, s->name);
	add(&total->email, s->email);
	add(&total->phone, s->phone);
	add(&total->place, s->place);
	add(&total->jobs, s->jobs);
	add(&total->titles, s->titles);
	add(&total->employers, s->employers);
	add(&total->spans, s->spans);
	add(&total->schools, s->schools);
	add(&total->skills, s->skills);
	total->extra_jobs += s->extra_jobs;
	total->extra_schools += s->extra_schools;
	total->files++;
}

static const char *
share(struct score score)
{
	return score.of ? cvp_arena_printf(arena, "%d/%d", score.right, score.of) : "-";
}

static void
print_row(const char *name, const struct scores *s)
{
	printf("%-30.30s %5s %5s %5s %5s | %6s %6s %6s %6s %+3d | %6s %+3d | %8s\n", name, share(s->name),
	       share(s->email), share(s->phone), share(s->place), share(s->jobs), share(s->titles), share(s->employers),
	       share(s->spans), s->extra_jobs, share(s->schools), s->extra_schools, share(s->skills));
}

static void
print_header(void)
{
	printf("%-30s %5s %5s %5s %5s | %6s %6s %6s %6s %3s | %6s %3s | %8s\n", "file", "name", "mail", "phone",
	       "place", "jobs", "title", "empl.", "dates", "+", "school", "+", "skills");
}

/* The text of a CV's file: of a PDF or DOCX as careervp-extract gives it. NULL where it cannot be read, the failure
 * recorded. */
static const char *
read_text(const char *path, size_t *length)
{
	const char *bytes = read_file(arena, path, length);
	struct cvp_extract extract;

	if (!bytes || cvp_document_sniff(bytes, *length) == CVP_DOCUMENT_TEXT)
		return bytes;
	if (cvp_document_extract(&ctx, bytes, *length, &extract) != CVP_OK)
		return NULL;
	*length = extract.length;
	return extract.text;
}

static void
run_file(struct scores *total, const struct cvp_assets *assets, const char *text_path, const char *truth_path)
{
	struct scores scores = { 0 };
	struct cvp_cv_import import;
	size_t length;
	const char *text = read_text(text_path, &length);
	json_t *truth = cvp_own(&ctx, json_load_file(truth_path, 0, NULL));
	const char *name = strrchr(text_path, '/') ? strrchr(text_path, '/') + 1 : text_path;
	enum cvp_code code;

	if (!text || !truth) {
		fprintf(stderr, "%s: cannot be read\n", text ? truth_path : text_path);
		exit(2);
	}
	code = cvp_cv_read_text(&ctx, assets, text, length, &import);
	judge_resume(&scores, truth, code == CVP_OK ? import.resume : NULL);
	print_row(name, &scores);
	if (code != CVP_OK) {
		printf("    %s: %s\n", cvp_code_name(code), ctx.err.message);
		total->refused++;
	}
	add_scores(total, &scores);
	cvp_ctx_reset(&ctx);
}

/* Every text, Markdown, PDF and DOCX file that has a truth. kept: lives longer than the arena's resets. */
static void
run_all(struct scores *total, const struct cvp_assets *assets, struct cvp_arena *kept, const char *data)
{
	static const char ending[] = ".truth.json";
	static const char *const folders[] = { "txt", "he", "pdf", "pdf-livecareer", "docx" };
	const char *truths = cvp_arena_printf(kept, "%s/cv-files-truth", data), *names[FILES_MAX];
	size_t count = list_files(kept, truths, ending, names, FILES_MAX);

	for (size_t i = 0; i < count; i++) {
		const char *name = cvp_arena_strndup(kept, names[i], strlen(names[i]) - strlen(ending));

		for (size_t f = 0; f < CVP_COUNT(folders); f++) {
			const char *path = cvp_arena_printf(kept, "%s/cv-files/%s/%s", data, folders[f], name);

			if (access(path, R_OK) == 0)
				run_file(total, assets, path, cvp_arena_printf(kept, "%s/%s", truths, names[i]));
		}
	}
}

/* What is no CV that can be read is refused by its own code. The number of files that are not. */
static int
count_unrefused(const struct cvp_assets *assets, struct cvp_arena *kept, const char *data)
{
	static const struct {
		const char *file;
		enum cvp_code code;
	} rows[] = {
		{ "pdf/NEG-empty.pdf", CVP_EMPTY_DOCUMENT },
		{ "pdf/NEG-password.pdf", CVP_DOCUMENT_ENCRYPTED },
		{ "docx/hmr-jane-fullstacker.doc", CVP_UNSUPPORTED_FILE_FORMAT },
		{ "docx/NOT-A-CV-spec-ru.docx", CVP_INSUFFICIENT_CV_DATA },
	};
	int failures = 0;

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_cv_import import;
		struct cvp_file file = { 0 };
		enum cvp_code code = CVP_EMPTY_DOCUMENT;

		file.bytes = read_file(kept, cvp_arena_printf(kept, "%s/cv-files/%s", data, rows[i].file),
				       &file.length);
		if (file.bytes)
			code = cvp_cv_file_import(&ctx, assets, file, &import);
		printf("%-30s %s\n", rows[i].file, cvp_code_name(code));
		failures += !file.bytes || code != rows[i].code;
		cvp_ctx_reset(&ctx);
	}
	return failures;
}

static int
percent(struct score score)
{
	return score.of ? 100 * score.right / score.of : 100;
}

static int
report(const struct scores *total, bool has_bars, int unrefused)
{
	struct score contact = { 0 }, entries = { 0 };

	print_row("all", total);
	add(&contact, total->name);
	add(&contact, total->email);
	add(&contact, total->phone);
	add(&entries, total->jobs);
	add(&entries, total->schools);
	printf("cv_import: %d files, %d refused; contact %d of %d (%d %%), jobs and schools %d of %d (%d %%), "
	       "skills %d of %d (%d %%)\n",
	       total->files, total->refused, contact.right, contact.of, percent(contact), entries.right, entries.of,
	       percent(entries), total->skills.right, total->skills.of, percent(total->skills));
	if (!has_bars)
		return EXIT_SUCCESS;
	return unrefused == 0 && percent(contact) >= CONTACT_BAR && percent(entries) >= ENTRY_BAR ? EXIT_SUCCESS
												  : EXIT_FAILURE;
}

/* Prints the text of a file and what is read in it. */
static int
show(const struct cvp_assets *assets, const char *path)
{
	struct cvp_cv_import import;
	size_t length;
	const char *text = read_text(path, &length);

	if (!text || cvp_cv_read_text(&ctx, assets, text, length, &import) != CVP_OK) {
		fprintf(stderr, "%s: %s\n", path, ctx.err.message ? ctx.err.message : "cannot be read");
		return EXIT_FAILURE;
	}
	puts(text);
	json_dumpf(import.resume, stdout, JSON_INDENT(1));
	json_dumpf(import.warnings, stdout, JSON_INDENT(1));
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct cvp_arena *kept = cvp_arena_new(1 << 20);
	const char *data = data_folder(kept);
	struct cvp_assets *assets;
	struct scores total = { 0 };
	struct cvp_config *config;
	int status, unrefused = 0;

	arena = cvp_arena_new(1 << 20);
	cvp_ctx_init(&ctx, arena);
	setenv("EXTRACT_PROGRAM", "./careervp-extract", 0);
	if (cvp_config_load(&ctx, &config) != CVP_OK) {
		fprintf(stderr, "cv_import: %s\n", ctx.err.message);
		exit(2);
	}
	ctx.config = config;
	if (cvp_assets_load(&ctx, top_folder(), &assets) != CVP_OK) {
		fprintf(stderr, "cv_import: %s\n", ctx.err.message);
		exit(2);
	}
	cvp_ctx_reset(&ctx);
	print_header();
	if (argc == 2)
		return show(assets, argv[1]);
	for (int i = 1; i + 1 < argc; i += 2)
		run_file(&total, assets, argv[i], argv[i + 1]);
	if (argc < 3)
		run_all(&total, assets, kept, data);
	if (argc < 3 && total.files)
		unrefused = count_unrefused(assets, kept, data);
	status = total.files == 0 ? without_data("cv_import", data) : report(&total, argc < 3, unrefused);
	cvp_config_free(config);
	cvp_assets_free(assets);
	cvp_arena_free(arena);
	cvp_arena_free(kept);
	return status;
}
