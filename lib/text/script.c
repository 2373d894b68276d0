#include "text/script.h"

#include <unictype.h>
#include <unistr.h>

uint32_t
cvp_char_at(const char *text, size_t length, size_t *size)
{
	ucs4_t c;
	int n;

	if ((unsigned char)text[0] < 0x80) {
		*size = 1;
		return (unsigned char)text[0];
	}
	n = u8_mbtouc(&c, (const uint8_t *)text, length);
	*size = n > 0 ? (size_t)n : 1;
	return c;
}

static bool
is_ignored(uint32_t c)
{
	return c == 0x00AD || c == 0x034F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static enum cvp_char
ascii_class(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return CVP_CHAR_LATIN;
	return c >= '0' && c <= '9' ? CVP_CHAR_DIGIT : CVP_CHAR_OTHER;
}

enum cvp_char
cvp_char_class(uint32_t c)
{
	if (c < 0x80)
		return ascii_class(c);
	if ((c >= 0x05D0 && c <= 0x05F2) || (c >= 0xFB1D && c <= 0xFB4F && c != 0xFB1E && c != 0xFB29))
		return CVP_CHAR_HEBREW;
	if ((c >= 0x0400 && c <= 0x0481) || (c >= 0x048A && c <= 0x052F) || (c >= 0x1C80 && c <= 0x1C8F) ||
	    (c >= 0xA640 && c <= 0xA66E))
		return CVP_CHAR_CYRILLIC;
	if (is_ignored(c))
		return CVP_CHAR_IGNORED;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L))
		return CVP_CHAR_LATIN;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M))
		return CVP_CHAR_MARK;
	return uc_decimal_value(c) >= 0 ? CVP_CHAR_DIGIT : CVP_CHAR_OTHER;
}

static bool
is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x05BE || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

static bool
is_single_quote(uint32_t c)
{
	return (c >= 0x2018 && c <= 0x201B) || c == 0x02BC || c == 0x02B9 || c == 0x2032 || c == 0x05F3 || c == '`' ||
	       c == 0x00B4 || c == 0x2039 || c == 0x203A;
}

static bool
is_double_quote(uint32_t c)
{
	return (c >= 0x201C && c <= 0x201F) || c == 0x00AB || c == 0x00BB || c == 0x2033 || c == 0x05F4;
}

uint32_t
cvp_char_plain(uint32_t c)
{
	int digit;

	if (c < 0x80)
		return (c >= '\t' && c <= '\r') ? ' ' : c == '`' ? '\'' : c;
	if (is_ignored(c))
		return 0;
	if (is_dash(c))
		return '-';
	if (is_single_quote(c))
		return '\'';
	if (is_double_quote(c))
		return '"';
	if (c == 0x0085 || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Z))
		return ' ';
	digit = uc_decimal_value(c);
	return digit >= 0 ? (uint32_t)('0' + digit) : c;
}

size_t
cvp_char_put(char *to, uint32_t c)
{
	int n = u8_uctomb((uint8_t *)to, c, 4);

	return n > 0 ? (size_t)n : 0;
}
