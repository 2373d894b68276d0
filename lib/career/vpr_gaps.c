/* vpr_gaps.c - strategies for what the CV does not show, or shows only in part: what to say, and what carries over. */
#include <string.h>

#include "career/vpr_parts.h"
#include "core/ctx.h"

#define CARRIED_MAX 4
#define NAMED_MAX   3 /* skills named in one sentence */

struct strategy {
	struct cvp_vpr *vpr;
	const struct cvp_vpr_row *row;
	struct cvp_said said;
	struct cvp_vpr_skill carried[CARRIED_MAX]; /* skills the CV shows */
	size_t carried_count;
};

static void
say(struct strategy *s, const char *key, const struct cvp_slot *slots)
{
	cvp_said_sentence(&s->said, cvp_vpr_next(s->vpr, key, slots));
}

static void
carry(struct strategy *s, struct cvp_vpr_skill skill)
{
	s->carried_count = cvp_vpr_skill_add(s->carried, s->carried_count, CARRIED_MAX, skill);
}

/* Skills of the CV that are neighbours of a missing one in the lexicon. */
static size_t
siblings_of(const struct cvp_vpr *vpr, struct cvp_skill_id missing, struct cvp_vpr_skill *skills, size_t most)
{
	const struct cvp_lexicon *lexicon = vpr->assets->lexicon;
	size_t count = 0;

	for (size_t i = 0; i < cvp_lexicon_size(lexicon) && count < most; i++) {
		struct cvp_skill_id skill = { (int)i };

		if (vpr->facts->surfaces[i] != NULL && cvp_skill_kind(lexicon, skill) == CVP_SKILL_HARD &&
		    cvp_skills_are_siblings(lexicon, skill, missing))
			count = cvp_vpr_skill_add(skills, count, most, cvp_vpr_skill_shown(vpr, skill));
	}
	return count;
}

/* The same for a group of which any skill would do; none where the CV shows one of them. */
static size_t
neighbours_of(const struct cvp_vpr *vpr, const struct cvp_skill_group *group, struct cvp_vpr_skill *skills, size_t most)
{
	for (size_t i = 0; i < group->count; i++) {
		if (cvp_facts_have_skill(vpr->facts, group->any[i]))
			return 0;
	}
	return group->count > 0 ? siblings_of(vpr, group->any[0], skills, most) : 0;
}

/* Is the skill akin to one the requirement asks for? */
static bool
is_akin(const struct strategy *s, struct cvp_skill_id skill)
{
	const struct cvp_lexicon *lexicon = s->vpr->assets->lexicon;
	const struct cvp_requirement *asks = s->row->asks;

	for (size_t i = 0; asks != NULL && i < asks->group_count; i++) {
		for (size_t j = 0; j < asks->groups[i].count; j++) {
			struct cvp_skill_id wanted = asks->groups[i].any[j];

			if (skill.index == wanted.index || cvp_skills_are_siblings(lexicon, skill, wanted) ||
			    cvp_skill_implies(lexicon, skill, wanted))
				return true;
		}
	}
	return false;
}

/* What stands in the row's evidence lines and is akin to what is asked. */
static void
carry_evidence(struct strategy *s)
{
	struct cvp_vpr *vpr = s->vpr;

	for (size_t i = 0; i < json_array_size(s->row->evidence); i++) {
		const char *text = json_string_value(json_object_get(json_array_get(s->row->evidence, i), "text"));
		struct cvp_words words = cvp_words_of(vpr->ctx, text, strlen(text));
		struct cvp_skill_hits hits = cvp_lexicon_scan(vpr->ctx, vpr->assets->lexicon, text, &words);

		for (size_t j = 0; j < hits.count; j++) {
			if (is_akin(s, hits.hits[j].skill))
				carry(s, cvp_vpr_skill_shown(vpr, hits.hits[j].skill));
		}
	}
}

static void
say_missing(struct strategy *s)
{
	const struct cvp_vpr_row *row = s->row;
	size_t missing = row->missing_count < NAMED_MAX ? row->missing_count : NAMED_MAX;
	size_t shown = row->shown_count < NAMED_MAX ? row->shown_count : NAMED_MAX;
	const struct cvp_slot slots[] = { { "missing", cvp_vpr_skill_list(s->vpr, row->missing, missing) },
					  { "shown", cvp_vpr_skill_list(s->vpr, row->shown, shown) },
					  { NULL, NULL } };

	if (missing > 0)
		say(s, shown > 0 ? "gap.skill.part" : "gap.skill.missing", slots);
	else
		say(s, row->band == CVP_BAND_MISSING ? "gap.plain.missing" : "gap.plain.part", NULL);
	for (size_t i = 0; i < shown; i++)
		carry(s, row->shown[i]);
}

size_t
cvp_vpr_neighbours(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row, struct cvp_vpr_skill *skills, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; row->asks != NULL && i < row->asks->group_count && count == 0; i++)
		count = neighbours_of(vpr, &row->asks->groups[i], skills, most);
	return count;
}

