/* match_education.c - degrees and their fields, certificates. */
#include <string.h>

#include "career/match_row.h"
#include "career/requirement_read.h"
#include "core/ctx.h"

/* How CVs write degrees beside how postings do. */
static const struct cvp_cues cv_degrees[] = {
	{ 4, "phd|ph.d|dphil|doctor|doctorate|doctoral|кандидат наук|доктор наук|аспирантура|דוקטור|דוקטורט" },
	{ 3, "master*|msc|m.sc|ms|m.s|ma|m.a|mba|meng|m.eng|mtech|m.tech|mphil|магистр*|специалист|специалитет|"
	     "תואר שני|diplom ingenieur" },
	{ 2, "bachelor*|bsc|b.sc|bs|b.s|ba|b.a|be|b.e|beng|b.eng|btech|b.tech|bba|bfa|llb|licence|licenciatura|"
	     "бакалавр*|высшее|תואר ראשון|undergraduate|degree|graduate" },
	{ 1, "associate*|diploma|certificate|high school|secondary|vocational|bootcamp|a level*|среднее*|колледж|"
	     "техникум|הנדסאי|בגרות|baccalaureate|ged" },
};
static const struct cvp_cue_table cv_degree_table = { cv_degrees, CVP_COUNT(cv_degrees) };

