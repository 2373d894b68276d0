#include "schema/value.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "schema/number.h"

#define FEW_ITEMS 8 /* so few are compared each with each */

struct hashed {
	uint64_t hash;
	size_t index;
};

static bool
texts_equal(const json_t *a, const json_t *b)
{
	size_t length = json_string_length(a);

	return length == json_string_length(b) && memcmp(json_string_value(a), json_string_value(b), length) == 0;
}

static bool
arrays_equal(const json_t *a, const json_t *b)
{
	if (json_array_size(a) != json_array_size(b))
		return false;
	for (size_t i = 0; i < json_array_size(a); i++)
		if (!cvp_value_equal(json_array_get(a, i), json_array_get(b, i)))
			return false;
	return true;
}

static bool
objects_equal(const json_t *a, const json_t *b)
{
	if (json_object_size(a) != json_object_size(b))
		return false;
	for (void *at = json_object_iter((json_t *)a); at != NULL; at = json_object_iter_next((json_t *)a, at)) {
		const json_t *other = json_object_getn(b, json_object_iter_key(at), json_object_iter_key_len(at));

		if (other == NULL || !cvp_value_equal(json_object_iter_value(at), other))
			return false;
	}
	return true;
}

bool
cvp_value_equal(const json_t *a, const json_t *b)
{
	if (json_is_number(a) && json_is_number(b))
		return cvp_number_compare(a, b) == 0;
	if (json_typeof(a) != json_typeof(b))
		return false;
	switch (json_typeof(a)) {
	case JSON_STRING:
		return texts_equal(a, b);
	case JSON_ARRAY:
		return arrays_equal(a, b);
	case JSON_OBJECT:
		return objects_equal(a, b);
	default:
		return true;
	}
}

static uint64_t
mix(uint64_t hash, uint64_t more)
{
	hash = (hash ^ more) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static uint64_t
hash_text(uint64_t seed, const char *text, size_t length)
{
	uint64_t word;

	for (; length >= sizeof(word); text += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		seed = mix(seed, word);
	}
	word = length;
	for (; length > 0; length--)
		word = word << 8 | (unsigned char)text[length - 1];
	return mix(seed, word);
}

/* Equal numbers hash alike, whatever they were written as. */
static uint64_t
hash_number(uint64_t seed, const json_t *value)
{
	double number = json_number_value(value) + 0.0; /* -0 becomes 0 */
	uint64_t bits;

	memcpy(&bits, &number, sizeof(bits));
	return mix(seed, bits);
}

static uint64_t
hash_value(uint64_t seed, const json_t *value)
{
	uint64_t hash = mix(seed, (uint64_t)json_typeof(value) + 1);

	if (json_is_number(value))
		return hash_number(seed, value);
	if (json_is_string(value))
		return hash_text(hash, json_string_value(value), json_string_length(value));
	for (size_t i = 0; i < json_array_size(value); i++)
		hash = hash_value(hash, json_array_get(value, i));
	for (void *at = json_object_iter((json_t *)value); at != NULL;
	     at = json_object_iter_next((json_t *)value, at)) {
		uint64_t name = hash_text(seed, json_object_iter_key(at), json_object_iter_key_len(at));

		hash += hash_value(name, json_object_iter_value(at)); /* a sum, for the order says nothing */
	}
	return hash;
}

static bool
is_among_first(const json_t *array, size_t count, const json_t *item)
{
	for (size_t i = 0; i < count; i++)
		if (cvp_value_equal(json_array_get(array, i), item))
			return true;
	return false;
}

static bool
find_in_few(const json_t *array, size_t *at)
{
	for (*at = 1; *at < json_array_size(array); ++*at)
		if (is_among_first(array, *at, json_array_get(array, *at)))
			return true;
	return false;
}

static int
compare_hashed(const void *left, const void *right)
{
	const struct hashed *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static bool
has_equal_before(const json_t *array, const struct hashed *items, size_t i)
{
	for (size_t j = i; j > 0 && items[j - 1].hash == items[i].hash; j--)
		if (cvp_value_equal(json_array_get(array, items[j - 1].index), json_array_get(array, items[i].index)))
			return true;
	return false;
}

bool
cvp_value_find_duplicate(const json_t *array, size_t *at)
{
	size_t count = json_array_size(array);
	uint64_t seed = (uint64_t)(uintptr_t)array; /* hard to foresee: nobody prepares a million equal hashes */
	struct hashed *items;
	bool is_found = false;

	if (count <= FEW_ITEMS)
		return find_in_few(array, at);
	items = cvp_xmalloc(count * sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i] = (struct hashed){ hash_value(seed, json_array_get(array, i)), i };
	qsort(items, count, sizeof(*items), compare_hashed);
	for (size_t i = 1; !is_found && i < count; i++) {
		is_found = has_equal_before(array, items, i);
		*at = items[i].index;
	}
	free(items);
	return is_found;
}
