/* charset.h - bytes of a text file as UTF-8. Any thread. */
#ifndef CVP_DOCUMENT_CHARSET_H
#define CVP_DOCUMENT_CHARSET_H

#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;

/* UTF-8 stays as it is; UTF-16 is told by its byte order mark, windows-1251, -1255 and -1252 by their letters. *text:
 * the bytes given, or in the arena. What is none of them stays as it is, too: who reads it says that it is no UTF-8. */
void cvp_document_utf8(struct cvp_ctx *ctx, const char *bytes, size_t length, const char **text, size_t *text_length);

#endif
