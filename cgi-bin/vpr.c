/* vpr - Value Proposition Reports: submitting, following the job, reading and exporting. */
#include "service/export.h"
#include "service/jobs.h"
#include "service/keep.h"

#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "web/web.h"

#define RETRY_SECONDS 5 /* of a job that is not done (SPEC 5.4) */
#define PAGE_SIZE     20

static enum cvp_code
submit(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_submit(ctx, &req->caller, req->body, req->idempotency_key, &req->reply->allowance, model);
}

static enum cvp_code
status(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;

	code = cvp_jobs_status(ctx, &req->caller, cvp_path(req, "job_id"), model);
	if (code == CVP_OK && ctx->done == CVP_DONE_ACCEPTED)
		req->reply->retry_after = RETRY_SECONDS;
	return code;
}

static enum cvp_code
no_id(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	(void)model;
	return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/job_id", "Missing required field: job_id");
}

/* Below an application, without the version. */
static const char *
pages_of(const char *kind)
{
	static const struct {
		const char *kind, *pages;
	} rows[] = {
		{ "gap_analysis", "gap?version=" },
		{ "tailored_cv", "tailored-cvs/latest?version=" },
	};

	for (size_t i = 0; kind != NULL && i < CVP_COUNT(rows); i++) {
		if (strcmp(rows[i].kind, kind) == 0)
			return rows[i].pages;
	}
	return "vprs/";
}

/* Where what the job makes is read: its pages' address but for the version, and with it. */
static void
put_result_page(struct cvp_ctx *ctx, json_t *model)
{
	const char *kind = json_string_value(json_object_get(model, "kind"));
	const char *application_id = json_string_value(json_object_get(model, "application_id"));
	const char *pages = cvp_arena_printf(ctx->arena, "/applications/%s/%s",
					     application_id != NULL ? application_id : "", pages_of(kind));

	json_object_set_new(model, "result_pages", json_string(pages));
	json_object_set_new(
	    model, "result_page",
	    json_sprintf("%s%d", pages, (int)json_integer_value(json_object_get(model, "vpr_version"))));
}

/* The progress page: what the template cannot tell from the status by itself. */
static enum cvp_code
job_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *name;
	enum cvp_code code;

	code = status(ctx, req, model);
	if (code != CVP_OK)
		return code;
	put_result_page(ctx, *model);
	name = json_string_value(json_object_get(*model, "status"));
	json_object_set_new(*model, "is_done", json_boolean(strcmp(name, "COMPLETED") == 0));
	json_object_set_new(*model, "is_failed", json_boolean(strcmp(name, "FAILED") == 0));
	json_object_set_new(*model, "is_open", json_boolean(ctx->done == CVP_DONE_ACCEPTED));
	return CVP_OK;
}

static enum cvp_code
list_jobs(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int limit;

	code = cvp_query_int(ctx, req, "limit", 1, 100, PAGE_SIZE, &limit);
	return code == CVP_OK ? cvp_jobs_list(ctx, &req->caller, cvp_query(req, "cursor"), limit, model) : code;
}

static enum cvp_code
delete_job(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_jobs_delete(ctx, &req->caller, cvp_path(req, "job_id"));
}

static enum cvp_code
cancel_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	req->reply->location = "/applications";
	return delete_job(ctx, req, model);
}

static enum cvp_code
result(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_result(ctx, cvp_path(req, "job_id"), cvp_query(req, "exp"), cvp_query(req, "sig"), model);
}

static enum cvp_code
list_reports(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_list(ctx, &req->caller, cvp_path(req, "application_id"), model);
}

static enum cvp_code
get_report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_get(ctx, &req->caller, cvp_path(req, "application_id"), cvp_path_int(req, "version"), model);
}

static enum cvp_code
show_report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_show(ctx, &req->caller, cvp_path(req, "application_id"), cvp_path_int(req, "version"), model);
}

static enum cvp_code
put_report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_put(ctx, &req->caller, cvp_path(req, "application_id"), cvp_path_int(req, "version"), req->body,
			   model);
}

static enum cvp_code
keep_report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_vpr_keep(ctx, &req->caller, cvp_path(req, "application_id"), cvp_path_int(req, "version"), req->body,
			    model);
}

