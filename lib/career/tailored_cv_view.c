#include "career/tailored_cv_view.h"

#include <string.h>

#include "career/cv_entry.h"
#include "career/kind.h"
#include "career/markdown.h"
#include "core/ctx.h"
#include "text/phrase.h"

struct view {
	struct cvp_ctx *ctx;
	const json_t *cv;
	struct cvp_phrases phrases;
};

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return cvp_cv_is_blank(text) ? NULL : text;
}

static void
put(const struct view *v, json_t *object, const char *key, const char *text)
{
	cvp_put_text(v->ctx, object, key, text);
}

/* "a, b": those of the two that are there; NULL for neither. */
static const char *
joined(const struct view *v, const char *a, const char *mark, const char *b)
{
	if (a == NULL || b == NULL)
		return a != NULL ? a : b;
	return cvp_arena_printf(v->ctx->arena, "%s%s%s", a, mark, b);
}

/* "2019-03 – 2021"; "since 2021" as the language says it; the span as the CV writes it where it has no dates. */
static const char *
span_of(const struct view *v, const json_t *entry, const char *start_key, const char *end_key)
{
	const char *start = text_of(entry, start_key), *end = text_of(entry, end_key);
	const struct cvp_slot slots[] = { { "from", start }, { "to", end }, { NULL, NULL } };

	if (start == NULL && end == NULL)
		return text_of(entry, "x_dates");
	if (start == NULL)
		return end;
	return cvp_phrase(&v->phrases, end != NULL ? "period.span" : "period.open", 0, slots);
}

static json_t *
words_of(const struct view *v, const json_t *strings)
{
	json_t *list = json_array();

	for (size_t i = 0; i < json_array_size(strings); i++) {
		json_t *word = json_object();

		put(v, word, "text", json_string_value(json_array_get(strings, i)));
		json_array_append_new(list, word);
	}
	return list;
}

static json_t *
job_of(const struct view *v, const json_t *job)
{
	json_t *shown = json_object();

	put(v, shown, "title", text_of(job, "job_title"));
	put(v, shown, "company", text_of(job, "company_name"));
	put(v, shown, "location", text_of(job, "location"));
	put(v, shown, "span", span_of(v, job, "start_date", "end_date"));
	put(v, shown, "description", text_of(job, "x_description"));
	json_object_set_new(shown, "bullets", words_of(v, json_object_get(job, "description_bullets")));
	json_object_set_new(shown, "technologies", words_of(v, json_object_get(job, "x_technologies")));
	json_object_set_new(shown, "has_technologies",
			    json_boolean(json_array_size(json_object_get(job, "x_technologies")) > 0));
	return shown;
}

static json_t *
skill_of(const struct view *v, const json_t *skill)
{
	json_t *shown = json_object();

	put(v, shown, "text", joined(v, text_of(skill, "skill_name"), ", ", text_of(skill, "proficiency_level")));
	json_object_set_new(shown, "is_asked",
			    json_boolean(json_array_size(json_object_get(skill, "matched_requirements")) > 0));
	return shown;
}

static json_t *
school_of(const struct view *v, const json_t *school)
{
	json_t *shown = json_object();

	put(v, shown, "title", joined(v, text_of(school, "degree"), ", ", text_of(school, "field_of_study")));
	put(v, shown, "company", text_of(school, "institution"));
	put(v, shown, "span", span_of(v, school, "start_date", "end_date"));
	put(v, shown, "gpa", text_of(school, "gpa"));
	json_object_set_new(shown, "bullets", words_of(v, json_object_get(school, "courses")));
	return shown;
}

static json_t *
certification_of(const struct view *v, const json_t *certification)
{
	json_t *shown = json_object();

	put(v, shown, "text",
	    joined(v, joined(v, text_of(certification, "name"), ", ", text_of(certification, "issuer")), ", ",
		   text_of(certification, "date")));
	return shown;
}

static json_t *
highlight_of(const struct view *v, const json_t *highlight)
{
	json_t *shown = json_object();

	put(v, shown, "text", text_of(highlight, "text"));
	return shown;
}

static const char *
first_of(const json_t *entry, const char *const *keys)
{
	for (; *keys != NULL; keys++) {
		if (text_of(entry, *keys) != NULL)
			return text_of(entry, *keys);
	}
	return NULL;
}

