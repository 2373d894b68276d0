/* The Value Proposition Report by the built-in engine (SPEC 2.4, 7.8), its phrases, views and templates.
 *
 * A golden case is a folder of tests/data/career/vpr: input.json is the kind's input, expect.json the report. With
 * CVP_RENEW=1 in the environment expect.json is written anew, to be read before it is committed. */
#include "test_career_vpr.h"
#include "career/filler.h"
#include "career/vpr_parts.h"
#include "text/phrase.h"

static const char *const languages[] = { "en", "ru", "he" };

static void
renew(const char *path, const json_t *report)
{
	FILE *file = fopen(path, "w");

	ck_assert_msg(file != NULL, "%s cannot be written", path);
	json_dumpf(report, file, JSON_INDENT(2));
	fputc('\n', file);
	fclose(file);
}

START_TEST(golden_cases_come_out_as_they_stand)
{
	const char *names[CASES_MAX], *wish = getenv("CVP_RENEW");
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *report = report_of(case_input(names[i])), *expected;
		const char *path = case_path(names[i], "expect.json");

		if (wish != NULL && strcmp(wish, "1") == 0)
			renew(path, report);
		expected = read_json(&ctx, path);
		if (!json_equal(report, expected)) /* longer than what a message of the framework may hold */
			printf("%s came out as\n%s\n", names[i], line_of(report));
		ck_assert_msg(json_equal(report, expected), "%s came out otherwise", names[i]);
	}
	printf("vpr: %zu golden cases\n", count);
}
END_TEST

START_TEST(a_report_is_what_its_schema_says)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]), *report = report_of(input);
		const struct cvp_schema *schema = cvp_schemas_get(assets.schemas, "vpr.json");

		ck_assert_msg(cvp_schema_validate(&ctx, schema, report) == CVP_OK, "%s: %s", names[i],
			      ctx.err.details ? line_of(ctx.err.details) : ctx.err.message);
		schema = cvp_schemas_get(assets.schemas, "verification.json");
		ck_assert_int_eq(cvp_schema_validate(&ctx, schema, verdict_of(input, report)), CVP_OK);
	}
}
END_TEST

START_TEST(equal_input_gives_equal_bytes)
{
	json_t *input = case_input("backend-engineer");
	char *one = json_dumps(report_of(input), JSON_COMPACT), *two;

	cvp_ctx_reset(&ctx);
	input = case_input("backend-engineer");
	two = json_dumps(report_of(input), JSON_COMPACT);
	ck_assert_str_eq(one, two);
	free(one);
	free(two);
}
END_TEST

START_TEST(every_report_has_its_parts)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names);

	for (size_t i = 0; i < count; i++) {
		json_t *report = report_of(case_input(names[i]));
		size_t differentiators = json_array_size(json_object_get(report, "differentiators"));
		size_t points = json_array_size(json_object_get(report, "talking_points"));
		bool is_minimal = strcmp(names[i], "minimal") == 0; /* a name and a skill give no more */

		ck_assert_msg(is_minimal || (differentiators >= 3 && differentiators <= 5), "%s: %zu differentiators",
			      names[i], differentiators);
		ck_assert_msg(is_minimal || (points >= 5 && points <= 7), "%s: %zu points", names[i], points);
		ck_assert_uint_eq(json_array_size(json_object_get(report, "x_differentiator_sources")),
				  differentiators);
		ck_assert_uint_eq(json_array_size(json_object_get(report, "x_talking_point_sources")), points);
		ck_assert_int_eq(json_integer_value(json_object_get(report, "word_count")),
				 (json_int_t)cvp_vpr_word_count(report));
	}
}
END_TEST

/* The quotations of a text: what stands between its language's marks. */
static const char *
next_quote(const char **rest)
{
	const char *open = strstr(*rest, "“"), *close, *quote;

	if (open == NULL)
		return NULL;
	close = strstr(open, "”");
	if (close == NULL)
		return NULL;
	quote = cvp_arena_strndup(arena, open, (size_t)(close - open));
	*rest = close + 1;
	return quote;
}

START_TEST(no_line_is_told_twice_in_differentiators_and_points)
{
	json_t *report = report_of(case_input("backend-engineer")), *text;
	const char *seen[64];
	size_t count = 0, index;

	json_array_foreach (json_object_get(report, "differentiators"), index, text) {
		const char *rest = json_string_value(text), *quote;

		while ((quote = next_quote(&rest)) != NULL)
			seen[count++] = quote;
	}
	json_array_foreach (json_object_get(report, "talking_points"), index, text) {
		for (size_t i = 0; i < count; i++)
			ck_assert_msg(strstr(json_string_value(text), seen[i]) == NULL, "told twice: %s", seen[i]);
	}
}
END_TEST

