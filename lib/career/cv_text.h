/* cv_text.h - what the readers of plain-text and Markdown CVs share. Private to cv_text*.c.
 *
 * The way of a text: lines (cv_text_lines.c) -> sections (cv_text_sections.c) -> one reader per kind of section, which
 * adds to the resume. Everything is in the context's arena; one import is one thread's. Every string put into the
 * resume is the input's own, with markup, bullets and runs of white space taken out and wrapped lines joined. */
#ifndef CVP_CAREER_CV_TEXT_H
#define CVP_CAREER_CV_TEXT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "career/cv_date.h"
#include "career/cv_words.h"
#include "core/buf.h"

struct cvp_ctx;

/* A header line longer than this is a sentence (code points). */
#define CVP_HEAD_MAX 120

struct cvp_text_line {
	const char *text;                  /* no markup, no bullet; columns parted by a tab, else single spaces */
	const char *raw;                   /* as written, trimmed: for links */
	int indent;                        /* columns of white space before it */
	int level;                         /* of a Markdown heading, else 0 */
	bool is_bullet, is_bold, is_ruled; /* ruled: underlined, or between rows of dashes */
	bool is_hyphenated;                /* ended in a soft hyphen */
	bool after_blank;
	bool is_new_column; /* the first of another column of the page */
};

enum cvp_text_kind {
	CVP_TEXT_HEAD, /* before the first heading, and contact sections */
	CVP_TEXT_SUMMARY,
	CVP_TEXT_WORK,
	CVP_TEXT_VOLUNTEER,
	CVP_TEXT_EDUCATION,
	CVP_TEXT_SKILLS,
	CVP_TEXT_LANGUAGES,
	CVP_TEXT_CERTIFICATES,
	CVP_TEXT_AWARDS,
	CVP_TEXT_ACHIEVEMENTS,
	CVP_TEXT_PUBLICATIONS,
	CVP_TEXT_PROJECTS,
	CVP_TEXT_INTERESTS,
	CVP_TEXT_REFERENCES,
	CVP_TEXT_OTHER,
	CVP_TEXT_KIND_COUNT
};

struct cvp_text_lines {
	struct cvp_text_line *at;
	size_t count, size;
};

struct cvp_text_section {
	enum cvp_text_kind kind;
	const char *heading; /* "" at the head of the CV */
	bool is_inline;      /* a label with its text on one line ("Skills: Go, C") */
	struct cvp_text_lines lines;
};

struct cvp_text_sections {
	struct cvp_text_section *at;
	size_t count, size;
};

/* One import under way. */
struct cvp_text_reader {
	struct cvp_ctx *ctx;
	const struct cvp_lexicon *lexicon; /* may be NULL */
	const struct cvp_word_table *words;
	json_t *resume, *warnings;
	struct cvp_buf summary; /* paragraphs of basics.summary, a line each */
	bool is_anonymous;      /* placeholders stand for employers: the name was taken out, too */
};

/* cv_text_lines.c */

/* Cuts text into lines; page numbers and rulers are left out. */
struct cvp_text_lines cvp_text_lines_of(struct cvp_ctx *ctx, const char *text, size_t length);
void cvp_text_lines_add(struct cvp_ctx *ctx, struct cvp_text_lines *lines, struct cvp_text_line line);

/* Text with emphasis, code marks, tags and links taken out; of a link its words stay. */
const char *cvp_text_plain(struct cvp_ctx *ctx, const char *text, size_t length);

/* cv_text_mend.c */

/* A line with UTF-8 that was read as Windows-1252 made right, and "Company Name", "City , State" of an anonymous CV
 * parted from the rest by tabs. */
const char *cvp_text_mend(struct cvp_ctx *ctx, const char *text);

/* Is the text nothing but such a placeholder, which names nobody? */
bool cvp_text_is_placeholder(const char *text);

/* Does the placeholder of an employer, or of a place, stand in a cell of the mended line? NULL without. */
const char *cvp_text_find_company_placeholder(const char *text);
const char *cvp_text_find_place_placeholder(const char *text);

/* Were the names taken out of the CV these lines are of? */
bool cvp_text_is_anonymous(const struct cvp_text_lines *lines);

/* cv_text_sections.c */
struct cvp_text_sections cvp_text_sections_of(const struct cvp_text_reader *reader, const struct cvp_text_lines *lines);

