/* verify_rewrite.h - a line of a CV told anew: does it say no more than its sources?
 *
 * Words may be dropped, put in another order or form, called by another name of the lexicon; figures, names, skills,
 * stronger verbs, wider claims and more than the odd new word may not come in. Pure; results are in the context's
 * arena. Private to lib/career/verify*.c. */
#ifndef CVP_CAREER_VERIFY_REWRITE_H
#define CVP_CAREER_VERIFY_REWRITE_H

#include <stdbool.h>

#include "career/verify_claims.h"

#define CVP_REWRITE_MAX 500 /* code points (SPEC 2.5) */

struct cvp_rewrite {
	const struct cvp_check *check;
	const bool *is_source; /* by fact text: what it rests on */
	const bool *is_around; /* by fact text: who, where, what with; names and skills may be taken from there too */
};

/* What it may not say: a phrase for `expected`, with the words that say it in *actual; NULL where it may stand. */
const char *cvp_rewrite_fault(const struct cvp_rewrite *rewrite, const char *text, const char **actual);

#endif
