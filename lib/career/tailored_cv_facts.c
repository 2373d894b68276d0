/* tailored_cv_facts.c - what a tailored CV takes over as it is: contact, schools, certificates, the other sections. */
#include <string.h>

#include "career/cv_entry.h"
#include "career/cv_keys.h"
#include "career/cv_pointer.h"
#include "career/tailored_cv_parts.h"
#include "core/ctx.h"

#define ENTRIES_MAX 500 /* schemas/tailored_cv.json */

/* The first of the keys that holds a text which is not blank. */
static const char *
first_text(const json_t *object, const char *const *keys)
{
	for (; *keys != NULL; keys++) {
		const char *text = json_string_value(json_object_get(object, *keys));

		if (!cvp_cv_is_blank(text))
			return text;
	}
	return NULL;
}

static const json_t *
basics_of(const struct cvp_cv *cv)
{
	const json_t *basics = json_object_get(cv->resume, "basics");

	return json_is_object(basics) ? basics : cv->resume;
}

/* "Berlin, Germany": the parts of an address that are given, or the text it is. */
static const char *
location_of(struct cvp_ctx *ctx, const json_t *location)
{
	static const char *const parts[] = { "address", "postalCode", "city", "region", "countryCode" };
	const char *joined = NULL;

	if (json_is_string(location))
		return json_string_value(location);
	for (size_t i = 0; i < CVP_COUNT(parts); i++) {
		const char *part = json_string_value(json_object_get(location, parts[i]));

		if (!cvp_cv_is_blank(part))
			joined = joined == NULL ? part : cvp_arena_printf(ctx->arena, "%s, %s", joined, part);
	}
	return joined;
}

static const char *
linkedin_of(const json_t *profiles)
{
	for (size_t i = 0; i < json_array_size(profiles); i++) {
		const json_t *profile = json_array_get(profiles, i);
		const char *url = json_string_value(json_object_get(profile, "url"));

		if (url != NULL && strstr(url, "linkedin.") != NULL)
			return url;
	}
	return NULL;
}

json_t *
cvp_tailored_contact(struct cvp_tailoring *t)
{
	static const char *const urls[] = { "url", "website", NULL };
	const struct cvp_cv *cv = t->vpr.cv;
	const json_t *basics = basics_of(cv), *profiles = json_object_get(basics, "profiles");
	json_t *made = json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*}", "name", cv->name.text, "x_label",
				 cv->label.text, "email", cv->email.text, "phone", cv->phone.text, "location",
				 location_of(t->vpr.ctx, json_object_get(basics, "location")), "linkedin",
				 linkedin_of(profiles), "x_url", first_text(basics, urls));

	if (json_array_size(profiles) > 0)
		json_object_set(made, "x_profiles", (json_t *)profiles);
	return made;
}

static void
put_dates(struct cvp_tailoring *t, const struct cvp_cv_entry *entry, json_t *made)
{
	static const char *const spans[] = { "x_dates", "dates", NULL };
	const char *span = first_text(entry->value, spans);

	if (entry->start.year != 0)
		json_object_set_new(made, "start_date", json_string(cvp_date_text(t->vpr.ctx, entry->start)));
	if (entry->end.year != 0)
		json_object_set_new(made, "end_date", json_string(cvp_date_text(t->vpr.ctx, entry->end)));
	if (span != NULL)
		json_object_set_new(made, "x_dates", json_string(span));
}

static json_t *
school_of(struct cvp_tailoring *t, const struct cvp_cv_entry *entry)
{
	static const char *const marks[] = { "score", "gpa", NULL };
	json_t *honors = json_object_get(entry->value, "x_honors"), *courses = json_object_get(entry->value, "courses");
	json_t *made = json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s}", "institution",
				 entry->organisation.text != NULL ? entry->organisation.text : "", "degree",
				 entry->title.text, "field_of_study", entry->area.text, "location",
				 entry->location.text, "gpa", first_text(entry->value, marks), "x_source",
				 entry->pointer);

	put_dates(t, entry, made);
	if (honors == NULL)
		honors = json_object_get(entry->value, "honors");
	if (honors != NULL && !json_is_null(honors))
		json_object_set(made, "honors", honors);
	if (json_array_size(courses) > 0)
		json_object_set(made, "courses", courses);
	return made;
}

json_t *
cvp_tailored_schools(struct cvp_tailoring *t)
{
	json_t *schools = json_array();

	for (size_t i = 0; i < t->vpr.cv->entry_count; i++) {
		if (t->vpr.cv->entries[i].section == CVP_CV_EDUCATION)
			json_array_append_new(schools, school_of(t, &t->vpr.cv->entries[i]));
	}
	return schools;
}

/* The section's list in the resume, under whichever of its names it stands; *pointer where. NULL: not there. */
static const json_t *
list_of(const struct cvp_cv *cv, enum cvp_cv_section section, const char **name)
{
	const struct cvp_cv_section_keys *keys = cvp_cv_section_keys(section);

	for (size_t i = 0; keys->names[i] != NULL; i++) {
		const json_t *list = json_object_get(cv->resume, keys->names[i]);

		if (json_array_size(list) > 0) {
			*name = keys->names[i];
			return list;
		}
	}
	return NULL;
}

