/* cv_finish.h - the last steps of every import. Private to the CV's files. */
#ifndef CVP_CAREER_CV_FINISH_H
#define CVP_CAREER_CV_FINISH_H

#include "career/cv_import.h"

/* Checks instance against a schema of the assets ("resume.json"). CVP_VALIDATION_ERROR or
 * CVP_VALIDATION_MISSING_REQUIRED_FIELD with pointers; CVP_INTERNAL_ERROR where the assets lack the schema. */
CVP_CHECKED enum cvp_code cvp_cv_validate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *schema,
					  const json_t *instance);

/* Checks import->resume as a whole (schema, enough data) and sets its language: meta.x_language where the resume names
 * one of ours, else import->language, else what its lines are written in. The resume is changed in its meta only. */
CVP_CHECKED enum cvp_code cvp_cv_finish(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					struct cvp_cv_import *import);

#endif
