/* cv_form.h - a CV as a form that a person corrects: what stands in it as fields, and what was typed as a CV again.
 *
 * Pure; results are owned by the context. A form is {name, email, phone, location, summary, skills, languages,
 * unparsed, work[], education[]}, all texts; an entry of work is {position, company, place, start, end, about, lines,
 * at?}, of education {school, degree, area, start, end, at?}. `at` is the entry's place in the CV the form was made of:
 * whatever of it the form does not show stays as it is. Lists are texts of one line each. */
#ifndef CVP_CAREER_CV_FORM_H
#define CVP_CAREER_CV_FORM_H

#include <jansson.h>

#include "core/code.h"

struct cvp_ctx;

/* The form of a CV. A section the resume holds in a shape that is no list of entries is not in it. */
json_t *cvp_cv_form_of_resume(struct cvp_ctx *ctx, const json_t *resume);

/* What was typed: body has a text for each field, those of entries as work_0_position; work_count and education_count
 * say how many entries there are. */
json_t *cvp_cv_form_of_body(struct cvp_ctx *ctx, const json_t *body);

/* An entry more or less: "add_work", "remove_work_0", the same of education. false: no such action. */
bool cvp_cv_form_change(json_t *form, const char *action);

/* The resume the form was made of, with what was typed in its place. Entries without a word are left out. Unchecked:
 * cvp_cv_import_json() says what is wrong with it. */
json_t *cvp_cv_form_resume(struct cvp_ctx *ctx, const json_t *form, const json_t *resume);

/* What templates/partial/cv_form.html shows. unsure: of cvp_cv_unsure(), or NULL; errors: the details of a failure of
 * cvp_cv_import_json(), or NULL; both with pointers into cvp_cv_form_resume()'s result. */
json_t *cvp_cv_form_view(struct cvp_ctx *ctx, const json_t *form, const json_t *resume, const json_t *unsure,
			 const json_t *errors);

#endif
