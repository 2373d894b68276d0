#include "career/match.h"

#include <math.h>
#include <string.h>

#include "career/ats.h"
#include "career/kind.h"
#include "career/match_row.h"
#include "career/posting.h"
#include "core/ctx.h"

#define STRONG       0.80 /* SPEC 7.3 */
#define MODERATE     0.50
#define DEVELOPING   0.20
#define KEYWORDS_MAX 60

static double
round3(double value)
{
	return floor(value * 1000 + 0.5) / 1000;
}

static const char *
alignment_of(double score)
{
	if (score >= STRONG)
		return "STRONG";
	if (score >= MODERATE)
		return "MODERATE";
	return score >= DEVELOPING ? "DEVELOPING" : "MISSING";
}

static const char *
impact_of(enum cvp_importance importance)
{
	if (importance == CVP_MUST)
		return "HIGH";
	return importance == CVP_ORDINARY ? "MEDIUM" : "LOW";
}

static double
weight_of(enum cvp_importance importance)
{
	if (importance == CVP_MUST)
		return 1;
	return importance == CVP_ORDINARY ? 0.6 : 0.3;
}

/* SPEC 7.4: the level of a coverage: little covered, a high gap. */
static const char *
level_of(double coverage)
{
	if (coverage < 0.40)
		return "HIGH";
	return coverage < 0.70 ? "MEDIUM" : "LOW";
}

static json_t *
evidence_of(const struct cvp_match_index *index, const struct cvp_match_row *row)
{
	json_t *evidence = json_array();

	for (size_t i = 0; i < row->line_count; i++) {
		const struct cvp_match_line *line = &index->lines[row->lines[i]];

		json_array_append_new(evidence, json_pack("{s:s, s:s}", "text", line->text, "source", line->source));
	}
	return evidence;
}

static json_t *
row_json(const struct cvp_match_index *index, const struct cvp_match_row *row)
{
	json_t *json = json_object();

	json_object_set_new(json, "requirement", json_string(row->asked->text));
	json_object_set_new(json, "must_have", json_boolean(row->asked->importance == CVP_MUST));
	json_object_set_new(json, "evidence", evidence_of(index, row));
	json_object_set_new(json, "alignment_score", json_string(alignment_of(row->score)));
	json_object_set_new(json, "score", json_real(row->score));
	json_object_set_new(json, "impact_potential", json_string(impact_of(row->asked->importance)));
	return json;
}

/* The posting's words for a skill, as they stand there. */
static const char *
surface_of(struct cvp_ctx *ctx, const struct cvp_clause *clause, const struct cvp_skill_hit *hit)
{
	const struct cvp_word *first = &clause->words.words[hit->first];
	const struct cvp_word *last = &clause->words.words[hit->first + hit->count - 1];

	return cvp_arena_strndup(ctx->arena, clause->text + first->offset, last->offset + last->length - first->offset);
}

/* Does any line of the CV show or list a skill, itself or one that implies it? */
static bool
has_skill(const struct cvp_match_index *index, struct cvp_skill_id skill)
{
	for (size_t i = 0; i < index->count; i++) {
		if (index->lines[i].proof >= CVP_LISTED &&
		    cvp_match_line_proves(index, &index->lines[i], skill, NULL) > CVP_NEIGHBOUR)
			return true;
	}
	return false;
}

struct keywords {
	json_t *present, *missing;
	bool *is_seen; /* per skill of the lexicon */
};

static void
add_keywords(const struct cvp_match_index *index, struct keywords *keywords, const struct cvp_clause *clause)
{
	for (size_t i = 0; i < clause->hits.count; i++) {
		const struct cvp_skill_hit *hit = &clause->hits.hits[i];
		json_t *list;

		if (cvp_skill_kind(index->lexicon, hit->skill) == CVP_SKILL_SOFT || keywords->is_seen[hit->skill.index])
			continue;
		keywords->is_seen[hit->skill.index] = true;
		list = has_skill(index, hit->skill) ? keywords->present : keywords->missing;
		if (json_array_size(list) < KEYWORDS_MAX)
			json_array_append_new(list, json_string(surface_of(index->ctx, clause, hit)));
	}
}

