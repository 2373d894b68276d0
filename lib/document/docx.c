#include "document/docx.h"

#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "core/ctx.h"

#define CHUNK       65536
#define DEPTH_MAX   8                     /* of paragraphs in text boxes of paragraphs */
#define LINE_MAX    ((size_t)1024 * 1024) /* bytes of a paragraph */
#define HEADERS_MAX 9                     /* header1.xml to header9.xml */
#define RATIO_MAX   400                   /* unpacked to packed; a document of one letter stays under it */
#define RATIO_FROM  ((zip_uint64_t)1024 * 1024)

/* A paragraph in the making; a text box holds others. */
struct paragraph {
	struct cvp_buf line;
	bool is_bullet, is_heading;
};

struct reader {
	struct cvp_ctx *ctx;
	XML_Parser parser;
	struct cvp_buf *text;
	struct paragraph open[DEPTH_MAX];
	size_t depth;
	struct cvp_buf boxes;              /* lines of text boxes, for after the paragraph that holds them */
	unsigned fallbacks;                /* open mc:Fallback elements: what they hold stands in mc:Choice, too */
	bool in_run, in_text, has_doctype; /* in_run: elsewhere a tab is a tab stop */
	unsigned cells;                    /* of the table row, so far */
};

/* The name without its prefix: what prefix a namespace has is the writer's choice, and all use Word's own. */
static const char *
local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

static const char *
attribute(const XML_Char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i] != NULL; i += 2)
		if (strcmp(local_name(attributes[i]), name) == 0)
			return attributes[i + 1];
	return NULL;
}

static struct paragraph *
current(struct reader *reader)
{
	return reader->depth > 0 && reader->depth <= DEPTH_MAX ? &reader->open[reader->depth - 1] : NULL;
}

static void
begin_paragraph(struct reader *reader)
{
	struct paragraph *paragraph;

	reader->depth++;
	paragraph = current(reader);
	if (paragraph == NULL)
		return; /* too deep: its text is left out */
	cvp_buf_init(&paragraph->line, LINE_MAX);
	paragraph->is_bullet = paragraph->is_heading = false;
}

static bool
is_blank(const char *line)
{
	return line[strspn(line, " \t\n")] == '\0';
}

static void
end_paragraph(struct reader *reader)
{
	struct paragraph *paragraph = current(reader);
	struct cvp_buf *to = reader->depth > 1 ? &reader->boxes : reader->text;
	const char *line = paragraph != NULL ? cvp_buf_string(&paragraph->line) : "";

	if (reader->depth > 0)
		reader->depth--;
	if (paragraph == NULL)
		return;
	if (paragraph->is_heading && !is_blank(line))
		cvp_buf_char(to, '\n');
	if (paragraph->is_bullet && !is_blank(line))
		cvp_buf_text(to, "• ");
	cvp_buf_text(to, line);
	cvp_buf_char(to, '\n');
	cvp_buf_free(&paragraph->line);
	if (reader->depth == 0 && reader->boxes.length > 0) {
		cvp_buf_text(to, cvp_buf_string(&reader->boxes));
		cvp_buf_reset(&reader->boxes);
	}
}

static void
put(struct reader *reader, const char *text, size_t length)
{
	struct paragraph *paragraph = current(reader);

	if (paragraph != NULL && reader->fallbacks == 0)
		cvp_buf_add(&paragraph->line, text, length);
}

/* Of a paragraph's properties. */
static void
note_style(struct reader *reader, const char *name, const XML_Char **attributes)
{
	struct paragraph *paragraph = current(reader);
	const char *value = attribute(attributes, "val");

	if (paragraph == NULL)
		return;
	if (strcmp(name, "numId") == 0)
		paragraph->is_bullet = value != NULL && strcmp(value, "0") != 0;
	else if (strcmp(name, "pStyle") == 0 && value != NULL)
		paragraph->is_heading = strncmp(value, "Heading", 7) == 0 || strncmp(value, "heading", 7) == 0;
}

