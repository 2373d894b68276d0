#include "career/cv_form.h"

#include <stdlib.h>
#include <string.h>

#include "career/cv_form_parts.h"
#include "core/buf.h"
#include "core/ctx.h"

#define FIELD_MAX  (1024u * 1024u)
#define SPACES     " \t\n"
#define DATES_KEPT "x_dates" /* the dates as written (SPEC 2.2) */

static const struct cvp_form_field basics[] = {
	{ "name", "name", CVP_FORM_TEXT, 0, "name", false },
	{ "email", "email", CVP_FORM_TEXT, 0, "email", false },
	{ "phone", "phone", CVP_FORM_TEXT, 0, "tel", false },
	{ "location", "location", CVP_FORM_PLACE, 0, NULL, false },
	{ "summary", "summary", CVP_FORM_TEXT, 5, NULL, false },
};

static const struct cvp_form_field work[] = {
	{ "position", "position", CVP_FORM_TEXT, 0, NULL, false },
	{ "company", "name", CVP_FORM_TEXT, 0, NULL, false },
	{ "start", "startDate", CVP_FORM_DATE, 0, NULL, false },
	{ "end", "endDate", CVP_FORM_DATE, 0, NULL, false },
	{ "place", "location", CVP_FORM_PLACE, 0, NULL, false },
	{ "about", "summary", CVP_FORM_TEXT, 3, NULL, false },
	{ "lines", "highlights", CVP_FORM_LINES, 6, NULL, false },
};

static const struct cvp_form_field education[] = {
	{ "school", "institution", CVP_FORM_TEXT, 0, NULL, false },
	{ "degree", "studyType", CVP_FORM_TEXT, 0, NULL, false },
	{ "area", "area", CVP_FORM_TEXT, 0, NULL, false },
	{ "start", "startDate", CVP_FORM_DATE, 0, NULL, false },
	{ "end", "endDate", CVP_FORM_DATE, 0, NULL, false },
};

static const struct cvp_form_field lists[] = {
	{ "skills", "skills", CVP_FORM_SKILLS, 8, NULL, false },
	{ "languages", "languages", CVP_FORM_LANGUAGES, 4, NULL, false },
	{ "unparsed", "x_unparsed", CVP_FORM_LINES, 5, NULL, true },
};

static const char *const work_members[] = { "work", "experience", "work_experience", NULL };
static const char *const education_members[] = { "education", NULL };

const struct cvp_form_part cvp_form_basics = { "basics", NULL, basics, CVP_COUNT(basics) };
const struct cvp_form_part cvp_form_lists = { "", NULL, lists, CVP_COUNT(lists) };
const struct cvp_form_part cvp_form_entries[2] = {
	{ "work", work_members, work, CVP_COUNT(work) },
	{ "education", education_members, education, CVP_COUNT(education) },
};

/* ---- a resume's values as texts */

const char *
cvp_form_member(const struct cvp_form_part *part, const json_t *resume)
{
	for (const char *const *name = part->members; *name != NULL; name++)
		if (json_array_size(json_object_get(resume, *name)) > 0)
			return *name;
	return part->members[0];
}

bool
cvp_form_shows(const struct cvp_form_part *part, const json_t *resume)
{
	const json_t *list = json_object_get(resume, cvp_form_member(part, resume));

	return list == NULL || json_is_null(list) || json_is_array(list);
}

static void
add_joined(struct cvp_ctx *ctx, struct cvp_buf *text, const json_t *list, const char *between)
{
	size_t index;
	json_t *item;

	json_array_foreach (list, index, item) {
		const char *words = cvp_form_text(ctx, item);

		if (*words == '\0')
			continue;
		if (text->length > 0)
			cvp_buf_text(text, between);
		/* a line is one line, whatever the file had */
		for (; *words != '\0'; words++)
			cvp_buf_char(text, *words == '\n' ? ' ' : *words);
	}
}