/* The posting's terms in the order of its requirements; its board's own key skills behind them. */
static struct keywords
find_keywords(const struct cvp_match_index *index, const struct cvp_match_row *rows, size_t count)
{
	struct keywords keywords = { cvp_own(index->ctx, json_array()), cvp_own(index->ctx, json_array()), NULL };
	const json_t *item;
	size_t at;

	keywords.is_seen = cvp_arena_alloc(index->ctx->arena, cvp_lexicon_size(index->lexicon) + 1);
	for (size_t i = 0; i < count; i++)
		add_keywords(index, &keywords, &rows[i].clause);
	json_array_foreach (json_object_get(index->posting, "x_key_skills"), at, item) {
		if (json_is_string(item)) {
			struct cvp_clause clause = cvp_clause_of(index->ctx, index->lexicon, json_string_value(item));

			add_keywords(index, &keywords, &clause);
		}
	}
	return keywords;
}

static double
share_of(const struct keywords *keywords)
{
	size_t present = json_array_size(keywords->present), all = present + json_array_size(keywords->missing);

	return all > 0 ? (double)present / (double)all : 1;
}

static enum cvp_language
language_of(const json_t *input)
{
	const char *name = json_string_value(json_object_get(input, "language"));
	enum cvp_language language = CVP_EN;

	if (name != NULL)
		cvp_language_named(name, &language);
	return language;
}

/* Figures over all rows. */
struct totals {
	double weighted, weights;
	size_t covered;
};

static json_t *
assemble(const struct cvp_match_index *index, const json_t *input, const struct cvp_match_row *rows, size_t count)
{
	struct keywords keywords = find_keywords(index, rows, count);
	struct totals totals = { 0, 0, 0 };
	json_t *match = cvp_own(index->ctx, json_object()), *matrix = json_array();
	double coverage;

	for (size_t i = 0; i < count; i++) {
		double weight = weight_of(rows[i].asked->importance);

		totals.weighted += weight * rows[i].score;
		totals.weights += weight;
		totals.covered += rows[i].score >= MODERATE;
		json_array_append_new(matrix, row_json(index, &rows[i]));
	}
	coverage = count > 0 ? (double)totals.covered / (double)count : 1;
	json_object_set_new(match, "score",
			    json_real(round3(totals.weights > 0 ? totals.weighted / totals.weights : 0)));
	json_object_set_new(match, "coverage", json_real(round3(coverage)));
	json_object_set_new(match, "gap_level", json_string(level_of(coverage)));
	json_object_set_new(match, "evidence_matrix", matrix);
	json_object_set_new(match, "keywords",
			    json_pack("{s:O, s:O}", "present", keywords.present, "missing", keywords.missing));
	json_object_set(match, "ats", cvp_ats(index->ctx, index->cv, share_of(&keywords), language_of(input)));
	return match;
}

enum cvp_code
cvp_match_asked(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
		const struct cvp_requirements *asked, json_t **match)
{
	struct cvp_match_index index;
	struct cvp_match_row *rows;
	enum cvp_code code = cvp_match_index_make(ctx, assets, input, &index);

	if (code != CVP_OK)
		return code;
	rows = cvp_arena_alloc(ctx->arena, asked->count * sizeof(*rows));
	for (size_t i = 0; i < asked->count; i++)
		cvp_match_row_make(&index, asked, &asked->rows[i], &rows[i]);
	*match = assemble(&index, input, rows, asked->count);
	return CVP_OK;
}

enum cvp_code
cvp_match(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, json_t **match)
{
	struct cvp_requirements asked;
	enum cvp_code code = cvp_posting_requirements(ctx, assets, json_object_get(input, "posting"), &asked);

	return code == CVP_OK ? cvp_match_asked(ctx, assets, input, &asked, match) : code;
}
