/* lies.h - the mutation test: honest documents, and lies planted in them by seeded rules.
 *
 * Everything is in the scene's arena. What the lies are made of (names out of syllables, facts of other people's CVs,
 * words of our own) is independent of the lists the checker knows. */
#ifndef CVP_TEST_LIES_H
#define CVP_TEST_LIES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/ctx.h"
#include "text/text.h"

struct cvp_assets;

/* Facts of all CVs by what they are: a lie takes another person's. */
enum fact { EMPLOYERS, TITLES, SCHOOLS, DEGREES, CERTIFICATES, SKILLS, BULLETS, FACT_KINDS };

struct pool {
	const char *texts[1024];
	size_t count;
};

struct scene {
	struct cvp_ctx *ctx;
	const struct cvp_assets *assets;
	const struct pool *pools;   /* by enum fact */
	const char *where;          /* for messages */
	json_t *input;              /* of the kind; a lie may change its answers */
	const char *text;           /* all texts of the CV and its answers */
	const char *words;          /* the same, folded, to keep lies from being true */
	enum cvp_language language; /* of the CV; of the report */
	uint64_t random;
	const char *field; /* where the lie stands: a pointer into the artifact, or the start of one */
	const char *told;  /* the lie, for messages */
};

/* Plants a lie of a kind; false where the document has no place for it. */
struct lie_kind {
	const char *name;
	bool (*plant)(struct scene *s, json_t *artifact);
};

extern const struct lie_kind fact_lies[], text_lies[], report_lies[];
extern const size_t fact_lie_count, text_lie_count, report_lie_count;

/* Changes a document so that it still says nothing but the truth; false where it has no place for the change. */
extern const struct lie_kind tailored_truths[], report_truths[];
extern const size_t tailored_truth_count, report_truth_count;

/* lies_scene.c */
uint32_t roll(struct scene *s, uint32_t sides);          /* 0 .. sides-1; sides >= 1 */
const char *made_name(struct scene *s);                  /* "Vornelka", in the CV's script */
const char *other_fact(struct scene *s, enum fact kind); /* another person's, not in this CV; NULL: none found */
bool is_said(const struct scene *s, const char *text);   /* somewhere in the CV, whole words, case folded */
bool is_shown(const struct scene *s, const char *skill); /* by another name that the lexicon knows */
const char *replaced(struct scene *s, const char *text, size_t at, size_t length, const char *by);
const char *filled(struct scene *s, const char *form, const char *by); /* "for {}" */
const char *number(struct scene *s, uint32_t value);
const char *in_digits(struct scene *s, const char *text); /* its ASCII digits in those of another script */
const char *by_language(const struct scene *s, const char *en, const char *ru, const char *he);
json_t *any_of(struct scene *s, json_t *list, size_t *index); /* NULL: the list is empty */
json_t *job_of(struct scene *s, json_t *artifact, size_t *index);
void set_text(json_t *object, const char *key, const char *text);
const char *text_in(const json_t *object, const char *key);
bool lie_at(struct scene *s, const char *field, const char *told); /* true; remembers both */

/* The position of a bullet with a figure, a percentage, ...: found by find(); NULL where none is. */
struct bullet {
	json_t *job, *bullets;
	size_t job_index, index;
	const char *text;
};
bool bullet_where(struct scene *s, json_t *artifact, const char *(*find)(const char *text), struct bullet *bullet);
bool set_bullet(struct scene *s, const struct bullet *bullet, const char *text);

/* lies_facts.c */
json_t *cv_of(json_t *artifact);
const char *place_in(struct scene *s, const char *list, size_t index, const char *key); /* its pointer */
bool add_skill(struct scene *s, json_t *artifact, const char *name);

const char *first_digit(const char *text); /* of a run of ASCII digits that is no part of a word; NULL: none */

#endif
