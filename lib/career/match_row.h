/* match_row.h - one requirement held against a CV: its score by SPEC 7.3 and the lines that prove it.
 *
 * Pure. Rows live in the context's arena. Private to the match files. */
#ifndef CVP_CAREER_MATCH_ROW_H
#define CVP_CAREER_MATCH_ROW_H

#include "career/match_index.h"
#include "career/posting.h"
#include "career/requirement_clause.h"

#define CVP_MATCH_EVIDENCE_MAX 3

struct cvp_match_row {
	const struct cvp_requirement *asked;
	struct cvp_clause clause;          /* of asked->text */
	double score;                      /* 0..1 */
	int lines[CVP_MATCH_EVIDENCE_MAX]; /* of the index, best first */
	size_t line_count;
};

/* The parts a score is the mean of. */
struct cvp_match_parts {
	double sum;
	size_t count;
};

static inline void
cvp_match_part(struct cvp_match_parts *parts, double score)
{
	parts->sum += score;
	parts->count++;
}

/* Adds a line to the evidence unless it is there or the evidence is full. */
void cvp_match_cite(struct cvp_match_row *row, int line);

/* Scores a requirement and chooses its evidence; a score under 0.2 (MISSING) has none. `all`: every requirement of the
 * posting, for what one says of another ("additional languages"). */
void cvp_match_row_make(const struct cvp_match_index *index, const struct cvp_requirements *all,
			const struct cvp_requirement *asked, struct cvp_match_row *row);

/* The kinds. Each fills score and evidence. */
void cvp_match_skills(const struct cvp_match_index *index, struct cvp_match_row *row);
void cvp_match_years(const struct cvp_match_index *index, struct cvp_match_row *row);
void cvp_match_education(const struct cvp_match_index *index, struct cvp_match_row *row);
void cvp_match_language(const struct cvp_match_index *index, const struct cvp_requirements *all,
			struct cvp_match_row *row);
void cvp_match_certificate(const struct cvp_match_index *index, struct cvp_match_row *row);

/* How well a language is said to be spoken in words first to first+count: 1 A1 .. 6 C2 and native; 0 not said. */
int cvp_match_spoken_level(const struct cvp_words *words, size_t first, size_t count);

/* The keys (match_words.h) of the content words from..end of a row, without doubles. Returns their number. */
size_t cvp_match_stems(const struct cvp_match_index *index, const struct cvp_clause *clause, size_t from, size_t end,
		       bool without_hits, const char **stems);

/* May a line's plain words prove anything? Levels, languages, employers' names and interests do not. */
bool cvp_match_can_tell(const struct cvp_match_line *line);

/* Of how many of these stems the line that has most of them has; *line is that line, -1 where none has any. Lines with
 * equal counts: the one that proves more, then the earlier. counts (may be NULL): per line. */
size_t cvp_match_best_line(const struct cvp_match_index *index, const char *const *stems, size_t count, int *line,
			   unsigned char *counts);

/* What a share of words is worth: one common word of three or more says nothing. */
double cvp_match_share(size_t found, size_t count);

/* How far one line proves a group of skills, any of which will do. */
double cvp_match_group_proof(const struct cvp_match_index *index, const struct cvp_match_line *line,
			     const struct cvp_skill_group *group, bool *is_exact);

#endif
