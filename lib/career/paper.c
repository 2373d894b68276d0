#include "career/paper.h"

#include <stdbool.h>
#include <string.h>

#include "career/kind.h"
#include "career/markdown.h"
#include "core/ctx.h"
#include "text/phrase.h"

struct paper {
	struct cvp_ctx *ctx;
	const json_t *labels;
	json_t *blocks;
	const char *heading; /* of the section that has begun, until its first block */
};

static const char *
label(const struct paper *paper, const char *key)
{
	const char *text = json_string_value(json_object_get(paper->labels, key));

	return text != NULL ? text : "";
}

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* A member's text, NULL where it has none. */
static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return is_blank(text) ? NULL : text;
}

static void
put_pair(struct paper *paper, const char *kind, const char *left, const char *right)
{
	if (is_blank(left) && is_blank(right))
		return;
	if (paper->heading != NULL)
		json_array_append_new(paper->blocks, json_pack("[s, s]", "h", paper->heading));
	paper->heading = NULL;
	json_array_append_new(paper->blocks,
			      json_pack("[s, s, s]", kind, left != NULL ? left : "", right != NULL ? right : ""));
}

static void
put(struct paper *paper, const char *kind, const char *text)
{
	put_pair(paper, kind, text, NULL);
}

/* "a, b, c" of an array of strings; NULL where it is empty. */
static const char *
joined(struct paper *paper, const json_t *texts, const char *between)
{
	const char *all = NULL;

	for (size_t i = 0; i < json_array_size(texts); i++) {
		const char *text = json_string_value(json_array_get(texts, i));

		if (is_blank(text))
			continue;
		all = all == NULL ? text : cvp_arena_printf(paper->ctx->arena, "%s%s%s", all, between, text);
	}
	return all;
}

/* Two texts with something between them, or the one there is. */
static const char *
both(struct paper *paper, const char *first, const char *between, const char *second)
{
	if (first == NULL || second == NULL)
		return first != NULL ? first : second;
	return cvp_arena_printf(paper->ctx->arena, "%s%s%s", first, between, second);
}

/* "2020-03" as 03/2020, in all languages alike; other precisions as they are. */
static const char *
date(struct paper *paper, const char *iso)
{
	if (iso == NULL || strlen(iso) != 7 || iso[4] != '-')
		return iso;
	return cvp_arena_printf(paper->ctx->arena, "%.2s/%.4s", iso + 5, iso);
}

/* What the CV wrote, where it is kept; else its dates. */
static const char *
span(struct paper *paper, const json_t *entry)
{
	const char *start = date(paper, text_of(entry, "startDate")), *end = date(paper, text_of(entry, "endDate"));

	if (text_of(entry, "x_dates") != NULL)
		return text_of(entry, "x_dates");
	if (start != NULL && end == NULL)
		end = label(paper, "paper_present");
	return both(paper, start, " – ", end);
}

static void
put_bullets(struct paper *paper, const json_t *texts)
{
	for (size_t i = 0; i < json_array_size(texts); i++)
		put(paper, "li", json_string_value(json_array_get(texts, i)));
}

/* "Tools: a, b". */
static void
put_listed(struct paper *paper, const char *kind, const char *name, const json_t *texts)
{
	put(paper, kind, both(paper, name, ": ", joined(paper, texts, ", ")));
}

static void
put_job(struct paper *paper, const json_t *job, const char *employer_key)
{
	const char *position = text_of(job, "position"), *employer = text_of(job, employer_key);
	const json_t *technologies = json_object_get(job, "x_technologies");

	put_pair(paper, "pair", position != NULL ? position : employer, span(paper, job));
	if (position != NULL)
		put_pair(paper, "sub", employer, text_of(job, "location"));
	put(paper, "p", text_of(job, "summary"));
	put_bullets(paper, json_object_get(job, "highlights"));
	if (json_array_size(technologies) > 0)
		put_listed(paper, "p", label(paper, "paper_technologies"), technologies);
}

static void
put_work(struct paper *paper, const json_t *entry)
{
	put_job(paper, entry, "name");
}

static void
put_volunteer(struct paper *paper, const json_t *entry)
{
	put_job(paper, entry, "organization");
}

static void
put_school(struct paper *paper, const json_t *school)
{
	const char *degree = both(paper, text_of(school, "studyType"), ", ", text_of(school, "area"));
	const char *score = text_of(school, "score");
	const json_t *courses = json_object_get(school, "courses");

	put_pair(paper, "pair", degree != NULL ? degree : text_of(school, "institution"), span(paper, school));
	if (degree != NULL)
		put(paper, "sub", text_of(school, "institution"));
	if (score != NULL)
		put(paper, "p", both(paper, label(paper, "paper_score"), ": ", score));
	if (json_array_size(courses) > 0)
		put_listed(paper, "p", label(paper, "paper_courses"), courses);
}

static void
put_skill(struct paper *paper, const json_t *skill)
{
	put_listed(paper, "li", text_of(skill, "name"), json_object_get(skill, "keywords"));
}

static void
put_language(struct paper *paper, const json_t *language)
{
	put(paper, "li", both(paper, text_of(language, "language"), ": ", text_of(language, "fluency")));
}