static json_t *
certification_of(struct cvp_ctx *ctx, const json_t *given, const char *pointer)
{
	static const char *const names[] = { "name", "title", NULL };
	static const char *const issuers[] = { "issuer", "issuing_organization", "awarder", NULL };
	static const char *const dates[] = { "date", "issue_date", NULL };
	static const char *const ends[] = { "x_expiry_date", "expiry_date", NULL };
	static const char *const ids[] = { "x_credential_id", "credential_id", NULL };
	static const char *const urls[] = { "url", NULL };
	const char *name = json_is_string(given) ? json_string_value(given) : first_text(given, names);

	(void)ctx;
	if (cvp_cv_is_blank(name))
		return NULL;
	return json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:s}", "name", name, "issuer", first_text(given, issuers),
			 "date", first_text(given, dates), "expiry_date", first_text(given, ends), "credential_id",
			 first_text(given, ids), "url", first_text(given, urls), "x_source", pointer);
}

json_t *
cvp_tailored_certifications(struct cvp_tailoring *t)
{
	const char *name = NULL;
	const json_t *list = list_of(t->vpr.cv, CVP_CV_CERTIFICATES, &name);
	struct cvp_ctx *ctx = t->vpr.ctx;
	json_t *made = json_array();

	if (list != NULL && t->wishes.is_excluded[CVP_CV_CERTIFICATES]) {
		cvp_tailored_change(t, (struct cvp_change){ .kind = "cut",
							    .section = "certifications",
							    .source = cvp_pointer_key(ctx, "", name),
							    .reason = "tailor.cut.excluded" });
		return made;
	}
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *pointer = cvp_pointer_index(ctx, cvp_pointer_key(ctx, "", name), i);
		json_t *certification = certification_of(ctx, json_array_get(list, i), pointer);

		if (certification != NULL)
			json_array_append_new(made, certification);
	}
	return made;
}

/* May an entry or a section of so little relevance go? Languages, and what the person wants in front, stay. */
static bool
is_left_out(const struct cvp_tailoring *t, enum cvp_cv_section section, const struct cvp_tailored_unit *unit)
{
	if (unit == NULL || unit->is_emphasised || t->wishes.length == CVP_DETAILED || section == CVP_CV_LANGUAGES)
		return false;
	if (section == CVP_CV_PROJECTS || section == CVP_CV_VOLUNTEER)
		return unit->relevance >= (t->wishes.length == CVP_COMPACT ? CVP_IF_ROOM : CVP_OMIT);
	return t->wishes.length == CVP_COMPACT && unit->relevance == CVP_OMIT;
}

static void
note_cut(struct cvp_tailoring *t, const char *section, const char *pointer, const char *title, const char *reason)
{
	cvp_tailored_change(
	    t, (struct cvp_change){
		   .kind = "cut", .section = section, .source = pointer, .before = title, .reason = reason });
}

struct weighed {
	const json_t *value;
	double score;
};

/* Entries that are weighed one by one, the most relevant first; the others in the CV's order. */
static json_t *
entries_of(struct cvp_tailoring *t, enum cvp_cv_section section, const json_t *list, const char *name)
{
	static const char *const titles[] = { "name", "title", "position", "organization", NULL };
	struct cvp_ctx *ctx = t->vpr.ctx;
	const char *place = cvp_pointer_key(ctx, "", name);
	const struct cvp_tailored_unit *whole = cvp_tailored_unit_at(t, place);
	struct weighed *kept = cvp_arena_alloc(ctx->arena, json_array_size(list) * sizeof(*kept));
	json_t *made = json_array();
	size_t count = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *value = json_array_get(list, i);
		const char *pointer = cvp_pointer_index(ctx, place, i);
		const struct cvp_tailored_unit *unit = cvp_tailored_unit_at(t, pointer);
		struct weighed entry = { value, unit != NULL ? unit->score + unit->is_emphasised : 0 };
		size_t at = count;

		if (!json_is_object(value) || count == ENTRIES_MAX)
			continue;
		if (is_left_out(t, section, unit != NULL ? unit : whole)) {
			note_cut(t, name, pointer, first_text(value, titles), "tailor.cut.relevance");
			continue;
		}
		for (; at > 0 && kept[at - 1].score < entry.score; at--)
			kept[at] = kept[at - 1];
		kept[at] = entry;
		count++;
	}
	for (size_t i = 0; i < count; i++)
		json_array_append(made, (json_t *)kept[i].value);
	return made;
}

json_t *
cvp_tailored_other(struct cvp_tailoring *t)
{
	static const struct {
		const char *key;
		enum cvp_cv_section section;
	} others[] = {
		{ "projects", CVP_CV_PROJECTS },     { "volunteer", CVP_CV_VOLUNTEER },
		{ "awards", CVP_CV_AWARDS },         { "publications", CVP_CV_PUBLICATIONS },
		{ "languages", CVP_CV_LANGUAGES },   { "interests", CVP_CV_INTERESTS },
		{ "references", CVP_CV_REFERENCES },
	};
	json_t *other = json_object();

	for (size_t i = 0; i < CVP_COUNT(others); i++) {
		const char *name = NULL;
		const json_t *list = list_of(t->vpr.cv, others[i].section, &name);
		json_t *entries;

		if (list == NULL)
			continue;
		if (t->wishes.is_excluded[others[i].section]) {
			note_cut(t, others[i].key, cvp_pointer_key(t->vpr.ctx, "", name), NULL, "tailor.cut.excluded");
			continue;
		}
		entries = entries_of(t, others[i].section, list, name);
		if (json_array_size(entries) > 0)
			json_object_set(other, others[i].key, entries);
		json_decref(entries);
	}
	if (json_object_size(other) > 0)
		return other;
	json_decref(other);
	return NULL;
}
