#include "career/verify_verdict.h"

#include <stdbool.h>
#include <string.h>

#include "core/ctx.h"

struct cvp_verdict
cvp_verdict_new(struct cvp_ctx *ctx)
{
	return (struct cvp_verdict){ ctx, cvp_own(ctx, json_array()) };
}

static bool
is_text(const json_t *value, const char *text)
{
	const char *has = json_string_value(value);

	return has == text || (has != NULL && text != NULL && strcmp(has, text) == 0);
}

/* The finding that says the same of the same field already, NULL where there is none. */
static json_t *
known(const json_t *violations, const char *field, const char *actual)
{
	size_t index;
	json_t *row;

	json_array_foreach ((json_t *)violations, index, row) {
		if (is_text(json_object_get(row, "field"), field) && is_text(json_object_get(row, "actual"), actual))
			return row;
	}
	return NULL;
}

static const char *
name_of(enum cvp_severity severity)
{
	return severity == CVP_SEVERITY_CRITICAL ? "CRITICAL" : "WARNING";
}

void
cvp_verdict_add(struct cvp_verdict *verdict, const char *field, enum cvp_severity severity, const char *expected,
		const char *actual)
{
	json_t *row = known(verdict->violations, field, actual);

	if (row != NULL && severity == CVP_SEVERITY_CRITICAL)
		json_object_set_new(row, "severity", json_string(name_of(severity)));
	if (row != NULL || json_array_size(verdict->violations) >= CVP_VIOLATIONS_MAX)
		return;
	row = json_object();
	json_object_set_new(row, "field", json_string(field));
	json_object_set_new(row, "severity", json_string(name_of(severity)));
	if (expected != NULL)
		json_object_set_new(row, "expected", json_string(expected));
	if (actual != NULL)
		json_object_set_new(row, "actual", json_string(actual));
	json_array_append_new(verdict->violations, row);
}

json_t *
cvp_verdict_report(struct cvp_verdict *verdict)
{
	json_t *report = cvp_own(verdict->ctx, json_object()), *row;
	bool is_critical = false;
	size_t index;

	json_array_foreach (verdict->violations, index, row) {
		is_critical = is_critical || is_text(json_object_get(row, "severity"), "CRITICAL");
	}
	json_object_set_new(report, "is_valid", json_boolean(json_array_size(verdict->violations) == 0));
	json_object_set_new(report, "has_critical_violations", json_boolean(is_critical));
	json_object_set(report, "violations", verdict->violations);
	return report;
}
