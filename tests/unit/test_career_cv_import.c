/* JSON Resume, UserCV and bytes of any kind taken in (career/cv_import.h). */
#include "test_career_cv.h"

#include <dirent.h>

#include "career/cv.h"
#include "core/buf.h"

static const char *
at(const json_t *root, const char *pointer)
{
	const char *text = cvp_pointer_text(root, pointer);

	return text ? text : "";
}

static struct cvp_cv_import
import_json(const json_t *object)
{
	struct cvp_cv_import import = { 0 };
	enum cvp_code code = cvp_cv_import_json(&ctx, &assets, object, &import);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return import;
}

/* The members of a, with their order, are those of b, but for meta. */
static void
check_kept(const json_t *a, const json_t *b)
{
	json_t *before = cvp_own(&ctx, json_copy((json_t *)a)), *after = cvp_own(&ctx, json_copy((json_t *)b));
	char *left, *right;

	json_object_del(before, "meta");
	json_object_del(after, "meta");
	left = json_dumps(before, 0);
	right = json_dumps(after, 0);
	ck_assert_str_eq(left, right);
	free(left);
	free(right);
}

START_TEST(json_resume_keeps_every_member_where_it_stands)
{
	json_t *resume = load_json("tests/data/career/cv/parse/tolerant.json");
	char *before = json_dumps(resume, 0), *after;
	struct cvp_cv_import import = import_json(resume);

	check_kept(resume, import.resume);
	ck_assert_str_eq(import.language, "en");
	ck_assert_str_eq(at(import.resume, "/meta/x_language"), "en");
	ck_assert(import.was_json);
	after = json_dumps(resume, 0);
	ck_assert_str_eq(before, after); /* the caller's object is not written to */
	free(before);
	free(after);
}
END_TEST

START_TEST(a_language_of_the_resume_itself_is_believed)
{
	json_t *resume = json("{'basics':{'name':'A B'},'skills':['Go'],'meta':{'x_language':'ru','version':'v1'}}");
	struct cvp_cv_import import = import_json(resume);

	ck_assert_str_eq(import.language, "ru");
	ck_assert(import.resume == resume);
	import = import_json(
	    json("{'basics':{'name':'A B'},'skills':['Сварка','Токарное дело'],'meta':{'x_language':'xx'}}"));
	ck_assert_str_eq(import.language, "ru");
	ck_assert_str_eq(at(import.resume, "/meta/x_language"), "ru");
}
END_TEST

START_TEST(user_cv_becomes_json_resume)
{
	struct cvp_cv_import import = import_json(load_json("tests/data/career/cv/user_cv.json"));
	const json_t *r = import.resume;
	static const char *const wanted[][2] = {
		{ "/basics/name", "Rosa Delgado" },
		{ "/basics/email", "rosa@example.com" },
		{ "/basics/location/city", "New York" },
		{ "/basics/location/region", "NY, USA" },
		{ "/basics/profiles/0/network", "LinkedIn" },
		{ "/basics/profiles/0/url", "https://linkedin.com/in/rosa-d" },
		{ "/basics/github", "https://github.com/rosa-d" },
		{ "/basics/summary", "Backend engineer for nine years." },
		{ "/x_top_achievements/1", "Built the on-call school" },
		{ "/work/0/name", "Parcelo" },
		{ "/work/0/position", "Staff Engineer" },
		{ "/work/0/summary", "Payments platform." },
		{ "/work/0/highlights/1", "Mentored six engineers" },
		{ "/work/0/x_technologies/0", "Go" },
		{ "/work/0/startDate", "2019-03" },
		{ "/work/0/endDate", "" },
		{ "/work/0/x_dates", "Mar 2019 – Present" },
		{ "/work/0/manager", "kept as it is" },
		{ "/work/1/position", "Engineer" },
		{ "/work/1/endDate", "2019-02" },
		{ "/work/1/x_dates", "2015-06 – 2019-02" },
		{ "/work/2/endDate", "" },
		{ "/education/0/studyType", "BSc" },
		{ "/education/0/area", "Computer Science" },
		{ "/education/0/score", "3.7" },
		{ "/education/0/x_honors/0", "cum laude" },
		{ "/education/0/endDate", "2015" },
		{ "/education/1/startDate", "2008" },
		{ "/education/1/endDate", "2011" },
		{ "/certificates/0/issuer", "CNCF" },
		{ "/certificates/0/date", "2022-05" },
		{ "/certificates/0/x_expiry_date", "2025-05" },
		{ "/certificates/0/x_credential_id", "4711" },
		{ "/skills/0/name", "Go" },
		{ "/skills/1/level", "EXPERT" },
		{ "/languages/1/language", "Spanish" },
		{ "/volunteer/0/organization", "Code Club" },
		{ "/favourite_colour", "teal" },
		{ "/meta/x_language", "en" },
		{ "/meta/x_cv_id", "cv-77" },
	};

	for (size_t i = 0; i < CVP_COUNT(wanted); i++)
		ck_assert_msg(strcmp(at(r, wanted[i][0]), wanted[i][1]) == 0, "%s: \"%s\"", wanted[i][0],
			      at(r, wanted[i][0]));
	ck_assert_uint_eq(json_array_size(import.warnings), 0);
	ck_assert_int_eq(
	    json_integer_value(json_object_get(json_array_get(json_object_get(r, "skills"), 1), "x_years")), 9);
}
END_TEST

