/* jobs.h - submitting reports, following jobs, reading what they made. Models are the wire's (SPEC 4.2, 5.4). */
#ifndef CVP_SERVICE_JOBS_H
#define CVP_SERVICE_JOBS_H

#include <jansson.h>

#include "core/code.h"
#include "service/gate.h"

struct cvp_ctx;
struct cvp_export;

/* body: a VPRRequest (SPEC 2.4). key: of an Idempotency-Key header, or NULL. Spends the submit bucket only where it
 * makes a job. *model: {job_id, status, message, status_url, result_url?}; ACCEPTED for a new job. CVP_CONFLICT while a
 * job of the same key but other input runs. */
CVP_CHECKED enum cvp_code cvp_vpr_submit(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					 const char *key, struct cvp_allowance *allowance, json_t **model);

/* *model: SPEC 5.4's body; ACCEPTED while unfinished. CVP_JOB_NOT_FOUND, CVP_RESULT_GONE. */
CVP_CHECKED enum cvp_code cvp_jobs_status(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *job_id,
					  json_t **model);

/* *model: {jobs[], count, next_cursor?}, newest first. cursor: a created_at as given by next_cursor, or NULL. */
CVP_CHECKED enum cvp_code cvp_jobs_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cursor,
					int limit, json_t **model);

/* An unfinished job is cancelled (FAILED, CANCELLED), a finished one forgotten. */
CVP_CHECKED enum cvp_code cvp_jobs_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *job_id);

/* The same for the job of a user (NULL: whoever's), with the sentence a cancelled one keeps. */
CVP_CHECKED enum cvp_code cvp_jobs_end(struct cvp_ctx *ctx, const char *user_id, const char *job_id, const char *why);

/* The bare VPR behind a signed link; exp and sig as they stand in the query. */
CVP_CHECKED enum cvp_code cvp_vpr_result(struct cvp_ctx *ctx, const char *job_id, const char *exp, const char *sig,
					 json_t **model);

/* *model: {items[], count}: the versions of an application's report, newest first. */
CVP_CHECKED enum cvp_code cvp_vpr_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
				       json_t **model);

/* One version of a report; version 0: the newest. */
CVP_CHECKED enum cvp_code cvp_vpr_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
				      int version, json_t **model);

/* The same as its page shows it: {artifact (the view of its kind), cv (career/cv_view.h), version, versions[],
 * posting, pinned, expires_at?, others[] {version, ref}, has_others}. The CV is the version the report was made of. */
CVP_CHECKED enum cvp_code cvp_vpr_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
				       int version, json_t **model);

/* Two versions, word by word: {parts[], has_parts (career/compare.h), application_id, version, with_version,
 * role_title}. version 0: the newest. */
CVP_CHECKED enum cvp_code cvp_vpr_compare(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					  const char *application_id, int version, int with, json_t **model);

/* The report as a file (export.h). */
CVP_CHECKED enum cvp_code cvp_vpr_export(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					 const char *application_id, int version, const char *format,
					 struct cvp_export *exported);

/* body: {vpr}: verified as output and stored as the next version; CVP_FVS_HALLUCINATION_DETECTED lists what the CV does
 * not show, and nothing is stored. *model: the report. */
CVP_CHECKED enum cvp_code cvp_vpr_put(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
				      int version, const json_t *body, json_t **model);

/* body: {pinned} or {expires_at}. *model: {application_id, version, pinned, expires_at?}. */
CVP_CHECKED enum cvp_code cvp_vpr_keep(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *application_id,
				       int version, const json_t *body, json_t **model);

CVP_CHECKED enum cvp_code cvp_vpr_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					 const char *application_id, int version);

#endif
