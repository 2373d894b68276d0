/* match_language.c - languages and how well they are spoken. */
#include <string.h>

#include "career/match_row.h"

/* Levels: 1 A1, 2 A2, 3 B1, 4 B2, 5 C1, 6 C2 and native; 0 not said. */
static const struct cvp_cues spoken[] = {
	{ 6, "native|mother tongue|bilingual|c2|родной|носитель|שפת אם" },
	{ 5, "fluent*|full professional|c1|excellent|proficient|свободн*|в совершенстве|отличн*|שוטפת|מצוינת|מעולה" },
	{ 5, "advanced|professional working|professional|продвинут*|мастер" },
	{ 4,
	  "upper intermediate|b2|very good|good|working proficiency|хорош*|выше среднего|high|גבוהה|טובה מאוד|טובה" },
	{ 3, "intermediate|b1|conversational|средн*|разговорн*|בינונית" },
	{ 2, "technical|reading|техническ*|чтени*|טכנית|קריאה|limited working|a2|pre "
	     "intermediate|basic|elementary|базов*|начальн*|читаю|со словарем|בסיסית" },
	{ 1, "a1|beginner|novice" },
};
static const struct cvp_cue_table levels = { spoken, CVP_COUNT(spoken) };

int
cvp_match_spoken_level(const struct cvp_words *words, size_t first, size_t count)
{
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, first, count, &levels, &hit) ? hit.meaning : 0;
}

static int
level_in(const struct cvp_words *words)
{
	return cvp_match_spoken_level(words, 0, words->count);
}

/* What "written and spoken", or a strong word in Hebrew or Russian, asks for; technical reading is less. */
static int
asked_level(const struct cvp_words *words)
{
	struct cvp_cue_hit hit;
	static const struct cvp_cues cues[] = {
		{ 3, "technical|техническ*|טכנית" },
		{ 4, "written and spoken|spoken and written|written|spoken|strong|business" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	int level = level_in(words);

	return level == 0 && cvp_cue_find(words, 0, words->count, &table, &hit) ? hit.meaning : level;
}

/* A language of the CV: its line, the line of its level, the level. */
struct known {
	int line, level_line, level;
};

static struct known
read_known(const struct cvp_match_index *index, size_t i)
{
	const struct cvp_match_line *line = &index->lines[i];
	struct known known = { (int)i, -1, level_in(&line->words) };

	for (size_t j = 0; j < index->count; j++) {
		const struct cvp_match_line *other = &index->lines[j];

		if (line->section != CVP_CV_LANGUAGES || other->section != CVP_CV_LANGUAGES ||
		    other->entry != line->entry || other->role != CVP_CV_LEVEL)
			continue;
		known.level_line = (int)j;
		known.level = level_in(&other->words);
	}
	return known;
}

static bool
names(const struct cvp_match_line *line, struct cvp_skill_id language)
{
	for (size_t i = 0; i < line->hits.count; i++) {
		if (line->hits.hits[i].skill.index == language.index)
			return true;
	}
	return false;
}

/* Where a CV says that a language is spoken: its own section, else a skill or a summary. */
static bool
find_language(const struct cvp_match_index *index, struct cvp_skill_id language, struct known *known)
{
	int best = -1;

	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *line = &index->lines[i];
		bool is_claim = line->section == CVP_CV_LANGUAGES || line->section == CVP_CV_SKILLS ||
				(line->section == CVP_CV_BASICS && line->role == CVP_CV_SUMMARY) || line->is_answer ||
				line->section == CVP_CV_CERTIFICATES;

		if (!is_claim || !names(line, language))
			continue;
		if (best < 0 || (line->section == CVP_CV_LANGUAGES && index->lines[best].section != CVP_CV_LANGUAGES))
			best = (int)i;
	}
	if (best >= 0)
		*known = read_known(index, (size_t)best);
	return best >= 0;
}

/* 1 at or above the level asked for, half where it is not said or one below, little where it is lower. */
static double
level_score(int asked, const struct known *known)
{
	if (asked == 0 || known->level >= asked)
		return 1;
	return known->level == 0 || known->level == asked - 1 ? 0.5 : 0.25;
}

/* Language and level; of several languages the level alone, which stands beside the name. */
static void
cite(struct cvp_match_row *row, const struct known *known)
{
	if (known->level_line < 0 || row->asked->group_count == 1)
		cvp_match_cite(row, known->line);
	cvp_match_cite(row, known->level_line);
}

static double
group_score(const struct cvp_match_index *index, struct cvp_match_row *row, const struct cvp_skill_group *group)
{
	int asked = asked_level(&row->clause.words);
	struct known best = { -1, -1, 0 }, known;
	double score = 0;

	for (size_t i = 0; i < group->count; i++) {
		if (!find_language(index, group->any[i], &known) || level_score(asked, &known) <= score)
			continue;
		score = level_score(asked, &known);
		best = known;
	}
	cite(row, &best);
	return score;
}

static bool
is_asked_elsewhere(const struct cvp_requirements *all, const struct cvp_match_line *line)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct cvp_requirement *other = &all->rows[i];

		if (other->kind != CVP_REQUIRES_LANGUAGE)
			continue;
		for (size_t g = 0; g < other->group_count; g++) {
			for (size_t k = 0; k < other->groups[g].count; k++) {
				if (names(line, other->groups[g].any[k]))
					return true;
			}
		}
	}
	return false;
}

/* "Additional languages": any that no other requirement names. */
static void
match_additional(const struct cvp_match_index *index, const struct cvp_requirements *all, struct cvp_match_row *row)
{
	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *line = &index->lines[i];
		struct known known;

		if (line->section != CVP_CV_LANGUAGES || line->role == CVP_CV_LEVEL || is_asked_elsewhere(all, line))
			continue;
		known = read_known(index, i);
		row->score = 1;
		cvp_match_cite(row, known.level_line >= 0 ? known.level_line : known.line);
	}
}

void
cvp_match_language(const struct cvp_match_index *index, const struct cvp_requirements *all, struct cvp_match_row *row)
{
	struct cvp_match_parts parts = { 0, 0 };

	if (row->asked->group_count == 0) {
		match_additional(index, all, row);
		return;
	}
	for (size_t i = 0; i < row->asked->group_count; i++)
		cvp_match_part(&parts, group_score(index, row, &row->asked->groups[i]));
	row->score = parts.sum / (double)parts.count;
}
