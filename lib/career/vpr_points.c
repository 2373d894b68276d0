/* vpr_points.c - talking points for the interview: an opening, stories for what is asked, the hard question, a close.
 * Five to seven; fewer where the CV has no more to tell. */
#include <string.h>

#include "career/vpr_parts.h"
#include "core/ctx.h"

#define MOST        7
#define STORIES_MAX 4
#define LISTED_MAX  1 /* points about a skill that is only listed: one is a hint, more are a reproach */

struct points {
	struct cvp_vpr *vpr;
	json_t *texts, *sources;
};

static size_t
count_of(const struct points *p)
{
	return json_array_size(p->texts);
}

static void
add(struct points *p, struct cvp_said *said)
{
	const char *text = cvp_said_text(p->vpr, said);

	if (text[0] == '\0' || count_of(p) >= MOST)
		return;
	json_array_append_new(p->texts, json_string(text));
	json_array_append(p->sources, said->sources);
}

static bool
is_current(const struct cvp_cv_entry *job)
{
	return job->is_open && job->start.year != 0;
}

/* Where the candidate stands, and why this is the next step. */
static void
add_opening(struct points *p)
{
	struct cvp_vpr *vpr = p->vpr;
	const char *job = vpr->latest != NULL ? cvp_vpr_job(vpr, vpr->latest) : NULL;
	const char *school = vpr->school != NULL ? cvp_vpr_school(vpr, vpr->school) : NULL;
	const char *role = vpr->role != NULL ? cvp_vpr_quotable(vpr->ctx, vpr->role, 0) : NULL;
	const char *target = role == NULL ? ""
					  : cvp_phrase(&vpr->phrases, "point.open.target", 0,
						       (const struct cvp_slot[]){ { "role", role }, { NULL, NULL } });
	const struct cvp_slot slots[] = { { "job", job }, { "school", school }, { "target", target }, { NULL, NULL } };
	const char *key = job == NULL ? "point.open.school" : is_current(vpr->latest) ? "point.open" : "point.open.was";
	struct cvp_said said;

	if (job == NULL && school == NULL)
		return;
	said = cvp_said_new(vpr);
	cvp_said_sentence(&said, cvp_phrase(&vpr->phrases, key, 0, slots));
	cvp_said_entry(&said, job != NULL ? vpr->latest : vpr->school);
	if (job == NULL)
		cvp_said_source(&said, vpr->school->area.pointer);
	add(p, &said);
}

/* How to tell the story: a line with a figure asks for its meaning, one without for a figure. */
static void
say_tail(struct cvp_vpr *vpr, struct cvp_said *said, const struct cvp_vpr_line *line)
{
	const char *key = line->has_number ? "point.tail.number" : "point.tail.plain";

	cvp_said_sentence(said, cvp_vpr_next(vpr, key, NULL));
}

static void
add_story(struct points *p, struct cvp_vpr_row *row, struct cvp_vpr_line *line)
{
	struct cvp_vpr *vpr = p->vpr;
	struct cvp_said said = cvp_said_new(vpr);
	const struct cvp_slot slots[] = { { "requirement", row != NULL ? cvp_vpr_asked(vpr, row) : NULL },
					  { "quote", line->quote },
					  { "cite", cvp_vpr_cite(vpr, line) },
					  { NULL, NULL } };

	cvp_said_sentence(&said, cvp_vpr_next(vpr, row != NULL ? "point.story" : "point.story.bare", slots));
	say_tail(vpr, &said, line);
	cvp_said_line(&said, line);
	if (row != NULL)
		row->is_told = true;
	add(p, &said);
}

/* Of the answered requirements not told yet, the weightiest that has a line left to tell. */
static struct cvp_vpr_row *
next_row(struct cvp_vpr *vpr)
{
	struct cvp_vpr_row *best = NULL;

	for (size_t i = 0; i < vpr->row_count; i++) {
		struct cvp_vpr_row *row = &vpr->rows[i];

		if (row->is_told || row->band < CVP_BAND_MODERATE || cvp_vpr_proof(vpr, row) == NULL)
			continue;
		if (best == NULL || row->weight * row->score > best->weight * best->score)
			best = row;
	}
	return best;
}

static void
add_stories(struct points *p, size_t most)
{
	struct cvp_vpr_row *row;

	for (size_t told = 0; told < most && (row = next_row(p->vpr)) != NULL; told++)
		add_story(p, row, cvp_vpr_proof(p->vpr, row));
}

