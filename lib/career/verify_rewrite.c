#include "career/verify_rewrite.h"

#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "career/verify_cues.h"
#include "career/verify_number_words.h"
#include "career/verify_plain.h"
#include "career/verify_prose_index.h"
#include "career/verify_verbs.h"
#include "core/ctx.h"

#define WORDS_A_NEW_ONE 4 /* so many words a line must have for each that its sources do not have */
#define NEAR            6 /* words around a figure that tell what it counts */

/* A line under judgement. */
struct draft {
	const struct cvp_rewrite *rewrite;
	const char *text; /* plain */
	struct cvp_words words;
	struct cvp_numbers numbers;
	bool *is_skill;     /* by word: part of a skill's name that the sources have */
	unsigned classes;   /* of the words of the sources: enum cvp_prose_class */
	unsigned feats;     /* of the sources: enum cvp_feat */
	enum cvp_deed deed; /* the most that the sources claim */
	const char *actual;
};

static const char *
part(struct draft *d, size_t first, size_t count)
{
	const struct cvp_word *from = &d->words.words[first], *to = &d->words.words[first + count - 1];

	d->actual = cvp_arena_strndup(d->rewrite->check->ctx->arena, d->text + from->offset,
				      to->offset + to->length - from->offset);
	return d->actual;
}

static bool
is_ground(const struct cvp_rewrite *rewrite, size_t text)
{
	return rewrite->is_source[text] || rewrite->is_around[text];
}

/* Is the word, in any form or by any name of its notion, one of the grounds'? */
static bool
has_word(const struct draft *d, const struct cvp_word *word)
{
	const struct cvp_prose *prose = d->rewrite->check->prose;
	uint64_t key = cvp_prose_key(d->rewrite->check, word);

	for (size_t i = 0; i < prose->count; i++) {
		if (is_ground(d->rewrite, i) && cvp_prose_has_key(&prose->sources[i], key))
			return true;
	}
	return false;
}

/* The word itself, inflected at most. */
static bool
has_name(const struct draft *d, const struct cvp_word *word)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		const struct cvp_words *words = &facts->texts[i].words;

		for (size_t j = 0; is_ground(d->rewrite, i) && j < words->count; j++) {
			if (strcmp(words->words[j].folded, word->folded) == 0 ||
			    strcmp(words->words[j].stem, word->stem) == 0)
				return true;
		}
	}
	return false;
}

/* The word letter by letter. */
static bool
has_letters(const struct draft *d, const struct cvp_word *word)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;
	const char *text = cvp_arena_strndup(d->rewrite->check->ctx->arena, d->text + word->offset, word->length);

	for (size_t i = 0; i < facts->text_count; i++) {
		if (is_ground(d->rewrite, i) && strstr(facts->texts[i].plain, text) != NULL)
			return true;
	}
	return false;
}

static bool
has_skill(const struct draft *d, struct cvp_skill_id skill)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		for (size_t j = 0; is_ground(d->rewrite, i) && j < facts->texts[i].skill_count; j++) {
			if (facts->texts[i].skills[j].index == skill.index)
				return true;
		}
	}
	return false;
}

static const char *
skill_fault(struct draft *d)
{
	const struct cvp_check *check = d->rewrite->check;
	struct cvp_skill_hits hits = cvp_lexicon_scan(check->ctx, check->cv->lexicon, d->text, &d->words);

	for (size_t i = 0; i < hits.count; i++) {
		const struct cvp_skill_hit *hit = &hits.hits[i];
		bool is_shown = has_skill(d, hit->skill);

		for (size_t j = 0; j < hit->count; j++)
			d->is_skill[hit->first + j] = is_shown;
		if (is_shown || cvp_skill_kind(check->cv->lexicon, hit->skill) == CVP_SKILL_SOFT)
			continue;
		part(d, hit->first, hit->count);
		return "a skill of the sources";
	}
	return NULL;
}

/* Characters that look like something else: figures that are no digits, currency signs the sources have not. */
static const char *
sign_fault(struct draft *d)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;
	ucs4_t c;

	for (const uint8_t *at = (const uint8_t *)d->text; (at = u8_next(&c, at)) != NULL;) {
		bool is_shown = false;
		uint8_t sign[7] = { 0 };

		if (!uc_is_general_category_withtable(c,
						      UC_CATEGORY_MASK_No | UC_CATEGORY_MASK_Nl | UC_CATEGORY_MASK_Sc))
			continue;
		u8_uctomb(sign, c, 6);
		for (size_t i = 0; i < facts->text_count && !is_shown; i++)
			is_shown = d->rewrite->is_source[i] && strstr(facts->texts[i].plain, (char *)sign) != NULL;
		d->actual = cvp_arena_strdup(d->rewrite->check->ctx->arena, (char *)sign);
		if (!is_shown)
			return "a figure of the sources";
	}
	return NULL;
}

