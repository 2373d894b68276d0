/* read.h - what an employer's words say of the vacancy (SPEC 11.3), in Russian, English or Hebrew. A value that is
 * found replaces the one before, one that is not found erases nothing. Pure. */
#ifndef CVP_HIRING_READ_H
#define CVP_HIRING_READ_H

#include <jansson.h>

struct cvp_ctx;
struct cvp_lexicon;

enum cvp_hiring_source {
	CVP_HIRING_VACANCY, /* the text of a vacancy */
	CVP_HIRING_TASKS,   /* a list of tasks */
	CVP_HIRING_ANSWER,  /* the answer to the question for place, pay and employment */
	CVP_HIRING_REMARK   /* what is said later */
};

void cvp_hiring_read(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text,
		     enum cvp_hiring_source source, json_t *kb);

#endif
