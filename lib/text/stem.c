/* stem.c - Snowball for Latin and Cyrillic letters, light rules of our own for Hebrew.
 *
 * Hebrew: an ending of number, gender or construct goes first, then the one-letter prefixes (and, the, in, to, that,
 * as) one after another, as long as enough of the word is left; so a form and its prefixed form end alike even where a
 * root letter is taken for a prefix, since it is taken in both. The prefix for "from" stays: too many nouns begin
 * with that letter by their pattern. Final letters are written as ordinary ones. */
#include "text/stem.h"

#include <libstemmer.h>
#include <string.h>

#include "core/ctx.h"

#define HEBREW_MAX 64 /* code points; longer words stay as they are */

static const uint32_t tav = 0x05EA, yod = 0x05D9, he = 0x05D4, vav = 0x05D5, mem = 0x05DE;

void
cvp_stemmers_free(struct cvp_stemmers *stemmers)
{
	sb_stemmer_delete(stemmers->english);
	sb_stemmer_delete(stemmers->russian);
}

static bool
is_plain(const char *folded, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)folded[i] < 0x80 && (folded[i] < 'a' || folded[i] > 'z') && folded[i] != '\'')
			return false;
	}
	return true;
}

static const char *
snowball(struct cvp_ctx *ctx, struct sb_stemmer **stemmer, const char *language, const char *folded, size_t length)
{
	const sb_symbol *stem;

	if (length > 256 || !is_plain(folded, length))
		return folded; /* C++, Node.js, 44-ФЗ: names, not words */
	if (*stemmer == NULL)
		*stemmer = sb_stemmer_new(language, NULL);
	if (*stemmer == NULL)
		return folded;
	stem = sb_stemmer_stem(*stemmer, (const sb_symbol *)folded, (int)length);
	if (stem == NULL)
		return folded;
	return cvp_arena_strndup(ctx->arena, (const char *)stem, (size_t)sb_stemmer_length(*stemmer));
}

static uint32_t
unfinal(uint32_t c)
{
	bool is_final = c == 0x05DA || c == 0x05DD || c == 0x05DF || c == 0x05E3 || c == 0x05E5;

	return is_final ? c + 1 : c;
}

/* Letters left of a word once its ending is off. */
static size_t
hebrew_ending(const uint32_t *word, size_t count)
{
	uint32_t last = word[count - 1], before = count > 1 ? word[count - 2] : 0;

	if (last == mem && before == yod && count >= 5)
		return word[count - 3] == yod ? count - 3 : count - 2;
	if (last == mem && before == yod && count == 4)
		return count - 1; /* the noun in yod: two letters are too few */
	if (last == tav && (before == vav || before == yod) && count >= 4)
		return count >= 6 && before == vav && word[count - 3] == yod ? count - 3 : count - 2;
	if ((last == tav || last == he || last == yod) && count >= 4)
		return count - 1;
	return last == he && count == 3 ? 2 : count;
}

static bool
is_hebrew_prefix(uint32_t c)
{
	return c == vav || c == he || c == 0x05D1 || c == 0x05DC || c == 0x05E9 || c == 0x05DB;
}

static const char *
hebrew(struct cvp_ctx *ctx, const char *folded, size_t length)
{
	uint32_t word[HEBREW_MAX];
	size_t count = 0, first = 0, size, used = 0;
	char *stem;

	for (size_t at = 0; at < length; at += size) {
		if (count == HEBREW_MAX)
			return folded;
		word[count++] = unfinal(cvp_char_at(folded + at, length - at, &size));
	}
	count = hebrew_ending(word, count);
	while (count - first > 3 && is_hebrew_prefix(word[first]))
		first++;
	stem = cvp_arena_alloc(ctx->arena, length + 1);
	for (size_t i = first; i < count; i++)
		used += cvp_char_put(stem + used, word[i]);
	return stem;
}

const char *
cvp_stem(struct cvp_ctx *ctx, struct cvp_stemmers *stemmers, enum cvp_char script, const char *folded, size_t length)
{
	if (script == CVP_CHAR_LATIN)
		return snowball(ctx, &stemmers->english, "english", folded, length);
	if (script == CVP_CHAR_CYRILLIC)
		return snowball(ctx, &stemmers->russian, "russian", folded, length);
	if (script == CVP_CHAR_HEBREW && length > 0)
		return hebrew(ctx, folded, length);
	return folded;
}
