#include "schema/canonical.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "schema/number.h"

#define INLINE_MEMBERS 48
#define EXACT_MAX      (INT64_C(1) << 53)

struct member {
	const char *name;
	size_t length;
	const json_t *value;
};

/* The members of all objects being written, the innermost last: one stack that grows, not an allocation an object. */
struct writer {
	struct cvp_buf *out;
	struct member *members;
	size_t count, size;
	struct member inlined[INLINE_MEMBERS];
};

static void write_value(struct writer *writer, const json_t *value);

/* UTF-8 sorts by code points. UTF-16 differs in one thing: the characters past U+FFFF (first byte F0..F4), written with
 * surrogates, come before U+E000..U+FFFF (first byte EE, EF). */
static int
utf16_rank(unsigned char byte)
{
	if (byte >= 0xF0)
		return byte - 2;
	return byte >= 0xEE ? byte + 5 : byte;
}

static int
compare_members(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	size_t common = a->length < b->length ? a->length : b->length;

	for (size_t i = 0; i < common; i++)
		if (a->name[i] != b->name[i])
			return utf16_rank((unsigned char)a->name[i]) - utf16_rank((unsigned char)b->name[i]);
	return (a->length > b->length) - (a->length < b->length);
}

static void
push_member(struct writer *writer, const struct member *member)
{
	if (writer->count == writer->size) {
		bool is_inline = writer->members == writer->inlined;

		writer->size *= 2;
		writer->members = cvp_xrealloc(is_inline ? NULL : writer->members,
					       writer->size * sizeof(*writer->members));
		if (is_inline)
			memcpy(writer->members, writer->inlined, sizeof(writer->inlined));
	}
	writer->members[writer->count++] = *member;
}

static void
write_object(struct writer *writer, const json_t *object)
{
	size_t first = writer->count;

	/* jansson iterates over what it does not change only by a pointer that is not const */
	for (void *at = json_object_iter((json_t *)object); at != NULL;
	     at = json_object_iter_next((json_t *)object, at)) {
		struct member member = { json_object_iter_key(at), json_object_iter_key_len(at),
					 json_object_iter_value(at) };

		push_member(writer, &member);
	}
	qsort(writer->members + first, writer->count - first, sizeof(*writer->members), compare_members);
	cvp_buf_char(writer->out, '{');
	for (size_t i = first; i < first + json_object_size(object); i++) {
		struct member member = writer->members[i]; /* a copy: writing its value may move the stack */

		if (i > first)
			cvp_buf_char(writer->out, ',');
		cvp_buf_json_string(writer->out, member.name, member.length);
		cvp_buf_char(writer->out, ':');
		write_value(writer, member.value);
	}
	cvp_buf_char(writer->out, '}');
	writer->count = first;
}

static void
write_array(struct writer *writer, const json_t *array)
{
	cvp_buf_char(writer->out, '[');
	for (size_t i = 0; i < json_array_size(array); i++) {
		if (i > 0)
			cvp_buf_char(writer->out, ',');
		write_value(writer, json_array_get(array, i));
	}
	cvp_buf_char(writer->out, ']');
}

/* RFC 8785 knows doubles only: a larger integer is written as the double nearest to it. */
static void
write_number(struct cvp_buf *out, const json_t *value)
{
	json_int_t integer = json_integer_value(value);
	char text[CVP_NUMBER_SIZE];
	size_t length;

	if (json_is_integer(value) && integer >= -EXACT_MAX && integer <= EXACT_MAX)
		length = cvp_integer_text(integer, text);
	else
		length = cvp_number_text(json_number_value(value), text);
	cvp_buf_add(out, text, length);
}

static void
write_value(struct writer *writer, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		write_object(writer, value);
		break;
	case JSON_ARRAY:
		write_array(writer, value);
		break;
	case JSON_STRING:
		cvp_buf_json_string(writer->out, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		write_number(writer->out, value);
		break;
	case JSON_TRUE:
		cvp_buf_text(writer->out, "true");
		break;
	case JSON_FALSE:
		cvp_buf_text(writer->out, "false");
		break;
	case JSON_NULL:
		cvp_buf_text(writer->out, "null");
		break;
	}
}

void
cvp_canonical_json(const json_t *value, struct cvp_buf *out)
{
	struct writer writer = { .out = out, .size = INLINE_MEMBERS };

	writer.members = writer.inlined;
	write_value(&writer, value);
	if (writer.members != writer.inlined)
		free(writer.members);
}

void
cvp_canonical_sha256(const json_t *value, char hex[CVP_SHA256_HEX])
{
	struct cvp_buf text = CVP_BUF(SIZE_MAX / 4);

	cvp_canonical_json(value, &text);
	cvp_sha256_hex(cvp_buf_string(&text), text.length, hex);
	cvp_buf_wipe(&text); /* it may have been a CV */
}
