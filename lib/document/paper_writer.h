/* paper_writer.h - the blocks of a paper, as its writers see them. Private to careervp-render. */
#ifndef CVP_DOCUMENT_PAPER_WRITER_H
#define CVP_DOCUMENT_PAPER_WRITER_H

#include <jansson.h>
#include <stdbool.h>

#include "core/buf.h"
#include "core/code.h"

struct cvp_ctx;

enum cvp_block {
	CVP_BLOCK_NAME,
	CVP_BLOCK_LINE,
	CVP_BLOCK_HEADING,
	CVP_BLOCK_PAIR,
	CVP_BLOCK_SUB,
	CVP_BLOCK_TEXT,
	CVP_BLOCK_BULLET
};

struct cvp_paper {
	const char *title, *language, *made_at;
	const json_t *blocks;
	bool is_rtl;
};

/* Block number i: its kind, left (or only) and right text, neither NULL. */
enum cvp_block cvp_paper_block(const struct cvp_paper *paper, size_t i, const char **left, const char **right);

/* paper_pdf.c: A4, one column, real text, bookmarks for headings. */
CVP_CHECKED enum cvp_code cvp_paper_pdf(struct cvp_ctx *ctx, const struct cvp_paper *paper, struct cvp_buf *out);

/* paper_docx.c: styles Title, Heading 1 and 2, List Bullet; right-to-left where the language is. */
CVP_CHECKED enum cvp_code cvp_paper_docx(struct cvp_ctx *ctx, const struct cvp_paper *paper, struct cvp_buf *out);

/* paper_finish.c: the language goes into the catalog, resume.json (NULL: none) is attached by qpdf. */
CVP_CHECKED enum cvp_code cvp_paper_finish(struct cvp_ctx *ctx, const struct cvp_paper *paper, const char *resume,
					   struct cvp_buf *pdf);

#endif
