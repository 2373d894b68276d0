/* words_memo.h - texts and words that a context has met already, with what came of them. Private to lib/text.
 *
 * Two hash tables in the context's arena, of whole texts and of single words, by their bytes. One thread. */
#ifndef CVP_TEXT_WORDS_MEMO_H
#define CVP_TEXT_WORDS_MEMO_H

#include "text/text.h"

struct cvp_stemmers;
struct cvp_words_memo;

/* The context's; NULL where nobody has asked it to remember. */
struct cvp_words_memo *cvp_words_memo(struct cvp_ctx *ctx);

/* Made when first needed, released with the context's memory. */
struct cvp_stemmers *cvp_words_memo_stemmers(struct cvp_words_memo *memo);

/* The place of what is known of a text or a word: zeroed where it is met for the first time, for the caller to fill.
 * Valid until the next call. NULL for a text that is too long to be worth it. */
struct cvp_words *cvp_words_known_text(struct cvp_ctx *ctx, struct cvp_words_memo *memo, const char *text,
				       size_t length);
struct cvp_word *cvp_words_known_word(struct cvp_ctx *ctx, struct cvp_words_memo *memo, const char *text,
				      size_t length);

#endif