static size_t
word_at(const struct cvp_words *words, size_t offset)
{
	size_t at = 0;

	while (at + 1 < words->count && words->words[at + 1].offset <= offset)
		at++;
	return at;
}

/* Do words around two figures have one in common? None around one of them denies nothing. */
static bool
counts_the_same(const struct cvp_check *check, const struct cvp_words *a, size_t at, const struct cvp_words *b,
		size_t shown)
{
	size_t compared = 0;

	for (size_t i = at > 2 ? at - 2 : 0; i < a->count && i <= at + NEAR / 2; i++) {
		if (i == at || a->words[i].is_stop)
			continue;
		for (size_t j = shown > NEAR ? shown - NEAR : 0; j < b->count && j <= shown + NEAR; j++) {
			if (j == shown || b->words[j].is_stop)
				continue;
			compared++;
			if (cvp_prose_key(check, &a->words[i]) == cvp_prose_key(check, &b->words[j]))
				return true;
		}
	}
	return compared == 0;
}

static bool
is_exceeding(const char *text, const struct cvp_number *number)
{
	static const char *const leads[] = { "over ",  "than ",  "above ",  "exceeding ", "> ", ">",
					     "свыше ", "более ", "больше ", "מעל ",       "מ-", "יותר מ" };
	size_t end = number->offset + number->length;

	for (size_t i = 0; i < CVP_COUNT(leads); i++) {
		size_t length = strlen(leads[i]);

		if (number->offset >= length && strncmp(text + number->offset - length, leads[i], length) == 0)
			return true;
	}
	return memchr(text + number->offset, '+', number->length) != NULL || text[end] == '+';
}

static bool
proves(const struct draft *d, const struct cvp_number *claimed, size_t fact)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;
	const struct cvp_fact_number *shown = &facts->numbers[fact];
	const struct cvp_fact_text *text = &facts->texts[shown->text];

	if (!is_ground(d->rewrite, shown->text) || !cvp_number_proves(&shown->number, claimed))
		return false;
	if (is_exceeding(d->text, claimed) && !is_exceeding(text->plain, &shown->number))
		return false;
	return counts_the_same(d->rewrite->check, &d->words, word_at(&d->words, claimed->offset), &text->words,
			       word_at(&text->words, shown->number.offset));
}

static const char *
number_fault(struct draft *d)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;

	for (size_t i = 0; i < d->numbers.count; i++) {
		const struct cvp_number *number = &d->numbers.rows[i];
		bool is_shown = false;

		for (size_t j = 0; j < facts->number_count && !is_shown; j++)
			is_shown = proves(d, number, j);
		d->actual = cvp_arena_strndup(d->rewrite->check->ctx->arena, d->text + number->offset, number->length);
		if (!is_shown)
			return "a figure of the sources";
	}
	return NULL;
}

/* Judged with the figures: "40", "forty", the "percent" behind it. */
static bool
is_of_figure(const struct draft *d, const struct cvp_word *word)
{
	for (size_t i = 0; i < d->numbers.count; i++) {
		const struct cvp_number *number = &d->numbers.rows[i];

		if (word->offset >= number->offset && word->offset + word->length <= number->offset + number->length)
			return true;
	}
	return false;
}

static bool
has_capital(const struct draft *d, size_t at, bool is_first)
{
	const struct cvp_word *word = &d->words.words[at];
	const uint8_t *text = (const uint8_t *)d->text + word->offset;
	int capitals = 0;

	for (size_t i = 0; i < word->length;) {
		ucs4_t c;
		int n = u8_mbtouc(&c, text + i, word->length - i);

		capitals += uc_is_upper(c);
		i += n > 0 ? (size_t)n : 1;
	}
	return capitals > (is_first ? 1 : 0);
}

static bool
begins_sentence(const struct draft *d, size_t at)
{
	size_t offset = d->words.words[at].offset;

	while (offset > 0 && strchr(" '\"(-", d->text[offset - 1]) != NULL)
		offset--;
	return offset == 0 || strchr(".!?:;", d->text[offset - 1]) != NULL;
}

