/* extract_wire.h - what careervp-extract says on its standard output: a head line, then what it announces.
 *
 *   careervp-extract CODE TEXT RESUME\n     CODE: a number of enum cvp_code; TEXT and RESUME: bytes
 *   text, or the sentence of a failure
 *   resume.json, if one was attached */
#ifndef CVP_DOCUMENT_EXTRACT_WIRE_H
#define CVP_DOCUMENT_EXTRACT_WIRE_H

#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_extract;

#define CVP_EXTRACT_HEAD     "careervp-extract "
#define CVP_EXTRACT_TEXT_MAX ((size_t)8 * 1024 * 1024)
#define CVP_EXTRACT_JSON_MAX ((size_t)4 * 1024 * 1024)
#define CVP_EXTRACT_FILE_MAX ((size_t)10 * 1024 * 1024) /* SPEC 2.5 */

/* Reads what it said, of which nothing is believed; said has a NUL behind. As cvp_document_extract(). */
CVP_CHECKED enum cvp_code cvp_extract_take(struct cvp_ctx *ctx, const char *said, size_t length,
					   struct cvp_extract *extract);

#endif
