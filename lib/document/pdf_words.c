/* pdftotext's XHTML read with Expat: its words joined to pieces. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "core/ctx.h"
#include "document/pdf_pieces.h"
#include "document/pdf_text.h"

#define WORDS_MAX 1000000u
#define WORD_MAX  4096u /* bytes of one word */
#define LINE_MAX  65536u
#define GAP       0.9f  /* of a line's height: a wider gap parts two pieces */
#define TOUCH     0.08f /* of it: a lesser one parts no words; letters of Hebrew come one by one */

struct reader {
	struct cvp_ctx *ctx;
	XML_Parser parser;
	struct cvp_pdf_pieces *pieces;
	struct cvp_pdf_piece piece, word; /* the piece being joined, the word being read */
	struct cvp_buf text, letters;     /* of the piece, of the word */
	float top;                        /* of the page being read, over all pages */
	size_t words;
	bool in_word, has_piece, is_refused;
};

void
cvp_pdf_pieces_add(struct cvp_ctx *ctx, struct cvp_pdf_pieces *pieces, struct cvp_pdf_piece piece)
{
	if (pieces->count == pieces->size) {
		size_t size = pieces->size ? 2 * pieces->size : 256;

		pieces->at = cvp_arena_grow(ctx->arena, pieces->at, pieces->size * sizeof(*pieces->at),
					    size * sizeof(*pieces->at));
		pieces->size = size;
	}
	pieces->at[pieces->count++] = piece;
}

/* A coordinate; 0 for what is no sane number. */
static float
number(const char **attributes, const char *name)
{
	for (; attributes[0]; attributes += 2) {
		double value;

		if (strcmp(attributes[0], name) != 0)
			continue;
		value = strtod(attributes[1], NULL);
		return value > -100000.0 && value < 100000.0 ? (float)value : 0.0f;
	}
	return 0.0f;
}

static void
begin_page(struct reader *reader, const char **attributes)
{
	struct cvp_pdf_pieces *pieces = reader->pieces;
	struct cvp_pdf_page page = { .top = reader->top, .width = number(attributes, "width") };

	if (pieces->page_count == pieces->page_size) {
		size_t size = pieces->page_size ? 2 * pieces->page_size : 8;

		pieces->pages = cvp_arena_grow(reader->ctx->arena, pieces->pages,
					       pieces->page_size * sizeof(*pieces->pages),
					       size * sizeof(*pieces->pages));
		pieces->page_size = size;
	}
	page.bottom = page.top + number(attributes, "height");
	pieces->pages[pieces->page_count++] = page;
	reader->is_refused |= pieces->page_count > CVP_PDF_PAGES;
}

static void
end_piece(struct reader *reader)
{
	if (!reader->has_piece)
		return;
	reader->piece.text = cvp_arena_strdup(reader->ctx->arena, cvp_buf_string(&reader->text));
	reader->piece.is_rtl = cvp_pdf_is_rtl(reader->piece.text);
	cvp_pdf_pieces_add(reader->ctx, reader->pieces, reader->piece);
	reader->has_piece = false;
}

/* A symbol font's character that is no bullet: a picture beside a link or a heading. */
static bool
is_picture(const char *word)
{
	ucs4_t c = 0;
	size_t length = strlen(word);
	int bytes = u8_mbtouc(&c, (const uint8_t *)word, length);

	if (bytes <= 0 || (size_t)bytes != length)
		return false;
	return c >= 0xE000 && c <= 0xF8FF && c != 0xF0B7 && c != 0xF0A7 && c != 0xF076 && c != 0xF0D8 && c != 0xF0FC;
}

static void
end_word(struct reader *reader)
{
	struct cvp_pdf_piece *piece = &reader->piece, *word = &reader->word;
	const char *text = cvp_buf_string(&reader->letters);
	float height = word->y1 - word->y0;

	reader->in_word = false;
	if (text[0] == '\0' || word->x1 < word->x0 || height <= 0)
		return;
	reader->is_refused |= ++reader->words > WORDS_MAX;
	if (is_picture(text)) {
		end_piece(reader);
		return;
	}
	if (reader->has_piece && (word->x0 - piece->x1 > GAP * height || word->x0 < piece->x0 ||
				  reader->text.length + reader->letters.length > LINE_MAX))
		end_piece(reader);
	if (!reader->has_piece) {
		*piece = *word;
		piece->first_width = word->x1 - word->x0;
		cvp_buf_reset(&reader->text);
		reader->has_piece = true;
	} else {
		if (word->x0 - piece->x1 > TOUCH * height)
			cvp_buf_char(&reader->text, ' ');
		piece->x1 = word->x1 > piece->x1 ? word->x1 : piece->x1;
		piece->y0 = word->y0 < piece->y0 ? word->y0 : piece->y0;
		piece->y1 = word->y1 > piece->y1 ? word->y1 : piece->y1;
		if (cvp_pdf_is_rtl(text))
			piece->first_width = word->x1 - word->x0;
	}
	cvp_buf_text(&reader->text, text);
}

