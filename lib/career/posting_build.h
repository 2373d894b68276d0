/* posting_build.h - what the readers of postings share: finding members by any of their names, putting values into the
 * stored form, its limits and its last touches. Private to the posting files.
 *
 * Pure. One build belongs to one thread; its values are owned by the context. */
#ifndef CVP_CAREER_POSTING_BUILD_H
#define CVP_CAREER_POSTING_BUILD_H

#include <jansson.h>
#include <stdbool.h>

#include "career/posting.h"
#include "core/code.h"

struct cvp_ctx;

struct cvp_posting_build {
	struct cvp_ctx *ctx;
	json_t *posting, *warnings;
	json_t *keys; /* member -> its name in what was given, for pointers; the member's own where it is not here */
};

void cvp_posting_begin(struct cvp_posting_build *build, struct cvp_ctx *ctx);

void cvp_posting_warn(struct cvp_posting_build *build, const char *format, ...) CVP_PRINTF(2, 3);

/* A member of an object by the first of its names that is there; names: separated by spaces, lowercase, compared
 * without case, '_' and '-'. *key (may be NULL): as it really stands. NULL where none holds a value. */
const json_t *cvp_posting_member(const json_t *object, const char *names, const char **key);

/* The text a value holds: itself, its name, title or value, or that of its first element; NULL where there is none. */
const char *cvp_posting_text_of(const json_t *value);

/* Puts a text, trimmed and with one kind of space; nothing where it is NULL or blank. */
void cvp_posting_put(struct cvp_posting_build *build, const char *member, const char *text);

/* Puts a longer text: tags removed, lines kept. */
void cvp_posting_put_body(struct cvp_posting_build *build, const char *member, const char *text);

/* Appends to a list member: the entries of an array of texts or of objects with names, or the lines of a text. What is
 * beyond 50 entries or 1,000 characters is left out with a warning when `is_lenient`, else a CVP_VALIDATION_ERROR. */
CVP_CHECKED enum cvp_code cvp_posting_put_list(struct cvp_posting_build *build, const char *member, const json_t *value,
					       const char *pointer, bool is_lenient);

/* "remote", "hybrid", "office" as a text says it in en, ru, he; NULL where it says nothing. */
const char *cvp_posting_work_format(struct cvp_ctx *ctx, const char *text);

/* A copy of a text without leading and trailing spaces, runs of spaces as one, in the arena. */
const char *cvp_posting_squeeze(struct cvp_ctx *ctx, const char *text);

/* schema.org's JobPosting into the stored form. */
CVP_CHECKED enum cvp_code cvp_posting_read_schema_org(struct cvp_posting_build *build, const json_t *job);

/* Company and title as a text names them, where the posting has none. */
void cvp_posting_guess_names(struct cvp_posting_build *build, const char *text);

/* Language, limits, and null for names that are missing: a failure when is_strict, a warning otherwise. */
CVP_CHECKED enum cvp_code cvp_posting_finish(struct cvp_posting_build *build, bool is_strict,
					     struct cvp_posting_import *import);

#endif
