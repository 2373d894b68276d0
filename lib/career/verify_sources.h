/* verify_sources.h - does a text rest on the line it cites? Pure. Private to lib/career/verify*.c. */
#ifndef CVP_CAREER_VERIFY_SOURCES_H
#define CVP_CAREER_VERIFY_SOURCES_H

#include <stdbool.h>

#include "career/match_words.h"
#include "text/lexicon.h"

struct cvp_ctx;

/* source: a line as it stands in the CV; text: plain. True where the text quotes it, names it whole, or shares with it
 * a figure, a skill (or one that the source's implies), two words that carry a meaning, or all of a shorter line. */
bool cvp_source_is_used(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const struct cvp_match_words *notions,
			const char *source, const char *text);

#endif