/* What the table of SPEC 2.2 names comes back as it was; dates in our notation. */
START_TEST(user_cv_there_and_back)
{
	struct cvp_cv_import import = import_json(load_json("tests/data/career/cv/user_cv.json"));
	const json_t *view = cvp_cv_to_user_cv(&ctx, import.resume);
	static const char *const wanted[][2] = {
		{ "/full_name", "Rosa Delgado" },
		{ "/contact_info/name", "Rosa Delgado" },
		{ "/contact_info/phone", "+1 212 555 0140" },
		{ "/contact_info/location", "New York, NY, USA" },
		{ "/contact_info/linkedin", "https://linkedin.com/in/rosa-d" },
		{ "/professional_summary", "Backend engineer for nine years." },
		{ "/top_achievements/0", "Cut checkout latency by 60%" },
		{ "/experience/0/company", "Parcelo" },
		{ "/experience/0/role", "Staff Engineer" },
		{ "/experience/0/dates", "Mar 2019 – Present" },
		{ "/experience/0/start_date", "2019-03" },
		{ "/experience/0/technologies/1", "Kafka" },
		{ "/experience/1/end_date", "2019-02" },
		{ "/education/0/field_of_study", "Computer Science" },
		{ "/education/0/gpa", "3.7" },
		{ "/education/0/graduation_date", "2015" },
		{ "/certifications/0/credential_id", "4711" },
		{ "/skills/0", "Go" },
		{ "/skills/1/level", "EXPERT" },
		{ "/languages/0", "English" },
		{ "/language", "en" },
		{ "/cv_id", "cv-77" },
	};
	struct cvp_cv_import again;

	for (size_t i = 0; i < CVP_COUNT(wanted); i++)
		ck_assert_msg(strcmp(at(view, wanted[i][0]), wanted[i][1]) == 0, "%s: \"%s\"", wanted[i][0],
			      at(view, wanted[i][0]));
	ck_assert(json_is_true(json_object_get(json_array_get(json_object_get(view, "experience"), 0), "current")));
	ck_assert(json_is_false(json_object_get(json_array_get(json_object_get(view, "experience"), 1), "current")));
	again = import_json(view);
	ck_assert_str_eq(at(again.resume, "/work/0/startDate"), "2019-03");
	ck_assert(json_equal(view, cvp_cv_to_user_cv(&ctx, again.resume)));
}
END_TEST

START_TEST(skills_with_keywords_are_shown_one_by_one)
{
	const json_t *view = cvp_cv_to_user_cv(
	    &ctx, json("{'basics':{'name':'A B'},'skills':[{'name':'Web','level':'Master','keywords':['HTML','CSS']},"
		       "{'name':'Go','level':'so-so'}]}"));

	ck_assert_str_eq(at(view, "/skills/0/name"), "Web");
	ck_assert_str_eq(at(view, "/skills/0/level"), "EXPERT");
	ck_assert_str_eq(at(view, "/skills/2"), "CSS");
	ck_assert_str_eq(at(view, "/skills/3"), "Go");
	ck_assert_ptr_null(cvp_cv_to_user_cv(&ctx, json("{}")));
}
END_TEST

START_TEST(a_flat_hebrew_cv_is_taken_whole)
{
	struct cvp_cv_import import = import_json(load_json("tests/data/career/cv/parse/grouped-he.json"));

	ck_assert_str_eq(at(import.resume, "/basics/name"), "נועה ברגר");
	ck_assert_str_eq(at(import.resume, "/work/0/position"), "מנהלת");
	ck_assert_str_eq(at(import.resume, "/education/0/institution"), "הטכניון");
	ck_assert_str_eq(at(import.resume, "/skills/0/keywords/1"), "MS Project");
	ck_assert_str_eq(at(import.resume, "/languages/1/language"), "אנגלית");
	ck_assert_str_eq(import.language, "he");
}
END_TEST

