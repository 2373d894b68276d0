/* requirement_demand.c - from a line to the single demands it makes: sentences, parts between semicolons, clauses, the
 * entries of lists. */
#include <string.h>

#include "career/posting_build.h"
#include "career/requirement_clause.h"
#include "career/requirement_core.h"
#include "core/ctx.h"
#include "text/script.h"

#define PARTS_MAX    24
#define DEMANDS_MAX  200  /* of a posting, before doubles and what is beyond 50 go */
#define SENTENCE_MAX 2000 /* bytes; what is longer is read in pieces: cutting a list costs its length squared */

struct maker {
	struct cvp_ctx *ctx;
	const struct cvp_lexicon *lexicon;
	const struct cvp_posting_line *line;
	struct cvp_demands *demands;
	bool is_duty; /* what is read now is a task, not asked of the candidate as such */
};

static const char *
slice(struct cvp_ctx *ctx, const char *text, size_t from, size_t end)
{
	return cvp_posting_squeeze(ctx, cvp_arena_strndup(ctx->arena, text + from, end - from));
}

/* From the start of a word, or the bracket in front of it, to the end of another. */
static const char *
slice_words(struct cvp_ctx *ctx, const struct cvp_clause *clause, size_t from, size_t end)
{
	size_t start = clause->words.words[from].offset;
	size_t to = end < clause->words.count ? clause->words.words[end].offset : strlen(clause->text);

	start -= start > 0 && clause->text[start - 1] == '(';
	return slice(ctx, clause->text, start, to);
}

static bool
ends_with_one(const char *text, size_t length, const char *list)
{
	for (const char *at = list; *at != '\0';) {
		size_t size = strcspn(at, "|");

		if (size <= length && memcmp(text + length - size, at, size) == 0 &&
		    (size == length || text[length - size - 1] == ' ' || text[length - size - 1] == '('))
			return true;
		at += size + (at[size] == '|');
	}
	return false;
}

/* The last place at which a piece of at most SENTENCE_MAX bytes may end: in front of a space, else of a character. */
static size_t
piece_length(const char *text)
{
	size_t at = SENTENCE_MAX;

	while (at > 0 && text[at] != ' ')
		at--;
	if (at > 0)
		return at;
	for (at = SENTENCE_MAX; at > 1 && ((unsigned char)text[at] & 0xC0) == 0x80;)
		at--;
	return at;
}

/* Where the sentence that starts at text ends: behind its mark, if a new sentence follows. */
static size_t
sentence_length(const char *text)
{
	size_t at = 0, size;

	for (; text[at] != '\0'; at++) {
		uint32_t next;
		enum cvp_char class;

		if (at == SENTENCE_MAX)
			return piece_length(text);
		if (strchr(".!?", text[at]) == NULL || text[at + 1] != ' ' || at == 0)
			continue;
		next = cvp_char_at(text + at + 2, strnlen(text + at + 2, 4), &size);
		class = cvp_char_class(next);
		if (text[at] == '.' &&
		    ends_with_one(text, at,
				  "e.g|i.e|etc|т.п|т.д|т.е|др|пр|vs|Inc|Ltd|Co|St|No|Dr|approx|min|max|1|2|3|4|5"))
			continue;
		if ((next >= 'A' && next <= 'Z') || (next >= 0x0410 && next <= 0x042F) || class == CVP_CHAR_HEBREW)
			return at + 1;
	}
	return at;
}

/* Up to the next semicolon outside of brackets. */
static size_t
part_length(const char *text)
{
	int depth = 0;
	size_t at = 0;

	for (; text[at] != '\0'; at++) {
		depth += text[at] == '(';
		depth -= text[at] == ')' && depth > 0;
		if (text[at] == ';' && depth == 0)
			break;
	}
	return at;
}

static bool
speaks_of_employer(const struct cvp_words *words, size_t from)
{
	static const char *const subjects[] = { "we",   "our", "the company", "this company", "our company", "мы",
						"наша", "наш", "наши",        "компания",     "אנחנו",       "החברה" };

	for (size_t i = 0; i < CVP_COUNT(subjects); i++) {
		if (cvp_cue_at(words, from, words->count, subjects[i]) > 0)
			return true;
	}
	return false;
}

