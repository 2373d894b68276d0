/* Papers set as PDF and Word documents by careervp-render and read again by careervp-extract, in three languages. */
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/ctx.h"
#include "document/extract.h"
#include "document/markdown.h"
#include "document/render.h"
#include "run.h"

#define MADE_AT "2026-03-01T10:00:00.000000Z"
#define RESUME  "{\"basics\":{\"name\":\"Ada Example\"}}"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_config *config;

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
	setenv("EXTRACT_PROGRAM", "./careervp-extract", 0);
	setenv("RENDER_PROGRAM", "./careervp-render", 0);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_OK);
	ctx.config = config;
}

static void
teardown(void)
{
	cvp_config_free(config);
	cvp_arena_free(arena);
}

static const struct {
	const char *language, *heading, *title, *dates, *line;
} rows[] = {
	{ "en", "Work Experience", "Office Engineer", "01/2020 - Present", "Filed a flight of 300 fine files" },
	{ "ru", "Опыт работы", "Инженер", "01/2020 - 05/2021", "Сократил время отклика на 40 %" },
	{ "he", "ניסיון תעסוקתי", "מהנדסת תוכנה", "01/2020 - 05/2021", "קיצרה את זמן התגובה של PostgreSQL" },
};

static json_t *
paper(int row)
{
	return cvp_own(&ctx, json_pack("{s:s, s:s, s:[[s,s],[s,s],[s,s,s],[s,s]]}", "title", "Ada Example", "language",
				       rows[row].language, "blocks", "name", "Ada Example", "h", rows[row].heading,
				       "pair", rows[row].title, rows[row].dates, "li", rows[row].line));
}

static struct cvp_buf
render(int row, const char *format)
{
	struct cvp_buf out = CVP_BUF(CVP_RENDER_MAX);

	ck_assert_msg(cvp_document_render(&ctx, paper(row), format, RESUME, MADE_AT, &out) == CVP_OK, "%s",
		      ctx.err.message);
	return out;
}

START_TEST(what_is_set_can_be_read_again)
{
	static const char *const formats[] = { "pdf", "docx" };

	for (size_t i = 0; i < CVP_COUNT(formats); i++) {
		struct cvp_buf out = render(_i, formats[i]);
		struct cvp_extract found;

		ck_assert_int_eq(cvp_document_extract(&ctx, out.data, out.length, &found), CVP_OK);
		ck_assert_msg(strstr(found.text, rows[_i].heading) != NULL, "%s: %s", formats[i], found.text);
		ck_assert_msg(strstr(found.text, rows[_i].title) != NULL, "%s: %s", formats[i], found.text);
		ck_assert_msg(strstr(found.text, rows[_i].line) != NULL, "%s: %s", formats[i], found.text);
		ck_assert_msg(strstr(found.text, "2020") != NULL, "%s: %s", formats[i], found.text);
		if (i == 0)
			ck_assert_str_eq(found.resume, RESUME);
		cvp_buf_free(&out);
	}
}
END_TEST

START_TEST(equal_papers_give_equal_files)
{
	static const char *const formats[] = { "pdf", "docx" };

	for (size_t i = 0; i < CVP_COUNT(formats); i++) {
		struct cvp_buf first = render(0, formats[i]), second = render(0, formats[i]);

		ck_assert_uint_eq(first.length, second.length);
		ck_assert_int_eq(memcmp(first.data, second.data, first.length), 0);
		cvp_buf_free(&first);
		cvp_buf_free(&second);
	}
}
END_TEST

START_TEST(a_pdf_names_its_language)
{
	struct cvp_buf out = render(_i, "pdf");
	const char *lang = cvp_arena_printf(arena, "/Lang (%s)", rows[_i].language);

	ck_assert_ptr_nonnull(memmem(out.data, out.length, lang, strlen(lang)));
	cvp_buf_free(&out);
}
END_TEST

/* Hundreds of lines, words without an end, nothing at all: each is a document. */
START_TEST(odd_papers_are_set)
{
	struct cvp_buf out = CVP_BUF(CVP_RENDER_MAX);
	json_t *blocks = json_array(), *odd;

	for (int i = 0; i < 400; i++)
		json_array_append_new(blocks,
				      json_pack("[s, s]", i % 7 == 0 ? "pair" : "li",
						"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
						"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww <&> \x01 end"));
	odd = cvp_own(&ctx, json_pack("{s:s, s:s, s:o}", "title", "", "language", "en", "blocks", blocks));
	ck_assert_int_eq(cvp_document_render(&ctx, odd, "pdf", NULL, MADE_AT, &out), CVP_OK);
	cvp_buf_reset(&out);
	ck_assert_int_eq(cvp_document_render(&ctx, odd, "docx", NULL, MADE_AT, &out), CVP_OK);
	cvp_buf_reset(&out);
	odd = cvp_own(&ctx, json_pack("{s:s, s:s, s:[]}", "title", "", "language", "xx", "blocks"));
	ck_assert_int_eq(cvp_document_render(&ctx, odd, "pdf", NULL, MADE_AT, &out), CVP_OK);
	cvp_buf_free(&out);
}
END_TEST

START_TEST(markdown_becomes_blocks)
{
	json_t *made = cvp_markdown_paper(&ctx,
					  "# Report: A\\.B\n\nfor *Engineer*\nat Acme\n\n## Match\n\n- Score: `81%`\n\n"
					  "| a | b |\n|---|---|\n| c | [d](#x) |\n\n> quoted\n> line\n",
					  "en");
	json_t *expected = json_pack("[[s,s,s],[s,s,s],[s,s,s],[s,s,s],[s,s,s],[s,s,s],[s,s,s]]", "name", "Report: A.B",
				     "", "p", "for Engineer at Acme", "", "h", "Match", "", "li", "Score: 81%", "", "p",
				     "a — b", "", "p", "c — d", "", "p", "quoted line", "");

	ck_assert_msg(json_equal(json_object_get(made, "blocks"), expected), "%s",
		      json_dumps(json_object_get(made, "blocks"), 0));
	ck_assert_str_eq(json_string_value(json_object_get(made, "title")), "Report: A.B");
	json_decref(expected);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("render");
	TCase *tcase = tcase_create("render");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, what_is_set_can_be_read_again, 0, (int)CVP_COUNT(rows));
	tcase_add_test(tcase, equal_papers_give_equal_files);
	tcase_add_loop_test(tcase, a_pdf_names_its_language, 0, (int)CVP_COUNT(rows));
	tcase_add_test(tcase, odd_papers_are_set);
	tcase_add_test(tcase, markdown_becomes_blocks);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