static void XMLCALL
on_start(void *arg, const char *name, const char **attributes)
{
	struct reader *reader = arg;

	if (strcmp(name, "page") == 0) {
		begin_page(reader, attributes);
	} else if (strcmp(name, "word") == 0 && reader->pieces->page_count) {
		reader->word = (struct cvp_pdf_piece){ .x0 = number(attributes, "xMin"),
						       .y0 = number(attributes, "yMin") + reader->top,
						       .x1 = number(attributes, "xMax"),
						       .y1 = number(attributes, "yMax") + reader->top,
						       .page = (int)reader->pieces->page_count - 1 };
		cvp_buf_reset(&reader->letters);
		reader->in_word = true;
	}
	if (reader->is_refused)
		XML_StopParser(reader->parser, XML_FALSE);
}

static void XMLCALL
on_end(void *arg, const char *name)
{
	struct reader *reader = arg;

	if (strcmp(name, "word") == 0 && reader->in_word) {
		end_word(reader);
	} else if (strcmp(name, "line") == 0) {
		end_piece(reader);
	} else if (strcmp(name, "page") == 0 && reader->pieces->page_count) {
		end_piece(reader);
		reader->top = reader->pieces->pages[reader->pieces->page_count - 1].bottom;
	}
}

static void XMLCALL
on_text(void *arg, const char *text, int length)
{
	struct reader *reader = arg;

	if (!reader->in_word || reader->letters.length + (size_t)length > WORD_MAX)
		return;
	for (int i = 0; i < length; i++)
		if ((unsigned char)text[i] > ' ')
			cvp_buf_char(&reader->letters, text[i]);
}

/* The document's element alone, without what XML may not hold: pdftotext copies control characters and broken UTF-8 of
 * titles and of fonts. */
static char *
clean(struct cvp_ctx *ctx, const char *xhtml, size_t length, size_t *clean_length)
{
	static const char open[] = "<doc>", close[] = "</doc>";
	const char *from = memmem(xhtml, length, open, sizeof(open) - 1), *to;
	char *copy;
	size_t step;

	if (!from)
		return NULL;
	to = memmem(from, length - (size_t)(from - xhtml), close, sizeof(close) - 1);
	if (!to)
		return NULL;
	*clean_length = (size_t)(to - from) + sizeof(close) - 1;
	copy = cvp_arena_strndup(ctx->arena, from, *clean_length);
	for (size_t at = 0; at < *clean_length; at += step) {
		ucs4_t c;
		int bytes = u8_mbtoucr(&c, (const uint8_t *)copy + at, *clean_length - at);

		step = bytes > 0 ? (size_t)bytes : 1;
		if (bytes <= 0 || (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF)
			memset(copy + at, ' ', step);
	}
	return copy;
}

static void XMLCALL
refuse_doctype(void *arg, const char *name, const char *system, const char *public, int has_subset)
{
	struct reader *reader = arg;

	(void)name, (void)system, (void)public, (void)has_subset;
	XML_StopParser(reader->parser, XML_FALSE);
}

enum cvp_code
cvp_pdf_pieces_read(struct cvp_ctx *ctx, const char *xhtml, size_t length, struct cvp_pdf_pieces *pieces)
{
	struct reader reader = {
		.ctx = ctx, .pieces = pieces, .text = CVP_BUF(LINE_MAX + WORD_MAX + 2), .letters = CVP_BUF(WORD_MAX + 1)
	};
	size_t clean_length = 0;
	const char *copy = clean(ctx, xhtml, length, &clean_length);

	if (!copy || clean_length > (size_t)1 << 30)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE, "The PDF's pages cannot be read");
	reader.parser = XML_ParserCreate("UTF-8");
	if (!reader.parser)
		cvp_out_of_memory();
	XML_SetUserData(reader.parser, &reader);
	XML_SetElementHandler(reader.parser, on_start, on_end);
	XML_SetCharacterDataHandler(reader.parser, on_text);
	XML_SetStartDoctypeDeclHandler(reader.parser, refuse_doctype);
	(void)XML_Parse(reader.parser, copy, (int)clean_length, XML_TRUE); /* what was read until a fault counts */
	XML_ParserFree(reader.parser);
	end_piece(&reader);
	cvp_buf_free(&reader.text);
	cvp_buf_free(&reader.letters);
	if (reader.is_refused)
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The PDF holds more than %u words or %d pages", WORDS_MAX,
				CVP_PDF_PAGES);
	if (pieces->page_count == 0)
		return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE, "The PDF's pages cannot be read");
	return CVP_OK;
}
