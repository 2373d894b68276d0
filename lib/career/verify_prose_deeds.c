/* verify_prose_deeds.c - what a statement makes of a line: a share told as the whole, a degree of another school, a
 * title of honour, a language spoken better. */
#include <string.h>

#include "career/match_row.h"
#include "career/verify_prose_index.h"
#include "career/verify_verbs.h"
#include "core/ctx.h"

#define LEVEL_NEAR 4 /* words between a language and its level */

static bool
has_share(const struct cvp_line *line, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		if (cvp_is_share(line->words.words[i].folded))
			return true;
	}
	return false;
}

static bool
leads(const struct cvp_line *line, const struct cvp_statement *statement)
{
	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		if (cvp_deed_of(line->words.words[i].folded) >= CVP_DEED_LED)
			return true;
	}
	return false;
}

/* "Assisted in the discovery of water-ice" told as "discovered water-ice": where the line that has most of the
 * statement's words begins with a share, the statement says so too. */
void
cvp_prose_share_check(struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_prose *prose = line->check->prose;
	size_t end = statement->first + statement->count, most = 0;
	struct cvp_prose_content content = cvp_prose_content_of(line, statement->first, end);
	bool is_share = false;

	for (size_t i = 0; i < prose->count; i++) {
		size_t shared = cvp_prose_is_name(prose->sources[i].pointer)
				    ? 0
				    : cvp_prose_shared_with(&content, &prose->sources[i]);
		const struct cvp_words *words = &line->check->cv->texts[i].words;
		bool begins_so = words->count > 0 && cvp_is_share(words->words[0].folded);

		if (shared > most)
			is_share = begins_so;
		else if (shared == most)
			is_share = is_share && begins_so;
		most = shared > most ? shared : most;
	}
	if (is_share &&
	    ((most >= 2 && 2 * most >= content.count) || (most == content.count && leads(line, statement))) &&
	    !has_share(line, statement->first, end))
		cvp_line_report(line, CVP_SEVERITY_WARNING, "the share that the CV tells of",
				cvp_line_part(line, statement->first, statement->count));
}

/* Words that stand in the name of many a school. */
static bool
is_common_in_schools(const char *folded)
{
	static const char *const words[] = { "university", "college",      "school",    "institute",      "of",
					     "the",        "and",          "academy",   "state",          "technology",
					     "science",    "университет*", "институт*", "государственн*", "академи*",
					     "אוניברסיטת", "מכללת",        "מכון" };

	return cvp_cue_is_listed(folded, words, CVP_COUNT(words));
}

/* Does the statement name the school, by a word that is its own? */
static bool
names_school(const struct cvp_line *line, const struct cvp_statement *statement, const struct cvp_entity *school)
{
	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		const char *word = cvp_words_key(line->check->ctx, &line->words, i, 1);

		if (!line->words.words[i].is_stop && !is_common_in_schools(line->words.words[i].folded) &&
		    strstr(school->key, word) != NULL)
			return true;
	}
	return false;
}

static unsigned
degrees_of(const struct cvp_line *line, const struct cvp_entity *school)
{
	struct cvp_ctx *ctx = line->check->ctx;
	const char *title = school->entry->title.text;
	struct cvp_words words;
	unsigned degrees;

	if (title == NULL)
		return 0;
	words = cvp_words_of(ctx, title, strlen(title));
	degrees = cvp_degrees_in(&words, 0, words.count);
	return words.count == 1 ? degrees | cvp_degree_alone(words.words[0].folded) : degrees;
}

/* A degree of the CV, but of another school than the one named. */
void
cvp_prose_school_check(struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_facts *facts = line->check->cv;
	unsigned claimed = cvp_degrees_in(&line->words, statement->first, statement->count) & facts->degrees,
		 earned = 0;
	bool is_named = false;

	for (size_t i = 0; i < facts->entity_count && claimed != 0; i++) {
		const struct cvp_entity *school = &facts->entities[i];

		if (school->kind != CVP_ENTITY_INSTITUTION || school->entry == NULL ||
		    !names_school(line, statement, school))
			continue;
		is_named = is_named || degrees_of(line, school) != 0;
		earned |= degrees_of(line, school);
	}
	if (is_named && (claimed & ~earned) != 0)
		cvp_line_report(line, CVP_SEVERITY_CRITICAL, "the school of the degree",
				cvp_line_part(line, statement->first, statement->count));
}

