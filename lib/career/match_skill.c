/* match_skill.c - skills, and what is asked for in plain words. */
#include <string.h>

#include "career/match_row.h"
#include "career/requirement_read.h"
#include "core/ctx.h"

#define RESIDUE_MIN 4   /* plain words beside the skills that make a part of their own */
#define CLAIMED     0.5 /* a soft skill that is named, not shown; a notion told in other words */

/* A line that speaks for one group of skills. */
struct witness {
	int line; /* -1: none */
	double proof, worth;
	bool is_exact; /* it names the very skill */
};

/* One row being judged: how many of its words stand in each line. */
struct trial {
	const struct cvp_match_index *index;
	struct cvp_match_row *row;
	unsigned char *counts;
	const char **stems;
	size_t stem_count;
	bool wants_deeds; /* production, experience: a level alone does not show it */
};

static bool
is_soft(const struct trial *trial, const struct cvp_skill_group *group)
{
	return cvp_skill_kind(trial->index->lexicon, group->any[0]) == CVP_SKILL_SOFT;
}

/* Does a line tell a deed, not only name a thing? */
static bool
tells(const struct cvp_match_line *line)
{
	return line->proof >= CVP_SHOWN && line->role != CVP_CV_SKILL;
}

/* Soft skills are shown by deeds and by what others say; to name them is a claim. */
static double
soft_proof(const struct cvp_match_line *line, double proof)
{
	bool is_told = line->section == CVP_CV_REFERENCES || line->section == CVP_CV_AWARDS;

	if (proof <= CVP_NEIGHBOUR)
		return proof;
	return is_told || tells(line) ? CVP_SHOWN : CLAIMED;
}

/* A bullet that tells of the thing is better to read than a word in a list, the very word better than one that only
 * implies it. */
static double
worth_of(const struct trial *trial, const struct witness *witness)
{
	const struct cvp_match_line *line = &trial->index->lines[witness->line];
	double worth = witness->proof + (witness->is_exact ? 0.15 : 0);

	if (trial->stem_count > 0)
		worth += 0.5 * trial->counts[witness->line] / (double)trial->stem_count;
	if (line->role == CVP_CV_BULLET || line->is_answer)
		return worth + 0.25;
	if (line->section == CVP_CV_BASICS || line->section == CVP_CV_REFERENCES)
		return worth - 0.2;
	if (line->role == CVP_CV_SUMMARY)
		return worth + 0.1;
	return line->role == CVP_CV_TITLE ? worth - 0.05 : worth;
}

static struct witness
witness_of(const struct trial *trial, int i, const struct cvp_skill_group *group)
{
	const struct cvp_match_line *line = &trial->index->lines[i];
	struct witness witness = { .line = i };

	if (line->hits.count == 0 || line->role == CVP_CV_LEVEL)
		return witness;
	witness.proof = cvp_match_group_proof(trial->index, line, group, &witness.is_exact);
	if (witness.proof > 0 && is_soft(trial, group))
		witness.proof = soft_proof(line, witness.proof);
	if (witness.proof > 0)
		witness.worth = worth_of(trial, &witness);
	return witness;
}

/* The line that proves most, of equals the one most worth reading. */
static struct witness
best_witness(const struct trial *trial, const struct cvp_skill_group *group)
{
	struct witness best = { .line = -1 };

	for (size_t i = 0; i < trial->index->count; i++) {
		struct witness witness = witness_of(trial, (int)i, group);

		if (witness.proof > best.proof ||
		    (witness.proof > 0 && witness.proof == best.proof && witness.worth > best.worth))
			best = witness;
	}
	return best;
}

/* Is a line fit to stand beside the first: the skills' list, or another deed, that names the very skill? */
static bool
is_second(const struct trial *trial, const struct witness *witness, const struct witness *first)
{
	const struct cvp_match_line *line = &trial->index->lines[witness->line];

	if (witness->line == first->line || witness->proof < CVP_LISTED || !witness->is_exact)
		return false;
	return line->section == CVP_CV_SKILLS || line->role == CVP_CV_BULLET || line->role == CVP_CV_SUMMARY ||
	       line->section == CVP_CV_CERTIFICATES || line->is_answer;
}