/* {name, keywords[]}, {language, fluency}, {city, region} */
static const char *
object_text(struct cvp_ctx *ctx, const json_t *object)
{
	static const char *const heads[] = { "name", "language", "city", "address" };
	const char *head = "", *fluency = json_string_value(json_object_get(object, "fluency"));
	const char *region = json_string_value(json_object_get(object, "region")), *keywords;
	struct cvp_buf text = CVP_BUF(FIELD_MAX);

	for (size_t i = 0; i < CVP_COUNT(heads) && *head == '\0'; i++)
		if (json_is_string(json_object_get(object, heads[i])))
			head = json_string_value(json_object_get(object, heads[i]));
	add_joined(ctx, &text, json_object_get(object, "keywords"), ", ");
	keywords = cvp_buf_take(&text, ctx->arena);
	if (*keywords != '\0')
		return *head != '\0' ? cvp_arena_printf(ctx->arena, "%s: %s", head, keywords) : keywords;
	if (fluency != NULL && *fluency != '\0')
		return cvp_arena_printf(ctx->arena, "%s (%s)", head, fluency);
	if (region != NULL && *region != '\0')
		return cvp_arena_printf(ctx->arena, "%s%s%s", head, *head != '\0' ? ", " : "", region);
	return head;
}

const char *
cvp_form_text(struct cvp_ctx *ctx, const json_t *value)
{
	struct cvp_buf text = CVP_BUF(FIELD_MAX);

	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return cvp_arena_printf(ctx->arena, "%lld", (long long)json_integer_value(value));
	if (json_is_object(value))
		return object_text(ctx, value);
	add_joined(ctx, &text, value, "\n");
	return cvp_buf_take(&text, ctx->arena);
}

/* ---- forms */

static void
put(json_t *form, const char *key, const char *text)
{
	if (*text != '\0')
		json_object_set_new(form, key, json_string(text));
}

static void
take_fields(struct cvp_ctx *ctx, json_t *form, const struct cvp_form_part *part, const json_t *from)
{
	for (size_t i = 0; i < part->count; i++)
		put(form, part->fields[i].key, cvp_form_text(ctx, json_object_get(from, part->fields[i].member)));
}

/* A CV without "basics" has their members at its root (cv.h). */
static bool
has_bare_basics(const json_t *resume)
{
	return !json_is_object(json_object_get(resume, "basics")) && json_is_string(json_object_get(resume, "name"));
}

json_t *
cvp_cv_form_of_resume(struct cvp_ctx *ctx, const json_t *resume)
{
	json_t *form = cvp_own(ctx, json_object()), *item;
	size_t index;

	take_fields(ctx, form, &cvp_form_basics, has_bare_basics(resume) ? resume : json_object_get(resume, "basics"));
	take_fields(ctx, form, &cvp_form_lists, resume);
	for (size_t i = 0; i < CVP_COUNT(cvp_form_entries); i++) {
		const struct cvp_form_part *part = &cvp_form_entries[i];
		json_t *entries = json_array();

		json_array_foreach (json_object_get(resume, cvp_form_member(part, resume)), index, item) {
			json_t *entry = json_object();

			take_fields(ctx, entry, part, item);
			json_object_set_new(entry, "at", json_integer((json_int_t)index));
			if (json_is_object(item))
				json_array_append(entries, entry);
			json_decref(entry);
		}
		if (cvp_form_shows(part, resume))
			json_object_set(form, part->key, entries);
		json_decref(entries);
	}
	return form;
}

/* Without the carriage returns of forms, and without white space around. */
static const char *
trimmed(struct cvp_ctx *ctx, const char *text, size_t length)
{
	char *copy = cvp_arena_strndup(ctx->arena, text, length), *to = copy;

	for (const char *from = copy; *from != '\0'; from++)
		if (*from != '\r')
			*to++ = *from;
	*to = '\0';
	copy += strspn(copy, SPACES);
	while (to > copy && strchr(SPACES, to[-1]) != NULL)
		*--to = '\0';
	return copy;
}

static const char *
typed(struct cvp_ctx *ctx, const json_t *body, const char *name)
{
	const char *text = json_string_value(json_object_get(body, name));

	return text != NULL ? trimmed(ctx, text, strlen(text)) : "";
}

static json_t *
typed_entry(struct cvp_ctx *ctx, const json_t *body, const struct cvp_form_part *part, long index)
{
	const char *at = typed(ctx, body, cvp_arena_printf(ctx->arena, "%s_%ld_at", part->key, index));
	json_t *entry = json_object();

	for (size_t i = 0; i < part->count; i++)
		put(entry, part->fields[i].key,
		    typed(ctx, body, cvp_arena_printf(ctx->arena, "%s_%ld_%s", part->key, index, part->fields[i].key)));
	if (*at >= '0' && *at <= '9')
		json_object_set_new(entry, "at", json_integer(strtol(at, NULL, 10)));
	return entry;
}

