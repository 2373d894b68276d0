/* tailored_cv_changes.c - what differs from the CV and why, and what of the request could not be followed. */
#include <string.h>

#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define CHANGES_MAX  5000 /* schemas/tailored_cv.json */
#define WARNINGS_MAX 1000

void
cvp_tailored_change(struct cvp_tailoring *t, struct cvp_change change)
{
	const char *reason = cvp_phrase(&t->vpr.phrases, change.reason, 0, change.slots);
	json_t *made;

	if (json_array_size(t->changes) == CHANGES_MAX)
		return;
	made = json_pack("{s:s, s:s, s:s*, s:s*, s:s*, s:s}", "kind", change.kind, "section", change.section, "field",
			 change.field, "before", change.before, "after", change.after, "reason", reason);
	if (change.source != NULL)
		json_object_set_new(made, "sources", json_pack("[s]", change.source));
	json_array_append_new(t->changes, made);
}

void
cvp_tailored_warn(struct cvp_tailoring *t, const char *field, const char *key, const char *name)
{
	const struct cvp_slot slots[] = { { "name", cvp_vpr_quotable(t->vpr.ctx, name, 80) }, { NULL, NULL } };

	if (json_array_size(t->warnings) < WARNINGS_MAX)
		json_array_append_new(t->warnings, json_pack("{s:s, s:s, s:s}", "field", field, "severity", "WARNING",
							     "message", cvp_phrase(&t->vpr.phrases, key, 0, slots)));
}

static bool
has_text(const json_t *texts, const char *text)
{
	for (size_t i = 0; i < json_array_size(texts); i++) {
		if (strcmp(json_string_value(json_array_get(texts, i)), text) == 0)
			return true;
	}
	return false;
}

json_t *
cvp_tailored_sections(const json_t *changes)
{
	json_t *sections = json_array();

	for (size_t i = 0; i < json_array_size(changes); i++) {
		json_t *section = json_object_get(json_array_get(changes, i), "section");

		if (!has_text(sections, json_string_value(section)))
			json_array_append(sections, section);
	}
	return sections;
}
