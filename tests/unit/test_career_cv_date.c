/* Dates and spans of time as CVs write them (career/cv.h, career/cv_date.h). */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "career/cv_date.h"
#include "core/ctx.h"
#include "run.h"

struct date_case {
	const char *text;
	int year, month, day;
};

START_TEST(dates_are_read_as_people_write_them)
{
	static const struct date_case cases[] = {
		{ "2021", 2021, 0, 0 },
		{ "2021-03", 2021, 3, 0 },
		{ "2021-03-01", 2021, 3, 1 },
		{ "2021-03-01T10:00:00Z", 2021, 3, 1 },
		{ "2021.03", 2021, 3, 0 },
		{ "Mar 2021", 2021, 3, 0 },
		{ "March, 2021", 2021, 3, 0 },
		{ "MARCH 2021", 2021, 3, 0 },
		{ "Sept. 2020", 2020, 9, 0 },
		{ "Jan-2020", 2020, 1, 0 },
		{ "Jan '20", 2020, 1, 0 },
		{ "Jan’98", 1998, 1, 0 },
		{ "03/2021", 2021, 3, 0 },
		{ "3.2021", 2021, 3, 0 },
		{ "03/21", 2021, 3, 0 },
		{ "15.03.2021", 2021, 3, 15 },
		{ "3/15/2021", 2021, 3, 15 },
		{ "15/3/2021", 2021, 3, 15 },
		{ "05/09/2019", 2019, 0, 0 },
		{ "01/06/2020", 2020, 6, 1 },
		{ "03.04.19", 2019, 4, 3 },
		{ "March 3, 2021", 2021, 3, 3 },
		{ "March 3rd, 2021", 2021, 3, 3 },
		{ "3rd of March 2021", 2021, 3, 3 },
		{ "3 March 2021", 2021, 3, 3 },
		{ "март 2021", 2021, 3, 0 },
		{ "Марта 2021 г.", 2021, 3, 0 },
		{ "1 сентября 2019 года", 2019, 9, 1 },
		{ "2018 г.", 2018, 0, 0 },
		{ "מרץ 2021", 2021, 3, 0 },
		{ "בינואר 2020", 2020, 1, 0 },
		{ "Summer 2019", 2019, 0, 0 },
		{ "лето 2019", 2019, 0, 0 },
		{ "Q3 2020", 2020, 0, 0 },
		{ "2020 Jan", 2020, 1, 0 },
		{ "Expected May 2026", 2026, 5, 0 },
		{ "c. 2019", 2019, 0, 0 },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++) {
		struct cvp_date date = { 0 };

		ck_assert_msg(cvp_date_parse(cases[i].text, &date), "%s", cases[i].text);
		ck_assert_msg(date.year == cases[i].year && date.month == cases[i].month && date.day == cases[i].day,
			      "%s: %d-%d-%d", cases[i].text, date.year, date.month, date.day);
	}
}
END_TEST

START_TEST(what_is_no_date_is_none)
{
	static const char *const none[] = { "",         "present",  "March", "12345",   "$2000",   "20210301",
					    "1066",     "9/10",     "24/7",  "2000s",   "v2019",   "3.14",
					    "555-0123", "Mayer 12", "13/19", "A-2019x", "ISO9001", "٢٠٢١" };
	struct cvp_date date;

	for (size_t i = 0; i < CVP_COUNT(none); i++)
		ck_assert_msg(!cvp_date_parse(none[i], &date), "%s: %d-%d", none[i], date.year, date.month);
}
END_TEST

/* What stands behind the end is not looked at: each in memory of its own length, which a sanitizer watches. */
START_TEST(texts_that_break_off_end_there)
{
	static const char *const texts[] = { "May 3r", "May 3", "May 3rd", "May 3р", "3rd",
					     "May",    "2020-", "2020 –",  "с" };

	for (size_t i = 0; i < CVP_COUNT(texts); i++) {
		struct cvp_date_range range;
		struct cvp_date date = { 0 };
		char *text = strdup(texts[i]);

		ck_assert_uint_le(cvp_date_scan(text, &date), strlen(text));
		if (cvp_date_range_find(text, 0, &range))
			ck_assert_uint_le(range.to, strlen(text));
		free(text);
	}
}
END_TEST

START_TEST(until_now_is_known_in_three_languages)
{
	static const char *const open[] = { "",
					    "  ",
					    "-",
					    "—",
					    "Present",
					    "present.",
					    "(current)",
					    "to date",
					    "Now",
					    "till now",
					    "по настоящее время",
					    "н.в.",
					    "Н. В.",
					    "наст. время",
					    "по н.в.",
					    "היום",
					    "כיום",
					    "עד היום",
					    "до настоящего времени",
					    "по сей день" };
	static const char *const closed[] = { "2020", "Presentation", "May 2020", "нвк", "present 2020", "later" };

	ck_assert(cvp_date_is_open(NULL));
	for (size_t i = 0; i < CVP_COUNT(open); i++)
		ck_assert_msg(cvp_date_is_open(open[i]), "%s", open[i]);
	for (size_t i = 0; i < CVP_COUNT(closed); i++)
		ck_assert_msg(!cvp_date_is_open(closed[i]), "%s", closed[i]);
}
END_TEST

