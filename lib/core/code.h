/* code.h - every outcome of the product, and the one table that says what each means.
 *
 * A function that can fail returns an enum cvp_code: CVP_OK is 0, anything else a failure. Wire name, HTTP status,
 * whether a repetition may help and the log level stand in code.c and nowhere else. Success has names of its own
 * (CV_PARSED, ACCEPTED): enum cvp_done, set by cvp_done(). Constant data: any thread may call. */
#ifndef CVP_CORE_CODE_H
#define CVP_CORE_CODE_H

#include <stdbool.h>

#define CVP_CHECKED           __attribute__((warn_unused_result))
#define CVP_PRINTF(at, first) __attribute__((format(printf, at, first)))
#define CVP_COUNT(array)      (sizeof(array) / sizeof((array)[0]))

/* Failures, as SPEC 4.4 names them. */
enum cvp_code {
	CVP_OK,
	CVP_INVALID_JSON,
	CVP_INVALID_INPUT,
	CVP_VALIDATION_ERROR,
	CVP_VALIDATION_MISSING_REQUIRED_FIELD,
	CVP_UNSUPPORTED_FILE_FORMAT,
	CVP_INSUFFICIENT_CV_DATA,
	CVP_UNAUTHORIZED,
	CVP_FORBIDDEN,
	CVP_CSRF_FAILED,
	CVP_SIGNATURE_INVALID,
	CVP_NOT_FOUND,
	CVP_CV_NOT_FOUND,
	CVP_JOB_NOT_FOUND,
	CVP_METHOD_NOT_ALLOWED,
	CVP_CONFLICT,
	CVP_CANCELLED,
	CVP_RESULT_GONE,
	CVP_PAYLOAD_TOO_LARGE,
	CVP_UNSUPPORTED_MEDIA_TYPE,
	CVP_FVS_HALLUCINATION_DETECTED,
	CVP_EMPTY_DOCUMENT,
	CVP_DOCUMENT_ENCRYPTED,
	CVP_DOCUMENT_UNREADABLE,
	CVP_LLM_BUDGET_EXCEEDED,
	CVP_RATE_LIMIT_EXCEEDED,
	CVP_INTERNAL_ERROR,
	CVP_INTEGRITY_ERROR,
	CVP_LLM_REQUEST_REJECTED,
	CVP_LLM_BAD_ANSWER,
	CVP_LLM_API_ERROR,
	CVP_LLM_TIMEOUT,
	CVP_DATABASE_ERROR,
	CVP_STORE_ERROR,
	CVP_LLM_RATE_LIMITED,
	CVP_CIRCUIT_OPEN,
	CVP_BUSY,
	CVP_TIMEOUT,
	CVP_CODE_COUNT
};

/* Successes that carry a name or a status of their own. */
enum cvp_done {
	CVP_DONE_SUCCESS,
	CVP_DONE_CREATED,
	CVP_DONE_ACCEPTED,
	CVP_DONE_NO_CONTENT,
	CVP_DONE_CV_PARSED,
	CVP_DONE_CV_TAILORED,
	CVP_DONE_CV_TAILORED_WITH_WARNINGS,
	CVP_DONE_GAP_QUESTIONS_GENERATED,
	CVP_DONE_GAP_RESPONSES_SAVED,
	CVP_DONE_COUNT
};

enum cvp_log_level { CVP_LOG_ERROR, CVP_LOG_WARNING, CVP_LOG_INFO, CVP_LOG_DEBUG };

/* The wire name, "CV_NOT_FOUND". Static. */
const char *cvp_code_name(enum cvp_code code);

/* The HTTP status a program answers with. */
int cvp_code_status(enum cvp_code code);

/* May the worker repeat the job by itself? */
bool cvp_code_is_retryable(enum cvp_code code);

enum cvp_log_level cvp_code_level(enum cvp_code code);

/* The code of a wire name, as stored with a failed job; CVP_INTERNAL_ERROR for a name nobody knows. */
enum cvp_code cvp_code_named(const char *name);

const char *cvp_done_name(enum cvp_done done);
int cvp_done_status(enum cvp_done done);

#endif
