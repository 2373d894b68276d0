/* How long the built-in engine takes for a report: the match, the text, its verification and its bytes, as the worker
 * has them made, without the database around them. The CV is read once before.
 *
 * With ANSWER, a model's answer (bench/inflight_answer.json fits the samples), it is the CPU work of a job that a model
 * writes: the question, then what of the answer may stand.
 *
 * usage: bench/report CV POSTING [ROUNDS [ANSWER]]   (default 400); exit status 1 where the median is over the limit */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "core/clock.h"
#include "files.h"

#define ROUNDS_MAX   100000
#define WARM_UP      20
#define LIMIT_MICROS 15000
#define ARENA_BYTES  ((size_t)256 * 1024) /* as a worker's thread has it */

struct work {
	json_t *input;
	const json_t *answer; /* NULL where the engine writes */
};

static int
by_value(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* As the built-in engine has it made. */
static enum cvp_code
generate(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct work *work, json_t **report)
{
	return cvp_kind_vpr.generate(ctx, assets, work->input, report);
}

/* As a model has it made; between the two steps a job keeps a text. */
static enum cvp_code
adopt(struct cvp_ctx *ctx, const struct cvp_assets *assets, const struct work *work, json_t **report)
{
	const struct cvp_kind_writing *writing = cvp_kind_vpr.writing;
	enum cvp_code code;
	json_t *question;
	size_t left_out;
	char *kept;

	code = writing->ask(ctx, assets, work->input, NULL, &question);
	if (code != CVP_OK)
		return code;
	kept = json_dumps(json_object_get(question, "kept"), JSON_COMPACT);
	cvp_ctx_reset(ctx);
	json_object_set_new(work->input, "kept", json_loads(kept, 0, NULL));
	free(kept);
	code = writing->adopt(ctx, assets, work->input, work->answer, report, &left_out);
	json_object_del(work->input, "kept");
	return code;
}

/* Makes one report; returns the microseconds it took. */
static int64_t
make_report(struct cvp_bench *bench, struct cvp_ctx *ctx, const struct work *work)
{
	int64_t begun = cvp_monotonic();
	json_t *report;
	char *bytes;

	cvp_ctx_reset(ctx);
	if ((work->answer != NULL ? adopt : generate)(ctx, bench->assets, work, &report) != CVP_OK) {
		fprintf(stderr, "bench/report: no valid report: %s\n", ctx->err.message);
		exit(EXIT_FAILURE);
	}
	bytes = json_dumps(report, JSON_COMPACT);
	free(bytes);
	return cvp_monotonic() - begun;
}

static int
measure(struct cvp_bench *bench, const struct work *work, int rounds)
{
	int64_t *took = calloc((size_t)rounds, sizeof(*took)), median;
	struct cvp_ctx ctx = bench->ctx;

	if (took == NULL)
		return EXIT_FAILURE;
	ctx.arena = cvp_arena_new(ARENA_BYTES);
	for (int i = 0; i < WARM_UP; i++)
		make_report(bench, &ctx, work);
	for (int i = 0; i < rounds; i++)
		took[i] = make_report(bench, &ctx, work);
	cvp_arena_free(ctx.arena);
	qsort(took, (size_t)rounds, sizeof(*took), by_value);
	median = took[rounds / 2];
	printf("report: median %.2f ms, p99 %.2f ms of %d reports (median at most %.0f ms) %s\n", (double)median / 1000,
	       (double)took[rounds * 99 / 100] / 1000, rounds, LIMIT_MICROS / 1000.0,
	       median <= LIMIT_MICROS ? "ok" : "MISSED");
	free(took);
	return median <= LIMIT_MICROS ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	int rounds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 400, status = EXIT_FAILURE;
	struct cvp_call call = { .cv = argc > 1 ? argv[1] : NULL, .posting = argc > 2 ? argv[2] : NULL };
	struct cvp_bench bench;
	struct work work = { NULL, argc > 4 ? json_load_file(argv[4], 0, NULL) : NULL };
	json_t *input;

	if (argc < 3 || argc > 5 || (argc > 4 && work.answer == NULL) || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench/report CV POSTING [ROUNDS [ANSWER]]\n");
		return 2;
	}
	if (cvp_bench_open(&bench, "bench") != CVP_OK || cvp_call_input(&bench, &call, &input) != CVP_OK)
		cvp_bench_fail(&bench);
	else {
		work.input = input;
		status = measure(&bench, &work, rounds);
	}
	json_decref((json_t *)work.answer);
	cvp_bench_close(&bench);
	return status;
}