struct range_case {
	const char *text, *start, *end; /* end: "open", "" */
	const char *rest;               /* what follows the span */
};

static const struct range_case ranges[] = {
	{ "Jan 2020 – Present", "2020-01", "open", "" },
	{ "01/2020-03/2022", "2020-01", "2022-03", "" },
	{ "2019—2021, Riga", "2019", "2021", ", Riga" },
	{ "март 2020 — н.в.", "2020-03", "open", "" },
	{ "2015–היום", "2015", "open", "" },
	{ "c 2018 по 2020", "2018", "2020", "" },
	{ "с марта 2018 года по настоящее время", "2018-03", "open", "" },
	{ "Summer 2019", "", "2019", "" },
	{ "Jan – Mar 2020", "2020-01", "2020-03", "" },
	{ "2019/20", "2019", "2020", "" },
	{ "2019-20", "2019", "2020", "" },
	{ "1998 – 02", "1998", "2002", "" },
	{ "2021 -", "2021", "open", "" },
	{ "2021 - Acme", "", "2021", " - Acme" },
	{ "since 2019 (remote)", "2019", "open", " (remote)" },
	{ "מ-2019", "2019", "open", "" },
	{ "2020-2023 · Bezeq", "2020", "2023", " · Bezeq" },
	{ "2023 – 2020", "2020", "2023", "" },
	{ "Present – 2021", "2021", "open", "" },
	{ "2020-05 – 2020", "2020-05", "2020", "" },
	{ "2020-01-15 to 2020-02-20", "2020-01-15", "2020-02-20", "" },
	{ "01.2020 bis", "", "2020-01", " bis" },
	{ "Nov 2012 - current", "2012-11", "open", "" },
	{ "2017 - по настоящее время", "2017", "open", "" },
	{ "июль 2018 г. – август 2019 г., Москва", "2018-07", "2019-08", ", Москва" },
	{ "(2016 -> 2018)", "2016", "2018", ")" },
	{ "Jul'21 - Aug'23", "2021-07", "2023-08", "" },
	{ "2020 ... 2021", "2020", "2021", "" },
};

START_TEST(spans_are_found_with_their_place)
{
	struct cvp_arena *arena = cvp_arena_new(1 << 14);
	struct cvp_ctx ctx;

	cvp_ctx_init(&ctx, arena);
	for (size_t i = 0; i < CVP_COUNT(ranges); i++) {
		const struct range_case *want = &ranges[i];
		struct cvp_date_range range;
		const char *start, *end;

		ck_assert_msg(cvp_date_range_find(want->text, 0, &range), "%s", want->text);
		start = range.start.year ? cvp_date_text(&ctx, range.start) : "";
		end = range.is_open ? "open" : range.end.year ? cvp_date_text(&ctx, range.end) : "";
		ck_assert_msg(strcmp(start, want->start) == 0 && strcmp(end, want->end) == 0, "%s: %s to %s",
			      want->text, start, end);
		ck_assert_str_eq(want->text + range.to, want->rest);
	}
	cvp_arena_free(arena);
}
END_TEST

START_TEST(months_include_both_ends)
{
	static const struct {
		struct cvp_date start, end;
		int months;
	} cases[] = {
		{ { 2021, 3, 0 }, { 2021, 3, 0 }, 1 },  { { 2021, 3, 31 }, { 2021, 4, 1 }, 2 },
		{ { 2020, 0, 0 }, { 2020, 0, 0 }, 12 }, { { 2019, 6, 0 }, { 2020, 0, 0 }, 19 },
		{ { 2021, 3, 0 }, { 2021, 2, 0 }, 0 },  { { 0, 0, 0 }, { 2021, 2, 0 }, 0 },
		{ { 2021, 3, 0 }, { 0, 0, 0 }, 0 },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++)
		ck_assert_int_eq(cvp_date_months(cases[i].start, cases[i].end), cases[i].months);
}
END_TEST

START_TEST(text_keeps_the_precision_given)
{
	struct cvp_arena *arena = cvp_arena_new(1 << 12);
	struct cvp_ctx ctx;

	cvp_ctx_init(&ctx, arena);
	ck_assert_str_eq(cvp_date_text(&ctx, (struct cvp_date){ 2021, 3, 1 }), "2021-03-01");
	ck_assert_str_eq(cvp_date_text(&ctx, (struct cvp_date){ 2021, 3, 0 }), "2021-03");
	ck_assert_str_eq(cvp_date_text(&ctx, (struct cvp_date){ 2021, 0, 0 }), "2021");
	cvp_arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("career/cv_date");
	TCase *tc = tcase_create("dates");

	tcase_add_test(tc, dates_are_read_as_people_write_them);
	tcase_add_test(tc, what_is_no_date_is_none);
	tcase_add_test(tc, texts_that_break_off_end_there);
	tcase_add_test(tc, until_now_is_known_in_three_languages);
	tcase_add_test(tc, spans_are_found_with_their_place);
	tcase_add_test(tc, months_include_both_ends);
	tcase_add_test(tc, text_keeps_the_precision_given);
	suite_add_tcase(suite, tc);
	return run(suite);
}
