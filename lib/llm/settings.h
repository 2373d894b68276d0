/* settings.h - what the settings LLM_... say, read once and made ready for curl. Inside lib/llm. */
#ifndef CVP_LLM_SETTINGS_H
#define CVP_LLM_SETTINGS_H

#include <curl/curl.h>

#include "llm/provider.h"

struct cvp_ctx;

struct cvp_llm_settings {
	const struct cvp_provider *provider;
	char *url;
	char *models[CVP_MODEL_CLASS_COUNT];
	struct cvp_llm_price prices[CVP_MODEL_CLASS_COUNT];
	char *key;                  /* "" where a local server needs none */
	struct curl_slist *headers; /* of every request, the key's among them */
	long timeout_seconds, stall_seconds;
};

/* See cvp_llm_new(). What was read is freed by cvp_llm_settings_free(), after a failure too. */
CVP_CHECKED enum cvp_code cvp_llm_settings_read(struct cvp_ctx *ctx, struct cvp_llm_settings *settings);
void cvp_llm_settings_free(struct cvp_llm_settings *settings);

/* Blots the key out of a text that somebody may read: servers quote what they were sent. */
void cvp_llm_blot(const struct cvp_llm_settings *settings, char *text);

#endif
