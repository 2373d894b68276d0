/* cv_chars.h - code points of UTF-8 text, for the readers of dates and plain-text CVs. Private to the CV's files.
 *
 * Pure; any thread. Texts are NUL-terminated. A broken sequence reads as U+FFFD, one byte long, so that every loop
 * moves on. */
#ifndef CVP_CAREER_CV_CHARS_H
#define CVP_CAREER_CV_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point at text and its length in bytes; 0 and length 0 at the end. */
uint32_t cvp_cv_char_at(const char *text, size_t *length);

/* The code point that ends just before byte `at`; 0 at the start. */
uint32_t cvp_cv_char_before(const char *text, size_t at);

bool cvp_cv_char_is_letter(uint32_t c); /* letters and marks of any script */
bool cvp_cv_char_is_upper(uint32_t c);
bool cvp_cv_char_is_digit(uint32_t c); /* ASCII */
bool cvp_cv_char_is_space(uint32_t c); /* with no-break spaces, zero-width and direction marks */
bool cvp_cv_char_is_dash(uint32_t c);  /* hyphens, dashes, minus, maqaf, tilde */
uint32_t cvp_cv_char_lower(uint32_t c);

/* Bytes of white space at text. */
size_t cvp_cv_chars_space(const char *text);

/* Does text begin with word (already in lower case), case aside, and does no letter or digit follow? The number of
 * bytes, else 0. A space in word stands for any run of white space. */
size_t cvp_cv_chars_word(const char *text, const char *word);

/* The longest of the words at text; the number of bytes, else 0. *which (may be NULL): its index. */
size_t cvp_cv_chars_any_word(const char *text, const char *const *words, size_t count, size_t *which);

#endif
