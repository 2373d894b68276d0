/* Gap analyses by the built-in engine and by models (SPEC 2.4, 7.5, 8).
 *
 * A golden case is a folder of tests/data/career/gap_analysis with expect.json; its input is that of the report's case
 * of the same name. With CVP_RENEW=1 in the environment expect.json is written anew, to be read before it is
 * committed. */
#include "test_career_vpr.h"

#include "career/gap_analysis.h"
#include "core/buf.h"

#define GAP_CASES "tests/data/career/gap_analysis"

static const struct cvp_kind *const kind = &cvp_kind_gap_analysis;

static json_t *
made_of(const json_t *input)
{
	json_t *made = NULL;
	enum cvp_code code = kind->generate(&ctx, &assets, input, &made);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return made;
}

static const json_t *
questions_of(const json_t *artifact)
{
	return json_object_get(artifact, "questions");
}

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

static size_t
gap_cases(const char **names)
{
	return list_names(cvp_arena_printf(arena, "%s/" GAP_CASES, top_dir()), "", names, CASES_MAX);
}

START_TEST(golden_cases_come_out_as_they_stand)
{
	const char *names[CASES_MAX], *wish = getenv("CVP_RENEW");
	size_t count = gap_cases(names);

	ck_assert_uint_ge(count, 6);
	for (size_t i = 0; i < count; i++) {
		const char *path = cvp_arena_printf(arena, "%s/" GAP_CASES "/%s/expect.json", top_dir(), names[i]);
		json_t *made = made_of(case_input(names[i])), *expected;

		if (wish != NULL && strcmp(wish, "1") == 0)
			ck_assert_int_eq(json_dump_file(made, path, JSON_INDENT(2)), 0);
		expected = read_json(&ctx, path);
		if (!json_equal(made, expected))
			printf("%s came out as\n%s\n", names[i], line_of(made));
		ck_assert_msg(json_equal(made, expected), "%s came out otherwise", names[i]);
	}
	printf("gap_analysis: %zu golden cases\n", count);
}
END_TEST

START_TEST(an_analysis_is_what_its_schema_says_and_verifies)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]), *made = made_of(input), *verdict = NULL;
		const struct cvp_schema *schema = cvp_schemas_get(assets.schemas, "gap_analysis.json");

		ck_assert_msg(cvp_schema_validate(&ctx, schema, made) == CVP_OK, "%s: %s", names[i],
			      ctx.err.details ? line_of(ctx.err.details) : ctx.err.message);
		ck_assert_int_eq(kind->verify(&ctx, &assets, input, made, &verdict), CVP_OK);
		ck_assert_msg(is_valid(verdict), "%s: %s", names[i], line_of(verdict));
	}
}
END_TEST

START_TEST(equal_input_gives_equal_bytes_and_ids)
{
	json_t *input = case_input("backend-engineer");
	char *one = json_dumps(made_of(input), JSON_COMPACT), *two;

	cvp_ctx_reset(&ctx);
	input = case_input("backend-engineer");
	two = json_dumps(made_of(input), JSON_COMPACT);
	ck_assert_str_eq(one, two);
	free(one);
	free(two);
}
END_TEST

static double
weight_of(const char *level)
{
	return strcmp(level, "HIGH") == 0 ? 1 : strcmp(level, "MEDIUM") == 0 ? 0.6 : 0.3;
}

static const json_t *
row_named(const json_t *match, const char *requirement)
{
	const json_t *matrix = json_object_get(match, "evidence_matrix");
	size_t index;
	json_t *row;

	json_array_foreach ((json_t *)matrix, index, row) {
		if (strcmp(text_of(row, "requirement"), requirement) == 0)
			return row;
	}
	return NULL;
}

/* SPEC 7.5: scores under 0.70, gap_score of impact and probability, descending. */
START_TEST(questions_are_due_and_ranked)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names), asked = 0;

	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]), *match = NULL, *question;
		double last = 1;
		size_t index;

		ck_assert_int_eq(cvp_kind_match.generate(&ctx, &assets, input, &match), CVP_OK);
		json_array_foreach (questions_of(made_of(input)), index, question) {
			const json_t *row = row_named(match, text_of(question, "requirement"));
			double score = json_number_value(json_object_get(question, "gap_score"));
			double exact = 0.7 * weight_of(text_of(question, "impact")) +
				       0.3 * weight_of(text_of(question, "probability"));

			ck_assert_ptr_nonnull(row);
			ck_assert_double_lt(json_number_value(json_object_get(row, "score")), 0.70);
			ck_assert_str_eq(text_of(question, "impact"), text_of(row, "impact_potential"));
			ck_assert_double_eq_tol(score, exact, 0.0051);
			ck_assert_double_le(score, last);
			last = score;
			asked++;
		}
		ck_assert_uint_le(json_array_size(questions_of(made_of(input))), CVP_GAP_QUESTIONS_USUAL);
	}
	ck_assert_uint_gt(asked, 10);
}
END_TEST

