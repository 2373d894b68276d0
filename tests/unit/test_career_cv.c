/* The views, lines and entries of a CV (career/cv.h). */
#include <check.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "career/cv.h"
#include "core/ctx.h"
#include "run.h"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;

static void
setup(void)
{
	arena = cvp_arena_new(1 << 16);
	cvp_ctx_init(&ctx, arena);
}

static void
teardown(void)
{
	cvp_arena_free(arena);
}

static json_t *
load(const char *name)
{
	const char *top = getenv("srcdir");
	json_t *value = json_load_file(
	    cvp_arena_printf(arena, "%s/tests/data/career/cv/parse/%s", top ? top : ".", name), 0, NULL);

	ck_assert_msg(value != NULL, "%s is not there", name);
	return cvp_own(&ctx, value);
}

static const struct cvp_cv *
parse(const json_t *resume)
{
	const struct cvp_cv *cv = NULL;
	enum cvp_code code = cvp_cv_parse(&ctx, resume, &cv);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message ? ctx.err.message : "");
	return cv;
}

static json_t *
text(const char *json)
{
	json_error_t error;
	json_t *value = json_loads(json, 0, &error);

	ck_assert_msg(value != NULL, "%s", error.text);
	return cvp_own(&ctx, value);
}

static const struct cvp_cv_line *
line_at(const struct cvp_cv *cv, const char *pointer)
{
	for (size_t i = 0; i < cv->line_count; i++)
		if (strcmp(cv->lines[i].at.pointer, pointer) == 0)
			return &cv->lines[i];
	ck_abort_msg("no line at %s", pointer);
	return NULL;
}

/* Every pointer leads to the very string given with it. */
static void
check_pointers(const struct cvp_cv *cv)
{
	for (size_t i = 0; i < cv->line_count; i++)
		ck_assert_ptr_eq(cvp_pointer_text(cv->resume, cv->lines[i].at.pointer), cv->lines[i].at.text);
	for (size_t i = 0; i < cv->entry_count; i++) {
		const struct cvp_cv_text *const texts[] = { &cv->entries[i].organisation, &cv->entries[i].title,
							    &cv->entries[i].area, &cv->entries[i].location };

		for (size_t j = 0; j < CVP_COUNT(texts); j++)
			if (texts[j]->text)
				ck_assert_ptr_eq(cvp_pointer_text(cv->resume, texts[j]->pointer), texts[j]->text);
	}
	ck_assert_ptr_eq(cvp_pointer_text(cv->resume, cv->name.pointer), cv->name.text);
}

START_TEST(contact_and_views_lead_to_their_strings)
{
	const struct cvp_cv *cv = parse(load("tolerant.json"));

	check_pointers(cv);
	ck_assert_str_eq(cv->name.text, "Marta Lindqvist");
	ck_assert_str_eq(cv->name.pointer, "/basics/name");
	ck_assert_str_eq(cv->email.text, "marta@example.org");
	ck_assert_ptr_null(cv->phone.text);
	ck_assert_str_eq(cv->summary.text, "<p>Plans <b>cold-chain</b> routes.</p>");
}
END_TEST

START_TEST(entries_come_by_section_with_their_old_keys_and_nested_posts)
{
	const struct cvp_cv *cv = parse(load("tolerant.json"));
	const struct cvp_cv_entry *e = cv->entries;

	ck_assert_uint_eq(cv->entry_count, 8);
	ck_assert_str_eq(e[0].organisation.text, "Nordfrakt AB");
	ck_assert_str_eq(e[0].organisation.pointer, "/work/0/company");
	ck_assert_str_eq(e[0].location.pointer, "/work/0/location/city");
	ck_assert(e[0].is_open && e[0].start.year == 2019 && e[0].start.month == 3);
	ck_assert(e[1].is_open);
	ck_assert_str_eq(e[3].title.pointer, "/work/3/1/position");
	ck_assert_int_eq(e[3].index, 3);
	ck_assert_int_eq(e[4].start.year, 2011);
	ck_assert_int_eq(e[5].section, CVP_CV_VOLUNTEER);
	ck_assert_str_eq(e[6].area.text, "Logistics");
	ck_assert_str_eq(e[7].title.text, "Route/Planner~2");
	ck_assert_str_eq(e[7].organisation.pointer, "/projects/0/entity");
}
END_TEST

