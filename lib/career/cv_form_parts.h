/* cv_form_parts.h - which fields a CV's form has. Private to the files of cv_form.h. */
#ifndef CVP_CAREER_CV_FORM_PARTS_H
#define CVP_CAREER_CV_FORM_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct cvp_ctx;

enum cvp_form_kind {
	CVP_FORM_TEXT,
	CVP_FORM_DATE,
	CVP_FORM_PLACE,
	CVP_FORM_LINES,
	CVP_FORM_SKILLS,
	CVP_FORM_LANGUAGES
};

struct cvp_form_field {
	const char *key;    /* in the form */
	const char *member; /* in the resume */
	enum cvp_form_kind kind;
	int rows;             /* of its box; 0: one line */
	const char *complete; /* what a browser may fill in, or NULL */
	bool is_left_over;    /* only shown where something stands in it */
};

/* A group of fields: of basics, of the resume itself, or of each entry of a list. */
struct cvp_form_part {
	const char *key;
	const char *const *members; /* names the list has in resumes, the first one its own; NULL-terminated */
	const struct cvp_form_field *fields;
	size_t count;
};

extern const struct cvp_form_part cvp_form_basics, cvp_form_lists, cvp_form_entries[2];
#define CVP_FORM_ENTRIES_MOST 64 /* more than a CV may have, so that the limit is told and not kept in silence */

/* Under which name the resume has the list: the first of the names that is there, else the first. */
const char *cvp_form_member(const struct cvp_form_part *part, const json_t *resume);

/* Is it a list the form can show, or not there? */
bool cvp_form_shows(const struct cvp_form_part *part, const json_t *resume);

/* A value of a resume as its field shows it; never NULL. */
const char *cvp_form_text(struct cvp_ctx *ctx, const json_t *value);

/* Is there a word in the entry of a form? */
bool cvp_form_has_words(const json_t *entry);

#endif
