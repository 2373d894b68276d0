/* A JSON Resume shown as a UserCV: SPEC 2.2's table from right to left. */
#include <string.h>
#include <strings.h>

#include "career/cv.h"
#include "career/cv_date.h"
#include "career/cv_entry.h"
#include "career/cv_import.h"
#include "core/ctx.h"

struct view_member {
	const char *to;
	const char *from[4]; /* the first that is there; ends with NULL */
};

static const struct view_member job_members[] = {
	{ "company", { "name", "company" } },
	{ "role", { "position", "title", "role" } },
	{ "description", { "summary", "description" } },
	{ "achievements", { "highlights", "achievements" } },
	{ "technologies", { "x_technologies", "keywords" } },
};

static const struct view_member school_members[] = {
	{ "institution", { "institution", "schoolName" } },
	{ "degree", { "studyType", "degree" } },
	{ "field_of_study", { "area" } },
	{ "gpa", { "score", "gpa" } },
	{ "honors", { "x_honors" } },
};

static const struct view_member certificate_members[] = {
	{ "name", { "name", "title" } },        { "issuer", { "issuer", "awarder" } },      { "date", { "date" } },
	{ "expiry_date", { "x_expiry_date" } }, { "credential_id", { "x_credential_id" } },
};

static json_t *
first_given(const json_t *object, const char *const *keys)
{
	for (; *keys; keys++) {
		json_t *value = json_object_get(object, *keys);

		if (value && !json_is_null(value) &&
		    !(json_is_string(value) && cvp_cv_is_blank(json_string_value(value))))
			return value;
	}
	return NULL;
}

static void
copy(json_t *to, const char *key, const json_t *from, const char *from_key)
{
	const char *const keys[] = { from_key, NULL };
	json_t *value = first_given(from, keys);

	if (value)
		json_object_set(to, key, value);
}

static json_t *
view_of(const json_t *object, const struct view_member *members, size_t count)
{
	json_t *view = json_object();

	for (size_t i = 0; i < count; i++) {
		json_t *value = first_given(object, members[i].from);

		if (value)
			json_object_set(view, members[i].to, value);
	}
	return view;
}

/* "City, Region" of an object, or the text as it is. */
static const char *
location_text(struct cvp_ctx *ctx, const json_t *location)
{
	const char *city = json_string_value(json_object_get(location, "city"));
	const char *region = json_string_value(json_object_get(location, "region"));

	if (json_is_string(location))
		return json_string_value(location);
	if (city && region && city[0] && region[0])
		return cvp_arena_printf(ctx->arena, "%s, %s", city, region);
	return city && city[0] ? city : region;
}

static void
set_location(struct cvp_ctx *ctx, json_t *view, const json_t *location)
{
	const char *text = location_text(ctx, location);

	if (!cvp_cv_is_blank(text))
		json_object_set_new(view, "location", json_string(text));
}

/* start_date, end_date, current and dates, from the entry as cv.h reads it. */
static void
set_dates(struct cvp_ctx *ctx, json_t *view, const struct cvp_cv_entry *entry, const json_t *object)
{
	const char *start = entry->start.year ? cvp_date_text(ctx, entry->start) : NULL;
	const char *end = entry->end.year ? cvp_date_text(ctx, entry->end) : NULL;
	bool is_work = entry->section == CVP_CV_WORK;

	copy(view, "dates", object, "x_dates");
	if (start && !json_object_get(view, "dates"))
		json_object_set_new(view, "dates",
				    json_string(cvp_arena_printf(ctx->arena, end ? "%s – %s" : "%s –", start, end)));
	if (start)
		json_object_set_new(view, "start_date", json_string(start));
	if (end)
		json_object_set_new(view, start || is_work ? "end_date" : "graduation_date", json_string(end));
	if (is_work)
		json_object_set_new(view, "current", json_boolean(entry->is_open && start));
}

/* The object an entry was read from; a post nested in an array included. */
static const json_t *
object_of(const struct cvp_cv *cv, const struct cvp_cv_entry *entry)
{
	const char *pointer = entry->organisation.pointer ? entry->organisation.pointer : entry->title.pointer;
	const json_t *value = cv->resume;

	if (!pointer)
		return NULL;
	/* two or three steps down: /work/0/name, /work/0/1/name; their keys are plain */
	while (value && strchr(pointer + 1, '/')) {
		size_t length = strcspn(pointer + 1, "/");

		if (json_is_array(value))
			value = json_array_get(value, strtoul(pointer + 1, NULL, 10));
		else
			value = json_object_getn(value, pointer + 1, length);
		pointer += 1 + length;
	}
	return value;
}

static json_t *
view_of_entry(struct cvp_ctx *ctx, const struct cvp_cv *cv, const struct cvp_cv_entry *entry)
{
	const json_t *object = object_of(cv, entry);
	json_t *view;

	if (!object)
		return NULL;
	if (entry->section == CVP_CV_WORK)
		view = view_of(object, job_members, CVP_COUNT(job_members));
	else
		view = view_of(object, school_members, CVP_COUNT(school_members));
	if (entry->section == CVP_CV_WORK)
		set_location(ctx, view, json_object_get(object, "location"));
	set_dates(ctx, view, entry, object);
	return view;
}

static json_t *
entries_view(struct cvp_ctx *ctx, const struct cvp_cv *cv, enum cvp_cv_section section)
{
	json_t *list = json_array(), *view;

	for (size_t i = 0; i < cv->entry_count; i++) {
		if (cv->entries[i].section != section)
			continue;
		view = view_of_entry(ctx, cv, &cv->entries[i]);
		if (view)
			json_array_append_new(list, view);
	}
	return list;
}

