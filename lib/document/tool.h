/* tool.h - a program run on the document, without a shell, jailed. Private to careervp-extract. */
#ifndef CVP_DOCUMENT_TOOL_H
#define CVP_DOCUMENT_TOOL_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/buf.h"

/* A child whose standard output and error are read here. */
struct cvp_tool {
	pid_t pid;
	int out, err;
};

/* Starts it before this process jails itself. words end with NULL. False where it cannot be started. */
bool cvp_tool_start(struct cvp_tool *tool, const char *const *words);

/* Reads all it writes and waits for its end; its exit status, -1 where a signal ended it. What its error buffer does
 * not hold is dropped; its output's sets the failed bit. */
int cvp_tool_finish(struct cvp_tool *tool, struct cvp_buf *out, struct cvp_buf *err);

#endif
