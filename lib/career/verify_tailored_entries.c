/* verify_tailored_entries.c - jobs and schools: each tells of one entry of the CV that no other tells of. */
#include <string.h>

#include "career/cv_date.h"
#include "career/verify_tailored_parts.h"
#include "core/ctx.h"

/* Parts of an entry that have to be the CV's, the weightiest first: what tells which entry is meant. */
enum part { PLACE = 32, TITLE = 16, AREA = 8, START = 4, END = 2, SPAN = 1 };

#define ALL (PLACE | TITLE | AREA | START | END | SPAN)

/* A list of the artifact and its members' names. */
struct list {
	const char *name, *place, *title, *area; /* area: NULL where entries have none */
	enum cvp_cv_section section;
	const char *wanted; /* what is missing where no entry fits */
	bool ends_count;    /* an end that is not given says that it goes on */
};

static const struct list jobs = { "work_experience", "company_name",    "job_title", NULL,
				  CVP_CV_WORK,       "a job of the CV", true };
static const struct list schools = { "education",      "institution",        "degree", "field_of_study",
				     CVP_CV_EDUCATION, "a school of the CV", false };

static const char *
text_of(const json_t *object, const char *key)
{
	return key != NULL ? json_string_value(json_object_get(object, key)) : NULL;
}

static bool
is_same(const struct cvp_tailored_check *t, const char *a, const char *b)
{
	return strcmp(cvp_tailored_plain(t, a), cvp_tailored_plain(t, b)) == 0;
}

/* The day may be left out, no other part; and none may be added. */
static bool
is_same_date(struct cvp_date told, struct cvp_date shown)
{
	return told.year == shown.year && told.month == shown.month && (told.day == 0 || told.day == shown.day);
}

/* Nothing but a date? */
static bool
read_date(const struct cvp_tailored_check *t, const char *text, struct cvp_date *date)
{
	const char *plain = cvp_tailored_plain(t, text);

	return plain[0] != '\0' && cvp_date_scan(plain, date) == strlen(plain);
}

/* A date in any notation, or what stands in the entry in the same words: "Summer 2019". */
static bool
tells_date(const struct cvp_tailored_check *t, const struct cvp_cv_entry *entry, const char *told,
	   struct cvp_date shown)
{
	struct cvp_date date = { 0 };

	if (cvp_tailored_plain(t, told)[0] == '\0')
		return shown.year == 0;
	if (read_date(t, told, &date))
		return is_same_date(date, shown);
	return cvp_tailored_has(t, entry->value, told);
}

static bool
tells_end(const struct cvp_tailored_check *t, const struct list *list, const struct cvp_cv_entry *entry,
	  const json_t *told)
{
	const char *given = text_of(told, "end_date"), *end = given != NULL ? cvp_tailored_plain(t, given) : NULL;
	bool has_start = cvp_tailored_plain(t, text_of(told, "start_date"))[0] != '\0';

	if (end != NULL && end[0] == '\0')
		return entry->is_open || entry->end.year == 0;
	if (end == NULL && !list->ends_count && !has_start)
		return true; /* both are left out */
	if (cvp_date_is_open(end))
		return entry->is_open;
	return !entry->is_open && tells_date(t, entry, end, entry->end);
}

/* The span as the CV writes it, or the same in other words. */
static bool
tells_span(const struct cvp_tailored_check *t, const struct cvp_cv_entry *entry, const json_t *told)
{
	const char *span = cvp_tailored_plain(t, text_of(told, "x_dates"));
	struct cvp_date_range range;

	if (span[0] == '\0' || cvp_tailored_has(t, entry->value, span))
		return true;
	return cvp_date_range_find(span, 0, &range) && range.from == 0 && range.to == strlen(span) &&
	       is_same_date(range.start, entry->start) && is_same_date(range.end, entry->end) &&
	       range.is_open == entry->is_open;
}

/* Which parts of what is told are the entry's. */
static unsigned
parts_of(const struct cvp_tailored_check *t, const struct list *list, const json_t *told,
	 const struct cvp_cv_entry *entry)
{
	const char *area = text_of(told, list->area);
	unsigned parts = 0;

	parts |= is_same(t, text_of(told, list->place), entry->organisation.text) ? PLACE : 0;
	parts |= is_same(t, text_of(told, list->title), entry->title.text) ? TITLE : 0;
	parts |= area == NULL || is_same(t, area, entry->area.text) ? AREA : 0;
	parts |= tells_date(t, entry, text_of(told, "start_date"), entry->start) ? START : 0;
	parts |= tells_end(t, list, entry, told) ? END : 0;
	parts |= tells_span(t, entry, told) ? SPAN : 0;
	if (!list->ends_count) { /* a school's degree or start may be left out */
		parts |= text_of(told, list->title) == NULL ? TITLE : 0;
		parts |= text_of(told, "start_date") == NULL && text_of(told, "end_date") != NULL ? START : 0;
	}
	return parts;
}

