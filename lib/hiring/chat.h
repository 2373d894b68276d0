/* chat.h - the intake chat (SPEC 11.2): from a state and what is said, the reply and the next state. Pure. */
#ifndef CVP_HIRING_CHAT_H
#define CVP_HIRING_CHAT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct cvp_ctx;
struct cvp_lexicon;

/* The quick replies, in this order and in these words in every language: what a client sends back. */
extern const char *const cvp_hiring_quick_replies[2];

#define CVP_HIRING_STATE_FIRST "awaiting_flow"
#define CVP_HIRING_STATE_LAST  "free_ready"

/* Where a conversation is. */
struct cvp_hiring_place {
	const char *state;    /* one of SPEC 11.2 */
	const char *language; /* "ru", "en", "he" */
	const json_t *kb;     /* kb.h */
};

struct cvp_hiring_turn {
	const char *said; /* trimmed, in the context; NULL: nothing of the person's is kept ("start") */
	const char *reply;
	bool has_quick_replies;
	bool shows_result; /* the turn that reached free_ready */
	const char *state;
	json_t *kb; /* owned by the context */
	bool is_kb_changed;
};

/* type: "start", or any other for what a person says; text may be NULL. phrases: language name -> key -> phrase. */
void cvp_hiring_take_turn(struct cvp_ctx *ctx, const json_t *phrases, const struct cvp_lexicon *lexicon,
			  const struct cvp_hiring_place *place, const char *type, const char *text, int64_t now,
			  struct cvp_hiring_turn *turn);

#endif
