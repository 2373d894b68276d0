/* requirement.c - everything a posting asks for: its lists, then its text, without doubles, at most 50. */
#include <string.h>

#include "career/kind.h"
#include "career/posting.h"
#include "career/requirement_clause.h"
#include "career/requirement_lines.h"
#include "career/requirement_read.h"
#include "core/ctx.h"

#define ROWS_MAX 50 /* SPEC 7.1 */
#define FEW_ROWS 3  /* with fewer, what a board keeps in fields of its own counts too */

/* A row while rows are gathered: the stems it is compared by. */
struct draft {
	struct cvp_requirement row;
	const char **stems;
	size_t stem_count;
};

struct gatherer {
	struct cvp_ctx *ctx;
	const struct cvp_lexicon *lexicon;
	struct cvp_demands demands;
	struct draft *drafts;
	size_t count, room;
};

static void
gather_text(struct gatherer *g, const char *text, enum cvp_posting_section section)
{
	struct cvp_posting_line line = { .text = text, .section = section, .is_bullet = true };

	cvp_demands_of_line(g->ctx, g->lexicon, &line, &g->demands);
}

static void
gather_list(struct gatherer *g, const json_t *list, enum cvp_posting_section section)
{
	const json_t *item;
	size_t index;

	json_array_foreach (list, index, item) {
		if (json_is_string(item))
			gather_text(g, json_string_value(item), section);
	}
}

/* title: the role's, which asks nothing by itself; maybe NULL. */
static void
gather_description(struct gatherer *g, const char *text, const char *title)
{
	struct cvp_posting_lines lines = cvp_posting_lines_of(g->ctx, text);

	for (size_t i = 0; i < lines.count; i++) {
		if (title == NULL || strcmp(lines.lines[i].text, title) != 0)
			cvp_demands_of_line(g->ctx, g->lexicon, &lines.lines[i], &g->demands);
	}
}

static void
fill_stems(struct gatherer *g, const struct cvp_clause *clause, struct draft *draft)
{
	draft->stems = cvp_arena_alloc(g->ctx->arena, clause->words.count * sizeof(*draft->stems));
	for (size_t i = 0; i < clause->words.count; i++) {
		if (cvp_is_content(&clause->words, i))
			draft->stems[draft->stem_count++] = clause->words.words[i].stem;
	}
}

static size_t
shared_stems(const struct draft *a, const struct draft *b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a->stem_count; i++) {
		for (size_t j = 0; j < b->stem_count; j++) {
			if (strcmp(a->stems[i], b->stems[j]) == 0) {
				shared++;
				break;
			}
		}
	}
	return shared;
}

static bool
names(const struct cvp_requirement *row, struct cvp_skill_id skill)
{
	for (size_t g = 0; g < row->group_count; g++) {
		for (size_t i = 0; i < row->groups[g].count; i++) {
			if (row->groups[g].any[i].index == skill.index)
				return true;
		}
	}
	return false;
}

/* Does a row name a skill that another does not? */
static bool
asks_more(const struct cvp_requirement *row, const struct cvp_requirement *other)
{
	for (size_t g = 0; g < row->group_count; g++) {
		for (size_t i = 0; i < row->groups[g].count; i++) {
			if (!names(other, row->groups[g].any[i]))
				return true;
		}
	}
	return false;
}

/* Do two rows ask the same: all content of the shorter one stands in the other, and little else does, no skill? */
static bool
are_doubles(const struct draft *a, const struct draft *b)
{
	const struct draft *shorter = a->stem_count < b->stem_count ? a : b, *longer = shorter == a ? b : a;
	size_t shared = shared_stems(shorter, longer);

	return shared == shorter->stem_count && 3 * shared >= 2 * longer->stem_count && a->row.years == b->row.years &&
	       a->row.degree == b->row.degree && !asks_more(&longer->row, &shorter->row);
}

