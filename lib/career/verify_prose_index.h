/* verify_prose_index.h - the CV's lines as keys of their words, and what a statement has in common with them.
 *
 * A key is a hash of a word's notion or stem (match_words.h). Pure; in the context's arena. Private to verify_prose*.c.
 */
#ifndef CVP_CAREER_VERIFY_PROSE_INDEX_H
#define CVP_CAREER_VERIFY_PROSE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "career/verify_line.h"
#include "career/verify_prose.h"

#define CVP_PROSE_KEYS 64 /* of a statement; longer ones are judged by their first words */

/* One text of the CV. */
struct cvp_prose_source {
	const char *pointer;
	uint64_t *keys;
	size_t count, group; /* group: index of the first source of its entry */
	unsigned classes;    /* enum cvp_prose_class */
	unsigned feats;      /* enum cvp_feat */
};

struct cvp_prose {
	struct cvp_prose_source *sources; /* one for each of the facts' texts */
	size_t count;
	unsigned feats; /* enum cvp_feat */
	const struct cvp_prose_words *words;
	uint64_t *names; /* words of employers, schools and the candidate */
	size_t name_count;
	enum cvp_language language; /* most of the CV's words */
};

/* The words of a statement that have to be proved. */
struct cvp_prose_content {
	uint64_t keys[CVP_PROSE_KEYS];
	size_t count;
	unsigned classes; /* of all its words */
};

uint64_t cvp_prose_key(const struct cvp_check *check, const struct cvp_word *word);
bool cvp_prose_has_key(const struct cvp_prose_source *source, uint64_t key);

/* Of words first to end: no stop words, figures, names of the candidate's own, words that claim nothing. */
struct cvp_prose_content cvp_prose_content_of(const struct cvp_line *line, size_t first, size_t end);

/* How many of the words stand in a text, in any text of an entry, anywhere in the CV. */
size_t cvp_prose_shared_with(const struct cvp_prose_content *content, const struct cvp_prose_source *source);
size_t cvp_prose_shared_with_entry(const struct cvp_prose *prose, const struct cvp_prose_content *content,
				   size_t group);
size_t cvp_prose_shared_with_all(const struct cvp_prose *prose, const struct cvp_prose_content *content);

/* Do two pointers lead into one entry? Into a job, a voluntary post, a project? To the name of an employer? */
bool cvp_prose_same_entry(const char *a, const char *b);
bool cvp_prose_is_deed(const char *pointer);
bool cvp_prose_is_name(const char *pointer);

/* Words first to end of the sentence a statement stands in; words as " at kestrel payments " to look names up in. */
void cvp_prose_sentence(const struct cvp_line *line, const struct cvp_statement *statement, size_t *first, size_t *end);
const char *cvp_prose_names_key(const struct cvp_line *line, size_t first, size_t end);

/* The only employer the sentence names; NULL where it names none or several. */
const struct cvp_entity *cvp_prose_only_employer(const struct cvp_line *line, const struct cvp_statement *statement);

/* Does any text of the entry name the employer? Is the word of such a name, a school's, the candidate's? */
bool cvp_prose_entry_names(const struct cvp_line *line, size_t group, const struct cvp_entity *employer);
bool cvp_prose_is_own_name(const struct cvp_line *line, size_t at);

/* verify_prose_deeds.c: a share told as the whole; a degree told of another school; "employee of the year". */
void cvp_prose_share_check(struct cvp_line *line, const struct cvp_statement *statement);
void cvp_prose_school_check(struct cvp_line *line, const struct cvp_statement *statement);
void cvp_prose_title_of_honour_check(struct cvp_line *line, const struct cvp_statement *statement);

/* A language told better than the CV has it. hit: of a language that the CV names. */
void cvp_prose_language_check(struct cvp_line *line, const struct cvp_skill_hit *hit);

/* Words of another language than the CV's cannot be found in it. */
bool cvp_prose_is_comparable(const struct cvp_line *line, const struct cvp_statement *statement);

#endif
