/* lexicon_scan.c - reading a parsed lexicon: names, relations, and the skills that stand in a text. */
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "text/lexicon_private.h"
#include "text/script.h"

size_t
cvp_lexicon_size(const struct cvp_lexicon *lexicon)
{
	return lexicon->skill_count;
}

const char *
cvp_skill_name(const struct cvp_lexicon *lexicon, struct cvp_skill_id skill)
{
	return lexicon->skills[skill.index].name;
}

enum cvp_skill_kind
cvp_skill_kind(const struct cvp_lexicon *lexicon, struct cvp_skill_id skill)
{
	return lexicon->skills[skill.index].kind;
}

bool
cvp_skills_are_siblings(const struct cvp_lexicon *lexicon, struct cvp_skill_id a, struct cvp_skill_id b)
{
	const struct cvp_lexicon_skill *one = &lexicon->skills[a.index], *two = &lexicon->skills[b.index];

	if (a.index == b.index)
		return false;
	for (size_t i = 0; i < one->family_count; i++) {
		for (size_t j = 0; j < two->family_count; j++) {
			if (one->families[i] == two->families[j])
				return true;
		}
	}
	return false;
}

static int
compare_ints(const void *a, const void *b)
{
	int one = *(const int *)a, two = *(const int *)b;

	return (one > two) - (one < two);
}

bool
cvp_skill_implies(const struct cvp_lexicon *lexicon, struct cvp_skill_id narrow, struct cvp_skill_id broad)
{
	const struct cvp_lexicon_skill *skill = &lexicon->skills[narrow.index];

	return skill->broader_count > 0 &&
	       bsearch(&broad.index, skill->broader, skill->broader_count, sizeof(int), compare_ints) != NULL;
}

/* "microservices" and "microservice", "libraries" and "library"; short words and -ss, -us, -is stay. */
static const char *
without_plural(struct cvp_ctx *ctx, const char *folded)
{
	size_t length = strlen(folded);

	if (length > 2 && memcmp(folded + length - 2, "'s", 2) == 0)
		length -= 2;
	else if (length > 4 && memcmp(folded + length - 3, "ies", 3) == 0)
		return cvp_arena_printf(ctx->arena, "%.*sy", (int)(length - 3), folded);
	else if (length > 3 && folded[length - 1] == 's' && strchr("sui", folded[length - 2]) == NULL)
		length--;
	else
		return folded;
	return cvp_arena_strndup(ctx->arena, folded, length);
}

const char *
cvp_lexicon_key(struct cvp_ctx *ctx, const struct cvp_word *word)
{
	size_t length = strlen(word->folded), size;
	enum cvp_char class;

	if (length == 0)
		return word->folded;
	class = cvp_char_class(cvp_char_at(word->folded, length, &size));
	if (class == CVP_CHAR_CYRILLIC || class == CVP_CHAR_HEBREW)
		return word->stem;
	return without_plural(ctx, word->folded);
}

uint32_t
cvp_lexicon_hash(const char *key)
{
	uint32_t hash = UINT32_C(2166136261); /* FNV-1a */

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * UINT32_C(16777619);
	return hash;
}

uint32_t
cvp_lexicon_word_id(const struct cvp_lexicon *lexicon, const char *key)
{
	size_t mask = lexicon->word_size - 1, at = cvp_lexicon_hash(key) & mask;

	for (; lexicon->words[at].id != 0; at = (at + 1) & mask) {
		if (strcmp(lexicon->words[at].key, key) == 0)
			return lexicon->words[at].id;
	}
	return 0;
}

uint32_t
cvp_lexicon_child(const struct cvp_lexicon *lexicon, uint32_t node, uint32_t word)
{
	uint64_t key = ((uint64_t)node << 32) | word;
	size_t mask = lexicon->slot_size - 1, at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;

	for (; lexicon->slots[at].key != 0; at = (at + 1) & mask) {
		if (lexicon->slots[at].key == key)
			return lexicon->slots[at].child;
	}
	return 0;
}

