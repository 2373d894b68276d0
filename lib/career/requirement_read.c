#include "career/requirement_read.h"

#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"

#define YEARS_MAX 50.0

bool
cvp_is_content(const struct cvp_words *words, size_t i)
{
	struct cvp_cue_hit hit;

	return !words->words[i].is_stop && !cvp_cue_starts(words, i, i + 1, &cvp_filler_cues, &hit);
}

/* A number written in digits or in words; negative where the word is none. */
static double
number_at(const struct cvp_words *words, size_t i)
{
	const char *folded = words->words[i].folded;
	struct cvp_cue_hit hit;
	char *end;
	double value;

	if (folded[0] >= '0' && folded[0] <= '9') {
		value = strtod(folded, &end);
		if (*end == ',')
			value += strtod(end + 1, &end) / 10;
		return *end == '\0' ? value : -1;
	}
	return cvp_cue_starts(words, i, i + 1, &cvp_number_cues, &hit) ? hit.meaning / 10.0 : -1;
}

/* The number in front of a unit; of a range the smaller ("3-5 years", "от 3 до 5 лет"). Negative where none is near. */
static double
number_before(const struct cvp_clause *clause, size_t from, size_t unit)
{
	const struct cvp_words *words = &clause->words;

	for (size_t i = unit; i-- > from && unit - i <= 4;) {
		double value = number_at(words, i), lower;

		if (value < 0)
			continue;
		lower = i > from ? number_at(words, i - 1) : -1;
		if (lower < 0 && i > from + 1 &&
		    (cvp_cue_at(words, i - 1, unit, "to") > 0 || cvp_cue_at(words, i - 1, unit, "до") > 0))
			lower = number_at(words, i - 2);
		return lower >= 0 && lower < value ? lower : value;
	}
	return -1;
}

/* "18 years old" and "20 лет на рынке" ask for no experience. */
static bool
is_age(const struct cvp_words *words, size_t unit)
{
	return cvp_cue_at(words, unit + 1, words->count, "old") > 0 ||
	       cvp_cue_at(words, unit + 1, words->count, "of age") > 0 ||
	       cvp_cue_at(words, unit + 1, words->count, "на рынке") > 0;
}

