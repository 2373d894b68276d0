/* gap_judge.c - holds a question against CV and posting: it may name nothing that neither of them does (SPEC 8). */
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "career/gap_parts.h"
#include "career/verify_artifact.h"
#include "career/verify_plain.h"
#include "core/ctx.h"

/* Skills of the lexicon that neither CV nor posting names. */
static void
judge_skills(struct cvp_verification *v, const char *field, const char *text, const struct cvp_words *words)
{
	struct cvp_skill_hits hits = cvp_lexicon_scan(v->ctx, v->assets->lexicon, text, words);

	for (size_t i = 0; i < hits.count; i++) {
		struct cvp_skill_id skill = hits.hits[i].skill;

		if (cvp_skill_kind(v->assets->lexicon, skill) == CVP_SKILL_SOFT ||
		    cvp_facts_have_skill(v->check.cv, skill) ||
		    (v->check.target != NULL && cvp_facts_have_skill(v->check.target, skill)))
			continue;
		cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_WARNING, "a skill of the CV or the posting",
				cvp_skill_name(v->assets->lexicon, skill));
	}
}

/* Figures: a question that asks about a number takes it for granted. */
static void
judge_numbers(struct cvp_verification *v, const char *field, const char *text)
{
	struct cvp_numbers numbers = cvp_numbers_of(v->ctx, text);

	for (size_t i = 0; i < numbers.count; i++) {
		const struct cvp_number *number = &numbers.rows[i];

		if (!cvp_facts_have_number(v->check.cv, NULL, number) &&
		    (v->check.target == NULL || !cvp_facts_have_number(v->check.target, NULL, number)))
			cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_WARNING, "a figure of the CV or the posting",
					cvp_arena_strndup(v->ctx->arena, text + number->offset, number->length));
	}
}

/* Words of ours that are written with capitals within a sentence. */
static bool
is_own_word(const char *word)
{
	static const char *const own[] = { "cv", "i", "ats", "hr" };

	for (size_t i = 0; i < CVP_COUNT(own); i++) {
		if (strcmp(word, own[i]) == 0)
			return true;
	}
	return false;
}

/* Does the word begin a sentence or a quotation, where any word has a capital? */
static bool
begins_sentence(const char *text, size_t offset)
{
	static const char *const openers[] = { "“", "«", "„", "\"", ".", "?", "!", ":", "…" };

	while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '('))
		offset--;
	for (size_t i = 0; i < CVP_COUNT(openers); i++) {
		size_t length = strlen(openers[i]);

		if (offset >= length && strncmp(text + offset - length, openers[i], length) == 0)
			return true;
	}
	return offset == 0;
}

static bool
is_name(const char *text, const struct cvp_words *words, size_t i)
{
	ucs4_t first;

	return u8_next(&first, (const uint8_t *)text + words->words[i].offset) != NULL && uc_is_upper(first) &&
	       !begins_sentence(text, words->words[i].offset) && !is_own_word(words->words[i].folded);
}

/* Names: an employer or a product that a question takes for granted. */
static void
judge_names(struct cvp_verification *v, const char *field, const char *text, const struct cvp_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = cvp_arena_strndup(v->ctx->arena, text + words->words[i].offset,
						     words->words[i].length);

		if (!is_name(text, words, i) || cvp_facts_have_words(v->ctx, v->check.cv, words, i, 1) ||
		    (v->check.target != NULL && cvp_facts_have_words(v->ctx, v->check.target, words, i, 1)))
			continue;
		cvp_verdict_add(&v->verdict, field, CVP_SEVERITY_WARNING, "a name of the CV or the posting", word);
	}
}

static void
judge_text(struct cvp_verification *v, const char *field, const char *text)
{
	struct cvp_words words = cvp_words_of(v->ctx, text, strlen(text));

	judge_skills(v, field, text, &words);
	judge_numbers(v, field, text);
	judge_names(v, field, text, &words);
}

/* A text without the pointers in it: their numbers count nothing. */
static const char *
without_pointers(struct cvp_ctx *ctx, const char *text)
{
	char *copy = cvp_arena_strdup(ctx->arena, text);

	for (char *at = copy; *at != '\0'; at++) {
		bool starts = *at == '/' && (at == copy || at[-1] == ' ' || at[-1] == '(');

		if (starts)
			memset(at, ' ', strcspn(at, " ,;)"));
	}
	return copy;
}

void
cvp_gap_judge(struct cvp_verification *v, const char *field, const json_t *question)
{
	static const char *const texts[] = { "question", "reasoning" };

	for (size_t i = 0; i < CVP_COUNT(texts); i++) {
		const char *text = json_string_value(json_object_get(question, texts[i]));

		if (text != NULL)
			judge_text(v, cvp_arena_printf(v->ctx->arena, "%s/%s", field, texts[i]),
				   without_pointers(v->ctx, cvp_plain_text(v->ctx, text)));
	}
	cvp_claims_check(&v->check, cvp_arena_printf(v->ctx->arena, "%s/requirement", field), CVP_VOICE_POSTING, NULL,
			 json_string_value(json_object_get(question, "requirement")));
}
