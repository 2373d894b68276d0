/* vpr_lines.c - weighs the rows of the matrix and the lines of the CV, and chooses among them. */
#include <math.h>
#include <string.h>

#include "career/filler.h"
#include "career/vpr_parts.h"
#include "core/ctx.h"

#define QUOTE_MAX    180 /* code points of a quotation */
#define WORDS_LEAST  4   /* fewer are a label, no story */
#define SCRIPT_RUN   12  /* code points a word from which the script is taken to write no spaces */
#define WORTH_FIGURE 0.5
#define WORTH_BULLET 0.4
#define RELEVANT     0.4 /* below it a line touches the posting by a word or two */
#define WORTH_MORE   0.2 /* for proving more than one requirement fully */
#define WORTH_JOB    0.3 /* paid work before projects and voluntary work, those before courses */
#define WORTH_RECENT 0.3 /* shared out by how long ago the job ended */

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static enum cvp_band
band_named(const char *name)
{
	static const char *const names[] = { "MISSING", "DEVELOPING", "MODERATE", "STRONG" };

	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		if (name != NULL && strcmp(names[i], name) == 0)
			return (enum cvp_band)i;
	}
	return CVP_BAND_MISSING;
}

static const struct cvp_requirement *
asked_as(const struct cvp_requirements *asked, const char *text)
{
	for (size_t i = 0; i < asked->count; i++) {
		if (strcmp(asked->rows[i].text, text) == 0)
			return &asked->rows[i];
	}
	return NULL;
}

static double
weight_of(const struct cvp_vpr_row *row, const json_t *json)
{
	const char *impact = text_of(json, "impact_potential");

	if (row->is_must)
		return 1;
	return impact != NULL && strcmp(impact, "LOW") == 0 ? 0.3 : 0.6;
}

void
cvp_vpr_rows(struct cvp_vpr *vpr)
{
	const json_t *matrix = json_object_get(vpr->match, "evidence_matrix");

	vpr->row_count = json_array_size(matrix);
	vpr->rows = cvp_arena_alloc(vpr->ctx->arena, vpr->row_count * sizeof(*vpr->rows));
	for (size_t i = 0; i < vpr->row_count; i++) {
		const json_t *json = json_array_get(matrix, i);
		struct cvp_vpr_row *row = &vpr->rows[i];

		row->evidence = json_object_get(json, "evidence");
		row->requirement = text_of(json, "requirement");
		row->band = band_named(text_of(json, "alignment_score"));
		row->is_must = json_is_true(json_object_get(json, "must_have"));
		row->score = json_number_value(json_object_get(json, "score"));
		row->weight = weight_of(row, json);
		row->asks = asked_as(&vpr->asked, row->requirement);
	}
}

void
cvp_vpr_row_skills(struct cvp_vpr *vpr)
{
	for (size_t i = 0; i < vpr->row_count; i++) {
		struct cvp_vpr_row *row = &vpr->rows[i];

		for (size_t j = 0; row->asks != NULL && j < row->asks->group_count; j++)
			cvp_vpr_skill_sort(vpr, row, &row->asks->groups[j]);
	}
}

static const struct cvp_cv_entry *
entry_of(const struct cvp_cv *cv, const struct cvp_cv_line *line)
{
	for (size_t i = 0; i < cv->entry_count; i++) {
		if (cv->entries[i].section == line->section && cv->entries[i].index == line->entry)
			return &cv->entries[i];
	}
	return NULL;
}

static bool
ends_in(const char *text, const char *end)
{
	size_t length = strlen(text), size = strlen(end);

	return length >= size && strcmp(text + length - size, end) == 0;
}