/* "B2B": letters and digits in one word. */
static bool
is_mixed(const char *folded)
{
	size_t digits = strcspn(folded, "0123456789");

	return folded[digits] != '\0' && folded[strspn(folded, "0123456789.,+%-")] != '\0';
}

static bool
is_hebrew(const char *folded)
{
	ucs4_t c;

	return u8_next(&c, (const uint8_t *)folded) != NULL && c >= 0x590 && c < 0x600;
}

/* What a word the sources do not have may be: nothing, or the odd plain word. */
enum novelty { NOT_NEW, HARMLESS, COUNTS, REFUSED };

static bool
follows_figure(const struct draft *d, size_t at)
{
	const char *before = at > 0 ? d->words.words[at - 1].folded : "x";
	struct cvp_spelt spelt;

	return (before[0] >= '0' && before[0] <= '9') || cvp_spelt_number(before, &spelt) > 0;
}

/* "saved $2M a year" is not "a month". */
static bool
is_period(const char *folded)
{
	static const char *const periods[] = {
		"second*", "minute*", "hour*",   "hourly",   "day",    "days",  "daily", "week*",  "month*", "quarter*",
		"year*",   "annual*", "decade*", "секунд*",  "минут*", "час",   "часа",  "часов",  "день",   "дней",
		"дня",     "недел*",  "месяц*",  "квартал*", "год",    "года",  "лет",   "שנייה",  "שניות",  "דקה",
		"דקות",    "שעה",     "שעות",    "יום",      "ימים",   "שבוע*", "חודש*", "רבעון*", "שנה",    "שנים"
	};

	return cvp_cue_is_listed(folded, periods, CVP_COUNT(periods));
}

static bool
follows_lead(const struct draft *d, size_t at)
{
	static const char *const leads[] = { "in", "as", "across", "within", "to", "into", "among", "per" };

	for (size_t i = at; i > 0 && at - i < 2; i--) {
		const char *before = d->words.words[i - 1].folded;

		if (cvp_employer_lead(before) > 0 || cvp_cue_is_listed(before, leads, CVP_COUNT(leads)))
			return true;
		if (!d->words.words[i - 1].is_stop)
			break;
	}
	return false;
}

static enum novelty
novelty_of(const struct draft *d, size_t at)
{
	const struct cvp_word *word = &d->words.words[at];
	unsigned feats, classes;
	enum cvp_deed deed = cvp_deed_of(word->folded);
	bool is_name = has_capital(d, at, begins_sentence(d, at));

	if (cvp_is_disguised(d->text + word->offset, word->length) && !has_letters(d, word))
		return REFUSED;
	if (d->is_skill[at] || has_name(d, word) || is_of_figure(d, word))
		return NOT_NEW;
	if (is_name || cvp_is_widening(word->folded) || deed >= CVP_DEED_LED || is_mixed(word->folded))
		return REFUSED;
	classes = cvp_prose_classes(d->rewrite->check->prose->words, word->folded, &feats);
	if ((feats & ~d->feats) != 0)
		return REFUSED;
	if (word->is_stop || has_word(d, word))
		return NOT_NEW;
	if (feats != 0 || follows_figure(d, at) || is_period(word->folded))
		return REFUSED;
	if (deed != CVP_DEED_NONE)
		return deed == CVP_DEED_SHARED || d->deed != CVP_DEED_SHARED ? HARMLESS : REFUSED;
	if ((classes & CVP_PROSE_PLAIN) != 0)
		return HARMLESS;
	return is_hebrew(word->folded) || at == 0 || follows_lead(d, at) ? REFUSED : COUNTS;
}

static const char *
word_fault(struct draft *d)
{
	size_t new_words = 0, last = 0, content = 0;

	for (size_t i = 0; i < d->words.count; i++) {
		enum novelty novelty = novelty_of(d, i);

		content += !d->words.words[i].is_stop;
		if (novelty == REFUSED) {
			part(d, i, 1);
			return "words of the sources";
		}
		if (novelty == COUNTS) {
			new_words++;
			last = i;
		}
	}
	if (new_words * WORDS_A_NEW_ONE <= content)
		return NULL;
	part(d, last, 1);
	return "words of the sources";
}

static bool
is_of_source(const struct draft *d, const char *folded)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		const struct cvp_words *words = &facts->texts[i].words;

		for (size_t j = 0; d->rewrite->is_source[i] && j < words->count; j++) {
			if (strcmp(words->words[j].folded, folded) == 0)
				return true;
		}
	}
	return false;
}

