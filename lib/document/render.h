/* render.h - a paper as PDF or Word document, made by careervp-render in a process of its own: Pango, Cairo and their
 * fonts are not in the programs' memory, and what a document takes is bounded. Any thread. */
#ifndef CVP_DOCUMENT_RENDER_H
#define CVP_DOCUMENT_RENDER_H

#include <jansson.h>

#include "core/buf.h"
#include "core/code.h"

struct cvp_ctx;

#define CVP_RENDER_SECONDS 30
#define CVP_RENDER_MAX     ((size_t)32 * 1024 * 1024) /* bytes of a document */

/* Appends the document to out. paper: career/paper.h; format: "pdf" or "docx". resume: attached to a PDF as
 * resume.json, canonical (RFC 8785); NULL: nothing is. made_at: RFC 3339, the document's own date, so that equal papers
 * give equal documents. CVP_INTERNAL_ERROR where it cannot be made, with the reason. */
CVP_CHECKED enum cvp_code cvp_document_render(struct cvp_ctx *ctx, const json_t *paper, const char *format,
					      const char *resume, const char *made_at, struct cvp_buf *out);

#endif
