#include "document/charset.h"

#include <iconv.h>
#include <stdbool.h>
#include <string.h>
#include <unistr.h>

#include "core/ctx.h"

/* Letters of the upper half, as the Windows code pages have them: 0xE0-0xFA is small Cyrillic in 1251 and Hebrew in
 * 1255; capitals and the last small letters of 1251 lie where 1255 has points and marks. */
struct letters {
	size_t both, cyrillic_only, all;
};

static struct letters
count_letters(const char *bytes, size_t length)
{
	struct letters letters = { 0 };

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];

		letters.both += c >= 0xE0 && c <= 0xFA;
		letters.cyrillic_only += (c >= 0xC0 && c <= 0xDF) || c >= 0xFB || c == 0xA8 || c == 0xB8;
		letters.all += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
	}
	return letters;
}

/* The character set of bytes that are no UTF-8; NULL where it cannot be told. */
static const char *
charset_of(const char *bytes, size_t length)
{
	struct letters letters = count_letters(bytes, length);
	size_t high = letters.both + letters.cyrillic_only;

	if (length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
		return "UTF-16LE";
	if (length >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
		return "UTF-16BE";
	if (memchr(bytes, '\0', length) != NULL || high == 0)
		return NULL;
	if (10 * high < 3 * letters.all)
		return "WINDOWS-1252"; /* Latin with accents */
	return 50 * letters.cyrillic_only < letters.both ? "WINDOWS-1255" : "WINDOWS-1251";
}

static bool
convert(struct cvp_ctx *ctx, const char *charset, const char *bytes, size_t length, const char **text,
	size_t *text_length)
{
	size_t room = 3 * length + 4, left = room; /* no letter of theirs takes more than three bytes */
	char *to = cvp_arena_alloc(ctx->arena, room + 1), *end = to, *from = (char *)bytes;
	iconv_t converter = iconv_open("UTF-8", charset);
	bool is_done;

	if (converter == (iconv_t)-1)
		return false;
	is_done = iconv(converter, &from, &length, &end, &left) != (size_t)-1 &&
		  iconv(converter, NULL, NULL, &end, &left) != (size_t)-1; /* a Hebrew letter waits for its points */
	iconv_close(converter);
	if (!is_done)
		return false;
	*text = to;
	*text_length = room - left;
	return true;
}

void
cvp_document_utf8(struct cvp_ctx *ctx, const char *bytes, size_t length, const char **text, size_t *text_length)
{
	const char *charset;

	*text = bytes;
	*text_length = length;
	if (u8_check((const uint8_t *)bytes, length) == NULL)
		return;
	charset = charset_of(bytes, length);
	if (charset != NULL && !convert(ctx, charset, bytes, length, text, text_length))
		*text = bytes;
}