/* Requirements that only the list of skills answers. */
static void
add_listed(struct points *p)
{
	struct cvp_vpr *vpr = p->vpr;
	size_t added = 0;

	for (size_t i = 0; i < vpr->row_count && added < LISTED_MAX; i++) {
		struct cvp_vpr_row *row = &vpr->rows[i];
		struct cvp_said said;

		if (row->is_told || row->band < CVP_BAND_MODERATE || !row->is_must || row->shown_count == 0 ||
		    (row->asks != NULL && row->asks->kind == CVP_REQUIRES_LANGUAGE) || cvp_vpr_is_dated(vpr, row))
			continue;
		said = cvp_said_new(vpr);
		cvp_said_sentence(&said,
				  cvp_phrase(&vpr->phrases, "point.listed", 0,
					     (const struct cvp_slot[]){
						 { "requirement", cvp_vpr_asked(vpr, row) },
						 { "skills", cvp_vpr_skill_list(vpr, row->shown, row->shown_count) },
						 { NULL, NULL } }));
		cvp_said_skills(vpr, &said, row->shown, row->shown_count);
		row->is_told = true;
		added++;
		add(p, &said);
	}
}

static void
add_education(struct points *p)
{
	struct cvp_vpr *vpr = p->vpr;
	const char *school = vpr->school != NULL ? cvp_vpr_school(vpr, vpr->school) : NULL;

	for (size_t i = 0; i < vpr->row_count && school != NULL; i++) {
		struct cvp_vpr_row *row = &vpr->rows[i];
		struct cvp_said said;

		if (row->asks == NULL || row->asks->kind != CVP_REQUIRES_EDUCATION || row->band != CVP_BAND_STRONG)
			continue;
		said = cvp_said_new(vpr);
		cvp_said_sentence(&said,
				  cvp_phrase(&vpr->phrases, "point.education", 0,
					     (const struct cvp_slot[]){ { "requirement", cvp_vpr_asked(vpr, row) },
									{ "school", school },
									{ NULL, NULL } }));
		cvp_said_entry(&said, vpr->school);
		cvp_said_source(&said, vpr->school->area.pointer);
		add(p, &said);
		return;
	}
}

/* The question that will come: the weightiest requirement the CV answers least. */
static void
add_gap(struct points *p)
{
	struct cvp_vpr *vpr = p->vpr;
	const struct cvp_vpr_row *worst = NULL;
	struct cvp_vpr_line *line;
	struct cvp_said said;

	for (size_t i = 0; i < vpr->row_count; i++) {
		const struct cvp_vpr_row *row = &vpr->rows[i];

		if (row->band <= CVP_BAND_DEVELOPING && row->weight > 0.5 &&
		    (worst == NULL || row->weight * (1 - row->score) > worst->weight * (1 - worst->score)))
			worst = row;
	}
	if (worst == NULL)
		return;
	line = cvp_vpr_proof(vpr, worst);
	said = cvp_said_new(vpr);
	cvp_said_sentence(
	    &said, cvp_phrase(&vpr->phrases, line != NULL ? "point.gap" : "point.gap.bare", 0,
			      (const struct cvp_slot[]){ { "requirement", cvp_vpr_asked(vpr, worst) },
							 { "quote", line != NULL ? line->quote : NULL },
							 { "cite", line != NULL ? cvp_vpr_cite(vpr, line) : NULL },
							 { NULL, NULL } }));
	if (line != NULL)
		cvp_said_line(&said, line);
	add(p, &said);
}

static void
add_close(struct points *p)
{
	struct cvp_said said = cvp_said_new(p->vpr);

	cvp_said_sentence(&said, cvp_phrase(&p->vpr->phrases, "point.close", 0, NULL));
	add(p, &said);
}

/* Stories nobody asked for, until with the close there are five. */
static void
fill_up(struct points *p)
{
	struct cvp_vpr_line *line;

	while (count_of(p) < 4 && (line = cvp_vpr_best(p->vpr, false, false)) != NULL)
		add_story(p, NULL, line);
}

void
cvp_vpr_points(struct cvp_vpr *vpr, json_t *artifact)
{
	struct points points = { .vpr = vpr };

	for (size_t i = 0; i < vpr->line_count; i++) {
		if (vpr->lines[i].is_proof)
			vpr->lines[i].is_used = false;
	}
	points.texts = cvp_own(vpr->ctx, json_array());
	points.sources = cvp_own(vpr->ctx, json_array());
	add_opening(&points);
	add_stories(&points, STORIES_MAX);
	if (count_of(&points) < MOST - 2)
		add_listed(&points);
	if (count_of(&points) < MOST - 2)
		add_education(&points);
	add_gap(&points);
	fill_up(&points);
	add_close(&points);
	json_object_set(artifact, "talking_points", points.texts);
	json_object_set(artifact, "x_talking_point_sources", points.sources);
}
