/* lexicon_parse.c - reads the lines of conf/skills into a trie of terms, families and a closure of broader skills. */
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "text/lexicon_private.h"

/* A part of a line, and the place for messages. */
struct span {
	const char *text;
	size_t length;
};

struct parser {
	struct cvp_ctx *ctx;
	struct cvp_lexicon *lexicon;
	const char *file;
	int line, family, families;
	enum cvp_skill_kind kind;
};

static enum cvp_code
wrong(const struct parser *parser, const char *what, struct span span)
{
	return cvp_fail(parser->ctx, CVP_INVALID_INPUT, "%s:%d: %s: \"%.*s\"", parser->file, parser->line, what,
			(int)span.length, span.text);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct span
trimmed(struct span span)
{
	while (span.length > 0 && is_space(span.text[0])) {
		span.text++;
		span.length--;
	}
	while (span.length > 0 && is_space(span.text[span.length - 1]))
		span.length--;
	return span;
}

/* Cuts the part before `sign` off rest; all of it where there is none. */
static struct span
part_before(struct span *rest, char sign)
{
	const char *at = memchr(rest->text, sign, rest->length);
	struct span part = { rest->text, at != NULL ? (size_t)(at - rest->text) : rest->length };
	size_t used = part.length + (at != NULL);

	rest->text += used;
	rest->length -= used;
	return trimmed(part);
}

/* Makes room for one more of `count` items. */
static void *
grown(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room > 0 ? *room * 2 : 64;
	return cvp_xrealloc(items, *room * size);
}

static void
words_resize(struct cvp_lexicon *lexicon)
{
	struct cvp_lexicon_word *old = lexicon->words;
	size_t old_size = lexicon->word_size, mask;

	lexicon->word_size = old_size > 0 ? old_size * 2 : 1024;
	lexicon->words = cvp_xcalloc(lexicon->word_size, sizeof(*lexicon->words));
	mask = lexicon->word_size - 1;
	for (size_t i = 0; i < old_size; i++) {
		size_t at;

		if (old[i].id == 0)
			continue;
		for (at = cvp_lexicon_hash(old[i].key) & mask; lexicon->words[at].id != 0; at = (at + 1) & mask)
			continue;
		lexicon->words[at] = old[i];
	}
	free(old);
}

static uint32_t
word_intern(struct cvp_lexicon *lexicon, const char *key)
{
	uint32_t id = cvp_lexicon_word_id(lexicon, key);
	size_t mask, at;

	if (id != 0)
		return id;
	if (lexicon->word_count * 2 >= lexicon->word_size)
		words_resize(lexicon);
	mask = lexicon->word_size - 1;
	for (at = cvp_lexicon_hash(key) & mask; lexicon->words[at].id != 0; at = (at + 1) & mask)
		continue;
	id = (uint32_t)++lexicon->word_count;
	lexicon->words[at] = (struct cvp_lexicon_word){ cvp_xstrdup(key), id };
	return id;
}

static void
slot_put(struct cvp_lexicon *lexicon, uint64_t key, uint32_t child)
{
	size_t mask = lexicon->slot_size - 1, at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;

	while (lexicon->slots[at].key != 0)
		at = (at + 1) & mask;
	lexicon->slots[at] = (struct cvp_lexicon_slot){ key, child };
}

static void
slots_resize(struct cvp_lexicon *lexicon)
{
	struct cvp_lexicon_slot *old = lexicon->slots;
	size_t old_size = lexicon->slot_size;

	lexicon->slot_size = old_size > 0 ? old_size * 2 : 1024;
	lexicon->slots = cvp_xcalloc(lexicon->slot_size, sizeof(*lexicon->slots));
	for (size_t i = 0; i < old_size; i++) {
		if (old[i].key != 0)
			slot_put(lexicon, old[i].key, old[i].child);
	}
	free(old);
}

static uint32_t
node_new(struct cvp_lexicon *lexicon)
{
	lexicon->node_terms = grown(lexicon->node_terms, lexicon->node_count, &lexicon->node_room,
				    sizeof(*lexicon->node_terms));
	lexicon->node_terms[lexicon->node_count] = -1;
	return (uint32_t)lexicon->node_count++;
}

static uint32_t
node_after(struct cvp_lexicon *lexicon, uint32_t node, const char *key)
{
	uint32_t word = word_intern(lexicon, key), child = cvp_lexicon_child(lexicon, node, word);

	if (child != 0)
		return child;
	if (lexicon->slot_count * 2 >= lexicon->slot_size)
		slots_resize(lexicon);
	child = node_new(lexicon);
	slot_put(lexicon, ((uint64_t)node << 32) | word, child);
	lexicon->slot_count++;
	return child;
}

static int
skill_new(struct parser *parser, const char *name)
{
	struct cvp_lexicon *lexicon = parser->lexicon;

	lexicon->skills = grown(lexicon->skills, lexicon->skill_count, &lexicon->skill_room, sizeof(*lexicon->skills));
	lexicon->skills[lexicon->skill_count] = (struct cvp_lexicon_skill){ .name = cvp_xstrdup(name),
									    .kind = parser->kind };
	return (int)lexicon->skill_count++;
}

/* The skill whose term lies at a node in this very case (exact) or any (NULL), -1 for none. */
static int
term_owner(const struct cvp_lexicon *lexicon, uint32_t node, const char *exact)
{
	for (int i = lexicon->node_terms[node]; i >= 0; i = lexicon->terms[i].next) {
		const char *other = lexicon->terms[i].exact;

		if (exact == NULL ? other == NULL : other != NULL && strcmp(other, exact) == 0)
			return lexicon->terms[i].skill;
	}
	return -1;
}

static void
term_put(struct cvp_lexicon *lexicon, uint32_t node, const char *exact, int skill)
{
	lexicon->terms = grown(lexicon->terms, lexicon->term_count, &lexicon->term_room, sizeof(*lexicon->terms));
	lexicon->terms[lexicon->term_count] = (struct cvp_lexicon_term){
		.skill = skill, .exact = exact != NULL ? cvp_xstrdup(exact) : NULL, .next = lexicon->node_terms[node]
	};
	lexicon->node_terms[node] = (int)lexicon->term_count++;
}

/* A term as the file writes it: its words, and whether they count in this case only. */
struct term {
	const char *text;
	struct cvp_words words;
	const char *exact;
};

static enum cvp_code
read_term(const struct parser *parser, struct span span, struct term *term)
{
	bool is_exact = span.length > 0 && span.text[0] == '^';

	if (is_exact)
		span = trimmed((struct span){ span.text + 1, span.length - 1 });
	term->text = cvp_arena_strndup(parser->ctx->arena, span.text, span.length);
	term->words = cvp_words_of(parser->ctx, term->text, span.length);
	if (term->words.count == 0)
		return wrong(parser, "no word in a name or alias", span);
	if (term->words.count > CVP_LEXICON_TERM_WORDS)
		return wrong(parser, "too many words in a name or alias", span);
	term->exact = is_exact ? cvp_lexicon_exact(parser->ctx, term->text, term->words.words, term->words.count)
			       : NULL;
	return CVP_OK;
}

static uint32_t
term_node(const struct parser *parser, const struct term *term)
{
	uint32_t node = 0;

	for (size_t i = 0; i < term->words.count; i++)
		node = node_after(parser->lexicon, node, cvp_lexicon_key(parser->ctx, &term->words.words[i]));
	return node;
}

/* Gives a term to a skill; the same alias twice for one skill is no harm (plural beside singular). */
static enum cvp_code
add_term(const struct parser *parser, const struct term *term, int skill)
{
	uint32_t node = term_node(parser, term);
	int owner = term_owner(parser->lexicon, node, term->exact);

	if (owner >= 0 && owner != skill)
		return cvp_fail(parser->ctx, CVP_INVALID_INPUT, "%s:%d: \"%s\" already stands for \"%s\"", parser->file,
				parser->line, term->text, parser->lexicon->skills[owner].name);
	if (owner < 0)
		term_put(parser->lexicon, node, term->exact, skill);
	return CVP_OK;
}

/* The skill a term names already, or a new one that it then names. */
static enum cvp_code
skill_of(struct parser *parser, struct span span, int *skill)
{
	struct term term;
	enum cvp_code code = read_term(parser, span, &term);
	uint32_t node;

	if (code != CVP_OK)
		return code;
	node = term_node(parser, &term);
	*skill = term_owner(parser->lexicon, node, term.exact);
	if (*skill >= 0)
		return CVP_OK;
	*skill = skill_new(parser, term.text);
	term_put(parser->lexicon, node, term.exact, *skill);
	return CVP_OK;
}

static void
add_int(int **list, size_t *count, int value)
{
	for (size_t i = 0; i < *count; i++) {
		if ((*list)[i] == value)
			return;
	}
	*list = cvp_xrealloc(*list, (*count + 1) * sizeof(**list));
	(*list)[(*count)++] = value;
}

static enum cvp_code
parse_aliases(struct parser *parser, struct span rest, int skill)
{
	while (rest.length > 0) {
		struct span part = part_before(&rest, ',');
		struct term term;
		enum cvp_code code = part.length > 0 ? read_term(parser, part, &term) : CVP_OK;

		if (code == CVP_OK && part.length > 0)
			code = add_term(parser, &term, skill);
		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

/* The broader skill a line names: any case will do, it must be named somewhere in the files. */
static int
broader_named(const struct parser *parser, struct span span)
{
	struct cvp_skill_id skill;
	struct term term;
	int owner;

	if (read_term(parser, span, &term) != CVP_OK)
		return -1;
	owner = term_owner(parser->lexicon, term_node(parser, &term), term.exact);
	if (owner >= 0)
		return owner;
	return cvp_lexicon_find(parser->ctx, parser->lexicon, term.text, &skill) ? skill.index : -1;
}

static enum cvp_code
link_broader(const struct parser *parser, struct span rest, int skill)
{
	struct cvp_lexicon *lexicon = parser->lexicon;

	while (rest.length > 0) {
		struct span part = part_before(&rest, ',');
		int broader = part.length > 0 ? broader_named(parser, part) : -1;

		if (part.length > 0 && broader < 0)
			return wrong(parser, "unknown broader skill", part);
		if (broader >= 0 && broader != skill)
			add_int(&lexicon->skills[skill].broader, &lexicon->skills[skill].broader_count, broader);
	}
	return CVP_OK;
}

/* NAME = ALIASES > BROADER. The first pass takes names, aliases and families, the second what is broader. */
static enum cvp_code
parse_skill(struct parser *parser, struct span line, bool is_second)
{
	struct span rest = line, left = part_before(&rest, '>'), name = part_before(&left, '=');
	struct cvp_lexicon_skill *row;
	enum cvp_code code;
	int skill;

	if (name.length == 0)
		return wrong(parser, "a line without a name", line);
	code = skill_of(parser, name, &skill);
	if (code != CVP_OK)
		return code;
	if (is_second)
		return link_broader(parser, rest, skill);
	row = &parser->lexicon->skills[skill];
	if (row->is_named && row->kind != parser->kind)
		return wrong(parser, "stands under another @kind elsewhere", name);
	row->is_named = true;
	row->kind = parser->kind;
	if (parser->family >= 0)
		add_int(&row->families, &row->family_count, parser->family);
	return parse_aliases(parser, left, skill);
}

static enum cvp_code
parse_kind(struct parser *parser, struct span line)
{
	static const char *const names[] = { [CVP_SKILL_HARD] = "skill",
					     [CVP_SKILL_SOFT] = "soft",
					     [CVP_SKILL_LANGUAGE] = "language",
					     [CVP_SKILL_CERTIFICATION] = "certification" };
	struct span rest = line, word = part_before(&rest, ' '), kind = trimmed(rest);

	if (word.length != 5 || memcmp(word.text, "@kind", 5) != 0)
		return wrong(parser, "unknown directive", line);
	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		if (kind.length == strlen(names[i]) && memcmp(kind.text, names[i], kind.length) == 0) {
			parser->kind = (enum cvp_skill_kind)i;
			return CVP_OK;
		}
	}
	return wrong(parser, "unknown kind", kind);
}

static enum cvp_code
parse_line(struct parser *parser, struct span line, bool is_second)
{
	if (line.length == 0)
		return CVP_OK;
	if (line.length >= 2 && line.text[0] == '#' && line.text[1] == '#') {
		parser->family = parser->families++;
		return CVP_OK;
	}
	if (line.text[0] == '#')
		return CVP_OK;
	if (line.text[0] == '@')
		return parse_kind(parser, line);
	return parse_skill(parser, line, is_second);
}

static enum cvp_code
parse_source(struct parser *parser, const struct cvp_lexicon_source *source, bool is_second)
{
	struct span rest = { source->text, source->length };
	enum cvp_code code = CVP_OK;

	parser->file = source->name;
	parser->line = 0;
	parser->family = -1;
	parser->kind = CVP_SKILL_HARD;
	if (!cvp_text_is_valid(source->text, source->length))
		return cvp_fail(parser->ctx, CVP_INVALID_INPUT, "%s: not valid UTF-8", source->name);
	if (rest.length >= 3 && memcmp(rest.text, "\xEF\xBB\xBF", 3) == 0)
		rest = (struct span){ rest.text + 3, rest.length - 3 };
	while (rest.length > 0 && code == CVP_OK) {
		parser->line++;
		code = parse_line(parser, part_before(&rest, '\n'), is_second);
	}
	return code;
}

/* Everything that knowing a skill shows, by walking up from it; cycles end where they meet themselves. */
static void
close_broader(struct cvp_lexicon *lexicon, int skill, const struct cvp_lexicon_skill *direct, struct parser *parser)
{
	struct cvp_lexicon_skill *row = &lexicon->skills[skill];
	bool *is_seen = cvp_arena_alloc(parser->ctx->arena, lexicon->skill_count * sizeof(*is_seen));

	is_seen[skill] = true;
	for (size_t i = 0; i < row->broader_count; i++)
		is_seen[row->broader[i]] = true;
	for (size_t i = 0; i < row->broader_count; i++) {
		const struct cvp_lexicon_skill *above = &direct[row->broader[i]];

		for (size_t j = 0; j < above->broader_count; j++) {
			if (!is_seen[above->broader[j]]) {
				is_seen[above->broader[j]] = true;
				row->broader = cvp_xrealloc(row->broader,
							    (row->broader_count + 1) * sizeof(*row->broader));
				row->broader[row->broader_count++] = above->broader[j];
			}
		}
	}
}

static int
compare_ints(const void *a, const void *b)
{
	int one = *(const int *)a, two = *(const int *)b;

	return (one > two) - (one < two);
}

static void
close_all(struct parser *parser)
{
	struct cvp_lexicon *lexicon = parser->lexicon;
	size_t size = lexicon->skill_count * sizeof(*lexicon->skills);
	struct cvp_lexicon_skill *direct = cvp_arena_alloc(parser->ctx->arena, size);

	memcpy(direct, lexicon->skills, size);
	for (size_t i = 0; i < lexicon->skill_count; i++) {
		direct[i].broader = cvp_arena_alloc(parser->ctx->arena, direct[i].broader_count * sizeof(int));
		if (direct[i].broader_count > 0)
			memcpy(direct[i].broader, lexicon->skills[i].broader, direct[i].broader_count * sizeof(int));
	}
	for (size_t i = 0; i < lexicon->skill_count; i++)
		close_broader(lexicon, (int)i, direct, parser);
	for (size_t i = 0; i < lexicon->skill_count; i++) {
		if (lexicon->skills[i].broader_count > 0)
			qsort(lexicon->skills[i].broader, lexicon->skills[i].broader_count, sizeof(int), compare_ints);
	}
}

enum cvp_code
cvp_lexicon_parse(struct cvp_ctx *ctx, const struct cvp_lexicon_source *sources, size_t count,
		  struct cvp_lexicon **lexicon)
{
	struct cvp_lexicon *made = cvp_xcalloc(1, sizeof(*made));
	struct parser parser = { .ctx = ctx, .lexicon = made };
	enum cvp_code code = CVP_OK;

	words_resize(made);
	slots_resize(made);
	node_new(made); /* the root */
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < count && code == CVP_OK; i++)
			code = parse_source(&parser, &sources[i], pass == 1);
	}
	if (code != CVP_OK) {
		cvp_lexicon_free(made);
		return code;
	}
	close_all(&parser);
	*lexicon = made;
	return CVP_OK;
}

void
cvp_lexicon_free(struct cvp_lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	for (size_t i = 0; i < lexicon->skill_count; i++) {
		free(lexicon->skills[i].name);
		free(lexicon->skills[i].families);
		free(lexicon->skills[i].broader);
	}
	for (size_t i = 0; i < lexicon->word_size; i++)
		free(lexicon->words[i].key);
	for (size_t i = 0; i < lexicon->term_count; i++)
		free(lexicon->terms[i].exact);
	free(lexicon->skills);
	free(lexicon->words);
	free(lexicon->slots);
	free(lexicon->node_terms);
	free(lexicon->terms);
	free(lexicon);
}
