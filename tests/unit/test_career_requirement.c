/* What a posting asks for (SPEC 7.1): kinds, importance, years, degrees, skills and how they belong together. */
#include "career/posting.h"
#include "test_career_vpr.h"

static struct cvp_requirements
asked_by(const json_t *posting)
{
	struct cvp_requirements asked;

	ck_assert_int_eq(cvp_posting_requirements(&ctx, &assets, posting, &asked), CVP_OK);
	return asked;
}

static struct cvp_requirements
asked_in(const char *description)
{
	return asked_by(cvp_own(&ctx, json_pack("{s:s}", "description", description)));
}

/* The skills of a requirement: '|' any of, '&' all of. */
static const char *
skills_of(const struct cvp_requirement *row)
{
	const char *text = "";

	for (size_t g = 0; g < row->group_count; g++) {
		for (size_t i = 0; i < row->groups[g].count; i++) {
			const char *joint = i > 0 ? "|" : g > 0 ? "&" : "";

			text = cvp_arena_printf(arena, "%s%s%s", text, joint,
						cvp_skill_name(assets.lexicon, row->groups[g].any[i]));
		}
	}
	return text;
}

/* One line a requirement: importance, kind, what it names. */
static const char *
summary_of(const struct cvp_requirement *row)
{
	static const char *const importances[] = { "must", "ordinary", "nice" };
	static const char *const kinds[] = { "skill", "experience", "education", "language", "certification", "other" };

	return cvp_arena_printf(arena, "%s %s: %s", importances[row->importance], kinds[row->kind], row->text);
}

/* wanted: lines as of summary_of(), all of them, in order. */
static void
assert_asked(struct cvp_requirements asked, const char *wanted)
{
	const char *found = "";

	for (size_t i = 0; i < asked.count; i++)
		found = cvp_arena_printf(arena, "%s%s\n", found, summary_of(&asked.rows[i]));
	ck_assert_str_eq(found, wanted);
}

/* The one requirement a line below "Requirements" makes. */
static const struct cvp_requirement *
one_of(const char *line)
{
	struct cvp_requirements asked = asked_in(cvp_arena_printf(arena, "Requirements:\n- %s", line));

	ck_assert_msg(asked.count == 1, "%zu requirements in: %s", asked.count, line);
	return &asked.rows[0];
}

START_TEST(members_give_importance)
{
	assert_asked(asked_by(json("{'requirements':['Docker'],'responsibilities':['Run Kubernetes clusters'],"
				   "'nice_to_have':['Terraform']}")),
		     "must skill: Docker\nordinary skill: Run Kubernetes clusters\nnice skill: Terraform\n");
}
END_TEST

START_TEST(headings_give_importance_in_english)
{
	assert_asked(
	    asked_in("Cook\n\nWhat you'll do\n- Cook fish\n\nWho you are\n- HACCP\n\nBonus points\n- French\n\n"
		     "What we offer\n- Free Python lessons\n"),
	    "ordinary skill: Cook fish\nmust skill: HACCP\nnice language: French\n");
}
END_TEST

START_TEST(headings_give_importance_in_russian)
{
	assert_asked(asked_in("Обязанности:\n• Ведение первичной документации\nТребования:\n• Знание Excel\n"
			      "Будет плюсом:\n• Английский язык\nУсловия:\n• Оформление по ТК РФ, обучение Python"),
		     "ordinary skill: Ведение первичной документации\nmust skill: Знание Excel\nnice language: "
		     "Английский язык\n");
}
END_TEST

START_TEST(headings_give_importance_in_hebrew)
{
	assert_asked(asked_in("תיאור התפקיד:\n- פיתוח ב-React\nדרישות:\n- ניסיון ב-AWS\nיתרון:\n- היכרות עם Docker\n"
			      "אנו מציעים:\n- קורס Python"),
		     "ordinary skill: פיתוח ב-React\nmust skill: ניסיון ב-AWS\nnice skill: היכרות עם Docker\n");
}
END_TEST

