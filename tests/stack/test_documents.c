/* Documents that are damaged, locked or mean harm, uploaded: each is refused by its code, at once, and the service goes
 * on (tests/data/documents/refused/, and what is made here because it is large). And those that are read, by every way
 * in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stack.h"
#include "steps.h"

#define FOLDER      "tests/data/documents/refused"
#define FILE_MAX    ((size_t)16 * 1024 * 1024)
#define ENTRIES     100000
#define SECONDS_MAX 25.0 /* CVP_EXTRACT_SECONDS */

static struct person owner;
static char body[FILE_MAX];

static void
setup(void)
{
	owner = person_new("documents");
}

/* The file as a multipart body of one part. */
static const struct answer *
upload(const char *name, const char *bytes, size_t length)
{
	const char *head = file_part("file", name, "");
	size_t head_length = strlen(head) - 2; /* without the line end behind the empty content */
	struct request request = { "POST", "/api/cv", HEADERS(owner.authorization, FILE_TYPE), body, 0 };

	ck_assert_uint_lt(head_length + length + 64, FILE_MAX);
	memcpy(body, head, head_length);
	memcpy(body + head_length, bytes, length);
	request.length = head_length + length;
	request.length += (size_t)snprintf(body + request.length, 64, "\r\n" FILE_END);
	return call_request(&request);
}

static void
assert_refused(const char *name, const struct answer *answer, double until, int status, const char *code)
{
	ck_assert_msg(answer->status == status && strcmp(text_at(answer, "/code"), code) == 0,
		      "%s: %ld, not %d %s: %.300s", name, answer->status, status, code, answer->body);
	ck_assert_msg(names_pointer(answer, "/file"), "%s: does not name the file: %.300s", name, answer->body);
	ck_assert_uint_gt(strlen(text_at(answer, "/error")), 20);
	ck_assert_msg(!has_passed(until), "%s took too long", name);
}

START_TEST(each_is_refused_by_its_code)
{
	const json_t *cases = kept(json_load_file(text("%s/" FOLDER "/expect.json", setting("srcdir")), 0, NULL)), *row;
	static char bytes[1024 * 1024];
	size_t i;

	ck_assert_uint_gt(json_array_size(cases), 10);
	json_array_foreach (cases, i, row) {
		const char *name = json_string_value(json_object_get(row, "file"));
		FILE *file = fopen(text("%s/" FOLDER "/%s", setting("srcdir"), name), "rb");
		double until = deadline(SECONDS_MAX);
		size_t length;

		ck_assert_msg(file != NULL, "%s is not there", name);
		length = fread(bytes, 1, sizeof(bytes), file);
		fclose(file);
		assert_refused(name, upload(name, bytes, length), until,
			       (int)json_integer_value(json_object_get(row, "status")),
			       json_string_value(json_object_get(row, "code")));
	}
}
END_TEST

static size_t
put(char *to, unsigned value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		to[i] = (char)(value >> (8 * i));
	return bytes;
}

/* An archive of so many empty files: local headers, then the directory. Its 16-bit count says what fits. */
static size_t
many_entries(char *to)
{
	size_t at = 0, directory;

	for (unsigned i = 0; i < ENTRIES; i++) {
		memset(to + at, 0, 30);
		memcpy(to + at, "PK\x03\x04\x14", 5);
		put(to + at + 26, 1, 2);
		to[at + 30] = 'a';
		at += 31;
	}
	directory = at;
	for (unsigned i = 0; i < ENTRIES; i++) {
		memset(to + at, 0, 46);
		memcpy(to + at, "PK\x01\x02\x14\0\x14", 7);
		put(to + at + 28, 1, 2);
		put(to + at + 42, i * 31, 4);
		to[at + 46] = 'a';
		at += 47;
	}
	memset(to + at, 0, 22);
	memcpy(to + at, "PK\x05\x06", 4);
	put(to + at + 8, ENTRIES & 0xFFFF, 2);
	put(to + at + 10, ENTRIES & 0xFFFF, 2);
	put(to + at + 12, (unsigned)(at - directory), 4);
	put(to + at + 16, (unsigned)directory, 4);
	return at + 22;
}

