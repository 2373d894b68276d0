/* number.h - JSON numbers as decimals: exact comparison, exact multiples, ECMAScript text. Any thread. */
#ifndef CVP_SCHEMA_NUMBER_H
#define CVP_SCHEMA_NUMBER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CVP_NUMBER_SIZE 32 /* holds every ECMAScript number with its NUL; the longest has 25 characters */

/* digits * 10^exponent; digits does not end in 0 unless it is 0. */
struct cvp_decimal {
	uint64_t digits;
	int exponent;
	bool is_negative;
};

/* The shortest decimal that reads back as value, of several the nearest one. value is finite. */
struct cvp_decimal cvp_decimal_of(double value);

/* Writes value as ECMAScript's Number::toString does (ECMA-262, 6.1.6.1.20); the length without the NUL. */
size_t cvp_number_text(double value, char text[CVP_NUMBER_SIZE]);

/* The same for an integer that a double holds exactly; |value| <= 2^53. */
size_t cvp_integer_text(int64_t value, char text[CVP_NUMBER_SIZE]);

/* Less than, equal to or more than 0, exact between integers and reals. Both are JSON numbers. */
int cvp_number_compare(const json_t *a, const json_t *b);

/* Is value a whole number (1.0 is)? False for what is no number. */
bool cvp_number_is_integer(const json_t *value);

/* Is value a multiple of step, both taken as the decimals people write? step > 0. */
bool cvp_number_is_multiple(const json_t *value, const json_t *step);

#endif
