/* paper_finish.c - what Cairo does not write: the document's language, and files attached. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/ctx.h"
#include "document/paper_writer.h"
#include "document/tool.h"

#define ERRORS_MAX 4096

/* The number behind the last `word` of the file; -1 where it is missing. */
static long
number_behind(const struct cvp_buf *pdf, const char *word)
{
	const char *found = NULL, *at = cvp_buf_string(pdf), *end = at + pdf->length;
	size_t length = strlen(word);

	while ((at = memmem(at, (size_t)(end - at), word, length)) != NULL) {
		found = at;
		at += length;
	}
	return found != NULL ? strtol(found + length, NULL, 10) : -1;
}

/* The catalog's members, without its brackets. NULL where it is not what Cairo writes. */
static const char *
catalog_of(struct cvp_ctx *ctx, const struct cvp_buf *pdf, long root)
{
	const char *head = cvp_arena_printf(ctx->arena, "\n%ld 0 obj\n<<", root), *text = cvp_buf_string(pdf), *end;
	const char *start = memmem(text, pdf->length, head, strlen(head));

	if (start == NULL)
		return NULL;
	start += strlen(head);
	end = memmem(start, pdf->length - (size_t)(start - text), "endobj", 6);
	while (end != NULL && end > start && *end != '>')
		end--;
	return end != NULL && end > start ? cvp_arena_strndup(ctx->arena, start, (size_t)(end - 1 - start)) : NULL;
}

/* An update at the file's end (ISO 32000-1, 7.5.6): the catalog once more, with the language. */
static bool
add_language(struct cvp_ctx *ctx, const char *language, struct cvp_buf *pdf)
{
	long root = number_behind(pdf, "/Root "), size = number_behind(pdf, "/Size "),
	     info = number_behind(pdf, "/Info ");
	long before = number_behind(pdf, "startxref\n"), object, table;
	const char *catalog = root > 0 ? catalog_of(ctx, pdf, root) : NULL;

	if (catalog == NULL || size <= 0 || before <= 0)
		return false;
	object = (long)pdf->length;
	cvp_buf_printf(pdf, "%ld 0 obj\n<<%s /Lang (%s) >>\nendobj\n", root, catalog, language);
	table = (long)pdf->length;
	cvp_buf_printf(pdf, "xref\n%ld 1\n%010ld 00000 n \ntrailer\n<< /Size %ld /Root %ld 0 R /Prev %ld", root, object,
		       size, root, before);
	if (info > 0)
		cvp_buf_printf(pdf, " /Info %ld 0 R", info);
	cvp_buf_printf(pdf, " >>\nstartxref\n%ld\n%%%%EOF\n", table);
	return !cvp_buf_failed(pdf);
}

/* A file in memory that the tool opens by the descriptor's name. */
static int
memory_file(const char *bytes, size_t length)
{
	int fd = memfd_create("part", 0);

	if (fd >= 0 && write(fd, bytes, length) != (ssize_t)length) {
		close(fd);
		return -1;
	}
	return fd;
}

/* qpdf writes the file anew: one table of objects, and the attachment if there is one. */
static bool
run_qpdf(struct cvp_ctx *ctx, int pdf_fd, int resume_fd, const char *made_at, struct cvp_buf *out)
{
	char *pdf = cvp_arena_printf(ctx->arena, "/dev/fd/%d", pdf_fd);
	char *resume = cvp_arena_printf(ctx->arena, "/dev/fd/%d", resume_fd);
	char *date = cvp_arena_printf(ctx->arena, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", made_at, made_at + 5, made_at + 8,
				      made_at + 11, made_at + 14, made_at + 17);
	char *created = cvp_arena_printf(ctx->arena, "--creationdate=%s", date);
	char *modified = cvp_arena_printf(ctx->arena, "--moddate=%s", date);
	const char *plain[] = { "qpdf", "--deterministic-id", pdf, "-", NULL };
	const char *attaching[] = { "qpdf",
				    "--deterministic-id",
				    pdf,
				    "--add-attachment",
				    resume,
				    "--key=resume.json",
				    "--filename=resume.json",
				    "--mimetype=application/json",
				    created,
				    modified,
				    "--",
				    "-",
				    NULL };
	struct cvp_buf errors = CVP_BUF(ERRORS_MAX);
	struct cvp_tool tool;
	bool is_done = cvp_tool_start(&tool, resume_fd >= 0 ? attaching : plain) &&
		       cvp_tool_finish(&tool, out, &errors) == 0 && !cvp_buf_failed(out);

	cvp_buf_free(&errors);
	return is_done;
}

enum cvp_code
cvp_paper_finish(struct cvp_ctx *ctx, const struct cvp_paper *paper, const char *resume, struct cvp_buf *pdf)
{
	struct cvp_buf out = CVP_BUF(pdf->max);
	int pdf_fd = -1, resume_fd = resume != NULL ? memory_file(resume, strlen(resume)) : -1;
	bool is_done = strlen(paper->made_at) >= 19 && (resume == NULL) == (resume_fd < 0) &&
		       add_language(ctx, paper->language, pdf);

	if (is_done)
		pdf_fd = memory_file(pdf->data, pdf->length);
	is_done = pdf_fd >= 0 && run_qpdf(ctx, pdf_fd, resume_fd, paper->made_at, &out);
	if (pdf_fd >= 0)
		close(pdf_fd);
	if (resume_fd >= 0)
		close(resume_fd);
	if (is_done) {
		cvp_buf_free(pdf);
		*pdf = out;
		return CVP_OK;
	}
	cvp_buf_free(&out);
	return cvp_fail(ctx, CVP_INTERNAL_ERROR, "qpdf does not take the PDF.");
}
