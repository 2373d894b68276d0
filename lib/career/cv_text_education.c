/* Schools of a plain-text CV. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "career/cv_text_degree.h"
#include "career/cv_text_head.h"
#include "career/cv_text_lists.h"
#include "career/cv_text_school.h"
#include "core/ctx.h"

#define DETAIL_INDENT 2 /* columns to the right of the header */

/* What the lines of the entry being gathered have told so far. */
struct facts {
	bool has_school, has_degree, has_date;
};

struct school_reader {
	struct cvp_text_reader *reader;
	struct cvp_text_lines lines;
	struct cvp_parts parts;
	struct cvp_text_lines details;
	struct facts facts;
	json_t *entry;
	bool in_bullets; /* every entry is a bullet */
	int indent;      /* of the first line of the entry being gathered */
};

/* What a line tells; *range: its dates. */
static struct facts
facts_of(const struct school_reader *schools, const struct cvp_text_line *line, struct cvp_date_range *range)
{
	struct cvp_word_counts counts = cvp_word_count(schools->reader->words, line->text);
	size_t degree = cvp_degree_scan(schools->reader, line->text);
	struct facts facts = { 0 };
	bool is_long = counts.words > 24;

	facts.has_date = !is_long && cvp_date_range_find(line->text, 0, range);
	/* "High School Diploma" names no school */
	facts.has_school = !is_long && cvp_word_count(schools->reader->words, line->text + degree).school > 0;
	facts.has_degree = !is_long && (counts.degree > 0 || degree > 0);
	return facts;
}

/* Is it about marks, prizes or courses, and so a detail of the entry above? */
static bool
is_detail(const struct school_reader *schools, const struct cvp_text_line *line, struct facts facts)
{
	static const char *const words[] = {
		"gpa",
		"cgpa",
		"grade",
		"thesis",
		"dissertation",
		"relevant coursework",
		"courses",
		"coursework",
		"honors",
		"honours",
		"activities",
		"advisor",
		"minor",
		"dean's list",
		"awards",
		"средний балл",
		"диплом с отличием",
		"тема диплома",
		"дипломная работа",
		"курсы",
		"ממוצע",
		"קורסים",
		"פרויקט גמר",
		"התמחות",
		"study abroad",
		"relevant courses",
		"concentration",
		"specialization",
	};

	const struct facts *known = &schools->facts;
	bool is_new = (facts.has_school && !known->has_school) || (facts.has_degree && !known->has_degree) ||
		      (facts.has_date && !known->has_date);

	if ((line->is_bullet && !schools->in_bullets) || (line->indent > schools->indent + DETAIL_INDENT && !is_new))
		return true;
	return cvp_cv_chars_any_word(line->text, words, CVP_COUNT(words), NULL) > 0;
}

/* Does a line with these facts begin another entry? */
static bool
begins_entry(const struct school_reader *schools, const struct cvp_text_line *line, struct facts facts)
{
	const struct facts *known = &schools->facts;
	bool has_any = known->has_school || known->has_degree || known->has_date;

	if (!has_any)
		return schools->parts.count > 0 && line->after_blank && facts.has_school && facts.has_degree;
	if (line->level || (schools->in_bullets && line->is_bullet))
		return true;
	if ((facts.has_school && known->has_school) || (facts.has_degree && known->has_degree && known->has_school) ||
	    (facts.has_date && known->has_date))
		return true;
	if (facts.has_degree && known->has_degree && known->has_date)
		return true;
	return line->after_blank && (known->has_school || known->has_date) && known->has_degree &&
	       (facts.has_school || facts.has_degree || facts.has_date);
}

/* Nothing of it says school: the lines are kept as they are. */
static void
keep_parts(struct school_reader *schools)
{
	const char *line = NULL;

	for (size_t i = 0; i < schools->parts.count; i++) {
		if (schools->parts.at[i].line != line)
			cvp_text_keep_unparsed(schools->reader, schools->parts.at[i].line);
		line = schools->parts.at[i].line;
	}
	for (size_t i = 0; i < schools->details.count; i++)
		cvp_text_keep_unparsed(schools->reader, schools->details.at[i].text);
	cvp_text_warn(schools->reader, "Some lines of the education section were not understood and are kept as text");
}

static void
put_entry(struct school_reader *schools)
{
	struct cvp_text_reader *reader = schools->reader;
	struct cvp_degree found = cvp_degree_of(reader, &schools->parts);
	json_t *entry = schools->entry;

	if (!schools->facts.has_school && !schools->facts.has_degree && !schools->facts.has_date) {
		keep_parts(schools);
		json_decref(entry);
	} else {
		json_t *ordered = json_object();

		cvp_text_set(ordered, "institution", found.institution);
		cvp_text_set(ordered, "studyType", found.study_type);
		cvp_text_set(ordered, "area", found.area);
		cvp_text_set(ordered, "location", found.location);
		json_object_update(ordered, entry);
		json_decref(entry);
		cvp_text_set(ordered, "score", found.score);
		if (found.honors)
			json_object_set_new(ordered, "x_honors", json_pack("[s]", found.honors));
		cvp_degree_read_details(reader, ordered, &schools->details);
		if (!found.institution)
			cvp_text_warn(reader, "No institution was found for \"%s\"",
				      found.study_type ? found.study_type : found.area);
		json_array_append_new(cvp_text_array(reader, "education"), ordered);
	}
	schools->entry = json_object();
	schools->parts.count = 0;
	schools->details.count = 0;
	schools->facts = (struct facts){ 0 };
}

