/* lies_facts.c - lies told in the facts of a tailored CV: jobs, schools, certificates, contact, skills. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lies.h"

#define CV "/tailored_cv"

json_t *
cv_of(json_t *artifact)
{
	return json_object_get(artifact, "tailored_cv");
}

const char *
place_in(struct scene *s, const char *list, size_t index, const char *key)
{
	return cvp_arena_printf(s->ctx->arena, CV "/%s/%zu/%s", list, index, key);
}

/* Sets a member of one entry of a list. */
static bool
set_member(struct scene *s, json_t *entry, const char *list, size_t index, const char *key, const char *text)
{
	if (text == NULL)
		return false;
	set_text(entry, key, text);
	return lie_at(s, place_in(s, list, index, key), text);
}

static bool
employer_swapped(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i);
	const char *name = roll(s, 2) ? other_fact(s, EMPLOYERS) : made_name(s);

	return job != NULL && set_member(s, job, "work_experience", i, "company_name", name);
}

static bool
employer_extended(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i);
	const char *name = job != NULL ? text_in(job, "company_name") : NULL;
	static const char *const tails[] = { " International", " (acquired by {})", " / {}",
					     " Group",         " Europe",           " & {}" };
	const char *tail = filled(s, tails[roll(s, 6)], made_name(s));

	return name != NULL && name[0] != '\0' &&
	       set_member(s, job, "work_experience", i, "company_name",
			  cvp_arena_printf(s->ctx->arena, "%s%s", name, tail));
}

static const char *
promoted(struct scene *s, const char *title)
{
	static const char *const en[] = { "Senior {}", "Lead {}",      "Principal {}", "Chief {}", "Head of {}",
					  "VP, {}",    "{} Team Lead", "Director, {}", "{} II",    "Group {}" };
	static const char *const ru[] = { "Старший {}", "Ведущий {}", "Главный {}", "Руководитель группы: {}" };
	static const char *const he[] = { "{} בכיר", "ראש צוות, {}", "סמנכ\"ל, {}", "{} ראשי" };

	if (roll(s, 4) == 0)
		return other_fact(s, TITLES);
	return filled(s,
		      s->language == CVP_RU   ? ru[roll(s, 4)]
		      : s->language == CVP_HE ? he[roll(s, 4)]
					      : en[roll(s, 10)],
		      title);
}

static bool
title_promoted(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i);
	const char *title = job != NULL ? text_in(job, "job_title") : NULL;

	return title != NULL && title[0] != '\0' &&
	       set_member(s, job, "work_experience", i, "job_title", promoted(s, title));
}

static bool
label_promoted(struct scene *s, json_t *artifact)
{
	json_t *contact = json_object_get(cv_of(artifact), "contact_info");
	const char *label = text_in(contact, "x_label"), *lie = label != NULL ? promoted(s, label) : NULL;

	if (lie == NULL || is_said(s, lie))
		return false;
	set_text(contact, "x_label", lie);
	return lie_at(s, CV "/contact_info/x_label", lie);
}

/* The same date `months` later, as precise as it was; NULL where it is no ISO date. */
static const char *
moved(struct scene *s, const char *date, int months)
{
	int year, month = 0, given = date != NULL ? sscanf(date, "%4d-%2d", &year, &month) : 0;

	if (given < 1 || year < 1900)
		return NULL;
	if (given == 1)
		return cvp_arena_printf(s->ctx->arena, "%04d", year + (months < 0 ? -1 : 1) * (1 + abs(months) / 12));
	months += year * 12 + month - 1;
	return cvp_arena_printf(s->ctx->arena, "%04d-%02d", months / 12, months % 12 + 1);
}

static bool
start_moved(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i);

	return job != NULL && set_member(s, job, "work_experience", i, "start_date",
					 moved(s, text_in(job, "start_date"), -1 - (int)roll(s, 40)));
}

static bool
end_moved(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i);
	const char *end = job != NULL ? text_in(job, "end_date") : NULL;

	if (job == NULL || (end == NULL && text_in(job, "start_date")[0] == '\0'))
		return false;
	if (end == NULL || end[0] == '\0')
		return end == NULL && set_member(s, job, "work_experience", i, "end_date", "2025-11");
	if (roll(s, 3) == 0) {
		json_object_del(job, "end_date");
		return lie_at(s, place_in(s, "work_experience", i, "end_date"), NULL);
	}
	return set_member(s, job, "work_experience", i, "end_date", moved(s, end, 1 + (int)roll(s, 40)));
}

static bool
job_invented(struct scene *s, json_t *artifact)
{
	json_t *jobs = json_object_get(cv_of(artifact), "work_experience");
	const char *employer = roll(s, 2) ? made_name(s) : other_fact(s, EMPLOYERS);
	const char *title = other_fact(s, TITLES), *deed = other_fact(s, BULLETS);

	if (employer == NULL || title == NULL || deed == NULL)
		return false;
	json_array_insert_new(jobs, 0,
			      json_pack("{s:s, s:s, s:s, s:s, s:[s], s:[s]}", "company_name", employer, "job_title",
					title, "start_date", "2012-04", "end_date", "2014-05", "description_bullets",
					deed, "original_bullets", deed));
	return lie_at(s, CV "/work_experience/0", employer);
}

