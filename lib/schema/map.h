/* map.h - a hash map from bytes to pointers that lives in an arena; for building schemas, read by any thread after. */
#ifndef CVP_SCHEMA_MAP_H
#define CVP_SCHEMA_MAP_H

#include <stddef.h>

struct cvp_arena;
struct schema_map_entry;

struct schema_map {
	struct schema_map_entry **buckets; /* NULL while empty */
	size_t size, count;
};

/* The value put under key, or NULL. */
void *cvp_schema_map_get(const struct schema_map *map, const void *key, size_t length);

/* Copies key and puts value, which is not NULL; key must not be there yet. */
void cvp_schema_map_put(struct schema_map *map, struct cvp_arena *arena, const void *key, size_t length, void *value);

#endif
