/* contact.h - takes out of a text what says who a candidate is and how to reach them: for texts that leave the house.
 *
 * Pure; one struct cvp_contact a CV, in the context's arena. */
#ifndef CVP_CAREER_CONTACT_H
#define CVP_CAREER_CONTACT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct cvp_ctx;

#define CVP_CONTACT_MAX 64 /* values; a CV with more profiles has the rest seen as links */

struct cvp_contact {
	const char
	    *values[CVP_CONTACT_MAX]; /* name, mail, phone, address, links and names of profiles, longest first */
	size_t value_count;
	const char *names[8]; /* the words of the name */
	size_t name_count;
};

/* Reads `basics` of a JSON Resume. */
struct cvp_contact cvp_contact_of(struct cvp_ctx *ctx, const json_t *resume);

/* The text with every value, mail address, link and phone number as "[...]"; with_names: the words of the name, too,
 * which a free text may hold and the name of an employer may be. The text itself where there is none. */
const char *cvp_contact_removed(struct cvp_ctx *ctx, const struct cvp_contact *contact, const char *text,
				bool with_names);

#endif