static void
typed_fields(struct cvp_ctx *ctx, json_t *form, const json_t *body, const struct cvp_form_part *part)
{
	for (size_t i = 0; i < part->count; i++)
		put(form, part->fields[i].key, typed(ctx, body, part->fields[i].key));
}

json_t *
cvp_cv_form_of_body(struct cvp_ctx *ctx, const json_t *body)
{
	json_t *form = cvp_own(ctx, json_object());

	typed_fields(ctx, form, body, &cvp_form_basics);
	typed_fields(ctx, form, body, &cvp_form_lists);
	for (size_t i = 0; i < CVP_COUNT(cvp_form_entries); i++) {
		const struct cvp_form_part *part = &cvp_form_entries[i];
		const char *said = typed(ctx, body, cvp_arena_printf(ctx->arena, "%s_count", part->key));
		long count = strtol(said, NULL, 10);
		json_t *entries = json_array();

		for (long n = 0; n < count && n < CVP_FORM_ENTRIES_MOST; n++)
			json_array_append_new(entries, typed_entry(ctx, body, part, n));
		if (*said != '\0')
			json_object_set(form, part->key, entries);
		json_decref(entries);
	}
	return form;
}

bool
cvp_cv_form_change(json_t *form, const char *action)
{
	bool is_add = strncmp(action, "add_", 4) == 0, is_remove = strncmp(action, "remove_", 7) == 0;
	const char *named = action + (is_add ? 4 : 7);

	for (size_t i = 0; i < CVP_COUNT(cvp_form_entries) && (is_add || is_remove); i++) {
		const char *key = cvp_form_entries[i].key;
		json_t *entries = json_object_get(form, key);
		size_t length = strlen(key);

		if (strncmp(named, key, length) != 0 || entries == NULL)
			continue;
		if (is_add && named[length] == '\0')
			return json_array_size(entries) >= CVP_FORM_ENTRIES_MOST ||
			       json_array_append_new(entries, json_object()) == 0;
		if (is_remove && named[length] == '_' && named[length + 1] >= '0' && named[length + 1] <= '9') {
			/* twice the same click takes nothing more away than there is */
			json_array_remove(entries, strtoul(named + length + 1, NULL, 10));
			return true;
		}
	}
	return false;
}

/* ---- a resume again */

bool
cvp_form_has_words(const json_t *entry)
{
	return json_object_size(entry) > (json_object_get(entry, "at") != NULL ? 1u : 0u);
}

/* City to the first comma, region the rest (SPEC 2.2); what else is known of the place stays. */
static json_t *
place_of(struct cvp_ctx *ctx, const json_t *before, const char *text)
{
	json_t *place = json_is_object(before) ? json_copy((json_t *)before) : json_object();
	size_t city = strcspn(text, ",");
	const char *region = text + city + (text[city] != '\0');

	region += strspn(region, SPACES);
	json_object_set_new(place, "city", json_string(cvp_arena_strndup(ctx->arena, text, city)));
	if (*region != '\0')
		json_object_set_new(place, "region", json_string(region));
	else
		json_object_del(place, "region");
	return place;
}

/* The entry of the list that reads like the line; it keeps what the form does not show. NULL: it is new. */
static json_t *
known_item(struct cvp_ctx *ctx, const json_t *before, const char *line)
{
	size_t index;
	json_t *item;

	json_array_foreach (before, index, item)
		if (strcmp(cvp_form_text(ctx, item), line) == 0)
			return json_incref(item);
	return NULL;
}

static json_t *
keywords_of(struct cvp_ctx *ctx, const char *text)
{
	json_t *words = json_array();

	while (*text != '\0') {
		size_t length;

		text += strspn(text, ", ");
		length = strcspn(text, ",");
		if (length > 0)
			json_array_append_new(words, json_string(cvp_arena_strndup(ctx->arena, text, length)));
		text += length;
	}
	return words;
}

/* "Tools: Git, Make" */
static json_t *
skill_of(struct cvp_ctx *ctx, const char *line)
{
	const char *colon = strstr(line, ": ");

	if (colon == NULL || colon == line)
		return json_pack("{s:s}", "name", line);
	return json_pack("{s:s, s:o}", "name", cvp_arena_strndup(ctx->arena, line, (size_t)(colon - line)), "keywords",
			 keywords_of(ctx, colon + 2));
}

