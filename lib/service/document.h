/* document.h - a report as a file for people: a whole HTML page with the CV its links lead into, or Markdown. */
#ifndef CVP_SERVICE_DOCUMENT_H
#define CVP_SERVICE_DOCUMENT_H

#include <jansson.h>

#include "core/buf.h"
#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* Appends the document to out. input: what the report was made of (career/kind.h); a resume without members leaves the
 * CV out. format: "html" or "md". */
CVP_CHECKED enum cvp_code cvp_vpr_document(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					   const json_t *report, const char *format, struct cvp_buf *out);

/* The same of a tailored CV; the HTML is an <article>, no whole page. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_document(struct cvp_ctx *ctx, const struct cvp_assets *assets,
						   const json_t *input, const json_t *artifact, const char *format,
						   struct cvp_buf *out);

#endif
