/* How long a status read and a claim take beside few and beside many rows of `jobs`: bench/growth makes both tables, in
 * the schemas `small` and `large` of DATABASE_URL, and runs this. One connection a schema, used in turn; each is given
 * unfinished jobs, made and sealed as a submit makes them. The median of the rounds' p99 counts, because a machine's
 * speed drifts.
 *
 * usage: bench/growth_probe SMALL LARGE   finished jobs of each schema; exit status 1 where large is over the limit
 *        bench/growth_probe plans         SQL that explains the statements measured, for psql */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "dal/jobs.h"
#include "dal/keys.h"
#include "dal/queue.h"
#include "dal/rows.h"
#include "dal/statements.h"

#define ROUNDS        3
#define LOOKUPS       20000 /* of each kind a round */
#define CLAIMS        2000  /* a round */
#define SLICES        500   /* of a round, turn about: what else the machine does falls on both tables */
#define BATCH         10
#define UNFINISHED    1000
#define LEASE_SECONDS 60
#define LIMIT         1.5 /* p99 of large beside p99 of small */

enum { SMALL, LARGE, TABLES };
enum kind { FINISHED_JOB, UNFINISHED_JOB, CLAIM, KINDS };

static const char *const kind_names[] = {
	[FINISHED_JOB] = "status of a finished job",
	[UNFINISHED_JOB] = "status of an unfinished job",
	[CLAIM] = "claim of 10 jobs",
};

struct named {
	struct cvp_uuid job, user;
};

/* Microseconds. */
struct figures {
	int64_t p50[ROUNDS], p99[ROUNDS];
};

struct table {
	const char *schema;
	int64_t rows;
	struct cvp_ctx ctx;
	struct cvp_config *config;
	struct cvp_keys *keys;
	struct cvp_db_pool *pool;
	struct named unfinished[UNFINISHED], asked[LOOKUPS];
	int64_t took[LOOKUPS];
	struct figures figures[KINDS];
};

static struct table tables[TABLES] = { [SMALL] = { .schema = "small" }, [LARGE] = { .schema = "large" } };

/* Ids of finished jobs by chance, by the rule that bench/growth filled the tables by: no page is read that the
 * measurement would then find warm. */
static const struct cvp_stmt touches[] = {
	{ "growth_touch_table", 0, "SELECT count(*) FROM jobs WHERE attempts < 0" },
	{ "growth_touch_index", 0, "SELECT count(*) FROM jobs WHERE job_id > ''" },
};

static const struct cvp_stmt pick = {
	"growth_pick", 2,
	"SELECT md5('job' || n)::uuid::text, md5('user' || n % 10000)::uuid::text FROM (SELECT floor(random() *"
	" $1::bigint)::bigint AS n FROM generate_series(1, $2::integer)) chosen"
};

static void
must(const struct table *table, enum cvp_code code, const char *what)
{
	if (code == CVP_OK)
		return;
	fprintf(stderr, "bench/growth_probe: %s in %s: %s\n", what, table->schema, table->ctx.err.message);
	exit(EXIT_FAILURE);
}

static void
must_be(const struct table *table, bool is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "bench/growth_probe: %s in %s is not what it should be\n", what, table->schema);
	exit(EXIT_FAILURE);
}

static void
open_table(struct table *table)
{
	setenv("DB_SCHEMA", table->schema, 1);
	cvp_ctx_init(&table->ctx, cvp_arena_new(65536));
	must(table, cvp_config_load(&table->ctx, &table->config), "settings");
	table->ctx.config = table->config;
	table->keys = cvp_keys_for_test(1);
	table->pool = cvp_db_pool_new(table->config, table->keys);
	table->ctx.db = cvp_db_new(table->pool);
}

static void
close_table(struct table *table)
{
	cvp_db_free(table->ctx.db);
	cvp_db_pool_free(table->pool);
	cvp_config_free(table->config);
	cvp_keys_free(table->keys);
	cvp_arena_free(table->ctx.arena);
}

/* ---- what is measured on */

static void
submit_one(struct table *table, struct named *named)
{
	static const char input[] = "{\"job_posting\":{\"company_name\":\"Example Works\",\"language\":\"en\","
				    "\"responsibilities\":[\"a\",\"b\"],\"role_title\":\"Engineer\"}}";
	int64_t now = cvp_now(&table->ctx);
	struct cvp_job_draft draft = {
		.job_id = named->job.text,
		.user_id = named->user.text,
		.application_id = "app-1",
		.kind = "vpr",
		.idempotency_key = cvp_arena_printf(table->ctx.arena, "vpr#%s#app-1", named->user.text),
		.input = input,
		.input_length = strlen(input),
		.created_at = now,
		.expires_at = now + CVP_RESULT_SECONDS * CVP_SECOND,
		.priority = 5,
	};
	bool is_new = false;

	cvp_sha256(input, strlen(input), draft.digest);
	must(table, cvp_job_submit(&table->ctx, &draft, &is_new), "a submit");
	must_be(table, is_new, "a submitted job");
	cvp_ctx_reset(&table->ctx);
}

