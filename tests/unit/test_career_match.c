/* A CV held against a posting (SPEC 7.3, 7.4): scores, bands, evidence, keywords. */
#include "career/cv.h"
#include "career/match.h"
#include "test_career_vpr.h"

/* A cook who became a programmer: skills shown, listed, implied; a level; two languages; two schools. */
static const char cook[] =
    "{'basics':{'name':'Ada','email':'ada@example.org'},"
    "'work':[{'name':'Blue Fork','position':'Backend Engineer','startDate':'2022-01','endDate':'2023-12',"
    "'highlights':['Built billing services in Python with PostgreSQL','Led a team of four engineers']},"
    "{'name':'Red Spoon','position':'Python Developer','startDate':'2023-01','endDate':'2024-12',"
    "'highlights':['Wrote reports with Django']}],"
    "'skills':[{'name':'Docker','level':'Expert'},{'name':'Tools','keywords':['Git','MySQL']}],"
    "'languages':[{'language':'English','fluency':'C1'},{'language':'German','fluency':'A2'}],"
    "'education':[{'institution':'MIT','area':'Computer Science','studyType':'Bachelor','endDate':'2019'}],"
    "'certificates':[{'name':'AWS Certified Solutions Architect','issuer':'AWS'}]}";

static json_t *
input_of(const char *resume, json_t *posting)
{
	return cvp_own(&ctx, json_pack("{s:O, s:O, s:[], s:s, s:s}", "resume", json(resume), "posting", posting,
				       "gap_responses", "language", "en", "as_of", "2026-01-01T00:00:00Z"));
}

static json_t *
match_of(const json_t *input)
{
	json_t *match = NULL;
	enum cvp_code code = cvp_match(&ctx, &assets, input, &match);

	ck_assert_msg(code == CVP_OK, "%s: %s", cvp_code_name(code), ctx.err.message);
	return match;
}

/* The match of a CV with a posting of these requirements, parted by line ends. */
static json_t *
match_with(const char *resume, const char *requirements)
{
	return match_of(input_of(resume, cvp_own(&ctx, json_pack("{s:[s]}", "requirements", requirements))));
}

/* The row of a posting that asks one thing. */
static const json_t *
row_of(const char *resume, const char *requirement)
{
	const json_t *rows = json_object_get(match_with(resume, requirement), "evidence_matrix");

	ck_assert_msg(json_array_size(rows) == 1, "%zu rows of: %s", json_array_size(rows), requirement);
	return json_array_get(rows, 0);
}

static double
score_of(const json_t *row)
{
	return json_number_value(json_object_get(row, "score"));
}

static const char *
band_of(const json_t *row)
{
	return json_string_value(json_object_get(row, "alignment_score"));
}

/* Sources of the evidence, parted by spaces. */
static const char *
sources_of(const json_t *row)
{
	const json_t *evidence;
	const char *text = "";
	size_t i;

	json_array_foreach (json_object_get(row, "evidence"), i, evidence)
		text = cvp_arena_printf(arena, "%s%s%s", text, i > 0 ? " " : "",
					json_string_value(json_object_get(evidence, "source")));
	return text;
}

static void
assert_row(const char *resume, const char *requirement, double score, const char *sources)
{
	const json_t *row = row_of(resume, requirement);

	ck_assert_msg(score_of(row) > score - 0.0006 && score_of(row) < score + 0.0006, "%s: %g, not %g", requirement,
		      score_of(row), score);
	ck_assert_msg(strcmp(sources_of(row), sources) == 0, "%s: [%s], not [%s]", requirement, sources_of(row),
		      sources);
}

/* Every evidence's text is, byte for byte, what stands at its pointer. */
static size_t
walk_evidence(const json_t *input, const json_t *match)
{
	const json_t *row, *evidence;
	size_t i, j, count = 0;

	json_array_foreach (json_object_get(match, "evidence_matrix"), i, row) {
		json_array_foreach (json_object_get(row, "evidence"), j, evidence) {
			const char *source = json_string_value(json_object_get(evidence, "source"));
			bool is_answer = strncmp(source, "/gap_responses/", 15) == 0;
			const char *stands = cvp_pointer_text(is_answer ? input : json_object_get(input, "resume"),
							      is_answer ? cvp_arena_printf(arena, "%s/answer", source)
									: source);

			ck_assert_msg(stands != NULL, "nothing at %s", source);
			ck_assert_str_eq(stands, json_string_value(json_object_get(evidence, "text")));
			count++;
		}
	}
	return count;
}