START_TEST(lines_carry_role_section_entry_and_whether_they_are_dated)
{
	const struct cvp_cv *cv = parse(load("tolerant.json"));
	const struct cvp_cv_line *line = line_at(cv, "/work/0/highlights/0");

	ck_assert(line->role == CVP_CV_BULLET && line->section == CVP_CV_WORK && line->entry == 0 && line->is_dated);
	ck_assert(!line_at(cv, "/education/0/area")->is_dated);
	ck_assert(!line_at(cv, "/projects/0/keywords/0")->is_dated);
	ck_assert_int_eq(line_at(cv, "/basics/label")->entry, -1);
	ck_assert_int_eq(line_at(cv, "/skills/1")->role, CVP_CV_SKILL);
	ck_assert_int_eq(line_at(cv, "/languages/0/level")->role, CVP_CV_LEVEL);
	ck_assert_int_eq(line_at(cv, "/certifications/0/title")->role, CVP_CV_SKILL);
	ck_assert_int_eq(line_at(cv, "/x_top_achievements/0")->role, CVP_CV_BULLET);
	for (size_t i = 0; i < cv->line_count; i++)
		ck_assert_msg(!strstr(cv->lines[i].at.pointer, "/email") &&
				  !strstr(cv->lines[i].at.pointer, "location"),
			      "%s is no line", cv->lines[i].at.pointer);
}
END_TEST

START_TEST(a_flat_cv_with_grouped_skills_is_read_in_place)
{
	const struct cvp_cv *cv = parse(load("grouped-he.json"));

	check_pointers(cv);
	ck_assert_str_eq(cv->name.pointer, "/name");
	ck_assert_str_eq(cv->entries[0].title.pointer, "/experience/0/title");
	ck_assert_str_eq(line_at(cv, "/skills/כלים~1אחר/0")->at.text, "Excel");
	ck_assert_int_eq(line_at(cv, "/skills/כלים~1אחר/0")->entry, 1);
}
END_TEST

START_TEST(too_little_is_insufficient)
{
	static const char *const poor[] = {
		"{}",
		"{\"basics\": {\"name\": \"  \"}, \"skills\": [\"Go\"]}",
		"{\"basics\": {\"name\": \"A B\"}}",
		"{\"basics\": {\"name\": \"A B\"}, \"work\": [{}], \"education\": null, \"skills\": []}",
		"{\"basics\": null, \"skills\": [\"Go\"]}",
	};
	const struct cvp_cv *cv;

	for (size_t i = 0; i < CVP_COUNT(poor); i++) {
		ck_assert_msg(cvp_cv_parse(&ctx, text(poor[i]), &cv) == CVP_INSUFFICIENT_CV_DATA, "%s", poor[i]);
		cvp_clear(&ctx);
	}
}
END_TEST

START_TEST(a_wrong_type_is_named_by_its_pointer)
{
	static const struct {
		const char *cv, *pointer;
	} wrong[] = {
		{ "[]", "" },
		{ "{\"basics\": [], \"skills\": [\"Go\"]}", "/basics" },
		{ "{\"basics\": {\"name\": 7}}", "/basics/name" },
		{ "{\"basics\": {\"name\": \"A\"}, \"work\": {}}", "/work" },
		{ "{\"basics\": {\"name\": \"A\"}, \"work\": [\"x\"]}", "/work/0" },
		{ "{\"basics\": {\"name\": \"A\"}, \"work\": [[[]]]}", "/work/0/0" },
		{ "{\"basics\": {\"name\": \"A\"}, \"work\": [{\"position\": {}}]}", "/work/0/position" },
		{ "{\"basics\": {\"name\": \"A\"}, \"work\": [{\"startDate\": true}]}", "/work/0/startDate" },
		{ "{\"basics\": {\"name\": \"A\"}, \"work\": [{\"highlights\": [{}]}]}", "/work/0/highlights/0" },
		{ "{\"basics\": {\"name\": \"A\"}, \"skills\": [{\"keywords\": [1]}]}", "/skills/0/keywords/0" },
	};
	const struct cvp_cv *cv;

	for (size_t i = 0; i < CVP_COUNT(wrong); i++) {
		ck_assert_msg(cvp_cv_parse(&ctx, text(wrong[i].cv), &cv) == CVP_VALIDATION_ERROR, "%s", wrong[i].cv);
		ck_assert_str_eq(json_string_value(json_object_get(json_array_get(ctx.err.details, 0), "pointer")),
				 wrong[i].pointer);
		cvp_clear(&ctx);
	}
}
END_TEST

START_TEST(pointers_follow_rfc_6901)
{
	json_t *value = text("{\"a/b\": {\"m~n\": [\"x\", [\"y\"]]}, \"\": \"empty\", \"n\": 1}");

	ck_assert_str_eq(cvp_pointer_text(value, "/a~1b/m~0n/0"), "x");
	ck_assert_str_eq(cvp_pointer_text(value, "/a~1b/m~0n/1/0"), "y");
	ck_assert_str_eq(cvp_pointer_text(value, "/"), "empty");
	ck_assert_ptr_null(cvp_pointer_text(value, ""));
	ck_assert_ptr_null(cvp_pointer_text(value, "/a~1b/m~0n/00"));
	ck_assert_ptr_null(cvp_pointer_text(value, "/a~1b/m~0n/-"));
	ck_assert_ptr_null(cvp_pointer_text(value, "/a~1b/m~0n/2"));
	ck_assert_ptr_null(cvp_pointer_text(value, "/n"));
	ck_assert_ptr_null(cvp_pointer_text(value, "no pointer"));
	ck_assert_ptr_null(cvp_pointer_text(value, "/a~1b/m~0n/99999999999999999999"));
}
END_TEST

