/* careervp render: exit status, output, and the one line it says when it refuses. Links bin/render.c. */
#include "test_template.h"

#include <sys/wait.h>
#include <unistd.h>

int cvp_verb_render(int argc, char **argv);

struct outcome {
	int status;
	const char *out, *err;
};

static const char *
rest_of(FILE *file)
{
	char *text = cvp_arena_alloc(fresh.arena, 65536);

	rewind(file);
	ck_assert_uint_lt(fread(text, 1, 65535, file), 65535);
	fclose(file);
	return text;
}

/* The command in a process of its own, with input on its standard input. */
static struct outcome
careervp(const char *input, char **argv)
{
	FILE *in = tmpfile(), *out = tmpfile(), *err = tmpfile();
	struct outcome outcome;
	int argc = 0, status;
	pid_t child;

	while (argv[argc] != NULL)
		argc++;
	fputs(input, in);
	rewind(in);
	child = fork();
	if (child == 0) {
		dup2(fileno(in), STDIN_FILENO);
		dup2(fileno(out), STDOUT_FILENO);
		dup2(fileno(err), STDERR_FILENO);
		_exit(cvp_verb_render(argc, argv));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	outcome.status = WEXITSTATUS(status);
	outcome.out = rest_of(out);
	outcome.err = rest_of(err);
	fclose(in);
	return outcome;
}

/* A path below tests/data/template, as a word of the command. */
static char *
path(const char *name)
{
	return cvp_arena_strdup(fresh.arena, data_folder(name));
}

static const char *
said(const char *message)
{
	return cvp_arena_printf(fresh.arena, "careervp render: %s\n", message);
}

START_TEST(a_template_is_rendered_over_a_file)
{
	char *argv[] = { "render",     path("page/templates/main.html"), path("page/data.json"),
			 "--partials", path("page/templates"),           NULL };
	struct outcome outcome = careervp("", argv);

	ck_assert_str_eq(outcome.err, "");
	ck_assert_int_eq(outcome.status, 0);
	ck_assert_ptr_nonnull(strstr(outcome.out, "<h1>Applications</h1>"));
}
END_TEST

START_TEST(a_dash_means_standard_input)
{
	char *argv[] = { "render", path("markdown/templates/partial/group.md"), "-", NULL };
	char *with_partials[] = {
		"render", path("markdown/templates/partial/group.md"), "-", "--partials", path("markdown/templates"),
		NULL
	};
	struct outcome outcome = careervp("{\"name\": \"n\", \"items\": [{\"text\": \"t\"}]}", with_partials);

	ck_assert_int_eq(outcome.status, 0);
	ck_assert_str_eq(outcome.out, "- **n**\n  - t\n");
	outcome = careervp("{}", argv);
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_str_eq(outcome.err, said(cvp_arena_printf(fresh.arena, "%s:4: no template partial/group", argv[1])));
}
END_TEST

START_TEST(bad_data_are_named_with_their_line)
{
	char *argv[] = { "render", path("prompt/templates/partial/posting.txt"), "-", NULL };
	struct outcome outcome = careervp("{\n\"title\": \"a\nb\"}", argv);

	ck_assert_int_eq(outcome.status, 1);
	ck_assert_str_eq(outcome.out, "");
	ck_assert_ptr_eq(strstr(outcome.err, "careervp render: stdin:2: "), outcome.err);
	ck_assert_ptr_eq(strchr(outcome.err, '\n'), outcome.err + strlen(outcome.err) - 1);
}
END_TEST

START_TEST(a_bad_template_is_named_with_its_line)
{
	char *argv[] = { "render", path("error-unclosed/templates/partial/row.html"), "-", NULL };
	struct outcome outcome = careervp("{}", argv);

	ck_assert_int_eq(outcome.status, 1);
	ck_assert_str_eq(outcome.err, said(cvp_arena_printf(fresh.arena, "%s:2: 'cells' is never closed", argv[1])));
}
END_TEST

START_TEST(missing_files_are_named)
{
	char *no_template[] = { "render", path("none.html"), "-", NULL };
	char *no_data[] = { "render", path("prompt/templates/partial/posting.txt"), path("none.json"), NULL };
	struct outcome outcome = careervp("{}", no_template);

	ck_assert_int_eq(outcome.status, 1);
	ck_assert_ptr_nonnull(strstr(outcome.err, "none.html:1: cannot be read: No such file or directory\n"));
	outcome = careervp("", no_data);
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_ptr_nonnull(strstr(outcome.err, "none.json: cannot be read: No such file or directory\n"));
}
END_TEST

static char *wrong_calls[][6] = {
	{ "render", NULL },
	{ "render", "a", NULL },
	{ "render", "a", "b", "c", NULL },
	{ "render", "a", "b", "--partials", NULL },
	{ "render", "a", "b", "--unknown", NULL },
};

START_TEST(a_wrong_call_gets_the_usage)
{
	struct outcome outcome = careervp("", wrong_calls[_i]);

	ck_assert_int_eq(outcome.status, 2);
	ck_assert_str_eq(outcome.err, "usage: careervp render TEMPLATE DATA [--partials DIR]\n");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("template command");
	TCase *tests = tcase_create("command");

	tcase_add_checked_fixture(tests, fresh_start, fresh_end);
	tcase_add_test(tests, a_template_is_rendered_over_a_file);
	tcase_add_test(tests, a_dash_means_standard_input);
	tcase_add_test(tests, bad_data_are_named_with_their_line);
	tcase_add_test(tests, a_bad_template_is_named_with_its_line);
	tcase_add_test(tests, missing_files_are_named);
	tcase_add_loop_test(tests, a_wrong_call_gets_the_usage, 0, CVP_COUNT(wrong_calls));
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return run(suite());
}
