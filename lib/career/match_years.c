/* match_years.c - years of experience in what is asked for. */
#include <string.h>

#include "career/match_row.h"
#include "career/requirement_read.h"
#include "core/ctx.h"

#define LISTED_SCORE 0.4 /* a skill that is listed, its years not told: the mean of 0.8 and 0 */
#define ENOUGH       0.4 /* of the years asked for: with less, the skill itself adds nothing */
#define FIELD_SHARE  0.5 /* of a field's words that a job must hold */

/* What the years are asked in. */
struct field {
	const struct cvp_match_index *index;
	const struct cvp_skill_group *groups; /* a job in any of them counts */
	size_t group_count;
	const char **stems;
	size_t stem_count;
	bool is_any; /* no field is named: every job counts */
};

static bool
names_skill(const struct field *field, const struct cvp_match_line *line)
{
	bool is_exact;

	for (size_t i = 0; i < field->group_count; i++) {
		if (cvp_match_group_proof(field->index, line, &field->groups[i], &is_exact) > CVP_NEIGHBOUR)
			return true;
	}
	return false;
}

/* Of the field's words, those that stand in any line of a job; an employer's name says nothing. */
static size_t
count_stems(const struct field *field, const struct cvp_cv_entry *entry)
{
	size_t count = 0;

	for (size_t i = 0; i < field->stem_count; i++) {
		const struct cvp_match_stem *stem = cvp_match_stem_find(field->index, field->stems[i]);
		bool found = false;

		for (size_t j = 0; stem != NULL && j < stem->count && !found; j++) {
			const struct cvp_match_line *line = &field->index->lines[stem->lines[j]];

			found = line->section == entry->section && line->entry == entry->index &&
				line->role != CVP_CV_PLACE;
		}
		count += found;
	}
	return count;
}

/* Is a job in the field: does one of its lines name a skill of it, or do its lines hold half of the field's words? */
static bool
is_in_field(const struct cvp_cv_entry *entry, void *arg)
{
	const struct field *field = arg;

	if (field->is_any)
		return true;
	for (size_t i = 0; i < field->index->count; i++) {
		const struct cvp_match_line *line = &field->index->lines[i];

		if (line->section == entry->section && line->entry == entry->index && names_skill(field, line))
			return true;
	}
	return field->group_count == 0 && field->stem_count > 0 &&
	       (double)count_stems(field, entry) >= FIELD_SHARE * (double)field->stem_count;
}

