/* Fact verification (SPEC 8): honest reports pass, planted lies do not. */
#include "career/verify_claims.h"
#include "career/verify_numbers.h"
#include "career/verify_plain.h"
#include "test_career_vpr.h"

/* A CV for single sentences. */
static const char nora[] =
    "{'basics':{'name':'Nora Whitfield','label':'Backend developer','email':'nora@example.com','phone':'+44 20 7946 "
    "0102'},"
    "'work':[{'name':'Kestrel Payments','position':'Backend Engineer','startDate':'2021-04',"
    "'highlights':['Cut the response time of the payments API by 35% with Redis caching','Mentored two junior "
    "developers']},"
    "{'name':'Brightwater Council','position':'Web Developer','startDate':'2017-09','endDate':'2021-03',"
    "'highlights':['Built the permit service in Django, used by 30,000 residents a year']}],"
    "'education':[{'institution':'University of Leeds','area':'Computer "
    "Science','studyType':'BSc','startDate':'2014-09','endDate':'2017-06'}],"
    "'skills':[{'name':'Python'},{'name':'PostgreSQL'}]}";
static const char target[] = "{'company_name':'Larkfield Energy','role_title':'Senior Backend Engineer',"
			     "'requirements':['5+ years with Python','Apache Kafka','PhD in Physics is a plus']}";

static json_t *
input_with(const char *answers)
{
	json_t *input = cvp_own(&ctx, json_object());

	json_object_set(input, "resume", json(nora));
	json_object_set(input, "posting", json(target));
	json_object_set(input, "gap_responses", json(answers));
	json_object_set_new(input, "as_of", json_string("2026-03-01T00:00:00Z"));
	return input;
}

/* The verdict on a report whose summary is one text. */
static json_t *
verdict_on(const char *summary)
{
	json_t *report = json("{'evidence_matrix':[],'differentiators':[],'talking_points':[]}");

	json_object_set_new(report, "executive_summary", json_string(summary));
	return verdict_of(input_with("[]"), report);
}

static void
passes(const char *summary)
{
	json_t *verdict = verdict_on(summary);

	ck_assert_msg(is_valid(verdict), "refused: %s\n%s", summary, line_of(verdict));
}

static void
fails(const char *summary)
{
	ck_assert_msg(!is_valid(verdict_on(summary)), "accepted: %s", summary);
}

static void
fails_critically(const char *summary)
{
	json_t *verdict = verdict_on(summary);

	ck_assert_msg(json_is_true(json_object_get(verdict, "has_critical_violations")), "accepted: %s\n%s", summary,
		      line_of(verdict));
}

START_TEST(what_the_cv_says_passes)
{
	static const char *const honest[] = {
		"Nora Whitfield has worked as Backend Engineer at Kestrel Payments since 2021.",
		"Before that she was a Web Developer at Brightwater Council (2017–2021).",
		"She “Mentored two junior developers” and knows Python and PostgreSQL, so SQL too.",
		"She holds a bachelor's degree in Computer Science from the University of Leeds.",
		"Her permit service serves 30 000 residents; the API became 35% faster.",
		"That makes more than 8 years of work experience.",
		"The service was used by 30k residents.",
		"Nora Whitfield (Backend Engineer, Kestrel Payments, 2021) is based in a small team.",
		"Нора работает в «Kestrel Payments» с 2021 года, стаж 8 лет.",
	};

	for (size_t i = 0; i < CVP_COUNT(honest); i++)
		passes(honest[i]);
}
END_TEST

START_TEST(what_the_posting_asks_is_no_claim)
{
	passes("The posting asks for 5 years of Python and for Apache Kafka.");
	passes("The CV does not show Apache Kafka.");
	passes("The role at Larkfield Energy is Senior Backend Engineer.");
	passes("The posting asks for “Apache Kafka”.");
	passes("She has no PhD in Physics, which the posting names as a plus.");
}
END_TEST

START_TEST(what_the_posting_asks_becomes_a_lie_when_claimed)
{
	fails("She brings the Apache Kafka that the role needs.");
	fails_critically("She worked at Larkfield Energy from 2021.");
	fails_critically("She led “Apache Kafka” work.");
	fails_critically("She holds a PhD in Physics.");
	fails("Not only Kafka but Python is in her hands.");
}
END_TEST

