/* match_years.c - years of experience in what is asked for. */
#include <string.h>

#include "career/match_row.h"
#include "career/requirement_read.h"
#include "core/ctx.h"

#define LISTED_SCORE 0.4 /* a skill that is listed, its years not told (SPEC 7.3: the mean of 0.8 and 0) */
#define ENOUGH       0.4 /* of the years asked for: less is not yet a part of them */
#define FIELD_SHARE  0.5 /* of a field's words that a job must name */

/* What the years are asked in. */
struct field {
	const struct cvp_match_index *index;
	const struct cvp_skill_group *groups;
	size_t group_count;
	const char **stems;
	size_t stem_count;
	bool is_any; /* no field is named: every job counts */
};

static bool
line_names_skill(const struct field *field, const struct cvp_match_line *line)
{
	for (size_t i = 0; i < field->group_count; i++) {
		for (size_t j = 0; j < field->groups[i].count; j++) {
			if (cvp_match_line_proves(field->index, line, field->groups[i].any[j]) > CVP_NEIGHBOUR)
				return true;
		}
	}
	return false;
}

static size_t
count_stems(const struct field *field, const struct cvp_match_line *line, bool *seen)
{
	size_t count = 0;

	for (size_t i = 0; i < field->stem_count; i++) {
		for (size_t j = 0; j < line->words.count && !seen[i]; j++) {
			seen[i] = strcmp(field->stems[i], line->words.words[j].stem) == 0;
			count += seen[i];
		}
	}
	return count;
}

/* Is a job in the field: does one of its lines name a skill of it, or do its lines hold half of the field's words? */
static bool
is_in_field(const struct cvp_cv_entry *entry, void *arg)
{
	const struct field *field = arg;
	bool *seen = cvp_arena_alloc(field->index->ctx->arena, field->stem_count + 1);
	size_t count = 0;

	if (field->is_any)
		return true;
	for (size_t i = 0; i < field->index->count; i++) {
		const struct cvp_match_line *line = &field->index->lines[i];

		if (line->section != entry->section || line->entry != entry->index)
			continue;
		if (line_names_skill(field, line))
			return true;
		if (line->role != CVP_CV_PLACE)
			count += count_stems(field, line, seen);
	}
	return field->group_count == 0 && field->stem_count > 0 &&
	       (double)count >= FIELD_SHARE * (double)field->stem_count;
}

/* The words of a row that name its field; where there are none, the role's title says what the years are in. */
static void
find_field(const struct cvp_match_index *index, const struct cvp_match_row *row, struct field *field)
{
	const char *title = json_string_value(json_object_get(index->posting, "role_title"));
	struct cvp_clause clause = row->clause;
	struct cvp_skill_group *group;

	*field = (struct field){ .index = index, .groups = row->asked->groups, .group_count = row->asked->group_count };
	field->stems = cvp_arena_alloc(index->ctx->arena, (clause.words.count + 1) * sizeof(*field->stems));
	field->stem_count = cvp_match_stems(index, &clause, 0, clause.words.count, true, field->stems);
	for (size_t i = 0; i < field->stem_count;) {
		bool is_number = strspn(field->stems[i], "0123456789.,+") == strlen(field->stems[i]);

		if (is_number)
			field->stems[i] = field->stems[--field->stem_count];
		else
			i++;
	}
	if (field->group_count > 0 || field->stem_count > 0 || title == NULL)
		return;
	clause = cvp_clause_of(index->ctx, index->lexicon, title);
	field->stems = cvp_arena_alloc(index->ctx->arena, (clause.words.count + 1) * sizeof(*field->stems));
	field->stem_count = cvp_match_stems(index, &clause, 0, clause.words.count, true, field->stems);
	if (clause.hits.count > 0) {
		struct cvp_skill_id *ids = cvp_arena_alloc(index->ctx->arena, clause.hits.count * sizeof(*ids));

		for (size_t i = 0; i < clause.hits.count; i++)
			ids[i] = clause.hits.hits[i].skill;
		group = cvp_arena_alloc(index->ctx->arena, sizeof(*group));
		*group = (struct cvp_skill_group){ ids, clause.hits.count };
		field->groups = group;
		field->group_count = 1;
	}
	field->is_any = field->group_count == 0 && field->stem_count == 0;
}

/* Titles of the jobs that count, then the line of each that names the field. */
static void
cite_jobs(const struct cvp_match_index *index, struct cvp_match_row *row, struct field *field)
{
	for (size_t i = 0; i < index->cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &index->cv->entries[i];
		int title = -1, best = -1;

		if (entry->section != CVP_CV_WORK || !is_in_field(entry, field))
			continue;
		for (size_t j = 0; j < index->count; j++) {
			const struct cvp_match_line *line = &index->lines[j];

			if (line->section != CVP_CV_WORK || line->entry != entry->index)
				continue;
			if (line->role == CVP_CV_TITLE && title < 0)
				title = (int)j;
			if (best < 0 && line_names_skill(field, line))
				best = (int)j;
		}
		cvp_match_cite(row, best >= 0 ? best : title);
	}
}

/* The best that can be said of a skill that no dated job names. */
static void
match_listed(const struct cvp_match_index *index, struct cvp_match_row *row, const struct field *field)
{
	int total = cvp_cv_months_worked(index->cv, index->as_of, NULL, NULL);
	double share = total / 12.0 / row->asked->years;

	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *line = &index->lines[i];

		if (line->proof >= CVP_LISTED && line_names_skill(field, line))
			cvp_match_cite(row, (int)i);
	}
	if (row->line_count > 0)
		row->score = share >= ENOUGH ? LISTED_SCORE : share / 2.1;
}

void
cvp_match_years(const struct cvp_match_index *index, struct cvp_match_row *row)
{
	struct cvp_match_parts parts = { 0, 0 };
	struct field field;
	double share;
	int months;

	find_field(index, row, &field);
	months = cvp_cv_months_worked(index->cv, index->as_of, is_in_field, &field);
	if (months == 0) {
		match_listed(index, row, &field);
		return;
	}
	share = months / 12.0 / row->asked->years;
	share = share > 1 ? 1 : share;
	cite_jobs(index, row, &field);
	cvp_match_part(&parts, share);
	for (size_t i = 0; i < row->asked->group_count && share >= ENOUGH; i++) {
		double best = 0;

		for (size_t j = 0; j < index->count; j++) {
			for (size_t k = 0; k < row->asked->groups[i].count; k++) {
				double proof = cvp_match_line_proves(index, &index->lines[j],
								     row->asked->groups[i].any[k]);

				best = proof > best ? proof : best;
			}
		}
		cvp_match_part(&parts, best);
	}
	row->score = parts.sum / (double)parts.count;
	if (share < ENOUGH)
		row->score = share;
}
