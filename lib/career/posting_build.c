#include "career/posting_build.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "career/posting_html.h"
#include "core/ctx.h"
#include "text/script.h"
#include "text/text.h"

/* SPEC 2.5 */
#define ENTRIES_MAX ((size_t)50)
#define ENTRY_MAX   ((size_t)1000)
#define NAMES_MAX   ((size_t)200)
#define TEXT_MAX    ((size_t)50000)

void
cvp_posting_begin(struct cvp_posting_build *build, struct cvp_ctx *ctx)
{
	build->ctx = ctx;
	build->posting = cvp_own(ctx, json_object());
	build->warnings = cvp_own(ctx, json_array());
	build->keys = cvp_own(ctx, json_object());
}

void
cvp_posting_warn(struct cvp_posting_build *build, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	json_array_append_new(build->warnings, json_string(cvp_arena_vprintf(build->ctx->arena, format, args)));
	va_end(args);
}

static bool
is_named(const char *key, const char *name, size_t length)
{
	size_t used = 0;

	for (; *key != '\0'; key++) {
		char c = *key >= 'A' && *key <= 'Z' ? (char)(*key | 32) : *key;

		if (c == '_' || c == '-')
			continue;
		if (used == length || name[used] != c)
			return false;
		used++;
	}
	return used == length;
}

static bool
is_empty(const json_t *value)
{
	return value == NULL || json_is_null(value) || (json_is_string(value) && json_string_length(value) == 0) ||
	       (json_is_array(value) && json_array_size(value) == 0) ||
	       (json_is_object(value) && json_object_size(value) == 0);
}

const json_t *
cvp_posting_member(const json_t *object, const char *names, const char **key)
{
	for (const char *name = names; *name != '\0';) {
		size_t length = strcspn(name, " ");
		void *at = json_object_iter((json_t *)object);

		for (; at != NULL; at = json_object_iter_next((json_t *)object, at)) {
			const json_t *value = json_object_iter_value(at);

			if (!is_named(json_object_iter_key(at), name, length) || is_empty(value))
				continue;
			if (key != NULL)
				*key = json_object_iter_key(at);
			return value;
		}
		name += length + (name[length] == ' ');
	}
	return NULL;
}

const char *
cvp_posting_text_of(const json_t *value)
{
	for (int depth = 0; depth < 4 && value != NULL; depth++) {
		if (json_is_string(value))
			return json_string_value(value);
		value = json_is_array(value) ? json_array_get(value, 0)
					     : cvp_posting_member(value, "name title value", NULL);
	}
	return NULL;
}

const char *
cvp_posting_squeeze(struct cvp_ctx *ctx, const char *text)
{
	size_t length = strlen(text), used = 0, size;
	char *to = cvp_arena_alloc(ctx->arena, length + 1);
	bool space = false;

	for (size_t at = 0; at < length; at += size) {
		uint32_t c = cvp_char_at(text + at, length - at, &size);

		if (cvp_char_plain(c) == ' ') {
			space = used > 0;
			continue;
		}
		if (space)
			to[used++] = ' ';
		space = false;
		memcpy(to + used, text + at, size);
		used += size;
	}
	to[used] = '\0';
	return to;
}

void
cvp_posting_put(struct cvp_posting_build *build, const char *member, const char *text)
{
	const char *squeezed;

	if (text == NULL)
		return;
	squeezed = cvp_posting_squeeze(build->ctx, cvp_html_text(build->ctx, text));
	if (squeezed[0] != '\0')
		json_object_set_new(build->posting, member, json_string(squeezed));
}

/* Lines with their inner spaces made one, no more than one blank line between them. */
static const char *
tidy_lines(struct cvp_ctx *ctx, const char *text)
{
	size_t room = strlen(text) + 2, used = 0, blank = 2;
	char *to = cvp_arena_alloc(ctx->arena, room);

	for (const char *line = text; *line != '\0';) {
		size_t length = strcspn(line, "\n");
		const char *tidy = cvp_posting_squeeze(ctx, cvp_arena_strndup(ctx->arena, line, length));
		size_t tidy_length = strlen(tidy);

		blank = tidy_length == 0 ? blank + 1 : 0;
		if (blank < 2) {
			memcpy(to + used, tidy, tidy_length);
			used += tidy_length;
			to[used++] = '\n';
		}
		line += length + (line[length] == '\n');
	}
	while (used > 0 && to[used - 1] == '\n')
		used--;
	to[used] = '\0';
	return to;
}

