/* What the page of a CV's form shows: fields with what is to be said about them. */
#include <string.h>

#include "career/cv_form.h"
#include "career/cv_form_parts.h"
#include "core/ctx.h"

#define POINTER_DATES "x_dates"

/* What the whole view is made of. */
struct view {
	struct cvp_ctx *ctx;
	const json_t *form, *resume, *unsure, *errors;
	json_t *looks; /* where to look: links to fields */
};

/* Does a pointer lead to the member below the place, or into it? */
static bool
leads_to(const char *pointer, const char *place, const char *member)
{
	size_t length = strlen(place), rest = strlen(member);

	return pointer != NULL && strncmp(pointer, place, length) == 0 && pointer[length] == '/' &&
	       strncmp(pointer + length + 1, member, rest) == 0 &&
	       (pointer[length + 1 + rest] == '\0' || pointer[length + 1 + rest] == '/');
}

/* The first row of a list of {pointer, …} that is about the member. */
static const json_t *
row_about(const json_t *rows, const char *place, const char *member)
{
	size_t index;
	json_t *row;

	json_array_foreach (rows, index, row)
		if (leads_to(json_string_value(json_object_get(row, "pointer")), place, member))
			return row;
	return NULL;
}

static bool
is_unsure(const struct view *view, const struct cvp_form_field *field, const json_t *form, const char *place)
{
	if (strcmp(field->key, "start") == 0)
		return json_object_get(form, "start") == NULL && json_object_get(form, "end") == NULL &&
		       row_about(view->unsure, place, POINTER_DATES) != NULL;
	return row_about(view->unsure, place, field->member) != NULL;
}

/* A field; id: of its box and its name. entry: of the list it stands in, NULL without. */
static json_t *
view_field(const struct view *view, const struct cvp_form_field *field, const json_t *form, const char *place,
	   const char *id, const json_t *entry)
{
	struct cvp_ctx *ctx = view->ctx;
	json_t *shown = json_pack("{s:s, s:O*, s:s*, s:b}", "id", id, "value", json_object_get(form, field->key),
				  "complete", field->complete, "is_unsure", is_unsure(view, field, form, place));
	const json_t *error = row_about(view->errors, place, field->member);

	json_object_set_new(shown, cvp_arena_printf(ctx->arena, "is_%s", field->key), json_true());
	if (error != NULL)
		/* not "error": a field without one would show the page's */
		json_object_set(shown, "wrong", json_object_get(error, "message"));
	if (field->rows > 0)
		json_object_set_new(shown, "rows", json_integer(field->rows));
	if (field->kind == CVP_FORM_DATE)
		json_object_set_new(shown, "is_date", json_true());
	if (json_is_true(json_object_get(shown, "is_unsure"))) {
		json_t *look = json_copy(shown);

		json_object_set(look, "entry", (json_t *)entry);
		json_array_append_new(view->looks, look);
	}
	return shown;
}

static json_t *
view_fields(const struct view *view, const struct cvp_form_part *part, const json_t *form, const char *place,
	    const char *prefix, const json_t *entry)
{
	json_t *fields = json_array();

	for (size_t i = 0; i < part->count; i++) {
		const char *id = cvp_arena_printf(view->ctx->arena, "%s%s", prefix, part->fields[i].key);

		if (part->fields[i].is_left_over && json_object_get(form, part->fields[i].key) == NULL)
			continue;
		json_array_append_new(fields, view_field(view, &part->fields[i], form, place, id, entry));
	}
	return fields;
}

/* at: the entry's place in the resume that the form makes; an entry without a word has none. */
static json_t *
view_entry(const struct view *view, const struct cvp_form_part *part, const json_t *form, size_t index, long at)
{
	struct cvp_ctx *ctx = view->ctx;
	const char *member = cvp_form_member(part, view->resume);
	const char *place = at >= 0 ? cvp_arena_printf(ctx->arena, "/%s/%ld", member, at) : "-";
	const json_t *item = at >= 0 ? json_array_get(json_object_get(view->resume, member), (size_t)at) : NULL;
	/* a text: for a template the number 0 is as nothing */
	const char *origin = cvp_form_text(ctx, json_object_get(form, "at"));
	json_t *entry = json_pack("{s:i, s:s, s:s, s:O*}", "number", (int)index + 1, "prefix",
				  cvp_arena_printf(ctx->arena, "%s_%zu", part->key, index), "at", origin, "as_written",
				  json_object_get(item, POINTER_DATES));
	json_t *head = cvp_own(ctx, json_copy(entry));

	json_object_set_new(entry, cvp_arena_printf(ctx->arena, "is_%s", part->key), json_true());
	json_object_set(head, cvp_arena_printf(ctx->arena, "in_%s", part->key), json_true());
	json_object_set_new(
	    entry, "fields",
	    view_fields(view, part, form, place, cvp_arena_printf(ctx->arena, "%s_%zu_", part->key, index), head));
	return entry;
}

static json_t *
view_entries(const struct view *view, const struct cvp_form_part *part)
{
	const json_t *entries = json_object_get(view->form, part->key);
	json_t *shown = json_array(), *entry;
	size_t index;
	long at = 0;

	json_array_foreach (entries, index, entry) {
		bool is_there = cvp_form_has_words(entry);

		json_array_append_new(shown, view_entry(view, part, entry, index, is_there ? at : -1));
		at += is_there;
	}
	return shown;
}

json_t *
cvp_cv_form_view(struct cvp_ctx *ctx, const json_t *form, const json_t *resume, const json_t *unsure,
		 const json_t *errors)
{
	struct view view = { ctx, form, resume, unsure, errors, cvp_own(ctx, json_array()) };
	json_t *shown = cvp_own(ctx, json_object());

	json_object_set_new(shown, "basics", view_fields(&view, &cvp_form_basics, form, "/basics", "", NULL));
	for (size_t i = 0; i < CVP_COUNT(cvp_form_entries); i++) {
		const struct cvp_form_part *part = &cvp_form_entries[i];

		if (json_object_get(form, part->key) == NULL)
			continue;
		json_object_set_new(shown, part->key,
				    json_pack("{s:s, s:i, s:o}", "key", part->key, "count",
					      (int)json_array_size(json_object_get(form, part->key)), "entries",
					      view_entries(&view, part)));
	}
	json_object_set_new(shown, "lists", view_fields(&view, &cvp_form_lists, form, "", "", NULL));
	json_object_set(shown, "looks", view.looks);
	json_object_set_new(shown, "has_looks", json_boolean(json_array_size(view.looks) > 0));
	return shown;
}
