#include "hiring/kb.h"

#include <string.h>

#include "core/clock.h"
#include "core/code.h"

struct field {
	const char *part, *name;
	bool is_list;
};

static const struct field fields[] = {
	{ "role", "role_title", false },
	{ "role", "role_domain", false },
	{ "role", "role_seniority", false },
	{ "company", "company_location_city", false },
	{ "company", "company_location_region", false },
	{ "company", "work_format", false },
	{ "compensation", "salary_min_rub", false },
	{ "compensation", "salary_max_rub", false },
	{ "compensation", "salary_comment", false },
	{ "employment", "employment_type", false },
	{ "employment", "schedule_comment", false },
	{ "requirements", "experience_years_min", false },
	{ "requirements", "education_level", false },
	{ "requirements", "hard_skills", true },
	{ "requirements", "soft_skills", true },
	{ "responsibilities", "tasks", true },
	{ "responsibilities", "raw_vacancy_text", false },
	{ "sourcing", "suggested_channels", true },
};

/* Missing where none of its fields is known. The labels are the contract of SPEC 11.3. */
static const struct gap {
	const char *label, *fields[4];
} gaps[CVP_KB_GAPS] = {
	[CVP_KB_ROLE] = { "role.role_title OR responsibilities.tasks", { "role_title", "tasks" } },
	[CVP_KB_FORMAT] = { "company.work_format", { "work_format" } },
	[CVP_KB_PLACE] = { "company.company_location_city OR company_location_region",
			   { "company_location_city", "company_location_region" } },
	[CVP_KB_EMPLOYMENT] = { "employment.employment_type", { "employment_type" } },
	[CVP_KB_PAY] = { "compensation (min/max/comment)", { "salary_min_rub", "salary_max_rub", "salary_comment" } },
};

static size_t
size_of(const json_t *value)
{
	if (json_is_array(value))
		return json_array_size(value);
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return value != NULL && !json_is_null(value);
}

json_t *
cvp_kb_new(int64_t now)
{
	json_t *kb = json_object();

	for (size_t i = 0; i < CVP_COUNT(fields); i++)
		cvp_kb_set(kb, fields[i].part, fields[i].name, fields[i].is_list ? json_array() : json_null());
	cvp_kb_note_change(kb, now);
	return kb;
}

const json_t *
cvp_kb_get(const json_t *kb, const char *part, const char *field)
{
	const json_t *value = json_object_get(json_object_get(kb, part), field);

	return size_of(value) > 0 ? value : NULL;
}

const char *
cvp_kb_text(const json_t *kb, const char *part, const char *field)
{
	return json_string_value(cvp_kb_get(kb, part, field));
}

void
cvp_kb_set(json_t *kb, const char *part, const char *field, json_t *value)
{
	json_t *object = json_object_get(kb, part);

	if (object == NULL) {
		object = json_object();
		json_object_set_new(kb, part, object);
	}
	json_object_set_new(object, field, value);
}

static bool
is_known(const json_t *kb, const char *name)
{
	for (size_t i = 0; i < CVP_COUNT(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			return cvp_kb_get(kb, fields[i].part, name) != NULL;
	return false;
}

bool
cvp_kb_is_missing(const json_t *kb, enum cvp_kb_gap gap)
{
	for (size_t i = 0; gaps[gap].fields[i] != NULL; i++)
		if (is_known(kb, gaps[gap].fields[i]))
			return false;
	return true;
}

void
cvp_kb_note_change(json_t *kb, int64_t now)
{
	json_t *missing = json_array();
	char text[CVP_TIME_SIZE];
	size_t filled = 0;

	for (size_t i = 0; i < CVP_COUNT(fields); i++)
		filled += size_of(json_object_get(json_object_get(kb, fields[i].part), fields[i].name));
	for (enum cvp_kb_gap gap = 0; gap < CVP_KB_GAPS; gap++)
		if (cvp_kb_is_missing(kb, gap))
			json_array_append_new(missing, json_string(gaps[gap].label));
	cvp_time_format(now, text);
	cvp_kb_set(kb, "meta", "filled_fields_count", json_integer((json_int_t)filled));
	cvp_kb_set(kb, "meta", "missing_fields", missing);
	cvp_kb_set(kb, "meta", "last_updated_iso", json_string(text));
}

bool
cvp_kb_equal(const json_t *a, const json_t *b)
{
	for (size_t i = 0; i < CVP_COUNT(fields); i++)
		if (!json_equal(json_object_get(json_object_get(a, fields[i].part), fields[i].name),
				json_object_get(json_object_get(b, fields[i].part), fields[i].name)))
			return false;
	return true;
}