/* Lines that tell of something done. A job's `description` tells of the employer. */
static bool
tells(const struct cvp_cv_line *line)
{
	bool is_job = line->section == CVP_CV_WORK || line->section == CVP_CV_VOLUNTEER;

	if (is_job && ends_in(line->at.pointer, "/description"))
		return false;
	if (line->role == CVP_CV_BULLET)
		return line->section != CVP_CV_BASICS;
	return line->role == CVP_CV_SUMMARY && (is_job || line->section == CVP_CV_PROJECTS) &&
	       !ends_in(line->at.pointer, "/area");
}

static double
relevance_of(const struct cvp_vpr *vpr, const char *pointer)
{
	double relevance = 0;

	for (size_t i = 0; i < vpr->row_count; i++) {
		for (size_t j = 0; j < json_array_size(vpr->rows[i].evidence); j++) {
			const char *source = text_of(json_array_get(vpr->rows[i].evidence, j), "source");

			if (source != NULL && strcmp(source, pointer) == 0)
				relevance += vpr->rows[i].weight * vpr->rows[i].score;
		}
	}
	return relevance;
}

static bool
has_figure(struct cvp_vpr *vpr, const char *quote)
{
	const char *plain = cvp_text_normal(vpr->ctx, quote);
	struct cvp_numbers numbers = cvp_numbers_of(vpr->ctx, plain);

	for (size_t i = 0; i < numbers.count; i++) {
		const struct cvp_number *n = &numbers.rows[i];
		bool in_digits = strcspn(plain + n->offset, "0123456789") < n->length;

		if (in_digits && !n->is_year && n->value != 1)
			return true;
	}
	return false;
}

/* 1 for what lasts, falling by a tenth a year since it ended. */
static double
recency_of(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry)
{
	int end = entry == NULL ? 0 : entry->is_open ? vpr->as_of.year : entry->end.year;
	int ago = vpr->as_of.year - end;

	if (end == 0 || ago > 10)
		return 0;
	return ago <= 0 ? 1 : 1 - ago / 10.0;
}

/* Enough to tell something. Scripts without spaces (their letters take three bytes) come as few long words. */
static bool
is_long_enough(struct cvp_vpr *vpr, const char *quote)
{
	size_t words = cvp_words_of(vpr->ctx, quote, strlen(quote)).count;

	return words >= WORDS_LEAST || (words > 0 && cvp_text_length(quote) / words >= SCRIPT_RUN &&
					strlen(quote) > 2 * cvp_text_length(quote));
}

static void
add_line(struct cvp_vpr *vpr, struct cvp_vpr_line line, const char *text)
{
	line.quote = cvp_vpr_quotable(vpr->ctx, text, QUOTE_MAX);
	if (!is_long_enough(vpr, line.quote) || cvp_is_filler(vpr->ctx, line.quote))
		return;
	line.has_number = has_figure(vpr, line.quote);
	line.relevance = relevance_of(vpr, line.pointer);
	line.worth = fmin(line.relevance, 1) + WORTH_MORE * fmin(fmax(line.relevance - 1, 0), 1) +
		     WORTH_FIGURE * line.has_number + WORTH_BULLET * line.is_bullet +
		     WORTH_RECENT * recency_of(vpr, line.entry);
	line.worth += line.section == CVP_CV_WORK ? WORTH_JOB : line.section == CVP_CV_EDUCATION ? -WORTH_JOB : 0;
	vpr->lines[vpr->line_count++] = line;
}

static void
add_answers(struct cvp_vpr *vpr, const json_t *answers)
{
	size_t index;
	json_t *answer;

	json_array_foreach ((json_t *)answers, index, answer) {
		const char *text = text_of(answer, "answer"), *destination = text_of(answer, "destination");

		if (text == NULL || (destination != NULL && strcmp(destination, "CV_IMPACT") != 0))
			continue;
		add_line(
		    vpr,
		    (struct cvp_vpr_line){ .pointer = cvp_arena_printf(vpr->ctx->arena, "/gap_responses/%zu", index),
					   .section = CVP_CV_BASICS,
					   .is_answer = true,
					   .is_bullet = true },
		    text);
	}
}

