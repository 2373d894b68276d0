/* verify_number_words.h - numbers spelt in words, in English, Russian and Hebrew. Pure. Private to verify_numbers.c. */
#ifndef CVP_CAREER_VERIFY_NUMBER_WORDS_H
#define CVP_CAREER_VERIFY_NUMBER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "career/verify_numbers.h"

struct cvp_spelt {
	double value;
	enum cvp_unit unit; /* years of "decade", a factor of "doubled" */
	bool is_vague;      /* "dozens", "hundreds of" */
};

/* Reads the number spelt at the start of text ("twenty-five", "half a million", "двести"). Its bytes; 0 where the first
 * word spells none. */
size_t cvp_spelt_number(const char *text, struct cvp_spelt *spelt);

#endif
