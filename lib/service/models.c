#include "service/models.h"

#include <string.h>
#include <time.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/turn.h"
#include "dal/artifacts.h"
#include "dal/jobs.h"
#include "dal/models.h"
#include "schema/checksum.h"
#include "service/admin.h"
#include "service/ping.h"

#define PING_SECONDS  20
#define PING_PRIORITY 9 /* an operator waits */
#define POLL_NANOS    50000000

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

/* ---- whether they answer */

static enum cvp_code
add_result(struct cvp_ctx *ctx, json_t *entry, const char *job_id)
{
	struct cvp_result result;
	enum cvp_code code;

	code = cvp_result_get(ctx, job_id, &result);
	if (code == CVP_OK)
		code = cvp_checksum_verify(ctx, result.body, result.checksum);
	if (code != CVP_OK)
		return code;
	json_object_update(entry, result.body);
	json_object_set_new(entry, "state",
			    json_string(json_is_true(json_object_get(entry, "ok")) ? "answered" : "failed"));
	return CVP_OK;
}

/* What is known of one of the jobs now. */
static enum cvp_code
read_ping(struct cvp_ctx *ctx, enum cvp_model_class class, const char *job_id, json_t **entry, bool *is_over)
{
	struct cvp_job job;
	enum cvp_code code;

	code = cvp_job_find(ctx, CVP_ADMIN_USER, job_id, &job);
	if (code == CVP_OK && strcmp(job.kind, CVP_JOB_PING) != 0)
		code = cvp_fail(ctx, CVP_JOB_NOT_FOUND, "The job was not found: it asks no model.");
	if (code != CVP_OK)
		return code;
	*is_over = !cvp_admin_is_unfinished(&job);
	*entry = cvp_own(ctx, json_pack("{s:s, s:s, s:s, s:s*, s:s*}", "class", cvp_model_class_name(class), "job_id",
					job_id, "state", *is_over ? "failed" : "waiting", "code", job.code, "reason",
					job.error));
	return job.status == CVP_JOB_COMPLETED ? add_result(ctx, *entry, job_id) : CVP_OK;
}

/* The model of models.h; *is_over: none of them is waited for. */
static enum cvp_code
read_pings(struct cvp_ctx *ctx, const struct cvp_pings *pings, json_t **model, bool *is_over)
{
	json_t *entries = cvp_own(ctx, json_array()), *entry, *provider = NULL;
	bool has_model = false, is_one_over;
	enum cvp_code code = CVP_OK;

	*is_over = true;
	for (enum cvp_model_class class = 0; class < CVP_MODEL_CLASS_COUNT && code == CVP_OK; class ++) {
		if (pings->job_ids[class] == NULL)
			continue;
		code = read_ping(ctx, class, pings->job_ids[class], &entry, &is_one_over);
		if (code != CVP_OK)
			break;
		*is_over &= is_one_over;
		provider = json_object_get(entry, "provider") != NULL ? json_object_get(entry, "provider") : provider;
		has_model |= json_object_get(entry, "provider") == NULL || json_object_get(entry, "model") != NULL;
		json_array_append(entries, entry);
	}
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:O*, s:b, s:o}", "provider", provider, "has_model", has_model,
						"models", has_model ? json_incref(entries) : json_array()));
	return code;
}

enum cvp_code
cvp_models_pinged(struct cvp_ctx *ctx, const struct cvp_pings *pings, json_t **model)
{
	bool is_over;

	return read_pings(ctx, pings, model, &is_over);
}

static enum cvp_code
submit_pings(struct cvp_ctx *ctx, struct cvp_pings *pings)
{
	enum cvp_code code = CVP_OK;

	for (enum cvp_model_class class = 0; class < CVP_MODEL_CLASS_COUNT && code == CVP_OK; class ++) {
		struct cvp_uuid id = cvp_uuid_new();
		const char *input = cvp_arena_printf(ctx->arena, "{\"class\":\"%s\"}", cvp_model_class_name(class));

		pings->job_ids[class] = cvp_arena_strdup(ctx->arena, id.text);
		code = cvp_admin_submit(ctx, CVP_JOB_PING, input, PING_PRIORITY, id.text);
	}
	return code;
}

enum cvp_code
cvp_models_ping(struct cvp_ctx *ctx, struct cvp_pings *pings, json_t **model)
{
	static const struct timespec pause = { .tv_nsec = POLL_NANOS };
	int64_t until = cvp_monotonic() + PING_SECONDS * CVP_SECOND;
	enum cvp_code code;
	bool is_over = false;

	code = submit_pings(ctx, pings);
	cvp_turn_leave(ctx->turn); /* others may work while this one waits */
	while (code == CVP_OK && !is_over) {
		code = read_pings(ctx, pings, model, &is_over);
		if (cvp_monotonic() >= until)
			break;
		if (!is_over)
			nanosleep(&pause, NULL);
	}
	return code;
}
