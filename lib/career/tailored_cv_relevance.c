/* tailored_cv_relevance.c - how much each line and each part of the CV has to say to the posting (SPEC 7.6). */
#include <math.h>
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define WORTH_NAMED    0.5  /* a line that names what a requirement asks for, beside the one that proves it best */
#define WORTH_TERM     0.1  /* a keyword of the posting, whatever asks for it */
#define WORTH_EMPHASIS 10.0 /* what the person wants in front stands in front */

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static double
round3(double value)
{
	return floor(value * 1000 + 0.5) / 1000;
}

static void
add_terms(struct cvp_tailoring *t, const json_t *keywords)
{
	for (size_t i = 0; i < json_array_size(keywords); i++) {
		const char *keyword = json_string_value(json_array_get(keywords, i));

		if (cvp_lexicon_find(t->vpr.ctx, t->vpr.assets->lexicon, keyword, &t->terms[t->term_count]))
			t->term_count++;
	}
}

static void
read_terms(struct cvp_tailoring *t)
{
	const json_t *keywords = json_object_get(t->vpr.match, "keywords");
	const json_t *present = json_object_get(keywords, "present"), *missing = json_object_get(keywords, "missing");

	t->terms = cvp_arena_alloc(t->vpr.ctx->arena,
				   (json_array_size(present) + json_array_size(missing)) * sizeof(*t->terms));
	add_terms(t, present);
	add_terms(t, missing);
}

static bool
is_evidence(const struct cvp_vpr_row *row, const char *pointer)
{
	for (size_t i = 0; i < json_array_size(row->evidence); i++) {
		if (strcmp(text_of(json_array_get(row->evidence, i), "source"), pointer) == 0)
			return true;
	}
	return false;
}

static bool
names_asked(const struct cvp_tailoring *t, size_t line, const struct cvp_vpr_row *row)
{
	for (size_t i = 0; row->asks != NULL && i < row->asks->group_count; i++) {
		const struct cvp_skill_group *group = &row->asks->groups[i];

		for (size_t j = 0; j < group->count; j++) {
			if (cvp_vpr_line_names(&t->vpr, line, group->any[j]))
				return true;
		}
	}
	return false;
}

static double
worth_of(struct cvp_tailoring *t, size_t line)
{
	const char *pointer = t->vpr.cv->lines[line].at.pointer;
	double worth = 0;

	for (size_t i = 0; i < t->vpr.row_count; i++) {
		const struct cvp_vpr_row *row = &t->vpr.rows[i];

		if (is_evidence(row, pointer))
			worth += row->weight * row->score;
		else if (names_asked(t, line, row))
			worth += row->weight * WORTH_NAMED;
	}
	for (size_t i = 0; i < t->term_count; i++)
		worth += WORTH_TERM * cvp_vpr_line_names(&t->vpr, line, t->terms[i]);
	return worth + WORTH_EMPHASIS * cvp_is_emphasised(t, line);
}

bool
cvp_is_below(const char *pointer, const char *parent)
{
	size_t length = strlen(parent);

	return strncmp(pointer, parent, length) == 0 && (pointer[length] == '/' || pointer[length] == '\0');
}

/* Does a line of the part name the skill? */
static bool
unit_names(const struct cvp_tailoring *t, const struct cvp_tailored_unit *unit, struct cvp_skill_id skill)
{
	for (size_t i = 0; i < t->vpr.cv->line_count; i++) {
		if (cvp_is_below(t->vpr.cv->lines[i].at.pointer, unit->pointer) &&
		    cvp_vpr_line_names(&t->vpr, i, skill))
			return true;
	}
	return false;
}

static double
keyword_share(const struct cvp_tailoring *t, const struct cvp_tailored_unit *unit)
{
	size_t shared = 0;

	for (size_t i = 0; i < t->term_count; i++)
		shared += unit_names(t, unit, t->terms[i]);
	return t->term_count > 0 ? (double)shared / (double)t->term_count : 0;
}

static bool
answers_group(const struct cvp_tailoring *t, const struct cvp_tailored_unit *unit, const struct cvp_skill_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (unit_names(t, unit, group->any[i]))
			return true;
	}
	return false;
}

/* Of the skills that are required; of all that are asked for where none is. */
static double
skill_share(const struct cvp_tailoring *t, const struct cvp_tailored_unit *unit)
{
	for (int must = 1; must >= 0; must--) {
		size_t asked = 0, matched = 0;

		for (size_t i = 0; i < t->vpr.row_count; i++) {
			const struct cvp_vpr_row *row = &t->vpr.rows[i];

			if (row->asks == NULL || (must && !row->is_must))
				continue;
			for (size_t j = 0; j < row->asks->group_count; j++) {
				asked++;
				matched += answers_group(t, unit, &row->asks->groups[j]);
			}
		}
		if (asked > 0)
			return (double)matched / (double)asked;
	}
	return 0.5;
}

static double
years_asked(const struct cvp_tailoring *t)
{
	double years = 0;

	for (size_t i = 0; i < t->vpr.row_count; i++) {
		if (t->vpr.rows[i].asks != NULL)
			years = fmax(years, t->vpr.rows[i].asks->years);
	}
	return years;
}

