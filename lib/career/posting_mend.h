/* posting_mend.h - JSON-LD as pages carry it, which is not always JSON. Pure. Private to the posting files. */
#ifndef CVP_CAREER_POSTING_MEND_H
#define CVP_CAREER_POSTING_MEND_H

#include <jansson.h>

struct cvp_ctx;

/* The first JSON value of a text: as it stands, else with the faults mended that templates of job pages make: quotes
 * written as entities, "\$", commas too many or missing, line ends inside of strings. No word of it is changed. NULL
 * where it is none even so; owned by the context. */
json_t *cvp_json_mend(struct cvp_ctx *ctx, const char *text);

#endif
