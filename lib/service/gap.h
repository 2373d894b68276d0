/* gap.h - gap analyses: having them made, reading them, and the candidate's answers. Models are the wire's (SPEC 4.2).
 */
#ifndef CVP_SERVICE_GAP_H
#define CVP_SERVICE_GAP_H

#include <jansson.h>

#include "core/code.h"
#include "service/gate.h"

struct cvp_ctx;

/* How a request is to be answered. */
struct cvp_gap_call {
	const char *key; /* of an Idempotency-Key header, or NULL */
	int wait;        /* seconds for the result; negative: SYNC_WAIT_SECONDS */
	struct cvp_allowance *allowance;
};

/* body: schemas/gap_request.json. Queues the job and waits. *model: {success, code, questions[], metadata,
 * model_used, processing_time_ms, cost_estimate, fvs_validation} with GAP_QUESTIONS_GENERATED; or, where the wait was
 * over first, {job_id, status, status_url}, ACCEPTED. A job that failed is its failure. */
CVP_CHECKED enum cvp_code cvp_gap_ask(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
				      struct cvp_gap_call call, json_t **model);

/* *model: {gap_analysis (a record of dal/gap_analyses.h), versions[], count}; version 0: the newest. */
CVP_CHECKED enum cvp_code cvp_gap_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
				      const char *job_posting_id, int version, json_t **model);

/* body: schemas/gap_responses.json. Saves all or none. *model: {success, code, responses[], count, warnings[]} with
 * GAP_RESPONSES_SAVED. */
CVP_CHECKED enum cvp_code cvp_gap_answer(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					 json_t **model);

/* *model: {responses[], total_count, cv_impact_count, interview_only_count}. */
CVP_CHECKED enum cvp_code cvp_gap_answers(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					  const char *application_id, json_t **model);

/* Takes an answer back; CVP_NOT_FOUND where there is none. */
CVP_CHECKED enum cvp_code cvp_gap_withdraw(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					   const char *application_id, const char *question_id);

/* Saves the newest answer that the candidate gave to the question for another application; CVP_NOT_FOUND where there is
 * none. *model: as of cvp_gap_answer(). */
CVP_CHECKED enum cvp_code cvp_gap_take_over(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					    const char *application_id, const char *question_id, json_t **model);

/* Puts `offer` {answer} into those of the questions that have no answer here and one for another application. */
CVP_CHECKED enum cvp_code cvp_gap_offer(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					const char *application_id, json_t *questions);

/* The page of an application: {application_id, cv_id?, posting, has_cv, has_analysis, artifact? (the view of the kind,
 * each question with its saved answer, or with an offer), other[] (answers to what is not asked any more),
 * has_answers}. */
CVP_CHECKED enum cvp_code cvp_gap_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
				       json_t **model);

/* The answers a job of the application takes: those of the request where it has the member gap_responses, else the
 * saved ones that are evidence, in the form of a kind's input (career/kind.h). *gap_responses: NULL where there are
 * none. */
CVP_CHECKED enum cvp_code cvp_gap_evidence_of(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
					      const json_t *body, json_t **gap_responses);

#endif
