/* verify_tailored_skills.c - skills: named in the CV or an answer, by whichever name the lexicon knows. */
#include <string.h>

#include "career/verify_plain.h"
#include "career/verify_tailored_parts.h"
#include "core/ctx.h"

#define PARTED ",/;()|+&" /* "Python (pandas, NumPy)": each piece is a skill by itself */

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* A text of the CV or an answer is just this. */
static bool
is_whole_text(const struct cvp_tailored_check *t, const char *folded)
{
	const struct cvp_facts *facts = t->v.check.cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		if (!facts->texts[i].is_figureless &&
		    strcmp(cvp_text_fold(t->v.ctx, facts->texts[i].plain), folded) == 0)
			return true;
	}
	return false;
}

static bool
hides_letters(const struct cvp_words *words, const char *plain)
{
	for (size_t i = 0; i < words->count; i++) {
		if (cvp_is_disguised(plain + words->words[i].offset, words->words[i].length))
			return true;
	}
	return false;
}

/* Does a word of a skill's name carry something to be shown? Figures and levels do too. */
static bool
is_shown(const struct cvp_tailored_check *t, const char *name)
{
	const struct cvp_facts *facts = t->v.check.cv;
	const char *plain = cvp_tailored_plain(t, name);
	struct cvp_words words = cvp_words_of(t->v.ctx, plain, strlen(plain));
	struct cvp_skill_id skill;

	if (hides_letters(&words, plain) && !cvp_facts_have_text(facts, NULL, plain))
		return false;
	if (words.count == 0 || is_whole_text(t, cvp_text_fold(t->v.ctx, plain)))
		return true;
	if (cvp_lexicon_find(t->v.ctx, facts->lexicon, plain, &skill))
		return facts->skills[skill.index];
	return cvp_facts_have_words(t->v.ctx, facts, &words, 0, words.count);
}

static bool
are_pieces_shown(const struct cvp_tailored_check *t, const char *name)
{
	const char *rest = cvp_tailored_plain(t, name);
	size_t pieces = 0;

	while (*rest != '\0') {
		size_t length = strcspn(rest, PARTED);

		if (length > 0 && !is_shown(t, cvp_arena_strndup(t->v.ctx->arena, rest, length)))
			return false;
		pieces += length > 0;
		rest += length + (rest[length] != '\0');
	}
	return pieces > 1;
}

/* Do two names name one skill? */
static bool
are_one(const struct cvp_tailored_check *t, const char *a, const char *b)
{
	const struct cvp_lexicon *lexicon = t->v.check.cv->lexicon;
	const char *one = cvp_tailored_plain(t, a), *other = cvp_tailored_plain(t, b);
	struct cvp_skill_id first, second;

	if (strcmp(cvp_text_fold(t->v.ctx, one), cvp_text_fold(t->v.ctx, other)) == 0)
		return true;
	return cvp_lexicon_find(t->v.ctx, lexicon, one, &first) &&
	       cvp_lexicon_find(t->v.ctx, lexicon, other, &second) && first.index == second.index;
}

/* The level that the CV gives the skill of this name; NULL where it gives none. */
static const char *
level_of(const struct cvp_tailored_check *t, const char *name)
{
	const struct cvp_cv *cv = t->v.check.cv->cv;

	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];

		if (line->section != CVP_CV_SKILLS || line->role != CVP_CV_SKILL || !are_one(t, line->at.text, name))
			continue;
		for (size_t j = 0; j < cv->line_count; j++) {
			if (cv->lines[j].section == CVP_CV_SKILLS && cv->lines[j].entry == line->entry &&
			    cv->lines[j].role == CVP_CV_LEVEL)
				return cv->lines[j].at.text;
		}
	}
	return NULL;
}

static void
check_level(struct cvp_tailored_check *t, const char *field, const json_t *told, json_t *made)
{
	const char *level = text_of(told, "proficiency_level"), *shown = level_of(t, text_of(told, "skill_name"));

	if (level == NULL || (shown != NULL && strcmp(cvp_text_fold(t->v.ctx, cvp_tailored_plain(t, level)),
						      cvp_text_fold(t->v.ctx, cvp_tailored_plain(t, shown))) == 0))
		return;
	cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/proficiency_level", field), CVP_SEVERITY_WARNING,
			    shown, level);
	cvp_tailored_put(made, "proficiency_level", shown);
}

static void
check_group(struct cvp_tailored_check *t, const char *field, const json_t *told, json_t *made)
{
	const char *group = text_of(told, "x_group");

	if (group == NULL || is_shown(t, group))
		return;
	cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/x_group", field), CVP_SEVERITY_WARNING,
			    "a heading of the CV", group);
	json_object_del(made, "x_group");
}

/* Requirements are the posting's words. */
static void
check_requirements(struct cvp_tailored_check *t, const char *field, const json_t *told, json_t *made)
{
	const json_t *texts = json_object_get(told, "matched_requirements");
	json_t *kept = json_array();

	for (size_t i = 0; i < json_array_size(texts); i++) {
		struct cvp_verdict verdict = cvp_verdict_new(t->v.ctx);
		struct cvp_check check = t->v.check;
		const char *at = cvp_arena_printf(t->v.ctx->arena, "%s/matched_requirements/%zu", field, i);
		const char *text = json_string_value(json_array_get(texts, i));

		check.verdict = &verdict;
		cvp_claims_check(&check, at, CVP_VOICE_POSTING, NULL, text);
		if (json_array_size(verdict.violations) == 0)
			json_array_append(kept, json_array_get(texts, i));
		else
			cvp_tailored_report(t, at, CVP_SEVERITY_WARNING, "words of the posting", text);
	}
	if (texts != NULL)
		json_object_set(made, "matched_requirements", kept);
	json_decref(kept);
}

void
cvp_tailored_skills_check(struct cvp_tailored_check *t)
{
	const json_t *told = json_object_get(t->cv, "skills");
	json_t *made = json_object_get(t->made, "skills"), *kept = json_array();

	for (size_t i = 0; i < json_array_size(told); i++) {
		const json_t *skill = json_array_get(told, i);
		json_t *mended = json_array_get(made, i);
		const char *field = cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/skills/%zu", i);
		const char *name = text_of(skill, "skill_name");

		if (!is_shown(t, name) && !are_pieces_shown(t, name)) {
			cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/skill_name", field),
					    CVP_SEVERITY_WARNING, "a skill of the CV", name);
			continue;
		}
		check_level(t, field, skill, mended);
		check_group(t, field, skill, mended);
		check_requirements(t, field, skill, mended);
		json_array_append(kept, mended);
	}
	json_object_set_new(t->made, "skills", kept);
}
