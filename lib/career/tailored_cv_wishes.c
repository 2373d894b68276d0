/* tailored_cv_wishes.c - the preferences of a request (SPEC 4.2, cv-tailoring) read; what cannot be followed is warned
 * of. */
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define FIELD "/preferences"

static const char *const tones[] = { "professional", "conversational", "technical" };
static const char *const formalities[] = { "high", "medium", "low" };
static const char *const lengths[] = { "compact", "standard", "detailed" };

/* Names people use for sections that may be left out. Jobs, schools and contact stay (SPEC 7.6). */
static const struct {
	const char *name;
	enum cvp_cv_section section;
} sections[] = {
	{ "summary", CVP_CV_BASICS },
	{ "executive_summary", CVP_CV_BASICS },
	{ "professional_summary", CVP_CV_BASICS },
	{ "volunteer", CVP_CV_VOLUNTEER },
	{ "volunteering", CVP_CV_VOLUNTEER },
	{ "awards", CVP_CV_AWARDS },
	{ "certificates", CVP_CV_CERTIFICATES },
	{ "certifications", CVP_CV_CERTIFICATES },
	{ "publications", CVP_CV_PUBLICATIONS },
	{ "skills", CVP_CV_SKILLS },
	{ "languages", CVP_CV_LANGUAGES },
	{ "interests", CVP_CV_INTERESTS },
	{ "references", CVP_CV_REFERENCES },
	{ "projects", CVP_CV_PROJECTS },
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* Which of the names the preference is; the first where it is none or not given. */
static size_t
choice_of(struct cvp_tailoring *t, const json_t *wishes, const char *key, const char *const *names, size_t count,
	  size_t usual)
{
	const char *given = text_of(wishes, key);

	for (size_t i = 0; given != NULL && i < count; i++) {
		if (strcmp(names[i], given) == 0)
			return i;
	}
	if (given != NULL)
		cvp_tailored_warn(t, cvp_arena_printf(t->vpr.ctx->arena, FIELD "/%s", key), "tailor.warn.choice",
				  given);
	return usual;
}

static void
exclude(struct cvp_tailoring *t, const char *name, size_t index)
{
	bool is_known = false;

	for (size_t i = 0; i < CVP_COUNT(sections); i++) {
		if (strcmp(sections[i].name, name) == 0) {
			t->wishes.is_excluded[sections[i].section] = true;
			is_known = true;
		}
	}
	if (!is_known)
		cvp_tailored_warn(t, cvp_arena_printf(t->vpr.ctx->arena, FIELD "/exclude_sections/%zu", index),
				  "tailor.warn.section", name);
}

static void
emphasise(struct cvp_tailoring *t, const char *text)
{
	struct cvp_wishes *wishes = &t->wishes;
	struct cvp_emphasis *emphasis = &wishes->emphasis[wishes->emphasis_count];

	if (text == NULL || text[0] == '\0' || wishes->emphasis_count == CVP_EMPHASIS_MAX)
		return;
	*emphasis = (struct cvp_emphasis){ .text = text, .words = cvp_words_of(t->vpr.ctx, text, strlen(text)) };
	emphasis->is_skill = cvp_lexicon_find(t->vpr.ctx, t->vpr.assets->lexicon, text, &emphasis->skill);
	wishes->emphasis_count++;
}

void
cvp_wishes_read(struct cvp_tailoring *t)
{
	const json_t *given = json_object_get(t->vpr.input, "preferences");
	const json_t *excluded = json_object_get(given, "exclude_sections");
	const json_t *areas = json_object_get(given, "emphasis_areas");
	const json_t *summary = json_object_get(given, "include_summary");

	t->wishes.tone = tones[choice_of(t, given, "tone", tones, CVP_COUNT(tones), 0)];
	t->wishes.formality =
	    formalities[choice_of(t, given, "formality_level", formalities, CVP_COUNT(formalities), 0)];
	t->wishes.length = (enum cvp_tailored_length)choice_of(t, given, "length", lengths, CVP_COUNT(lengths),
							       CVP_STANDARD);
	for (size_t i = 0; i < json_array_size(excluded); i++) {
		const char *name = json_string_value(json_array_get(excluded, i));

		if (name != NULL)
			exclude(t, name, i);
	}
	emphasise(t, text_of(given, "emphasis"));
	for (size_t i = 0; i < json_array_size(areas); i++)
		emphasise(t, json_string_value(json_array_get(areas, i)));
	t->wishes.has_summary = !json_is_false(summary) && !t->wishes.is_excluded[CVP_CV_BASICS];
}

const char *
cvp_tailored_length_name(enum cvp_tailored_length length)
{
	return lengths[length];
}

static bool
has_stem(const struct cvp_words *words, const char *stem)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(words->words[i].stem, stem) == 0)
			return true;
	}
	return false;
}

/* All of its words that carry a meaning, in any order. */
static bool
has_words_of(const struct cvp_words *words, const struct cvp_words *wanted)
{
	size_t found = 0;

	for (size_t i = 0; i < wanted->count; i++) {
		if (wanted->words[i].is_stop)
			continue;
		if (!has_stem(words, wanted->words[i].stem))
			return false;
		found++;
	}
	return found > 0;
}

bool
cvp_is_emphasised(struct cvp_tailoring *t, size_t line)
{
	const struct cvp_fact_text *text = t->vpr.line_texts[line];
	bool is_emphasised = false;

	for (size_t i = 0; text != NULL && i < t->wishes.emphasis_count; i++) {
		struct cvp_emphasis *emphasis = &t->wishes.emphasis[i];

		if ((emphasis->is_skill && cvp_vpr_line_names(&t->vpr, line, emphasis->skill)) ||
		    has_words_of(&text->words, &emphasis->words)) {
			emphasis->is_found = true;
			is_emphasised = true;
		}
	}
	return is_emphasised;
}

void
cvp_wishes_unmet(struct cvp_tailoring *t)
{
	for (size_t i = 0; i < t->wishes.emphasis_count; i++) {
		if (!t->wishes.emphasis[i].is_found)
			cvp_tailored_warn(t, FIELD "/emphasis_areas", "tailor.warn.emphasis",
					  t->wishes.emphasis[i].text);
	}
}
