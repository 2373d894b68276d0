/* lexicon.h - the skills lexicon of conf/skills: names, aliases, families, what implies what.
 *
 * A file is text, a line each:
 *     # comment
 *     @kind skill | soft | language | certification      of what follows; `skill` at the start of a file
 *     ## Relational databases                            a family: its members are siblings (0.4 in SPEC 7.3)
 *     PostgreSQL = postgres, psql, постгрес > SQL        name = aliases > broader skills that knowing it shows
 *     ^Go = golang, go lang                              ^ before a name or an alias: only in exactly this case
 * Names of one family are alike, neither same nor implied. A name in Latin letters is the canonical one; Russian and
 * Hebrew names are aliases. A skill may stand in several families, its aliases in one place only.
 *
 * Immutable after parsing; any thread may read. */
#ifndef CVP_TEXT_LEXICON_H
#define CVP_TEXT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"
#include "text/text.h"

struct cvp_ctx;
struct cvp_lexicon;

enum cvp_skill_kind { CVP_SKILL_HARD, CVP_SKILL_SOFT, CVP_SKILL_LANGUAGE, CVP_SKILL_CERTIFICATION };

/* Index of a skill in its lexicon. */
struct cvp_skill_id {
	int index;
};

/* A skill that stands in a text: count words from first. */
struct cvp_skill_hit {
	struct cvp_skill_id skill;
	size_t first, count;
};

struct cvp_skill_hits {
	struct cvp_skill_hit *hits;
	size_t count;
};

/* One source file, as read by the caller. */
struct cvp_lexicon_source {
	const char *name, *text;
	size_t length;
};

/* CVP_INVALID_INPUT says "FILE:LINE: what is wrong" (an alias given to two skills, an unknown broader skill).
 * *lexicon is malloc'd and released by cvp_lexicon_free(). */
CVP_CHECKED enum cvp_code cvp_lexicon_parse(struct cvp_ctx *ctx, const struct cvp_lexicon_source *sources, size_t count,
					    struct cvp_lexicon **lexicon);
void cvp_lexicon_free(struct cvp_lexicon *lexicon);

size_t cvp_lexicon_size(const struct cvp_lexicon *lexicon);
const char *cvp_skill_name(const struct cvp_lexicon *lexicon, struct cvp_skill_id skill);
enum cvp_skill_kind cvp_skill_kind(const struct cvp_lexicon *lexicon, struct cvp_skill_id skill);
bool cvp_skills_are_siblings(const struct cvp_lexicon *lexicon, struct cvp_skill_id a, struct cvp_skill_id b);

/* Does knowing `narrow` show `broad` (PostgreSQL: SQL)? Transitive; not reflexive. */
bool cvp_skill_implies(const struct cvp_lexicon *lexicon, struct cvp_skill_id narrow, struct cvp_skill_id broad);

/* The skill a whole text names ("k8s", "Постгрес"); false where none does. */
bool cvp_lexicon_find(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text,
		      struct cvp_skill_id *skill);

/* All skills in a text, longest first at each place, not overlapping, in order; whole terms only. text: what `words`
 * was cut from (for terms that count only in exact case). */
struct cvp_skill_hits cvp_lexicon_scan(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text,
				       const struct cvp_words *words);

#endif
