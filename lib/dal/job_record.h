/* job_record.h - a job as one JSON object, and the five operations on it (SPEC 6.1).
 *
 * A record has the fields of a Job (SPEC 2.4) by their names: ids and texts, times as RFC 3339, ttl in epoch seconds,
 * progress as {stage, percent}. Fields that are not set are absent. A name that no field has is kept in `extra` and
 * comes back beside the fields, so "name", "data" or "year" are names like any other. input_data, details and errors
 * are sealed at rest.
 *
 * All five answer in three ways: CVP_OK with the row; nothing there (CVP_JOB_NOT_FOUND); a failure. Rows are the
 * context's. On failure *row is untouched, but for the conflict that names its row. */
#ifndef CVP_DAL_JOB_RECORD_H
#define CVP_DAL_JOB_RECORD_H

#include <jansson.h>

#include "core/code.h"

struct cvp_ctx;

/* Makes a job; while unfinished it is in the queue. job_id, status, created_at and idempotency_key are required,
 * looked for in this order: CVP_VALIDATION_MISSING_REQUIRED_FIELD, "Missing required field: NAME". Any text is a
 * job_id; without user_id the owner is "system"; a ttl that is not after created_at is ignored. CVP_INVALID_INPUT for a
 * value of the wrong type, by field; CVP_CONFLICT for a job_id in use, and for a live key: *row is its holder then. */
CVP_CHECKED enum cvp_code cvp_job_create(struct cvp_ctx *ctx, const json_t *data, json_t **row);

CVP_CHECKED enum cvp_code cvp_job_get(struct cvp_ctx *ctx, const char *job_id, json_t **row);

/* The live job of the key. */
CVP_CHECKED enum cvp_code cvp_job_get_by_key(struct cvp_ctx *ctx, const char *key, json_t **row);

/* Sets what updates names, in one statement: who reads sees all of it or nothing. null clears a field. {} changes
 * nothing. CVP_INVALID_INPUT for job_id, user_id and created_at, which are fixed, and for wrong types; CVP_CONFLICT
 * where a final status would be left, or a key taken that is live. A final status takes the job out of the queue, and
 * FAILED frees its key; PROCESSING holds it for JOB_LEASE_SECONDS, after which a worker takes over. */
CVP_CHECKED enum cvp_code cvp_job_update(struct cvp_ctx *ctx, const char *job_id, const json_t *updates, json_t **row);

/* The same with a status. extras may be NULL. */
CVP_CHECKED enum cvp_code cvp_job_update_status(struct cvp_ctx *ctx, const char *job_id, const char *status,
						const json_t *extras, json_t **row);

#endif
