/* schema_internal.h - what the files of lib/schema share: the set, its resources and the compiled form.
 *
 * A document is scanned once: every schema in it becomes a struct cvp_schema with its resource ($id) and its place;
 * then the keywords of each are compiled into groups by the type of instance they speak of, and references become
 * pointers. Everything lies in the set's arena (patterns aside) and is read-only once compiled. */
#ifndef CVP_SCHEMA_INTERNAL_H
#define CVP_SCHEMA_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/code.h"
#include "schema/format.h"
#include "schema/map.h"
#include "schema/pattern.h"
#include "schema/schema.h"

#define SCHEMA_DRAFT_7    1u
#define SCHEMA_DRAFT_2020 2u
#define SCHEMA_DRAFTS     (SCHEMA_DRAFT_7 | SCHEMA_DRAFT_2020)

/* Schemas within schemas, and references in a row, that a document may have. */
#define SCHEMA_DEPTH_MAX 256

/* Types of an instance; a number is one of the first two. */
#define SCHEMA_INTEGER  1u
#define SCHEMA_FRACTION 2u
#define SCHEMA_STRING   4u
#define SCHEMA_BOOLEAN  8u
#define SCHEMA_NULL     16u
#define SCHEMA_ARRAY    32u
#define SCHEMA_OBJECT   64u
#define SCHEMA_ANY      127u

struct schema_document {
	json_t *root; /* a reference of our own */
	struct schema_resource *resource;
};

/* A schema with a URI of its own, and the anchors in it. */
struct schema_resource {
	const char *uri; /* without fragment */
	unsigned draft;
	struct schema_document *document;
	struct cvp_schema *root;
	struct schema_map anchors;         /* name to struct cvp_schema; dynamic ones too */
	struct schema_map dynamic_anchors; /* name to struct cvp_schema */
};

struct schema_list {
	const struct cvp_schema **at;
	size_t count;
};

struct schema_name {
	const char *text;
	size_t length;
};

struct schema_names {
	struct schema_name *at;
	size_t count;
};

struct schema_text {
	size_t min, max; /* code points */
	const struct cvp_pattern *pattern;
	const struct cvp_format *format;
};

struct schema_number {
	const json_t *minimum, *maximum, *exclusive_minimum, *exclusive_maximum, *multiple_of; /* NULL: no limit */
};

struct schema_items {
	size_t min, max, min_contains, max_contains;
	bool are_unique;
	struct schema_list prefix;
	const struct cvp_schema *rest; /* of the items past the prefix */
	const struct cvp_schema *contains;
	const struct cvp_schema *unevaluated;
};

struct schema_property {
	struct schema_name name;
	const struct cvp_schema *schema;
};

struct schema_pattern_property {
	const struct cvp_pattern *pattern;
	const struct cvp_schema *schema;
};

/* What the presence of a member asks of its object: a schema (else NULL) and members. */
struct schema_dependency {
	struct schema_name name;
	const struct cvp_schema *schema;
	struct schema_names required;
};

struct schema_members {
	size_t min, max;
	struct schema_names required;
	struct schema_property *properties; /* sorted by length, then bytes */
	size_t property_count;
	struct schema_pattern_property *patterns;
	size_t pattern_count;
	struct schema_dependency *dependencies;
	size_t dependency_count;
	const struct cvp_schema *additional;
	const struct cvp_schema *names;
	const struct cvp_schema *unevaluated;
};

struct schema_logic {
	const struct cvp_schema *reference;
	const struct cvp_schema *dynamic; /* where $dynamicRef points unless the dynamic scope knows better */
	const char *dynamic_name;         /* NULL: it never does */
	struct schema_list all, any, one;
	const struct cvp_schema * not, *condition, *then, *otherwise;
};

/* A group is NULL where no keyword of it stands in the schema. */
struct cvp_schema {
	unsigned types;
	bool is_never;            /* the schema `false` */
	bool is_settled, is_open; /* marks of the search for circles */
	const json_t *constant, *choices;
	const struct schema_text *text;
	const struct schema_number *number;
	const struct schema_items *items;
	const struct schema_members *members;
	const struct schema_logic *logic;
	struct schema_resource *resource;
	const json_t *source;
	const char *where; /* URI#pointer, for messages about the schema itself */
};

struct cvp_schemas {
	struct cvp_arena *arena;
	struct schema_map documents; /* URI as given to struct schema_document */
	struct schema_map resources; /* URI to struct schema_resource */
	struct schema_map by_source; /* struct source_key to struct cvp_schema */
	struct schema_document **document_list;
	size_t document_count;
	struct cvp_schema **schemas; /* in the order found; the list may grow while its schemas are compiled */
	size_t schema_count, schema_size;
	struct cvp_pattern **patterns;
	size_t pattern_count, pattern_size;
	bool is_compiled;
};

struct schema_builder {
	struct cvp_ctx *ctx;
	struct cvp_schemas *set;
};

/* Where below a keyword schemas stand. */
enum schema_shape {
	SCHEMA_SHAPE_VALUE, /* none */
	SCHEMA_SHAPE_ONE,
	SCHEMA_SHAPE_LIST,
	SCHEMA_SHAPE_ONE_OR_LIST,
	SCHEMA_SHAPE_MAP
};

struct schema_keyword {
	const char *name;
	unsigned drafts;
	enum schema_shape shape;
	enum cvp_code (*compile)(struct schema_builder *builder, struct cvp_schema *schema,
				 const struct schema_keyword *keyword, const json_t *value); /* NULL: nothing to do */
	size_t slot; /* of the member the handler fills, in its group */
};

/* The keyword of that name in a schema of that draft, or NULL. */
const struct schema_keyword *cvp_schema_keyword(const char *name, unsigned draft);

/* schema_scan.c: finds all schemas of a document, with resources and anchors. */
CVP_CHECKED enum cvp_code cvp_schema_scan(struct schema_builder *builder, struct schema_document *document);

/* Takes one more value for a schema: what a JSON Pointer hits outside of the known keywords. */
CVP_CHECKED enum cvp_code cvp_schema_scan_at(struct schema_builder *builder, struct schema_resource *resource,
					     const json_t *value, const char *where, struct cvp_schema **schema);

/* The schema scanned at this object of the document, or NULL. */
struct cvp_schema *cvp_schema_at(const struct cvp_schemas *set, const struct schema_document *document,
				 const json_t *value);

/* schema_resolve.c: what a reference in schema points to; *is_dynamic: it hit a $dynamicAnchor by name. */
CVP_CHECKED enum cvp_code cvp_schema_resolve(struct schema_builder *builder, const struct cvp_schema *schema,
					     const char *reference, struct cvp_schema **target,
					     const char **dynamic_name);

/* schema_compile.c: the keywords of one schema, then the whole set's check for circles. */
CVP_CHECKED enum cvp_code cvp_schema_compile(struct schema_builder *builder, struct cvp_schema *schema);
CVP_CHECKED enum cvp_code cvp_schema_check_circles(struct schema_builder *builder);

#endif