START_TEST(an_invented_employer_is_critical)
{
	fails_critically("She worked at Globex for years.");
	fails_critically("Previously at Initech Systems, she built services.");
	fails_critically("She joined Hooli Ltd in 2021.");
	fails_critically("Раньше она работала в компании «Глобэкс».");
	fails_critically("Раньше работала в Глобэксе инженером.");
	fails_critically("בעבר עבדה בחברת אופק.");
	fails_critically("בעבר עבדה ב-Globex.");
}
END_TEST

START_TEST(an_invented_role_is_critical)
{
	fails_critically("She served as Chief Technology Officer.");
	fails_critically("As head of engineering, she grew the team.");
	fails_critically("She is Chief Architect at Kestrel Payments (since 2021).");
	fails_critically("Работала техническим директором.");
	fails_critically("Последняя должность: финансовый директор, «Kestrel Payments» (с 2021).");
	fails_critically("התפקיד האחרון: מנהלת כספים, Kestrel Payments (מאז 2021).");
}
END_TEST

START_TEST(a_title_belongs_to_its_employer)
{
	fails_critically("She was Web Developer at Kestrel Payments.");
	fails_critically("“Mentored two junior developers” (Web Developer, Kestrel Payments, 2021).");
	fails_critically("She was Backend Engineer at Kestrel Payments (2014–2021).");
}
END_TEST

START_TEST(years_figures_and_degrees_must_stand_in_the_cv)
{
	fails_critically("She has been with Kestrel Payments since 2012.");
	fails("She led a team of 240 people.");
	fails("The API became 53% faster.");
	fails("She saved $35 a day."); /* 35 stands there, as a percentage */
	fails("She has 15 years of experience.");
	fails_critically("She holds a master's degree.");
	fails_critically("У неё степень магистра.");
	fails_critically("She is a Certified Scrum Master.");
}
END_TEST

START_TEST(skills_and_names_must_stand_in_the_cv)
{
	fails("She knows Python and Rust.");
	fails("Владеет Python и Kubernetes.");
	fails_critically("Nora Lindqvist brings Python.");
	fails_critically("Write to nora@evil.example.org.");
}
END_TEST

START_TEST(markup_hides_no_claim)
{
	fails_critically("She worked at Glo<b>bex</b>.");
	fails_critically("She worked at Glo**bex**.");
	fails_critically("She worked at Glo&shy;bex.");
	fails_critically("She worked at <i>Globex</i>.");
	fails("She led a team of \xD9\xA2\xD9\xA4\xD9\xA0 people."); /* 240 in Arabic-Indic digits */
	passes("She worked at <i>Kestrel</i> Payments.");
}
END_TEST

START_TEST(answers_are_facts_and_interview_answers_are_not)
{
	json_t *report = json("{'executive_summary':'She trained 17 people in Terraform.','evidence_matrix':[]}");

	ck_assert(is_valid(verdict_of(
	    input_with("[{'question':'q','answer':'I trained 17 people in Terraform.','destination':'CV_IMPACT'}]"),
	    report)));
	ck_assert(!is_valid(verdict_of(input_with("[{'question':'q','answer':'I trained 17 people in Terraform.',"
						  "'destination':'INTERVIEW_MVP_ONLY'}]"),
				       report)));
}
END_TEST

static json_t *
with_row(const char *band, const char *evidence)
{
	json_t *report = json("{'executive_summary':'','evidence_matrix':[{'requirement':'Python','must_have':true,"
			      "'score':0.9,'impact_potential':'HIGH'}]}");
	json_t *row = json_array_get(json_object_get(report, "evidence_matrix"), 0);

	json_object_set_new(row, "alignment_score", json_string(band));
	json_object_set(row, "evidence", json(evidence));
	return verdict_of(input_with("[]"), report);
}

START_TEST(evidence_stands_at_its_source)
{
	ck_assert(is_valid(with_row("STRONG", "[{'text':'Python','source':'/skills/0/name'}]")));
	ck_assert(!is_valid(with_row("STRONG", "[{'text':'Python','source':'/skills/1/name'}]")));
	ck_assert(!is_valid(with_row("STRONG", "[{'text':'Python 3','source':'/skills/0/name'}]")));
	ck_assert(!is_valid(with_row("STRONG", "[{'text':'Python','source':'/skills/9/name'}]")));
	ck_assert(!is_valid(with_row("STRONG", "[{'text':'Python','source':'/gap_responses/0'}]")));
	ck_assert(!is_valid(with_row("STRONG", "[]")));
	ck_assert(!is_valid(with_row("MISSING", "[{'text':'Python','source':'/skills/0/name'}]")));
}
END_TEST

