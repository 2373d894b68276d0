/* Jobs, volunteer work and projects of a plain-text CV: where each begins, its header, what stands under it. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "career/cv_text_head.h"
#include "core/ctx.h"

#define ABOVE_MAX 3 /* header lines above the line with the dates */
#define BELOW_MAX 2 /* and below it */
#define UNDATED   ((size_t)-1)

/* One entry being cut out of the section: lines [first, body) are its header, [body, last) what was done. */
struct entry {
	size_t first, dated, body, last; /* dated: the line with its dates, UNDATED without */
	struct cvp_date_range range;
	const char *after; /* text behind the header on its own line */
	struct cvp_head head;
	size_t above; /* header lines above the dated one */
};

struct entries {
	struct entry *at;
	size_t count, size;
};

struct job_reader {
	struct cvp_text_reader *reader;
	struct cvp_text_lines lines;
	struct entries entries;
	bool title_first; /* the order of the headers whose words told it */
	bool is_bulleted; /* each job is a bullet */
};

static struct entry *
add_entry(struct job_reader *jobs)
{
	struct entries *all = &jobs->entries;

	if (all->count == all->size) {
		size_t size = all->size ? 2 * all->size : 16;

		all->at = cvp_arena_grow(jobs->reader->ctx->arena, all->at, all->size * sizeof(*all->at),
					 size * sizeof(*all->at));
		all->size = size;
	}
	all->at[all->count] = (struct entry){ .dated = UNDATED };
	return &all->at[all->count++];
}

/* The first line not yet used by the entry before the one at index. */
static size_t
free_from(const struct job_reader *jobs, size_t index)
{
	return index == 0 ? 0 : jobs->entries.at[index - 1].body;
}

/* The parts of an entry's header lines, and what its words make of them. */
static void
read_head(struct job_reader *jobs, struct entry *entry)
{
	struct cvp_parts parts = { 0 };

	for (size_t i = entry->first; i < entry->body; i++) {
		const struct cvp_text_line *line = &jobs->lines.at[i];

		if (i == entry->dated)
			cvp_parts_add_dated(jobs->reader, &parts, line->text, &entry->range, true, &entry->after);
		else
			cvp_parts_add(jobs->reader, &parts, line->text, true);
	}
	entry->head = cvp_head_of(jobs->reader, &parts, jobs->title_first);
}

static bool
is_complete(const struct entry *entry)
{
	return entry->head.title && entry->head.organisation && entry->head.is_sure;
}

/* Is line i written like the first line of the section's first header, so that a header may begin there? */
static bool
is_like_first(const struct job_reader *jobs, size_t i)
{
	const struct cvp_text_line *line = &jobs->lines.at[i], *first;

	if (jobs->entries.count < 2)
		return true;
	first = &jobs->lines.at[jobs->entries.at[0].first];
	return line->level == first->level && line->is_bold == first->is_bold && line->indent <= first->indent;
}

/* May a header begin at line i, or is it still part of the body above it? */
static bool
may_begin(const struct job_reader *jobs, size_t i, size_t from)
{
	const struct cvp_text_line *line = &jobs->lines.at[i];

	if (i == from || line->level || line->after_blank || line->is_bold)
		return true;
	return line[-1].is_bullet || line->indent < line[-1].indent || strlen(line[-1].text) > CVP_HEAD_MAX;
}

/* Is there nothing on the dated line but its dates? */
static bool
is_bare_date(const struct job_reader *jobs, const struct entry *entry)
{
	const char *text = jobs->lines.at[entry->dated].text;
	struct cvp_date_range range = entry->range;

	return cvp_word_count(jobs->reader->words, cvp_arena_strndup(jobs->reader->ctx->arena, text, range.from))
		       .words == 0 &&
	       cvp_word_count(jobs->reader->words, text + range.to).words == 0;
}

