/* vpr_parts.h - what the parts of the Value Proposition Report are made from, and the parts. Private to vpr*.c,
 * gap*.c and tailored_cv*.c, which rest on the same reading.
 *
 * One struct cvp_vpr a report, in the context's arena, used by one thread. Every sentence is a phrase of the artifact's
 * language filled with facts of the CV; the pointers of the lines it rests on are collected as it is made. */
#ifndef CVP_CAREER_VPR_PARTS_H
#define CVP_CAREER_VPR_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "career/cv.h"
#include "career/kind.h"
#include "career/posting.h"
#include "career/verify_facts.h"
#include "career/vpr_view.h"
#include "core/buf.h"
#include "text/phrase.h"

struct cvp_verification;

#define CVP_VPR_SKILLS_MAX 12
#define CVP_VPR_TURNS_MAX  32 /* phrases with variants */

enum cvp_band { CVP_BAND_MISSING, CVP_BAND_DEVELOPING, CVP_BAND_MODERATE, CVP_BAND_STRONG };

/* A line of the CV, or an answer, that may be quoted. */
struct cvp_vpr_line {
	const char *pointer, *quote;      /* quote: as a reader sees it, cut to a readable length */
	const struct cvp_cv_entry *entry; /* NULL for an answer and for lines outside jobs, schools and projects */
	enum cvp_cv_section section;
	bool is_answer, is_bullet, has_number;
	double relevance; /* sum over the rows it is evidence for: weight of the requirement times its score */
	double worth;     /* relevance, a figure, how recent: what stories are chosen by */
	bool is_used;     /* quoted in the report already */
	bool is_proof;    /* the summary's best line: the interview may come back to it */
};

/* A skill as it may be named: shown ones as the CV writes them, missing ones as the posting does. */
struct cvp_vpr_skill {
	struct cvp_skill_id id;
	const char *name;
	bool is_broad; /* a field rather than a skill, implied by many others (Software Development) */
};

/* A row of the evidence matrix with what the requirement asks for. */
struct cvp_vpr_row {
	const json_t *evidence;
	const char *requirement;
	enum cvp_band band;
	bool is_must;
	double score, weight;               /* weight: 1 must, 0.6 ordinary, 0.3 nice (SPEC 7.3) */
	const struct cvp_requirement *asks; /* NULL where the posting's requirements do not name the row */
	struct cvp_vpr_skill shown[CVP_VPR_SKILLS_MAX], missing[CVP_VPR_SKILLS_MAX];
	size_t shown_count, missing_count;
	bool is_told; /* a talking point tells its story */
};

struct cvp_vpr {
	struct cvp_ctx *ctx;
	const struct cvp_assets *assets;
	const json_t *input;
	json_t *match;
	struct cvp_requirements asked; /* the posting's; where the match was kept, read when they are needed */
	bool has_asked;
	struct cvp_phrases phrases;
	const struct cvp_cv *cv;
	const struct cvp_facts *facts;
	struct cvp_date as_of;
	int months;                 /* of all work */
	const char *company, *role; /* the posting's; NULL where it names none */
	struct cvp_vpr_row *rows;
	size_t row_count;
	const struct cvp_fact_text **line_texts; /* beside cv->lines: the fact index's view of each, NULL where none */
	unsigned char *breadth;                  /* by lexicon index: 0 not counted yet, 1 narrow, 2 broad */
	struct cvp_vpr_line *lines;
	size_t line_count;
	const struct cvp_cv_entry *latest; /* the job the candidate stands in or left last, NULL without any */
	const struct cvp_cv_entry *school; /* the latest school, NULL without any */
	struct cvp_turn {
		const char *key;
		size_t said;
	} turns[CVP_VPR_TURNS_MAX]; /* how often each phrase was used: its variants take turns */
	size_t turn_count;
};

/* A text in the making and the pointers it rests on. */
struct cvp_said {
	struct cvp_buf text;
	json_t *sources; /* array of strings, each once; owned by the context */
};

/* vpr_parts.c: CV, requirements, match and its rows; cvp_vpr_ground() adds what the parts are written from, over the
 * facts of the same input; cvp_vpr_begin() does both and leaves *v to verify with. */
