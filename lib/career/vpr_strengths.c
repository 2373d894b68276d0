/* vpr_strengths.c - the differentiators: three to five things that set the candidate apart, each of its own sort. */
#include <string.h>

#include "career/vpr_parts.h"
#include "core/ctx.h"

#define MOST         5
#define SKILLS_NAMED 4
#define LONG_CAREER  60  /* months from which staying power is worth a sentence */
#define CITED_MAX    160 /* code points of an award's or project's name */

struct list {
	struct cvp_vpr *vpr;
	json_t *texts, *sources;
};

static bool
is_full(const struct list *list)
{
	return json_array_size(list->texts) >= MOST;
}

static void
add(struct list *list, struct cvp_said *said)
{
	const char *text = cvp_said_text(list->vpr, said);

	if (text[0] == '\0' || is_full(list))
		return;
	json_array_append_new(list->texts, json_string(text));
	json_array_append(list->sources, said->sources);
}

/* One sentence around a quotation. */
static bool
add_quote(struct list *list, const char *key, struct cvp_vpr_line *line)
{
	struct cvp_said said;

	if (line == NULL || is_full(list))
		return false;
	said = cvp_said_new(list->vpr);
	cvp_said_sentence(&said, cvp_vpr_next(list->vpr, key,
					      (const struct cvp_slot[]){ { "quote", line->quote },
									 { "cite", cvp_vpr_cite(list->vpr, line) },
									 { NULL, NULL } }));
	cvp_said_line(&said, line);
	add(list, &said);
	return true;
}

static bool
add_result(struct list *list)
{
	return add_quote(list, "differ.result", cvp_vpr_best(list->vpr, true, false));
}

static bool
add_proof(struct list *list)
{
	return add_quote(list, "differ.proof", cvp_vpr_best(list->vpr, false, true));
}

/* The shown skills whose evidence stands in the entry. */
static size_t
skills_in(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry, struct cvp_vpr_skill *skills)
{
	const char *start = cvp_arena_printf(
	    vpr->ctx->arena, entry->section == CVP_CV_WORK ? "/work/%d/" : "/projects/%d/", entry->index);
	size_t count = 0;

	for (size_t i = 0; i < vpr->row_count; i++) {
		const struct cvp_vpr_row *row = &vpr->rows[i];
		bool is_here = false;

		for (size_t j = 0; j < json_array_size(row->evidence); j++) {
			const char *source = json_string_value(
			    json_object_get(json_array_get(row->evidence, j), "source"));

			is_here = is_here || (source != NULL && strncmp(source, start, strlen(start)) == 0);
		}
		for (size_t j = 0; is_here && j < row->shown_count; j++)
			count = cvp_vpr_skill_add(skills, count, SKILLS_NAMED, row->shown[j]);
	}
	return count;
}

/* A skill named in a row may have its evidence elsewhere too: only what the entry itself says is said of it. */
static size_t
keep_said(struct cvp_vpr *vpr, const struct cvp_cv_entry *entry, struct cvp_vpr_skill *skills, size_t count)
{
	const json_t *jobs = json_object_get(vpr->cv->resume, entry->section == CVP_CV_WORK ? "work" : "projects");
	const json_t *values[] = { json_array_get(jobs, (size_t)entry->index) };
	const struct cvp_facts *facts = cvp_facts_of_values(vpr->ctx, vpr->assets, values, 1);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (cvp_facts_have_skill(facts, skills[i].id))
			skills[kept++] = skills[i];
	}
	return kept;
}

/* A job or project where several of the skills asked for come together. */
static bool
add_breadth(struct list *list)
{
	struct cvp_vpr *vpr = list->vpr;
	const struct cvp_cv_entry *widest = NULL;
	struct cvp_vpr_skill names[SKILLS_NAMED], best[SKILLS_NAMED];
	size_t most = 2;
	struct cvp_said said;

	for (size_t i = 0; i < vpr->cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &vpr->cv->entries[i];
		size_t count;

		if (entry->section != CVP_CV_WORK && entry->section != CVP_CV_PROJECTS)
			continue;
		count = keep_said(vpr, entry, names, skills_in(vpr, entry, names));
		if (count > most && cvp_vpr_job(vpr, entry) != NULL) {
			most = count;
			widest = entry;
			memcpy(best, names, count * sizeof(*best));
		}
	}
	if (widest == NULL)
		return false;
	said = cvp_said_new(vpr);
	cvp_said_sentence(&said,
			  cvp_phrase(&vpr->phrases, "differ.breadth", 0,
				     (const struct cvp_slot[]){ { "place", cvp_vpr_job(vpr, widest) },
								{ "skills", cvp_vpr_skill_list(vpr, best, most) },
								{ NULL, NULL } }));
	cvp_said_entry(&said, widest);
	add(list, &said);
	return true;
}

