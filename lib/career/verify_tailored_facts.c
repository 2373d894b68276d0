/* verify_tailored_facts.c - what a tailored CV takes over as it is: contact, places, certificates, the other sections.
 */
#include <string.h>

#include "career/cv_date.h"
#include "career/cv_keys.h"
#include "career/cv_pointer.h"
#include "career/verify_tailored_parts.h"
#include "core/ctx.h"

#define CONTACT CVP_TAILORED "/contact_info"

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const json_t *
basics_of(const struct cvp_tailored_check *t)
{
	const json_t *resume = t->v.check.cv->cv->resume, *basics = json_object_get(resume, "basics");

	return json_is_object(basics) ? basics : resume;
}

static const char *
folded(const struct cvp_tailored_check *t, const char *text)
{
	return cvp_text_fold(t->v.ctx, cvp_tailored_plain(t, text));
}

/* Only the digits of a phone number; the text itself where it has none. */
static const char *
digits_of(const struct cvp_tailored_check *t, const char *text)
{
	const char *plain = cvp_tailored_plain(t, text);
	char *digits = cvp_arena_strdup(t->v.ctx->arena, plain), *to = digits;

	for (const char *at = plain; *at != '\0'; at++) {
		if (*at >= '0' && *at <= '9')
			*to++ = *at;
	}
	*to = '\0';
	return digits[0] != '\0' ? digits : plain;
}

/* An address of a page without what may be written or not: scheme, www, a last slash, case. */
static const char *
page_of(const struct cvp_tailored_check *t, const char *text)
{
	static const char *const starts[] = { "https://", "http://", "www." };
	char *page = cvp_arena_strdup(t->v.ctx->arena, folded(t, text));
	size_t length;

	for (size_t i = 0; i < CVP_COUNT(starts); i++) {
		if (strncmp(page, starts[i], strlen(starts[i])) == 0)
			page += strlen(starts[i]);
	}
	length = strlen(page);
	if (length > 0 && page[length - 1] == '/')
		page[length - 1] = '\0';
	return page;
}

/* Is it a whole text of the CV, both made comparable by `form`? */
static bool
stands_as(const struct cvp_tailored_check *t, const char *text,
	  const char *(*form)(const struct cvp_tailored_check *t, const char *text))
{
	const struct cvp_facts *facts = t->v.check.cv;
	const char *wanted = form(t, text);

	for (size_t i = 0; i < facts->text_count; i++) {
		if (strcmp(form(t, facts->texts[i].plain), wanted) == 0)
			return true;
	}
	return false;
}

static bool
is_title(const struct cvp_tailored_check *t, const char *text)
{
	const struct cvp_facts *facts = t->v.check.cv;

	for (size_t i = 0; i < facts->entity_count; i++) {
		if (facts->entities[i].kind == CVP_ENTITY_TITLE &&
		    strcmp(facts->entities[i].plain, cvp_tailored_plain(t, text)) == 0)
			return true;
	}
	return false;
}

/* The pieces of an address between its commas. */
static bool
is_piece_of(const struct cvp_tailored_check *t, const char *piece, const json_t *location)
{
	const char *key;
	json_t *value;

	if (json_is_string(location)) {
		const char *commas = cvp_arena_printf(t->v.ctx->arena, ", %s,", folded(t, json_string_value(location)));

		return strstr(commas, cvp_arena_printf(t->v.ctx->arena, ", %s,", folded(t, piece))) != NULL;
	}
	json_object_foreach ((json_t *)location, key, value) {
		if (json_is_string(value) && is_piece_of(t, piece, value))
			return true;
	}
	return false;
}

static bool
is_place_of(const struct cvp_tailored_check *t, const char *text, const json_t *location)
{
	const char *rest = cvp_tailored_plain(t, text);

	while (*rest != '\0') {
		size_t length = strcspn(rest, ",");
		const char *piece = cvp_arena_strndup(t->v.ctx->arena, rest, length);

		if (cvp_tailored_plain(t, piece)[0] != '\0' && !is_piece_of(t, piece, location))
			return false;
		rest += length + (rest[length] == ',');
	}
	return true;
}

