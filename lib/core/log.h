/* log.h - one JSON object a line on stderr: time, level, program, event, request_id, job_id, then the caller's fields.
 *
 * Lines are written whole by one write(2), so threads and processes do not mix theirs. Never credentials, user ids or
 * CV content (SPEC 12). Any thread. */
#ifndef CVP_CORE_LOG_H
#define CVP_CORE_LOG_H

#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;

/* Once at start: the program's name in every line, and the least important level still written. */
void cvp_log_open(const char *program, enum cvp_log_level least);

/* The level LOG_LEVEL names: error, warning, info, debug; info for anything else. */
enum cvp_log_level cvp_log_level_named(const char *name);

bool cvp_log_is_on(enum cvp_log_level level);

/* Writes a line. ctx may be NULL. fields: jansson's pack format and values of further members, e.g.
 * cvp_log(ctx, CVP_LOG_WARNING, "lease_expired", "s:i, s:s", "attempts", 2, "kind", kind), or NULL for none. */
void cvp_log(const struct cvp_ctx *ctx, enum cvp_log_level level, const char *event, const char *fields, ...);

/* Writes the context's failure at its code's level, code and message; once: a failure that is in the log stays one
 * line. */
void cvp_log_failure(struct cvp_ctx *ctx, const char *event);

#endif
