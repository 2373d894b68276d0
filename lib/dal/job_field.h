/* job_field.h - the fields of a job's record that may be written, their types, and what is wrong with given ones. Only
 * for lib/dal. */
#ifndef CVP_DAL_JOB_FIELD_H
#define CVP_DAL_JOB_FIELD_H

#include <jansson.h>
#include <stdbool.h>

#include "core/code.h"

struct cvp_ctx;

enum cvp_job_field_type {
	CVP_FIELD_TEXT,
	CVP_FIELD_TIME,     /* RFC 3339 */
	CVP_FIELD_EPOCH,    /* seconds since 1970 */
	CVP_FIELD_INT,      /* 0 to 2^31-1 */
	CVP_FIELD_JSON,     /* a jsonb column */
	CVP_FIELD_SEALED,   /* any JSON, sealed */
	CVP_FIELD_PROGRESS, /* {stage, percent}, two columns */
};

/* In the order of the columns and parameters of job_record.c. */
enum cvp_job_field_id {
	CVP_FIELD_STATUS,
	CVP_FIELD_KEY,
	CVP_FIELD_KIND,
	CVP_FIELD_APPLICATION_ID,
	CVP_FIELD_STARTED_AT,
	CVP_FIELD_COMPLETED_AT,
	CVP_FIELD_TTL,
	CVP_FIELD_INPUT_DATA,
	CVP_FIELD_RESULT_KEY,
	CVP_FIELD_ERROR,
	CVP_FIELD_CODE,
	CVP_FIELD_DETAILS,
	CVP_FIELD_ERRORS,
	CVP_FIELD_TOKEN_USAGE,
	CVP_FIELD_VPR_VERSION,
	CVP_FIELD_WORD_COUNT,
	CVP_FIELD_ATTEMPTS,
	CVP_FIELD_STAGE,
	CVP_JOB_FIELDS
};

struct cvp_job_field {
	const char *name;
	enum cvp_job_field_type type;
	bool is_required; /* its column is never null */
};
extern const struct cvp_job_field cvp_job_fields[CVP_JOB_FIELDS];

/* The fields that never change after a job is made: job_id, user_id, created_at. */
#define CVP_JOB_FIXED 3
extern const char *const cvp_job_fixed[CVP_JOB_FIXED];

/* Is it a field, of either kind? */
bool cvp_is_job_field(const char *name);

/* CVP_INVALID_INPUT, by field, where a field of the object has a value it cannot hold. */
CVP_CHECKED enum cvp_code cvp_job_fields_check(struct cvp_ctx *ctx, const json_t *given);

/* Records that the field must be what is wanted. Returns CVP_INVALID_INPUT. */
enum cvp_code cvp_job_field_fail(struct cvp_ctx *ctx, const char *name, const char *wanted);

/* A text without U+0000, which Postgres' texts and jsonb cannot hold; and, does any text in value hold one? */
bool cvp_is_clean_text(const json_t *value);
bool cvp_holds_nul(const json_t *value);

#endif
