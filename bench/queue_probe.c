/* How fast our queue takes jobs, gives them out and ends them: bench/queue makes the schema of DATABASE_URL and runs
 * this beside its peers. Jobs are no-ops (CVP_JOB_PROBE), submitted, claimed and completed as the product does it; each
 * keeps its row. Prints one line of JSON as the peers do: {"requests", "secs", "rate", "errors", and of latency
 * "p50_ms", "p99_ms", "max_ms"}.
 *
 * usage: bench/queue_probe submit LANES N           N single submits by LANES threads, wakes included
 *        bench/queue_probe fill N                   N jobs in the queue, none running
 *        bench/queue_probe drain THREADS BATCH N    claims and completes the N jobs that were filled in
 *        bench/queue_probe watch SECONDS            when the queue was empty, at most so long from now
 *        bench/queue_probe latency N                from a submit to its claim by an idle listener, one at a time */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/config.h"
#include "core/ctx.h"
#include "dal/jobs.h"
#include "dal/keys.h"
#include "dal/queue.h"
#include "dal/rows.h"
#include "dal/statements.h"
#include "dal/wake.h"

#define LANES_MAX     64
#define BATCH_MAX     5000
#define FILL_LANES    32
#define LEASE_SECONDS 90
#define WARM_UP       3 /* waits before the measured ones, as the peers have them */
#define POLL_NANOS    2000000
#define WORKER_ID     "probe"

struct probe {
	struct cvp_config *config;
	struct cvp_keys *keys;
	struct cvp_db_pool *pool;
	struct cvp_waker *waker; /* NULL: nobody is woken */
	long total;
	int batch;
	atomic_long begun, done;
};

static struct probe probe;
static const struct timespec settle = { .tv_nsec = 500000000 }; /* until threads are connected and listen */

static void
must(const struct cvp_ctx *ctx, enum cvp_code code, const char *what)
{
	if (code == CVP_OK)
		return;
	fprintf(stderr, "bench/queue_probe: %s: %s\n", what, ctx->err.message);
	exit(EXIT_FAILURE);
}

static void
must_be(bool is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "bench/queue_probe: %s is not what it should be\n", what);
	exit(EXIT_FAILURE);
}

/* ---- a thread of the probe, as a thread of a program */

static void
enter(struct cvp_ctx *ctx)
{
	cvp_ctx_init(ctx, cvp_arena_new((size_t)1024 * 1024));
	ctx->config = probe.config;
	ctx->db = probe.pool != NULL ? cvp_db_new(probe.pool) : NULL;
}

static void
leave(struct cvp_ctx *ctx)
{
	cvp_db_free(ctx->db);
	cvp_arena_free(ctx->arena);
}

static void
open_probe(struct cvp_ctx *ctx)
{
	setenv("DB_POOL", "70", 0); /* a connection for each lane there may be */
	enter(ctx);
	must(ctx, cvp_config_load(ctx, &probe.config), "settings");
	ctx->config = probe.config;
	must(ctx, cvp_keys_load(ctx, &probe.keys), "keys"); /* a worker's: it opens what is filled in here */
	probe.pool = cvp_db_pool_new(probe.config, probe.keys);
	ctx->db = cvp_db_new(probe.pool);
}

static void
close_probe(struct cvp_ctx *ctx)
{
	leave(ctx);
	cvp_db_pool_free(probe.pool);
	cvp_config_free(probe.config);
	cvp_keys_free(probe.keys);
}

/* Seconds that `threads` threads take to end `run`; each brings its connection up before the clock starts. */
static double
time_threads(int threads, void *(*run)(void *start))
{
	static sem_t start;
	pthread_t ids[LANES_MAX];
	int64_t begun;

	sem_init(&start, 0, 0);
	for (int i = 0; i < threads; i++)
		must_be(pthread_create(&ids[i], NULL, run, &start) == 0, "a thread");
	nanosleep(&settle, NULL);
	begun = cvp_monotonic();
	for (int i = 0; i < threads; i++)
		sem_post(&start);
	for (int i = 0; i < threads; i++)
		pthread_join(ids[i], NULL);
	sem_destroy(&start);
	return (double)(cvp_monotonic() - begun) / CVP_SECOND;
}

static void
get_ready(struct cvp_ctx *ctx, sem_t *start)
{
	enter(ctx);
	must(ctx, cvp_db_health(ctx), "a connection");
	while (sem_wait(start) != 0)
		;
}

/* ---- what is asked of the database beside the product's statements */

static const struct cvp_stmt count_queue = { "probe_count_queue", 0, "SELECT count(*) FROM queue" };
static const struct cvp_stmt count_completed = { "probe_count_completed", 1,
						 "SELECT count(*) FROM jobs WHERE status = 'COMPLETED' AND kind = $1" };

static enum cvp_code
decode_count(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	*(long *)out = (long)cvp_row_int(row, 0);
	return CVP_OK;
}

static long
count_rows(struct cvp_ctx *ctx, const struct cvp_stmt *stmt)
{
	long count = 0;

	must(ctx, cvp_db_query(ctx, stmt, CVP_WITH(cvp_text(CVP_JOB_PROBE)), decode_count, &count, NULL), stmt->name);
	return count;
}

