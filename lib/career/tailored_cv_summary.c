/* tailored_cv_summary.c - the summary: title, years computed from the dates, skills that were asked for and are shown;
 * then the CV's own summary, unchanged. */
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define SKILLS_COMPACT 4
#define SKILLS_USUAL   8
#define OWN_MAX        1200 /* code points: a longer profile of the CV's own is a section by itself */

static const char *
key_of(struct cvp_tailoring *t, const char *what)
{
	return cvp_arena_printf(t->vpr.ctx->arena, "tailor.%s.%s", what, t->wishes.tone);
}

/* Title and years, with what of them the CV has. */
static void
say_who(struct cvp_tailoring *t, struct cvp_said *said)
{
	const struct cvp_cv_entry *latest = t->vpr.latest;
	bool has_job = latest != NULL && latest->title.text != NULL;
	const struct cvp_cv_text title = has_job ? latest->title : t->vpr.cv->label;
	const char *years = cvp_vpr_years(&t->vpr, t->vpr.months);
	const struct cvp_slot slots[] = { { "title",
					    title.text != NULL ? cvp_vpr_quotable(t->vpr.ctx, title.text, 0) : NULL },
					  { "years", years },
					  { NULL, NULL } };

	if (title.text == NULL && years == NULL)
		return;
	cvp_said_sentence(said, cvp_phrase(&t->vpr.phrases,
					   key_of(t, title.text == NULL ? "years"
						     : years == NULL    ? "title"
									: "who"),
					   0, slots));
	cvp_said_source(said, title.pointer);
}

static void
say_skills(struct cvp_tailoring *t, struct cvp_said *said)
{
	struct cvp_vpr_skill names[SKILLS_USUAL];
	size_t most = t->wishes.length == CVP_COMPACT ? SKILLS_COMPACT : SKILLS_USUAL;
	size_t count = cvp_vpr_strong_skills(&t->vpr, true, names, most);
	const char *key = "shown";

	if (count == 0) {
		count = cvp_vpr_strong_skills(&t->vpr, false, names, most);
		key = "listed";
	}
	if (count == 0)
		return;
	cvp_said_sentence(said,
			  cvp_phrase(&t->vpr.phrases, key_of(t, key), 0,
				     (const struct cvp_slot[]){ { "skills", cvp_vpr_skill_list(&t->vpr, names, count) },
								{ NULL, NULL } }));
	cvp_said_skills(&t->vpr, said, names, count);
}

static void
say_own(struct cvp_tailoring *t, struct cvp_said *said)
{
	const struct cvp_cv_text own = t->vpr.cv->summary;

	if (own.text == NULL || t->wishes.length == CVP_COMPACT || cvp_text_length(own.text) > OWN_MAX)
		return;
	cvp_said_sentence(said, own.text);
	cvp_said_source(said, own.pointer);
}

static void
note(struct cvp_tailoring *t, const char *summary)
{
	const struct cvp_cv_text own = t->vpr.cv->summary;
	bool is_same = own.text != NULL && strcmp(own.text, summary) == 0;

	if (is_same || (own.text == NULL && summary[0] == '\0'))
		return;
	cvp_tailored_change(
	    t, (struct cvp_change){ .kind = summary[0] == '\0' ? "cut"
					    : own.text == NULL ? "added"
							       : "rewritten",
				    .section = "executive_summary",
				    .field = summary[0] != '\0' ? CVP_TAILORED_CV "/executive_summary" : NULL,
				    .source = own.pointer,
				    .before = own.text,
				    .after = summary[0] != '\0' ? summary : NULL,
				    .reason = summary[0] == '\0' ? "tailor.cut.excluded" : "tailor.summary" });
}

void
cvp_tailored_summary(struct cvp_tailoring *t, json_t *cv)
{
	struct cvp_said said = cvp_said_new(&t->vpr);
	const char *text;

	if (t->wishes.has_summary) {
		say_who(t, &said);
		say_skills(t, &said);
		say_own(t, &said);
	}
	text = cvp_said_text(&t->vpr, &said);
	json_object_set_new(cv, "executive_summary", json_string(text));
	json_object_set(cv, "x_summary_sources", said.sources);
	note(t, text);
}
