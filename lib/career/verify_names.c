/* verify_names.c - names and roles: capitalised words, employers after at, with, for, roles after as. */
#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "career/verify_line.h"
#include "career/verify_plain.h"
#include "core/ctx.h"

#define ROLE_WORDS       6    /* of a title, counted from its lead */
#define APPOSITION_WORDS 12   /* of a title before its comma, with what follows it */
#define ROLE_LIKE        0.82 /* SPEC 8 */

static bool
has_capital(const struct cvp_line *line, size_t at)
{
	const struct cvp_word *word = &line->words.words[at];
	const char *text = line->text + word->offset;

	for (size_t i = 0; i < word->length;) {
		ucs4_t c;
		int n = u8_mbtouc(&c, (const uint8_t *)text + i, word->length - i);

		if (uc_is_upper(c))
			return true;
		i += n > 0 ? (size_t)n : 1;
	}
	return false;
}

/* Marks the words of each place where the name stands in the line in its own letters, begun by a capital or a quotation
 * mark: a posting cannot hide a claim by taking a phrase of small letters for its title. */
static void
mark_name(const struct cvp_line *line, const char *name, bool *is_name)
{
	size_t length = name != NULL ? strlen(name) : 0;

	if (length == 0 || strchr(name, ' ') == NULL)
		return;
	for (const char *found = line->text; (found = strstr(found, name)) != NULL; found += length) {
		size_t from = (size_t)(found - line->text), first = 0;

		while (first < line->words.count && line->words.words[first].offset < from)
			first++;
		if (first == line->words.count || !(has_capital(line, first) || (from > 0 && found[-1] == '"')))
			continue;
		for (size_t i = first; i < line->words.count && line->words.words[i].offset < from + length; i++)
			is_name[i] = true;
	}
}

const bool *
cvp_line_name_words(const struct cvp_line *line)
{
	const struct cvp_check *check = line->check;
	bool *is_name = cvp_arena_alloc(check->ctx->arena, (line->words.count + 1) * sizeof(bool));

	for (size_t i = 0; i < CVP_COUNT(check->target_names); i++)
		mark_name(line, check->target_names[i], is_name);
	for (size_t i = 0; i < check->cv->entity_count; i++) {
		if (check->cv->entities[i].kind == CVP_ENTITY_EMPLOYER)
			mark_name(line, check->cv->entities[i].plain, is_name);
	}
	return is_name;
}

static bool
is_one_of(const char *folded, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], folded) == 0)
			return true;
	}
	return false;
}

/* Capitals that name nothing of the candidate. */
static bool
is_plain_capital(const char *folded)
{
	static const char *const list[] = { "i",        "cv",       "cvs",      "january", "february", "march",
					    "april",    "may",      "june",     "july",    "august",   "september",
					    "october",  "november", "december", "monday",  "tuesday",  "wednesday",
					    "thursday", "friday",   "saturday", "sunday",  "i'm",      "i've",
					    "ms",       "mr",       "mrs",      "q1",      "q2",       "q3",
					    "q4" };

	return is_one_of(folded, list, CVP_COUNT(list));
}

/* May two capitalised words around `gap` be parts of one name? */
static bool
joins_name(const char *gap, size_t length)
{
	return length == 1 && strchr(" -&/'.", gap[0]) != NULL;
}

static bool
is_inner_word(const char *folded)
{
	static const char *const list[] = { "of", "the", "de", "la", "von", "van", "der", "for" };

	return is_one_of(folded, list, CVP_COUNT(list));
}

/* The end of the run of capitalised words that begins at word `at`: "Allen Institute for AI". */
static size_t
run_end(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	size_t end = at + 1, limit = statement->first + statement->count;

	for (size_t next = end; next < limit; next++) {
		size_t length;
		const char *gap = cvp_line_gap(line, next, &length);

		if (!joins_name(gap, length))
			break;
		if (has_capital(line, next) && !line->is_skill[next])
			end = next + 1;
		else if (!is_inner_word(line->words.words[next].folded))
			break;
	}
	return end;
}

/* Where the words [first, first+count) are proved by the CV as a name: alone they may stand anywhere in it; inside a
 * longer run one word must be a name of its own, else any two words of the CV would make a name. */
static bool
is_known(const struct cvp_line *line, const struct cvp_statement *statement, size_t first, size_t count, bool is_part)
{
	const struct cvp_check *check = line->check;
	const unsigned kinds = ~0U;

	if (cvp_line_allows_target(line, statement) && cvp_line_target_has(line, first, count))
		return true;
	if (is_part && count == 1)
		return cvp_facts_find_entity(check->ctx, check->cv, kinds, &line->words, first, 1) != NULL;
	return cvp_facts_have_words(check->ctx, check->cv, &line->words, first, count);
}

