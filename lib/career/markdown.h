/* markdown.h - texts as Markdown templates need them. Pure; results are in the context's arena. */
#ifndef CVP_CAREER_MARKDOWN_H
#define CVP_CAREER_MARKDOWN_H

#include <jansson.h>

struct cvp_ctx;

/* One line, signs that mean something in Markdown escaped. */
const char *cvp_markdown_of(struct cvp_ctx *ctx, const char *text);

/* Sets key to the text for HTML and key_md to it for Markdown. A missing text is null: a template finds no namesake
 * further out. */
void cvp_put_text(struct cvp_ctx *ctx, json_t *object, const char *key, const char *text);

#endif
