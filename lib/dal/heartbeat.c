#include "dal/heartbeat.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/array.h"
#include "dal/rows.h"
#include "dal/statements.h"

enum column { JOB_ID, TOKEN, STAGE, PERCENT, RENEWS, COLUMNS };

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	/* an unchanged lease_until leaves the row off the index of leases */
	{ "queue_beat", 6,
		"UPDATE queue q SET lease_until = CASE WHEN g.renews THEN $6 ELSE q.lease_until END, stage = g.stage, percent ="
		" g.percent FROM (SELECT * FROM unnest($1::text[], $2::text[]::bigint[], $3::text[], $4::text[]::smallint[],"
		" $5::text[]::boolean[]) AS u(job_id, token, stage, percent, renews) ORDER BY job_id) g WHERE q.job_id ="
		" g.job_id AND q.lease_token = g.token RETURNING q.job_id" },
};
/* clang-format on */

const struct cvp_stmts cvp_heartbeat_stmts = { stmts, CVP_COUNT(stmts) };

struct beats {
	struct cvp_beat *all;
	size_t count;
};

static enum cvp_code
note_held(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	const char *job_id = cvp_row_text(ctx, row, 0);
	struct beats *beats = out;

	for (size_t i = 0; i < beats->count; i++)
		if (strcmp(beats->all[i].job_id, job_id) == 0)
			beats->all[i].is_held = true;
	return CVP_OK;
}

static void
add_row(struct cvp_ctx *ctx, struct cvp_array *columns, const struct cvp_beat *beat)
{
	cvp_array_add_text(&columns[JOB_ID], beat->job_id);
	cvp_array_add_text(&columns[TOKEN], cvp_arena_printf(ctx->arena, "%lld", (long long)beat->token));
	cvp_array_add_text(&columns[STAGE], cvp_stage_name(beat->stage));
	cvp_array_add_text(&columns[PERCENT], cvp_arena_printf(ctx->arena, "%d", beat->percent));
	cvp_array_add_text(&columns[RENEWS], beat->renews ? "t" : "f");
}

enum cvp_code
cvp_queue_beat(struct cvp_ctx *ctx, struct cvp_beat *beats, size_t count, int64_t lease_seconds)
{
	struct beats all = { beats, count };
	struct cvp_array columns[COLUMNS];
	struct cvp_param params[COLUMNS + 1];
	enum cvp_code code;

	for (enum column i = 0; i < COLUMNS; i++)
		cvp_array_begin(&columns[i], CVP_TYPE_TEXT, count);
	for (size_t i = 0; i < count; i++) {
		beats[i].is_held = false;
		add_row(ctx, columns, &beats[i]);
	}
	for (enum column i = 0; i < COLUMNS; i++)
		params[i] = cvp_array_param(&columns[i]);
	params[COLUMNS] = cvp_time(cvp_now(ctx) + lease_seconds * CVP_SECOND);
	code = cvp_db_query(ctx, &stmts[0], params, note_held, &all, NULL);
	for (enum column i = 0; i < COLUMNS; i++)
		cvp_array_free(&columns[i]);
	return code;
}
