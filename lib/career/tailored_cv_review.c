/* tailored_cv_review.c - a tailored CV beside its source: what differs, word by word, and where the CV says it. */
#include <string.h>

#include "career/compare.h"
#include "career/cv.h"
#include "career/cv_view.h"
#include "career/kind.h"
#include "career/tailored_cv_parts.h"
#include "career/tailored_cv_view.h"
#include "core/ctx.h"

struct review {
	struct cvp_ctx *ctx;
	const json_t *input, *artifact;
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* What stands at a source; NULL where the CV is gone. */
static const char *
source_text(const struct review *r, const char *pointer)
{
	size_t length = strlen(CVP_ANSWER_POINTER);

	if (strncmp(pointer, CVP_ANSWER_POINTER, length) == 0)
		return cvp_pointer_text(r->input, cvp_arena_printf(r->ctx->arena, "%s/answer", pointer));
	return cvp_pointer_text(json_object_get(r->input, "resume"), pointer);
}

static json_t *
sources_of(const struct review *r, const json_t *pointers)
{
	json_t *list = json_array();

	for (size_t i = 0; i < json_array_size(pointers); i++) {
		const char *pointer = json_string_value(json_array_get(pointers, i));
		const char *text = pointer != NULL ? source_text(r, pointer) : NULL;

		if (text != NULL)
			json_array_append_new(
			    list,
			    json_pack("{s:o, s:s, s:b}", "href", json_sprintf("#%s", cvp_cv_anchor(r->ctx, pointer)),
				      "text", text, "is_answer",
				      strncmp(pointer, CVP_ANSWER_POINTER, strlen(CVP_ANSWER_POINTER)) == 0));
	}
	return list;
}

/* A bullet of a job beside the line it was. */
static json_t *
bullet_of(const struct review *r, const json_t *job, size_t job_index, size_t index)
{
	const char *text = json_string_value(json_array_get(json_object_get(job, "description_bullets"), index));
	const json_t *pointers = json_array_get(json_object_get(job, "bullet_sources"), index);
	json_t *sources = sources_of(r, pointers);
	const char *before = text_of(json_array_get(sources, 0), "text");

	return json_pack("{s:o, s:s, s:o, s:b, s:o}", "field",
			 json_sprintf(CVP_TAILORED_CV "/work_experience/%zu/description_bullets/%zu", job_index, index),
			 "text", text, "runs", cvp_compare_runs(r->ctx, before != NULL ? before : text, text),
			 "is_changed", before != NULL && strcmp(before, text) != 0, "sources", sources);
}

/* Sets the bullets of a job of the document's view to what the review shows of them. */
static void
put_bullets(const struct review *r, json_t *shown, const json_t *job, size_t index)
{
	json_t *bullets = json_array();

	for (size_t i = 0; i < json_array_size(json_object_get(job, "description_bullets")); i++)
		json_array_append_new(bullets, bullet_of(r, job, index, i));
	json_object_set_new(shown, "bullets", bullets);
}

/* May the person take the change back? What verification took back stays so. */
static bool
is_open(const char *kind)
{
	return strcmp(kind, "reverted") != 0;
}

static json_t *
change_of(const struct review *r, const json_t *change, size_t index)
{
	const char *kind = text_of(change, "kind"), *before = text_of(change, "before"),
		   *after = text_of(change, "after");
	json_t *sources = sources_of(r, json_object_get(change, "sources"));
	json_t *shown = json_pack("{s:i, s:s?, s:s?, s:b, s:o, s:s?, s:s?}", "index", (int)index, "before", before,
				  "after", after, "is_open", is_open(kind), "sources", sources, "reason",
				  text_of(change, "reason"), "field", text_of(change, "field"));

	json_object_set_new(shown, cvp_arena_printf(r->ctx->arena, "is_%s", kind), json_true());
	json_object_set_new(shown, cvp_arena_printf(r->ctx->arena, "in_%s", text_of(change, "section")), json_true());
	json_object_set_new(shown, "has_runs", json_boolean(strcmp(kind, "rewritten") == 0));
	if (strcmp(kind, "rewritten") == 0)
		json_object_set_new(shown, "runs",
				    cvp_compare_runs(r->ctx, before != NULL ? before : "", after != NULL ? after : ""));
	return shown;
}

static void
put_changes(const struct review *r, json_t *model)
{
	const json_t *changes = json_object_get(r->artifact, "x_changes");
	json_t *list = json_array();

	for (size_t i = 0; i < json_array_size(changes); i++)
		json_array_append_new(list, change_of(r, json_array_get(changes, i), i));
	json_object_set_new(model, "has_changes", json_boolean(json_array_size(list) > 0));
	json_object_set_new(model, "change_count", json_integer((json_int_t)json_array_size(list)));
	json_object_set_new(model, "changes", list);
}

/* A list of the metadata and has_<key>. */
static void
put_list(const struct review *r, json_t *model, const char *key)
{
	json_t *list = json_object_get(json_object_get(r->artifact, "metadata"), key);

	json_object_set(model, key, list);
	json_object_set_new(model, cvp_arena_printf(r->ctx->arena, "has_%s", key),
			    json_boolean(json_array_size(list) > 0));
}

enum cvp_code
cvp_tailored_cv_review(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
		       const json_t *artifact, json_t **model)
{
	const struct review r = { ctx, input, artifact };
	const json_t *jobs = json_object_get(json_object_get(artifact, "tailored_cv"), "work_experience");
	enum cvp_code code = cvp_tailored_cv_view(ctx, assets, input, artifact, model);

	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < json_array_size(jobs); i++)
		put_bullets(&r, json_array_get(json_object_get(*model, "jobs"), i), json_array_get(jobs, i), i);
	put_changes(&r, *model);
	put_list(&r, *model, "warnings");
	put_list(&r, *model, "style_issues");
	put_list(&r, *model, "keyword_matches");
	json_object_set(*model, "target", json_object_get(artifact, "x_target"));
	json_object_set(*model, "style", json_object_get(artifact, "x_style"));
	return CVP_OK;
}

