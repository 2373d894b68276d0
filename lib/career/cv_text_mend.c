/* What programs have done to a text before it came here, undone: UTF-8 read as Windows-1252, and the placeholders that
 * stand in a CV whose owner was made anonymous. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "core/buf.h"
#include "core/ctx.h"

#define MENDED_MAX (4u << 20)

static const char company[] = "Company Name", place[] = "City , State", town[] = "City, State";

/* Sequences of UTF-8 whose bytes were taken for characters of their own. The third byte of a full-width dash is no
 * character of that set at all. */
static const struct {
	const char *spoilt, *text;
} spoilt[] = {
	{ "â€“", "–" },
	{ "â€”", "—" },
	{ "â€™", "’" },
	{ "â€˜", "‘" },
	{ "â€œ", "“" },
	{ "â€¢", "•" },
	{ "â€¦", "…" },
	{ "Â ", " " },
	{ "Â·", "·" },
	{ "Ã©", "é" },
	{ "ï¼\xE2\x80\x8B", "–" },
	{ "ï¼\xC2\x8D", "–" },
};

static bool
is_spoilt(const char *text)
{
	return strstr(text, "â€") || strstr(text, "Â") || strstr(text, "Ã©") || strstr(text, "ï¼");
}

/* The bytes of a placeholder at text, 0 without. */
static size_t
scan_placeholder(const char *text)
{
	static const char *const words[] = { company, place, town };
	size_t length;

	for (size_t i = 0; i < CVP_COUNT(words); i++) {
		size_t end = strlen(words[i]);

		if (strncmp(text, words[i], end) == 0 && !cvp_cv_char_is_letter(cvp_cv_char_at(text + end, &length)))
			return end;
	}
	return 0;
}

bool
cvp_text_is_placeholder(const char *text)
{
	return text && scan_placeholder(text) > 0 && text[scan_placeholder(text)] == '\0';
}

/* The word as a cell of its own. */
static const char *
find_cell(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at += length)
		if ((at == text || at[-1] == '\t') && (at[length] == '\0' || at[length] == '\t'))
			return at;
	return NULL;
}

const char *
cvp_text_find_company_placeholder(const char *text)
{
	return find_cell(text, company);
}

const char *
cvp_text_find_place_placeholder(const char *text)
{
	const char *found = find_cell(text, place);

	return found ? found : find_cell(text, town);
}

bool
cvp_text_is_anonymous(const struct cvp_text_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		if (cvp_text_find_company_placeholder(lines->at[i].text))
			return true;
	return false;
}

static void
put_char(struct cvp_buf *out, const char *text, size_t *taken)
{
	for (size_t i = 0; i < CVP_COUNT(spoilt); i++) {
		size_t length = strlen(spoilt[i].spoilt);

		if (strncmp(text, spoilt[i].spoilt, length) == 0) {
			*taken = length;
			cvp_buf_text(out, spoilt[i].text);
			return;
		}
	}
	(void)cvp_cv_char_at(text, taken);
	cvp_buf_add(out, text, *taken);
}

/* Placeholders stand in cells of their own: what is around them is told by them. */
const char *
cvp_text_mend(struct cvp_ctx *ctx, const char *text)
{
	struct cvp_buf out = CVP_BUF(MENDED_MAX);
	const char *mended;
	size_t step;

	if (!is_spoilt(text) && !strstr(text, company) && !strstr(text, place) && !strstr(text, town))
		return text;
	for (; *text; text += step) {
		step = scan_placeholder(text);
		if (step == 0) {
			put_char(&out, text, &step);
			continue;
		}
		if (out.length)
			cvp_buf_char(&out, '\t');
		cvp_buf_add(&out, text, step);
		cvp_buf_char(&out, '\t');
	}
	mended = cvp_text_trim(ctx, cvp_buf_string(&out), out.length, "");
	cvp_buf_free(&out);
	return mended;
}