/* Header lines right above the dated one: as many as the first entry has, for the first all that look like it. */
static void
take_above(struct job_reader *jobs, struct entry *entry, size_t index)
{
	size_t from = free_from(jobs, index), first = entry->dated, wanted = ABOVE_MAX, top;
	bool like_first = index > 0 && jobs->entries.at[0].above > 0;

	if (index > 0)
		wanted = like_first ? jobs->entries.at[0].above : !is_complete(entry);
	while (first > from && entry->dated - first < wanted &&
	       cvp_is_head_line(jobs->reader, &jobs->lines.at[first - 1])) {
		first--;
		if (jobs->lines.at[first].level && first > from && !jobs->lines.at[first - 1].level)
			break;
	}
	for (top = first; top < entry->dated; top++)
		if (may_begin(jobs, top, from) && (!like_first || is_like_first(jobs, top)))
			break;
	/* a date alone under such lines needs a header, whatever parts it from the body above */
	if (top < entry->dated || !like_first || !is_bare_date(jobs, entry))
		first = top;
	entry->above = entry->dated - first;
	entry->first = first;
	read_head(jobs, entry);
}

/* Does the line under the dates add what the header still lacks? */
static bool
adds_to_head(struct job_reader *jobs, const struct entry *entry, size_t i)
{
	const struct cvp_text_line *line = &jobs->lines.at[i];
	const struct cvp_head *head = &entry->head;
	struct entry longer = *entry;

	if (!cvp_is_head_line(jobs->reader, line) || (line->after_blank && i != entry->dated + 1) || line->level ||
	    (line->indent > jobs->lines.at[entry->dated].indent + 2 && entry->range.from > 0))
		return false;
	if (head->title && head->organisation)
		return !head->location && cvp_words_are_place(jobs->reader->words, line->text);
	longer.body = i + 1;
	read_head(jobs, &longer);
	if (longer.head.title && longer.head.organisation)
		return longer.head.is_sure || cvp_word_count(jobs->reader->words, line->text).words <= 6;
	return !head->location && cvp_words_are_place(jobs->reader->words, line->text);
}

/* Takes lines under the header while they add to it, at most up to line `last`. */
static void
extend_below(struct job_reader *jobs, struct entry *entry, size_t end, size_t last)
{
	for (size_t i = entry->body; i < end && i <= last; i++) {
		if (!adds_to_head(jobs, entry, i))
			break;
		entry->body = i + 1;
		read_head(jobs, entry);
	}
}

static void
take_below(struct job_reader *jobs, struct entry *entry, size_t end)
{
	extend_below(jobs, entry, end, entry->dated + BELOW_MAX);
	if (entry->head.title || entry->head.organisation || entry->body == end ||
	    !cvp_is_head_line(jobs->reader, &jobs->lines.at[entry->body]))
		return;
	/* dates alone over the header: at least one name has to come from below */
	entry->body++;
	read_head(jobs, entry);
	extend_below(jobs, entry, end, entry->dated + BELOW_MAX + 1);
}

/* The date of line i, when the line is a header's. */
static bool
find_date(const struct job_reader *jobs, size_t i, bool in_bullets, struct cvp_date_range *range)
{
	const struct cvp_text_line *line = &jobs->lines.at[i];

	if (line->is_bullet != in_bullets)
		return false;
	if (!cvp_date_range_find(line->text, 0, range))
		return false;
	return cvp_is_dated_head(jobs->reader, line, range);
}

/* Does line i hold the dates of a job whose employer's placeholder stands on another line? */
static bool
dates_another(const struct job_reader *jobs, size_t i)
{
	struct cvp_date_range range;

	return i < jobs->lines.count && find_date(jobs, i, false, &range) &&
	       !cvp_text_find_company_placeholder(jobs->lines.at[i].text);
}

/* The placeholder of an employer heads a job of its own where no dates stand above or below it. */
static bool
is_anchor(const struct job_reader *jobs, size_t i, bool in_bullets)
{
	if (in_bullets || !cvp_text_find_company_placeholder(jobs->lines.at[i].text))
		return false;
	return !(i > 0 && dates_another(jobs, i - 1)) && !(i > 1 && dates_another(jobs, i - 2)) &&
	       !dates_another(jobs, i + 1);
}

static void
add_anchored(struct job_reader *jobs, size_t i)
{
	struct entry *entry = add_entry(jobs);
	size_t from = jobs->entries.count > 1 ? entry[-1].body : 0;

	entry->first = i;
	entry->body = i + 1;
	if (i > from && cvp_text_find_company_placeholder(jobs->lines.at[i].text) == jobs->lines.at[i].text &&
	    cvp_is_head_line(jobs->reader, &jobs->lines.at[i - 1]))
		entry->first = i - 1;
}

