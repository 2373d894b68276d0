/* scan.h - finds the tags of a template, one after the other, under the delimiters in force. Private to this folder. */
#ifndef CVP_TEMPLATE_SCAN_H
#define CVP_TEMPLATE_SCAN_H

#include "template/tree.h"

#define CVP_TAG_NONE  '\0' /* the text is at its end */
#define CVP_TAG_VALUE 'v'  /* no sigil; the other kinds are their sigil, with '{' told as '&' */

struct cvp_delimiter {
	const char *text;
	uint32_t length;
};

struct cvp_scan {
	const char *text;
	uint32_t length;
	uint32_t at;                      /* where to look for the next tag */
	uint32_t counted, line;           /* newlines are counted up to here; the line there */
	struct cvp_delimiter open, close; /* borrowed from text once the template sets its own */
};

struct cvp_tag {
	char kind;
	bool dynamic;         /* the name had a star, which is cut off */
	uint32_t begin, end;  /* of the whole tag with its delimiters */
	uint32_t line;        /* where it begins */
	struct cvp_span name; /* without blanks around it; of a comment: empty */
};

void cvp_scan_init(struct cvp_scan *scan, const char *text, uint32_t length);

/* Reads the next tag and moves behind it; a change of delimiters is carried out. Returns NULL, or what is wrong with
 * the tag that begins at tag->line. */
const char *cvp_scan_next(struct cvp_scan *scan, struct cvp_tag *tag);

/* Does a tag that ends a section or block begin at `at`? */
bool cvp_scan_is_close(const struct cvp_scan *scan, uint32_t at);

static inline bool
cvp_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

#endif