/* How many of the words from `first` on are known, taken piece by piece, longest first. */
static size_t
known_words(const struct cvp_line *line, const struct cvp_statement *statement, size_t first, size_t end)
{
	size_t at = first;

	while (at < end) {
		size_t count = end - at;

		while (count > 0 && !is_known(line, statement, at, count, count < end - first))
			count--;
		if (count == 0 && !is_plain_capital(line->words.words[at].folded) &&
		    !is_inner_word(line->words.words[at].folded))
			break;
		at += count > 0 ? count : 1;
	}
	return at - first;
}

/* The target's own name after at, with, for: fine unless the statement makes it an employer of the candidate. */
static bool
is_target_company(const struct cvp_line *line, const struct cvp_statement *statement, size_t first, size_t count)
{
	if (line->check->target == NULL || line->voice == CVP_VOICE_CV || !cvp_line_target_has(line, first, count))
		return false;
	return (statement->cues & CVP_STATES_EMPLOYMENT) == 0;
}

static bool
is_employer(const struct cvp_line *line, size_t first, size_t end)
{
	const struct cvp_check *check = line->check;
	const unsigned kinds = 1U << CVP_ENTITY_EMPLOYER | 1U << CVP_ENTITY_INSTITUTION | 1U << CVP_ENTITY_OTHER;

	for (size_t count = end - first; count > 0; count--) {
		if (cvp_facts_find_entity(check->ctx, check->cv, kinds, &line->words, first, count) != NULL)
			return true;
	}
	return false;
}

static int
lead_weight(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	size_t before = at;

	while (before > statement->first &&
	       is_one_of(line->words.words[before - 1].folded, (const char *const[]){ "the", "a", "an" }, 3))
		before--;
	return before > statement->first ? cvp_employer_lead(line->words.words[before - 1].folded) : 0;
}

/* A run of capitalised words: known, the target's where it may be, or a finding. */
static void
judge_run(struct cvp_line *line, const struct cvp_statement *statement, size_t first, size_t end)
{
	int lead = lead_weight(line, statement, first);
	size_t known = known_words(line, statement, first, end);
	bool is_work = (statement->cues & CVP_STATES_EMPLOYMENT) != 0;

	if (known == end - first) {
		if (lead == 2 && is_work && !is_employer(line, first, end) && !cvp_line_allows_target(line, statement))
			cvp_line_report(line, CVP_SEVERITY_CRITICAL, "an employer of the CV",
					cvp_line_part(line, first, end - first));
		return;
	}
	if (is_target_company(line, statement, first, end - first))
		return;
	cvp_line_report(line, lead > 0 || end - first > 1 ? CVP_SEVERITY_CRITICAL : CVP_SEVERITY_WARNING, NULL,
			cvp_line_part(line, first, end - first));
}

/* The first word of a sentence has its capital from there: it counts only with what follows it. */
static bool
is_first_word(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	const struct cvp_word *word = &line->words.words[at];
	size_t before = word->offset;

	if (at == statement->first && statement->opens_sentence)
		return true;
	while (before > 0 && strchr(" '\"(", line->text[before - 1]) != NULL)
		before--;
	return before == 0 || line->text[before - 1] == ':' || line->text[before - 1] == '.';
}

/* "Anna brings", "Anna worked": a name begins the sentence. */
static bool
is_subject(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	static const char *const verbs[] = { "brings", "worked", "served",    "joined",
					     "holds",  "earned", "graduated", "studied" };
	static const char *const nouns[] = { "experience", "background", "work", "career",     "he",   "she",
					     "they",       "who",        "this", "that",       "it",   "candidate",
					     "which",      "also",       "and",  "previously", "then", "has" };

	return at + 1 < statement->first + statement->count &&
	       is_one_of(line->words.words[at + 1].folded, verbs, CVP_COUNT(verbs)) &&
	       !is_one_of(line->words.words[at].folded, nouns, CVP_COUNT(nouns));
}

static void
check_run(struct cvp_line *line, const struct cvp_statement *statement, size_t first, size_t end)
{
	size_t known = known_words(line, statement, first, end);

	if (is_first_word(line, statement, first) && known == 0 &&
	    !(end - first == 1 && is_subject(line, statement, first))) {
		first++;
		while (first < end && is_inner_word(line->words.words[first].folded))
			first++;
	}
	if (first < end)
		judge_run(line, statement, first, end);
}

