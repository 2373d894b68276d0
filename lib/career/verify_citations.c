/* verify_citations.c - jobs and schools cited with title, employer and years: all three must be of one entry. */
#include <string.h>
#include <strings.h>

#include "career/verify_line.h"
#include "core/ctx.h"

#define GROUP_TEXT_MAX 300  /* bytes: titles, names and dates; a longer text is no part of a citation */
#define TITLE_LIKE     0.82 /* SPEC 8: similarity from which a role counts as the CV's */
#define BRACKETS_MAX   200  /* pairs of brackets of a line that are read as citations */
#define CITED_MAX      400  /* bytes between them */
#define BEFORE_MAX     300  /* bytes before an employer that may name a title */
#define TITLE_WORDS    8
#define ROLE_TAIL      3

static bool
is_in_group(const char *pointer, const char *group, size_t length)
{
	return strncmp(pointer, group, length) == 0 && cvp_fact_group(pointer) == length;
}

/* Words that join title, employer and dates. */
static bool
is_joining(const char *folded)
{
	static const char *const list[] = { "since",   "present",   "now",   "today", "to",     "until", "till",
					    "from",    "at",        "in",    "of",    "by",     "and",   "ongoing",
					    "current", "с",         "по",    "до",    "год",    "года",  "г",
					    "гг",      "настоящее", "время", "н.в",   "сейчас", "в",     "компания",
					    "מ",       "עד",        "היום",  "כיום",  "ב",      "של",    "מאז",
					    "שנת",     "month",     "as" };

	for (size_t i = 0; i < CVP_COUNT(list); i++) {
		if (strcmp(list[i], folded) == 0)
			return true;
	}
	return false;
}

static bool
group_has_year(const struct cvp_facts *facts, const char *group, size_t length, double year)
{
	for (size_t i = 0; i < facts->number_count; i++) {
		const struct cvp_fact_number *n = &facts->numbers[i];

		if (n->number.is_year && n->number.value == year &&
		    is_in_group(facts->texts[n->text].pointer, group, length))
			return true;
	}
	return false;
}

/* Blanks the longest text of the group that stands in `part`; false where none does. */
static bool
blank_longest(const struct cvp_facts *facts, const char *group, size_t length, char *part)
{
	size_t longest = 0;
	char *place = NULL;

	for (size_t i = 0; i < facts->text_count; i++) {
		const char *plain = facts->texts[i].plain;
		size_t size = strlen(plain);
		char *found;

		if (size <= longest || size > GROUP_TEXT_MAX || !is_in_group(facts->texts[i].pointer, group, length))
			continue;
		found = strspn(plain, "0123456789-") == size ? NULL : strstr(part, plain);
		if (found != NULL) {
			longest = size;
			place = found;
		}
	}
	if (place != NULL)
		memset(place, ',', longest);
	return place != NULL;
}

/* Only joining words and years of the group left? */
static bool
is_rest_explained(const struct cvp_line *line, const char *group, size_t length, const char *rest)
{
	struct cvp_ctx *ctx = line->check->ctx;
	struct cvp_words words = cvp_words_of(ctx, rest, strlen(rest));
	struct cvp_numbers numbers = cvp_numbers_of(ctx, rest);

	for (size_t i = 0; i < numbers.count; i++) {
		if (numbers.rows[i].is_loose)
			continue;
		if (!numbers.rows[i].is_year || (i > 0 && numbers.rows[i].value <= numbers.rows[i - 1].value) ||
		    !group_has_year(line->check->cv, group, length, numbers.rows[i].value))
			return false;
	}
	for (size_t i = 0; i < words.count; i++) {
		const char *folded = words.words[i].folded;

		if (strspn(folded, "0123456789") != strlen(folded) && !is_joining(folded))
			return false;
	}
	return true;
}

/* Does one entry explain the citation whole? */
static bool
group_explains(const struct cvp_line *line, const char *group, const char *citation)
{
	const struct cvp_facts *facts = line->check->cv;
	size_t length = cvp_fact_group(group);
	char *rest = cvp_arena_strdup(line->check->ctx->arena, citation);
	bool is_named = false;

	while (blank_longest(facts, group, length, rest))
		is_named = true;
	return is_named && is_rest_explained(line, group, length, rest);
}

static bool
is_explained(const struct cvp_line *line, const char *citation)
{
	const struct cvp_facts *facts = line->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		const char *pointer = facts->texts[i].pointer;

		if (i > 0 && is_in_group(facts->texts[i - 1].pointer, pointer, cvp_fact_group(pointer)))
			continue;
		if (group_explains(line, pointer, citation))
			return true;
	}
	return false;
}

