/* pdf_text.h - the words of a PDF's pages, with their places, made lines of text as a person reads them. Private to
 * careervp-extract; pure.
 *
 * What stands on one height is one line, its parts apart by as many blanks as the page has room between them, so that a
 * date at the right margin stays with its title. Two columns with a gutter between them are read one after the other,
 * the one with the largest letters first; a column of dates beside what they date is no such column. */
#ifndef CVP_DOCUMENT_PDF_TEXT_H
#define CVP_DOCUMENT_PDF_TEXT_H

#include "core/buf.h"

struct cvp_ctx;

#define CVP_PDF_PAGES 100 /* SPEC 2.5 */

/* xhtml: what `pdftotext -bbox-layout` writes. Appends to text. CVP_PAYLOAD_TOO_LARGE beyond so many pages,
 * CVP_DOCUMENT_UNREADABLE where it is no such XHTML. */
CVP_CHECKED enum cvp_code cvp_pdf_text(struct cvp_ctx *ctx, const char *xhtml, size_t length, struct cvp_buf *text);

#endif
