/* pdftotext's XHTML made lines in reading order: columns, rows, wrapped lines, running heads, right to left. */
#include <check.h>
#include <string.h>

#include "core/buf.h"
#include "core/ctx.h"
#include "document/charset.h"
#include "document/pdf_text.h"
#include "document/sniff.h"
#include "run.h"

#define HEIGHT 10.0
#define CHAR   5.0 /* width of a character of the pages drawn here */

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_buf page, text;

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
	cvp_buf_init(&page, 1u << 22);
	cvp_buf_init(&text, 1u << 22);
	cvp_buf_text(&page, "<html><body><doc><page width=\"600\" height=\"800\">");
}

static void
teardown(void)
{
	cvp_buf_free(&page);
	cvp_buf_free(&text);
	cvp_arena_free(arena);
}

static size_t
points(const char *words, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)words[i] & 0xC0) != 0x80;
	return count;
}

/* Draws words from (x, y) on, as pdftotext prints a line of them. */
static void
draw(double x, double y, const char *words)
{
	cvp_buf_text(&page, "<line>");
	while (*words) {
		size_t length = strcspn(words, " ");
		double end = x + CHAR * (double)points(words, length);

		cvp_buf_printf(&page, "<word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">%.*s</word>", x, y, end,
			       y + HEIGHT, (int)length, words);
		x = end + 3;
		words += length + strspn(words + length, " ");
	}
	cvp_buf_text(&page, "</line>");
}

static void
next_page(void)
{
	cvp_buf_text(&page, "</page><page width=\"600\" height=\"800\">");
}

static const char *
text_of_pages(void)
{
	cvp_buf_text(&page, "</page></doc></body></html>");
	ck_assert_int_eq(cvp_pdf_text(&ctx, page.data, page.length, &text), CVP_OK);
	return cvp_buf_string(&text);
}

/* Letters of no height, which indents are measured by, and a first line, before which there is none. */
START_TEST(flat_letters_end_in_text)
{
	cvp_buf_text(&page, "<line><word xMin=\"0\" yMin=\"10\" xMax=\"9\" yMax=\"20\">left</word></line>"
			    "<line><word xMin=\"500\" yMin=\"30\" xMax=\"509\" yMax=\"30.000002\">flat</word></line>");
	ck_assert_ptr_nonnull(strstr(text_of_pages(), "flat"));
}
END_TEST

START_TEST(dates_stay_on_the_line_of_their_title)
{
	draw(50, 50, "Cook, Example Kitchen");
	draw(480, 50, "2019 - 2021");
	draw(50, 62, "Cooked for two hundred guests a day.");
	draw(50, 74, "Waiter, Example Inn");
	draw(480, 74, "2015 - 2019");
	draw(50, 86, "Served the terrace.");
	draw(50, 98, "Dishwasher, Example Bar");
	draw(480, 98, "2014 - 2015");
	draw(50, 110, "Washed.");
	draw(50, 122, "Baker, Example Oven");
	draw(480, 122, "2012 - 2014");
	ck_assert_str_eq(text_of_pages(), "Cook, Example Kitchen\t2019 - 2021\nCooked for two hundred guests a day.\n"
					  "Waiter, Example Inn\t2015 - 2019\nServed the terrace.\n"
					  "Dishwasher, Example Bar\t2014 - 2015\nWashed.\n"
					  "Baker, Example Oven\t2012 - 2014\n\n");
}
END_TEST

/* A column at the side whose lines lie at heights of their own is read by itself, over pages. */
START_TEST(columns_follow_each_other)
{
	for (int i = 0; i < 6; i++) {
		draw(50, 50 + 17 * i, "side");
		draw(250, 54 + 12.3 * i, "words of the wide column");
	}
	next_page();
	for (int i = 0; i < 4; i++)
		draw(250, 54 + 12.3 * i, "second page of it");
	ck_assert_str_eq(text_of_pages(), "side\nside\nside\nside\nside\nside\n\n\x1D\n"
					  "words of the wide column\nwords of the wide column\n"
					  "words of the wide column\nwords of the wide column\n"
					  "words of the wide column\nwords of the wide column\n"
					  "second page of it\nsecond page of it\nsecond page of it\n"
					  "second page of it\n\n");
}
END_TEST