START_TEST(a_skill_shown_in_a_dated_bullet_is_worth_1)
{
	assert_row(cook, "PostgreSQL", 1, "/work/0/highlights/0");
	ck_assert_str_eq(band_of(row_of(cook, "PostgreSQL")), "STRONG");
}
END_TEST

START_TEST(a_skill_shown_in_a_project_is_worth_1)
{
	assert_row("{'basics':{'name':'A'},'skills':[{'name':'CSS'}],'projects':[{'name':'Site','description':'A shop "
		   "in React'}]}",
		   "React", 1, "/projects/0/description");
}
END_TEST

START_TEST(a_skill_only_listed_is_worth_8_tenths)
{
	assert_row(cook, "Git", 0.8, "/skills/1/keywords/0");
	ck_assert_str_eq(band_of(row_of(cook, "Git")), "STRONG");
}
END_TEST

START_TEST(a_job_without_dates_lists_and_does_not_show)
{
	assert_row("{'basics':{'name':'A'},'work':[{'name':'B','position':'C','highlights':['Used Kafka']}]}", "Kafka",
		   0.8, "/work/0/highlights/0");
}
END_TEST

START_TEST(a_sibling_is_worth_4_tenths)
{
	assert_row("{'basics':{'name':'A'},'skills':[{'name':'Vue.js'}]}", "React", 0.4, "/skills/0/name");
	ck_assert_str_eq(band_of(row_of("{'basics':{'name':'A'},'skills':[{'name':'Vue.js'}]}", "React")),
			 "DEVELOPING");
}
END_TEST

START_TEST(aliases_are_equal)
{
	assert_row("{'basics':{'name':'A'},'skills':[{'name':'k8s'}]}", "Kubernetes", 0.8, "/skills/0/name");
	assert_row("{'basics':{'name':'A'},'skills':[{'name':'Постгрес'}]}", "PostgreSQL", 0.8, "/skills/0/name");
}
END_TEST

START_TEST(a_narrow_skill_shows_the_broad_one_and_not_the_reverse)
{
	assert_row(cook, "SQL", 1, "/work/0/highlights/0");
	ck_assert(score_of(row_of("{'basics':{'name':'A'},'skills':[{'name':'SQL'}]}", "PostgreSQL")) < 0.5);
}
END_TEST

START_TEST(short_names_are_whole_terms)
{
	static const char resume[] = "{'basics':{'name':'A'},'skills':[{'name':'C#'},{'name':'JavaScript'},"
				     "{'name':'Google'},{'name':'React'}]}";

	assert_row(resume, "C#", 0.8, "/skills/0/name");
	ck_assert(score_of(row_of(resume, "Java")) < 0.8);
	ck_assert(score_of(row_of(resume, "Go language")) < 0.8);
	ck_assert(score_of(row_of(resume, "R programming")) < 0.8);
}
END_TEST

START_TEST(any_of_alternatives_will_do)
{
	assert_row(cook, "Go or Python", 1, "/work/0/highlights/0");
	assert_row(cook, "Kafka or Git", 0.8, "/skills/1/keywords/0");
}
END_TEST

START_TEST(of_what_is_asked_together_the_mean_counts)
{
	assert_row(cook, "Git and Haskell", 0.4, "/skills/1/keywords/0");
	assert_row(cook, "Git and PostgreSQL", 0.9, "/skills/1/keywords/0 /work/0/highlights/0");
}
END_TEST

START_TEST(depth_is_not_shown_by_a_word_in_a_list)
{
	ck_assert(score_of(row_of(cook, "Deep knowledge of Git")) < 0.8);
	assert_row(cook, "Deep knowledge of PostgreSQL", 1, "/work/0/highlights/0");
	/* a level that is said helps where knowledge is asked for, not where it must have been used */
	assert_row(cook, "Deep knowledge of Docker", 0.8, "/skills/0/name /skills/0/level");
	ck_assert(score_of(row_of(cook, "Strong production experience with Docker")) < 0.8);
}
END_TEST

START_TEST(what_is_missing_has_no_evidence)
{
	assert_row(cook, "Haskell", 0, "");
	ck_assert_str_eq(band_of(row_of(cook, "Haskell")), "MISSING");
}
END_TEST