static void
put_project(struct paper *paper, const json_t *project)
{
	const json_t *keywords = json_object_get(project, "keywords");

	put_pair(paper, "pair", text_of(project, "name"), span(paper, project));
	put(paper, "p", text_of(project, "description"));
	put_bullets(paper, json_object_get(project, "highlights"));
	if (json_array_size(keywords) > 0)
		put_listed(paper, "p", label(paper, "paper_technologies"), keywords);
}

/* Awards, certificates, publications: what, when, by whom, what for. */
static void
put_merit(struct paper *paper, const json_t *entry, const char *what, const char *by, const char *when)
{
	put_pair(paper, "pair", text_of(entry, what), date(paper, text_of(entry, when)));
	put(paper, "sub", text_of(entry, by));
	put(paper, "p", text_of(entry, "summary"));
}

static void
put_certificate(struct paper *paper, const json_t *entry)
{
	put_merit(paper, entry, "name", "issuer", "date");
}

static void
put_award(struct paper *paper, const json_t *entry)
{
	put_merit(paper, entry, "title", "awarder", "date");
}

static void
put_publication(struct paper *paper, const json_t *entry)
{
	put_merit(paper, entry, "name", "publisher", "releaseDate");
}

static void
put_reference(struct paper *paper, const json_t *entry)
{
	put(paper, "li", both(paper, text_of(entry, "name"), ": ", text_of(entry, "reference")));
}

/* In the order a recruiter looks for them. */
static const struct {
	const char *member, *heading;
	void (*put)(struct paper *paper, const json_t *entry);
} sections[] = {
	{ "work", "paper_work", put_work },
	{ "projects", "section_projects", put_project },
	{ "education", "section_education", put_school },
	{ "skills", "section_skills", put_skill },
	{ "languages", "section_languages", put_language },
	{ "certificates", "section_certificates", put_certificate },
	{ "volunteer", "section_volunteer", put_volunteer },
	{ "awards", "section_awards", put_award },
	{ "publications", "section_publications", put_publication },
	{ "interests", "section_interests", put_skill },
	{ "references", "section_references", put_reference },
};

static void
put_head(struct paper *paper, const json_t *basics)
{
	const json_t *location = json_object_get(basics, "location"), *profiles = json_object_get(basics, "profiles");
	const char *place = both(paper, text_of(location, "city"), ", ", text_of(location, "region"));
	const char *reach = both(paper, text_of(basics, "email"), " | ", text_of(basics, "phone"));

	put(paper, "name", text_of(basics, "name"));
	put(paper, "line", text_of(basics, "label"));
	put(paper, "line", both(paper, reach, " | ", both(paper, place, " | ", text_of(basics, "url"))));
	for (size_t i = 0; i < json_array_size(profiles); i++) {
		const json_t *profile = json_array_get(profiles, i);
		const char *url = text_of(profile, "url");

		put(paper, "line",
		    both(paper, text_of(profile, "network"), ": ", url != NULL ? url : text_of(profile, "username")));
	}
	paper->heading = label(paper, "section_basics");
	put(paper, "p", text_of(basics, "summary"));
	paper->heading = NULL;
}

json_t *
cvp_resume_paper(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *resume, const char *language)
{
	struct cvp_phrases phrases = cvp_phrases_of(ctx, assets->phrases, language);
	const json_t *basics = json_object_get(resume, "basics");
	struct paper paper = { .ctx = ctx, .labels = json_object_get(phrases.table, "labels"), .blocks = json_array() };
	const char *name = text_of(basics, "name");

	put_head(&paper, basics);
	for (size_t i = 0; i < CVP_COUNT(sections); i++) {
		const json_t *entries = json_object_get(resume, sections[i].member);

		paper.heading = label(&paper, sections[i].heading);
		for (size_t j = 0; j < json_array_size(entries); j++)
			sections[i].put(&paper, json_array_get(entries, j));
	}
	return cvp_own(ctx, json_pack("{s:s, s:s, s:o}", "title", name != NULL ? name : "", "language",
				      cvp_language_name(phrases.language), "blocks", paper.blocks));
}

json_t *
cvp_paper_model(struct cvp_ctx *ctx, const json_t *paper)
{
	const json_t *blocks = json_object_get(paper, "blocks");
	const char *language = json_string_value(json_object_get(paper, "language"));
	json_t *made = json_array();

	for (size_t i = 0; i < json_array_size(blocks); i++) {
		const json_t *block = json_array_get(blocks, i);
		const char *kind = json_string_value(json_array_get(block, 0));
		json_t *entry = json_object();

		json_object_set_new(entry, cvp_arena_printf(ctx->arena, "is_%s", kind), json_true());
		cvp_put_text(ctx, entry, "left", json_string_value(json_array_get(block, 1)));
		cvp_put_text(ctx, entry, "right", json_string_value(json_array_get(block, 2)));
		json_array_append_new(made, entry);
	}
	return json_pack("{s:O, s:O, s:s, s:o}", "title", json_object_get(paper, "title"), "language",
			 json_object_get(paper, "language"), "dir", strcmp(language, "he") == 0 ? "rtl" : "ltr",
			 "blocks", made);
}
