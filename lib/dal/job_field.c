#include "dal/job_field.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/jobs.h"

const struct cvp_job_field cvp_job_fields[CVP_JOB_FIELDS] = {
	[CVP_FIELD_STATUS] = { "status", CVP_FIELD_TEXT, true },
	[CVP_FIELD_KEY] = { "idempotency_key", CVP_FIELD_TEXT, true },
	[CVP_FIELD_KIND] = { "kind", CVP_FIELD_TEXT, true },
	[CVP_FIELD_APPLICATION_ID] = { "application_id", CVP_FIELD_TEXT, false },
	[CVP_FIELD_STARTED_AT] = { "started_at", CVP_FIELD_TIME, false },
	[CVP_FIELD_COMPLETED_AT] = { "completed_at", CVP_FIELD_TIME, false },
	[CVP_FIELD_TTL] = { "ttl", CVP_FIELD_EPOCH, true },
	[CVP_FIELD_INPUT_DATA] = { "input_data", CVP_FIELD_SEALED, true },
	[CVP_FIELD_RESULT_KEY] = { "result_key", CVP_FIELD_TEXT, false },
	[CVP_FIELD_ERROR] = { "error", CVP_FIELD_TEXT, false },
	[CVP_FIELD_CODE] = { "code", CVP_FIELD_TEXT, false },
	[CVP_FIELD_DETAILS] = { "details", CVP_FIELD_SEALED, false },
	[CVP_FIELD_ERRORS] = { "errors", CVP_FIELD_SEALED, false },
	[CVP_FIELD_TOKEN_USAGE] = { "token_usage", CVP_FIELD_JSON, false },
	[CVP_FIELD_VPR_VERSION] = { "vpr_version", CVP_FIELD_INT, false },
	[CVP_FIELD_WORD_COUNT] = { "word_count", CVP_FIELD_INT, false },
	[CVP_FIELD_ATTEMPTS] = { "attempts", CVP_FIELD_INT, false },
	[CVP_FIELD_STAGE] = { "progress", CVP_FIELD_PROGRESS, false },
};

const char *const cvp_job_fixed[CVP_JOB_FIXED] = { "job_id", "user_id", "created_at" };

bool
cvp_is_job_field(const char *name)
{
	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS; id++)
		if (strcmp(name, cvp_job_fields[id].name) == 0)
			return true;
	for (size_t i = 0; i < CVP_JOB_FIXED; i++)
		if (strcmp(name, cvp_job_fixed[i]) == 0)
			return true;
	return false;
}

enum cvp_code
cvp_job_field_fail(struct cvp_ctx *ctx, const char *name, const char *wanted)
{
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, cvp_arena_printf(ctx->arena, "/%s", name), "%s must be %s.", name,
			   wanted);
}

bool
cvp_is_clean_text(const json_t *value)
{
	return json_is_string(value) && strlen(json_string_value(value)) == json_string_length(value);
}

/* Postgres' jsonb has no U+0000. */
bool
cvp_holds_nul(const json_t *value)
{
	const char *name;
	json_t *item;
	size_t i;

	if (json_is_string(value))
		return !cvp_is_clean_text(value);
	json_array_foreach (value, i, item)
		if (cvp_holds_nul(item))
			return true;
	json_object_foreach ((json_t *)value, name, item)
		if (cvp_holds_nul(item))
			return true;
	return false;
}

static bool
is_small(const json_t *value)
{
	return json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= INT32_MAX;
}

static bool
is_progress(const json_t *value)
{
	const json_t *percent = json_object_get(value, "percent");

	return cvp_is_clean_text(json_object_get(value, "stage")) && is_small(percent) &&
	       json_integer_value(percent) <= 100;
}

/* What a value of the type must be, or NULL where it is that. */
static const char *
what_is_missing(enum cvp_job_field_type type, const json_t *value)
{
	int64_t at;

	switch (type) {
	case CVP_FIELD_TEXT:
		return cvp_is_clean_text(value) ? NULL : "a text without U+0000";
	case CVP_FIELD_TIME:
		return cvp_is_clean_text(value) && cvp_time_parse(json_string_value(value), &at) ? NULL
												 : "an RFC 3339 time";
	case CVP_FIELD_EPOCH:
		return json_is_integer(value) && json_integer_value(value) > 0 &&
			       json_integer_value(value) < INT64_MAX / CVP_SECOND
			   ? NULL
			   : "a number of seconds since 1970";
	case CVP_FIELD_INT:
		return is_small(value) ? NULL : "a whole number from 0";
	case CVP_FIELD_JSON:
		return cvp_holds_nul(value) ? "without U+0000" : NULL;
	case CVP_FIELD_SEALED:
		return NULL;
	case CVP_FIELD_PROGRESS:
		return is_progress(value) ? NULL : "{stage, percent from 0 to 100}";
	}
	return NULL;
}

static bool
is_status(const char *name)
{
	for (enum cvp_job_status status = CVP_JOB_PENDING; status <= CVP_JOB_FAILED; status++)
		if (strcmp(name, cvp_job_status_name(status)) == 0)
			return true;
	return false;
}

static enum cvp_code
check_field(struct cvp_ctx *ctx, enum cvp_job_field_id id, const json_t *value)
{
	const char *name = cvp_job_fields[id].name, *missing;

	if (value == NULL)
		return CVP_OK;
	if (json_is_null(value))
		return cvp_job_fields[id].is_required ? cvp_job_field_fail(ctx, name, "set; it cannot be cleared")
						      : CVP_OK;
	missing = what_is_missing(cvp_job_fields[id].type, value);
	if (missing != NULL)
		return cvp_job_field_fail(ctx, name, missing);
	if (id == CVP_FIELD_STATUS && !is_status(json_string_value(value)))
		return cvp_job_field_fail(ctx, name, "PENDING, PROCESSING, COMPLETED or FAILED");
	return CVP_OK;
}

enum cvp_code
cvp_job_fields_check(struct cvp_ctx *ctx, const json_t *given)
{
	enum cvp_code code = CVP_OK;

	if (!json_is_object(given))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "A job is a JSON object.");
	for (enum cvp_job_field_id id = 0; id < CVP_JOB_FIELDS && code == CVP_OK; id++)
		code = check_field(ctx, id, json_object_get(given, cvp_job_fields[id].name));
	return code;
}