static void XMLCALL
on_start(void *owner, const XML_Char *qualified, const XML_Char **attributes)
{
	struct reader *reader = owner;
	const char *name = local_name(qualified);

	if (strcmp(name, "Fallback") == 0)
		reader->fallbacks++;
	else if (reader->fallbacks > 0)
		return;
	else if (strcmp(name, "p") == 0)
		begin_paragraph(reader);
	else if (strcmp(name, "t") == 0)
		reader->in_text = true;
	else if (strcmp(name, "r") == 0)
		reader->in_run = true;
	else if (reader->in_run && (strcmp(name, "tab") == 0 || strcmp(name, "ptab") == 0))
		put(reader, "\t", 1);
	else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
		put(reader, "\n", 1);
	else if (strcmp(name, "noBreakHyphen") == 0)
		put(reader, "-", 1);
	else
		note_style(reader, name, attributes);
}

static void XMLCALL
on_end(void *owner, const XML_Char *qualified)
{
	struct reader *reader = owner;
	const char *name = local_name(qualified);

	if (strcmp(name, "Fallback") == 0)
		reader->fallbacks -= reader->fallbacks > 0;
	else if (reader->fallbacks > 0)
		return;
	else if (strcmp(name, "p") == 0)
		end_paragraph(reader);
	else if (strcmp(name, "t") == 0)
		reader->in_text = false;
	else if (strcmp(name, "r") == 0)
		reader->in_run = false;
	else if (strcmp(name, "tr") == 0 && reader->depth == 0)
		cvp_buf_char(reader->text, '\n');
}

static void XMLCALL
on_text(void *owner, const XML_Char *text, int length)
{
	struct reader *reader = owner;

	if (reader->in_text)
		put(reader, text, (size_t)length);
}

/* A part of a Word document has no document type; with one come entities. */
static void XMLCALL
on_doctype(void *owner, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_subset)
{
	struct reader *reader = owner;

	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	reader->has_doctype = true;
	XML_StopParser(reader->parser, XML_FALSE);
}

static enum cvp_code
unreadable(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE,
			"The Word document is damaged; save it again as DOCX or PDF, or paste its text.");
}

static enum cvp_code
suspicious(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_DOCUMENT_UNREADABLE,
			"The Word document declares a document type, which none of Word's does; save it again.");
}

static enum cvp_code
too_large(struct cvp_ctx *ctx)
{
	return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The Word document unpacks to more than is read of one.");
}

/* Feeds the part to the parser as it is unpacked; what the archive says of its size is not believed. */
static enum cvp_code
parse_file(struct reader *reader, zip_file_t *file)
{
	char chunk[CHUNK];
	size_t total = 0;
	zip_int64_t length;

	do {
		length = zip_fread(file, chunk, sizeof(chunk));
		if (length < 0)
			return unreadable(reader->ctx);
		total += (size_t)length;
		if (total > CVP_DOCX_UNPACKED)
			return too_large(reader->ctx);
		if (XML_Parse(reader->parser, chunk, (int)length, length == 0) != XML_STATUS_OK)
			return reader->has_doctype ? suspicious(reader->ctx) : unreadable(reader->ctx);
	} while (length > 0);
	return CVP_OK;
}

static enum cvp_code
read_part(struct cvp_ctx *ctx, zip_t *archive, zip_uint64_t index, struct cvp_buf *text)
{
	struct reader reader = { .ctx = ctx, .text = text, .boxes = CVP_BUF(LINE_MAX) };
	zip_file_t *file = zip_fopen_index(archive, index, 0);
	enum cvp_code code;

	if (file == NULL)
		return unreadable(ctx);
	reader.parser = XML_ParserCreate(NULL);
	if (reader.parser == NULL)
		cvp_out_of_memory();
	XML_SetUserData(reader.parser, &reader);
	XML_SetElementHandler(reader.parser, on_start, on_end);
	XML_SetCharacterDataHandler(reader.parser, on_text);
	XML_SetStartDoctypeDeclHandler(reader.parser, on_doctype);
	code = parse_file(&reader, file);
	while (reader.depth > 0) /* what a broken part left open */
		end_paragraph(&reader);
	cvp_buf_free(&reader.boxes);
	XML_ParserFree(reader.parser);
	zip_fclose(file);
	return code;
}

