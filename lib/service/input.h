/* input.h - the input of a kind (career/kind.h), gathered from what a request names and what is stored. */
#ifndef CVP_SERVICE_INPUT_H
#define CVP_SERVICE_INPUT_H

#include <jansson.h>
#include <stdint.h>

#include "career/posting.h"
#include "core/code.h"

struct cvp_artifact;
struct cvp_ctx;

/* What an artifact is to be made of. NULL and 0: not given. */
struct cvp_input_parts {
	const char *user_id, *application_id;
	const char *cv_id; /* NULL: the primary CV */
	int cv_version;    /* 0: the newest */
	const json_t *posting, *gap_responses, *company_context;
	const json_t *preferences; /* of a tailored CV */
	const char *job_id;        /* of the posting, of a tailored CV */
	const char *language;      /* NULL: the posting's */
	int64_t as_of;
};

/* Loads the CV, checks its checksum and puts all together. CVP_CV_NOT_FOUND. *input is the context's. */
CVP_CHECKED enum cvp_code cvp_input_build(struct cvp_ctx *ctx, const struct cvp_input_parts *parts, json_t **input);

/* The input a stored artifact was made of, as far as its view and its verification need it: its own CV version, the
 * posting of today, the answers it holds. A CV that has been deleted since is an empty resume. */
CVP_CHECKED enum cvp_code cvp_input_of_artifact(struct cvp_ctx *ctx, const struct cvp_artifact *artifact,
						json_t **input);

/* A posting as requests carry it, an object or a text, in the stored form. pointer: where it stands in the request, for
 * the failure's details. */
CVP_CHECKED enum cvp_code cvp_posting_take(struct cvp_ctx *ctx, const json_t *given, const char *pointer,
					   struct cvp_posting_import *import);

#endif