/* Adds a header line's parts and dates to the entry being gathered. */
static void
take_line(struct school_reader *schools, const struct cvp_text_line *line, struct facts facts,
	  const struct cvp_date_range *range)
{
	const char *after = NULL;

	if (schools->parts.count == 0)
		schools->indent = line->indent;
	if (facts.has_date) {
		cvp_parts_add_dated(schools->reader, &schools->parts, line->text, range, false, &after);
		cvp_text_set_dates(schools->reader, schools->entry, line->text, range);
	} else {
		cvp_parts_add(schools->reader, &schools->parts, line->text, false);
	}
	if (after)
		cvp_text_lines_add(schools->reader->ctx, &schools->details, (struct cvp_text_line){ .text = after });
	schools->facts.has_school |= facts.has_school;
	schools->facts.has_degree |= facts.has_degree;
	schools->facts.has_date |= facts.has_date;
}

static void
read_line(struct school_reader *schools, const struct cvp_text_line *line)
{
	struct cvp_date_range range;
	struct facts facts = facts_of(schools, line, &range);
	bool is_head = schools->parts.count == 0 || facts.has_school || facts.has_degree || facts.has_date ||
		       (schools->details.count == 0 && !line->is_bullet && schools->parts.count < 6 &&
			cvp_word_count(schools->reader->words, line->text).words <= 10 && !line->after_blank);

	if (is_detail(schools, line, facts) && (schools->parts.count || schools->details.count)) {
		cvp_text_lines_add(schools->reader->ctx, &schools->details, *line);
		return;
	}
	if (begins_entry(schools, line, facts))
		put_entry(schools);
	else if (!is_head || cvp_word_count(schools->reader->words, line->text).words > 24) {
		cvp_text_lines_add(schools->reader->ctx, &schools->details, *line);
		return;
	}
	take_line(schools, line, facts, &range);
}

/* Are the entries themselves bullets: does a bullet name a school or degree, and no other line? */
static bool
are_bullets(const struct school_reader *schools)
{
	struct cvp_date_range range;
	size_t bullets = 0, others = 0;

	for (size_t i = 0; i < schools->lines.count; i++) {
		const struct cvp_text_line *line = &schools->lines.at[i];
		struct facts facts = facts_of(schools, line, &range);

		if (!facts.has_school && !facts.has_degree)
			continue;
		bullets += line->is_bullet;
		others += !line->is_bullet;
	}
	return bullets > 0 && others == 0;
}

/* Adds a line, cut where its school ends and another begins; what is told behind its town as a line of its own. */
static void
add_marked(struct school_reader *schools, struct cvp_text_lines *marked, struct cvp_text_line line)
{
	struct cvp_ctx *ctx = schools->reader->ctx;
	size_t second = line.is_bullet ? 0 : cvp_text_second_school(schools->reader, line.text);
	const char *rest = "";

	if (second) {
		struct cvp_text_line first = line;

		first.text = cvp_text_trim(ctx, line.text, second, "");
		line.text += second;
		cvp_text_lines_add(ctx, marked, first);
	} else if (!line.is_bullet) {
		line.text = cvp_text_mark_school(schools->reader, line.text, &rest);
	}
	cvp_text_lines_add(ctx, marked, line);
	if (rest[0])
		cvp_text_lines_add(ctx, marked, (struct cvp_text_line){ .text = rest, .raw = rest, .is_bullet = true });
}

void
cvp_text_read_education(struct cvp_text_reader *reader, const struct cvp_text_section *section)
{
	struct school_reader schools = { .reader = reader, .entry = json_object() };
	struct cvp_text_lines lines = cvp_text_split_columns(reader, &section->lines);

	lines = cvp_text_unwrap(reader->ctx, &lines, 0, lines.count, false);
	for (size_t i = 0; i < lines.count; i++)
		add_marked(&schools, &schools.lines, lines.at[i]);
	schools.in_bullets = are_bullets(&schools);
	for (size_t i = 0; i < schools.lines.count; i++)
		read_line(&schools, &schools.lines.at[i]);
	if (schools.parts.count)
		put_entry(&schools);
	else
		for (size_t i = 0; i < schools.details.count; i++)
			cvp_text_keep_unparsed(reader, schools.details.at[i].text);
	json_decref(schools.entry);
}
