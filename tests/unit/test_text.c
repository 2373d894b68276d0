/* Words, folding, stems, languages and similarity of lib/text. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "run.h"
#include "text/text.h"

static struct cvp_arena *arena;
static struct cvp_ctx ctx;

static void
setup(void)
{
	arena = cvp_arena_new(65536);
	cvp_ctx_init(&ctx, arena);
}

static void
teardown(void)
{
	cvp_arena_free(arena);
}

/* The folded words of a text, joined by '|'. */
static const char *
folded(const char *text)
{
	struct cvp_words words = cvp_words_of(&ctx, text, strlen(text));
	const char *joined = "";

	for (size_t i = 0; i < words.count; i++)
		joined = cvp_arena_printf(arena, "%s%s%s", joined, i > 0 ? "|" : "", words.words[i].folded);
	return joined;
}

static const char *
stem(const char *word)
{
	struct cvp_words words = cvp_words_of(&ctx, word, strlen(word));

	ck_assert_uint_eq(words.count, 1);
	return words.words[0].stem;
}

static void
check_words(const char *text, const char *expected)
{
	ck_assert_str_eq(folded(text), expected);
}

START_TEST(names_of_technology_stay_whole)
{
	check_words("C++, C#, F# and .NET", "c++|c#|f#|and|.net");
	check_words("ASP.NET Core, Node.js, Vue.js 3.5", "asp.net|core|node.js|vue.js|3.5");
	check_words("e-mail, x-ray, Objective-C, C-suite", "e-mail|x-ray|objective-c|c-suite");
	check_words("R&D, P&L, Q&A", "r&d|p&l|q&a");
	check_words("1,000 users, 3,5 года", "1,000|users|3,5|года");
}
END_TEST

START_TEST(joined_words_are_split)
{
	check_words("CI/CD", "ci|cd");
	check_words("A/B-testing", "a|b|testing");
	check_words("front-end high-throughput", "front|end|high|throughput");
	check_words("1С-Битрикс, SQL-запросов", "1с|битрикс|sql|запросов");
	check_words("teams.Responsible for", "teams|responsible|for");
	check_words("ב-Python", "ב|python");
	check_words("", "");
	check_words(" .,;- ++ # ", "");
}
END_TEST

START_TEST(forms_of_one_word_fold_alike)
{
	check_words("Ёлка ЕЩЁ", "елка|еще");
	check_words("e\xCC\x81tude", "\xC3\xA9tude"); /* NFC */
	check_words("מנכ\"ל מנכ״ל", "מנכל|מנכל");
	check_words("שָׁלוֹם", "שלום");
	check_words("٣ ３ 3", "3|3|3");
	check_words("С++ С#", "c++|c#"); /* typed in Cyrillic */
	check_words("1C 1С", "1с|1с");   /* typed in Latin, in Cyrillic */
	check_words("don’t don't", "don't|don't");
	check_words("co\xC2\xADoperate", "cooperate"); /* a soft hyphen */
}
END_TEST

START_TEST(a_word_knows_its_place)
{
	const char *text = "Опыт: C++ и Go";
	struct cvp_words words = cvp_words_of(&ctx, text, strlen(text));

	ck_assert_uint_eq(words.count, 4);
	ck_assert_int_eq(strncmp(text + words.words[1].offset, "C++", words.words[1].length), 0);
	ck_assert_uint_eq(words.words[1].length, 3);
	ck_assert_uint_eq(words.words[3].offset + words.words[3].length, strlen(text));
	ck_assert(words.words[2].is_stop && !words.words[0].is_stop);
}
END_TEST

START_TEST(inflected_forms_share_a_stem)
{
	static const char *const pairs[][2] = {
		{ "manager", "managers" },   { "pipelines", "pipeline" }, { "разработка", "разработки" },
		{ "клиентов", "клиентами" }, { "תקלה", "תקלות" },         { "מערכת", "במערכות" },
		{ "בדיקה", "הבדיקות" },      { "לקוח", "לקוחות" },        { "מכונאי", "מכונאים" },
		{ "טכנית", "טכניים" },       { "ניסיון", "בניסיון" },     { "עבודה", "לעבודה" },
	};

	for (size_t i = 0; i < CVP_COUNT(pairs); i++)
		ck_assert_str_eq(stem(pairs[i][0]), stem(pairs[i][1]));
	ck_assert_str_ne(stem("продажи"), stem("продукты"));
	ck_assert_str_ne(stem("מוצר"), stem("מערכת"));
	ck_assert_str_eq(stem("C++"), "c++");
}
END_TEST

START_TEST(the_language_is_that_of_the_letters)
{
	static const struct {
		const char *text;
		enum cvp_language language;
	} cases[] = {
		{ "Senior Python developer", CVP_EN },
		{ "Разработчик Python, Django, PostgreSQL", CVP_RU },
		{ "מפתח Python", CVP_HE },
		{ "", CVP_EN },
		{ "123 + 456", CVP_EN },
		{ "aaaaaaaбвг", CVP_RU }, /* exactly 30 % */
		{ "aaaaaaaaбвг", CVP_EN },
		{ "ааааааааאבג", CVP_RU },
		{ "אבגаааабвг", CVP_HE },
	};

	for (size_t i = 0; i < CVP_COUNT(cases); i++)
		ck_assert_int_eq(cvp_language_detect(cases[i].text, strlen(cases[i].text)), cases[i].language);
}
END_TEST

START_TEST(languages_have_names)
{
	enum cvp_language language = CVP_EN;

	ck_assert(cvp_language_named("he", &language));
	ck_assert_int_eq(language, CVP_HE);
	ck_assert_str_eq(cvp_language_name(language), "he");
	ck_assert(!cvp_language_named("de", &language));
	ck_assert_int_eq(language, CVP_HE);
}
END_TEST

