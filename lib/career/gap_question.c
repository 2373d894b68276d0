/* gap_question.c - the words of a question: what a recruiter who has read CV and posting would want to know. */
#include <string.h>

#include "career/gap_parts.h"
#include "core/ctx.h"

#define NAMED_MAX    3 /* skills named in one question */

#define TECHNICAL    "technical_skills" /* SPEC 2.4 */
#define DEPTH        "experience_depth"
#define TRANSFERABLE "transferable_skills"
#define RECENT       "recent_developments"

struct asking {
	struct cvp_vpr *vpr;
	const struct cvp_vpr_row *row;
	struct cvp_said said; /* the question, and what in the CV suggests it */
	const char *category;
	struct cvp_vpr_skill near[2]; /* neighbours of what is missing */
	size_t near_count;
};

static void
ask(struct asking *a, const char *category, const char *key, const struct cvp_slot *slots)
{
	a->category = category;
	cvp_said_sentence(&a->said, cvp_vpr_next(a->vpr, key, slots));
}

static const char *
named(const struct asking *a, const struct cvp_vpr_skill *skills, size_t count)
{
	return cvp_vpr_skill_list(a->vpr, skills, count < NAMED_MAX ? count : NAMED_MAX);
}

/* Is a skill asked for that no certificate and no test shows? */
static bool
is_soft(const struct asking *a)
{
	const struct cvp_requirement *asks = a->row->asks;

	for (size_t i = 0; asks != NULL && i < asks->group_count; i++) {
		if (asks->groups[i].count > 0 &&
		    cvp_skill_kind(a->vpr->assets->lexicon, asks->groups[i].any[0]) == CVP_SKILL_SOFT)
			return true;
	}
	return false;
}

/* Starts from the line that answers in part, where there is one: an answer that was given, a line of the CV. */
static bool
ask_from_line(struct asking *a, const char *key)
{
	struct cvp_vpr_line *line = cvp_vpr_proof(a->vpr, a->row);

	if (line == NULL)
		return false;
	cvp_said_line(&a->said, line);
	ask(a, DEPTH, line->is_answer ? "ask.again" : key,
	    (const struct cvp_slot[]){ { "requirement", cvp_vpr_asked(a->vpr, a->row) },
				       { "quote", line->quote },
				       { "cite", cvp_vpr_cite(a->vpr, line) },
				       { NULL, NULL } });
	return true;
}

static void
ask_plain(struct asking *a)
{
	bool is_duty = a->row->asks != NULL && a->row->asks->is_duty;
	const struct cvp_slot slots[] = { { "requirement", cvp_vpr_asked(a->vpr, a->row) }, { NULL, NULL } };

	if (ask_from_line(a, is_duty ? "ask.duty.near" : "ask.other.near"))
		return;
	if (is_soft(a) || a->row->band != CVP_BAND_MISSING)
		ask(a, TRANSFERABLE, "ask.soft", slots);
	else
		ask(a, TRANSFERABLE, is_duty ? "ask.duty" : "ask.other", slots);
}

static void
ask_skill(struct asking *a)
{
	const struct cvp_vpr_row *row = a->row;
	const struct cvp_slot slots[] = { { "missing", named(a, row->missing, row->missing_count) },
					  { "shown", named(a, row->shown, row->shown_count) },
					  { "near", named(a, a->near, a->near_count) },
					  { NULL, NULL } };

	if (row->missing_count == 0 && row->shown_count == 0) {
		ask_plain(a);
		return;
	}
	if (row->missing_count == 0) {
		if (!ask_from_line(a, "ask.skill.line"))
			ask(a, DEPTH, "ask.skill.depth", slots);
	} else if (row->shown_count > 0) {
		ask(a, TECHNICAL, "ask.skill.part", slots);
	} else {
		ask(a, TECHNICAL, a->near_count > 0 ? "ask.skill.near" : "ask.skill", slots);
	}
	cvp_said_skills(a->vpr, &a->said, row->shown, row->shown_count);
	cvp_said_skills(a->vpr, &a->said, a->near, a->near_count);
}

