/* array.h - a parameter that is a list: a one-dimensional Postgres array in its binary form (src/backend/utils/adt/
 * arrayfuncs.c, array_recv): dimensions, a flag for nulls, the element type's OID, the length, the first subscript,
 * then each element with its length in front; big-endian 32-bit numbers. Only for lib/dal. */
#ifndef CVP_DAL_ARRAY_H
#define CVP_DAL_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "dal/db.h"

/* Fixed in Postgres' catalog. */
#define CVP_TYPE_BYTEA 17
#define CVP_TYPE_TEXT  25

struct cvp_array {
	struct cvp_buf bytes;
};

/* Begins a list of exactly count elements. Free it with cvp_array_free(). */
void cvp_array_begin(struct cvp_array *array, unsigned element_type, size_t count);
void cvp_array_free(struct cvp_array *array);

/* The next element; NULL bytes are an SQL null. */
void cvp_array_add(struct cvp_array *array, const void *bytes, size_t length);
void cvp_array_add_text(struct cvp_array *array, const char *text);

/* As text, which SQL casts. */
void cvp_array_add_int(struct cvp_array *array, int64_t number);
void cvp_array_add_bool(struct cvp_array *array, bool is_so);
void cvp_array_add_time(struct cvp_array *array, int64_t at); /* 0: null */

/* Borrows the array. */
struct cvp_param cvp_array_param(const struct cvp_array *array);

#endif
