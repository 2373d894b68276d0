#include "template/tree.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Longest: "&quot;". */
static const char *const entities[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"
};

static void
print_escaped(struct cvp_buf *out, const char *text, size_t length)
{
	size_t plain = 0;

	for (size_t i = 0; i < length; i++) {
		const char *entity = entities[(unsigned char)text[i]];

		if (entity == NULL)
			continue;
		cvp_buf_add(out, text + plain, i - plain);
		cvp_buf_text(out, entity);
		plain = i + 1;
	}
	cvp_buf_add(out, text + plain, length - plain);
}

static void
print_integer(struct cvp_buf *out, json_int_t value)
{
	char digits[24];
	size_t at = sizeof(digits);
	unsigned long long rest = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;

	do
		digits[--at] = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (value < 0)
		digits[--at] = '-';
	cvp_buf_add(out, digits + at, sizeof(digits) - at);
}

/* Lays 0.DIGITS times ten to the power out as RFC 8785 (ECMAScript's Number::toString) does. */
static void
lay_out(struct cvp_buf *out, const char *digits, int count, int power)
{
	static const char zeros[] = "00000000000000000000";

	if (power > 21 || power <= -6) {
		cvp_buf_char(out, digits[0]);
		if (count > 1)
			cvp_buf_printf(out, ".%.*s", count - 1, digits + 1);
		cvp_buf_printf(out, "e%+d", power - 1);
	} else if (power <= 0) {
		cvp_buf_printf(out, "0.%.*s%.*s", -power, zeros, count, digits);
	} else if (power < count) {
		cvp_buf_printf(out, "%.*s.%.*s", power, digits, count - power, digits + power);
	} else {
		cvp_buf_printf(out, "%.*s%.*s", count, digits, power - count, zeros);
	}
}

/* The fewest digits that read back as the same number. Any 15 digits survive a normal double, so 15 without their
 * closing zeros are the fewest, or 16 or 17 are needed. */
static void
print_real(struct cvp_buf *out, double value)
{
	char text[40], digits[24];
	int precision = fabs(value) < DBL_MIN ? 0 : 14, count = 0, at = 0;

	if (fabs(value) < 1e15 && trunc(value) == value) {
		print_integer(out, (json_int_t)value);
		return;
	}
	do
		snprintf(text, sizeof(text), "%.*e", precision, fabs(value));
	while (strtod(text, NULL) != fabs(value) && ++precision < 17);
	for (; text[at] != 'e'; at++) {
		if (text[at] >= '0' && text[at] <= '9') /* skips the point, whatever the locale has there */
			digits[count++] = text[at];
	}
	while (count > 1 && digits[count - 1] == '0')
		count--;
	if (value < 0)
		cvp_buf_char(out, '-');
	lay_out(out, digits, count, (int)strtol(text + at + 1, NULL, 10) + 1);
}

static void
print_string(struct cvp_buf *out, const json_t *value, bool escape)
{
	const char *text = json_string_value(value);
	size_t length = json_string_length(value);

	if (escape)
		print_escaped(out, text, length);
	else
		cvp_buf_add(out, text, length);
}

void
cvp_template_print(struct cvp_buf *out, const json_t *value, bool escape)
{
	if (value == NULL)
		return;
	switch (json_typeof(value)) {
	case JSON_STRING:
		print_string(out, value, escape);
		break;
	case JSON_INTEGER:
		print_integer(out, json_integer_value(value));
		break;
	case JSON_REAL:
		print_real(out, json_real_value(value));
		break;
	case JSON_TRUE:
		cvp_buf_text(out, "true");
		break;
	case JSON_FALSE:
		cvp_buf_text(out, "false");
		break;
	case JSON_NULL:
	case JSON_OBJECT:
	case JSON_ARRAY:
		break;
	}
}

bool
cvp_template_is_false(const json_t *value)
{
	if (value == NULL)
		return true;
	switch (json_typeof(value)) {
	case JSON_STRING:
		return json_string_length(value) == 0;
	case JSON_INTEGER:
		return json_integer_value(value) == 0;
	case JSON_REAL:
		return fpclassify(json_real_value(value)) == FP_ZERO;
	case JSON_ARRAY:
		return json_array_size(value) == 0;
	case JSON_FALSE:
	case JSON_NULL:
		return true;
	case JSON_TRUE:
	case JSON_OBJECT:
		break;
	}
	return false;
}
