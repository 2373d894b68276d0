/* verify_numbers.h - the figures of a text, made comparable: "1,200", "1 200", "1.2k" and "1.2 тыс." are one value.
 *
 * Pure; results are in the context's arena. text is plain (cvp_plain_text()): digits of all scripts are ASCII there. */
#ifndef CVP_CAREER_VERIFY_NUMBERS_H
#define CVP_CAREER_VERIFY_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

struct cvp_ctx;

enum cvp_unit {
	CVP_UNIT_NONE,
	CVP_UNIT_PERCENT,
	CVP_UNIT_DOLLAR,
	CVP_UNIT_EURO,
	CVP_UNIT_POUND,
	CVP_UNIT_ROUBLE,
	CVP_UNIT_SHEKEL,
	CVP_UNIT_YEARS, /* a span: "5 years", "5 лет" */
	CVP_UNIT_MONTHS,
	CVP_UNIT_WEEKS,
	CVP_UNIT_DAYS,
	CVP_UNIT_HOURS,
	CVP_UNIT_MINUTES,
	CVP_UNIT_SECONDS,
	CVP_UNIT_FACTOR /* "doubled": 2, "halved": 0.5, "3x": 3 */
};

struct cvp_number {
	double value; /* scaled: 2 for "2", 1200 for "1.2k" */
	enum cvp_unit unit;
	bool is_loose;         /* a small number in words with no word behind it: it shows a figure, and claims none */
	bool is_vague;         /* "dozens", "over a decade": any figure of that order proves it */
	bool is_year;          /* four digits that may be a year, 1900 to 2100, without a unit */
	size_t offset, length; /* of the text: the number with its sign and unit */
};

struct cvp_numbers {
	struct cvp_number *rows;
	size_t count;
};

/* Digits inside a name (B2B, S3, ES201x) are no numbers; "3rd", "5-year", "400+" are. Number words
 * ("three", "двадцать пять", "half a million", "doubled") are in verify_number_words.h; those up to twelve count where
 * they stand before a word. */
struct cvp_numbers cvp_numbers_of(struct cvp_ctx *ctx, const char *text);

/* Does the figure `shown` prove the figure `claimed`? Equal values, or of one order where the claim is vague; a claimed
 * unit must be the shown one. */
bool cvp_number_proves(const struct cvp_number *shown, const struct cvp_number *claimed);

#endif
