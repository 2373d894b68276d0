/* cv_text_school.h - what parts a subject and a school where no mark does. Private to cv_text*.c. */
#ifndef CVP_CAREER_CV_TEXT_SCHOOL_H
#define CVP_CAREER_CV_TEXT_SCHOOL_H

#include "career/cv_text.h"

/* "Degree : Subject School - Town, ST Subject and more" with tabs where its parts end; what is told behind the town
 * goes to *rest ("" without). Any other line as it is. */
const char *cvp_text_mark_school(const struct cvp_text_reader *reader, const char *text, const char **rest);

/* "Example High School Example College": where the second school begins; 0 without one. */
size_t cvp_text_second_school(const struct cvp_text_reader *reader, const char *text);

#endif
