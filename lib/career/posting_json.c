/* posting_json.c - postings as JSON: our own members and their aliases, schema.org, and what job boards give out. */
#include <string.h>

#include "career/posting_build.h"
#include "career/posting_html.h"
#include "core/ctx.h"
#include "text/text.h"

#define SEARCH_DEPTH 4 /* of objects inside objects, for boards that nest the posting */

static const char title_names[] = "roletitle jobtitle title position positiontitle vacancy name";
static const char company_names[] =
    "companyname company employer employername hiringorganization hiringorg organization";
static const char body_names[] = "description jobdescription purpose text body content formattedpurpose";

static enum cvp_code
wrong_kind(struct cvp_posting_build *build, const char *key, const char *member)
{
	return cvp_fail_at(build->ctx, CVP_VALIDATION_ERROR, cvp_arena_printf(build->ctx->arena, "/%s", key),
			   "%s: not a text", member);
}

/* A name by any of its keys. A number where a name belongs is a mistake worth telling. */
static enum cvp_code
read_name(struct cvp_posting_build *build, const json_t *object, const char *names, const char *member)
{
	const char *key = NULL;
	const json_t *value = cvp_posting_member(object, names, &key);

	if (value == NULL)
		return CVP_OK;
	if (json_is_number(value) || json_is_boolean(value))
		return wrong_kind(build, key, member);
	json_object_set_new(build->keys, member, json_string(key));
	cvp_posting_put(build, member, cvp_posting_text_of(value));
	return CVP_OK;
}

static void
read_text(struct cvp_posting_build *build, const json_t *object, const char *names, const char *member)
{
	const char *key = NULL;
	const json_t *value = cvp_posting_member(object, names, &key);

	if (value == NULL)
		return;
	json_object_set_new(build->keys, member, json_string(key));
	cvp_posting_put(build, member, cvp_posting_text_of(value));
}

static enum cvp_code
read_body(struct cvp_posting_build *build, const json_t *object)
{
	const char *key = NULL;
	const json_t *value = cvp_posting_member(object, body_names, &key);

	if (value == NULL)
		return CVP_OK;
	if (!json_is_string(value))
		return wrong_kind(build, key, "description");
	json_object_set_new(build->keys, "description", json_string(key));
	cvp_posting_put_body(build, "description", json_string_value(value));
	return CVP_OK;
}

static enum cvp_code
read_list(struct cvp_posting_build *build, const json_t *object, const char *names, const char *member)
{
	const char *key = NULL;
	const json_t *value = cvp_posting_member(object, names, &key);

	if (value == NULL)
		return CVP_OK;
	return cvp_posting_put_list(build, member, value, cvp_arena_printf(build->ctx->arena, "/%s", key), false);
}

static enum cvp_code
read_lists(struct cvp_posting_build *build, const json_t *object)
{
	enum cvp_code code;

	code = read_list(build, object, "requirements qualifications musthave requiredskills", "requirements");
	if (code == CVP_OK)
		code = read_list(build, object, "responsibilities duties tasks", "responsibilities");
	if (code == CVP_OK)
		code = read_list(build, object, "nicetohave preferred preferredqualifications preferredskills bonus",
				 "nice_to_have");
	if (code == CVP_OK)
		code = read_list(build, object, "skills keyskills xkeyskills keywords tags", "x_key_skills");
	return code;
}

static void
put_place(struct cvp_posting_build *build, const char *city, const char *country)
{
	json_t *place = cvp_own(build->ctx, json_object());

	if (city != NULL && city[0] != '\0')
		json_object_set_new(place, "city", json_string(cvp_posting_squeeze(build->ctx, city)));
	if (country != NULL && country[0] != '\0')
		json_object_set_new(place, "country", json_string(cvp_posting_squeeze(build->ctx, country)));
	if (json_object_size(place) > 0)
		json_object_set(build->posting, "location", place);
}

