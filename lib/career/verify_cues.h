/* verify_cues.h - what kind of statement a statement makes: words that tell a claim from a gap, a wish or an advice.
 *
 * "The CV shows no Kafka", "the posting asks for Kafka" and "read about Kafka first" name a skill without claiming it;
 * "knows the Kafka the posting asks for" claims it. Told by lists of words in English, Russian and Hebrew. Pure. */
#ifndef CVP_CAREER_VERIFY_CUES_H
#define CVP_CAREER_VERIFY_CUES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

struct cvp_ctx;

enum cvp_statement_cue {
	CVP_STATES_DENIAL = 1,      /* not, without, lacks */
	CVP_STATES_WISH = 2,        /* the posting, asks for, the role */
	CVP_STATES_ADVICE = 4,      /* prepare, learn, read up */
	CVP_STATES_OWNING = 8,      /* brings, knows, used, built */
	CVP_STATES_EMPLOYMENT = 16, /* worked, employed, joined, served */
	CVP_STATES_PERSON = 32,     /* she, he, you, your: the candidate is spoken of */
	CVP_STATES_TOLD = 64        /* "you ran", "her years": something is told of the candidate */
};

/* Words first to first+count of a text, from one sign or conjunction that parts statements to the next. */
struct cvp_statement {
	size_t first, count;
	bool opens_sentence;
	unsigned cues; /* enum cvp_statement_cue */
};

struct cvp_statements {
	struct cvp_statement *rows;
	size_t count;
};

/* text: plain, one line; words: cut from it; is_name, by word, or NULL: part of a name, which states nothing and parts
 * nothing, whatever its words ("Doctors Without Borders"). */
struct cvp_statements cvp_statements_of(struct cvp_ctx *ctx, const char *text, const struct cvp_words *words,
					const bool *is_name);

/* Does it speak of what is wanted or advised, claiming nothing? */
bool cvp_statement_is_about_target(const struct cvp_statement *statement);

/* The cues of a piece of text on its own. */
unsigned cvp_statement_cues(struct cvp_ctx *ctx, const char *text, size_t length);

/* Is a folded word the one of a pattern, in which a '*' ends a prefix? */
bool cvp_cue_is(const char *folded, const char *pattern);

/* Is a folded word on a list of such patterns? The second one looks behind up to two Hebrew prefix
 * letters too. */
bool cvp_cue_is_listed(const char *folded, const char *const *list, size_t count);
const char *cvp_cue_behind_prefix(const char *folded); /* the word behind one such letter; NULL: begins with none */
bool cvp_cue_is_behind_prefix(const char *folded, const char *const *list, size_t count);

/* Names a position: "engineer", "руководителем", "מנהלת". */
bool cvp_is_role_noun(const char *folded);

/* Leads to a role ("as", "в должности", "בתפקיד"): how many words the lead takes from words[at] on, 0 where none. */
size_t cvp_role_lead(const struct cvp_words *words, size_t at);

/* Leads to an employer ("at", "with", "for", "в", "компании", "בחברת"): 2 where nothing but an employer can follow, 1
 * where other things may, 0 else. */
int cvp_employer_lead(const char *folded);

#endif
