/* verify.h - fact verification (SPEC 8): nothing about the candidate leaves unless it is in the CV or an answer.
 *
 * Layers: verify_plain.h what a reader sees, verify_numbers.h figures, verify_facts.h the index of a CV's facts,
 * verify_cues.h kinds of statements, verify_claims.h the claims of a text held against the facts, verify_prose.h what
 * a statement that paraphrases tells, verify_sources.h whether a text rests on the line it cites; here the artifacts,
 * field by field. Pure: no I/O, no clock. Any thread. */
#ifndef CVP_CAREER_VERIFY_H
#define CVP_CAREER_VERIFY_H

#include <jansson.h>

#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* The `verify` of the kinds (kind.h). input: at least resume; gap_responses, posting, company_context, as_of where
 * there are any. Without a posting, what is said of the posting is not checked, only what is said of the candidate.
 * *report: schemas/verification.json, owned by the context: is_valid where there is no violation at all.
 * CVP_VALIDATION_ERROR where the artifact's shape cannot be judged; cvp_cv_parse()'s codes for the resume. */
CVP_CHECKED enum cvp_code cvp_verify_vpr(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					 const json_t *artifact, json_t **report);
CVP_CHECKED enum cvp_code cvp_verify_match(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					   const json_t *artifact, json_t **report);

#endif
