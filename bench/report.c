/* How long the built-in engine takes for a report: the match, the text, its verification and its bytes, as the worker
 * has them made, without the database around them. The CV is read once before.
 *
 * usage: bench/report CV POSTING [ROUNDS]   (default 400); exit status 1 where the median is over the limit */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "core/clock.h"
#include "files.h"

#define ROUNDS_MAX   100000
#define WARM_UP      20
#define LIMIT_MICROS 15000

static int
by_value(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* Makes one report; returns the microseconds it took. */
static int64_t
make_report(struct cvp_bench *bench, const struct cvp_ctx *kept, const json_t *input)
{
	struct cvp_ctx ctx = *kept;
	int64_t begun = cvp_monotonic();
	json_t *report, *verdict;
	char *bytes;

	ctx.arena = cvp_arena_new((size_t)256 * 1024);
	if (cvp_kind_vpr.generate(&ctx, bench->assets, input, &report) != CVP_OK ||
	    cvp_kind_vpr.verify(&ctx, bench->assets, input, report, &verdict) != CVP_OK ||
	    !json_is_true(json_object_get(verdict, "is_valid"))) {
		fprintf(stderr, "bench/report: no valid report: %s\n",
			ctx.err.message != NULL ? ctx.err.message : "refused");
		exit(EXIT_FAILURE);
	}
	bytes = json_dumps(report, JSON_COMPACT);
	free(bytes);
	cvp_arena_free(ctx.arena);
	return cvp_monotonic() - begun;
}

static int
measure(struct cvp_bench *bench, const json_t *input, int rounds)
{
	int64_t *took = calloc((size_t)rounds, sizeof(*took)), median;

	if (took == NULL)
		return EXIT_FAILURE;
	for (int i = 0; i < WARM_UP; i++)
		make_report(bench, &bench->ctx, input);
	for (int i = 0; i < rounds; i++)
		took[i] = make_report(bench, &bench->ctx, input);
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
	json_t *input;

	if (argc < 3 || argc > 4 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench/report CV POSTING [ROUNDS]\n");
		return 2;
	}
	if (cvp_bench_open(&bench, "bench") != CVP_OK || cvp_call_input(&bench, &call, &input) != CVP_OK)
		cvp_bench_fail(&bench);
	else
		status = measure(&bench, input, rounds);
	cvp_bench_close(&bench);
	return status;
}
