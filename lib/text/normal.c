/* normal.c - text made comparable, and how alike two texts are. */
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "core/ctx.h"
#include "text/script.h"
#include "text/text.h"

static bool
is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)text[i] >= 0x80)
			return false;
	}
	return true;
}

/* text in NFC; text itself where it is ASCII. */
static const char *
composed(struct cvp_ctx *ctx, const char *text, size_t *length)
{
	uint8_t *raw;
	const char *copy;

	if (is_ascii(text, *length))
		return text;
	raw = u8_normalize(UNINORM_NFC, (const uint8_t *)text, *length, NULL, length);
	if (raw == NULL)
		return text;
	copy = cvp_arena_strndup(ctx->arena, (const char *)raw, *length);
	free(raw);
	return copy;
}

static char *
normal_of(struct cvp_ctx *ctx, const char *text)
{
	size_t length = strlen(text), used = 0, size;
	const char *from = composed(ctx, text, &length);
	char *to = cvp_arena_alloc(ctx->arena, length + 1);
	bool space = false;

	for (size_t at = 0; at < length; at += size) {
		uint32_t c = cvp_char_plain(cvp_char_at(from + at, length - at, &size));

		if (c == ' ') {
			space = used > 0;
		} else if (c != 0) {
			if (space)
				to[used++] = ' ';
			space = false;
			used += cvp_char_put(to + used, c);
		}
	}
	to[used] = '\0';
	return to;
}

const char *
cvp_text_normal(struct cvp_ctx *ctx, const char *text)
{
	return normal_of(ctx, text);
}

const char *
cvp_text_fold(struct cvp_ctx *ctx, const char *text)
{
	char *normal = normal_of(ctx, text);
	size_t length = strlen(normal);
	const char *folded;
	uint8_t *raw;

	if (is_ascii(normal, length)) {
		for (size_t i = 0; i < length; i++) {
			if (normal[i] >= 'A' && normal[i] <= 'Z')
				normal[i] = (char)(normal[i] + 'a' - 'A');
		}
		return normal;
	}
	raw = u8_casefold((const uint8_t *)normal, length, NULL, UNINORM_NFC, NULL, &length);
	if (raw == NULL)
		return normal;
	folded = cvp_arena_strndup(ctx->arena, (const char *)raw, length);
	free(raw);
	return folded;
}

/* Edit distance by Myers' bit vectors (J. ACM 46(3), 1999; blocks as Hyyrö 2003): a strip of 64 pattern rows at a time
 * runs over the text, the horizontal differences of its last row carry over to the next strip. n*m/64 steps, so that
 * two postings of the greatest length cost milliseconds, and memory for one row. */
#define STRIP 64
#define SLOTS 256 /* open addressing; at most STRIP are taken */

struct strip {
	uint32_t keys[SLOTS]; /* code point + 1 */
	uint64_t rows[SLOTS]; /* in which rows of the strip it stands */
};

static size_t
slot_of(const struct strip *strip, uint32_t c)
{
	size_t slot = (c * UINT32_C(2654435761)) >> 24;

	while (strip->keys[slot] != 0 && strip->keys[slot] != c + 1)
		slot = (slot + 1) % SLOTS;
	return slot;
}

static void
strip_fill(struct strip *strip, const uint32_t *pattern, size_t rows)
{
	memset(strip, 0, sizeof(*strip));
	for (size_t i = 0; i < rows; i++) {
		size_t slot = slot_of(strip, pattern[i]);

		strip->keys[slot] = pattern[i] + 1;
		strip->rows[slot] |= UINT64_C(1) << i;
	}
}

/* One strip over the whole text. carry[j]: horizontal difference (-1, 0, 1) at column j, in of the row above the
 * strip, out of its last row. Returns the sum of the differences out. */
static long
strip_run(const struct strip *strip, size_t rows, const uint32_t *text, size_t length, signed char *carry)
{
	uint64_t plus = ~UINT64_C(0), minus = 0, last = UINT64_C(1) << (rows - 1);
	long sum = 0;

	for (size_t j = 0; j < length; j++) {
		uint64_t equal = strip->rows[slot_of(strip, text[j])];
		uint64_t vertical = equal | minus, diagonal, up, down;

		if (carry[j] < 0)
			equal |= 1;
		diagonal = (((equal & plus) + plus) ^ plus) | equal;
		up = minus | ~(diagonal | plus);
		down = plus & diagonal;
		signed char out = (signed char)(((up & last) != 0) - ((down & last) != 0));

		up = (up << 1) | (carry[j] > 0);
		down = (down << 1) | (carry[j] < 0);
		plus = down | ~(vertical | up);
		minus = up & vertical;
		carry[j] = out;
		sum += out;
	}
	return sum;
}

static size_t
edit_distance(struct cvp_ctx *ctx, const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
	signed char *carry = cvp_arena_alloc(ctx->arena, b_length);
	struct strip strip;
	long sum = 0;

	if (a_length == 0 || b_length == 0)
		return a_length + b_length;
	memset(carry, 1, b_length);
	for (size_t at = 0; at < a_length; at += STRIP) {
		size_t rows = a_length - at < STRIP ? a_length - at : STRIP;

		strip_fill(&strip, a + at, rows);
		sum = strip_run(&strip, rows, b, b_length, carry);
	}
	return (size_t)((long)a_length + sum);
}

static uint32_t *
code_points(struct cvp_ctx *ctx, const char *text, size_t *count)
{
	size_t length = strlen(text), size;
	uint32_t *points = cvp_arena_alloc(ctx->arena, length * sizeof(*points));

	*count = 0;
	for (size_t at = 0; at < length; at += size)
		points[(*count)++] = cvp_char_at(text + at, length - at, &size);
	return points;
}

double
cvp_text_similarity(struct cvp_ctx *ctx, const char *a, const char *b)
{
	size_t a_length, b_length, longer, distance;
	const uint32_t *a_points = code_points(ctx, a, &a_length), *b_points = code_points(ctx, b, &b_length);

	longer = a_length > b_length ? a_length : b_length;
	if (longer == 0)
		return 1;
	distance = edit_distance(ctx, a_points, a_length, b_points, b_length);
	return 1 - (double)distance / (double)longer;
}
