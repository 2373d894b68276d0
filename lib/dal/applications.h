/* applications.h - a candidate's applications: a posting, maybe a CV, a stage. All by owner. */
#ifndef CVP_DAL_APPLICATIONS_H
#define CVP_DAL_APPLICATIONS_H

#include <jansson.h>
#include <stdint.h>

#include "core/code.h"
#include "dal/seal.h"

struct cvp_ctx;

struct cvp_application {
	const char *application_id, *cv_id, *stage; /* cv_id: NULL = the primary one */
	json_t *posting;                            /* NULL: none given yet */
	int64_t created_at, updated_at;
};

/* Where an application's posting is sealed for. */
struct cvp_place cvp_application_place(struct cvp_ctx *ctx, const char *user_id, const char *application_id);

/* Makes it, or changes what is given (NULL: leave as it is). *is_new tells which. */
CVP_CHECKED enum cvp_code cvp_application_put(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
					      const char *cv_id, const json_t *posting, bool *is_new);

CVP_CHECKED enum cvp_code cvp_application_get(struct cvp_ctx *ctx, const char *user_id, const char *application_id,
					      struct cvp_application *application);

CVP_CHECKED enum cvp_code cvp_application_set_stage(struct cvp_ctx *ctx, const char *user_id,
						    const char *application_id, const char *stage);

/* The caller's newest applications, at most limit, postings opened: an array of struct cvp_application in the arena. */
CVP_CHECKED enum cvp_code cvp_application_list(struct cvp_ctx *ctx, const char *user_id, int limit,
					       struct cvp_application **applications, size_t *count);

/* Removes it with its artifacts, results and finished jobs; CVP_CONFLICT while a job of it runs. Within a transaction.
 */
CVP_CHECKED enum cvp_code cvp_application_delete(struct cvp_ctx *ctx, const char *user_id, const char *application_id);

#endif
