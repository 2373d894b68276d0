/* tailored_cv_jobs.c - the jobs: all of them, their bullets unchanged, the most relevant first, cut to the length. */
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define ORIGINALS_MAX 1000 /* schemas/tailored_cv.json */
#define ANSWERS_MAX   5    /* that are taken over by their own words */

struct bullet {
	const struct cvp_cv_line *line;
	size_t place; /* in the job */
	double worth;
};

struct job {
	struct cvp_tailoring *t;
	const struct cvp_cv_entry *entry;
	size_t number; /* in work_experience */
	struct bullet *bullets;
	size_t count;
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* Most bullets of a job. What is of little relevance gives way, but for who wants all. */
static size_t
most_bullets(const struct cvp_tailoring *t, const char *pointer)
{
	static const size_t most[][5] = {
		[CVP_COMPACT] = { 3, 3, 3, 3, 2 },
		[CVP_STANDARD] = { 5, 5, 5, 4, 3 },
		[CVP_DETAILED] = { 50, 50, 50, 50, 50 }, /* SPEC 2.5: a CV holds no more */
	};
	const struct cvp_tailored_unit *unit = cvp_tailored_unit_at(t, pointer);

	return most[t->wishes.length][unit != NULL && !unit->is_emphasised ? unit->relevance : CVP_FEATURE];
}

/* Stable: of equal worth the CV's order counts. */
static void
insert_bullet(struct job *job, struct bullet bullet)
{
	size_t at = job->count++;

	while (at > 0 && job->bullets[at - 1].worth < bullet.worth) {
		job->bullets[at] = job->bullets[at - 1];
		at--;
	}
	job->bullets[at] = bullet;
}

static void
read_bullets(struct job *job)
{
	const struct cvp_cv *cv = job->t->vpr.cv;

	job->bullets = cvp_arena_alloc(job->t->vpr.ctx->arena, cv->line_count * sizeof(*job->bullets));
	for (size_t i = 0; i < cv->line_count; i++) {
		if (cv->lines[i].role == CVP_CV_BULLET && cvp_is_below(cv->lines[i].at.pointer, job->entry->pointer))
			insert_bullet(job, (struct bullet){ &cv->lines[i], job->count, job->t->worth[i] });
	}
}

static void
note_cut(const struct job *job, const struct bullet *bullet)
{
	cvp_tailored_change(
	    job->t, (struct cvp_change){ .kind = "cut",
					 .section = "work_experience",
					 .source = bullet->line->at.pointer,
					 .before = bullet->line->at.text,
					 .reason = bullet->worth > 0 ? "tailor.cut.length" : "tailor.cut.none" });
}

/* Do the kept bullets stand in another order than the CV's? */
static void
note_order(const struct job *job, size_t kept)
{
	for (size_t i = 1; i < kept; i++) {
		if (job->bullets[i].place > job->bullets[i - 1].place)
			continue;
		cvp_tailored_change(
		    job->t, (struct cvp_change){ .kind = "moved",
						 .section = "work_experience",
						 .field = cvp_arena_printf(job->t->vpr.ctx->arena,
									   CVP_TAILORED_CV
									   "/work_experience/%zu/description_bullets",
									   job->number),
						 .source = job->bullets[0].line->at.pointer,
						 .after = job->bullets[0].line->at.text,
						 .reason = "tailor.moved.bullet" });
		return;
	}
}

static void
put_bullets(struct job *job, json_t *made)
{
	size_t most = most_bullets(job->t, job->entry->pointer);
	json_t *bullets = json_array(), *sources = json_array();

	for (size_t i = 0; i < job->count; i++) {
		const struct cvp_cv_line *line = job->bullets[i].line;

		if (i < most) {
			json_array_append_new(bullets, json_string(line->at.text));
			json_array_append_new(sources, json_pack("[s]", line->at.pointer));
		} else {
			note_cut(job, &job->bullets[i]);
		}
	}
	note_order(job, json_array_size(bullets));
	json_object_set_new(made, "description_bullets", bullets);
	json_object_set_new(made, "bullet_sources", sources);
}

static void
put_lines(struct job *job, json_t *made)
{
	const struct cvp_cv *cv = job->t->vpr.cv;
	json_t *originals = json_array(), *technologies = json_array();

	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];

