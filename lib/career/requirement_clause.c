/* requirement_clause.c - where a clause lists several demands. */
#include "career/requirement_clause.h"

#include <string.h>

#include "core/ctx.h"
#include "text/script.h"

struct cvp_clause
cvp_clause_of(struct cvp_ctx *ctx, const struct cvp_lexicon *lexicon, const char *text)
{
	struct cvp_clause clause = { .text = text, .words = cvp_words_of(ctx, text, strlen(text)) };
	unsigned char *depth = cvp_arena_alloc(ctx->arena, clause.words.count);
	unsigned char open = 0;
	size_t at = 0;

	for (size_t i = 0; i < clause.words.count; i++) {
		for (; at < clause.words.words[i].offset; at++) {
			if ((text[at] == '(' || text[at] == '[') && open < 255)
				open++;
			else if ((text[at] == ')' || text[at] == ']') && open > 0)
				open--;
		}
		depth[i] = open;
	}
	clause.depth = depth;
	clause.hits = cvp_lexicon_scan(ctx, lexicon, text, &clause.words);
	return clause;
}

bool
cvp_clause_has_sign(const struct cvp_clause *clause, size_t i, const char *signs)
{
	size_t at = i > 0 ? clause->words.words[i - 1].offset + clause->words.words[i - 1].length : 0;
	size_t end = i < clause->words.count ? clause->words.words[i].offset : strlen(clause->text);

	for (; at < end; at++) {
		if (strchr(signs, clause->text[at]) != NULL)
			return true;
	}
	return false;
}

bool
cvp_clause_is_inside_hit(const struct cvp_clause *clause, size_t i)
{
	for (size_t h = 0; h < clause->hits.count; h++) {
		if (i > clause->hits.hits[h].first && i < clause->hits.hits[h].first + clause->hits.hits[h].count)
			return true;
	}
	return false;
}

/* What parts two list entries. */
enum joint { NONE, COMMA, AND, OR };

struct entry {
	size_t from, end; /* words */
	enum joint before;
};

#define ENTRIES_MAX 40

struct list {
	const struct cvp_clause *clause;
	const struct cvp_lexicon *lexicon;
	struct entry entries[ENTRIES_MAX];
	size_t count;
	bool ends_with_or;
	bool has_phrases;
	bool is_foreign; /* not in Latin letters, so that Latin ones are names */
};

static bool
is_word(const struct cvp_clause *clause, size_t i, const char *a, const char *b, const char *c)
{
	const char *folded = clause->words.words[i].folded;

	return strcmp(folded, a) == 0 || strcmp(folded, b) == 0 || strcmp(folded, c) == 0;
}

/* The joint in front of word i, at the top level only; *skip: words it takes itself. */
static enum joint
joint_at(const struct cvp_clause *clause, size_t i, size_t *skip)
{
	bool comma;

	*skip = 0;
	if (i == 0 || clause->depth[i] > 0)
		return NONE;
	comma = cvp_clause_has_sign(clause, i, ",");
	if (is_word(clause, i, "and", "и", "&")) {
		*skip = 1;
		return AND;
	}
	if (cvp_cue_at(&clause->words, i, clause->words.count, "as well as") > 0) {
		*skip = 3;
		return AND;
	}
	if (is_word(clause, i, "or", "или", "או")) {
		*skip = 1;
		return OR;
	}
	return comma ? COMMA : NONE;
}

static void
cut_entries(struct list *list)
{
	const struct cvp_clause *clause = list->clause;
	struct cvp_cue_hit example;
	size_t last = clause->words.count, skip;

	/* what follows "such as" are examples */
	if (cvp_cue_find(&clause->words, 0, clause->words.count, &cvp_example_cues, &example))
		last = example.first;
	list->entries[0] = (struct entry){ 0, clause->words.count, NONE };
	list->count = 1;
	for (size_t i = 1; i < last; i++) {
		enum joint joint = joint_at(clause, i, &skip);

		if (joint == NONE || i + skip >= clause->words.count || list->count == ENTRIES_MAX)
			continue;
		list->ends_with_or = joint == OR;
		list->entries[list->count - 1].end = i;
		list->entries[list->count++] = (struct entry){ i + skip, clause->words.count, joint };
		i += skip;
	}
}

/* Is there a word that is not in Latin letters? Then Latin ones are names. */
static bool
has_other_script(const struct cvp_clause *clause)
{
	for (size_t i = 0; i < clause->words.count; i++) {
		const struct cvp_word *word = &clause->words.words[i];

		if (word->length >= 6 && cvp_language_detect(clause->text + word->offset, word->length) != CVP_EN)
			return true;
	}
	return false;
}

