/* template.h - Mustache: interpolation, sections, inverted sections, partials, comments, set delimiters, inheritance.
 *
 * No lambdas, on purpose: a template is data and runs nothing. A set is built once at start by one thread, then
 * read-only and shared by all. Names are paths below the template folder with their ending ("page/vpr/status.html"). In
 * a tag the ending may be left out: it is then the including template's. Templates named *.html escape HTML in {{x}}
 * (& < > " '), and so does what they include, whatever its name; others do not. The set owns everything it compiled.
 *
 * Values: a number prints as in canonical JSON (1.21, 3, 1e+21); a list, an object, null and a missing name print
 * nothing. A section is left out, and its inversion printed, for a missing name, null, false, 0, "" and an empty list.
 * A line that holds only tags that print nothing themselves (sections, comments, delimiters, blocks) vanishes.
 *
 * Inheritance: {{<layout}}{{$title}}x{{/title}}{{/layout}} renders layout with its {{$title}}default{{/title}}
 * replaced; the outermost replacement wins. Text between the blocks of a parent is ignored, other tags there are an
 * error. A block's content is taken back to the margin and indented anew where it is put. {{>*x}} and {{<*x}} take the
 * name of the template from the model; a name that does not exist renders as nothing. */
#ifndef CVP_TEMPLATE_TEMPLATE_H
#define CVP_TEMPLATE_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

#include "core/buf.h"
#include "core/code.h"

#define CVP_TEMPLATE_DEPTH_MAX 64 /* nested partials and parents; a recursion beyond it fails the rendering */
#define CVP_TEMPLATE_BYTES_MAX (1024 * 1024) /* of one template's text */

struct cvp_ctx;
struct cvp_templates;

struct cvp_templates *cvp_templates_new(void);
void cvp_templates_free(struct cvp_templates *set);

/* Compiles text under name. CVP_INVALID_INPUT says "NAME:LINE: what is wrong" (unclosed tag or section, bad delimiters,
 * a section closed out of turn, a name that is taken, text over CVP_TEMPLATE_BYTES_MAX). */
CVP_CHECKED enum cvp_code cvp_templates_add(struct cvp_ctx *ctx, struct cvp_templates *set, const char *name,
					    const char *text, size_t length);

/* Compiles every file below dir in the order of the names; those whose name begins with a dot, and all below such a
 * folder, are passed over. CVP_INVALID_INPUT as above, or when dir or a file cannot be read. */
CVP_CHECKED enum cvp_code cvp_templates_load(struct cvp_ctx *ctx, struct cvp_templates *set, const char *dir);

/* Checks that every partial and parent that is named exists: "NAME:LINE: no template OTHER". Call it after the last
 * template was added where missing ones are to stop a program; without it a missing partial renders as nothing. */
CVP_CHECKED enum cvp_code cvp_templates_link(struct cvp_ctx *ctx, struct cvp_templates *set);

bool cvp_templates_have(const struct cvp_templates *set, const char *name);

/* Appends the template rendered over model. CVP_NOT_FOUND for an unknown name, CVP_INTERNAL_ERROR where the depth or
 * out's ceiling is passed; out is then as long as before. */
CVP_CHECKED enum cvp_code cvp_template_render(struct cvp_ctx *ctx, const struct cvp_templates *set, const char *name,
					      const json_t *model, struct cvp_buf *out);

#endif
