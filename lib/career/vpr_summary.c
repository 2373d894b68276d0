/* vpr_summary.c - the executive summary: who, how far the CV answers the posting, on what, and what is missing. */
#include <string.h>
#include <strings.h>

#include "career/vpr_parts.h"
#include "core/ctx.h"

#define SKILLS_NAMED 5
#define GAPS_NAMED   4

/* The label under the name, unless it only repeats the title of the job that is named next. */
static const char *
label_of(const struct cvp_vpr *vpr)
{
	const char *label = vpr->cv->label.text;

	if (label == NULL)
		return NULL;
	if (vpr->latest != NULL && vpr->latest->title.text != NULL && strcasecmp(vpr->latest->title.text, label) == 0)
		return NULL;
	return cvp_vpr_quotable(vpr->ctx, label, 0);
}

static bool
is_current(const struct cvp_cv_entry *job)
{
	return job->is_open && job->start.year != 0;
}

/* The key of the opening sentence for what the CV has. */
static const char *
who_key(struct cvp_vpr *vpr, bool has_job, bool has_years, bool has_label, bool has_school)
{
	const char *bare = has_label ? "" : ".bare";

	if (has_job)
		return cvp_arena_printf(vpr->ctx->arena, "who.%s%s.%s", has_years ? "career" : "start", bare,
					is_current(vpr->latest) ? "now" : "was");
	if (has_school)
		return has_label ? "who.study" : "who.study.bare";
	return has_label ? "who.plain" : "who.bare";
}

static void
say_who(struct cvp_vpr *vpr, struct cvp_said *said)
{
	const char *job = vpr->latest != NULL ? cvp_vpr_job(vpr, vpr->latest) : NULL;
	const char *school = vpr->school != NULL ? cvp_vpr_school(vpr, vpr->school) : NULL;
	const char *years = cvp_vpr_years(vpr, vpr->months), *label = label_of(vpr);
	const struct cvp_slot slots[] = { { "name", cvp_vpr_quotable(vpr->ctx, vpr->cv->name.text, 0) },
					  { "label", label },
					  { "years", years },
					  { "job", job },
					  { "school", school },
					  { NULL, NULL } };
	const char *key = who_key(vpr, job != NULL, years != NULL, label != NULL, school != NULL);

	cvp_said_sentence(said, cvp_phrase(&vpr->phrases, key, 0, slots));
	cvp_said_source(said, vpr->cv->name.pointer);
	if (label != NULL)
		cvp_said_source(said, vpr->cv->label.pointer);
	cvp_said_entry(said, job != NULL ? vpr->latest : NULL);
	if (school == NULL || (job != NULL && years != NULL))
		return;
	if (job != NULL) /* a first job alone says little: the studies stand beside it */
		cvp_said_sentence(said, cvp_phrase(&vpr->phrases, "who.school", 0, slots));
	cvp_said_entry(said, vpr->school);
	cvp_said_source(said, vpr->school->area.pointer);
}

static const char *
target_of(const struct cvp_vpr *vpr)
{
	const char *key = vpr->role != NULL && vpr->company != NULL ? "match.target.full"
			  : vpr->role != NULL                       ? "match.target.role"
			  : vpr->company != NULL                    ? "match.target.company"
								    : NULL;
	const char *role = vpr->role != NULL ? cvp_vpr_quotable(vpr->ctx, vpr->role, 0) : NULL;
	const char *company = vpr->company != NULL ? cvp_vpr_quotable(vpr->ctx, vpr->company, 0) : NULL;

	if (key == NULL)
		return "";
	return cvp_phrase(&vpr->phrases, key, 0,
			  (const struct cvp_slot[]){ { "role", role }, { "company", company }, { NULL, NULL } });
}

static void
say_match(struct cvp_vpr *vpr, struct cvp_said *said)
{
	size_t strong = 0, partial = 0;
	const char *key;

	for (size_t i = 0; i < vpr->row_count; i++) {
		strong += vpr->rows[i].band == CVP_BAND_STRONG;
		partial += vpr->rows[i].band == CVP_BAND_MODERATE || vpr->rows[i].band == CVP_BAND_DEVELOPING;
	}
	key = vpr->row_count == 0        ? "match.open"
	      : strong == vpr->row_count ? "match.all"
	      : strong + partial == 0    ? "match.none"
	      : strong == 0              ? "match.partial"
	      : partial == 0             ? "match.strong"
					 : "match.some";
	cvp_said_sentence(said,
			  cvp_phrase(&vpr->phrases, key, 0,
				     (const struct cvp_slot[]){
					 { "target", target_of(vpr) },
					 { "total", cvp_phrase_count(&vpr->phrases, "total", (long)vpr->row_count) },
					 { "strong", cvp_arena_printf(vpr->ctx->arena, "%zu", strong) },
					 { "partial", cvp_arena_printf(vpr->ctx->arena, "%zu", partial) },
					 { NULL, NULL } }));
}

