/* FRESH 0.x: sections are objects whose `history` (skills: `sets` and `list`) holds the entries. */
#include <string.h>

#include "career/cv_convert.h"
#include "career/cv_makers.h"
#include "career/cv_pointer.h"
#include "core/ctx.h"

#define DATES                                                                                                          \
	{ CVP_CONVERT_START, "startDate", { "start" } },                                                               \
	{                                                                                                              \
		CVP_CONVERT_END, "endDate",                                                                            \
		{                                                                                                      \
			"end"                                                                                          \
		}                                                                                                      \
	}
#define URL                                                                                                            \
	{                                                                                                              \
		CVP_CONVERT_LINK, "url",                                                                               \
		{                                                                                                      \
			"url"                                                                                          \
		}                                                                                                      \
	}

/* name: the section, a slash, its list; without a slash the section is the list. */
static const struct cvp_convert_section sections[] = {
	{ "social",
	  "profiles",
	  { { CVP_CONVERT_TEXT, "network", { "network", "label" } },
	    { CVP_CONVERT_TEXT, "username", { "user" } },
	    URL } },
	{ "employment/history",
	  "work",
	  { { CVP_CONVERT_TEXT, "name", { "employer" } },
	    { CVP_CONVERT_TEXT, "position", { "position" } },
	    { CVP_CONVERT_TEXT, "location", { "location" } },
	    URL,
	    DATES,
	    { CVP_CONVERT_LINES, "summary", { "summary" } },
	    { CVP_CONVERT_LIST, "highlights", { "highlights" } },
	    { CVP_CONVERT_LIST, "x_technologies", { "keywords" } } } },
	{ "service/history",
	  "volunteer",
	  { { CVP_CONVERT_TEXT, "organization", { "organization" } },
	    { CVP_CONVERT_TEXT, "position", { "position" } },
	    URL,
	    DATES,
	    { CVP_CONVERT_LINES, "summary", { "summary" } },
	    { CVP_CONVERT_LIST, "highlights", { "highlights" } } } },
	{ "education/history",
	  "education",
	  { { CVP_CONVERT_TEXT, "institution", { "institution" } },
	    { CVP_CONVERT_TEXT, "studyType", { "title", "degree" } },
	    { CVP_CONVERT_TEXT, "area", { "area" } },
	    { CVP_CONVERT_TEXT, "score", { "grade" } },
	    URL,
	    DATES,
	    { CVP_CONVERT_LINES, "summary", { "summary" } },
	    { CVP_CONVERT_LIST, "courses", { "curriculum" } } } },
	{ "projects",
	  "projects",
	  { { CVP_CONVERT_TEXT, "name", { "title", "name" } },
	    { CVP_CONVERT_TEXT, "x_role", { "role" } },
	    URL,
	    DATES,
	    { CVP_CONVERT_LINES, "description", { "description", "summary" } },
	    { CVP_CONVERT_LIST, "highlights", { "highlights" } },
	    { CVP_CONVERT_LIST, "keywords", { "keywords" } } } },
	{ "skills/sets",
	  "skills",
	  { { CVP_CONVERT_TEXT, "name", { "name" } },
	    { CVP_CONVERT_TEXT, "level", { "level" } },
	    { CVP_CONVERT_LIST, "keywords", { "skills" } } } },
	{ "skills/list",
	  "skills",
	  { { CVP_CONVERT_TEXT, "name", { "name" } }, { CVP_CONVERT_TEXT, "level", { "level" } } } },
	{ "languages",
	  "languages",
	  { { CVP_CONVERT_TEXT, "language", { "language" } }, { CVP_CONVERT_TEXT, "fluency", { "level" } } } },
	{ "interests",
	  "interests",
	  { { CVP_CONVERT_TEXT, "name", { "name" } },
	    { CVP_CONVERT_LINES, "summary", { "summary" } },
	    { CVP_CONVERT_LIST, "keywords", { "keywords" } } } },
	{ "recognition",
	  "awards",
	  { { CVP_CONVERT_TEXT, "title", { "title" } },
	    { CVP_CONVERT_TEXT, "awarder", { "from" } },
	    { CVP_CONVERT_START, "date", { "date" } },
	    URL,
	    { CVP_CONVERT_LINES, "summary", { "summary" } } } },
	{ "writing",
	  "publications",
	  { { CVP_CONVERT_TEXT, "name", { "title" } },
	    { CVP_CONVERT_START, "releaseDate", { "date" } },
	    URL,
	    { CVP_CONVERT_LINES, "summary", { "summary" } } } },
	{ 0 },
};