START_TEST(gaps_are_told_and_nothing_is_claimed_for_them)
{
	json_t *report = report_of(case_input("nurse")), *strategies = json_object_get(report, "gap_strategies");
	json_t *first = json_array_get(strategies, 0);

	ck_assert_str_eq(json_string_value(json_object_get(first, "gap")),
			 "Advanced Cardiac Life Support (ACLS) certification");
	ck_assert_ptr_nonnull(
	    strstr(json_string_value(json_object_get(first, "mitigation_approach")), "does not show"));
	ck_assert_uint_eq(json_array_size(json_object_get(first, "transferable_skills")), 0);
}
END_TEST

/* Facts keep the CV's language, the sentences are the report's (SPEC 7.7). */
START_TEST(quotations_keep_the_language_of_the_cv)
{
	json_t *report = report_of(case_input("russian-posting"));
	const char *summary = json_string_value(json_object_get(report, "executive_summary"));

	ck_assert_str_eq(json_string_value(json_object_get(report, "language")), "ru");
	ck_assert_ptr_nonnull(strstr(summary, "«Built Power BI dashboards used daily by 45 dispatchers»"));
	ck_assert_ptr_nonnull(strstr(summary, "Общий стаж"));
}
END_TEST

START_TEST(cultural_fit_needs_a_value_and_a_line)
{
	json_t *input = case_input("backend-engineer"), *report = report_of(input);
	const char *fit = json_string_value(json_object_get(report, "cultural_fit"));

	ck_assert_ptr_nonnull(fit);
	ck_assert_ptr_nonnull(strstr(fit, "“Mentoring each other”"));
	ck_assert_ptr_nonnull(strstr(fit, "“Mentored two junior developers through their first year”"));
	ck_assert_ptr_null(json_object_get(report_of(case_input("minimal")), "cultural_fit"));
}
END_TEST

START_TEST(interview_answers_are_never_quoted)
{
	json_t *report = report_of(case_input("backend-engineer"));

	ck_assert_ptr_null(strstr(line_of(report), "talk about that in person"));
	ck_assert_ptr_nonnull(strstr(line_of(report), "RabbitMQ for settlement messages"));
}
END_TEST

START_TEST(a_bad_input_is_named)
{
	json_t *input = case_input("minimal"), *report = NULL;

	json_object_set_new(input, "as_of", json_string("yesterday"));
	ck_assert_int_eq(cvp_kind_vpr.generate(&ctx, &assets, input, &report), CVP_VALIDATION_ERROR);
	cvp_clear(&ctx);
	json_object_set_new(input, "as_of", json_string("2026-03-01T00:00:00Z"));
	json_object_set_new(input, "resume", json_object());
	ck_assert_int_eq(cvp_kind_vpr.generate(&ctx, &assets, input, &report), CVP_INSUFFICIENT_CV_DATA);
	ck_assert_ptr_null(report);
}
END_TEST

/* Words as people of the three languages count years. */
START_TEST(plurals_follow_the_language)
{
	static const struct {
		const char *language;
		long n;
		const char *text;
	} rows[] = {
		{ "en", 1, "1 year" },  { "en", 2, "2 years" }, { "ru", 1, "1 год" },     { "ru", 3, "3 года" },
		{ "ru", 11, "11 лет" }, { "ru", 21, "21 год" }, { "ru", 112, "112 лет" }, { "ru", 5, "5 лет" },
		{ "he", 1, "שנה אחת" }, { "he", 2, "שנתיים" },  { "he", 7, "7 שנים" },
	};

	for (size_t i = 0; i < CVP_COUNT(rows); i++) {
		struct cvp_phrases phrases = cvp_phrases_of(&ctx, assets.phrases, rows[i].language);

		ck_assert_str_eq(cvp_phrase_count(&phrases, "years", rows[i].n), rows[i].text);
	}
}
END_TEST

START_TEST(lists_read_as_the_language_writes_them)
{
	static const char *const items[] = { "SQL", "Python", "Go" }, *const pairs[] = { "R and D", "Go" };
	struct cvp_phrases en = cvp_phrases_of(&ctx, assets.phrases, "en"),
			   ru = cvp_phrases_of(&ctx, assets.phrases, "ru");

	ck_assert_str_eq(cvp_phrase_list(&en, items, 3), "SQL, Python and Go");
	ck_assert_str_eq(cvp_phrase_list(&en, items, 1), "SQL");
	ck_assert_str_eq(cvp_phrase_list(&ru, items, 2), "SQL и Python");
	ck_assert_str_eq(cvp_phrase_list(&en, pairs, 2), "R and D as well as Go");
	ck_assert_str_eq(cvp_phrase_list(&en, items, 0), "");
}
END_TEST

