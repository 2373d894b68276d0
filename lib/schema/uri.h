/* uri.h - URI references as RFC 3986 has them: split, and resolved against a base. Any thread. */
#ifndef CVP_SCHEMA_URI_H
#define CVP_SCHEMA_URI_H

#include <stddef.h>

struct cvp_arena;

/* Resolves reference against base (RFC 3986, 5.2), which may itself be relative, such as a file name. In the arena. */
char *cvp_uri_resolve(struct cvp_arena *arena, const char *base, const char *reference);

/* Cuts the fragment off uri in place and returns it without its '#', percent signs decoded; NULL where there is none.
 */
char *cvp_uri_cut_fragment(char *uri);

#endif