static const struct cvp_cv_entry *
first_job(const struct cvp_vpr *vpr)
{
	const struct cvp_cv_entry *first = NULL;

	for (size_t i = 0; i < vpr->cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &vpr->cv->entries[i];

		if (entry->section == CVP_CV_WORK && entry->start.year != 0 && entry->title.text != NULL &&
		    entry->organisation.text != NULL &&
		    (first == NULL ||
		     entry->start.year * 12 + entry->start.month < first->start.year * 12 + first->start.month))
			first = entry;
	}
	return first;
}

static int
length_of(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry)
{
	return entry->start.year == 0 ? 0 : cvp_date_months(entry->start, entry->is_open ? vpr->as_of : entry->end);
}

static const struct cvp_cv_entry *
longest_job(const struct cvp_vpr *vpr)
{
	const struct cvp_cv_entry *longest = NULL;

	for (size_t i = 0; i < vpr->cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &vpr->cv->entries[i];

		if (entry->section == CVP_CV_WORK && length_of(vpr, entry) > 0 &&
		    (longest == NULL || length_of(vpr, entry) > length_of(vpr, longest)))
			longest = entry;
	}
	return longest;
}

/* From the first job to the latest, where titles differ; else how long it lasted. */
static bool
add_path(struct list *list)
{
	struct cvp_vpr *vpr = list->vpr;
	const struct cvp_cv_entry *first = first_job(vpr), *last = vpr->latest, *longest = longest_job(vpr);
	struct cvp_said said = cvp_said_new(vpr);
	const char *years = cvp_vpr_years(vpr, vpr->months);

	if (first != NULL && last != NULL && first != last && last->title.text != NULL &&
	    strcmp(first->title.text, last->title.text) != 0) {
		cvp_said_sentence(&said, cvp_phrase(&vpr->phrases, "differ.path", 0,
						    (const struct cvp_slot[]){ { "first", cvp_vpr_job(vpr, first) },
									       { "last", cvp_vpr_job(vpr, last) },
									       { NULL, NULL } }));
		cvp_said_entry(&said, first);
		cvp_said_entry(&said, last);
	} else if (vpr->months >= LONG_CAREER && years != NULL && longest != NULL && longest != last &&
		   cvp_vpr_job(vpr, longest) != NULL) {
		cvp_said_sentence(&said, cvp_phrase(&vpr->phrases, "differ.long", 0,
						    (const struct cvp_slot[]){ { "years", years },
									       { "job", cvp_vpr_job(vpr, longest) },
									       { NULL, NULL } }));
		cvp_said_entry(&said, longest);
	} else {
		cvp_buf_free(&said.text);
		return false;
	}
	add(list, &said);
	return true;
}

/* Name, giver and year of an award, certificate or publication: the first of the section. */
static bool
add_recognition(struct list *list, enum cvp_cv_section section, const char *key)
{
	struct cvp_vpr *vpr = list->vpr;
	const char *what = NULL;
	struct cvp_said said = cvp_said_new(vpr);

	for (size_t i = 0; i < vpr->cv->line_count; i++) {
		const struct cvp_cv_line *line = &vpr->cv->lines[i];
		const char *part;

		if (line->section != section || line->entry != 0 || line->role == CVP_CV_SUMMARY ||
		    line->role == CVP_CV_BULLET)
			continue;
		part = cvp_vpr_quotable(vpr->ctx, line->at.text, CITED_MAX);
		what = what == NULL ? part : cvp_arena_printf(vpr->ctx->arena, "%s, %s", what, part);
		cvp_said_source(&said, line->at.pointer);
	}
	if (what == NULL) {
		cvp_buf_free(&said.text);
		return false;
	}
	cvp_said_sentence(
	    &said, cvp_phrase(&vpr->phrases, key, 0, (const struct cvp_slot[]){ { "what", what }, { NULL, NULL } }));
	add(list, &said);
	return true;
}

static bool
add_education(struct list *list)
{
	struct cvp_vpr *vpr = list->vpr;
	const char *school = vpr->school != NULL ? cvp_vpr_school(vpr, vpr->school) : NULL;
	struct cvp_said said;

	if (school == NULL)
		return false;
	said = cvp_said_new(vpr);
	cvp_said_sentence(&said, cvp_phrase(&vpr->phrases, "differ.education", 0,
					    (const struct cvp_slot[]){ { "school", school }, { NULL, NULL } }));
	cvp_said_entry(&said, vpr->school);
	cvp_said_source(&said, vpr->school->area.pointer);
	add(list, &said);
	return true;
}

