/* cv_text_degree.h - degree, subject and school told apart in the parts of an education entry. Private to cv_text*.c.
 */
#ifndef CVP_CAREER_CV_TEXT_DEGREE_H
#define CVP_CAREER_CV_TEXT_DEGREE_H

#include "career/cv_text_head.h"

/* NULL where not found. */
struct cvp_degree {
	const char *institution, *study_type, *area, *location, *score, *honors;
};

struct cvp_degree cvp_degree_of(const struct cvp_text_reader *reader, struct cvp_parts *parts);

/* The bytes of a degree's name at the start of text: "Bachelor of Science (BS)", "תואר ראשון", "Master's degree". */
size_t cvp_degree_scan(const struct cvp_text_reader *reader, const char *text);

/* Marks, honours, courses and the rest of what stands under an entry. */
void cvp_degree_read_details(struct cvp_text_reader *reader, json_t *entry, const struct cvp_text_lines *details);

#endif
