#include "core/code.h"

#include <string.h>

enum retry { NEVER, RETRY };

struct code_row {
	const char *name;
	int status;
	enum retry retry;
	enum cvp_log_level level;
};

/* SPEC 4.4. RATE_LIMIT_EXCEEDED is retryable for a client, never for the worker. */
static const struct code_row codes[] = {
	[CVP_OK] = { "SUCCESS", 200, NEVER, CVP_LOG_DEBUG },
	[CVP_INVALID_JSON] = { "INVALID_JSON", 400, NEVER, CVP_LOG_INFO },
	[CVP_INVALID_INPUT] = { "INVALID_INPUT", 400, NEVER, CVP_LOG_INFO },
	[CVP_VALIDATION_ERROR] = { "VALIDATION_ERROR", 400, NEVER, CVP_LOG_INFO },
	[CVP_VALIDATION_MISSING_REQUIRED_FIELD] = { "VALIDATION_MISSING_REQUIRED_FIELD", 400, NEVER, CVP_LOG_INFO },
	[CVP_UNSUPPORTED_FILE_FORMAT] = { "UNSUPPORTED_FILE_FORMAT", 400, NEVER, CVP_LOG_INFO },
	[CVP_INSUFFICIENT_CV_DATA] = { "INSUFFICIENT_CV_DATA", 400, NEVER, CVP_LOG_INFO },
	[CVP_UNAUTHORIZED] = { "UNAUTHORIZED", 401, NEVER, CVP_LOG_INFO },
	[CVP_FORBIDDEN] = { "FORBIDDEN", 403, NEVER, CVP_LOG_INFO },
	[CVP_CSRF_FAILED] = { "CSRF_FAILED", 403, NEVER, CVP_LOG_INFO },
	[CVP_SIGNATURE_INVALID] = { "SIGNATURE_INVALID", 403, NEVER, CVP_LOG_INFO },
	[CVP_NOT_FOUND] = { "NOT_FOUND", 404, NEVER, CVP_LOG_INFO },
	[CVP_CV_NOT_FOUND] = { "CV_NOT_FOUND", 404, NEVER, CVP_LOG_INFO },
	[CVP_JOB_NOT_FOUND] = { "JOB_NOT_FOUND", 404, NEVER, CVP_LOG_INFO },
	[CVP_METHOD_NOT_ALLOWED] = { "METHOD_NOT_ALLOWED", 405, NEVER, CVP_LOG_INFO },
	[CVP_CONFLICT] = { "CONFLICT", 409, NEVER, CVP_LOG_INFO },
	[CVP_CANCELLED] = { "CANCELLED", 409, NEVER, CVP_LOG_INFO },
	[CVP_RESULT_GONE] = { "RESULT_GONE", 410, NEVER, CVP_LOG_INFO },
	[CVP_PAYLOAD_TOO_LARGE] = { "PAYLOAD_TOO_LARGE", 413, NEVER, CVP_LOG_INFO },
	[CVP_UNSUPPORTED_MEDIA_TYPE] = { "UNSUPPORTED_MEDIA_TYPE", 415, NEVER, CVP_LOG_INFO },
	[CVP_FVS_HALLUCINATION_DETECTED] = { "FVS_HALLUCINATION_DETECTED", 422, NEVER, CVP_LOG_WARNING },
	[CVP_EMPTY_DOCUMENT] = { "EMPTY_DOCUMENT", 422, NEVER, CVP_LOG_INFO },
	[CVP_DOCUMENT_ENCRYPTED] = { "DOCUMENT_ENCRYPTED", 422, NEVER, CVP_LOG_INFO },
	[CVP_DOCUMENT_UNREADABLE] = { "DOCUMENT_UNREADABLE", 422, NEVER, CVP_LOG_INFO },
	[CVP_LLM_BUDGET_EXCEEDED] = { "LLM_BUDGET_EXCEEDED", 402, NEVER, CVP_LOG_WARNING },
	[CVP_RATE_LIMIT_EXCEEDED] = { "RATE_LIMIT_EXCEEDED", 429, NEVER, CVP_LOG_INFO },
	[CVP_INTERNAL_ERROR] = { "INTERNAL_ERROR", 500, NEVER, CVP_LOG_ERROR },
	[CVP_INTEGRITY_ERROR] = { "INTEGRITY_ERROR", 500, NEVER, CVP_LOG_ERROR },
	[CVP_LLM_REQUEST_REJECTED] = { "LLM_REQUEST_REJECTED", 502, NEVER, CVP_LOG_ERROR },
	[CVP_LLM_BAD_ANSWER] = { "LLM_BAD_ANSWER", 502, NEVER, CVP_LOG_WARNING },
	[CVP_LLM_API_ERROR] = { "LLM_API_ERROR", 502, RETRY, CVP_LOG_WARNING },
	[CVP_LLM_TIMEOUT] = { "LLM_TIMEOUT", 504, RETRY, CVP_LOG_WARNING },
	[CVP_DATABASE_ERROR] = { "DATABASE_ERROR", 503, RETRY, CVP_LOG_ERROR },
	[CVP_STORE_ERROR] = { "STORE_ERROR", 503, RETRY, CVP_LOG_ERROR },
	[CVP_LLM_RATE_LIMITED] = { "LLM_RATE_LIMITED", 503, RETRY, CVP_LOG_WARNING },
	[CVP_BUSY] = { "BUSY", 503, RETRY, CVP_LOG_WARNING },
	[CVP_CIRCUIT_OPEN] = { "CIRCUIT_OPEN", 503, RETRY, CVP_LOG_WARNING },
	[CVP_TIMEOUT] = { "TIMEOUT", 504, NEVER, CVP_LOG_WARNING },
};
_Static_assert(CVP_COUNT(codes) == CVP_CODE_COUNT, "a code without a row");

