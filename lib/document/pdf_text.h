/* pdf_text.h - what `pdftotext -bbox-layout` prints (XHTML: pages of words with boxes), made text in reading order.
 *
 * Pure: bytes in, text out. Columns are found by their geometry and follow each other, over pages too; a line that
 * begins with CVP_PDF_COLUMN says that another column begins there. Cells of a row are parted by a tab, lines that were
 * wrapped are one again, indents are kept, bullets are "• ", running heads and page numbers are gone, text written from
 * right to left is in logical order. */
#ifndef CVP_DOCUMENT_PDF_TEXT_H
#define CVP_DOCUMENT_PDF_TEXT_H

#include <stddef.h>

#include "core/buf.h"
#include "core/code.h"

struct cvp_ctx;

#define CVP_PDF_PAGES  100    /* SPEC 2.5 */
#define CVP_PDF_COLUMN '\x1D' /* the group separator */

/* xhtml: borrowed. Appends UTF-8 to text; nothing where the pages hold no word. CVP_DOCUMENT_UNREADABLE where no page
 * can be read, CVP_PAYLOAD_TOO_LARGE beyond so many pages, a million words, or what text may hold. */
CVP_CHECKED enum cvp_code cvp_pdf_text(struct cvp_ctx *ctx, const char *xhtml, size_t length, struct cvp_buf *text);

#endif
