/* verify_lookup.c - the questions asked of a fact index. */
#include <math.h>
#include <string.h>

#include "career/verify_cues.h"
#include "career/verify_facts.h"
#include "core/ctx.h"

/* Joins words (or their stems) with spaces around each. */
static const char *
joined(struct cvp_ctx *ctx, const struct cvp_words *words, size_t first, size_t count, bool stems)
{
	size_t end = first + count < words->count ? first + count : words->count, size = 2;
	char *key, *at;

	for (size_t i = first; i < end; i++)
		size += strlen(stems ? words->words[i].stem : words->words[i].folded) + 1;
	at = key = cvp_arena_alloc(ctx->arena, size);
	*at++ = ' ';
	for (size_t i = first; i < end; i++) {
		const char *word = stems ? words->words[i].stem : words->words[i].folded;
		size_t length = strlen(word);

		memcpy(at, word, length);
		at[length] = ' ';
		at += length + 1;
	}
	return key;
}

const char *
cvp_words_key(struct cvp_ctx *ctx, const struct cvp_words *words, size_t first, size_t count)
{
	return joined(ctx, words, first, count, false);
}

const char *
cvp_stems_key(struct cvp_ctx *ctx, const struct cvp_words *words, size_t first, size_t count)
{
	return joined(ctx, words, first, count, true);
}

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text >= 0x80)
			return false;
	}
	return true;
}

/* key without the possessive of its last word ("google's " as "google "); NULL where there is none. */
static const char *
without_possessive(struct cvp_ctx *ctx, const char *key)
{
	size_t length = strlen(key);

	if (length < 5 || strcmp(key + length - 3, "'s ") != 0)
		return NULL;
	return cvp_arena_printf(ctx->arena, "%.*s ", (int)(length - 3), key);
}

/* key without a Hebrew prefix letter (in, to, from, the, and, that, as) of its first word; NULL where there is none. */
static const char *
without_prefix(struct cvp_ctx *ctx, const char *key)
{
	static const char *const prefixes[] = { "ב", "ל", "מ", "ה", "ו", "ש", "כ" };

	for (size_t i = 0; i < CVP_COUNT(prefixes); i++) {
		size_t length = strlen(prefixes[i]);

		if (strncmp(key + 1, prefixes[i], length) == 0 && key[1 + length] != ' ')
			return cvp_arena_printf(ctx->arena, " %s", key + 1 + length);
	}
	return NULL;
}

/* The forms a name may be written in: as it is, possessive, with a Hebrew prefix. */
struct forms {
	const char *key[3];
	size_t count;
	const char *stems; /* NULL for ASCII, where names are not inflected */
};

static struct forms
forms_of(struct cvp_ctx *ctx, const struct cvp_words *words, size_t first, size_t count)
{
	struct forms forms = { .count = 1 };
	const char *other;

	forms.key[0] = joined(ctx, words, first, count, false);
	other = without_possessive(ctx, forms.key[0]);
	if (other != NULL)
		forms.key[forms.count++] = other;
	if (is_ascii(forms.key[0]))
		return forms;
	other = without_prefix(ctx, forms.key[0]);
	if (other != NULL)
		forms.key[forms.count++] = other;
	forms.stems = joined(ctx, words, first, count, true);
	return forms;
}

bool
cvp_facts_have_words(struct cvp_ctx *ctx, const struct cvp_facts *facts, const struct cvp_words *words, size_t first,
		     size_t count)
{
	struct forms forms = forms_of(ctx, words, first, count);

	for (size_t i = 0; i < forms.count; i++) {
		if (strstr(facts->words, forms.key[i]) != NULL)
			return true;
	}
	return forms.stems != NULL && strstr(facts->stems, forms.stems) != NULL;
}

static bool
begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

const struct cvp_entity *
cvp_facts_find_entity(struct cvp_ctx *ctx, const struct cvp_facts *facts, unsigned kinds, const struct cvp_words *words,
		      size_t first, size_t count)
{
	struct forms forms = forms_of(ctx, words, first, count);

	for (size_t i = 0; i < facts->entity_count; i++) {
		const struct cvp_entity *entity = &facts->entities[i];

		if ((kinds & (1U << entity->kind)) == 0)
			continue;
		for (size_t j = 0; j < forms.count; j++) {
			if (begins_with(entity->key, forms.key[j]))
				return entity;
		}
		if (forms.stems != NULL && begins_with(entity->stems, forms.stems))
			return entity;
	}
	return NULL;
}