START_TEST(no_more_are_asked_than_wished)
{
	json_t *input = case_input("nurse");
	size_t usual = json_array_size(questions_of(made_of(input)));

	json_object_set_new(input, "max_questions", json_integer(1));
	ck_assert_uint_eq(json_array_size(questions_of(made_of(input))), 1);
	json_object_set_new(input, "max_questions", json_integer(10));
	ck_assert_uint_ge(json_array_size(questions_of(made_of(input))), usual);
	json_object_set_new(input, "max_questions", json_integer(1000)); /* no such number: the usual one */
	ck_assert_uint_eq(json_array_size(questions_of(made_of(input))), usual);
}
END_TEST

START_TEST(no_two_questions_of_an_analysis_are_alike)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		const json_t *questions = questions_of(made_of(case_input(names[i])));

		for (size_t j = 0; j < json_array_size(questions); j++) {
			for (size_t k = 0; k < j; k++) {
				ck_assert_str_ne(text_of(json_array_get(questions, j), "question"),
						 text_of(json_array_get(questions, k), "question"));
				ck_assert_str_ne(text_of(json_array_get(questions, j), "question_id"),
						 text_of(json_array_get(questions, k), "question_id"));
			}
		}
	}
}
END_TEST

/* Asked of another CV, the requirement has its id again: so an answer is found again. */
START_TEST(a_requirement_keeps_its_question_id)
{
	json_t *input = case_input("backend-engineer"), *other = case_input("backend-engineer");
	const json_t *before = json_array_get(questions_of(made_of(input)), 0);
	const json_t *after = NULL;
	size_t index;
	json_t *question;

	json_object_set(other, "resume", json_object_get(case_input("minimal"), "resume"));
	json_array_foreach (questions_of(made_of(other)), index, question) {
		if (strcmp(text_of(question, "requirement"), text_of(before, "requirement")) == 0)
			after = question;
	}
	ck_assert_ptr_nonnull(after);
	ck_assert_str_eq(text_of(before, "question_id"), text_of(after, "question_id"));
	ck_assert_int_eq(text_of(before, "question_id")[14], '8'); /* RFC 9562: made of a hash */
}
END_TEST

START_TEST(questions_are_in_the_language_asked_for)
{
	json_t *input = case_input("nurse");

	json_object_set_new(input, "language", json_string("ru"));
	ck_assert_ptr_nonnull(strstr(text_of(json_array_get(questions_of(made_of(input)), 0), "question"), "ваканси"));
	json_object_set_new(input, "language", json_string("he"));
	ck_assert_ptr_nonnull(strstr(text_of(json_array_get(questions_of(made_of(input)), 0), "question"), "במשרה"));
}
END_TEST

START_TEST(the_posting_has_an_id)
{
	ck_assert_str_eq(cvp_posting_id(json("{}")), "manual");
	ck_assert_str_eq(cvp_posting_id(json("{'source_url': ''}")), "manual");
	ck_assert_str_eq(cvp_posting_id(json("{'source_url': 'https://jobs.example/1'}")), "https://jobs.example/1");
}
END_TEST

START_TEST(a_bad_input_is_named)
{
	json_t *input = case_input("minimal"), *made = NULL;

	json_object_set_new(input, "as_of", json_string("yesterday"));
	ck_assert_int_eq(kind->generate(&ctx, &assets, input, &made), CVP_VALIDATION_ERROR);
	cvp_clear(&ctx);
	json_object_set_new(input, "as_of", json_string("2026-03-01T00:00:00Z"));
	json_object_set_new(input, "resume", json_object());
	ck_assert_int_eq(kind->generate(&ctx, &assets, input, &made), CVP_INSUFFICIENT_CV_DATA);
	cvp_clear(&ctx);
	ck_assert_int_eq(kind->verify(&ctx, &assets, case_input("minimal"), json("{}"), &made), CVP_VALIDATION_ERROR);
	ck_assert_ptr_null(made);
}
END_TEST

