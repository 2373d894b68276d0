#include "career/cv_user.h"

#include <string.h>

#include "career/cv_date.h"
#include "career/cv_entry.h"
#include "core/ctx.h"

/* One member renamed: from the first of the keys that is there. */
struct rename {
	const char *to;
	const char *from[4]; /* ends with NULL */
};

struct converter {
	struct cvp_ctx *ctx;
	json_t *warnings;
};

static const struct rename job_renames[] = {
	{ "name", { "company", "employer" } }, { "position", { "role", "title", "job_title" } },
	{ "location", { "location" } },        { "summary", { "description", "summary" } },
	{ "highlights", { "achievements" } },  { "x_technologies", { "technologies" } },
};

static const struct rename school_renames[] = {
	{ "institution", { "institution", "schoolName", "school" } },
	{ "studyType", { "degree" } },
	{ "area", { "field_of_study" } },
	{ "score", { "gpa" } },
	{ "x_honors", { "honors" } },
};

static const struct rename certificate_renames[] = {
	{ "name", { "name" } },
	{ "issuer", { "issuer", "issuing_organization" } },
	{ "date", { "date", "issue_date" } },
	{ "x_expiry_date", { "expiry_date" } },
	{ "x_credential_id", { "credential_id" } },
};

static const struct rename skill_renames[] = {
	{ "name", { "name" } },
	{ "level", { "level" } },
	{ "x_years", { "years_of_experience" } },
};

static const struct rename language_renames[] = {
	{ "language", { "language", "name" } },
	{ "fluency", { "fluency", "proficiency", "level" } },
};

static const char *const date_keys[] = { "dates",     "start_date", "end_date",        "current",
					 "startDate", "endDate",    "graduation_date", NULL };

/* Members read by name, and so not kept under their own. */
static const char *const known_keys[] = {
	"full_name",
	"fullName",
	"name",
	"lastName",
	"contact_info",
	"email",
	"phone",
	"phoneNumber",
	"professional_summary",
	"professionalSummary",
	"top_achievements",
	"experience",
	"work_experience",
	"education",
	"certifications",
	"skills",
	"languages",
	"language",
	"cv_id",
	NULL,
};

static bool
is_given(const json_t *value)
{
	return value && !json_is_null(value) && !(json_is_string(value) && cvp_cv_is_blank(json_string_value(value)));
}

static json_t *
first_of(const json_t *object, const char *const *keys)
{
	for (; *keys; keys++)
		if (is_given(json_object_get(object, *keys)))
			return json_object_get(object, *keys);
	return NULL;
}

static bool
is_among(const char *key, const char *const *keys)
{
	for (; *keys; keys++)
		if (strcmp(*keys, key) == 0)
			return true;
	return false;
}

static void
set(json_t *object, const char *key, json_t *value)
{
	if (is_given(value))
		json_object_set(object, key, value);
}

/* A number where JSON Resume has text (gpa, credential_id) as its text. */
static json_t *
as_text(struct converter *c, json_t *value)
{
	char *text;

	if (!json_is_number(value))
		return value;
	text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
	value = cvp_own(c->ctx, json_string(text));
	free(text);
	return value;
}

static bool
is_renamed(const struct rename *renames, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (is_among(key, renames[i].from))
			return true;
	return false;
}

/* The object with its members renamed, and the rest kept. */
static json_t *
renamed(struct converter *c, json_t *object, const struct rename *renames, size_t count)
{
	json_t *result = json_object(), *value;
	const char *key;

	for (size_t i = 0; i < count; i++) {
		value = first_of(object, renames[i].from);
		if (value && strcmp(renames[i].to, "x_years") != 0)
			value = as_text(c, value);
		set(result, renames[i].to, value);
	}
	json_object_foreach (object, key, value)
		if (!is_renamed(renames, count, key) && !is_among(key, date_keys) && !json_object_get(result, key))
			json_object_set(result, key, value);
	return result;
}

/* A date as text: a year may be a number. */
static const char *
date_text(struct converter *c, const json_t *object, const char *const *keys)
{
	const json_t *value = first_of(object, keys);

	if (json_is_integer(value))
		return cvp_arena_printf(c->ctx->arena, "%lld", (long long)json_integer_value(value));
	return json_string_value(value);
}

