/* lexicon_private.h - how a lexicon lies in memory; for lexicon_parse.c and lexicon_scan.c only.
 *
 * Terms (names and aliases) are paths of a trie over word keys. A key is a word without its inflection: in English the
 * plural only (a stem would make Excel of "excellent"), in Russian and Hebrew the stem. */
#ifndef CVP_TEXT_LEXICON_PRIVATE_H
#define CVP_TEXT_LEXICON_PRIVATE_H

#include <stdint.h>

#include "text/lexicon.h"

struct cvp_lexicon_skill {
	char *name;
	enum cvp_skill_kind kind;
	int *families, *broader; /* broader: all that knowing it shows, sorted once parsing is done */
	size_t family_count, broader_count;
	bool is_named; /* has a line of its own, not only mentions */
};

/* What ends at a node of the trie: at most one skill by any case, and some by exact case only. */
struct cvp_lexicon_term {
	int skill;
	char *exact; /* the words as they must be written, joined by single spaces; NULL: any case */
	int next;    /* further term of the same node, -1 at the end */
};

struct cvp_lexicon_slot {
	uint64_t key; /* node << 32 | word id + 1; 0 where empty */
	uint32_t child;
};

struct cvp_lexicon_word {
	char *key;
	uint32_t id; /* 1-based; 0 where empty */
};

struct cvp_lexicon {
	struct cvp_lexicon_skill *skills;
	size_t skill_count, skill_room;
	struct cvp_lexicon_word *words; /* hash table, size a power of two */
	size_t word_count, word_size;
	struct cvp_lexicon_slot *slots; /* hash table, size a power of two */
	size_t slot_count, slot_size;
	int *node_terms; /* first term of each node, -1 for none */
	size_t node_count, node_room;
	struct cvp_lexicon_term *terms;
	size_t term_count, term_room;
};

#define CVP_LEXICON_TERM_WORDS 12 /* longest term */

/* The key of a word; in the arena, or one of the word's own texts. */
const char *cvp_lexicon_key(struct cvp_ctx *ctx, const struct cvp_word *word);

/* 0 where no term holds the word. */
uint32_t cvp_lexicon_word_id(const struct cvp_lexicon *lexicon, const char *key);

/* The node after `node` by a word id; 0 (the root) where there is none. */
uint32_t cvp_lexicon_child(const struct cvp_lexicon *lexicon, uint32_t node, uint32_t word);

/* The words of a text as written, joined by single spaces: what terms of exact case are compared by. */
const char *cvp_lexicon_exact(struct cvp_ctx *ctx, const char *text, const struct cvp_word *words, size_t count);

uint32_t cvp_lexicon_hash(const char *key);

#endif
