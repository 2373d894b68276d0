/* buf.h - a growing byte buffer with a ceiling and a sticky failed bit.
 *
 * Writers append without checking; the reader of the buffer checks cvp_buf_failed() once. What would pass the ceiling
 * is not written and sets the bit, so a hostile input costs at most `max` bytes. Always NUL-terminated for use as text.
 * The buffer owns malloc'd memory: release it with cvp_buf_free(), or cvp_buf_wipe() where it held a secret. */
#ifndef CVP_CORE_BUF_H
#define CVP_CORE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_arena;

struct cvp_buf {
	char *data; /* NULL until the first byte */
	size_t length, size, max;
	bool failed;
};

/* An empty buffer that will hold at most max bytes. */
#define CVP_BUF(ceiling)                                                                                               \
	{                                                                                                              \
		.max = (ceiling)                                                                                       \
	}

void cvp_buf_init(struct cvp_buf *buf, size_t max);
void cvp_buf_free(struct cvp_buf *buf);
void cvp_buf_wipe(struct cvp_buf *buf); /* overwrites, then frees */

/* Empties the buffer, keeps its memory and clears the failed bit. */
void cvp_buf_reset(struct cvp_buf *buf);

void cvp_buf_add(struct cvp_buf *buf, const void *bytes, size_t length);
void cvp_buf_text(struct cvp_buf *buf, const char *text);
void cvp_buf_char(struct cvp_buf *buf, char c);
void cvp_buf_printf(struct cvp_buf *buf, const char *format, ...) CVP_PRINTF(2, 3);

/* Room for `length` more bytes to be written in place, or NULL (and failed). The caller then calls cvp_buf_used(). */
char *cvp_buf_reserve(struct cvp_buf *buf, size_t length);
void cvp_buf_used(struct cvp_buf *buf, size_t length);

/* The text so far, never NULL. Valid until the next write. */
const char *cvp_buf_string(const struct cvp_buf *buf);

/* The text so far as the arena's, and the buffer freed: how a text that was put together is handed on. */
char *cvp_buf_take(struct cvp_buf *buf, struct cvp_arena *arena);

static inline bool
cvp_buf_failed(const struct cvp_buf *buf)
{
	return buf->failed;
}

/* Appends text as a JSON string with its quotes (RFC 8259; text is valid UTF-8). */
void cvp_buf_json_string(struct cvp_buf *buf, const char *text, size_t length);

#endif
