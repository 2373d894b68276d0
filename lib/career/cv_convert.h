/* cv_convert.h - CVs of other makers' JSON made a JSON Resume by tables: which member becomes which. Private to the
 * CV's files.
 *
 * Pure. One converter belongs to one thread; all it makes is owned by its context. What is of the wrong kind is a
 * CVP_VALIDATION_ERROR with the pointer to the member as it was given. */
#ifndef CVP_CAREER_CV_CONVERT_H
#define CVP_CAREER_CV_CONVERT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;

struct cvp_converter {
	struct cvp_ctx *ctx;
	json_t *resume, *warnings;
};

enum cvp_convert_kind {
	CVP_CONVERT_TEXT,  /* the first that is given */
	CVP_CONVERT_LINK,  /* a text, or an object with an href or a url */
	CVP_CONVERT_LIST,  /* texts */
	CVP_CONVERT_SPAN,  /* one text: startDate, endDate, x_dates */
	CVP_CONVERT_START, /* one date */
	CVP_CONVERT_END,   /* one date, which may say "present" */
	CVP_CONVERT_RICH,  /* HTML or text, all that are given: list entries become highlights, the rest the member */
	CVP_CONVERT_LINES  /* the same, all lines in the member */
};

struct cvp_convert_field {
	enum cvp_convert_kind kind;
	const char *to;
	const char *from[4]; /* ends with NULL */
};

/* What becomes of the items of one list. */
struct cvp_convert_section {
	const char *name;                    /* in their file */
	const char *to;                      /* the resume's list, or, of basics, "profiles" */
	struct cvp_convert_field fields[12]; /* ends with a row without `to` */
};

/* The named one of a table that ends with a row without a name; NULL. */
const struct cvp_convert_section *cvp_convert_section_named(const struct cvp_convert_section *table, const char *name);

/* An object's member that is text or a number: the first of the keys that is given and not blank; NULL without. */
CVP_CHECKED enum cvp_code cvp_convert_text(struct cvp_converter *converter, const json_t *object, const char *pointer,
					   const char *const *keys, const char **text);

/* Sets a member of basics from it. */
CVP_CHECKED enum cvp_code cvp_convert_basic(struct cvp_converter *converter, const json_t *object, const char *pointer,
					    const char *const *keys, const char *to);

/* The object's link, as CVP_CONVERT_LINK. */
CVP_CHECKED enum cvp_code cvp_convert_link(struct cvp_converter *converter, const json_t *object, const char *pointer,
					   const char *const *keys, const char **link);

/* Is it marked as not to be shown: visible false; hidden, private or ignore true? */
CVP_CHECKED enum cvp_code cvp_convert_is_hidden(struct cvp_converter *converter, const json_t *object,
						const char *pointer, bool *is_hidden);

/* Checks that a member is an object (or a list): *value is it, NULL where it is absent, null or hidden. */
CVP_CHECKED enum cvp_code cvp_convert_object(struct cvp_converter *converter, const json_t *parent, const char *pointer,
					     const char *key, const json_t **value);
CVP_CHECKED enum cvp_code cvp_convert_list(struct cvp_converter *converter, const json_t *parent, const char *pointer,
					   const char *key, const json_t **value);

/* One item made an entry of the resume's list, with what the table says; an item with nothing in it makes none. */
CVP_CHECKED enum cvp_code cvp_convert_item(struct cvp_converter *converter, const struct cvp_convert_section *section,
					   const json_t *item, const char *pointer);

typedef enum cvp_code cvp_convert_one(struct cvp_converter *converter, const struct cvp_convert_section *section,
				      const json_t *item, const char *pointer);

/* All items shown of a list, each by `convert`, as cvp_convert_item(). */
CVP_CHECKED enum cvp_code cvp_convert_each(struct cvp_converter *converter, const struct cvp_convert_section *section,
					   const json_t *items, const char *pointer, cvp_convert_one *convert);

/* Keeps lines that have no place in a JSON Resume in x_unparsed, each behind `label` and ": ". */
void cvp_convert_keep(struct cvp_converter *converter, const char *label, const char *lines);

#endif
