#include "dal/submit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

#include "core/turn.h"
#include "dal/applications.h"
#include "dal/array.h"
#include "dal/jobs.h"
#include "dal/pool.h"
#include "dal/statements.h"

#define GROUP_MAX 32

enum state { WAITS, LEADS, IS_WRITTEN, IS_LEFT };

/* A submit in line; it lives on its caller's stack until its state is one of the last two. */
struct entry {
	const struct cvp_job_draft *draft;
	struct cvp_buf input, posting; /* sealed */
	struct entry *next;
	enum state state;
	bool is_new;
	sem_t called; /* the state has changed */
};

struct cvp_submit_line {
	pthread_mutex_t lock;
	struct entry *first, **last;
	bool is_writing; /* one group at a time: two make each half as large, and fewer submits a second */
};

struct group {
	struct entry *entries[GROUP_MAX];
	size_t count;
};

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	/* turn (SPEC 5.1) is counted up to 32: a user further back than that waits in the order of submit. Rows are written
	   in the order of their keys, so that two groups never wait for each other. */
	{ "job_submit", 12,
		"WITH given AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[],"
		"  $5::text[]::timestamptz[], $6::text[]::timestamptz[], $7::text[], $8::bytea[], $9::bytea[], $10::text[],"
		"  $11::bytea[], $12::text[]::smallint[]) AS g(job_id, user_id, application_id, kind, created_at, expires_at,"
		"  key, digest, input, cv_id, posting, priority)),"
		" mine AS (SELECT u.user_id, (SELECT count(*) FROM (SELECT FROM queue q WHERE q.user_id = u.user_id LIMIT 32)"
		"  unfinished) AS turn FROM (SELECT DISTINCT user_id FROM given) u),"
		" job AS (INSERT INTO jobs (job_id, user_id, application_id, kind, status, created_at, expires_at, purge_at,"
		"   idempotency_key, idem_live, input_digest, input_data, extra)"
		"  SELECT g.job_id, g.user_id, g.application_id, g.kind, 'PENDING', g.created_at, g.expires_at, g.expires_at,"
		"   g.key, true, " CVP_JOB_DIGEST("g.digest") ", g.input, CASE WHEN cv.cv_id IS NULL THEN '{}'"
		"   ELSE jsonb_build_object('cv_id', cv.cv_id, 'cv_version', cv.version) END"
		"  FROM given g LEFT JOIN LATERAL job_cv(g.user_id, g.application_id, g.cv_id) cv ON true"
		"  WHERE g.cv_id IS NULL OR cv.cv_id IS NOT NULL ORDER BY g.user_id, g.key"
		"  ON CONFLICT (user_id, idempotency_key) WHERE idem_live DO NOTHING RETURNING job_id),"
		" waiting AS (INSERT INTO queue (job_id, user_id, kind, priority, turn, run_at)"
		"  SELECT g.job_id, g.user_id, g.kind, g.priority, mine.turn, g.created_at FROM given g JOIN job USING (job_id)"
		"  JOIN mine USING (user_id)),"
		" application AS (INSERT INTO applications AS a"
		"   (user_id, application_id, cv_id, posting, stage, created_at, updated_at)"
		"  SELECT DISTINCT ON (g.user_id, g.application_id) g.user_id, g.application_id, g.cv_id, g.posting,"
		"   'GENERATING_ARTIFACTS', g.created_at, g.created_at"
		"  FROM given g JOIN job USING (job_id) WHERE g.application_id IS NOT NULL ORDER BY g.user_id,"
		"  g.application_id, g.created_at DESC ON CONFLICT (user_id, application_id) DO UPDATE SET cv_id = coalesce(excluded.cv_id,"
		"  a.cv_id), posting = coalesce(excluded.posting, a.posting), stage = excluded.stage,"
		"  updated_at = excluded.updated_at)"
		" SELECT job_id FROM job" },
};
/* clang-format on */

const struct cvp_stmts cvp_submit_stmts = { stmts, CVP_COUNT(stmts) };