/* An entry of another section, by whatever names its members go. */
static json_t *
entry_of(const struct view *v, const json_t *entry)
{
	static const char *const titles[] = { "position", "title", "name", "language", NULL };
	static const char *const places[] = {
		"organization", "entity", "awarder", "publisher", "fluency", "level", NULL
	};
	static const char *const texts[] = { "summary", "description", "reference", NULL };
	static const char *const dates[] = { "date", "releaseDate", NULL };
	const char *span = span_of(v, entry, "startDate", "endDate");
	json_t *shown = json_object();

	put(v, shown, "title", first_of(entry, titles));
	put(v, shown, "company", first_of(entry, places));
	put(v, shown, "span",
	    text_of(entry, "startDate") != NULL || first_of(entry, dates) == NULL ? span : first_of(entry, dates));
	put(v, shown, "description", first_of(entry, texts));
	json_object_set_new(shown, "bullets", words_of(v, json_object_get(entry, "highlights")));
	json_object_set_new(shown, "technologies", words_of(v, json_object_get(entry, "keywords")));
	json_object_set_new(shown, "has_technologies",
			    json_boolean(json_array_size(json_object_get(entry, "keywords")) > 0));
	return shown;
}

/* A list of the CV through one of the functions above, as `key`, and has_<key>. */
static void
put_list(const struct view *v, json_t *model, const char *key, const json_t *list,
	 json_t *(*shown)(const struct view *v, const json_t *entry))
{
	json_t *made = json_array();

	for (size_t i = 0; i < json_array_size(list); i++)
		json_array_append_new(made, shown(v, json_array_get(list, i)));
	json_object_set_new(model, cvp_arena_printf(v->ctx->arena, "has_%s", key),
			    json_boolean(json_array_size(made) > 0));
	json_object_set_new(model, key, made);
}

static json_t *
others_of(const struct view *v)
{
	const json_t *labels = json_object_get(v->phrases.table, "labels");
	json_t *other = json_object_get(v->cv, "x_other"), *list = json_array(), *entries;
	const char *key;

	json_object_foreach (other, key, entries) {
		json_t *section = json_object();

		put(v, section, "heading", text_of(labels, cvp_arena_printf(v->ctx->arena, "section_%s", key)));
		put_list(v, section, "entries", entries, entry_of);
		json_array_append_new(list, section);
	}
	return list;
}

static void
put_contact(const struct view *v, json_t *model)
{
	static const char *const keys[] = { "email", "phone", "location", "linkedin", "x_url" };
	const json_t *contact = json_object_get(v->cv, "contact_info");
	json_t *list = json_array();

	put(v, model, "name", text_of(contact, "name"));
	put(v, model, "label", text_of(contact, "x_label"));
	for (size_t i = 0; i < CVP_COUNT(keys); i++) {
		json_t *item = json_object();

		put(v, item, "text", text_of(contact, keys[i]));
		if (text_of(contact, keys[i]) != NULL)
			json_array_append(list, item);
		json_decref(item);
	}
	json_object_set_new(model, "contact", list);
}

enum cvp_code
cvp_tailored_cv_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
		     json_t **model)
{
	const char *language = text_of(json_object_get(artifact, "metadata"), "x_language");
	struct view v = { .ctx = ctx, .cv = json_object_get(artifact, "tailored_cv") };
	json_t *shown = cvp_own(ctx, json_object());

	if (!json_is_object(v.cv))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/tailored_cv", "tailored_cv is missing");
	v.phrases = cvp_phrases_of(ctx, assets->phrases, language != NULL ? language : text_of(input, "language"));
	json_object_set(shown, "labels", json_object_get(v.phrases.table, "labels"));
	json_object_set_new(shown, "language", json_string(cvp_language_name(v.phrases.language)));
	json_object_set_new(shown, "dir", json_string(v.phrases.language == CVP_HE ? "rtl" : "ltr"));
	put_contact(&v, shown);
	put(&v, shown, "summary", text_of(v.cv, "executive_summary"));
	put_list(&v, shown, "jobs", json_object_get(v.cv, "work_experience"), job_of);
	put_list(&v, shown, "highlights", json_object_get(v.cv, "x_highlights"), highlight_of);
	put_list(&v, shown, "skills", json_object_get(v.cv, "skills"), skill_of);
	put_list(&v, shown, "schools", json_object_get(v.cv, "education"), school_of);
	put_list(&v, shown, "certifications", json_object_get(v.cv, "certifications"), certification_of);
	json_object_set_new(shown, "others", others_of(&v));
	*model = shown;
	return CVP_OK;
}
