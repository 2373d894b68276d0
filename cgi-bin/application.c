/* application - a candidate's applications, and matches. */
#include "service/applications.h"

#include <string.h>

#include "core/ctx.h"
#include "core/id.h"
#include "service/cvs.h"
#include "service/input.h"
#include "service/jobs.h"
#include "web/web.h"

#define PAGE_SIZE 20

static enum cvp_code
list(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_page page = { .search = cvp_query(req, "q"), .cursor = cvp_query(req, "cursor") };
	enum cvp_code code;

	code = cvp_query_int(ctx, req, "limit", 1, 100, PAGE_SIZE, &page.limit);
	if (code == CVP_OK)
		code = cvp_applications_list(ctx, &req->caller, page, model);
	if (code == CVP_OK && page.search != NULL)
		json_object_set_new(*model, "q", json_string(page.search));
	return code;
}

static enum cvp_code
put(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_applications_put(ctx, &req->caller, req->body, model);
}

static enum cvp_code
get(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_applications_get(ctx, &req->caller, cvp_path(req, "application_id"), model);
}

static enum cvp_code
delete_application(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_applications_delete(ctx, &req->caller, cvp_path(req, "application_id"));
}

static enum cvp_code
match(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_match_make(ctx, &req->caller, req->body, model);
}

static enum cvp_code
show_match(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_match_show(ctx, &req->caller, cvp_path(req, "application_id"), model);
}

static enum cvp_code
match_by_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *application_id = cvp_path(req, "application_id");
	json_t *body = cvp_own(ctx, json_pack("{s:s}", "application_id", application_id));

	req->reply->location = cvp_arena_printf(ctx->arena, "/applications/%s/match", application_id);
	return cvp_match_make(ctx, &req->caller, body, model);
}

static enum cvp_code
new_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_cvs_list(ctx, &req->caller, model);
}

/* What the form says beside the text wins over what was read in the text; without either the person is asked. */
static enum cvp_code
complete_posting(struct cvp_ctx *ctx, const struct cvp_request *req, json_t *posting)
{
	static const struct {
		const char *name, *question;
	} needed[] = {
		{ "company_name", "The text does not name the employer; fill it in." },
		{ "role_title", "The text does not name the position; fill it in." },
	};

	for (size_t i = 0; i < CVP_COUNT(needed); i++) {
		const char *typed = cvp_body_text(req, needed[i].name);

		if (typed != NULL)
			json_object_set_new(posting, needed[i].name, json_string(typed));
		if (json_string_value(json_object_get(posting, needed[i].name)) == NULL)
			return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD,
					   cvp_arena_printf(ctx->arena, "/%s", needed[i].name), "%s",
					   needed[i].question);
	}
	return CVP_OK;
}

/* Asks for the report and leads to the page that shows its progress. */
static enum cvp_code
submit(struct cvp_ctx *ctx, const struct cvp_request *req, const json_t *body, json_t **model)
{
	enum cvp_code code;

	code = cvp_vpr_submit(ctx, &req->caller, body, NULL, &req->reply->allowance, model);
	if (code == CVP_OK)
		req->reply->location = cvp_arena_printf(ctx->arena, "/jobs/%s",
							json_string_value(json_object_get(*model, "job_id")));
	return code;
}

/* The form of a new application: takes the posting and has the report written. */
static enum cvp_code
apply(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_posting_import import;
	enum cvp_code code;
	json_t *body;

	code = cvp_posting_take(ctx, json_object_get(req->body, "job_posting"), "/job_posting", &import);
	if (code == CVP_OK)
		code = complete_posting(ctx, req, import.posting);
	if (code != CVP_OK)
		return code;
	body = cvp_own(ctx, json_pack("{s:s, s:O, s:O*, s:O*}", "application_id", cvp_uuid_new().text, "job_posting",
				      import.posting, "cv_id", json_object_get(req->body, "cv_id"), "language",
				      json_object_get(req->body, "language")));
	return submit(ctx, req, body, model);
}

/* The report of an application once more, on the CV as it is now. */
static enum cvp_code
report_again(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *application_id = cvp_path(req, "application_id");
	json_t *application, *body;
	enum cvp_code code;

	code = cvp_applications_get(ctx, &req->caller, application_id, &application);
	if (code != CVP_OK)
		return code;
	body = cvp_own(ctx, json_pack("{s:s, s:O*, s:O*}", "application_id", application_id, "job_posting",
				      json_object_get(application, "posting"), "cv_id",
				      json_object_get(req->body, "cv_id")));
	return submit(ctx, req, body, model);
}

/* The buttons of an application's page. */
static enum cvp_code
change(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action");

	if (action != NULL && strcmp(action, "report") == 0)
		return report_again(ctx, req, model);
	if (action == NULL || strcmp(action, "delete") != 0)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action", "_action must be report or delete.");
	req->reply->location = "/applications";
	return delete_application(ctx, req, model);
}

static const struct cvp_route routes[] = {
	{ CVP_GET, "/api/applications", NULL, list, NULL, CVP_USER },
	{ CVP_POST, "/api/applications", "application", put, NULL, CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/api/applications/{application_id}", NULL, get, NULL, CVP_USER },
	{ CVP_DELETE, "/api/applications/{application_id}", NULL, delete_application, NULL, CVP_USER },
	{ CVP_POST, "/api/match", "match_request", match, NULL, CVP_USER | CVP_SPEND_GENERATION | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/applications", NULL, list, "application/list", CVP_USER },
	{ CVP_GET, "/applications/new", NULL, new_page, "application/new", CVP_USER },
	{ CVP_POST, "/applications/new", "application_form", apply, "application/new", CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/applications/{application_id}", NULL, get, "application/show", CVP_USER },
	{ CVP_GET, "/applications/{application_id}/match", NULL, show_match, "application/match",
	  CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_POST, "/applications/{application_id}/match", NULL, match_by_form, "application/match",
	  CVP_USER | CVP_SPEND_GENERATION | CVP_NEEDS_ASSETS },
	{ CVP_POST, "/applications/{application_id}", NULL, change, "application/show", CVP_USER | CVP_NEEDS_ASSETS },
};

int
main(int argc, char **argv)
{
	return cvp_serve("application", routes, CVP_COUNT(routes), argc, argv);
}
