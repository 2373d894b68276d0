/* Folders of templates: the cases of tests/data/template, and what a folder may hold besides templates.
 *
 * A case is a folder with templates/, and either data.json and expect.ENDING (what main.ENDING renders) or
 * expect-error.txt (what loading or linking says). */
#include "test_template.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
file_text(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = cvp_arena_alloc(fresh.arena, 65536);

	ck_assert_msg(file != NULL, "%s", path);
	ck_assert_uint_lt(fread(text, 1, 65535, file), 65535);
	fclose(file);
	return text;
}

static const char *
below(const char *folder, const char *name)
{
	return cvp_arena_printf(fresh.arena, "%s/%s", folder, name);
}

static void
check_case(const char *folder)
{
	static const char *const endings[] = { "html", "txt", "md" };
	enum cvp_code code = cvp_templates_load(&fresh.ctx, fresh.set, below(folder, "templates"));
	unsigned checked = 0;

	if (code == CVP_OK)
		code = cvp_templates_link(&fresh.ctx, fresh.set);
	if (access(below(folder, "expect-error.txt"), F_OK) == 0) {
		ck_assert_msg(code == CVP_INVALID_INPUT, "%s", folder);
		ck_assert_str_eq(cvp_arena_printf(fresh.arena, "%s\n", fresh.ctx.err.message),
				 file_text(below(folder, "expect-error.txt")));
		return;
	}
	ck_assert_msg(code == CVP_OK, "%s: %s", folder, fresh.ctx.err.message);
	for (size_t i = 0; i < CVP_COUNT(endings); i++) {
		const char *expected = below(folder, cvp_arena_printf(fresh.arena, "expect.%s", endings[i]));

		if (access(expected, F_OK) != 0)
			continue;
		ck_assert_str_eq(rendered(cvp_arena_printf(fresh.arena, "main.%s", endings[i]),
					  file_text(below(folder, "data.json"))),
				 file_text(expected));
		checked++;
	}
	ck_assert_msg(checked > 0, "%s: no expectation", folder);
}

START_TEST(every_case_renders_as_expected)
{
	const char *all = data_folder("");
	DIR *folder = opendir(all);
	unsigned found = 0;

	ck_assert_msg(folder != NULL, "%s", all);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		check_case(below(data_folder(""), entry->d_name));
		fresh_end();
		fresh_start();
		found++;
	}
	closedir(folder);
	ck_assert_uint_gt(found, 0);
}
END_TEST

/* --- folders made on the spot --- */

static char place[] = "/tmp/cvp-template-XXXXXX";

static void
place_start(void)
{
	fresh_start();
	memcpy(place + strlen(place) - 6, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(place));
}

static void
remove_all(const char *path)
{
	DIR *folder = opendir(path);

	for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
		const char *inner = below(path, entry->d_name);

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || unlink(inner) == 0)
			continue;
		remove_all(inner);
	}
	if (folder != NULL)
		closedir(folder);
	rmdir(path);
}

static void
place_end(void)
{
	remove_all(place);
	fresh_end();
}

static void
put_folder(const char *name)
{
	ck_assert_int_eq(mkdir(below(place, name), 0700), 0);
}

static void
put(const char *name, const char *text)
{
	FILE *file = fopen(below(place, name), "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(names_are_paths_below_the_folder)
{
	put_folder("b");
	put_folder("b/c");
	put("a.html", "a{{>b/c/d}}");
	put("b/c/d.html", "d");
	put("b/empty.html", "");
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, place), CVP_OK);
	ck_assert_int_eq(cvp_templates_link(&fresh.ctx, fresh.set), CVP_OK);
	ck_assert_str_eq(rendered("a.html", "{}"), "ad");
	ck_assert_str_eq(rendered("b/empty.html", "{}"), "");
	ck_assert(!cvp_templates_have(fresh.set, "d.html"));
}
END_TEST

START_TEST(hidden_files_and_what_is_no_file_are_passed_over)
{
	put_folder(".git");
	put(".git/x.html", "{{broken");
	put(".a.html.swp", "{{broken");
	put("a.html", "fine");
	ck_assert_int_eq(mkfifo(below(place, "pipe"), 0600), 0);
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, place), CVP_OK);
	ck_assert(cvp_templates_have(fresh.set, "a.html"));
	ck_assert(!cvp_templates_have(fresh.set, "pipe"));
	ck_assert(!cvp_templates_have(fresh.set, ".git/x.html"));
}
END_TEST

START_TEST(the_first_broken_file_in_order_is_named)
{
	put_folder("a");
	put("c.html", "{{broken");
	put("b.html", "\n{{broken");
	put("a/z.html", "\n\n{{broken");
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, place), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "a/z.html:3: unclosed tag");
}
END_TEST

START_TEST(a_large_file_is_refused)
{
	char *text = cvp_xmalloc((size_t)CVP_TEMPLATE_BYTES_MAX + 2);

	memset(text, 'x', (size_t)CVP_TEMPLATE_BYTES_MAX + 1);
	text[CVP_TEMPLATE_BYTES_MAX] = '\0';
	put("a.txt", text);
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, place), CVP_OK);
	text[CVP_TEMPLATE_BYTES_MAX] = 'x';
	text[CVP_TEMPLATE_BYTES_MAX + 1] = '\0';
	put_folder("b");
	put("b/b.txt", text);
	free(text);
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, below(place, "b")), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "b.txt:1: larger than 1048576 bytes");
}
END_TEST

START_TEST(a_circle_of_links_ends)
{
	put("a.html", "a");
	ck_assert_int_eq(symlink(".", below(place, "again")), 0);
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, place), CVP_INVALID_INPUT);
	ck_assert_ptr_nonnull(strstr(fresh.ctx.err.message, "template folders nested deeper than 16"));
}
END_TEST

START_TEST(a_missing_folder_is_named)
{
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, below(place, "none")), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message,
			 cvp_arena_printf(fresh.arena,
					  "%s/none: cannot be read as a folder of templates: No such file or directory",
					  place));
}
END_TEST

START_TEST(a_dangling_link_is_named)
{
	ck_assert_int_eq(symlink("nowhere", below(place, "a.html")), 0);
	ck_assert_int_eq(cvp_templates_load(&fresh.ctx, fresh.set, place), CVP_INVALID_INPUT);
	ck_assert_str_eq(fresh.ctx.err.message, "a.html:1: cannot be read: No such file or directory");
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("template load");
	TCase *cases = tcase_create("cases"), *folders = tcase_create("folders");

	tcase_add_checked_fixture(cases, fresh_start, fresh_end);
	tcase_add_test(cases, every_case_renders_as_expected);
	suite_add_tcase(suite, cases);
	tcase_add_checked_fixture(folders, place_start, place_end);
	tcase_add_test(folders, names_are_paths_below_the_folder);
	tcase_add_test(folders, hidden_files_and_what_is_no_file_are_passed_over);
	tcase_add_test(folders, the_first_broken_file_in_order_is_named);
	tcase_add_test(folders, a_large_file_is_refused);
	tcase_add_test(folders, a_circle_of_links_ends);
	tcase_add_test(folders, a_missing_folder_is_named);
	tcase_add_test(folders, a_dangling_link_is_named);
	suite_add_tcase(suite, folders);
	return suite;
}

int
main(void)
{
	return run(suite());
}
