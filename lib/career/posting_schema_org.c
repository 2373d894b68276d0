/* posting_schema_org.c - schema.org's JobPosting read into the stored form (SPEC 2.3). */
#include <string.h>

#include "career/posting_build.h"
#include "core/ctx.h"
#include "text/text.h"

static const json_t *
first(const json_t *value)
{
	return json_is_array(value) ? json_array_get(value, 0) : value;
}

/* Some pages write the names with capitals; as a name is a word here, folding it is enough. */
static const json_t *
member_at(const json_t *object, const char *name)
{
	char folded[64];
	size_t length = strlen(name);

	if (!json_is_object(object) || length >= sizeof(folded))
		return NULL;
	for (size_t i = 0; i <= length; i++)
		folded[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 32) : name[i];
	return cvp_posting_member(object, folded, NULL);
}

static const char *
text_at(const json_t *object, const char *member)
{
	return cvp_posting_text_of(member_at(object, member));
}

static void
read_place(struct cvp_posting_build *build, const json_t *job)
{
	const json_t *place = first(member_at(job, "jobLocation"));
	const json_t *address = first(member_at(place, "address"));
	json_t *location = cvp_own(build->ctx, json_object());
	const char *city, *country;

	if (json_is_string(place) || json_is_string(address)) {
		cvp_posting_put(build, "location", cvp_posting_text_of(json_is_string(place) ? place : address));
		return;
	}
	city = text_at(address, "addressLocality");
	country = text_at(address, "addressCountry");
	if (city == NULL || city[0] == '\0')
		city = text_at(address, "addressRegion");
	if (city != NULL && city[0] != '\0')
		json_object_set_new(location, "city", json_string(cvp_posting_squeeze(build->ctx, city)));
	if (country != NULL && country[0] != '\0')
		json_object_set_new(location, "country", json_string(cvp_posting_squeeze(build->ctx, country)));
	if (json_object_size(location) > 0)
		json_object_set(build->posting, "location", location);
}

static void
copy_number(json_t *to, const char *member, const json_t *value)
{
	if (json_is_number(value))
		json_object_set(to, member, (json_t *)value);
}

static void
read_salary(struct cvp_posting_build *build, const json_t *job)
{
	const json_t *base = first(member_at(job, "baseSalary")), *value = member_at(base, "value");
	json_t *salary = cvp_own(build->ctx, json_object());

	if (json_is_object(value)) {
		copy_number(salary, "min", member_at(value, "minValue"));
		copy_number(salary, "max", member_at(value, "maxValue"));
		if (json_object_size(salary) == 0)
			copy_number(salary, "min", member_at(value, "value"));
		if (json_is_string(member_at(value, "unitText")))
			json_object_set(salary, "unit", (json_t *)member_at(value, "unitText"));
	} else {
		copy_number(salary, "min", value);
	}
	if (json_object_size(salary) > 0 && json_is_string(member_at(base, "currency")))
		json_object_set(salary, "currency", (json_t *)member_at(base, "currency"));
	if (json_object_size(salary) > 0)
		json_object_set(build->posting, "salary", salary);
}

/* Texts, lists of texts, or the objects schema.org allows there, of which only a name or a text can be shown. */
static enum cvp_code
read_lists(struct cvp_posting_build *build, const json_t *job)
{
	static const char *const members[][2] = { { "responsibilities", "responsibilities" },
						  { "qualifications", "requirements" },
						  { "experienceRequirements", "requirements" },
						  { "educationRequirements", "requirements" },
						  { "skills", "requirements" } };

	for (size_t i = 0; i < CVP_COUNT(members); i++) {
		const json_t *value = member_at(job, members[i][0]);
		const char *text = cvp_posting_text_of(value);
		json_t *single = json_is_object(value) && text != NULL ? cvp_own(build->ctx, json_string(text)) : NULL;
		enum cvp_code code;

		if (single != NULL)
			value = single;
		if (text == NULL || (!json_is_string(value) && !json_is_array(value)))
			continue;
		code = cvp_posting_put_list(build, members[i][1], value,
					    cvp_arena_printf(build->ctx->arena, "/%s", members[i][0]), true);
		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

/* {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 36} */
static void
read_months(struct cvp_posting_build *build, const json_t *job)
{
	const json_t *value = first(member_at(job, "experienceRequirements"));
	const json_t *months = member_at(value, "monthsOfExperience");

	if (json_is_number(months) && json_number_value(months) >= 6 && json_number_value(months) <= 600)
		cvp_posting_put(
		    build, "x_experience",
		    cvp_arena_printf(build->ctx->arena, "%g years of experience", json_number_value(months) / 12));
}

enum cvp_code
cvp_posting_read_schema_org(struct cvp_posting_build *build, const json_t *job)
{
	static const char *const texts[][2] = { { "title", "role_title" },
						{ "hiringOrganization", "company_name" },
						{ "employmentType", "employment_type" },
						{ "industry", "industry" },
						{ "datePosted", "date_posted" },
						{ "validThrough", "valid_through" } };
	const char *url = text_at(job, "url"), *named = text_at(job, "inLanguage");
	enum cvp_language language;

	for (size_t i = 0; i < CVP_COUNT(texts); i++)
		cvp_posting_put(build, texts[i][1], text_at(job, texts[i][0]));
	cvp_posting_put_body(build, "description", text_at(job, "description"));
	if (url != NULL && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0))
		cvp_posting_put(build, "source_url", url);
	if (named != NULL && cvp_language_named(cvp_arena_strndup(build->ctx->arena, named, 2), &language))
		json_object_set_new(build->posting, "language", json_string(cvp_language_name(language)));
	if (text_at(job, "jobLocationType") != NULL)
		json_object_set_new(build->posting, "work_format", json_string("remote"));
	read_place(build, job);
	read_salary(build, job);
	read_months(build, job);
	return read_lists(build, job);
}
