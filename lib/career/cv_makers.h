/* cv_makers.h - CVs as other programs store them, made a JSON Resume. Private to the CV's files.
 *
 * What they hide is left out; what has no place in a JSON Resume is kept in x_unparsed. What could not be read is told
 * in warnings. CVP_VALIDATION_ERROR with the pointer of a member that is of the wrong kind. *resume is the context's.
 */
#ifndef CVP_CAREER_CV_MAKERS_H
#define CVP_CAREER_CV_MAKERS_H

#include <jansson.h>
#include <stdbool.h>

#include "core/code.h"

struct cvp_ctx;

/* Reactive Resume, versions 4 and 5: basics and sections. Rich text there is HTML. */
bool cvp_is_reactive_resume(const json_t *object);
CVP_CHECKED enum cvp_code cvp_reactive_resume_to_resume(struct cvp_ctx *ctx, const json_t *object, json_t *warnings,
							json_t **resume);

/* FRESH: meta.format "FRESH@…". */
bool cvp_is_fresh(const json_t *object);
CVP_CHECKED enum cvp_code cvp_fresh_to_resume(struct cvp_ctx *ctx, const json_t *object, json_t *warnings,
					      json_t **resume);

#endif