static bool
is_planner(const struct cvp_cv_entry *entry, void *arg)
{
	return entry->title.text && strcmp(entry->title.text, arg) == 0;
}

START_TEST(months_worked_counts_overlaps_once_and_nothing_after_as_of)
{
	const struct cvp_cv *cv = parse(load("tolerant.json"));
	struct cvp_date as_of = { 2020, 2, 15 };
	char planner[] = "Planner", picker[] = "Picker";

	/* Kajen is open since 2011-01, so all later work lies inside it. */
	ck_assert_int_eq(cvp_cv_months_worked(cv, as_of, NULL, NULL), 9 * 12 + 2);
	ck_assert_int_eq(cvp_cv_months_worked(cv, as_of, is_planner, planner), 12);
	ck_assert_int_eq(cvp_cv_months_worked(cv, as_of, is_planner, picker), 18);
	ck_assert_int_eq(cvp_cv_months_worked(cv, (struct cvp_date){ 2013, 0, 0 }, is_planner, picker), 12);
	ck_assert_int_eq(cvp_cv_months_worked(cv, (struct cvp_date){ 2010, 12, 0 }, NULL, NULL), 0);
	ck_assert_int_eq(cvp_cv_months_worked(cv, (struct cvp_date){ 0, 0, 0 }, NULL, NULL), 0);
}
END_TEST

START_TEST(adjoining_jobs_are_summed_and_gaps_are_not)
{
	const struct cvp_cv *cv = parse(text("{\"basics\": {\"name\": \"A\"}, \"work\": ["
					     "{\"name\": \"X\", \"startDate\": \"2015-01\", \"endDate\": \"2015-06\"},"
					     "{\"name\": \"Y\", \"startDate\": \"2015-05\", \"endDate\": \"2015-08\"},"
					     "{\"name\": \"Z\", \"startDate\": \"2017\", \"endDate\": \"2018\"},"
					     "{\"name\": \"Q\", \"startDate\": \"2019-05\", \"endDate\": \"later\"},"
					     "{\"name\": \"W\", \"startDate\": \"2021-05\", \"endDate\": \"2020-01\"},"
					     "{\"name\": \"V\", \"dates\": \"Jan 2010 - Mar 2010\"}]}"));

	ck_assert_int_eq(cvp_cv_months_worked(cv, (struct cvp_date){ 2024, 1, 1 }, NULL, NULL), 8 + 24 + 1 + 3);
}
END_TEST

/* Of shared/data/cvs all are CVs but 13, whose JSON is broken. */
START_TEST(cvs_of_other_makers_are_read)
{
	const char *top = getenv("srcdir"), *shared = getenv("CVP_SHARED");
	const char *dir = cvp_arena_printf(arena, "%s/data/cvs",
					   shared ? shared : cvp_arena_printf(arena, "%s/../shared", top ? top : "."));
	DIR *folder = opendir(dir);
	struct dirent *file;
	int count = 0;

	if (!folder) {
		printf("%s is not there: cvs_of_other_makers_are_read skipped\n", dir);
		ck_assert_msg(!getenv("CI") || strcmp(getenv("CI"), "true") != 0, "needed with CI=true");
		return;
	}
	while ((file = readdir(folder))) {
		json_t *resume;

		if (!strstr(file->d_name, ".json"))
			continue;
		resume = cvp_own(&ctx, json_load_file(cvp_arena_printf(arena, "%s/%s", dir, file->d_name), 0, NULL));
		ck_assert_msg((resume == NULL) == (strncmp(file->d_name, "13-", 3) == 0), "%s", file->d_name);
		if (!resume)
			continue;
		check_pointers(parse(resume));
		count++;
	}
	closedir(folder);
	ck_assert_int_ge(count, 21);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("career/cv");
	TCase *tc = tcase_create("cv");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, contact_and_views_lead_to_their_strings);
	tcase_add_test(tc, entries_come_by_section_with_their_old_keys_and_nested_posts);
	tcase_add_test(tc, lines_carry_role_section_entry_and_whether_they_are_dated);
	tcase_add_test(tc, a_flat_cv_with_grouped_skills_is_read_in_place);
	tcase_add_test(tc, too_little_is_insufficient);
	tcase_add_test(tc, a_wrong_type_is_named_by_its_pointer);
	tcase_add_test(tc, pointers_follow_rfc_6901);
	tcase_add_test(tc, months_worked_counts_overlaps_once_and_nothing_after_as_of);
	tcase_add_test(tc, adjoining_jobs_are_summed_and_gaps_are_not);
	tcase_add_test(tc, cvs_of_other_makers_are_read);
	suite_add_tcase(suite, tc);
	return run(suite);
}
