/* Server-sent events: what the WHATWG rules say comes out, wherever the bytes are cut. */
#include <stdio.h>
#include <string.h>

#include "llm/sse.h"
#include "run.h"

#define MAX ((size_t)4096)

/* Collects "type=data;" of each event. */
static void
collect(void *owner, const char *type, const char *data, size_t length)
{
	ck_assert_uint_eq(strlen(data), length);
	cvp_buf_printf(owner, "%s=%s;", type, data);
}

/* Each stream, and its events. */
static const struct {
	const char *stream, *events;
} cases[] = {
	{ "data: one\n\n", "message=one;" },
	{ "data: one\r\n\r\n", "message=one;" },
	{ "data: one\r\r", "message=one;" },
	{ "data:one\n\ndata: two\n\n", "message=one;message=two;" },
	{ "data: a\r\ndata: b\rdata: c\n\n", "message=a\nb\nc;" },
	{ "event: ping\ndata: {}\n\n", "ping={};" },
	{ "event: ping\r\ndata: {}\r\n\r\nevent: stop\r\ndata: x\r\n\r\n", "ping={};stop=x;" },
	{ "event: lost\n\ndata: kept\n\n", "message=kept;" },
	{ ": a comment\n\n:\ndata: x\n: more\n\n", "message=x;" },
	{ "data\n\n", "message=;" },
	{ "data:\ndata:\n\n", "message=\n;" },
	{ "data:  two spaces\n\n", "message= two spaces;" },
	{ "data: a: b:c\n\n", "message=a: b:c;" },
	{ "id: 7\nretry: 10\nunknown\nDATA: no\ndatax: no\ndata: x\n\n", "message=x;" },
	{ "\xEF\xBB\xBF"
	  "data: marked\n\n",
	  "message=marked;" },
	{ "\xEF\xBB"
	  "data: no mark, no field\n\ndata: x\n\n",
	  "message=x;" },
	{ "data: x\n\n\n\n\r\n\r", "message=x;" },
	{ "data: whole\n\ndata: never ended\n", "message=whole;" },
	{ "data: [DONE]", "" },
	{ "", "" },
	{ "event: \xD7\xA9\ndata: \xF0\x9F\x8E\x89\n\n", "\xD7\xA9=\xF0\x9F\x8E\x89;" },
};

static void
feed(struct cvp_sse *sse, const char *bytes, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1); /* so that a read past the end is seen */

	memcpy(copy, bytes, length);
	ck_assert(cvp_sse_feed(sse, copy, length));
	free(copy);
}

/* The stream in three pieces, cut before `first` and before `second`. */
static void
assert_events(size_t which, size_t first, size_t second)
{
	const char *stream = cases[which].stream;
	struct cvp_buf events = CVP_BUF(MAX);
	struct cvp_sse sse;

	cvp_sse_init(&sse, MAX, collect, &events);
	feed(&sse, stream, first);
	feed(&sse, stream + first, second - first);
	feed(&sse, stream + second, strlen(stream) - second);
	ck_assert_msg(strcmp(cvp_buf_string(&events), cases[which].events) == 0,
		      "case %zu cut at %zu and %zu: %s instead of %s", which, first, second, cvp_buf_string(&events),
		      cases[which].events);
	cvp_sse_free(&sse);
	cvp_buf_free(&events);
}

START_TEST(a_stream_is_the_same_wherever_it_is_cut)
{
	size_t length = strlen(cases[_i].stream);

	for (size_t first = 0; first <= length; first++)
		for (size_t second = first; second <= length; second++)
			assert_events((size_t)_i, first, second);
}
END_TEST

START_TEST(a_stream_may_come_byte_by_byte)
{
	struct cvp_buf events = CVP_BUF(MAX);
	struct cvp_sse sse;

	cvp_sse_init(&sse, MAX, collect, &events);
	for (const char *p = cases[_i].stream; *p != '\0'; p++)
		feed(&sse, p, 1);
	ck_assert_str_eq(cvp_buf_string(&events), cases[_i].events);
	cvp_sse_free(&sse);
	cvp_buf_free(&events);
}
END_TEST

START_TEST(a_line_larger_than_allowed_ends_the_stream)
{
	struct cvp_buf events = CVP_BUF(MAX);
	struct cvp_sse sse;
	bool goes_on = true;

	cvp_sse_init(&sse, 16, collect, &events);
	for (int i = 0; i < 100 && goes_on; i++)
		goes_on = cvp_sse_feed(&sse, "data", 4);
	ck_assert(!goes_on);
	ck_assert(!cvp_sse_feed(&sse, "\n\ndata: x\n\n", 11));
	ck_assert_str_eq(cvp_buf_string(&events), "");
	cvp_sse_free(&sse);
	cvp_buf_free(&events);
}
END_TEST

START_TEST(an_event_larger_than_allowed_ends_the_stream)
{
	struct cvp_buf events = CVP_BUF(MAX);
	struct cvp_sse sse;

	cvp_sse_init(&sse, 16, collect, &events);
	ck_assert(cvp_sse_feed(&sse, "data: 12345678\n\n", 16));
	ck_assert(cvp_sse_feed(&sse, "data: 12345678\n", 15));
	ck_assert(!cvp_sse_feed(&sse, "data: 12345678\n\n", 16));
	ck_assert_str_eq(cvp_buf_string(&events), "message=12345678;");
	cvp_sse_free(&sse);
	cvp_buf_free(&events);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("llm_sse");
	TCase *tests = tcase_create("llm_sse");

	tcase_add_loop_test(tests, a_stream_is_the_same_wherever_it_is_cut, 0, (int)CVP_COUNT(cases));
	tcase_add_loop_test(tests, a_stream_may_come_byte_by_byte, 0, (int)CVP_COUNT(cases));
	tcase_add_test(tests, a_line_larger_than_allowed_ends_the_stream);
	tcase_add_test(tests, an_event_larger_than_allowed_ends_the_stream);
	suite_add_tcase(suite, tests);
	return run(suite);
}
