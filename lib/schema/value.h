/* value.h - JSON values compared as JSON Schema does: 1 equals 1.0, the order of members says nothing. Any thread. */
#ifndef CVP_SCHEMA_VALUE_H
#define CVP_SCHEMA_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

bool cvp_value_equal(const json_t *a, const json_t *b);

/* Looks for an item equal to one before it; *at is its index. */
bool cvp_value_find_duplicate(const json_t *array, size_t *at);

#endif
