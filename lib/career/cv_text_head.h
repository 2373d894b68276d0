/* cv_text_head.h - the header of a job, school or project: which of its parts is what. Private to cv_text*.c. */
#ifndef CVP_CAREER_CV_TEXT_HEAD_H
#define CVP_CAREER_CV_TEXT_HEAD_H

#include "career/cv_text.h"

#define CVP_PARTS_MAX 16

/* What stands before a part, the weaker the higher. */
enum cvp_joint { CVP_JOINT_LINE, CVP_JOINT_TAB, CVP_JOINT_BAR, CVP_JOINT_DASH, CVP_JOINT_AT, CVP_JOINT_COMMA };

enum cvp_part_kind {
	CVP_PART_PLAIN, /* might be anything with a name */
	CVP_PART_TITLE,
	CVP_PART_COMPANY,
	CVP_PART_PLACE,
	CVP_PART_EMPLOYMENT,
	CVP_PART_DURATION,
	CVP_PART_TEXT /* a sentence */
};

/* One part of a header: bytes [from, to) of its line's text. */
struct cvp_part {
	const char *line;
	size_t from, to;
	const char *text;
	enum cvp_joint joint;
	enum cvp_part_kind kind;
	int score;        /* how surely it is a title or company */
	bool is_labelled; /* the CV itself says what it is ("Company: Acme") */
};

struct cvp_parts {
	struct cvp_part at[CVP_PARTS_MAX];
	size_t count;
};

struct cvp_head {
	const char *title, *organisation, *location, *employment; /* NULL where not found */
	const char *text;                                         /* a sentence that stands in the header, or NULL */
	bool is_sure;     /* title and organisation were told by their words or marks, not by their order alone */
	bool title_first; /* in the order written */
};

/* Cuts a line at tabs, bars, dashes between spaces, commas (not inside brackets or quotes) and, where at_parts, at "at"
 * and its like; tells each part's kind by its words. Adds to parts; what is past CVP_PARTS_MAX stays in the last part.
 */
void cvp_parts_add(const struct cvp_text_reader *reader, struct cvp_parts *parts, const char *line, bool at_parts);

/* The parts on both sides of a date, which is left out. *after: what follows ": " behind it, else NULL. */
void cvp_parts_add_dated(const struct cvp_text_reader *reader, struct cvp_parts *parts, const char *line,
			 const struct cvp_date_range *range, bool at_parts, const char **after);

/* Makes part i and the one after it, which is of the same line, one. */
void cvp_parts_merge(const struct cvp_text_reader *reader, struct cvp_parts *parts, int i);

/* Joins "Austin" and "TX", parted by a comma, to one place. */
void cvp_parts_find_places(const struct cvp_text_reader *reader, struct cvp_parts *parts);

/* Tells title, employer and place apart. title_first: the order where nothing else tells. */
struct cvp_head cvp_head_of(const struct cvp_text_reader *reader, struct cvp_parts *parts, bool title_first);

/* May the line be (part of) a header: short, no bullet, no sentence, no label of a list? */
bool cvp_is_head_line(const struct cvp_text_reader *reader, const struct cvp_text_line *line);

/* Is the date where a header has it, at an end of the line or between its marks, and not inside a sentence? */
bool cvp_is_dated_head(const struct cvp_text_reader *reader, const struct cvp_text_line *line,
		       const struct cvp_date_range *range);

/* Dates from the right column of bullet lines ("• Built it<tab>2019 – 2021") on lines of their own, lengths of time
 * dropped. */
struct cvp_text_lines cvp_text_split_columns(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines);

#endif
