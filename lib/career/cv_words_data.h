/* cv_words_data.h - the lists behind cv_words.c. Constant data. */
#ifndef CVP_CAREER_CV_WORDS_DATA_H
#define CVP_CAREER_CV_WORDS_DATA_H

#include <stddef.h>

#include "career/cv_words.h"

struct cvp_word_list {
	enum cvp_word_class word_class;
	const char *words; /* parted by spaces */
};

extern const struct cvp_word_list cvp_word_lists[];
extern const size_t cvp_word_list_count;

#endif
