/* match_words.h - words of working life that mean the same, across English, Russian and Hebrew and across the forms of
 * one notion ("led", "руководил", "ניהלתי"), so that a demand in one language finds the deed told in another.
 *
 * Pure. A table belongs to one match and lies in its arena. Private to the match files. */
#ifndef CVP_CAREER_MATCH_WORDS_H
#define CVP_CAREER_MATCH_WORDS_H

#include "text/text.h"

struct cvp_ctx;

struct cvp_match_words;

const struct cvp_match_words *cvp_match_words_make(struct cvp_ctx *ctx);

/* The key a word is compared by: its notion's name ("=team") where it has one, else its stem. */
const char *cvp_match_key(const struct cvp_match_words *table, const struct cvp_word *word);

#endif