CVP_CHECKED enum cvp_code cvp_vpr_read(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				       struct cvp_vpr *vpr);
CVP_CHECKED enum cvp_code cvp_vpr_ground(struct cvp_vpr *vpr, const struct cvp_facts *facts);
CVP_CHECKED enum cvp_code cvp_vpr_begin(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					struct cvp_vpr *vpr, struct cvp_verification *v);

/* vpr_said.c: sentences and citations. */
struct cvp_said cvp_said_new(struct cvp_vpr *vpr);
void cvp_said_sentence(struct cvp_said *said, const char *sentence);          /* after a space; "" adds nothing */
void cvp_said_source(struct cvp_said *said, const char *pointer);             /* NULL adds nothing */
void cvp_said_entry(struct cvp_said *said, const struct cvp_cv_entry *entry); /* its title and organisation */
void cvp_said_line(struct cvp_said *said, struct cvp_vpr_line *line); /* the line and its entry; marks it used */
void cvp_said_skills(struct cvp_vpr *vpr, struct cvp_said *said, const struct cvp_vpr_skill *skills, size_t count);

/* The phrase's next variant: every call of one key takes the next. */
const char *cvp_vpr_next(struct cvp_vpr *vpr, const char *key, const struct cvp_slot *slots);

/* Ends the text: what was said, in the arena. */
const char *cvp_said_text(struct cvp_vpr *vpr, struct cvp_said *said);

/* " (Software Engineer, Acme, 2019–2021)"; "" where there is nothing to cite. */
const char *cvp_vpr_cite(const struct cvp_vpr *vpr, const struct cvp_vpr_line *line);

/* "Software Engineer at Acme (2019–2021)", with what of it the CV has; NULL where it has neither title nor employer. */
const char *cvp_vpr_job(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry);

/* "Bachelor of Science in Physics, University (2015–2019)". NULL where the CV names nothing of it. */
const char *cvp_vpr_school(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry);

/* "2019–2021", "since 2021", "2020"; NULL without dates. */
const char *cvp_vpr_period(const struct cvp_vpr *vpr, const struct cvp_cv_entry *entry);

/* "8 years", "more than 8 years"; NULL under a year. */
const char *cvp_vpr_years(const struct cvp_vpr *vpr, int months);

/* A string of the CV as it may stand in a sentence: without markup, on one line, with quotation marks that do not end
 * ours. most: code points to cut at, and then without the last point; 0 for a name that
 * stays whole. A cut ends in an ellipsis or at a sentence's end. */
const char *cvp_vpr_quotable(struct cvp_ctx *ctx, const char *text, size_t most);

/* Of a posting's requirement what fits into a sentence. */
const char *cvp_vpr_asked(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row);

/* vpr_skills.c: naming skills. */

/* Does line number `line` of the CV name the skill, or one that implies it? */
bool cvp_vpr_line_names(const struct cvp_vpr *vpr, size_t line, struct cvp_skill_id skill);

/* Sorts what a group of a row's requirement asks for into its shown and missing skills. */
void cvp_vpr_skill_sort(struct cvp_vpr *vpr, struct cvp_vpr_row *row, const struct cvp_skill_group *group);

/* Appends the skill unless it is there already or the list is full; the new count. */
size_t cvp_vpr_skill_add(struct cvp_vpr_skill *skills, size_t count, size_t most, struct cvp_vpr_skill skill);

/* "Python, SQL and Docker". */
const char *cvp_vpr_skill_list(const struct cvp_vpr *vpr, const struct cvp_vpr_skill *skills, size_t count);

/* The skill as the CV writes it; a NULL name where the CV only implies it. */
struct cvp_vpr_skill cvp_vpr_skill_shown(const struct cvp_vpr *vpr, struct cvp_skill_id id);

/* vpr_lines.c: choosing. */
void cvp_vpr_rows(struct cvp_vpr *vpr);
void cvp_vpr_row_skills(struct cvp_vpr *vpr); /* of all rows, shown and missing */
void cvp_vpr_lines(struct cvp_vpr *vpr);

