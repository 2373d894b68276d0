/* cv_file.h - a CV as a file of any kind, read: PDF, DOCX, text, Markdown, JSON (SPEC 10). No database. */
#ifndef CVP_SERVICE_CV_FILE_H
#define CVP_SERVICE_CV_FILE_H

#include <stddef.h>

#include "career/cv_import.h"

/* Bytes of a file; told by their content. bytes NULL: there is none. */
struct cvp_file {
	const char *bytes;
	size_t length;
};

/* Documents are read by a process of their own, at most EXTRACT_JOBS at once in a program: CVP_BUSY after 30 seconds of
 * waiting. A resume.json attached to a PDF goes before its text. The codes of cvp_document_extract() and of
 * cvp_cv_import_bytes(). */
CVP_CHECKED enum cvp_code cvp_cv_file_import(struct cvp_ctx *ctx, const struct cvp_assets *assets, struct cvp_file file,
					     struct cvp_cv_import *import);

/* The same for a person to look at and complete: a text may lack the name, or be short; nothing of it is stored. *text:
 * what the file says in words, of *length bytes, NULL where it is not known. */
CVP_CHECKED enum cvp_code cvp_cv_file_read(struct cvp_ctx *ctx, const struct cvp_assets *assets, struct cvp_file file,
					   struct cvp_cv_import *import, const char **text, size_t *length);

/* The media type it is kept under. */
const char *cvp_cv_file_type(struct cvp_file file);

#endif