/* Does the placeholder of an employer stand on the dated line, or on the next? */
static bool
is_anchored(const struct job_reader *jobs, const struct entry *entry)
{
	size_t next = entry->dated + 1;

	return cvp_text_find_company_placeholder(jobs->lines.at[entry->dated].text) ||
	       (next < jobs->lines.count && cvp_text_find_company_placeholder(jobs->lines.at[next].text));
}

/* An entry for each line with dates: of the bullets, or of all other lines. A bullet needs a whole range. */
static void
find_dated(struct job_reader *jobs, bool in_bullets)
{
	struct cvp_date_range range;

	for (size_t i = 0; i < jobs->lines.count; i++) {
		struct entry *entry;

		if (!find_date(jobs, i, in_bullets, &range) || (in_bullets && !range.is_range && !range.is_open)) {
			if (is_anchor(jobs, i, in_bullets))
				add_anchored(jobs, i);
			continue;
		}
		entry = add_entry(jobs);
		entry->first = entry->dated = i;
		entry->body = i + 1;
		entry->range = range;
	}
}

/* Lone years beside ranges are graduation dates, prizes, what a sentence names: dropped where the ranges make the jobs,
 * unless they stand on a header's line. */
static void
drop_weak_dates(struct job_reader *jobs)
{
	size_t ranges = 0, kept = 0;

	for (size_t i = 0; i < jobs->entries.count; i++)
		ranges += jobs->entries.at[i].range.is_range;
	for (size_t i = 0; i < jobs->entries.count; i++) {
		struct entry *entry = &jobs->entries.at[i];
		struct cvp_parts parts = { 0 };

		if (ranges && entry->dated != UNDATED && !entry->range.is_range && !is_anchored(jobs, entry)) {
			cvp_parts_add_dated(jobs->reader, &parts, jobs->lines.at[entry->dated].text, &entry->range,
					    true, &entry->after);
			if (!cvp_head_of(jobs->reader, &parts, true).is_sure)
				continue;
		}
		jobs->entries.at[kept++] = *entry;
	}
	jobs->entries.count = kept;
}

/* Entries without dates: a header line over bullets, a Markdown heading, or a block that begins with a title. */
static void
find_undated(struct job_reader *jobs)
{
	for (size_t i = 0; i < jobs->lines.count; i++) {
		const struct cvp_text_line *line = &jobs->lines.at[i];
		struct cvp_parts parts = { 0 };
		struct cvp_head head;
		struct entry *entry;

		if (!cvp_is_head_line(jobs->reader, line) || !may_begin(jobs, i, 0))
			continue;
		cvp_parts_add(jobs->reader, &parts, line->text, true);
		head = cvp_head_of(jobs->reader, &parts, true);
		if (!line->level && !(head.title && (head.organisation || head.location)) &&
		    !(head.title && i + 1 < jobs->lines.count &&
		      (line[1].is_bullet || line[1].indent > line->indent || line->is_bold)))
			continue;
		entry = add_entry(jobs);
		entry->first = i;
		entry->body = i + 1;
		if (!head.organisation && i + 1 < jobs->lines.count && cvp_is_head_line(jobs->reader, line + 1) &&
		    !line[1].after_blank && line[1].indent <= line->indent)
			entry->body++;
		i = entry->body - 1;
	}
}

/* The order in which most headers whose words tell have title and employer. */
static void
learn_order(struct job_reader *jobs)
{
	int title_first = 0, company_first = 0;

	for (size_t i = 0; i < jobs->entries.count; i++) {
		const struct cvp_head *head = &jobs->entries.at[i].head;

		if (!head->is_sure)
			continue;
		title_first += head->title_first;
		company_first += !head->title_first;
	}
	jobs->title_first = title_first >= company_first;
}

static void
cut_entries(struct job_reader *jobs)
{
	size_t count = jobs->entries.count;

	for (size_t i = 0; i < count; i++) {
		struct entry *entry = &jobs->entries.at[i];
		size_t end = i + 1 < count ? jobs->entries.at[i + 1].first : jobs->lines.count;

		read_head(jobs, entry);
		if (entry->dated == UNDATED || jobs->is_bulleted)
			continue;
		take_above(jobs, entry, i);
		take_below(jobs, entry, end);
	}
	learn_order(jobs);
	for (size_t i = 0; i < count; i++) {
		struct entry *entry = &jobs->entries.at[i];

		entry->last = i + 1 < count ? jobs->entries.at[i + 1].first : jobs->lines.count;
		read_head(jobs, entry);
	}
}