/* The best unused line among the row's evidence, NULL where none may be quoted. */
struct cvp_vpr_line *cvp_vpr_proof(struct cvp_vpr *vpr, const struct cvp_vpr_row *row);

/* The unused line of most worth; wants_number: only with a figure; is_relevant: only evidence of some row. */
struct cvp_vpr_line *cvp_vpr_best(struct cvp_vpr *vpr, bool wants_number, bool is_relevant);

/* The line at a pointer, NULL where it cannot be quoted. */
struct cvp_vpr_line *cvp_vpr_line_at(struct cvp_vpr *vpr, const char *pointer);

/* Does evidence of the row stand in a dated job, project or voluntary post? */
bool cvp_vpr_is_dated(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row);

/* The checkable skills that well-answered rows show, must first, each once; dated: shown in dated work. */
size_t cvp_vpr_strong_skills(struct cvp_vpr *vpr, bool dated, struct cvp_vpr_skill *skills, size_t most);

/* The rows a strategy is due for: no more than developing; required first, then ordinary, then nice ones. */
#define CVP_VPR_GAPS_MAX 6
size_t cvp_vpr_gaps(const struct cvp_vpr *vpr, const struct cvp_vpr_row *gaps[CVP_VPR_GAPS_MAX]);

/* Skills of the CV that are neighbours, in the lexicon, of the first skill of the row that has any and is missing. */
size_t cvp_vpr_neighbours(const struct cvp_vpr *vpr, const struct cvp_vpr_row *row, struct cvp_vpr_skill *skills,
			  size_t most);

/* The parts. Each appends to or sets members of the artifact. */
void cvp_vpr_summary(struct cvp_vpr *vpr, json_t *artifact);
void cvp_vpr_bare_summary(struct cvp_vpr *vpr, json_t *artifact); /* what is said of the posting, nothing of the CV */
void cvp_vpr_differentiators(struct cvp_vpr *vpr, json_t *artifact);
void cvp_vpr_strategies(struct cvp_vpr *vpr, json_t *artifact);
void cvp_vpr_culture(struct cvp_vpr *vpr, json_t *artifact);
void cvp_vpr_points(struct cvp_vpr *vpr, json_t *artifact);

/* The report without its prose: whose it is, for what, the match. Owned by the context. */
json_t *cvp_vpr_frame(const struct cvp_vpr *vpr);

/* Sets word_count, when all the rest is there. */
void cvp_vpr_count_words(json_t *report);

/* The whole report as it was first written. The kind's generate() leaves out of it what verification would refuse;
 * the tests hold both against each other. */
CVP_CHECKED enum cvp_code cvp_vpr_write(struct cvp_vpr *vpr, json_t **report);

/* The report as verification lets it pass: what it refuses is left out. CVP_FVS_HALLUCINATION_DETECTED, a fault of
 * ours, where that is not enough. */
CVP_CHECKED enum cvp_code cvp_vpr_make(struct cvp_vpr *vpr, struct cvp_verification *v, json_t **report);

/* How a model writes it: vpr_ask.c and vpr_adopt.c. more: members of the data beside those of every question, or NULL.
 */
#define CVP_VPR_REQUIREMENT "/requirements/" /* pointers of the rows, by which a model names them */
CVP_CHECKED enum cvp_code cvp_vpr_question(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					   const json_t *refused, const json_t *more, json_t **model);
CVP_CHECKED enum cvp_code cvp_vpr_ask(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				      const json_t *refused, json_t **model);
CVP_CHECKED enum cvp_code cvp_vpr_adopt(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					const json_t *answer, json_t **artifact, size_t *left_out);
extern const struct cvp_kind_writing cvp_vpr_writing;

/* vpr_adopt.c: what an answer of a model is read by. The row that a pointer of the question names, -1 for any other
 * pointer; the pointers into CV and answers that lead somewhere, each once; a text on one line, for what a reader is
 * shown has no line breaks of its own. */
long cvp_vpr_row_at(const struct cvp_vpr *vpr, const char *pointer);
json_t *cvp_vpr_sources(const struct cvp_verification *v, const json_t *given);
const char *cvp_vpr_one_line(struct cvp_ctx *ctx, const char *text);

#endif
