/* A page of 50 rows with a layout and a partial: rendered by lib/template, and written by a plain snprintf loop that
 * knows the page by heart, which is the ceiling. Both take the same JSON and write the same bytes; the rounds alternate
 * and the median of each side counts.
 *
 * usage: bench-template [ROUNDS]   (default 9, of about 0.1 s a side) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/arena.h"
#include "core/ctx.h"
#include "template/template.h"

#define ROWS         50
#define PAGE_MAX     ((size_t)256 * 1024)
#define ROUND_NS     100000000LL
#define ROUNDS_MAX   101
#define BATCH        20
#define NS_PER_S     1e9
#define BYTES_PER_MB 1e6

static const char layout[] =
    "<!doctype html>\n<html lang=\"{{lang}}\">\n<head><title>{{$title}}careervp{{/title}}</title>\n"
    "<link rel=\"stylesheet\" href=\"/static/careervp.css\"></head>\n<body>\n"
    "<header><a href=\"/\">careervp</a> {{user.name}}</header>\n<main>\n{{$main}}{{/main}}\n"
    "</main>\n</body>\n</html>\n";
static const char page[] =
    "{{<layout}}{{$title}}Applications of {{user.name}}{{/title}}{{$main}}\n<h1>Applications</h1>\n"
    "<ul>\n{{#applications}}\n{{>row}}\n{{/applications}}\n</ul>\n"
    "{{^applications}}<p>None yet.</p>{{/applications}}{{/main}}{{/layout}}\n";
static const char row[] = "<li class=\"application\"><a href=\"/applications/{{id}}\">{{posting.title}}</a>"
			  "{{#posting.employer}} at {{.}}{{/posting.employer}}\n"
			  "<time datetime=\"{{created}}\">{{created}}</time> {{#is_done}}done{{/is_done}}\n"
			  "<meter min=\"0\" max=\"100\" value=\"{{score}}\">{{score}} %</meter></li>\n";

struct bench {
	struct cvp_ctx ctx;
	struct cvp_templates *set;
	const json_t *model;
};

static void
by_template(struct bench *bench, struct cvp_buf *out)
{
	if (cvp_template_render(&bench->ctx, bench->set, "page.html", bench->model, out) != CVP_OK)
		exit(EXIT_FAILURE);
}

static const char *
text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int
print_row(char *at, size_t room, const json_t *application)
{
	const json_t *posting = json_object_get(application, "posting");
	long long score = json_integer_value(json_object_get(application, "score"));
	const char *created = text(application, "created");

	return snprintf(at, room,
			"<li class=\"application\"><a href=\"/applications/%s\">%s</a> at %s\n"
			"<time datetime=\"%s\">%s</time> %s\n"
			"<meter min=\"0\" max=\"100\" value=\"%lld\">%lld %%</meter></li>\n",
			text(application, "id"), text(posting, "title"), text(posting, "employer"), created, created,
			json_is_true(json_object_get(application, "is_done")) ? "done" : "", score, score);
}

static void
by_snprintf(struct bench *bench, struct cvp_buf *out)
{
	const json_t *applications = json_object_get(bench->model, "applications");
	const char *name = text(json_object_get(bench->model, "user"), "name");
	char *at = cvp_buf_reserve(out, PAGE_MAX / 2);
	size_t room = PAGE_MAX / 2, used;

	used = (size_t)snprintf(at, room,
				"<!doctype html>\n<html lang=\"%s\">\n<head><title>Applications of %s</title>\n"
				"<link rel=\"stylesheet\" href=\"/static/careervp.css\"></head>\n<body>\n"
				"<header><a href=\"/\">careervp</a> %s</header>\n<main>\n<h1>Applications</h1>\n<ul>\n",
				text(bench->model, "lang"), name, name);
	for (size_t i = 0; i < json_array_size(applications); i++)
		used += (size_t)print_row(at + used, room - used, json_array_get(applications, i));
	used += (size_t)snprintf(at + used, room - used, "</ul>\n\n</main>\n</body>\n</html>\n");
	cvp_buf_used(out, used);
}

static long long
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Pages a second over one round. */
static double
measure(struct bench *bench, void (*side)(struct bench *, struct cvp_buf *), struct cvp_buf *out)
{
	long long begin = now_ns(), spent;
	long count = 0;

	do {
		for (int i = 0; i < BATCH; i++) {
			cvp_buf_reset(out);
			side(bench, out);
		}
		count += BATCH;
		spent = now_ns() - begin;
	} while (spent < ROUND_NS);
	return (double)count * NS_PER_S / (double)spent;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static json_t *
make_model(void)
{
	json_t *applications = json_array();

	for (int i = 0; i < ROWS; i++) {
		char id[40], title[80];

		snprintf(id, sizeof(id), "01890b2e-7c1a-7000-8000-%012d", i);
		snprintf(title, sizeof(title), "Senior engineer for distributed systems, team %d", i);
		json_array_append_new(applications,
				      json_pack("{s:s, s:{s:s, s:s}, s:s, s:b, s:i}", "id", id, "posting", "title",
						title, "employer", "An Employer of Some Size Ltd", "created",
						"2024-05-17T08:30:00Z", "is_done", i % 3 > 0, "score", 40 + i));
	}
	return json_pack("{s:s, s:{s:s}, s:o}", "lang", "en", "user", "name", "Ada Example", "applications",
			 applications);
}

static void
make_set(struct bench *bench)
{
	bench->set = cvp_templates_new();
	if (cvp_templates_add(&bench->ctx, bench->set, "layout.html", layout, strlen(layout)) != CVP_OK ||
	    cvp_templates_add(&bench->ctx, bench->set, "page.html", page, strlen(page)) != CVP_OK ||
	    cvp_templates_add(&bench->ctx, bench->set, "row.html", row, strlen(row)) != CVP_OK ||
	    cvp_templates_link(&bench->ctx, bench->set) != CVP_OK) {
		fprintf(stderr, "template: %s\n", bench->ctx.err.message);
		exit(EXIT_FAILURE);
	}
}

static void
compare(struct bench *bench, int rounds)
{
	struct cvp_buf ours = CVP_BUF(PAGE_MAX), plain = CVP_BUF(PAGE_MAX);
	double our_rates[ROUNDS_MAX], plain_rates[ROUNDS_MAX], our_rate, plain_rate, megabytes;

	by_template(bench, &ours);
	by_snprintf(bench, &plain);
	if (ours.length != plain.length || memcmp(ours.data, plain.data, ours.length) != 0) {
		fprintf(stderr, "template: the two sides differ\n");
		exit(EXIT_FAILURE);
	}
	megabytes = (double)ours.length / BYTES_PER_MB;
	for (int i = 0; i < rounds; i++) {
		our_rates[i] = measure(bench, by_template, &ours);
		plain_rates[i] = measure(bench, by_snprintf, &plain);
	}
	qsort(our_rates, (size_t)rounds, sizeof(double), ascending);
	qsort(plain_rates, (size_t)rounds, sizeof(double), ascending);
	our_rate = our_rates[rounds / 2];
	plain_rate = plain_rates[rounds / 2];
	printf("template: page of %d rows, %zu bytes, median of %d rounds\n", ROWS, ours.length, rounds);
	printf("template: %.0f renders/s, %.0f MB/s\n", our_rate, our_rate * megabytes);
	printf("snprintf: %.0f renders/s, %.0f MB/s\n", plain_rate, plain_rate * megabytes);
	printf("template is at %.2f of the snprintf loop, which escapes nothing\n", our_rate / plain_rate);
	cvp_buf_free(&ours);
	cvp_buf_free(&plain);
}

int
main(int argc, char **argv)
{
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 9;
	struct cvp_arena *arena = cvp_arena_new(65536);
	struct bench bench;

	if (rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: %s [ROUNDS]   (1 to %d)\n", argv[0], ROUNDS_MAX);
		return 2;
	}
	cvp_ctx_init(&bench.ctx, arena);
	bench.model = cvp_own(&bench.ctx, make_model());
	make_set(&bench);
	compare(&bench, (int)rounds);
	cvp_templates_free(bench.set);
	cvp_arena_free(arena);
	return EXIT_SUCCESS;
}