START_TEST(dates_that_cannot_be_read_are_kept_and_named)
{
	struct cvp_cv_import import = import_json(json(
	    "{'full_name':'A B','experience':[{'company':'X','role':'Y','dates':'a while ago'}],'skills':['Go']}"));

	ck_assert_str_eq(at(import.resume, "/work/0/x_dates"), "a while ago");
	ck_assert_uint_eq(json_array_size(import.warnings), 1);
	ck_assert_str_eq(json_string_value(json_array_get(import.warnings, 0)),
			 "The dates of work 1 were not understood");
}
END_TEST

/* A CV whose member at some place is as large as given. */
static json_t *
cv_with(const char *array, size_t count, const char *item)
{
	json_t *cv = json("{'basics':{'name':'A B'},'skills':['Go']}"), *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append(list, json(item));
	json_object_set_new(cv, array, list);
	return cv;
}

static const char *
long_text(size_t points)
{
	char *text = cvp_arena_alloc(arena, 2 * points + 1);

	for (size_t i = 0; i < points; i++)
		memcpy(text + 2 * i, "ж", 2); /* limits count code points, not bytes */
	return text;
}

static json_t *
job_with(const char *key, const json_t *value)
{
	json_t *cv = json("{'basics':{'name':'A B'},'work':[{'name':'X','position':'Y'}]}");

	json_object_set(json_array_get(json_object_get(cv, "work"), 0), key, (json_t *)value);
	return cv;
}

static void
expect_refused(const json_t *cv, const char *pointer)
{
	struct cvp_cv_import import;

	ck_assert_msg(cvp_cv_import_json(&ctx, &assets, cv, &import) == CVP_VALIDATION_ERROR, "%s", pointer);
	ck_assert_str_eq(at(json_array_get(ctx.err.details, 0), "/pointer"), pointer);
	cvp_clear(&ctx);
}

START_TEST(limits_hold_and_are_named)
{
	json_t *name200 = cvp_own(&ctx, json_string(long_text(200))),
	       *name201 = cvp_own(&ctx, json_string(long_text(201)));
	json_t *bullet = cvp_own(&ctx, json_pack("[s]", long_text(2001))), *bullets = cvp_own(&ctx, json_array());
	json_t *skill = json("{'basics':{'name':'A B'},'skills':[{'name':'x','keywords':['ok','']}]}");

	(void)import_json(cv_with("work", 60, "{'name':'X'}"));
	expect_refused(cv_with("work", 61, "{'name':'X'}"), "/work");
	expect_refused(cv_with("education", 31, "{'institution':'X'}"), "/education");
	expect_refused(cv_with("skills", 201, "{'name':'X'}"), "/skills");
	(void)import_json(job_with("name", name200));
	expect_refused(job_with("name", name201), "/work/0/name");
	expect_refused(job_with("company", name201), "/work/0/company");
	expect_refused(job_with("position", name201), "/work/0/position");
	expect_refused(job_with("highlights", bullet), "/work/0/highlights/0");
	for (int i = 0; i < 51; i++)
		json_array_append_new(bullets, json_string("x"));
	expect_refused(job_with("highlights", bullets), "/work/0/highlights");
	json_array_set_new(json_object_get(json_array_get(json_object_get(skill, "skills"), 0), "keywords"), 1,
			   json_string(long_text(101)));
	expect_refused(skill, "/skills/0/keywords/1");
	expect_refused(json("{'full_name':'A B','experience':[{'company':7}]}"), "/experience/0/company");
	expect_refused(json("{'full_name':'A B','top_achievements':['a','b','c','d']}"), "/top_achievements");
}
END_TEST

START_TEST(too_little_is_refused)
{
	struct cvp_cv_import import;

	ck_assert_int_eq(cvp_cv_import_json(&ctx, &assets, json("{'basics':{'name':'A B'}}"), &import),
			 CVP_INSUFFICIENT_CV_DATA);
	cvp_clear(&ctx);
	ck_assert_int_eq(
	    cvp_cv_import_json(&ctx, &assets, json("{'full_name':'','experience':[{'company':'X'}]}"), &import),
	    CVP_INSUFFICIENT_CV_DATA);
	cvp_clear(&ctx);
	ck_assert_int_eq(cvp_cv_import_json(&ctx, &assets, json("[]"), &import), CVP_VALIDATION_ERROR);
}
END_TEST

