#include "career/vpr_view.h"

#include <math.h>
#include <string.h>

#include "career/cv.h"
#include "career/cv_view.h"
#include "career/kind.h"
#include "career/markdown.h"
#include "career/verify_plain.h"
#include "core/ctx.h"
#include "text/phrase.h"

#define LABEL_MAX 80 /* code points of a link's text */

struct view {
	struct cvp_ctx *ctx;
	const json_t *input, *artifact, *labels;
	const struct cvp_cv *cv; /* NULL: the CV is gone */
	struct cvp_phrases phrases;
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *
label_of(const struct view *v, const char *prefix, const char *name)
{
	const char *label = text_of(v->labels, cvp_arena_printf(v->ctx->arena, "%s%s", prefix, name));

	return label != NULL ? label : name;
}

static void
put(const struct view *v, json_t *object, const char *key, const char *text)
{
	cvp_put_text(v->ctx, object, key, text);
}

static int
percent_of(const json_t *number)
{
	return (int)lround(100 * json_number_value(number));
}

/* The section a pointer leads into: "work" of "/work/0/name". */
static const char *
section_of(const struct view *v, const char *pointer)
{
	return cvp_arena_strndup(v->ctx->arena, pointer + 1, strcspn(pointer + 1, "/"));
}

static const struct cvp_cv_line *
line_at(const struct cvp_cv *cv, const char *pointer)
{
	for (size_t i = 0; i < cv->line_count; i++) {
		if (strcmp(cv->lines[i].at.pointer, pointer) == 0)
			return &cv->lines[i];
	}
	return NULL;
}

static const struct cvp_cv_entry *
entry_at(const struct cvp_cv *cv, const char *pointer)
{
	const struct cvp_cv_line *line = line_at(cv, pointer);

	for (size_t i = 0; line != NULL && i < cv->entry_count; i++) {
		if (cv->entries[i].section == line->section && cv->entries[i].index == line->entry)
			return &cv->entries[i];
	}
	return NULL;
}

static const char *
shortened(const struct view *v, const char *text)
{
	size_t bytes = 0, points = 0;

	for (; text[bytes] != '\0'; bytes++) {
		bool starts = ((unsigned char)text[bytes] & 0xC0) != 0x80;

		if (starts && points++ == LABEL_MAX)
			return cvp_arena_printf(v->ctx->arena, "%.*s…", (int)bytes, text);
	}
	return text;
}

static const char *
plain_or_null(const struct view *v, const char *text)
{
	return text != NULL ? cvp_plain_text(v->ctx, text) : NULL;
}

/* Answers stand in no CV: there is nothing to lead to. */
static bool
is_answer(const char *pointer)
{
	const char *answers = "/gap_responses/";

	return strncmp(pointer, answers, strlen(answers)) == 0;
}

/* What a link to a source says: "Software Engineer, Acme", "Skills", "Your answer". */
static const char *
source_label(const struct view *v, const char *pointer)
{
	const struct cvp_cv_entry *entry = v->cv != NULL ? entry_at(v->cv, pointer) : NULL;
	const char *title = entry != NULL ? plain_or_null(v, entry->title.text) : NULL;
	const char *place = entry != NULL ? plain_or_null(v, entry->organisation.text) : NULL;

	if (is_answer(pointer))
		return label_of(v, "", "answer");
	if (title != NULL && place != NULL)
		return shortened(v, cvp_arena_printf(v->ctx->arena, "%s, %s", title, place));
	if (title != NULL || place != NULL)
		return shortened(v, title != NULL ? title : place);
	return label_of(v, "section_", section_of(v, pointer));
}

static void
put_link(const struct view *v, json_t *object, const char *pointer)
{
	if (pointer == NULL || pointer[0] != '/' || strcmp(pointer, "/basics/name") == 0)
		return;
	put(v, object, "label", source_label(v, pointer));
	json_object_set_new(object, "href",
			    v->cv != NULL && !is_answer(pointer)
				? json_string(cvp_arena_printf(v->ctx->arena, "#%s", cvp_cv_anchor(v->ctx, pointer)))
				: json_null());
}

/* The language of a quoted text where it is not the report's: pages mark it for readers that speak. */
static void
put_language(const struct view *v, json_t *object, const char *text)
{
	enum cvp_language language = cvp_language_detect(text, strlen(text));

	json_object_set_new(object, "quote_lang",
			    language != v->phrases.language ? json_string(cvp_language_name(language)) : json_null());
	json_object_set_new(object, "quote_dir", json_string(language == CVP_HE ? "rtl" : "ltr"));
}

static json_t *
evidence_of(const struct view *v, const json_t *row)
{
	json_t *list = json_array(), *evidence;
	size_t index;

	json_array_foreach (json_object_get(row, "evidence"), index, evidence) {
		json_t *shown = json_object();
		const char *text = text_of(evidence, "text");

		put(v, shown, "text", text != NULL ? cvp_visible_text(v->ctx, text) : NULL);
		if (text != NULL)
			put_language(v, shown, text);
		put_link(v, shown, text_of(evidence, "source"));
		json_array_append_new(list, shown);
	}
	return list;
}

static json_t *
row_of(const struct view *v, const json_t *row)
{
	const char *band = text_of(row, "alignment_score"), *impact = text_of(row, "impact_potential");
	json_t *shown = json_object();

	put(v, shown, "requirement", text_of(row, "requirement"));
	json_object_set(shown, "must_have", json_object_get(row, "must_have"));
	json_object_set_new(shown, "percent", json_integer(percent_of(json_object_get(row, "score"))));
	if (band != NULL) {
		json_object_set_new(shown, "band", json_string(band));
		json_object_set_new(shown, "band_label", json_string(label_of(v, "", band)));
		json_object_set_new(shown, cvp_arena_printf(v->ctx->arena, "is_%s", band), json_true());
	}
	if (impact != NULL)
		json_object_set_new(shown, "impact_label", json_string(label_of(v, "impact_", impact)));
	json_object_set_new(shown, "evidence", evidence_of(v, row));
	json_object_set_new(shown, "has_evidence", json_boolean(json_array_size(json_object_get(row, "evidence")) > 0));
	return shown;
}

static json_t *
rows_of(const struct view *v)
{
	json_t *list = json_array(), *row;
	size_t index;

	json_array_foreach (json_object_get(v->artifact, "evidence_matrix"), index, row)
		json_array_append_new(list, row_of(v, row));
	return list;
}

static bool
has_label(const json_t *links, const char *label)
{
	size_t index;
	json_t *link;

	json_array_foreach ((json_t *)links, index, link) {
		if (label != NULL && strcmp(text_of(link, "label"), label) == 0)
			return true;
	}
	return false;
}

/* One link an entry: the line that is quoted comes first in a list of sources and stands for its entry. */
static void
put_sources(const struct view *v, json_t *object, const json_t *sources)
{
	json_t *links = json_array(), *source;
	size_t index;

	json_array_foreach ((json_t *)sources, index, source) {
		json_t *link = json_object();

		put_link(v, link, json_string_value(source));
		if (text_of(link, "label") != NULL && !has_label(links, text_of(link, "label")))
			json_array_append(links, link);
		json_decref(link);
	}
	json_object_set_new(object, "has_sources", json_boolean(json_array_size(links) > 0));
	json_object_set_new(object, "sources", links);
}

/* A list of texts with their sources as [{text, text_md, sources}]. */
static json_t *
claims_of(const struct view *v, const char *key, const char *sources_key)
{
	const json_t *sources = json_object_get(v->artifact, sources_key);
	json_t *list = json_array(), *text;
	size_t index;

	json_array_foreach (json_object_get(v->artifact, key), index, text) {
		json_t *claim = json_object();

		put(v, claim, "text", json_string_value(text));
		put_sources(v, claim, json_array_get(sources, index));
		json_array_append_new(list, claim);
	}
	return list;
}

/* Strings as [{text, text_md}]. */
static json_t *
words_of(const struct view *v, const json_t *strings)
{
	json_t *list = json_array(), *string;
	size_t index;

	json_array_foreach ((json_t *)strings, index, string) {
		json_t *word = json_object();

		put(v, word, "text", json_string_value(string));
		json_array_append_new(list, word);
	}
	return list;
}

static json_t *
strategies_of(const struct view *v)
{
	json_t *list = json_array(), *strategy;
	size_t index;

	json_array_foreach (json_object_get(v->artifact, "gap_strategies"), index, strategy) {
		const json_t *skills = json_object_get(strategy, "transferable_skills");
		json_t *shown = json_object();

		put(v, shown, "gap", text_of(strategy, "gap"));
		put(v, shown, "approach", text_of(strategy, "mitigation_approach"));
		json_object_set_new(shown, "has_transferable", json_boolean(json_array_size(skills) > 0));
		json_object_set_new(shown, "transferable", words_of(v, skills));
		json_array_append_new(list, shown);
	}
	return list;
}

/* The figures of a match: of a report in x_match, of a match at its top. */
static void
put_match(const struct view *v, json_t *model, const json_t *match)
{
	const json_t *keywords = json_object_get(match, "keywords"), *ats = json_object_get(match, "ats");
	const json_t *present = json_object_get(keywords, "present"), *missing = json_object_get(keywords, "missing");
	const char *level = text_of(match, "gap_level"), *band = text_of(ats, "band");

	json_object_set_new(model, "score_percent", json_integer(percent_of(json_object_get(match, "score"))));
	json_object_set_new(model, "coverage_percent", json_integer(percent_of(json_object_get(match, "coverage"))));
	if (level != NULL) {
		json_object_set_new(model, "gap_level", json_string(level));
		json_object_set_new(model, "gap_level_label", json_string(label_of(v, "gap_", level)));
	}
	if (ats != NULL) {
		json_object_set(model, "ats_score", json_object_get(ats, "score"));
		json_object_set_new(model, "ats_label", json_string(label_of(v, "ats_", band != NULL ? band : "")));
		json_object_set_new(model, "ats_issues", words_of(v, json_object_get(ats, "issues")));
	}
	json_object_set_new(model, "has_match", json_boolean(json_is_object(match)));
	json_object_set_new(model, "has_present", json_boolean(json_array_size(present) > 0));
	json_object_set_new(model, "has_missing", json_boolean(json_array_size(missing) > 0));
	json_object_set_new(model, "present", words_of(v, present));
	json_object_set_new(model, "missing", words_of(v, missing));
}

static enum cvp_code
begin(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
      const char *language, struct view *v)
{
	const json_t *resume = json_object_get(input, "resume");

	if (!json_is_object(artifact))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "", "The artifact is not a JSON object");
	*v = (struct view){ .ctx = ctx, .input = input, .artifact = artifact };
	v->phrases = cvp_phrases_of(ctx, assets->phrases, language);
	v->labels = json_object_get(v->phrases.table, "labels");
	return json_object_size(resume) > 0 ? cvp_cv_parse(ctx, resume, &v->cv) : CVP_OK;
}