START_TEST(shapes_that_cannot_be_judged_are_errors)
{
	json_t *verdict = NULL;

	ck_assert_int_eq(cvp_verify_vpr(&ctx, &assets, input_with("[]"), json("[]"), &verdict), CVP_VALIDATION_ERROR);
	cvp_clear(&ctx);
	ck_assert_int_eq(cvp_verify_vpr(&ctx, &assets, input_with("[]"), json("{'evidence_matrix':{}}"), &verdict),
			 CVP_VALIDATION_ERROR);
	cvp_clear(&ctx);
	ck_assert_int_eq(cvp_verify_vpr(&ctx, &assets, input_with("[]"), json("{'evidence_matrix':[7]}"), &verdict),
			 CVP_VALIDATION_ERROR);
	ck_assert_ptr_null(verdict);
}
END_TEST

START_TEST(numbers_are_read_in_every_way_people_write_them)
{
	static const struct {
		const char *text;
		double value;
		enum cvp_unit unit;
	} rows[] = {
		{ "1,200 users", 1200, CVP_UNIT_NONE },
		{ "1 200 users", 1200, CVP_UNIT_NONE },
		{ "1.2k users", 1200, CVP_UNIT_NONE },
		{ "35%", 35, CVP_UNIT_PERCENT },
		{ "35 percent", 35, CVP_UNIT_PERCENT },
		{ "35 процентов", 35, CVP_UNIT_PERCENT },
		{ "$3.5 million", 3500000, CVP_UNIT_DOLLAR },
		{ "12 тыс. руб", 12000, CVP_UNIT_NONE },
		{ "5+ years", 5, CVP_UNIT_YEARS },
		{ "5-year plan", 5, CVP_UNIT_YEARS },
		{ "8 лет", 8, CVP_UNIT_YEARS },
		{ "three teams", 3, CVP_UNIT_NONE },
		{ "€90", 90, CVP_UNIT_EURO },
		{ "400+ users", 400, CVP_UNIT_NONE },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_numbers numbers = cvp_numbers_of(&ctx, rows[i].text);

		ck_assert_msg(numbers.count == 1, "%s: %zu", rows[i].text, numbers.count);
		ck_assert_msg(numbers.rows[0].value == rows[i].value, "%s: %g", rows[i].text, numbers.rows[0].value);
		ck_assert_msg(numbers.rows[0].unit == rows[i].unit, "%s: %d", rows[i].text, numbers.rows[0].unit);
	}
	ck_assert_uint_eq(cvp_numbers_of(&ctx, "B2B, S3 and ES2015").count, 0);
	ck_assert(cvp_numbers_of(&ctx, "in 2019").rows[0].is_year);
}
END_TEST

START_TEST(a_reader_sees_text_without_markup)
{
	ck_assert_str_eq(cvp_plain_text(&ctx, "<p>Led <b>a</b> team</p>&amp; <br>more"), "Led a team & more");
	ck_assert_str_eq(cvp_plain_text(&ctx, "**Led** `a` [team](http://x.example) of 2*3"), "Led a team of 2*3");
	ck_assert_str_eq(cvp_plain_text(&ctx, "a < b, snake_case, C# &c"), "a < b, snake_case, C# &c");
	ck_assert_str_eq(cvp_plain_text(&ctx, "“so\xC2\xAD” \xE2\x81\xA8x\xE2\x81\xA9"), "\"so\" x");
}
END_TEST

/* Every golden case: what the engine writes passes, with the posting and without it. */
START_TEST(honest_reports_pass)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	ck_assert_uint_ge(count, 8);
	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]), *report = report_of(input), *verdict = verdict_of(input, report);

		ck_assert_msg(is_valid(verdict), "%s: %s", names[i], line_of(verdict));
		json_object_del(input, "posting");
		json_object_del(input, "company_context");
		verdict = verdict_of(input, report);
		ck_assert_msg(is_valid(verdict), "%s without its posting: %s", names[i], line_of(verdict));
	}
	printf("verify: %zu honest reports pass, each with and without its posting\n", count);
}
END_TEST

