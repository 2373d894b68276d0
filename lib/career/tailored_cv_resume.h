/* tailored_cv_resume.h - a tailored CV as JSON Resume again. Pure. */
#ifndef CVP_CAREER_TAILORED_CV_RESUME_H
#define CVP_CAREER_TAILORED_CV_RESUME_H

#include <jansson.h>

struct cvp_ctx;

/* input: as the tailored CV was made of (resume, preferences); artifact: TailoredCVData. The jobs, bullets, skills and
 * the summary are the artifact's, all else the CV's, but for excluded sections. Owned by the context. */
json_t *cvp_tailored_cv_resume(struct cvp_ctx *ctx, const json_t *input, const json_t *artifact);

#endif
