#include "career/cv.h"

#include "career/cv_entry.h"
#include "career/cv_keys.h"
#include "career/cv_pointer.h"
#include "core/ctx.h"

/* What cvp_cv_parse() has found so far. */
struct reader {
	struct cvp_ctx *ctx;
	struct cvp_cv_line *lines;
	struct cvp_cv_entry *entries;
	size_t line_count, line_size, entry_count, entry_size;
};

/* Where the member being read stands. */
struct place {
	const struct cvp_cv_section_keys *section;
	const char *pointer;
	int entry;
	bool is_dated;
};

static void
add_line(struct reader *reader, const struct place *place, enum cvp_cv_role role, const json_t *text)
{
	if (cvp_cv_is_blank(json_string_value(text)))
		return;
	if (reader->line_count == reader->line_size) {
		size_t size = reader->line_size ? 2 * reader->line_size : 64;

		reader->lines = cvp_arena_grow(reader->ctx->arena, reader->lines,
					       reader->line_size * sizeof(*reader->lines),
					       size * sizeof(*reader->lines));
		reader->line_size = size;
	}
	reader->lines[reader->line_count++] = (struct cvp_cv_line){
		.at = { json_string_value(text), place->pointer },
		.section = place->section->section,
		.role = role,
		.entry = place->entry,
		.is_dated = place->is_dated,
	};
}

static struct cvp_cv_entry *
add_entry(struct reader *reader, const struct place *place, const json_t *value)
{
	struct cvp_cv_entry *entry;

	if (reader->entry_count == reader->entry_size) {
		size_t size = reader->entry_size ? 2 * reader->entry_size : 16;

		reader->entries = cvp_arena_grow(reader->ctx->arena, reader->entries,
						 reader->entry_size * sizeof(*reader->entries),
						 size * sizeof(*reader->entries));
		reader->entry_size = size;
	}
	entry = &reader->entries[reader->entry_count++];
	*entry = (struct cvp_cv_entry){
		.section = place->section->section, .index = place->entry, .value = value, .pointer = place->pointer
	};
	return entry;
}

/* The lines under one member: text, a list of texts, or nothing. A level may be a number, which proves nothing. */
static enum cvp_code
read_lines(struct reader *reader, const struct place *at, enum cvp_cv_role role, const json_t *value)
{
	struct place place = *at;

	if (json_is_string(value)) {
		add_line(reader, &place, role, value);
		return CVP_OK;
	}
	if (json_is_null(value) || (role == CVP_CV_LEVEL && !json_is_object(value) && !json_is_array(value)))
		return CVP_OK;
	if (!json_is_array(value))
		return cvp_pointer_wants(reader->ctx, place.pointer, "text");
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);

		place.pointer = cvp_pointer_index(reader->ctx, at->pointer, i);
		if (json_is_string(item))
			add_line(reader, &place, role, item);
		else if (!json_is_null(item))
			return cvp_pointer_wants(reader->ctx, place.pointer, "text");
	}
	return CVP_OK;
}

