/* diff.h - what differs between two texts, word by word. Pure; results are in the context's arena. */
#ifndef CVP_TEXT_DIFF_H
#define CVP_TEXT_DIFF_H

#include <stddef.h>

struct cvp_ctx;

enum cvp_diff_kind { CVP_DIFF_SAME, CVP_DIFF_GONE, CVP_DIFF_NEW };

/* A run of whole words with the white space behind each, as it stands in the text after (GONE: before). */
struct cvp_diff_run {
	enum cvp_diff_kind kind;
	const char *text; /* NUL-terminated */
};

struct cvp_diff {
	struct cvp_diff_run *runs; /* neighbours are of different kinds */
	size_t count;
};

/* By the longest common subsequence of words, a word being a run without white space. SAME and NEW runs joined are
 * `after`, byte for byte; SAME and GONE words are those of `before`. Texts of which more than CVP_DIFF_WORDS words
 * differ at their ends' inside are one GONE and one NEW run there: the work is bounded. */
#define CVP_DIFF_WORDS 2000
struct cvp_diff cvp_diff_words(struct cvp_ctx *ctx, const char *before, const char *after);

#endif
