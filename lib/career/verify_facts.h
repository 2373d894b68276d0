/* verify_facts.h - the index of what a CV and its answers, or a posting, really say: what claims are held against.
 *
 * Built once a verification, then read only. Everything is in the context's arena and borrows the JSON it was built
 * from. Texts are kept as a reader sees them (verify_plain.h), so that markup in a CV neither hides nor makes a fact.
 */
#ifndef CVP_CAREER_VERIFY_FACTS_H
#define CVP_CAREER_VERIFY_FACTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "career/cv.h"
#include "career/verify_numbers.h"
#include "text/lexicon.h"
#include "text/text.h"

struct cvp_assets;
struct cvp_ctx;

/* One string and where it stands: a pointer into the CV, "/gap_responses/N" for an answer. */
struct cvp_fact_text {
	const char *pointer, *plain;
	struct cvp_words words;      /* of plain */
	struct cvp_skill_id *skills; /* named in it */
	size_t skill_count;
	bool is_figureless; /* phone numbers, post codes, addresses of pages: their digits prove nothing */
};

enum cvp_entity_kind {
	CVP_ENTITY_PERSON,
	CVP_ENTITY_EMPLOYER, /* of a job, a voluntary post or a project */
	CVP_ENTITY_INSTITUTION,
	CVP_ENTITY_TITLE, /* position, label, role in a project */
	CVP_ENTITY_DEGREE,
	CVP_ENTITY_CERTIFICATE,
	CVP_ENTITY_OTHER /* awards, publishers, places, languages, skills, projects */
};

struct cvp_entity {
	enum cvp_entity_kind kind;
	const char *plain;                /* as a reader sees it */
	const char *folded;               /* cvp_text_fold() of it */
	const char *key, *stems;          /* its words, folded and stemmed, each between spaces: " pied piper " */
	const struct cvp_cv_entry *entry; /* the job, school or project it belongs to, or NULL */
};

/* Degrees as bits: an MBA is a master's degree, not the other way round. */
enum cvp_degree { CVP_DEGREE_BACHELOR = 1, CVP_DEGREE_MASTER = 2, CVP_DEGREE_MBA = 4, CVP_DEGREE_DOCTOR = 8 };

/* A figure, and which text says it. */
struct cvp_fact_number {
	struct cvp_number number;
	size_t text;
};

struct cvp_facts {
	const struct cvp_lexicon *lexicon;
	const struct cvp_cv *cv; /* NULL: a posting's facts */
	struct cvp_fact_text *texts;
	size_t text_count, text_room;
	struct cvp_entity *entities;
	size_t entity_count, entity_room;
	struct cvp_fact_number *numbers;
	size_t number_count, number_room;
	struct cvp_date as_of;
	int *months; /* spans computed from the dates: of all work together, of each entry, of each employer */
	size_t month_count;
	bool *skills;               /* by lexicon index: named in a text */
	struct cvp_skill_id *named; /* the same as a list */
	size_t named_count;
	const char **surfaces; /* by lexicon index: how a line of the CV or an answer writes it; NULL where none does */
	bool *is_listed;       /* by lexicon index: the surface is the whole of a text, as in a list of skills */
	unsigned degrees;      /* enum cvp_degree */
	bool has_certificate;  /* names a certificate or licence at all */
	const char *words, *stems; /* all texts as " a b c " parted by a line feed, folded and stemmed */
};

/* Which texts may prove something: those at or below one of the pointers. No pointers: all texts. */
struct cvp_scope {
	const char **pointers;
	size_t count;
};

/* answers: the gap_responses of a kind's input, or NULL; only those for CV_IMPACT count (SPEC 2.4). */
const struct cvp_facts *cvp_facts_of_cv(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct cvp_cv *cv,
					const json_t *answers, struct cvp_date as_of);

/* What strings of any JSON values say (a posting, a company's context); NULLs are passed over. */
const struct cvp_facts *cvp_facts_of_values(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					    const json_t *const *values, size_t count);

/* Do these words stand side by side in one text? Inflected Russian and Hebrew forms count, so does a possessive. */
bool cvp_facts_have_words(struct cvp_ctx *ctx, const struct cvp_facts *facts, const struct cvp_words *words,
			  size_t first, size_t count);

/* The same against the entities of a kind alone (kinds: bits 1 << enum cvp_entity_kind); the whole entity, or words
 * it begins with. */
const struct cvp_entity *cvp_facts_find_entity(struct cvp_ctx *ctx, const struct cvp_facts *facts, unsigned kinds,
					       const struct cvp_words *words, size_t first, size_t count);

/* Does plain stand in a text of the scope, letter by letter? plain: cvp_plain_text(). */
bool cvp_facts_have_text(const struct cvp_facts *facts, const struct cvp_scope *scope, const char *plain);

/* Is the figure said in the scope, or is it a span computed from the dates? */
bool cvp_facts_have_number(const struct cvp_facts *facts, const struct cvp_scope *scope,
			   const struct cvp_number *number);

/* Named in a text, or implied by a skill that is (PostgreSQL: SQL). */
bool cvp_facts_have_skill(const struct cvp_facts *facts, struct cvp_skill_id skill);

/* The title of the CV most like `folded` (cvp_text_fold()) and how like it is, 0..1; NULL where the CV has none. */
const struct cvp_entity *cvp_facts_nearest_title(struct cvp_ctx *ctx, const struct cvp_facts *facts, const char *folded,
						 double *similarity);

/* The length of the start of a pointer that names the entry it belongs to: "/work/0" of "/work/0/highlights/1",
 * "/basics" of "/basics/location/city". */
size_t cvp_fact_group(const char *pointer);

/* The degrees a text names; word by word through the same table for CVs and claims. */
unsigned cvp_degrees_in(const struct cvp_words *words, size_t first, size_t count);

/* What a word means that is the whole name of a degree ("BS", "Master"), and means other things elsewhere. */
unsigned cvp_degree_alone(const char *folded);

/* " a b c " of the words' folded forms, or of their stems. */
const char *cvp_words_key(struct cvp_ctx *ctx, const struct cvp_words *words, size_t first, size_t count);
const char *cvp_stems_key(struct cvp_ctx *ctx, const struct cvp_words *words, size_t first, size_t count);

#endif
