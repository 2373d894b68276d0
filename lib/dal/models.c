#include "dal/models.h"

#include "core/config.h"
#include "core/ctx.h"
#include "dal/db.h"
#include "dal/rows.h"
#include "dal/statements.h"

#define PROBE_RETRY (2 * CVP_SECOND) /* when all probes are out: about as long as an answer takes */
#define DOLLAR      1e6              /* the unit of money: a millionth of a dollar */

enum { MODEL_STATE, MODEL_PROBE, MODEL_SUCCEEDED, MODEL_FAILED, MODEL_BREAKERS, SPENDING_ADD, SPENDING_TODAY };

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[MODEL_STATE] = { "model_state", 2,
		"SELECT (extract(epoch FROM opened_until - $2::timestamptz) * 1000000)::bigint FROM model_state WHERE model = $1" },
	[MODEL_PROBE] = { "model_probe", 4,
		"UPDATE model_state SET probes = CASE WHEN probes < $3 THEN probes + 1 ELSE 1 END, opened_until = CASE WHEN"
		" probes < $3 THEN opened_until ELSE $2 END, successes = CASE WHEN probes < $3 THEN successes ELSE 0 END"
		" WHERE model = $1 AND opened_until <= $2 AND (probes < $3 OR opened_until <= $2::timestamptz -"
		" make_interval(secs => 2 * $4::float8))" },
	[MODEL_SUCCEEDED] = { "model_succeeded", 3,
		"UPDATE model_state SET failures = CASE WHEN opened_until IS NULL OR successes + 1 >= $3 THEN 0 ELSE failures END,"
		" probes = CASE WHEN successes + 1 >= $3 THEN 0 ELSE probes END, opened_until = CASE WHEN successes + 1 >= $3 THEN"
		" NULL ELSE opened_until END, successes = CASE WHEN opened_until IS NULL OR successes + 1 >= $3 THEN 0 ELSE"
		" successes + 1 END WHERE model = $1 AND (failures > 0 OR opened_until IS NOT NULL) AND (opened_until IS NULL OR"
		" opened_until <= $2)" },
	[MODEL_FAILED] = { "model_failed", 4,
		"INSERT INTO model_state AS m (model, failures) VALUES ($1, 1) ON CONFLICT (model) DO UPDATE SET"
		" failures = m.failures + 1, probes = 0, successes = 0, opened_until = CASE WHEN m.opened_until > $2 THEN"
		" m.opened_until WHEN m.opened_until IS NOT NULL OR m.failures + 1 >= $3 THEN $2::timestamptz +"
		" make_interval(secs => $4::float8) END" },
	[MODEL_BREAKERS] = { "model_breakers", 1,
		"SELECT model, CASE WHEN opened_until IS NULL THEN 'closed' WHEN opened_until > $1 THEN 'open' ELSE 'probing' END,"
		" failures, opened_until FROM model_state WHERE failures > 0 ORDER BY model" },
	[SPENDING_ADD] = { "spending_add", 4, /* not waited for: a crash of Postgres may forget a call of its last moment */
		"INSERT INTO spending AS s (user_id, day, tokens, usd) SELECT $1, ($2::timestamptz AT TIME ZONE 'UTC')::date, $3,"
		" $4::bigint / 1000000.0 FROM set_config('synchronous_commit', 'off', true) ON CONFLICT (user_id, day) DO UPDATE SET tokens = s.tokens + excluded.tokens,"
		" usd = s.usd + excluded.usd" },
	[SPENDING_TODAY] = { "spending_today", 3,
		"SELECT usd * 1000000 >= $3::bigint FROM spending WHERE user_id = $1 AND day = ($2::timestamptz AT TIME ZONE"
		" 'UTC')::date" },
};
/* clang-format on */

const struct cvp_stmts cvp_models_stmts = { stmts, CVP_COUNT(stmts) };

struct breaker {
	bool is_open;
	int64_t wait; /* microseconds until it may be probed; 0 and less: now */
};

