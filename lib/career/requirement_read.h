/* requirement_read.h - what one demand asks for: its kind, skills, years, degree. Private to requirement extraction. */
#ifndef CVP_CAREER_REQUIREMENT_READ_H
#define CVP_CAREER_REQUIREMENT_READ_H

#include "career/posting.h"
#include "career/requirement_clause.h"

struct cvp_ctx;

/* The requirement of a demand; its groups are in the arena. */
struct cvp_requirement cvp_requirement_read(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon,
					    const struct cvp_demand *demand, const struct cvp_clause *clause);

/* Years named in words from..end, 0 where none are ("4+ years", "от 3 лет", "שנתיים"). */
double cvp_years_in(const struct cvp_clause *clause, size_t from, size_t end);

/* The least degree named in a clause, 0 where none is; see struct cvp_requirement. */
int cvp_degree_in(const struct cvp_words *words);

/* Is a word neither a stop word nor one that names nothing by itself? */
bool cvp_is_content(const struct cvp_words *words, size_t i);

#endif
