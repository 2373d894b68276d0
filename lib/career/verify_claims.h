/* verify_claims.h - the claims of a text, held against the facts.
 *
 * Finds in free text, in English, Russian and Hebrew: quotations; jobs cited as "title at employer (years)"; employers
 * after at, with, for; roles after as, served as; names; years, figures, percents, money; skills; degrees;
 * certificates; addresses; what the prose around them tells (verify_prose.h). Each must stand in the facts, or be said
 * of the posting and stand there. What a statement that denies, asks or advises names is no claim (verify_cues.h).
 * Pure; findings go to the verdict. */
#ifndef CVP_CAREER_VERIFY_CLAIMS_H
#define CVP_CAREER_VERIFY_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>

#include "career/match_words.h"
#include "career/verify_facts.h"
#include "career/verify_verdict.h"

enum cvp_voice {
	CVP_VOICE_CANDIDATE, /* what is not of the CV must be said of the posting, and stand there */
	CVP_VOICE_POSTING,   /* the posting's own words: its facts count everywhere */
	CVP_VOICE_CV         /* a CV's own words: all of it is claimed of the candidate, whoever is named or not */
};

struct cvp_prose;

struct cvp_check {
	struct cvp_ctx *ctx;
	const struct cvp_facts *cv;
	const struct cvp_match_words *notions;
	const struct cvp_prose *prose;  /* verify_prose.h */
	const struct cvp_facts *target; /* posting and company, NULL where they are not known */
	const char *target_names[2];    /* plain: its company and role, NULL where not known; the longer one
					 * first where it holds the other */
	const double *counts;           /* figures the artifact's own rows add up to ("7 of the 9 requirements") */
	size_t count_count;
	struct cvp_verdict *verdict;
};

/* Checks one field. scope: the texts that may prove its figures and quotations, NULL for all of the CV. */
void cvp_claims_check(const struct cvp_check *check, const char *field, enum cvp_voice voice,
		      const struct cvp_scope *scope, const char *text);

#endif