/* What a report and a match are shown with alike. */
static json_t *
model_of(const struct view *v, const json_t *match, const json_t *target)
{
	json_t *model = cvp_own(v->ctx, json_object()), *rows = rows_of(v);

	json_object_set(model, "labels", (json_t *)v->labels);
	json_object_set_new(model, "language", json_string(cvp_language_name(v->phrases.language)));
	json_object_set_new(model, "dir", json_string(v->phrases.language == CVP_HE ? "rtl" : "ltr"));
	put(v, model, "name", v->cv != NULL ? cvp_plain_text(v->ctx, v->cv->name.text) : NULL);
	put(v, model, "company_name", text_of(target, "company_name"));
	put(v, model, "role_title", text_of(target, "role_title"));
	put_match(v, model, match);
	json_object_set_new(model, "has_rows", json_boolean(json_array_size(rows) > 0));
	json_object_set_new(model, "rows", rows);
	return model;
}

enum cvp_code
cvp_match_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
	       json_t **model)
{
	struct view v;
	enum cvp_code code = begin(ctx, assets, input, artifact, text_of(input, "language"), &v);

	if (code == CVP_OK)
		*model = model_of(&v, artifact, json_object_get(input, "posting"));
	return code;
}

static void
put_date(const struct view *v, json_t *model)
{
	const char *created = text_of(v->artifact, "created_at");

	if (created == NULL)
		return;
	json_object_set_new(model, "created_at", json_string(created));
	json_object_set_new(model, "created_on", json_string(cvp_arena_strndup(v->ctx->arena, created, 10)));
}

