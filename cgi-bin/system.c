/* system - the front page, health, and every address nobody else serves. */
#include "core/config.h"
#include "core/ctx.h"
#include "web/openapi.h"
#include "web/web.h"

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

static enum cvp_code
openapi(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)req;
	return cvp_openapi(ctx, cvp_config_text(ctx->config, CVP_SET_DATA_DIR), model);
}

static const struct cvp_route routes[] = {
	{ CVP_GET, "/", NULL, empty_page, "system/home", 0 },
	{ CVP_GET, "/privacy", NULL, empty_page, "system/privacy", 0 },
	{ CVP_GET, "/health", NULL, health, NULL, 0 },
	{ CVP_GET, "/health/db", NULL, health_db, NULL, 0 },
	{ CVP_GET, "/openapi.json", NULL, openapi, NULL, 0 },
};

int
main(int argc, char **argv)
{
	return cvp_serve("system", routes, CVP_COUNT(routes), argc, argv);
}
