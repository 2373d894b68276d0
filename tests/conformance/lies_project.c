/* lies_project.c - a CV put into the shape of a tailored CV as it stands. */
#include <string.h>

#include "career/cv.h"
#include "lies.h"

json_t *project(struct cvp_ctx *ctx, const json_t *input);

static const char *
or_none(const char *text)
{
	return text != NULL ? text : "";
}

static bool
is_below(const char *pointer, const char *parent)
{
	size_t length = strlen(parent);

	return strncmp(pointer, parent, length) == 0 && pointer[length] == '/';
}

static json_t *
job_of_entry(struct cvp_ctx *ctx, const struct cvp_cv *cv, const struct cvp_cv_entry *e)
{
	json_t *bullets = json_array(), *sources = json_array(), *job;

	for (size_t i = 0; i < cv->line_count; i++) {
		if (cv->lines[i].role != CVP_CV_BULLET || !is_below(cv->lines[i].at.pointer, e->pointer))
			continue;
		json_array_append_new(bullets, json_string(cv->lines[i].at.text));
		json_array_append_new(sources, json_pack("[s]", cv->lines[i].at.pointer));
	}
	job = json_pack("{s:s, s:s, s:s, s:s*, s:o, s:O, s:o}", "company_name", or_none(e->organisation.text),
			"job_title", or_none(e->title.text), "start_date",
			e->start.year != 0 ? cvp_date_text(ctx, e->start) : "", "location", e->location.text,
			"description_bullets", bullets, "original_bullets", bullets, "bullet_sources", sources);
	json_object_set_new(job, "original_bullets", json_deep_copy(bullets));
	if (!e->is_open)
		json_object_set_new(job, "end_date", json_string(e->end.year != 0 ? cvp_date_text(ctx, e->end) : ""));
	return job;
}

static json_t *
school_of_entry(struct cvp_ctx *ctx, const struct cvp_cv_entry *e)
{
	return json_pack("{s:s, s:s*, s:s*, s:s*, s:s*}", "institution", or_none(e->organisation.text), "degree",
			 e->title.text, "field_of_study", e->area.text, "start_date",
			 e->start.year ? cvp_date_text(ctx, e->start) : NULL, "end_date",
			 e->end.year ? cvp_date_text(ctx, e->end) : NULL);
}

json_t *
project(struct cvp_ctx *ctx, const json_t *input)
{
	const json_t *resume = json_object_get(input, "resume"), *languages = json_object_get(resume, "languages");
	json_t *jobs = json_array(), *schools = json_array(), *skills = json_array(), *certificates = json_array();
	json_t *made;
	const struct cvp_cv *cv;

	if (cvp_cv_parse(ctx, resume, &cv) != CVP_OK)
		return NULL;
	for (size_t i = 0; i < cv->entry_count; i++) {
		const struct cvp_cv_entry *e = &cv->entries[i];

		if (e->section == CVP_CV_WORK)
			json_array_append_new(jobs, job_of_entry(ctx, cv, e));
		else if (e->section == CVP_CV_EDUCATION)
			json_array_append_new(schools, school_of_entry(ctx, e));
	}
	for (size_t i = 0; i < cv->line_count; i++) {
		const struct cvp_cv_line *line = &cv->lines[i];

		if (line->section == CVP_CV_SKILLS && line->role == CVP_CV_SKILL)
			json_array_append_new(
			    skills, json_pack("{s:s, s:f}", "skill_name", line->at.text, "relevance_score", 0.5));
		else if (line->section == CVP_CV_CERTIFICATES && line->role == CVP_CV_SKILL)
			json_array_append_new(certificates, json_pack("{s:s}", "name", line->at.text));
	}
	made = json_pack("{s:{s:{s:s, s:s*, s:s*, s:s*}, s:s, s:o, s:o, s:o, s:o, s:{}, s:i, s:s}, s:{s:[]}}",
			 "tailored_cv", "contact_info", "name", cv->name.text, "x_label", cv->label.text, "email",
			 cv->email.text, "phone", cv->phone.text, "executive_summary", or_none(cv->summary.text),
			 "work_experience", jobs, "skills", skills, "education", schools, "certifications",
			 certificates, "x_other", "source_cv_version", 1, "target_job_id", "j", "metadata",
			 "keyword_matches");
	if (json_array_size(languages) > 0)
		json_object_set_new(json_object_get(json_object_get(made, "tailored_cv"), "x_other"), "languages",
				    json_deep_copy(languages));
	return cvp_own(ctx, made);
}
