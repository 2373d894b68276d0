/* cv_user.h - UserCV made a JSON Resume. Private to the CV's files. The other way is cvp_cv_to_user_cv(). */
#ifndef CVP_CAREER_CV_USER_H
#define CVP_CAREER_CV_USER_H

#include <jansson.h>

struct cvp_ctx;

/* SPEC 2.2's table from left to right; members it does not name are kept as they are. user_cv has passed its schema.
 * What could not be read is told in warnings. Owned by the context. */
json_t *cvp_user_cv_to_resume(struct cvp_ctx *ctx, const json_t *user_cv, json_t *warnings);

#endif