static enum cvp_code
import_bytes(const char *bytes, size_t length)
{
	struct cvp_cv_import import;
	enum cvp_code code = cvp_cv_import_bytes(&ctx, &assets, bytes, length, &import);

	cvp_clear(&ctx);
	return code;
}

#define BYTES(text) text, sizeof(text) - 1

START_TEST(files_are_told_by_their_content)
{
	static const struct {
		const char *bytes;
		size_t length;
		enum cvp_code code;
	} files[] = {
		{ BYTES(""), CVP_EMPTY_DOCUMENT },
		{ BYTES(" \n\t\xC2\xA0\n"), CVP_EMPTY_DOCUMENT },
		{ BYTES("Ann Lee\nSkills: Go"), CVP_INSUFFICIENT_CV_DATA },
		{ BYTES("%PDF-1.7 ..."), CVP_UNSUPPORTED_FILE_FORMAT },
		{ BYTES("PK\x03\x04 ..."), CVP_UNSUPPORTED_FILE_FORMAT },
		{ BYTES("\xD0\xCF\x11\xE0 ..."), CVP_UNSUPPORTED_FILE_FORMAT },
		{ BYTES("{\\rtf1 ..."), CVP_UNSUPPORTED_FILE_FORMAT },
		{ BYTES("<!DOCTYPE html><p>"), CVP_UNSUPPORTED_FILE_FORMAT },
		{ BYTES("{\"basics\": "), CVP_INVALID_JSON },
		{ BYTES("\xEF\xBB\xBF  {\"basics\": {\"name\": \"A\"}, \"skills\": [\"Go\"]}"), CVP_OK },
		{ BYTES("[1, 2]"), CVP_VALIDATION_ERROR },
		{ BYTES("a\0b"), CVP_INVALID_INPUT },
		{ BYTES("caf\xE9"), CVP_INVALID_INPUT },
		{ BYTES("\xFF\xFE"
			"A\0"),
		  CVP_INVALID_INPUT },
	};

	for (size_t i = 0; i < CVP_COUNT(files); i++)
		ck_assert_msg(import_bytes(files[i].bytes, files[i].length) == files[i].code, "file %zu: not %s", i,
			      cvp_code_name(files[i].code));
}
END_TEST

/* A message says where JSON breaks, and quotes nothing of the CV. */
START_TEST(broken_json_is_not_quoted)
{
	const char *broken = "{\"basics\": {\"name\": \"Secret Name\" oops}}";
	struct cvp_cv_import import;

	ck_assert_int_eq(cvp_cv_import_bytes(&ctx, &assets, broken, strlen(broken), &import), CVP_INVALID_JSON);
	ck_assert_ptr_null(strstr(ctx.err.message, "oops"));
	ck_assert_ptr_nonnull(strstr(ctx.err.message, "line 1"));
}
END_TEST

/* count times the line, with a head that makes it a CV. */
static enum cvp_code
import_lines(const char *head, const char *line, size_t count)
{
	struct cvp_buf text = CVP_BUF(8u << 20);
	enum cvp_code code;

	cvp_buf_text(&text, head);
	for (size_t i = 0; i < count; i++)
		cvp_buf_text(&text, line);
	code = import_bytes(cvp_buf_string(&text), text.length);
	cvp_buf_free(&text);
	return code;
}

START_TEST(hostile_text_ends_in_bounded_time)
{
	static const char *const lines[] = {
		"x",
		"[",
		"![](",
		"(",
		"- ",
		"**",
		"a@",
		"2019 - ",
		"Skills: ",
		"\n",
		"#",
		"# a\n",
		"Engineer, Acme, 2019 - 2020\n",
		"Engineer 2019\n",
		"BSc, University of X, 2019\n",
		"a: b\n",
		"Ж, ",
		"|",
		"|-|\n",
		"1.1 ",
		"Go, ",
		"`a` ",
		"English (native), ",
		"x.y.z/",
		"\t",
		"12 34 ",
		"מנהל ב",
		"&amp;",
		"<b>",
		"\\",
		"http://",
		"Jan ",
		"- a\n  b\n",
	};
	static const char head[] =
	    "Ann Lee\nann@example.org\n\nExperience\n\nEngineer, Acme (2019 - 2020)\n- Did it\n\n"
	    "Skills\nGo, SQL, Python, and a good deal more of the same kind\n\nEducation\n";
	const size_t size = 250000;

	for (size_t i = 0; i < CVP_COUNT(lines); i++) {
		enum cvp_code code = import_lines(head, lines[i],
						  size / strlen(lines[i]) / (strlen(lines[i]) > 20 ? 1 : 2));

		ck_assert_msg(code == CVP_OK || code == CVP_VALIDATION_ERROR || code == CVP_INSUFFICIENT_CV_DATA,
			      "\"%s\": %s", lines[i], cvp_code_name(code));
		cvp_ctx_reset(&ctx);
	}
}
END_TEST