/* Words of a demand for education that name no field. */
static bool
is_field_word(const struct cvp_words *words, size_t i)
{
	static const struct cvp_cues cues[] = {
		{ 0,
		  "degree*|bachelor*|master*|phd|ph.d|doctor*|mba|bsc|msc|b.sc|m.sc|b.a|b.s|diploma|university|college|"
		  "academic|education*|completed|complete|higher|graduate*|undergraduate|studies|study|discipline*|"
		  "subject*|science's|technical|school|associate*|vocational|first|or|accredited|currently|pursuing|"
		  "высшее|высшего|высшим|образовани*|диплом*|бакалавр*|магистр*|среднее|техническ*|профильн*|"
		  "תואר|ראשון|שני|אקדמי|השכלה|מוסד|מוכר|הנדסאי|טכנאי|דומה" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_is_content(words, i) && !cvp_cue_starts(words, i, i + 1, &table, &hit);
}

static bool
is_technical(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = {
		{ 0, "engineer*|computer*|computing|software|informatic*|information|mathematic*|physic*|technolog*|"
		     "electr*|mechanic*|robotic*|statistic*|data|инженер*|техн*|информ*|программ*|математ*|физик*|"
		     "вычислит*|кибернет*|радио*|электр*|הנדס*|מחשב*|מתמטיק*|פיזיקה|תוכנה|מדעי*" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count, &table, &hit);
}

/* "Высшее техническое образование", "relevant technical field": any technical field will do. */
static bool
asks_technical(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = { { 0, "technical|stem|техническ*|טכני|טכנית" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count, &table, &hit);
}

/* One school of the CV as lines of the index, -1 where a line is not given. */
struct school {
	int degree, area, place;
	int level;
	bool is_unfinished;
};

static bool
is_unfinished(const struct cvp_match_index *index, const struct cvp_cv_entry *entry)
{
	if (entry == NULL || entry->start.year == 0)
		return false;
	if (entry->is_open)
		return index->as_of.year - entry->start.year < 8;
	return entry->end.year > index->as_of.year ||
	       (entry->end.year == index->as_of.year && entry->end.month > index->as_of.month);
}

static int
level_in(const struct cvp_match_line *line)
{
	struct cvp_cue_hit hit;

	return cvp_cue_find(&line->words, 0, line->words.count, &cv_degree_table, &hit) ? hit.meaning : 0;
}

static struct school
read_school(const struct cvp_match_index *index, int entry)
{
	struct school school = { -1, -1, -1, 0, false };
	bool has_level = false;

	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *line = &index->lines[i];
		int level;

		if (line->section != CVP_CV_EDUCATION || line->entry != entry || line->role == CVP_CV_BULLET)
			continue;
		if (line->role == CVP_CV_TITLE && school.degree < 0)
			school.degree = (int)i;
		else if (line->role == CVP_CV_SUMMARY && school.area < 0)
			school.area = (int)i;
		else if (line->role == CVP_CV_PLACE && school.place < 0)
			school.place = (int)i;
		level = line->role == CVP_CV_PLACE ? 0 : level_in(line);
		if (level > 0 && !has_level) {
			school.level = level;
			has_level = true;
		}
		school.is_unfinished = is_unfinished(index, cvp_match_entry_of(index, line));
	}
	return school;
}

/* Does a CV's field answer one asked field: are all words of the shorter name in the longer? */
static bool
is_same_field(const struct cvp_clause *clause, size_t from, size_t end, const struct cvp_match_line *line)
{
	size_t asked = 0, shared = 0, own = 0;

	for (size_t i = from; i < end; i++) {
		bool found = false;

		if (!is_field_word(&clause->words, i))
			continue;
		asked++;
		for (size_t j = 0; j < line->words.count && !found; j++)
			found = strcmp(clause->words.words[i].stem, line->words.words[j].stem) == 0;
		shared += found;
	}
	for (size_t j = 0; j < line->words.count; j++)
		own += is_field_word(&line->words, j);
	return shared > 0 && (shared == asked || shared == own);
}

static bool
shares_skill(const struct cvp_match_index *index, const struct cvp_clause *clause, const struct cvp_match_line *line)
{
	for (size_t i = 0; i < clause->hits.count; i++) {
		if (cvp_match_line_proves(index, line, clause->hits.hits[i].skill, NULL) > CVP_NEIGHBOUR)
			return true;
	}
	return false;
}

/* 1 where the school's field is one of those asked for, else 0. */
static double
field_score(const struct cvp_match_index *index, const struct cvp_clause *clause, const struct school *school)
{
	const int places[] = { school->area, school->degree };
	size_t from = 0;

	for (size_t k = 0; k < CVP_COUNT(places); k++) {
		const struct cvp_match_line *line = places[k] >= 0 ? &index->lines[places[k]] : NULL;

		if (line == NULL)
			continue;
		if (shares_skill(index, clause, line) || (asks_technical(&clause->words) && is_technical(&line->words)))
			return 1;
		from = 0;
		for (size_t i = 1; i <= clause->words.count; i++) {
			bool ends = i == clause->words.count || cvp_clause_has_sign(clause, i, ",/") ||
				    cvp_cue_at(&clause->words, i, clause->words.count, "or") > 0 ||
				    cvp_cue_at(&clause->words, i, clause->words.count, "или") > 0;

			if (!ends)
				continue;
			if (is_same_field(clause, from, i, line))
				return 1;
			from = i;
		}
	}
	return 0;
}

/* Does a demand let neighbouring fields pass? */
static bool
allows_related(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = { { 0,
						  "related|relevant|similar|comparable|equivalent|preferred|preferably|"
						  "смежн*|близк*|דומה|רלוונטי*" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(&clause->words, 0, clause->words.count, &table, &hit);
}

static bool
asks_field(const struct cvp_clause *clause)
{
	if (asks_technical(&clause->words))
		return true;
	for (size_t i = 0; i < clause->words.count; i++) {
		if (is_field_word(&clause->words, i))
			return true;
	}
	return false;
}

/* SPEC 7.3: 1 at or above the level, 0.5 one below. What is not finished yet counts as the level below. */
static double
level_score(int asked, const struct school *school)
{
	int level = school->level - school->is_unfinished;

	if (level >= asked)
		return 1;
	return level == asked - 1 && level > 0 ? 0.5 : 0;
}

static double
school_score(const struct cvp_match_index *index, const struct cvp_match_row *row, const struct school *school)
{
	struct cvp_match_parts parts = { 0, 0 };
	double level = level_score(row->asked->degree, school), field;

	if (level == 0)
		return 0;
	cvp_match_part(&parts, level);
	if (asks_field(&row->clause)) {
		field = field_score(index, &row->clause, school);
		if (field == 0)
			return row->asked->degree >= 2 && allows_related(&row->clause) ? 0.3 * level : 0.1;
		cvp_match_part(&parts, field);
	}
	return parts.sum / (double)parts.count;
}

void
cvp_match_education(const struct cvp_match_index *index, struct cvp_match_row *row)
{
	struct school best = { -1, -1, -1, 0, false };

	for (size_t i = 0; i < index->cv->entry_count; i++) {
		struct school school;
		double score;

		if (index->cv->entries[i].section != CVP_CV_EDUCATION)
			continue;
		school = read_school(index, index->cv->entries[i].index);
		score = school_score(index, row, &school);
		if (score > row->score) {
			row->score = score;
			best = school;
		}
	}
	cvp_match_cite(row, best.degree);
	cvp_match_cite(row, best.area);
	if (row->line_count == 0)
		cvp_match_cite(row, best.place);
}

void
cvp_match_certificate(const struct cvp_match_index *index, struct cvp_match_row *row)
{
	const char **stems = cvp_arena_alloc(index->ctx->arena, (row->clause.words.count + 1) * sizeof(*stems));
	size_t count = cvp_match_stems(index, &row->clause, 0, row->clause.words.count, false, stems);
	unsigned char *counts = cvp_arena_alloc(index->ctx->arena, index->count + 1);
	int line;

	cvp_match_best_line(index, stems, count, &line, counts);
	for (size_t i = 0; i < index->count; i++) {
		bool named = false;

		for (size_t g = 0; g < row->asked->group_count; g++) {
			for (size_t k = 0; k < row->asked->groups[g].count; k++)
				named = named ||
					cvp_match_line_proves(index, &index->lines[i], row->asked->groups[g].any[k],
							      NULL) > CVP_NEIGHBOUR;
		}
		if (!named && row->asked->group_count == 0 && index->lines[i].section == CVP_CV_CERTIFICATES)
			named = count > 0 && (double)counts[i] >= 0.6 * (double)count;
		if (named) {
			row->score = 1;
			cvp_match_cite(row, (int)i);
		}
	}
}
