/* cvs.h - a candidate's CVs: import, versions, primary, export. Models are the wire's (SPEC 2.2, 4.2). */
#ifndef CVP_SERVICE_CVS_H
#define CVP_SERVICE_CVS_H

#include <jansson.h>
#include <stddef.h>

#include "core/code.h"
#include "service/cv_file.h"
#include "service/gate.h"

struct cvp_ctx;
struct cvp_export;

/* body: {text_content}, {file_content (base64)}, {resume} or {user_cv}; or file. Parses and stores a new CV.
 * *model: {cv_id, version, resume, user_cv, language_detected, parse_time_ms, warnings[], error: null}. */
CVP_CHECKED enum cvp_code cvp_cvs_import(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					 struct cvp_file file, json_t **model);

/* The same for a CV there is: the next version, provided the newest one is expected_version (0: any), else
 * CVP_CONFLICT. */
CVP_CHECKED enum cvp_code cvp_cvs_update(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					 int expected_version, const json_t *body, struct cvp_file file,
					 json_t **model);

/* What is given as for cvp_cvs_import(), read for a person to complete (cv_file.h) and not stored. *text: what it says
 * in words, NULL where it came as an object. */
CVP_CHECKED enum cvp_code cvp_cvs_read(struct cvp_ctx *ctx, const json_t *body, struct cvp_file file,
				       struct cvp_cv_import *import, const char **text, size_t *length);

/* Stores what a person made of it: a new CV where cv_id is NULL, else its next version (cvp_cvs_update()). original:
 * the words it was read from, NULL where there are none. */
CVP_CHECKED enum cvp_code cvp_cvs_save(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
				       int expected_version, const json_t *resume, const char *original,
				       json_t **model);

/* *model: {cvs[]}. */
CVP_CHECKED enum cvp_code cvp_cvs_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, json_t **model);

/* *model: the envelope of SPEC 2.2 {cv_id, version, is_primary, language, created_at, updated_at, resume}.
 * version 0: the newest. */
CVP_CHECKED enum cvp_code cvp_cvs_get(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
				      int version, json_t **model);

/* The same with {view}: what templates/partial/cv.html shows. */
CVP_CHECKED enum cvp_code cvp_cvs_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
				       int version, json_t **model);

/* *model: {versions[]}. */
CVP_CHECKED enum cvp_code cvp_cvs_versions(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					   json_t **model);

/* The page of them: {cv_id, name, head_version, versions[] {version, created_at, is_newest, is_before, is_after},
 * has_others}, and, where before and after are versions and not 0, what differs: {before, after, parts[], has_parts}
 * (career/compare.h). Without both, the newest two are chosen and not yet compared. */
CVP_CHECKED enum cvp_code cvp_cvs_history(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					  int before, int after, json_t **model);

CVP_CHECKED enum cvp_code cvp_cvs_make_primary(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id);
CVP_CHECKED enum cvp_code cvp_cvs_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id);

/* A CV, as cvp_cvs_get() gives it, as a file (export.h). */
CVP_CHECKED enum cvp_code cvp_cvs_export(struct cvp_ctx *ctx, const json_t *cv, const char *format,
					 struct cvp_export *exported);

#endif