START_TEST(a_hundred_thousand_entries_are_refused)
{
	char *bytes = malloc(FILE_MAX);
	size_t length = many_entries(bytes);
	double until = deadline(SECONDS_MAX);
	const struct answer *answer = upload("many.docx", bytes, length);

	/* libzip believes the count or tells that it is wrong */
	ck_assert_msg(answer->status == 413 || answer->status == 422, "%ld: %.300s", answer->status, answer->body);
	ck_assert(!has_passed(until));
	free(bytes);
}
END_TEST

/* As a file, as a pasted text and as an object. */
START_TEST(a_cv_of_another_maker_is_taken)
{
	const char *cv = file_text(text("%s/tests/data/career/cv/makers/reactive-5/cv.json", setting("srcdir")));
	json_t *object = json_loads(cv, 0, NULL);
	const struct answer *answers[] = {
		upload("cv.json", cv, strlen(cv)),
		call_as(&owner, "POST", "/api/cv", json_pack("{s:s}", "text_content", cv)),
		call_as(&owner, "POST", "/api/cv", json_pack("{s:O}", "resume", object)),
	};

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		assert_status(answers[i], 200);
		ck_assert_str_eq(text_at(answers[i], "/resume/work/1/position"), "Head pastry chef");
		ck_assert_str_eq(text_at(answers[i], "/resume/work/1/highlights/0"), "Led six cooks");
	}
	json_object_set_new(json_object_get(object, "sections"), "experience", json_integer(7));
	answers[0] = call_as(&owner, "POST", "/api/cv", json_pack("{s:o}", "resume", object));
	assert_failure(answers[0], 400, "VALIDATION_ERROR");
	ck_assert(names_pointer(answers[0], "/resume/sections/experience"));
}
END_TEST

/* A page of a job pasted whole into the form of a new application. */
START_TEST(a_pasted_page_is_read_by_its_block)
{
	const char *page =
	    "<html><head><script>var x = 1;</script><script type=\"application/ld+json\">{\"@type\":\"Organization\"}"
	    "</script><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":"
	    "\"JobPosting\",\"title\":\"Pastry chef\",\"hiringOrganization\":{\"name\":\"Blue Fork\"},\"description\":"
	    "\"<p>Bake.</p><ul><li>3 years</li></ul>\"}]}</script></head><body><h1>Jobs</h1></body></html>";
	const struct answer *answer;

	import_sample_cv(&owner);
	answer = call("POST", "/applications/new", HEADERS(owner.authorization, FORM_TYPE, HTML),
		      text("job_posting=%s", encoded(page)));
	assert_status(answer, 303);
	answer = call_as(&owner, "GET", "/api/applications", NULL);
	answer = call_as(&owner, "GET", text("/api/applications/%s", text_at(answer, "/items/0/application_id")), NULL);
	assert_status(answer, 200);
	ck_assert_str_eq(text_at(answer, "/posting/role_title"), "Pastry chef");
	ck_assert_str_eq(text_at(answer, "/posting/company_name"), "Blue Fork");
	ck_assert_str_eq(text_at(answer, "/posting/description"), "Bake.\n\n- 3 years");
}
END_TEST

/* Whatever came before, the next one's CV is read. */
START_TEST(the_service_goes_on)
{
	ck_assert_ptr_nonnull(import_sample_cv(&owner));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("documents");
	TCase *tests = tcase_create("refused");

	tcase_add_unchecked_fixture(tests, setup, NULL);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, each_is_refused_by_its_code);
	tcase_add_test(tests, a_hundred_thousand_entries_are_refused);
	tcase_add_test(tests, a_cv_of_another_maker_is_taken);
	tcase_add_test(tests, a_pasted_page_is_read_by_its_block);
	tcase_add_test(tests, the_service_goes_on);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