/* "volunteer of the year", "сотрудник года", "עובד השנה" */
void
cvp_prose_title_of_honour_check(struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const titles[] = { " of the year ", " of the month ", " of the quarter ", " года ",
					      " месяца ",      " השנה ",         " החודש " };
	static const char *const holders[] = { "сотрудник", "работник", "учитель", "лучший", "עובד", "עובדת", "מורה" };
	const char *key = cvp_words_key(line->check->ctx, &line->words, statement->first, statement->count);

	for (size_t i = 0; i < CVP_COUNT(titles); i++) {
		const char *found = strstr(key, titles[i]);
		bool is_held = i < 3;

		for (size_t j = 0; j < CVP_COUNT(holders) && found != NULL; j++) {
			size_t length = strlen(holders[j]);

			is_held = is_held ||
				  ((size_t)(found - key) >= length && strncmp(found - length, holders[j], length) == 0);
		}
		if (found != NULL && is_held && strstr(line->check->cv->words, titles[i]) == NULL)
			cvp_line_report(line, CVP_SEVERITY_WARNING, "a title of the CV",
					cvp_line_part(line, statement->first, statement->count));
	}
}

static bool
names_language(const struct cvp_fact_text *text, struct cvp_skill_id language)
{
	for (size_t i = 0; i < text->skill_count; i++) {
		if (text->skills[i].index == language.index)
			return true;
	}
	return false;
}

/* The best level that a text which names the language, or its entry among the languages, tells. */
static int
shown_level(const struct cvp_facts *facts, struct cvp_skill_id language)
{
	int most = 0;

	for (size_t i = 0; i < facts->text_count; i++) {
		if (!names_language(&facts->texts[i], language))
			continue;
		for (size_t j = 0; j < facts->text_count; j++) {
			const struct cvp_words *words = &facts->texts[j].words;
			bool is_beside = strncmp(facts->texts[i].pointer, "/languages/", 11) == 0 &&
					 cvp_prose_same_entry(facts->texts[i].pointer, facts->texts[j].pointer);
			int level = i == j || is_beside ? cvp_match_spoken_level(words, 0, words->count) : 0;

			most = level > most ? level : most;
		}
	}
	return most;
}

/* Does something else begin with this word? */
static bool
parts(const struct cvp_line *line, size_t at)
{
	static const char *const joints[] = { "and", "but", "while", "и", "а", "но" };
	size_t length;
	const char *gap = cvp_line_gap(line, at, &length);

	return cvp_cue_is_listed(line->words.words[at].folded, joints, CVP_COUNT(joints)) ||
	       memchr(gap, ',', length) != NULL || memchr(gap, ';', length) != NULL || memchr(gap, '.', length) != NULL;
}

void
cvp_prose_language_check(struct cvp_line *line, const struct cvp_skill_hit *hit)
{
	size_t first = hit->first, end = hit->first + hit->count;
	int told, shown;

	if (!cvp_facts_have_skill(line->check->cv, hit->skill))
		return; /* reported as a skill */
	while (first > 0 && hit->first - first < LEVEL_NEAR && !parts(line, first))
		first--;
	while (end < line->words.count && end - hit->first - hit->count < LEVEL_NEAR && !parts(line, end))
		end++;
	told = cvp_match_spoken_level(&line->words, first, end - first);
	shown = shown_level(line->check->cv, hit->skill);
	if (told > shown && (shown > 0 || told >= 4))
		cvp_line_report(line, CVP_SEVERITY_WARNING, "the level that the CV gives",
				cvp_line_part(line, first, end - first));
}
