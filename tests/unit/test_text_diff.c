/* Word-level differences: what is shown of an edit. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/ctx.h"
#include "run.h"
#include "text/diff.h"

static struct cvp_ctx ctx;

static void
set_up(void)
{
	cvp_ctx_init(&ctx, cvp_arena_new(4096));
}

static void
tear_down(void)
{
	cvp_arena_free(ctx.arena);
}

/* "[-gone-]{+new+}same", white space at the runs' ends left out. */
static const char *
shown(const char *before, const char *after)
{
	static const char *const marks[][2] = {
		[CVP_DIFF_SAME] = { "", "" }, [CVP_DIFF_GONE] = { "[-", "-]" }, [CVP_DIFF_NEW] = { "{+", "+}" }
	};
	struct cvp_diff diff = cvp_diff_words(&ctx, before, after);
	const char *all = "";

	for (size_t i = 0; i < diff.count; i++) {
		const char *text = diff.runs[i].text;
		size_t length = strlen(text);

		while (length > 0 && strchr(" \n\t", text[length - 1]) != NULL)
			length--;
		all = cvp_arena_printf(ctx.arena, "%s%s%.*s%s", all, marks[diff.runs[i].kind][0], (int)length, text,
				       marks[diff.runs[i].kind][1]);
	}
	return all;
}

START_TEST(cases)
{
	static const struct {
		const char *before, *after, *shown;
	} rows[] = {
		{ "", "", "" },
		{ "a b c", "a b c", "a b c" },
		{ "", "a b", "{+a b+}" },
		{ "a b", "", "[-a b-]" },
		{ "a b c", "a x c", "a[-b-]{+x+}c" },
		{ "a b c d", "a d", "a[-b c-]d" },
		{ "a d", "a b c d", "a{+b c+}d" },
		{ "built the API", "Built the API in Go", "[-built-]{+Built+}the API{+in Go+}" },
		{ "the cat the dog", "the dog", "the[-cat the-]dog" },
		{ "a  b\n c", "a b c", "a b c" }, /* white space is no difference */
		{ "שלום עולם טוב", "שלום עולם יפה", "שלום עולם[-טוב-]{+יפה+}" },
		{ "Руководил командой", "Работал с командой", "[-Руководил-]{+Работал с+}командой" },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++)
		ck_assert_str_eq(shown(rows[i].before, rows[i].after), rows[i].shown);
}
END_TEST

/* A random text of a few words, so that there is much to have in common. */
static const char *
random_text(unsigned *seed)
{
	static const char *const words[] = { "a", "b", "cc", "ddd" };
	size_t count = (size_t)rand_r(seed) % 30;
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = cvp_arena_printf(ctx.arena, "%s%s%s", text, words[(size_t)rand_r(seed) % CVP_COUNT(words)],
					rand_r(seed) % 5 == 0 ? "\n" : " ");
	return text;
}

static const char *
without_space(const char *text)
{
	char *out = cvp_arena_strdup(ctx.arena, text);
	size_t used = 0;

	for (; *text != '\0'; text++) {
		if (strchr(" \n", *text) == NULL)
			out[used++] = *text;
	}
	out[used] = '\0';
	return out;
}

/* SAME and NEW joined are the text after, byte for byte; SAME and GONE are the words before. */
START_TEST(both_texts_come_back)
{
	unsigned seed = 7;

	for (int round = 0; round < 2000; round++) {
		const char *before = random_text(&seed), *after = random_text(&seed), *old = "", *new = "";
		struct cvp_diff diff = cvp_diff_words(&ctx, before, after);

		for (size_t i = 0; i < diff.count; i++) {
			if (diff.runs[i].kind != CVP_DIFF_NEW)
				old = cvp_arena_printf(ctx.arena, "%s%s", old, diff.runs[i].text);
			if (diff.runs[i].kind != CVP_DIFF_GONE)
				new = cvp_arena_printf(ctx.arena, "%s%s", new, diff.runs[i].text);
			ck_assert(i == 0 || diff.runs[i].kind != diff.runs[i - 1].kind);
		}
		ck_assert_str_eq(new, after);
		ck_assert_str_eq(without_space(old), without_space(before));
		cvp_arena_reset(ctx.arena);
	}
}
END_TEST

/* More words than the table has room for: replaced as a whole, at once. */
START_TEST(long_texts_are_replaced_as_a_whole)
{
	struct cvp_buf before = CVP_BUF(1 << 20), after = CVP_BUF(1 << 20);
	struct cvp_diff diff;

	cvp_buf_text(&before, "start ");
	cvp_buf_text(&after, "start ");
	for (int i = 0; i < 3000; i++) {
		cvp_buf_text(&before, "x ");
		cvp_buf_text(&after, "y ");
	}
	diff = cvp_diff_words(&ctx, cvp_buf_string(&before), cvp_buf_string(&after));
	ck_assert_uint_eq(diff.count, 3);
	ck_assert_int_eq(diff.runs[1].kind, CVP_DIFF_GONE);
	ck_assert_int_eq(diff.runs[2].kind, CVP_DIFF_NEW);
	cvp_buf_free(&before);
	cvp_buf_free(&after);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("differences");
	TCase *tests = tcase_create("words");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, cases);
	tcase_add_test(tests, both_texts_come_back);
	tcase_add_test(tests, long_texts_are_replaced_as_a_whole);
	suite_add_tcase(suite, tests);
	return run(suite);
}