static bool
is_any_queued(struct cvp_ctx *ctx)
{
	static const struct cvp_stmt any = { "probe_any", 0, "SELECT EXISTS (SELECT FROM queue)" };
	bool is_any = false;

	must(ctx, cvp_db_query(ctx, &any, CVP_WITHOUT, cvp_decode_bool, &is_any, NULL), any.name);
	cvp_ctx_reset(ctx);
	return is_any;
}

static void
report(long count, double seconds, const char *more)
{
	printf("{\"requests\": %ld, \"secs\": %.4f, \"rate\": %.1f, \"errors\": 0%s}\n", count, seconds,
	       (double)count / seconds, more);
}

/* ---- submits */

static void
submit_one(struct cvp_ctx *ctx)
{
	static const char input[] = "{}";
	struct cvp_uuid job_id = cvp_uuid_new();
	int64_t now = cvp_now(ctx);
	struct cvp_job_draft draft = {
		.job_id = job_id.text,
		.user_id = "system",
		.kind = CVP_JOB_PROBE,
		.idempotency_key = cvp_arena_printf(ctx->arena, CVP_JOB_PROBE "#system#%s", job_id.text),
		.input = input,
		.input_length = strlen(input),
		.created_at = now,
		.expires_at = now + CVP_IDEMPOTENT_SECONDS * CVP_SECOND,
		.priority = CVP_JOB_PRIORITY,
	};
	bool is_new = false;

	cvp_sha256(input, strlen(input), draft.digest);
	must(ctx, cvp_job_submit(ctx, &draft, &is_new), "a submit");
	must_be(is_new, "a submitted job");
	if (probe.waker != NULL)
		cvp_wake_workers(probe.waker);
	cvp_ctx_reset(ctx);
}

static void *
run_lane(void *start)
{
	struct cvp_ctx ctx;

	get_ready(&ctx, start);
	while (atomic_fetch_add(&probe.begun, 1) < probe.total)
		submit_one(&ctx);
	leave(&ctx);
	return NULL;
}

static int
measure_submits(struct cvp_ctx *ctx, int lanes, long count)
{
	double seconds;

	probe.total = count;
	probe.waker = cvp_waker_start(probe.config, probe.pool);
	seconds = time_threads(lanes, run_lane);
	cvp_waker_stop(probe.waker);
	must_be(count_rows(ctx, &count_queue) == count, "the queue after the submits");
	report(count, seconds, "");
	return EXIT_SUCCESS;
}

static int
fill(struct cvp_ctx *ctx, long count)
{
	double seconds;

	probe.total = count;
	seconds = time_threads(FILL_LANES, run_lane);
	must_be(count_rows(ctx, &count_queue) == count, "the filled queue");
	report(count, seconds, "");
	return EXIT_SUCCESS;
}

/* ---- draining */

/* Ends a batch as a worker does: the queue's rows and the jobs' by one transaction. */
static void
complete_all(struct cvp_ctx *ctx, const struct cvp_lease *leases, size_t count)
{
	const struct cvp_lease *held[BATCH_MAX];
	const struct cvp_job *jobs[BATCH_MAX];
	struct cvp_job_end *ends = cvp_arena_alloc(ctx->arena, count * sizeof(*ends));
	bool is_held[BATCH_MAX];

	for (size_t i = 0; i < count; i++) {
		must_be(leases[i].input != NULL, "the input of a claimed job");
		held[i] = &leases[i];
		jobs[i] = &leases[i].job;
		ends[i].is_persisted = true; /* nothing was to be stored */
	}
	must(ctx, cvp_db_begin(ctx), "a transaction");
	must(ctx, cvp_queue_remove_all(ctx, held, count, is_held), "a removal");
	for (size_t i = 0; i < count; i++)
		must_be(is_held[i], "a lease");
	must(ctx, cvp_jobs_complete(ctx, jobs, ends, count), "a completion");
	must(ctx, cvp_db_commit(ctx), "a commit");
}

static void *
run_worker(void *start)
{
	struct cvp_lease *leases;
	struct cvp_ctx ctx;
	size_t count = 0;

	get_ready(&ctx, start);
	do {
		must(&ctx, cvp_queue_claim(&ctx, WORKER_ID, LEASE_SECONDS, probe.batch, &leases, &count), "a claim");
		if (count > 0)
			complete_all(&ctx, leases, count);
		atomic_fetch_add(&probe.done, (long)count);
		cvp_ctx_reset(&ctx);
	} while (atomic_load(&probe.done) < probe.total);
	leave(&ctx);
	return NULL;
}

static int
measure_drain(struct cvp_ctx *ctx, int threads, int batch, long count)
{
	long before = count_rows(ctx, &count_completed);
	double seconds;

	must_be(batch > 0 && batch <= BATCH_MAX, "the batch");
	must_be(count_rows(ctx, &count_queue) == count, "the queue before the drain");
	probe.total = count;
	probe.batch = batch;
	seconds = time_threads(threads, run_worker);
	must_be(count_rows(ctx, &count_queue) == 0, "the queue after the drain");
	must_be(count_rows(ctx, &count_completed) == before + count, "the jobs after the drain");
	report(count, seconds, "");
	return EXIT_SUCCESS;
}