/* "role at", "worked at", "her years at": what follows is an employer, though "at ease" and "at scale" are none. */
static bool
leads_to_work(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	static const char *const nouns[] = { "role", "roles",    "job",        "jobs",       "position",
					     "post", "work",     "works",      "worked",     "years",
					     "time", "stint",    "tenure",     "career",     "spent",
					     "days", "employed", "experience", "internship", "served" };

	for (size_t i = at; i > statement->first && at - i < 2; i--) {
		const char *folded = line->words.words[i - 1].folded;

		if (is_one_of(folded, nouns, CVP_COUNT(nouns)) || cvp_is_role_noun(folded))
			return true;
	}
	return false;
}

/* Hebrew has no capitals: a school, a bank, an institute is told by its noun, its name stands behind. */
static bool
is_house_noun(const char *folded)
{
	static const char *const nouns[] = { "תיכון", "מכון",   "אוניברסיטת", "מכללת", "בנק",    "קבוצת",
					     "רשת",   "עיריית", "הסמכת",      "תעודת", "רישיון", "סטודיו" };
	static const char *const prefixes[] = { "", "ב", "ל", "מ", "ו", "ש" };
	bool is_hebrew = folded[0] == nouns[0][0]; /* the first byte of every Hebrew letter */

	for (size_t i = 0; is_hebrew && i < CVP_COUNT(nouns); i++) {
		for (size_t j = 0; j < CVP_COUNT(prefixes); j++) {
			size_t length = strlen(prefixes[j]);

			if (strncmp(folded, prefixes[j], length) == 0 && strcmp(folded + length, nouns[i]) == 0)
				return true;
		}
	}
	return false;
}

static bool
leads_to_employer(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	const char *lead = line->words.words[at - 1].folded;

	if (strcmp(lead, "at") == 0)
		return leads_to_work(line, statement, at - 1);
	return (cvp_employer_lead(lead) == 2 && strcmp(lead, "joined") != 0) || is_house_noun(lead);
}

/* After a word that only an employer can follow, small letters name one too: "в компании рога и копыта". */
static void
check_small_employer(struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	const struct cvp_check *check = line->check;
	size_t length;
	const char *gap = cvp_line_gap(line, at, &length);

	if (!leads_to_employer(line, statement, at) || !(length == 1 || (length == 2 && gap[0] == ' ')) ||
	    line->words.words[at].is_stop)
		return;
	if (is_employer(line, at, at + 1) || is_target_company(line, statement, at, 1) ||
	    cvp_facts_have_words(check->ctx, check->cv, &line->words, at, 1) ||
	    (cvp_line_allows_target(line, statement) && cvp_line_target_has(line, at, 1)))
		return;
	cvp_line_report(line, CVP_SEVERITY_CRITICAL, "an employer of the CV", cvp_line_part(line, at, 1));
}

static void
check_disguise(struct cvp_line *line, size_t at)
{
	const struct cvp_check *check = line->check;

	if (!cvp_is_disguised(line->text + line->words.words[at].offset, line->words.words[at].length) ||
	    cvp_facts_have_words(check->ctx, check->cv, &line->words, at, 1) ||
	    (check->target != NULL && cvp_line_target_has(line, at, 1)))
		return;
	cvp_line_report(line, CVP_SEVERITY_CRITICAL, "letters of one script", cvp_line_part(line, at, 1));
}

void
cvp_line_names(struct cvp_line *line, const struct cvp_statement *statement)
{
	size_t at = statement->first, limit = statement->first + statement->count;

	while (at < limit) {
		size_t end = at + 1;

		if (line->voice != CVP_VOICE_POSTING)
			check_disguise(line, at);
		if (line->is_skill[at] || is_plain_capital(line->words.words[at].folded)) {
			at = end;
			continue;
		}
		if (has_capital(line, at)) {
			end = run_end(line, statement, at);
			check_run(line, statement, at, end);
		} else if (at > statement->first) {
			check_small_employer(line, statement, at);
		}
		at = end;
	}
}

/* "of a", "of the": what follows tells where, "of" alone may be of the title: Head of Sales. */
static bool
is_of_a(const struct cvp_line *line, size_t at, size_t limit)
{
	static const char *const articles[] = { "a", "an", "the", "her", "his", "its" };

	return at + 1 < limit && strcmp(line->words.words[at].folded, "of") == 0 &&
	       is_one_of(line->words.words[at + 1].folded, articles, CVP_COUNT(articles));
}

/* The form of a firm, which its name follows: ООО «Кедр». */
static bool
is_firm(const char *folded)
{
	static const char *const forms[] = { "ооо", "зао", "оао", "пао", "ао", "ип", "фгуп", "гуп", "חברת" };

	return is_one_of(folded, forms, CVP_COUNT(forms));
}