/* AI, QA, CRM: capitals that are short for the plain words of the skill's name, no name of a tool. */
static bool
is_field_of_work(const struct list *list, const struct cvp_skill_hit *hit)
{
	const struct cvp_word *word = &list->clause->words.words[hit->first];
	const char *name = cvp_skill_name(list->lexicon, hit->skill);
	size_t at = 0;

	for (; *name != '\0' && at < word->length; name += strcspn(name, " ") + (strchr(name, ' ') != NULL)) {
		if (list->clause->text[word->offset + at++] != name[0])
			return false;
	}
	return hit->count == 1 && word->length > 1 && *name == '\0' && at == word->length;
}

/* A skill's name, not a plain word: it has a capital or digit inside the text, or is Latin in another script. */
static bool
is_named_hit(const struct list *list, const struct cvp_skill_hit *hit)
{
	const struct cvp_word *word = &list->clause->words.words[hit->first];
	const char *at = list->clause->text + word->offset;

	if (cvp_skill_kind(list->lexicon, hit->skill) != CVP_SKILL_HARD || is_field_of_work(list, hit))
		return false;
	for (size_t i = 0; i < word->length; i++) {
		bool is_upper = at[i] >= 'A' && at[i] <= 'Z', is_lower = at[i] >= 'a' && at[i] <= 'z';

		if ((is_upper && (hit->first > 0 || i > 0)) || (list->is_foreign && (is_upper || is_lower)))
			return true;
		if ((at[i] >= '0' && at[i] <= '9') || at[i] == '+' || at[i] == '#')
			return true;
	}
	return false;
}

static bool
is_gerund_at(const struct cvp_clause *clause, size_t word)
{
	const char *folded = clause->words.words[word].folded;
	size_t length = strlen(folded);

	return length > 4 && strcmp(folded + length - 3, "ing") == 0;
}

/* One plain word in -ing beside its like ("planning, testing, and executing") is an action, no skill of its own. */
static bool
is_bare_gerund(const struct list *list, const struct cvp_skill_hit *hit)
{
	return hit->count == 1 && is_gerund_at(list->clause, hit->first);
}

static bool
has_hit(const struct list *list, size_t from, size_t end, bool named)
{
	for (size_t i = 0; i < list->clause->hits.count; i++) {
		const struct cvp_skill_hit *hit = &list->clause->hits.hits[i];

		if (hit->first < from || hit->first >= end)
			continue;
		if (named ? is_named_hit(list, hit) : !is_bare_gerund(list, hit))
			return true;
	}
	return false;
}

/* Does a part name only skills that the part before it names too ("JavaScript, ES5, ES6")? */
static bool
adds_nothing(const struct list *list, size_t from, const struct entry *entry)
{
	for (size_t i = 0; i < list->clause->hits.count; i++) {
		const struct cvp_skill_hit *hit = &list->clause->hits.hits[i];
		bool is_known = false;

		if (hit->first < entry->from || hit->first >= entry->end)
			continue;
		for (size_t j = 0; j < i; j++) {
			const struct cvp_skill_hit *earlier = &list->clause->hits.hits[j];

			is_known = is_known || (earlier->first >= from && earlier->skill.index == hit->skill.index);
		}
		if (!is_known)
			return false;
	}
	return true;
}

static bool
is_covered(const struct list *list, size_t word)
{
	for (size_t i = 0; i < list->clause->hits.count; i++) {
		const struct cvp_skill_hit *hit = &list->clause->hits.hits[i];

		if (word >= hit->first && word < hit->first + hit->count)
			return true;
	}
	return false;
}

/* Of two things joined by "and" alone, the second stands for itself if it says more than a name: words around it, a
 * purpose, brackets. */
static bool
says_more(const struct list *list, const struct entry *entry)
{
	size_t extra = 0;

	for (size_t i = entry->from; i < entry->end; i++) {
		bool covered = is_covered(list, i);

		if (list->clause->depth[i] > 0 || (!covered && i > entry->from && list->clause->words.words[i].is_stop))
			return true;
		extra += !covered && !list->clause->words.words[i].is_stop;
	}
	return extra >= 2;
}

/* Are there three entries or more, each long enough to be a phrase of its own ("own X of our Y, lead Z, and ...")? */
static bool
is_list_of_phrases(const struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->entries[i].end - list->entries[i].from < 4 || list->entries[i].before == OR)
			return false;
	}
	return list->count >= 3 && list->entries[1].before == COMMA;
}

static bool
starts_demand(const struct list *list, const struct entry *entry)
{
	const struct cvp_words *words = &list->clause->words;
	struct cvp_cue_hit hit;
	size_t from = entry->from;

	from += cvp_cue_at(words, from, entry->end, "a") + cvp_cue_at(words, from, entry->end, "an");
	return entry->end - from >= 2 && cvp_cue_starts(words, from, entry->end, &cvp_demand_cues, &hit);
}

/* Is an entry one of a list with commas, its last one behind "and"? */
static bool
is_listed(const struct list *list, size_t i)
{
	const struct entry *before = &list->entries[i - 1];

	if (list->entries[i].before == COMMA)
		return true;
	return before->before == COMMA && has_hit(list, before->from, before->end, false);
}

