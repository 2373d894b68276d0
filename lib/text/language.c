#include <string.h>
#include <unistr.h>

#include "text/script.h"
#include "text/text.h"

static const char *const names[CVP_LANGUAGE_COUNT] = { [CVP_EN] = "en", [CVP_RU] = "ru", [CVP_HE] = "he" };

const char *
cvp_language_name(enum cvp_language language)
{
	return names[language];
}

bool
cvp_language_named(const char *name, enum cvp_language *language)
{
	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		if (strcmp(names[i], name) == 0) {
			*language = (enum cvp_language)i;
			return true;
		}
	}
	return false;
}

enum cvp_language
cvp_language_detect(const char *text, size_t length)
{
	size_t letters = 0, hebrew = 0, cyrillic = 0, size;

	for (size_t at = 0; at < length; at += size) {
		enum cvp_char class = cvp_char_class(cvp_char_at(text + at, length - at, &size));

		letters += cvp_char_is_letter(class);
		hebrew += class == CVP_CHAR_HEBREW;
		cyrillic += class == CVP_CHAR_CYRILLIC;
	}
	if (letters > 0 && hebrew * 10 >= letters * 3)
		return CVP_HE;
	return letters > 0 && cyrillic * 10 >= letters * 3 ? CVP_RU : CVP_EN;
}

size_t
cvp_text_length(const char *text)
{
	return u8_mbsnlen((const uint8_t *)text, strlen(text));
}

bool
cvp_text_is_valid(const char *text, size_t length)
{
	return memchr(text, '\0', length) == NULL && u8_check((const uint8_t *)text, length) == NULL;
}
