/* verify_tailored_parts.h - what the parts of a tailored CV's verification share. Private to verify_tailored*.c.
 * Everything is in the context's arena; one thread. */
#ifndef CVP_CAREER_VERIFY_TAILORED_PARTS_H
#define CVP_CAREER_VERIFY_TAILORED_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "career/cv.h"
#include "career/verify_artifact.h"

#define CVP_TAILORED "/tailored_cv"

struct cvp_tailored_check {
	struct cvp_verification v;
	const json_t *cv; /* tailored_cv as given */
	json_t *made;     /* tailored_cv as mended */
};

/* Comparable as SPEC 8 says: what a reader sees, one line, in one notation. NULL and blank are alike: "". */
const char *cvp_tailored_plain(const struct cvp_tailored_check *t, const char *text);

/* Is it the text of any member of the value, at any depth, whole? Figures count as their text. */
bool cvp_tailored_has(const struct cvp_tailored_check *t, const json_t *value, const char *text);

/* Do all texts of the value stand somewhere in another value? */
bool cvp_tailored_has_all(const struct cvp_tailored_check *t, const json_t *value, const json_t *texts);

void cvp_tailored_report(struct cvp_tailored_check *t, const char *field, enum cvp_severity severity,
			 const char *expected, const char *actual);

/* Sets a member of a mended object, removes it where text is NULL. */
void cvp_tailored_put(json_t *object, const char *key, const char *text);

/* verify_tailored_entries.c: jobs, schools and certificates. *entries: beside the artifact's list, the entry of the CV
 * each tells of, NULL where there is none. */
const struct cvp_cv_entry **cvp_tailored_jobs_check(struct cvp_tailored_check *t);
const struct cvp_cv_entry **cvp_tailored_schools_check(struct cvp_tailored_check *t);

/* verify_tailored_facts.c */
void cvp_tailored_contact_check(struct cvp_tailored_check *t);
void cvp_tailored_certificates_check(struct cvp_tailored_check *t);
void cvp_tailored_places_check(struct cvp_tailored_check *t, const char *list, const struct cvp_cv_entry **entries);
void cvp_tailored_loose_check(struct cvp_tailored_check *t, const struct cvp_cv_entry **schools);
void cvp_tailored_other_check(struct cvp_tailored_check *t);

/* verify_tailored_text.c: bullets and what else is told of the jobs, the summary. */
void cvp_tailored_bullets_check(struct cvp_tailored_check *t, const struct cvp_cv_entry **jobs);
void cvp_tailored_highlights_check(struct cvp_tailored_check *t);
void cvp_tailored_summary_check(struct cvp_tailored_check *t);

/* verify_tailored_skills.c */
void cvp_tailored_skills_check(struct cvp_tailored_check *t);

#endif
