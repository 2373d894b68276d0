/* Reactive Resume 4 and 5. Version 4 names things as JSON Resume did and has its rich text in `summary`; version 5
 * renamed many members and has it in `description`. One table reads both. */
#include <string.h>

#include "career/cv_convert.h"
#include "career/cv_entry.h"
#include "career/cv_makers.h"
#include "career/cv_pointer.h"
#include "career/cv_user.h"
#include "career/posting_html.h"
#include "core/ctx.h"

#define URL                                                                                                            \
	{                                                                                                              \
		CVP_CONVERT_LINK, "url",                                                                               \
		{                                                                                                      \
			"url", "website"                                                                               \
		}                                                                                                      \
	}
#define SPAN                                                                                                           \
	{                                                                                                              \
		CVP_CONVERT_SPAN, "x_dates",                                                                           \
		{                                                                                                      \
			"period", "date"                                                                               \
		}                                                                                                      \
	}

static const struct cvp_convert_section sections[] = {
	{ "profiles",
	  "profiles",
	  { { CVP_CONVERT_TEXT, "network", { "network" } }, { CVP_CONVERT_TEXT, "username", { "username" } }, URL } },
	{ "experience",
	  "work",
	  { { CVP_CONVERT_TEXT, "name", { "company" } },
	    { CVP_CONVERT_TEXT, "position", { "position" } },
	    { CVP_CONVERT_TEXT, "location", { "location" } },
	    URL,
	    SPAN,
	    { CVP_CONVERT_RICH, "summary", { "summary", "description" } } } },
	{ "education",
	  "education",
	  { { CVP_CONVERT_TEXT, "institution", { "institution", "school" } },
	    { CVP_CONVERT_TEXT, "studyType", { "studyType", "degree" } },
	    { CVP_CONVERT_TEXT, "area", { "area" } },
	    { CVP_CONVERT_TEXT, "score", { "score", "grade" } },
	    { CVP_CONVERT_TEXT, "location", { "location" } },
	    URL,
	    SPAN,
	    { CVP_CONVERT_RICH, "summary", { "summary", "description" } } } },
	{ "projects",
	  "projects",
	  { { CVP_CONVERT_TEXT, "name", { "name" } },
	    SPAN,
	    URL,
	    { CVP_CONVERT_RICH, "description", { "description", "summary" } },
	    { CVP_CONVERT_LIST, "keywords", { "keywords" } } } },
	{ "volunteer",
	  "volunteer",
	  { { CVP_CONVERT_TEXT, "organization", { "organization" } },
	    { CVP_CONVERT_TEXT, "position", { "position" } },
	    { CVP_CONVERT_TEXT, "location", { "location" } },
	    URL,
	    SPAN,
	    { CVP_CONVERT_RICH, "summary", { "summary", "description" } } } },
	{ "skills",
	  "skills",
	  { { CVP_CONVERT_TEXT, "name", { "name" } },
	    { CVP_CONVERT_TEXT, "level", { "description", "proficiency" } },
	    { CVP_CONVERT_LIST, "keywords", { "keywords" } } } },
	{ "languages",
	  "languages",
	  { { CVP_CONVERT_TEXT, "language", { "language", "name" } },
	    { CVP_CONVERT_TEXT, "fluency", { "fluency", "description" } } } },
	{ "interests",
	  "interests",
	  { { CVP_CONVERT_TEXT, "name", { "name" } }, { CVP_CONVERT_LIST, "keywords", { "keywords" } } } },
	{ "awards",
	  "awards",
	  { { CVP_CONVERT_TEXT, "title", { "title" } },
	    { CVP_CONVERT_TEXT, "awarder", { "awarder" } },
	    { CVP_CONVERT_START, "date", { "date" } },
	    URL,
	    { CVP_CONVERT_LINES, "summary", { "summary", "description" } } } },
	{ "certifications",
	  "certificates",
	  { { CVP_CONVERT_TEXT, "name", { "name", "title" } },
	    { CVP_CONVERT_TEXT, "issuer", { "issuer" } },
	    { CVP_CONVERT_START, "date", { "date" } },
	    URL,
	    { CVP_CONVERT_LINES, "summary", { "summary", "description" } } } },
	{ "publications",
	  "publications",
	  { { CVP_CONVERT_TEXT, "name", { "name", "title" } },
	    { CVP_CONVERT_TEXT, "publisher", { "publisher" } },
	    { CVP_CONVERT_START, "releaseDate", { "date" } },
	    URL,
	    { CVP_CONVERT_LINES, "summary", { "summary", "description" } } } },
	{ "references",
	  "references",
	  { { CVP_CONVERT_TEXT, "name", { "name" } },
	    { CVP_CONVERT_TEXT, "x_position", { "position" } },
	    { CVP_CONVERT_LINES, "reference", { "description", "summary" } } } },
	{ 0 },
};