/* Leads over to the nearest thing the CV shows: a neighbouring skill, or the line that answers in part. */
static bool
say_bridge(struct strategy *s)
{
	struct cvp_vpr_skill names[2];
	size_t count = cvp_vpr_neighbours(s->vpr, s->row, names, CVP_COUNT(names));
	struct cvp_vpr_line *line = cvp_vpr_proof(s->vpr, s->row);

	for (size_t i = 0; i < count; i++)
		carry(s, names[i]);
	if (count > 0)
		say(s, "gap.bridge.sibling",
		    (const struct cvp_slot[]){ { "sibling", cvp_vpr_skill_list(s->vpr, names, count) },
					       { NULL, NULL } });
	else if (line != NULL)
		say(s, "gap.bridge.quote",
		    (const struct cvp_slot[]){
			{ "quote", line->quote }, { "cite", cvp_vpr_cite(s->vpr, line) }, { NULL, NULL } });
	return count > 0 || line != NULL;
}

static void
say_skill(struct strategy *s)
{
	say_missing(s);
	say_bridge(s);
	carry_evidence(s);
	say(s, "gap.plan", NULL);
}

static void
say_other(struct strategy *s)
{
	say_missing(s);
	if (!say_bridge(s) || s->row->band == CVP_BAND_MISSING)
		say(s, "gap.plan.other", NULL);
	carry_evidence(s);
}

/* Years enough, though not of what is asked for: which of them count is for the candidate to say. */
static void
say_field(struct strategy *s)
{
	const char *years = cvp_vpr_years(s->vpr, s->vpr->months);

	if (years == NULL || s->row->asks->years <= 0) {
		say_other(s);
		return;
	}
	say(s, "gap.experience.field", (const struct cvp_slot[]){ { "years", years }, { NULL, NULL } });
	say_bridge(s);
	carry_evidence(s);
}

static void
say_experience(struct strategy *s)
{
	const char *years = cvp_vpr_years(s->vpr, s->vpr->months);

	if (s->row->missing_count > 0) {
		say_skill(s);
		return;
	}
	if (s->row->asks->years <= 0 || s->vpr->months >= (int)(s->row->asks->years * 12)) {
		say_field(s); /* the total is no gap: the field is */
		return;
	}
	say(s, years != NULL ? "gap.experience" : "gap.experience.none",
	    (const struct cvp_slot[]){ { "years", years }, { NULL, NULL } });
	say_bridge(s);
	carry_evidence(s);
}

static void
say_education(struct strategy *s)
{
	const char *school = s->vpr->school != NULL ? cvp_vpr_school(s->vpr, s->vpr->school) : NULL;

	say(s, school != NULL ? "gap.education" : "gap.education.none",
	    (const struct cvp_slot[]){ { "school", school }, { NULL, NULL } });
}

static void
say_strategy(struct strategy *s)
{
	switch (s->row->asks != NULL ? s->row->asks->kind : CVP_REQUIRES_OTHER) {
	case CVP_REQUIRES_SKILL:
		say_skill(s);
		break;
	case CVP_REQUIRES_EXPERIENCE:
		say_experience(s);
		break;
	case CVP_REQUIRES_EDUCATION:
		say_education(s);
		break;
	case CVP_REQUIRES_LANGUAGE:
		say_missing(s);
		say(s, "gap.language", NULL);
		break;
	case CVP_REQUIRES_CERTIFICATION:
		say_missing(s);
		say(s, "gap.certification", NULL);
		break;
	case CVP_REQUIRES_OTHER:
		say_other(s);
		break;
	}
}

static json_t *
strategy_of(struct cvp_vpr *vpr, const struct cvp_vpr_row *row)
{
	struct strategy s = { .vpr = vpr, .row = row, .said = cvp_said_new(vpr) };
	json_t *carried = json_array(), *strategy = json_object();

	say_strategy(&s);
	for (size_t i = 0; i < s.carried_count; i++)
		json_array_append_new(carried, json_string(s.carried[i].name));
	json_object_set_new(strategy, "gap", json_string(row->requirement));
	json_object_set_new(strategy, "mitigation_approach", json_string(cvp_said_text(vpr, &s.said)));
	json_object_set_new(strategy, "transferable_skills", carried);
	return strategy;
}

size_t
cvp_vpr_gaps(const struct cvp_vpr *vpr, const struct cvp_vpr_row *gaps[CVP_VPR_GAPS_MAX])
{
	static const double weights[] = { 1, 0.6, 0.3 };
	size_t count = 0;

	for (size_t w = 0; w < CVP_COUNT(weights); w++) {
		for (size_t i = 0; i < vpr->row_count; i++) {
			if (vpr->rows[i].weight == weights[w] && vpr->rows[i].band <= CVP_BAND_DEVELOPING &&
			    count < CVP_VPR_GAPS_MAX)
				gaps[count++] = &vpr->rows[i];
		}
	}
	return count;
}

void
cvp_vpr_strategies(struct cvp_vpr *vpr, json_t *artifact)
{
	const struct cvp_vpr_row *gaps[CVP_VPR_GAPS_MAX];
	size_t count = cvp_vpr_gaps(vpr, gaps);
	json_t *strategies = cvp_own(vpr->ctx, json_array());

	for (size_t i = 0; i < count; i++)
		json_array_append_new(strategies, strategy_of(vpr, gaps[i]));
	json_object_set(artifact, "gap_strategies", strategies);
}