struct done_row {
	const char *name;
	int status;
};

static const struct done_row dones[] = {
	[CVP_DONE_SUCCESS] = { "SUCCESS", 200 },
	[CVP_DONE_CREATED] = { "CREATED", 201 },
	[CVP_DONE_ACCEPTED] = { "ACCEPTED", 202 },
	[CVP_DONE_NO_CONTENT] = { "SUCCESS", 204 },
	[CVP_DONE_CV_PARSED] = { "CV_PARSED", 200 },
	[CVP_DONE_CV_TAILORED] = { "CV_TAILORED", 200 },
	[CVP_DONE_CV_TAILORED_WITH_WARNINGS] = { "CV_TAILORED_WITH_WARNINGS", 200 },
	[CVP_DONE_GAP_QUESTIONS_GENERATED] = { "GAP_QUESTIONS_GENERATED", 200 },
	[CVP_DONE_GAP_RESPONSES_SAVED] = { "GAP_RESPONSES_SAVED", 200 },
};
_Static_assert(CVP_COUNT(dones) == CVP_DONE_COUNT, "a success without a row");

const char *
cvp_code_name(enum cvp_code code)
{
	return codes[code].name;
}

int
cvp_code_status(enum cvp_code code)
{
	return codes[code].status;
}

bool
cvp_code_is_retryable(enum cvp_code code)
{
	return codes[code].retry == RETRY;
}

enum cvp_log_level
cvp_code_level(enum cvp_code code)
{
	return codes[code].level;
}

enum cvp_code
cvp_code_named(const char *name)
{
	for (int code = 0; code < CVP_CODE_COUNT; code++)
		if (strcmp(codes[code].name, name) == 0)
			return (enum cvp_code)code;
	return CVP_INTERNAL_ERROR;
}

const char *
cvp_done_name(enum cvp_done done)
{
	return dones[done].name;
}

int
cvp_done_status(enum cvp_done done)
{
	return dones[done].status;
}
