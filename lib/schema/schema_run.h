/* schema_run.h - one validation under way: what its files share. Lives on the stack of cvp_schema_validate(). */
#ifndef CVP_SCHEMA_RUN_H
#define CVP_SCHEMA_RUN_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/ctx.h"
#include "schema/schema_internal.h"

/* How the instance was walked down to a value: a chain on the stack, made into a JSON Pointer only for a violation. */
struct schema_place {
	const struct schema_place *parent; /* NULL at the root */
	const char *name;                  /* of a member; NULL for an item */
	size_t length;                     /* of name */
	size_t index;                      /* of an item */
	bool is_declared;                  /* the name is the schema's, not the instance's alone: fit for a message */
	bool is_name;                      /* the value looked at is the name itself */
};

/* Resources entered on the way here, the outermost last: where a $dynamicRef looks. */
struct schema_scope {
	const struct schema_scope *outer;
	const struct schema_resource *resource;
};

struct schema_run {
	struct cvp_ctx *ctx;
	json_t *violations; /* NULL until the first one */
	size_t missing;     /* of them, absent members */
	unsigned quiet;     /* above 0 only yes or no is asked, and the first no ends it */
	unsigned depth, steps;
	bool is_over; /* nothing more is to be found out: enough violations, or too much work */
	const char *refusal;
	const struct schema_scope *scope;
	struct cvp_pattern_scratch *scratch;
};

/* Which members or items some keyword has looked at, by their order; for unevaluatedProperties and -Items. */
#define SCHEMA_MARKS_INLINE 2

struct schema_marks {
	size_t count;
	uint64_t inlined[SCHEMA_MARKS_INLINE];
	uint64_t *words; /* NULL where the inlined ones are enough */
};

void cvp_schema_marks_begin(struct schema_marks *marks, size_t count);
void cvp_schema_marks_end(struct schema_marks *marks);
void cvp_schema_marks_merge(struct schema_marks *into, const struct schema_marks *from);
bool cvp_schema_is_marked(const struct schema_marks *marks, size_t index);

/* Where marks is NULL nobody asks. */
void cvp_schema_mark(struct schema_marks *marks, size_t index);
void cvp_schema_mark_all(struct schema_marks *marks);

/* Is value valid? Adds violations unless run is quiet; marks (may be NULL) get what was looked at. */
bool cvp_schema_check(struct schema_run *run, const struct cvp_schema *schema, const json_t *value,
		      const struct schema_place *place, struct schema_marks *marks);

/* The same, without a word. */
bool cvp_schema_accepts(struct schema_run *run, const struct cvp_schema *schema, const json_t *value,
			const struct schema_place *place, struct schema_marks *marks);

/* Is there a point in checking more, after is_valid so far? */
static inline bool
cvp_schema_goes_on(const struct schema_run *run, bool is_valid)
{
	return (is_valid || run->quiet == 0) && !run->is_over;
}

/* The groups of keywords; type is the bit of value's type. */
bool cvp_schema_check_text(struct schema_run *run, const struct schema_text *text, const json_t *value,
			   const struct schema_place *place);
bool cvp_schema_check_number(struct schema_run *run, const struct schema_number *number, const json_t *value,
			     const struct schema_place *place);
bool cvp_schema_check_items(struct schema_run *run, const struct schema_items *items, const json_t *value,
			    const struct schema_place *place, struct schema_marks *marks);
bool cvp_schema_check_members(struct schema_run *run, const struct schema_members *members, const json_t *value,
			      const struct schema_place *place, struct schema_marks *marks);
bool cvp_schema_check_logic(struct schema_run *run, const struct schema_logic *logic, const json_t *value,
			    const struct schema_place *place, struct schema_marks *marks);

/* What is left once all the rest of the schema was valid. */
bool cvp_schema_check_unevaluated_items(struct schema_run *run, const struct schema_items *items, const json_t *value,
					const struct schema_place *place, struct schema_marks *marks);
bool cvp_schema_check_unevaluated_members(struct schema_run *run, const struct schema_members *members,
					  const json_t *value, const struct schema_place *place,
					  struct schema_marks *marks);

/* Does text have pattern in it? A pattern that costs too much ends the run. */
bool cvp_schema_finds(struct schema_run *run, const struct cvp_pattern *pattern, const char *text, size_t length);

unsigned cvp_schema_type_of(const json_t *value);

/* Ends the run with a reason, as a violation of the document as a whole. */
void cvp_schema_refuse(struct schema_run *run, const char *refusal);

/* schema_report.c: violations and their sentences. */

/* Adds a violation, "SUBJECT PREDICATE", unless run is quiet. Returns false, for the caller to return. */
bool cvp_schema_violate(struct schema_run *run, const struct schema_place *place, const char *predicate, ...)
    CVP_PRINTF(3, 4);

/* A violation whose sentence is whole already. */
bool cvp_schema_violate_whole(struct schema_run *run, const struct schema_place *place, const char *message);

/* Member name of the object at place is absent. */
bool cvp_schema_violate_missing(struct schema_run *run, const struct schema_place *place,
				const struct schema_name *name);

/* "must be a string or null" */
bool cvp_schema_violate_type(struct schema_run *run, const struct schema_place *place, unsigned types);

/* "must be 5" and "must be one of: ..." */
bool cvp_schema_violate_constant(struct schema_run *run, const struct schema_place *place, const json_t *constant);
bool cvp_schema_violate_choice(struct schema_run *run, const struct schema_place *place, const json_t *choices);

/* No branch of anyOf or oneOf fits: says what is most of help. */
bool cvp_schema_violate_branches(struct schema_run *run, const struct schema_list *list, const json_t *value,
				 const struct schema_place *place);

/* Puts the outcome of the run into its context. */
CVP_CHECKED enum cvp_code cvp_schema_outcome(struct schema_run *run, bool is_valid);

#endif