/* ---- from submit to start */

static int64_t submitted_at; /* monotonic; set before the submit, read after its claim */
static int64_t *waits;
static sem_t started;

/* An idle worker: waits for a wake-up, claims, says so, ends the job. */
static void *
run_listener(void *unused)
{
	struct cvp_listener *listener = cvp_listener_new(probe.pool, CVP_CHANNEL_WORK);
	struct cvp_lease *leases;
	struct cvp_ctx ctx;
	bool is_woken;

	(void)unused;
	enter(&ctx);
	for (long seen = 0; seen < probe.total;) {
		size_t count = 0;

		must(&ctx, cvp_listener_wait(&ctx, listener, 1000, -1, NULL, &is_woken), "a wait");
		must(&ctx, cvp_queue_claim(&ctx, WORKER_ID, LEASE_SECONDS, 10, &leases, &count), "a claim");
		must_be(count <= 1, "a claim of one job");
		if (count == 1) {
			waits[seen++] = cvp_monotonic() - submitted_at;
			complete_all(&ctx, leases, count);
			sem_post(&started);
		}
		cvp_ctx_reset(&ctx);
	}
	cvp_listener_free(listener);
	leave(&ctx);
	return NULL;
}

static int
by_value(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static int
measure_latency(struct cvp_ctx *ctx, long count)
{
	pthread_t listener;
	int64_t *sorted;
	char more[128];

	probe.total = count + WARM_UP;
	waits = cvp_xcalloc((size_t)probe.total, sizeof(*waits));
	sem_init(&started, 0, 0);
	probe.waker = cvp_waker_start(probe.config, probe.pool);
	must_be(pthread_create(&listener, NULL, run_listener, NULL) == 0, "a thread");
	nanosleep(&settle, NULL);
	for (long i = 0; i < probe.total; i++) {
		submitted_at = cvp_monotonic();
		submit_one(ctx);
		while (sem_wait(&started) != 0)
			;
		nanosleep(&(struct timespec){ .tv_nsec = 5000000 + random() % 15000000 }, NULL); /* as the peers' */
	}
	pthread_join(listener, NULL);
	cvp_waker_stop(probe.waker);
	sorted = waits + WARM_UP;
	qsort(sorted, (size_t)count, sizeof(*sorted), by_value);
	snprintf(more, sizeof(more), ", \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f",
		 (double)sorted[count / 2] / 1000, (double)sorted[count * 99 / 100] / 1000,
		 (double)sorted[count - 1] / 1000);
	report(count, 1, more);
	free(waits);
	sem_destroy(&started);
	return EXIT_SUCCESS;
}

/* Says when it watches, and then, by the clock that never jumps, when no job was unfinished any more. */
static int
watch(struct cvp_ctx *ctx, long seconds)
{
	static const struct timespec pause = { .tv_nsec = POLL_NANOS };
	int64_t until = cvp_monotonic() + seconds * CVP_SECOND;
	bool is_waiting = true;

	must_be(is_any_queued(ctx), "the queue to watch");
	puts("watching");
	fflush(stdout);
	while (is_waiting && cvp_monotonic() < until) {
		nanosleep(&pause, NULL);
		is_waiting = is_any_queued(ctx);
	}
	printf("%.6f\n", (double)cvp_monotonic() / CVP_SECOND);
	return is_waiting ? EXIT_FAILURE : EXIT_SUCCESS;
}

static long
number(const char *text, long most)
{
	long value = strtol(text, NULL, 10);

	must_be(value > 0 && value <= most, text);
	return value;
}

static int
run(struct cvp_ctx *ctx, int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	if (strcmp(verb, "submit") == 0 && argc == 4)
		return measure_submits(ctx, (int)number(argv[2], LANES_MAX), number(argv[3], INT32_MAX));
	if (strcmp(verb, "fill") == 0 && argc == 3)
		return fill(ctx, number(argv[2], INT32_MAX));
	if (strcmp(verb, "drain") == 0 && argc == 5)
		return measure_drain(ctx, (int)number(argv[2], LANES_MAX), (int)number(argv[3], BATCH_MAX),
				     number(argv[4], INT32_MAX));
	if (strcmp(verb, "latency") == 0 && argc == 3)
		return measure_latency(ctx, number(argv[2], INT32_MAX));
	if (strcmp(verb, "watch") == 0 && argc == 3)
		return watch(ctx, number(argv[2], INT32_MAX));
	fprintf(stderr, "usage: bench/queue_probe submit LANES N | fill N | drain THREADS BATCH N | latency N |"
			" watch SECONDS\n");
	return 2;
}

int
main(int argc, char **argv)
{
	struct cvp_ctx ctx;
	int status;

	open_probe(&ctx);
	status = run(&ctx, argc, argv);
	close_probe(&ctx);
	return status;
}
