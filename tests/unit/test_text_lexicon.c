/* The skills lexicon: its file format, relations and scanning. Reads tests/data/text/sample.skills. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "run.h"
#include "text/lexicon.h"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;
static struct cvp_lexicon *lexicon;

static const char *
read_fixture(const char *name)
{
	const char *top = getenv("srcdir");
	char *path = cvp_arena_printf(arena, "%s/tests/data/text/%s", top != NULL ? top : ".", name);
	char *text = cvp_arena_alloc(arena, 65536);
	FILE *file = fopen(path, "r");

	ck_assert_msg(file != NULL, "%s", path);
	text[fread(text, 1, 65535, file)] = '\0';
	fclose(file);
	return text;
}

static enum cvp_code
parse(const char *text, struct cvp_lexicon **made)
{
	struct cvp_lexicon_source source = { "test.skills", text, strlen(text) };

	return cvp_lexicon_parse(&ctx, &source, 1, made);
}

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
	ck_assert_int_eq(parse(read_fixture("sample.skills"), &lexicon), CVP_OK);
}

static void
teardown(void)
{
	cvp_lexicon_free(lexicon);
	cvp_arena_free(arena);
}

static const char *
scanned(const char *text)
{
	struct cvp_words words = cvp_words_of(&ctx, text, strlen(text));
	struct cvp_skill_hits found = cvp_lexicon_scan(&ctx, lexicon, text, &words);
	const char *joined = "";

	for (size_t i = 0; i < found.count; i++)
		joined = cvp_arena_printf(arena, "%s%s%s", joined, i > 0 ? "|" : "",
					  cvp_skill_name(lexicon, found.hits[i].skill));
	return joined;
}

static struct cvp_skill_id
skill(const char *text)
{
	struct cvp_skill_id id = { -1 };

	ck_assert_msg(cvp_lexicon_find(&ctx, lexicon, text, &id), "%s", text);
	return id;
}

START_TEST(aliases_name_one_skill)
{
	static const char *const aliases[][2] = {
		{ "k8s", "Kubernetes" },
		{ "Постгрес", "PostgreSQL" },
		{ "POSTGRES", "PostgreSQL" },
		{ "פוסטגרס", "PostgreSQL" },
		{ "golang", "Go" },
		{ "Go", "Go" },
		{ "A/B-тестирования", "A/B Testing" },
		{ "микросервисов", "Microservices" },
		{ "microservice", "Microservices" },
		{ "С#", "C#" },
		{ "1C", "1С" },
	};
	struct cvp_skill_id id;

	for (size_t i = 0; i < CVP_COUNT(aliases); i++)
		ck_assert_str_eq(cvp_skill_name(lexicon, skill(aliases[i][0])), aliases[i][1]);
	ck_assert(!cvp_lexicon_find(&ctx, lexicon, "go", &id));
	ck_assert(!cvp_lexicon_find(&ctx, lexicon, "Python developer", &id));
	ck_assert(!cvp_lexicon_find(&ctx, lexicon, "", &id));
}
END_TEST

START_TEST(scanning_takes_the_longest_whole_terms_in_order)
{
	ck_assert_str_eq(scanned("Python, go to k8s with Go; C++ and R."), "Python|Kubernetes|Go|C++|R");
	ck_assert_str_eq(scanned("container orchestration"), "Orchestration");
	ck_assert_str_eq(scanned("опыт с микросервисами и модульным тестированием"), "Microservices|Unit Testing");
	ck_assert_str_eq(scanned("ניסיון בפייתון ובבדיקות יחידה"), "Python|Unit Testing");
	ck_assert_str_eq(scanned("Pythonic R&D, gopher, MySQLite"), "");
	ck_assert_str_eq(scanned("unit-tests"), "Unit Testing");
}
END_TEST

START_TEST(a_term_does_not_run_over_the_end_of_a_clause)
{
	ck_assert_str_eq(scanned("unit. Testing"), "");
	ck_assert_str_eq(scanned("unit, testing"), "");
	ck_assert_str_eq(scanned("unit — testing"), "");
	ck_assert_str_eq(scanned("unit\ntesting"), "Unit Testing");
	ck_assert_str_eq(scanned("unit\n\ntesting"), "");
	ck_assert_str_eq(scanned("unit\xC2\xA0testing"), "Unit Testing");
}
END_TEST

START_TEST(names_may_hold_a_colon_or_a_dot)
{
	ck_assert_str_eq(scanned("знание 1С:Бухгалтерия и Docker"), "1C:Accounting|Docker");
	ck_assert_str_eq(scanned("1C:Бухгалтерии, 1С Бухгалтерией"), "1C:Accounting|1C:Accounting");
	ck_assert_str_eq(scanned("Опыт с Яндекс.Метрикой."), "Yandex Metrica");
	ck_assert_str_eq(scanned("Яндекс. Метрика"), "");
	ck_assert_str_eq(scanned("1С: бухгалтерия"), "1С");
	ck_assert_str_eq(scanned("We write unit.Testing is done by others"), "");
}
END_TEST

START_TEST(go_is_a_language_and_a_verb)
{
	static const char *const names[] = { "Go",
					     "Go developer",
					     "Python, Go and Docker",
					     "services in Go to replace them",
					     "Go and Python",
					     "Go, Docker",
					     "- Go\n- Docker",
					     "from Java to Go",
					     "опыт с Go",
					     "Written in Go." };
	static const char *const verbs[] = { "Go to our site",
					     "go to market",
					     "Go-to-market plans",
					     "We built a Go-To tool",
					     "Thrive. Go above and beyond",
					     "Work on the Go",
					     "ready to go",
					     "Go the extra mile",
					     "A Go Live date",
					     "Then:\nGo through the logs",
					     "go-getter" };

	for (size_t i = 0; i < CVP_COUNT(names); i++)
		ck_assert_msg(strstr(scanned(names[i]), "Go") != NULL, "%s", names[i]);
	for (size_t i = 0; i < CVP_COUNT(verbs); i++)
		ck_assert_msg(scanned(verbs[i])[0] == '\0', "%s", verbs[i]);
	ck_assert_str_eq(scanned("React quickly. React to incidents. React and Docker, with React to build pages"),
			 "React|Docker|React");
}
END_TEST

START_TEST(hits_tell_their_words)
{
	const char *text = "we do unit testing daily";
	struct cvp_words words = cvp_words_of(&ctx, text, strlen(text));
	struct cvp_skill_hits found = cvp_lexicon_scan(&ctx, lexicon, text, &words);

	ck_assert_uint_eq(found.count, 1);
	ck_assert_uint_eq(found.hits[0].first, 2);
	ck_assert_uint_eq(found.hits[0].count, 2);
}
END_TEST

START_TEST(knowing_the_narrow_shows_the_broad)
{
	ck_assert(cvp_skill_implies(lexicon, skill("PostgreSQL"), skill("SQL")));
	ck_assert(!cvp_skill_implies(lexicon, skill("SQL"), skill("PostgreSQL")));
	ck_assert(!cvp_skill_implies(lexicon, skill("SQL"), skill("SQL")));
	ck_assert(cvp_skill_implies(lexicon, skill("k8s"), skill("Platform engineering"))); /* over Orchestration */
}
END_TEST

