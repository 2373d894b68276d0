/* requirement_core.h - where the core of a demand begins and ends: what leads to it, weighs it or follows as an aside
 * is no part of it. All places are word numbers of the clause.
 *
 * Pure. Results are in the context's arena. Private to requirement extraction. */
#ifndef CVP_CAREER_REQUIREMENT_CORE_H
#define CVP_CAREER_REQUIREMENT_CORE_H

#include <stdbool.h>
#include <stddef.h>

#include "career/requirement_clause.h"

struct cvp_ctx;

/* First word behind the lead ("You will be expected to"). A lead never takes a name or the whole. */
size_t cvp_demand_after_lead(const struct cvp_clause *clause);

/* "As a Linux specialist, you will be": the demand begins behind the comma; 0 where nothing like it stands. */
size_t cvp_demand_after_role(const struct cvp_clause *clause);

/* Words kept of a demand that ends in its weight: "... is a huge plus", "... - required". */
size_t cvp_demand_before_weight(const struct cvp_clause *clause);

/* Words kept of a demand that goes on with a purpose or an aside: long ones at the first dash or "so that", duties also
 * where a participle adds what else comes with it (", owning ..."). */
size_t cvp_demand_before_aside(const struct cvp_clause *clause, bool is_duty);

/* Does ", owning the whole of it" begin at word i? Not so one of several verbs in a list. */
bool cvp_demand_starts_participle(const struct cvp_clause *clause, size_t i);

/* A copy without the signs a demand ends in. */
const char *cvp_demand_without_end(struct cvp_ctx *ctx, const char *text);

#endif