bool
cvp_is_reactive_resume(const json_t *object)
{
	static const char *const lists[] = { "work", "education", "skills" };
	const json_t *metadata = json_object_get(object, "metadata");

	/* a JSON Resume may have sections of a theme's beside its own lists */
	for (size_t i = 0; i < CVP_COUNT(lists); i++)
		if (json_object_get(object, lists[i]))
			return false;
	return json_object_get(object, "basics") && json_object_get(object, "sections") &&
	       (json_is_object(json_object_get(object, "sections")) || json_object_get(metadata, "template"));
}

/* Several posts at one employer, as version 5 has them: each is a job. What is said of them all is one of its own. */
static enum cvp_code
convert_roles(struct cvp_converter *c, const struct cvp_convert_section *work, const json_t *item, const json_t *roles,
	      const char *pointer)
{
	static const char *const company[] = { "company", "location", "website" };
	static const char *const common[] = { "description", NULL };
	const char *text;
	enum cvp_code code = cvp_convert_text(c, item, pointer, common, &text);

	if (code == CVP_OK && text)
		code = cvp_convert_item(c, work, item, pointer);
	for (size_t i = 0; i < json_array_size(roles) && code == CVP_OK; i++) {
		const char *at = cvp_pointer_index(c->ctx, cvp_pointer_key(c->ctx, pointer, "roles"), i);
		json_t *role;

		if (!json_is_object(json_array_get(roles, i)))
			return cvp_pointer_wants(c->ctx, at, "an object");
		role = cvp_own(c->ctx, json_copy(json_array_get(roles, i)));
		for (size_t key = 0; key < CVP_COUNT(company); key++)
			if (json_object_get(item, company[key]))
				json_object_set(role, company[key], json_object_get(item, company[key]));
		code = cvp_convert_item(c, work, role, at);
	}
	return code;
}

static enum cvp_code
convert_experience(struct cvp_converter *c, const struct cvp_convert_section *work, const json_t *item,
		   const char *pointer)
{
	const json_t *roles;
	enum cvp_code code = cvp_convert_list(c, item, pointer, "roles", &roles);

	if (code != CVP_OK)
		return code;
	return json_array_size(roles) > 0 ? convert_roles(c, work, item, roles, pointer)
					  : cvp_convert_item(c, work, item, pointer);
}

static enum cvp_code
convert_section(struct cvp_converter *c, const struct cvp_convert_section *section, const json_t *object,
		const char *pointer)
{
	const char *at = cvp_pointer_key(c->ctx, pointer, "items");
	const json_t *items;
	enum cvp_code code = cvp_convert_list(c, object, pointer, "items", &items);

	if (code != CVP_OK)
		return code;
	return cvp_convert_each(c, section, items, at,
				strcmp(section->to, "work") == 0 ? convert_experience : cvp_convert_item);
}

