/* child.h - a program of ours run on bytes: they are its standard input, a file in memory; what it writes is read here.
 * Any thread; no credential is in its environment, and its whole group is gone when the call returns. */
#ifndef CVP_DOCUMENT_CHILD_H
#define CVP_DOCUMENT_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"

/* words: the program and its arguments, ending with NULL. Reads until it closes its output, `answer` is full or
 * `seconds` are over. False where it cannot be started at all. */
bool cvp_child_run(const char *const *words, const char *bytes, size_t length, int seconds, struct cvp_buf *answer);

#endif