void
cvp_posting_put_body(struct cvp_posting_build *build, const char *member, const char *text)
{
	const char *body;

	if (text == NULL)
		return;
	body = tidy_lines(build->ctx, cvp_html_text(build->ctx, text));
	if (body[0] != '\0')
		json_object_set_new(build->posting, member, json_string(body));
}

/* One list being filled. */
struct list {
	struct cvp_posting_build *build;
	json_t *entries;
	const char *member, *pointer;
	bool is_lenient, is_full;
};

static enum cvp_code
list_add(struct list *list, const char *text, size_t length, size_t index)
{
	struct cvp_ctx *ctx = list->build->ctx;
	const char *entry = cvp_posting_squeeze(ctx, cvp_arena_strndup(ctx->arena, text, length));

	entry += strspn(entry, "-*+; ");
	if (strncmp(entry, "•", strlen("•")) == 0)
		entry = cvp_posting_squeeze(ctx, entry + strlen("•"));
	if (entry[0] == '\0')
		return CVP_OK;
	if (cvp_text_length(entry) > ENTRY_MAX || json_array_size(list->entries) >= ENTRIES_MAX) {
		const char *what = cvp_text_length(entry) > ENTRY_MAX ? "an entry is longer than 1,000 characters"
								      : "more than 50 entries";

		if (!list->is_lenient)
			return cvp_fail_at(ctx, CVP_VALIDATION_ERROR,
					   cvp_arena_printf(ctx->arena, "%s/%zu", list->pointer, index), "%s: %s",
					   list->member, what);
		if (!list->is_full)
			cvp_posting_warn(list->build, "%s: %s; left out.", list->member, what);
		list->is_full = true;
		return CVP_OK;
	}
	json_array_append_new(list->entries, json_string(entry));
	return CVP_OK;
}

/* The end of an entry of a text that has no lines: at a no-break space before a capital (how some boards join their
 * lists), at a semicolon, or at the end of a sentence. */
static size_t
entry_length(const char *text)
{
	size_t at = 0;

	for (; text[at] != '\0'; at++) {
		bool before_capital;

		if (text[at] == ';' || text[at] == '\n')
			return at;
		if (strncmp(text + at, "\xC2\xA0", 2) == 0) {
			before_capital = text[at + 2] >= 'A' && text[at + 2] <= 'Z';
			if (before_capital && at > 0 && text[at - 1] != ' ')
				return at;
		}
		before_capital = text[at] == '.' && text[at + 1] == ' ' && text[at + 2] >= 'A' && text[at + 2] <= 'Z';
		if (before_capital && at > 3 && text[at - 2] != '.' && text[at - 2] != ' ')
			return at;
	}
	return at;
}

static enum cvp_code
list_add_text(struct list *list, const char *text)
{
	const char *body = cvp_html_text(list->build->ctx, text);
	bool has_lines = strchr(body, '\n') != NULL;
	size_t index = 0;

	while (*body != '\0') {
		size_t length = has_lines ? strcspn(body, "\n") : entry_length(body);
		enum cvp_code code = list_add(list, body, length, index++);

		if (code != CVP_OK)
			return code;
		body += length;
		body += strncmp(body, "\xC2\xA0", 2) == 0 ? 2 : *body != '\0';
	}
	return CVP_OK;
}

