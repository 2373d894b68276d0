#include "career/cv_convert.h"

#include <stdlib.h>
#include <string.h>

#include "career/cv_entry.h"
#include "career/cv_pointer.h"
#include "career/cv_user.h"
#include "career/posting_html.h"
#include "core/ctx.h"

const struct cvp_convert_section *
cvp_convert_section_named(const struct cvp_convert_section *table, const char *name)
{
	for (; table->name; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

/* A number where people expect text (a grade) as its text; NULL for what is neither. */
static const char *
text_of(struct cvp_converter *c, const json_t *value)
{
	const char *text;
	char *number;

	if (!json_is_number(value))
		return json_string_value(value);
	number = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
	text = cvp_arena_strdup(c->ctx->arena, number);
	free(number);
	return text;
}

enum cvp_code
cvp_convert_text(struct cvp_converter *c, const json_t *object, const char *pointer, const char *const *keys,
		 const char **text)
{
	*text = NULL;
	for (; *keys && !*text; keys++) {
		const json_t *value = json_object_get(object, *keys);

		if (!value || json_is_null(value))
			continue;
		*text = text_of(c, value);
		if (!*text)
			return cvp_pointer_wants(c->ctx, cvp_pointer_key(c->ctx, pointer, *keys), "text");
		if (cvp_cv_is_blank(*text))
			*text = NULL;
	}
	return CVP_OK;
}

static void
set_text(json_t *object, const char *key, const char *text)
{
	if (!cvp_cv_is_blank(text))
		json_object_set_new(object, key, json_string(text));
}

enum cvp_code
cvp_convert_basic(struct cvp_converter *c, const json_t *object, const char *pointer, const char *const *keys,
		  const char *to)
{
	const char *text;
	enum cvp_code code = cvp_convert_text(c, object, pointer, keys, &text);

	if (code == CVP_OK)
		set_text(json_object_get(c->resume, "basics"), to, text);
	return code;
}

enum cvp_code
cvp_convert_link(struct cvp_converter *c, const json_t *object, const char *pointer, const char *const *keys,
		 const char **link)
{
	static const char *const own_keys[] = { "href", "url", NULL };

	*link = NULL;
	for (; *keys && !*link; keys++) {
		const json_t *value = json_object_get(object, *keys);
		const char *const one[] = { *keys, NULL };
		enum cvp_code code;

		if (json_is_object(value))
			code = cvp_convert_text(c, value, cvp_pointer_key(c->ctx, pointer, *keys), own_keys, link);
		else
			code = cvp_convert_text(c, object, pointer, one, link);
		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

enum cvp_code
cvp_convert_is_hidden(struct cvp_converter *c, const json_t *object, const char *pointer, bool *is_hidden)
{
	static const char *const keys[] = { "visible", "hidden", "private", "ignore" };

	*is_hidden = false;
	for (size_t i = 0; i < CVP_COUNT(keys); i++) {
		const json_t *value = json_object_get(object, keys[i]);

		if (!value || json_is_null(value))
			continue;
		if (!json_is_boolean(value))
			return cvp_pointer_wants(c->ctx, cvp_pointer_key(c->ctx, pointer, keys[i]), "true or false");
		*is_hidden |= json_is_true(value) == (i > 0);
	}
	return CVP_OK;
}

enum cvp_code
cvp_convert_object(struct cvp_converter *c, const json_t *parent, const char *pointer, const char *key,
		   const json_t **value)
{
	const json_t *given = json_object_get(parent, key);
	bool is_hidden;
	enum cvp_code code;

	*value = NULL;
	pointer = cvp_pointer_key(c->ctx, pointer, key);
	if (!given || json_is_null(given))
		return CVP_OK;
	if (!json_is_object(given))
		return cvp_pointer_wants(c->ctx, pointer, "an object");
	code = cvp_convert_is_hidden(c, given, pointer, &is_hidden);
	if (code == CVP_OK && !is_hidden)
		*value = given;
	return code;
}

enum cvp_code
cvp_convert_list(struct cvp_converter *c, const json_t *parent, const char *pointer, const char *key,
		 const json_t **value)
{
	const json_t *given = json_object_get(parent, key);

	*value = NULL;
	if (!given || json_is_null(given))
		return CVP_OK;
	if (!json_is_array(given))
		return cvp_pointer_wants(c->ctx, cvp_pointer_key(c->ctx, pointer, key), "a list");
	*value = given;
	return CVP_OK;
}

/* Adds a line to a member that holds lines. */
static void
add_line(struct cvp_converter *c, json_t *entry, const char *to, const char *line)
{
	const char *before = json_string_value(json_object_get(entry, to));

	set_text(entry, to, before ? cvp_arena_printf(c->ctx->arena, "%s\n%s", before, line) : line);
}

static void
add_to_list(json_t *entry, const char *to, const char *text)
{
	json_t *list = json_object_get(entry, to);

	if (!list) {
		list = json_array();
		json_object_set_new(entry, to, list);
	}
	json_array_append_new(list, json_string(text));
}

/* The next line of *rest without the blanks around it; NULL at the end. */
static char *
next_line(char **rest)
{
	char *line = strsep(rest, "\n");
	size_t end;

	if (!line)
		return NULL;
	line += strspn(line, " \t\r");
	for (end = strlen(line); end > 0 && strchr(" \t\r", line[end - 1]); end--)
		line[end - 1] = '\0';
	return line;
}

/* What was written as a list is one of highlights; paragraphs stay together. */
static void
put_rich(struct cvp_converter *c, json_t *entry, const struct cvp_convert_field *field, const char *rich)
{
	char *rest = cvp_arena_strdup(c->ctx->arena, cvp_html_text(c->ctx, rich)), *line;

	while ((line = next_line(&rest)) != NULL) {
		bool is_item = line[0] == '-' && (line[1] == ' ' || line[1] == '\0');

		line += is_item ? 1 + (line[1] == ' ') : 0;
		if (cvp_cv_is_blank(line))
			continue;
		if (is_item && field->kind == CVP_CONVERT_RICH)
			add_to_list(entry, "highlights", line);
		else
			add_line(c, entry, field->to, line);
	}
}

static enum cvp_code
convert_rich(struct cvp_converter *c, json_t *entry, const struct cvp_convert_field *field, const json_t *item,
	     const char *pointer)
{
	for (const char *const *key = field->from; *key; key++) {
		const char *const one[] = { *key, NULL };
		const char *text;
		enum cvp_code code = cvp_convert_text(c, item, pointer, one, &text);

		if (code != CVP_OK)
			return code;
		if (text)
			put_rich(c, entry, field, text);
	}
	return CVP_OK;
}

static enum cvp_code
convert_texts(struct cvp_converter *c, json_t *entry, const struct cvp_convert_field *field, const json_t *item,
	      const char *pointer)
{
	for (const char *const *key = field->from; *key; key++) {
		const char *at = cvp_pointer_key(c->ctx, pointer, *key);
		const json_t *list;
		enum cvp_code code = cvp_convert_list(c, item, pointer, *key, &list);

		if (code != CVP_OK)
			return code;
		for (size_t i = 0; i < json_array_size(list); i++) {
			const char *text = text_of(c, json_array_get(list, i));

			if (!text)
				return cvp_pointer_wants(c->ctx, cvp_pointer_index(c->ctx, at, i), "text");
			if (!cvp_cv_is_blank(text))
				add_to_list(entry, field->to, text);
		}
	}
	return CVP_OK;
}

/* A date that cannot be read stays as it was written, and is named. */
static void
put_date(struct cvp_converter *c, json_t *entry, const struct cvp_convert_field *field, const char *text,
	 const char *pointer)
{
	struct cvp_date date = { 0 };

	if (field->kind == CVP_CONVERT_END && cvp_date_is_open(text))
		return;
	if (cvp_date_parse(text, &date))
		set_text(entry, field->to, cvp_date_text(c->ctx, date));
	else
		json_array_append_new(c->warnings, json_string(cvp_arena_printf(
						       c->ctx->arena, "The date at %s was not understood", pointer)));
	if (date.year == 0)
		set_text(entry, "x_dates", text);
}

static void
put_span(struct cvp_converter *c, json_t *entry, const char *text, const char *pointer)
{
	if (!cvp_cv_put_span(c->ctx, entry, text, false))
		json_array_append_new(c->warnings, json_string(cvp_arena_printf(
						       c->ctx->arena, "The dates at %s were not understood", pointer)));
}

static enum cvp_code
convert_field(struct cvp_converter *c, json_t *entry, const struct cvp_convert_field *field, const json_t *item,
	      const char *pointer)
{
	const char *text;
	enum cvp_code code;

	switch (field->kind) {
	case CVP_CONVERT_LIST:
		return convert_texts(c, entry, field, item, pointer);
	case CVP_CONVERT_RICH:
	case CVP_CONVERT_LINES:
		return convert_rich(c, entry, field, item, pointer);
	case CVP_CONVERT_LINK:
		code = cvp_convert_link(c, item, pointer, field->from, &text);
		break;
	default:
		code = cvp_convert_text(c, item, pointer, field->from, &text);
	}
	if (code != CVP_OK || !text)
		return code;
	if (field->kind == CVP_CONVERT_SPAN)
		put_span(c, entry, text, pointer);
	else if (field->kind == CVP_CONVERT_START || field->kind == CVP_CONVERT_END)
		put_date(c, entry, field, text, pointer);
	else
		set_text(entry, field->to, text);
	return CVP_OK;
}

/* The list the entries go to: the resume's, or, of basics, its profiles. */
static json_t *
list_named(struct cvp_converter *c, const char *to)
{
	json_t *owner = strcmp(to, "profiles") == 0 ? json_object_get(c->resume, "basics") : c->resume;
	json_t *list = json_object_get(owner, to);

	if (!list) {
		list = json_array();
		json_object_set_new(owner, to, list);
	}
	return list;
}

enum cvp_code
cvp_convert_item(struct cvp_converter *c, const struct cvp_convert_section *section, const json_t *item,
		 const char *pointer)
{
	json_t *entry = cvp_own(c->ctx, json_object());

	for (const struct cvp_convert_field *field = section->fields; field->to; field++) {
		enum cvp_code code = convert_field(c, entry, field, item, pointer);

		if (code != CVP_OK)
			return code;
	}
	if (json_object_size(entry) > 0)
		json_array_append(list_named(c, section->to), entry);
	return CVP_OK;
}

enum cvp_code
cvp_convert_each(struct cvp_converter *c, const struct cvp_convert_section *section, const json_t *items,
		 const char *pointer, cvp_convert_one *convert)
{
	enum cvp_code code = CVP_OK;

	for (size_t i = 0; i < json_array_size(items) && code == CVP_OK; i++) {
		const json_t *item = json_array_get(items, i);
		const char *at = cvp_pointer_index(c->ctx, pointer, i);
		bool is_hidden;

		if (json_is_null(item))
			continue;
		if (!json_is_object(item))
			return cvp_pointer_wants(c->ctx, at, "an object");
		code = cvp_convert_is_hidden(c, item, at, &is_hidden);
		if (code == CVP_OK && !is_hidden)
			code = convert(c, section, item, at);
	}
	return code;
}

void
cvp_convert_keep(struct cvp_converter *c, const char *label, const char *lines)
{
	char *rest = cvp_arena_strdup(c->ctx->arena, lines), *line;

	while ((line = next_line(&rest)) != NULL) {
		if (cvp_cv_is_blank(line))
			continue;
		if (!cvp_cv_is_blank(label))
			line = cvp_arena_printf(c->ctx->arena, "%s: %s", label, line);
		add_to_list(c->resume, "x_unparsed", line);
	}
}
