/* verify_tailored_text.c - what is told of the jobs: bullets, descriptions, answers taken over; and the summary. */
#include <string.h>

#include "career/cv_pointer.h"
#include "career/verify_plain.h"
#include "career/verify_prose_index.h"
#include "career/verify_rewrite.h"
#include "career/verify_tailored_parts.h"
#include "core/ctx.h"

#define ANSWERS "/gap_responses/"

/* What a text may rest on; by fact text. */
struct ground {
	bool *is_source, *is_around;
	size_t count; /* of the sources */
	size_t first; /* the first source named: what a text reverts to */
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool
is_below(const char *pointer, const char *parent)
{
	size_t length = strlen(parent);

	return strncmp(pointer, parent, length) == 0 && (pointer[length] == '/' || pointer[length] == '\0');
}

static bool
is_at(const struct cvp_cv_text *text, const char *pointer)
{
	return text->pointer != NULL && strcmp(text->pointer, pointer) == 0;
}

/* Employer, title, place and technologies of the job: they may be named in all of its lines. */
static bool
is_around(const struct cvp_cv_entry *job, const char *pointer)
{
	return is_at(&job->organisation, pointer) || is_at(&job->title, pointer) ||
	       (is_below(pointer, job->pointer) &&
		(strstr(pointer, "echnologies/") != NULL || strstr(pointer, "/location") != NULL ||
		 strstr(pointer, "/keywords/") != NULL));
}

static struct ground
ground_new(struct cvp_tailored_check *t, const struct cvp_cv_entry *job)
{
	const struct cvp_facts *facts = t->v.check.cv;
	struct ground ground = { cvp_arena_alloc(t->v.ctx->arena, facts->text_count + 1),
				 cvp_arena_alloc(t->v.ctx->arena, facts->text_count + 1), 0, 0 };

	for (size_t i = 0; i < facts->text_count && job != NULL; i++)
		ground.is_around[i] = is_around(job, facts->texts[i].pointer);
	return ground;
}

/* The index of the text that stands at a pointer; the number of texts where none does. */
static size_t
text_at(const struct cvp_facts *facts, const char *pointer)
{
	size_t at = 0;

	while (at < facts->text_count && strcmp(facts->texts[at].pointer, pointer) != 0)
		at++;
	return at;
}

static void
add_source(struct ground *ground, size_t text)
{
	if (ground->count == 0)
		ground->first = text;
	ground->count += !ground->is_source[text];
	ground->is_source[text] = true;
}

/* May a line of this job rest on it: a line of the job itself, or an answer? Anywhere in the CV where there is no job.
 */
static bool
may_rest_on(const struct cvp_cv_entry *job, const char *pointer)
{
	return job == NULL || is_below(pointer, job->pointer) || strncmp(pointer, ANSWERS, strlen(ANSWERS)) == 0;
}

/* The sources given; reports those that no line of the job may rest on. */
static void
add_given(struct cvp_tailored_check *t, struct ground *ground, const struct cvp_cv_entry *job, const char *field,
	  const json_t *pointers)
{
	const struct cvp_facts *facts = t->v.check.cv;

	for (size_t i = 0; i < json_array_size(pointers); i++) {
		const char *pointer = json_string_value(json_array_get(pointers, i));
		size_t at = pointer != NULL ? text_at(facts, pointer) : facts->text_count;

		if (at < facts->text_count && may_rest_on(job, pointer))
			add_source(ground, at);
		else
			cvp_tailored_report(t, cvp_pointer_index(t->v.ctx, field, i), CVP_SEVERITY_WARNING,
					    job != NULL ? "a line of the job" : "a line of the CV", pointer);
	}
}

/* Without sources of its own a text rests on the line of the job that is most like it. */
static void
add_likest(struct cvp_tailored_check *t, struct ground *ground, const struct cvp_cv_entry *job, const char *text)
{
	const struct cvp_check *check = &t->v.check;
	const char *plain = cvp_tailored_plain(t, text);
	struct cvp_words words = cvp_words_of(t->v.ctx, plain, strlen(plain));
	size_t most = 0, likest = 0;

	for (size_t i = 0; i < check->cv->text_count; i++) {
		const char *pointer = check->cv->texts[i].pointer;
		size_t shared = strcmp(check->cv->texts[i].plain, plain) == 0 ? words.count + 1 : 0;

		if (!may_rest_on(job, pointer) || ground->is_around[i] ||
		    (job == NULL && strncmp(pointer, ANSWERS, strlen(ANSWERS)) != 0))
			continue;
		for (size_t j = 0; j < words.count; j++)
			shared += !words.words[j].is_stop &&
				  cvp_prose_has_key(&check->prose->sources[i], cvp_prose_key(check, &words.words[j]));
		if (shared > most) {
			most = shared;
			likest = i;
		}
	}
	if (most > 0)
		add_source(ground, likest);
}

/* The text as it may stand: itself, what stands at its first source, or NULL. Reports what it may not say. */
static const char *
mended_text(struct cvp_tailored_check *t, const struct ground *ground, const char *field, const char *text)
{
	struct cvp_rewrite rewrite = { &t->v.check, ground->is_source, ground->is_around };
	const char *actual, *fault = ground->count > 0 ? cvp_rewrite_fault(&rewrite, text, &actual) : NULL;

	if (ground->count == 0) {
		cvp_tailored_report(t, field, CVP_SEVERITY_WARNING, "a line of the CV", text);
		return NULL;
	}
	if (fault == NULL)
		return text;
	cvp_tailored_report(t, field, CVP_SEVERITY_WARNING, fault, actual);
	return cvp_source_text(&t->v, t->v.check.cv->texts[ground->first].pointer);
}

static bool
has_text(const json_t *list, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (strcmp(json_string_value(json_array_get(list, i)), text) == 0)
			return true;
	}
	return false;
}

