/* cv_entry.h - one job, school or project of a resume read into its view. Private to the CV's files. */
#ifndef CVP_CAREER_CV_ENTRY_H
#define CVP_CAREER_CV_ENTRY_H

#include <jansson.h>

#include "career/cv.h"
#include "career/cv_keys.h"

struct cvp_ctx;

/* The string under the first of the keys (ended by NULL) that holds one and is not blank; {NULL, NULL} without.
 * CVP_VALIDATION_ERROR where it is neither text nor null. */
CVP_CHECKED enum cvp_code cvp_cv_text_of(struct cvp_ctx *ctx, const json_t *object, const char *pointer,
					 const char *const *keys, struct cvp_cv_text *text);

/* Fills entry from object, which stands at pointer. CVP_VALIDATION_ERROR with the pointer of the wrong member. */
CVP_CHECKED enum cvp_code cvp_cv_entry_read(struct cvp_ctx *ctx, const struct cvp_cv_section_keys *keys,
					    const json_t *object, const char *pointer, struct cvp_cv_entry *entry);

/* NULL, "" or white space? */
bool cvp_cv_is_blank(const char *text);

#endif
