#include "career/match_index.h"

#include <string.h>

#include "career/kind.h"
#include "career/requirement_cues.h"
#include "core/ctx.h"

/* Is a line of a job its `description`: what the employer does, no deed of the person? */
static bool
tells_of_employer(const struct cvp_cv_line *line)
{
	const char *key = strrchr(line->at.pointer, '/');

	return line->section == CVP_CV_WORK && line->role == CVP_CV_SUMMARY && key != NULL &&
	       strcmp(key, "/description") == 0;
}

/* Names of employers, schools and issuers prove no skill, nor do what an employer does and what one likes. */
static double
proof_of(const struct cvp_cv_line *line)
{
	if (line->role == CVP_CV_PLACE || tells_of_employer(line))
		return 0;
	switch (line->section) {
	case CVP_CV_WORK:
	case CVP_CV_VOLUNTEER:
		return line->is_dated ? CVP_SHOWN : CVP_LISTED;
	case CVP_CV_PROJECTS:
		return CVP_SHOWN;
	case CVP_CV_INTERESTS:
		return 0;
	default:
		return CVP_LISTED;
	}
}

static int
level_of(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = {
		{ 4, "expert*|master|senior|guru|эксперт*|מומחה" },
		{ 3, "advanced|proficient|strong|продвинут*|уверенн*|מתקדם|גבוהה" },
		{ 2, "intermediate|competent|средний|בינוני*" },
		{ 1, "beginner|basic|novice|elementary|начальн*|базов*|מתחיל" },
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count, &table, &hit) ? hit.meaning : 0;
}

/* Does a line name the skill its entry is about? Keywords stand in lists. */
static bool
names_entry(const struct cvp_match_line *line)
{
	const char *key = strrchr(line->source, '/');

	return line->section == CVP_CV_SKILLS && line->role == CVP_CV_SKILL &&
	       (strcmp(key, "/name") == 0 || strcmp(key, "/skill") == 0);
}

/* A skill's level stands in a line of its own. It is said of the entry's name; of a list of keywords it is too vague.
 */
static void
spread_levels(struct cvp_match_index *index)
{
	for (size_t i = 0; i < index->count; i++) {
		const struct cvp_match_line *from = &index->lines[i];

		if (from->section != CVP_CV_SKILLS || from->role != CVP_CV_LEVEL)
			continue;
		for (size_t j = 0; j < index->count; j++) {
			struct cvp_match_line *to = &index->lines[j];

			if (names_entry(to) && to->entry == from->entry) {
				to->level = level_of(&from->words);
				to->level_line = (int)i;
			}
		}
	}
}

static void
read_line(struct cvp_match_index *index, struct cvp_match_line *line)
{
	line->words = cvp_words_of(index->ctx, line->text, strlen(line->text));
	line->hits = cvp_lexicon_scan(index->ctx, index->lexicon, line->text, &line->words);
}

static bool
counts(const json_t *answer)
{
	const char *destination = json_string_value(json_object_get(answer, "destination"));
	const char *text = json_string_value(json_object_get(answer, "answer"));

	return text != NULL && text[0] != '\0' && (destination == NULL || strcmp(destination, "CV_IMPACT") == 0);
}

static void
add_answers(struct cvp_match_index *index, const json_t *answers)
{
	const json_t *answer;
	size_t at;

	json_array_foreach (answers, at, answer) {
		struct cvp_match_line *line = &index->lines[index->count];

		if (!counts(answer))
			continue;
		line->text = json_string_value(json_object_get(answer, "answer"));
		line->source = cvp_arena_printf(index->ctx->arena, "/gap_responses/%zu", at);
		line->section = CVP_CV_SECTION_COUNT;
		line->role = CVP_CV_BULLET;
		line->entry = (int)at;
		line->proof = CVP_SHOWN;
		line->level_line = -1;
		line->is_answer = true;
		read_line(index, line);
		index->count++;
	}
}

static void
add_lines(struct cvp_match_index *index)
{
	for (size_t i = 0; i < index->cv->line_count; i++) {
		const struct cvp_cv_line *from = &index->cv->lines[i];

		index->lines[index->count] = (struct cvp_match_line){
			.text = from->at.text,
			.source = from->at.pointer,
			.section = from->section,
			.role = from->role,
			.entry = from->entry,
			.proof = proof_of(from),
			.level_line = -1,
		};
		read_line(index, &index->lines[index->count++]);
	}
}