/* What an employer's own sentence may still ask: "We expect", "Our stack". */
static bool
asks_all_the_same(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = {
		{ 0, "we expect|we require|we need|we are looking|we're looking|we look for|looking for|searching for|"
		     "our stack|tech stack|we use|you will|you'll|we are hiring|we're hiring|мы ждем|мы ожидаем|"
		     "мы ищем|нам нужен|нам важно|наш стек|אנחנו מחפשים" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(words, 0, words->count, &table, &hit);
}

/* Words that only say how long one works. */
static bool
is_terms_only(const struct cvp_words *words)
{
	static const struct cvp_cues cues[] = {
		{ 0, "full|part|time|permanent|contract|temporary|occupation|remote|hybrid|"
		     "office|freelance|полная|частичная|занятость|день|полный|"
		     "удаленно|гибрид|משרה|מלאה|חלקית|היברידי|position|job|based|work" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;
	size_t matched = 0, meaningful = 0;

	for (size_t i = 0; i < words->count; i++) {
		meaningful += !words->words[i].is_stop;
		matched += cvp_cue_starts(words, i, i + 1, &table, &hit);
	}
	return matched > 0 && matched >= meaningful;
}

/* Russian and Hebrew tell tasks without a verb ("Приём и отгрузка товара"): a skill is enough to know one by. */
static bool
names_work(const struct maker *maker, const struct cvp_clause *clause)
{
	if (cvp_language_detect(clause->text, strlen(clause->text)) == CVP_EN)
		return false;
	for (size_t i = 0; i < clause->hits.count; i++) {
		if (cvp_skill_kind(maker->lexicon, clause->hits.hits[i].skill) == CVP_SKILL_HARD)
			return true;
	}
	return false;
}

/* Does a sentence ask anything of the candidate? Bullets below a heading do unless they are noise; prose must say so.
 */
static bool
asks(const struct maker *maker, const struct cvp_clause *clause, bool is_first)
{
	struct cvp_cue_hit hit;
	bool prose = !maker->line->is_bullet || !is_first;

	if (clause->words.count == 0 || is_terms_only(&clause->words) ||
	    cvp_cue_at(&clause->words, 0, clause->words.count, "if you") > 0 ||
	    cvp_cue_find(&clause->words, 0, clause->words.count, &cvp_noise_cues, &hit))
		return false;
	if (prose && speaks_of_employer(&clause->words, 0) && !asks_all_the_same(&clause->words))
		return false;
	if (prose && maker->line->is_summary && !cvp_clause_names_skill(maker->lexicon, clause))
		return false;
	if (prose && maker->line->section == CVP_SECTION_INTRO && names_work(maker, clause))
		return true;
	if (maker->line->section == CVP_SECTION_INTRO ? prose : !is_first && maker->line->is_bullet)
		return cvp_cue_find(&clause->words, 0, clause->words.count, &cvp_asking_cues, &hit);
	return true;
}

/* The importance a section gives; prose about the candidate asks as a list of requirements does. */
static enum cvp_importance
importance_of(enum cvp_posting_section section)
{
	if (section == CVP_SECTION_MUST || section == CVP_SECTION_INTRO)
		return CVP_MUST;
	return section == CVP_SECTION_NICE ? CVP_NICE : CVP_ORDINARY;
}

/* Is the cue in brackets together with a skill: "(PostgreSQL preferred)" says nothing of the rest? */
static bool
is_aside(const struct cvp_clause *clause, size_t at)
{
	if (clause->depth[at] == 0)
		return false;
	for (size_t i = 0; i < clause->hits.count; i++) {
		if (clause->depth[clause->hits.hits[i].first] > 0)
			return true;
	}
	return false;
}

/* What a demand says of its own weight outranks its section's. The last word counts ("appreciated but not required"),
 * asides do not. False where it says nothing. */
static bool
weight_of(const struct cvp_clause *clause, size_t from, size_t end, enum cvp_importance *weight)
{
	bool found = false;

	for (size_t i = from; i < end;) {
		struct cvp_cue_hit hit;

		if (!cvp_cue_starts(&clause->words, i, end, &cvp_weight_cues, &hit)) {
			i++;
			continue;
		}
		if (!is_aside(clause, i)) {
			*weight = hit.meaning == CVP_CUE_NICE ? CVP_NICE : CVP_MUST;
			found = true;
		}
		i += hit.count;
	}
	return found;
}

static void
add_demand(struct maker *maker, const char *text, enum cvp_importance importance, bool asks_depth)
{
	struct cvp_demands *demands = maker->demands;

	text = cvp_demand_without_end(maker->ctx, text);
	if (cvp_text_length(text) < 2)
		return;
	if (demands->count == demands->room) {
		size_t room = demands->room > 0 ? demands->room * 2 : 32;

		demands->demands = cvp_arena_grow(maker->ctx->arena, demands->demands,
						  demands->room * sizeof(*demands->demands),
						  room * sizeof(*demands->demands));
		demands->room = room;
	}
	demands->demands[demands->count++] = (struct cvp_demand){
		.text = text,
		.importance = importance,
		.asks_depth = asks_depth,
		.is_duty = maker->is_duty,
	};
}

/* One part of a list: its core, its weight. */
static void
make_part(struct maker *maker, const char *text, enum cvp_importance importance, bool asks_depth)
{
	struct cvp_clause clause = cvp_clause_of(maker->ctx, maker->lexicon, text);
	struct cvp_cue_hit hit;
	size_t from, end;

	if (clause.words.count == 0)
		return;
	weight_of(&clause, 0, clause.words.count, &importance);
	from = cvp_demand_after_lead(&clause);
	end = cvp_demand_before_weight(&clause);
	if (cvp_demand_before_aside(&clause, maker->is_duty) < end)
		end = cvp_demand_before_aside(&clause, maker->is_duty);
	if (end <= from)
		from = 0;
	asks_depth = asks_depth || cvp_cue_find(&clause.words, 0, end, &cvp_depth_cues, &hit);
	add_demand(maker, slice_words(maker->ctx, &clause, from, end), importance, asks_depth);
	if (end < clause.words.count && cvp_demand_starts_participle(&clause, end))
		add_demand(maker, slice_words(maker->ctx, &clause, end, clause.words.count), importance, false);
}

/* The end of a part without the "and" that leads to the next. */
static size_t
before_joint(const struct cvp_clause *clause, size_t from, size_t end)
{
	while (end > from + 1 && end < clause->words.count &&
	       (cvp_cue_at(&clause->words, end - 1, end, "and") > 0 ||
		cvp_cue_at(&clause->words, end - 1, end, "и") > 0 ||
		cvp_cue_at(&clause->words, end - 1, end, "or") > 0))
		end--;
	if (end > from + 3 && end < clause->words.count && cvp_cue_at(&clause->words, end - 3, end, "as well as") > 0)
		end -= 3;
	return end;
}

/* Does the weight a list begins or ends with hold for all of it? Not where its last entry is a demand of its own
 * ("experience with X, knowledge of Y is a plus"), as a language that was parted from others is. */
static bool
weighs_all(const struct cvp_lexicon *lexicon, const struct cvp_clause *clause, const size_t *starts, size_t parts)
{
	size_t hits = clause->hits.count;
	struct cvp_cue_hit hit;

	if (cvp_cue_find(&clause->words, 0, clause->words.count < 4 ? clause->words.count : 4, &cvp_weight_cues, &hit))
		return true;
	if (hits > 0 && clause->hits.hits[hits - 1].first >= starts[parts - 1] &&
	    cvp_skill_kind(lexicon, clause->hits.hits[hits - 1].skill) == CVP_SKILL_LANGUAGE)
		return false;
	return !cvp_cue_starts(&clause->words, starts[parts - 1], clause->words.count, &cvp_demand_cues, &hit);
}

/* A clause may list demands; what the list begins with ("strong grasp of", "Nice to have:") holds for all of it. */
static void
make_clause(struct maker *maker, const char *text)
{
	struct cvp_clause clause = cvp_clause_of(maker->ctx, maker->lexicon, text);
	size_t starts[PARTS_MAX + 1], parts, from = 0;
	enum cvp_importance importance = maker->is_duty ? CVP_ORDINARY : importance_of(maker->line->section);
	struct cvp_cue_hit hit;
	bool asks_depth = false;

	if (clause.words.count == 0)
		return;
	parts = cvp_clause_parts(maker->lexicon, &clause, starts, PARTS_MAX);
	starts[parts] = clause.words.count;
	if (parts > 0 && clause.hits.count > 0)
		asks_depth = cvp_cue_find(&clause.words, 0, clause.hits.hits[0].first, &cvp_depth_cues, &hit);
	if (parts > 0 && weighs_all(maker->lexicon, &clause, starts, parts))
		weight_of(&clause, 0, clause.words.count, &importance);
	for (size_t i = 0; i <= parts; i++) {
		bool own = cvp_cue_starts(&clause.words, from, clause.words.count, &cvp_demand_cues, &hit);

		make_part(maker, slice_words(maker->ctx, &clause, from, before_joint(&clause, from, starts[i])),
			  importance, asks_depth && (i == 0 || !own));
		from = starts[i];
	}
}

/* Where a second independent clause begins: ", and you will". */
static size_t
second_clause(const struct cvp_clause *clause)
{
	for (size_t i = 3; i + 1 < clause->words.count; i++) {
		if (!cvp_clause_has_sign(clause, i, ","))
			continue;
		for (const char *cue = "and you will\0and you'll\0and you are\0you will\0you'll\0"; *cue != '\0';
		     cue += strlen(cue) + 1) {
			if (cvp_cue_at(&clause->words, i, clause->words.count, cue) > 0)
				return i;
		}
	}
	return clause->words.count;
}

/* "We need SQL and Excel", not "We need a Senior Engineer": a skill is asked for, nobody announced. */
static bool
needs_skill(const struct cvp_clause *clause)
{
	return cvp_cue_at(&clause->words, 0, clause->words.count, "we need") > 0 && clause->hits.count > 0 &&
	       clause->hits.hits[0].first == 2;
}

/* "We are looking for a Senior Engineer to lead the migration": the demand stands behind the title. */
static size_t
after_vacancy(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = { { 0,
						  "looking for|hiring|seeking|searching for|in search of|we need" } };
	static const struct cvp_cues helpers[] = {
		{ 0, "join|help|be|can help|are passionate|want|work with us|become" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) }, joins = { helpers, CVP_COUNT(helpers) };
	struct cvp_cue_hit hit;

	if (!cvp_cue_find(&clause->words, 0, clause->words.count, &table, &hit))
		return 0;
	if (needs_skill(clause))
		return hit.first + hit.count;
	for (size_t i = hit.first + hit.count + 1; i + 2 < clause->words.count; i++) {
		bool opens = cvp_cue_at(&clause->words, i, clause->words.count, "to") > 0 ||
			     cvp_cue_at(&clause->words, i, clause->words.count, "with") > 0 ||
			     cvp_cue_at(&clause->words, i, clause->words.count, "who") > 0;

		if (opens)
			return cvp_cue_starts(&clause->words, i + 1, clause->words.count, &joins, &hit)
				   ? clause->words.count
				   : i + 1;
	}
	return clause->words.count;
}

/* The same in Russian and Hebrew, where the title follows the verb and nothing more is said. */
static bool
announces_vacancy(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = { { 0, "ищем|требуется|требуются|приглашаем|приглашает|ищет|необходим|"
						     "דרוש*|מחפש*|מגייס*" } };
	static const struct cvp_cues demands[] = { { 0,
						     "опыт*|знани*|навык*|умени*|владени*|образовани*|ניסיון|ידע|תואר|"
						     "שליטה" } };
	static const struct cvp_cue_table verbs = { cues, CVP_COUNT(cues) }, asked = { demands, CVP_COUNT(demands) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(&clause->words, 0, clause->words.count, &verbs, &hit) &&
	       !cvp_cue_find(&clause->words, 0, clause->words.count, &asked, &hit);
}

/* "Entrepreneurial spirit: We are passionate about ...": of the employer's words only the label asks. */
static const char *
label_only(struct cvp_ctx *ctx, const struct cvp_clause *clause)
{
	for (size_t i = 1; i < clause->words.count && i <= 5; i++) {
		if (cvp_clause_has_sign(clause, i, ":"))
			return speaks_of_employer(&clause->words, i) && !asks_all_the_same(&clause->words)
				   ? slice_words(ctx, clause, 0, i)
				   : NULL;
	}
	return NULL;
}

/* Prose that speaks of what the candidate has, not of what there is to do. */
static bool
speaks_of_candidate(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = {
		{ 0,
		  "experience with|experience in|years of experience|knowledge of|proficien*|fluent|fluency|degree in|"
		  "degree|ability to|be able to|ideal candidate|the candidate|must have|you should|you must|"
		  "comfortable with|skills|familiar*|understanding of|опыт*|знани*|умени*|владени*|навык*|образовани*|"
		  "стаж*|уверенн*|наличие|ניסיון|ידע|יכולת|שליטה|תואר|היכרות" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(&clause->words, 0, clause->words.count, &table, &hit) &&
	       cvp_cue_at(&clause->words, 0, clause->words.count, "you will") == 0 &&
	       cvp_cue_at(&clause->words, 0, clause->words.count, "you'll") == 0;
}

/* Tasks stand in their own sections, in the prose about the job, and in sentences of "You will". */
static bool
tells_duty(const struct maker *maker, const struct cvp_clause *clause)
{
	if (maker->line->section == CVP_SECTION_DUTY)
		return true;
	if (maker->line->section == CVP_SECTION_INTRO)
		return maker->line->is_bullet || !(speaks_of_candidate(clause) || needs_skill(clause));
	return !maker->line->is_bullet && (cvp_cue_at(&clause->words, 0, clause->words.count, "you will") > 0 ||
					   cvp_cue_at(&clause->words, 0, clause->words.count, "you'll") > 0);
}

static void
make_sentence_part(struct maker *maker, const char *text, bool is_first)
{
	struct cvp_clause clause = cvp_clause_of(maker->ctx, maker->lexicon, text);
	const char *label = label_only(maker->ctx, &clause);
	size_t from, second;

	if (!asks(maker, &clause, is_first))
		return;
	maker->is_duty = tells_duty(maker, &clause);
	if (label != NULL) {
		make_clause(maker, label);
		return;
	}
	from = cvp_demand_after_role(&clause);
	if (maker->line->section == CVP_SECTION_INTRO && announces_vacancy(&clause))
		return;
	if (maker->line->section == CVP_SECTION_INTRO && after_vacancy(&clause) > from)
		from = after_vacancy(&clause);
	if (from >= clause.words.count)
		return;
	second = second_clause(&clause);
	if (second <= from)
		second = clause.words.count;
	make_clause(maker, slice_words(maker->ctx, &clause, from, second));
	if (second < clause.words.count)
		make_clause(maker, slice_words(maker->ctx, &clause, second, clause.words.count));
}

void
cvp_demands_of_line(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const struct cvp_posting_line *line,
		    struct cvp_demands *demands)
{
	struct maker maker = { .ctx = ctx, .lexicon = lexicon, .line = line, .demands = demands };
	bool is_first = true;

	for (const char *at = line->text; *at != '\0' && demands->count < DEMANDS_MAX;) {
		size_t length = sentence_length(at);
		const char *sentence = slice(ctx, at, 0, length);

		for (const char *part = sentence; *part != '\0';) {
			size_t size = part_length(part);

			make_sentence_part(&maker, slice(ctx, part, 0, size), is_first);
			part += size + (part[size] == ';');
		}
		is_first = false;
		at += length;
		at += strspn(at, " ");
	}
}