static void
say_level(struct cvp_vpr *vpr, struct cvp_said *said)
{
	const char *level = json_string_value(json_object_get(vpr->match, "gap_level"));

	const char *open = "";

	for (size_t i = 0; i < vpr->row_count; i++) {
		if (vpr->rows[i].is_must && vpr->rows[i].band <= CVP_BAND_DEVELOPING && level != NULL &&
		    strcmp(level, "LOW") == 0)
			open = ".open";
	}
	if (vpr->row_count > 0 && level != NULL)
		cvp_said_sentence(
		    said,
		    cvp_phrase(&vpr->phrases, cvp_arena_printf(vpr->ctx->arena, "level.%s%s", level, open), 0, NULL));
}

static void
say_ground(struct cvp_vpr *vpr, struct cvp_said *said)
{
	struct cvp_vpr_skill names[SKILLS_NAMED];
	const char *key = "ground.dated";
	size_t count = cvp_vpr_strong_skills(vpr, true, names, SKILLS_NAMED);

	if (count == 0) {
		key = "ground.listed";
		count = cvp_vpr_strong_skills(vpr, false, names, SKILLS_NAMED);
	}
	if (count == 0)
		return;
	cvp_said_sentence(said, cvp_phrase(&vpr->phrases, key, 0,
					   (const struct cvp_slot[]){
					       { "skills", cvp_vpr_skill_list(vpr, names, count) }, { NULL, NULL } }));
	cvp_said_skills(vpr, said, names, count);
}

static void
say_proof(struct cvp_vpr *vpr, struct cvp_said *said)
{
	struct cvp_vpr_line *line = cvp_vpr_best(vpr, false, true);

	if (line == NULL)
		return;
	cvp_said_sentence(said, cvp_phrase(&vpr->phrases, line->is_answer ? "proof.answer" : "proof", 0,
					   (const struct cvp_slot[]){ { "quote", line->quote },
								      { "cite", cvp_vpr_cite(vpr, line) },
								      { NULL, NULL } }));
	cvp_said_line(said, line);
	line->is_proof = true;
}

static void
say_gaps(struct cvp_vpr *vpr, struct cvp_said *said)
{
	struct cvp_vpr_skill names[GAPS_NAMED];
	size_t count = 0;

	for (int must = 1; must >= 0; must--) {
		for (size_t i = 0; i < vpr->row_count; i++) {
			const struct cvp_vpr_row *row = &vpr->rows[i];

			if (row->is_must != (must == 1) || row->band > CVP_BAND_DEVELOPING || row->weight < 0.5)
				continue;
			for (size_t j = 0; j < row->missing_count; j++)
				count = cvp_vpr_skill_add(names, count, GAPS_NAMED, row->missing[j]);
		}
	}
	if (count > 0)
		cvp_said_sentence(
		    said, cvp_phrase(&vpr->phrases, "gaps", 0,
				     (const struct cvp_slot[]){ { "missing", cvp_vpr_skill_list(vpr, names, count) },
								{ NULL, NULL } }));
}

static void
put(struct cvp_vpr *vpr, json_t *artifact, struct cvp_said *said)
{
	json_object_set_new(artifact, "executive_summary", json_string(cvp_said_text(vpr, said)));
	json_object_set(artifact, "x_summary_sources", said->sources);
}

void
cvp_vpr_bare_summary(struct cvp_vpr *vpr, json_t *artifact)
{
	struct cvp_said said = cvp_said_new(vpr);

	say_match(vpr, &said);
	say_level(vpr, &said);
	put(vpr, artifact, &said);
}

void
cvp_vpr_summary(struct cvp_vpr *vpr, json_t *artifact)
{
	struct cvp_said said = cvp_said_new(vpr);

	say_who(vpr, &said);
	say_match(vpr, &said);
	say_level(vpr, &said);
	say_ground(vpr, &said);
	say_proof(vpr, &said);
	say_gaps(vpr, &said);
	put(vpr, artifact, &said);
}