/* A second line beside the first: the list where the first tells, else what is most worth reading. */
static struct witness
second_witness(const struct trial *trial, const struct cvp_skill_group *group, const struct witness *first)
{
	struct witness best = { .line = -1 };

	for (size_t i = 0; i < trial->index->count && first->proof >= CVP_LISTED; i++) {
		struct witness witness = witness_of(trial, (int)i, group);
		bool lists = trial->index->lines[i].section == CVP_CV_SKILLS;

		if (witness.proof == 0 || !is_second(trial, &witness, first))
			continue;
		if (lists && first->proof >= CVP_SHOWN)
			return witness;
		if (witness.worth > best.worth)
			best = witness;
	}
	return best;
}

/* Where depth is asked, a skill that is only listed is half proved; a high level helps where knowledge is asked for,
 * not where it must have been used. */
static double
with_depth(const struct trial *trial, const struct witness *found)
{
	const struct cvp_match_line *line;

	if (found->proof < CVP_LISTED)
		return found->proof;
	line = &trial->index->lines[found->line];
	if (tells(line) || (line->level >= 3 && !trial->wants_deeds))
		return found->proof;
	return (found->proof + 0.5) / 2;
}

static const struct cvp_skill_hit *
hit_of(const struct trial *trial, struct cvp_skill_id skill)
{
	const struct cvp_skill_hits *hits = &trial->row->clause.hits;

	for (size_t i = 0; i < hits->count; i++) {
		if (hits->hits[i].skill.index == skill.index)
			return &hits->hits[i];
	}
	return NULL;
}

/* A broader skill that the name asked for itself names: knowing SQL is a part of "SQL query optimization". */
static struct witness
broader_witness(const struct trial *trial, const struct cvp_skill_group *group)
{
	const struct cvp_skill_hit *hit = hit_of(trial, group->any[0]);
	const struct cvp_clause *clause = &trial->row->clause;
	struct witness best = { .line = -1 };

	for (size_t i = 0; hit != NULL && hit->count > 1 && i < hit->count && best.line < 0; i++) {
		const struct cvp_word *word = &clause->words.words[hit->first + i];
		struct cvp_skill_id *id = cvp_arena_alloc(trial->index->ctx->arena, sizeof(*id));
		const char *text = cvp_arena_strndup(trial->index->ctx->arena, clause->text + word->offset,
						     word->length);
		struct cvp_skill_group broad = { id, 1 };

		if (!cvp_lexicon_find(trial->index->ctx, trial->index->lexicon, text, id) ||
		    !cvp_skill_implies(trial->index->lexicon, group->any[0], *id))
			continue;
		best = best_witness(trial, &broad);
		if (best.proof <= CVP_NEIGHBOUR)
			best.line = -1;
	}
	best.proof = best.line >= 0 ? CVP_NEIGHBOUR : 0;
	return best;
}

/* Is a skill asked for by its name, so that no other words can stand for it? */
static bool
is_named(const struct trial *trial, const struct cvp_skill_group *group)
{
	const struct cvp_skill_hit *hit = hit_of(trial, group->any[0]);
	const struct cvp_word *word;

	if (hit == NULL)
		return true;
	word = &trial->row->clause.words.words[hit->first];
	for (size_t i = 0; i < word->length; i++) {
		char c = trial->row->clause.text[word->offset + i];
		bool is_latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if ((c >= 'A' && c <= 'Z' && word->offset + i > 0) || (c >= '0' && c <= '9'))
			return true;
		if (is_latin && cvp_language_detect(trial->row->clause.text, strlen(trial->row->clause.text)) != CVP_EN)
			return true;
	}
	return false;
}

/* What people work on says nothing of how they work: a storage system shows no systems thinking. */
static bool
is_thing(const char *key)
{
	static const char *const things[] = { "=system",   "=software", "=service",  "=web",      "=frontend",
					      "=database", "=network",  "=hardware", "=vehicle",  "=process",
					      "=project",  "=product",  "=content",  "=course",   "=finance",
					      "=payment",  "=stock",    "=goods",    "=commerce", "=volume",
					      "=large",    "=technical" };

	for (size_t i = 0; i < CVP_COUNT(things); i++) {
		if (strcmp(key, things[i]) == 0)
			return true;
	}
	return false;
}

