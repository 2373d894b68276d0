/* tailored_cvs.h - tailored CVs: having them made, reading, editing, keeping. Models are the wire's (SPEC 4.2). */
#ifndef CVP_SERVICE_TAILORED_CVS_H
#define CVP_SERVICE_TAILORED_CVS_H

#include <jansson.h>

#include "core/code.h"
#include "service/gate.h"

struct cvp_buf;
struct cvp_ctx;
struct cvp_export;

/* How a request is to be answered. */
struct cvp_tailor_call {
	const char *key; /* of an Idempotency-Key header, or NULL */
	int wait;        /* seconds for the result; negative: SYNC_WAIT_SECONDS */
	struct cvp_allowance *allowance;
};

/* body: schemas/tailor_request.json, form A (of an application) or B (of a posting; mints the application). Queues the
 * job and waits. *model: {data (TailoredCVData), artifact_id, persisted, document?} with CV_TAILORED or
 * CV_TAILORED_WITH_WARNINGS; or, where the wait was over first, {job_id, status, status_url}, ACCEPTED. A job that
 * failed is its failure. */
CVP_CHECKED enum cvp_code cvp_tailor(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
				     struct cvp_tailor_call call, json_t **model);

/* *model: {items[], last_evaluated_key, count} (dal/tailored_cvs.h). */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, int limit,
						const char *cursor, json_t **model);

/* *model: {application_id, posting, items[], count}: all versions of an application's, newest first. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_of(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					      const char *application_id, json_t **model);

/* Names a stored version; its texts are borrowed. created_at `latest`: the newest. */
struct cvp_tailored_key {
	const char *application_id, *created_at;
};

/* *model: the TailoredCVData. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_get(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					       struct cvp_tailored_key key, json_t **model);

/* Its page: {artifact (career/tailored_cv_view.h, the review), cv (career/cv_view.h), created_at, pinned, expires_at?,
 * items[]}. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_show(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						struct cvp_tailored_key key, json_t **model);

/* What differs between it and another version of the application: {parts[]} and both keys. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_compare(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						   struct cvp_tailored_key key, const char *with, json_t **model);

/* body: {tailored_cv}: verified as output and stored as the next version; CVP_FVS_HALLUCINATION_DETECTED lists what the
 * CV does not show, and nothing is stored. *model: {data, artifact_id, persisted}. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_put(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					       struct cvp_tailored_key key, const json_t *body, json_t **model);

/* The same for what a person says of the changes (career/tailored_cv_edit.h). *created_at: the new version's. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_edit(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						struct cvp_tailored_key key, const json_t *rejected,
						const json_t *texts, const char **created_at);

/* body: {pinned} or {expires_at}. *model: {application_id, created_at, pinned, expires_at?}. */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_keep(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						struct cvp_tailored_key key, const json_t *body, json_t **model);

CVP_CHECKED enum cvp_code cvp_tailored_cvs_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						  struct cvp_tailored_key key);

/* As a file (export.h). */
CVP_CHECKED enum cvp_code cvp_tailored_cvs_export(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						  struct cvp_tailored_key key, const char *format,
						  struct cvp_export *exported);

#endif
