/* keep.h - how long a stored version is to be kept: what a PATCH or a form wishes (SPEC 4.2), and what stands beside
 * it. Pure but for the clock. */
#ifndef CVP_SERVICE_KEEP_H
#define CVP_SERVICE_KEEP_H

#include <jansson.h>
#include <stdint.h>

#include "core/code.h"

struct cvp_ctx;

/* body: {pinned} or {expires_at}. *until: CVP_FOREVER where it is pinned; unpinned it has its 90 days at least; else a
 * time in the future, at most 730 days on, or CVP_INVALID_INPUT. */
CVP_CHECKED enum cvp_code cvp_keep_wish(struct cvp_ctx *ctx, const json_t *body, int64_t created_at, int64_t *until);

/* The same wish as the form of a page says it by its _action: pin, unpin, or extend with expires_at, a date, which is
 * kept as well. NULL: another action. Owned by the context. */
json_t *cvp_keep_of_form(struct cvp_ctx *ctx, const json_t *form);

/* What a version may be compared with: {version, ref} of the other versions listed, ref the member of that name. A new
 * reference. */
json_t *cvp_keep_others(const json_t *versions, int version, const char *ref);

#endif
