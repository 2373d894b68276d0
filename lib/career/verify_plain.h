/* verify_plain.h - the text a reader sees: what HTML, Markdown and invisible characters make of a string.
 *
 * Fact verification reads what is rendered (SPEC 8), so that no claim hides in markup: "Goo<b>gle</b>", "Goo**gle**",
 * "Goo&shy;gle" all read Google. Pure; results are in the context's arena. */
#ifndef CVP_CAREER_VERIFY_PLAIN_H
#define CVP_CAREER_VERIFY_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

struct cvp_ctx;

/* Tags, entities, Markdown emphasis and links, invisible characters gone; line breaks and quotes stay as they are. Tags
 * that part words (br, p, li, ...) become a line break. */
const char *cvp_visible_text(struct cvp_ctx *ctx, const char *text);

/* cvp_text_normal() of it: one line, comparable. */
const char *cvp_plain_text(struct cvp_ctx *ctx, const char *text);

/* Letters of two alphabets in one word, but for "IT-отдел", or of one that neither we nor people write: a word in
 * disguise. text: a word as it stands, not folded. */
bool cvp_is_disguised(const char *text, size_t length);

#endif
