/* Experience, education, skills. */
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "hiring/read_parts.h"
#include "text/lexicon.h"

#define YEARS_MAX  40
#define SKILLS_MAX 40

static const char *const number_words[][2] = {
	{ "одного$ один$ одного-двух$ one$", "1" }, { "двух$ два$ two$ שנתיים$", "2" },
	{ "трех$ три$ three$ שלוש$", "3" },         { "четырех$ четыре$ four$ ארבע$", "4" },
	{ "пяти$ пять$ five$ חמש$", "5" },          { "шести$ шесть$ six$ שש$", "6" },
	{ "семи$ семь$ seven$ שבע$", "7" },         { "восьми$ восемь$ eight$ שמונה$", "8" },
	{ "девяти$ девять$ nine$ תשע$", "9" },      { "десяти$ десять$ ten$ עשר$", "10" },
};

/* A small whole number, in digits ("3", "3+", "2-х") or as a word; -1 where it is none. */
static int
small_number(const char *word)
{
	char *end;
	long value = strtol(word, &end, 10);

	if (end != word && (*end == '\0' || *end == '+' || *end == '-'))
		return value >= 0 && value <= YEARS_MAX ? (int)value : -1;
	for (size_t i = 0; i < CVP_COUNT(number_words); i++)
		if (cvp_hiring_has_stem(word, number_words[i][0]))
			return (int)strtol(number_words[i][1], NULL, 10);
	return -1;
}

/* Years asked for, at the word that says "years"; -1 where none are. The lower end of a range counts. */
static int
years_at(const struct cvp_words *words, long i)
{
	int high, low;

	if (cvp_hiring_has_stem(cvp_hiring_word(words, i), "שנתיים$"))
		return 2;
	if (!cvp_hiring_has_stem(cvp_hiring_word(words, i), "лет$ год$ года$ year$ years$ yrs$ שנים$ שנות$ שנה$ שנת$"))
		return -1;
	high = small_number(cvp_hiring_word(words, i - 1));
	if (high < 0 && cvp_hiring_has_stem(cvp_hiring_word(words, i - 1), "х$ ти$ более$ plus$"))
		high = small_number(cvp_hiring_word(words, i - 2));
	if (high < 0)
		return cvp_hiring_has_stem(cvp_hiring_word(words, i - 1), "от$ минимум$ менее$ לפחות$") ||
			       cvp_hiring_has_stem(cvp_hiring_word(words, i), "שנה$ שנת$")
			   ? 1
			   : -1;
	low = small_number(cvp_hiring_word(words, i - 2));
	if (low < 0 && cvp_hiring_has_stem(cvp_hiring_word(words, i - 2), "до$ to$ עד$"))
		low = small_number(cvp_hiring_word(words, i - 3));
	return low >= 0 && low < high ? low : high;
}

#define EXPERIENCE "опыт стаж experience$ experienced$ ניסיון$ נסיון$ בניסיון$ וניסיון$"

static int
years_of_line(const struct cvp_words *words)
{
	bool has_experience = false;

	for (long i = 0; (size_t)i < words->count; i++) {
		const char *word = cvp_hiring_word(words, i), *before = cvp_hiring_word(words, i - 1);

		if (!cvp_hiring_has_stem(word, EXPERIENCE))
			continue;
		has_experience = true;
		if (cvp_hiring_has_stem(before, "без$ no$ without$ ללא$") ||
		    (strcmp(cvp_hiring_word(words, i + 1), "не") == 0 &&
		     cvp_hiring_has_stem(cvp_hiring_word(words, i + 2), "требует обязател нуж важен")))
			return 0;
	}
	for (long i = 0; (size_t)i < words->count && has_experience; i++) {
		int years = years_at(words, i);

		if (years >= 0)
			return years;
	}
	return -1;
}

/* ---- education ---- */

static bool
is_near(const struct cvp_words *words, long i, const char *stems)
{
	for (long at = i - 3; at <= i + 4; at++)
		if (at != i && cvp_hiring_has_stem(cvp_hiring_word(words, at), stems))
			return true;
	return false;
}

