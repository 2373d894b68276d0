#include "document/pdf_text.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "document/pdf_page.h"

#define WIDE_GAP   1.3                 /* of the letters' height: what stands behind it is another piece */
#define WORD_MAX   ((size_t)64 * 1024) /* bytes */
#define PIECES_MAX 20000               /* of a page */
#define CHUNK      ((size_t)1024 * 1024)

struct reader {
	struct cvp_ctx *ctx;
	XML_Parser parser;
	struct cvp_buf *text;
	struct cvp_pdf_page page;
	struct cvp_pdf_piece word; /* in the making */
	struct cvp_buf word_text;
	bool in_word, has_line; /* has_line: the last piece may go on */
	size_t pages;
};

static double
number(const XML_Char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i] != NULL; i += 2)
		if (strcmp(attributes[i], name) == 0)
			return strtod(attributes[i + 1], NULL);
	return 0;
}

static void XMLCALL
on_start(void *owner, const XML_Char *name, const XML_Char **attributes)
{
	struct reader *reader = owner;

	if (strcmp(name, "page") == 0) {
		reader->page.count = 0;
		reader->page.width = number(attributes, "width");
		reader->page.height = number(attributes, "height");
		if (++reader->pages > CVP_PDF_PAGES)
			XML_StopParser(reader->parser, XML_FALSE);
	} else if (strcmp(name, "line") == 0) {
		reader->has_line = false;
	} else if (strcmp(name, "word") == 0) {
		reader->word = (struct cvp_pdf_piece){ .left = number(attributes, "xMin"),
						       .top = number(attributes, "yMin"),
						       .right = number(attributes, "xMax"),
						       .bottom = number(attributes, "yMax") };
		reader->word.size = reader->word.bottom - reader->word.top;
		reader->in_word = true;
		cvp_buf_reset(&reader->word_text);
	}
}

/* Does the word go on the piece before it? In a line from right to left it stands at its left. */
static bool
goes_on(const struct reader *reader, const struct cvp_pdf_piece *piece)
{
	const struct cvp_pdf_piece *word = &reader->word;
	double gap = word->left >= piece->right ? word->left - piece->right : piece->left - word->right;

	return reader->has_line && gap < WIDE_GAP * word->size;
}

static void
add_piece(struct reader *reader)
{
	struct cvp_pdf_page *page = &reader->page;

	if (page->count >= PIECES_MAX)
		return;
	if (page->count == page->room) {
		size_t room = page->room > 0 ? 2 * page->room : 256;

		page->pieces = cvp_arena_grow(reader->ctx->arena, page->pieces, page->room * sizeof(*page->pieces),
					      room * sizeof(*page->pieces));
		page->room = room;
	}
	reader->word.text = cvp_arena_strdup(reader->ctx->arena, cvp_buf_string(&reader->word_text));
	page->pieces[page->count++] = reader->word;
	reader->has_line = true;
}

static void
end_word(struct reader *reader)
{
	struct cvp_pdf_page *page = &reader->page;
	struct cvp_pdf_piece *last = page->count > 0 ? &page->pieces[page->count - 1] : NULL;
	const struct cvp_pdf_piece *word = &reader->word;

	reader->in_word = false;
	if (reader->word_text.length == 0)
		return;
	if (last == NULL || !goes_on(reader, last)) {
		add_piece(reader);
		return;
	}
	last->text = cvp_arena_printf(reader->ctx->arena, "%s %s", last->text, cvp_buf_string(&reader->word_text));
	last->left = word->left < last->left ? word->left : last->left;
	last->right = word->right > last->right ? word->right : last->right;
	last->top = word->top < last->top ? word->top : last->top;
	last->bottom = word->bottom > last->bottom ? word->bottom : last->bottom;
}

static void
end_page(struct reader *reader)
{
	struct cvp_pdf_page *page = &reader->page;
	struct cvp_pdf_columns columns = cvp_pdf_columns_of(reader->ctx, page);
	double far = 1e9, near = -1e9, gutter = columns.gutter;

	if (!columns.are_there) {
		cvp_pdf_rows(page, near, far, near, far, reader->text);
		return;
	}
	cvp_pdf_rows(page, near, far, near, columns.top, reader->text);
	if (columns.left_first)
		cvp_pdf_rows(page, near, gutter, columns.top, columns.bottom, reader->text);
	cvp_pdf_rows(page, gutter, far, columns.top, columns.bottom, reader->text);
	if (!columns.left_first)
		cvp_pdf_rows(page, near, gutter, columns.top, columns.bottom, reader->text);
	cvp_pdf_rows(page, near, far, columns.bottom, far, reader->text);
}

static void XMLCALL
on_end(void *owner, const XML_Char *name)
{
	struct reader *reader = owner;

	if (strcmp(name, "word") == 0)
		end_word(reader);
	else if (strcmp(name, "page") == 0)
		end_page(reader);
}

static void XMLCALL
on_text(void *owner, const XML_Char *text, int length)
{
	struct reader *reader = owner;

	if (reader->in_word)
		cvp_buf_add(&reader->word_text, text, (size_t)length);
}

/* Expat counts in int: in chunks. */
static bool
parse(struct reader *reader, const char *xhtml, size_t length)
{
	size_t at = 0;

	do {
		size_t part = length - at < CHUNK ? length - at : CHUNK;

		if (XML_Parse(reader->parser, xhtml + at, (int)part, at + part == length) != XML_STATUS_OK)
			return false;
		at += part;
	} while (at < length);
	return true;
}

enum cvp_code
cvp_pdf_text(struct cvp_ctx *ctx, const char *xhtml, size_t length, struct cvp_buf *text)
{
	struct reader reader = { .ctx = ctx, .text = text, .word_text = CVP_BUF(WORD_MAX) };
	bool is_whole;

	reader.parser = XML_ParserCreate("UTF-8");
	if (reader.parser == NULL)
		cvp_out_of_memory();
	XML_SetUserData(reader.parser, &reader);
	XML_SetElementHandler(reader.parser, on_start, on_end);
	XML_SetCharacterDataHandler(reader.parser, on_text);
	is_whole = parse(&reader, xhtml, length);
	XML_ParserFree(reader.parser);
	cvp_buf_free(&reader.word_text);
	if (reader.pages > CVP_PDF_PAGES)
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The document has more than %d pages.", CVP_PDF_PAGES);
	if (!is_whole)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE, "The PDF's text cannot be taken out of it.");
	return CVP_OK;
}
