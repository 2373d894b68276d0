/* requirement_clause.h - a piece of a posting's text with its words, skills and brackets; and its cutting into single
 * demands. Pure. Results are in the context's arena. Private to requirement extraction. */
#ifndef CVP_CAREER_REQUIREMENT_CLAUSE_H
#define CVP_CAREER_REQUIREMENT_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "career/posting.h"
#include "career/requirement_lines.h"
#include "text/lexicon.h"

struct cvp_ctx;

struct cvp_clause {
	const char *text;
	struct cvp_words words;
	struct cvp_skill_hits hits;
	const unsigned char *depth; /* per word: brackets around it */
};

struct cvp_clause cvp_clause_of(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text);

/* Does `sign` stand between word i - 1 and word i? */
bool cvp_clause_has_sign(const struct cvp_clause *clause, size_t i, const char *signs);

/* Does a skill's name run on over the start of word i ("1С:Бухгалтерия")? Signs in it part nothing. */
bool cvp_clause_is_inside_hit(const struct cvp_clause *clause, size_t i);

/* One demand, not yet read. */
struct cvp_demand {
	const char *text; /* the posting's words, cut to the core */
	enum cvp_importance importance;
	bool asks_depth; /* also where the depth is said once for a list */
	bool is_duty;
};

struct cvp_demands {
	struct cvp_demand *demands;
	size_t count, room;
};

/* Appends the demands of one line; none where it asks nothing. */
void cvp_demands_of_line(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const struct cvp_posting_line *line,
			 struct cvp_demands *demands);

/* Cuts a clause where it lists things that are asked for one by one ("Docker, Kubernetes and Terraform"): the first
 * word of each part after the first. Returns their number, at most `room`. */
size_t cvp_clause_parts(const struct cvp_lexicon *lexicon, const struct cvp_clause *clause, size_t *starts,
			size_t room);

/* Does a clause name a skill as names are written: with capitals or digits, or in Latin letters in another script? */
bool cvp_clause_names_skill(const struct cvp_lexicon *lexicon, const struct cvp_clause *clause);

#endif
