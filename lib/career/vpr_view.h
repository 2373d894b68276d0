/* vpr_view.h - what templates/artifact/vpr.*, match.* and gap_analysis.* are rendered over. Pure.
 *
 * Every text comes twice: as it is, for HTML (escaped by the template), and with "_md" for Markdown, on one line, with
 * its signs escaped. Sources are {href, label, label_md}: href leads to the CV's line in a page that shows the CV
 * (cv_view.h), and is left out where the input has no CV any more. */
#ifndef CVP_CAREER_VPR_VIEW_H
#define CVP_CAREER_VPR_VIEW_H

#include <jansson.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_assets;
struct cvp_ctx;

/* The `view` of the kinds (kind.h). resume in the input may be an empty object: the CV is gone. */
CVP_CHECKED enum cvp_code cvp_vpr_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				       const json_t *artifact, json_t **model);
CVP_CHECKED enum cvp_code cvp_match_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					 const json_t *artifact, json_t **model);
CVP_CHECKED enum cvp_code cvp_gap_view(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				       const json_t *artifact, json_t **model);

/* Whitespace-separated tokens of all text of a report (SPEC 2.4). */
size_t cvp_vpr_word_count(const json_t *artifact);

#endif
