/* Fact verification (SPEC 8) against lies planted in honest reports. */
#include <stdlib.h>

#include "test_career_vpr.h"

/* Planted lies: sentences in three languages, each appended to every text of every honest report; and facts of the
 * report replaced by others. */
enum lie { EMPLOYER, TITLE, YEAR, NUMBER, PERCENT, SKILL, DEGREE, CERTIFICATE, NAME, QUOTE, POINTER, LIES };

static const char *const lie_names[LIES] = { "employer", "title",       "year", "number",    "percent", "skill",
					     "degree",   "certificate", "name", "quotation", "pointer" };

static const struct {
	enum lie lie;
	const char *sentence;
} planted[] = {
	{ EMPLOYER, "Earlier years were spent at Globex Corporation." },
	{ EMPLOYER, "The work for Initech set a standard." },
	{ EMPLOYER, "There was also a time with Umbrella Health." },
	{ EMPLOYER, "До этого была работа в компании «Глобэкс»." },
	{ EMPLOYER, "До этого был опыт в Рогатехе." },
	{ EMPLOYER, "לפני כן הייתה עבודה בחברת אופק דיגיטל." },
	{ EMPLOYER, "לפני כן הייתה עבודה ב-Globex." },
	{ TITLE, "The candidate also served as Vice President of Marketing." },
	{ TITLE, "Acted as chief financial officer for a while." },
	{ TITLE, "Был опыт в должности коммерческого директора." },
	{ TITLE, "Раньше работал главным архитектором." },
	{ TITLE, "בעבר שימש כסמנכ\"ל כספים." },
	{ TITLE, "בתפקיד מנהל אזור במכירות היו הצלחות." },
	{ YEAR, "All of this began in 1987." },
	{ YEAR, "Всё началось в 1987 году." },
	{ YEAR, "הכול התחיל בשנת 1987." },
	{ NUMBER, "The team had 4,317 people." },
	{ NUMBER, "В команде было 4317 человек." },
	{ NUMBER, "בצוות היו 4317 אנשים." },
	{ NUMBER, "Sales grew by $73 million." },
	{ PERCENT, "Costs fell by 87.3%." },
	{ PERCENT, "Расходы снизились на 87,3 %." },
	{ PERCENT, "העלויות ירדו ב-87.3 אחוז." },
	{ SKILL, "Expert in COBOL." },
	{ SKILL, "Fluent in Blender and quick to learn." },
	{ SKILL, "Уверенно владеет COBOL." },
	{ SKILL, "שליטה מלאה ב-COBOL." },
	{ DEGREE, "Holds a PhD in Astrophysics." },
	{ DEGREE, "Earned an MBA along the way." },
	{ DEGREE, "Есть степень кандидата наук." },
	{ DEGREE, "יש גם תואר שלישי בפיזיקה." },
	{ CERTIFICATE, "Is a Certified Information Systems Security Professional (CISSP)." },
	{ CERTIFICATE, "Holds the Project Management Professional (PMP) certificate." },
	{ CERTIFICATE, "Есть сертификат PMP." },
	{ CERTIFICATE, "יש הסמכת PMP." },
	{ NAME, "Colleagues call Anna Lindqvist a rock." },
	{ NAME, "Коллеги ценят Марину Соколовскую." },
	{ QUOTE, "“Saved the company from ruin in a single weekend”." },
	{ QUOTE, "«Спасла компанию от разорения за одни выходные»." },
	{ QUOTE, "“הצלתי את החברה בסוף שבוע אחד”." },
};

struct tally {
	int planted[LIES], caught[LIES];
};

static void
judge(struct tally *tally, enum lie lie, const json_t *input, const json_t *report, const char *what)
{
	bool is_caught = !is_valid(verdict_of(input, report));

	tally->planted[lie]++;
	tally->caught[lie] += is_caught;
	if (!is_caught)
		printf("verify: not caught: %s: %s\n", lie_names[lie], what);
}