/* The same job twice, the second time with another title. */
static bool
job_doubled(struct scene *s, json_t *artifact)
{
	json_t *jobs = json_object_get(cv_of(artifact), "work_experience"), *job;
	size_t i;

	if (any_of(s, jobs, &i) == NULL)
		return false;
	job = json_deep_copy(json_array_get(jobs, i));
	json_array_append_new(jobs, job);
	return lie_at(s, CV "/work_experience/", text_in(job, "company_name"));
}

static bool
degree_raised(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *school = any_of(s, json_object_get(cv_of(artifact), "education"), &i);
	static const char *const en[] = { "PhD", "Doctor of Engineering", "Master of Philosophy", "MBA", "LL.M." };
	static const char *const ru[] = { "Доктор наук", "Кандидат наук", "Магистр права", "MBA" };
	static const char *const he[] = { "דוקטורט", "תואר שלישי", "MBA" };
	const char *degree = s->language == CVP_RU   ? ru[roll(s, 4)]
			     : s->language == CVP_HE ? he[roll(s, 3)]
						     : en[roll(s, 5)];

	if (school == NULL)
		return false;
	if (roll(s, 3) == 0)
		degree = other_fact(s, DEGREES);
	if (degree == NULL || (text_in(school, "degree") != NULL && strcmp(text_in(school, "degree"), degree) == 0))
		return false;
	return set_member(s, school, "education", i, "degree", degree);
}

static bool
institution_changed(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *school = any_of(s, json_object_get(cv_of(artifact), "education"), &i);
	const char *name = roll(s, 2) ? other_fact(s, SCHOOLS)
				      : cvp_arena_printf(s->ctx->arena, "University of %s", made_name(s));

	return school != NULL && set_member(s, school, "education", i, "institution", name);
}

static bool
graduation_moved(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *school = any_of(s, json_object_get(cv_of(artifact), "education"), &i);

	return school != NULL &&
	       set_member(s, school, "education", i, "end_date", moved(s, text_in(school, "end_date"), 12));
}

static bool
mark_raised(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *school = any_of(s, json_object_get(cv_of(artifact), "education"), &i);
	const char *key = roll(s, 2) ? "gpa" : "honors";

	return school != NULL &&
	       set_member(s, school, "education", i, key, key[0] == 'g' ? "3.97" : "valedictorian, top of the class");
}

static bool
certificate_invented(struct scene *s, json_t *artifact)
{
	json_t *list = json_object_get(cv_of(artifact), "certifications");
	const char *name = roll(s, 2) ? other_fact(s, CERTIFICATES)
				      : cvp_arena_printf(s->ctx->arena, "Certified %s Professional", made_name(s));

	if (name == NULL)
		return false;
	json_array_append_new(list, json_pack("{s:s}", "name", name));
	return lie_at(s, place_in(s, "certifications", json_array_size(list) - 1, "name"), name);
}

static bool
certificate_changed(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *certificate = any_of(s, json_object_get(cv_of(artifact), "certifications"), &i);

	if (certificate == NULL)
		return false;
	if (roll(s, 2))
		return set_member(s, certificate, "certifications", i, "issuer", made_name(s));
	return set_member(s, certificate, "certifications", i, "date", moved(s, text_in(certificate, "date"), 14));
}

/* One letter or digit of the text is another. */
static const char *
mistyped(struct scene *s, const char *text)
{
	char *other = cvp_arena_strdup(s->ctx->arena, text);
	size_t length = strlen(text);

	for (int tries = 0; tries < 50 && length > 0; tries++) {
		char *c = &other[roll(s, (uint32_t)length)];

		if (*c >= '0' && *c <= '9')
			*c = *c == '7' ? '4' : '7';
		else if (*c >= 'a' && *c <= 'z')
			*c = *c == 'q' ? 'k' : 'q';
		else
			continue;
		return other;
	}
	return NULL;
}

static bool
contact_changed(struct scene *s, json_t *artifact)
{
	static const char *const keys[] = { "name", "email", "phone", "linkedin", "x_url" };
	json_t *contact = json_object_get(cv_of(artifact), "contact_info");
	const char *key = keys[roll(s, 5)], *text = text_in(contact, key), *other;

	if (text == NULL || (strcmp(key, "phone") == 0 && first_digit(text) == NULL))
		return false;
	other = strcmp(key, "phone") == 0 ? cvp_arena_printf(s->ctx->arena, "%s%u", text, roll(s, 10))
					  : mistyped(s, text);
	if (other == NULL)
		return false;
	set_text(contact, key, other);
	return lie_at(s, cvp_arena_printf(s->ctx->arena, CV "/contact_info/%s", key), other);
}

bool
add_skill(struct scene *s, json_t *artifact, const char *name)
{
	json_t *skills = json_object_get(cv_of(artifact), "skills");

	if (name == NULL || is_said(s, name) || is_shown(s, name))
		return false;
	json_array_insert_new(skills, 0, json_pack("{s:s, s:f}", "skill_name", name, "relevance_score", 0.9));
	return lie_at(s, CV "/skills/0", name);
}