/* Is `pointer` one of the scope's, or below one? */
static bool
is_in_scope(const struct cvp_scope *scope, const char *pointer)
{
	if (scope == NULL || scope->count == 0)
		return true;
	for (size_t i = 0; i < scope->count; i++) {
		size_t length = strlen(scope->pointers[i]);

		if (strncmp(pointer, scope->pointers[i], length) == 0 &&
		    (pointer[length] == '\0' || pointer[length] == '/'))
			return true;
	}
	return false;
}

size_t
cvp_fact_group(const char *pointer)
{
	const char *end = strchr(pointer + (pointer[0] == '/'), '/');

	if (end == NULL)
		return strlen(pointer);
	if (begins_with(pointer, "/basics/"))
		return strlen("/basics");
	end = strchr(end + 1, '/');
	return end == NULL ? strlen(pointer) : (size_t)(end - pointer);
}

bool
cvp_facts_have_text(const struct cvp_facts *facts, const struct cvp_scope *scope, const char *plain)
{
	for (size_t i = 0; i < facts->text_count; i++) {
		if (is_in_scope(scope, facts->texts[i].pointer) && strstr(facts->texts[i].plain, plain) != NULL)
			return true;
	}
	return false;
}

/* Years as people say them: full ones, or rounded to the nearest. */
static bool
is_computed_span(const struct cvp_facts *facts, const struct cvp_number *number)
{
	for (size_t i = 0; i < facts->month_count; i++) {
		int months = facts->months[i];
		double value = number->value;

		if (number->is_vague && number->unit == CVP_UNIT_YEARS && months / 12 >= number->value &&
		    months / 12 < number->value + 10)
			return true;
		if (number->unit == CVP_UNIT_MONTHS && fabs(value - months) < 0.5)
			return true;
		if (number->unit == CVP_UNIT_YEARS && months > 0 &&
		    (fabs(value - months / 12) < 1e-9 || fabs(value - (months + 6) / 12) < 1e-9))
			return true;
	}
	return false;
}

bool
cvp_facts_have_number(const struct cvp_facts *facts, const struct cvp_scope *scope, const struct cvp_number *number)
{
	for (size_t i = 0; i < facts->number_count; i++) {
		const struct cvp_fact_number *shown = &facts->numbers[i];

		if (cvp_number_proves(&shown->number, number) && is_in_scope(scope, facts->texts[shown->text].pointer))
			return true;
	}
	return is_computed_span(facts, number);
}

bool
cvp_facts_have_skill(const struct cvp_facts *facts, struct cvp_skill_id skill)
{
	if (facts->skills[skill.index])
		return true;
	for (size_t i = 0; i < facts->named_count; i++) {
		if (cvp_skill_implies(facts->lexicon, facts->named[i], skill))
			return true;
	}
	return false;
}

const struct cvp_entity *
cvp_facts_nearest_title(struct cvp_ctx *ctx, const struct cvp_facts *facts, const char *folded, double *similarity)
{
	const struct cvp_entity *nearest = NULL;

	*similarity = 0;
	for (size_t i = 0; i < facts->entity_count; i++) {
		const struct cvp_entity *entity = &facts->entities[i];
		double like;

		if (entity->kind != CVP_ENTITY_TITLE)
			continue;
		like = cvp_text_similarity(ctx, entity->folded, folded);
		if (nearest == NULL || like > *similarity) {
			nearest = entity;
			*similarity = like;
		}
	}
	return nearest;
}