/* Puts the words that are no things first. Returns the number left. */
static size_t
drop_things(const char **stems, size_t count)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_thing(stems[i]))
			stems[left++] = stems[i];
	}
	return left;
}

/* The words of a skill's name in the best line: a notion that no line names may still be told. All of two words or
 * more, or most of them, speak for a skill; for how people work even one does, as a claim, if it is no mere thing. */
static struct witness
told_witness(const struct trial *trial, const struct cvp_skill_group *group)
{
	const struct cvp_match_index *index = trial->index;
	const struct cvp_skill_hit *hit = hit_of(trial, group->any[0]);
	const char **stems = cvp_arena_alloc(index->ctx->arena, (hit->count + 1) * sizeof(*stems));
	size_t count = cvp_match_stems(index, &trial->row->clause, hit->first, hit->first + hit->count, false, stems);
	unsigned char *counts = cvp_arena_alloc(index->ctx->arena, index->count + 1);
	struct witness best = { .line = -1 };
	size_t found = cvp_match_best_line(index, stems, is_soft(trial, group) ? drop_things(stems, count) : count,
					   &best.line, counts);
	double share = count > 0 ? (double)found / (double)count : 0;

	if (best.line >= 0 && share >= (is_soft(trial, group) ? 0.5 : 0.66) && (count >= 2 || is_soft(trial, group))) {
		best.proof = share >= 1 && count >= 2 && tells(&index->lines[best.line]) ? CVP_LISTED : CLAIMED;
		return best;
	}
	found = cvp_match_best_line(index, trial->stems, trial->stem_count, &best.line, NULL);
	if (best.line >= 0 && found >= 2 && 2 * found >= trial->stem_count)
		best.proof = CLAIMED;
	return best;
}

/* The best that can be said for a group. */
static struct witness
judge(const struct trial *trial, const struct cvp_skill_group *group)
{
	struct witness best = best_witness(trial, group), other;

	if (best.proof > CVP_NEIGHBOUR)
		return best;
	other = broader_witness(trial, group);
	if (other.proof <= best.proof && !is_named(trial, group))
		other = told_witness(trial, group);
	return other.proof > best.proof ? other : best;
}

/* What is quoted: of each group its best line, neighbours only where nothing better is; then second lines, and the
 * level where it counts. */
static void
cite_groups(struct trial *trial, const struct witness *first, double most)
{
	const struct cvp_requirement *asked = trial->row->asked;

	for (size_t i = 0; i < asked->group_count; i++) {
		if (first[i].proof > CVP_NEIGHBOUR || most <= CVP_NEIGHBOUR)
			cvp_match_cite(trial->row, first[i].line);
	}
	for (size_t i = 0; i < asked->group_count; i++) {
		struct witness second = second_witness(trial, &asked->groups[i], &first[i]);

		if (asked->asks_depth && first[i].line >= 0 && first[i].proof > CVP_NEIGHBOUR)
			cvp_match_cite(trial->row, trial->index->lines[first[i].line].level_line);
		cvp_match_cite(trial->row, second.line);
	}
}

static void
add_groups(struct trial *trial, struct cvp_match_parts *parts)
{
	const struct cvp_requirement *asked = trial->row->asked;
	struct witness *first = cvp_arena_alloc(trial->index->ctx->arena, asked->group_count * sizeof(*first));
	double most = 0;

	for (size_t i = 0; i < asked->group_count; i++) {
		bool deep = asked->asks_depth && !is_soft(trial, &asked->groups[i]);

		first[i] = judge(trial, &asked->groups[i]);
		most = first[i].proof > most ? first[i].proof : most;
		cvp_match_part(parts, deep ? with_depth(trial, &first[i]) : first[i].proof);
	}
	cite_groups(trial, first, most);
}