		if (!cvp_is_below(line->at.pointer, job->entry->pointer))
			continue;
		if (line->role == CVP_CV_BULLET && json_array_size(originals) < ORIGINALS_MAX)
			json_array_append_new(originals, json_string(line->at.text));
		else if (line->role == CVP_CV_SKILL)
			json_array_append_new(technologies, json_string(line->at.text));
		else if (line->role == CVP_CV_SUMMARY && json_object_get(made, "x_description") == NULL) {
			json_object_set_new(made, "x_description", json_string(line->at.text));
			json_object_set_new(made, "x_description_source", json_string(line->at.pointer));
		}
	}
	json_object_set_new(made, "original_bullets", originals);
	if (json_array_size(technologies) > 0)
		json_object_set(made, "x_technologies", technologies);
	json_decref(technologies);
}

static json_t *
job_of(struct job *job)
{
	const struct cvp_cv_entry *entry = job->entry;
	struct cvp_ctx *ctx = job->t->vpr.ctx;
	const char *dates = text_of(entry->value, "x_dates");
	json_t *made = json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s}", "company_name",
				 entry->organisation.text != NULL ? entry->organisation.text : "", "job_title",
				 entry->title.text != NULL ? entry->title.text : "", "start_date",
				 entry->start.year != 0 ? cvp_date_text(ctx, entry->start) : "", "x_dates", dates,
				 "location", entry->location.text, "x_source", entry->pointer);

	if (!entry->is_open)
		json_object_set_new(made, "end_date",
				    json_string(entry->end.year != 0 ? cvp_date_text(ctx, entry->end) : ""));
	read_bullets(job);
	put_bullets(job, made);
	put_lines(job, made);
	json_object_set_new(made, "keyword_alignments", json_array()); /* counted when all is written */
	return made;
}

json_t *
cvp_tailored_jobs(struct cvp_tailoring *t)
{
	json_t *jobs = json_array();

	for (size_t i = 0; i < t->vpr.cv->entry_count; i++) {
		struct job job = { .t = t, .entry = &t->vpr.cv->entries[i], .number = json_array_size(jobs) };

		if (job.entry->section == CVP_CV_WORK)
			json_array_append_new(jobs, job_of(&job));
	}
	return jobs;
}

/* An answer that proves a requirement well, and how well; 0 where it proves none. */
static double
answer_worth(const struct cvp_tailoring *t, const char *pointer)
{
	double worth = 0;

	for (size_t i = 0; i < t->vpr.row_count; i++) {
		const struct cvp_vpr_row *row = &t->vpr.rows[i];

		for (size_t j = 0; row->band >= CVP_BAND_MODERATE && j < json_array_size(row->evidence); j++) {
			if (strcmp(text_of(json_array_get(row->evidence, j), "source"), pointer) == 0)
				worth += row->weight * row->score;
		}
	}
	return worth;
}

static void
add_highlight(struct cvp_tailoring *t, json_t *highlights, const char *pointer, const char *text)
{
	const char *field = cvp_arena_printf(t->vpr.ctx->arena, CVP_TAILORED_CV "/x_highlights/%zu",
					     json_array_size(highlights));

	json_array_append_new(highlights, json_pack("{s:s, s:[s]}", "text", text, "sources", pointer));
	cvp_tailored_change(t, (struct cvp_change){ .kind = "added",
						    .section = "x_highlights",
						    .field = field,
						    .source = pointer,
						    .after = text,
						    .reason = "tailor.added.answer" });
}

json_t *
cvp_tailored_highlights(struct cvp_tailoring *t)
{
	const json_t *answers = json_object_get(t->vpr.input, "gap_responses");
	json_t *highlights = json_array();

	for (size_t i = 0; i < json_array_size(answers) && json_array_size(highlights) < ANSWERS_MAX; i++) {
		const char *pointer = cvp_arena_printf(t->vpr.ctx->arena, CVP_ANSWER_POINTER "%zu", i);
		const char *text = text_of(json_array_get(answers, i), "answer");

		if (text != NULL && cvp_text_length(text) <= CVP_BULLET_MAX && answer_worth(t, pointer) > 0)
			add_highlight(t, highlights, pointer, text);
	}
	if (json_array_size(highlights) > 0)
		return highlights;
	json_decref(highlights);
	return NULL;
}
