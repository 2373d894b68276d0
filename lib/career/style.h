/* style.h - worn words and monotony in texts we hand out (SPEC 7.10): reported, never changed. Pure. */
#ifndef CVP_CAREER_STYLE_H
#define CVP_CAREER_STYLE_H

#include <jansson.h>
#include <stddef.h>

struct cvp_ctx;

/* A text and the JSON Pointer it stands at. */
struct cvp_styled {
	const char *field, *text;
};

/* [{code, message, field?}], owned by the context: WORN_WORD for each word of the list, in any inflection, at its
 * field; SENTENCE_LENGTHS_ALIKE where fewer than 30 % of the sentences' lengths differ; SENTENCE_LENGTH where their
 * mean is outside 8 to 25 words; SAME_FIRST_WORD where most texts begin with one word. Messages are English. */
json_t *cvp_style_issues(struct cvp_ctx *ctx, const struct cvp_styled *texts, size_t count);

#endif
