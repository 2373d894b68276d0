/* stem.h - stems by the script of a word. Private to lib/text. One thread at a time. */
#ifndef CVP_TEXT_STEM_H
#define CVP_TEXT_STEM_H

#include <stdbool.h>
#include <stddef.h>

#include "text/script.h"

struct cvp_ctx;
struct sb_stemmer;

/* Snowball's machines, made when first needed: a text in one language pays for one. */
struct cvp_stemmers {
	struct sb_stemmer *english, *russian;
};

void cvp_stemmers_free(struct cvp_stemmers *stemmers);

/* The stem of a folded word of `length` bytes whose letters are of `script`; in the arena, or folded itself. */
const char *cvp_stem(struct cvp_ctx *ctx, struct cvp_stemmers *stemmers, enum cvp_char script, const char *folded,
		     size_t length);

/* Is a folded word on the stop list of its script's language? */
bool cvp_is_stop_word(enum cvp_char script, const char *folded);

#endif
