/* applications.h - a candidate's applications, and the match of one. Models are the wire's (SPEC 4.2). */
#ifndef CVP_SERVICE_APPLICATIONS_H
#define CVP_SERVICE_APPLICATIONS_H

#include <jansson.h>

#include "core/code.h"
#include "service/gate.h"

#define CVP_SEARCHED_APPLICATIONS 500 /* the newest ones are opened and searched; sealed bodies have no index */

struct cvp_ctx;

/* One page of a list. */
struct cvp_page {
	const char *search; /* words that must all stand in company, title or id; NULL or "": all */
	const char *cursor; /* next_cursor of the page before; NULL: from the newest */
	int limit;          /* 1 to 100 */
};

/* *model: {items[] {application_id, company_name, role_title, location?, stage, cv_id?, created_at, updated_at}, count,
 * next_cursor?, is_cut}; is_cut: there are more applications than were searched. */
CVP_CHECKED enum cvp_code cvp_applications_list(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						struct cvp_page page, json_t **model);

/* body: {application_id?, cv_id?, job_posting}: an object, or text. Makes it, or replaces its posting.
 * *model: as cvp_applications_get, with warnings[]. */
CVP_CHECKED enum cvp_code cvp_applications_put(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					       json_t **model);

/* *model: {application_id, cv_id?, posting, stage, created_at, updated_at, vprs[]}. */
CVP_CHECKED enum cvp_code cvp_applications_get(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					       const char *application_id, json_t **model);

CVP_CHECKED enum cvp_code cvp_applications_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						  const char *application_id);

/* body: {cv_id?, job_posting or job_description or application_id}. *model: the Match; stored for an application. */
CVP_CHECKED enum cvp_code cvp_match_make(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					 json_t **model);

/* The page of an application's newest match: {application_id, posting, artifact? (the view of its kind), cv?}. */
CVP_CHECKED enum cvp_code cvp_match_show(struct cvp_ctx *ctx, const struct cvp_caller *caller,
					 const char *application_id, json_t **model);

#endif
