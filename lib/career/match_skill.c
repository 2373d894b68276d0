/* match_skill.c - skills, and what is asked for in plain words. */
#include <string.h>

#include "career/match_row.h"
#include "career/requirement_read.h"
#include "core/ctx.h"

#define RESIDUE_MIN 3 /* plain words beside the skills that make a part of their own */

/* How well a line answers one group, and how fit it is to be quoted. */
struct candidate {
	int line;
	double proof, worth;
};

static double
group_proof(const struct cvp_match_index *index, const struct cvp_match_line *line, const struct cvp_skill_group *group)
{
	double best = 0;

	for (size_t i = 0; i < group->count; i++) {
		double proof = cvp_match_line_proves(index, line, group->any[i]);

		best = proof > best ? proof : best;
	}
	return best;
}

static bool
is_soft(const struct cvp_match_index *index, const struct cvp_skill_group *group)
{
	return cvp_skill_kind(index->lexicon, group->any[0]) == CVP_SKILL_SOFT;
}

/* Soft skills are shown by deeds and by what others say; to name them is a claim (0.5), wherever it stands. */
static double
soft_proof(const struct cvp_match_line *line, double proof)
{
	bool is_told = line->section == CVP_CV_REFERENCES || line->section == CVP_CV_AWARDS;

	if (proof <= CVP_NEIGHBOUR)
		return proof;
	if (is_told || line->is_answer)
		return CVP_SHOWN;
	return proof >= CVP_SHOWN && line->role != CVP_CV_SKILL ? CVP_SHOWN : 0.5;
}

/* A bullet that tells of the thing is better to read than a word in a list. */
static double
worth_of(const struct cvp_match_line *line, double proof, double share)
{
	double worth = proof + share;

	if (line->role == CVP_CV_BULLET || line->is_answer)
		worth += 0.2;
	else if (line->role == CVP_CV_SUMMARY)
		worth += line->section == CVP_CV_BASICS ? 0 : 0.1;
	return worth;
}

static struct candidate
best_for_group(const struct cvp_match_index *index, const struct cvp_skill_group *group, const unsigned char *counts,
	       size_t stem_count)
{
	struct candidate best = { -1, 0, 0 };

	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *line = &index->lines[i];
		double proof = line->hits.count > 0 ? group_proof(index, line, group) : 0;
		double worth;

		if (proof > 0 && is_soft(index, group))
			proof = soft_proof(line, proof);
		if (proof == 0 || proof < best.proof)
			continue;
		worth = worth_of(line, proof, stem_count > 0 ? (double)counts[i] / (double)stem_count : 0);
		if (proof > best.proof || worth > best.worth)
			best = (struct candidate){ (int)i, proof, worth };
	}
	return best;
}

/* The line that lists the skill, where another one shows it: the second witness. */
static int
listing_line(const struct cvp_match_index *index, const struct cvp_skill_group *group)
{
	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *line = &index->lines[i];

		if (line->section == CVP_CV_SKILLS && line->role == CVP_CV_SKILL &&
		    group_proof(index, line, group) >= CVP_LISTED)
			return (int)i;
	}
	return -1;
}

/* Where depth is asked, a listed skill is half proved, unless it is listed as advanced or expert. */
static double
with_depth(const struct cvp_match_index *index, const struct candidate *found, double score)
{
	if (found->proof < CVP_LISTED)
		return score;
	if (found->proof >= CVP_SHOWN || index->lines[found->line].level >= 3)
		return score;
	return (score + 0.5) / 2;
}

/* Words that stand outside of skills, brackets and what follows a colon or "for". */
static size_t
residue_of(const struct cvp_match_index *index, const struct cvp_match_row *row, const char **stems)
{
	const struct cvp_clause *clause = &row->clause;
	size_t end = clause->words.count, first_hit = clause->hits.count > 0 ? clause->hits.hits[0].first : end;

	for (size_t i = 1; i < end; i++) {
		bool purpose = i > first_hit && (cvp_cue_at(&clause->words, i, end, "for") > 0 ||
						 cvp_cue_at(&clause->words, i, end, "для") > 0);

		if (clause->depth[i] > 0 || purpose || (i > first_hit && cvp_clause_has_sign(clause, i, ":")))
			end = i;
	}
	return cvp_match_stems(index, clause, 0, end, true, stems);
}

/* Can words of this row stand in this CV at all: are both written in the same language? */
static bool
shares_language(const struct cvp_match_index *index, const struct cvp_match_row *row)
{
	return cvp_language_detect(row->asked->text, strlen(row->asked->text)) == index->language;
}

static void
add_groups(const struct cvp_match_index *index, struct cvp_match_row *row, const unsigned char *counts,
	   size_t stem_count, struct cvp_match_parts *parts)
{
	const struct cvp_requirement *asked = row->asked;
	int second[CVP_MATCH_EVIDENCE_MAX] = { -1, -1, -1 };

	for (size_t i = 0; i < asked->group_count; i++) {
		struct candidate best = best_for_group(index, &asked->groups[i], counts, stem_count);
		double score = best.proof;

		if (asked->asks_depth && !is_soft(index, &asked->groups[i]))
			score = with_depth(index, &best, score);
		cvp_match_part(parts, score);
		cvp_match_cite(row, best.line);
		if (best.proof >= CVP_SHOWN && i < CVP_MATCH_EVIDENCE_MAX)
			second[i] = listing_line(index, &asked->groups[i]);
	}
	for (size_t i = 0; i < CVP_MATCH_EVIDENCE_MAX; i++)
		cvp_match_cite(row, second[i]);
}

/* In plain words: the share of its stems in the best line. */
static double
plain_score(const struct cvp_match_index *index, struct cvp_match_row *row, const char *const *stems, size_t count,
	    bool cites)
{
	unsigned char *counts = cvp_arena_alloc(index->ctx->arena, index->count + 1);
	int line;
	size_t found = cvp_match_best_line(index, stems, count, &line, counts);
	double score = cvp_match_share(found, count);

	if (!cites || score < 0.2)
		return score;
	cvp_match_cite(row, line);
	for (size_t i = 0; i < index->count; i++) {
		if (counts[i] == found && found > 1 && index->lines[i].role != CVP_CV_PLACE)
			cvp_match_cite(row, (int)i);
	}
	return score;
}

void
cvp_match_skills(const struct cvp_match_index *index, struct cvp_match_row *row)
{
	const char **stems = cvp_arena_alloc(index->ctx->arena, (row->clause.words.count + 1) * sizeof(*stems));
	unsigned char *counts = cvp_arena_alloc(index->ctx->arena, index->count + 1);
	struct cvp_match_parts parts = { 0, 0 };
	size_t count = cvp_match_stems(index, &row->clause, 0, row->clause.words.count, false, stems);
	int line;

	if (row->asked->group_count == 0) {
		row->score = plain_score(index, row, stems, count, true);
		return;
	}
	cvp_match_best_line(index, stems, count, &line, counts);
	add_groups(index, row, counts, count, &parts);
	count = residue_of(index, row, stems);
	if (count >= RESIDUE_MIN && shares_language(index, row))
		cvp_match_part(&parts, plain_score(index, row, stems, count, false));
	row->score = parts.sum / (double)parts.count;
}
