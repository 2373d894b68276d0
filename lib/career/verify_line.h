/* verify_line.h - one line of a text under verification, shared by the scanners of verify_claims.h. Private to them. */
#ifndef CVP_CAREER_VERIFY_LINE_H
#define CVP_CAREER_VERIFY_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "career/verify_claims.h"
#include "career/verify_cues.h"

#define CVP_MASK '\x01' /* stands for every byte of what is proved already */

struct cvp_line {
	const struct cvp_check *check;
	const char *field;
	enum cvp_voice voice;
	const struct cvp_scope *scope;
	char *text; /* plain; proved pieces masked */
	struct cvp_words words;
	struct cvp_statements statements;
	const bool *is_name; /* by word: cvp_line_name_words() */
	bool *is_skill;      /* by word: part of a skill's name, which the scanner of skills judges */
};

/* Masks the quotations of a visible line that are proved, reports the others. Works in place, before it is made plain.
 */
void cvp_line_quotes(const struct cvp_check *check, const char *field, enum cvp_voice voice,
		     const struct cvp_scope *scope, char *visible);

/* Masks jobs and schools cited with their dates where one entry of the CV explains them, reports the others. */
void cvp_line_citations(struct cvp_line *line);

/* The rest, statement by statement. */
void cvp_line_names(struct cvp_line *line, const struct cvp_statement *statement);
void cvp_line_roles(struct cvp_line *line, const struct cvp_statement *statement);

/* By word: is it part of a name of more than one word that the CV or the target has, written as a name? */
const bool *cvp_line_name_words(const struct cvp_line *line);

/* May the statement speak of the target here: in the posting's voice, denying, asking, advising? */
bool cvp_line_allows_target(const struct cvp_line *line, const struct cvp_statement *statement);

/* Does it say what the candidate looks for: "seeking a role at"? */
bool cvp_statement_seeks(const struct cvp_line *line, const struct cvp_statement *statement);

/* Words first to first+count stand in the posting, or no posting is known to deny them. */
bool cvp_line_target_has(const struct cvp_line *line, size_t first, size_t count);

/* The text of words first to first+count, in the arena. */
const char *cvp_line_part(const struct cvp_line *line, size_t first, size_t count);

/* The bytes between word `after` and the one before it. */
const char *cvp_line_gap(const struct cvp_line *line, size_t after, size_t *length);

void cvp_line_report(const struct cvp_line *line, enum cvp_severity severity, const char *expected, const char *actual);

#endif
