#include "form.h"

#include <string.h>

/* The five characters the templates escape. */
static const char *
plain(const char *escaped, size_t length)
{
	static const char *const pairs[][2] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" },
	};
	char *copy = (char *)text("%.*s", (int)length, escaped), *to = copy;

	for (const char *from = copy; *from != '\0';) {
		size_t step = 0;

		for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && step == 0; i++)
			if (strncmp(from, pairs[i][0], strlen(pairs[i][0])) == 0) {
				*to++ = pairs[i][1][0];
				step = strlen(pairs[i][0]);
			}
		if (step == 0)
			*to++ = *from;
		from += step > 0 ? step : 1;
	}
	*to = '\0';
	return copy;
}

/* The value of an attribute of the tag that begins at `tag`; NULL without. */
static const char *
attribute(const char *tag, const char *name)
{
	const char *end = strchr(tag, '>'), *found = strstr(tag, text(" %s=\"", name));

	if (found == NULL || found > end)
		return NULL;
	found += strlen(name) + 3;
	return plain(found, strcspn(found, "\""));
}

json_t *
form_of(const struct answer *page, const char *mark)
{
	const char *at = strstr(page->body, mark), *end = at != NULL ? strstr(at, "</form>") : NULL;
	json_t *form = kept(json_object());

	ck_assert_msg(end != NULL, "no form %s: %s", mark, page->body);
	for (; (at = strchr(at, '<')) != NULL && at < end; at++) {
		const char *name = attribute(at, "name"), *value = attribute(at, "value");

		if (strncmp(at, "<input", 6) == 0 && name != NULL)
			json_object_set_new(form, name, json_string(value != NULL ? value : ""));
		if (strncmp(at, "<textarea", 9) == 0 && name != NULL) {
			const char *words = strchr(at, '>') + 1;

			json_object_set_new(form, name,
					    json_string(plain(words, (size_t)(strstr(words, "</textarea>") - words))));
		}
	}
	return form;
}

const struct answer *
send_form(const struct person *person, const char *path, json_t *form, const char *action)
{
	const char *body = text("_action=%s", action), *name;
	json_t *value;

	json_object_foreach (form, name, value)
		body = text("%s&%s=%s", body, encoded(name), encoded(json_string_value(value)));
	return call("POST", path, HEADERS(HTML, FORM_TYPE, person->authorization), body);
}