static const struct {
	const char *word; /* as folded; a '*' ends a prefix */
	const char *next; /* what must follow: a word, "" for anything */
	unsigned degrees;
} degree_words[] = {
	{ "bachelor*", "", CVP_DEGREE_BACHELOR },
	{ "bsc", "", CVP_DEGREE_BACHELOR },
	{ "b.sc", "", CVP_DEGREE_BACHELOR },
	{ "b.s", "", CVP_DEGREE_BACHELOR },
	{ "b.a", "", CVP_DEGREE_BACHELOR },
	{ "b.eng", "", CVP_DEGREE_BACHELOR },
	{ "beng", "", CVP_DEGREE_BACHELOR },
	{ "b.tech", "", CVP_DEGREE_BACHELOR },
	{ "bba", "", CVP_DEGREE_BACHELOR },
	{ "bs", "in", CVP_DEGREE_BACHELOR },
	{ "ba", "in", CVP_DEGREE_BACHELOR },
	{ "bs", "degree", CVP_DEGREE_BACHELOR },
	{ "ba", "degree", CVP_DEGREE_BACHELOR },
	{ "бакалавр*", "", CVP_DEGREE_BACHELOR },
	{ "תואר", "ראשון", CVP_DEGREE_BACHELOR },
	{ "בתואר", "ראשון", CVP_DEGREE_BACHELOR },
	{ "master's", "", CVP_DEGREE_MASTER },
	{ "masters", "in", CVP_DEGREE_MASTER },
	{ "masters", "degree", CVP_DEGREE_MASTER },
	{ "master", "of", CVP_DEGREE_MASTER },
	{ "master", "degree", CVP_DEGREE_MASTER },
	{ "msc", "", CVP_DEGREE_MASTER },
	{ "m.sc", "", CVP_DEGREE_MASTER },
	{ "m.s", "", CVP_DEGREE_MASTER },
	{ "m.a", "", CVP_DEGREE_MASTER },
	{ "m.eng", "", CVP_DEGREE_MASTER },
	{ "meng", "", CVP_DEGREE_MASTER },
	{ "ms", "in", CVP_DEGREE_MASTER },
	{ "ma", "in", CVP_DEGREE_MASTER },
	{ "магистр*", "", CVP_DEGREE_MASTER },
	{ "תואר", "שני", CVP_DEGREE_MASTER },
	{ "בתואר", "שני", CVP_DEGREE_MASTER },
	{ "mba", "", CVP_DEGREE_MASTER | CVP_DEGREE_MBA },
	{ "phd", "", CVP_DEGREE_DOCTOR },
	{ "ph.d", "", CVP_DEGREE_DOCTOR },
	{ "doctorate*", "", CVP_DEGREE_DOCTOR },
	{ "doctoral", "", CVP_DEGREE_DOCTOR },
	{ "doctor", "of", CVP_DEGREE_DOCTOR },
	{ "dphil", "", CVP_DEGREE_DOCTOR },
	{ "кандидат*", "наук", CVP_DEGREE_DOCTOR },
	{ "доктор*", "наук", CVP_DEGREE_DOCTOR },
	{ "תואר", "שלישי", CVP_DEGREE_DOCTOR },
	{ "בתואר", "שלישי", CVP_DEGREE_DOCTOR },
	{ "דוקטורט*", "", CVP_DEGREE_DOCTOR },
};

unsigned
cvp_degrees_in(const struct cvp_words *words, size_t first, size_t count)
{
	unsigned degrees = 0;

	for (size_t i = first; i < first + count && i < words->count; i++) {
		const char *next = i + 1 < words->count ? words->words[i + 1].folded : "";

		for (size_t j = 0; j < CVP_COUNT(degree_words); j++) {
			if (cvp_cue_is(words->words[i].folded, degree_words[j].word) &&
			    (degree_words[j].next[0] == '\0' || strcmp(next, degree_words[j].next) == 0))
				degrees |= degree_words[j].degrees;
		}
	}
	return degrees;
}

unsigned
cvp_degree_alone(const char *folded)
{
	static const struct {
		const char *word;
		unsigned degrees;
	} alone[] = { { "bs", CVP_DEGREE_BACHELOR },  { "ba", CVP_DEGREE_BACHELOR },   { "ms", CVP_DEGREE_MASTER },
		      { "ma", CVP_DEGREE_MASTER },    { "master", CVP_DEGREE_MASTER }, { "masters", CVP_DEGREE_MASTER },
		      { "doctor", CVP_DEGREE_DOCTOR } };

	for (size_t i = 0; i < CVP_COUNT(alone); i++) {
		if (strcmp(alone[i].word, folded) == 0)
			return alone[i].degrees;
	}
	return 0;
}