static double
years_of(const struct cvp_tailoring *t, const struct cvp_cv_entry *entry)
{
	struct cvp_date end = entry->is_open ? t->vpr.as_of : entry->end;

	return entry->start.year == 0 || end.year == 0 ? 0 : cvp_date_months(entry->start, end) / 12.0;
}

static double
experience_of(const struct cvp_tailoring *t, const struct cvp_tailored_unit *unit)
{
	struct cvp_ctx *ctx = t->vpr.ctx;
	const char *industry = text_of(json_object_get(t->vpr.input, "posting"), "industry"), *own = NULL;
	double asked = years_asked(t), title = 0, years = 0;

	if (unit->entry != NULL) {
		own = text_of(unit->entry->value, "industry");
		years = years_of(t, unit->entry);
		if (unit->entry->title.text != NULL && t->vpr.role != NULL)
			title = cvp_text_similarity(ctx, cvp_text_fold(ctx, unit->entry->title.text),
						    cvp_text_fold(ctx, t->vpr.role));
	}
	return 0.4 * title +
	       0.3 * (own != NULL && industry != NULL &&
			      strcmp(cvp_text_fold(ctx, own), cvp_text_fold(ctx, industry)) == 0
			  ? 1
			  : 0.5) +
	       0.3 * (asked > 0 ? fmin(years / asked, 1) : 1);
}

static enum cvp_relevance
relevance_of(double score)
{
	static const double least[] = { 0.80, 0.60, 0.40, 0.20 };
	size_t i = 0;

	while (i < CVP_COUNT(least) && score < least[i])
		i++;
	return (enum cvp_relevance)i;
}

static bool
has_emphasis(struct cvp_tailoring *t, const char *pointer)
{
	for (size_t i = 0; i < t->vpr.cv->line_count; i++) {
		if (cvp_is_below(t->vpr.cv->lines[i].at.pointer, pointer) && cvp_is_emphasised(t, i))
			return true;
	}
	return false;
}

static void
add_unit(struct cvp_tailoring *t, const char *pointer, const struct cvp_cv_entry *entry)
{
	struct cvp_tailored_unit *unit = &t->units[t->unit_count++];

	*unit = (struct cvp_tailored_unit){ .pointer = pointer, .entry = entry };
	unit->keyword = round3(keyword_share(t, unit));
	unit->skill = round3(skill_share(t, unit));
	unit->experience = round3(experience_of(t, unit));
	unit->score = round3(0.40 * unit->keyword + 0.35 * unit->skill + 0.25 * unit->experience);
	unit->relevance = relevance_of(unit->score);
	unit->is_emphasised = has_emphasis(t, pointer);
}

/* The sections without dates of their own: each line leads to one. */
static void
add_sections(struct cvp_tailoring *t)
{
	bool is_seen[CVP_CV_SECTION_COUNT] = { false };

	for (size_t i = 0; i < t->vpr.cv->line_count; i++) {
		const struct cvp_cv_line *line = &t->vpr.cv->lines[i];
		const char *pointer = line->at.pointer;

		if (is_seen[line->section] || line->section == CVP_CV_BASICS || line->section == CVP_CV_WORK ||
		    line->section == CVP_CV_VOLUNTEER || line->section == CVP_CV_PROJECTS)
			continue;
		is_seen[line->section] = true;
		add_unit(t, cvp_arena_strndup(t->vpr.ctx->arena, pointer, 1 + strcspn(pointer + 1, "/")), NULL);
	}
}

void
cvp_tailored_weigh(struct cvp_tailoring *t)
{
	const struct cvp_cv *cv = t->vpr.cv;

	read_terms(t);
	t->worth = cvp_arena_alloc(t->vpr.ctx->arena, cv->line_count * sizeof(*t->worth));
	for (size_t i = 0; i < cv->line_count; i++)
		t->worth[i] = worth_of(t, i);
	t->units = cvp_arena_alloc(t->vpr.ctx->arena, (cv->entry_count + CVP_CV_SECTION_COUNT) * sizeof(*t->units));
	for (size_t i = 0; i < cv->entry_count; i++) {
		if (cv->entries[i].section != CVP_CV_EDUCATION)
			add_unit(t, cv->entries[i].pointer, &cv->entries[i]);
	}
	add_sections(t);
}

const struct cvp_tailored_unit *
cvp_tailored_unit_at(const struct cvp_tailoring *t, const char *pointer)
{
	for (size_t i = 0; i < t->unit_count; i++) {
		if (strcmp(t->units[i].pointer, pointer) == 0)
			return &t->units[i];
	}
	return NULL;
}

json_t *
cvp_tailored_relevance(const struct cvp_tailoring *t)
{
	static const char *const verdicts[] = { "feature", "include", "shorten", "if_room", "omit" };
	json_t *list = json_array();

	for (size_t i = 0; i < t->unit_count; i++) {
		const struct cvp_tailored_unit *unit = &t->units[i];
		size_t at = json_array_size(list);

		while (at > 0 &&
		       json_number_value(json_object_get(json_array_get(list, at - 1), "score")) < unit->score)
			at--;
		json_array_insert_new(list, at,
				      json_pack("{s:s, s:f, s:f, s:f, s:f, s:s}", "source", unit->pointer, "score",
						unit->score, "keyword", unit->keyword, "skill", unit->skill,
						"experience", unit->experience, "verdict", verdicts[unit->relevance]));
	}
	return list;
}