/* "Berlin, Germany"; NULL where the CV names no place. */
static const char *
place_text(const struct cvp_tailored_check *t, const json_t *location)
{
	static const char *const parts[] = { "city", "region", "countryCode" };
	const char *joined = json_string_value(location);

	for (size_t i = 0; i < CVP_COUNT(parts) && !json_is_string(location); i++) {
		const char *part = text_of(location, parts[i]);

		if (cvp_tailored_plain(t, part)[0] != '\0')
			joined = joined == NULL ? part : cvp_arena_printf(t->v.ctx->arena, "%s, %s", joined, part);
	}
	return joined;
}

static void
check_place(struct cvp_tailored_check *t, const char *field, const json_t *told, const json_t *location, json_t *made)
{
	const char *text = text_of(told, "location"), *shown = place_text(t, location);

	if (text == NULL || is_place_of(t, text, location))
		return;
	cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/location", field), CVP_SEVERITY_WARNING, shown,
			    text);
	cvp_tailored_put(made, "location", shown);
}

static void
check_profiles(struct cvp_tailored_check *t, const json_t *contact)
{
	const json_t *told = json_object_get(contact, "x_profiles");
	const json_t *shown = json_object_get(basics_of(t), "profiles");

	for (size_t i = 0; i < json_array_size(told); i++) {
		const json_t *profile = json_array_get(told, i);
		bool is_shown = false;

		for (size_t j = 0; j < json_array_size(shown) && !is_shown; j++)
			is_shown = cvp_tailored_has_all(t, json_array_get(shown, j), profile);
		if (!is_shown)
			cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, CONTACT "/x_profiles/%zu", i),
					    CVP_SEVERITY_CRITICAL, "a profile of the CV", text_of(profile, "url"));
	}
}

void
cvp_tailored_contact_check(struct cvp_tailored_check *t)
{
	const struct cvp_cv *cv = t->v.check.cv->cv;
	const json_t *contact = json_object_get(t->cv, "contact_info");
	const char *label = text_of(contact, "x_label"), *email = text_of(contact, "email");
	const char *phone = text_of(contact, "phone"), *name = text_of(contact, "name");
	static const char *const pages[] = { "linkedin", "x_url" };

	if (strcmp(cvp_tailored_plain(t, name), cvp_tailored_plain(t, cv->name.text)) != 0)
		cvp_tailored_report(t, CONTACT "/name", CVP_SEVERITY_CRITICAL, cv->name.text, name);
	if (label != NULL && !is_title(t, label))
		cvp_tailored_report(t, CONTACT "/x_label", CVP_SEVERITY_CRITICAL, cv->label.text, label);
	if (email != NULL && !stands_as(t, email, folded))
		cvp_tailored_report(t, CONTACT "/email", CVP_SEVERITY_CRITICAL, cv->email.text, email);
	if (phone != NULL && !stands_as(t, phone, digits_of))
		cvp_tailored_report(t, CONTACT "/phone", CVP_SEVERITY_CRITICAL, cv->phone.text, phone);
	for (size_t i = 0; i < CVP_COUNT(pages); i++) {
		const char *page = text_of(contact, pages[i]);

		if (page != NULL && !stands_as(t, page, page_of))
			cvp_tailored_report(t, cvp_pointer_key(t->v.ctx, CONTACT, pages[i]), CVP_SEVERITY_CRITICAL,
					    "an address of the CV", page);
	}
	check_profiles(t, contact);
	check_place(t, CONTACT, contact, json_object_get(basics_of(t), "location"),
		    json_object_get(t->made, "contact_info"));
}

void
cvp_tailored_places_check(struct cvp_tailored_check *t, const char *list, const struct cvp_cv_entry **entries)
{
	const json_t *told = json_object_get(t->cv, list), *made = json_object_get(t->made, list);

	for (size_t i = 0; i < json_array_size(told); i++) {
		if (entries[i] != NULL)
			check_place(t, cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/%s/%zu", list, i),
				    json_array_get(told, i), json_object_get(entries[i]->value, "location"),
				    json_array_get(made, i));
	}
}

