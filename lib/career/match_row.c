#include "career/match_row.h"

#include <math.h>
#include <string.h>

#include "career/requirement_read.h"
#include "core/ctx.h"

void
cvp_match_cite(struct cvp_match_row *row, int line)
{
	if (line < 0 || row->line_count == CVP_MATCH_EVIDENCE_MAX)
		return;
	for (size_t i = 0; i < row->line_count; i++) {
		if (row->lines[i] == line)
			return;
	}
	row->lines[row->line_count++] = line;
}

static bool
is_in_hit(const struct cvp_clause *clause, size_t word)
{
	for (size_t i = 0; i < clause->hits.count; i++) {
		if (word >= clause->hits.hits[i].first &&
		    word < clause->hits.hits[i].first + clause->hits.hits[i].count)
			return true;
	}
	return false;
}

size_t
cvp_match_stems(const struct cvp_match_index *index, const struct cvp_clause *clause, size_t from, size_t end,
		bool without_hits, const char **stems)
{
	size_t count = 0;

	for (size_t i = from; i < end; i++) {
		const char *stem = cvp_match_key(index->notions, &clause->words.words[i]);
		bool is_double = false;

		if (!cvp_is_content(&clause->words, i) || (without_hits && is_in_hit(clause, i)))
			continue;
		for (size_t j = 0; j < count && !is_double; j++)
			is_double = strcmp(stems[j], stem) == 0;
		if (!is_double)
			stems[count++] = stem;
	}
	return count;
}

bool
cvp_match_can_tell(const struct cvp_match_line *line)
{
	return line->proof > 0 && line->role != CVP_CV_LEVEL && line->section != CVP_CV_LANGUAGES;
}

size_t
cvp_match_best_line(const struct cvp_match_index *index, const char *const *stems, size_t count, int *line,
		    unsigned char *counts)
{
	size_t best = 0;

	if (counts == NULL)
		counts = cvp_arena_alloc(index->ctx->arena, index->count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct cvp_match_stem *stem = cvp_match_stem_find(index, stems[i]);

		for (size_t j = 0; stem != NULL && j < stem->count; j++)
			counts[stem->lines[j]] = (unsigned char)(counts[stem->lines[j]] + 1);
	}
	*line = -1;
	for (size_t i = 0; i < index->count; i++) {
		if (counts[i] == 0 || !cvp_match_can_tell(&index->lines[i]))
			continue;
		if (counts[i] > best || (counts[i] == best && index->lines[i].proof > index->lines[*line].proof)) {
			best = counts[i];
			*line = (int)i;
		}
	}
	return best;
}

double
cvp_match_group_proof(const struct cvp_match_index *index, const struct cvp_match_line *line,
		      const struct cvp_skill_group *group, bool *is_exact)
{
	double best = 0;

	*is_exact = false;
	for (size_t i = 0; i < group->count; i++) {
		bool exact = false;
		double proof = cvp_match_line_proves(index, line, group->any[i], &exact);

		if (proof > best || (proof == best && exact)) {
			best = proof;
			*is_exact = exact;
		}
	}
	return best;
}

double
cvp_match_share(size_t found, size_t count)
{
	if (count == 0)
		return 0;
	if (found == 1 && count >= 3)
		return 0.1;
	return (double)found / (double)count;
}

void
cvp_match_row_make(const struct cvp_match_index *index, const struct cvp_requirements *all,
		   const struct cvp_requirement *asked, struct cvp_match_row *row)
{
	*row = (struct cvp_match_row){ .asked = asked,
				       .clause = cvp_clause_of(index->ctx, index->lexicon, asked->text) };
	switch (asked->kind) {
	case CVP_REQUIRES_EDUCATION:
		cvp_match_education(index, row);
		break;
	case CVP_REQUIRES_LANGUAGE:
		cvp_match_language(index, all, row);
		break;
	case CVP_REQUIRES_CERTIFICATION:
		cvp_match_certificate(index, row);
		break;
	case CVP_REQUIRES_SKILL:
	case CVP_REQUIRES_EXPERIENCE:
	case CVP_REQUIRES_OTHER:
		if (asked->years > 0)
			cvp_match_years(index, row);
		else
			cvp_match_skills(index, row);
		break;
	}
	row->score = floor(row->score * 1000 + 0.5) / 1000;
	if (row->score < 0.2)
		row->line_count = 0;
	else if (row->line_count == 0)
		row->score = 0; /* what no line proves is not there */
}
