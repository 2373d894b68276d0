/* verify_verdict.h - collects violations and makes the report of SPEC 8 of them. */
#ifndef CVP_CAREER_VERIFY_VERDICT_H
#define CVP_CAREER_VERIFY_VERDICT_H

#include <jansson.h>

#define CVP_VIOLATIONS_MAX 200 /* a report names no more; one is enough to refuse */

struct cvp_ctx;

enum cvp_severity { CVP_SEVERITY_WARNING, CVP_SEVERITY_CRITICAL };

struct cvp_verdict {
	struct cvp_ctx *ctx;
	json_t *violations; /* owned by ctx */
};

struct cvp_verdict cvp_verdict_new(struct cvp_ctx *ctx);

/* field: JSON Pointer into the artifact. expected, actual: texts or NULL. The same finding twice is one, of the graver
 * severity. */
void cvp_verdict_add(struct cvp_verdict *verdict, const char *field, enum cvp_severity severity, const char *expected,
		     const char *actual);

/* {is_valid, has_critical_violations, violations[]}, owned by the context. */
json_t *cvp_verdict_report(struct cvp_verdict *verdict);

#endif