static json_t *
pointers_of(const struct cvp_tailored_check *t, const struct ground *ground, bool is_reverted)
{
	json_t *pointers = json_array();

	for (size_t i = 0; i < t->v.check.cv->text_count; i++) {
		if (is_reverted ? i == ground->first && ground->count > 0 : ground->is_source[i])
			json_array_append_new(pointers, json_string(t->v.check.cv->texts[i].pointer));
	}
	return pointers;
}

/* One bullet; what may stand of it goes to the lists. A bullet that reverts to a line which stands already goes. */
static void
check_bullet(struct cvp_tailored_check *t, const struct cvp_cv_entry *job, const char *field, const json_t *told,
	     size_t index, json_t *bullets, json_t *sources)
{
	const char *text = json_string_value(json_array_get(json_object_get(told, "description_bullets"), index));
	const json_t *given = json_array_get(json_object_get(told, "bullet_sources"), index);
	struct ground ground = ground_new(t, job);
	const char *mended;

	add_given(t, &ground, job, cvp_arena_printf(t->v.ctx->arena, "%s/bullet_sources/%zu", field, index), given);
	if (ground.count == 0 && text != NULL)
		add_likest(t, &ground, job, text);
	mended = mended_text(t, &ground, cvp_arena_printf(t->v.ctx->arena, "%s/description_bullets/%zu", field, index),
			     text != NULL ? text : "");
	if (mended == NULL || (mended != text && has_text(bullets, mended)))
		return;
	json_array_append_new(bullets, json_string(mended));
	json_array_append_new(sources, pointers_of(t, &ground, mended != text));
}

static void
check_bullets(struct cvp_tailored_check *t, const struct cvp_cv_entry *job, const char *field, const json_t *told,
	      json_t *made)
{
	const json_t *texts = json_object_get(told, "description_bullets");
	json_t *bullets = json_array(), *sources = json_array();

	for (size_t i = 0; i < json_array_size(texts); i++)
		check_bullet(t, job, field, told, i, bullets, sources);
	json_object_set_new(made, "description_bullets", bullets);
	if (json_object_get(told, "bullet_sources") != NULL)
		json_object_set(made, "bullet_sources", sources);
	json_decref(sources);
}