/* Adds the lines of a rich text to basics.summary. */
static enum cvp_code
add_summary(struct cvp_converter *c, const json_t *object, const char *pointer)
{
	static const char *const keys[] = { "content", NULL };
	json_t *basics = json_object_get(c->resume, "basics");
	const char *text, *before = json_string_value(json_object_get(basics, "summary"));
	enum cvp_code code = cvp_convert_text(c, object, pointer, keys, &text);

	if (code != CVP_OK || !text)
		return code;
	text = cvp_html_text(c->ctx, text);
	if (!cvp_cv_is_blank(text))
		json_object_set_new(
		    basics, "summary",
		    json_string(before ? cvp_arena_printf(c->ctx->arena, "%s\n%s", before, text) : text));
	return CVP_OK;
}

static enum cvp_code
convert_summary(struct cvp_converter *c, const json_t *parent, const char *pointer)
{
	const json_t *summary;
	enum cvp_code code = cvp_convert_object(c, parent, pointer, "summary", &summary);

	return code == CVP_OK ? add_summary(c, summary, cvp_pointer_key(c->ctx, pointer, "summary")) : code;
}

/* The lines of an item whose section JSON Resume does not know. */
static enum cvp_code
keep_item(struct cvp_converter *c, const char *label, const json_t *item, const char *pointer)
{
	static const char *const keys[] = { "name", "title",  "value",       "text",    "location",
					    "date", "period", "description", "summary", "content" };

	for (size_t i = 0; i < CVP_COUNT(keys); i++) {
		const char *const one[] = { keys[i], NULL };
		const char *text;
		enum cvp_code code = cvp_convert_text(c, item, pointer, one, &text);

		if (code != CVP_OK)
			return code;
		if (text)
			cvp_convert_keep(c, label, cvp_html_text(c->ctx, text));
	}
	return CVP_OK;
}

static enum cvp_code
keep_items(struct cvp_converter *c, const char *label, const json_t *items, const char *pointer)
{
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; i < json_array_size(items) && code == CVP_OK; i++) {
		const json_t *item = json_array_get(items, i);
		const char *at = cvp_pointer_index(c->ctx, pointer, i);
		bool is_hidden;

		if (!json_is_object(item))
			return cvp_pointer_wants(c->ctx, at, "an object");
		code = cvp_convert_is_hidden(c, item, at, &is_hidden);
		if (code == CVP_OK && !is_hidden)
			code = keep_item(c, label, item, at);
	}
	return code;
}

/* Summaries that stand in a section of their own. */
static enum cvp_code
add_summaries(struct cvp_converter *c, const json_t *items, const char *pointer)
{
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; i < json_array_size(items) && code == CVP_OK; i++) {
		const char *at = cvp_pointer_index(c->ctx, pointer, i);
		bool is_hidden;

		code = cvp_convert_is_hidden(c, json_array_get(items, i), at, &is_hidden);
		if (code == CVP_OK && !is_hidden)
			code = add_summary(c, json_array_get(items, i), at);
	}
	return code;
}

/* A section the person made: version 5 says what its items are like, version 4 does not. */
static enum cvp_code
convert_custom(struct cvp_converter *c, const json_t *object, const char *pointer)
{
	static const char *const titles[] = { "title", "name", NULL }, *const types[] = { "type", NULL };
	const struct cvp_convert_section *section;
	const json_t *items;
	const char *title, *type;
	enum cvp_code code = cvp_convert_text(c, object, pointer, titles, &title);

	if (code == CVP_OK)
		code = cvp_convert_text(c, object, pointer, types, &type);
	if (code == CVP_OK)
		code = cvp_convert_list(c, object, pointer, "items", &items);
	if (code != CVP_OK)
		return code;
	section = type ? cvp_convert_section_named(sections, type) : NULL;
	if (section)
		return convert_section(c, section, object, pointer);
	pointer = cvp_pointer_key(c->ctx, pointer, "items");
	if (type && strcmp(type, "summary") == 0)
		return add_summaries(c, items, pointer);
	if (type && strcmp(type, "cover-letter") == 0)
		return CVP_OK; /* a letter is no part of a CV */
	return keep_items(c, title, items, pointer);
}

