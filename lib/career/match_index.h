/* match_index.h - the CV and the answers made ready to be compared: each line's skills and stems, read once.
 *
 * Pure. An index lives in the context's arena and belongs to one match. Private to the match files. */
#ifndef CVP_CAREER_MATCH_INDEX_H
#define CVP_CAREER_MATCH_INDEX_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "career/cv.h"
#include "career/match_words.h"
#include "text/lexicon.h"

struct cvp_ctx;
struct cvp_assets;

/* How much a line proves of a skill that stands in it (SPEC 7.3). */
#define CVP_SHOWN     1.0 /* in a dated job, a project, an answer */
#define CVP_LISTED    0.8 /* in a list, a summary, a course, a certificate */
#define CVP_NEIGHBOUR 0.4 /* a sibling of the skill asked for */

struct cvp_match_line {
	const char *text, *source; /* byte for byte what stands at the pointer */
	enum cvp_cv_section section;
	enum cvp_cv_role role;
	int entry;
	double proof;   /* one of the above */
	int level;      /* of a listed skill: 0 not said, 1 beginner .. 4 expert */
	int level_line; /* where that is said, -1 for nowhere */
	bool is_answer;
	struct cvp_words words;
	struct cvp_skill_hits hits;
};

/* Lines that hold a key (match_words.h). */
struct cvp_match_stem {
	const char *stem; /* NULL: the slot is empty */
	int *lines;
	size_t count, room;
};

struct cvp_match_index {
	struct cvp_ctx *ctx;
	const struct cvp_lexicon *lexicon;
	const struct cvp_cv *cv;
	const json_t *posting;
	const struct cvp_match_words *notions;
	struct cvp_date as_of;
	struct cvp_match_line *lines;
	size_t count;
	struct cvp_match_stem *stems; /* hash table, size a power of two */
	size_t stem_size;
	enum cvp_language language; /* most of its lines are in */
};

/* input: of kind.h. cvp_cv_parse()'s codes. */
CVP_CHECKED enum cvp_code cvp_match_index_make(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					       const json_t *input, struct cvp_match_index *index);

/* The lines that hold a stem; NULL where none does. */
const struct cvp_match_stem *cvp_match_stem_find(const struct cvp_match_index *index, const char *stem);

/* How much a line proves of a skill: its proof where it names the skill or one that implies it, at most CVP_NEIGHBOUR
 * where it names a sibling, 0 else. *is_exact (may be NULL): it names the very skill. */
double cvp_match_line_proves(const struct cvp_match_index *index, const struct cvp_match_line *line,
			     struct cvp_skill_id skill, bool *is_exact);

/* The entry a line stands in; NULL for lines of no job, school or project. */
const struct cvp_cv_entry *cvp_match_entry_of(const struct cvp_match_index *index, const struct cvp_match_line *line);

#endif
