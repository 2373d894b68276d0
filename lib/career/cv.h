/* cv.h - the candidate's CV: JSON Resume in, typed views and numbered lines out.
 *
 * Pure: no I/O, no clock, no environment. A view borrows from the resume given to cvp_cv_parse() and from the context's
 * arena, and lives as long as both. Any thread may read one CV; nobody writes it after cvp_cv_parse().
 *
 * Every pointer given out is an RFC 6901 JSON Pointer into that very resume, and the text given with it is, byte for
 * byte, the string that stands there: it is what evidence points to. */
#ifndef CVP_CAREER_CV_H
#define CVP_CAREER_CV_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;

struct cvp_date {
	short year;             /* 0 = not given */
	signed char month, day; /* 0 = not given */
};

/* A string of the resume and where it stands. NULL text where the member is absent or blank. */
struct cvp_cv_text {
	const char *text;
	const char *pointer;
};

enum cvp_cv_section {
	CVP_CV_BASICS,
	CVP_CV_WORK,
	CVP_CV_VOLUNTEER,
	CVP_CV_EDUCATION,
	CVP_CV_AWARDS,
	CVP_CV_CERTIFICATES,
	CVP_CV_PUBLICATIONS,
	CVP_CV_SKILLS,
	CVP_CV_LANGUAGES,
	CVP_CV_INTERESTS,
	CVP_CV_REFERENCES,
	CVP_CV_PROJECTS,
	CVP_CV_SECTION_COUNT
};

/* What part a line plays in its entry. */
enum cvp_cv_role {
	CVP_CV_TITLE,   /* position, label, award title, project name, degree (studyType) */
	CVP_CV_PLACE,   /* employer, institution, issuer, publisher, awarder */
	CVP_CV_SUMMARY, /* summary, description, area of study, reference text */
	CVP_CV_BULLET,  /* a highlight or course */
	CVP_CV_SKILL, /* a skill's or interest's name, a keyword, an entry of x_technologies, a language, a certificate
		       */
	CVP_CV_LEVEL  /* a skill's level, a language's fluency */
};

/* One string of the CV that may prove something. Contact data, dates, places and links are no lines. */
struct cvp_cv_line {
	struct cvp_cv_text at;
	enum cvp_cv_section section;
	enum cvp_cv_role role;
	int entry;     /* index in its section's array; -1 in basics */
	bool is_dated; /* stands in a job, project or volunteer entry that has a start date */
};

/* A job (work or volunteer), a school, a project: what has an organisation, a title and a span of time. */
struct cvp_cv_entry {
	enum cvp_cv_section section;                            /* CVP_CV_WORK, _VOLUNTEER, _EDUCATION or _PROJECTS */
	int index;                                              /* in its section's array */
	struct cvp_cv_text organisation, title, area, location; /* area: education only */
	struct cvp_date start, end;
	bool is_open; /* no end: absent, empty, null, "Present" and its like */
	const json_t *value;
	const char *pointer; /* of value: "/work/0", "/work/0/1" for one of several posts */
};

struct cvp_cv {
	const json_t *resume; /* borrowed */
	struct cvp_cv_text name, label, email, phone, summary;
	const struct cvp_cv_line *lines; /* in document order */
	size_t line_count;
	const struct cvp_cv_entry *entries; /* work, volunteer, education, projects, each in document order */
	size_t entry_count;
};

/* Reads a JSON Resume object and keeps unknown keys. Tolerates what real ones hold: old 0.x keys (company, website), an
 * end of "", null or "Present", a location as text, null members, a list or a level given as another plain value,
 * several posts at one employer nested in an array, skills grouped under names, a CV without "basics" whose root holds
 * its members. Pointers lead to the key that really stands there. resume: borrowed, must outlive the CV. On success *cv
 * is in ctx's arena. CVP_INSUFFICIENT_CV_DATA without a name, or without work, education and skills;
 * CVP_VALIDATION_ERROR names the member by JSON Pointer. */
CVP_CHECKED enum cvp_code cvp_cv_parse(struct cvp_ctx *ctx, const json_t *resume, const struct cvp_cv **cv);

/* The start of a date as JSON Resume and people write it: 2021, 2021-03, 2021-03-01, "Mar 2021", "03/2021", "март
 * 2021", in en, ru, he. False where text holds no date. */
bool cvp_date_parse(const char *text, struct cvp_date *date);

/* Does an end text mean "until now" ("", Present, current, now, по настоящее время, н.в., כיום, היום)? */
bool cvp_date_is_open(const char *text);

/* "2021-03-01", "2021-03" or "2021", as precise as given; in ctx's arena. */
const char *cvp_date_text(struct cvp_ctx *ctx, struct cvp_date date);

/* Months from start to end, both included at month precision (2021-03 to 2021-03 is 1). A bare year begins in January
 * and ends in December (as an end). Never negative. */
int cvp_date_months(struct cvp_date start, struct cvp_date end);

/* Months of the work entries for which is_wanted(entry, arg) holds (NULL: of all), overlaps counted once, an open end
 * taken as as_of, nothing after as_of counted. Never negative. */
int cvp_cv_months_worked(const struct cvp_cv *cv, struct cvp_date as_of,
			 bool (*is_wanted)(const struct cvp_cv_entry *entry, void *arg), void *arg);

/* The string at an RFC 6901 pointer of a JSON value; NULL where none stands there. Borrowed. */
const char *cvp_pointer_text(const json_t *root, const char *pointer);

#endif
