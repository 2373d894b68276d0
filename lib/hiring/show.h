/* show.h - a vacancy's fields in words. Pure; results are in the context's arena. */
#ifndef CVP_HIRING_SHOW_H
#define CVP_HIRING_SHOW_H

#include <jansson.h>
#include <stdint.h>

struct cvp_ctx;
struct cvp_phrases;

/* What was understood, a line a field; "" where nothing was. */
const char *cvp_hiring_shown(const struct cvp_phrases *phrases, const json_t *kb);

/* An amount of pay, of at least 1,000, as the comments of SPEC 11.3 write it: "200,000". */
const char *cvp_hiring_amount(struct cvp_ctx *ctx, int64_t value);

/* One field in words; NULL where it is not known. */
const char *cvp_hiring_place_shown(const struct cvp_phrases *phrases, const json_t *kb); /* a city with its capital */
const char *cvp_hiring_pay_shown(const struct cvp_phrases *phrases, const json_t *kb);

#endif
