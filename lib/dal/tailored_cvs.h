/* tailored_cvs.h - tailored CVs at rest (SPEC 6.1, 6.2): rows of `artifacts` of kind tailored_cv, by owner.
 *
 * Codes are SUCCESS, NOT_FOUND, INVALID_INPUT, DATABASE_ERROR and INTEGRITY_ERROR, no others; a failure has its
 * sentence in the context and, where it is the database's, its line in the log. Results are the context's. */
#ifndef CVP_DAL_TAILORED_CVS_H
#define CVP_DAL_TAILORED_CVS_H

#include <jansson.h>
#include <stdint.h>

#include "core/code.h"
#include "dal/artifacts.h"

struct cvp_ctx;

#define CVP_TAILORED_CV_KIND "tailored_cv"

/* Stores TailoredCVData (schemas/tailored_cv.json) as the application's next version, in a transaction of its own.
 * Sets in data metadata.version, metadata.created_at and tailored_cv.tailoring_version: what is stored is what data is
 * then. created_at is now, a microsecond later where that time is taken, five times at most; it expires 7,776,000
 * seconds after it. *id: "{application_id}#{created_at}". owner is metadata.user_id, else INVALID_INPUT. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_save(struct cvp_ctx *ctx, const char *owner, const char *application_id,
					       json_t *data, const char **id);

/* One version, its checksum verified. NOT_FOUND "Tailored CV not found", also for an expired one. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_get(struct cvp_ctx *ctx, const char *owner, const char *application_id,
					      const char *created_at, struct cvp_artifact *tailored_cv);

/* A page of the owner's, newest first; of one time the later application_id first. limit: 1 to 100. token: the page
 * before's last_evaluated_key, NULL for the first. *page: {items[] {application_id, created_at, user_id, version,
 * expires_at?, pinned, checksum, fvs_validation_passed, metadata, token_usage, job_id?}, last_evaluated_key, count};
 * last_evaluated_key is null exactly where nothing follows. A token of another owner, or one we did not make, is
 * INVALID_INPUT. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_list_for_user(struct cvp_ctx *ctx, const char *owner, int limit,
							const char *token, json_t **page);

/* All of an application, newest first; none is an empty list. *items: as above. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_list_for_application(struct cvp_ctx *ctx, const char *owner,
							       const char *application_id, json_t **items);

/* OK also where there is none. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_delete(struct cvp_ctx *ctx, const char *owner, const char *application_id,
						 const char *created_at);

/* Until when it is kept, CVP_FOREVER: pinned. NOT_FOUND as above. */
CVP_CHECKED enum cvp_code cvp_tailored_cv_keep(struct cvp_ctx *ctx, const char *owner, const char *application_id,
					       const char *created_at, int64_t expires_at);

#endif
