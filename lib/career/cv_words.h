/* cv_words.h - which words make a job title, an employer, a place, a degree, a school. Private to the CV's files.
 *
 * A table is built once an import into the arena; then any number of look-ups. Words in en, ru, he. */
#ifndef CVP_CAREER_CV_WORDS_H
#define CVP_CAREER_CV_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_word_table;

/* Classes a word may be in; a set of bits. */
enum cvp_word_class {
	CVP_WORD_TITLE = 1,        /* engineer, manager, повар, מנהל */
	CVP_WORD_RANK = 2,         /* senior, junior, chief: beside a title */
	CVP_WORD_COMPANY = 4,      /* Inc, bank, ООО, בע"מ */
	CVP_WORD_PLACE = 8,        /* countries, large cities, remote */
	CVP_WORD_DEGREE = 16,      /* bachelor, MSc, диплом, תואר */
	CVP_WORD_SCHOOL = 32,      /* university, колледж, מכללה */
	CVP_WORD_LANGUAGE = 64,    /* English, русский, עברית */
	CVP_WORD_FLUENCY = 128,    /* native, fluent, B2, свободно */
	CVP_WORD_EMPLOYMENT = 256, /* full-time, contract, стажировка as a kind of employment */
	CVP_WORD_DURATION = 512,   /* years, months, г, лет */
	CVP_WORD_LEGAL = 1024      /* Inc, GmbH, ООО, בע"מ: nothing but a company has them */
};

/* How the words of a text are spread over the classes. */
struct cvp_word_counts {
	int words, capitals; /* all words; those that begin with a capital or have no case */
	int title, rank, company, place, degree, school, language, fluency, employment, duration, legal, numbers;
	bool ends_in_title; /* the last word that is no number or mark is a title's head ("Store Manager") */
};

const struct cvp_word_table *cvp_word_table_new(struct cvp_ctx *ctx);

/* The classes of the word of `length` bytes at text, case aside; 0 for an unknown word. */
unsigned cvp_word_classes(const struct cvp_word_table *table, const char *text, size_t length);

/* Counts the words of a text. */
struct cvp_word_counts cvp_word_count(const struct cvp_word_table *table, const char *text);

/* The next word of text at or after *at: its length, its offset in *at; 0 at the end. A word is a run of letters and
 * digits, with what joins them inside: "B.Sc", "C++", "full-time", "בע\"מ", "O'Reilly". */
size_t cvp_word_next(const char *text, size_t *at);

/* "Austin, TX", "Москва", "Remote", "Berlin, Germany", "San Jose, CA 95110": nothing but a place? */
bool cvp_words_are_place(const struct cvp_word_table *table, const char *text);

/* "TX", "CA 94115": the code of a state or country at the front? */
bool cvp_words_are_region_code(const char *text);

/* "2 years 10 months", "1 год 2 мес.": nothing but a length of time? */
bool cvp_words_are_duration(const struct cvp_word_table *table, const char *text);

#endif
