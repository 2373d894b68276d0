#include "career/tailored_cv_resume.h"

#include <stdbool.h>
#include <string.h>

#include "core/ctx.h"

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

/* The CV's job of that employer, title and beginning; each is taken once. */
static const json_t *
source_of(const json_t *jobs, const json_t *tailored, bool *is_taken)
{
	for (int strict = 1; strict >= 0; strict--) {
		for (size_t i = 0; i < json_array_size(jobs); i++) {
			const json_t *job = json_array_get(jobs, i);

			if (is_taken[i] || strcmp(text_of(job, "name"), text_of(tailored, "company_name")) != 0 ||
			    strcmp(text_of(job, "position"), text_of(tailored, "job_title")) != 0 ||
			    (strict && strcmp(text_of(job, "startDate"), text_of(tailored, "start_date")) != 0))
				continue;
			is_taken[i] = true;
			return job;
		}
	}
	return NULL;
}

/* Jobs in the artifact's order, with its bullets. What is no job of the CV has been refused by verification. */
static json_t *
jobs_of(struct cvp_ctx *ctx, const json_t *resume, const json_t *cv)
{
	const json_t *jobs = json_object_get(resume, "work"), *tailored = json_object_get(cv, "work_experience");
	bool *is_taken = cvp_arena_alloc(ctx->arena, (json_array_size(jobs) + 1) * sizeof(*is_taken));
	json_t *made = json_array();

	for (size_t i = 0; i < json_array_size(tailored); i++) {
		const json_t *entry = json_array_get(tailored, i), *source = source_of(jobs, entry, is_taken);
		json_t *job;

		if (source == NULL)
			continue;
		job = json_deep_copy(source);
		json_object_set(job, "highlights", json_object_get(entry, "description_bullets"));
		json_array_append_new(made, job);
	}
	return made;
}

static json_t *
skills_of(const json_t *cv)
{
	const json_t *skills = json_object_get(cv, "skills");
	json_t *made = json_array();

	for (size_t i = 0; i < json_array_size(skills); i++) {
		const json_t *skill = json_array_get(skills, i);

		json_array_append_new(made, json_pack("{s:O*, s:O*}", "name", json_object_get(skill, "skill_name"),
						      "level", json_object_get(skill, "proficiency_level")));
	}
	return made;
}

json_t *
cvp_tailored_cv_resume(struct cvp_ctx *ctx, const json_t *input, const json_t *artifact)
{
	const json_t *resume = json_object_get(input, "resume"), *cv = json_object_get(artifact, "tailored_cv");
	const json_t *excluded = json_object_get(json_object_get(input, "preferences"), "exclude_sections");
	json_t *made = cvp_own(ctx, json_deep_copy(resume)), *basics = json_object_get(made, "basics");

	json_object_set(basics, "summary", json_object_get(cv, "executive_summary"));
	json_object_set_new(made, "work", jobs_of(ctx, resume, cv));
	json_object_set_new(made, "skills", skills_of(cv));
	for (size_t i = 0; i < json_array_size(excluded); i++)
		json_object_del(made, json_string_value(json_array_get(excluded, i)));
	return made;
}