static void
set_date(struct cvp_ctx *ctx, json_t *entry, const char *key, struct cvp_date date)
{
	if (date.year)
		json_object_set_new(entry, key, json_string(cvp_date_text(ctx, date)));
}

/* What is written of the dates: the span as given, else "start – end". */
static const char *
span_text(struct converter *c, const char *span, const char *start, const char *end)
{
	if (span || (!start && !end))
		return span;
	if (!start)
		return end;
	return cvp_arena_printf(c->ctx->arena, end ? "%s – %s" : "%s –", start, end);
}

/* startDate, endDate and x_dates from dates, start_date, end_date, graduation_date and current. */
static void
set_dates(struct converter *c, json_t *entry, const json_t *object, const char *where)
{
	static const char *const start_keys[] = { "start_date", "startDate", NULL };
	static const char *const end_keys[] = { "end_date", "endDate", "graduation_date", NULL };
	static const char *const span_keys[] = { "dates", NULL };
	const char *start = date_text(c, object, start_keys), *end = date_text(c, object, end_keys);
	const char *span = date_text(c, object, span_keys);
	bool is_current = json_is_true(json_object_get(object, "current"));
	struct cvp_date date = { 0 };
	bool is_read = true;

	if (start || end) {
		is_read = !start || cvp_date_parse(start, &date);
		set_date(c->ctx, entry, "startDate", date);
		date = (struct cvp_date){ 0 };
		if (end && !cvp_date_is_open(end))
			is_read &= cvp_date_parse(end, &date);
		if (!is_current)
			set_date(c->ctx, entry, "endDate", date);
		json_object_set_new(entry, "x_dates", json_string(span_text(c, span, start, end)));
	} else if (span) {
		is_read = cvp_cv_put_span(c->ctx, entry, span, is_current);
	}
	if (!is_read)
		json_array_append_new(c->warnings, json_string(cvp_arena_printf(
						       c->ctx->arena, "The dates of %s were not understood", where)));
}

/* A list of objects of one kind; a mere text becomes its first member. */
static void
convert_list(struct converter *c, json_t *resume, const char *to, json_t *list, const struct rename *renames,
	     size_t count, bool is_dated)
{
	json_t *result = json_array();

	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *item = json_array_get(list, i), *entry;

		if (json_is_string(item))
			entry = json_pack("{s:O}", renames[0].to, item);
		else if (json_is_object(item))
			entry = renamed(c, item, renames, count);
		else
			continue;
		if (is_dated && json_is_object(item))
			set_dates(c, entry, item, cvp_arena_printf(c->ctx->arena, "%s %zu", to, i + 1));
		json_array_append_new(result, entry);
	}
	if (json_array_size(result))
		json_object_set(resume, to, result);
	json_decref(result);
}

/* {"Languages": ["Go", "C"]}: groups as JSON Resume has them. */
static json_t *
groups_as_list(struct converter *c, json_t *groups)
{
	json_t *list = cvp_own(c->ctx, json_array()), *keywords;
	const char *name;

	json_object_foreach (groups, name, keywords)
		if (json_is_array(keywords))
			json_array_append_new(list, json_pack("{s:s, s:O}", "name", name, "keywords", keywords));
	return list;
}

void
cvp_cv_put_location(json_t *basics, const char *text)
{
	const char *comma, *region;
	json_t *location;

	if (cvp_cv_is_blank(text))
		return;
	comma = strchr(text, ',');
	location = json_object();
	json_object_set_new(location, "city", json_stringn(text, comma ? (size_t)(comma - text) : strlen(text)));
	if (comma) {
		region = comma + 1 + strspn(comma + 1, " ");
		if (*region)
			json_object_set_new(location, "region", json_string(region));
	}
	json_object_set_new(basics, "location", location);
}