static void
ask_years(struct asking *a)
{
	const struct cvp_vpr_row *row = a->row;
	const char *years = cvp_vpr_years(a->vpr, a->vpr->months);
	const struct cvp_slot slots[] = { { "requirement", cvp_vpr_asked(a->vpr, row) },
					  { "shown", named(a, row->shown, row->shown_count) },
					  { "years", years },
					  { NULL, NULL } };

	if (row->shown_count > 0)
		ask(a, DEPTH, "ask.years.skill", slots);
	else if (years == NULL)
		ask(a, DEPTH, "ask.years.none", slots);
	else
		ask(a, DEPTH, a->vpr->months >= (int)(row->asks->years * 12) ? "ask.years.field" : "ask.years", slots);
	cvp_said_skills(a->vpr, &a->said, row->shown, row->shown_count);
}

static void
ask_education(struct asking *a)
{
	const struct cvp_cv_entry *school = a->vpr->school;
	const char *name = school != NULL ? cvp_vpr_school(a->vpr, school) : NULL;

	ask(a, NULL, name != NULL ? "ask.education" : "ask.education.none",
	    (const struct cvp_slot[]){
		{ "requirement", cvp_vpr_asked(a->vpr, a->row) }, { "school", name }, { NULL, NULL } });
	cvp_said_entry(&a->said, school);
}

static void
ask_question(struct asking *a)
{
	const struct cvp_requirement *asks = a->row->asks;
	const struct cvp_slot slots[] = { { "requirement", cvp_vpr_asked(a->vpr, a->row) }, { NULL, NULL } };

	switch (asks != NULL ? asks->kind : CVP_REQUIRES_OTHER) {
	case CVP_REQUIRES_SKILL:
	case CVP_REQUIRES_EXPERIENCE:
		if (asks->is_duty)
			ask_plain(a); /* a task is asked about as a whole, not tool by tool */
		else if (asks->years > 0 && a->row->missing_count == 0)
			ask_years(a);
		else
			ask_skill(a);
		break;
	case CVP_REQUIRES_EDUCATION:
		ask_education(a);
		break;
	case CVP_REQUIRES_LANGUAGE:
		ask(a, TRANSFERABLE, "ask.language", slots);
		break;
	case CVP_REQUIRES_CERTIFICATION:
		ask(a, RECENT, "ask.certification", slots);
		break;
	case CVP_REQUIRES_OTHER:
		ask_plain(a);
		break;
	}
}

/* Why it is asked: what was found, and where. */
static const char *
reason(const struct asking *a)
{
	const char *places = "", *key = "reason.missing";

	for (size_t i = 0; i < json_array_size(a->said.sources); i++)
		places = cvp_arena_printf(a->vpr->ctx->arena, "%s%s%s", places, i > 0 ? ", " : "",
					  json_string_value(json_array_get(a->said.sources, i)));
	if (json_array_size(a->said.sources) > 0)
		key = a->row->band == CVP_BAND_MISSING ? "reason.near" : "reason.part";
	return cvp_phrase(&a->vpr->phrases, key, 0, (const struct cvp_slot[]){ { "places", places }, { NULL, NULL } });
}

struct cvp_gap_words
cvp_gap_ask_for(struct cvp_vpr *vpr, const struct cvp_vpr_row *row)
{
	struct asking a = { .vpr = vpr, .row = row, .said = cvp_said_new(vpr) };
	const char *reasoning;

	a.near_count = cvp_vpr_neighbours(vpr, row, a.near, CVP_COUNT(a.near));
	ask_question(&a);
	for (size_t i = 0; i < json_array_size(row->evidence); i++)
		cvp_said_source(&a.said,
				json_string_value(json_object_get(json_array_get(row->evidence, i), "source")));
	reasoning = reason(&a);
	return (struct cvp_gap_words){ cvp_said_text(vpr, &a.said), reasoning, a.category, a.said.sources };
}