START_TEST(years_count_overlaps_once)
{
	/* 2022-01..2023-12 and 2023-01..2024-12 are three years, not four */
	assert_row(cook, "3 years of Python", 1, "/work/0/highlights/0 /work/1/highlights/0");
	ck_assert(score_of(row_of(cook, "4 years of Python")) < 1);
	ck_assert(score_of(row_of(cook, "6 years of experience")) == 0.5);
}
END_TEST

START_TEST(an_open_end_lasts_to_as_of)
{
	static const char resume[] = "{'basics':{'name':'A'},'work':[{'name':'B','position':'Cook',"
				     "'startDate':'2024-01'}]}";
	json_t *input = input_of(resume, json("{'requirements':['4 years of experience']}"));

	/* months are counted whole, the first and the last one too */
	json_object_set_new(input, "as_of", json_string("2025-12-31T00:00:00Z"));
	ck_assert(score_of(json_array_get(json_object_get(match_of(input), "evidence_matrix"), 0)) == 0.5);
	json_object_set_new(input, "as_of", json_string("2024-12-31T00:00:00Z"));
	ck_assert(score_of(json_array_get(json_object_get(match_of(input), "evidence_matrix"), 0)) == 0.25);
}
END_TEST

START_TEST(only_jobs_in_the_field_count_for_its_years)
{
	static const char resume[] =
	    "{'basics':{'name':'A'},'work':[{'name':'B','position':'Java Developer','startDate':'2023-01',"
	    "'endDate':'2023-12'},{'name':'C','position':'Waiter','startDate':'2013-01','endDate':'2022-12'}]}";

	assert_row(resume, "2 years of Java", 0.75, "/work/0/position"); /* half the years; the skill itself is shown */
	ck_assert_str_eq(band_of(row_of(resume, "10 years of Java")), "MISSING");
}
END_TEST

START_TEST(a_degree_at_or_above_is_1_and_one_below_a_half)
{
	assert_row(cook, "Bachelor's degree", 1, "/education/0/studyType /education/0/area");
	assert_row(cook, "High school diploma", 1, "/education/0/studyType /education/0/area");
	assert_row(cook, "Master's degree", 0.5, "/education/0/studyType /education/0/area");
	assert_row(cook, "PhD", 0, "");
	assert_row(cook, "Bachelor's degree in Computer Science", 1, "/education/0/studyType /education/0/area");
	ck_assert(score_of(row_of(cook, "Bachelor's degree in Law")) < 0.5);
}
END_TEST

START_TEST(a_language_is_there_or_not)
{
	assert_row(cook, "English", 1, "/languages/0/language /languages/0/fluency");
	assert_row(cook, "Fluent English", 1, "/languages/0/language /languages/0/fluency");
	assert_row(cook, "French", 0, "");
	/* spoken, but far from well enough */
	ck_assert(score_of(row_of(cook, "Fluent German")) < 0.5);
}
END_TEST

START_TEST(a_certificate_is_there_or_not)
{
	assert_row(cook, "AWS Certified Solutions Architect", 1, "/certificates/0/name");
	assert_row(cook, "Certified Kubernetes Administrator", 0, "");
}
END_TEST

START_TEST(employers_names_prove_nothing)
{
	assert_row("{'basics':{'name':'A'},'work':[{'name':'Docker','position':'Cook','startDate':'2020'}],"
		   "'interests':[{'name':'Docker'}]}",
		   "Docker", 0, "");
}
END_TEST

START_TEST(answers_meant_for_the_cv_are_evidence)
{
	json_t *input = input_of(cook, json("{'requirements':['Kafka']}"));

	json_object_set(input, "gap_responses",
			json("[{'answer':'I ran Kafka at home','destination':'INTERVIEW_MVP_ONLY'},"
			     "{'answer':'I ran Kafka in production','destination':'CV_IMPACT'}]"));
	ck_assert_str_eq(line_of(json_object_get(json_array_get(json_object_get(match_of(input), "evidence_matrix"), 0),
						 "evidence")),
			 "[{\"text\":\"I ran Kafka in production\",\"source\":\"/gap_responses/1\"}]");
	ck_assert(score_of(json_array_get(json_object_get(match_of(input), "evidence_matrix"), 0)) == 1);
}
END_TEST