static struct cvp_match_stem *
slot_of(const struct cvp_match_index *index, const char *stem)
{
	uint32_t hash = UINT32_C(2166136261); /* FNV-1a */
	size_t mask = index->stem_size - 1, at;

	for (const char *c = stem; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * UINT32_C(16777619);
	for (at = hash & mask; index->stems[at].stem != NULL; at = (at + 1) & mask) {
		if (strcmp(index->stems[at].stem, stem) == 0)
			break;
	}
	return &index->stems[at];
}

const struct cvp_match_stem *
cvp_match_stem_find(const struct cvp_match_index *index, const char *stem)
{
	const struct cvp_match_stem *slot = slot_of(index, stem);

	return slot->stem != NULL ? slot : NULL;
}

static void
add_stem(struct cvp_match_index *index, const char *stem, int line)
{
	struct cvp_match_stem *slot = slot_of(index, stem);

	if (slot->count > 0 && slot->lines[slot->count - 1] == line)
		return;
	if (slot->count == slot->room) {
		size_t room = slot->room > 0 ? slot->room * 2 : 4;

		slot->lines = cvp_arena_grow(index->ctx->arena, slot->lines, slot->room * sizeof(int),
					     room * sizeof(int));
		slot->room = room;
	}
	slot->stem = stem;
	slot->lines[slot->count++] = line;
}

static void
add_stems(struct cvp_match_index *index)
{
	size_t words = 0;

	for (size_t i = 0; i < index->count; i++)
		words += index->lines[i].words.count;
	for (index->stem_size = 64; index->stem_size < words * 2;)
		index->stem_size *= 2;
	index->stems = cvp_arena_alloc(index->ctx->arena, index->stem_size * sizeof(*index->stems));
	for (size_t i = 0; i < index->count; i++) {
		for (size_t j = 0; j < index->lines[i].words.count; j++) {
			if (!index->lines[i].words.words[j].is_stop)
				add_stem(index, cvp_match_key(index->notions, &index->lines[i].words.words[j]), (int)i);
		}
	}
}

static enum cvp_language
language_of(const struct cvp_match_index *index)
{
	size_t counts_of[CVP_LANGUAGE_COUNT] = { 0 }, best = CVP_EN;

	for (size_t i = 0; i < index->count; i++)
		counts_of[cvp_language_detect(index->lines[i].text, strlen(index->lines[i].text))] +=
		    index->lines[i].words.count;
	for (size_t i = 0; i < CVP_LANGUAGE_COUNT; i++)
		best = counts_of[i] > counts_of[best] ? i : best;
	return (enum cvp_language)best;
}

static enum cvp_code
read_as_of(struct cvp_ctx *ctx, const json_t *input, struct cvp_date *as_of)
{
	const char *text = json_string_value(json_object_get(input, "as_of"));
	int64_t at;
	int year, month, day;

	if (text == NULL || !cvp_time_parse(text, &at))
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/as_of", "as_of is no RFC 3339 time");
	cvp_civil_from_time(at, &year, &month, &day);
	*as_of = (struct cvp_date){ .year = (short)year, .month = (signed char)month, .day = (signed char)day };
	return CVP_OK;
}

enum cvp_code
cvp_match_index_make(struct cvp_ctx *ctx, const struct cvp_assets *assets, const json_t *input,
		     struct cvp_match_index *index)
{
	const json_t *answers = json_object_get(input, "gap_responses");
	struct cvp_match_index made = { .ctx = ctx, .lexicon = assets->lexicon };
	enum cvp_code code = cvp_cv_parse(ctx, json_object_get(input, "resume"), &made.cv);

	if (code == CVP_OK)
		code = read_as_of(ctx, input, &made.as_of);
	if (code != CVP_OK)
		return code;
	made.posting = json_object_get(input, "posting");
	made.notions = cvp_match_words_make(ctx);
	made.lines = cvp_arena_alloc(ctx->arena,
				     (made.cv->line_count + json_array_size(answers)) * sizeof(*made.lines));
	add_lines(&made);
	add_answers(&made, answers);
	spread_levels(&made);
	add_stems(&made);
	made.language = language_of(&made);
	*index = made;
	return CVP_OK;
}

double
cvp_match_line_proves(const struct cvp_match_index *index, const struct cvp_match_line *line, struct cvp_skill_id skill,
		      bool *is_exact)
{
	double best = 0;

	for (size_t i = 0; i < line->hits.count && line->proof > 0; i++) {
		struct cvp_skill_id known = line->hits.hits[i].skill;
		bool same = known.index == skill.index;

		if (is_exact != NULL && (same || best < line->proof))
			*is_exact = same;
		if (same)
			return line->proof;
		if (cvp_skill_implies(index->lexicon, known, skill))
			best = line->proof;
		else if (best == 0 && line->proof > CVP_NEIGHBOUR &&
			 cvp_skills_are_siblings(index->lexicon, known, skill))
			best = CVP_NEIGHBOUR;
	}
	return best;
}

const struct cvp_cv_entry *
cvp_match_entry_of(const struct cvp_match_index *index, const struct cvp_match_line *line)
{
	for (size_t i = 0; i < index->cv->entry_count; i++) {
		if (index->cv->entries[i].section == line->section && index->cv->entries[i].index == line->entry)
			return &index->cv->entries[i];
	}
	return NULL;
}
