/* careervp validate SCHEMA INSTANCE: exit status and output. */
#include "test_schema.h"

#include <unistd.h>

#include "../../bin/verbs.h"

/* One call of the verb, its output kept. */
struct call {
	int status;
	char out[8192], err[2048];
};

static struct call called;

/* Sends a stream to a temporary file; the descriptor it had, to be given back to restore(). */
static int
divert(FILE *stream, FILE *file)
{
	int kept;

	fflush(stream);
	kept = dup(fileno(stream));
	ck_assert_int_ge(kept, 0);
	ck_assert_int_ge(dup2(fileno(file), fileno(stream)), 0);
	return kept;
}

static void
restore(FILE *stream, int kept, FILE *file, char *text, size_t size)
{
	size_t length;

	fflush(stream);
	dup2(kept, fileno(stream));
	close(kept);
	rewind(file);
	length = fread(text, 1, size - 1, file);
	text[length] = '\0';
	fclose(file);
}

static void
validate(int argc, const char *schema, const char *instance)
{
	char verb[] = "validate", *argv[] = { verb, (char *)schema, (char *)instance, NULL };
	FILE *out = tmpfile(), *err = tmpfile();
	int kept_out = divert(stdout, out), kept_err = divert(stderr, err);

	called.status = cvp_verb_validate(argc, argv);
	restore(stdout, kept_out, out, called.out, sizeof(called.out));
	restore(stderr, kept_err, err, called.err, sizeof(called.err));
}

/* A file with this text, in the arena's words. */
static const char *
file_with(const char *text)
{
	char *path = cvp_arena_strdup(fresh.arena, "/tmp/careervp-validate-XXXXXX");
	int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
	return path;
}

static void
validate_text(const char *schema, const char *text)
{
	const char *path = file_with(text);

	validate(3, schema, path);
	unlink(path);
}

START_TEST(a_valid_instance_is_0_and_silent)
{
	validate_text(data_path("set/request.json"), "{\"id\": \"a\", \"answer\": [\"x\", 1]}");
	ck_assert_int_eq(called.status, 0);
	ck_assert_str_eq(called.out, "");
	ck_assert_str_eq(called.err, "");
}
END_TEST

START_TEST(an_invalid_instance_is_1_with_a_line_each)
{
	validate_text(data_path("set/request.json"), "{\"parent\": \"\", \"answer\": [1]}");
	ck_assert_int_eq(called.status, 1);
	ck_assert_str_eq(called.out, "/id: Missing required field: id\n"
				     "/parent: parent must not be empty\n"
				     "/answer/0: answer[0] must be a string\n");
	ck_assert_str_eq(called.err, "");
}
END_TEST

START_TEST(a_hostile_name_stays_on_its_line)
{
	validate_text(data_path("objects/schema.json"), "{\"closed\": {\"a\\nb\\u001b[2J\": 1}}");
	ck_assert_int_eq(called.status, 1);
	ck_assert_str_eq(called.out, "/closed/a\\u000ab\\u001b[2J: This field is not allowed here\n");
}
END_TEST

START_TEST(what_cannot_be_read_is_2_with_one_line)
{
	validate_text(data_path("none.json"), "{}");
	ck_assert_int_eq(called.status, 2);
	ck_assert_ptr_nonnull(strstr(called.err, "none.json: cannot be read: No such file or directory\n"));
	ck_assert_str_eq(called.out, "");
	validate_text(data_path("set-broken/broken.json"), "{}");
	ck_assert_int_eq(called.status, 2);
	ck_assert_ptr_nonnull(strstr(called.err, "broken.json:4: "));
	validate_text(data_path("set/request.json"), "{\"id\": \n oops}");
	ck_assert_int_eq(called.status, 2);
	ck_assert_ptr_nonnull(strstr(called.err, ":2: "));
	ck_assert_ptr_eq(strchr(called.err, '\n'), called.err + strlen(called.err) - 1);
}
END_TEST

START_TEST(a_bad_schema_is_2_with_its_place)
{
	const char *schema = file_with("{\"properties\": {\"a\": {\"type\": \"text\"}}}");

	validate_text(schema, "{}");
	unlink(schema);
	ck_assert_int_eq(called.status, 2);
	ck_assert_ptr_nonnull(strstr(called.err, "#/properties/a/type: must be string, number"));
}
END_TEST

START_TEST(a_wrong_call_is_2_and_help_is_0)
{
	validate(2, data_path("set/request.json"), NULL);
	ck_assert_int_eq(called.status, 2);
	ck_assert_str_eq(called.err, "usage: careervp validate SCHEMA INSTANCE\n");
	validate(3, "-", "-");
	ck_assert_int_eq(called.status, 2);
	validate(2, "--help", NULL);
	ck_assert_int_eq(called.status, 0);
	ck_assert_str_eq(called.out, "usage: careervp validate SCHEMA INSTANCE\n");
}
END_TEST

START_TEST(a_dash_is_standard_input)
{
	const char *path = file_with("{\"id\": 5}");

	ck_assert_ptr_nonnull(freopen(path, "rb", stdin));
	validate(3, data_path("set/request.json"), "-");
	unlink(path);
	ck_assert_int_eq(called.status, 1);
	ck_assert_str_eq(called.out, "/id: id must be a string\n");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("schema command");
	TCase *cases = tcase_create("cases");

	tcase_add_checked_fixture(cases, fresh_start, fresh_end);
	tcase_add_test(cases, a_valid_instance_is_0_and_silent);
	tcase_add_test(cases, an_invalid_instance_is_1_with_a_line_each);
	tcase_add_test(cases, a_hostile_name_stays_on_its_line);
	tcase_add_test(cases, what_cannot_be_read_is_2_with_one_line);
	tcase_add_test(cases, a_bad_schema_is_2_with_its_place);
	tcase_add_test(cases, a_wrong_call_is_2_and_help_is_0);
	tcase_add_test(cases, a_dash_is_standard_input);
	suite_add_tcase(suite, cases);
	return suite;
}

int
main(void)
{
	return run(suite());
}