/* "German (fluent)" */
static json_t *
language_of(struct cvp_ctx *ctx, const char *line)
{
	const char *open = strstr(line, " ("), *end = line + strlen(line);

	if (open == NULL || open == line || end[-1] != ')')
		return json_pack("{s:s}", "language", line);
	return json_pack("{s:s, s:s}", "language", cvp_arena_strndup(ctx->arena, line, (size_t)(open - line)),
			 "fluency", cvp_arena_strndup(ctx->arena, open + 2, (size_t)(end - open - 3)));
}

static json_t *
item_of(struct cvp_ctx *ctx, enum cvp_form_kind kind, const char *line)
{
	if (kind == CVP_FORM_SKILLS)
		return skill_of(ctx, line);
	return kind == CVP_FORM_LANGUAGES ? language_of(ctx, line) : json_string(line);
}

static json_t *
list_of(struct cvp_ctx *ctx, enum cvp_form_kind kind, const json_t *before, const char *text)
{
	json_t *list = json_array();

	while (*text != '\0') {
		const char *line;
		size_t length;

		text += strspn(text, SPACES);
		length = strcspn(text, "\n");
		line = trimmed(ctx, text, length);
		if (*line != '\0') {
			json_t *known = known_item(ctx, before, line);

			json_array_append_new(list, known != NULL ? known : item_of(ctx, kind, line));
		}
		text += length;
	}
	return list;
}

static json_t *
value_of(struct cvp_ctx *ctx, enum cvp_form_kind kind, const json_t *before, const char *text)
{
	switch (kind) {
	case CVP_FORM_TEXT:
	case CVP_FORM_DATE:
		return json_string(text);
	case CVP_FORM_PLACE:
		return place_of(ctx, before, text);
	default:
		return list_of(ctx, kind, before, text);
	}
}

/* Fields that say what they said before are not touched: the resume keeps its own way to write them. */
static void
apply(struct cvp_ctx *ctx, json_t *to, const struct cvp_form_part *part, const json_t *form)
{
	for (size_t i = 0; i < part->count; i++) {
		const struct cvp_form_field *field = &part->fields[i];
		const char *text = typed(ctx, form, field->key);
		json_t *before = json_object_get(to, field->member);
		const char *shown = cvp_form_text(ctx, before);

		if (strcmp(trimmed(ctx, shown, strlen(shown)), text) == 0)
			continue;
		if (*text != '\0')
			json_object_set_new(to, field->member, value_of(ctx, field->kind, before, text));
		else
			json_object_del(to, field->member);
		if (field->kind == CVP_FORM_DATE)
			json_object_del(to, DATES_KEPT);
	}
}

static json_t *
applied_entries(struct cvp_ctx *ctx, const struct cvp_form_part *part, const json_t *form, const json_t *before)
{
	json_t *list = json_array(), *entry, *item;
	size_t index;

	json_array_foreach (json_object_get(form, part->key), index, entry) {
		const json_t *at = json_object_get(entry, "at");

		item = at != NULL ? json_array_get(before, (size_t)json_integer_value(at)) : NULL;
		item = json_is_object(item) ? json_copy(item) : json_object();
		apply(ctx, item, part, entry);
		if (cvp_form_has_words(entry))
			json_array_append(list, item);
		json_decref(item);
	}
	json_array_foreach (before, index, item)
		if (!json_is_object(item)) /* what the form cannot show keeps its place */
			json_array_insert(list, index < json_array_size(list) ? index : json_array_size(list), item);
	return list;
}

json_t *
cvp_cv_form_resume(struct cvp_ctx *ctx, const json_t *form, const json_t *resume)
{
	json_t *made = cvp_own(ctx, json_copy((json_t *)resume)), *head = json_object_get(resume, "basics");

	head = json_is_object(head) ? json_copy(head) : json_object();
	apply(ctx, has_bare_basics(resume) ? made : head, &cvp_form_basics, form);
	if (has_bare_basics(resume))
		json_decref(head);
	else
		json_object_set_new(made, "basics", head);
	apply(ctx, made, &cvp_form_lists, form);
	for (size_t i = 0; i < CVP_COUNT(cvp_form_entries); i++) {
		const struct cvp_form_part *part = &cvp_form_entries[i];
		const char *member = cvp_form_member(part, resume);
		json_t *list;

		if (json_object_get(form, part->key) == NULL || !cvp_form_shows(part, resume))
			continue;
		list = applied_entries(ctx, part, form, json_object_get(resume, member));
		if (json_array_size(list) > 0)
			json_object_set(made, member, list);
		else
			json_object_del(made, member);
		json_decref(list);
	}
	return made;
}