/* Names of companies and roles made of the very words the scanners go by, and of signs that part sentences. */
static const char *const odd_names[] = { "Plain Works",
					 "Engineer without script",
					 "Looking for Group",
					 "Not Only Ltd",
					 "Worked at Nothing",
					 "without limits",
					 "monday.com",
					 "2 Sisters Food Group",
					 "7-Eleven",
					 "3M",
					 "24/7 Staffing",
					 "Group 1990",
					 "Master of Arts School",
					 "Certified Angus Beef",
					 "PhD Recruiters",
					 "MBA and Partners",
					 "Python Software Foundation",
					 "Kafka & Sons",
					 "C++ Builders",
					 "Node.js GmbH",
					 "Booking.com",
					 "www.acme.example",
					 "jobs@acme.example",
					 "The",
					 "a",
					 "Company, Inc.",
					 "\"Quoted\" Co",
					 "Rock & Roll; Ltd",
					 "Foo? Bar!",
					 "E.ON",
					 "S.T.A.R. Labs",
					 "<b>Acme</b>",
					 "**Acme** (Holding)",
					 "Über-Wagen",
					 "Senior Director at Microsoft",
					 "Manager (2019–2021)",
					 "CEO",
					 "as Doctor",
					 "Director of Engineering, Google Cloud, since 2015",
					 "ООО «Без границ»",
					 "Не только хлеб",
					 "Требуется менеджер",
					 "Работал в Яндексе",
					 "АО «Опыт 20 лет»",
					 "Врачи без границ",
					 "חברת ללא גבולות",
					 "מנהל בלי צוות",
					 "ניסיון של 10 שנים",
					 "100% Pure",
					 "$1 Store",
					 "€uro Shop",
					 "Five Guys",
					 "Seven Seas",
					 "Q1 Partners",
					 "I & You",
					 "AT&T",
					 "Has Kotlin",
					 "Uses Kubernetes",
					 "Learn to Code",
					 "Gap Inc.",
					 "Lacks Nothing",
					 "However Studio",
					 "But Also & Co",
					 "No. 6 Depot" };

START_TEST(a_target_of_any_name_gets_its_report)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]), *posting = json_object_get(input, "posting");

		for (size_t j = 0; j < CVP_COUNT(odd_names); j++) {
			const char *other = odd_names[(j * 7 + i) % CVP_COUNT(odd_names)];
			json_t *verdict, *report;

			json_object_set_new(posting, "company_name", json_string(odd_names[j]));
			json_object_set_new(posting, "role_title", json_string(other));
			report = report_of(input);
			verdict = verdict_of(input, report);
			ck_assert_msg(is_valid(verdict), "%s, %s at %s: %s\n%s", names[i], other, odd_names[j],
				      line_of(verdict), line_of(json_object_get(report, "executive_summary")));
		}
	}
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, what_the_cv_says_passes);
	tcase_add_test(tc, what_the_posting_asks_is_no_claim);
	tcase_add_test(tc, what_the_posting_asks_becomes_a_lie_when_claimed);
	tcase_add_test(tc, an_invented_employer_is_critical);
	tcase_add_test(tc, an_invented_role_is_critical);
	tcase_add_test(tc, a_title_belongs_to_its_employer);
	tcase_add_test(tc, years_figures_and_degrees_must_stand_in_the_cv);
	tcase_add_test(tc, skills_and_names_must_stand_in_the_cv);
	tcase_add_test(tc, markup_hides_no_claim);
	tcase_add_test(tc, answers_are_facts_and_interview_answers_are_not);
	tcase_add_test(tc, evidence_stands_at_its_source);
	tcase_add_test(tc, shapes_that_cannot_be_judged_are_errors);
	tcase_add_test(tc, numbers_are_read_in_every_way_people_write_them);
	tcase_add_test(tc, a_reader_sees_text_without_markup);
	tcase_add_test(tc, honest_reports_pass);
	tcase_add_test(tc, a_target_of_any_name_gets_its_report);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* the figures are printed by a child */
	return run_suite("career_verify", add_tests);
}
