#include "core/buf.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

void
cvp_buf_init(struct cvp_buf *buf, size_t max)
{
	*buf = (struct cvp_buf)CVP_BUF(max);
}

void
cvp_buf_free(struct cvp_buf *buf)
{
	free(buf->data);
	cvp_buf_init(buf, buf->max);
}

void
cvp_buf_wipe(struct cvp_buf *buf)
{
	if (buf->data != NULL)
		sodium_memzero(buf->data, buf->size);
	cvp_buf_free(buf);
}

void
cvp_buf_reset(struct cvp_buf *buf)
{
	buf->length = 0;
	buf->failed = false;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

char *
cvp_buf_reserve(struct cvp_buf *buf, size_t length)
{
	size_t size = buf->size > 0 ? buf->size : 256;

	if (buf->failed || length > buf->max || buf->length > buf->max - length) {
		buf->failed = true;
		return NULL;
	}
	while (size < buf->length + length + 1)
		size *= 2;
	if (size != buf->size) {
		buf->data = cvp_xrealloc(buf->data, size);
		buf->size = size;
	}
	return buf->data + buf->length;
}

void
cvp_buf_used(struct cvp_buf *buf, size_t length)
{
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void
cvp_buf_add(struct cvp_buf *buf, const void *bytes, size_t length)
{
	char *room = cvp_buf_reserve(buf, length);

	if (room == NULL)
		return;
	if (length > 0)
		memcpy(room, bytes, length);
	cvp_buf_used(buf, length);
}

void
cvp_buf_text(struct cvp_buf *buf, const char *text)
{
	cvp_buf_add(buf, text, strlen(text));
}

void
cvp_buf_char(struct cvp_buf *buf, char c)
{
	cvp_buf_add(buf, &c, 1);
}

void
cvp_buf_printf(struct cvp_buf *buf, const char *format, ...)
{
	va_list args, again;
	char *room;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	room = length < 0 ? NULL : cvp_buf_reserve(buf, (size_t)length);
	if (room != NULL) {
		vsnprintf(room, (size_t)length + 1, format, args);
		cvp_buf_used(buf, (size_t)length);
	}
	va_end(args);
}

const char *
cvp_buf_string(const struct cvp_buf *buf)
{
	return buf->data != NULL ? buf->data : "";
}

char *
cvp_buf_take(struct cvp_buf *buf, struct cvp_arena *arena)
{
	char *text = cvp_arena_strdup(arena, cvp_buf_string(buf));

	cvp_buf_free(buf);
	return text;
}

static void
add_escaped(struct cvp_buf *buf, unsigned char c)
{
	static const char *const shorts[] = { ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
					      ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\" };

	if (c < CVP_COUNT(shorts) && shorts[c] != NULL)
		cvp_buf_text(buf, shorts[c]);
	else
		cvp_buf_printf(buf, "\\u%04x", c);
}

void
cvp_buf_json_string(struct cvp_buf *buf, const char *text, size_t length)
{
	size_t plain = 0;

	cvp_buf_char(buf, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		cvp_buf_add(buf, text + plain, i - plain);
		add_escaped(buf, c);
		plain = i + 1;
	}
	cvp_buf_add(buf, text + plain, length - plain);
	cvp_buf_char(buf, '"');
}
