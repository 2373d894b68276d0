/* posting_html.h - what a posting's HTML says: its text with the lines and lists it is laid out in, and the JSON-LD
 * blocks it carries. Forgiving like a browser: broken markup gives text, never an error. Linear in its input.
 *
 * Pure. Results are in the context's arena. Private to the posting files and to CVs whose fields are HTML. */
#ifndef CVP_CAREER_POSTING_HTML_H
#define CVP_CAREER_POSTING_HTML_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct cvp_ctx;

/* Does a text hold tags at all? */
bool cvp_html_is_html(const char *text);

/* The text without tags, entities decoded: blocks begin lines, list items begin with "- ", blank lines part
 * paragraphs. Scripts, styles and comments are left out. HTML that was escaped once more is read too. Text without
 * tags keeps its lines. */
const char *cvp_html_text(struct cvp_ctx *ctx, const char *html);

/* The first schema.org JobPosting of the page's script blocks of type application/ld+json, mended where need be; NULL
 * where none is. *is_broken: a block that speaks of one could not be read. Owned by the context. */
json_t *cvp_html_job_posting(struct cvp_ctx *ctx, const char *html, bool *is_broken);

/* What the page says it is about: its og:title, else its first h1; NULL where it has neither. */
const char *cvp_html_title(struct cvp_ctx *ctx, const char *html);

/* The first JobPosting in a JSON-LD value: itself, or inside arrays, @graph and other members; NULL where none is.
 * Borrowed. */
json_t *cvp_job_posting_find(json_t *value);

#endif
