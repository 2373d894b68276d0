/* markdown.h - the Markdown of our own templates as a paper (career/paper.h says what one is). Pure. */
#ifndef CVP_DOCUMENT_MARKDOWN_H
#define CVP_DOCUMENT_MARKDOWN_H

#include <jansson.h>

struct cvp_ctx;

/* Headings of three levels, lists, quotations, tables, paragraphs; emphasis, code and links are left as their words.
 * The first heading is the title. The paper is the context's. */
json_t *cvp_markdown_paper(struct cvp_ctx *ctx, const char *markdown, const char *language);

#endif