static bool
names_language(const struct list *list, size_t from, size_t end)
{
	for (size_t i = 0; i < list->clause->hits.count; i++) {
		const struct cvp_skill_hit *hit = &list->clause->hits.hits[i];

		if (hit->first >= from && hit->first < end &&
		    cvp_skill_kind(list->lexicon, hit->skill) == CVP_SKILL_LANGUAGE)
			return true;
	}
	return false;
}

/* "English B2, German is a plus": a language of its own weight behind another one. */
static bool
is_other_language(const struct list *list, size_t from, const struct entry *entry)
{
	struct cvp_cue_hit hit;

	return entry->before == COMMA && names_language(list, from, entry->from) &&
	       names_language(list, entry->from, entry->end) &&
	       cvp_cue_find(&list->clause->words, entry->from, entry->end, &cvp_weight_cues, &hit) &&
	       !cvp_cue_find(&list->clause->words, from, entry->from, &cvp_weight_cues, &hit);
}

/* Does entry i begin a demand of its own, when the part so far began at `from`? */
static bool
begins_part(const struct list *list, size_t from, size_t i)
{
	const struct entry *entry = &list->entries[i];

	if (entry->before == OR || (list->ends_with_or && entry->before == COMMA))
		return false;
	if (starts_demand(list, entry) || list->has_phrases || is_other_language(list, from, entry))
		return true;
	if (is_gerund_at(list->clause, entry->from) && is_gerund_at(list->clause, list->entries[i - 1].end - 1))
		return false;
	if (!has_hit(list, from, entry->from, false) || !has_hit(list, entry->from, entry->end, true) ||
	    adds_nothing(list, from, entry))
		return false;
	if (entry->before == COMMA || list->entries[i - 1].before == COMMA)
		return is_listed(list, i);
	return says_more(list, entry);
}

/* Where a board lost what parted two demands: a capital cue ("... partnerships Experience in ...") or a number of years
 * right behind a plain word. */
static bool
lost_joint(const struct cvp_clause *clause, size_t i)
{
	static const struct cvp_cues before[] = {
		{ 0, "with|least|minimum|min|of|or|over|have|has|having|than|and|the|a|to|"
		     "for|in|by|including|about|around|from|requires|between|plus|"
		     "years|year|more" }
	};
	static const struct cvp_cue_table table = { before, CVP_COUNT(before) };
	const struct cvp_word *word = &clause->words.words[i], *last = &clause->words.words[i - 1];
	const char *start = clause->text + word->offset;
	struct cvp_cue_hit hit;

	if (clause->depth[i] > 0 || word->offset != last->offset + last->length + 1 ||
	    cvp_cue_starts(&clause->words, i - 1, i, &table, &hit))
		return false;
	if (start[0] >= 'A' && start[0] <= 'Z' && strcmp(last->folded, word->folded) != 0 && word->length > 4)
		return cvp_cue_starts(&clause->words, i, clause->words.count, &cvp_demand_cues, &hit) &&
		       start[1] >= 'a' && start[1] <= 'z';
	return start[0] >= '1' && start[0] <= '9' && start[word->length] == '+' &&
	       cvp_cue_at(&clause->words, i + 1, clause->words.count, "years") > 0;
}

/* "Collaborate with R&D, AI and Sales": a list of people. */
static bool
names_partners(const struct cvp_clause *clause)
{
	static const struct cvp_cues cues[] = {
		{ 0, "collaborat* with|collaborat* closely|work closely|working closely|liais*|partner with|"
		     "взаимодейств*|сотруднич*" }
	};
	static const struct cvp_cue_table table = { cues, CVP_COUNT(cues) };
	struct cvp_cue_hit hit;

	return cvp_cue_find(&clause->words, 0, clause->words.count < 3 ? clause->words.count : 3, &table, &hit);
}

size_t
cvp_clause_parts(const struct cvp_lexicon *lexicon, const struct cvp_clause *clause, size_t *starts, size_t room)
{
	struct list list = {
		.clause = clause,
		.lexicon = lexicon,
		.is_foreign = has_other_script(clause),
	};
	size_t found = 0, from = 0;

	if (clause->words.count == 0 || names_partners(clause))
		return 0;
	cut_entries(&list);
	list.has_phrases = is_list_of_phrases(&list);
	for (size_t word = 1, i = 1; word < clause->words.count && found < room; word++) {
		bool begins = i < list.count && list.entries[i].from == word && begins_part(&list, from, i);

		i += i < list.count && list.entries[i].from <= word;
		if (!begins && !(word - from >= 4 && lost_joint(clause, word)))
			continue;
		starts[found++] = word;
		from = word;
	}
	return found;
}

bool
cvp_clause_names_skill(const struct cvp_lexicon *lexicon, const struct cvp_clause *clause)
{
	struct list list = {
		.clause = clause,
		.lexicon = lexicon,
		.is_foreign = has_other_script(clause),
	};

	return has_hit(&list, 0, clause->words.count, true);
}