enum column {
	JOB_ID,
	USER_ID,
	APPLICATION_ID,
	KIND,
	CREATED_AT,
	EXPIRES_AT,
	KEY,
	DIGEST,
	INPUT,
	CV_ID,
	POSTING,
	PRIORITY,
	COLUMNS
};

struct cvp_submit_line *
cvp_submit_line_new(void)
{
	struct cvp_submit_line *line = cvp_xcalloc(1, sizeof(*line));

	pthread_mutex_init(&line->lock, NULL);
	line->last = &line->first;
	return line;
}

void
cvp_submit_line_free(struct cvp_submit_line *line)
{
	pthread_mutex_destroy(&line->lock);
	free(line);
}

static bool
is_bytes(enum column column)
{
	return column == DIGEST || column == INPUT || column == POSTING;
}

static void
add_row(struct cvp_array *columns, const struct entry *entry)
{
	const struct cvp_job_draft *draft = entry->draft;
	const char *texts[COLUMNS] = {
		[JOB_ID] = draft->job_id, [USER_ID] = draft->user_id,     [APPLICATION_ID] = draft->application_id,
		[KIND] = draft->kind,     [KEY] = draft->idempotency_key, [CV_ID] = draft->cv_id,
	};

	for (enum column i = 0; i < COLUMNS; i++)
		if (!is_bytes(i) && i != CREATED_AT && i != EXPIRES_AT && i != PRIORITY)
			cvp_array_add_text(&columns[i], texts[i]);
	cvp_array_add_time(&columns[CREATED_AT], draft->created_at);
	cvp_array_add_time(&columns[EXPIRES_AT], draft->expires_at);
	cvp_array_add_int(&columns[PRIORITY], draft->priority);
	cvp_array_add(&columns[DIGEST], draft->digest, sizeof(draft->digest));
	cvp_array_add(&columns[INPUT], entry->input.data, entry->input.length);
	cvp_array_add(&columns[POSTING], entry->posting.data, entry->posting.length);
}

/* A row of the answer: one of the group is new. */
static enum cvp_code
note_new(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	const char *job_id = cvp_row_text(ctx, row, 0);
	struct group *group = out;

	for (size_t i = 0; i < group->count; i++)
		if (strcmp(group->entries[i]->draft->job_id, job_id) == 0)
			group->entries[i]->is_new = true;
	return CVP_OK;
}

static enum cvp_code
write_group(struct cvp_ctx *ctx, struct group *group)
{
	struct cvp_array columns[COLUMNS];
	struct cvp_param params[COLUMNS];
	enum cvp_code code;

	for (enum column i = 0; i < COLUMNS; i++)
		cvp_array_begin(&columns[i], is_bytes(i) ? CVP_TYPE_BYTEA : CVP_TYPE_TEXT, group->count);
	for (size_t i = 0; i < group->count; i++)
		add_row(columns, group->entries[i]);
	for (enum column i = 0; i < COLUMNS; i++)
		params[i] = cvp_array_param(&columns[i]);
	code = cvp_db_query(ctx, &stmts[0], params, note_new, group, NULL);
	for (enum column i = 0; i < COLUMNS; i++)
		cvp_array_free(&columns[i]);
	return code;
}

static enum cvp_code
write_alone(struct cvp_ctx *ctx, struct entry *entry)
{
	struct group group = { { entry }, 1 };

	return write_group(ctx, &group);
}

/* Lets the first in line lead the next group, unless a group is under way, or called already; under lock. */
static void
call_next(struct cvp_submit_line *line)
{
	if (line->first == NULL || line->is_writing)
		return;
	line->is_writing = true;
	line->first->state = LEADS;
	sem_post(&line->first->called);
}