static const char *
education_at(const struct cvp_words *words, long i)
{
	const char *word = cvp_hiring_word(words, i), *next = cvp_hiring_word(words, i + 1);

	if (cvp_hiring_has_stem(word, "неоконченн незаконченн неполн") && cvp_hiring_has_stem(next, "высш"))
		return "неоконченное высшее";
	if (cvp_hiring_has_stem(word, "высш") && is_near(words, i, "образован"))
		return "высшее";
	if (cvp_hiring_has_stem(word, "среднее$ среднего$ средне") &&
	    is_near(words, i, "образован специальн профессиональн"))
		return is_near(words, i, "специальн профессиональн техническ") ? "среднее специальное" : "среднее";
	if (cvp_hiring_has_stem(word, "phd$ doctorate$"))
		return "doctorate";
	if (cvp_hiring_has_stem(word, "master's$ msc$") ||
	    (cvp_hiring_has_stem(word, "master$ masters$") && is_near(words, i, "degree$")))
		return "master";
	if (cvp_hiring_has_stem(word, "bachelor bsc$ b.sc$"))
		return "bachelor";
	if (cvp_hiring_has_stem(word, "תואר$ בתואר$") && cvp_hiring_has_stem(next, "ראשון$"))
		return "תואר ראשון";
	if (cvp_hiring_has_stem(word, "תואר$ בתואר$") && cvp_hiring_has_stem(next, "שני$"))
		return "תואר שני";
	if (strcmp(word, "degree") == 0 &&
	    is_near(words, i, "university$ college$ higher$ relevant$ academic$ engineering$ science$"))
		return "degree";
	return NULL;
}

static const char *
education_of_line(const struct cvp_words *words)
{
	for (long i = 0; (size_t)i < words->count; i++) {
		const char *level = education_at(words, i);

		if (level != NULL && !cvp_hiring_is_denied(words, i))
			return level;
	}
	return NULL;
}

static void
read_lines(const struct cvp_hiring_text *t)
{
	const char *education = NULL, *at = t->text, *line;
	int years = -1;

	while ((line = cvp_hiring_next_line(t->ctx, &at)) != NULL) {
		struct cvp_words words = cvp_words_of(t->ctx, line, strlen(line));

		if (years < 0)
			years = years_of_line(&words);
		if (education == NULL)
			education = education_of_line(&words);
	}
	if (years >= 0)
		cvp_kb_set(t->kb, "requirements", "experience_years_min", json_integer(years));
	if (education != NULL)
		cvp_kb_set(t->kb, "requirements", "education_level", json_string(education));
}

/* ---- skills ---- */

static bool
is_listed(const json_t *list, const char *name)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (strcmp(json_string_value(item), name) == 0)
			return true;
	return false;
}

/* Skills that are named add to those known: nobody takes one back by not naming it again. */
static void
read_skills(const struct cvp_hiring_text *t)
{
	struct cvp_skill_hits hits = cvp_lexicon_scan(t->ctx, t->lexicon, t->text, &t->words);
	json_t *parts = json_object_get(t->kb, "requirements");

	for (size_t i = 0; i < hits.count; i++) {
		enum cvp_skill_kind kind = cvp_skill_kind(t->lexicon, hits.hits[i].skill);
		json_t *list = json_object_get(parts, kind == CVP_SKILL_SOFT ? "soft_skills" : "hard_skills");
		const char *name = cvp_skill_name(t->lexicon, hits.hits[i].skill);

		if (kind != CVP_SKILL_LANGUAGE && json_array_size(list) < SKILLS_MAX && !is_listed(list, name) &&
		    !cvp_hiring_is_denied(&t->words, (long)hits.hits[i].first))
			json_array_append_new(list, json_string(name));
	}
}

void
cvp_hiring_read_requirements(const struct cvp_hiring_text *t)
{
	read_lines(t);
	read_skills(t);
}