START_TEST(evidence_stands_at_its_pointer)
{
	json_t *input = input_of(cook, json("{'requirements':['Python and PostgreSQL','English','Docker','Team lead',"
					    "'3 years of Python','BSc','AWS Certified Solutions Architect','Kafka']}"));

	json_object_set(input, "gap_responses", json("[{'answer':'I ran Kafka','destination':'CV_IMPACT'}]"));
	ck_assert_uint_ge(walk_evidence(input, match_of(input)), 8);
}
END_TEST

/* The bands and what is made of them, for every golden case. */
START_TEST(bands_follow_scores_in_every_row)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names), rows = 0, evidence = 0;

	for (size_t c = 0; c < count; c++) {
		json_t *input = case_input(names[c]), *match = match_of(input);
		const json_t *row;
		size_t i;

		evidence += walk_evidence(input, match);
		json_array_foreach (json_object_get(match, "evidence_matrix"), i, row) {
			double score = score_of(row);
			const char *band = score >= 0.80   ? "STRONG"
					   : score >= 0.50 ? "MODERATE"
					   : score >= 0.20 ? "DEVELOPING"
							   : "MISSING";

			ck_assert(score >= 0 && score <= 1);
			ck_assert_str_eq(band_of(row), band);
			ck_assert_int_eq(json_array_size(json_object_get(row, "evidence")) == 0, score < 0.20);
			rows++;
		}
	}
	printf("match: %zu rows, %zu evidence texts of %zu golden cases\n", rows, evidence, count);
	ck_assert_uint_gt(rows, 0);
}
END_TEST

START_TEST(importance_gives_impact_and_weight)
{
	json_t *match = match_of(input_of(cook, json("{'requirements':['Git'],'responsibilities':['Haskell'],"
						     "'nice_to_have':['PostgreSQL']}")));
	const json_t *rows = json_object_get(match, "evidence_matrix");
	static const char *const impacts[] = { "HIGH", "MEDIUM", "LOW" };

	for (size_t i = 0; i < 3; i++) {
		const json_t *row = json_array_get(rows, i);

		ck_assert_str_eq(json_string_value(json_object_get(row, "impact_potential")), impacts[i]);
		ck_assert_int_eq(json_is_true(json_object_get(row, "must_have")), i == 0);
	}
	/* (1 * 0.8 + 0.6 * 0 + 0.3 * 1) / 1.9; two of three at 0.5 or above */
	ck_assert_double_eq_tol(json_number_value(json_object_get(match, "score")), 0.579, 0.0006);
	ck_assert_double_eq_tol(json_number_value(json_object_get(match, "coverage")), 0.667, 0.0006);
	ck_assert_str_eq(json_string_value(json_object_get(match, "gap_level")), "MEDIUM");
}
END_TEST

START_TEST(coverage_gives_the_level_of_the_gap)
{
	json_t *match = match_with(cook, "Haskell");

	ck_assert_str_eq(json_string_value(json_object_get(match, "gap_level")), "HIGH");
	match = match_with(cook, "Git");
	ck_assert_str_eq(json_string_value(json_object_get(match, "gap_level")), "LOW");
	match = match_of(input_of(cook, json("{}")));
	ck_assert(json_number_value(json_object_get(match, "coverage")) == 1);
	ck_assert_str_eq(json_string_value(json_object_get(match, "gap_level")), "LOW");
}
END_TEST

START_TEST(keywords_are_the_postings_own_words)
{
	json_t *match = match_of(input_of(
	    cook,
	    json("{'requirements':['postgres','Kafka','Git','2 years of GIT'],'x_key_skills':['Docker','COBOL']}")));

	ck_assert_str_eq(line_of(json_object_get(match, "keywords")),
			 "{\"present\":[\"postgres\",\"Git\",\"Docker\"],\"missing\":[\"Kafka\",\"COBOL\"]}");
}
END_TEST

START_TEST(a_sibling_is_no_keyword_of_the_candidate)
{
	json_t *match = match_with("{'basics':{'name':'A'},'skills':[{'name':'Vue.js'}]}", "React");

	ck_assert_str_eq(line_of(json_object_get(match, "keywords")), "{\"present\":[],\"missing\":[\"React\"]}");
}
END_TEST

