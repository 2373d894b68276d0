/* verify_tailored.h - fact verification (SPEC 8) of a tailored CV, field by field.
 *
 * Evidence is the CV and the CV_IMPACT answers of the input; the posting proves nothing about the candidate. Pure: no
 * I/O, no clock but for a draft without a time of its own. Any thread. */
#ifndef CVP_CAREER_VERIFY_TAILORED_H
#define CVP_CAREER_VERIFY_TAILORED_H

#include <jansson.h>

#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* The `verify` of the kind tailored_cv (kind.h). input: at least resume; gap_responses, posting, preferences, as_of
 * where there are any. artifact: schemas/tailored_cv.json. *report: schemas/verification.json, owned by the context;
 * is_valid where there is no violation at all.
 * CVP_VALIDATION_ERROR where the artifact's shape cannot be judged; cvp_cv_parse()'s codes for the resume. */
CVP_CHECKED enum cvp_code cvp_verify_tailored_cv(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						 const json_t *input, const json_t *artifact, json_t **report);

/* The same, and *mended: a copy of the artifact, owned by the context, in which what is a WARNING is restored to the
 * CV's, reverted to its source, or removed. Critical violations stay in both. The report lists what was found in the
 * artifact as given: its pointers lead into that one. */
CVP_CHECKED enum cvp_code cvp_verify_tailored_cv_mend(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						      const json_t *input, const json_t *artifact, json_t **mended,
						      json_t **report);

#endif
