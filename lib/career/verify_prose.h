/* verify_prose.h - prose that paraphrases: what a statement tells of the candidate must be told by a line of the CV.
 *
 * A figure must stand in a line that speaks of the same thing, a deed with the employer it is told of, a lead where the
 * line leads; prizes, patents, publications and the like only where the CV names such; and a statement of which the CV
 * has next to no word is no paraphrase of it. Words are compared by notion and stem (match_words.h). Pure. */
#ifndef CVP_CAREER_VERIFY_PROSE_H
#define CVP_CAREER_VERIFY_PROSE_H

#include <stdbool.h>
#include <stdint.h>

#include "career/verify_claims.h"

struct cvp_line;
struct cvp_statement;

/* A kind of thing that is only told where the CV has it, as bits. */
enum cvp_feat {
	CVP_FEAT_PRIZE = 1,
	CVP_FEAT_PATENT = 2,
	CVP_FEAT_PUBLICATION = 4,
	CVP_FEAT_TALK = 8,
	CVP_FEAT_FOUNDING = 16,
	CVP_FEAT_PROMOTION = 32,
	CVP_FEAT_STUDY = 64,
	CVP_FEAT_ALUMNI = 128,
	CVP_FEAT_BOARD = 256,
	CVP_FEAT_MOVE = 512,
	CVP_FEAT_MONEY = 1024,
	CVP_FEAT_INTERNSHIP = 2048,
	CVP_FEAT_DEPARTMENT = 4096,
	CVP_FEAT_SERVICE = 8192,
	CVP_FEAT_GRADUATE = 16384,
	CVP_FEAT_BYTES = 32768
};

/* What a word is in prose, beside its meaning. */
enum cvp_prose_class {
	CVP_PROSE_PLAIN = 1, /* evaluates, joins, advises: nothing to be proved */
	CVP_PROSE_RISE = 2,
	CVP_PROSE_FALL = 4,
	CVP_PROSE_LEAD = 8,   /* the verb: led, managed, headed */
	CVP_PROSE_LEADER = 16 /* shows that somebody led: manager, lead, head of */
};

struct cvp_prose_words;

/* The table of such words, in the context's arena. */
const struct cvp_prose_words *cvp_prose_words_make(struct cvp_ctx *ctx);

/* Bits of enum cvp_prose_class, and in *feats of enum cvp_feat; feats may be NULL. */
unsigned cvp_prose_classes(const struct cvp_prose_words *table, const char *folded, unsigned *feats);

/* The keys of all lines of the CV. check: its facts and notions; borrowed. In the context's arena. */
const struct cvp_prose *cvp_prose_new(const struct cvp_check *check);

/* One statement in the candidate's voice, held against the lines. */
void cvp_line_prose(struct cvp_line *line, const struct cvp_statement *statement);

/* Does a line with this figure speak of what the statement around it speaks of? number: one the CV has. */
bool cvp_prose_binds_number(const struct cvp_line *line, const struct cvp_statement *statement,
			    const struct cvp_number *number);

/* Is the figure the number of the CV's languages, jobs, certificates, where the word behind it names them? */
bool cvp_prose_counts(const struct cvp_line *line, const struct cvp_number *number);

/* Do all these words stand in one line of the CV, in any order? */
bool cvp_prose_has_words(const struct cvp_line *line, size_t first, size_t count);

#endif
