#include "career/tailored_cv_edit.h"

#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

/* An edit under way: cv is a copy of the artifact's tailored_cv. */
struct edit {
	struct cvp_ctx *ctx;
	const struct cvp_assets *assets;
	const json_t *input;
	const struct cvp_cv *source;
	json_t *cv, *changes;
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* Where a line stands in the CV; behind all for what is no line of it. */
static size_t
place_of(const struct edit *e, const char *pointer)
{
	size_t i = 0;

	while (pointer != NULL && i < e->source->line_count && strcmp(e->source->lines[i].at.pointer, pointer) != 0)
		i++;
	return pointer != NULL ? i : e->source->line_count;
}

/* Puts an item where the CV has it: before the first that stands later there. sources: beside items, or NULL. */
static size_t
position_for(const struct edit *e, size_t count, const char *(*source_at)(const json_t *list, size_t index),
	     const json_t *list, const char *pointer)
{
	size_t wanted = place_of(e, pointer), i = 0;

	while (i < count && place_of(e, source_at(list, i)) <= wanted)
		i++;
	return i;
}

static const char *
bullet_source(const json_t *sources, size_t index)
{
	return json_string_value(json_array_get(json_array_get(sources, index), 0));
}

static const char *
skill_source(const json_t *skills, size_t index)
{
	return text_of(json_array_get(skills, index), "x_source");
}

static json_t *
job_of(const struct edit *e, const char *pointer)
{
	const json_t *jobs = json_object_get(e->cv, "work_experience");

	for (size_t i = 0; i < json_array_size(jobs); i++) {
		const char *source = text_of(json_array_get(jobs, i), "x_source");

		if (source != NULL && cvp_is_below(pointer, source))
			return json_array_get(jobs, i);
	}
	return NULL;
}

static void
restore_bullet(struct edit *e, const char *pointer)
{
	const char *text = cvp_pointer_text(e->source->resume, pointer);
	json_t *job = job_of(e, pointer), *bullets = json_object_get(job, "description_bullets");
	json_t *sources = json_object_get(job, "bullet_sources");
	size_t at = position_for(e, json_array_size(sources), bullet_source, sources, pointer);

	if (text == NULL || bullets == NULL || sources == NULL)
		return;
	json_array_insert_new(bullets, at, json_string(text));
	json_array_insert_new(sources, at, json_pack("[s]", pointer));
}

static void
restore_skill(struct edit *e, const char *pointer)
{
	const char *text = cvp_pointer_text(e->source->resume, pointer);
	json_t *skills = json_object_get(e->cv, "skills");

	if (text != NULL)
		json_array_append_new(skills, json_pack("{s:s, s:f, s:[], s:s}", "skill_name", text, "relevance_score",
							0.0, "matched_requirements", "x_source", pointer));
}

/* Items of a list by their place in the CV. */
static void
sort_skills(struct edit *e)
{
	json_t *skills = json_object_get(e->cv, "skills"), *sorted = json_array();

	for (size_t i = 0; i < json_array_size(skills); i++)
		json_array_insert(
		    sorted, position_for(e, json_array_size(sorted), skill_source, sorted, skill_source(skills, i)),
		    json_array_get(skills, i));
	json_object_set_new(e->cv, "skills", sorted);
}

static void
sort_bullets(struct edit *e, json_t *job)
{
	json_t *bullets = json_object_get(job, "description_bullets"),
	       *sources = json_object_get(job, "bullet_sources");
	json_t *sorted = json_array(), *sorted_sources = json_array();

	for (size_t i = 0; i < json_array_size(bullets); i++) {
		size_t at = position_for(e, json_array_size(sorted), bullet_source, sorted_sources,
					 bullet_source(sources, i));

		json_array_insert(sorted, at, json_array_get(bullets, i));
		json_array_insert(sorted_sources, at, json_array_get(sources, i));
	}
	json_object_set_new(job, "description_bullets", sorted);
	json_object_set_new(job, "bullet_sources", sorted_sources);
}

/* The value at "/projects/2" or "/projects" of the resume. */
static const json_t *
value_at(const json_t *resume, const char *pointer)
{
	const char *slash = strchr(pointer + 1, '/');
	size_t length = slash != NULL ? (size_t)(slash - pointer - 1) : strlen(pointer + 1);
	const json_t *list = json_object_getn(resume, pointer + 1, length);

	return slash != NULL ? json_array_get(list, strtoul(slash + 1, NULL, 10)) : list;
}

static void
restore_entries(struct edit *e, const char *section, const char *pointer)
{
	const json_t *value = value_at(e->source->resume, pointer);
	json_t *other = json_object_get(e->cv, "x_other"), *entries;

	if (other == NULL) {
		other = json_object();
		json_object_set_new(e->cv, "x_other", other);
	}
	entries = json_object_get(other, section);
	if (entries == NULL) {
		entries = json_array();
		json_object_set_new(other, section, entries);
	}
	if (json_is_array(value))
		json_array_extend(entries, (json_t *)value);
	else if (json_is_object(value))
		json_array_append(entries, (json_t *)value);
}

/* The engine's own reading of the part, as it is without preferences. */
static void
restore_certifications(struct edit *e)
{
	struct cvp_tailoring t = { .changes = cvp_own(e->ctx, json_array()) };

	t.vpr.ctx = e->ctx;
	t.vpr.cv = e->source;
	json_object_set_new(e->cv, "certifications", cvp_tailored_certifications(&t));
}

static void
restore_summary(struct edit *e)
{
	const struct cvp_cv_text own = e->source->summary;

	json_object_set_new(e->cv, "executive_summary", json_string(own.text != NULL ? own.text : ""));
	json_object_set_new(e->cv, "x_summary_sources",
			    own.text != NULL ? json_pack("[s]", own.pointer) : json_array());
}

/* Takes the answer out again whose pointer this is. */
static void
drop_highlight(struct edit *e, const char *pointer)
{
	json_t *highlights = json_object_get(e->cv, "x_highlights");

	for (size_t i = json_array_size(highlights); i > 0; i--) {
		const json_t *sources = json_object_get(json_array_get(highlights, i - 1), "sources");
		const char *source = json_string_value(json_array_get(sources, 0));

		if (source != NULL && strcmp(source, pointer) == 0)
			json_array_remove(highlights, i - 1);
	}
}

/* A rewritten bullet becomes its line again. */
static void
revert_bullet(struct edit *e, const char *pointer)
{
	const char *text = cvp_pointer_text(e->source->resume, pointer);
	json_t *job = job_of(e, pointer);
	const json_t *sources = json_object_get(job, "bullet_sources");

	for (size_t i = 0; text != NULL && i < json_array_size(sources); i++) {
		const char *source = bullet_source(sources, i);

		if (source == NULL || strcmp(source, pointer) != 0)
			continue;
		json_array_set_new(json_object_get(job, "description_bullets"), i, json_string(text));
		json_array_set_new((json_t *)sources, i, json_pack("[s]", pointer));
	}
}

static void
reject_in_jobs(struct edit *e, const char *kind, const char *source)
{
	if (strcmp(kind, "cut") == 0)
		restore_bullet(e, source);
	else if (strcmp(kind, "moved") == 0 && job_of(e, source) != NULL)
		sort_bullets(e, job_of(e, source));
	else if (strcmp(kind, "rewritten") == 0)
		revert_bullet(e, source);
}

static void
reject(struct edit *e, const json_t *change)
{
	const char *kind = text_of(change, "kind"), *section = text_of(change, "section");
	const char *source = json_string_value(json_array_get(json_object_get(change, "sources"), 0));

	if (strcmp(section, "executive_summary") == 0)
		restore_summary(e);
	else if (source == NULL || strcmp(kind, "reverted") == 0)
		return;
	else if (strcmp(section, "work_experience") == 0)
		reject_in_jobs(e, kind, source);
	else if (strcmp(section, "skills") == 0 && strcmp(kind, "moved") == 0)
		sort_skills(e);
	else if (strcmp(section, "skills") == 0)
		restore_skill(e, source);
	else if (strcmp(section, "x_highlights") == 0)
		drop_highlight(e, source);
	else if (strcmp(section, "certifications") == 0)
		restore_certifications(e);
	else
		restore_entries(e, section, source);
}

static bool
holds(const json_t *numbers, size_t number)
{
	for (size_t i = 0; i < json_array_size(numbers); i++) {
		const json_t *entry = json_array_get(numbers, i);

		if (json_is_integer(entry) && json_integer_value(entry) == (json_int_t)number)
			return true;
	}
	return false;
}

/* Order last: what is put back first is sorted with the rest. */
static void
reject_all(struct edit *e, const json_t *changes, const json_t *rejected)
{
	for (int sorting = 0; sorting <= 1; sorting++) {
		for (size_t i = 0; i < json_array_size(changes); i++) {
			const json_t *change = json_array_get(changes, i);

			if (holds(rejected, i) && (strcmp(text_of(change, "kind"), "moved") == 0) == (sorting == 1))
				reject(e, change);
		}
	}
	for (size_t i = 0; i < json_array_size(changes); i++) {
		if (!holds(rejected, i) || strcmp(text_of(json_array_get(changes, i), "kind"), "reverted") == 0)
			json_array_append(e->changes, json_array_get(changes, i));
	}
}

/* Reads "/tailored_cv/work_experience/J/description_bullets/B". */
static bool
is_bullet(const char *pointer, size_t *job, size_t *bullet)
{
	static const char start[] = CVP_TAILORED_CV "/work_experience/", middle[] = "/description_bullets/";
	char *end;

	if (strncmp(pointer, start, strlen(start)) != 0)
		return false;
	*job = strtoul(pointer + strlen(start), &end, 10);
	if (strncmp(end, middle, strlen(middle)) != 0)
		return false;
	*bullet = strtoul(end + strlen(middle), &end, 10);
	return *end == '\0';
}

static void
note_edit(struct edit *e, const char *section, const char *field, const char *source, const char *before,
	  const char *after)
{
	const json_t *metadata_language = json_object_get(e->input, "language");
	struct cvp_tailoring t = { .changes = e->changes };

	t.vpr.ctx = e->ctx;
	t.vpr.phrases = cvp_phrases_of(e->ctx, e->assets->phrases, json_string_value(metadata_language));
	cvp_tailored_change(&t, (struct cvp_change){ .kind = "rewritten",
						     .section = section,
						     .field = field,
						     .source = source,
						     .before = before,
						     .after = after,
						     .reason = "tailor.edited" });
}

static bool
set_bullet(struct edit *e, const char *pointer, const char *text)
{
	size_t job_index, index;
	json_t *job, *bullets, *sources;
	const char *before, *source;

	if (!is_bullet(pointer, &job_index, &index))
		return false;
	job = json_array_get(json_object_get(e->cv, "work_experience"), job_index);
	bullets = json_object_get(job, "description_bullets");
	sources = json_object_get(job, "bullet_sources");
	before = json_string_value(json_array_get(bullets, index));
	if (before == NULL)
		return false;
	if (strcmp(before, text) == 0)
		return true;
	source = bullet_source(sources, index);
	note_edit(e, "work_experience", pointer, source,
		  source != NULL ? cvp_pointer_text(e->source->resume, source) : before, text);
	json_array_set_new(bullets, index, json_string(text));
	return true;
}

static bool
set_text(struct edit *e, const char *pointer, const char *text)
{
	const char *before = text_of(e->cv, "executive_summary");

	if (strcmp(pointer, CVP_TAILORED_CV "/executive_summary") != 0)
		return set_bullet(e, pointer, text);
	if (before == NULL || strcmp(before, text) != 0) {
		note_edit(e, "executive_summary", pointer, e->source->summary.pointer, e->source->summary.text, text);
		json_object_set_new(e->cv, "executive_summary", json_string(text));
	}
	return true;
}

/* Bullets whose text was taken away go, with their sources. */
static void
sweep_bullets(struct edit *e)
{
	const json_t *jobs = json_object_get(e->cv, "work_experience");

	for (size_t i = 0; i < json_array_size(jobs); i++) {
		json_t *bullets = json_object_get(json_array_get(jobs, i), "description_bullets");
		json_t *sources = json_object_get(json_array_get(jobs, i), "bullet_sources");

		for (size_t j = json_array_size(bullets); j > 0; j--) {
			if (json_string_length(json_array_get(bullets, j - 1)) > 0)
				continue;
			json_array_remove(bullets, j - 1);
			json_array_remove(sources, j - 1);
		}
	}
}

static enum cvp_code
set_texts(struct edit *e, const json_t *texts)
{
	const char *pointer;
	json_t *text;

	json_object_foreach ((json_t *)texts, pointer, text) {
		if (!json_is_string(text) || !set_text(e, pointer, json_string_value(text)))
			return cvp_fail_at(e->ctx, CVP_VALIDATION_ERROR, pointer, "No text that can be edited.");
	}
	return CVP_OK;
}

enum cvp_code
cvp_tailored_cv_edit(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *artifact,
		     const json_t *rejected, const json_t *texts, json_t **edited)
{
	json_t *copy = cvp_own(ctx, json_deep_copy(artifact));
	struct edit e = { .ctx = ctx,
			  .assets = assets,
			  .input = input,
			  .cv = json_object_get(copy, "tailored_cv"),
			  .changes = cvp_own(ctx, json_array()) };
	enum cvp_code code = cvp_cv_parse(ctx, json_object_get(input, "resume"), &e.source);

	if (code == CVP_OK)
		code = set_texts(&e, texts); /* first: their pointers are those of the page */
	if (code != CVP_OK)
		return code;
	reject_all(&e, json_object_get(artifact, "x_changes"), rejected);
	sweep_bullets(&e);
	json_object_set(copy, "x_changes", e.changes);
	*edited = copy;
	return CVP_OK;
}

enum cvp_code
cvp_tailored_cv_take(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input, const json_t *edited,
		     json_t **artifact)
{
	struct cvp_tailoring t = { .changes = cvp_own(ctx, json_array()), .warnings = cvp_own(ctx, json_array()) };
	enum cvp_code code = cvp_tailored_read(ctx, assets, input, &t.vpr);

	if (code != CVP_OK)
		return code;
	json_array_extend(t.changes, json_object_get(edited, "x_changes"));
	return cvp_tailored_prove(&t, cvp_own(ctx, json_deep_copy(edited)), artifact);
}
