#include "career/cv_chars.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

/* Zero-width characters, direction marks and the byte order mark: invisible, so as good as a space around a word. */
static bool
is_invisible(uint32_t c)
{
	return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
	       c == 0xFEFF || c == 0xAD;
}

uint32_t
cvp_cv_char_at(const char *text, size_t *length)
{
	ucs4_t c = 0;
	int bytes;

	if ((unsigned char)text[0] < 0x80) {
		*length = text[0] ? 1 : 0;
		return (unsigned char)text[0];
	}
	bytes = u8_mbtouc(&c, (const uint8_t *)text, strnlen(text, 4));
	if (c == 0xFFFD && (unsigned char)text[0] != 0xEF)
		bytes = 1;
	*length = (size_t)bytes;
	return c;
}

uint32_t
cvp_cv_char_before(const char *text, size_t at)
{
	size_t start = at, length;

	if (at == 0)
		return 0;
	do
		start--;
	while (start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80 && at - start < 4);
	return cvp_cv_char_at(text + start, &length);
}

bool
cvp_cv_char_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return uc_is_property_alphabetic(c) || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M);
}

bool
cvp_cv_char_is_upper(uint32_t c)
{
	return c < 0x80 ? c >= 'A' && c <= 'Z' : uc_is_property_uppercase(c);
}

bool
cvp_cv_char_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

bool
cvp_cv_char_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000 || is_invisible(c);
}

bool
cvp_cv_char_is_dash(uint32_t c)
{
	return c == '-' || c == '~' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x05BE || c == 0x2043 ||
	       c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

uint32_t
cvp_cv_char_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
	return uc_tolower(c);
}

size_t
cvp_cv_chars_space(const char *text)
{
	size_t at = 0, length;

	while (cvp_cv_char_is_space(cvp_cv_char_at(text + at, &length)) && length > 0)
		at += length;
	return at;
}

size_t
cvp_cv_chars_word(const char *text, const char *word)
{
	size_t at = 0, from = 0, length, step;
	uint32_t c;

	while (word[from]) {
		if (word[from] == ' ') {
			length = cvp_cv_chars_space(text + at);
			if (length == 0)
				return 0;
			at += length;
			from++;
			continue;
		}
		if (cvp_cv_char_lower(cvp_cv_char_at(text + at, &length)) != cvp_cv_char_at(word + from, &step) ||
		    length == 0)
			return 0;
		at += length;
		from += step;
	}
	c = cvp_cv_char_at(text + at, &length);
	/* A word that ends in a mark ("н.в.") needs nothing after it. */
	if (cvp_cv_char_is_letter(cvp_cv_char_before(word, from)) &&
	    (cvp_cv_char_is_letter(c) || cvp_cv_char_is_digit(c)))
		return 0;
	return at;
}

size_t
cvp_cv_chars_any_word(const char *text, const char *const *words, size_t count, size_t *which)
{
	size_t best = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = cvp_cv_chars_word(text, words[i]);

		if (length <= best)
			continue;
		best = length;
		if (which)
			*which = i;
	}
	return best;
}
