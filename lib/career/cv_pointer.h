/* cv_pointer.h - RFC 6901 pointers built member by member. Private to the CV's files. Results are in the arena. */
#ifndef CVP_CAREER_CV_POINTER_H
#define CVP_CAREER_CV_POINTER_H

#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;

/* parent + "/" + key, with '~' and '/' of the key escaped. */
const char *cvp_pointer_key(struct cvp_ctx *ctx, const char *parent, const char *key);

/* parent + "/" + index. */
const char *cvp_pointer_index(struct cvp_ctx *ctx, const char *parent, size_t index);

/* CVP_VALIDATION_ERROR at the pointer: what stands there must be `wanted` ("text", "an object"). */
CVP_CHECKED enum cvp_code cvp_pointer_wants(struct cvp_ctx *ctx, const char *pointer, const char *wanted);

#endif
