/* cv_user.h - UserCV made a JSON Resume. Private to the CV's files. The other way is cvp_cv_to_user_cv(). */
#ifndef CVP_CAREER_CV_USER_H
#define CVP_CAREER_CV_USER_H

#include <jansson.h>
#include <stdbool.h>

struct cvp_ctx;

/* SPEC 2.2's table from left to right; members it does not name are kept as they are. user_cv has passed its schema.
 * What could not be read is told in warnings. Owned by the context. */
json_t *cvp_user_cv_to_resume(struct cvp_ctx *ctx, const json_t *user_cv, json_t *warnings);

/* Shared with other readers of JSON. "Austin, TX" as the location of basics: the city up to the first comma, the rest
 * the region; nothing where text is NULL or blank. */
void cvp_cv_put_location(json_t *basics, const char *text);

/* startDate and endDate as a span of time is written ("2019 – 2021", "May 2020 to present"), and x_dates as it was.
 * is_current: it has no end, whatever is written. False where it could not be read. */
bool cvp_cv_put_span(struct cvp_ctx *ctx, json_t *entry, const char *text, bool is_current);

#endif
