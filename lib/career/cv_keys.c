#include "career/cv_keys.h"

#include <string.h>

static const struct cvp_cv_section_keys sections[] = {
	[CVP_CV_BASICS] = {
		CVP_CV_BASICS, { "basics" }, CVP_CV_SUMMARY, false, false,
		{
			{ "label", CVP_CV_TITLE }, { "headline", CVP_CV_TITLE }, { "summary", CVP_CV_SUMMARY },
			{ "professional_summary", CVP_CV_SUMMARY }, { "professionalSummary", CVP_CV_SUMMARY },
			{ "about", CVP_CV_SUMMARY }, { "x_top_achievements", CVP_CV_BULLET },
			{ "top_achievements", CVP_CV_BULLET },
		},
	},
	[CVP_CV_WORK] = {
		CVP_CV_WORK, { "work", "experience", "work_experience", "workExperience" }, CVP_CV_SUMMARY, false, true,
		{
			{ "name", CVP_CV_PLACE }, { "company", CVP_CV_PLACE }, { "employer", CVP_CV_PLACE },
			{ "organization", CVP_CV_PLACE }, { "position", CVP_CV_TITLE }, { "title", CVP_CV_TITLE },
			{ "role", CVP_CV_TITLE }, { "job_title", CVP_CV_TITLE }, { "jobTitle", CVP_CV_TITLE },
			{ "summary", CVP_CV_SUMMARY }, { "description", CVP_CV_SUMMARY },
			{ "highlights", CVP_CV_BULLET }, { "highlight", CVP_CV_BULLET },
			{ "achievements", CVP_CV_BULLET }, { "responsibilities", CVP_CV_BULLET },
			{ "details", CVP_CV_BULLET }, { "x_technologies", CVP_CV_SKILL },
			{ "technologies", CVP_CV_SKILL }, { "keywords", CVP_CV_SKILL },
		},
	},
	[CVP_CV_VOLUNTEER] = {
		CVP_CV_VOLUNTEER, { "volunteer", "volunteering" }, CVP_CV_SUMMARY, false, true,
		{
			{ "organization", CVP_CV_PLACE }, { "name", CVP_CV_PLACE }, { "company", CVP_CV_PLACE },
			{ "position", CVP_CV_TITLE }, { "title", CVP_CV_TITLE }, { "role", CVP_CV_TITLE },
			{ "summary", CVP_CV_SUMMARY }, { "description", CVP_CV_SUMMARY },
			{ "highlights", CVP_CV_BULLET }, { "achievements", CVP_CV_BULLET },
			{ "x_technologies", CVP_CV_SKILL },
		},
	},
	[CVP_CV_EDUCATION] = {
		CVP_CV_EDUCATION, { "education" }, CVP_CV_SUMMARY, false, true,
		{
			{ "institution", CVP_CV_PLACE }, { "school", CVP_CV_PLACE }, { "schoolName", CVP_CV_PLACE },
			{ "university", CVP_CV_PLACE }, { "studyType", CVP_CV_TITLE }, { "degree", CVP_CV_TITLE },
			{ "area", CVP_CV_SUMMARY }, { "field_of_study", CVP_CV_SUMMARY },
			{ "specialization", CVP_CV_SUMMARY }, { "summary", CVP_CV_SUMMARY },
			{ "description", CVP_CV_SUMMARY }, { "courses", CVP_CV_BULLET },
			{ "highlights", CVP_CV_BULLET }, { "x_honors", CVP_CV_BULLET }, { "honors", CVP_CV_BULLET },
		},
	},
	[CVP_CV_AWARDS] = {
		CVP_CV_AWARDS, { "awards" }, CVP_CV_TITLE, true, false,
		{
			{ "title", CVP_CV_TITLE }, { "name", CVP_CV_TITLE }, { "awarder", CVP_CV_PLACE },
			{ "issuer", CVP_CV_PLACE }, { "summary", CVP_CV_SUMMARY },
		},
	},
	[CVP_CV_CERTIFICATES] = {
		CVP_CV_CERTIFICATES, { "certificates", "certifications" }, CVP_CV_SKILL, true, false,
		{
			{ "name", CVP_CV_SKILL }, { "title", CVP_CV_SKILL }, { "issuer", CVP_CV_PLACE },
			{ "issuing_organization", CVP_CV_PLACE }, { "awarder", CVP_CV_PLACE },
		},
	},
	[CVP_CV_PUBLICATIONS] = {
		CVP_CV_PUBLICATIONS, { "publications" }, CVP_CV_TITLE, true, false,
		{
			{ "name", CVP_CV_TITLE }, { "title", CVP_CV_TITLE }, { "publisher", CVP_CV_PLACE },
			{ "summary", CVP_CV_SUMMARY },
		},
	},
	[CVP_CV_SKILLS] = {
		CVP_CV_SKILLS, { "skills" }, CVP_CV_SKILL, true, false,
		{
			{ "name", CVP_CV_SKILL }, { "skill", CVP_CV_SKILL }, { "level", CVP_CV_LEVEL },
			{ "keywords", CVP_CV_SKILL }, { "keyword", CVP_CV_SKILL },
		},
	},
	[CVP_CV_LANGUAGES] = {
		CVP_CV_LANGUAGES, { "languages" }, CVP_CV_SKILL, true, false,
		{
			{ "language", CVP_CV_SKILL }, { "name", CVP_CV_SKILL }, { "fluency", CVP_CV_LEVEL },
			{ "level", CVP_CV_LEVEL },
		},
	},
	[CVP_CV_INTERESTS] = {
		CVP_CV_INTERESTS, { "interests" }, CVP_CV_SKILL, true, false,
		{ { "name", CVP_CV_SKILL }, { "keywords", CVP_CV_SKILL }, { "summary", CVP_CV_SUMMARY } },
	},
	[CVP_CV_REFERENCES] = {
		CVP_CV_REFERENCES, { "references" }, CVP_CV_SUMMARY, true, false,
		{ { "reference", CVP_CV_SUMMARY } },
	},
	[CVP_CV_PROJECTS] = {
		CVP_CV_PROJECTS, { "projects" }, CVP_CV_TITLE, true, true,
		{
			{ "name", CVP_CV_TITLE }, { "title", CVP_CV_TITLE }, { "entity", CVP_CV_PLACE },
			{ "description", CVP_CV_SUMMARY }, { "summary", CVP_CV_SUMMARY },
			{ "highlights", CVP_CV_BULLET }, { "roles", CVP_CV_TITLE }, { "keywords", CVP_CV_SKILL },
			{ "technologies", CVP_CV_SKILL }, { "x_technologies", CVP_CV_SKILL },
		},
	},
};
_Static_assert(sizeof(sections) / sizeof(sections[0]) == CVP_CV_SECTION_COUNT, "a section without a row");

const struct cvp_cv_section_keys *
cvp_cv_section_keys(enum cvp_cv_section section)
{
	return &sections[section];
}

const struct cvp_cv_section_keys *
cvp_cv_section_named(const char *key)
{
	for (int i = 0; i < CVP_CV_SECTION_COUNT; i++)
		for (const char *const *name = sections[i].names; *name; name++)
			if (strcmp(*name, key) == 0)
				return &sections[i];
	return NULL;
}

const struct cvp_cv_member *
cvp_cv_member_named(const struct cvp_cv_section_keys *section, const char *key)
{
	for (const struct cvp_cv_member *member = section->members; member->key; member++)
		if (strcmp(member->key, key) == 0)
			return member;
	return NULL;
}