static void
read_location(struct cvp_posting_build *build, const json_t *object)
{
	const json_t *value = cvp_posting_member(object, "location address area worklocation city", NULL);

	if (value == NULL)
		return;
	if (json_is_object(value))
		put_place(build, cvp_posting_text_of(cvp_posting_member(value, "city addresslocality name", NULL)),
			  cvp_posting_text_of(cvp_posting_member(value, "country addresscountry", NULL)));
	else
		cvp_posting_put(build, "location", cvp_posting_text_of(value));
}

static void
read_work_format(struct cvp_posting_build *build, const json_t *object)
{
	const json_t *value = cvp_posting_member(object, "workformat joblocationtype workplacetype schedule", NULL);
	const char *id = json_string_value(cvp_posting_member(value, "id", NULL));
	const char *text = id != NULL ? id : cvp_posting_text_of(value);
	const char *format = text != NULL ? cvp_posting_work_format(build->ctx, text) : NULL;

	if (json_is_true(cvp_posting_member(object, "remote isremote", NULL)))
		format = "remote";
	if (format != NULL)
		json_object_set_new(build->posting, "work_format", json_string(format));
}

static void
put_number(json_t *salary, const char *member, const json_t *value)
{
	if (json_is_number(value))
		json_object_set(salary, member, (json_t *)value);
	else if (json_is_string(value) && strspn(json_string_value(value), "0123456789") > 0 &&
		 strspn(json_string_value(value), "0123456789.") == json_string_length(value))
		json_object_set_new(salary, member, json_loads(json_string_value(value), JSON_DECODE_ANY, NULL));
}

static void
put_text(json_t *salary, const char *member, const json_t *value)
{
	if (json_is_string(value))
		json_object_set(salary, member, (json_t *)value);
}

static void
read_salary(struct cvp_posting_build *build, const json_t *object)
{
	const json_t *value = cvp_posting_member(object, "salary basesalary compensation", NULL);
	json_t *salary = cvp_own(build->ctx, json_object());

	if (json_is_object(value)) {
		put_number(salary, "min", cvp_posting_member(value, "min from minvalue", NULL));
		put_number(salary, "max", cvp_posting_member(value, "max to maxvalue", NULL));
		put_text(salary, "currency", cvp_posting_member(value, "currency", NULL));
		put_text(salary, "unit", cvp_posting_member(value, "unit unittext period", NULL));
	} else {
		put_number(salary, "min", cvp_posting_member(object, "salarymin", NULL));
		put_number(salary, "max", cvp_posting_member(object, "salarymax", NULL));
		put_text(salary, "currency", cvp_posting_member(object, "currency salarycurrency", NULL));
	}
	if (json_object_size(salary) > 0)
		json_object_set(build->posting, "salary", salary);
}

static bool
is_web_address(const char *text)
{
	return strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
}

static enum cvp_code
read_url(struct cvp_posting_build *build, const json_t *object)
{
	const json_t *own = cvp_posting_member(object, "sourceurl", NULL);
	const json_t *value = own != NULL ? own : cvp_posting_member(object, "alternateurl url link", NULL);
	const char *text = json_string_value(value);

	if (own != NULL && (text == NULL || !is_web_address(text)))
		return cvp_fail_at(build->ctx, CVP_VALIDATION_ERROR, "/source_url",
				   "source_url is no http or https address");
	if (text != NULL && is_web_address(text))
		cvp_posting_put(build, "source_url", text);
	return CVP_OK;
}

static void
read_language(struct cvp_posting_build *build, const json_t *object)
{
	const char *text = json_string_value(cvp_posting_member(object, "language inlanguage", NULL));
	enum cvp_language language;

	if (text != NULL && cvp_language_named(cvp_arena_strndup(build->ctx->arena, text, 2), &language))
		json_object_set_new(build->posting, "language", json_string(cvp_language_name(language)));
}

