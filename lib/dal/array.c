#include "dal/array.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"

#define ARRAY_MAX ((size_t)512 * 1024 * 1024)
#define SQL_NULL  UINT32_MAX

static void
add_number(struct cvp_buf *buf, uint32_t number)
{
	const unsigned char bytes[] = { (unsigned char)(number >> 24), (unsigned char)(number >> 16),
					(unsigned char)(number >> 8), (unsigned char)number };

	cvp_buf_add(buf, bytes, sizeof(bytes));
}

void
cvp_array_begin(struct cvp_array *array, unsigned element_type, size_t count)
{
	cvp_buf_init(&array->bytes, ARRAY_MAX);
	add_number(&array->bytes, 1); /* dimensions */
	add_number(&array->bytes, 1); /* there may be nulls */
	add_number(&array->bytes, element_type);
	add_number(&array->bytes, (uint32_t)count);
	add_number(&array->bytes, 1); /* first subscript */
}

void
cvp_array_free(struct cvp_array *array)
{
	cvp_buf_free(&array->bytes);
}

void
cvp_array_add(struct cvp_array *array, const void *bytes, size_t length)
{
	add_number(&array->bytes, bytes != NULL ? (uint32_t)length : SQL_NULL);
	if (bytes != NULL)
		cvp_buf_add(&array->bytes, bytes, length);
}

void
cvp_array_add_text(struct cvp_array *array, const char *text)
{
	cvp_array_add(array, text, text != NULL ? strlen(text) : 0);
}

void
cvp_array_add_int(struct cvp_array *array, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)number);
	cvp_array_add_text(array, text);
}

void
cvp_array_add_bool(struct cvp_array *array, bool is_so)
{
	cvp_array_add_text(array, is_so ? "t" : "f");
}

void
cvp_array_add_time(struct cvp_array *array, int64_t at)
{
	char text[CVP_TIME_SIZE];

	cvp_time_format(at, text);
	cvp_array_add_text(array, at != 0 ? text : NULL);
}

struct cvp_param
cvp_array_param(const struct cvp_array *array)
{
	return cvp_bytes(array->bytes.data, array->bytes.length);
}
