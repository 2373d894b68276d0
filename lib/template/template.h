/* template.h - Mustache: interpolation, sections, inverted sections, partials, comments, set delimiters, inheritance.
 *
 * No lambdas, on purpose: a template is data and runs nothing. A set is built once at start by one thread, then
 * read-only and shared by all. Names are paths below the template folder with their ending ("page/vpr/status.html"). In
 * a tag the ending may be left out: it is then the including template's. Templates named *.html escape HTML in {{x}},
 * others do not. The set owns everything it compiled. */
#ifndef CVP_TEMPLATE_TEMPLATE_H
#define CVP_TEMPLATE_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

#include "core/buf.h"
#include "core/code.h"

#define CVP_TEMPLATE_DEPTH_MAX 64 /* nested partials and parents; a recursion beyond it fails the rendering */

struct cvp_ctx;
struct cvp_templates;

struct cvp_templates *cvp_templates_new(void);
void cvp_templates_free(struct cvp_templates *set);

/* Compiles text under name. CVP_INVALID_INPUT says "NAME:LINE: what is wrong" (unclosed tag or section, bad
 * delimiters). */
CVP_CHECKED enum cvp_code cvp_templates_add(struct cvp_ctx *ctx, struct cvp_templates *set, const char *name,
					    const char *text, size_t length);

/* Compiles every file below dir. */
CVP_CHECKED enum cvp_code cvp_templates_load(struct cvp_ctx *ctx, struct cvp_templates *set, const char *dir);

/* Checks that every partial and parent that is named exists: "NAME:LINE: no template OTHER". Call it after the last
 * template was added where missing ones are to stop a program; without it a missing partial renders as nothing. */
CVP_CHECKED enum cvp_code cvp_templates_link(struct cvp_ctx *ctx, struct cvp_templates *set);

bool cvp_templates_have(const struct cvp_templates *set, const char *name);

/* Appends the template rendered over model. CVP_NOT_FOUND for an unknown name, CVP_INTERNAL_ERROR where the depth or
 * out's ceiling is passed. */
CVP_CHECKED enum cvp_code cvp_template_render(struct cvp_ctx *ctx, const struct cvp_templates *set, const char *name,
					      const json_t *model, struct cvp_buf *out);

#endif
