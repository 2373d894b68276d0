/* tailored_cv_parts.h - what the parts of a tailored CV are made from, and the parts. Private to tailored_cv*.c.
 *
 * One struct cvp_tailoring a CV, in the context's arena, used by one thread. It rests on the same reading of CV,
 * posting and match as the report (vpr_parts.h). */
#ifndef CVP_CAREER_TAILORED_CV_PARTS_H
#define CVP_CAREER_TAILORED_CV_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "career/vpr_parts.h"

#define CVP_BULLET_MAX     500 /* code points of a rewritten bullet (SPEC 2.5) */
#define CVP_EMPHASIS_MAX   6   /* `emphasis` and at most 5 areas */
#define CVP_TAILORED_CV    "/tailored_cv"
#define CVP_ANSWER_POINTER "/gap_responses/"

enum cvp_tailored_length { CVP_COMPACT, CVP_STANDARD, CVP_DETAILED };

/* How relevant a part is (SPEC 7.6), the most relevant first. */
enum cvp_relevance { CVP_FEATURE, CVP_INCLUDE, CVP_SHORTEN, CVP_IF_ROOM, CVP_OMIT };

/* The request's preferences, read. */
struct cvp_wishes {
	const char *tone, *formality;
	enum cvp_tailored_length length;
	bool has_summary;
	bool is_excluded[CVP_CV_SECTION_COUNT];
	struct cvp_emphasis {
		const char *text;
		struct cvp_words words;
		bool is_skill, is_found;
		struct cvp_skill_id skill;
	} emphasis[CVP_EMPHASIS_MAX];
	size_t emphasis_count;
};

/* A part of the CV that is weighed as a whole: a job, a project, a voluntary post, or a section. */
struct cvp_tailored_unit {
	const char *pointer;
	const struct cvp_cv_entry *entry; /* NULL: a whole section */
	double keyword, skill, experience, score;
	enum cvp_relevance relevance;
	bool is_emphasised;
};

struct cvp_tailoring {
	struct cvp_vpr vpr;
	struct cvp_wishes wishes;
	struct cvp_skill_id *terms; /* of the posting, that the lexicon knows */
	size_t term_count;
	double *worth; /* beside the CV's lines */
	struct cvp_tailored_unit *units;
	size_t unit_count;
	json_t *changes, *warnings; /* owned by the context */
};

/* tailored_cv_wishes.c */
void cvp_wishes_read(struct cvp_tailoring *t);
bool cvp_is_emphasised(struct cvp_tailoring *t, size_t line);
void cvp_wishes_unmet(struct cvp_tailoring *t); /* warns of emphasised things that no line shows */
const char *cvp_tailored_length_name(enum cvp_tailored_length length);

/* tailored_cv_relevance.c */
void cvp_tailored_weigh(struct cvp_tailoring *t); /* terms, lines, units */
const struct cvp_tailored_unit *cvp_tailored_unit_at(const struct cvp_tailoring *t, const char *pointer);
json_t *cvp_tailored_relevance(const struct cvp_tailoring *t); /* a new reference: x_relevance */
bool cvp_is_below(const char *pointer, const char *parent);

/* tailored_cv_jobs.c: a new reference each; what is cut or moved goes to the changes. */
json_t *cvp_tailored_jobs(struct cvp_tailoring *t);
json_t *cvp_tailored_highlights(struct cvp_tailoring *t); /* NULL: no answer proves anything */

/* tailored_cv_skills.c */
json_t *cvp_tailored_skills(struct cvp_tailoring *t);

/* tailored_cv_facts.c: what is taken over as it is. */
json_t *cvp_tailored_contact(struct cvp_tailoring *t);
json_t *cvp_tailored_schools(struct cvp_tailoring *t);
json_t *cvp_tailored_certifications(struct cvp_tailoring *t);
json_t *cvp_tailored_other(struct cvp_tailoring *t); /* NULL: nothing */

/* tailored_cv_summary.c: sets executive_summary and x_summary_sources. */
void cvp_tailored_summary(struct cvp_tailoring *t, json_t *cv);

/* tailored_cv_changes.c */
struct cvp_change {
	const char *kind, *section, *field; /* field: NULL where it stands nowhere */
	const char *source;                 /* NULL: none */
	const char *before, *after;         /* NULL: not shown */
	const char *reason;                 /* key of a phrase */
	const struct cvp_slot *slots;
};
void cvp_tailored_change(struct cvp_tailoring *t, struct cvp_change change);
void cvp_tailored_warn(struct cvp_tailoring *t, const char *field, const char *key, const char *name);
json_t *cvp_tailored_sections(const json_t *changes); /* a new reference: sections_modified */

/* tailored_cv_metadata.c: what is counted over the finished text; sets metadata's keyword_matches, style_issues and
 * each job's keyword_alignments. Also after an edit. */
void cvp_tailored_count(struct cvp_vpr *vpr, json_t *artifact);

/* tailored_cv.c: reads CV, posting and match; weighs; the artifact as the engine first writes it. */
CVP_CHECKED enum cvp_code cvp_tailored_read(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					    struct cvp_vpr *vpr);
CVP_CHECKED enum cvp_code cvp_tailoring_begin(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					      struct cvp_tailoring *t);
CVP_CHECKED enum cvp_code cvp_tailored_write(struct cvp_tailoring *t, json_t **artifact);

/* tailored_cv_adopt.c: how a model writes it. */
extern const struct cvp_kind_writing cvp_tailored_cv_writing;

/* Verified; what is mended stands in warnings. CVP_FVS_HALLUCINATION_DETECTED with the violations where critical ones
 * are left. */
CVP_CHECKED enum cvp_code cvp_tailored_prove(struct cvp_tailoring *t, json_t *made, json_t **artifact);

#endif
