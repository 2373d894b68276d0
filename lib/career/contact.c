#include "career/contact.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/ctx.h"

#define REMOVED      "[...]"
#define VALUE_LEAST  4 /* bytes: shorter ones stand within words */
#define NAME_LEAST   3
#define PHONE_DIGITS 9 /* fewer are a year range or a figure */
#define MARKS        " ()-.+"

static void
add_value(struct cvp_contact *contact, const json_t *value)
{
	const char *text = json_string_value(value);

	if (text != NULL && strlen(text) >= VALUE_LEAST && contact->value_count < CVP_CONTACT_MAX)
		contact->values[contact->value_count++] = text;
}

static int
compare_lengths(const void *a, const void *b)
{
	size_t left = strlen(*(const char *const *)a), right = strlen(*(const char *const *)b);

	return left < right ? 1 : left > right ? -1 : 0;
}

static void
add_names(struct cvp_ctx *ctx, struct cvp_contact *contact, const char *name)
{
	for (name += strspn(name, " "); *name != '\0'; name += strspn(name, " ")) {
		size_t length = strcspn(name, " ");

		if (length >= NAME_LEAST && contact->name_count < CVP_COUNT(contact->names))
			contact->names[contact->name_count++] = cvp_arena_strndup(ctx->arena, name, length);
		name += length;
	}
}

struct cvp_contact
cvp_contact_of(struct cvp_ctx *ctx, const json_t *resume)
{
	static const char *const keys[] = { "name", "email", "phone", "url", "website", "image", "picture" };
	static const char *const places[] = { "address", "postalCode" };
	const json_t *basics = json_object_get(resume, "basics"), *profiles;
	struct cvp_contact contact = { .value_count = 0 };
	const char *name = json_string_value(json_object_get(basics, "name"));

	for (size_t i = 0; i < CVP_COUNT(keys); i++)
		add_value(&contact, json_object_get(basics, keys[i]));
	for (size_t i = 0; i < CVP_COUNT(places); i++)
		add_value(&contact, json_object_get(json_object_get(basics, "location"), places[i]));
	profiles = json_object_get(basics, "profiles");
	for (size_t i = 0; i < json_array_size(profiles); i++) {
		add_value(&contact, json_object_get(json_array_get(profiles, i), "url"));
		add_value(&contact, json_object_get(json_array_get(profiles, i), "username"));
	}
	qsort(contact.values, contact.value_count, sizeof(*contact.values), compare_lengths);
	if (name != NULL)
		add_names(ctx, &contact, name);
	return contact;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

/* Does one of the values begin here? Its length; 0 where none does. */
static size_t
value_here(const char *const *values, size_t count, const char *text, const char *at)
{
	bool is_inside = at > text && is_letter(at[-1]);

	for (size_t i = 0; !is_inside && i < count; i++) {
		size_t length = strlen(values[i]);

		if (strncasecmp(at, values[i], length) == 0 && !is_letter(at[length]))
			return length;
	}
	return 0;
}

/* A run without spaces that holds "@" and a dot after it, or begins as a link does. */
static size_t
address_here(const char *text, const char *at)
{
	size_t length = strcspn(at, " \t\n\r<>()\"',;");
	const char *sign = memchr(at, '@', length);

	if (at > text && strchr(" \t\n\r<>()\"',;:", at[-1]) == NULL)
		return 0;
	if (sign != NULL && sign > at && memchr(sign, '.', length - (size_t)(sign - at)) != NULL)
		return length;
	if (strncasecmp(at, "http://", 7) == 0 || strncasecmp(at, "https://", 8) == 0 ||
	    strncasecmp(at, "www.", 4) == 0 || strncasecmp(at, "linkedin.com/", 13) == 0)
		return length;
	return 0;
}

/* Digits with the marks phone numbers are written with, from one that follows no digit. */
static size_t
phone_here(const char *text, const char *at)
{
	size_t length = 0, digits = 0, last = 0;

	if ((*at != '+' && *at != '(' && (*at < '0' || *at > '9')) || (at > text && is_letter(at[-1])))
		return 0;
	for (; at[length] != '\0' && ((at[length] >= '0' && at[length] <= '9') || strchr(MARKS, at[length]) != NULL);
	     length++) {
		if (at[length] >= '0' && at[length] <= '9') {
			digits++;
			last = length + 1;
		}
	}
	/* a span of dates is written with spaces around its dash */
	return digits >= PHONE_DIGITS && memmem(at, last, " - ", 3) == NULL ? last : 0;
}

static size_t
secret_here(const struct cvp_contact *contact, const char *text, const char *at, bool with_names)
{
	size_t length = value_here(contact->values, contact->value_count, text, at);

	if (length == 0 && with_names)
		length = value_here(contact->names, contact->name_count, text, at);
	if (length == 0)
		length = address_here(text, at);
	return length > 0 ? length : phone_here(text, at);
}

const char *
cvp_contact_removed(struct cvp_ctx *ctx, const struct cvp_contact *contact, const char *text, bool with_names)
{
	struct cvp_buf out = CVP_BUF(2 * strlen(text) + sizeof(REMOVED));
	bool is_changed = false;
	const char *kept;

	for (const char *at = text; *at != '\0';) {
		size_t length = secret_here(contact, text, at, with_names);

		if (length > 0) {
			cvp_buf_text(&out, REMOVED);
			is_changed = true;
			at += length;
		} else {
			cvp_buf_char(&out, *at++);
		}
	}
	kept = is_changed ? cvp_arena_strdup(ctx->arena, cvp_buf_string(&out)) : text;
	cvp_buf_free(&out);
	return kept;
}
