#include "career/verify_sources.h"

#include <string.h>

#include "career/verify_numbers.h"
#include "career/verify_plain.h"
#include "core/ctx.h"

/* Is it named whole, or quoted from, if only a piece? */
static bool
is_quoted(struct cvp_ctx *ctx, const char *source, const char *text)
{
	static const size_t long_enough = 12; /* bytes of a quoted piece */
	const char *plain = cvp_plain_text(ctx, source);
	size_t length = strlen(plain);

	if (strstr(text, plain) != NULL)
		return true;
	while (length > 0 && strchr(" .,;:!?", plain[length - 1]) != NULL)
		length--;
	if (length > 0 && memmem(text, strlen(text), plain, length) != NULL)
		return true;
	for (const char *at = text; (at = strstr(at, "\"")) != NULL; at++) {
		size_t piece = strcspn(at + 1, "\"");
		const char *dots = strstr(at + 1, "\xE2\x80\xA6");

		if (dots != NULL && (size_t)(dots - at - 1) < piece)
			piece = (size_t)(dots - at - 1);
		while (piece > 0 && strchr(" .,;:", at[piece]) != NULL)
			piece--;
		if (piece >= long_enough && memmem(plain, strlen(plain), at + 1, piece) != NULL)
			return true;
	}
	return false;
}

/* Does the text name a skill that the source names, or that one of the source's skills implies? */
static bool
proves_skill(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *source, const char *text)
{
	struct cvp_words said = cvp_words_of(ctx, text, strlen(text));
	struct cvp_words shown = cvp_words_of(ctx, source, strlen(source));
	struct cvp_skill_hits claims = cvp_lexicon_scan(ctx, lexicon, text, &said);
	struct cvp_skill_hits proofs = cvp_lexicon_scan(ctx, lexicon, source, &shown);

	for (size_t i = 0; i < claims.count; i++) {
		for (size_t j = 0; j < proofs.count; j++) {
			if (claims.hits[i].skill.index == proofs.hits[j].skill.index ||
			    cvp_skill_implies(lexicon, proofs.hits[j].skill, claims.hits[i].skill))
				return true;
		}
	}
	return false;
}

static bool
shares_figure(struct cvp_ctx *ctx, const char *source, const char *text)
{
	struct cvp_numbers shown = cvp_numbers_of(ctx, source), said = cvp_numbers_of(ctx, text);

	for (size_t i = 0; i < said.count; i++) {
		for (size_t j = 0; j < shown.count; j++) {
			if (cvp_number_proves(&shown.rows[j], &said.rows[i]))
				return true;
		}
	}
	return false;
}

static bool
has_key(const struct cvp_match_words *notions, const struct cvp_words *words, const char *key)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(cvp_match_key(notions, &words->words[i]), key) == 0)
			return true;
	}
	return false;
}

static bool
shares_words(struct cvp_ctx *ctx, const struct cvp_match_words *notions, const char *source, const char *text)
{
	struct cvp_words shown = cvp_words_of(ctx, source, strlen(source)),
			 said = cvp_words_of(ctx, text, strlen(text));
	size_t telling = 0, shared = 0;

	for (size_t i = 0; i < shown.count; i++) {
		if (shown.words[i].is_stop)
			continue;
		telling++;
		shared += has_key(notions, &said, cvp_match_key(notions, &shown.words[i]));
	}
	return shared >= 2 || (shared == 1 && telling == 1);
}

bool
cvp_source_is_used(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const struct cvp_match_words *notions,
		   const char *source, const char *text)
{
	const char *plain = cvp_plain_text(ctx, source);

	return is_quoted(ctx, source, text) || proves_skill(ctx, lexicon, source, text) ||
	       shares_figure(ctx, plain, text) || shares_words(ctx, notions, plain, text);
}
