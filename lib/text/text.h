/* text.h - words of a text in any of our languages: folded, stemmed, compared.
 *
 * Pure. Text is valid UTF-8 without U+0000 (checked at the edges). All results are in the context's arena. */
#ifndef CVP_TEXT_TEXT_H
#define CVP_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;

enum cvp_language { CVP_EN, CVP_RU, CVP_HE, CVP_LANGUAGE_COUNT };

/* "en", "ru", "he". */
const char *cvp_language_name(enum cvp_language language);
bool cvp_language_named(const char *name, enum cvp_language *language);

/* SPEC 2.1: of all letters at least 30 % Hebrew: he, else at least 30 % Cyrillic: ru, else en. */
enum cvp_language cvp_language_detect(const char *text, size_t length);

/* One word: a run of letters and digits with what holds a term together (C++, C#, .NET, Node.js, e-mail, CI/CD are
 * split at '/' only). offset and length are bytes of the text it was cut from. */
struct cvp_word {
	size_t offset, length;
	const char *folded; /* NFC, case-folded, digits of all scripts as ASCII, ё as е, Hebrew without points */
	const char *stem;   /* Snowball stem of folded by the script of its letters; Hebrew by our own rules */
	bool is_stop;       /* on the stop list of its language */
};

struct cvp_words {
	struct cvp_word *words;
	size_t count;
};

struct cvp_words cvp_words_of(struct cvp_ctx *ctx, const char *text, size_t length);

/* From here to the context's reset no text is cut twice and no word folded and stemmed twice: for work that comes back
 * to the same texts. The words of equal texts are then the same array; nobody writes to it. */
void cvp_words_remember(struct cvp_ctx *ctx);

/* Text made comparable (SPEC 8): NFC, trimmed, one kind of space, dash and quote, digits of all scripts folded. Keeps
 * case; cvp_text_fold() folds it too. */
const char *cvp_text_normal(struct cvp_ctx *ctx, const char *text);
const char *cvp_text_fold(struct cvp_ctx *ctx, const char *text);

/* 1 - edit distance / longer length, in code points of the texts as given; 1 for two empty texts. */
double cvp_text_similarity(struct cvp_ctx *ctx, const char *a, const char *b);

/* Number of code points. */
size_t cvp_text_length(const char *text);

/* Valid UTF-8 without U+0000? */
bool cvp_text_is_valid(const char *text, size_t length);

#endif
