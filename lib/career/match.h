/* match.h - how a CV answers a posting: the evidence matrix, its scores and keywords (SPEC 2.4, 7.2-7.4, 7.9).
 *
 * Pure. The result is the Match entity; the kind `match` (kind.h) is this function over its input. */
#ifndef CVP_CAREER_MATCH_H
#define CVP_CAREER_MATCH_H

#include <jansson.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_assets;
struct cvp_requirements;

/* Matches input's resume and CV_IMPACT answers with its posting as of input's as_of (see kind.h).
 * *match: {score, coverage, gap_level, evidence_matrix[], keywords {present[], missing[]}, ats {score, band,
 * issues[]}}, owned by the context. Every evidence's text stands at its source. Equal input, equal result. */
CVP_CHECKED enum cvp_code cvp_match(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
				    json_t **match);

/* The same where the posting's requirements are read already. */
CVP_CHECKED enum cvp_code cvp_match_asked(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
					  const struct cvp_requirements *asked, json_t **match);

#endif
