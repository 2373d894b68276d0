/* script.h - code points as our text code sees them: letters by script, digits, what is skipped. Pure; any thread. */
#ifndef CVP_TEXT_SCRIPT_H
#define CVP_TEXT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cvp_char {
	CVP_CHAR_OTHER,
	CVP_CHAR_LATIN, /* and every letter that is neither Cyrillic nor Hebrew */
	CVP_CHAR_CYRILLIC,
	CVP_CHAR_HEBREW,
	CVP_CHAR_DIGIT,
	CVP_CHAR_MARK,   /* combining: belongs to the letter before it */
	CVP_CHAR_IGNORED /* invisible: soft hyphen, joiners, direction marks */
};

/* The code point at text[0..length), length >= 1; *size is its length in bytes. */
uint32_t cvp_char_at(const char *text, size_t length, size_t *size);

enum cvp_char cvp_char_class(uint32_t c);

static inline bool cvp_char_is_letter(enum cvp_char class)
{
	return class == CVP_CHAR_LATIN || class == CVP_CHAR_CYRILLIC || class == CVP_CHAR_HEBREW;
}

/* One code point of a kind stands for all its like: a space, '-', '\'' or '"', an ASCII digit, 0 for ignored ones. */
uint32_t cvp_char_plain(uint32_t c);

/* Writes c as UTF-8 (1 to 4 bytes) and returns its length. */
size_t cvp_char_put(char *to, uint32_t c);

#endif
