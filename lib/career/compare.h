/* compare.h - two versions of a document, word by word: what templates/partial/parts.html shows. Pure. */
#ifndef CVP_CAREER_COMPARE_H
#define CVP_CAREER_COMPARE_H

#include <jansson.h>

struct cvp_ctx;
struct cvp_cv;

/* [{is_same, is_gone, is_new, text}] (lib/text/diff.h), for templates/partial/runs.html. A new reference. */
json_t *cvp_compare_runs(struct cvp_ctx *ctx, const char *before, const char *after);

/* {parts[] {is_<section>: true, runs[]}, has_parts} of what differs: the sections of two versions of a CV, the parts of
 * two versions of a report (summary, evidence, differentiators, gaps, culture, points, keywords). Owned by the context.
 */
json_t *cvp_compare_cvs(struct cvp_ctx *ctx, const struct cvp_cv *before, const struct cvp_cv *after);
json_t *cvp_compare_reports(struct cvp_ctx *ctx, const json_t *before, const json_t *after);

#endif