/* The lines of an object's known members, in the order they stand in. */
static enum cvp_code
read_members(struct reader *reader, const struct place *at, const json_t *object)
{
	json_t *own = (json_t *)object; /* jansson's iterators take no const; nothing is written */
	const char *key;
	json_t *value;

	json_object_foreach (own, key, value) {
		const struct cvp_cv_member *member = cvp_cv_member_named(at->section, key);
		struct place place = *at;
		enum cvp_code code;

		if (!member)
			continue;
		place.pointer = cvp_pointer_key(reader->ctx, at->pointer, key);
		code = read_lines(reader, &place, member->role, value);
		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

static enum cvp_code
read_entry(struct reader *reader, struct place place, const json_t *object)
{
	struct cvp_cv_entry *entry;
	enum cvp_code code;

	if (place.section->has_entries) {
		entry = add_entry(reader, &place, object);
		code = cvp_cv_entry_read(reader->ctx, place.section, object, place.pointer, entry);
		if (code != CVP_OK)
			return code;
		place.is_dated = entry->section != CVP_CV_EDUCATION && entry->start.year != 0;
	}
	return read_members(reader, &place, object);
}

/* Several posts at one employer, as some themes nest them: each is an entry of its own. */
static enum cvp_code
read_nested(struct reader *reader, const struct place *at, const json_t *posts)
{
	struct place place = *at;

	for (size_t i = 0; i < json_array_size(posts); i++) {
		const json_t *post = json_array_get(posts, i);
		enum cvp_code code;

		place.pointer = cvp_pointer_index(reader->ctx, at->pointer, i);
		if (!json_is_object(post))
			return cvp_pointer_wants(reader->ctx, place.pointer, "an object");
		code = read_entry(reader, place, post);
		if (code != CVP_OK)
			return code;
	}
	return CVP_OK;
}

static enum cvp_code
read_item(struct reader *reader, const struct place *place, const json_t *item)
{
	if (json_is_null(item))
		return CVP_OK;
	if (json_is_object(item))
		return read_entry(reader, *place, item);
	if (json_is_array(item) && place->section->has_entries)
		return read_nested(reader, place, item);
	if (!json_is_string(item) || !place->section->takes_text)
		return cvp_pointer_wants(reader->ctx, place->pointer, "an object");
	add_line(reader, place, place->section->text_role, item);
	return CVP_OK;
}

/* Skills grouped under names, {"Languages": ["Go", "C"]}: each group is an entry. */
static enum cvp_code
read_groups(struct reader *reader, const struct place *at, const json_t *groups)
{
	json_t *own = (json_t *)groups;
	struct place place = *at;
	enum cvp_code code;
	const char *key;
	json_t *group;

	json_object_foreach (own, key, group) {
		place.pointer = cvp_pointer_key(reader->ctx, at->pointer, key);
		code = read_lines(reader, &place, CVP_CV_SKILL, group);
		if (code != CVP_OK)
			return code;
		place.entry++;
	}
	return CVP_OK;
}

static enum cvp_code
read_section(struct reader *reader, const struct cvp_cv_section_keys *section, const char *key, const json_t *value)
{
	struct place at = { .section = section, .pointer = cvp_pointer_key(reader->ctx, "", key) };
	enum cvp_code code = CVP_OK;

	if (json_is_null(value))
		return CVP_OK;
	if (section->section == CVP_CV_SKILLS && json_is_object(value))
		return read_groups(reader, &at, value);
	if (json_is_string(value) && section->takes_text)
		return read_item(reader, &at, value);
	if (!json_is_array(value))
		return cvp_pointer_wants(reader->ctx, at.pointer, "an array");
	for (size_t i = 0; i < json_array_size(value) && code == CVP_OK; i++) {
		struct place place = at;

		place.pointer = cvp_pointer_index(reader->ctx, at.pointer, i);
		place.entry = (int)i;
		code = read_item(reader, &place, json_array_get(value, i));
	}
	return code;
}

static enum cvp_code
read_basics(struct reader *reader, const char *pointer, const json_t *basics)
{
	struct place place = { .section = cvp_cv_section_keys(CVP_CV_BASICS), .pointer = pointer, .entry = -1 };

	return read_members(reader, &place, basics);
}

/* A member of the root. Without "basics" the root itself holds what it would. */
static enum cvp_code
read_root_member(struct reader *reader, const char *key, const json_t *value, bool has_basics)
{
	const struct cvp_cv_section_keys *section = cvp_cv_section_named(key);
	const struct cvp_cv_section_keys *basics = cvp_cv_section_keys(CVP_CV_BASICS);
	struct place place = { .section = basics, .entry = -1 };
	const struct cvp_cv_member *member;

	if (section == basics)
		return json_is_null(value) ? CVP_OK : read_basics(reader, "/basics", value);
	if (section)
		return read_section(reader, section, key, value);
	member = cvp_cv_member_named(basics, key);
	if (!member || (has_basics && member->role != CVP_CV_BULLET))
		return CVP_OK;
	place.pointer = cvp_pointer_key(reader->ctx, "", key);
	return read_lines(reader, &place, member->role, value);
}

static enum cvp_code
read_contact(struct cvp_ctx *ctx, const json_t *basics, const char *pointer, struct cvp_cv *cv)
{
	static const char *const name[] = { "name", "full_name", "fullName", NULL };
	static const char *const label[] = { "label", "headline", NULL };
	static const char *const email[] = { "email", NULL };
	static const char *const phone[] = { "phone", "phoneNumber", "phone_number", NULL };
	static const char *const summary[] = { "summary", "professional_summary", "professionalSummary", NULL };
	enum cvp_code code;

	code = cvp_cv_text_of(ctx, basics, pointer, name, &cv->name);
	if (code == CVP_OK)
		code = cvp_cv_text_of(ctx, basics, pointer, label, &cv->label);
	if (code == CVP_OK)
		code = cvp_cv_text_of(ctx, basics, pointer, email, &cv->email);
	if (code == CVP_OK)
		code = cvp_cv_text_of(ctx, basics, pointer, phone, &cv->phone);
	if (code == CVP_OK)
		code = cvp_cv_text_of(ctx, basics, pointer, summary, &cv->summary);
	return code;
}

static bool
has_substance(const struct reader *reader)
{
	for (size_t i = 0; i < reader->line_count; i++) {
		enum cvp_cv_section section = reader->lines[i].section;

		if (section == CVP_CV_WORK || section == CVP_CV_EDUCATION || section == CVP_CV_SKILLS)
			return true;
	}
	return false;
}

/* Entries as the header promises them: by section, each section in document order. */
static void
sort_entries(struct reader *reader)
{
	static const enum cvp_cv_section order[] = { CVP_CV_WORK, CVP_CV_VOLUNTEER, CVP_CV_EDUCATION, CVP_CV_PROJECTS };
	struct cvp_cv_entry *sorted = cvp_arena_alloc(reader->ctx->arena, reader->entry_count * sizeof(*sorted));
	size_t count = 0;

	for (size_t section = 0; section < CVP_COUNT(order); section++)
		for (size_t i = 0; i < reader->entry_count; i++)
			if (reader->entries[i].section == order[section])
				sorted[count++] = reader->entries[i];
	reader->entries = sorted;
}

static enum cvp_code
read_root(struct reader *reader, const json_t *resume, struct cvp_cv *cv)
{
	const json_t *basics = json_object_get(resume, "basics");
	bool has_basics = json_is_object(basics);
	json_t *own = (json_t *)resume;
	enum cvp_code code;
	const char *key;
	json_t *value;

	if (!json_is_object(resume))
		return cvp_pointer_wants(reader->ctx, "", "an object");
	if (basics && !has_basics && !json_is_null(basics))
		return cvp_pointer_wants(reader->ctx, "/basics", "an object");
	code = read_contact(reader->ctx, has_basics ? basics : resume, has_basics ? "/basics" : "", cv);
	json_object_foreach (own, key, value) {
		if (code != CVP_OK)
			return code;
		code = read_root_member(reader, key, value, has_basics);
	}
	return code;
}

enum cvp_code
cvp_cv_parse(struct cvp_ctx *ctx, const json_t *resume, const struct cvp_cv **cv)
{
	struct reader reader = { .ctx = ctx };
	struct cvp_cv *view = cvp_arena_alloc(ctx->arena, sizeof(*view));
	enum cvp_code code;

	code = read_root(&reader, resume, view);
	if (code != CVP_OK)
		return code;
	if (!view->name.text)
		return cvp_fail(ctx, CVP_INSUFFICIENT_CV_DATA, "The CV has no name");
	if (!has_substance(&reader))
		return cvp_fail(ctx, CVP_INSUFFICIENT_CV_DATA, "The CV has no work, no education and no skills");
	sort_entries(&reader);
	view->resume = resume;
	view->lines = reader.lines;
	view->line_count = reader.line_count;
	view->entries = reader.entries;
	view->entry_count = reader.entry_count;
	*cv = view;
	return CVP_OK;
}
