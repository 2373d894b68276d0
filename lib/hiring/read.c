#include "hiring/read.h"

#include <string.h>

#include "core/ctx.h"
#include "hiring/read_parts.h"

const char *
cvp_hiring_next_line(struct cvp_ctx *ctx, const char **at)
{
	const char *begin = *at;
	size_t length = strcspn(begin, "\n");

	if (*begin == '\0')
		return NULL;
	*at += length + (begin[length] == '\n');
	while (length > 0 && strchr(" \t\r", begin[length - 1]) != NULL)
		length--;
	return cvp_arena_strndup(ctx->arena, begin, length);
}

const char *
cvp_hiring_word(const struct cvp_words *words, long i)
{
	return i >= 0 && (size_t)i < words->count ? words->words[i].folded : "";
}

bool
cvp_hiring_has_stem(const char *word, const char *stems)
{
	size_t length;

	for (; *stems != '\0'; stems += length + (stems[length] == ' ')) {
		bool is_whole;

		length = strcspn(stems, " ");
		is_whole = length > 0 && stems[length - 1] == '$';
		if (is_whole ? strncmp(word, stems, length - 1) == 0 && word[length - 1] == '\0'
			     : length > 0 && strncmp(word, stems, length) == 0)
			return true;
	}
	return false;
}

bool
cvp_hiring_is_denied(const struct cvp_words *words, long i)
{
	const char *before = cvp_hiring_word(words, i - 1), *after = cvp_hiring_word(words, i + 1);

	if (cvp_hiring_has_stem(before, "не$ без$ кроме$ no$ not$ without$ לא$ ללא$ בלי$"))
		return true;
	if (cvp_hiring_has_stem(before, "a$ an$ the$ только$") &&
	    cvp_hiring_has_stem(cvp_hiring_word(words, i - 2), "не$ no$ not$"))
		return true;
	return cvp_hiring_has_stem(after, "невозможн исключ") ||
	       (strcmp(after, "не") == 0 &&
		cvp_hiring_has_stem(cvp_hiring_word(words, i + 2), "предусм предлаг рассматр возможн подход нужн"));
}

void
cvp_hiring_read(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text, enum cvp_hiring_source source,
		json_t *kb)
{
	struct cvp_hiring_text t = { ctx, lexicon, text, cvp_words_of(ctx, text, strlen(text)), source, kb };

	cvp_hiring_read_place(&t);
	cvp_hiring_read_pay(&t);
	cvp_hiring_read_role(&t);
	cvp_hiring_read_requirements(&t);
	if (source == CVP_HIRING_VACANCY || source == CVP_HIRING_TASKS)
		cvp_hiring_read_tasks(&t);
}