/* The years a board asks for in a field of its own ("От 1 года до 3 лет"). */
static void
read_experience(struct cvp_posting_build *build, const json_t *object)
{
	const json_t *value = cvp_posting_member(object, "experience xexperience", NULL);
	const char *id = json_string_value(cvp_posting_member(value, "id", NULL));

	if (id == NULL || strcmp(id, "noExperience") != 0)
		cvp_posting_put(build, "x_experience", cvp_posting_text_of(value));
}

static enum cvp_code
read_own(struct cvp_posting_build *build, const json_t *object)
{
	static const char *const texts[][2] = { { "employmenttype employment", "employment_type" },
						{ "industry", "industry" },
						{ "dateposted publishedat publicationstartdate", "date_posted" },
						{ "validthrough publicationenddate", "valid_through" } };
	enum cvp_code code = read_name(build, object, title_names, "role_title");

	if (code == CVP_OK)
		code = read_name(build, object, company_names, "company_name");
	if (code == CVP_OK)
		code = read_body(build, object);
	if (code == CVP_OK)
		code = read_lists(build, object);
	if (code == CVP_OK)
		code = read_url(build, object);
	for (size_t i = 0; i < CVP_COUNT(texts) && code == CVP_OK; i++)
		read_text(build, object, texts[i][0], texts[i][1]);
	if (code != CVP_OK)
		return code;
	read_location(build, object);
	read_work_format(build, object);
	read_salary(build, object);
	read_language(build, object);
	read_experience(build, object);
	return CVP_OK;
}

/* Of nested objects, the first that has a member of these names; itself included. "name" alone says nothing here. */
static const json_t *
find_nested(const json_t *value, const char *names, int depth)
{
	const json_t *found;
	void *at;

	if (!json_is_object(value) || cvp_posting_member(value, names, NULL) != NULL || depth == 0)
		return json_is_object(value) && cvp_posting_member(value, names, NULL) != NULL ? value : NULL;
	for (at = json_object_iter((json_t *)value); at != NULL; at = json_object_iter_next((json_t *)value, at)) {
		found = find_nested(json_object_iter_value(at), names, depth - 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* What is missing at the top is looked for inside: some boards wrap the posting in objects of their own. */
static enum cvp_code
read_nested(struct cvp_posting_build *build, const json_t *object)
{
	static const char *const names[][2] = {
		{ "roletitle jobtitle positiontitle", "role_title" },
		{ "hiringorg hiringorganization employer employername company companyname", "company_name" },
	};
	const json_t *holder;
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; i < CVP_COUNT(names) && code == CVP_OK; i++) {
		if (json_object_get(build->posting, names[i][1]) != NULL)
			continue;
		holder = find_nested(object, names[i][0], SEARCH_DEPTH);
		if (holder != NULL)
			code = read_name(build, holder, names[i][0], names[i][1]);
	}
	holder = code == CVP_OK && json_object_get(build->posting, "description") == NULL
		     ? find_nested(object, body_names, SEARCH_DEPTH)
		     : NULL;
	if (holder != NULL && json_is_string(cvp_posting_member(holder, body_names, NULL)))
		code = read_body(build, holder);
	return code;
}

/* Of several postings the first is read. */
static const json_t *
first_of(struct cvp_posting_build *build, const json_t *value)
{
	if (!json_is_array(value))
		return value;
	if (json_array_size(value) > 1)
		cvp_posting_warn(build, "The first of %zu postings was read.", json_array_size(value));
	return json_array_get(value, 0);
}

enum cvp_code
cvp_posting_import_json(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *object,
			struct cvp_posting_import *import)
{
	struct cvp_posting_build build;
	const json_t *job = cvp_job_posting_find((json_t *)object);
	enum cvp_code code;

	(void)assets;
	cvp_posting_begin(&build, ctx);
	if (job != NULL) {
		code = cvp_posting_read_schema_org(&build, job);
	} else {
		object = first_of(&build, object);
		if (!json_is_object(object))
			return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "", "The posting is no JSON object");
		code = read_own(&build, object);
		if (code == CVP_OK)
			code = read_nested(&build, object);
	}
	return code == CVP_OK ? cvp_posting_finish(&build, true, import) : code;
}