static enum cvp_code
decode_breaker(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct breaker *breaker = out;

	(void)ctx;
	breaker->is_open = !cvp_row_is_null(row, 0);
	breaker->wait = cvp_row_int(row, 0);
	return CVP_OK;
}

enum cvp_code
cvp_model_admit(struct cvp_ctx *ctx, const char *model, int64_t *wait)
{
	struct breaker breaker = { 0 };
	size_t admitted = 0;
	enum cvp_code code;

	code = cvp_db_query(ctx, &stmts[MODEL_STATE], CVP_WITH(cvp_text(model), cvp_time(cvp_now(ctx))), decode_breaker,
			    &breaker, NULL);
	if (code != CVP_OK || !breaker.is_open)
		return code;
	if (breaker.wait <= 0)
		code = cvp_db_exec(ctx, &stmts[MODEL_PROBE],
				   CVP_WITH(cvp_text(model), cvp_time(cvp_now(ctx)), cvp_int(CVP_BREAKER_PROBES),
					    cvp_int(CVP_BREAKER_SECONDS)),
				   &admitted);
	if (code != CVP_OK || admitted > 0)
		return code;
	*wait = breaker.wait > 0 ? breaker.wait : PROBE_RETRY;
	return cvp_fail(ctx, CVP_CIRCUIT_OPEN, "The model has failed repeatedly and is given a rest.");
}

enum cvp_code
cvp_model_succeeded(struct cvp_ctx *ctx, const char *model)
{
	return cvp_db_exec(ctx, &stmts[MODEL_SUCCEEDED],
			   CVP_WITH(cvp_text(model), cvp_time(cvp_now(ctx)), cvp_int(CVP_BREAKER_PROBES)), NULL);
}

enum cvp_code
cvp_model_failed(struct cvp_ctx *ctx, const char *model)
{
	return cvp_db_exec(ctx, &stmts[MODEL_FAILED],
			   CVP_WITH(cvp_text(model), cvp_time(cvp_now(ctx)), cvp_int(CVP_BREAKER_FAILURES),
				    cvp_int(CVP_BREAKER_SECONDS)),
			   NULL);
}

static enum cvp_code
decode_item(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_array_append_new(out, json_pack("{s:s, s:s, s:I, s:o*}", "model", cvp_row_text(ctx, row, 0), "state",
					     cvp_row_text(ctx, row, 1), "failures", (json_int_t)cvp_row_int(row, 2),
					     "opened_until", cvp_time_json(cvp_row_time(row, 3))));
	return CVP_OK;
}

enum cvp_code
cvp_model_breakers(struct cvp_ctx *ctx, json_t **breakers)
{
	return cvp_query_list(ctx, &stmts[MODEL_BREAKERS], CVP_WITH(cvp_time(cvp_now(ctx))), decode_item, breakers);
}

enum cvp_code
cvp_spending_add(struct cvp_ctx *ctx, const char *user_id, int64_t tokens, double usd)
{
	return cvp_db_exec(ctx, &stmts[SPENDING_ADD],
			   CVP_WITH(cvp_text(user_id), cvp_time(cvp_now(ctx)), cvp_int(tokens),
				    cvp_int((int64_t)(usd * DOLLAR + 0.5))),
			   NULL);
}

enum cvp_code
cvp_spending_check(struct cvp_ctx *ctx, const char *user_id)
{
	int64_t ceiling = cvp_config_int(ctx->config, CVP_SET_LLM_BUDGET_USD_PER_DAY);
	bool is_spent = false;
	enum cvp_code code;

	if (ceiling == 0)
		return CVP_OK;
	code = cvp_db_query(ctx, &stmts[SPENDING_TODAY],
			    CVP_WITH(cvp_text(user_id), cvp_time(cvp_now(ctx)), cvp_int(ceiling)), cvp_decode_bool,
			    &is_spent, NULL);
	if (code == CVP_OK && is_spent)
		code = cvp_fail(ctx, CVP_LLM_BUDGET_EXCEEDED,
				"Today's budget for model calls is spent; it begins anew at midnight UTC.");
	return code;
}