/* Adds an empty section; valid until the next is added. */
struct cvp_text_section *cvp_text_sections_add(struct cvp_ctx *ctx, struct cvp_text_sections *sections,
					       enum cvp_text_kind kind, const char *heading);

/* cv_text_unheaded.c: where no heading leads to jobs or schools, those of the head made sections of their own. */
struct cvp_text_sections cvp_text_split_head(const struct cvp_text_reader *reader,
					     const struct cvp_text_sections *sections);

/* The section a heading's words name; CVP_TEXT_KIND_COUNT where they name none. */
enum cvp_text_kind cvp_text_heading_kind(const char *heading);

/* Is the line a label with something after it ("Skills: Go, C")? *rest: what comes after, never "". */
bool cvp_text_label(struct cvp_ctx *ctx, const char *text, const char **label, const char **rest);

/* cv_text_contact.c: the head of the CV into basics. */
void cvp_text_read_head(struct cvp_text_reader *reader, const struct cvp_text_lines *lines);

/* Could the text be a person's name: a few words of letters, each with a capital? */
bool cvp_text_is_name(const struct cvp_text_reader *reader, const char *text);

/* Takes a line like "GitHub: github.com/jane" of any section into basics; false where it is no such line. */
bool cvp_text_read_link_line(struct cvp_text_reader *reader, const struct cvp_text_line *line);

/* cv_text_jobs.c: jobs into work[] or volunteer[]. */
void cvp_text_read_jobs(struct cvp_text_reader *reader, const struct cvp_text_section *section);

/* cv_text_projects.c */
void cvp_text_read_projects(struct cvp_text_reader *reader, const struct cvp_text_section *section);

/* cv_text_education.c */
void cvp_text_read_education(struct cvp_text_reader *reader, const struct cvp_text_section *section);

/* cv_text_skills.c */
void cvp_text_read_skills(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_languages(struct cvp_text_reader *reader, const struct cvp_text_section *section);

/* Does a line say how well a language is spoken ("English: fluent")? Adds it to languages[] if so. */
bool cvp_text_read_language_line(struct cvp_text_reader *reader, const char *text);

/* cv_text_lists.c: certificates, awards, publications, interests, references, summaries, what is left. */
void cvp_text_read_certificates(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_awards(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_publications(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_interests(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_references(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_summary(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_achievements(struct cvp_text_reader *reader, const struct cvp_text_section *section);
void cvp_text_read_other(struct cvp_text_reader *reader, const struct cvp_text_section *section);

/* Appends a paragraph to basics.summary. */
void cvp_text_add_summary(struct cvp_text_reader *reader, const char *text);

/* cv_text_body.c: what stands under a header: text and bullets. */

/* Lines [first, last) with wrapped lines joined, one paragraph or bullet each. by_width: also those that nothing but
 * their length shows to be wrapped; not for lines that may be headers. */
struct cvp_text_lines cvp_text_unwrap(struct cvp_ctx *ctx, const struct cvp_text_lines *lines, size_t first,
				      size_t last, bool by_width);

/* A label jobs have inside ("Technologies", "Обязанности"), which opens no section. */
bool cvp_text_is_job_label(const char *label);

/* Puts unwrapped lines into entry: summary_key (text), highlights[], x_technologies[]. */
void cvp_text_read_body(struct cvp_text_reader *reader, json_t *entry, const struct cvp_text_lines *body,
			const char *summary_key);

/* cv_text.c */
void cvp_text_warn(struct cvp_text_reader *reader, const char *format, ...) CVP_PRINTF(2, 3);

/* Keeps a line nobody understood in x_unparsed[] of the resume. */
void cvp_text_keep_unparsed(struct cvp_text_reader *reader, const char *text);

/* The array at key of the resume, made where it is not there. Borrowed. */
json_t *cvp_text_array(struct cvp_text_reader *reader, const char *key);

/* Sets a member from a text that may be NULL or blank (then nothing is set). */
void cvp_text_set(json_t *object, const char *key, const char *text);

/* Sets startDate, endDate and x_dates from a span found in a text. */
void cvp_text_set_dates(struct cvp_text_reader *reader, json_t *entry, const char *text,
			const struct cvp_date_range *range);

/* Brackets that hold the whole text, or have lost their other half at an end of it, taken off. */
const char *cvp_text_unbracket(struct cvp_ctx *ctx, const char *text);

/* A copy without white space and without the marks of `strip` at both ends. */
const char *cvp_text_trim(struct cvp_ctx *ctx, const char *text, size_t length, const char *strip);

#endif
