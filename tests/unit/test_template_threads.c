/* One linked set is rendered by many threads at once; ThreadSanitizer watches where the build asks it to. */
#include <pthread.h>

#include "test_template.h"

#define THREADS    8
#define RENDERINGS 200

struct work {
	const json_t *model; /* shared too */
	const char *expected;
	size_t wrong;
};

static void *
render_many(void *argument)
{
	struct work *work = argument;
	struct cvp_arena *arena = cvp_arena_new(1024);
	struct cvp_buf out = CVP_BUF(1 << 16);
	struct cvp_ctx ctx;

	cvp_ctx_init(&ctx, arena);
	for (int i = 0; i < RENDERINGS; i++) {
		cvp_buf_reset(&out);
		if (cvp_template_render(&ctx, fresh.set, "page.html", work->model, &out) != CVP_OK ||
		    strcmp(cvp_buf_string(&out), work->expected) != 0)
			work->wrong++;
	}
	cvp_buf_free(&out);
	cvp_arena_free(arena);
	return NULL;
}

START_TEST(threads_share_a_set)
{
	static const char json[] =
	    "{\"rows\": [{\"n\": 1.5, \"t\": \"<a>\"}, {\"n\": 2, \"t\": \"b\"}], \"kind\": \"row\"}";
	struct work work[THREADS];
	pthread_t threads[THREADS];
	const char *expected;

	given("layout.html", "<ul>\n  {{$rows}}\n  {{/rows}}\n</ul>\n");
	given("row.html", "<li>{{n}} {{t}}</li>\n");
	given("page.html", "{{<layout}}{{$rows}}\n{{#rows}}\n{{>row}}\n{{>*kind}}\n{{/rows}}\n{{/rows}}{{/layout}}\n");
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_OK);
	expected = cvp_arena_strdup(fresh.arena, rendered("page.html", json));
	for (size_t i = 0; i < THREADS; i++) {
		work[i] = (struct work){ .model = i == 0 ? model_of(json) : work[0].model, .expected = expected };
		ck_assert_int_eq(pthread_create(&threads[i], NULL, render_many, &work[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		ck_assert_uint_eq(work[i].wrong, 0);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("template threads");
	TCase *tests = tcase_create("threads");

	tcase_add_checked_fixture(tests, fresh_start, fresh_end);
	tcase_add_test(tests, threads_share_a_set);
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return run(suite());
}