static bool
is_letter_byte(char c)
{
	return (unsigned char)c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

/* Does text[0..end) end with name, at the start of a word? ASCII case does not matter. */
static bool
ends_with(const char *text, size_t end, const char *name)
{
	size_t length = strlen(name);

	return end >= length && strncasecmp(text + end - length, name, length) == 0 &&
	       (end == length || !is_letter_byte(text[end - length - 1]));
}

/* The entity of the kinds that ends right before `end`, quotes and spaces passed over; the longest. */
static const struct cvp_entity *
entity_before(const struct cvp_line *line, size_t end, unsigned kinds)
{
	const struct cvp_facts *facts = line->check->cv;
	const struct cvp_entity *longest = NULL;

	do {
		for (size_t i = 0; i < facts->entity_count; i++) {
			const struct cvp_entity *entity = &facts->entities[i];

			if ((kinds & (1U << entity->kind)) != 0 && ends_with(line->text, end, entity->plain) &&
			    (longest == NULL || strlen(entity->plain) > strlen(longest->plain)))
				longest = entity;
		}
	} while (longest == NULL && end > 0 && strchr(" '\",", line->text[end-- - 1]) != NULL);
	return longest;
}

static bool
has_year(const struct cvp_numbers *numbers)
{
	for (size_t i = 0; i < numbers->count; i++) {
		if (numbers->rows[i].is_year)
			return true;
	}
	return false;
}

/* Are all years of the brackets years of an entry with that employer, school or title? */
static bool
years_fit(const struct cvp_line *line, const char *named, const struct cvp_numbers *numbers)
{
	const struct cvp_facts *facts = line->check->cv;

	for (size_t i = 0; i < facts->text_count; i++) {
		size_t length = cvp_fact_group(facts->texts[i].pointer), fitting = 0;

		if (strcmp(facts->texts[i].plain, named) != 0)
			continue;
		for (size_t j = 0; j < numbers->count; j++)
			fitting += numbers->rows[j].is_year &&
				   (j == 0 || numbers->rows[j].value > numbers->rows[j - 1].value) &&
				   group_has_year(facts, facts->texts[i].pointer, length, numbers->rows[j].value);
		if (fitting == numbers->count)
			return true;
	}
	return false;
}

static bool
names_an_entity(const struct cvp_line *line, const char *citation)
{
	const struct cvp_facts *facts = line->check->cv;

	for (size_t i = 0; i < facts->entity_count; i++) {
		const struct cvp_entity *entity = &facts->entities[i];

		if (entity->kind != CVP_ENTITY_OTHER && entity->kind != CVP_ENTITY_PERSON &&
		    strlen(entity->plain) > 2 && strstr(citation, entity->plain) != NULL)
			return true;
	}
	return false;
}

/* One pair of brackets, text[open] to text[close]. */
static void
check_brackets(struct cvp_line *line, size_t open, size_t close)
{
	unsigned kinds = 1U << CVP_ENTITY_EMPLOYER | 1U << CVP_ENTITY_INSTITUTION | 1U << CVP_ENTITY_TITLE;
	const char *inner = cvp_arena_strndup(line->check->ctx->arena, line->text + open + 1, close - open - 1);
	struct cvp_numbers numbers = cvp_numbers_of(line->check->ctx, inner);
	const struct cvp_entity *named;

	if (is_explained(line, inner)) {
		memset(line->text + open, CVP_MASK, close - open + 1);
		return;
	}
	if (!has_year(&numbers))
		return;
	named = entity_before(line, open, kinds);
	if (named != NULL && !years_fit(line, named->plain, &numbers))
		cvp_line_report(line, CVP_SEVERITY_CRITICAL, named->plain, inner);
	else if (named != NULL)
		memset(line->text + open, CVP_MASK, close - open + 1);
	else if (names_an_entity(line, inner))
		cvp_line_report(line, CVP_SEVERITY_CRITICAL, "title, employer and years of one job", inner);
}

static size_t
closing(const char *text, size_t open)
{
	int depth = 0;

	for (size_t at = open; text[at] != '\0' && at - open < CITED_MAX; at++) {
		depth += (text[at] == '(') - (text[at] == ')');
		if (depth == 0)
			return at;
	}
	return open;
}

/* Length of what joins a title to the employer that starts at `at`: ", ", " at ", " в компании «"; 0 where nothing. */
static size_t
joint_length(const char *text, size_t at)
{
	static const char *const joints[] = { " at the ",    " at ", ", ",      " @ ", " for ", " в компании ",
					      ", компания ", " в ",  " בחברת ", " ב-", " - ",   " | " };
	size_t end = at;

	while (end > 0 && strchr("'\"", text[end - 1]) != NULL)
		end--;
	for (size_t i = 0; i < CVP_COUNT(joints); i++) {
		size_t length = strlen(joints[i]);

		if (end >= length && memcmp(text + end - length, joints[i], length) == 0)
			return at - end + length;
	}
	return 0;
}

static size_t
count_words(const char *key)
{
	size_t count = 0;

	for (const char *at = key + 1; *at != '\0'; at++)
		count += *at == ' ';
	return count;
}

/* Do the last words before the employer name this title, inflected or nearly so? */
static bool
is_titled(const struct cvp_line *line, const struct cvp_words *before, const char *text, const struct cvp_entity *title)
{
	struct cvp_ctx *ctx = line->check->ctx;
	struct cvp_words head = cvp_words_of(ctx, title->plain, strcspn(title->plain, ",("));
	size_t count = count_words(title->stems), first;
	const char *part;

	if (head.count > 0 && head.count < count && head.count <= before->count &&
	    strcmp(cvp_stems_key(ctx, before, before->count - head.count, head.count),
		   cvp_stems_key(ctx, &head, 0, head.count)) == 0)
		return true;

	if (count > before->count)
		return false;
	first = before->count - count;
	if (strcmp(cvp_stems_key(ctx, before, first, count), title->stems) == 0)
		return true;
	part = cvp_text_fold(ctx, text + before->words[first].offset);
	return cvp_text_similarity(ctx, part, title->folded) >= TITLE_LIKE;
}

static bool
same_organisation(const struct cvp_entity *title, const struct cvp_entity *employer)
{
	return title->entry != NULL && employer->entry != NULL && title->entry->organisation.text != NULL &&
	       employer->entry->organisation.text != NULL &&
	       strcmp(title->entry->organisation.text, employer->entry->organisation.text) == 0;
}

/* Does a role stand among the last words? "Head of Sales, Acme" ends in one after a comma, "led sales at Acme" not. */
static bool
ends_in_role(const struct cvp_words *words, size_t last)
{
	for (size_t i = 0; i < last && i < words->count; i++) {
		if (cvp_is_role_noun(words->words[words->count - 1 - i].folded))
			return true;
	}
	return false;
}

/* Where the text that may name a title before `end` begins: not in the middle of a character. */
static size_t
start_before(const char *text, size_t end)
{
	size_t start = end > BEFORE_MAX ? end - BEFORE_MAX : 0;

	while (start < end && ((unsigned char)text[start] & 0xC0) == 0x80)
		start++;
	return start;
}

/* Is the employer named as the one that hires: "the role of Engineer at Acme", where Acme is the posting's too? */
static bool
is_hiring(const struct cvp_line *line, const struct cvp_entity *employer, size_t at)
{
	const struct cvp_check *check = line->check;
	struct cvp_words words = cvp_words_of(check->ctx, employer->plain, strlen(employer->plain));
	size_t start = start_before(line->text, at);

	for (size_t i = start; i < at; i++)
		start = strchr(".!?;", line->text[i]) != NULL ? i + 1 : start;
	if ((cvp_statement_cues(check->ctx, line->text + start, at - start) & CVP_STATES_WISH) == 0)
		return false;
	return check->target == NULL || cvp_facts_have_words(check->ctx, check->target, &words, 0, words.count);
}

/* The words before an employer: a title there must be one the CV has with this employer. */
static void
check_title(struct cvp_line *line, const struct cvp_entity *employer, size_t end)
{
	struct cvp_ctx *ctx = line->check->ctx;
	const struct cvp_facts *facts = line->check->cv;
	size_t start = start_before(line->text, end);
	const char *text = cvp_arena_strndup(ctx->arena, line->text + start, end - start);
	struct cvp_words words = cvp_words_of(ctx, text, end - start);
	bool is_title = false;

	if (words.count == 0 ||
	    words.words[words.count - 1].offset + words.words[words.count - 1].length + 2 < end - start)
		return; /* something masked stands between */
	for (size_t i = 0; i < facts->entity_count; i++) {
		const struct cvp_entity *title = &facts->entities[i];

		if (title->kind != CVP_ENTITY_TITLE || !is_titled(line, &words, text, title))
			continue;
		if (same_organisation(title, employer))
			return;
		is_title = true;
	}
	if (is_title || ends_in_role(&words, line->text[end] == ',' ? ROLE_TAIL : 1)) {
		size_t first = words.count > TITLE_WORDS ? words.count - TITLE_WORDS : 0;

		cvp_line_report(
		    line, CVP_SEVERITY_CRITICAL, employer->entry != NULL ? employer->entry->title.text : NULL,
		    cvp_arena_printf(ctx->arena, "%s, %s", text + words.words[first].offset, employer->plain));
	}
}

static void
check_employer(struct cvp_line *line, const struct cvp_entity *employer)
{
	size_t length = strlen(employer->plain);

	for (const char *found = strstr(line->text, employer->plain); found != NULL;
	     found = strstr(found + length, employer->plain)) {
		size_t at = (size_t)(found - line->text), joint = joint_length(line->text, at);

		if (joint > 0 && !is_letter_byte(line->text[at + length]) && !is_hiring(line, employer, at))
			check_title(line, employer, at - joint);
	}
}

void
cvp_line_citations(struct cvp_line *line)
{
	const struct cvp_facts *facts = line->check->cv;

	for (size_t i = 0; i < facts->entity_count; i++) {
		if (facts->entities[i].kind == CVP_ENTITY_EMPLOYER)
			check_employer(line, &facts->entities[i]);
	}
	for (size_t at = 0, read = 0; line->text[at] != '\0' && read < BRACKETS_MAX; at++) {
		size_t close = line->text[at] == '(' ? closing(line->text, at) : at;

		read += line->text[at] == '(';
		if (close > at)
			check_brackets(line, at, close);
	}
}