START_TEST(a_family_holds_siblings)
{
	ck_assert(cvp_skills_are_siblings(lexicon, skill("PostgreSQL"), skill("MySQL")));
	ck_assert(!cvp_skills_are_siblings(lexicon, skill("PostgreSQL"), skill("PostgreSQL")));
	ck_assert(!cvp_skills_are_siblings(lexicon, skill("PostgreSQL"), skill("Docker")));
}
END_TEST

START_TEST(a_kind_holds_until_the_next)
{
	ck_assert_int_eq(cvp_skill_kind(lexicon, skill("SQL")), CVP_SKILL_HARD);
	ck_assert_int_eq(cvp_skill_kind(lexicon, skill("team player")), CVP_SKILL_SOFT);
	ck_assert_int_eq(cvp_skill_kind(lexicon, skill("иврит")), CVP_SKILL_LANGUAGE);
	ck_assert_int_eq(cvp_skill_kind(lexicon, skill("PMP")), CVP_SKILL_CERTIFICATION);
}
END_TEST

START_TEST(faults_are_told_by_line)
{
	static const char *const cases[][2] = {
		{ "A = x\nB = x\n", "test.skills:2: \"x\" already stands for \"A\"" },
		{ "A > Nowhere\n", "test.skills:1: unknown broader skill: \"Nowhere\"" },
		{ "\n@kind magic\n", "test.skills:2: unknown kind: \"magic\"" },
		{ "@sort skill\n", "test.skills:1: unknown directive: \"@sort skill\"" },
		{ "= x\n", "test.skills:1: a line without a name: \"= x\"" },
		{ "A = +++\n", "test.skills:1: no word in a name or alias: \"+++\"" },
		{ "A = \xFF\n", "test.skills: not valid UTF-8" },
		{ "A\n@kind soft\nA\n", "test.skills:3: stands under another @kind elsewhere: \"A\"" },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++) {
		struct cvp_lexicon *made = NULL;

		cvp_clear(&ctx);
		ck_assert_int_eq(parse(cases[i][0], &made), CVP_INVALID_INPUT);
		ck_assert_str_eq(ctx.err.message, cases[i][1]);
		ck_assert_ptr_null(made);
	}
	cvp_clear(&ctx);
}
END_TEST

START_TEST(cycles_and_forward_names_are_no_harm)
{
	struct cvp_lexicon *made;
	struct cvp_skill_id a, b;

	ck_assert_int_eq(parse("\xEF\xBB\xBF"
			       "A > B\r\nB = bee, bees > C, A\r\nC\r\n",
			       &made),
			 CVP_OK);
	ck_assert_uint_eq(cvp_lexicon_size(made), 3);
	ck_assert(cvp_lexicon_find(&ctx, made, "A", &a) && cvp_lexicon_find(&ctx, made, "bee", &b));
	ck_assert(cvp_skill_implies(made, a, b) && cvp_skill_implies(made, b, a));
	ck_assert(!cvp_skill_implies(made, a, a));
	cvp_lexicon_free(made);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lexicon");
	TCase *tcase = tcase_create("lexicon");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, aliases_name_one_skill);
	tcase_add_test(tcase, scanning_takes_the_longest_whole_terms_in_order);
	tcase_add_test(tcase, a_term_does_not_run_over_the_end_of_a_clause);
	tcase_add_test(tcase, names_may_hold_a_colon_or_a_dot);
	tcase_add_test(tcase, go_is_a_language_and_a_verb);
	tcase_add_test(tcase, hits_tell_their_words);
	tcase_add_test(tcase, knowing_the_narrow_shows_the_broad);
	tcase_add_test(tcase, a_family_holds_siblings);
	tcase_add_test(tcase, a_kind_holds_until_the_next);
	tcase_add_test(tcase, faults_are_told_by_line);
	tcase_add_test(tcase, cycles_and_forward_names_are_no_harm);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