/* All gaps "{name}" of a phrase or of a list of them, sorted, in one text. */
static const char *
gaps_of(const json_t *phrase)
{
	const char *text = json_is_array(phrase) ? json_string_value(json_array_get(phrase, 0))
						 : json_string_value(phrase);
	const char *names[16], *all = "";
	size_t count = 0;

	for (const char *open = text; (open = strchr(open, '{')) != NULL && count < 16; open++)
		names[count++] = cvp_arena_strndup(arena, open, strcspn(open, "}") + 1);
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++)
		all = cvp_arena_printf(arena, "%s%s", all, names[i]);
	return all;
}

static void
compare_tables(const json_t *one, const json_t *other, const char *language)
{
	const char *key;
	json_t *phrase;

	json_object_foreach ((json_t *)one, key, phrase) {
		const json_t *same = json_object_get(other, key);
		bool is_form = strncmp(key, "years.", 6) == 0 || strncmp(key, "total.", 6) == 0; /* "two years" */

		ck_assert_msg(same != NULL, "%s has no phrase %s", language, key);
		ck_assert_msg(json_typeof(same) == json_typeof(phrase), "%s: %s is of another kind", language, key);
		ck_assert_msg(json_array_size(same) == json_array_size(phrase), "%s: %s has other variants", language,
			      key);
		if (json_is_object(phrase))
			compare_tables(phrase, same, language);
		else if (!is_form)
			ck_assert_msg(strcmp(gaps_of(phrase), gaps_of(same)) == 0, "%s: the gaps of %s differ",
				      language, key);
	}
}

START_TEST(the_three_languages_have_the_same_phrases)
{
	for (size_t i = 0; i < CVP_COUNT(languages); i++) {
		const json_t *one = json_object_get(assets.phrases, languages[i]);
		const json_t *next = json_object_get(assets.phrases, languages[(i + 1) % CVP_COUNT(languages)]);

		compare_tables(one, next, languages[(i + 1) % CVP_COUNT(languages)]);
	}
}
END_TEST

