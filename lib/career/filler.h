/* filler.h - the printers' filler text (lorem ipsum), which templates of CVs come with and people forget to replace.
 * Pure. */
#ifndef CVP_CAREER_FILLER_H
#define CVP_CAREER_FILLER_H

#include <stdbool.h>

struct cvp_ctx;

/* Is at least half of the text filler? Such a line tells nothing of anybody. */
bool cvp_is_filler(struct cvp_ctx *ctx, const char *text);

#endif