START_TEST(wrapped_lines_are_one_again)
{
	draw(50, 50, "• Kept the books of three shops and of the ware\xC2\xAD");
	draw(60, 62, "house, and closed every month within two days of its end.");
	draw(50, 74, "• Trained two");
	draw(60, 98, "Apart from the list.");
	ck_assert_str_eq(text_of_pages(),
			 "• Kept the books of three shops and of the warehouse, and closed every month "
			 "within two days of its end.\n• Trained two\n\n    Apart from the list.\n\n");
}
END_TEST

START_TEST(running_heads_are_dropped)
{
	for (int i = 0; i < 3; i++) {
		draw(50, 20, "Jane Example");
		draw(50, 300, i == 1 ? "the second page" : "a page");
		draw(280, 780, i == 0 ? "Jane Example - 1/3" : i == 1 ? "Jane Example - 2/3" : "Jane Example - 3/3");
		if (i < 2)
			next_page();
	}
	ck_assert_str_eq(text_of_pages(), "Jane Example\n\na page\nthe second page\na page\n\n");
}
END_TEST

/* As it stands on the page: the words from left to right, each turned round. */
START_TEST(right_to_left_is_put_in_logical_order)
{
	draw(310, 50, ".Wix Ltd ,קוויש להנמ 2023 – 2019");
	draw(237, 62, ")Google Ads ללוכ( ןופלט 054-1234567 ,1,000,000");
	ck_assert_str_eq(text_of_pages(), "2019 – 2023 מנהל שיווק, Wix Ltd.\n"
					  "1,000,000, 054-1234567 טלפון (כולל Google Ads)\n\n");
}
END_TEST

START_TEST(pictures_part_cells_and_symbols_are_bullets)
{
	draw(50, 50, "\xEF\x82\xB7 A bullet of a symbol font");
	draw(50, 62, "\xEF\x8F\x85 Galway \xEF\x82\xA0 jane@example.com");
	ck_assert_str_eq(text_of_pages(), "• A bullet of a symbol font\n   Galway\tjane@example.com\n\n");
}
END_TEST

START_TEST(what_is_no_page_is_refused)
{
	static const char *const inputs[] = {
		"", "<doc>", "no markup", "<doc></doc>", "<doc><page", "<doc>\xFF</doc>"
	};
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		cvp_clear(&ctx);
		ck_assert_int_eq(cvp_pdf_text(&ctx, inputs[i], strlen(inputs[i]), &text), CVP_DOCUMENT_UNREADABLE);
	}
	cvp_clear(&ctx);
	cvp_buf_text(&page, "</page></doc>");
	ck_assert_int_eq(cvp_pdf_text(&ctx, page.data, page.length, &text), CVP_OK);
	ck_assert_uint_eq(text.length, 0);
}
END_TEST

/* Control characters and coordinates beyond reason harm nothing. */
START_TEST(odd_input_is_read_as_far_as_it_goes)
{
	draw(50, 50,
	     "be\x01\x02"
	     "fore after");
	draw(1e30, -1e30, "far");
	cvp_buf_text(&page, "<word xMin=\"nan\" yMin=\"x\" xMax=\"\">lost</word><word>&nbsp;</word>");
	ck_assert_ptr_nonnull(strstr(text_of_pages(), "before after"));
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
	Suite *suite = suite_create("document_pdf_text");
	TCase *tests = tcase_create("pages");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, flat_letters_end_in_text);
	tcase_add_test(tests, dates_stay_on_the_line_of_their_title);
	tcase_add_test(tests, columns_follow_each_other);
	tcase_add_test(tests, wrapped_lines_are_one_again);
	tcase_add_test(tests, running_heads_are_dropped);
	tcase_add_test(tests, right_to_left_is_put_in_logical_order);
	tcase_add_test(tests, pictures_part_cells_and_symbols_are_bullets);
	tcase_add_test(tests, what_is_no_page_is_refused);
	tcase_add_test(tests, odd_input_is_read_as_far_as_it_goes);
	tcase_add_test(tests, too_many_pages_are_refused);
	tcase_add_test(tests, files_are_told_by_content);
	tcase_add_test(tests, old_character_sets_become_utf8);
	suite_add_tcase(suite, tests);
	return run(suite);
}
