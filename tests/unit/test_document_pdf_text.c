/* Words with places made lines: rows, columns, dates at the margin. */
#include <string.h>

#include "core/ctx.h"
#include "document/charset.h"
#include "document/pdf_text.h"
#include "document/sniff.h"
#include "run.h"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_buf page, text;

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
	cvp_buf_init(&page, (size_t)4 * 1024 * 1024);
	cvp_buf_init(&text, (size_t)1024 * 1024);
	cvp_buf_text(&page, "<html><body><doc><page width=\"600\" height=\"800\">");
}

static void
teardown(void)
{
	cvp_buf_free(&page);
	cvp_buf_free(&text);
	cvp_arena_free(arena);
}

/* A line of words, each letter 5 points wide, 10 high. */
static void
line(double left, double top, const char *words)
{
	cvp_buf_text(&page, "<line>");
	while (*words != '\0') {
		size_t length = strcspn(words, " ");

		cvp_buf_printf(&page, "<word xMin=\"%g\" yMin=\"%g\" xMax=\"%g\" yMax=\"%g\">%.*s</word>", left, top,
			       left + 5 * (double)length, top + 10, (int)length, words);
		left += 5 * (double)length + 3;
		words += length + (words[length] == ' ');
	}
	cvp_buf_text(&page, "</line>");
}

static const char *
read_page(void)
{
	cvp_buf_text(&page, "</page></doc></body></html>");
	ck_assert_int_eq(cvp_pdf_text(&ctx, cvp_buf_string(&page), page.length, &text), CVP_OK);
	return cvp_buf_string(&text);
}

START_TEST(a_date_at_the_margin_stays_with_its_title)
{
	line(50, 100, "Engineer at Acme");
	line(50, 114, "Built the thing that the others use every day");
	line(480, 100, "2019 - 2021");
	ck_assert_ptr_nonnull(strstr(read_page(), "Engineer at Acme   "));
	ck_assert_ptr_nonnull(strstr(cvp_buf_string(&text), " 2019 - 2021\nBuilt the thing"));
}
END_TEST

START_TEST(a_gap_between_blocks_is_an_empty_line)
{
	line(50, 100, "Skills");
	line(50, 112, "Go, C");
	line(50, 150, "Education");
	ck_assert_str_eq(read_page(), "Skills\nGo, C\n\nEducation\n\n");
}
END_TEST

static void
fill_columns(const char *narrow)
{
	line(50, 50, "Ada Example ada@example.com +44 20 7946 0000 London and a line that goes across the page");
	for (int i = 0; i < 20; i++) {
		line(50, 100 + 14 * i, cvp_arena_printf(arena, "%s %c", narrow, 'a' + i));
		line(250, 103 + 14 * i, cvp_arena_printf(arena, "wide column with many more words in it %c", 'a' + i));
	}
}

START_TEST(two_columns_are_read_one_after_the_other)
{
	const char *all, *first_narrow, *last_wide;

	fill_columns("narrow words");
	all = read_page();
	ck_assert_ptr_eq(strstr(all, "Ada Example"), all);
	first_narrow = strstr(all, "narrow words a");
	last_wide = strstr(all, "wide column with many more words in it t");
	ck_assert_ptr_nonnull(first_narrow);
	ck_assert_ptr_nonnull(last_wide);
	ck_assert_msg(first_narrow > last_wide, "%s", all);
}
END_TEST

/* The same shape, but the narrow column dates what stands beside it. */
START_TEST(a_column_of_dates_is_none)
{
	fill_columns("May 2019");
	ck_assert_ptr_nonnull(strstr(read_page(), "May 2019 a   "));
}
END_TEST

START_TEST(too_many_pages_are_refused)
{
	for (int i = 0; i < CVP_PDF_PAGES; i++)
		cvp_buf_text(&page, "</page><page width=\"600\" height=\"800\">");
	cvp_buf_text(&page, "</page></doc></body></html>");
	ck_assert_int_eq(cvp_pdf_text(&ctx, cvp_buf_string(&page), page.length, &text), CVP_PAYLOAD_TOO_LARGE);
}
END_TEST

START_TEST(what_is_no_xhtml_is_refused)
{
	ck_assert_int_eq(cvp_pdf_text(&ctx, "<a><b></a>", 10, &text), CVP_DOCUMENT_UNREADABLE);
	cvp_clear(&ctx);
	ck_assert_int_eq(cvp_pdf_text(&ctx, "", 0, &text), CVP_DOCUMENT_UNREADABLE);
}
END_TEST

START_TEST(files_are_told_by_content)
{
	ck_assert_int_eq(cvp_document_sniff("%PDF-1.4", 8), CVP_DOCUMENT_PDF);
	ck_assert_int_eq(cvp_document_sniff("\xEF\xBB\xBF\n%PDF-1.4", 12), CVP_DOCUMENT_PDF);
	ck_assert_int_eq(cvp_document_sniff("PK\x03\x04zip", 7), CVP_DOCUMENT_ZIP);
	ck_assert_int_eq(cvp_document_sniff("\xD0\xCF\x11\xE0\xA1", 5), CVP_DOCUMENT_OLE);
	ck_assert_int_eq(cvp_document_sniff("Ada", 3), CVP_DOCUMENT_TEXT);
	ck_assert_int_eq(cvp_document_sniff("", 0), CVP_DOCUMENT_TEXT);
}
END_TEST

START_TEST(old_character_sets_become_utf8)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *expected;
	} rows[] = {
		{ "Ada \xD0\x90", 6, "Ada А" },
		{ "\xCE\xEF\xFB\xF2 \xF0\xE0\xE1\xEE\xF2\xFB", 11, "Опыт работы" },
		{ "\xF0\xE9\xF1\xE9\xE5\xEF \xF2\xE1\xE5\xE3\xE4", 12, "ניסיון עבודה" },
		{ "R\xE9sum\xE9 of Zo\xEB, engineer", 23, "Résumé of Zoë, engineer" },
		{ "\xFF\xFE"
		  "A\0d\0\x10\x04",
		  8,
		  "\xEF\xBB\xBF"
		  "AdА" },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		const char *found;
		size_t length;

		cvp_document_utf8(&ctx, rows[i].bytes, rows[i].length, &found, &length);
		ck_assert_msg(length == strlen(rows[i].expected) && memcmp(found, rows[i].expected, length) == 0,
			      "row %zu: %.*s", i, (int)length, found);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pdf_text");
	TCase *tcase = tcase_create("pdf_text");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_date_at_the_margin_stays_with_its_title);
	tcase_add_test(tcase, a_gap_between_blocks_is_an_empty_line);
	tcase_add_test(tcase, two_columns_are_read_one_after_the_other);
	tcase_add_test(tcase, a_column_of_dates_is_none);
	tcase_add_test(tcase, too_many_pages_are_refused);
	tcase_add_test(tcase, what_is_no_xhtml_is_refused);
	tcase_add_test(tcase, files_are_told_by_content);
	tcase_add_test(tcase, old_character_sets_become_utf8);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
