/* schema_report.c - violations: where, as a JSON Pointer, and what, as a sentence that quotes the schema only. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "schema/schema_run.h"

#define VIOLATIONS_MAX 20
#define POINTER_MAX    8192 /* bytes; the instance's names are as long as its sender likes */
#define SENTENCE_MAX   1024
#define CHOICES_SHOWN  200 /* bytes of allowed values in a sentence */

static void
add_token(struct cvp_buf *pointer, const char *name, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (name[i] == '~')
			cvp_buf_text(pointer, "~0");
		else if (name[i] == '/')
			cvp_buf_text(pointer, "~1");
		else
			cvp_buf_char(pointer, name[i]);
	}
}

static void
add_pointer(struct cvp_buf *pointer, const struct schema_place *place)
{
	if (place->parent == NULL)
		return;
	add_pointer(pointer, place->parent);
	cvp_buf_char(pointer, '/');
	if (place->name != NULL)
		add_token(pointer, place->name, place->length);
	else
		cvp_buf_printf(pointer, "%zu", place->index);
}

/* "skills[2]": the member, and which item of it; a name only the instance knows is not repeated. */
static void
add_subject(struct cvp_buf *out, const struct schema_place *place)
{
	const struct schema_place *member = place;

	while (member->parent != NULL && member->name == NULL)
		member = member->parent;
	if (place->is_name)
		cvp_buf_text(out, "The name of this field");
	else if (place->parent == NULL)
		cvp_buf_text(out, "The document");
	else if (member->is_declared && member == place)
		cvp_buf_add(out, place->name, place->length);
	else if (member->is_declared && member == place->parent)
		cvp_buf_printf(out, "%.*s[%zu]", (int)member->length, member->name, place->index);
	else if (place->name == NULL)
		cvp_buf_printf(out, "Item %zu", place->index);
	else
		cvp_buf_text(out, "This field");
}

static bool
is_known(const struct schema_run *run, const char *pointer, const char *message)
{
	for (size_t i = 0; i < json_array_size(run->violations); i++) {
		const json_t *other = json_array_get(run->violations, i);

		if (strcmp(json_string_value(json_object_get(other, "pointer")), pointer) == 0 &&
		    strcmp(json_string_value(json_object_get(other, "message")), message) == 0)
			return true;
	}
	return false;
}

/* Two branches may complain of the same thing: it is told once. False where it was told. */
static bool
add_violation(struct schema_run *run, const struct schema_place *place, const char *message)
{
	struct cvp_buf pointer = CVP_BUF(POINTER_MAX);
	bool is_new;

	add_pointer(&pointer, place);
	is_new = !is_known(run, cvp_buf_string(&pointer), message);
	if (is_new) {
		if (run->violations == NULL)
			run->violations = json_array();
		json_array_append_new(run->violations,
				      json_pack("{s:s, s:s}", "pointer", cvp_buf_string(&pointer), "message", message));
		run->is_over = run->is_over || json_array_size(run->violations) >= VIOLATIONS_MAX;
	}
	cvp_buf_free(&pointer);
	return is_new;
}

bool
cvp_schema_violate_whole(struct schema_run *run, const struct schema_place *place, const char *message)
{
	if (run->quiet == 0 && !run->is_over)
		add_violation(run, place, message);
	return false;
}

bool
cvp_schema_violate(struct schema_run *run, const struct schema_place *place, const char *predicate, ...)
{
	struct cvp_buf sentence = CVP_BUF(SENTENCE_MAX);
	va_list args;
	char text[SENTENCE_MAX / 2];

	if (run->quiet > 0 || run->is_over)
		return false;
	va_start(args, predicate);
	vsnprintf(text, sizeof(text), predicate, args);
	va_end(args);
	add_subject(&sentence, place);
	cvp_buf_char(&sentence, ' ');
	cvp_buf_text(&sentence, text);
	cvp_schema_violate_whole(run, place, cvp_buf_string(&sentence));
	cvp_buf_free(&sentence);
	return false;
}

bool
cvp_schema_violate_missing(struct schema_run *run, const struct schema_place *place, const struct schema_name *name)
{
	struct schema_place absent = { .parent = place, .name = name->text, .length = name->length };
	struct cvp_buf sentence = CVP_BUF(SENTENCE_MAX);

	if (run->quiet > 0 || run->is_over)
		return false;
	cvp_buf_printf(&sentence, "Missing required field: %.*s", (int)name->length, name->text);
	if (add_violation(run, &absent, cvp_buf_string(&sentence)))
		run->missing++;
	cvp_buf_free(&sentence);
	return false;
}

