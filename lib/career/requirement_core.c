/* requirement_core.c - where the core of a demand begins and ends. */
#include "career/requirement_core.h"

#include <string.h>

#include "core/ctx.h"

#define CORE_WORDS 25 /* a longer demand is cut at its first aside */
#define CORE_MIN   3

size_t
cvp_demand_after_lead(const struct cvp_clause *clause)
{
	size_t at = 0;
	struct cvp_cue_hit hit;

	for (int i = 0; i < 4 && at < clause->words.count; i++) {
		if (!cvp_cue_starts(&clause->words, at, clause->words.count, &cvp_lead_cues, &hit))
			break;
		if (at + hit.count + 1 > clause->words.count ||
		    (clause->hits.count > 0 && clause->hits.hits[0].first < at + hit.count))
			break;
		at += hit.count;
	}
	return at < clause->words.count ? at : 0;
}

size_t
cvp_demand_after_role(const struct cvp_clause *clause)
{
	if (cvp_cue_at(&clause->words, 0, clause->words.count, "as a") == 0 &&
	    cvp_cue_at(&clause->words, 0, clause->words.count, "as an") == 0 &&
	    cvp_cue_at(&clause->words, 0, clause->words.count, "as the") == 0 &&
	    cvp_cue_at(&clause->words, 0, clause->words.count, "in this") == 0)
		return 0;
	for (size_t i = 2; i < clause->words.count && i < 14; i++) {
		if (cvp_clause_has_sign(clause, i, ","))
			return i;
	}
	return 0;
}

/* A dash with spaces around it, in front of word i. */
static bool
follows_dash(const struct cvp_clause *clause, size_t i)
{
	const struct cvp_word *before = &clause->words.words[i - 1];
	const char *at = clause->text + before->offset + before->length;

	return strncmp(at, " - ", 3) == 0 || strncmp(at, " – ", strlen(" – ")) == 0 ||
	       strncmp(at, " — ", strlen(" — ")) == 0;
}

/* Words in front of a closing "for this position". */
static size_t
before_place(const struct cvp_clause *clause)
{
	static const char *const places[] = { "for this position", "for this role", "for the role",
					      "for the position",  "for this job",  "in this role" };
	size_t count = clause->words.count;

	for (size_t i = 0; i < CVP_COUNT(places); i++) {
		if (count > 4 && cvp_cue_at(&clause->words, count - 3, count, places[i]) > 0)
			return count - 3;
	}
	return count;
}

/* The word at which a predicate of weight begins: back over "is a huge", "will be a". */
static size_t
predicate_start(const struct cvp_clause *clause, size_t at)
{
	static const struct cvp_cues cues[] = { { 0,
						  "a|an|is|are|be|will|would|considered|huge|big|strong|great|definite|"
						  "significant|real|also|an added|является|будет" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	while (at > 1 && cvp_cue_starts(&clause->words, at - 1, at, &table, &hit))
		at--;
	return at;
}

size_t
cvp_demand_before_weight(const struct cvp_clause *clause)
{
	size_t count = before_place(clause);

	for (size_t at = count; at-- > 1 && count - at <= 5;) {
		struct cvp_cue_hit hit;
		size_t start;

		if (!cvp_cue_starts(&clause->words, at, count, &cvp_weight_cues, &hit) ||
		    hit.first + hit.count != count)
			continue;
		start = predicate_start(clause, at);
		if (start < at || cvp_clause_has_sign(clause, start, "-,(:") || follows_dash(clause, start))
			return start;
	}
	return clause->words.count;
}

static bool
is_gerund(const char *folded)
{
	size_t length = strlen(folded);

	return length > 5 && strcmp(folded + length - 3, "ing") == 0 && strcmp(folded, "including") != 0;
}

bool
cvp_demand_starts_participle(const struct cvp_clause *clause, size_t i)
{
	const struct cvp_words *words = &clause->words;

	return i >= 6 && words->count - i >= 3 && is_gerund(words->words[i].folded) &&
	       !is_gerund(words->words[i - 1].folded) && !cvp_clause_has_sign(clause, i + 1, ",") &&
	       cvp_cue_at(words, i + 1, words->count, "and") == 0;
}

size_t
cvp_demand_before_aside(const struct cvp_clause *clause, bool is_duty)
{
	size_t count = clause->words.count;
	bool is_long = count > CORE_WORDS;

	for (size_t i = CORE_MIN - 1; i < count; i++) {
		bool comma = clause->depth[i] == 0 && cvp_clause_has_sign(clause, i, ",");

		if (clause->depth[i] > 0)
			continue;
		if (is_long && follows_dash(clause, i))
			return i;
		if (i < CORE_MIN)
			continue;
		if (is_long && (cvp_cue_at(&clause->words, i, count, "so that") > 0 ||
				cvp_cue_at(&clause->words, i, count, "in order to") > 0))
			return i;
		if (is_duty && comma && cvp_demand_starts_participle(clause, i))
			return i;
	}
	return count;
}

const char *
cvp_demand_without_end(struct cvp_ctx *ctx, const char *text)
{
	size_t length = strlen(text);

	for (;;) {
		if (length > 0 && strchr(" .,;:!-*", text[length - 1]) != NULL)
			length--;
		else if (length >= 3 &&
			 (memcmp(text + length - 3, "—", 3) == 0 || memcmp(text + length - 3, "–", 3) == 0))
			length -= 3;
		else
			break;
	}
	if (length > 0 && text[length - 1] == '(')
		return cvp_demand_without_end(ctx, cvp_arena_strndup(ctx->arena, text, length - 1));
	return cvp_arena_strndup(ctx->arena, text, length);
}