/* Every line of the job as the CV has it, for who reads both beside each other. */
static void
check_originals(struct cvp_tailored_check *t, const struct cvp_cv_entry *job, const char *field, const json_t *told,
		json_t *made)
{
	const json_t *originals = json_object_get(told, "original_bullets");
	json_t *kept = json_array();

	for (size_t i = 0; i < json_array_size(originals); i++) {
		const char *text = json_string_value(json_array_get(originals, i));

		if (text != NULL && cvp_tailored_has(t, job->value, text))
			json_array_append_new(kept, json_string(text));
		else
			cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/original_bullets/%zu", field, i),
					    CVP_SEVERITY_WARNING, "a line of the job", text);
	}
	json_object_set_new(made, "original_bullets", kept);
}

static void
check_description(struct cvp_tailored_check *t, const struct cvp_cv_entry *job, const char *field, const json_t *told,
		  json_t *made)
{
	const char *text = text_of(told, "x_description");
	struct ground ground = ground_new(t, job);

	if (text == NULL || cvp_tailored_has(t, job->value, text))
		return;
	add_likest(t, &ground, job, text);
	cvp_tailored_put(made, "x_description",
			 mended_text(t, &ground, cvp_arena_printf(t->v.ctx->arena, "%s/x_description", field), text));
}

/* Texts of a list that have to stand in the job; those that do not are left out. */
static void
check_technologies(struct cvp_tailored_check *t, const struct cvp_cv_entry *job, const char *field, const json_t *told,
		   json_t *made)
{
	const json_t *texts = json_object_get(told, "x_technologies");
	json_t *kept = json_array();

	for (size_t i = 0; i < json_array_size(texts); i++) {
		json_t *text = json_array_get(texts, i);

		if (cvp_tailored_has_all(t, job->value, text))
			json_array_append(kept, text);
		else
			cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/x_technologies/%zu", field, i),
					    CVP_SEVERITY_WARNING, "what the CV lists for the job",
					    json_string_value(text));
	}
	if (texts != NULL)
		json_object_set(made, "x_technologies", kept);
	json_decref(kept);
}

void
cvp_tailored_bullets_check(struct cvp_tailored_check *t, const struct cvp_cv_entry **jobs)
{
	const json_t *told = json_object_get(t->cv, "work_experience");
	const json_t *made = json_object_get(t->made, "work_experience");

	for (size_t i = 0; i < json_array_size(told); i++) {
		const char *field = cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/work_experience/%zu", i);
		const json_t *job = json_array_get(told, i);
		json_t *mended = json_array_get(made, i);

		if (jobs[i] == NULL)
			continue; /* no job of the CV: critical already */
		check_bullets(t, jobs[i], field, job, mended);
		check_originals(t, jobs[i], field, job, mended);
		check_description(t, jobs[i], field, job, mended);
		check_technologies(t, jobs[i], field, job, mended);
	}
}

void
cvp_tailored_highlights_check(struct cvp_tailored_check *t)
{
	const json_t *told = json_object_get(t->cv, "x_highlights");
	json_t *kept = json_array();

	for (size_t i = 0; i < json_array_size(told); i++) {
		json_t *highlight = json_array_get(told, i);
		const char *field = cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/x_highlights/%zu", i);
		const char *text = text_of(highlight, "text"), *mended;
		struct ground ground = ground_new(t, NULL);

		add_given(t, &ground, NULL, cvp_pointer_key(t->v.ctx, field, "sources"),
			  json_object_get(highlight, "sources"));
		mended = mended_text(t, &ground, cvp_pointer_key(t->v.ctx, field, "text"), text != NULL ? text : "");
		if (mended != NULL)
			json_array_append_new(kept, json_pack("{s:s, s:o}", "text", mended, "sources",
							      pointers_of(t, &ground, mended != text)));
	}
	if (told != NULL)
		json_object_set(t->made, "x_highlights", kept);
	json_decref(kept);
}
