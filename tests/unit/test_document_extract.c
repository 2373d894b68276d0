/* careervp-extract as it is started: what it answers, and what it may not do. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/config.h"
#include "core/ctx.h"
#include "document/extract.h"
#include "document/extract_wire.h"
#include "document/jail.h"
#include "document/tool.h"
#include "run.h"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_config *config;

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
	setenv("EXTRACT_PROGRAM", "./careervp-extract", 0);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_OK);
	ctx.config = config;
}

static void
teardown(void)
{
	cvp_config_free(config);
	cvp_arena_free(arena);
}

/* A PDF of one page with this content stream. */
static const char *
pdf(const char *stream)
{
	return cvp_arena_printf(
	    arena,
	    "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 "
	    "R>>>>>>endobj\n"
	    "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
	    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n",
	    strlen(stream), stream);
}

START_TEST(a_pdf_gives_its_text)
{
	const char *bytes = pdf("BT /F 12 Tf 72 700 Td (Ada Example) Tj 0 -14 Td (Engineer) Tj ET");
	struct cvp_extract found;

	ck_assert_msg(cvp_document_extract(&ctx, bytes, strlen(bytes), &found) == CVP_OK, "%s", ctx.err.message);
	ck_assert_str_eq(found.text, "Ada Example\nEngineer\n\n");
	ck_assert_ptr_null(found.resume);
}
END_TEST

START_TEST(each_refusal_has_its_code)
{
	static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	const struct {
		const char *bytes;
		size_t length;
		enum cvp_code code;
	} rows[] = {
		{ pdf("0 0 m 10 10 l S"), 0, CVP_EMPTY_DOCUMENT },
		{ "%PDF-1.4 x", 0, CVP_DOCUMENT_UNREADABLE },
		{ "PK\x03\x04 x", 0, CVP_DOCUMENT_UNREADABLE },
		{ ole, sizeof(ole) - 1, CVP_DOCUMENT_ENCRYPTED },
		{ "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", 0, CVP_UNSUPPORTED_FILE_FORMAT },
		{ "just text", 0, CVP_UNSUPPORTED_FILE_FORMAT },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_extract found;
		size_t length = rows[i].length > 0 ? rows[i].length : strlen(rows[i].bytes);

		ck_assert_msg(cvp_document_extract(&ctx, rows[i].bytes, length, &found) == rows[i].code, "row %zu: %s",
			      i, ctx.err.message);
		ck_assert_ptr_nonnull(ctx.err.message);
		cvp_clear(&ctx);
	}
}
END_TEST

static void
use_program(const char *path)
{
	cvp_config_free(config);
	setenv("EXTRACT_PROGRAM", path, 1);
	ck_assert_int_eq(cvp_config_load(&ctx, &config), CVP_OK);
	ctx.config = config;
}

START_TEST(a_program_that_says_nothing_is_a_failure)
{
	struct cvp_extract found;

	use_program("/bin/true");
	ck_assert_int_eq(cvp_document_extract(&ctx, "%PDF-", 5, &found), CVP_DOCUMENT_UNREADABLE);
	cvp_clear(&ctx);
	use_program("/nowhere");
	ck_assert_int_eq(cvp_document_extract(&ctx, "%PDF-", 5, &found), CVP_INTERNAL_ERROR);
}
END_TEST

/* Nothing that the child says is believed: it may be in the document's hands. */
START_TEST(answers_that_do_not_add_up_are_refused)
{
	static const struct {
		const char *said;
		enum cvp_code code;
	} rows[] = {
		{ "", CVP_DOCUMENT_UNREADABLE },
		{ "careervp-extract 0 3 2", CVP_DOCUMENT_UNREADABLE },
		{ "careervp-extract 0 3 2\nabc{}", CVP_OK },
		{ "careervp-extract 0 3 2\nabc{", CVP_DOCUMENT_UNREADABLE },
		{ "careervp-extract 0 3 2\nabc{}x", CVP_DOCUMENT_UNREADABLE },
		{ "careervp-extract 0 -1 6\nabc{}", CVP_DOCUMENT_UNREADABLE },
		{ "careervp-extract 0 18446744073709551615 6\nabc{}", CVP_DOCUMENT_UNREADABLE },
		{ "careervp-extract 1000000 3 0\nabc", CVP_INTERNAL_ERROR },
		{ "careervp-extract -1 3 0\nabc", CVP_INTERNAL_ERROR },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_extract found;

		ck_assert_msg(cvp_extract_take(&ctx, rows[i].said, strlen(rows[i].said), &found) == rows[i].code,
			      "row %zu", i);
		cvp_clear(&ctx);
	}
}
END_TEST

/* Its sentence goes into JSON and pages. */
START_TEST(a_failure_in_broken_words_is_told_in_ours)
{
	static const char *const sentences[] = { "\xFF\xFE", "a\xC3", "" };

	for (size_t i = 0; i < CVP_COUNT(sentences); i++) {
		const char *said = cvp_arena_printf(arena, CVP_EXTRACT_HEAD "%d %zu 0\n%s", CVP_EMPTY_DOCUMENT,
						    strlen(sentences[i]), sentences[i]);
		struct cvp_extract found;

		ck_assert_int_eq(cvp_extract_take(&ctx, said, strlen(said), &found), CVP_EMPTY_DOCUMENT);
		ck_assert_str_eq(ctx.err.message, "The document could not be read.");
		cvp_clear(&ctx);
	}
}
END_TEST

/* In a child that jails itself; bits of what it could do all the same. */
static int
powers_in(bool (*jail)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		int powers = 0;

		if (!jail())
			_exit(64);
		powers |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 1 : 0;
		powers |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 2 : 0;
		powers |= open("/tmp/cvp-jail-test", O_WRONLY | O_CREAT, 0600) >= 0 ? 4 : 0;
		powers |= unlink("/tmp/cvp-jail-test") == 0 ? 8 : 0;
		powers |= kill(getppid(), 0) == 0 ? 16 : 0;
		powers |= fork() >= 0 ? 32 : 0;
		_exit(powers);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(the_jailed_have_no_network_no_files_no_children)
{
	ck_assert_int_eq(powers_in(cvp_jail_tool), 0);
	ck_assert_int_eq(powers_in(cvp_jail_parser), 0);
}
END_TEST

START_TEST(a_tool_is_read_to_its_end)
{
	static const char *const words[] = { "printf", "%s", "said", NULL }, *const none[] = { "no-such-tool", NULL };
	struct cvp_buf out = CVP_BUF(100), err = CVP_BUF(100);
	struct cvp_tool tool;

	ck_assert(cvp_tool_start(&tool, words));
	ck_assert_int_eq(cvp_tool_finish(&tool, &out, &err), 0);
	ck_assert_str_eq(cvp_buf_string(&out), "said");
	ck_assert(cvp_tool_start(&tool, none));
	ck_assert_int_eq(cvp_tool_finish(&tool, &out, &err), 127);
	cvp_buf_free(&out);
	cvp_buf_free(&err);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("extract");
	TCase *tcase = tcase_create("extract");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_pdf_gives_its_text);
	tcase_add_test(tcase, each_refusal_has_its_code);
	tcase_add_test(tcase, a_program_that_says_nothing_is_a_failure);
	tcase_add_test(tcase, answers_that_do_not_add_up_are_refused);
	tcase_add_test(tcase, a_failure_in_broken_words_is_told_in_ours);
	tcase_add_test(tcase, the_jailed_have_no_network_no_files_no_children);
	tcase_add_test(tcase, a_tool_is_read_to_its_end);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
