#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "web/http.h"

const char *const cvp_site_languages[CVP_LANGUAGES] = { "en", "ru", "he" };

static const char *
data_path(struct cvp_ctx *ctx, const char *inside)
{
	return cvp_arena_printf(ctx->arena, "%s/%s", cvp_config_text(ctx->config, CVP_SET_DATA_DIR), inside);
}

static enum cvp_code
load_phrases(struct cvp_ctx *ctx, struct cvp_site *site)
{
	for (int i = 0; i < CVP_LANGUAGES; i++) {
		const char *name = cvp_arena_printf(ctx->arena, "templates/i18n/page.%s.json", cvp_site_languages[i]);
		json_error_t error;

		site->phrases[i] = json_load_file(data_path(ctx, name), 0, &error);
		if (site->phrases[i] == NULL)
			return cvp_fail(ctx, CVP_INVALID_INPUT, "%s:%d: %s", name, error.line, error.text);
	}
	return CVP_OK;
}

/* A row that names a schema or a template there is not must stop the program, not its first request. */
static enum cvp_code
check_routes(struct cvp_ctx *ctx, const struct cvp_site *site)
{
	for (size_t i = 0; i < site->route_count; i++) {
		const struct cvp_route *route = &site->routes[i];

		if (route->schema != NULL &&
		    cvp_schemas_get(site->schemas, cvp_arena_printf(ctx->arena, "%s.json", route->schema)) == NULL)
			return cvp_fail(ctx, CVP_INVALID_INPUT, "%s: no schema %s", route->path, route->schema);
		if (route->template != NULL &&
		    !cvp_templates_have(site->templates, cvp_arena_printf(ctx->arena, "page/%s.html", route->template)))
			return cvp_fail(ctx, CVP_INVALID_INPUT, "%s: no template %s", route->path, route->template);
	}
	return CVP_OK;
}

static bool
needs_assets(const struct cvp_site *site)
{
	for (size_t i = 0; i < site->route_count; i++)
		if ((site->routes[i].flags & CVP_NEEDS_ASSETS) != 0)
			return true;
	return false;
}

enum cvp_code
cvp_site_open(struct cvp_ctx *ctx, struct cvp_site *site)
{
	enum cvp_code code;

	code = cvp_config_load(ctx, &site->config);
	if (code != CVP_OK)
		return code;
	ctx->config = site->config;
	site->schemas = cvp_schemas_new();
	site->templates = cvp_templates_new();
	code = cvp_schemas_load(ctx, site->schemas, data_path(ctx, "schemas"));
	if (code == CVP_OK)
		code = cvp_schemas_compile(ctx, site->schemas);
	if (code == CVP_OK)
		code = cvp_templates_load(ctx, site->templates, data_path(ctx, "templates"));
	if (code == CVP_OK)
		code = cvp_templates_link(ctx, site->templates);
	if (code == CVP_OK)
		code = load_phrases(ctx, site);
	if (code == CVP_OK)
		code = check_routes(ctx, site);
	return code == CVP_OK ? cvp_gate_open(ctx, needs_assets(site), &site->gate) : code;
}

void
cvp_site_close(struct cvp_site *site)
{
	cvp_gate_close(site->gate);
	cvp_schemas_free(site->schemas);
	cvp_templates_free(site->templates);
	for (int i = 0; i < CVP_LANGUAGES; i++)
		json_decref(site->phrases[i]);
	cvp_config_free(site->config);
}
