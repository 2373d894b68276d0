/* careervp-extract - reads a document on descriptor 0 (a file or memory, not a pipe) and writes its text, as
 * extract_wire.h says. Started by extract.c for one document; it has no settings, no database and no keys, and takes
 * its own rights away before it looks at a byte. Exit status 0 where it could say anything at all. */
#include <ctype.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/ctx.h"
#include "document/docx.h"
#include "document/extract_wire.h"
#include "document/jail.h"
#include "document/pdf.h"
#include "document/sniff.h"

#define NICE 10

struct document {
	char *bytes;
	size_t length;
	struct cvp_buf text, resume;
};

static enum cvp_code
read_document(struct cvp_ctx *ctx, struct document *document)
{
	struct stat stat;
	size_t at = 0;
	ssize_t got = 1;

	if (fstat(STDIN_FILENO, &stat) != 0 || stat.st_size < 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "There is no document to read.");
	if ((size_t)stat.st_size > CVP_EXTRACT_FILE_MAX)
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The file is larger than 10 MiB.");
	document->length = (size_t)stat.st_size;
	document->bytes = cvp_arena_alloc(ctx->arena, document->length + 1);
	while (at < document->length && got > 0) {
		got = pread(STDIN_FILENO, document->bytes + at, document->length - at, (off_t)at);
		at += got > 0 ? (size_t)got : 0;
	}
	return at == document->length ? CVP_OK : cvp_fail(ctx, CVP_INTERNAL_ERROR, "The document cannot be read.");
}

static enum cvp_code
jail(struct cvp_ctx *ctx)
{
	return cvp_jail_parser() ? CVP_OK : cvp_fail(ctx, CVP_INTERNAL_ERROR, "The system gives no seccomp filter.");
}

static enum cvp_code
read_pdf(struct cvp_ctx *ctx, struct document *document)
{
	struct cvp_pdf pdf;
	enum cvp_code code = cvp_pdf_begin(ctx, &pdf);

	if (code == CVP_OK)
		code = jail(ctx);
	return code == CVP_OK ? cvp_pdf_finish(ctx, &pdf, &document->text, &document->resume) : code;
}

static enum cvp_code
read_docx(struct cvp_ctx *ctx, struct document *document)
{
	enum cvp_code code = jail(ctx);

	return code == CVP_OK ? cvp_docx_text(ctx, document->bytes, document->length, &document->text) : code;
}

/* Office writes a document under a password into the container of its old formats, under this name in UTF-16. */
static enum cvp_code
refuse_ole(struct cvp_ctx *ctx, const struct document *document)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	if (memmem(document->bytes, document->length, name, sizeof(name) - 1) != NULL)
		return cvp_fail(ctx, CVP_DOCUMENT_ENCRYPTED,
				"The document is protected by a password; save it without.");
	return cvp_fail(ctx, CVP_UNSUPPORTED_FILE_FORMAT,
			"The file is an old Word document (.doc); save it as DOCX or PDF.");
}

static bool
has_text(const struct cvp_buf *text)
{
	for (const char *at = cvp_buf_string(text); *at != '\0'; at++)
		if (isalnum((unsigned char)*at) || (unsigned char)*at >= 0xC3)
			return true;
	return false;
}

static enum cvp_code
extract(struct cvp_ctx *ctx, struct document *document)
{
	enum cvp_code code = CVP_OK;

	switch (cvp_document_sniff(document->bytes, document->length)) {
	case CVP_DOCUMENT_PDF:
		code = read_pdf(ctx, document);
		break;
	case CVP_DOCUMENT_ZIP:
		code = read_docx(ctx, document);
		break;
	case CVP_DOCUMENT_OLE:
		return refuse_ole(ctx, document);
	case CVP_DOCUMENT_TEXT:
		return cvp_fail(ctx, CVP_UNSUPPORTED_FILE_FORMAT, "The file is neither a PDF nor a Word document.");
	}
	if (code == CVP_OK && cvp_buf_failed(&document->text))
		return cvp_fail(ctx, CVP_PAYLOAD_TOO_LARGE, "The document holds more text than is read of one.");
	if (code == CVP_OK && !has_text(&document->text) && document->resume.length == 0)
		return cvp_fail(ctx, CVP_EMPTY_DOCUMENT,
				"The document holds no text, only images perhaps; paste the text instead.");
	return code;
}

static int
answer(const struct cvp_ctx *ctx, enum cvp_code code, const struct document *document)
{
	const char *text = code == CVP_OK ? cvp_buf_string(&document->text) : ctx->err.message;
	size_t length = code == CVP_OK ? document->text.length : strlen(text);
	size_t resume = code == CVP_OK ? document->resume.length : 0;

	printf(CVP_EXTRACT_HEAD "%d %zu %zu\n", (int)code, length, resume);
	fwrite(text, 1, length, stdout);
	fwrite(cvp_buf_string(&document->resume), 1, resume, stdout);
	return fflush(stdout) == 0 ? 0 : 1;
}

/* Whoever asks for a page goes first: lower priority, and never on all cores, as a kernel without preemption lets go of
 * one only at its next tick. Its tools inherit both; where it fails it is as important as others. */
static void
stand_back(void)
{
	cpu_set_t cores;

	setpriority(PRIO_PROCESS, 0, NICE);
	if (sched_getaffinity(0, sizeof(cores), &cores) != 0 || CPU_COUNT(&cores) < 2)
		return;
	for (size_t core = 0; core < CPU_SETSIZE; core++) {
		if (!CPU_ISSET(core, &cores))
			continue;
		CPU_CLR(core, &cores);
		break;
	}
	sched_setaffinity(0, sizeof(cores), &cores);
}

int
main(void)
{
	struct document document = { .text = CVP_BUF(CVP_EXTRACT_TEXT_MAX), .resume = CVP_BUF(CVP_EXTRACT_JSON_MAX) };
	struct cvp_arena *arena = cvp_arena_new((size_t)64 * 1024);
	struct cvp_ctx ctx;
	enum cvp_code code;
	int status;

	cvp_ctx_init(&ctx, arena);
	stand_back();
	code = cvp_jail_limits() ? read_document(&ctx, &document)
				 : cvp_fail(&ctx, CVP_INTERNAL_ERROR, "The system takes no limits.");
	if (code == CVP_OK)
		code = extract(&ctx, &document);
	status = answer(&ctx, code, &document);
	cvp_buf_free(&document.text);
	cvp_buf_free(&document.resume);
	cvp_arena_free(arena);
	return status;
}