/* The lines of a part of the CV, one below the other. */
static const char *
lines_of(struct cvp_ctx *ctx, const json_t *list, const char *key)
{
	const char *all = "";

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const char *line = key != NULL ? text_of(item, key) : json_string_value(item);

		all = cvp_arena_printf(ctx->arena, "%s%s\n", all, line != NULL ? line : "");
	}
	return all;
}

static void
compare_part(struct cvp_ctx *ctx, json_t *parts, const char *kind, const char *title, const char *before,
	     const char *after)
{
	if (strcmp(before, after) != 0)
		json_array_append_new(parts, json_pack("{s:s?, s:o, s:b}", "title", title, "runs",
						       cvp_compare_runs(ctx, before, after), kind, 1));
}

static const json_t *
job_like(const json_t *jobs, const json_t *wanted)
{
	const char *source = text_of(wanted, "x_source");

	for (size_t i = 0; i < json_array_size(jobs); i++) {
		const char *other = text_of(json_array_get(jobs, i), "x_source");

		if (source != NULL && other != NULL && strcmp(source, other) == 0)
			return json_array_get(jobs, i);
	}
	return NULL;
}

json_t *
cvp_tailored_cv_compare(struct cvp_ctx *ctx, const json_t *before, const json_t *after)
{
	const json_t *old = json_object_get(before, "tailored_cv"), *new = json_object_get(after, "tailored_cv");
	const json_t *old_jobs = json_object_get(old, "work_experience"),
		     *jobs = json_object_get(new, "work_experience");
	const char *old_summary = text_of(old, "executive_summary"), *summary = text_of(new, "executive_summary");
	json_t *parts = json_array();

	compare_part(ctx, parts, "is_summary", NULL, old_summary != NULL ? old_summary : "",
		     summary != NULL ? summary : "");
	for (size_t i = 0; i < json_array_size(jobs); i++) {
		const json_t *job = json_array_get(jobs, i), *old_job = job_like(old_jobs, job);
		const char *title = cvp_arena_printf(ctx->arena, "%s, %s", text_of(job, "job_title"),
						     text_of(job, "company_name"));

		compare_part(ctx, parts, "is_job", title,
			     lines_of(ctx, json_object_get(old_job, "description_bullets"), NULL),
			     lines_of(ctx, json_object_get(job, "description_bullets"), NULL));
	}
	compare_part(ctx, parts, "is_skills", NULL, lines_of(ctx, json_object_get(old, "skills"), "skill_name"),
		     lines_of(ctx, json_object_get(new, "skills"), "skill_name"));
	return json_pack("{s:b, s:o}", "has_parts", json_array_size(parts) > 0, "parts", parts);
}