/* Words that stand where a field could be named and name none. */
static bool
is_vague(const struct cvp_words *words, size_t i)
{
	static const struct cvp_cues cues[] = { { 0,
						  "направлени*|деятельност*|специальност*|должност*|позици*|position*|"
						  "capacity|job|industry|overall|total|full|time|post|relevant|similar|"
						  "equivalent|phd|degree|bachelor*|master*|תפקיד|דומה|בתפקיד" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_starts(words, i, i + 1, &table, &hit) ||
	       (words->words[i].folded[0] >= '0' && words->words[i].folded[0] <= '9');
}

static void
take_stems(const struct cvp_match_index *index, const struct cvp_clause *clause, struct field *field)
{
	field->stems = cvp_arena_alloc(index->ctx->arena, (clause->words.count + 1) * sizeof(*field->stems));
	field->stem_count = 0;
	for (size_t i = 0; i < clause->words.count; i++) {
		if (!is_vague(&clause->words, i))
			field->stem_count += cvp_match_stems(index, clause, i, i + 1, true,
							     field->stems + field->stem_count);
	}
}

static const struct cvp_skill_hit *
hit_of(const struct cvp_clause *clause, const struct cvp_skill_group *group)
{
	for (size_t i = 0; i < clause->hits.count; i++) {
		if (clause->hits.hits[i].skill.index == group->any[0].index)
			return &clause->hits.hits[i];
	}
	return NULL;
}

/* How many of a row's groups are what the years are in: the first, and those that go on right behind it ("backend
 * software engineering"). The others say where ("in a SaaS environment"). */
static size_t
count_field_groups(const struct cvp_match_row *row)
{
	size_t count = row->asked->group_count > 0;

	while (count > 0 && count < row->asked->group_count) {
		const struct cvp_skill_hit *last = hit_of(&row->clause, &row->asked->groups[count - 1]);
		const struct cvp_skill_hit *next = hit_of(&row->clause, &row->asked->groups[count]);

		if (last == NULL || next == NULL || next->first != last->first + last->count)
			break;
		count++;
	}
	return count;
}

/* Where a row names no field, the role's title does. */
static void
take_title(const struct cvp_match_index *index, struct field *field)
{
	const char *title = json_string_value(json_object_get(index->posting, "role_title"));
	struct cvp_clause clause = cvp_clause_of(index->ctx, index->lexicon, title != NULL ? title : "");
	struct cvp_skill_group *group = cvp_arena_alloc(index->ctx->arena, sizeof(*group));
	struct cvp_skill_id *ids = cvp_arena_alloc(index->ctx->arena, clause.hits.count * sizeof(*ids));

	take_stems(index, &clause, field);
	for (size_t i = 0; i < clause.hits.count; i++)
		ids[i] = clause.hits.hits[i].skill;
	*group = (struct cvp_skill_group){ ids, clause.hits.count };
	field->groups = group;
	field->group_count = clause.hits.count > 0;
	field->is_any = field->group_count == 0 && field->stem_count == 0;
}

static struct field
find_field(const struct cvp_match_index *index, const struct cvp_match_row *row)
{
	struct field field = { .index = index };

	field.groups = row->asked->groups;
	field.group_count = count_field_groups(row);
	take_stems(index, &row->clause, &field);
	if (field.group_count == 0 && field.stem_count == 0)
		take_title(index, &field);
	return field;
}

/* Of each job that counts, the line that names the field best, else its title. */
static void
cite_jobs(const struct cvp_match_index *index, struct cvp_match_row *row, struct field *field)
{
	for (size_t i = 0; i < index->cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &index->cv->entries[i];
		int title = -1, told = -1;

		if (entry->section != CVP_CV_WORK || !is_in_field(entry, field))
			continue;
		for (size_t j = 0; j < index->count; j++) {
			const struct cvp_match_line *line = &index->lines[j];
			bool is_text = line->role == CVP_CV_BULLET || line->role == CVP_CV_SUMMARY;

			if (line->section != CVP_CV_WORK || line->entry != entry->index)
				continue;
			if (line->role == CVP_CV_TITLE && title < 0)
				title = (int)j;
			if (told < 0 && is_text && names_skill(field, line))
				told = (int)j;
		}
		cvp_match_cite(row, told >= 0 ? told : title);
	}
}

/* The best that can be said of a skill that no dated job names: it may have been used all the time worked. */
static void
match_listed(const struct cvp_match_index *index, struct cvp_match_row *row, const struct field *field)
{
	int total = cvp_cv_months_worked(index->cv, index->as_of, NULL, NULL);
	double share = total / 12.0 / row->asked->years;

	for (size_t i = 0; i < index->count; i++) {
		if (index->lines[i].proof >= CVP_LISTED && names_skill(field, &index->lines[i]))
			cvp_match_cite(row, (int)i);
	}
	if (row->line_count > 0)
		row->score = share >= ENOUGH ? LISTED_SCORE : share * LISTED_SCORE;
}

static double
best_proof(const struct cvp_match_index *index, const struct cvp_skill_group *group)
{
	double best = 0;
	bool is_exact;

	for (size_t i = 0; i < index->count; i++) {
		double proof = cvp_match_group_proof(index, &index->lines[i], group, &is_exact);

		best = proof > best ? proof : best;
	}
	return best;
}

void
cvp_match_years(const struct cvp_match_index *index, struct cvp_match_row *row)
{
	struct field field = find_field(index, row);
	int months = cvp_cv_months_worked(index->cv, index->as_of, is_in_field, &field);
	struct cvp_match_parts parts = { 0, 0 };
	double share = months / 12.0 / row->asked->years;

	if (months == 0) {
		match_listed(index, row, &field);
		return;
	}
	share = share > 1 ? 1 : share;
	cite_jobs(index, row, &field);
	cvp_match_part(&parts, share);
	if (share >= ENOUGH && row->asked->group_count > 0)
		cvp_match_part(&parts, 1); /* the jobs that count show the field */
	for (size_t i = field.group_count; i < row->asked->group_count && share >= ENOUGH; i++)
		cvp_match_part(&parts, best_proof(index, &row->asked->groups[i]));
	row->score = parts.sum / (double)parts.count;
}
