#include <string.h>

#include "web/http.h"

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* jansson refuses strings that are not UTF-8, or hold U+0000 */
static bool
is_text(const char *text, size_t length)
{
	json_t *string = memchr(text, '\0', length) == NULL ? json_stringn(text, length) : NULL;
	bool is_valid = string != NULL;

	json_decref(string);
	return is_valid;
}

const char *
cvp_percent_decode(struct cvp_ctx *ctx, const char *text, size_t length, bool plus_is_space)
{
	char *decoded = cvp_arena_alloc(ctx->arena, length + 1);
	size_t to = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '%') {
			int high = length - i > 2 ? hex_value(text[i + 1]) : -1;
			int low = length - i > 2 ? hex_value(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			decoded[to++] = (char)(high << 4 | low);
			i += 2;
		} else {
			decoded[to++] = plus_is_space && text[i] == '+' ? ' ' : text[i];
		}
	}
	return is_text(decoded, to) ? decoded : NULL;
}

const char *
cvp_percent_encode(struct cvp_ctx *ctx, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/";
	static const char digits[] = "0123456789ABCDEF";
	char *encoded = cvp_arena_alloc(ctx->arena, strlen(text) * 3 + 1), *to = encoded;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (strchr(plain, c) != NULL) {
			*to++ = (char)c;
		} else {
			*to++ = '%';
			*to++ = digits[c >> 4];
			*to++ = digits[c & 15];
		}
	}
	return encoded;
}

static enum cvp_code
take_pair(struct cvp_ctx *ctx, const char *pair, size_t length, bool drop_empty, json_t *into)
{
	const char *equals = memchr(pair, '=', length);
	size_t name_length = equals != NULL ? (size_t)(equals - pair) : length;
	const char *name = cvp_percent_decode(ctx, pair, name_length, true);
	const char *value = equals != NULL ? cvp_percent_decode(ctx, equals + 1, length - name_length - 1, true) : "";

	if (name == NULL)
		return cvp_fail(ctx, CVP_INVALID_INPUT, "A field's name is not valid UTF-8 or badly encoded.");
	if (value == NULL)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, cvp_arena_printf(ctx->arena, "/%s", name),
				   "%s is not valid UTF-8 or badly encoded.", name);
	if (*name != '\0' && !(drop_empty && *value == '\0'))
		json_object_set_new(into, name, json_string(value));
	return CVP_OK;
}

enum cvp_code
cvp_form_parse(struct cvp_ctx *ctx, const char *text, size_t length, bool drop_empty, json_t *into)
{
	enum cvp_code code = CVP_OK;

	while (length > 0 && code == CVP_OK) {
		const char *end = memchr(text, '&', length);
		size_t pair = end != NULL ? (size_t)(end - text) : length;

		if (pair > 0)
			code = take_pair(ctx, text, pair, drop_empty, into);
		text += pair;
		length -= pair;
		if (length > 0) {
			text++;
			length--;
		}
	}
	return code;
}
