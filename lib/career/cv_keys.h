/* cv_keys.h - the member names of JSON Resume, old and new, and of the shapes people send instead. Private to the CV's
 * files. Constant data; any thread. */
#ifndef CVP_CAREER_CV_KEYS_H
#define CVP_CAREER_CV_KEYS_H

#include <stdbool.h>

#include "career/cv.h"

/* What the string under a member says; the best-known name of a thing comes first in its section's list. */
struct cvp_cv_member {
	const char *key;
	enum cvp_cv_role role;
};

struct cvp_cv_section_keys {
	enum cvp_cv_section section;
	const char *names[5];             /* of the array at the root; ends with NULL */
	enum cvp_cv_role text_role;       /* of an entry that is a mere string */
	bool takes_text;                  /* may an entry be a mere string? */
	bool has_entries;                 /* makes a struct cvp_cv_entry of each */
	struct cvp_cv_member members[20]; /* ends with a NULL key */
};

/* Row of a section; never NULL. */
const struct cvp_cv_section_keys *cvp_cv_section_keys(enum cvp_cv_section section);

/* The section a member of the root holds; NULL where it holds none. */
const struct cvp_cv_section_keys *cvp_cv_section_named(const char *key);

/* A member's row in its section; NULL where its strings prove nothing. */
const struct cvp_cv_member *cvp_cv_member_named(const struct cvp_cv_section_keys *section, const char *key);

#endif
