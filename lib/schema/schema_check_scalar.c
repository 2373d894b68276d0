/* schema_check_scalar.c - strings and numbers. */
#include "schema/number.h"
#include "schema/schema_run.h"

static size_t
count_code_points(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static bool
check_length(struct schema_run *run, const struct schema_text *limits, const char *text, size_t bytes,
	     const struct schema_place *place)
{
	size_t length = bytes;

	/* a character has 1 to 4 bytes: mostly that settles it */
	if (bytes <= limits->max && bytes / 4 >= limits->min)
		return true;
	length = count_code_points(text, bytes);
	if (length > limits->max)
		return cvp_schema_violate(run, place, "is longer than %zu character%s", limits->max,
					  plural(limits->max));
	if (length < limits->min && length == 0)
		return cvp_schema_violate(run, place, "must not be empty");
	if (length < limits->min)
		return cvp_schema_violate(run, place, "is shorter than %zu character%s", limits->min,
					  plural(limits->min));
	return true;
}

bool
cvp_schema_check_text(struct schema_run *run, const struct schema_text *text, const json_t *value,
		      const struct schema_place *place)
{
	const char *bytes = json_string_value(value);
	size_t length = json_string_length(value);
	bool is_valid = check_length(run, text, bytes, length, place);

	if (text->format != NULL && cvp_schema_goes_on(run, is_valid) && !text->format->accepts(bytes, length))
		is_valid = cvp_schema_violate(run, place, "%s", text->format->sentence);
	if (text->pattern != NULL && cvp_schema_goes_on(run, is_valid) &&
	    !cvp_schema_finds(run, text->pattern, bytes, length))
		is_valid = cvp_schema_violate(run, place, "does not match the pattern %s",
					      cvp_pattern_text(text->pattern));
	return is_valid;
}

static bool
violate_limit(struct schema_run *run, const struct schema_place *place, const char *relation, const json_t *limit)
{
	char text[CVP_NUMBER_SIZE];

	if (json_is_integer(limit))
		return cvp_schema_violate(run, place, "must be %s %" JSON_INTEGER_FORMAT, relation,
					  json_integer_value(limit));
	cvp_number_text(json_real_value(limit), text);
	return cvp_schema_violate(run, place, "must be %s %s", relation, text);
}

bool
cvp_schema_check_number(struct schema_run *run, const struct schema_number *number, const json_t *value,
			const struct schema_place *place)
{
	if (number->minimum != NULL && cvp_number_compare(value, number->minimum) < 0)
		return violate_limit(run, place, "at least", number->minimum);
	if (number->exclusive_minimum != NULL && cvp_number_compare(value, number->exclusive_minimum) <= 0)
		return violate_limit(run, place, "more than", number->exclusive_minimum);
	if (number->maximum != NULL && cvp_number_compare(value, number->maximum) > 0)
		return violate_limit(run, place, "at most", number->maximum);
	if (number->exclusive_maximum != NULL && cvp_number_compare(value, number->exclusive_maximum) >= 0)
		return violate_limit(run, place, "less than", number->exclusive_maximum);
	if (number->multiple_of != NULL && !cvp_number_is_multiple(value, number->multiple_of))
		return violate_limit(run, place, "a multiple of", number->multiple_of);
	return true;
}
