/* verify_artifact.h - what the verification of every kind shares: facts of the input, evidence rows, source lists.
 * Private to lib/career/verify*.c and the kinds' own verification. Everything is in the context's arena. */
#ifndef CVP_CAREER_VERIFY_ARTIFACT_H
#define CVP_CAREER_VERIFY_ARTIFACT_H

#include <jansson.h>

#include "career/verify_claims.h"
#include "core/code.h"

#define CVP_COUNTS_MAX 13

/* Points into itself: not to be copied. */
struct cvp_verification {
	struct cvp_ctx *ctx;
	const struct cvp_assets *assets;
	const json_t *input, *artifact;
	struct cvp_verdict verdict;
	struct cvp_check check;
	double counts[CVP_COUNTS_MAX];
};

/* Reads the CV, indexes its facts and the posting's. as_of: the input's, else the artifact's created_at, else now. */
CVP_CHECKED enum cvp_code cvp_verification_begin(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						 const json_t *input, const json_t *artifact,
						 struct cvp_verification *v);

/* Another artifact of the same input: forgets what was found in the one before. */
void cvp_verification_of(struct cvp_verification *v, const json_t *artifact);

/* verify.c: a whole VPR, as cvp_verify_vpr() does, with facts that are read already. */
CVP_CHECKED enum cvp_code cvp_verify_report(struct cvp_verification *v, const json_t *artifact, json_t **report);

/* verify.c: an entry of gap_strategies that stands at pointer `field`. */
void cvp_verify_strategy(struct cvp_verification *v, const char *field, const json_t *strategy);

/* rows: an evidence matrix that stands at pointer `field`: each evidence's text stands at its source, what is proved
 * has evidence, a requirement says nothing the posting does not. CVP_VALIDATION_ERROR where it is no list of rows. */
CVP_CHECKED enum cvp_code cvp_verify_rows(struct cvp_verification *v, const char *field, const json_t *rows);

/* The text at a source: a pointer into the resume, or /gap_responses/N for a CV_IMPACT answer. NULL where none is. */
const char *cvp_source_text(const struct cvp_verification *v, const char *source);

/* A text of the artifact and the list of pointers it rests on (NULL: none given). Every pointer leads somewhere and
 * what stands there is quoted or named in the text; figures and quotations are of the entries pointed to. */
void cvp_verify_sourced(struct cvp_verification *v, const char *field, const json_t *text, const char *sources_field,
			const json_t *sources);

/* keywords: terms of the posting that the CV is said to show. */
void cvp_verify_keywords(struct cvp_verification *v, const char *field, const json_t *keywords);

/* x_target, where it is given: who the artifact is for, named as the posting names it. */
void cvp_verify_target(struct cvp_verification *v);

#endif
