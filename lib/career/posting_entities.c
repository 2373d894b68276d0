/* posting_entities.c - the character references of HTML that postings really hold: numeric ones, Latin-1, typography.
 */
#include "career/posting_entities.h"

#include <string.h>

#include "core/code.h"
#include "text/script.h"

struct entity {
	const char *name;
	uint32_t c;
};

/* Names in front of U+00A0, in code order. */
static const char *const latin1[] = {
	"nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
	"laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
	"para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
	"Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
	"Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
	"times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
	"acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
	"iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
	"oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static const struct entity others[] = {
	{ "amp", '&' },       { "lt", '<' },        { "gt", '>' },        { "quot", '"' },      { "apos", '\'' },
	{ "ndash", 0x2013 },  { "mdash", 0x2014 },  { "lsquo", 0x2018 },  { "rsquo", 0x2019 },  { "sbquo", 0x201A },
	{ "ldquo", 0x201C },  { "rdquo", 0x201D },  { "bdquo", 0x201E },  { "bull", 0x2022 },   { "hellip", 0x2026 },
	{ "lsaquo", 0x2039 }, { "rsaquo", 0x203A }, { "euro", 0x20AC },   { "trade", 0x2122 },  { "rarr", 0x2192 },
	{ "larr", 0x2190 },   { "minus", 0x2212 },  { "ensp", 0x2002 },   { "emsp", 0x2003 },   { "thinsp", 0x2009 },
	{ "zwnj", 0x200C },   { "zwj", 0x200D },    { "lrm", 0x200E },    { "rlm", 0x200F },    { "check", 0x2713 },
	{ "OElig", 0x0152 },  { "oelig", 0x0153 },  { "Scaron", 0x0160 }, { "scaron", 0x0161 }, { "sol", '/' },
	{ "colon", ':' },     { "comma", ',' },     { "period", '.' },    { "lpar", '(' },      { "rpar", ')' },
	{ "plus", '+' },      { "num", '#' },       { "NewLine", '\n' },  { "Tab", '\t' },      { "percnt", '%' },
};

static uint32_t
named(const char *name, size_t length)
{
	for (size_t i = 0; i < CVP_COUNT(others); i++) {
		if (strlen(others[i].name) == length && memcmp(others[i].name, name, length) == 0)
			return others[i].c;
	}
	for (size_t i = 0; i < CVP_COUNT(latin1); i++) {
		if (strlen(latin1[i]) == length && memcmp(latin1[i], name, length) == 0)
			return (uint32_t)(0xA0 + i);
	}
	return 0;
}

static int
digit_of(char c, unsigned base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base == 16 && (c | 32) >= 'a' && (c | 32) <= 'f')
		return (c | 32) - 'a' + 10;
	return -1;
}

/* The number after "&#", and where it ends. Windows' places for quotes and dashes are read as it means them. */
static uint32_t
numbered(const char *digits, const char **end)
{
	static const uint32_t windows[] = { [0x11] = 0x2018, [0x12] = 0x2019, [0x13] = 0x201C, [0x14] = 0x201D,
					    [0x15] = 0x2022, [0x16] = 0x2013, [0x17] = 0x2014 };
	unsigned base = (digits[0] | 32) == 'x' ? 16 : 10;
	uint32_t c = 0;

	for (digits += base == 16; digit_of(*digits, base) >= 0; digits++) {
		if (c < 0x110000)
			c = c * base + (uint32_t)digit_of(*digits, base);
	}
	*end = digits;
	if (c >= 0x80 && c - 0x80 < CVP_COUNT(windows) && windows[c - 0x80] != 0)
		return windows[c - 0x80];
	return c >= 0x110000 || (c >= 0xD800 && c <= 0xDFFF) || (c < 32 && c != '\n' && c != '\t') ? 0 : c;
}

size_t
cvp_entity_decode(const char *text, char out[4], size_t *written)
{
	const char *end = text + 1;
	uint32_t c;

	if (*end == '#') {
		c = numbered(text + 2, &end);
	} else {
		while ((*end >= 'a' && *end <= 'z') || (*end >= 'A' && *end <= 'Z') || (*end >= '0' && *end <= '9'))
			end++;
		c = *end == ';' ? named(text + 1, (size_t)(end - text - 1)) : 0;
	}
	if (c == 0)
		return 0;
	*written = cvp_char_put(out, c);
	return (size_t)(end - text) + (*end == ';');
}