/* A level as UserCV names it; NULL for one that says nothing of the kind. */
static const char *
level_name(const char *level)
{
	static const struct {
		const char *text, *name;
	} levels[] = {
		{ "beginner", "BEGINNER" }, { "basic", "BEGINNER" },
		{ "novice", "BEGINNER" },   { "intermediate", "INTERMEDIATE" },
		{ "advanced", "ADVANCED" }, { "proficient", "ADVANCED" },
		{ "expert", "EXPERT" },     { "master", "EXPERT" },
	};

	for (size_t i = 0; level && i < CVP_COUNT(levels); i++)
		if (strcasecmp(level, levels[i].text) == 0)
			return levels[i].name;
	return NULL;
}

/* A skill's name, with its level and years where it has them; then its keywords, each a skill. */
static void
add_skill(json_t *list, const json_t *skill)
{
	static const char *const name_keys[] = { "name", "skill", NULL }, *const list_keys[] = { "keywords", "keyword",
												 NULL };
	json_t *name = json_is_string(skill) ? (json_t *)skill : first_given(skill, name_keys), *view;
	const char *level = level_name(json_string_value(json_object_get(skill, "level")));
	const json_t *years = json_object_get(skill, "x_years"), *keywords = first_given(skill, list_keys);

	if (json_is_string(name) && (level || json_is_number(years))) {
		view = json_pack("{s:O}", "name", name);
		if (level)
			json_object_set_new(view, "level", json_string(level));
		copy(view, "years_of_experience", skill, "x_years");
		json_array_append_new(list, view);
	} else if (json_is_string(name)) {
		json_array_append(list, name);
	}
	for (size_t i = 0; i < json_array_size(keywords); i++)
		if (json_is_string(json_array_get(keywords, i)))
			json_array_append(list, json_array_get(keywords, i));
}

static json_t *
skills_view(const json_t *resume)
{
	json_t *skills = json_object_get(resume, "skills"), *list = json_array(), *group;
	const char *key;

	for (size_t i = 0; i < json_array_size(skills); i++)
		add_skill(list, json_array_get(skills, i));
	json_object_foreach (skills, key, group)
		for (size_t i = 0; i < json_array_size(group); i++)
			add_skill(list, json_array_get(group, i));
	return list;
}

static json_t *
languages_view(const json_t *resume)
{
	static const char *const keys[] = { "language", "name", NULL };
	json_t *languages = json_object_get(resume, "languages"), *list = json_array();

	for (size_t i = 0; i < json_array_size(languages); i++) {
		json_t *item = json_array_get(languages, i);
		json_t *name = json_is_string(item) ? item : first_given(item, keys);

		if (json_is_string(name))
			json_array_append(list, name);
	}
	return list;
}

static json_t *
certificates_view(const json_t *resume)
{
	static const char *const keys[] = { "certificates", "certifications", NULL };
	const json_t *certificates = first_given(resume, keys);
	json_t *list = json_array();

	for (size_t i = 0; i < json_array_size(certificates); i++) {
		json_t *item = json_array_get(certificates, i);

		if (json_is_object(item))
			json_array_append_new(list, view_of(item, certificate_members, CVP_COUNT(certificate_members)));
		else if (json_is_string(item))
			json_array_append_new(list, json_pack("{s:O}", "name", item));
	}
	return list;
}

static const json_t *
linkedin_of(const json_t *basics)
{
	const json_t *profiles = json_object_get(basics, "profiles");

	for (size_t i = 0; i < json_array_size(profiles); i++) {
		const json_t *profile = json_array_get(profiles, i);
		const char *network = json_string_value(json_object_get(profile, "network"));

		if (network && strcasecmp(network, "LinkedIn") == 0)
			return profile;
	}
	return NULL;
}

static void
set_contact(struct cvp_ctx *ctx, json_t *view, const struct cvp_cv *cv)
{
	const json_t *basics = json_object_get(cv->resume, "basics");
	json_t *contact = json_pack("{s:s}", "name", cv->name.text);

	json_object_set_new(view, "full_name", json_string(cv->name.text));
	if (cv->email.text)
		json_object_set_new(contact, "email", json_string(cv->email.text));
	if (cv->phone.text)
		json_object_set_new(contact, "phone", json_string(cv->phone.text));
	set_location(ctx, contact, json_object_get(basics, "location"));
	copy(contact, "linkedin", linkedin_of(basics), "url");
	json_object_set_new(view, "contact_info", contact);
	if (cv->summary.text)
		json_object_set_new(view, "professional_summary", json_string(cv->summary.text));
}

json_t *
cvp_cv_to_user_cv(struct cvp_ctx *ctx, const json_t *resume)
{
	const json_t *meta = json_object_get(resume, "meta");
	json_t *view = cvp_own(ctx, json_object());
	const struct cvp_cv *cv;

	if (cvp_cv_parse(ctx, resume, &cv) != CVP_OK)
		return NULL;
	copy(view, "cv_id", meta, "x_cv_id");
	copy(view, "language", meta, "x_language");
	set_contact(ctx, view, cv);
	copy(view, "top_achievements", resume, "x_top_achievements");
	json_object_set_new(view, "experience", entries_view(ctx, cv, CVP_CV_WORK));
	json_object_set_new(view, "education", entries_view(ctx, cv, CVP_CV_EDUCATION));
	json_object_set_new(view, "certifications", certificates_view(resume));
	json_object_set_new(view, "skills", skills_view(resume));
	json_object_set_new(view, "languages", languages_view(resume));
	return view;
}