/* A member that is no fact of SPEC 8 by itself: its texts stand in the entry, else the entry's are put in its place. */
static void
check_loose(struct cvp_tailored_check *t, const char *field, const json_t *told, const char *key, const json_t *entry,
	    json_t *made)
{
	const json_t *texts = json_object_get(told, key);
	const json_t *first = json_is_array(texts) ? json_array_get(texts, 0) : texts;

	if (texts == NULL || cvp_tailored_has_all(t, entry, texts))
		return;
	cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/%s", field, key), CVP_SEVERITY_WARNING,
			    "what the CV says there", json_string_value(first));
	if (json_object_get(entry, key) != NULL)
		json_object_set(made, key, json_object_get(entry, key));
	else
		json_object_del(made, key);
}

void
cvp_tailored_loose_check(struct cvp_tailored_check *t, const struct cvp_cv_entry **schools)
{
	static const char *const keys[] = { "gpa", "honors", "courses" };
	const json_t *told = json_object_get(t->cv, "education"), *made = json_object_get(t->made, "education");

	for (size_t i = 0; i < json_array_size(told); i++) {
		const char *field = cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/education/%zu", i);

		for (size_t j = 0; j < CVP_COUNT(keys) && schools[i] != NULL; j++)
			check_loose(t, field, json_array_get(told, i), keys[j], schools[i]->value,
				    json_array_get(made, i));
	}
}

/* The section's list in the resume under whichever of its names; NULL: not there. */
static const json_t *
list_of(const struct cvp_tailored_check *t, enum cvp_cv_section section)
{
	const struct cvp_cv_section_keys *keys = cvp_cv_section_keys(section);

	for (size_t i = 0; keys->names[i] != NULL; i++) {
		const json_t *list = json_object_get(t->v.check.cv->cv->resume, keys->names[i]);

		if (json_array_size(list) > 0)
			return list;
	}
	return NULL;
}

/* Is it a date of one of the value's texts, in whichever notation? */
static bool
has_date(const struct cvp_tailored_check *t, const json_t *value, const char *text)
{
	struct cvp_date told, shown;
	const char *key;
	json_t *member;

	if (cvp_date_scan(text, &told) != strlen(text))
		return false;
	json_object_foreach ((json_t *)value, key, member) {
		const char *date = cvp_tailored_plain(t, json_string_value(member));

		if (date[0] != '\0' && cvp_date_scan(date, &shown) == strlen(date) && shown.year == told.year &&
		    shown.month == told.month && (told.day == 0 || told.day == shown.day))
			return true;
	}
	return false;
}

/* The certificate of the CV with that name; NULL where there is none. */
static const json_t *
certificate_named(const struct cvp_tailored_check *t, const char *name)
{
	const json_t *list = list_of(t, CVP_CV_CERTIFICATES);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *certificate = json_array_get(list, i);

		if (cvp_tailored_has(t,
				     json_is_object(certificate) && json_object_get(certificate, "name") != NULL
					 ? json_object_get(certificate, "name")
					 : certificate,
				     name))
			return certificate;
	}
	return NULL;
}

static void
check_certificate(struct cvp_tailored_check *t, const char *field, const json_t *told)
{
	static const char *const keys[] = { "issuer", "date", "expiry_date", "credential_id", "url" };
	const char *name = text_of(told, "name");
	const json_t *certificate = certificate_named(t, name);

	if (certificate == NULL && !stands_as(t, name, cvp_tailored_plain)) {
		cvp_tailored_report(t, cvp_pointer_key(t->v.ctx, field, "name"), CVP_SEVERITY_CRITICAL,
				    "a certificate of the CV", name);
		return;
	}
	for (size_t i = 0; i < CVP_COUNT(keys); i++) {
		const char *text = text_of(told, keys[i]), *plain = cvp_tailored_plain(t, text);

		if (plain[0] == '\0' || cvp_tailored_has(t, certificate, text) || has_date(t, certificate, plain))
			continue;
		cvp_tailored_report(t, cvp_pointer_key(t->v.ctx, field, keys[i]), CVP_SEVERITY_CRITICAL,
				    "what the CV says of the certificate", text);
	}
}

