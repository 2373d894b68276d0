/* extract.h - the text of a PDF or a Word document, read by careervp-extract in a process of its own (DESIGN 6).
 *
 * A document cannot hurt who asks: the child has limits of CPU, memory and time, no network and no right to write. Any
 * thread. Whoever limits how many run at once does it around this. */
#ifndef CVP_DOCUMENT_EXTRACT_H
#define CVP_DOCUMENT_EXTRACT_H

#include <stddef.h>

#include "core/code.h"
#include "document/sniff.h"

struct cvp_ctx;

#define CVP_EXTRACT_SECONDS 25 /* wall time; its CPU time is bounded at 20 (SPEC 10) */

/* All in the context's arena, with a NUL behind. */
struct cvp_extract {
	const char *text;
	size_t length;
	const char *resume; /* the resume.json attached to a PDF; NULL where there is none */
	size_t resume_length;
};

/* Starts the program EXTRACT_PROGRAM on the bytes. CVP_EMPTY_DOCUMENT, CVP_DOCUMENT_ENCRYPTED, CVP_DOCUMENT_UNREADABLE
 * (also where the child died or took too long), CVP_UNSUPPORTED_FILE_FORMAT, CVP_PAYLOAD_TOO_LARGE; CVP_INTERNAL_ERROR
 * where it cannot be run. */
CVP_CHECKED enum cvp_code cvp_document_extract(struct cvp_ctx *ctx, const char *bytes, size_t length,
					       struct cvp_extract *extract);

#endif
