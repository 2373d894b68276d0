/* system - the front page, health, the operator's page, and every address nobody else serves. */
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "service/admin.h"
#include "service/models.h"
#include "web/openapi.h"
#include "web/web.h"

#define PAGE_SIZE 50

static enum cvp_code
empty_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	*model = cvp_own(ctx, json_object());
	return CVP_OK;
}

static enum cvp_code
health(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	*model = cvp_own(ctx, json_pack("{s:s}", "status", "ok"));
	return CVP_OK;
}

/* Always 200: the answer is whether the database is there, not an error of ours. */
static enum cvp_code
health_db(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	*model = cvp_own(ctx, json_pack("{s:b}", "ok", cvp_gate_has_database(ctx)));
	return CVP_OK;
}

/* Always 200, likewise. */
static enum cvp_code
health_llm(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	return cvp_models_health(ctx, model);
}

static enum cvp_code
openapi(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	return cvp_openapi(ctx, cvp_config_text(ctx->config, CVP_SET_DATA_DIR), model);
}

static enum cvp_code
list_jobs(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code;
	int limit;

	code = cvp_query_int(ctx, req, "limit", 1, 100, PAGE_SIZE, &limit);
	return code == CVP_OK ? cvp_admin_jobs(ctx, cvp_query(req, "state"), limit, model) : code;
}

static enum cvp_code
show_job(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_admin_job(ctx, cvp_path(req, "job_id"), model);
}

static enum cvp_code
requeue_job(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_admin_job_requeue(ctx, cvp_path(req, "job_id"), model);
}

static enum cvp_code
delete_job(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_admin_job_delete(ctx, cvp_path(req, "job_id"));
}

/* The page, with what models said when they were asked last: their jobs are in the query, as ask_models() put them. */
static enum cvp_code
admin_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_pings pings = { { cvp_query(req, "strategic"), cvp_query(req, "template") } };
	enum cvp_code code;
	json_t *pinged;

	code = cvp_admin_overview(ctx, PAGE_SIZE, model);
	if (code != CVP_OK || (pings.job_ids[0] == NULL && pings.job_ids[1] == NULL))
		return code;
	code = cvp_models_pinged(ctx, &pings, &pinged);
	if (code == CVP_OK)
		json_object_set(*model, "ping", pinged);
	else if (code == CVP_JOB_NOT_FOUND) { /* an old address */
		cvp_clear(ctx);
		code = CVP_OK;
	}
	return code;
}

static enum cvp_code
ping_models(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_pings pings;

	(void)req;
	return cvp_models_ping(ctx, &pings, model);
}

static enum cvp_code
ask_models(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_pings pings;
	enum cvp_code code;

	code = cvp_models_ping(ctx, &pings, model);
	if (code == CVP_OK)
		req->reply->location = cvp_arena_printf(ctx->arena, "/admin?strategic=%s&template=%s",
							pings.job_ids[CVP_MODEL_STRATEGIC],
							pings.job_ids[CVP_MODEL_TEMPLATE]);
	return code;
}

/* The page's buttons: models asked; a job put back, cancelled, forgotten. */
static enum cvp_code
change_job(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action"), *job_id = cvp_body_text(req, "job_id");

	req->reply->location = "/admin";
	if (action != NULL && strcmp(action, "ping") == 0)
		return ask_models(ctx, req, model);
	if (job_id == NULL)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/job_id", "job_id is missing.");
	if (action != NULL && strcmp(action, "requeue") == 0)
		return cvp_admin_job_requeue(ctx, job_id, model);
	if (action != NULL && strcmp(action, "delete") == 0)
		return cvp_admin_job_delete(ctx, job_id);
	return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/_action", "_action must be ping, requeue or delete.");
}

#define OPERATOR (CVP_USER | CVP_ADMIN)

static const struct cvp_route routes[] = {
	{ CVP_GET, "/", NULL, empty_page, "system/home", 0 },
	{ CVP_GET, "/privacy", NULL, empty_page, "system/privacy", 0 },
	{ CVP_GET, "/health", NULL, health, NULL, 0 },
	{ CVP_GET, "/health/db", NULL, health_db, NULL, 0 },
	{ CVP_GET, "/health/llm", NULL, health_llm, NULL, 0 },
	{ CVP_GET, "/openapi.json", NULL, openapi, NULL, 0 },
	{ CVP_GET, "/api/admin/jobs", NULL, list_jobs, NULL, OPERATOR },
	{ CVP_GET, "/api/admin/jobs/{job_id}", NULL, show_job, NULL, OPERATOR },
	{ CVP_POST, "/api/admin/jobs/{job_id}/requeue", NULL, requeue_job, NULL, OPERATOR },
	{ CVP_DELETE, "/api/admin/jobs/{job_id}", NULL, delete_job, NULL, OPERATOR },
	{ CVP_POST, "/api/admin/llm/ping", NULL, ping_models, NULL, OPERATOR },
	{ CVP_GET, "/admin", NULL, admin_page, "system/admin", OPERATOR },
	{ CVP_POST, "/admin", NULL, change_job, "system/admin", OPERATOR },
};

int
main(int argc, char **argv)
{
	return cvp_serve("system", routes, CVP_COUNT(routes), argc, argv);
}
