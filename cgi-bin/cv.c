/* cv - a candidate's CVs: import, versions, the primary one. */
#include "service/cv_form.h"
#include "service/cvs.h"
#include "service/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "web/web.h"

static struct cvp_file
uploaded(const struct cvp_request *req)
{
	const struct cvp_upload *upload = req->files;

	return upload != NULL ? (struct cvp_file){ upload->bytes, upload->length } : (struct cvp_file){ 0 };
}

static const char *
cv_page(struct cvp_ctx *ctx, const char *cv_id)
{
	return cvp_arena_printf(ctx->arena, "/cvs/%s", cv_id);
}

static enum cvp_code
import_cv(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;

	code = cvp_cvs_import(ctx, &req->caller, req->body, uploaded(req), model);
	if (code == CVP_OK)
		req->reply->location = cv_page(ctx, json_string_value(json_object_get(*model, "cv_id")));
	return code;
}

static enum cvp_code
list(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_cvs_list(ctx, &req->caller, model);
}

static enum cvp_code
get(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int version;

	code = cvp_query_int(ctx, req, "version", 1, 1000000, 0, &version);
	return code == CVP_OK ? cvp_cvs_get(ctx, &req->caller, cvp_path(req, "cv_id"), version, model) : code;
}

static enum cvp_code
show(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int version;

	code = cvp_query_int(ctx, req, "version", 1, 1000000, 0, &version);
	return code == CVP_OK ? cvp_cvs_show(ctx, &req->caller, cvp_path(req, "cv_id"), version, model) : code;
}

/* If-Match: "3" names the version that is being replaced (SPEC 2.2). */
static enum cvp_code
expected_version(struct cvp_ctx *ctx, const struct cvp_request *req, int *version)
{
	const char *text = req->if_match;
	char *end;
	long number;

	*version = 0;
	if (text == NULL || strcmp(text, "*") == 0)
		return CVP_OK;
	number = strtol(text + (*text == '"'), &end, 10);
	if (number < 1 || number > 1000000 || (*end != '\0' && strcmp(end, "\"") != 0))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/If-Match", "If-Match must be a version in quotes.");
	*version = (int)number;
	return CVP_OK;
}

static enum cvp_code
update(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int version;

	code = expected_version(ctx, req, &version);
	return code == CVP_OK
		   ? cvp_cvs_update(ctx, &req->caller, cvp_path(req, "cv_id"), version, req->body, uploaded(req), model)
		   : code;
}

static enum cvp_code
versions(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_cvs_versions(ctx, &req->caller, cvp_path(req, "cv_id"), model);
}

/* Two of them are compared where with= and version= say which. */
static enum cvp_code
history(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	int before, after = 0;
	enum cvp_code code = cvp_query_int(ctx, req, "with", 1, 1000000, 0, &before);

	if (code == CVP_OK)
		code = cvp_query_int(ctx, req, "version", 1, 1000000, 0, &after);
	return code == CVP_OK ? cvp_cvs_history(ctx, &req->caller, cvp_path(req, "cv_id"), before, after, model) : code;
}

static enum cvp_code
make_primary(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_cvs_make_primary(ctx, &req->caller, cvp_path(req, "cv_id"));
}

static enum cvp_code
delete_cv(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_cvs_delete(ctx, &req->caller, cvp_path(req, "cv_id"));
}

static enum cvp_code
export_cv(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_export exported;
	enum cvp_code code;
	json_t *cv;

	(void)model;
	code = get(ctx, req, &cv);
	if (code == CVP_OK)
		code = cvp_cvs_export(ctx, cv, cvp_query(req, "format"), &exported);
	if (code == CVP_OK)
		cvp_send_file(req, exported.bytes, exported.length, exported.content_type, exported.filename);
	return code;
}

/* ---- the form that corrects a CV; cv_id NULL: one that is new */

static enum cvp_code
new_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	if (cvp_cvs_form_is(req->body))
		return cvp_cvs_form_show(ctx, &req->caller, NULL, req->body, model);
	*model = cvp_own(ctx, json_object());
	return CVP_OK;
}

static enum cvp_code
edit_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_cvs_form_show(ctx, &req->caller, cvp_path(req, "cv_id"), req->body, model);
}