bool
cvp_cv_put_span(struct cvp_ctx *ctx, json_t *entry, const char *text, bool is_current)
{
	struct cvp_date_range range = { 0 };
	bool is_read = cvp_date_range_find(text, 0, &range);

	set_date(ctx, entry, "startDate", range.start);
	if (!range.is_open && !is_current)
		set_date(ctx, entry, "endDate", range.end);
	json_object_set_new(entry, "x_dates", json_string(text));
	return is_read;
}

/* Either of two objects may hold it. */
static json_t *
either(const json_t *a, const json_t *b, const char *key, const char *other)
{
	const char *const keys[] = { key, other, NULL };
	json_t *value = first_of(a, keys);

	return value ? value : first_of(b, keys);
}

/* The whole name; where it is given in two members, both. */
static json_t *
name_of(struct converter *c, const json_t *user_cv, const json_t *contact)
{
	static const char *const whole[] = { "full_name", "fullName", "name", NULL };
	json_t *name = first_of(user_cv, whole), *last = json_object_get(user_cv, "lastName");

	if (!name)
		name = first_of(contact, whole);
	if (!json_is_string(name) || !json_is_string(last) || !is_given(last))
		return name;
	return cvp_own(c->ctx, json_string(cvp_arena_printf(c->ctx->arena, "%s %s", json_string_value(name),
							    json_string_value(last))));
}

static json_t *
make_basics(struct converter *c, const json_t *user_cv)
{
	json_t *contact = json_object_get(user_cv, "contact_info"), *basics = json_object(), *linkedin, *value;
	const char *key;

	set(basics, "name", name_of(c, user_cv, contact));
	set(basics, "email", either(contact, user_cv, "email", "email"));
	set(basics, "phone", either(contact, user_cv, "phone", "phoneNumber"));
	set(basics, "summary", either(user_cv, NULL, "professional_summary", "professionalSummary"));
	cvp_cv_put_location(basics, json_string_value(json_object_get(contact, "location")));
	linkedin = json_object_get(contact, "linkedin");
	if (is_given(linkedin))
		json_object_set_new(basics, "profiles",
				    json_pack("[{s:s, s:O}]", "network", "LinkedIn", "url", linkedin));
	json_object_foreach (contact, key, value)
		if (!json_object_get(basics, key) && strcmp(key, "linkedin") != 0)
			set(basics, key, value);
	return basics;
}

static void
set_meta(json_t *resume, const json_t *user_cv)
{
	json_t *meta = json_object();

	set(meta, "x_language", json_object_get(user_cv, "language"));
	set(meta, "x_cv_id", json_object_get(user_cv, "cv_id"));
	if (json_object_size(meta))
		json_object_set(resume, "meta", meta);
	json_decref(meta);
}

json_t *
cvp_user_cv_to_resume(struct cvp_ctx *ctx, const json_t *user_cv, json_t *warnings)
{
	struct converter c = { ctx, warnings };
	json_t *resume = cvp_own(ctx, json_object()), *skills = json_object_get(user_cv, "skills"), *value;
	json_t *own = (json_t *)user_cv; /* jansson's iterators take no const; nothing is written */
	const char *key;

	json_object_set_new(resume, "basics", make_basics(&c, user_cv));
	convert_list(&c, resume, "work", either(user_cv, NULL, "experience", "work_experience"), job_renames,
		     CVP_COUNT(job_renames), true);
	convert_list(&c, resume, "education", json_object_get(user_cv, "education"), school_renames,
		     CVP_COUNT(school_renames), true);
	convert_list(&c, resume, "certificates", json_object_get(user_cv, "certifications"), certificate_renames,
		     CVP_COUNT(certificate_renames), false);
	if (json_is_object(skills))
		json_object_set(resume, "skills", groups_as_list(&c, skills));
	else
		convert_list(&c, resume, "skills", skills, skill_renames, CVP_COUNT(skill_renames), false);
	convert_list(&c, resume, "languages", json_object_get(user_cv, "languages"), language_renames,
		     CVP_COUNT(language_renames), false);
	set(resume, "x_top_achievements", json_object_get(user_cv, "top_achievements"));
	set_meta(resume, user_cv);
	json_object_foreach (own, key, value)
		if (!is_among(key, known_keys) && !json_object_get(resume, key))
			json_object_set(resume, key, value);
	return resume;
}