bool
cvp_is_fresh(const json_t *object)
{
	const char *format = json_string_value(json_object_get(json_object_get(object, "meta"), "format"));

	return format && strncmp(format, "FRESH", 5) == 0;
}

static enum cvp_code
convert_section(struct cvp_converter *c, const struct cvp_convert_section *section, const json_t *object)
{
	const char *slash = strchr(section->name, '/'), *pointer = "", *key = section->name;
	const json_t *items;
	enum cvp_code code = CVP_OK;

	if (slash) {
		key = cvp_arena_strndup(c->ctx->arena, section->name, (size_t)(slash - section->name));
		pointer = cvp_pointer_key(c->ctx, "", key);
		code = cvp_convert_object(c, object, "", key, &object);
		key = slash + 1;
	}
	if (code == CVP_OK)
		code = cvp_convert_list(c, object, pointer, key, &items);
	return code == CVP_OK
		   ? cvp_convert_each(c, section, items, cvp_pointer_key(c->ctx, pointer, key), cvp_convert_item)
		   : code;
}

/* Where the person lives; their street is nobody's business here. */
static enum cvp_code
convert_location(struct cvp_converter *c, const json_t *object)
{
	static const char *const members[][2] = {
		{ "city", "city" }, { "region", "region" }, { "code", "postalCode" }, { "country", "countryCode" }
	};
	const json_t *given;
	json_t *location = cvp_own(c->ctx, json_object());
	enum cvp_code code = cvp_convert_object(c, object, "", "location", &given);

	for (size_t i = 0; i < CVP_COUNT(members) && code == CVP_OK; i++) {
		const char *const key[] = { members[i][0], NULL };
		const char *text;

		code = cvp_convert_text(c, given, "/location", key, &text);
		if (code == CVP_OK && text)
			json_object_set_new(location, members[i][1], json_string(text));
	}
	if (json_object_size(location) > 0)
		json_object_set(json_object_get(c->resume, "basics"), "location", location);
	return code;
}

static enum cvp_code
convert_basics(struct cvp_converter *c, const json_t *object)
{
	static const struct {
		const char *owner, *to, *from[2];
	} rows[] = {
		{ NULL, "name", { "name" } },        { "info", "label", { "label" } },
		{ "info", "summary", { "brief" } },  { "contact", "email", { "email" } },
		{ "contact", "phone", { "phone" } }, { "contact", "url", { "website" } },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		const char *pointer = rows[i].owner ? cvp_pointer_key(c->ctx, "", rows[i].owner) : "";
		const json_t *owner = object;
		enum cvp_code code = CVP_OK;

		if (rows[i].owner)
			code = cvp_convert_object(c, object, "", rows[i].owner, &owner);
		if (code == CVP_OK)
			code = cvp_convert_basic(c, owner, pointer, rows[i].from, rows[i].to);
		if (code != CVP_OK)
			return code;
	}
	return convert_location(c, object);
}

/* Lists that a JSON Resume has no place for. */
static void
warn_of_left_out(struct cvp_converter *c, const json_t *object)
{
	static const char *const keys[] = { "affiliation", "samples", "speaking",     "extracurricular",
					    "governance",  "reading", "testimonials", "references" };

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		if (json_object_size(json_object_get(object, keys[i])) > 0 ||
		    json_array_size(json_object_get(object, keys[i])) > 0)
			json_array_append_new(c->warnings,
					      json_string(cvp_arena_printf(c->ctx->arena, "%s was left out", keys[i])));
}

enum cvp_code
cvp_fresh_to_resume(struct cvp_ctx *ctx, const json_t *object, json_t *warnings, json_t **resume)
{
	struct cvp_converter c = { .ctx = ctx, .resume = cvp_own(ctx, json_object()), .warnings = warnings };
	enum cvp_code code;

	json_object_set_new(c.resume, "basics", json_object());
	code = convert_basics(&c, object);
	for (const struct cvp_convert_section *row = sections; row->name && code == CVP_OK; row++)
		code = convert_section(&c, row, object);
	warn_of_left_out(&c, object);
	*resume = c.resume;
	return code;
}