const char *
cvp_lexicon_exact(struct cvp_ctx *ctx, const char *text, const struct cvp_word *words, size_t count)
{
	char *exact;
	size_t room = 1, used = 0;

	for (size_t i = 0; i < count; i++)
		room += words[i].length + 1;
	exact = cvp_arena_alloc(ctx->arena, room);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			exact[used++] = ' ';
		memcpy(exact + used, text + words[i].offset, words[i].length);
		used += words[i].length;
	}
	exact[used] = '\0';
	return exact;
}

/* The skill of a node's terms for these words: one that wants exactly this case, else the one for any case. */
static int
skill_at(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, uint32_t node, const char *text,
	 const struct cvp_word *words, size_t count)
{
	const char *exact = NULL;
	int found = -1;

	for (int i = lexicon->node_terms[node]; i >= 0; i = lexicon->terms[i].next) {
		const struct cvp_lexicon_term *term = &lexicon->terms[i];

		if (term->exact == NULL) {
			found = found < 0 ? term->skill : found;
			continue;
		}
		if (exact == NULL)
			exact = cvp_lexicon_exact(ctx, text, words, count);
		if (strcmp(exact, term->exact) == 0)
			return term->skill;
	}
	return found;
}

static bool
is_bridge(uint32_t c)
{
	if (c >= 0x80)
		return cvp_char_plain(c) == ' ' || c == 0x2010 || c == 0x2011 || c == 0x05BE ||
		       cvp_char_plain(c) == 0 || cvp_char_plain(c) == '\'' || cvp_char_plain(c) == '"';
	return strchr(" \t\r\n-/'\"&+_#@", (int)c) != NULL;
}

