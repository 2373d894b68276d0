/* docx.h - the text of a Word document, by libzip and Expat. Private to careervp-extract.
 *
 * What stands in headers comes first, once; then the body in its order: a paragraph a line, cells of a table one after
 * another, list entries behind a bullet, headings behind an empty line. Text in boxes follows the paragraph that holds
 * them. Nothing outside the archive is read, no entity is expanded, no more is unpacked than the limits allow. */
#ifndef CVP_DOCUMENT_DOCX_H
#define CVP_DOCUMENT_DOCX_H

#include "core/buf.h"

struct cvp_ctx;

#define CVP_DOCX_ENTRIES  4096                       /* files in the archive */
#define CVP_DOCX_UNPACKED ((size_t)32 * 1024 * 1024) /* bytes of one part */

/* Appends to text. CVP_UNSUPPORTED_FILE_FORMAT for another archive, CVP_DOCUMENT_ENCRYPTED, CVP_PAYLOAD_TOO_LARGE where
 * it unpacks to too much, CVP_DOCUMENT_UNREADABLE. */
CVP_CHECKED enum cvp_code cvp_docx_text(struct cvp_ctx *ctx, const char *bytes, size_t length, struct cvp_buf *text);

#endif
