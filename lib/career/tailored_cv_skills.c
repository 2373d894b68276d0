/* tailored_cv_skills.c - the CV's own skills, the most relevant first, cut to the length. */
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define SIBLING     0.4 /* SPEC 7.3 */
#define EMPHASISED  1.0
#define MATCHED_MAX 50 /* schemas/tailored_cv.json */

struct skill {
	const struct cvp_cv_line *line;
	const char *group, *level;
	size_t place; /* in the CV */
	double relevance;
	json_t *matched; /* owned by the context */
};

struct skills {
	struct cvp_tailoring *t;
	struct skill *rows;
	size_t count;
};

static bool
ends_in(const char *text, const char *end)
{
	size_t length = strlen(text), size = strlen(end);

	return length >= size && strcmp(text + length - size, end) == 0;
}

static bool
is_name(const char *pointer)
{
	return ends_in(pointer, "/name") || ends_in(pointer, "/skill");
}

/* A line of the same entry: the name of a group of keywords, or the level of a skill. */
static const struct cvp_cv_line *
beside(const struct cvp_cv *cv, const struct cvp_cv_line *line, enum cvp_cv_role role)
{
	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *other = &cv->lines[i];

		if (other != line && other->section == CVP_CV_SKILLS && other->entry == line->entry &&
		    other->role == role && (role == CVP_CV_LEVEL || is_name(other->at.pointer)))
			return other;
	}
	return NULL;
}

static bool
has_keywords(const struct cvp_cv *cv, const struct cvp_cv_line *line)
{
	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *other = &cv->lines[i];

		if (other->section == CVP_CV_SKILLS && other->entry == line->entry && other->role == CVP_CV_SKILL &&
		    !is_name(other->at.pointer))
			return true;
	}
	return false;
}

static double
asked_at(const struct cvp_vpr_row *row)
{
	return row->is_must ? 1 : row->weight >= 0.5 ? 0.8 : 0.6;
}

/* How far a row asks for what the line names: fully, or for a sibling of it. */
static double
row_relevance(const struct cvp_tailoring *t, const struct cvp_vpr_row *row, size_t line)
{
	const struct cvp_fact_text *text = t->vpr.line_texts[line];
	double best = 0;

	for (size_t i = 0; row->asks != NULL && i < row->asks->group_count; i++) {
		const struct cvp_skill_group *group = &row->asks->groups[i];

		for (size_t j = 0; j < group->count; j++) {
			if (cvp_vpr_line_names(&t->vpr, line, group->any[j]))
				return asked_at(row);
			for (size_t k = 0; text != NULL && k < text->skill_count; k++) {
				if (cvp_skills_are_siblings(t->vpr.assets->lexicon, text->skills[k], group->any[j]))
					best = SIBLING;
			}
		}
	}
	return best;
}

/* A skill that the lexicon does not know is asked for where the requirement has it word for word. */
static bool
stands_in(struct cvp_ctx *ctx, const char *requirement, const char *skill)
{
	struct cvp_words asked = cvp_words_of(ctx, requirement, strlen(requirement));
	struct cvp_words named = cvp_words_of(ctx, skill, strlen(skill));

	return named.count > 0 &&
	       strstr(cvp_stems_key(ctx, &asked, 0, asked.count), cvp_stems_key(ctx, &named, 0, named.count)) != NULL;
}

static void
weigh(struct cvp_tailoring *t, struct skill *skill, size_t line)
{
	const struct cvp_fact_text *text = t->vpr.line_texts[line];

	skill->matched = cvp_own(t->vpr.ctx, json_array());
	for (size_t i = 0; i < t->vpr.row_count; i++) {
		const struct cvp_vpr_row *row = &t->vpr.rows[i];
		double relevance = row_relevance(t, row, line);

		if ((text == NULL || text->skill_count == 0) &&
		    stands_in(t->vpr.ctx, row->requirement, skill->line->at.text))
			relevance = asked_at(row);
		if (relevance > SIBLING && json_array_size(skill->matched) < MATCHED_MAX)
			json_array_append_new(skill->matched, json_string(row->requirement));
		if (relevance > skill->relevance)
			skill->relevance = relevance;
	}
	if (cvp_is_emphasised(t, line))
		skill->relevance = EMPHASISED;
}

static void
insert(struct skills *skills, struct skill skill)
{
	size_t at = skills->count++;

	while (at > 0 && skills->rows[at - 1].relevance < skill.relevance) {
		skills->rows[at] = skills->rows[at - 1];
		at--;
	}
	skills->rows[at] = skill;
}

static void
read_skills(struct skills *skills)
{
	const struct cvp_cv *cv = skills->t->vpr.cv;

	skills->rows = cvp_arena_alloc(skills->t->vpr.ctx->arena, cv->line_count * sizeof(*skills->rows));
	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i], *group, *level;
		struct skill skill = { .line = line, .place = skills->count };

		if (line->section != CVP_CV_SKILLS || line->role != CVP_CV_SKILL ||
		    (is_name(line->at.pointer) && has_keywords(cv, line)))
			continue;
		group = is_name(line->at.pointer) ? NULL : beside(cv, line, CVP_CV_SKILL);
		level = is_name(line->at.pointer) ? beside(cv, line, CVP_CV_LEVEL) : NULL; /* a group's is too vague */
		skill.group = group != NULL ? group->at.text : NULL;
		skill.level = level != NULL ? level->at.text : NULL;
		weigh(skills->t, &skill, i);
		insert(skills, skill);
	}
}

static size_t
most_skills(const struct cvp_tailoring *t)
{
	static const size_t most[] = { [CVP_COMPACT] = 15, [CVP_STANDARD] = 40, [CVP_DETAILED] = 1000 };

	return t->wishes.is_excluded[CVP_CV_SKILLS] ? 0 : most[t->wishes.length];
}

static void
note_cut(const struct skills *skills, const struct skill *skill)
{
	bool is_excluded = skills->t->wishes.is_excluded[CVP_CV_SKILLS];

	cvp_tailored_change(skills->t,
			    (struct cvp_change){ .kind = "cut",
						 .section = "skills",
						 .source = skill->line->at.pointer,
						 .before = skill->line->at.text,
						 .reason = is_excluded ? "tailor.cut.excluded" : "tailor.cut.skill" });
}

static void
note_order(const struct skills *skills, size_t kept)
{
	for (size_t i = 1; i < kept; i++) {
		if (skills->rows[i].place > skills->rows[i - 1].place)
			continue;
		cvp_tailored_change(skills->t, (struct cvp_change){ .kind = "moved",
								    .section = "skills",
								    .field = CVP_TAILORED_CV "/skills",
								    .source = skills->rows[0].line->at.pointer,
								    .after = skills->rows[0].line->at.text,
								    .reason = "tailor.moved.skill" });
		return;
	}
}

json_t *
cvp_tailored_skills(struct cvp_tailoring *t)
{
	struct skills skills = { .t = t };
	size_t most = most_skills(t);
	json_t *made = json_array();

	read_skills(&skills);
	for (size_t i = 0; i < skills.count; i++) {
		const struct skill *skill = &skills.rows[i];

		if (i < most)
			json_array_append_new(made, json_pack("{s:s, s:s*, s:f, s:O, s:s*, s:s}", "skill_name",
							      skill->line->at.text, "proficiency_level", skill->level,
							      "relevance_score", skill->relevance,
							      "matched_requirements", skill->matched, "x_group",
							      skill->group, "x_source", skill->line->at.pointer));
		else
			note_cut(&skills, skill);
	}
	note_order(&skills, json_array_size(made));
	return made;
}
