/* ats.h - how readable a CV is for an applicant tracking system (SPEC 7.9). Pure. */
#ifndef CVP_CAREER_ATS_H
#define CVP_CAREER_ATS_H

#include <jansson.h>

#include "career/cv.h"
#include "text/text.h"

struct cvp_ctx;

/* {score 0..100, band high/medium/low, issues[]}: keywords 40 by their share (0..1) in the CV, formatting 30 ('|' in
 * the text -15), six standard headings 20 (contact, summary, experience, education, skills, languages or
 * certificates), font 10 (our own documents embed a common one; a JSON Resume has no page headers). issues are
 * sentences in `language`. Owned by the context. */
json_t *cvp_ats(struct cvp_ctx *ctx, const struct cvp_cv *cv, double keyword_share, enum cvp_language language);

#endif
