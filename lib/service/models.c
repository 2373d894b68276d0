#include "service/models.h"

#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/model.h"
#include "dal/models.h"

static bool
is_any_open(const json_t *breakers)
{
	const json_t *breaker;
	size_t i;

	json_array_foreach (breakers, i, breaker)
		if (strcmp(json_string_value(json_object_get(breaker, "state")), "open") == 0)
			return true;
	return false;
}

enum cvp_code
cvp_models_health(struct cvp_ctx *ctx, json_t **model)
{
	const char *provider = cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER);
	json_t *breakers = cvp_own(ctx, json_array());
	bool is_ok = true;

	if (strcmp(provider, CVP_BUILTIN) != 0) {
		is_ok = cvp_model_breakers(ctx, &breakers) == CVP_OK && !is_any_open(breakers);
		cvp_clear(ctx); /* the answer says it */
	}
	*model = cvp_own(ctx, json_pack("{s:b, s:s, s:O}", "ok", is_ok, "provider", provider, "breakers", breakers));
	return CVP_OK;
}
