#include "dal/heartbeat.h"

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
		" g.percent FROM unnest($1::text[], $2::text[]::bigint[], $3::text[], $4::text[]::smallint[],"
		" $5::text[]::boolean[]) WITH ORDINALITY AS g(job_id, token, stage, percent, renews, place)"
		" WHERE " CVP_BY_INDEX("q.job_id", "g.job_id") " AND coalesce(q.lease_token, 0) = g.token RETURNING g.place - 1" },
};
/* clang-format on */

const struct cvp_stmts cvp_heartbeat_stmts = { stmts, CVP_COUNT(stmts) };

/* A row of the answer: the place of a beat whose lease is held. */
static enum cvp_code
note_held(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	((struct cvp_beat *)out)[cvp_row_int(row, 0)].is_held = true;
	return CVP_OK;
}

static void
add_row(struct cvp_array *columns, const struct cvp_beat *beat)
{
	cvp_array_add_text(&columns[JOB_ID], beat->job_id);
	cvp_array_add_int(&columns[TOKEN], beat->token);
	cvp_array_add_text(&columns[STAGE], cvp_stage_name(beat->stage));
	cvp_array_add_int(&columns[PERCENT], beat->percent);
	cvp_array_add_bool(&columns[RENEWS], beat->renews);
}

enum cvp_code
cvp_queue_beat(struct cvp_ctx *ctx, struct cvp_beat *beats, size_t count, int64_t lease_seconds)
{
	struct cvp_array columns[COLUMNS];
	struct cvp_param params[COLUMNS + 1];
	enum cvp_code code;

	for (enum column i = 0; i < COLUMNS; i++)
		cvp_array_begin(&columns[i], CVP_TYPE_TEXT, count);
	for (size_t i = 0; i < count; i++) {
		beats[i].is_held = false;
		add_row(columns, &beats[i]);
	}
	for (enum column i = 0; i < COLUMNS; i++)
		params[i] = cvp_array_param(&columns[i]);
	params[COLUMNS] = cvp_time(cvp_now(ctx) + lease_seconds * CVP_SECOND);
	code = cvp_db_query(ctx, &stmts[0], params, note_held, beats, NULL);
	for (enum column i = 0; i < COLUMNS; i++)
		cvp_array_free(&columns[i]);
	return code;
}