START_TEST(sizes_beyond_the_limits_are_refused)
{
	const char *head = "Ann Lee\n\nExperience\n\n";

	ck_assert_int_eq(import_lines(head, "Engineer, Acme Inc (2019 - 2020)\n- Did something useful\n\n", 60),
			 CVP_OK);
	ck_assert_int_eq(import_lines(head, "Engineer, Acme Inc (2019 - 2020)\n- Did something useful\n\n", 61),
			 CVP_VALIDATION_ERROR);
	ck_assert_int_eq(
	    import_lines("Ann Lee\n\nExperience\n\nEngineer, Acme Inc (2019 - 2020)\n", "- Did something\n", 51),
	    CVP_VALIDATION_ERROR);
	ck_assert_int_eq(import_lines(head, "Lorem ipsum dolor sit amet. ", 40000), CVP_INSUFFICIENT_CV_DATA);
}
END_TEST

START_TEST(deep_json_is_refused)
{
	char *deep = cvp_arena_alloc(arena, 400001);
	const char *cv;

	memset(deep, '[', 400000);
	ck_assert_int_ne(import_bytes(deep, 400000), CVP_OK);
	memcpy(deep, "{\"a\":", 5);
	ck_assert_int_eq(import_bytes(deep, 400000), CVP_INVALID_JSON);
	memset(deep, '[', 1000);
	memset(deep + 1000, ']', 1000);
	deep[2000] = '\0';
	cv = cvp_arena_printf(arena, "{\"basics\":{\"name\":\"A\"},\"skills\":[\"Go\"],\"x\":%s}", deep);
	ck_assert_int_eq(import_bytes(cv, strlen(cv)), CVP_OK);
}
END_TEST

/* Every CV of another maker that is JSON is taken, member by member as it was. */
START_TEST(cvs_of_other_makers_are_taken)
{
	const char *shared = getenv("CVP_SHARED");
	const char *dir = cvp_arena_printf(arena, "%s/data/cvs",
					   shared ? shared : cvp_arena_printf(arena, "%s/../shared", top_dir()));
	DIR *folder = opendir(dir);
	struct dirent *file;
	int count = 0;

	if (!folder) {
		printf("%s is not there: cvs_of_other_makers_are_taken skipped\n", dir);
		ck_assert_msg(!getenv("CI") || strcmp(getenv("CI"), "true") != 0, "needed with CI=true");
		return;
	}
	while ((file = readdir(folder))) {
		json_t *resume;

		if (!strstr(file->d_name, ".json"))
			continue;
		resume = cvp_own(&ctx, json_load_file(cvp_arena_printf(arena, "%s/%s", dir, file->d_name), 0, NULL));
		if (!resume)
			continue;
		check_kept(resume, import_json(resume).resume);
		ck_assert_ptr_nonnull(cvp_cv_to_user_cv(&ctx, resume));
		count++;
	}
	closedir(folder);
	ck_assert_int_ge(count, 21);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, json_resume_keeps_every_member_where_it_stands);
	tcase_add_test(tc, a_language_of_the_resume_itself_is_believed);
	tcase_add_test(tc, user_cv_becomes_json_resume);
	tcase_add_test(tc, user_cv_there_and_back);
	tcase_add_test(tc, skills_with_keywords_are_shown_one_by_one);
	tcase_add_test(tc, a_flat_hebrew_cv_is_taken_whole);
	tcase_add_test(tc, dates_that_cannot_be_read_are_kept_and_named);
	tcase_add_test(tc, limits_hold_and_are_named);
	tcase_add_test(tc, too_little_is_refused);
	tcase_add_test(tc, files_are_told_by_their_content);
	tcase_add_test(tc, broken_json_is_not_quoted);
	tcase_add_test(tc, hostile_text_ends_in_bounded_time);
	tcase_add_test(tc, sizes_beyond_the_limits_are_refused);
	tcase_add_test(tc, deep_json_is_refused);
	tcase_add_test(tc, cvs_of_other_makers_are_taken);
}

int
main(void)
{
	return run_suite("career/cv_import", add_tests);
}