/* Adds a row unless it is there already; a double only lends its importance. */
static void
add_draft(struct gatherer *g, const struct draft *draft)
{
	for (size_t i = 0; i < g->count; i++) {
		if (!are_doubles(&g->drafts[i], draft))
			continue;
		if (draft->row.importance < g->drafts[i].row.importance)
			g->drafts[i].row.importance = draft->row.importance;
		return;
	}
	if (g->count == g->room) {
		size_t room = g->room > 0 ? g->room * 2 : 32;

		g->drafts = cvp_arena_grow(g->ctx->arena, g->drafts, g->room * sizeof(*g->drafts),
					   room * sizeof(*g->drafts));
		g->room = room;
	}
	g->drafts[g->count++] = *draft;
}

static void
read_demands(struct gatherer *g)
{
	for (size_t i = 0; i < g->demands.count; i++) {
		const struct cvp_demand *demand = &g->demands.demands[i];
		struct cvp_clause clause = cvp_clause_of(g->ctx, g->lexicon, demand->text);
		struct draft draft = { .stems = NULL };

		draft.row = cvp_requirement_read(g->ctx, g->lexicon, demand, &clause);
		fill_stems(g, &clause, &draft);
		if (draft.stem_count > 0 || draft.row.years > 0 || draft.row.degree > 0)
			add_draft(g, &draft);
	}
	g->demands.count = 0;
}

static size_t
count_skills(const struct gatherer *g)
{
	size_t count = 0;

	for (size_t i = 0; i < g->count; i++)
		count += g->drafts[i].row.kind == CVP_REQUIRES_SKILL || g->drafts[i].row.importance == CVP_MUST;
	return count;
}

static bool
names_years(const struct gatherer *g)
{
	for (size_t i = 0; i < g->count; i++) {
		if (g->drafts[i].row.years > 0)
			return true;
	}
	return false;
}

static bool
asks_years(struct gatherer *g, const char *text)
{
	struct cvp_clause clause = cvp_clause_of(g->ctx, g->lexicon, text);

	return cvp_years_in(&clause, 0, clause.words.count) > 0;
}

/* The last of the least important rows goes first, until 50 are left. */
static void
cut_to_limit(struct gatherer *g)
{
	for (int importance = CVP_NICE; importance >= CVP_MUST && g->count > ROWS_MAX; importance--) {
		for (size_t i = g->count; i-- > 0 && g->count > ROWS_MAX;) {
			if ((int)g->drafts[i].row.importance != importance)
				continue;
			memmove(&g->drafts[i], &g->drafts[i + 1], (g->count - i - 1) * sizeof(*g->drafts));
			g->count--;
		}
	}
}

enum cvp_code
cvp_posting_requirements(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *posting,
			 struct cvp_requirements *requirements)
{
	struct gatherer g = { .ctx = ctx, .lexicon = assets->lexicon };
	const char *description = json_string_value(json_object_get(posting, "description"));
	const char *experience = json_string_value(json_object_get(posting, "x_experience"));
	struct cvp_requirement *rows;

	cvp_words_remember(ctx);
	gather_list(&g, json_object_get(posting, "requirements"), CVP_SECTION_MUST);
	gather_list(&g, json_object_get(posting, "responsibilities"), CVP_SECTION_DUTY);
	gather_list(&g, json_object_get(posting, "nice_to_have"), CVP_SECTION_NICE);
	if (description != NULL)
		gather_description(&g, description, json_string_value(json_object_get(posting, "role_title")));
	read_demands(&g);
	if (count_skills(&g) < FEW_ROWS)
		gather_list(&g, json_object_get(posting, "x_key_skills"), CVP_SECTION_DUTY);
	if (experience != NULL && !names_years(&g) && asks_years(&g, experience))
		gather_text(&g, experience, CVP_SECTION_DUTY);
	read_demands(&g);
	cut_to_limit(&g);
	rows = cvp_arena_alloc(ctx->arena, g.count * sizeof(*rows));
	for (size_t i = 0; i < g.count; i++)
		rows[i] = g.drafts[i].row;
	requirements->rows = rows;
	requirements->count = g.count;
	return CVP_OK;
}
