/* config.h - settings: environment variables, one table (config.c) with name, type, default and sentence.
 *
 * A struct cvp_config is read once at start and never changes; any thread may read it. Secrets may come as files:
 * NAME_FILE names one, its content without the last newline is the value. */
#ifndef CVP_CORE_CONFIG_H
#define CVP_CORE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"

enum cvp_setting {
	CVP_SET_DATABASE_URL,
	CVP_SET_DB_SCHEMA,
	CVP_SET_DB_POOL,
	CVP_SET_DB_TIMEOUT_SECONDS,
	CVP_SET_THREADS,
	CVP_SET_PUBLIC_URL,
	CVP_SET_DATA_DIR,
	CVP_SET_EXTRACT_PROGRAM,
	CVP_SET_EXTRACT_JOBS,
	CVP_SET_RENDER_PROGRAM,
	CVP_SET_EXPORT_JOBS,
	CVP_SET_AUTH_MODE,
	CVP_SET_DATA_KEY_FILE,
	CVP_SET_HASH_KEY_FILE,
	CVP_SET_LINK_KEY_FILE,
	CVP_SET_RATE_LIMITS,
	CVP_SET_RATE_GENERATION_PER_MINUTE,
	CVP_SET_RATE_GENERATION_BURST,
	CVP_SET_RATE_SUBMIT_PER_SECOND,
	CVP_SET_RATE_SUBMIT_BURST,
	CVP_SET_RATE_SIGNIN_PER_MINUTE,
	CVP_SET_SYNC_WAIT_SECONDS,
	CVP_SET_GAP_MAX_QUESTIONS,
	CVP_SET_GAP_PERSIST,
	CVP_SET_JOB_TTL_SECONDS,
	CVP_SET_JOB_LEASE_SECONDS,
	CVP_SET_JOB_BACKOFF_SECONDS,
	CVP_SET_JOB_TIMEOUT_SECONDS,
	CVP_SET_SWEEP_SECONDS,
	CVP_SET_WORKER_ID,
	CVP_SET_WORKER_THREADS,
	CVP_SET_WORKER_CONCURRENCY,
	CVP_SET_WORKER_DRAIN_SECONDS,
	CVP_SET_LLM_PROVIDER,
	CVP_SET_LLM_MODEL_STRATEGIC,
	CVP_SET_LLM_MODEL_TEMPLATE,
	CVP_SET_LLM_BASE_URL,
	CVP_SET_LLM_API_KEY,
	CVP_SET_LLM_TIMEOUT_SECONDS,
	CVP_SET_LLM_STALL_SECONDS,
	CVP_SET_LLM_CONCURRENCY,
	CVP_SET_LLM_PRICE_STRATEGIC_INPUT,
	CVP_SET_LLM_PRICE_STRATEGIC_OUTPUT,
	CVP_SET_LLM_PRICE_TEMPLATE_INPUT,
	CVP_SET_LLM_PRICE_TEMPLATE_OUTPUT,
	CVP_SET_LLM_BUDGET_USD_PER_DAY,
	CVP_SET_LLM_FALLBACK,
	CVP_SET_FAULT_AT,
	CVP_SET_LOG_LEVEL,
	CVP_SET_COUNT
};

struct cvp_config;
struct cvp_ctx;

/* Reads the environment. CVP_INVALID_INPUT names the setting and what it takes. *config is freed by cvp_config_free. */
CVP_CHECKED enum cvp_code cvp_config_load(struct cvp_ctx *ctx, struct cvp_config **config);
void cvp_config_free(struct cvp_config *config);

/* The value in force; never NULL, "" where nothing is set and the default is empty. */
const char *cvp_config_text(const struct cvp_config *config, enum cvp_setting setting);
int64_t cvp_config_int(const struct cvp_config *config, enum cvp_setting setting);
bool cvp_config_bool(const struct cvp_config *config, enum cvp_setting setting);

/* The table, for `careervp config` and for the test that the documentation names every row. */
struct cvp_setting_info {
	const char *name, *type, *fallback, *sentence;
	bool is_secret;
};
struct cvp_setting_info cvp_setting_info(enum cvp_setting setting);

#endif
