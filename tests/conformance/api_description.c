#include "api_description.h"

#include <stdio.h>
#include <string.h>

#include "core/ctx.h"
#include "schema/schema.h"
#include "shared_data.h"

#define URI  "api.json"
#define ROOT "root.json"

static const struct {
	const char *provider, *file, *schema;
} apis[] = {
	{ "anthropic", "anthropic.messages.openapi.json", "CreateMessageParams" },
	{ "openai", "openai.chat.openapi.json", "CreateChatCompletionRequest" },
};

static const struct cvp_schema *
compile(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *file, const char *schema)
{
	const char *path = cvp_arena_printf(ctx->arena, "%s/api/%s", data_folder(ctx->arena), file);
	const char *text = read_file(ctx->arena, path, NULL);
	/* as reals: bounds of its integers pass what 64 bits hold */
	json_t *document = text != NULL ? cvp_own(ctx, json_loads(text, JSON_DECODE_INT_AS_REAL, NULL)) : NULL;
	json_t *root = cvp_own(
	    ctx, json_pack("{s:s}", "$ref", cvp_arena_printf(ctx->arena, URI "#/components/schemas/%s", schema)));

	if (document == NULL || cvp_schemas_add(ctx, set, URI, document) != CVP_OK ||
	    cvp_schemas_add(ctx, set, ROOT, root) != CVP_OK || cvp_schemas_compile(ctx, set) != CVP_OK) {
		printf("%s: %s\n", path, document == NULL ? "cannot be read" : ctx->err.message);
		return NULL;
	}
	return cvp_schemas_get(set, ROOT);
}

const struct cvp_schema *
api_request_schema(struct cvp_ctx *ctx, struct cvp_schemas *set, const char *provider)
{
	for (size_t i = 0; i < CVP_COUNT(apis); i++)
		if (strcmp(apis[i].provider, provider) == 0)
			return compile(ctx, set, apis[i].file, apis[i].schema);
	printf("no provider is called %s\n", provider);
	return NULL;
}
