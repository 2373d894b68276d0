/* The text of Word documents made here by libzip: order, lists, tables, boxes; and archives that mean harm. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "core/ctx.h"
#include "document/docx.h"
#include "run.h"

#define W     "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
#define END   "</w:document>"
#define P(x)  "<w:p><w:r><w:t>" x "</w:t></w:r></w:p>"
#define LARGE ((size_t)40 * 1024 * 1024)
#define MANY  5000

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_buf text;

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
	cvp_buf_init(&text, (size_t)1024 * 1024);
}

static void
teardown(void)
{
	cvp_buf_free(&text);
	cvp_arena_free(arena);
}

struct part {
	const char *name, *bytes;
	size_t length;
};

/* The archive's bytes, in the arena. */
static const char *
archive_of(const struct part *parts, size_t count, size_t *length)
{
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	zip_stat_t stat;
	char *bytes;

	ck_assert_ptr_nonnull(archive);
	zip_source_keep(source);
	for (size_t i = 0; i < count; i++)
		ck_assert_int_ge(zip_file_add(archive, parts[i].name,
					      zip_source_buffer(archive, parts[i].bytes, parts[i].length, 0), 0),
				 0);
	ck_assert_int_eq(zip_close(archive), 0);
	ck_assert_int_eq(zip_source_stat(source, &stat), 0);
	bytes = cvp_arena_alloc(arena, stat.size + 1);
	zip_source_open(source);
	ck_assert_int_eq(zip_source_read(source, bytes, stat.size), (zip_int64_t)stat.size);
	zip_source_close(source);
	zip_source_free(source);
	*length = stat.size;
	return bytes;
}

static enum cvp_code
read_document(const char *xml)
{
	struct part part = { "word/document.xml", xml, strlen(xml) };
	size_t length;
	const char *bytes = archive_of(&part, 1, &length);

	cvp_buf_reset(&text);
	cvp_clear(&ctx);
	return cvp_docx_text(&ctx, bytes, length, &text);
}

static void
assert_text(const char *xml, const char *expected)
{
	ck_assert_int_eq(read_document(xml), CVP_OK);
	ck_assert_str_eq(cvp_buf_string(&text), expected);
}

START_TEST(paragraphs_are_lines)
{
	assert_text(W P("Ada") P("Engineer &amp; more") END, "Ada\nEngineer & more\n");
	assert_text(W "<w:p><w:r><w:t>Engineer</w:t><w:tab/><w:t>2019</w:t><w:br/><w:t>Acme</w:t></w:r></w:p>" END,
		    "Engineer\t2019\nAcme\n");
	assert_text(
	    W "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>HYPERLINK</w:instrText>"
	      "<w:t>kept</w:t></w:r></w:p>" END,
	    "kept\n");
	assert_text(W "<w:p><w:pPr><w:tabs><w:tab w:val=\"right\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>" END,
		    "a\n");
	assert_text("<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
		    "<x:p><x:r><x:t>other prefix</x:t></x:r></x:p></x:document>",
		    "other prefix\n");
}
END_TEST

START_TEST(lists_headings_and_tables_show)
{
	assert_text(
	    W "<w:p><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:t>Did it</w:t></w:r></w:p>" END,
	    "• Did it\n");
	assert_text(
	    W "<w:p><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>Plain</w:t></w:r></w:p>" END,
	    "Plain\n");
	assert_text(
	    W P("Ada") "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Skills</w:t></w:r></w:p>" END,
	    "Ada\n\nSkills\n");
	assert_text(W "<w:tbl><w:tr><w:tc>" P("Engineer") "</w:tc><w:tc>" P("2019") "</w:tc></w:tr></w:tbl>" END,
		    "Engineer\n2019\n\n");
}
END_TEST

/* A text box stands in a paragraph, once for new and once for old readers. */
START_TEST(text_boxes_are_read_once)
{
	assert_text(
	    W "<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:txbxContent>" P(
		"in the box") "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P("in the box") "</"
													 "w:"
													 "txbxContent><"
													 "/mc:Fallback>"
													 "</"
													 "mc:"
													 "AlternateCont"
													 "ent><w:t>"
													 "around "
													 "it</w:t></"
													 "w:r></"
													 "w:p>" END,
	    "around it\nin the box\n");
}
END_TEST

START_TEST(headers_come_first_and_once)
{
	static const char header[] = W P("ada@example.com") END, body[] = W P("Ada") END;
	struct part parts[] = { { "word/document.xml", body, sizeof(body) - 1 },
				{ "word/header1.xml", header, sizeof(header) - 1 },
				{ "word/header2.xml", header, sizeof(header) - 1 } };
	size_t length;
	const char *bytes = archive_of(parts, 3, &length);

	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_OK);
	ck_assert_str_eq(cvp_buf_string(&text), "ada@example.com\nAda\n");
}
END_TEST

START_TEST(entities_are_refused)
{
	ck_assert_int_eq(
	    read_document("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" W P("&b;") END),
	    CVP_DOCUMENT_UNREADABLE);
	ck_assert_int_eq(read_document("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" W P("&x;") END),
			 CVP_DOCUMENT_UNREADABLE);
	ck_assert_int_eq(read_document(W P("&undeclared;") END), CVP_DOCUMENT_UNREADABLE);
}
END_TEST