/* Something done outside paid work, with the best line that tells of it. */
static bool
add_unpaid(struct list *list, enum cvp_cv_section section)
{
	struct cvp_vpr *vpr = list->vpr;
	struct cvp_vpr_line *best = NULL;
	bool is_project = section == CVP_CV_PROJECTS;
	struct cvp_said said;

	for (size_t i = 0; i < vpr->line_count; i++) {
		struct cvp_vpr_line *line = &vpr->lines[i];

		if (line->section == section && !line->is_used && line->entry != NULL &&
		    cvp_vpr_job(vpr, line->entry) && (best == NULL || line->worth > best->worth))
			best = line;
	}
	if (best == NULL)
		return false;
	said = cvp_said_new(vpr);
	cvp_said_sentence(&said, cvp_phrase(&vpr->phrases, is_project ? "differ.project" : "differ.volunteer", 0,
					    (const struct cvp_slot[]){ { "project", cvp_vpr_job(vpr, best->entry) },
								       { "job", cvp_vpr_job(vpr, best->entry) },
								       { "quote", best->quote },
								       { NULL, NULL } }));
	cvp_said_line(&said, best);
	add(list, &said);
	return true;
}

static bool
add_languages(struct list *list)
{
	struct cvp_vpr *vpr = list->vpr;
	const char *names[SKILLS_NAMED];
	struct cvp_said said = cvp_said_new(vpr);
	size_t count = 0;

	for (size_t i = 0; i < vpr->cv->line_count && count < SKILLS_NAMED; i++) {
		const struct cvp_cv_line *line = &vpr->cv->lines[i];

		if (line->section == CVP_CV_LANGUAGES && line->role == CVP_CV_SKILL) {
			names[count++] = cvp_vpr_quotable(vpr->ctx, line->at.text, CITED_MAX);
			cvp_said_source(&said, line->at.pointer);
		}
	}
	if (count < 2) {
		cvp_buf_free(&said.text);
		return false;
	}
	cvp_said_sentence(
	    &said, cvp_phrase(&vpr->phrases, "differ.languages", 0,
			      (const struct cvp_slot[]){ { "languages", cvp_phrase_list(&vpr->phrases, names, count) },
							 { NULL, NULL } }));
	add(list, &said);
	return true;
}

static bool
add_skills(struct list *list)
{
	struct cvp_vpr *vpr = list->vpr;
	struct cvp_vpr_skill names[SKILLS_NAMED];
	size_t count = cvp_vpr_strong_skills(vpr, false, names, SKILLS_NAMED);
	struct cvp_said said;

	if (count == 0)
		return false;
	said = cvp_said_new(vpr);
	cvp_said_sentence(&said, cvp_phrase(&vpr->phrases, "differ.skills", 0,
					    (const struct cvp_slot[]){
						{ "skills", cvp_vpr_skill_list(vpr, names, count) }, { NULL, NULL } }));
	cvp_said_skills(vpr, &said, names, count);
	add(list, &said);
	return true;
}

/* The CV's own summary, where nothing better is left. */
static bool
add_words(struct list *list)
{
	struct cvp_vpr *vpr = list->vpr;
	struct cvp_said said;

	if (vpr->cv->summary.text == NULL)
		return false;
	said = cvp_said_new(vpr);
	cvp_said_sentence(&said,
			  cvp_phrase(&vpr->phrases, "differ.words", 0,
				     (const struct cvp_slot[]){
					 { "quote", cvp_vpr_quotable(vpr->ctx, vpr->cv->summary.text, CITED_MAX) },
					 { NULL, NULL } }));
	cvp_said_source(&said, vpr->cv->summary.pointer);
	add(list, &said);
	return true;
}

/* What is left when jobs, projects and recognition have given less than three. */
static void
fill_up(struct list *list)
{
	if (json_array_size(list->texts) < 3)
		add_proof(list);
	if (json_array_size(list->texts) < 3)
		add_skills(list);
	if (json_array_size(list->texts) < 3)
		add_quote(list, "differ.proof", cvp_vpr_best(list->vpr, false, false));
	if (json_array_size(list->texts) < 3)
		add_words(list);
}

void
cvp_vpr_differentiators(struct cvp_vpr *vpr, json_t *artifact)
{
	struct list list = { .vpr = vpr };
	bool is_junior = vpr->months < 24;

	list.texts = cvp_own(vpr->ctx, json_array());
	list.sources = cvp_own(vpr->ctx, json_array());
	if (!add_result(&list))
		add_proof(&list);
	add_breadth(&list);
	if (is_junior)
		add_education(&list);
	add_path(&list);
	if (!add_recognition(&list, CVP_CV_AWARDS, "differ.award") &&
	    !add_recognition(&list, CVP_CV_CERTIFICATES, "differ.certificate"))
		add_recognition(&list, CVP_CV_PUBLICATIONS, "differ.publication");
	if (!add_unpaid(&list, CVP_CV_PROJECTS))
		add_unpaid(&list, CVP_CV_VOLUNTEER);
	if (!is_junior && json_array_size(list.texts) < 4)
		add_education(&list);
	if (json_array_size(list.texts) < 4)
		add_languages(&list);
	fill_up(&list);
	json_object_set(artifact, "differentiators", list.texts);
	json_object_set(artifact, "x_differentiator_sources", list.sources);
}
