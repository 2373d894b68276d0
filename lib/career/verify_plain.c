#include "career/verify_plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <unistr.h>

#include "core/ctx.h"
#include "text/text.h"

#define ENTITY_MAX 10 /* bytes between '&' and ';' */

struct plain {
	const char *from, *end;
	const char *start; /* of the whole text */
	char *to;
	size_t used;
};

static bool
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Is the byte part of a word? Bytes of other scripts count as such. */
static bool
is_word_byte(char c)
{
	return is_ascii_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static void
put(struct plain *p, const char *bytes, size_t length)
{
	memcpy(p->to + p->used, bytes, length);
	p->used += length;
}

/* Does the tag at `name` end a line of what is seen? */
static bool
tag_breaks(const char *name, size_t length)
{
	static const char *const breaking[] = { "br", "p",  "li", "ul", "ol", "div", "tr", "td",    "th",
						"h1", "h2", "h3", "h4", "h5", "h6",  "hr", "table", "section" };

	for (size_t i = 0; i < CVP_COUNT(breaking); i++) {
		if (strlen(breaking[i]) == length && strncasecmp(breaking[i], name, length) == 0)
			return true;
	}
	return false;
}

/* Steps over a tag or comment at '<'; false where it is a plain less-than sign. */
static bool
skip_tag(struct plain *p)
{
	const char *name = p->from + 1, *close, *end;

	if (name < p->end && *name == '/')
		name++;
	if (name >= p->end || !(is_ascii_letter(*name) || *name == '!'))
		return false;
	close = memchr(name, '>', (size_t)(p->end - name));
	if (close == NULL)
		return false;
	for (end = name; end < close && (is_ascii_letter(*end) || (*end >= '1' && *end <= '6')); end++)
		;
	if (tag_breaks(name, (size_t)(end - name)))
		put(p, "\n", 1);
	p->from = close + 1;
	return true;
}

static ucs4_t
entity_value(const char *name, size_t length)
{
	static const struct {
		const char *name;
		ucs4_t c;
	} named[] = { { "amp", '&' },      { "lt", '<' },      { "gt", '>' },       { "quot", '"' },
		      { "apos", '\'' },    { "nbsp", ' ' },    { "shy", 0xAD },     { "ndash", 0x2013 },
		      { "mdash", 0x2014 }, { "laquo", 0xAB },  { "raquo", 0xBB },   { "ldquo", 0x201C },
		      { "rdquo", 0x201D }, { "zwnj", 0x200C }, { "hellip", 0x2026 } };
	char digits[ENTITY_MAX + 1];
	unsigned long value;

	if (name[0] == '#' && length > 1) {
		memcpy(digits, name + 1, length - 1);
		digits[length - 1] = '\0';
		value = digits[0] == 'x' || digits[0] == 'X' ? strtoul(digits + 1, NULL, 16)
							     : strtoul(digits, NULL, 10);
		return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) ? (ucs4_t)value : 0;
	}
	for (size_t i = 0; i < CVP_COUNT(named); i++) {
		if (strlen(named[i].name) == length && memcmp(named[i].name, name, length) == 0)
			return named[i].c;
	}
	return 0;
}

static bool
is_invisible(ucs4_t c)
{
	return c == 0xAD || c == 0x34F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c < ' ' && c != '\n' && c != '\t');
}

/* Writes one code point unless it is invisible. */
static void
put_char(struct plain *p, ucs4_t c)
{
	uint8_t bytes[4];
	int n = is_invisible(c) ? 0 : u8_uctomb(bytes, c, sizeof(bytes));

	if (n > 0)
		put(p, (const char *)bytes, (size_t)n);
}

