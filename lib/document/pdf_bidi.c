/* Lines written from right to left: pdftotext gives their characters as they stand on the page, from left to right. */
#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "core/ctx.h"
#include "document/pdf_pieces.h"

enum direction { NEUTRAL, NUMBER, LEFT, RIGHT };

static enum direction
direction_of(ucs4_t c)
{
	if (c >= '0' && c <= '9')
		return NUMBER;
	if ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC))
		return RIGHT;
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80)
		return LEFT;
	if (c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0xE000 && c <= 0xF8FF))
		return NEUTRAL;
	return LEFT;
}

bool
cvp_pdf_is_rtl(const char *text)
{
	size_t length = strlen(text), right = 0, left = 0;
	ucs4_t c;

	for (size_t at = 0; at < length;) {
		int bytes = u8_mbtouc(&c, (const uint8_t *)text + at, length - at);
		enum direction direction = direction_of(c);

		right += direction == RIGHT;
		left += direction == LEFT;
		at += (size_t)bytes;
	}
	return right > 0 && right * 3 >= left;
}

static ucs4_t
mirrored(ucs4_t c)
{
	static const char pairs[] = "()[]{}<>";
	const char *at = c < 0x80 && c ? strchr(pairs, (int)c) : NULL;

	if (at)
		return (ucs4_t)((at - pairs) % 2 ? at[-1] : at[1]);
	if (c == 0xAB || c == 0xBB)
		return c == 0xAB ? 0xBB : 0xAB;
	return c;
}

/* Most programs give brackets as they are meant, some as they are drawn: then the first one closes. */
static bool
is_mirrored(const ucs4_t *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (mirrored(text[i]) != text[i])
			return text[i] == ')' || text[i] == ']' || text[i] == '}' || text[i] == '>' || text[i] == 0xBB;
	return false;
}

static void
reverse(ucs4_t *at, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		ucs4_t swap = at[i];

		at[i] = at[count - 1 - i];
		at[count - 1 - i] = swap;
	}
}

/* May c stand between two digits of one number ("1,000", "054-123", "3.5", "03/2019")? */
static bool
joins_digits(ucs4_t c)
{
	return c == ',' || c == '.' || c == '/' || c == ':' || c == '-' || c == '+';
}

/* The end of the run from left to right that begins at `at`: letters with all between them, or one number. */
static size_t
run_end(const ucs4_t *text, size_t at, size_t count)
{
	size_t end = at + 1;
	bool has_letter = direction_of(text[at]) == LEFT;

	for (size_t i = at + 1; i < count; i++) {
		enum direction direction = direction_of(text[i]);

		if (direction == RIGHT || text[i] == '\t')
			break;
		if (direction == LEFT || (direction == NUMBER && (has_letter || i == end))) {
			has_letter |= direction == LEFT;
			end = i + 1;
		} else if (direction == NUMBER && i == end + 1 && joins_digits(text[end])) {
			end = i + 1;
		}
	}
	return end;
}

const char *
cvp_pdf_logical(struct cvp_ctx *ctx, const char *visual)
{
	size_t bytes = strlen(visual), count = 0, out = 0, end;
	ucs4_t *text = cvp_arena_alloc(ctx->arena, (bytes + 1) * sizeof(*text));
	uint8_t *logical = cvp_arena_alloc(ctx->arena, 3 * bytes + 1);

	for (size_t at = 0; at < bytes;)
		at += (size_t)u8_mbtouc(&text[count++], (const uint8_t *)visual + at, bytes - at);
	reverse(text, count);
	for (size_t at = 0; at < count; at = end) {
		enum direction direction = direction_of(text[at]);

		end = at + 1;
		if (direction != LEFT && direction != NUMBER)
			continue;
		end = run_end(text, at, count);
		reverse(text + at, end - at);
	}
	if (is_mirrored(text, count))
		for (size_t i = 0; i < count; i++)
			text[i] = mirrored(text[i]);
	for (size_t i = 0; i < count; i++)
		out += (size_t)u8_uctomb(logical + out, text[i], 6);
	logical[out] = '\0';
	return (const char *)logical;
}
