/* What pdftotext prints of a PDF, made lines in reading order: as XHTML, or as words whose boxes the bytes say ('<'
 * tells), so that columns and rows of every geometry are reached without XML to guess. */
#include <string.h>

#include "core/ctx.h"
#include "document/pdf_text.h"
#include "fuzz.h"
#include "text/text.h"

#define TEXT_MAX  ((size_t)4 * 1024 * 1024)
#define XHTML_MAX ((size_t)4 * 1024 * 1024)

/* Words of the pages drawn: Latin, digits, Hebrew, bullets, hyphens, what fonts of symbols give. */
static const char *const words[] = {
	"Ada",  "cook",         "2019", "-", "•", "Head", "of",  "a,",         "שלום",
	"עולם", "\xEF\x82\xB7", "co-",  "1", "–", "и",    "Go.", "so\xC2\xAD", "\xEE\x80\x81" /* U+E001 */,
	"Jan",  "2020-2021"
};

/* A word of five bytes: what, where, how wide and high; odd heights end a line or a page. */
static void
draw(struct cvp_buf *page, const uint8_t *at)
{
	double x = at[1] * 2.5, y = at[2] * 3.25, width = (at[3] & 63) * 1.5,
	       height = (at[3] >> 6) * 4.5 + 0.001 * at[4];

	cvp_buf_printf(page, "<word xMin=\"%g\" yMin=\"%g\" xMax=\"%g\" yMax=\"%g\">%s</word>", x, y, x + width,
		       y + height, words[at[0] % CVP_COUNT(words)]);
	if (at[4] % 4 == 1)
		cvp_buf_text(page, "</line><line>");
	if (at[4] % 64 == 2)
		cvp_buf_text(page, "</line></page><page width=\"600\" height=\"800\"><line>");
}

static void
draw_all(struct cvp_buf *page, const uint8_t *bytes, size_t length)
{
	cvp_buf_text(page, "<doc><page width=\"600\" height=\"800\"><line>");
	for (size_t at = 0; at + 5 <= length; at += 5)
		draw(page, bytes + at);
	cvp_buf_text(page, "</line></page></doc>");
}

int
FUZZ(pdf_text)(const uint8_t *bytes, size_t length)
{
	struct cvp_ctx *ctx = fuzz_begin();
	struct cvp_buf text = CVP_BUF(TEXT_MAX), page = CVP_BUF(XHTML_MAX);

	if (length > 0 && bytes[0] == '<')
		cvp_buf_add(&page, bytes, length);
	else
		draw_all(&page, bytes, length);
	if (cvp_pdf_text(ctx, cvp_buf_string(&page), page.length, &text) == CVP_OK)
		assert(cvp_text_is_valid(cvp_buf_string(&text), text.length));
	else
		fuzz_check_failure(ctx);
	cvp_buf_free(&page);
	cvp_buf_free(&text);
	return 0;
}
