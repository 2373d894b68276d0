/* gap_analyses.h - stored gap analyses (SPEC 6.1): artifacts of kind gap_analysis, by owner, CV and posting.
 *
 * A record is {user_id, cv_id, job_posting_id, artifact_type, questions[], version, created_at, ttl}. */
#ifndef CVP_DAL_GAP_ANALYSES_H
#define CVP_DAL_GAP_ANALYSES_H

#include <jansson.h>

#include "core/code.h"

#define CVP_GAP_ANALYSIS_KIND "gap_analysis"

struct cvp_ctx;

/* Names a gap analysis; version 0: the next one to save, the newest one to get. */
struct cvp_gap_key {
	const char *owner, *cv_id, *job_posting_id;
	int version;
};

/* The subject an artifact of a CV and a posting is kept under: "{cv_id}#{job_posting_id}"; an id of a posting that is
 * over 200 bytes stands there by its hash. In the context's arena. */
const char *cvp_posting_subject(struct cvp_ctx *ctx, const char *cv_id, const char *job_posting_id);

/* Saves the questions for 90 days; an explicit version replaces its row, times fresh. GAP_RESPONSES_SAVED.
 * CVP_INVALID_INPUT names the member that is no id; any fault is CVP_INTERNAL_ERROR, "Failed to save gap analysis: ".
 */
CVP_CHECKED enum cvp_code cvp_gap_analysis_save(struct cvp_ctx *ctx, struct cvp_gap_key key, const json_t *questions);

/* *record: the context's. CVP_NOT_FOUND "Gap analysis not found", also for an expired one; CVP_INTEGRITY_ERROR; any
 * other fault is CVP_INTERNAL_ERROR, "Failed to retrieve gap analysis: ". */
CVP_CHECKED enum cvp_code cvp_gap_analysis_get(struct cvp_ctx *ctx, struct cvp_gap_key key, json_t **record);

#endif