/* Appends a sentence to the text at a member, or to one entry of it. */
static json_t *
with_sentence(const json_t *report, const char *key, const char *sentence)
{
	json_t *lying = cvp_own(&ctx, json_deep_copy(report)), *member = json_object_get(lying, key);
	const char *text = json_string_value(json_is_array(member) ? json_array_get(member, 0) : member);
	json_t *longer;

	if (text == NULL)
		return NULL;
	longer = json_string(cvp_arena_printf(arena, "%s %s", text, sentence));
	if (json_is_array(member))
		json_array_set_new(member, 0, longer);
	else
		json_object_set_new(lying, key, longer);
	return lying;
}

static void
plant_sentences(struct tally *tally, const json_t *input, const json_t *report)
{
	static const char *const keys[] = { "executive_summary", "differentiators", "talking_points", "cultural_fit" };

	for (size_t i = 0; i < CVP_COUNT(planted); i++) {
		for (size_t k = 0; k < CVP_COUNT(keys); k++) {
			json_t *lying = with_sentence(report, keys[k], planted[i].sentence);

			if (lying != NULL)
				judge(tally, planted[i].lie, input, lying, planted[i].sentence);
		}
	}
}

/* text with the first `old` replaced; NULL where it does not stand there. */
static const char *
replaced(const char *text, const char *old, const char *new)
{
	const char *at = old != NULL && old[0] != '\0' ? strstr(text, old) : NULL;

	if (at == NULL)
		return NULL;
	return cvp_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

/* Puts another fact in the place of one of the CV, wherever it stands in the report's own sentences. */
static void
plant_instead(struct tally *tally, enum lie lie, const json_t *input, const json_t *report, const char *old,
	      const char *new)
{
	static const char *const keys[] = { "executive_summary", "differentiators", "talking_points" };

	for (size_t k = 0; k < CVP_COUNT(keys); k++) {
		json_t *lying = cvp_own(&ctx, json_deep_copy(report)), *member = json_object_get(lying, keys[k]);
		size_t count = json_is_array(member) ? json_array_size(member) : 1;

		for (size_t i = 0; i < count; i++) {
			const json_t *text = json_is_array(member) ? json_array_get(member, i) : member;
			const char *was = json_string_value(text), *now = replaced(was, old, new);

			if (now == NULL)
				continue;
			if (json_is_array(member))
				json_array_set_new(member, i, json_string(now));
			else
				json_object_set_new(lying, keys[k], json_string(now));
			judge(tally, lie, input, lying, now);
			lying = cvp_own(&ctx, json_deep_copy(report));
			member = json_object_get(lying, keys[k]);
		}
	}
}

static const char *
year_before(const char *date)
{
	return date == NULL ? NULL : cvp_arena_printf(arena, "%ld", strtol(date, NULL, 10) - 7);
}

static void
plant_in_jobs(struct tally *tally, const json_t *input, const json_t *report)
{
	const json_t *resume = json_object_get(input, "resume"), *jobs = json_object_get(resume, "work");
	size_t index;
	json_t *job;

	json_array_foreach ((json_t *)jobs, index, job) {
		const char *start = json_string_value(json_object_get(job, "startDate"));
		const char *year = start != NULL ? cvp_arena_strndup(arena, start, 4) : NULL;

		plant_instead(tally, EMPLOYER, input, report, json_string_value(json_object_get(job, "name")),
			      "Globex Corporation");
		plant_instead(tally, TITLE, input, report, json_string_value(json_object_get(job, "position")),
			      "Chief Executive Officer");
		plant_instead(tally, YEAR, input, report, year, year_before(year));
	}
	plant_instead(tally, NAME, input, report,
		      json_string_value(json_object_get(json_object_get(resume, "basics"), "name")), "Anna Lindqvist");
}

/* The first evidence of a row; NULL where it has none. */
static json_t *
evidence_at(const json_t *report, size_t row)
{
	return json_array_get(
	    json_object_get(json_array_get(json_object_get(report, "evidence_matrix"), row), "evidence"), 0);
}

/* Evidence with a word added, and evidence that points at another line. */
static void
plant_in_evidence(struct tally *tally, const json_t *input, const json_t *report)
{
	size_t count = json_array_size(json_object_get(report, "evidence_matrix"));

	for (size_t i = 0; i < count; i++) {
		json_t *longer = cvp_own(&ctx, json_deep_copy(report)), *moved = cvp_own(&ctx, json_deep_copy(report));
		const char *text = json_string_value(json_object_get(evidence_at(report, i), "text"));

		if (text == NULL)
			continue;
		json_object_set_new(evidence_at(longer, i), "text",
				    json_string(cvp_arena_printf(arena, "%s and more", text)));
		judge(tally, QUOTE, input, longer, "evidence with words added");
		json_object_set_new(evidence_at(moved, i), "source", json_string("/basics/name"));
		judge(tally, POINTER, input, moved, "evidence pointed at the name");
	}
}

/* Sources of a text moved to a line it does not use. */
static void
plant_in_sources(struct tally *tally, const json_t *input, const json_t *report, const char *key)
{
	const json_t *lists = json_object_get(report, key);

	for (size_t i = 0; i < json_array_size(lists); i++) {
		for (size_t j = 0; j < json_array_size(json_array_get(lists, i)); j++) {
			json_t *lying = cvp_own(&ctx, json_deep_copy(report));

			json_array_set_new(json_array_get(json_object_get(lying, key), i), j,
					   json_string("/basics/email"));
			judge(tally, POINTER, input, lying, "a source moved to the e-mail address");
		}
	}
}

/* A word put into a quotation inside a sentence. */
static void
plant_in_quotes(struct tally *tally, const json_t *input, const json_t *report, const char *key)
{
	const json_t *texts = json_object_get(report, key);

	for (size_t i = 0; i < json_array_size(texts); i++) {
		const char *text = json_string_value(json_array_get(texts, i)), *open = strstr(text, "“");
		const char *mark = open != NULL ? "“" : "«", *space;
		json_t *lying;

		open = strstr(text, mark);
		space = open != NULL ? strchr(open, ' ') : NULL;
		if (space == NULL || strstr(open, "”") < space)
			continue;
		lying = cvp_own(&ctx, json_deep_copy(report));
		json_array_set_new(
		    json_object_get(lying, key), i,
		    json_string(cvp_arena_printf(arena, "%.*s brilliantly%s", (int)(space - text), text, space)));
		judge(tally, QUOTE, input, lying, text);
	}
}

static void
print_tally(const struct tally *tally, int *planted_in_all, int *caught_in_all)
{
	for (int lie = 0; lie < LIES; lie++) {
		printf("verify: %-11s %4d planted, %4d caught\n", lie_names[lie], tally->planted[lie],
		       tally->caught[lie]);
		*planted_in_all += tally->planted[lie];
		*caught_in_all += tally->caught[lie];
	}
	printf("verify: %d of %d planted lies caught, %.2f %%\n", *caught_in_all, *planted_in_all,
	       100.0 * *caught_in_all / *planted_in_all);
}

START_TEST(planted_lies_are_caught)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);
	struct tally tally = { { 0 }, { 0 } };
	int planted_in_all = 0, caught_in_all = 0;

	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]), *report = report_of(input);

		plant_sentences(&tally, input, report);
		plant_in_jobs(&tally, input, report);
		plant_in_evidence(&tally, input, report);
		plant_in_sources(&tally, input, report, "x_differentiator_sources");
		plant_in_sources(&tally, input, report, "x_talking_point_sources");
		plant_in_quotes(&tally, input, report, "differentiators");
		plant_in_quotes(&tally, input, report, "talking_points");
	}
	print_tally(&tally, &planted_in_all, &caught_in_all);
	for (int lie = 0; lie < LIES; lie++)
		ck_assert_msg(tally.caught[lie] * 100 >= tally.planted[lie] * 95, "%s: %d of %d caught", lie_names[lie],
			      tally.caught[lie], tally.planted[lie]);
	ck_assert_int_ge(caught_in_all * 100, planted_in_all * 99);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, planted_lies_are_caught);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* the figures are printed by a child */
	return run_suite("career_verify_lies", add_tests);
}
