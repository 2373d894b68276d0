/* cv_form.h - a CV corrected by hand: a document read into a form, a stored CV as one, saved as a version (SPEC 2.2).
 *
 * Models are those of templates/partial/cv_form.html: {cv_form (career/cv_form.h), cv_id?, version?, head_version?,
 * is_stale?, draft?, original?, warnings[]?}. draft is the resume a document was read as, in JSON: the form carries it,
 * for what it does not show itself; without it the form is that of the stored version. cv_id NULL: a CV that is new. */
#ifndef CVP_SERVICE_CV_FORM_H
#define CVP_SERVICE_CV_FORM_H

#include <jansson.h>

#include "core/code.h"
#include "service/cv_file.h"
#include "service/gate.h"

struct cvp_ctx;

/* Reads a document, given as for cvp_cvs_import(), into a form. One that is a CV in JSON leaves nothing to correct: it
 * is stored, and *model is cvp_cvs_import()'s, with cv_id and without cv_form. */
CVP_CHECKED enum cvp_code cvp_cvs_form_read(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					    const json_t *body, struct cvp_file file, json_t **model);

/* Was the body sent by the form? */
bool cvp_cvs_form_is(const json_t *body);

/* The form: as typed where the body is one, with the errors of what was to be saved; else that of the stored CV. */
CVP_CHECKED enum cvp_code cvp_cvs_form_show(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					    const json_t *body, json_t **model);

/* The form as typed, with an entry more or less (cvp_cv_form_change()); CVP_INVALID_INPUT for another action. */
CVP_CHECKED enum cvp_code cvp_cvs_form_change(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					      const json_t *body, const char *action, json_t **model);

/* Stores what was typed. CVP_CONFLICT where the newest version is not the one of the form any more, unless it is to be
 * stored all the same. *model: as of cvp_cvs_import(). */
CVP_CHECKED enum cvp_code cvp_cvs_form_save(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *cv_id,
					    const json_t *body, bool over_newer, json_t **model);

#endif