/* What is stored leads to its page; what is still to be corrected is shown. */
static enum cvp_code
form_act(struct cvp_ctx *ctx, const struct cvp_request *req, const char *cv_id, json_t **model)
{
	const char *action = cvp_body_text(req, "_action");
	bool is_read = action == NULL || strcmp(action, "read") == 0;
	bool is_over = action != NULL && strcmp(action, "save_over") == 0;
	enum cvp_code code;

	if (!is_read && !is_over && strcmp(action, "save") != 0)
		return cvp_cvs_form_change(ctx, &req->caller, cv_id, req->body, action, model);
	/* an entry more or less is for free */
	code = cvp_gate_spend(ctx, CVP_LIMIT_GENERATION, req->caller.user_id, &req->reply->allowance);
	if (code != CVP_OK)
		return code;
	code = is_read ? cvp_cvs_form_read(ctx, &req->caller, cv_id, req->body, uploaded(req), model)
		       : cvp_cvs_form_save(ctx, &req->caller, cv_id, req->body, is_over, model);
	if (code == CVP_OK && json_object_get(*model, "cv_form") == NULL)
		req->reply->location = cv_page(ctx, json_string_value(json_object_get(*model, "cv_id")));
	return code;
}

static enum cvp_code
new_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return form_act(ctx, req, NULL, model);
}

static enum cvp_code
edit_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return form_act(ctx, req, cvp_path(req, "cv_id"), model);
}

/* The buttons of a CV's page. */
static enum cvp_code
change(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action");

	req->reply->location = cv_page(ctx, cvp_path(req, "cv_id"));
	if (action != NULL && strcmp(action, "primary") == 0)
		return make_primary(ctx, req, model);
	if (action == NULL || strcmp(action, "delete") != 0)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action", "_action must be primary or delete.");
	req->reply->location = "/cvs";
	return delete_cv(ctx, req, model);
}

static const struct cvp_route routes[] = {
	{ CVP_POST, "/api/cv", "cv_import", import_cv, NULL,
	  CVP_USER | CVP_SPEND_GENERATION | CVP_BIG_BODY | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/api/cvs", NULL, list, NULL, CVP_USER },
	{ CVP_GET, "/api/cvs/{cv_id}", NULL, get, NULL, CVP_USER },
	{ CVP_PUT, "/api/cvs/{cv_id}", "cv_import", update, NULL,
	  CVP_USER | CVP_SPEND_GENERATION | CVP_BIG_BODY | CVP_NEEDS_ASSETS },
	{ CVP_DELETE, "/api/cvs/{cv_id}", NULL, delete_cv, NULL, CVP_USER },
	{ CVP_POST, "/api/cvs/{cv_id}/primary", NULL, make_primary, NULL, CVP_USER },
	{ CVP_GET, "/api/cvs/{cv_id}/versions", NULL, versions, NULL, CVP_USER },
	{ CVP_GET, "/api/cvs/{cv_id}/export", NULL, export_cv, NULL, CVP_USER },
	{ CVP_GET, "/cvs", NULL, list, "cv/list", CVP_USER },
	{ CVP_GET, "/cvs/new", NULL, new_page, "cv/new", CVP_USER },
	{ CVP_POST, "/cvs/new", "cv_import", new_form, "cv/new", CVP_USER | CVP_BIG_BODY | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/cvs/{cv_id}", NULL, show, "cv/show", CVP_USER },
	{ CVP_POST, "/cvs/{cv_id}", NULL, change, "cv/show", CVP_USER },
	{ CVP_GET, "/cvs/{cv_id}/versions", NULL, history, "cv/versions", CVP_USER },
	{ CVP_GET, "/cvs/{cv_id}/edit", NULL, edit_page, "cv/edit", CVP_USER },
	{ CVP_POST, "/cvs/{cv_id}/edit", "cv_import", edit_form, "cv/edit",
	  CVP_USER | CVP_BIG_BODY | CVP_NEEDS_ASSETS },
};

int
main(int argc, char **argv)
{
	return cvp_serve("cv", routes, CVP_COUNT(routes), argc, argv);
}