static enum cvp_code
convert_customs(struct cvp_converter *c, const json_t *object)
{
	const json_t *list, *all = json_object_get(json_object_get(object, "sections"), "custom");
	json_t *own = (json_t *)all, *section; /* jansson's iterators take no const; nothing is written */
	const char *key;
	bool is_hidden;
	enum cvp_code code = cvp_convert_list(c, object, "", "customSections", &list);

	for (size_t i = 0; i < json_array_size(list) && code == CVP_OK; i++) {
		const char *at = cvp_pointer_index(c->ctx, "/customSections", i);

		section = json_array_get(list, i);
		code = cvp_convert_is_hidden(c, section, at, &is_hidden);
		if (code == CVP_OK && !is_hidden)
			code = convert_custom(c, section, at);
	}
	json_object_foreach (own, key, section) {
		const char *at = cvp_pointer_key(c->ctx, "/sections/custom", key);

		if (code == CVP_OK)
			code = cvp_convert_is_hidden(c, section, at, &is_hidden);
		if (code == CVP_OK && !is_hidden)
			code = convert_custom(c, section, at);
	}
	return code;
}

static enum cvp_code
convert_basics(struct cvp_converter *c, const json_t *basics)
{
	static const char *const name[] = { "name", NULL }, *const headline[] = { "headline", NULL };
	static const char *const email[] = { "email", NULL }, *const phone[] = { "phone", NULL };
	static const char *const place[] = { "location", NULL }, *const link[] = { "url", "website", NULL };
	const char *text, *url;
	const json_t *fields;
	enum cvp_code code = cvp_convert_basic(c, basics, "/basics", name, "name");

	if (code == CVP_OK)
		code = cvp_convert_basic(c, basics, "/basics", headline, "label");
	if (code == CVP_OK)
		code = cvp_convert_basic(c, basics, "/basics", email, "email");
	if (code == CVP_OK)
		code = cvp_convert_basic(c, basics, "/basics", phone, "phone");
	if (code == CVP_OK)
		code = cvp_convert_text(c, basics, "/basics", place, &text);
	if (code == CVP_OK)
		code = cvp_convert_link(c, basics, "/basics", link, &url);
	if (code == CVP_OK)
		code = cvp_convert_list(c, basics, "/basics", "customFields", &fields);
	if (code != CVP_OK)
		return code;
	cvp_cv_put_location(json_object_get(c->resume, "basics"), text);
	if (url)
		json_object_set_new(json_object_get(c->resume, "basics"), "url", json_string(url));
	return keep_items(c, NULL, fields, "/basics/customFields");
}

static void
warn_of_kept(struct cvp_converter *c)
{
	size_t count = json_array_size(json_object_get(c->resume, "x_unparsed"));

	if (count > 0)
		json_array_append_new(
		    c->warnings,
		    json_string(cvp_arena_printf(
			c->ctx->arena, "Custom fields and sections: %zu lines were kept as they are, in x_unparsed",
			count)));
}

enum cvp_code
cvp_reactive_resume_to_resume(struct cvp_ctx *ctx, const json_t *object, json_t *warnings, json_t **resume)
{
	struct cvp_converter c = { .ctx = ctx, .resume = cvp_own(ctx, json_object()), .warnings = warnings };
	const json_t *basics, *all, *section;
	enum cvp_code code;

	json_object_set_new(c.resume, "basics", json_object());
	code = cvp_convert_object(&c, object, "", "basics", &basics);
	if (code == CVP_OK)
		code = cvp_convert_object(&c, object, "", "sections", &all);
	if (code == CVP_OK)
		code = convert_basics(&c, basics);
	if (code == CVP_OK)
		code = convert_summary(&c, object, "");
	if (code == CVP_OK)
		code = convert_summary(&c, all, "/sections");
	for (const struct cvp_convert_section *row = sections; row->name && code == CVP_OK; row++) {
		code = cvp_convert_object(&c, all, "/sections", row->name, &section);
		if (code == CVP_OK)
			code = convert_section(&c, row, section, cvp_pointer_key(ctx, "/sections", row->name));
	}
	if (code == CVP_OK)
		code = convert_customs(&c, object);
	warn_of_kept(&c);
	*resume = c.resume;
	return code;
}
