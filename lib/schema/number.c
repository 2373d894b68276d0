#include "schema/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXACT_MAX 9007199254740992.0 /* 2^53: every integer up to it is a double */
#define INT64_END 9223372036854775808.0

__extension__ typedef unsigned __int128 cvp_uint128; /* products of two 64-bit factors */

static struct cvp_decimal
without_zeros(uint64_t digits, int exponent)
{
	while (digits != 0 && digits % 10 == 0) {
		digits /= 10;
		exponent++;
	}
	return (struct cvp_decimal){ .digits = digits, .exponent = digits != 0 ? exponent : 0 };
}

/* Decimals of a few places, which are nearly all there are: value * 10^places is a whole number of at most 15 digits,
 * and such a decimal is the only one of 15 digits or less that reads back as value. */
static bool
find_short(double value, struct cvp_decimal *decimal)
{
	double power = 1;

	for (int places = 0; places <= 6; places++, power *= 10) {
		double scaled = value * power;

		if (scaled >= 1e15)
			return false;
		if (scaled == floor(scaled) && scaled / power == value) {
			*decimal = without_zeros((uint64_t)scaled, -places);
			return true;
		}
	}
	return false;
}

/* No decimal point in the text, so the locale has no say. */
static bool
reads_back(uint64_t digits, int exponent, double value)
{
	char text[48];

	snprintf(text, sizeof(text), "%llue%d", (unsigned long long)digits, exponent);
	return strtod(text, NULL) == value;
}

/* The decimal of `precision` digits nearest to value, as digits * 10^exponent. */
static void
round_to(double value, int precision, uint64_t *digits, int *exponent)
{
	char text[48];
	const char *at = text;

	snprintf(text, sizeof(text), "%.*e", precision - 1, value);
	for (*digits = 0; *at != 'e'; at++)
		if (*at >= '0' && *at <= '9')
			*digits = *digits * 10 + (uint64_t)(*at - '0');
	*exponent = (int)strtol(at + 1, NULL, 10) - (precision - 1);
}

/* Below a power of two doubles lie twice as dense as above it: there the nearest decimal may read back as the
 * neighbour below, while the next decimal up, though further away, reads back right. */
static bool
is_power_of_two(double value)
{
	int exponent = 0;

	return frexp(value, &exponent) == 0.5;
}

struct cvp_decimal
cvp_decimal_of(double value)
{
	double size = fabs(value);
	struct cvp_decimal decimal = { 0 };
	uint64_t digits = 0;
	int exponent = 0;

	if (!find_short(size, &decimal)) {
		/* a normal double keeps any 15 digits, so the search begins there; a subnormal one may need fewer */
		for (int precision = size < DBL_MIN ? 1 : 15; precision <= 17; precision++) {
			round_to(size, precision, &digits, &exponent);
			if (reads_back(digits, exponent, size))
				break;
			if (is_power_of_two(size) && reads_back(digits + 1, exponent, size)) {
				digits++;
				break;
			}
		}
		decimal = without_zeros(digits, exponent);
	}
	decimal.is_negative = value < 0;
	return decimal;
}

size_t
cvp_integer_text(int64_t value, char text[CVP_NUMBER_SIZE])
{
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[20];
	size_t count = 0, length = 0;

	do {
		digits[count++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (value < 0)
		text[length++] = '-';
	while (count > 0)
		text[length++] = digits[--count];
	text[length] = '\0';
	return length;
}

static size_t
add_zeros(char *text, int count)
{
	memset(text, '0', (size_t)count);
	return (size_t)count;
}

static size_t
add_digits(char *text, const char *digits, int count)
{
	memcpy(text, digits, (size_t)count);
	return (size_t)count;
}

/* count digits, the point standing after the first `point` of them: k and n of ECMA-262. */
static size_t
place_point(char *text, const char *digits, int count, int point)
{
	size_t length = 0;

	if (point > 0 && point <= 21) {
		length += add_digits(text, digits, count < point ? count : point);
		if (count <= point)
			return length + add_zeros(text + length, point - count);
		text[length++] = '.';
		return length + add_digits(text + length, digits + point, count - point);
	}
	if (point > -6 && point <= 0) {
		length += add_digits(text, "0.", 2);
		length += add_zeros(text + length, -point);
		return length + add_digits(text + length, digits, count);
	}
	text[length++] = digits[0];
	if (count > 1) {
		text[length++] = '.';
		length += add_digits(text + length, digits + 1, count - 1);
	}
	return length + (size_t)snprintf(text + length, 8, "e%c%d", point > 0 ? '+' : '-', abs(point - 1));
}

size_t
cvp_number_text(double value, char text[CVP_NUMBER_SIZE])
{
	struct cvp_decimal decimal;
	char digits[CVP_NUMBER_SIZE];
	size_t length = 0;
	int count;

	if (fabs(value) <= EXACT_MAX && value == floor(value))
		return cvp_integer_text((int64_t)value, text);
	decimal = cvp_decimal_of(value);
	count = (int)cvp_integer_text((int64_t)decimal.digits, digits);
	if (decimal.is_negative)
		text[length++] = '-';
	length += place_point(text + length, digits, count, count + decimal.exponent);
	text[length] = '\0';
	return length;
}

static int
compare_integer_to_real(int64_t integer, double real)
{
	double whole = trunc(real);

	if (real >= INT64_END)
		return -1;
	if (real < -INT64_END)
		return 1;
	if (integer != (int64_t)whole)
		return integer < (int64_t)whole ? -1 : 1;
	return (real < whole) - (real > whole);
}

int
cvp_number_compare(const json_t *a, const json_t *b)
{
	if (json_is_integer(a) && json_is_integer(b)) {
		json_int_t left = json_integer_value(a), right = json_integer_value(b);

		return (left > right) - (left < right);
	}
	if (json_is_integer(a))
		return compare_integer_to_real(json_integer_value(a), json_real_value(b));
	if (json_is_integer(b))
		return -compare_integer_to_real(json_integer_value(b), json_real_value(a));
	return (json_real_value(a) > json_real_value(b)) - (json_real_value(a) < json_real_value(b));
}

bool
cvp_number_is_integer(const json_t *value)
{
	if (json_is_real(value))
		return json_real_value(value) == floor(json_real_value(value));
	return json_is_integer(value);
}

static struct cvp_decimal
decimal_of_json(const json_t *value)
{
	json_int_t integer = json_integer_value(value);

	if (json_is_real(value))
		return cvp_decimal_of(json_real_value(value));
	return without_zeros(integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer, 0);
}

/* value * 10^power is a multiple of step */
static bool
grown_is_multiple(uint64_t value, int power, uint64_t step)
{
	uint64_t rest = value % step;

	for (; power > 0 && rest != 0; power--)
		rest = (uint64_t)((cvp_uint128)rest * 10 % step);
	return rest == 0;
}

bool
cvp_number_is_multiple(const json_t *value, const json_t *step)
{
	struct cvp_decimal a, b;
	int power;

	if (json_is_integer(value) && json_is_integer(step))
		return json_integer_value(value) % json_integer_value(step) == 0;
	a = decimal_of_json(value);
	b = decimal_of_json(step);
	power = a.exponent - b.exponent;
	if (power >= 0)
		return grown_is_multiple(a.digits, power, b.digits);
	/* a's last digit is not 0, so no multiple of 10^-power divides it */
	return a.digits == 0;
}