/* A verb says what is done with the skill, it is no demand beside it. */
static bool
is_verb(const struct cvp_words *words, size_t i)
{
	static const struct cvp_cues cues[] = {
		{ 0, "make|making|build|building|design*|develop*|create|creating|implement*|drive|driving|lead|"
		     "leading|own|"
		     "owning|deliver*|write|writing|maintain*|manage|managing|define|defining|perform*|sound|conduct*|"
		     "разработ*|создан*|построен*|проектир*|формирован*|ведени*|проведени*|участи*|осуществл*|פיתוח|"
		     "ניהול|בניית" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_starts(words, i, i + 1, &table, &hit);
}

/* Words that stand outside of skills, brackets, examples and what follows a colon or "for". */
static size_t
residue_of(const struct trial *trial, const char **stems)
{
	const struct cvp_clause *clause = &trial->row->clause;
	size_t end = clause->words.count, first_hit = clause->hits.count > 0 ? clause->hits.hits[0].first : end;
	struct cvp_cue_hit example;
	size_t count = 0;

	if (cvp_cue_find(&clause->words, 0, end, &cvp_example_cues, &example))
		end = example.first;
	for (size_t i = 1; i < end; i++) {
		bool purpose = i > first_hit && (cvp_cue_at(&clause->words, i, end, "for") > 0 ||
						 cvp_cue_at(&clause->words, i, end, "для") > 0);
		bool colon = i > first_hit && cvp_clause_has_sign(clause, i, ":") &&
			     !cvp_clause_is_inside_hit(clause, i);

		if (clause->depth[i] > 0 || purpose || colon)
			end = i;
	}
	for (size_t i = 0; i < end; i++) {
		if (!is_verb(&clause->words, i))
			count += cvp_match_stems(trial->index, clause, i, i + 1, true, stems + count);
	}
	return count;
}

/* In plain words: the share of them in the best line. */
static double
plain_score(const struct trial *trial, const char *const *stems, size_t count, bool cites)
{
	unsigned char *counts = cvp_arena_alloc(trial->index->ctx->arena, trial->index->count + 1);
	int line;
	size_t found = cvp_match_best_line(trial->index, stems, count, &line, counts);
	double score = cvp_match_share(found, count);

	if (!cites || score < 0.2)
		return score;
	cvp_match_cite(trial->row, line);
	for (size_t i = 0; i < trial->index->count; i++) {
		if (counts[i] == found && found > 1 && cvp_match_can_tell(&trial->index->lines[i]) &&
		    tells(&trial->index->lines[i]))
			cvp_match_cite(trial->row, (int)i);
	}
	return score;
}

static bool
wants_deeds(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = { { 0, "experience*|production|hands on|commercial|опыт*|промышленн*|"
						     "продакшен*|коммерческ*|практическ*|ניסיון" } };
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(&clause->words, 0, clause->words.count, &table, &hit);
}

void
cvp_match_skills(const struct cvp_match_index *index, struct cvp_match_row *row)
{
	const char **stems = cvp_arena_alloc(index->ctx->arena, (row->clause.words.count + 1) * sizeof(*stems));
	struct trial trial = { .index = index, .row = row, .wants_deeds = wants_deeds(&row->clause) };
	struct cvp_match_parts parts = { 0, 0 };
	size_t count = cvp_match_stems(index, &row->clause, 0, row->clause.words.count, false, stems);
	int line;

	trial.stem_count = count;
	trial.stems = cvp_arena_alloc(index->ctx->arena, (count + 1) * sizeof(*stems));
	memcpy(trial.stems, stems, count * sizeof(*stems));
	trial.counts = cvp_arena_alloc(index->ctx->arena, index->count + 1);
	if (row->asked->group_count == 0) {
		row->score = plain_score(&trial, stems, count, true);
		return;
	}
	cvp_match_best_line(index, stems, count, &line, trial.counts);
	add_groups(&trial, &parts);
	count = residue_of(&trial, stems);
	if (count >= RESIDUE_MIN)
		cvp_match_part(&parts, plain_score(&trial, stems, count, false));
	row->score = parts.sum / (double)parts.count;
}
