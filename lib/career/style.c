#include "career/style.h"

#include <string.h>

#include "career/verify_facts.h"
#include "core/ctx.h"
#include "text/text.h"

#define SENTENCES_LEAST 4 /* fewer are too few to be monotonous */
#define TEXTS_LEAST     4
#define WORDS_LEAST     8.0
#define WORDS_MOST      25.0
#define DISTINCT_LEAST  0.30

static const char *const worn[] = {
	"leverage",         "delve",
	"landscape",        "robust",
	"streamline",       "utilize",
	"facilitate",       "cutting edge",
	"best practices",   "industry leading",
	"game changer",     "paradigm shift",
	"synergy",          "spearhead",
	"passionate about", "proven track record",
};

struct style {
	struct cvp_ctx *ctx;
	json_t *issues;
	size_t *lengths; /* of sentences, in words */
	size_t sentence_count, room;
};

static void
add(struct style *style, const char *code, const char *message, const char *field)
{
	json_array_append_new(style->issues,
			      json_pack("{s:s, s:s, s:s*}", "code", code, "message", message, "field", field));
}

/* The stems of the text with single spaces around each: "cutting-edge" is found as two words, however it is joined. */
static const char *
stems_of(struct cvp_ctx *ctx, const char *text)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));

	return cvp_stems_key(ctx, &words, 0, words.count);
}

static void
find_worn(struct style *style, const struct cvp_styled *text)
{
	const char *stems = stems_of(style->ctx, text->text);

	for (size_t i = 0; i < CVP_COUNT(worn); i++) {
		if (strstr(stems, stems_of(style->ctx, worn[i])) != NULL)
			add(style, "WORN_WORD",
			    cvp_arena_printf(style->ctx->arena, "“%s” says little; say what was done.", worn[i]),
			    text->field);
	}
}

static void
end_sentence(struct style *style, size_t words)
{
	if (words == 0)
		return;
	if (style->sentence_count == style->room) {
		size_t room = style->room > 0 ? 2 * style->room : 64;

		style->lengths = cvp_arena_grow(style->ctx->arena, style->lengths,
						style->room * sizeof(*style->lengths), room * sizeof(*style->lengths));
		style->room = room;
	}
	style->lengths[style->sentence_count++] = words;
}

/* A sentence ends at . ! ? or a line break before the next word, and with the text. */
static void
cut_sentences(struct style *style, const char *text)
{
	struct cvp_words words = cvp_words_of(style->ctx, text, strlen(text));
	size_t length = 0;

	for (size_t i = 0; i < words.count; i++) {
		size_t end = words.words[i].offset + words.words[i].length;
		size_t next = i + 1 < words.count ? words.words[i + 1].offset : strlen(text);

		length++;
		if (strcspn(text + end, ".!?\n") < next - end) {
			end_sentence(style, length);
			length = 0;
		}
	}
	end_sentence(style, length);
}

static void
judge_sentences(struct style *style)
{
	size_t distinct = 0, words = 0;
	double mean;

	for (size_t i = 0; i < style->sentence_count; i++) {
		size_t j = 0;

		while (style->lengths[j] != style->lengths[i])
			j++;
		distinct += j == i;
		words += style->lengths[i];
	}
	if (style->sentence_count < SENTENCES_LEAST)
		return;
	if ((double)distinct < DISTINCT_LEAST * (double)style->sentence_count)
		add(style, "SENTENCE_LENGTHS_ALIKE", "Most sentences are of the same length.", NULL);
	mean = (double)words / (double)style->sentence_count;
	if (mean < WORDS_LEAST || mean > WORDS_MOST)
		add(style, "SENTENCE_LENGTH",
		    cvp_arena_printf(style->ctx->arena, "Sentences have %.0f words on average; 8 to 25 read well.",
				     mean),
		    NULL);
}

static const char *
first_word(struct cvp_ctx *ctx, const char *text)
{
	struct cvp_words words = cvp_words_of(ctx, text, strlen(text));

	return words.count > 0 ? words.words[0].folded : "";
}

static void
judge_beginnings(struct style *style, const struct cvp_styled *texts, size_t count)
{
	for (size_t i = 0; count >= TEXTS_LEAST && i <= count / 2; i++) { /* what most begin with, one of these does */
		const char *word = first_word(style->ctx, texts[i].text);
		size_t same = 0;

		for (size_t j = 0; j < count; j++)
			same += strcmp(first_word(style->ctx, texts[j].text), word) == 0;
		if (2 * same > count && word[0] != '\0') {
			add(style, "SAME_FIRST_WORD",
			    cvp_arena_printf(style->ctx->arena, "Most bullets begin with “%s”.", word), NULL);
			return;
		}
	}
}

json_t *
cvp_style_issues(struct cvp_ctx *ctx, const struct cvp_styled *texts, size_t count)
{
	struct style style = { .ctx = ctx, .issues = cvp_own(ctx, json_array()) };

	for (size_t i = 0; i < count; i++) {
		find_worn(&style, &texts[i]);
		cut_sentences(&style, texts[i].text);
	}
	judge_sentences(&style);
	judge_beginnings(&style, texts, count);
	return style.issues;
}
