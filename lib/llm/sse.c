#include "llm/sse.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define TYPE_MAX        256

void
cvp_sse_init(struct cvp_sse *sse, size_t max, cvp_sse_taker *take, void *owner)
{
	*sse = (struct cvp_sse){ .take = take, .owner = owner };
	cvp_buf_init(&sse->line, max);
	cvp_buf_init(&sse->data, max);
	cvp_buf_init(&sse->type, TYPE_MAX);
}

void
cvp_sse_free(struct cvp_sse *sse)
{
	cvp_buf_free(&sse->line);
	cvp_buf_free(&sse->data);
	cvp_buf_free(&sse->type);
}

/* The empty line: hands out the event, if any data line came. Every data line left an LF behind it, the last is not the
 * event's. */
static void
dispatch(struct cvp_sse *sse)
{
	const char *type = sse->type.length > 0 ? cvp_buf_string(&sse->type) : "message";

	if (sse->data.length > 0 && !cvp_buf_failed(&sse->data)) {
		sse->data.data[--sse->data.length] = '\0';
		sse->take(sse->owner, type, cvp_buf_string(&sse->data), sse->data.length);
	}
	cvp_buf_reset(&sse->type);
	if (!cvp_buf_failed(&sse->data))
		cvp_buf_reset(&sse->data);
}

static bool
is_word(const char *name, size_t length, const char *word)
{
	return length == strlen(word) && memcmp(name, word, length) == 0;
}

static void
take_field(struct cvp_sse *sse, const char *name, size_t name_length, const char *value, size_t value_length)
{
	if (is_word(name, name_length, "data")) {
		cvp_buf_add(&sse->data, value, value_length);
		cvp_buf_char(&sse->data, '\n');
	} else if (is_word(name, name_length, "event")) {
		cvp_buf_reset(&sse->type);
		cvp_buf_add(&sse->type, value, value_length);
	}
}

static void
take_line(struct cvp_sse *sse)
{
	const char *line = cvp_buf_string(&sse->line), *colon;
	size_t length = sse->line.length, name_length, skipped;

	if (length == 0) {
		dispatch(sse);
		return;
	}
	colon = memchr(line, ':', length);
	name_length = colon != NULL ? (size_t)(colon - line) : length;
	skipped = name_length + (colon != NULL ? 1 : 0);
	if (skipped < length && line[skipped] == ' ')
		skipped++;
	take_field(sse, line, name_length, line + skipped, length - skipped); /* a comment has an empty name */
}

static void
end_line(struct cvp_sse *sse)
{
	if (!cvp_buf_failed(&sse->line)) {
		take_line(sse);
		cvp_buf_reset(&sse->line);
	}
}

/* How many of the bytes are the byte order mark that a stream may begin with, or the rest of it. */
static size_t
skip_mark(struct cvp_sse *sse, const char *bytes, size_t length)
{
	size_t skipped = 0;

	while (!sse->has_begun && skipped < length) {
		if (bytes[skipped] != BYTE_ORDER_MARK[sse->seen]) {
			sse->has_begun = true;
			cvp_buf_add(&sse->line, BYTE_ORDER_MARK, sse->seen); /* it only began like one */
			break;
		}
		skipped++;
		sse->has_begun = ++sse->seen == strlen(BYTE_ORDER_MARK);
	}
	return skipped;
}

static size_t
length_of_line(const char *bytes, size_t length)
{
	size_t i = 0;

	while (i < length && bytes[i] != '\n' && bytes[i] != '\r')
		i++;
	return i;
}

bool
cvp_sse_feed(struct cvp_sse *sse, const char *bytes, size_t length)
{
	size_t at = skip_mark(sse, bytes, length);

	while (at < length && !cvp_buf_failed(&sse->line) && !cvp_buf_failed(&sse->data)) {
		size_t run = length_of_line(bytes + at, length - at);

		if (run > 0) {
			cvp_buf_add(&sse->line, bytes + at, run);
			sse->is_after_cr = false;
		} else {
			/* the LF of a CRLF ends nothing: its CR did */
			if (!(bytes[at] == '\n' && sse->is_after_cr))
				end_line(sse);
			sse->is_after_cr = bytes[at] == '\r';
			run = 1;
		}
		at += run;
	}
	return !cvp_buf_failed(&sse->line) && !cvp_buf_failed(&sse->data);
}
