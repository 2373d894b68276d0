/* cv_import.h - a CV as people bring it, made a JSON Resume 1.3.1 object with our x_ keys (SPEC 2.2).
 *
 * Pure. Results are owned by the context. Nothing is invented: every string of the result stands in the input. */
#ifndef CVP_CAREER_CV_IMPORT_H
#define CVP_CAREER_CV_IMPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/code.h"

struct cvp_ctx;
struct cvp_assets;

struct cvp_cv_import {
	json_t *resume;       /* JSON Resume */
	json_t *warnings;     /* array of sentences: what was unsure, dropped or cut */
	const char *language; /* "en", "ru", "he": detected, or meta.x_language */
	bool was_json;        /* it came as a JSON object, not as text */
};

/* A JSON object: JSON Resume (normalised only where it must be, no member removed, moved or reordered), the UserCV
 * shape (told by full_name, contact_info, experience), Reactive Resume 4 and 5 (basics and sections) or FRESH. Checks
 * the limits of SPEC 2.5 and the kinds of all members: CVP_VALIDATION_ERROR with pointers, CVP_INSUFFICIENT_CV_DATA. */
CVP_CHECKED enum cvp_code cvp_cv_import_json(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *object,
					     struct cvp_cv_import *import);

/* Plain text or Markdown: sections, jobs with titles, employers and dates, education, skills, contact, languages, in
 * en, ru, he. What was not understood is kept (summary or x_unparsed) and named in warnings. CVP_EMPTY_DOCUMENT without
 * any text, CVP_INSUFFICIENT_CV_DATA under 100 or over 1,000,000 characters, or where no name or none of work,
 * education, skills was found. */
CVP_CHECKED enum cvp_code cvp_cv_import_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text,
					     size_t length, struct cvp_cv_import *import);

/* The same reading of any length, with or without a name: for a form in which the person adds what the document does
 * not say. CVP_INSUFFICIENT_CV_DATA where none of work, education, skills was found. A line that begins with U+001D
 * parts two columns. */
CVP_CHECKED enum cvp_code cvp_cv_read_text(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *text,
					   size_t length, struct cvp_cv_import *import);

/* Where a person should look once more at what was read in a text: [{pointer, reason}], a JSON Pointer into the resume
 * and "missing" (nothing stands there: the text did not say it, or it was not found) or "not_understood" (a line kept
 * in x_unparsed). Owned by the context. */
json_t *cvp_cv_unsure(struct cvp_ctx *ctx, const json_t *resume);

/* Bytes of a file or a text field, told by content: a JSON object, else text. CVP_UNSUPPORTED_FILE_FORMAT for PDF, DOCX
 * and other binary formats, CVP_INVALID_JSON, CVP_INVALID_INPUT for bytes that are no UTF-8. */
CVP_CHECKED enum cvp_code cvp_cv_import_bytes(struct cvp_ctx *ctx, const struct cvp_assets *assets, const char *bytes,
					      size_t length, struct cvp_cv_import *import);

/* The same CV as a UserCV object (SPEC 2.2's table read from right to left), owned by the context; NULL, the failure
 * recorded, where the resume is none that cvp_cv_parse() takes. */
json_t *cvp_cv_to_user_cv(struct cvp_ctx *ctx, const json_t *resume);

#endif
