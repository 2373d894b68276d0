#include "career/cv_entry.h"

#include "career/cv_chars.h"
#include "career/cv_date.h"
#include "career/cv_pointer.h"
#include "core/ctx.h"

#define MONTHS ((CVP_YEAR_MAX - CVP_YEAR_MIN + 1) * 12)

static const char *const start_keys[] = { "startDate", "start_date", "start", "from", NULL };
static const char *const end_keys[] = { "endDate", "end_date", "end", "to", "graduation_date", NULL };
static const char *const span_keys[] = { "x_dates", "dates", "date", NULL };
static const char *const open_keys[] = { "current", "isCurrent", "is_current", NULL };
static const char *const area_keys[] = { "area", "field_of_study", "fieldOfStudy", "specialization", NULL };
static const char *const location_keys[] = { "location", NULL };
static const char *const city_keys[] = { "city", "address", "region", NULL };

bool
cvp_cv_is_blank(const char *text)
{
	return !text || text[cvp_cv_chars_space(text)] == '\0';
}

enum cvp_code
cvp_cv_text_of(struct cvp_ctx *ctx, const json_t *object, const char *pointer, const char *const *keys,
	       struct cvp_cv_text *text)
{
	*text = (struct cvp_cv_text){ 0 };
	for (; *keys; keys++) {
		const json_t *value = json_object_get(object, *keys);

		if (!value || json_is_null(value) ||
		    (json_is_string(value) && cvp_cv_is_blank(json_string_value(value))))
			continue;
		text->pointer = cvp_pointer_key(ctx, pointer, *keys);
		if (!json_is_string(value))
			return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, text->pointer, "%s must be text", text->pointer);
		text->text = json_string_value(value);
		return CVP_OK;
	}
	return CVP_OK;
}

/* The best name of the thing whose part role is; roles[] of a project is a list and names no project. */
static enum cvp_code
read_role(struct cvp_ctx *ctx, const struct cvp_cv_section_keys *section, enum cvp_cv_role role, const json_t *object,
	  const char *pointer, struct cvp_cv_text *text)
{
	enum cvp_code code = CVP_OK;

	*text = (struct cvp_cv_text){ 0 };
	for (const struct cvp_cv_member *member = section->members; member->key && !text->text; member++) {
		const char *const key[] = { member->key, NULL };

		if (member->role != role || json_is_array(json_object_get(object, member->key)))
			continue;
		code = cvp_cv_text_of(ctx, object, pointer, key, text);
		if (code != CVP_OK)
			return code;
	}
	return code;
}

static enum cvp_code
read_location(struct cvp_ctx *ctx, const json_t *object, const char *pointer, struct cvp_cv_text *location)
{
	const json_t *place = json_object_get(object, "location");

	if (!json_is_object(place))
		return cvp_cv_text_of(ctx, object, pointer, location_keys, location);
	return cvp_cv_text_of(ctx, place, cvp_pointer_key(ctx, pointer, "location"), city_keys, location);
}

/* A date as text, or a year as a number; *text is NULL where none is given. */
static enum cvp_code
read_date_text(struct cvp_ctx *ctx, const json_t *object, const char *pointer, const char *const *keys,
	       const char **text)
{
	struct cvp_cv_text found;
	enum cvp_code code;

	*text = NULL;
	for (const char *const *key = keys; *key; key++) {
		const json_t *value = json_object_get(object, *key);

		if (json_is_integer(value) && json_integer_value(value) >= CVP_YEAR_MIN &&
		    json_integer_value(value) <= CVP_YEAR_MAX) {
			*text = cvp_arena_printf(ctx->arena, "%d", (int)json_integer_value(value));
			return CVP_OK;
		}
	}
	code = cvp_cv_text_of(ctx, object, pointer, keys, &found);
	*text = found.text;
	return code;
}

static bool
is_current(const json_t *object)
{
	for (const char *const *key = open_keys; *key; key++)
		if (json_is_true(json_object_get(object, *key)))
			return true;
	return false;
}

static enum cvp_code
read_dates(struct cvp_ctx *ctx, const json_t *object, const char *pointer, struct cvp_cv_entry *entry)
{
	struct cvp_date_range range;
	const char *start, *end, *span;
	enum cvp_code code;

	code = read_date_text(ctx, object, pointer, start_keys, &start);
	if (code == CVP_OK)
		code = read_date_text(ctx, object, pointer, end_keys, &end);
	if (code == CVP_OK)
		code = read_date_text(ctx, object, pointer, span_keys, &span);
	if (code != CVP_OK)
		return code;
	if (start)
		(void)cvp_date_parse(start, &entry->start);
	entry->is_open = is_current(object) || cvp_date_is_open(end);
	if (!entry->is_open)
		(void)cvp_date_parse(end, &entry->end);
	if (!start && !end && span && cvp_date_range_find(span, 0, &range)) {
		entry->start = range.start;
		entry->end = range.end;
		entry->is_open = range.is_open;
	}
	return CVP_OK;
}

enum cvp_code
cvp_cv_entry_read(struct cvp_ctx *ctx, const struct cvp_cv_section_keys *keys, const json_t *object,
		  const char *pointer, struct cvp_cv_entry *entry)
{
	enum cvp_code code;

	code = read_role(ctx, keys, CVP_CV_PLACE, object, pointer, &entry->organisation);
	if (code == CVP_OK)
		code = read_role(ctx, keys, CVP_CV_TITLE, object, pointer, &entry->title);
	if (code == CVP_OK && keys->section == CVP_CV_EDUCATION)
		code = cvp_cv_text_of(ctx, object, pointer, area_keys, &entry->area);
	if (code == CVP_OK)
		code = read_location(ctx, object, pointer, &entry->location);
	if (code == CVP_OK)
		code = read_dates(ctx, object, pointer, entry);
	return code;
}

/* Months since January of CVP_YEAR_MIN; a part not given is the year's first month, or its last at an end. */
static int
month_number(struct cvp_date date, bool is_end)
{
	int month = date.month ? date.month : (is_end ? 12 : 1);

	return (date.year - CVP_YEAR_MIN) * 12 + month - 1;
}

static void
mark_worked(const struct cvp_cv_entry *entry, struct cvp_date as_of, bool worked[MONTHS])
{
	int today = month_number(as_of, true), first, last;

	if (entry->start.year == 0)
		return;
	first = month_number(entry->start, false);
	if (entry->is_open)
		last = today;
	else
		last = entry->end.year ? month_number(entry->end, true) : first; /* an end nobody can read */
	if (last > today)
		last = today;
	for (int month = first < 0 ? 0 : first; month <= last && month < MONTHS; month++)
		worked[month] = true;
}

int
cvp_cv_months_worked(const struct cvp_cv *cv, struct cvp_date as_of,
		     bool (*is_wanted)(const struct cvp_cv_entry *entry, void *arg), void *arg)
{
	bool worked[MONTHS] = { false };
	int months = 0;

	for (size_t i = 0; i < cv->entry_count; i++) {
		const struct cvp_cv_entry *entry = &cv->entries[i];

		if (entry->section == CVP_CV_WORK && (!is_wanted || is_wanted(entry, arg)))
			mark_worked(entry, as_of, worked);
	}
	for (int month = 0; month < MONTHS; month++)
		months += worked[month];
	return months;
}