START_TEST(a_line_may_say_its_own_weight)
{
	ck_assert_int_eq(one_of("Kafka is a plus")->importance, CVP_NICE);
	ck_assert_str_eq(one_of("Kafka is a plus")->text, "Kafka");
	ck_assert_int_eq(one_of("Kafka (optional)")->importance, CVP_NICE);
	ck_assert_int_eq(one_of("Опыт работы с Kafka желателен")->importance, CVP_NICE);
	ck_assert_int_eq(one_of("ניסיון ב-Kafka - יתרון")->importance, CVP_NICE);
	ck_assert_int_eq(one_of("Kafka is appreciated but not required")->importance, CVP_NICE);
	assert_asked(
	    asked_in("Nice to have:\n- Docker\n- Kafka - required\n- Знание Go обязательно\n- ידע ב-SQL - חובה"),
	    "nice skill: Docker\nmust skill: Kafka\nmust skill: Знание Go обязательно\nmust skill: ידע ב-SQL\n");
}
END_TEST

START_TEST(a_weight_holds_for_the_list_it_stands_with)
{
	assert_asked(asked_in("Requirements:\n- Docker, Kafka and Terraform would be a plus"),
		     "nice skill: Docker\nnice skill: Kafka\nnice skill: Terraform\n");
	assert_asked(asked_in("Requirements:\n- Experience with Docker, knowledge of Kafka is a plus"),
		     "must skill: Experience with Docker\nnice skill: knowledge of Kafka\n");
	assert_asked(asked_in("Requirements:\n- English B2, German is a plus"),
		     "must language: English B2\nnice language: German\n");
}
END_TEST

START_TEST(benefits_and_notices_ask_nothing)
{
	assert_asked(
	    asked_in("Requirements:\n- SQL\n- Health insurance and stock options\n- Send your CV to jobs@acme.example\n"
		     "- We are an equal opportunity employer\n- Full time\n\nAbout Acme\n\nAcme builds Java tools.\n"),
	    "must skill: SQL\n");
	assert_asked(asked_in("Company: Acme\nJob title: Java Developer\nPosition: Docker Captain\nRequirements: SQL"),
		     "must skill: SQL\n");
}
END_TEST

START_TEST(prose_is_read_where_it_asks)
{
	assert_asked(asked_in("Acme is a bank that has used Java since 1999. We need SQL and Excel. You will build "
			      "dashboards in Tableau."),
		     "must skill: SQL and Excel\nordinary skill: build dashboards in Tableau\n");
	assert_asked(asked_in("We are a bank. Requirements: Java; 3+ years with Kafka. Nice to have: Scala. We offer: "
			      "free Python lessons."),
		     "must skill: Java\nmust experience: 3+ years with Kafka\nnice skill: Scala\n");
}
END_TEST

START_TEST(wrapped_lines_are_joined_and_items_are_not)
{
	assert_asked(asked_in("Requirements:\n"
			      "- Deep knowledge of PostgreSQL, its planner and of how one reads the plans that\n"
			      "  EXPLAIN prints\n"
			      "- Docker\n"
			      "- Git\n"),
		     "must skill: Deep knowledge of PostgreSQL, its planner and of how one reads the plans that "
		     "EXPLAIN prints\nmust skill: Docker\nmust skill: Git\n");
	assert_asked(asked_in("Requirements: strong grasp of SQL query optimization and indexing strategies;\n"
			      "experience with the everyday tools that teams use for observability\n"
			      "(Datadog, OpenTelemetry)\n"),
		     "must skill: strong grasp of SQL query optimization and indexing strategies\n"
		     "must skill: experience with the everyday tools that teams use for observability (Datadog, "
		     "OpenTelemetry)\n");
}
END_TEST

