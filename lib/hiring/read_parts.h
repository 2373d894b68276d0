/* read_parts.h - what the readers of a vacancy's fields share. Private to lib/hiring. */
#ifndef CVP_HIRING_READ_PARTS_H
#define CVP_HIRING_READ_PARTS_H

#include <stdbool.h>

#include "hiring/kb.h"
#include "hiring/read.h"
#include "text/text.h"

struct cvp_hiring_text {
	struct cvp_ctx *ctx;
	const struct cvp_lexicon *lexicon;
	const char *text;
	struct cvp_words words;
	enum cvp_hiring_source source;
	json_t *kb;
};

/* Is the text said in the chat, where every number may be pay and every first word a place? */
static inline bool
cvp_hiring_is_said(const struct cvp_hiring_text *t)
{
	return t->source == CVP_HIRING_ANSWER || t->source == CVP_HIRING_REMARK;
}

/* The next line of a text, without blanks at its end, and *at behind it; NULL at the end of the text. In the context.
 */
const char *cvp_hiring_next_line(struct cvp_ctx *ctx, const char **at);

/* Word number i, folded; "" beyond either end. */
const char *cvp_hiring_word(const struct cvp_words *words, long i);

/* Does the text begin with one of the stems? Stems: separated by a space; one that ends in '$' is the whole word. */
bool cvp_hiring_has_stem(const char *word, const char *stems);

/* Is word number i denied: "не удалённо", "без офиса", "no remote", "לא במשרד"? */
bool cvp_hiring_is_denied(const struct cvp_words *words, long i);

/* Work format, employment, city, region; and does a text name any of them? */
void cvp_hiring_read_place(const struct cvp_hiring_text *t);
bool cvp_hiring_names_terms(const struct cvp_words *words);

/* Pay. */
void cvp_hiring_read_pay(const struct cvp_hiring_text *t);

/* Title, seniority, domain, experience, education, skills. */
void cvp_hiring_read_role(const struct cvp_hiring_text *t);
void cvp_hiring_read_requirements(const struct cvp_hiring_text *t);

/* Tasks. */
void cvp_hiring_read_tasks(const struct cvp_hiring_text *t);

#endif