static bool
skill_invented(struct scene *s, json_t *artifact)
{
	static const char *const real[] = { "Erlang",      "COBOL",
					    "Fortran",     "SAP ABAP",
					    "Verilog",     "Julia",
					    "Haskell",     "MATLAB",
					    "AutoCAD",     "Adobe XD",
					    "Welding",     "Payroll",
					    "Phlebotomy",  "Forklift driving",
					    "Blender",     "Quantum computing",
					    "Snowboarding" };

	switch (roll(s, 3)) {
	case 0:
		return add_skill(s, artifact, made_name(s));
	case 1:
		return add_skill(s, artifact, real[roll(s, 17)]);
	default:
		return add_skill(s, artifact, other_fact(s, SKILLS));
	}
}

/* A skill whose name is near one of the CV's. */
static bool
skill_near(struct scene *s, json_t *artifact)
{
	static const char *const pairs[][2] = {
		{ "JavaScript", "Java" },
		{ "Java", "JavaScript" },
		{ "C++", "C" },
		{ "C", "C++" },
		{ "C++", "C#" },
		{ "C#", "C++" },
		{ "SQL", "NoSQL" },
		{ "React", "React Native" },
		{ "Node.js", "Node-RED" },
		{ "Go", "Django" },
		{ "Ruby", "Rust" },
		{ "Spring", "Spring Boot" },
		{ "Excel", "Excel VBA" },
		{ "Photoshop", "Illustrator" },
		{ "PHP", "PHPUnit" },
		{ "Vue", "Vuex" },
		{ "Docker", "Docker Swarm" },
		{ "Redis", "Redshift" },
		{ "Python", "PyTorch" },
		{ "HTML", "HTMX" },
	};
	uint32_t first = roll(s, 20);

	for (size_t i = 0; i < 20; i++) {
		const char *const *pair = pairs[(first + i) % 20];

		if (is_said(s, pair[0]) && !is_said(s, pair[1]))
			return add_skill(s, artifact, pair[1]);
	}
	return false;
}

static bool
skill_level_raised(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *skill = any_of(s, json_object_get(cv_of(artifact), "skills"), &i);

	return skill != NULL && set_member(s, skill, "skills", i, "proficiency_level", "world-class");
}

static bool
location_changed(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i), *contact = json_object_get(cv_of(artifact), "contact_info");
	const char *place = by_language(s, roll(s, 2) ? "Ulaanbaatar" : "Reykjavik, Iceland", "Улан-Удэ", "אילת");

	if (is_said(s, place))
		return false;
	if (roll(s, 2) && job != NULL)
		return set_member(s, job, "work_experience", i, "location", place);
	set_text(contact, "location", place);
	return lie_at(s, CV "/contact_info/location", place);
}

/* One Latin letter of the text is its Cyrillic twin. */
static const char *
disguised(struct scene *s, const char *text)
{
	static const char *const twins[][2] = { { "a", "а" }, { "e", "е" }, { "o", "о" }, { "c", "с" }, { "p", "р" } };
	uint32_t first = roll(s, 5);

	for (size_t i = 0; text != NULL && i < 5; i++) {
		const char *found = strstr(text, twins[(first + i) % 5][0]);

		if (found != NULL)
			return replaced(s, text, (size_t)(found - text), 1, twins[(first + i) % 5][1]);
	}
	return NULL;
}

static bool
letters_disguised(struct scene *s, json_t *artifact)
{
	size_t i;
	json_t *job = job_of(s, artifact, &i), *skill;

	if (roll(s, 2) && job != NULL)
		return set_member(s, job, "work_experience", i, "company_name",
				  disguised(s, text_in(job, "company_name")));
	skill = any_of(s, json_object_get(cv_of(artifact), "skills"), &i);
	return skill != NULL &&
	       set_member(s, skill, "skills", i, "skill_name", disguised(s, text_in(skill, "skill_name")));
}

const struct lie_kind fact_lies[] = {
	{ "employer swapped", employer_swapped },
	{ "employer extended", employer_extended },
	{ "title promoted", title_promoted },
	{ "headline promoted", label_promoted },
	{ "start date moved", start_moved },
	{ "end date moved", end_moved },
	{ "job invented", job_invented },
	{ "job told twice", job_doubled },
	{ "degree raised", degree_raised },
	{ "institution changed", institution_changed },
	{ "graduation moved", graduation_moved },
	{ "mark, honours raised", mark_raised },
	{ "certificate invented", certificate_invented },
	{ "certificate changed", certificate_changed },
	{ "contact changed", contact_changed },
	{ "skill invented", skill_invented },
	{ "skill of a near name", skill_near },
	{ "skill's level raised", skill_level_raised },
	{ "location changed", location_changed },
	{ "letters disguised", letters_disguised },
};
const size_t fact_lie_count = sizeof(fact_lies) / sizeof(fact_lies[0]);
