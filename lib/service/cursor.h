/* cursor.h - where a page of a list, newest first, ended: "2026-11-21T03:42:00.123456Z.ID", the time and the id of its
 * last row. It holds after that row is gone, and rows of one microsecond are parted by their ids. */
#ifndef CVP_SERVICE_CURSOR_H
#define CVP_SERVICE_CURSOR_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;

struct cvp_cursor {
	int64_t at;
	const char *id;
};

/* text: as a request gave it, NULL for the first page. CVP_INVALID_INPUT at /cursor where it is none of ours. */
CVP_CHECKED enum cvp_code cvp_cursor_read(struct cvp_ctx *ctx, const char *text, struct cvp_cursor *cursor);

/* A new reference. */
json_t *cvp_cursor_json(struct cvp_cursor cursor);

/* Does a row of this time and id stand behind the cursor: is it older, or of the same time with a lesser id? */
bool cvp_cursor_is_before(struct cvp_cursor cursor, int64_t at, const char *id);

#endif
