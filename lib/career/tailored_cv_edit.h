/* tailored_cv_edit.h - what a person makes of a tailored CV: changes taken back, texts written anew. Every edit is
 * verified as output is (SPEC 8). Pure. */
#ifndef CVP_CAREER_TAILORED_CV_EDIT_H
#define CVP_CAREER_TAILORED_CV_EDIT_H

#include <jansson.h>

#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* Takes back the changes of these numbers (indices of x_changes; others are passed over) and sets the texts given by
 * their pointers (executive_summary or a bullet; an empty bullet is removed). *edited: the artifact with another
 * tailored_cv and x_changes, not verified yet; `artifact` stays as it is. CVP_VALIDATION_ERROR names a pointer that
 * leads to no such text. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_edit(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					       const json_t *input, const json_t *artifact, const json_t *rejected,
					       const json_t *texts, json_t **edited);

/* Verifies an edited artifact and makes it whole: what SPEC 8 warns of is mended and listed, keywords and style are
 * counted anew. CVP_FVS_HALLUCINATION_DETECTED with the violations where critical ones are left. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_take(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					       const json_t *input, const json_t *edited, json_t **artifact);

#endif
