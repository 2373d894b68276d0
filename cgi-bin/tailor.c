/* tailor - tailored CVs: having them made, reading, reviewing change by change, keeping, exporting. */
#include "service/export.h"
#include "service/keep.h"
#include "service/tailored_cvs.h"

#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "web/web.h"

#define PAGE_SIZE   10   /* SPEC 6.1 */
#define CHANGES_MAX 5000 /* schemas/tailored_cv.json */
#define TEXT_PREFIX "text:"
#define DROP_PREFIX "drop:"
#define LISTED_MOST 20 /* sections and areas of a form */

static struct cvp_tailored_key
key_of(const struct cvp_request *req)
{
	return (struct cvp_tailored_key){ cvp_path(req, "application_id"), cvp_path(req, "created_at") };
}

/* {success, code, ...} of SPEC 4.2. */
static enum cvp_code
named(struct cvp_ctx *ctx, enum cvp_code code, json_t *model)
{
	if (code == CVP_OK && ctx->done != CVP_DONE_ACCEPTED) {
		json_object_set_new(model, "success", json_true());
		json_object_set_new(model, "code", json_string(cvp_done_name(ctx->done)));
	}
	return code;
}

static enum cvp_code
make(struct cvp_ctx *ctx, const struct cvp_request *req, const json_t *body, json_t **model)
{
	struct cvp_tailor_call call = { .key = req->idempotency_key,
					.wait = cvp_prefer_wait(req),
					.allowance = &req->reply->allowance };

	return cvp_tailor(ctx, &req->caller, body, call, model);
}

static enum cvp_code
tailor(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code = make(ctx, req, req->body, model);

	return code == CVP_OK ? named(ctx, code, *model) : code;
}

static enum cvp_code
list(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int limit;

	code = cvp_query_int(ctx, req, "limit", 1, 100, PAGE_SIZE, &limit);
	return code == CVP_OK ? cvp_tailored_cvs_list(ctx, &req->caller, limit, cvp_query(req, "cursor"), model) : code;
}

static enum cvp_code
of_application(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_tailored_cvs_of(ctx, &req->caller, cvp_path(req, "application_id"), model);
}

static enum cvp_code
get(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_tailored_cvs_get(ctx, &req->caller, key_of(req), model);
}

static enum cvp_code
show(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_tailored_cvs_show(ctx, &req->caller, key_of(req), model);
}

static enum cvp_code
compare(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *with = cvp_query(req, "with");

	if (with == NULL)
		return cvp_fail_at(ctx, CVP_VALIDATION_MISSING_REQUIRED_FIELD, "/with", "Missing required field: with");
	return cvp_tailored_cvs_compare(ctx, &req->caller, key_of(req), with, model);
}

static enum cvp_code
put(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code = cvp_tailored_cvs_put(ctx, &req->caller, key_of(req), req->body, model);

	return code == CVP_OK ? named(ctx, code, *model) : code;
}

static enum cvp_code
keep(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_tailored_cvs_keep(ctx, &req->caller, key_of(req), req->body, model);
}

static enum cvp_code
delete_version(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_tailored_cvs_delete(ctx, &req->caller, key_of(req));
}

static enum cvp_code
export_cv(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_export exported;
	enum cvp_code code = cvp_tailored_cvs_export(ctx, &req->caller, key_of(req), cvp_query(req, "format"),
						     &exported);

	(void)model;
	if (code == CVP_OK)
		cvp_send_file(req, exported.bytes, exported.length, exported.content_type, exported.filename);
	return code;
}

/* What stands in a field, parted by commas. */
static json_t *
listed(struct cvp_ctx *ctx, const struct cvp_request *req, const char *name)
{
	const char *text = cvp_body_text(req, name);
	json_t *words = json_array();

	while (text != NULL && *text != '\0' && json_array_size(words) < LISTED_MOST) {
		size_t length, end;

		text += strspn(text, ", \t\r\n");
		end = length = strcspn(text, ",\r\n");
		while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
			length--;
		if (length > 0)
			json_array_append_new(words, json_string(cvp_arena_strndup(ctx->arena, text, length)));
		text += end;
	}
	return words;
}

/* The boxes exclude:<section> that are ticked. */
static json_t *
excluded(const struct cvp_request *req)
{
	static const char prefix[] = "exclude:";
	json_t *sections = json_array(), *value;
	const char *name;

	json_object_foreach ((json_t *)req->body, name, value) {
		if (strncmp(name, prefix, strlen(prefix)) == 0 && json_array_size(sections) < LISTED_MOST)
			json_array_append_new(sections, json_string(name + strlen(prefix)));
	}
	return sections;
}

/* The request that the form's fields make. */
static json_t *
wishes_of(struct cvp_ctx *ctx, const struct cvp_request *req)
{
	json_t *preferences = json_pack("{s:s*, s:s*, s:o, s:o}", "tone", cvp_body_text(req, "tone"), "length",
					cvp_body_text(req, "length"), "exclude_sections", excluded(req),
					"emphasis_areas", listed(ctx, req, "emphasis_areas"));

	return cvp_own(ctx, json_pack("{s:s, s:s*, s:o, s:b}", "application_id", cvp_path(req, "application_id"),
				      "language", cvp_body_text(req, "language"), "preferences", preferences,
				      "include_gap_analysis", true));
}

