/* careervp-render FORMAT - makes a document of the order on descriptor 0 (render.c says what one is) and writes it;
 * FORMAT: pdf or docx. Started by render.c for one document, with limits of time and memory. Exit status 0 where it is
 * whole; else a line on stderr says why. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/ctx.h"
#include "core/file.h"
#include "document/jail.h"
#include "document/paper_writer.h"
#include "document/render.h"

static const char *const kinds[] = {
	[CVP_BLOCK_NAME] = "name", [CVP_BLOCK_LINE] = "line", [CVP_BLOCK_HEADING] = "h", [CVP_BLOCK_PAIR] = "pair",
	[CVP_BLOCK_SUB] = "sub",   [CVP_BLOCK_TEXT] = "p",    [CVP_BLOCK_BULLET] = "li",
};

/* A text without line breaks at its ends and in it: a block is one paragraph. */
static const char *
text_at(const json_t *block, size_t i)
{
	const char *text = json_string_value(json_array_get(block, i));

	return text != NULL ? text : "";
}

enum cvp_block
cvp_paper_block(const struct cvp_paper *paper, size_t i, const char **left, const char **right)
{
	const json_t *block = json_array_get(paper->blocks, i);
	const char *kind = text_at(block, 0);

	*left = text_at(block, 1);
	*right = text_at(block, 2);
	for (size_t at = 0; at < CVP_COUNT(kinds); at++)
		if (strcmp(kind, kinds[at]) == 0)
			return (enum cvp_block)at;
	return CVP_BLOCK_TEXT;
}

static bool
limit(void)
{
	struct rlimit seconds = { CVP_RENDER_SECONDS, CVP_RENDER_SECONDS }, bytes = { CVP_RENDER_MAX, CVP_RENDER_MAX };

	return setrlimit(RLIMIT_CPU, &seconds) == 0 && setrlimit(RLIMIT_FSIZE, &bytes) == 0;
}

static enum cvp_code
make(struct cvp_ctx *ctx, const char *format, struct cvp_buf *out)
{
	struct cvp_paper paper = { 0 };
	const json_t *given;
	enum cvp_code code;
	json_t *order;

	code = cvp_file_json(ctx, "-", CVP_RENDER_MAX, &order);
	if (code != CVP_OK)
		return code;
	given = json_object_get(order, "paper");
	paper.title = json_string_value(json_object_get(given, "title"));
	paper.language = json_string_value(json_object_get(given, "language"));
	paper.made_at = json_string_value(json_object_get(order, "made_at"));
	paper.blocks = json_object_get(given, "blocks");
	if (paper.title == NULL || paper.language == NULL || paper.made_at == NULL || !json_is_array(paper.blocks))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "The order is none.");
	paper.is_rtl = strcmp(paper.language, "he") == 0;
	if (strcmp(format, "docx") == 0)
		return cvp_paper_docx(ctx, &paper, out);
	code = cvp_paper_pdf(ctx, &paper, out);
	return code == CVP_OK ? cvp_paper_finish(ctx, &paper, json_string_value(json_object_get(order, "resume")), out)
			      : code;
}

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps what it has read of the fonts until the process ends; what of it is our own is still told. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}
#endif

int
main(int argc, char **argv)
{
	struct cvp_arena *arena = cvp_arena_new((size_t)64 * 1024);
	struct cvp_buf out = CVP_BUF(CVP_RENDER_MAX);
	struct cvp_ctx ctx;
	enum cvp_code code;

	cvp_ctx_init(&ctx, arena);
	if (argc != 2 || (strcmp(argv[1], "pdf") != 0 && strcmp(argv[1], "docx") != 0)) {
		fputs("usage: careervp-render pdf|docx <ORDER\n", stderr);
		return 2;
	}
	code = limit() ? make(&ctx, argv[1], &out) : cvp_fail(&ctx, CVP_INTERNAL_ERROR, "The system takes no limits.");
	if (code != CVP_OK)
		fprintf(stderr, "careervp-render: %s\n", ctx.err.message);
	else if (fwrite(out.data, 1, out.length, stdout) != out.length || fflush(stdout) != 0)
		code = CVP_INTERNAL_ERROR;
	cvp_buf_free(&out);
	cvp_arena_free(arena);
	return code == CVP_OK ? 0 : 1;
}