START_TEST(foreign_names_skills_and_figures_are_found)
{
	static const char *const foreign[] = {
		"How did you use COBOL there?",
		"What did you learn during your years at Globex?",
		"How did you cut the costs by 73%?",
		"Что вы делали в компании Глобекс?",
	};
	json_t *input = case_input("nurse"), *made = made_of(input), *verdict;

	for (size_t i = 0; i < CVP_COUNT(foreign); i++) {
		json_object_set_new(json_array_get(questions_of(made), 0), "question", json_string(foreign[i]));
		ck_assert_int_eq(kind->verify(&ctx, &assets, input, made, &verdict), CVP_OK);
		ck_assert_msg(!is_valid(verdict), "%s", foreign[i]);
	}
}
END_TEST

START_TEST(a_source_that_leads_nowhere_is_found)
{
	json_t *input = case_input("nurse"), *made = made_of(input), *verdict;

	json_object_set(json_array_get(questions_of(made), 0), "x_sources", json("['/work/99/position']"));
	ck_assert_int_eq(kind->verify(&ctx, &assets, input, made, &verdict), CVP_OK);
	ck_assert(json_is_true(json_object_get(verdict, "has_critical_violations")));
}
END_TEST

/* A row of the input that a question is due for: its pointer as a model knows it. */
static const char *
due_pointer(const json_t *input, size_t nth)
{
	json_t *match = NULL, *row;
	size_t index;

	ck_assert_int_eq(cvp_kind_match.generate(&ctx, &assets, input, &match), CVP_OK);
	json_array_foreach (json_object_get(match, "evidence_matrix"), index, row) {
		if (json_number_value(json_object_get(row, "score")) < 0.70 && nth-- == 0)
			return cvp_arena_printf(arena, "/requirements/%zu", index);
	}
	ck_abort_msg("no such row is due");
}

static json_t *
model_question(const char *requirement, const char *question, const char *impact)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:[s]}", "question", question, "requirement", requirement,
			 "impact", impact, "probability", "LOW", "category", "technical_skills", "reasoning",
			 "The CV is silent on it.", "sources", "/work/0/position");
}

static enum cvp_code
adopt(const json_t *input, json_t *questions, json_t **made, size_t *left_out)
{
	const json_t *answer = cvp_own(&ctx, json_pack("{s:o}", "questions", questions));
	const struct cvp_schema *schema = cvp_schemas_get(assets.schemas, "gap_analysis_answer.json");

	ck_assert_int_eq(cvp_schema_validate(&ctx, schema, answer), CVP_OK);
	return kind->writing->adopt(&ctx, &assets, input, answer, made, left_out);
}

START_TEST(a_models_questions_are_taken_over_with_our_figures)
{
	json_t *input = case_input("nurse"), *made = NULL;
	const char *plain = "Where have you done this before, and what was the result?";
	size_t left_out;
	json_t *first;

	ck_assert_int_eq(
	    adopt(input, json_pack("[o]", model_question(due_pointer(input, 0), plain, "LOW")), &made, &left_out),
	    CVP_OK);
	ck_assert_uint_eq(left_out, 0);
	first = json_array_get(questions_of(made), 0);
	ck_assert_str_eq(text_of(first, "question"), plain);
	ck_assert_str_ne(text_of(first, "requirement"), "");
	ck_assert_double_ge(json_number_value(json_object_get(first, "gap_score")), 0.3);
	ck_assert_int_eq(cvp_schema_validate(&ctx, cvp_schemas_get(assets.schemas, "gap_analysis.json"), made), CVP_OK);
}
END_TEST

/* SPEC 7.5, 8: an invalid level drops its question; so does a foreign skill, a requirement that is not due, a second
 * question about one. */
START_TEST(what_of_a_model_may_not_stand_is_left_out)
{
	json_t *input = case_input("nurse"), *made = NULL;
	const char *one = due_pointer(input, 0), *other = due_pointer(input, 1);
	const char *plain = "Where have you done this before, and what was the result?";
	size_t left_out;
	json_t *questions = json_pack("[o, o, o, o, o]", model_question(one, plain, "HIGH"),
				      model_question(one, plain, "HIGH"), model_question(other, plain, "URGENT"),
				      model_question(other, "How did you use COBOL?", "HIGH"),
				      model_question("/requirements/99", plain, "HIGH"));

	ck_assert_int_eq(adopt(input, questions, &made, &left_out), CVP_OK);
	ck_assert_uint_eq(json_array_size(questions_of(made)), 1);
	ck_assert_uint_eq(left_out, 4);
}
END_TEST

