/* phrase.h - the sentences of artifacts: phrases of templates/i18n/artifact.<lang>.json with their gaps filled.
 *
 * A phrase is a string, or a list of variants. "{name}" is a gap; what fills it comes from slots. A value whose script
 * runs against the language's direction is put between direction isolates (U+2068, U+2069), so that an English title
 * inside a Hebrew sentence reads in order. Pure; results are in the context's arena. */
#ifndef CVP_CAREER_PHRASE_H
#define CVP_CAREER_PHRASE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

struct cvp_ctx;

struct cvp_phrases {
	struct cvp_ctx *ctx;
	const json_t *table; /* of the language */
	enum cvp_language language;
};

/* One gap and its value; the list ends with a NULL name. */
struct cvp_slot {
	const char *name, *value;
};

/* The phrases of a language ("en", "ru", "he"; others as "en"), of all (language name -> key -> phrase). */
struct cvp_phrases cvp_phrases_of(struct cvp_ctx *ctx, const json_t *all, const char *language);

/* Variant number `variant` modulo how many there are. A missing key is "" : a test holds the three files against each
 * other and against the keys the code uses. */
const char *cvp_phrase(const struct cvp_phrases *phrases, const char *key, size_t variant,
		       const struct cvp_slot *slots);

/* key.one, key.few, key.many by the plural rules of the language (CLDR), with {n} filled. */
const char *cvp_phrase_count(const struct cvp_phrases *phrases, const char *key, long n);

/* "a, b and c" as the language writes it. */
const char *cvp_phrase_list(const struct cvp_phrases *phrases, const char *const *items, size_t count);

bool cvp_phrase_exists(const struct cvp_phrases *phrases, const char *key);

#endif
