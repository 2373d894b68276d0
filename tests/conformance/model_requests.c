/* model_requests.c - the bodies we send to model providers, against the descriptions the providers publish. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_description.h"
#include "core/ctx.h"
#include "llm/provider.h"
#include "schema/schema.h"
#include "shared_data.h"

#define ARENA_BYTES ((size_t)1024 * 1024)

static const struct api {
	const struct cvp_provider *provider;
	bool has_loose;
} apis[] = {
	{ &cvp_provider_anthropic, false },
	{ &cvp_provider_openai, true },
};

static bool
check_body(struct cvp_ctx *ctx, const struct api *api, const struct cvp_schema *schema, json_t *body, bool is_wrong)
{
	enum cvp_code code = cvp_schema_validate(ctx, schema, cvp_own(ctx, body));
	bool passes = (code != CVP_OK) == is_wrong;

	if (!passes)
		printf("%s: %s%s\n", api->provider->name,
		       is_wrong ? "takes a body that is wrong" : "refuses: ", is_wrong ? "" : ctx->err.message);
	cvp_clear(ctx);
	return passes;
}

/* The body, and the same without its model, which must be refused: the description is in force. */
static int
run_question(struct cvp_ctx *ctx, const struct api *api, const struct cvp_schema *schema, bool is_loose)
{
	struct cvp_model_request request = {
		.class = CVP_MODEL_STRATEGIC,
		.name = "gap_answer",
		.system = "Role and rules.",
		.user = "<posting>\n\"C\" & \\ \xD7\xA9\n</posting>",
		.schema = cvp_own(ctx, json_pack("{s:s, s:{s:{s:s}}, s:[s]}", "type", "object", "properties", "ok",
						 "type", "boolean", "required", "ok")),
		.max_tokens = 8192,
		.temperature = 0.7,
	};
	struct cvp_question question = { &request, "a-model", is_loose };
	json_t *wrong = api->provider->body(&question);

	json_object_del(wrong, "model");
	return check_body(ctx, api, schema, api->provider->body(&question), false) +
	       check_body(ctx, api, schema, wrong, true);
}

int
main(void)
{
	struct cvp_ctx ctx;
	int passed = 0, count = 0, status;

	cvp_ctx_init(&ctx, cvp_arena_new(ARENA_BYTES));
	if (!has_folder(cvp_arena_printf(ctx.arena, "%s/api", data_folder(ctx.arena)))) {
		status = without_data("model_requests", "data/api");
		cvp_arena_free(ctx.arena);
		return status;
	}
	for (size_t i = 0; i < CVP_COUNT(apis); i++) {
		struct cvp_schemas *set = cvp_schemas_new();
		const struct cvp_schema *schema = api_request_schema(&ctx, set, apis[i].provider->name);

		for (int is_loose = 0; is_loose <= apis[i].has_loose; is_loose++) {
			count += 2;
			passed += schema != NULL ? run_question(&ctx, &apis[i], schema, is_loose) : 0;
		}
		cvp_ctx_reset(&ctx);
		cvp_schemas_free(set);
	}
	cvp_arena_free(ctx.arena);
	printf("model_requests: %d of %d bodies as the providers' descriptions say\n", passed, count);
	return passed == count ? EXIT_SUCCESS : EXIT_FAILURE;
}