enum cvp_code
cvp_vpr_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
	     json_t **model)
{
	const char *culture = text_of(artifact, "cultural_fit");
	struct view v;
	json_t *shown;
	enum cvp_code code = begin(ctx, assets, input, artifact, text_of(artifact, "language"), &v);

	if (code != CVP_OK)
		return code;
	shown = model_of(&v, json_object_get(artifact, "x_match"), json_object_get(artifact, "x_target"));
	put(&v, shown, "summary", text_of(artifact, "executive_summary"));
	put_sources(&v, shown, json_object_get(artifact, "x_summary_sources"));
	json_object_set_new(shown, "differentiators", claims_of(&v, "differentiators", "x_differentiator_sources"));
	json_object_set_new(shown, "has_differentiators",
			    json_boolean(json_array_size(json_object_get(shown, "differentiators")) > 0));
	json_object_set_new(shown, "strategies", strategies_of(&v));
	json_object_set_new(shown, "has_strategies",
			    json_boolean(json_array_size(json_object_get(shown, "strategies")) > 0));
	put(&v, shown, "cultural_fit", culture);
	json_object_set_new(shown, "points", claims_of(&v, "talking_points", "x_talking_point_sources"));
	json_object_set(shown, "version", json_object_get(artifact, "version"));
	json_object_set(shown, "word_count", json_object_get(artifact, "word_count"));
	put_date(&v, shown);
	*model = shown;
	return CVP_OK;
}