void
cvp_tailored_certificates_check(struct cvp_tailored_check *t)
{
	const json_t *told = json_object_get(t->cv, "certifications");

	for (size_t i = 0; i < json_array_size(told); i++)
		check_certificate(t, cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/certifications/%zu", i),
				  json_array_get(told, i));
}

/* How many members of an entry of another section say what `shown` says under the same name. */
static size_t
shared_members(const struct cvp_tailored_check *t, const json_t *told, const json_t *shown)
{
	size_t shared = 0;
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)told, key, value)
		shared += cvp_tailored_has_all(t, json_object_get(shown, key), value);
	return shared;
}

/* The members that tell which entry it is; a language and an interest are skills, the others facts. */
static bool
is_fact(const struct cvp_cv_section_keys *keys, const char *key)
{
	const struct cvp_cv_member *member = cvp_cv_member_named(keys, key);

	if (member == NULL)
		return strstr(key, "ate") != NULL; /* startDate, date, releaseDate */
	return member->role == CVP_CV_TITLE || member->role == CVP_CV_PLACE;
}

/* A language, an interest: nothing but its name tells which one it is. */
static bool
is_skill_section(const struct cvp_cv_section_keys *keys)
{
	return keys->section == CVP_CV_LANGUAGES || keys->section == CVP_CV_INTERESTS;
}

static bool
has_other_name(const struct cvp_tailored_check *t, const json_t *told, const json_t *shown)
{
	static const char *const names[] = { "language", "name" };

	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		const json_t *name = json_object_get(told, names[i]);

		if (name != NULL && !cvp_tailored_has_all(t, json_object_get(shown, names[i]), name))
			return true;
	}
	return false;
}

static void
check_members(struct cvp_tailored_check *t, const char *field, const struct cvp_cv_section_keys *keys,
	      const json_t *told, const json_t *shown, json_t *made)
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)told, key, value) {
		json_t *own = json_object_get(shown, key);

		if (cvp_tailored_has_all(t, own, value))
			continue;
		cvp_tailored_report(t, cvp_pointer_key(t->v.ctx, field, key),
				    is_fact(keys, key) ? CVP_SEVERITY_CRITICAL : CVP_SEVERITY_WARNING,
				    json_string_value(own), json_string_value(value));
		if (is_fact(keys, key))
			continue;
		if (own != NULL)
			json_object_set(made, key, own);
		else
			json_object_del(made, key);
	}
}

/* One entry of another section: the CV's entry that shares most with it. Returns false where it has to go. */
static bool
check_entry(struct cvp_tailored_check *t, const char *field, const struct cvp_cv_section_keys *keys, const json_t *told,
	    json_t *made)
{
	const json_t *list = list_of(t, keys->section), *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t shared = shared_members(t, told, json_array_get(list, i));

		if (is_skill_section(keys) && has_other_name(t, told, json_array_get(list, i)))
			continue;
		if (shared > most) {
			most = shared;
			best = json_array_get(list, i);
		}
	}
	if (best != NULL && most == json_object_size(told))
		return true;
	if (best == NULL) {
		cvp_tailored_report(t, field, is_skill_section(keys) ? CVP_SEVERITY_WARNING : CVP_SEVERITY_CRITICAL,
				    "an entry of the CV", text_of(told, keys->members[0].key));
		return !is_skill_section(keys);
	}
	check_members(t, field, keys, told, best, made);
	return true;
}

void
cvp_tailored_other_check(struct cvp_tailored_check *t)
{
	json_t *told = json_object_get(t->cv, "x_other"), *made = json_object_get(t->made, "x_other"), *list;
	const char *name;

	json_object_foreach (told, name, list) {
		const struct cvp_cv_section_keys *keys = cvp_cv_section_named(name);
		json_t *kept = json_object_get(made, name);

		for (size_t i = json_array_size(list); i > 0 && keys != NULL; i--) {
			const char *field = cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/x_other/%s/%zu", name,
							     i - 1);

			if (!check_entry(t, field, keys, json_array_get(list, i - 1), json_array_get(kept, i - 1)))
				json_array_remove(kept, i - 1);
		}
	}
}
