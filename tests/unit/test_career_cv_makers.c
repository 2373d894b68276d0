/* CVs as other programs store them: Reactive Resume 4 and 5, FRESH (career/cv_makers.h). */
#include "test_career_cv.h"

#include "career/cv.h"

#define CASES "tests/data/career/cv/makers"

static enum cvp_code
import_text(const char *text, struct cvp_cv_import *import)
{
	cvp_clear(&ctx);
	return cvp_cv_import_json(&ctx, &assets, json(text), import);
}

/* A golden case: cv.json becomes expect.json, {resume, warnings}. */
static void
check_case(const char *name)
{
	json_t *expected = load_json(cvp_arena_printf(arena, CASES "/%s/expect.json", name));
	struct cvp_cv_import import = { 0 };
	json_t *found;
	char *text;

	ck_assert_msg(cvp_cv_import_json(&ctx, &assets, load_json(cvp_arena_printf(arena, CASES "/%s/cv.json", name)),
					 &import) == CVP_OK,
		      "%s: %s", name, ctx.err.message);
	found = cvp_own(&ctx, json_pack("{s:O, s:O}", "resume", import.resume, "warnings", import.warnings));
	text = json_dumps(found, JSON_INDENT(1));
	ck_assert_msg(json_equal(found, expected), "%s: %s", name, text);
	free(text);
	ck_assert_ptr_nonnull(cvp_cv_to_user_cv(&ctx, import.resume));
}

START_TEST(each_maker_is_read_as_its_case_says)
{
	check_case("reactive-4");
	check_case("reactive-5");
	check_case("fresh");
}
END_TEST

/* pointer: where the failure lies. */
static void
check_refused(const char *text, const char *pointer)
{
	struct cvp_cv_import import;
	const char *found;

	ck_assert_int_eq(import_text(text, &import), CVP_VALIDATION_ERROR);
	found = json_string_value(json_object_get(json_array_get(ctx.err.details, 0), "pointer"));
	ck_assert_str_eq(found ? found : "(none)", pointer);
	ck_assert_ptr_nonnull(strstr(ctx.err.message, pointer));
}

START_TEST(what_is_malformed_is_named)
{
	check_refused("{'basics':{'name':'A'},'sections':[],'metadata':{'template':'x'}}", "/sections");
	check_refused("{'basics':[],'sections':{}}", "/basics");
	check_refused("{'basics':{'name':['A']},'sections':{}}", "/basics/name");
	check_refused("{'basics':{'customFields':{}},'sections':{}}", "/basics/customFields");
	check_refused("{'basics':{'website':{'url':{}}},'sections':{}}", "/basics/website/url");
	check_refused("{'basics':{},'sections':{'experience':[]}}", "/sections/experience");
	check_refused("{'basics':{},'sections':{'experience':{'items':{}}}}", "/sections/experience/items");
	check_refused("{'basics':{},'sections':{'experience':{'items':[{},7]}}}", "/sections/experience/items/1");
	check_refused("{'basics':{},'sections':{'experience':{'items':[{'company':{}}]}}}",
		      "/sections/experience/items/0/company");
	check_refused("{'basics':{},'sections':{'experience':{'items':[{'roles':['x']}]}}}",
		      "/sections/experience/items/0/roles/0");
	check_refused("{'basics':{},'sections':{'skills':{'visible':'yes','items':[]}}}", "/sections/skills/visible");
	check_refused("{'basics':{},'sections':{'skills':{'items':[{'name':'Go','keywords':[{}]}]}}}",
		      "/sections/skills/items/0/keywords/0");
	check_refused("{'basics':{},'sections':{},'customSections':[{'type':'skills','items':[0]}]}",
		      "/customSections/0/items/0");
	check_refused("{'basics':{},'sections':{'custom':{'a/b':{'items':'x'}}}}", "/sections/custom/a~1b/items");
	check_refused("{'meta':{'format':'FRESH@1'},'name':'A','employment':[]}", "/employment");
	check_refused("{'meta':{'format':'FRESH@1'},'name':'A','employment':{'history':[{'start':{}}]}}",
		      "/employment/history/0/start");
}
END_TEST

START_TEST(too_little_is_refused_as_of_any_cv)
{
	struct cvp_cv_import import;

	ck_assert_int_eq(import_text("{'basics':{'name':'A'},'sections':{}}", &import), CVP_INSUFFICIENT_CV_DATA);
	ck_assert_int_eq(import_text("{'basics':{},'sections':{'skills':{'items':[{'name':'Go'}]}}}", &import),
			 CVP_INSUFFICIENT_CV_DATA);
	/* all that it has is hidden */
	ck_assert_int_eq(
	    import_text("{'basics':{'name':'A'},'sections':{'skills':{'hidden':true,'items':[{'name':'Go'}]}}}",
			&import),
	    CVP_INSUFFICIENT_CV_DATA);
}
END_TEST

/* A JSON Resume may have members of any name. */
START_TEST(a_json_resume_stays_one)
{
	struct cvp_cv_import import;

	ck_assert_int_eq(
	    import_text("{'basics':{'name':'A'},'skills':[{'name':'Go'}],'sections':{'order':['work']}}", &import),
	    CVP_OK);
	ck_assert_uint_eq(json_array_size(json_object_get(import.resume, "skills")), 1);
	ck_assert_ptr_nonnull(json_object_get(import.resume, "sections"));
	ck_assert_int_eq(
	    import_text("{'basics':{'name':'A'},'skills':[{'name':'Go'}],'meta':{'format':'mine'}}", &import), CVP_OK);
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(import.resume, "meta"), "format")), "mine");
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, each_maker_is_read_as_its_case_says);
	tcase_add_test(tc, what_is_malformed_is_named);
	tcase_add_test(tc, too_little_is_refused_as_of_any_cv);
	tcase_add_test(tc, a_json_resume_stays_one);
}

int
main(void)
{
	return run_suite("career/cv_makers", add_tests);
}