START_TEST(normal_text_has_one_kind_of_everything)
{
	ck_assert_str_eq(cvp_text_normal(&ctx, "  A\xC2\xA0 \t b—c ‘d’ «e» ٣ "), "A b-c 'd' \"e\" 3");
	ck_assert_str_eq(cvp_text_normal(&ctx, "e\xCC\x81\xE2\x80\x8F"), "\xC3\xA9");
	ck_assert_str_eq(cvp_text_fold(&ctx, " Straße  ЕЖ "), "strasse еж");
	ck_assert_str_eq(cvp_text_normal(&ctx, " \n "), "");
}
END_TEST

/* The textbook's table of distances, to check the bit vectors against. */
static size_t
slow_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t *row = malloc((b_length + 1) * sizeof(*row)), distance;

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	distance = row[b_length];
	free(row);
	return distance;
}

START_TEST(similarity_is_one_minus_distance_by_length)
{
	ck_assert_double_eq(cvp_text_similarity(&ctx, "", ""), 1);
	ck_assert_double_eq(cvp_text_similarity(&ctx, "abc", ""), 0);
	ck_assert_double_eq_tol(cvp_text_similarity(&ctx, "kitten", "sitting"), 1 - 3.0 / 7, 1e-12);
	ck_assert_double_eq_tol(cvp_text_similarity(&ctx, "тест", "текст"), 1 - 1.0 / 5, 1e-12);
}
END_TEST

START_TEST(bit_vectors_agree_with_the_table)
{
	char a[301], b[301];
	unsigned seed = 7;

	for (int round = 0; round < 200; round++) {
		size_t a_length = (size_t)(seed = seed * 1103515245 + 12345) / 65536 % 300 + 1;
		size_t b_length = (size_t)(seed = seed * 1103515245 + 12345) / 65536 % 300 + 1;
		size_t longer = a_length > b_length ? a_length : b_length;
		double expected;

		for (size_t i = 0; i < a_length; i++)
			a[i] = (char)('a' + (seed = seed * 1103515245 + 12345) / 65536 % 4);
		for (size_t i = 0; i < b_length; i++)
			b[i] = (char)('a' + (seed = seed * 1103515245 + 12345) / 65536 % 4);
		a[a_length] = b[b_length] = '\0';
		expected = 1 - (double)slow_distance(a, a_length, b, b_length) / (double)longer;
		ck_assert_double_eq_tol(cvp_text_similarity(&ctx, a, b), expected, 1e-12);
	}
}
END_TEST

/* What a context remembers is what it would find out again: of 2,000 texts of many words, twice each. */
START_TEST(remembered_words_are_the_same_words)
{
	static const char *const parts[] = { "C++",   "Node.js", "managed", "Managing", "управлял", "Управлением",
					     "ניהול", "והניהול", "3.5",     "e-mail",   "1С",       "the" };
	struct cvp_ctx fresh;

	cvp_words_remember(&ctx);
	for (unsigned i = 0; i < 4000; i++) {
		unsigned seed = i % 2000;
		const char *text = cvp_arena_printf(arena, "%s %s, w%u %s", parts[seed % 12], parts[seed / 12 % 12],
						    seed, parts[seed / 144 % 12]);
		struct cvp_words known = cvp_words_of(&ctx, text, strlen(text)), found;

		cvp_ctx_init(&fresh, cvp_arena_new(1024));
		found = cvp_words_of(&fresh, text, strlen(text));
		ck_assert_uint_eq(known.count, found.count);
		for (size_t j = 0; j < found.count; j++) {
			ck_assert_uint_eq(known.words[j].offset, found.words[j].offset);
			ck_assert_uint_eq(known.words[j].length, found.words[j].length);
			ck_assert_str_eq(known.words[j].folded, found.words[j].folded);
			ck_assert_str_eq(known.words[j].stem, found.words[j].stem);
			ck_assert_int_eq(known.words[j].is_stop, found.words[j].is_stop);
		}
		cvp_arena_free(fresh.arena);
	}
	ck_assert_ptr_eq(cvp_words_of(&ctx, "C++ C++", 7).words, cvp_words_of(&ctx, "C++ C++", 7).words);
	cvp_ctx_reset(&ctx);
	ck_assert_str_eq(folded("C++"), "c++");
}
END_TEST

START_TEST(length_and_validity)
{
	ck_assert_uint_eq(cvp_text_length("тест"), 4);
	ck_assert(cvp_text_is_valid("тест", strlen("тест")));
	ck_assert(!cvp_text_is_valid("a\0b", 3));
	ck_assert(!cvp_text_is_valid("\xC3(", 2));
	ck_assert(!cvp_text_is_valid("\xED\xA0\x80", 3)); /* a surrogate */
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text");
	TCase *tcase = tcase_create("text");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, names_of_technology_stay_whole);
	tcase_add_test(tcase, joined_words_are_split);
	tcase_add_test(tcase, forms_of_one_word_fold_alike);
	tcase_add_test(tcase, a_word_knows_its_place);
	tcase_add_test(tcase, inflected_forms_share_a_stem);
	tcase_add_test(tcase, the_language_is_that_of_the_letters);
	tcase_add_test(tcase, languages_have_names);
	tcase_add_test(tcase, normal_text_has_one_kind_of_everything);
	tcase_add_test(tcase, similarity_is_one_minus_distance_by_length);
	tcase_add_test(tcase, bit_vectors_agree_with_the_table);
	tcase_add_test(tcase, remembered_words_are_the_same_words);
	tcase_add_test(tcase, length_and_validity);
	suite_add_tcase(suite, tcase);
	return run(suite);
}