/* Waits until the entry leads a group or is done with. */
static void
stand_in_line(struct cvp_ctx *ctx, struct cvp_submit_line *line, struct entry *entry)
{
	bool leads;

	pthread_mutex_lock(&line->lock);
	*line->last = entry;
	line->last = &entry->next;
	call_next(line);
	leads = entry->state == LEADS;
	pthread_mutex_unlock(&line->lock);
	if (!leads)
		cvp_turn_leave(ctx->turn); /* others may come meanwhile and make the group larger */
	while (sem_wait(&entry->called) != 0)
		; /* a signal */
}

/* The first of the line and those behind it. */
static struct group
take_group(struct cvp_submit_line *line)
{
	struct group group = { .count = 0 };

	pthread_mutex_lock(&line->lock);
	while (line->first != NULL && group.count < GROUP_MAX) {
		group.entries[group.count++] = line->first;
		line->first = line->first->next;
	}
	if (line->first == NULL)
		line->last = &line->first;
	pthread_mutex_unlock(&line->lock);
	return group;
}

/* Lets the members of the group go, then the next begin: who submits again at once is in it, which makes groups of 6
 * instead of 4 where 8 submit without pause. Members live on the stacks of those who wait. */
static void
dismiss_group(struct cvp_submit_line *line, const struct group *group, const struct entry *leader, enum state state)
{
	for (size_t i = 0; i < group->count; i++) {
		struct entry *member = group->entries[i];

		if (member == leader)
			continue;
		member->state = state;
		sem_post(&member->called);
	}
	pthread_mutex_lock(&line->lock);
	line->is_writing = false;
	call_next(line);
	pthread_mutex_unlock(&line->lock);
}

/* Writes the group of the entry that leads it. */
static enum cvp_code
lead(struct cvp_ctx *ctx, struct cvp_submit_line *line, struct entry *entry)
{
	struct group group = take_group(line);
	enum cvp_code code = write_group(ctx, &group);
	bool is_alone = group.count == 1;

	dismiss_group(line, &group, entry, code == CVP_OK ? IS_WRITTEN : IS_LEFT);
	if (code == CVP_OK || is_alone)
		return code;
	cvp_clear(ctx);
	return write_alone(ctx, entry);
}

static enum cvp_code
seal_bodies(struct cvp_ctx *ctx, struct entry *entry)
{
	const struct cvp_job_draft *draft = entry->draft;
	enum cvp_code code;

	code = cvp_seal(ctx, cvp_db_codec(ctx), cvp_job_place(ctx, "input_data", draft->user_id, draft->job_id),
			draft->input, draft->input_length, &entry->input);
	if (code == CVP_OK && draft->posting != NULL)
		code = cvp_seal(ctx, cvp_db_codec(ctx),
				cvp_application_place(ctx, draft->user_id, draft->application_id), draft->posting,
				draft->posting_length, &entry->posting);
	return code;
}

static enum cvp_code
submit(struct cvp_ctx *ctx, struct entry *entry)
{
	struct cvp_submit_line *line = cvp_pool_submit_line(ctx->db->pool);

	if (ctx->db->conn != NULL) /* a transaction of the caller's: nobody else's submit belongs into it */
		return write_alone(ctx, entry);
	stand_in_line(ctx, line, entry);
	if (entry->state == LEADS)
		return lead(ctx, line, entry);
	return entry->state == IS_LEFT ? write_alone(ctx, entry) : CVP_OK;
}

enum cvp_code
cvp_job_submit(struct cvp_ctx *ctx, const struct cvp_job_draft *draft, bool *is_new)
{
	struct entry entry = {
		.draft = draft,
		.input = CVP_BUF(CVP_BODY_MAX),
		.posting = CVP_BUF(CVP_BODY_MAX),
	};
	enum cvp_code code;

	sem_init(&entry.called, 0, 0);
	code = seal_bodies(ctx, &entry);
	if (code == CVP_OK)
		code = submit(ctx, &entry);
	cvp_buf_free(&entry.input);
	cvp_buf_free(&entry.posting);
	sem_destroy(&entry.called);
	if (code == CVP_OK)
		*is_new = entry.is_new;
	return code;
}