static enum cvp_code
list_add_array(struct list *list, const json_t *array)
{
	const json_t *item;
	size_t index;

	json_array_foreach (array, index, item) {
		const char *text = cvp_posting_text_of(item);
		enum cvp_code code;

		if (text == NULL && list->is_lenient)
			continue;
		if (text == NULL)
			return cvp_fail_at(list->build->ctx, CVP_VALIDATION_ERROR,
					   cvp_arena_printf(list->build->ctx->arena, "%s/%zu", list->pointer, index),
					   "%s: an entry is no text", list->member);
		text = cvp_posting_squeeze(list->build->ctx, cvp_html_text(list->build->ctx, text));
		code = list_add(list, text, strlen(text), index);
		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

enum cvp_code
cvp_posting_put_list(struct cvp_posting_build *build, const char *member, const json_t *value, const char *pointer,
		     bool is_lenient)
{
	json_t *entries = json_object_get(build->posting, member);
	struct list list = { .build = build, .member = member, .pointer = pointer, .is_lenient = is_lenient };
	enum cvp_code code;

	if (value == NULL)
		return CVP_OK;
	list.entries = entries != NULL ? entries : cvp_own(build->ctx, json_array());
	if (json_is_string(value))
		code = list_add_text(&list, json_string_value(value));
	else if (json_is_array(value))
		code = list_add_array(&list, value);
	else
		code = cvp_fail_at(build->ctx, CVP_VALIDATION_ERROR, pointer, "%s: neither a list nor a text", member);
	if (code == CVP_OK && json_array_size(list.entries) > 0)
		json_object_set(build->posting, member, list.entries);
	return code;
}

const char *
cvp_posting_work_format(struct cvp_ctx *ctx, const char *text)
{
	static const char *const stems[][2] = {
		{ "hybrid", "hybrid" },      { "гибрид", "hybrid" },  { "היברידי", "hybrid" }, { "remote", "remote" },
		{ "telecommute", "remote" }, { "удален", "remote" },  { "дистанц", "remote" }, { "מרחוק", "remote" },
		{ "office", "office" },      { "onsite", "office" },  { "on-site", "office" }, { "офис", "office" },
		{ "מהמשרד", "office" },      { "fullday", "office" },
	};
	const char *folded = cvp_text_fold(ctx, text);

	for (size_t i = 0; i < CVP_COUNT(stems); i++) {
		if (strstr(folded, stems[i][0]) != NULL)
			return stems[i][1];
	}
	return strstr(folded, "удалён") != NULL ? "remote" : NULL;
}

static enum cvp_code
check_length(struct cvp_posting_build *build, const char *member, size_t max)
{
	const char *text = json_string_value(json_object_get(build->posting, member));
	const char *key = json_string_value(json_object_get(build->keys, member));

	if (text == NULL || cvp_text_length(text) <= max)
		return CVP_OK;
	return cvp_fail_at(build->ctx, CVP_VALIDATION_ERROR,
			   cvp_arena_printf(build->ctx->arena, "/%s", key != NULL ? key : member),
			   "%s is longer than %zu characters", member, max);
}

static enum cvp_code
check_limits(struct cvp_posting_build *build)
{
	static const struct {
		const char *member;
		size_t max;
	} limits[] = { { "company_name", NAMES_MAX },    { "role_title", NAMES_MAX }, { "industry", NAMES_MAX },
		       { "employment_type", NAMES_MAX }, { "source_url", 2048 },      { "description", TEXT_MAX } };

	for (size_t i = 0; i < CVP_COUNT(limits); i++) {
		enum cvp_code code = check_length(build, limits[i].member, limits[i].max);

		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

static void
put_language(struct cvp_posting_build *build)
{
	static const char *const lists[] = { "requirements", "responsibilities", "nice_to_have" };
	const char *text = json_string_value(json_object_get(build->posting, "description"));
	const char *all = text != NULL ? text : "";
	enum cvp_language language;

	for (size_t i = 0; i < CVP_COUNT(lists); i++) {
		const json_t *item;
		size_t index;

		json_array_foreach (json_object_get(build->posting, lists[i]), index, item)
			all = cvp_arena_printf(build->ctx->arena, "%s\n%s", all, json_string_value(item));
	}
	text = json_string_value(json_object_get(build->posting, "role_title"));
	if (all[0] == '\0' && text != NULL)
		all = text;
	language = cvp_language_detect(all, strlen(all));
	json_object_set_new(build->posting, "language", json_string(cvp_language_name(language)));
}

enum cvp_code
cvp_posting_finish(struct cvp_posting_build *build, bool is_strict, struct cvp_posting_import *import)
{
	static const char *const names[][2] = { { "company_name", "The company's name" },
						{ "role_title", "The role's title" } };
	enum cvp_code code = check_limits(build);

	if (code != CVP_OK)
		return code;
	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		if (json_object_get(build->posting, names[i][0]) != NULL)
			continue;
		if (is_strict)
			return cvp_fail_at(build->ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD,
					   cvp_arena_printf(build->ctx->arena, "/%s", names[i][0]),
					   "Missing required field: %s", names[i][0]);
		json_object_set_new(build->posting, names[i][0], json_null());
		cvp_posting_warn(build, "%s was not found in the posting.", names[i][1]);
	}
	if (json_object_get(build->posting, "language") == NULL)
		put_language(build);
	import->posting = build->posting;
	import->warnings = build->warnings;
	return CVP_OK;
}