static bool
ends_cyrillic(const char *text, const struct cvp_word *word)
{
	size_t at = word->offset + word->length - 1, size;

	while (at > word->offset && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return cvp_char_class(cvp_char_at(text + at, word->offset + word->length - at, &size)) == CVP_CHAR_CYRILLIC;
}

/* The sign inside a name: "1С:Бухгалтерия", "Яндекс.Метрика". A dot does so in Russian names only, elsewhere it ends a
 * sentence whose space was lost. */
static bool
is_inside_name(const char *text, const struct cvp_word *word, const struct cvp_word *next)
{
	char sign = text[word->offset + word->length];

	return next->offset == word->offset + word->length + 1 &&
	       (sign == ':' || (sign == '.' && ends_cyrillic(text, word)));
}

/* May a term run over what stands between two words? Not over the end of a clause, a dash or a table cell. */
static bool
is_bridged(const char *text, const struct cvp_word *word, const struct cvp_word *next)
{
	size_t newlines = 0, size;

	if (is_inside_name(text, word, next))
		return true;
	for (size_t at = word->offset + word->length; at < next->offset; at += size) {
		uint32_t c = cvp_char_at(text + at, next->offset - at, &size);

		if (!is_bridge(c))
			return false;
		newlines += c == '\n';
	}
	return newlines <= 1;
}

/* Does a sentence, a line or a clause behind a colon begin at a word? Then its capital says nothing. */
static bool
begins_sentence(const char *text, const struct cvp_words *words, size_t i)
{
	size_t at = i > 0 ? words->words[i - 1].offset + words->words[i - 1].length : 0;

	for (; i > 0 && at < words->words[i].offset; at++) {
		if (strchr(".!?:;\n", text[at]) != NULL)
			return true;
	}
	return i == 0;
}

static bool
is_listed(const char *word, const char *list)
{
	size_t length = strlen(word);

	for (const char *at = list; *at != '\0';) {
		size_t size = strcspn(at, "|");

		if (size == length && memcmp(at, word, length) == 0)
			return true;
		at += size + (at[size] == '|');
	}
	return false;
}

/* "Go to our site", "Go-To-Market", "on the Go", "React quickly to incidents": a plain English verb with a capital,
 * where a word follows it that none follows the name there. "services in Go to replace them" stays the name. */
static bool
is_verb(const char *text, const struct cvp_words *words, size_t i)
{
	static const char *const verbs[][2] = {
		{ "go", "to|the|above|beyond|live|through|over|ahead|out|into|back|home|further|big|getter|deep|deeper|"
			"down|up|off|after|online|public|global|digital|green" },
		{ "react", "to|quickly|fast|swiftly|rapidly|promptly|calmly" },
		{ "excel", "at" },
		{ "zoom", "in|out|into" },
	};
	const struct cvp_word *word = &words->words[i], *next = i + 1 < words->count ? word + 1 : NULL;

	for (size_t k = 0; k < CVP_COUNT(verbs); k++) {
		if (strcmp(word->folded, verbs[k][0]) != 0)
			continue;
		if (k == 0 && i > 1 && strcmp(word[-1].folded, "the") == 0 && strcmp(word[-2].folded, "on") == 0)
			return true;
		return next != NULL && is_bridged(text, word, next) && is_listed(next->folded, verbs[k][1]) &&
		       (begins_sentence(text, words, i) || text[word->offset + word->length] == '-' ||
			(text[next->offset] >= 'A' && text[next->offset] <= 'Z'));
	}
	return false;
}

static struct cvp_skill_hit
longest_at(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text, const struct cvp_words *words,
	   const uint32_t *ids, size_t first)
{
	struct cvp_skill_hit hit = { { -1 }, first, 0 };
	uint32_t node = 0;

	for (size_t i = first; i < words->count && ids[i] != 0; i++) {
		int skill;

		if (i > first && !is_bridged(text, &words->words[i - 1], &words->words[i]))
			break;
		node = cvp_lexicon_child(lexicon, node, ids[i]);
		if (node == 0)
			break;
		skill = skill_at(ctx, lexicon, node, text, words->words + first, i + 1 - first);
		if (skill >= 0)
			hit = (struct cvp_skill_hit){ { skill }, first, i + 1 - first };
	}
	return hit;
}

static uint32_t *
ids_of(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const struct cvp_words *words)
{
	uint32_t *ids = cvp_arena_alloc(ctx->arena, words->count * sizeof(*ids));

	for (size_t i = 0; i < words->count; i++)
		ids[i] = cvp_lexicon_word_id(lexicon, cvp_lexicon_key(ctx, &words->words[i]));
	return ids;
}

struct cvp_skill_hits
cvp_lexicon_scan(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text,
		 const struct cvp_words *words)
{
	struct cvp_skill_hits found = { NULL, 0 };
	const uint32_t *ids = ids_of(ctx, lexicon, words);
	size_t room = 0;

	for (size_t i = 0; i < words->count;) {
		struct cvp_skill_hit hit = longest_at(ctx, lexicon, text, words, ids, i);

		if (hit.count == 0 || (hit.count == 1 && is_verb(text, words, i))) {
			i++;
			continue;
		}
		if (found.count == room) {
			size_t grown = room > 0 ? room * 2 : 8;

			found.hits = cvp_arena_grow(ctx->arena, found.hits, room * sizeof(*found.hits),
						    grown * sizeof(*found.hits));
			room = grown;
		}
		found.hits[found.count++] = hit;
		i += hit.count;
	}
	return found;
}

bool
cvp_lexicon_find(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text, struct cvp_skill_id *skill)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));
	const uint32_t *ids = ids_of(ctx, lexicon, &words);
	uint32_t node = 0;
	int found;

	if (words.count == 0)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		node = ids[i] != 0 ? cvp_lexicon_child(lexicon, node, ids[i]) : 0;
		if (node == 0)
			return false;
	}
	found = skill_at(ctx, lexicon, node, text, words.words, words.count);
	if (found >= 0)
		skill->index = found;
	return found >= 0;
}
