#include "llm/settings.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"

#define MILLIONTHS 1e6 /* of a dollar: what settings of money are kept in */

static const struct cvp_provider *const providers[] = { &cvp_provider_anthropic, &cvp_provider_openai };

static const struct {
	enum cvp_setting model, input_price, output_price;
} classes[] = {
	[CVP_MODEL_STRATEGIC] = { CVP_SET_LLM_MODEL_STRATEGIC, CVP_SET_LLM_PRICE_STRATEGIC_INPUT,
				  CVP_SET_LLM_PRICE_STRATEGIC_OUTPUT },
	[CVP_MODEL_TEMPLATE] = { CVP_SET_LLM_MODEL_TEMPLATE, CVP_SET_LLM_PRICE_TEMPLATE_INPUT,
				 CVP_SET_LLM_PRICE_TEMPLATE_OUTPUT },
};
_Static_assert(CVP_COUNT(classes) == CVP_MODEL_CLASS_COUNT, "a class without settings");

static enum cvp_code
find_provider(struct cvp_ctx *ctx, struct cvp_llm_settings *settings)
{
	const char *name = cvp_config_text(ctx->config, CVP_SET_LLM_PROVIDER);

	for (size_t i = 0; i < CVP_COUNT(providers); i++)
		if (strcmp(providers[i]->name, name) == 0) {
			settings->provider = providers[i];
			return CVP_OK;
		}
	return cvp_fail(ctx, CVP_INVALID_INPUT, "LLM_PROVIDER is %s, which calls no model", name);
}

static double
dollars(const struct cvp_ctx *ctx, enum cvp_setting setting)
{
	return (double)cvp_config_int(ctx->config, setting) / MILLIONTHS;
}

static enum cvp_code
read_models(struct cvp_ctx *ctx, struct cvp_llm_settings *settings)
{
	for (int i = 0; i < CVP_MODEL_CLASS_COUNT; i++) {
		const char *model = cvp_config_text(ctx->config, classes[i].model);

		if (*model == '\0')
			return cvp_fail(ctx, CVP_INVALID_INPUT, "%s is missing: LLM_PROVIDER=%s needs it",
					cvp_setting_info(classes[i].model).name, settings->provider->name);
		settings->models[i] = cvp_xstrdup(model);
		settings->prices[i] = (struct cvp_llm_price){ dollars(ctx, classes[i].input_price),
							      dollars(ctx, classes[i].output_price) };
	}
	return CVP_OK;
}

/* Only an address: a user's name, a query or a fragment in it would end in messages, or swallow the path. */
static bool
is_address(const char *url)
{
	size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 : strncmp(url, "http://", 7) == 0 ? 7 : 0;

	if (scheme == 0 || url[scheme] == '\0' || url[scheme] == '/')
		return false;
	for (const char *p = url; *p != '\0'; p++)
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F || strchr("@?#\\", *p) != NULL)
			return false;
	return true;
}

static enum cvp_code
read_url(struct cvp_ctx *ctx, struct cvp_llm_settings *settings)
{
	const char *base = cvp_config_text(ctx->config, CVP_SET_LLM_BASE_URL), *path = settings->provider->path;
	size_t length, size;

	if (*base == '\0')
		base = settings->provider->base_url;
	if (!is_address(base))
		return cvp_fail(ctx, CVP_INVALID_INPUT,
				"LLM_BASE_URL must be http:// or https:// with a host and maybe a path, no more");
	length = strlen(base);
	while (base[length - 1] == '/')
		length--;
	size = length + strlen(path) + 1;
	settings->url = cvp_xmalloc(size);
	memcpy(settings->url, base, length);
	memcpy(settings->url + length, path, size - length);
	return CVP_OK;
}

static enum cvp_code
read_key(struct cvp_ctx *ctx, struct cvp_llm_settings *settings)
{
	const char *key = cvp_config_text(ctx->config, CVP_SET_LLM_API_KEY);
	bool is_own_server = *cvp_config_text(ctx->config, CVP_SET_LLM_BASE_URL) != '\0';

	for (const char *p = key; *p != '\0'; p++)
		if (*p <= 0x20 || *p == 0x7F) /* a line break would begin another header; char may be signed */
			return cvp_fail(ctx, CVP_INVALID_INPUT,
					"LLM_API_KEY holds what no key holds: only visible "
					"ASCII characters, no space and no line break");
	if (*key == '\0' && (settings->provider->needs_key || !is_own_server))
		return cvp_fail(ctx, CVP_INVALID_INPUT, "LLM_API_KEY is missing: %s needs it",
				settings->provider->name);
	settings->key = cvp_xstrdup(key);
	return CVP_OK;
}

static void
add_header(struct cvp_llm_settings *settings, const char *header)
{
	struct curl_slist *longer = curl_slist_append(settings->headers, header);

	if (longer == NULL)
		cvp_out_of_memory();
	settings->headers = longer;
}

static void
make_headers(struct cvp_llm_settings *settings)
{
	struct cvp_buf line = CVP_BUF(SIZE_MAX / 4);

	add_header(settings, "Content-Type: application/json");
	add_header(settings, "Expect:"); /* curl would wait for a 100 before a long body */
	for (const char *const *header = settings->provider->headers; *header != NULL; header++)
		add_header(settings, *header);
	if (*settings->key != '\0') {
		cvp_buf_text(&line, settings->provider->key_header);
		cvp_buf_text(&line, settings->key);
		add_header(settings, cvp_buf_string(&line));
	}
	cvp_buf_wipe(&line);
}

enum cvp_code
cvp_llm_settings_read(struct cvp_ctx *ctx, struct cvp_llm_settings *settings)
{
	enum cvp_code code;

	*settings = (struct cvp_llm_settings){ 0 };
	settings->timeout_seconds = (long)cvp_config_int(ctx->config, CVP_SET_LLM_TIMEOUT_SECONDS);
	settings->stall_seconds = (long)cvp_config_int(ctx->config, CVP_SET_LLM_STALL_SECONDS);
	code = find_provider(ctx, settings);
	if (code == CVP_OK)
		code = read_models(ctx, settings);
	if (code == CVP_OK)
		code = read_url(ctx, settings);
	if (code == CVP_OK)
		code = read_key(ctx, settings);
	if (code == CVP_OK)
		make_headers(settings);
	return code;
}

void
cvp_llm_settings_free(struct cvp_llm_settings *settings)
{
	for (int i = 0; i < CVP_MODEL_CLASS_COUNT; i++)
		free(settings->models[i]);
	for (struct curl_slist *header = settings->headers; header != NULL; header = header->next)
		sodium_memzero(header->data, strlen(header->data));
	curl_slist_free_all(settings->headers);
	if (settings->key != NULL)
		sodium_memzero(settings->key, strlen(settings->key));
	free(settings->key);
	free(settings->url);
	*settings = (struct cvp_llm_settings){ 0 };
}

void
cvp_llm_blot(const struct cvp_llm_settings *settings, char *text)
{
	size_t length = strlen(settings->key);

	if (length == 0)
		return;
	for (char *at = strstr(text, settings->key); at != NULL; at = strstr(at + length, settings->key))
		memset(at, '*', length);
}