START_TEST(bombs_are_refused)
{
	char *large = cvp_xcalloc(1, LARGE);
	struct part part = { "word/document.xml", large, LARGE }, *many;
	size_t length;
	const char *bytes;

	memset(large, ' ', LARGE);
	bytes = archive_of(&part, 1, &length);
	ck_assert_uint_lt(length, LARGE / 100);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_PAYLOAD_TOO_LARGE);
	cvp_clear(&ctx);
	many = cvp_arena_alloc(arena, MANY * sizeof(*many));
	for (int i = 0; i < MANY; i++)
		many[i] = (struct part){ cvp_arena_printf(arena, "word/%d.xml", i), "x", 1 };
	bytes = archive_of(many, MANY, &length);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_PAYLOAD_TOO_LARGE);
	free(large);
}
END_TEST

/* Marks every file of an archive as encrypted, in its local headers and its directory. */
static void
set_encrypted(char *bytes, size_t length)
{
	for (size_t i = 0; i + 10 < length; i++) {
		if (memcmp(bytes + i, "PK\x03\x04", 4) == 0)
			bytes[i + 6] |= 1;
		else if (memcmp(bytes + i, "PK\x01\x02", 4) == 0)
			bytes[i + 8] |= 1;
	}
}

START_TEST(archives_under_a_password_are_refused)
{
	struct part part = { "word/document.xml", W P("Ada") END, strlen(W P("Ada") END) };
	size_t length;
	const char *bytes = archive_of(&part, 1, &length);

	set_encrypted((char *)bytes, length);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_DOCUMENT_ENCRYPTED);
}
END_TEST

/* An archive in an archive is no document, by whatever name; and what lies beside the document is not unpacked. */
START_TEST(nested_archives_are_not_entered)
{
	struct part inner = { "word/document.xml", W P("Ada") END, strlen(W P("Ada") END) }, outer[2];
	size_t length;
	const char *bytes = archive_of(&inner, 1, &length);

	outer[0] = (struct part){ "word/document.xml", bytes, length };
	bytes = archive_of(outer, 1, &length);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_DOCUMENT_UNREADABLE);
	cvp_clear(&ctx);
	outer[0] = (struct part){ "inner.docx", bytes, length };
	bytes = archive_of(outer, 1, &length);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_UNSUPPORTED_FILE_FORMAT);
	cvp_clear(&ctx);
	cvp_buf_reset(&text);
	outer[0] = (struct part){ "inner.docx", bytes, length };
	outer[1] = inner;
	bytes = archive_of(outer, 2, &length);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_OK);
	ck_assert_str_eq(cvp_buf_string(&text), "Ada\n");
}
END_TEST

/* A part that says it is small unpacks to no more than it says; one that says it is large is not unpacked. */
START_TEST(an_absurd_ratio_is_refused_before_unpacking)
{
	char *large = cvp_xcalloc(1, LARGE / 4);
	struct part part = { "word/document.xml", large, LARGE / 4 };
	size_t length;
	const char *bytes;

	memset(large, ' ', LARGE / 4); /* 10 MiB, less than a part may have */
	bytes = archive_of(&part, 1, &length);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_PAYLOAD_TOO_LARGE);
	free(large);
}
END_TEST

START_TEST(broken_archives_are_refused)
{
	struct part other = { "content.xml", "<a/>", 4 };
	size_t length;
	const char *bytes = archive_of(&other, 1, &length);

	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length, &text), CVP_UNSUPPORTED_FILE_FORMAT);
	cvp_clear(&ctx);
	ck_assert_int_eq(cvp_docx_text(&ctx, bytes, length / 2, &text), CVP_DOCUMENT_UNREADABLE);
	ck_assert_int_eq(read_document(W "<w:p><w:r><w:t>cut of"), CVP_DOCUMENT_UNREADABLE);
	ck_assert_int_eq(read_document(""), CVP_DOCUMENT_UNREADABLE);
}
END_TEST

/* However deep boxes lie in boxes, and whatever is left open, it ends. */
START_TEST(depth_is_bounded)
{
	struct cvp_buf deep = CVP_BUF((size_t)1024 * 1024);

	cvp_buf_text(&deep, W);
	for (int i = 0; i < 2000; i++)
		cvp_buf_text(&deep, "<w:p><w:r><w:t>x</w:t>");
	for (int i = 0; i < 2000; i++)
		cvp_buf_text(&deep, "</w:r></w:p>");
	cvp_buf_text(&deep, END);
	ck_assert_int_eq(read_document(cvp_buf_string(&deep)), CVP_OK);
	cvp_buf_free(&deep);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("docx");
	TCase *tcase = tcase_create("docx");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60); /* the bomb is made here */
	tcase_add_test(tcase, paragraphs_are_lines);
	tcase_add_test(tcase, lists_headings_and_tables_show);
	tcase_add_test(tcase, text_boxes_are_read_once);
	tcase_add_test(tcase, headers_come_first_and_once);
	tcase_add_test(tcase, entities_are_refused);
	tcase_add_test(tcase, bombs_are_refused);
	tcase_add_test(tcase, archives_under_a_password_are_refused);
	tcase_add_test(tcase, nested_archives_are_not_entered);
	tcase_add_test(tcase, an_absurd_ratio_is_refused_before_unpacking);
	tcase_add_test(tcase, broken_archives_are_refused);
	tcase_add_test(tcase, depth_is_bounded);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