/* SPEC 7.10. */
START_TEST(no_phrase_uses_a_worn_word)
{
	static const char *const worn[] = {
		"leverag",   "delv",         "landscape",     "robust",           "streamlin",  "utiliz",
		"facilitat", "cutting-edge", "best practice", "industry-leading", "game-chang", "paradigm",
		"synerg",    "spearhead",    "passionate",    "proven track"
	};
	char *all = json_dumps(assets.phrases, JSON_COMPACT);

	for (char *c = all; *c != '\0'; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	for (size_t i = 0; i < CVP_COUNT(worn); i++)
		ck_assert_msg(strstr(all, worn[i]) == NULL, "a phrase uses %s", worn[i]);
	free(all);
}
END_TEST

static const char *
rendered(const json_t *input, const json_t *report, const char *template)
{
	struct cvp_buf out = CVP_BUF((size_t)1 << 22);
	json_t *model = NULL;
	const char *text;

	ck_assert_int_eq(cvp_kind_vpr.view(&ctx, &assets, input, report, &model), CVP_OK);
	ck_assert_msg(cvp_template_render(&ctx, assets.templates, template, model, &out) == CVP_OK, "%s",
		      ctx.err.message);
	text = cvp_arena_strdup(arena, cvp_buf_string(&out));
	cvp_buf_free(&out);
	return text;
}

START_TEST(html_links_every_quotation_to_its_line)
{
	json_t *input = case_input("backend-engineer");
	const char *html = rendered(input, report_of(input), "artifact/vpr.html");

	ck_assert_ptr_nonnull(strstr(html, "href=\"#cv/work/0/highlights/1\""));
	ck_assert_ptr_nonnull(strstr(html, "<blockquote><p>Cut the median response time"));
	ck_assert_ptr_null(strstr(html, "style="));
	ck_assert_ptr_null(strstr(html, "<script"));
	ck_assert_ptr_null(strstr(html, "{{"));
}
END_TEST

/* What rests on an answer names it; only what rests on the CV leads there. */
START_TEST(html_links_lead_to_lines_of_the_cv)
{
	const char *names[CASES_MAX];
	size_t count = case_names(names), answers = 0;

	for (size_t i = 0; i < count; i++) {
		json_t *input = case_input(names[i]);
		const char *html = rendered(input, report_of(input), "artifact/vpr.html");

		answers += strstr(html, "Your answer") != NULL;
		ck_assert_msg(strstr(html, "gap_responses") == NULL, "%s links to an answer", names[i]);
	}
	ck_assert_uint_gt(answers, 0);
}
END_TEST

START_TEST(filler_text_is_no_story)
{
	static const char *const filler[] = { "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
					      "Vitae purus faucibus ornare suspendisse",
					      "Ut enim blandit volutpat maecenas" };
	static const char *const real[] = { "Cut the cost of claims by 30% at Lorem Insurance",
					    "Integer arithmetic on microcontrollers", "" };

	for (size_t i = 0; i < CVP_COUNT(filler); i++)
		ck_assert_msg(cvp_is_filler(&ctx, filler[i]), "%s", filler[i]);
	for (size_t i = 0; i < CVP_COUNT(real); i++)
		ck_assert_msg(!cvp_is_filler(&ctx, real[i]), "%s", real[i]);
}
END_TEST

START_TEST(a_hostile_cv_stays_text_in_html_and_markdown)
{
	json_t *input = case_input("minimal"), *report;
	json_t *resume = json_object_get(input, "resume");

	json_object_set(json_object_get(resume, "basics"), "name", json("'<img src=x onerror=alert(1)>Sam'"));
	json_object_set(resume, "skills", json("[{'name':'Excel</p><script>alert(1)</script> **x** [y](z)'}]"));
	report = report_of(input);
	ck_assert_ptr_null(strstr(rendered(input, report, "artifact/vpr.html"), "<script"));
	ck_assert_ptr_null(strstr(rendered(input, report, "artifact/vpr.html"), "<img"));
	ck_assert_ptr_null(strstr(rendered(input, report, "artifact/vpr.md"), "<script"));
	ck_assert(is_valid(verdict_of(input, report)));
}
END_TEST

START_TEST(a_report_is_shown_when_its_cv_is_gone)
{
	json_t *input = case_input("nurse"), *report = report_of(input);
	const char *html;

	json_object_set_new(input, "resume", json_object());
	html = rendered(input, report, "artifact/vpr.html");
	ck_assert_ptr_nonnull(strstr(html, "Intensive Care"));
	ck_assert_ptr_null(strstr(html, "href=\"#cv"));
}
END_TEST

START_TEST(a_match_is_shown_too)
{
	json_t *input = case_input("backend-engineer"), *match = NULL, *model = NULL;
	struct cvp_buf out = CVP_BUF((size_t)1 << 22);

	ck_assert_int_eq(cvp_kind_find("match")->generate(&ctx, &assets, input, &match), CVP_OK);
	ck_assert_int_eq(cvp_kind_find("match")->view(&ctx, &assets, input, match, &model), CVP_OK);
	ck_assert_int_eq(cvp_template_render(&ctx, assets.templates, "artifact/match.html", model, &out), CVP_OK);
	ck_assert_ptr_nonnull(strstr(cvp_buf_string(&out), "data-band=\"STRONG\""));
	cvp_buf_free(&out);
	ck_assert_ptr_null(cvp_kind_find("letter"));
	ck_assert_ptr_eq(cvp_kind_find("vpr"), &cvp_kind_vpr);
}
END_TEST

START_TEST(text_of_the_cv_is_made_fit_to_quote)
{
	ck_assert_str_eq(cvp_vpr_quotable(&ctx, "- Led <b>a</b>\n  «good»  team.", 100), "Led a \"good\" team");
	ck_assert_str_eq(cvp_vpr_quotable(&ctx, "B.S.", 0), "B.S.");
	ck_assert_str_eq(cvp_vpr_quotable(&ctx, "one two three four", 9), "one two…");
	ck_assert_str_eq(cvp_vpr_quotable(&ctx, "", 9), "");
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, golden_cases_come_out_as_they_stand);
	tcase_add_test(tc, a_report_is_what_its_schema_says);
	tcase_add_test(tc, equal_input_gives_equal_bytes);
	tcase_add_test(tc, every_report_has_its_parts);
	tcase_add_test(tc, no_line_is_told_twice_in_differentiators_and_points);
	tcase_add_test(tc, gaps_are_told_and_nothing_is_claimed_for_them);
	tcase_add_test(tc, quotations_keep_the_language_of_the_cv);
	tcase_add_test(tc, cultural_fit_needs_a_value_and_a_line);
	tcase_add_test(tc, interview_answers_are_never_quoted);
	tcase_add_test(tc, a_bad_input_is_named);
	tcase_add_test(tc, plurals_follow_the_language);
	tcase_add_test(tc, lists_read_as_the_language_writes_them);
	tcase_add_test(tc, the_three_languages_have_the_same_phrases);
	tcase_add_test(tc, no_phrase_uses_a_worn_word);
	tcase_add_test(tc, html_links_every_quotation_to_its_line);
	tcase_add_test(tc, html_links_lead_to_lines_of_the_cv);
	tcase_add_test(tc, filler_text_is_no_story);
	tcase_add_test(tc, a_hostile_cv_stays_text_in_html_and_markdown);
	tcase_add_test(tc, a_report_is_shown_when_its_cv_is_gone);
	tcase_add_test(tc, a_match_is_shown_too);
	tcase_add_test(tc, text_of_the_cv_is_made_fit_to_quote);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	return run_suite("career_vpr", add_tests);
}