START_TEST(years_are_read_however_they_are_written)
{
	static const struct {
		const char *line;
		double years;
	} cases[] = { { "5+ years of Java", 5 },
		      { "At least two (2) years of experience", 2 },
		      { "3-5 years in sales", 3 },
		      { "From 3 to 5 years in sales", 3 },
		      { "Three years of Java", 3 },
		      { "18 months of SAP", 1.5 },
		      { "Опыт работы от 3 лет", 3 },
		      { "Опыт от 1 года до 3 лет", 1 },
		      { "Опыт продаж от полутора лет", 1.5 },
		      { "ניסיון של 3 שנים לפחות ב-Java", 3 },
		      { "ניסיון של שנתיים ב-Java", 2 },
		      { "You are 18 years old", 0 },
		      { "Java 8 and 11", 0 } };

	for (size_t i = 0; i < CVP_COUNT(cases); i++) {
		double years = one_of(cases[i].line)->years;

		ck_assert_msg(years == cases[i].years, "%g years, not %g, in: %s", years, cases[i].years,
			      cases[i].line);
	}
}
END_TEST

START_TEST(degrees_are_read_by_their_least_level)
{
	static const struct {
		const char *line;
		int degree;
	} cases[] = { { "PhD in Physics", 4 },
		      { "Master's degree in Law", 3 },
		      { "MSc or PhD in Physics", 3 },
		      { "Bachelor's or Master's degree in Finance", 2 },
		      { "BSc in Computer Science", 2 },
		      { "High school diploma", 1 },
		      { "Высшее экономическое образование", 2 },
		      { "Среднее специальное образование", 1 },
		      { "תואר ראשון במדעי המחשב", 2 },
		      { "תואר שני בכלכלה", 3 } };

	for (size_t i = 0; i < CVP_COUNT(cases); i++) {
		const struct cvp_requirement *row = one_of(cases[i].line);

		ck_assert_msg(row->kind == CVP_REQUIRES_EDUCATION && row->degree == cases[i].degree, "%s",
			      summary_of(row));
	}
	ck_assert_int_eq(one_of("A high degree of autonomy")->degree, 0);
}
END_TEST

START_TEST(kinds_are_told_apart)
{
	assert_asked(asked_in("Requirements:\n- Docker\n- Fluent English\n- AWS Certified Solutions Architect\n"
			      "- Driver's license category B\n- 2 years in sales\n- Experience in running a household\n"
			      "- Excellent communication skills\n- BSc in Physics\n"),
		     "must skill: Docker\nmust language: Fluent English\n"
		     "must certification: AWS Certified Solutions Architect\n"
		     "must certification: Driver's license category B\nmust experience: 2 years in sales\n"
		     "must experience: Experience in running a household\nmust other: Excellent communication skills\n"
		     "must education: BSc in Physics\n");
}
END_TEST

START_TEST(or_is_any_of_and_and_is_all_of)
{
	static const char *const cases[][2] = {
		{ "Python or Go", "Python|Go" },
		{ "Docker and/or Podman", "Docker|Podman" },
		{ "Java/Kotlin", "Java|Kotlin" },
		{ "React, Vue or Angular", "React|Vue.js|Angular" },
		{ "Familiarity with one of: React, Vue or Angular", "React|Vue.js|Angular" },
		{ "Опыт работы с PostgreSQL или MySQL", "PostgreSQL|MySQL" },
		{ "ניסיון ב-React או Angular", "React|Angular" },
		{ "Знание 1С:Бухгалтерия 8.3 и Excel", "1C:Accounting&Microsoft Excel" },
		{ "Docker and Podman", "Docker&Podman" },
		{ "PostgreSQL or MySQL, and Git", "PostgreSQL|MySQL&Git" },
		{ "Clouds such as AWS, Azure and GCP", "Cloud Computing&AWS|Microsoft Azure|Google Cloud Platform" },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++)
		ck_assert_str_eq(skills_of(one_of(cases[i][0])), cases[i][1]);
}
END_TEST