/* A post without an employer of its own, under one that has one on a line above its title: the same employer. A lone
 * name is then the title. */
static void
inherit_company(struct job_reader *jobs, size_t index)
{
	struct entry *entry = &jobs->entries.at[index], *before = entry - 1;

	if (index == 0 || (entry->head.organisation && entry->head.title) || !before->head.organisation ||
	    !before->head.title || before->head.title_first ||
	    before->body - before->first <= entry->body - entry->first)
		return;
	if (!entry->head.title)
		entry->head.title = entry->head.organisation;
	entry->head.organisation = before->head.organisation;
	if (!entry->head.location)
		entry->head.location = before->head.location;
}

static void
put_body(struct job_reader *jobs, const struct entry *entry, json_t *object, const char *summary_key)
{
	struct cvp_text_lines body = cvp_text_unwrap(jobs->reader->ctx, &jobs->lines, entry->body, entry->last, true);
	struct cvp_text_lines all = { 0 };
	const char *const extra[] = { entry->head.text, entry->after };

	for (size_t i = 0; i < CVP_COUNT(extra); i++)
		if (extra[i])
			cvp_text_lines_add(jobs->reader->ctx, &all, (struct cvp_text_line){ .text = extra[i] });
	for (size_t i = 0; i < body.count; i++)
		cvp_text_lines_add(jobs->reader->ctx, &all, body.at[i]);
	cvp_text_read_body(jobs->reader, object, &all, summary_key);
}

static void
put_job(struct job_reader *jobs, const struct entry *entry, enum cvp_text_kind kind)
{
	bool is_work = kind == CVP_TEXT_WORK;
	json_t *object = json_object();

	if (!cvp_text_is_placeholder(entry->head.organisation))
		cvp_text_set(object, is_work ? "name" : "organization", entry->head.organisation);
	cvp_text_set(object, "position", entry->head.title);
	cvp_text_set(object, "location", entry->head.location);
	if (entry->dated != UNDATED)
		cvp_text_set_dates(jobs->reader, object, jobs->lines.at[entry->dated].text, &entry->range);
	put_body(jobs, entry, object, "summary");
	cvp_text_set(object, "x_employment_type", entry->head.employment);
	if (!entry->head.title || !entry->head.organisation)
		cvp_text_warn(jobs->reader, "No %s was found for \"%s\"", entry->head.title ? "employer" : "title",
			      jobs->lines.at[entry->first].text);
	json_array_append_new(cvp_text_array(jobs->reader, is_work ? "work" : "volunteer"), object);
}

/* Lines before the first entry, and sections in which none was found, are kept as they are. */
static void
keep_lines(struct job_reader *jobs, const char *heading, size_t last)
{
	struct cvp_text_lines lines = cvp_text_unwrap(jobs->reader->ctx, &jobs->lines, 0, last, true);

	if (lines.count)
		cvp_text_warn(jobs->reader, "Some lines of \"%s\" were not understood and are kept as text", heading);
	for (size_t i = 0; i < lines.count; i++)
		cvp_text_keep_unparsed(jobs->reader, lines.at[i].text);
}

void
cvp_text_read_jobs(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct job_reader jobs = { .reader = reader, .title_first = true };

	jobs.lines = cvp_text_split_columns(reader, &section->lines);
	find_dated(&jobs, false);
	if (jobs.entries.count == 0) {
		find_dated(&jobs, true);
		jobs.is_bulleted = jobs.entries.count > 0;
	}
	drop_weak_dates(&jobs);
	if (jobs.entries.count == 0)
		find_undated(&jobs);
	cut_entries(&jobs);
	keep_lines(&jobs, section->heading, jobs.entries.count ? jobs.entries.at[0].first : jobs.lines.count);
	for (size_t i = 0; i < jobs.entries.count; i++) {
		inherit_company(&jobs, i);
		put_job(&jobs, &jobs.entries.at[i], section->kind);
	}
}