static bool
read_entity(struct plain *p)
{
	size_t left = (size_t)(p->end - p->from - 1);
	const char *semicolon = memchr(p->from + 1, ';', left < ENTITY_MAX + 1 ? left : ENTITY_MAX + 1);
	ucs4_t c;

	if (semicolon == NULL || semicolon == p->from + 1)
		return false;
	c = entity_value(p->from + 1, (size_t)(semicolon - p->from - 1));
	if (c == 0)
		return false;
	put_char(p, c);
	p->from = semicolon + 1;
	return true;
}

/* [text](address): leaves the text to be read and cuts the address. */
static bool
skip_link_tail(struct plain *p)
{
	const char *close;

	if (p->end - p->from < 3 || p->from[1] != '(')
		return false;
	close = memchr(p->from, ')', (size_t)(p->end - p->from));
	if (close == NULL || memchr(p->from, '\n', (size_t)(close - p->from)) != NULL)
		return false;
	p->from = close + 1;
	return true;
}

/* Does a link's "](" follow the '[' here, on this line? */
static bool
opens_link(const struct plain *p)
{
	for (const char *at = p->from + 1; at + 1 < p->end && *at != '\n' && *at != '['; at++) {
		if (*at == ']')
			return at[1] == '(';
	}
	return false;
}

/* Emphasis: two or more in a row, or one that touches a word on exactly one side (*so*, but 2*3 and snake_case stay).
 */
static bool
skip_emphasis(struct plain *p)
{
	char mark = *p->from;
	const char *after = p->from;
	bool before_word = p->from > p->start && is_word_byte(p->from[-1]), after_word;

	while (after < p->end && *after == mark)
		after++;
	after_word = after < p->end && is_word_byte(*after);
	if (after - p->from == 1 && before_word == after_word)
		return false;
	if (mark == '_' && before_word && after_word)
		return false;
	p->from = after;
	return true;
}

static bool
skip_markup(struct plain *p)
{
	switch (*p->from) {
	case '<':
		return skip_tag(p);
	case '&':
		return read_entity(p);
	case '*':
	case '_':
		return skip_emphasis(p);
	case '`':
		p->from++;
		return true;
	case '[':
		if (!opens_link(p))
			return false;
		p->from++;
		return true;
	case ']':
		return skip_link_tail(p);
	default:
		return false;
	}
}

const char *
cvp_visible_text(struct cvp_ctx *ctx, const char *text)
{
	size_t length = strlen(text);
	struct plain p = { .from = text, .end = text + length, .start = text };

	p.to = cvp_arena_alloc(ctx->arena, 3 * length + 1); /* a stray byte becomes U+FFFD */
	while (p.from < p.end) {
		ucs4_t c;
		int n;

		if (skip_markup(&p))
			continue;
		n = u8_mbtouc(&c, (const uint8_t *)p.from, (size_t)(p.end - p.from));
		put_char(&p, c);
		p.from += n > 0 ? n : 1;
	}
	return p.to;
}

const char *
cvp_plain_text(struct cvp_ctx *ctx, const char *text)
{
	return cvp_text_normal(ctx, cvp_visible_text(ctx, text));
}

bool
cvp_is_disguised(const char *text, size_t length)
{
	bool latin = false, cyrillic = false, hebrew = false, other = false;

	for (size_t i = 0; i < length;) {
		ucs4_t c;
		int n = u8_mbtouc(&c, (const uint8_t *)text + i, length - i);

		if (uc_is_alpha(c)) {
			bool is_latin = c < 0x250 || (c >= 0x1E00 && c < 0x1F00);
			bool is_cyrillic = c >= 0x400 && c < 0x530;
			bool is_hebrew = c >= 0x590 && c < 0x600;

			latin = latin || is_latin;
			cyrillic = cyrillic || is_cyrillic;
			hebrew = hebrew || is_hebrew;
			other = other || !(is_latin || is_cyrillic || is_hebrew);
		}
		i += n > 0 ? (size_t)n : 1;
	}
	return other || (latin && cyrillic && memchr(text, '-', length) == NULL) || (cyrillic && hebrew);
}