static enum cvp_code
delete_report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_vpr_delete(ctx, &req->caller, cvp_path(req, "application_id"), cvp_path_int(req, "version"));
}

static enum cvp_code
export_report(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_export exported;
	enum cvp_code code = cvp_vpr_export(ctx, &req->caller, cvp_path(req, "application_id"),
					    cvp_path_int(req, "version"), cvp_query(req, "format"), &exported);

	(void)model;
	if (code == CVP_OK)
		cvp_send_file(req, exported.bytes, exported.length, exported.content_type, exported.filename);
	return code;
}

static enum cvp_code
compare(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int with;

	if (cvp_query(req, "with") == NULL)
		return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/with", "Missing required field: with");
	code = cvp_query_int(ctx, req, "with", 1, 1000000, 0, &with);
	return code == CVP_OK ? cvp_vpr_compare(ctx, &req->caller, cvp_path(req, "application_id"),
						cvp_path_int(req, "version"), with, model)
			      : code;
}

/* The buttons of a report's page. */
static enum cvp_code
change(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action"), *application_id = cvp_path(req, "application_id");
	const json_t *wish = cvp_keep_of_form(ctx, req->body);

	if (wish != NULL) {
		req->reply->location = cvp_arena_printf(ctx->arena, "/applications/%s/vprs/%s", application_id,
							cvp_path(req, "version"));
		return cvp_vpr_keep(ctx, &req->caller, application_id, cvp_path_int(req, "version"), wish, model);
	}
	if (action == NULL || strcmp(action, "delete") != 0)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action", "_action must be pin, unpin, extend or delete.");
	req->reply->location = cvp_arena_printf(ctx->arena, "/applications/%s", application_id);
	return delete_report(ctx, req, model);
}

#define PAGE_REPORT "/applications/{application_id}/vprs/{version:version}"
#define API_REPORT  "/api/applications/{application_id}/vprs/{version:version}"

static const struct cvp_route routes[] = {
	{ CVP_POST, "/api/vpr", "vpr_request", submit, NULL, CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/api/vpr/status", NULL, no_id, NULL, CVP_USER },
	{ CVP_GET, "/api/vpr/status/{job_id}", NULL, status, NULL, CVP_USER },
	{ CVP_GET, "/api/vpr/results/{job_id}", NULL, result, NULL, 0 },
	{ CVP_GET, "/api/jobs", NULL, list_jobs, NULL, CVP_USER },
	{ CVP_GET, "/api/jobs/{job_id}", NULL, status, NULL, CVP_USER },
	{ CVP_DELETE, "/api/jobs/{job_id}", NULL, delete_job, NULL, CVP_USER },
	{ CVP_GET, "/api/applications/{application_id}/vprs", NULL, list_reports, NULL, CVP_USER },
	{ CVP_GET, API_REPORT, NULL, get_report, NULL, CVP_USER },
	{ CVP_PUT, API_REPORT, "vpr_edit", put_report, NULL, CVP_USER | CVP_SPEND_GENERATION | CVP_NEEDS_ASSETS },
	{ CVP_PATCH, API_REPORT, "keep", keep_report, NULL, CVP_USER },
	{ CVP_DELETE, API_REPORT, NULL, delete_report, NULL, CVP_USER },
	{ CVP_GET, API_REPORT "/export", NULL, export_report, NULL, CVP_USER },
	{ CVP_GET, "/jobs/{job_id}", NULL, job_page, "vpr/job", CVP_USER },
	{ CVP_POST, "/jobs/{job_id}", NULL, cancel_form, "vpr/job", CVP_USER },
	{ CVP_GET, PAGE_REPORT, NULL, show_report, "vpr/report", CVP_USER },
	{ CVP_POST, PAGE_REPORT, NULL, change, "vpr/report", CVP_USER },
	{ CVP_GET, PAGE_REPORT "/compare", NULL, compare, "vpr/compare", CVP_USER },
};

int
main(int argc, char **argv)
{
	return cvp_serve("vpr", routes, CVP_COUNT(routes), argc, argv);
}