/* Is it small enough, in clear, and no bomb? Judged by the archive's own words; parse_file() judges by deeds. */
static enum cvp_code
check_part(struct cvp_ctx *ctx, zip_t *archive, zip_uint64_t index)
{
	zip_stat_t stat;

	if (zip_stat_index(archive, index, 0, &stat) != 0)
		return unreadable(ctx);
	if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
		return cvp_fail(ctx, CVP_DOCUMENT_ENCRYPTED,
				"The document is protected by a password; save it without.");
	if ((stat.valid & ZIP_STAT_SIZE) && (stat.valid & ZIP_STAT_COMP_SIZE) &&
	    (stat.size > CVP_DOCX_UNPACKED || (stat.size > RATIO_FROM && stat.size / RATIO_MAX > stat.comp_size)))
		return too_large(ctx);
	return CVP_OK;
}

static enum cvp_code
read_named(struct cvp_ctx *ctx, zip_t *archive, const char *name, struct cvp_buf *text, bool *is_there)
{
	zip_int64_t index = zip_name_locate(archive, name, 0);
	enum cvp_code code;

	*is_there = index >= 0;
	if (index < 0)
		return CVP_OK;
	code = check_part(ctx, archive, (zip_uint64_t)index);
	return code == CVP_OK ? read_part(ctx, archive, (zip_uint64_t)index, text) : code;
}

/* Contact data often stand in a header; the same header of first and other pages is read once. */
static enum cvp_code
read_headers(struct cvp_ctx *ctx, zip_t *archive, struct cvp_buf *text)
{
	enum cvp_code code = CVP_OK;

	for (int i = 1; i <= HEADERS_MAX && code == CVP_OK; i++) {
		struct cvp_buf header = CVP_BUF(LINE_MAX);
		bool is_there;

		code = read_named(ctx, archive, cvp_arena_printf(ctx->arena, "word/header%d.xml", i), &header,
				  &is_there);
		if (!is_blank(cvp_buf_string(&header)) && strstr(cvp_buf_string(text), cvp_buf_string(&header)) == NULL)
			cvp_buf_text(text, cvp_buf_string(&header));
		cvp_buf_free(&header);
	}
	return code;
}

static enum cvp_code
read_archive(struct cvp_ctx *ctx, zip_t *archive, struct cvp_buf *text)
{
	enum cvp_code code;
	bool is_there;

	if (zip_get_num_entries(archive, 0) > CVP_DOCX_ENTRIES)
		return too_large(ctx);
	code = read_headers(ctx, archive, text);
	if (code == CVP_OK)
		code = read_named(ctx, archive, "word/document.xml", text, &is_there);
	if (code == CVP_OK && !is_there)
		code = cvp_fail(
		    ctx, CVP_UNSUPPORTED_FILE_FORMAT,
		    "The archive is no Word document; a CV is read from PDF, DOCX, text, Markdown or JSON.");
	return code;
}

enum cvp_code
cvp_docx_text(struct cvp_ctx *ctx, const char *bytes, size_t length, struct cvp_buf *text)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *archive;
	enum cvp_code code;

	zip_error_init(&error);
	source = zip_source_buffer_create(bytes, length, 0, &error);
	archive = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	zip_error_fini(&error);
	if (archive == NULL) {
		zip_source_free(source);
		return unreadable(ctx);
	}
	code = read_archive(ctx, archive, text);
	zip_discard(archive);
	return code;
}
