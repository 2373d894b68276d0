/* schema_compile.h - the handlers of the keyword table (schema_keywords.c).
 *
 * Each reads one keyword's value into its group of the schema; CVP_INVALID_INPUT names the keyword's place and what it
 * takes. keyword->slot is the member to fill where one handler serves several keywords. */
#ifndef CVP_SCHEMA_COMPILE_H
#define CVP_SCHEMA_COMPILE_H

#include "schema/schema_internal.h"

#define SCHEMA_HANDLER(name)                                                                                           \
	CVP_CHECKED enum cvp_code name(struct schema_builder *builder, struct cvp_schema *schema,                      \
				       const struct schema_keyword *keyword, const json_t *value)

/* schema_compile.c: types, values, strings, numbers */
SCHEMA_HANDLER(cvp_compile_type);
SCHEMA_HANDLER(cvp_compile_const);
SCHEMA_HANDLER(cvp_compile_enum);
SCHEMA_HANDLER(cvp_compile_text_limit);
SCHEMA_HANDLER(cvp_compile_pattern);
SCHEMA_HANDLER(cvp_compile_format);
SCHEMA_HANDLER(cvp_compile_number);

/* schema_compile_array.c */
SCHEMA_HANDLER(cvp_compile_items_limit);
SCHEMA_HANDLER(cvp_compile_unique);
SCHEMA_HANDLER(cvp_compile_prefix);
SCHEMA_HANDLER(cvp_compile_items);
SCHEMA_HANDLER(cvp_compile_items_or_prefix);
SCHEMA_HANDLER(cvp_compile_additional_items);

/* schema_compile_object.c */
SCHEMA_HANDLER(cvp_compile_members_limit);
SCHEMA_HANDLER(cvp_compile_required);
SCHEMA_HANDLER(cvp_compile_properties);
SCHEMA_HANDLER(cvp_compile_pattern_properties);
SCHEMA_HANDLER(cvp_compile_members);
SCHEMA_HANDLER(cvp_compile_dependencies);
SCHEMA_HANDLER(cvp_compile_dependent_required);
SCHEMA_HANDLER(cvp_compile_dependent_schemas);

/* schema_compile_logic.c */
SCHEMA_HANDLER(cvp_compile_list);
SCHEMA_HANDLER(cvp_compile_branch);
SCHEMA_HANDLER(cvp_compile_ref);
SCHEMA_HANDLER(cvp_compile_dynamic_ref);
SCHEMA_HANDLER(cvp_compile_definitions);

/* Helpers of the handlers. Each fails with the keyword's place. */

/* CVP_INVALID_INPUT "URI#/pointer/keyword: takes" */
enum cvp_code cvp_compile_fail(struct schema_builder *builder, const struct cvp_schema *schema,
			       const struct schema_keyword *keyword, const char *takes);

/* A count: a whole number of 0 or more; what is too large to count is SIZE_MAX. */
CVP_CHECKED enum cvp_code cvp_compile_count(struct schema_builder *builder, const struct cvp_schema *schema,
					    const struct schema_keyword *keyword, const json_t *value, size_t *count);

/* The schema that stands at value. */
CVP_CHECKED enum cvp_code cvp_compile_child(struct schema_builder *builder, struct cvp_schema *schema,
					    const struct schema_keyword *keyword, const json_t *value,
					    const struct cvp_schema **child);

CVP_CHECKED enum cvp_code cvp_compile_children(struct schema_builder *builder, struct cvp_schema *schema,
					       const struct schema_keyword *keyword, const json_t *value,
					       struct schema_list *list);

/* An array of texts. */
CVP_CHECKED enum cvp_code cvp_compile_names(struct schema_builder *builder, struct cvp_schema *schema,
					    const struct schema_keyword *keyword, const json_t *value,
					    struct schema_names *names);

CVP_CHECKED enum cvp_code cvp_compile_regex(struct schema_builder *builder, struct cvp_schema *schema,
					    const struct schema_keyword *keyword, const char *text, size_t length,
					    const struct cvp_pattern **pattern);

/* The member at keyword->slot of a group. */
static inline void *
cvp_compile_slot(void *group, const struct schema_keyword *keyword)
{
	return (char *)group + keyword->slot;
}

#endif