/* A level with its word for people. */
static void
put_level(const struct view *v, json_t *shown, const char *key, const char *prefix, const json_t *question)
{
	const char *level = text_of(question, key);

	if (level == NULL)
		return;
	json_object_set_new(shown, key, json_string(level));
	json_object_set_new(shown, cvp_arena_printf(v->ctx->arena, "%s_label", key),
			    json_string(label_of(v, prefix, level)));
}

static json_t *
questions_of(const struct view *v)
{
	json_t *list = json_array(), *question;
	size_t index;

	json_array_foreach (json_object_get(v->artifact, "questions"), index, question) {
		json_t *shown = json_object();

		json_object_set_new(shown, "number", json_integer((json_int_t)index + 1));
		json_object_set(shown, "question_id", json_object_get(question, "question_id"));
		put(v, shown, "question", text_of(question, "question"));
		put(v, shown, "requirement", text_of(question, "requirement"));
		put_level(v, shown, "impact", "impact_", question);
		put_level(v, shown, "probability", "probability_", question);
		json_object_set_new(shown, "percent", json_integer(percent_of(json_object_get(question, "gap_score"))));
		put_sources(v, shown, json_object_get(question, "x_sources"));
		json_array_append_new(list, shown);
	}
	return list;
}

enum cvp_code
cvp_gap_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
	     json_t **model)
{
	const json_t *target = json_object_get(artifact, "x_target");
	struct view v;
	json_t *shown;
	enum cvp_code code = begin(ctx, assets, input, artifact, text_of(artifact, "language"), &v);

	if (code != CVP_OK)
		return code;
	shown = cvp_own(ctx, json_object());
	json_object_set(shown, "labels", (json_t *)v.labels);
	json_object_set_new(shown, "language", json_string(cvp_language_name(v.phrases.language)));
	json_object_set_new(shown, "dir", json_string(v.phrases.language == CVP_HE ? "rtl" : "ltr"));
	put(&v, shown, "company_name", text_of(target, "company_name"));
	put(&v, shown, "role_title", text_of(target, "role_title"));
	json_object_set_new(shown, "questions", questions_of(&v));
	json_object_set_new(shown, "has_questions",
			    json_boolean(json_array_size(json_object_get(artifact, "questions")) > 0));
	json_object_set(shown, "version", json_object_get(artifact, "version"));
	put_date(&v, shown);
	*model = shown;
	return CVP_OK;
}