static void
add_types(struct cvp_buf *out, unsigned types)
{
	static const struct {
		unsigned types;
		const char *name;
	} names[] = {
		{ SCHEMA_STRING, "a string" },
		{ SCHEMA_INTEGER | SCHEMA_FRACTION, "a number" },
		{ SCHEMA_INTEGER, "a whole number" },
		{ SCHEMA_BOOLEAN, "true or false" },
		{ SCHEMA_ARRAY, "an array" },
		{ SCHEMA_OBJECT, "an object" },
		{ SCHEMA_NULL, "null" },
	};
	bool is_first = true;

	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		if ((types & names[i].types) != names[i].types)
			continue;
		types &= ~names[i].types;
		if (!is_first)
			cvp_buf_text(out, types == 0 ? " or " : ", ");
		cvp_buf_text(out, names[i].name);
		is_first = false;
	}
}

bool
cvp_schema_violate_type(struct schema_run *run, const struct schema_place *place, unsigned types)
{
	struct cvp_buf text = CVP_BUF(SENTENCE_MAX);

	if (run->quiet > 0)
		return false;
	add_types(&text, types);
	cvp_schema_violate(run, place, "must be %s", cvp_buf_string(&text));
	cvp_buf_free(&text);
	return false;
}

/* A value of the schema, as JSON; false where it is too long to be shown. */
static bool
add_value(struct cvp_buf *out, const json_t *value)
{
	bool is_simple = !json_is_array(value) && !json_is_object(value);
	char *text = is_simple ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
	bool fits = text != NULL && out->length + strlen(text) <= CHOICES_SHOWN;

	if (fits)
		cvp_buf_text(out, text);
	free(text);
	return fits;
}

bool
cvp_schema_violate_constant(struct schema_run *run, const struct schema_place *place, const json_t *constant)
{
	struct cvp_buf text = CVP_BUF(SENTENCE_MAX);

	if (run->quiet > 0)
		return false;
	if (add_value(&text, constant))
		cvp_schema_violate(run, place, "must be %s", cvp_buf_string(&text));
	else
		cvp_schema_violate(run, place, "must be the value the schema gives");
	cvp_buf_free(&text);
	return false;
}

bool
cvp_schema_violate_choice(struct schema_run *run, const struct schema_place *place, const json_t *choices)
{
	struct cvp_buf text = CVP_BUF(SENTENCE_MAX);
	size_t count = json_array_size(choices), shown = 0;

	if (run->quiet > 0)
		return false;
	if (count == 1)
		return cvp_schema_violate_constant(run, place, json_array_get(choices, 0));
	while (shown < count && add_value(&text, json_array_get(choices, shown)))
		cvp_buf_text(&text, ++shown < count ? ", " : "");
	if (count == 0)
		cvp_schema_violate(run, place, "is not allowed here");
	else if (shown == 0)
		cvp_schema_violate(run, place, "must be one of the values the schema lists");
	else
		cvp_schema_violate(run, place, "must be one of: %s%s", cvp_buf_string(&text),
				   shown < count ? "..." : "");
	cvp_buf_free(&text);
	return false;
}

void
cvp_schema_refuse(struct schema_run *run, const char *refusal)
{
	if (run->refusal == NULL)
		run->refusal = refusal;
	run->is_over = true;
}

enum cvp_code
cvp_schema_outcome(struct schema_run *run, bool is_valid)
{
	static const struct schema_place root = { 0 };
	enum cvp_code code = CVP_VALIDATION_ERROR;
	const char *first;

	if (is_valid && run->refusal == NULL)
		return CVP_OK;
	if (run->refusal != NULL) { /* what was found before may be half the truth only */
		json_decref(run->violations);
		run->violations = NULL;
		add_violation(run, &root, run->refusal);
	} else if (run->missing == json_array_size(run->violations)) {
		code = CVP_VALIDATION_MISSING_REQUIRED_FIELD;
	}
	first = json_string_value(json_object_get(json_array_get(run->violations, 0), "message"));
	return cvp_fail_details(run->ctx, code, run->violations, "%s", first);
}
