/* cv_text_lists.h - lists written on one line. Private to cv_text*.c. */
#ifndef CVP_CAREER_CV_TEXT_LISTS_H
#define CVP_CAREER_CV_TEXT_LISTS_H

#include "career/cv_text.h"

/* Appends the items of a list ("Go, C; SQL | Bash") to array as texts: cut at commas, semicolons, bars, bullets, tabs,
 * outside brackets; a list inside brackets ("AWS (EC2, S3)") gives its items too. Items longer than a skill may be
 * (SPEC 2.5) are kept as unparsed, with a warning. */
void cvp_text_split_list(struct cvp_text_reader *reader, json_t *array, const char *text);

/* Does the array hold this text, case aside for ASCII? */
bool cvp_text_array_has(const json_t *array, const char *text);

#endif