/* More than the sources claim, or the same without "helped". */
static const char *
deed_fault(struct draft *d)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;
	bool is_shared = false, is_done = false;

	for (size_t i = 0; i < facts->text_count; i++) {
		enum cvp_deed first = d->rewrite->is_source[i] ? cvp_deed_first(&facts->texts[i].words) : CVP_DEED_NONE;

		is_shared = is_shared || first == CVP_DEED_SHARED;
		is_done = is_done || first > CVP_DEED_SHARED;
	}
	d->actual = d->text;
	for (size_t i = 0; i < d->words.count; i++) {
		enum cvp_deed deed = cvp_deed_of(d->words.words[i].folded);

		if (deed > CVP_DEED_DONE && deed > d->deed && !is_of_source(d, d->words.words[i].folded)) {
			part(d, i, 1);
			return "no stronger verb than the sources'";
		}
		is_shared = is_shared && deed != CVP_DEED_SHARED;
	}
	return is_shared && !is_done ? "no stronger verb than the sources'" : NULL;
}

/* "without downtime" told as "downtime". */
static bool
loses_negation(const struct draft *d, const struct cvp_words *source, size_t at)
{
	uint64_t key;
	size_t next = at + 1;

	while (next < source->count && source->words[next].is_stop)
		next++;
	if (next == source->count || next > at + 3)
		return false;
	key = cvp_prose_key(d->rewrite->check, &source->words[next]);
	for (size_t i = 0; i < d->words.count; i++) {
		bool is_denied = false;

		if (cvp_prose_key(d->rewrite->check, &d->words.words[i]) != key)
			continue;
		for (size_t j = i > 4 ? i - 4 : 0; j < i; j++)
			is_denied = is_denied || cvp_is_negation(d->words.words[j].folded);
		if (!is_denied)
			return true;
	}
	return false;
}

static const char *
sense_fault(struct draft *d)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;
	const unsigned both = CVP_PROSE_RISE | CVP_PROSE_FALL;
	unsigned said = 0;

	for (size_t i = 0; i < d->words.count; i++)
		said |= cvp_prose_classes(d->rewrite->check->prose->words, d->words.words[i].folded, NULL);
	d->actual = d->text;
	if ((said & both & ~d->classes) != 0)
		return "the sources' direction";
	for (size_t i = 0; i < facts->text_count; i++) {
		const struct cvp_words *words = &facts->texts[i].words;

		for (size_t j = 0; d->rewrite->is_source[i] && j < words->count; j++) {
			if (cvp_is_negation(words->words[j].folded) && loses_negation(d, words, j))
				return "what the sources deny";
		}
	}
	return NULL;
}

static void
read_sources(struct draft *d)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		enum cvp_deed deed;

		if (!d->rewrite->is_source[i])
			continue;
		d->classes |= d->rewrite->check->prose->sources[i].classes;
		d->feats |= d->rewrite->check->prose->sources[i].feats;
		deed = cvp_deed_most(&facts->texts[i].words);
		d->deed = deed > d->deed ? deed : d->deed;
	}
}

/* What a source says word for word needs no judgement. */
static bool
is_quoted(const struct draft *d)
{
	const struct cvp_facts *facts = d->rewrite->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		if (d->rewrite->is_source[i] && strcmp(facts->texts[i].plain, d->text) == 0)
			return true;
	}
	return false;
}

const char *
cvp_rewrite_fault(const struct cvp_rewrite *rewrite, const char *text, const char **actual)
{
	static const char *(*const judges[])(struct draft * d) = { sign_fault, number_fault, skill_fault,
								   deed_fault, word_fault,   sense_fault };
	struct cvp_ctx *ctx = rewrite->check->ctx;
	struct draft d = { .rewrite = rewrite, .text = cvp_plain_text(ctx, text) };
	const char *fault = NULL;

	*actual = text;
	if (is_quoted(&d))
		return NULL;
	if (cvp_text_length(d.text) > CVP_REWRITE_MAX)
		return "at most 500 characters";
	d.words = cvp_words_of(ctx, d.text, strlen(d.text));
	d.numbers = cvp_numbers_of(ctx, d.text);
	d.is_skill = cvp_arena_alloc(ctx->arena, d.words.count + 1);
	read_sources(&d);
	for (size_t i = 0; i < CVP_COUNT(judges) && fault == NULL; i++)
		fault = judges[i](&d);
	if (fault != NULL)
		*actual = d.actual;
	return fault;
}