static const char *
version_page(struct cvp_ctx *ctx, const struct cvp_request *req, const char *created_at)
{
	return cvp_arena_printf(ctx->arena, "/applications/%s/tailored-cvs/%s", cvp_path(req, "application_id"),
				created_at);
}

/* Has it made, and leads to it, or to the page that shows its progress. */
static enum cvp_code
make_by_form(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code = make(ctx, req, wishes_of(ctx, req), model);
	const char *id;

	if (code != CVP_OK)
		return code;
	id = json_string_value(json_object_get(*model, "artifact_id"));
	req->reply->location = id != NULL ? version_page(ctx, req, strchr(id, '#') + 1)
					  : cvp_arena_printf(ctx->arena, "/jobs/%s",
							     json_string_value(json_object_get(*model, "job_id")));
	return CVP_OK;
}

static enum cvp_code
keep_by_form(struct cvp_ctx *ctx, const struct cvp_request *req, const json_t *wish, json_t **model)
{
	req->reply->location = version_page(ctx, req, cvp_path(req, "created_at"));
	return cvp_tailored_cvs_keep(ctx, &req->caller, key_of(req), wish, model);
}

/* Changes that the form showed and that are no longer ticked. */
static json_t *
rejected_of(struct cvp_ctx *ctx, const struct cvp_request *req)
{
	const char *shown = cvp_body_text(req, "changes");
	long count = shown != NULL ? strtol(shown, NULL, 10) : 0;
	json_t *rejected = cvp_own(ctx, json_array());

	for (long i = 0; i < count && i < CHANGES_MAX; i++) {
		if (cvp_body_text(req, cvp_arena_printf(ctx->arena, "keep_%ld", i)) == NULL)
			json_array_append_new(rejected, json_integer(i));
	}
	return rejected;
}

/* {pointer: text}: what the form's fields hold, and "" for lines that are to go. */
static json_t *
texts_of(struct cvp_ctx *ctx, const struct cvp_request *req)
{
	json_t *texts = cvp_own(ctx, json_object()), *value;
	const char *name;

	json_object_foreach ((json_t *)req->body, name, value) {
		if (strncmp(name, TEXT_PREFIX, strlen(TEXT_PREFIX)) == 0)
			json_object_set(texts, name + strlen(TEXT_PREFIX), value);
	}
	json_object_foreach ((json_t *)req->body, name, value) {
		if (strncmp(name, DROP_PREFIX, strlen(DROP_PREFIX)) == 0)
			json_object_set_new(texts, name + strlen(DROP_PREFIX), json_string(""));
	}
	return texts;
}

static enum cvp_code
review(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *created_at;
	enum cvp_code code = cvp_tailored_cvs_edit(ctx, &req->caller, key_of(req), rejected_of(ctx, req),
						   texts_of(ctx, req), &created_at);

	(void)model;
	if (code == CVP_OK)
		req->reply->location = version_page(ctx, req, created_at);
	return code;
}

/* The buttons of a version's page. */
static enum cvp_code
change(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action");
	const json_t *wish = cvp_keep_of_form(ctx, req->body);

	if (action != NULL && strcmp(action, "review") == 0)
		return review(ctx, req, model);
	if (wish != NULL)
		return keep_by_form(ctx, req, wish, model);
	if (action == NULL || strcmp(action, "delete") != 0)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action",
				   "_action must be review, pin, unpin, extend or delete.");
	req->reply->location = cvp_arena_printf(ctx->arena, "/applications/%s/tailored-cvs",
						cvp_path(req, "application_id"));
	return delete_version(ctx, req, model);
}

#define OF_APPLICATION "/applications/{application_id}/tailored-cvs"
#define ONE_VERSION    OF_APPLICATION "/{created_at}"

static const struct cvp_route routes[] = {
	{ CVP_POST, "/api/cv-tailoring", "tailor_request", tailor, NULL, CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_POST, "/api/tailor-cv", "tailor_request", tailor, NULL, CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, "/api/tailored-cvs", NULL, list, NULL, CVP_USER },
	{ CVP_GET, "/api" OF_APPLICATION, NULL, of_application, NULL, CVP_USER },
	{ CVP_GET, "/api" ONE_VERSION, NULL, get, NULL, CVP_USER },
	{ CVP_PUT, "/api" ONE_VERSION, "tailored_cv_edit", put, NULL,
	  CVP_USER | CVP_SPEND_GENERATION | CVP_NEEDS_ASSETS },
	{ CVP_PATCH, "/api" ONE_VERSION, "keep", keep, NULL, CVP_USER },
	{ CVP_DELETE, "/api" ONE_VERSION, NULL, delete_version, NULL, CVP_USER },
	{ CVP_GET, "/api" ONE_VERSION "/export", NULL, export_cv, NULL, CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, OF_APPLICATION, NULL, of_application, "tailor/list", CVP_USER },
	{ CVP_POST, OF_APPLICATION, NULL, make_by_form, "tailor/list", CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_GET, ONE_VERSION, NULL, show, "tailor/show", CVP_USER | CVP_NEEDS_ASSETS },
	{ CVP_POST, ONE_VERSION, NULL, change, "tailor/show", CVP_USER | CVP_SPEND_GENERATION | CVP_NEEDS_ASSETS },
	{ CVP_GET, ONE_VERSION "/compare", NULL, compare, "tailor/compare", CVP_USER },
};

int
main(int argc, char **argv)
{
	return cvp_serve("tailor", routes, CVP_COUNT(routes), argc, argv);
}
