/* posting_entities.h - one character reference of HTML. Private to the posting files. */
#ifndef CVP_CAREER_POSTING_ENTITIES_H
#define CVP_CAREER_POSTING_ENTITIES_H

#include <stddef.h>

/* Decodes the reference at text, which begins with '&', to `*written` bytes of UTF-8. Returns the bytes read, 0 where
 * none stands there that is known (the '&' is then one). */
size_t cvp_entity_decode(const char *text, char out[4], size_t *written);

#endif