static void
submit_unfinished(struct table *table)
{
	for (int i = 0; i < UNFINISHED; i++) {
		table->unfinished[i] = (struct named){ cvp_uuid_new(), cvp_uuid_new() };
		submit_one(table, &table->unfinished[i]);
	}
}

/* What a connection that has served for long has done once: it has touched every page of the table and of the index.
 * The first touch of a page of shared memory is a fault, which on a virtual machine takes longer than the read, and
 * falls on every read of a table that is large and on none of a small one. */
static void
touch_pages(struct table *table)
{
	for (size_t i = 0; i < CVP_COUNT(touches); i++)
		must(table, cvp_db_exec(&table->ctx, &touches[i], CVP_WITHOUT, NULL), "touching the pages");
	cvp_ctx_reset(&table->ctx);
}

struct picked {
	struct named *rows;
	int count;
};

static enum cvp_code
decode_named(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	struct picked *picked = out;
	struct named *named = &picked->rows[picked->count++];

	snprintf(named->job.text, sizeof(named->job.text), "%s", cvp_row_text(ctx, row, 0));
	snprintf(named->user.text, sizeof(named->user.text), "%s", cvp_row_text(ctx, row, 1));
	return CVP_OK;
}

static void
pick_finished(struct table *table)
{
	struct picked picked = { .rows = table->asked };

	must(table,
	     cvp_db_query(&table->ctx, &pick, CVP_WITH(cvp_int(table->rows), cvp_int(LOOKUPS)), decode_named, &picked,
			  NULL),
	     "the choice of ids");
	must_be(table, picked.count == LOOKUPS, "the choice of ids");
	cvp_ctx_reset(&table->ctx);
}

static void
pick_unfinished(struct table *table)
{
	for (int i = 0; i < LOOKUPS; i++)
		table->asked[i] = table->unfinished[random() % UNFINISHED];
}

/* ---- the measurement */

