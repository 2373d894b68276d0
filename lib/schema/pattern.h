/* pattern.h - regular expressions as JSON Schema means them (ECMA-262 with the u flag), on PCRE2.
 *
 * A pattern is compiled once and matched by any number of threads, each with a scratch of its own. */
#ifndef CVP_SCHEMA_PATTERN_H
#define CVP_SCHEMA_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct cvp_pattern;
struct cvp_pattern_scratch;

enum cvp_match { CVP_MATCH_NO, CVP_MATCH_YES, CVP_MATCH_TOO_COSTLY };

/* NULL for a bad pattern, whose fault is written to error then. Both texts are UTF-8. */
struct cvp_pattern *cvp_pattern_new(const char *text, size_t length, char *error, size_t error_size);
void cvp_pattern_free(struct cvp_pattern *pattern);

/* The text it was made from. */
const char *cvp_pattern_text(const struct cvp_pattern *pattern);

/* Looks for the pattern anywhere in text. *scratch is NULL before the first match and freed by the caller after the
 * last one. Bounded in time: backtracking without end is TOO_COSTLY. */
enum cvp_match cvp_pattern_find(const struct cvp_pattern *pattern, const char *text, size_t length,
				struct cvp_pattern_scratch **scratch);
void cvp_pattern_scratch_free(struct cvp_pattern_scratch *scratch);

#endif
