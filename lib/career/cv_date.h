/* cv_date.h - dates and spans of time as CVs write them, found inside a text. Private to the CV's files.
 *
 * Pure; any thread. Offsets are bytes. Languages: en, ru, he. */
#ifndef CVP_CAREER_CV_DATE_H
#define CVP_CAREER_CV_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "career/cv.h"

#define CVP_YEAR_MIN 1900 /* what a CV may mean by a number of four digits */
#define CVP_YEAR_MAX 2100

/* A span of time in a text: bytes [from, to). */
struct cvp_date_range {
	size_t from, to;
	struct cvp_date start, end; /* a lone date is the end; start.year = 0 then, unless "since" opened it */
	bool is_open;               /* until now */
	bool is_range;              /* both ends were written */
};

/* The date that begins exactly at text; the number of bytes it takes, 0 where there is none. */
size_t cvp_date_scan(const char *text, struct cvp_date *date);

/* A month's name exactly at text, in Hebrew also with its preposition; the number of bytes, else 0. */
size_t cvp_date_scan_month(const char *text, int *month);

/* "to", "until", "по", "עד" exactly at text; the number of bytes, else 0. */
size_t cvp_date_scan_till(const char *text);

/* May a date begin at byte `at`: not inside a word, a number, a link or a sum of money? */
bool cvp_date_may_begin(const char *text, size_t at);

/* "Present" and its like, beginning exactly at text; the number of bytes, 0 where there is none. */
size_t cvp_date_scan_now(const char *text);

/* The first span at or after byte `at` of text: a range ("Jan 2020 – Present", "с 2018 по 2020", "2019/20"), else a
 * lone date. A range written end first is turned round. False where there is none. */
bool cvp_date_range_find(const char *text, size_t at, struct cvp_date_range *range);

/* Negative, 0, positive as a is before, like or after b; a part not given counts as the earliest. */
int cvp_date_compare(struct cvp_date a, struct cvp_date b);

#endif