START_TEST(lists_of_skills_are_single_demands)
{
	struct cvp_requirements asked = asked_in("Requirements:\n- Strong knowledge of Docker, Kafka and Terraform");

	assert_asked(asked, "must skill: Strong knowledge of Docker\nmust skill: Kafka\nmust skill: Terraform\n");
	for (size_t i = 0; i < asked.count; i++)
		ck_assert_msg(asked.rows[i].asks_depth, "\"strong\" holds for all: %s", asked.rows[i].text);
	ck_assert(!one_of("Knowledge of Docker")->asks_depth);
}
END_TEST

START_TEST(what_a_skill_implies_is_not_asked_twice)
{
	ck_assert_str_eq(skills_of(one_of("Python services using FastAPI")), "FastAPI");
	ck_assert_str_eq(skills_of(one_of("5 years of Python with FastAPI")), "Python&FastAPI");
}
END_TEST

START_TEST(doubles_are_one_row_with_the_greater_importance)
{
	assert_asked(asked_by(json("{'nice_to_have':['Docker'],'responsibilities':['Docker experience'],"
				   "'description':'Requirements:\\n- Experience with Docker\\n- SQL'}")),
		     "must skill: Docker experience\nmust skill: SQL\n");
	/* what names one skill more is no double */
	assert_asked(asked_by(json("{'requirements':['Docker','Docker or Podman']}")),
		     "must skill: Docker\nmust skill: Docker or Podman\n");
}
END_TEST

START_TEST(at_most_50_rows_and_the_least_important_go)
{
	json_t *posting = cvp_own(&ctx, json_pack("{s:[], s:[]}", "requirements", "nice_to_have"));
	struct cvp_requirements asked;

	for (int i = 0; i < 45; i++) {
		json_array_append_new(json_object_get(posting, "requirements"),
				      json_string(cvp_arena_printf(arena, "Machine%d", i)));
		json_array_append_new(json_object_get(posting, "nice_to_have"),
				      json_string(cvp_arena_printf(arena, "Gadget%d", i)));
	}
	asked = asked_by(posting);
	ck_assert_uint_eq(asked.count, 50);
	for (size_t i = 0; i < asked.count; i++)
		ck_assert_int_eq(asked.rows[i].importance, i < 45 ? CVP_MUST : CVP_NICE);
}
END_TEST

START_TEST(a_posting_that_asks_nothing_has_no_rows)
{
	ck_assert_uint_eq(asked_by(json("{}")).count, 0);
	ck_assert_uint_eq(asked_in("About us\n\nWe are a bank. We are proud of our people.").count, 0);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, members_give_importance);
	tcase_add_test(tc, headings_give_importance_in_english);
	tcase_add_test(tc, headings_give_importance_in_russian);
	tcase_add_test(tc, headings_give_importance_in_hebrew);
	tcase_add_test(tc, a_line_may_say_its_own_weight);
	tcase_add_test(tc, a_weight_holds_for_the_list_it_stands_with);
	tcase_add_test(tc, benefits_and_notices_ask_nothing);
	tcase_add_test(tc, prose_is_read_where_it_asks);
	tcase_add_test(tc, wrapped_lines_are_joined_and_items_are_not);
	tcase_add_test(tc, years_are_read_however_they_are_written);
	tcase_add_test(tc, degrees_are_read_by_their_least_level);
	tcase_add_test(tc, kinds_are_told_apart);
	tcase_add_test(tc, or_is_any_of_and_and_is_all_of);
	tcase_add_test(tc, lists_of_skills_are_single_demands);
	tcase_add_test(tc, what_a_skill_implies_is_not_asked_twice);
	tcase_add_test(tc, doubles_are_one_row_with_the_greater_importance);
	tcase_add_test(tc, at_most_50_rows_and_the_least_important_go);
	tcase_add_test(tc, a_posting_that_asks_nothing_has_no_rows);
}

int
main(void)
{
	return run_suite("career_requirement", add_tests);
}
