/* gap_responses.h - a candidate's answers to gap questions, by owner and application. */
#ifndef CVP_DAL_GAP_RESPONSES_H
#define CVP_DAL_GAP_RESPONSES_H

#include <jansson.h>

#include "core/code.h"

#define CVP_CV_IMPACT          "CV_IMPACT" /* destinations (SPEC 2.4) */
#define CVP_INTERVIEW_MVP_ONLY "INTERVIEW_MVP_ONLY"

struct cvp_ctx;

struct cvp_gap_response {
	const char *user_id, *application_id, *question_id, *destination;
	const json_t *body; /* {question, answer, skills_mentioned?} */
};

/* Stores the answer for 90 days, in the place of an earlier one to the same question. */
CVP_CHECKED enum cvp_code cvp_gap_response_put(struct cvp_ctx *ctx, const struct cvp_gap_response *response);

/* [{question_id, question, answer, destination, application_id, skills_mentioned?, created_at}] in the order they were
 * first answered, at most 200. destination NULL: all. */
CVP_CHECKED enum cvp_code cvp_gap_response_list(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
						const char *destination, json_t **responses);

/* The same, of the user's other applications: answers to any of these questions, newest first. */
CVP_CHECKED enum cvp_code cvp_gap_response_elsewhere(struct cvp_ctx *ctx, const char *user_id,
						     const char *application_id, const char *const *question_ids,
						     size_t count, json_t **responses);

/* CVP_NOT_FOUND where there is none. */
CVP_CHECKED enum cvp_code cvp_gap_response_delete(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
						  const char *question_id);

#endif