START_TEST(a_model_that_leaves_nothing_has_failed)
{
	json_t *input = case_input("nurse"), *made = NULL;
	const char *one = due_pointer(input, 0);
	size_t left_out;

	ck_assert_int_eq(
	    adopt(input, json_pack("[o]", model_question(one, "How did you use COBOL?", "HIGH")), &made, &left_out),
	    CVP_FVS_HALLUCINATION_DETECTED);
	ck_assert_uint_gt(json_array_size(ctx.err.details), 0);
	cvp_clear(&ctx);
	ck_assert_int_eq(adopt(input, json_array(), &made, &left_out), CVP_LLM_BAD_ANSWER);
	ck_assert_ptr_null(made);
}
END_TEST

START_TEST(a_model_is_told_no_contact)
{
	json_t *input = case_input("backend-engineer"), *model = NULL;
	const json_t *basics = json_object_get(json_object_get(input, "resume"), "basics");

	ck_assert_int_eq(kind->writing->ask(&ctx, &assets, input, NULL, &model), CVP_OK);
	ck_assert_ptr_null(strstr(text_of(model, "data"), text_of(basics, "email")));
	ck_assert_ptr_null(strstr(text_of(model, "data"), text_of(basics, "name")));
	ck_assert_int_eq(json_integer_value(json_object_get(model, "most_questions")), CVP_GAP_QUESTIONS_USUAL);
}
END_TEST

static const char *
rendered(const json_t *input, const char *template)
{
	struct cvp_buf out = CVP_BUF((size_t)1 << 20);
	json_t *model = NULL;
	const char *text;

	ck_assert_int_eq(kind->view(&ctx, &assets, input, made_of(input), &model), CVP_OK);
	ck_assert_msg(cvp_template_render(&ctx, assets.templates, template, model, &out) == CVP_OK, "%s",
		      ctx.err.message);
	text = cvp_arena_strdup(arena, cvp_buf_string(&out));
	cvp_buf_free(&out);
	return text;
}

START_TEST(an_analysis_is_shown)
{
	json_t *input = case_input("nurse");

	ck_assert_ptr_nonnull(strstr(rendered(input, "artifact/gap_analysis.md"), "1. "));
	ck_assert_ptr_nonnull(strstr(rendered(input, "artifact/gap_analysis.html"), "<li id=\"question-"));
	json_object_set_new(input, "posting", json("{'role_title': 'Nurse', 'company_name': 'Ward'}"));
	ck_assert_ptr_nonnull(strstr(rendered(input, "artifact/gap_analysis.md"), "No question is open"));
	ck_assert_ptr_eq(cvp_kind_find("gap_analysis"), kind);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, golden_cases_come_out_as_they_stand);
	tcase_add_test(tc, an_analysis_is_what_its_schema_says_and_verifies);
	tcase_add_test(tc, equal_input_gives_equal_bytes_and_ids);
	tcase_add_test(tc, questions_are_due_and_ranked);
	tcase_add_test(tc, no_more_are_asked_than_wished);
	tcase_add_test(tc, no_two_questions_of_an_analysis_are_alike);
	tcase_add_test(tc, a_requirement_keeps_its_question_id);
	tcase_add_test(tc, questions_are_in_the_language_asked_for);
	tcase_add_test(tc, the_posting_has_an_id);
	tcase_add_test(tc, a_bad_input_is_named);
	tcase_add_test(tc, foreign_names_skills_and_figures_are_found);
	tcase_add_test(tc, a_source_that_leads_nowhere_is_found);
	tcase_add_test(tc, a_models_questions_are_taken_over_with_our_figures);
	tcase_add_test(tc, what_of_a_model_may_not_stand_is_left_out);
	tcase_add_test(tc, a_model_that_leaves_nothing_has_failed);
	tcase_add_test(tc, a_model_is_told_no_contact);
	tcase_add_test(tc, an_analysis_is_shown);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	return run_suite("career_gap_analysis", add_tests);
}