static int
by_value(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static void
look_up(struct table *table, enum kind kind, enum cvp_job_status status, int turn)
{
	const struct named *named = &table->asked[turn];
	struct cvp_job job = { 0 };
	int64_t begun = cvp_monotonic();

	must(table, cvp_job_find(&table->ctx, named->user.text, named->job.text, &job), kind_names[kind]);
	table->took[turn] = cvp_monotonic() - begun;
	must_be(table, job.status == status, kind_names[kind]);
	cvp_ctx_reset(&table->ctx);
}

static void
find_finished(struct table *table, int turn)
{
	look_up(table, FINISHED_JOB, CVP_JOB_COMPLETED, turn);
}

static void
find_unfinished(struct table *table, int turn)
{
	look_up(table, UNFINISHED_JOB, CVP_JOB_PENDING, turn);
}

/* Back to the end of the queue, all in one commit. */
static void
return_all(struct table *table, const struct cvp_lease *leases, size_t count)
{
	bool is_held = false;

	must(table, cvp_db_begin(&table->ctx), "a transaction");
	for (size_t i = 0; i < count; i++) {
		must_be(table, leases[i].input != NULL, "the input of a claimed job");
		must(table, cvp_queue_return(&table->ctx, &leases[i], cvp_now(&table->ctx), true, &is_held),
		     "a return");
		must_be(table, is_held, "a lease");
	}
	must(table, cvp_db_commit(&table->ctx), "a commit");
}

static void
claim(struct table *table, int turn)
{
	struct cvp_lease *leases = NULL;
	size_t count = 0;
	int64_t begun = cvp_monotonic();

	must(table, cvp_queue_claim(&table->ctx, "growth", LEASE_SECONDS, BATCH, &leases, &count), kind_names[CLAIM]);
	table->took[turn] = cvp_monotonic() - begun;
	must_be(table, count == BATCH, kind_names[CLAIM]);
	return_all(table, leases, count);
	cvp_ctx_reset(&table->ctx);
}

static const struct {
	void (*pick)(struct table *table); /* or NULL */
	void (*act)(struct table *table, int turn);
	int turns, slice; /* of a round; of one table before it is the other's turn */
} acts[] = {
	[FINISHED_JOB] = { pick_finished, find_finished, LOOKUPS, LOOKUPS / SLICES },
	[UNFINISHED_JOB] = { pick_unfinished, find_unfinished, LOOKUPS, LOOKUPS / SLICES },
	[CLAIM] = { NULL, claim, CLAIMS, CLAIMS / SLICES },
};

static void
measure(enum kind kind, int round)
{
	for (int i = 0; i < TABLES && acts[kind].pick != NULL; i++)
		acts[kind].pick(&tables[i]);
	for (int from = 0; from < acts[kind].turns; from += acts[kind].slice)
		for (int i = 0; i < TABLES; i++)
			for (int turn = from; turn < from + acts[kind].slice; turn++)
				acts[kind].act(&tables[i], turn);
	for (int i = 0; i < TABLES; i++) {
		qsort(tables[i].took, (size_t)acts[kind].turns, sizeof(tables[i].took[0]), by_value);
		tables[i].figures[kind].p50[round] = tables[i].took[acts[kind].turns / 2];
		tables[i].figures[kind].p99[round] = tables[i].took[acts[kind].turns * 99 / 100];
	}
}

static int64_t
median(const int64_t *rounds)
{
	int64_t sorted[ROUNDS];

	memcpy(sorted, rounds, sizeof(sorted));
	qsort(sorted, ROUNDS, sizeof(*sorted), by_value);
	return sorted[ROUNDS / 2];
}

/* Prints a kind's two tables and their ratio; true where it keeps to the limit. */
static bool
tell(enum kind kind)
{
	double ratio = (double)median(tables[LARGE].figures[kind].p99) /
		       (double)median(tables[SMALL].figures[kind].p99);

	for (int i = 0; i < TABLES; i++) {
		const struct figures *figures = &tables[i].figures[kind];

		printf("growth: %-27s %8lld rows: p50 %lld us, p99 %lld us (rounds", kind_names[kind],
		       (long long)tables[i].rows, (long long)median(figures->p50), (long long)median(figures->p99));
		for (int round = 0; round < ROUNDS; round++)
			printf(" %lld", (long long)figures->p99[round]);
		printf(")\n");
	}
	printf("growth: %-27s p99 at %.2f of the small table's (at most %.1f) %s\n", kind_names[kind], ratio, LIMIT,
	       ratio <= LIMIT ? "ok" : "MISSED");
	return ratio <= LIMIT;
}

static int
compare(void)
{
	bool is_met = true;

	for (int i = 0; i < TABLES; i++) {
		open_table(&tables[i]);
		submit_unfinished(&tables[i]);
		touch_pages(&tables[i]);
	}
	printf("growth: %d unfinished jobs beside them in each; %d reads of a kind and %d claims a round, median of %d "
	       "rounds\n",
	       UNFINISHED, LOOKUPS, CLAIMS, ROUNDS);
	for (int round = 0; round < ROUNDS; round++)
		for (enum kind kind = 0; kind < KINDS; kind++)
			measure(kind, round);
	for (enum kind kind = 0; kind < KINDS; kind++)
		is_met = tell(kind) && is_met;
	for (int i = 0; i < TABLES; i++)
		close_table(&tables[i]);
	return is_met ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- the plans */

static void
print_plan(const struct cvp_stmts *stmts, const char *name)
{
	for (size_t i = 0; i < stmts->count; i++) {
		const struct cvp_stmt *stmt = &stmts->rows[i];

		if (strcmp(stmt->name, name) != 0)
			continue;
		printf("\\echo %s\nPREPARE %s AS %s;\nEXPLAIN EXECUTE %s(", name, name, stmt->sql, name);
		for (int k = 0; k < stmt->params; k++)
			printf("%sNULL", k > 0 ? ", " : "");
		printf(");\n");
		return;
	}
	fprintf(stderr, "bench/growth_probe: no statement is called %s\n", name);
	exit(EXIT_FAILURE);
}

/* The settings are those of lib/dal/pool.c. */
static int
print_plans(void)
{
	printf("SET search_path = large;\nSET plan_cache_mode = force_generic_plan;\nSET enable_seqscan = off;\n"
	       "SET enable_bitmapscan = off;\nSET jit = off;\n");
	print_plan(&cvp_jobs_stmts, "job_unfinished");
	print_plan(&cvp_jobs_stmts, "job_get");
	print_plan(&cvp_queue_stmts, "queue_claim");
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "plans") == 0)
		return print_plans();
	for (int i = 0; i < TABLES && argc == TABLES + 1; i++)
		tables[i].rows = strtoll(argv[i + 1], NULL, 10);
	if (tables[SMALL].rows < 1 || tables[LARGE].rows < 1) {
		fprintf(stderr, "usage: bench/growth_probe SMALL LARGE | plans\n");
		return 2;
	}
	return compare();
}
