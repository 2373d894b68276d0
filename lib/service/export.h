/* export.h - artifacts and CVs as files to take away: one table of formats, one way to make each. */
#ifndef CVP_SERVICE_EXPORT_H
#define CVP_SERVICE_EXPORT_H

#include <jansson.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* What can be exported. */
enum cvp_export_kind { CVP_EXPORT_CV, CVP_EXPORT_TAILORED_CV, CVP_EXPORT_VPR };

/* A file; all in the context's arena. bytes may hold NULs and have one behind. */
struct cvp_export {
	const char *bytes, *content_type, *filename;
	size_t length;
};

/* What it is made of. */
struct cvp_export_source {
	enum cvp_export_kind kind;
	const json_t *input;    /* of an artifact (career/kind.h); of a CV: {resume, language, as_of} */
	const json_t *artifact; /* NULL for a CV */
};

/* Is there such a format? So that a wrong one is told before anything is looked for. */
CVP_CHECKED enum cvp_code cvp_export_check(struct cvp_ctx *ctx, enum cvp_export_kind kind, const char *format);

/* format: NULL is "json". Of all: json, md, html, pdf, docx; of CVs and tailored CVs also resume (JSON Resume), which
 * is what json is of a CV. CVP_INVALID_INPUT at /format names what there is. PDF and DOCX are made by a process of
 * their own, at most EXPORT_JOBS at once in a program: CVP_BUSY after 30 s. */
CVP_CHECKED enum cvp_code cvp_export_make(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					  const struct cvp_export_source *source, const char *format,
					  struct cvp_export *exported);

/* The same into a buffer, with no more about it: for the command. */
CVP_CHECKED enum cvp_code cvp_export_write(struct cvp_ctx *ctx, const struct cvp_assets *assets,
					   const struct cvp_export_source *source, const char *format,
					   struct cvp_buf *out);

#endif
