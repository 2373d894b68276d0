#include "career/cv_pointer.h"

#include <stdbool.h>
#include <string.h>

#include "career/cv.h"
#include "core/ctx.h"

const char *
cvp_pointer_key(struct cvp_ctx *ctx, const char *parent, const char *key)
{
	size_t length = strlen(parent);
	char *pointer = cvp_arena_alloc(ctx->arena, length + 2 * strlen(key) + 2);
	char *out = pointer + length;

	memcpy(pointer, parent, length);
	*out++ = '/';
	for (; *key; key++) {
		if (*key == '~' || *key == '/') {
			*out++ = '~';
			*out++ = *key == '~' ? '0' : '1';
		} else {
			*out++ = *key;
		}
	}
	*out = '\0';
	return pointer;
}

const char *
cvp_pointer_index(struct cvp_ctx *ctx, const char *parent, size_t index)
{
	return cvp_arena_printf(ctx->arena, "%s/%zu", parent, index);
}

enum cvp_code
cvp_pointer_wants(struct cvp_ctx *ctx, const char *pointer, const char *wanted)
{
	return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, pointer, "%s must be %s", *pointer ? pointer : "The CV", wanted);
}

/* Is the token of a pointer, bytes [from, to), this key? */
static bool
token_is(const char *from, const char *to, const char *key)
{
	for (; from < to; from++, key++) {
		char c = *from;

		if (c == '~' && from + 1 < to)
			c = *++from == '0' ? '~' : '/';
		if (c != *key || c == '\0')
			return false;
	}
	return *key == '\0';
}

/* The array index a token names; false for "", "-", "01" and what is no number. */
static bool
token_index(const char *from, const char *to, size_t *index)
{
	if (from == to || to - from > 9 || (*from == '0' && to - from > 1))
		return false;
	for (*index = 0; from < to; from++) {
		if (*from < '0' || *from > '9')
			return false;
		*index = *index * 10 + (size_t)(*from - '0');
	}
	return true;
}

static const json_t *
member_of(const json_t *object, const char *from, const char *to)
{
	json_t *own = (json_t *)object; /* jansson's iterators take no const; nothing is written */
	const char *key;
	json_t *value;

	json_object_foreach (own, key, value)
		if (token_is(from, to, key))
			return value;
	return NULL;
}

const char *
cvp_pointer_text(const json_t *root, const char *pointer)
{
	const json_t *value = root;
	size_t index;

	while (value && *pointer == '/') {
		const char *from = pointer + 1, *to = from + strcspn(from, "/");

		if (json_is_object(value))
			value = member_of(value, from, to);
		else if (json_is_array(value) && token_index(from, to, &index))
			value = json_array_get(value, index);
		else
			value = NULL;
		pointer = to;
	}
	return *pointer == '\0' ? json_string_value(value) : NULL;
}