/* A line said twice in a CV is quoted once. */
static void
drop_repeats(struct cvp_vpr *vpr)
{
	for (size_t i = 0; i < vpr->line_count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(vpr->lines[i].quote, vpr->lines[j].quote) == 0)
				vpr->lines[i].is_used = true;
		}
	}
}

void
cvp_vpr_lines(struct cvp_vpr *vpr)
{
	const json_t *answers = json_object_get(vpr->input, "gap_responses");
	const struct cvp_cv *cv = vpr->cv;

	vpr->lines = cvp_arena_alloc(vpr->ctx->arena,
				     (cv->line_count + json_array_size(answers)) * sizeof(*vpr->lines));
	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];

		if (tells(line))
			add_line(vpr,
				 (struct cvp_vpr_line){ .pointer = line->at.pointer,
							.entry = entry_of(cv, line),
							.section = line->section,
							.is_bullet = line->role == CVP_CV_BULLET },
				 line->at.text);
	}
	add_answers(vpr, answers);
	drop_repeats(vpr);
}

struct cvp_vpr_line *
cvp_vpr_line_at(struct cvp_vpr *vpr, const char *pointer)
{
	for (size_t i = 0; pointer != NULL && i < vpr->line_count; i++) {
		if (strcmp(vpr->lines[i].pointer, pointer) == 0)
			return &vpr->lines[i];
	}
	return NULL;
}

struct cvp_vpr_line *
cvp_vpr_proof(struct cvp_vpr *vpr, const struct cvp_vpr_row *row)
{
	struct cvp_vpr_line *best = NULL;

	for (size_t i = 0; i < json_array_size(row->evidence); i++) {
		struct cvp_vpr_line *line = cvp_vpr_line_at(vpr, text_of(json_array_get(row->evidence, i), "source"));

		if (line != NULL && !line->is_used && (best == NULL || line->worth > best->worth))
			best = line;
	}
	return best;
}

struct cvp_vpr_line *
cvp_vpr_best(struct cvp_vpr *vpr, bool wants_number, bool is_relevant)
{
	struct cvp_vpr_line *best = NULL;

	for (size_t i = 0; i < vpr->line_count; i++) {
		struct cvp_vpr_line *line = &vpr->lines[i];

		if (line->is_used || (wants_number && !line->has_number) || (is_relevant && line->relevance < RELEVANT))
			continue;
		if (best == NULL || line->worth > best->worth)
			best = line;
	}
	return best;
}

bool
cvp_vpr_is_dated(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row)
{
	for (size_t i = 0; i < json_array_size(row->evidence); i++) {
		const char *source = text_of(json_array_get(row->evidence, i), "source");

		for (size_t j = 0; source != NULL && j < vpr->cv->line_count; j++) {
			if (vpr->cv->lines[j].is_dated && strcmp(vpr->cv->lines[j].at.pointer, source) == 0)
				return true;
		}
	}
	return false;
}

size_t
cvp_vpr_strong_skills(struct cvp_vpr *vpr, bool dated, struct cvp_vpr_skill *skills, size_t most)
{
	size_t count = 0;

	for (int round = 0; round < 4; round++) { /* must first, then the rest; broad ones only after all others */
		for (size_t i = 0; i < vpr->row_count; i++) {
			const struct cvp_vpr_row *row = &vpr->rows[i];

			if (row->band < CVP_BAND_MODERATE || row->is_must != (round % 2 == 0) ||
			    cvp_vpr_is_dated(vpr, row) != dated)
				continue;
			for (size_t j = 0; j < row->shown_count; j++) {
				bool is_language = cvp_skill_kind(vpr->assets->lexicon, row->shown[j].id) ==
						   CVP_SKILL_LANGUAGE;

				if (!is_language && row->shown[j].is_broad == (round >= 2))
					count = cvp_vpr_skill_add(skills, count, most, row->shown[j]);
			}
		}
	}
	return count;
}
