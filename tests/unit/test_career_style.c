/* Style issues (SPEC 7.10): reported with their field, never changed. */
#include <check.h>
#include <string.h>

#include "career/style.h"
#include "core/ctx.h"
#include "run.h"

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

static size_t
count_of(const json_t *issues, const char *code)
{
	size_t count = 0;

	for (size_t i = 0; i < json_array_size(issues); i++)
		count += strcmp(json_string_value(json_object_get(json_array_get(issues, i), "code")), code) == 0;
	return count;
}

START_TEST(worn_words_are_found_in_every_inflection)
{
	static const struct {
		const char *text;
		size_t found;
	} rows[] = {
		{ "Leveraged the utilized cutting-edge landscape", 4 },
		{ "Spearheading synergies, with a proven track record", 3 },
		{ "Game-changers and paradigm shifts; best practices", 3 },
		{ "Passionate about robustness and streamlining", 3 },
		{ "Wrote a settlement service in Python", 0 },
		{ "Landscaping is what the firm does; a lever", 1 },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_styled text = { "/a", rows[i].text };
		json_t *issues = cvp_style_issues(&ctx, &text, 1);

		ck_assert_msg(count_of(issues, "WORN_WORD") == rows[i].found, "%s: %zu", rows[i].text,
			      count_of(issues, "WORN_WORD"));
		if (rows[i].found > 0)
			ck_assert_str_eq(json_string_value(json_object_get(json_array_get(issues, 0), "field")), "/a");
	}
}
END_TEST

START_TEST(monotony_is_reported)
{
	static const struct cvp_styled same[] = {
		{ "/0", "Managed one team there" },
		{ "/1", "Managed two teams there" },
		{ "/2", "Managed three teams somewhere" },
		{ "/3", "Wrote many reports alone" },
	};
	static const struct cvp_styled varied[] = {
		{ "/0", "Managed a team of nine people in two cities for three years. Hired five of them." },
		{ "/1", "Wrote the reports that the board reads each month, and the programs that make them." },
		{ "/2",
		  "Built the warehouse system with the people who use it, from the first talk to the last test." },
		{ "/3", "Taught courses for new colleagues twice a year in all of our four offices." },
	};
	json_t *issues = cvp_style_issues(&ctx, same, CVP_COUNT(same));

	ck_assert_uint_eq(count_of(issues, "SAME_FIRST_WORD"), 1);
	ck_assert_uint_eq(count_of(issues, "SENTENCE_LENGTHS_ALIKE"), 1);
	ck_assert_uint_eq(count_of(issues, "SENTENCE_LENGTH"), 1);
	ck_assert_uint_eq(json_array_size(cvp_style_issues(&ctx, varied, CVP_COUNT(varied))), 0);
	ck_assert_uint_eq(json_array_size(cvp_style_issues(&ctx, same, 0)), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("style");
	TCase *tests = tcase_create("issues");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, worn_words_are_found_in_every_inflection);
	tcase_add_test(tests, monotony_is_reported);
	suite_add_tcase(suite, tests);
	return run(suite);
}