/* Where a title that begins at word `first` ends: at a word or sign no title goes over. */
static size_t
title_end(const struct cvp_line *line, const struct cvp_statement *statement, size_t first)
{
	static const char *const stops[] = { "at",  "with", "for",   "in",   "from", "on",    "to", "by",  "where",
					     "who", "and",  "which", "that", "в",    "на",    "у",  "с",   "для",
					     "из",  "и",    "по",    "עם",   "אצל",  "בחברת", "של", "עבור" };
	size_t limit = statement->first + statement->count, end = first;

	while (end < limit && end - first < ROLE_WORDS) {
		size_t length = 1;
		const char *gap = end > first ? cvp_line_gap(line, end, &length) : " ";

		if (is_one_of(line->words.words[end].folded, stops, CVP_COUNT(stops)) || is_of_a(line, end, limit) ||
		    strcspn(gap, ",(;:)\"\x01") < length || (end > first && is_firm(line->words.words[end].folded)))
			break;
		end++;
	}
	return end;
}

static bool
names_role(const struct cvp_line *line, size_t first, size_t end)
{
	for (size_t at = first; at < end; at++) {
		if (cvp_is_role_noun(line->words.words[at].folded))
			return true;
	}
	return false;
}

/* A title after its lead: like one of the CV, in its words, or the target's where it is named as such. */
static void
check_role(struct cvp_line *line, const struct cvp_statement *statement, size_t first, size_t end)
{
	const struct cvp_check *check = line->check;
	const char *part = cvp_line_part(line, first, end - first);
	const struct cvp_entity *nearest;
	double similarity;

	if (cvp_facts_have_words(check->ctx, check->cv, &line->words, first, end - first))
		return;
	if (cvp_line_allows_target(line, statement) && cvp_line_target_has(line, first, end - first))
		return;
	nearest = cvp_facts_nearest_title(check->ctx, check->cv, cvp_text_fold(check->ctx, part), &similarity);
	if (similarity < ROLE_LIKE)
		cvp_line_report(line, CVP_SEVERITY_CRITICAL, nearest != NULL ? nearest->plain : NULL, part);
}

/* The Hebrew "as" is the letter כ before a noun: כמנהל. */
static bool
is_hebrew_as(const char *folded)
{
	const char *as = "כ";

	return strncmp(folded, as, strlen(as)) == 0 && !cvp_is_role_noun(as) && strlen(folded) > 3 * strlen(as) &&
	       cvp_is_role_noun(folded + strlen(as));
}

/* "the candidate", "she": whom a sentence goes on about after a comma. */
static bool
is_subject_at(const struct cvp_line *line, size_t at)
{
	static const char *const subjects[] = { "candidate", "she", "he",      "they",   "you", "кандидат", "она",
						"он",        "вы",  "המועמדת", "המועמד", "היא", "הוא" };
	const struct cvp_words *words = &line->words;

	at += at < words->count && strcmp(words->words[at].folded, "the") == 0;
	return at < words->count && is_one_of(words->words[at].folded, subjects, CVP_COUNT(subjects));
}

/* Does the sentence go on about somebody behind its first comma, at most so many words on? */
static bool
has_subject_behind_comma(const struct cvp_line *line, size_t first)
{
	size_t limit = first + APPOSITION_WORDS < line->words.count ? first + APPOSITION_WORDS : line->words.count;
	size_t length;

	for (size_t at = first + 1; at < limit; at++) {
		const char *gap = cvp_line_gap(line, at, &length);

		if (strcspn(gap, ",.;:!?(") < length)
			return *gap == ',' && is_subject_at(line, at);
	}
	return false;
}

/* "Acting engineering manager for the depots, the candidate ...": a title before the one who is said to have it. */
static void
check_apposition(struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const before[] = { "a", "an", "the", "acting", "once", "formerly" };
	size_t limit = statement->first + statement->count, first = statement->first, end;

	if (!statement->opens_sentence || !has_subject_behind_comma(line, first))
		return;
	while (first < limit && is_one_of(line->words.words[first].folded, before, CVP_COUNT(before)))
		first++;
	end = title_end(line, statement, first);
	if (end > first && names_role(line, first, end))
		check_role(line, statement, first, end);
}

void
cvp_line_roles(struct cvp_line *line, const struct cvp_statement *statement)
{
	size_t limit = statement->first + statement->count;

	for (size_t at = statement->first; at < limit; at++) {
		size_t lead = cvp_role_lead(&line->words, at), first = at + lead, end;

		if (lead == 0 && is_hebrew_as(line->words.words[at].folded))
			end = title_end(line, statement, at);
		else if (lead > 0 && first < limit)
			end = title_end(line, statement, first);
		else
			continue;
		if (end > first && names_role(line, first, end))
			check_role(line, statement, first, end);
	}
	check_apposition(line, statement);
}
