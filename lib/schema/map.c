#include "schema/map.h"

#include <stdint.h>
#include <string.h>

#include "core/arena.h"

#define FIRST_SIZE 16 /* buckets; a power of two */

struct schema_map_entry {
	struct schema_map_entry *next;
	void *value;
	size_t length;
	uint64_t hash;
	char key[];
};

/* FNV-1a with a final mix; keys come from our own schemas, not from callers. */
static uint64_t
hash_bytes(const void *key, size_t length)
{
	const unsigned char *bytes = key;
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
	return hash ^ hash >> 32;
}

void *
cvp_schema_map_get(const struct schema_map *map, const void *key, size_t length)
{
	uint64_t hash = hash_bytes(key, length);

	if (map->count == 0)
		return NULL;
	for (struct schema_map_entry *at = map->buckets[hash & (map->size - 1)]; at != NULL; at = at->next)
		if (at->hash == hash && at->length == length && memcmp(at->key, key, length) == 0)
			return at->value;
	return NULL;
}

static void
grow(struct schema_map *map, struct cvp_arena *arena)
{
	size_t size = map->size > 0 ? map->size * 2 : FIRST_SIZE;
	struct schema_map_entry **buckets = cvp_arena_alloc(arena, size * sizeof(struct schema_map_entry *));

	for (size_t i = 0; i < map->size; i++) {
		struct schema_map_entry *next;

		for (struct schema_map_entry *at = map->buckets[i]; at != NULL; at = next) {
			next = at->next;
			at->next = buckets[at->hash & (size - 1)];
			buckets[at->hash & (size - 1)] = at;
		}
	}
	map->buckets = buckets;
	map->size = size;
}

void
cvp_schema_map_put(struct schema_map *map, struct cvp_arena *arena, const void *key, size_t length, void *value)
{
	struct schema_map_entry *entry = cvp_arena_alloc(arena, sizeof(*entry) + length);
	struct schema_map_entry **bucket;

	if (map->count == map->size)
		grow(map, arena);
	entry->value = value;
	entry->length = length;
	entry->hash = hash_bytes(key, length);
	memcpy(entry->key, key, length);
	bucket = &map->buckets[entry->hash & (map->size - 1)];
	entry->next = *bucket;
	*bucket = entry;
	map->count++;
}