static bool
is_of_source(const json_t *told, const struct cvp_cv_entry *entry)
{
	const char *source = text_of(told, "x_source");

	return source != NULL && strcmp(source, entry->pointer) == 0;
}

/* The unused entry that is told of best, by at least `least` of its parts; -1: none. */
static long
best_entry(const struct cvp_tailored_check *t, const struct list *list, const json_t *told, const bool *is_used,
	   unsigned least)
{
	const struct cvp_cv *cv = t->v.check.cv->cv;
	unsigned most = 0;
	long best = -1;

	for (size_t i = 0; i < cv->entry_count; i++) {
		unsigned parts, weight;

		if (cv->entries[i].section != list->section || is_used[i])
			continue;
		parts = parts_of(t, list, told, &cv->entries[i]);
		weight = 2 * parts + is_of_source(told, &cv->entries[i]);
		if ((parts & least) == least && weight > most) {
			most = weight;
			best = (long)i;
		}
	}
	return best;
}

/* Whole matches first, so that a lie takes no entry from the truth; then by place, then by title. */
static const struct cvp_cv_entry **
pair(struct cvp_tailored_check *t, const struct list *list, const json_t *told, bool *is_used)
{
	static const unsigned rounds[] = { ALL, PLACE | TITLE, PLACE, TITLE };
	const struct cvp_cv *cv = t->v.check.cv->cv;
	size_t count = json_array_size(told);
	const struct cvp_cv_entry **entries = cvp_arena_alloc(t->v.ctx->arena, (count + 1) * sizeof(*entries));

	for (size_t round = 0; round < CVP_COUNT(rounds); round++) {
		for (size_t i = 0; i < count; i++) {
			long best = entries[i] == NULL
					? best_entry(t, list, json_array_get(told, i), is_used, rounds[round])
					: -1;

			if (best < 0)
				continue;
			entries[i] = &cv->entries[best];
			is_used[best] = true;
		}
	}
	return entries;
}

static void
report_part(struct cvp_tailored_check *t, const char *field, const char *key, const char *expected, const json_t *told)
{
	cvp_tailored_report(t, cvp_arena_printf(t->v.ctx->arena, "%s/%s", field, key), CVP_SEVERITY_CRITICAL, expected,
			    text_of(told, key));
}

static void
report_parts(struct cvp_tailored_check *t, const struct list *list, const char *field, const json_t *told,
	     const struct cvp_cv_entry *entry)
{
	unsigned parts = parts_of(t, list, told, entry);
	const char *none = "nothing: the CV gives none";

	if ((parts & PLACE) == 0)
		report_part(t, field, list->place, entry->organisation.text, told);
	if ((parts & TITLE) == 0)
		report_part(t, field, list->title, entry->title.text, told);
	if ((parts & AREA) == 0)
		report_part(t, field, list->area, entry->area.text, told);
	if ((parts & START) == 0)
		report_part(t, field, "start_date",
			    entry->start.year != 0 ? cvp_date_text(t->v.ctx, entry->start) : none, told);
	if ((parts & END) == 0)
		report_part(t, field, "end_date",
			    entry->is_open         ? "no end: it goes on"
			    : entry->end.year != 0 ? cvp_date_text(t->v.ctx, entry->end)
						   : none,
			    told);
	if ((parts & SPAN) == 0)
		report_part(t, field, "x_dates", none, told);
}

static bool
has_section(const struct cvp_cv *cv, enum cvp_cv_section section)
{
	for (size_t i = 0; i < cv->entry_count; i++) {
		if (cv->entries[i].section == section)
			return true;
	}
	return false;
}

static const struct cvp_cv_entry **
check_list(struct cvp_tailored_check *t, const struct list *list)
{
	const json_t *told = json_object_get(t->cv, list->name);
	const struct cvp_cv *cv = t->v.check.cv->cv;
	bool *is_used = cvp_arena_alloc(t->v.ctx->arena, cv->entry_count + 1);
	const struct cvp_cv_entry **entries = pair(t, list, told, is_used);
	const char *field = cvp_arena_printf(t->v.ctx->arena, CVP_TAILORED "/%s", list->name);

	if (json_array_size(told) == 0 && has_section(cv, list->section))
		cvp_tailored_report(t, field, CVP_SEVERITY_CRITICAL, list->wanted, NULL);
	for (size_t i = 0; i < json_array_size(told); i++) {
		const json_t *entry = json_array_get(told, i);
		const char *at = cvp_arena_printf(t->v.ctx->arena, "%s/%zu", field, i);

		if (entries[i] == NULL)
			report_part(t, at, list->place, list->wanted, entry);
		else
			report_parts(t, list, at, entry, entries[i]);
	}
	return entries;
}

const struct cvp_cv_entry **
cvp_tailored_jobs_check(struct cvp_tailored_check *t)
{
	return check_list(t, &jobs);
}

const struct cvp_cv_entry **
cvp_tailored_schools_check(struct cvp_tailored_check *t)
{
	return check_list(t, &schools);
}