START_TEST(a_thing_worked_on_shows_no_way_of_working)
{
	assert_row("{'basics':{'name':'A'},'work':[{'name':'B','position':'Engineer','startDate':'2020-01',"
		   "'highlights':['Moved the storage system to new disks']}]}",
		   "Systems thinking", 0, "");
	assert_row("{'basics':{'name':'A'},'work':[{'name':'B','position':'Engineer','startDate':'2020-01',"
		   "'highlights':['Collaborated with designers on forms']}]}",
		   "Collaboration", 1, "/work/0/highlights/0");
}
END_TEST

START_TEST(a_russian_and_a_hebrew_cv_answer_an_english_posting)
{
	assert_row("{'basics':{'name':'Анна'},'work':[{'name':'Б','position':'Бухгалтер','startDate':'2020-01',"
		   "'endDate':'2024-12','highlights':['Вела переговоры с клиентами']}]}",
		   "Negotiation", 1, "/work/0/highlights/0");
	assert_row("{'basics':{'name':'דנה'},'skills':[{'name':'Excel'}],'languages':[{'language':'אנגלית','fluency':'"
		   "שפת אם'}]}",
		   "Fluent English", 1, "/languages/0/language /languages/0/fluency");
}
END_TEST

START_TEST(equal_input_gives_equal_bytes)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		char *one = json_dumps(match_of(case_input(names[i])), JSON_COMPACT), *two;

		cvp_ctx_reset(&ctx);
		count = case_names(names);
		two = json_dumps(match_of(case_input(names[i])), JSON_COMPACT);
		ck_assert_str_eq(one, two);
		free(one);
		free(two);
	}
}
END_TEST

START_TEST(an_input_that_cannot_be_matched_is_named)
{
	json_t *input = input_of("{'basics':{'name':'A'}}", json("{}")), *match;

	ck_assert_int_eq(cvp_match(&ctx, &assets, input, &match), CVP_INSUFFICIENT_CV_DATA);
	cvp_clear(&ctx);
	input = input_of(cook, json("{}"));
	json_object_set_new(input, "as_of", json_string("today"));
	ck_assert_int_eq(cvp_match(&ctx, &assets, input, &match), CVP_VALIDATION_ERROR);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(ctx.err.details, 0), "pointer")), "/as_of");
	cvp_clear(&ctx);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, a_skill_shown_in_a_dated_bullet_is_worth_1);
	tcase_add_test(tc, a_skill_shown_in_a_project_is_worth_1);
	tcase_add_test(tc, a_skill_only_listed_is_worth_8_tenths);
	tcase_add_test(tc, a_job_without_dates_lists_and_does_not_show);
	tcase_add_test(tc, a_sibling_is_worth_4_tenths);
	tcase_add_test(tc, aliases_are_equal);
	tcase_add_test(tc, a_narrow_skill_shows_the_broad_one_and_not_the_reverse);
	tcase_add_test(tc, short_names_are_whole_terms);
	tcase_add_test(tc, any_of_alternatives_will_do);
	tcase_add_test(tc, of_what_is_asked_together_the_mean_counts);
	tcase_add_test(tc, depth_is_not_shown_by_a_word_in_a_list);
	tcase_add_test(tc, what_is_missing_has_no_evidence);
	tcase_add_test(tc, years_count_overlaps_once);
	tcase_add_test(tc, an_open_end_lasts_to_as_of);
	tcase_add_test(tc, only_jobs_in_the_field_count_for_its_years);
	tcase_add_test(tc, a_degree_at_or_above_is_1_and_one_below_a_half);
	tcase_add_test(tc, a_language_is_there_or_not);
	tcase_add_test(tc, a_certificate_is_there_or_not);
	tcase_add_test(tc, employers_names_prove_nothing);
	tcase_add_test(tc, answers_meant_for_the_cv_are_evidence);
	tcase_add_test(tc, evidence_stands_at_its_pointer);
	tcase_add_test(tc, bands_follow_scores_in_every_row);
	tcase_add_test(tc, importance_gives_impact_and_weight);
	tcase_add_test(tc, coverage_gives_the_level_of_the_gap);
	tcase_add_test(tc, keywords_are_the_postings_own_words);
	tcase_add_test(tc, a_sibling_is_no_keyword_of_the_candidate);
	tcase_add_test(tc, a_thing_worked_on_shows_no_way_of_working);
	tcase_add_test(tc, a_russian_and_a_hebrew_cv_answer_an_english_posting);
	tcase_add_test(tc, equal_input_gives_equal_bytes);
	tcase_add_test(tc, an_input_that_cannot_be_matched_is_named);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	return run_suite("career_match", add_tests);
}
