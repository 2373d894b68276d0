/* tailored_cv_view.h - what templates/artifact/tailored_cv.* and the pages of tailored CVs are rendered over. Pure.
 *
 * Every text comes twice, for HTML and with "_md" for Markdown (markdown.h). */
#ifndef CVP_CAREER_TAILORED_CV_VIEW_H
#define CVP_CAREER_TAILORED_CV_VIEW_H

#include <jansson.h>

#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* The `view` of the kind (kind.h): the document. resume in the input may be an empty object: the CV is gone. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_view(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					       const json_t *input, const json_t *artifact, json_t **model);

/* The document beside its source: {summary, jobs[] {title, company, span, bullets[]}, changes[], warnings[], ...}. Each
 * bullet and change has {field, before, after, runs[] {is_same, is_gone, is_new, text}, sources[] {href, text}}. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_review(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						 const json_t *input, const json_t *artifact, json_t **model);

/* Two versions, word by word: {parts[] {is_summary, is_skills, title, runs[]}} of what differs. A new reference. */
json_t *cvp_tailored_cv_compare(struct cvp_ctx *ctx, const json_t *before, const json_t *after);

#endif
