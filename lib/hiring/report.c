#include "hiring/report.h"

#include <string.h>

#include "core/ctx.h"
#include "hiring/domain.h"
#include "hiring/kb.h"
#include "hiring/show.h"
#include "text/phrase.h"

#define BULLETS_MAX 8

/* What the report depends on. */
struct facts {
	struct cvp_phrases phrases;
	const json_t *kb;
	const char *query, *place, *pay;
	unsigned domains;
	bool is_local, has_tasks; /* local: people come to a place that is known */
};

/* A key of which numbered phrases follow: "hiring.where.main.1", ".2", … */
static void
add_bullets(const struct facts *facts, const char *key, json_t *bullets)
{
	struct cvp_slot slots[] = { { "place", facts->place }, { "pay", facts->pay }, { NULL, NULL } };

	for (int i = 1; i <= BULLETS_MAX; i++) {
		const char *name = cvp_arena_printf(facts->phrases.ctx->arena, "%s.%d", key, i);

		if (!cvp_phrase_exists(&facts->phrases, name))
			return;
		json_array_append_new(bullets, json_string(cvp_phrase(&facts->phrases, name, 0, slots)));
	}
}

static void
add_section(const struct facts *facts, const char *key, json_t *sections)
{
	struct cvp_slot slots[] = { { "place", facts->place }, { NULL, NULL } };
	json_t *bullets = json_array();

	add_bullets(facts, key, bullets);
	json_array_append_new(
	    sections, json_pack("{s:s, s:o}", "title", cvp_phrase(&facts->phrases, key, 0, slots), "bullets", bullets));
}

static const struct {
	unsigned domain;
	const char *where, *screen;
} advice[] = {
	{ CVP_DOMAIN_IT, "hiring.where.it", "hiring.screen.it" },
	{ CVP_DOMAIN_CREATIVE, "hiring.where.creative", "hiring.screen.creative" },
	{ CVP_DOMAIN_SALES, "hiring.where.sales", "hiring.screen.sales" },
};

static json_t *
where_to_search(const struct facts *facts)
{
	json_t *sections = json_array();

	add_section(facts, "hiring.where.main", sections);
	if (facts->is_local)
		add_section(facts, "hiring.where.local", sections);
	for (size_t i = 0; i < CVP_COUNT(advice); i++)
		if (facts->domains & advice[i].domain)
			add_section(facts, advice[i].where, sections);
	if (!facts->is_local && facts->domains == 0)
		add_section(facts, "hiring.where.general", sections);
	return sections;
}

static json_t *
what_to_screen(const struct facts *facts)
{
	json_t *bullets = json_array();

	add_bullets(facts, "hiring.screen.always", bullets);
	if (facts->has_tasks)
		add_bullets(facts, "hiring.screen.tasks", bullets);
	for (size_t i = 0; i < CVP_COUNT(advice); i++)
		if (facts->domains & advice[i].domain)
			add_bullets(facts, advice[i].screen, bullets);
	return bullets;
}

static json_t *
budget(const struct facts *facts)
{
	json_t *bullets = json_array();

	add_bullets(facts, facts->pay != NULL ? "hiring.budget.known" : "hiring.budget.open", bullets);
	return json_pack("{s:s, s:o}", "status", "unknown", "bullets", bullets);
}

static json_t *
next_steps(const struct facts *facts)
{
	json_t *bullets = json_array();

	add_bullets(facts, "hiring.next.first", bullets);
	if (facts->is_local)
		add_bullets(facts, "hiring.next.workplace", bullets);
	add_bullets(facts, "hiring.next.last", bullets);
	return bullets;
}

static json_t *
headline(const struct facts *facts)
{
	const char *title = cvp_kb_text(facts->kb, "role", "role_title"),
		   *domain = cvp_kb_text(facts->kb, "role", "role_domain");
	struct cvp_ctx *ctx = facts->phrases.ctx;
	const char *whom = facts->query;

	if (title != NULL)
		whom = cvp_text_fold(ctx, title);
	else if (domain != NULL)
		whom = cvp_phrase(&facts->phrases, cvp_arena_printf(ctx->arena, "hiring.domain.%s", domain), 0, NULL);
	return json_string(
	    cvp_phrase(&facts->phrases, "hiring.headline", 0, (struct cvp_slot[]){ { "whom", whom }, { NULL, NULL } }));
}

/* Sought in the vacancy's text, its title and its tasks, and in what the session was begun for. */
static unsigned
domains_of(const struct facts *facts)
{
	struct cvp_ctx *ctx = facts->phrases.ctx;
	const char *text = cvp_kb_text(facts->kb, "responsibilities", "raw_vacancy_text"),
		   *title = cvp_kb_text(facts->kb, "role", "role_title");
	unsigned domains = cvp_hiring_domains(ctx, facts->query, true);
	const json_t *task;
	size_t i;

	if (title != NULL)
		domains |= cvp_hiring_domains(ctx, title, true);
	if (text != NULL)
		domains |= cvp_hiring_domains(ctx, text, false);
	json_array_foreach (cvp_kb_get(facts->kb, "responsibilities", "tasks"), i, task)
		domains |= cvp_hiring_domains(ctx, json_string_value(task), false);
	return domains;
}

json_t *
cvp_hiring_report(struct cvp_ctx *ctx, const json_t *phrases, const char *language, const char *query, const json_t *kb)
{
	const char *format = cvp_kb_text(kb, "company", "work_format");
	struct facts facts = { .phrases = cvp_phrases_of(ctx, phrases, language), .kb = kb, .query = query };

	facts.place = cvp_hiring_place_shown(&facts.phrases, kb);
	facts.pay = cvp_hiring_pay_shown(&facts.phrases, kb);
	facts.domains = domains_of(&facts);
	facts.is_local = facts.place != NULL && format != NULL && strcmp(format, "remote") != 0;
	facts.has_tasks = cvp_kb_get(kb, "responsibilities", "tasks") != NULL;
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "headline", headline(&facts), "where_to_search",
			 where_to_search(&facts), "what_to_screen", what_to_screen(&facts), "budget_reality_check",
			 budget(&facts), "next_steps", next_steps(&facts));
}
