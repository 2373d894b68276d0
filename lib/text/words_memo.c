#include "text/words_memo.h"

#include <stdint.h>
#include <string.h>

#include "core/ctx.h"
#include "text/stem.h"

#define FIRST_ROOM 512  /* a power of two, as every room */
#define LONG_TEXT  4096 /* bytes; longer ones are whole documents, and are read once */

struct entry {
	const char *text; /* NULL: free; a copy in the arena */
	size_t length;
	uint64_t hash;
	union {
		struct cvp_words words;
		struct cvp_word word;
	};
};

struct table {
	struct entry *entries;
	size_t room, count;
};

struct cvp_words_memo {
	struct table texts, words;
	struct cvp_stemmers stemmers;
};

struct cvp_words_memo *
cvp_words_memo(struct cvp_ctx *ctx)
{
	return *cvp_arena_note(ctx->arena, CVP_ARENA_WORDS);
}

static void
forget(void *arg)
{
	struct cvp_words_memo *memo = arg;

	cvp_stemmers_free(&memo->stemmers);
}

void
cvp_words_remember(struct cvp_ctx *ctx)
{
	void **note = cvp_arena_note(ctx->arena, CVP_ARENA_WORDS);

	if (*note != NULL)
		return;
	*note = cvp_arena_alloc(ctx->arena, sizeof(struct cvp_words_memo));
	cvp_arena_at_reset(ctx->arena, forget, *note);
}

struct cvp_stemmers *
cvp_words_memo_stemmers(struct cvp_words_memo *memo)
{
	return &memo->stemmers;
}

/* FNV-1a, 64 bits. */
static uint64_t
hash_of(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* Where the text stands, or the free place where it would. */
static struct entry *
place_of(const struct table *table, const char *text, size_t length, uint64_t hash)
{
	for (size_t at = hash & (table->room - 1);; at = (at + 1) & (table->room - 1)) {
		struct entry *entry = &table->entries[at];

		if (entry->text == NULL ||
		    (entry->hash == hash && entry->length == length && memcmp(entry->text, text, length) == 0))
			return entry;
	}
}

static void
grow(struct cvp_ctx *ctx, struct table *table)
{
	struct table larger = { .room = table->room > 0 ? 2 * table->room : FIRST_ROOM, .count = table->count };

	larger.entries = cvp_arena_alloc(ctx->arena, larger.room * sizeof(*larger.entries));
	for (size_t i = 0; i < table->room; i++) {
		const struct entry *entry = &table->entries[i];

		if (entry->text != NULL)
			*place_of(&larger, entry->text, entry->length, entry->hash) = *entry;
	}
	*table = larger;
}

static struct entry *
known(struct cvp_ctx *ctx, struct table *table, const char *text, size_t length)
{
	uint64_t hash = hash_of(text, length);
	struct entry *entry;

	if (2 * table->count >= table->room)
		grow(ctx, table);
	entry = place_of(table, text, length, hash);
	if (entry->text == NULL) {
		*entry = (struct entry){ cvp_arena_strndup(ctx->arena, text, length), length, hash, { { NULL, 0 } } };
		table->count++;
	}
	return entry;
}

struct cvp_words *
cvp_words_known_text(struct cvp_ctx *ctx, struct cvp_words_memo *memo, const char *text, size_t length)
{
	return length <= LONG_TEXT ? &known(ctx, &memo->texts, text, length)->words : NULL;
}

struct cvp_word *
cvp_words_known_word(struct cvp_ctx *ctx, struct cvp_words_memo *memo, const char *text, size_t length)
{
	return &known(ctx, &memo->words, text, length)->word;
}