/* "Стаж работы не менее: 2": years without their name. */
static double
bare_years(const struct cvp_words *words, size_t from, size_t end)
{
	static const struct cvp_cues cues[] = { { 0, "стаж*|опыт работы от|опыт от" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;
	double value;

	if (end == from || !cvp_cue_find(words, from, end, &table, &hit))
		return 0;
	value = number_at(words, end - 1);
	return value > 0 && value <= YEARS_MAX ? value : 0;
}

double
cvp_years_in(const struct cvp_clause *clause, size_t from, size_t end)
{
	const struct cvp_words *words = &clause->words;

	for (size_t i = from; i < end; i++) {
		struct cvp_cue_hit hit;
		double value;

		if (!cvp_cue_starts(words, i, i + 1, &cvp_unit_cues, &hit) || is_age(words, i))
			continue;
		value = number_before(clause, from, i);
		if (value <= 0 && strcmp(words->words[i].folded, "שנה") == 0)
			value = 1;
		value = hit.meaning == -1 ? value / 12 : value;
		if (value > 0 && value <= YEARS_MAX)
			return value;
	}
	for (size_t i = from; i < end; i++) {
		if (strcmp(words->words[i].folded, "שנתיים") == 0)
			return 2;
	}
	return bare_years(words, from, end);
}

/* "a high degree of autonomy" is no degree. */
static bool
is_measure(const struct cvp_words *words, size_t at, size_t count)
{
	return strcmp(words->words[at].folded, "degree") == 0 && at > 0 &&
	       cvp_cue_at(words, at + count, words->count, "of") > 0;
}

int
cvp_degree_in(const struct cvp_words *words)
{
	int least = 0;

	for (size_t i = 0; i < words->count;) {
		struct cvp_cue_hit hit;

		if (!cvp_cue_starts(words, i, words->count, &cvp_degree_cues, &hit) ||
		    is_measure(words, i, hit.count)) {
			i++;
			continue;
		}
		if (least == 0 || hit.meaning < least)
			least = hit.meaning;
		i += hit.count;
		/* the "degree" of "Master's or higher degree" adds nothing */
		if (cvp_cue_at(words, i, words->count, "degree") > 0)
			i++;
	}
	return least;
}

/* A schooling asked for without a degree. */
static bool
asks_background(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = { { 0, "technical background|engineering background|academic background|"
						     "educational background|техническое образование|רקע טכני" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count < 4 ? words->count : 4, &table, &hit);
}

static bool
is_other_languages(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = {
		{ 0,
		  "additional language*|other language*|foreign language*|second language|another language|"
		  "more languages|additional european language*|второй язык|второго языка|другие языки|других языков|"
		  "иностранн* язык*|שפות נוספות|שפה נוספת|שפות זרות" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count, &table, &hit);
}

static size_t
count_kind(const struct cvp_lexicon *lexicon, const struct cvp_clause *clause, enum cvp_skill_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < clause->hits.count; i++)
		count += cvp_skill_kind(lexicon, clause->hits.hits[i].skill) == kind;
	return count;
}

static bool
has_experience_word(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = { { 0, "experience*|track record|background in|опыт*|стаж*|ניסיון" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count, &table, &hit);
}

/* A certificate is asked for by its name, or in a few words of which one is "licence" or the like. */
static bool
asks_certificate(const struct cvp_lexicon *lexicon, const struct cvp_demand *demand, const struct cvp_clause *clause)
{
	struct cvp_cue_hit hit;

	if (count_kind(lexicon, clause, CVP_SKILL_CERTIFICATION) > 0)
		return true;
	return !demand->is_duty && clause->words.count <= 9 && !has_experience_word(&clause->words) &&
	       count_kind(lexicon, clause, CVP_SKILL_HARD) <= 1 &&
	       cvp_cue_find(&clause->words, 0, clause->words.count, &cvp_certificate_cues, &hit);
}

static enum cvp_requirement_kind
kind_of(const struct cvp_lexicon *lexicon, const struct cvp_demand *demand, const struct cvp_clause *clause,
	const struct cvp_requirement *row)
{
	size_t hard = count_kind(lexicon, clause, CVP_SKILL_HARD);

	if ((row->degree > 0 || asks_background(&clause->words)) && row->years == 0 && !demand->is_duty)
		return CVP_REQUIRES_EDUCATION;
	if ((count_kind(lexicon, clause, CVP_SKILL_LANGUAGE) > 0 && hard == 0) || is_other_languages(&clause->words))
		return CVP_REQUIRES_LANGUAGE;
	if (asks_certificate(lexicon, demand, clause))
		return CVP_REQUIRES_CERTIFICATION;
	if (row->years > 0)
		return CVP_REQUIRES_EXPERIENCE;
	if (hard > 0)
		return CVP_REQUIRES_SKILL;
	if (count_kind(lexicon, clause, CVP_SKILL_SOFT) > 0 && !demand->is_duty)
		return CVP_REQUIRES_OTHER;
	return demand->is_duty || has_experience_word(&clause->words) ? CVP_REQUIRES_EXPERIENCE : CVP_REQUIRES_OTHER;
}

/* How two neighbouring skills of a row belong together. */
enum bond { ALL, LISTED, ANY };

struct grouper {
	const struct cvp_lexicon *lexicon;
	const struct cvp_clause *clause;
	enum cvp_requirement_kind kind;
	struct cvp_skill_hit *hits;
	size_t count;
	size_t examples; /* first word behind "such as", or behind a colon that follows a skill */
};

static bool
has_word_between(const struct cvp_clause *clause, size_t from, size_t end, const char *cue)
{
	for (size_t i = from; i < end; i++) {
		if (cvp_cue_at(&clause->words, i, end, cue) > 0)
			return true;
	}
	return false;
}

static bool
has_sign_between(const struct cvp_clause *clause, size_t from, size_t to, const char *signs)
{
	for (size_t i = from; i <= to; i++) {
		if (cvp_clause_has_sign(clause, i, signs))
			return true;
	}
	return false;
}

/* "... in a SaaS environment": where it is done, no alternative to what is done. */
static bool
names_setting(const struct cvp_clause *clause, size_t i)
{
	return i > 1 &&
	       (cvp_cue_at(&clause->words, i - 2, i, "in a") > 0 || cvp_cue_at(&clause->words, i - 2, i, "in an") > 0);
}

static enum bond
bond_of(const struct grouper *g, size_t i)
{
	const struct cvp_skill_hit *a = &g->hits[i - 1], *b = &g->hits[i];
	size_t from = a->first + a->count;
	bool in_brackets = g->clause->depth[a->first] > 0 && g->clause->depth[b->first] > 0 &&
			   !has_sign_between(g->clause, from, b->first, ")]");

	if (in_brackets || (a->first >= g->examples && b->first >= g->examples))
		return ANY;
	if (g->clause->depth[a->first] != g->clause->depth[b->first] || names_setting(g->clause, b->first))
		return ALL;
	if (has_word_between(g->clause, from, b->first, "or") || has_word_between(g->clause, from, b->first, "или") ||
	    has_word_between(g->clause, from, b->first, "או") || has_sign_between(g->clause, from, b->first, "/"))
		return ANY;
	return has_sign_between(g->clause, from, b->first, ",") ? LISTED : ALL;
}

/* In "A, B or C" the commas are an "or" too. */
static bool
bonds_to_last(const struct grouper *g, size_t i)
{
	enum bond bond = bond_of(g, i);

	while (bond == LISTED && ++i < g->count)
		bond = bond_of(g, i);
	return bond == ANY && g->clause->depth[g->hits[i].first] == g->clause->depth[g->hits[i - 1].first];
}

/* Is a skill only what another one is wanted for ("Python for data analysis"), or a wish in brackets? */
static bool
is_aside(const struct cvp_clause *clause, const struct cvp_skill_hit *hit, bool has_earlier)
{
	struct cvp_cue_hit cue;
	size_t open = hit->first;

	if (clause->depth[hit->first] > 0) {
		while (open > 0 && clause->depth[open - 1] > 0)
			open--;
		for (size_t end = open; end < clause->words.count && clause->depth[end] > 0; end++) {
			if (cvp_cue_starts(&clause->words, end, clause->words.count, &cvp_weight_cues, &cue))
				return true;
		}
		return false;
	}
	return has_earlier && hit->first > 0 &&
	       (cvp_cue_at(&clause->words, hit->first - 1, hit->first, "for") > 0 ||
		cvp_cue_at(&clause->words, hit->first - 1, hit->first, "для") > 0 ||
		(hit->first > 1 && cvp_cue_at(&clause->words, hit->first - 2, hit->first, "for") > 0));
}

/* The word from which on skills are those of others: "collaborate closely with Design, Product and Sales". */
static size_t
partners_from(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = { { 0,
						  "collaborat* with|collaborat* closely|work closely|working closely|"
						  "liais*|partner with|partnering with|cooperat* with|"
						  "взаимодейств*|сотруднич*|ממשק" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(&clause->words, 0, clause->words.count, &table, &hit) ? hit.first + hit.count
										  : clause->words.count;
}

/* In "CSS frameworks (Bootstrap, Foundation)" the frameworks are asked for, the head only colours them. */
static bool
is_colour(const struct cvp_clause *clause, const struct cvp_skill_hit *hit)
{
	static const struct cvp_cues cues[] = { { 0, "framework*|librar*|фреймворк*|библиотек*|ספריות|ספריה" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	size_t next = hit->first + hit->count;
	struct cvp_cue_hit cue;

	return next + 1 < clause->words.count && clause->depth[hit->first] == 0 && clause->depth[next + 1] > 0 &&
	       cvp_cue_starts(&clause->words, next, next + 1, &table, &cue);
}

/* The hits that count for a row of this kind, without what is wanted for something else. */
static void
choose_hits(struct cvp_ctx *ctx, struct grouper *g)
{
	size_t partners = partners_from(g->clause);

	g->hits = cvp_arena_alloc(ctx->arena, g->clause->hits.count * sizeof(*g->hits));
	for (size_t i = 0; i < g->clause->hits.count; i++) {
		const struct cvp_skill_hit *hit = &g->clause->hits.hits[i];
		enum cvp_skill_kind kind = cvp_skill_kind(g->lexicon, hit->skill);
		bool fits = kind == CVP_SKILL_HARD || kind == CVP_SKILL_SOFT;

		if (g->kind == CVP_REQUIRES_LANGUAGE)
			fits = kind == CVP_SKILL_LANGUAGE;
		else if (g->kind == CVP_REQUIRES_CERTIFICATION)
			fits = kind == CVP_SKILL_CERTIFICATION;
		if ((kind == CVP_SKILL_HARD && hit->first >= partners) || is_colour(g->clause, hit))
			continue;
		if (fits && !is_aside(g->clause, hit, g->count > 0))
			g->hits[g->count++] = *hit;
	}
}

/* "accessibility, including screen-reader testing": both are asked for. */
static bool
is_included(const struct grouper *g, size_t head, size_t part)
{
	static const struct cvp_cues cues[] = { { 0, "including|include*|incl|особенно|включая|в том числе|כולל" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return head < part && cvp_cue_find(&g->clause->words, g->hits[head].first, g->hits[part].first, &table, &hit);
}

/* "Python services using FastAPI": the framework is asked for, and whoever knows it knows the language. A head whose
 * brackets name its parts stays: "AWS (ECS, RDS)". */
static void
drop_implied(struct grouper *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++) {
		bool is_implied = false;

		for (size_t j = 0; j < g->count; j++) {
			bool same_level = g->clause->depth[g->hits[i].first] == g->clause->depth[g->hits[j].first];

			is_implied = is_implied ||
				     (same_level && g->hits[j].first < g->examples &&
				      cvp_skill_implies(g->lexicon, g->hits[j].skill, g->hits[i].skill) &&
				      !cvp_skill_implies(g->lexicon, g->hits[i].skill, g->hits[j].skill) &&
				      !is_included(g, i, j));
		}
		if (!is_implied)
			g->hits[kept++] = g->hits[i];
	}
	g->count = kept;
}

static bool
holds(const struct cvp_skill_id *any, size_t count, struct cvp_skill_id skill)
{
	for (size_t i = 0; i < count; i++) {
		if (any[i].index == skill.index)
			return true;
	}
	return false;
}

static void
fill_groups(struct cvp_ctx *ctx, struct grouper *g, struct cvp_requirement *row)
{
	struct cvp_skill_group *groups = cvp_arena_alloc(ctx->arena, g->count * sizeof(*groups));
	struct cvp_skill_id *ids = cvp_arena_alloc(ctx->arena, g->count * sizeof(*ids));
	size_t used = 0;

	for (size_t i = 0; i < g->count; i++) {
		bool joins = i > 0 && row->group_count > 0 && bonds_to_last(g, i);

		if (holds(ids, used, g->hits[i].skill))
			continue;
		ids[used] = g->hits[i].skill;
		if (joins) {
			groups[row->group_count - 1].count++;
		} else {
			groups[row->group_count++] = (struct cvp_skill_group){ &ids[used], 1 };
		}
		used++;
	}
	row->groups = groups;
}

struct cvp_requirement
cvp_requirement_read(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const struct cvp_demand *demand,
		     const struct cvp_clause *clause)
{
	struct cvp_requirement row = {
		.text = demand->text,
		.importance = demand->importance,
		.asks_depth = demand->asks_depth,
		.is_duty = demand->is_duty,
		.years = cvp_years_in(clause, 0, clause->words.count),
		.degree = cvp_degree_in(&clause->words),
	};
	struct grouper g = { .lexicon = lexicon, .clause = clause, .examples = clause->words.count };
	struct cvp_cue_hit example;

	row.kind = kind_of(lexicon, demand, clause, &row);
	if (row.kind != CVP_REQUIRES_EDUCATION)
		row.degree = 0;
	else
		return row;
	g.kind = row.kind;
	if (cvp_cue_find(&clause->words, 0, clause->words.count, &cvp_example_cues, &example))
		g.examples = example.first + example.count;
	choose_hits(ctx, &g);
	for (size_t i = 1; g.count > 0 && i < g.examples; i++) {
		if (i > g.hits[0].first && clause->depth[i] == 0 && cvp_clause_has_sign(clause, i, ":") &&
		    !cvp_clause_is_inside_hit(clause, i))
			g.examples = i;
	}
	if (row.years == 0)
		drop_implied(&g);
	fill_groups(ctx, &g, &row);
	return row;
}
