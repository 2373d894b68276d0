#include "career/verify_prose.h"

#include <string.h>

#include "career/verify_prose_index.h"
#include "core/ctx.h"

static bool
has_name(const struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_check *check = line->check;

	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		if (cvp_facts_find_entity(check->ctx, check->cv, 1U << CVP_ENTITY_PERSON, &line->words, i, 1) != NULL)
			return true;
	}
	return false;
}

static bool
is_past_verb(const struct cvp_line *line, const char *folded)
{
	size_t length = strlen(folded);

	return length > 4 && strcmp(folded + length - 2, "ed") == 0 &&
	       (cvp_prose_classes(line->check->prose->words, folded, NULL) & CVP_PROSE_PLAIN) == 0;
}

/* Is the candidate its subject: by a pronoun, by name, or as the one left out before a verb? */
static bool
is_personal(const struct cvp_line *line, const struct cvp_statement *statement)
{
	return line->voice == CVP_VOICE_CV || (statement->cues & CVP_STATES_PERSON) != 0 || has_name(line, statement) ||
	       (statement->opens_sentence && is_past_verb(line, line->words.words[statement->first].folded));
}

/* "Ruth published": whatever else is said, it is told of her. */
static bool
begins_with_name(const struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_check *check = line->check;

	return statement->count > 2 && statement->opens_sentence &&
	       cvp_facts_find_entity(check->ctx, check->cv, 1U << CVP_ENTITY_PERSON, &line->words, statement->first,
				     1) != NULL;
}

/* Does the statement tell of the candidate, denying nothing and asking for nothing? */
static bool
tells(const struct cvp_line *line, const struct cvp_statement *statement)
{
	if (line->voice == CVP_VOICE_CV)
		return !cvp_statement_seeks(line, statement);
	if (begins_with_name(line, statement) && (statement->cues & CVP_STATES_DENIAL) == 0)
		return true;
	if ((statement->cues & CVP_STATES_DENIAL) != 0 || cvp_statement_is_about_target(statement))
		return false;
	return (statement->cues & CVP_STATES_OWNING) != 0 || is_personal(line, statement);
}

/* A piece of a sentence that states nothing by itself tells what the sentence tells: "Harvard-educated, she ...". */
static bool
tells_beside(const struct cvp_line *line, const struct cvp_statement *statement)
{
	size_t first, end;

	if (statement->cues != 0)
		return false;
	cvp_prose_sentence(line, statement, &first, &end);
	for (size_t i = 0; i < line->statements.count; i++) {
		const struct cvp_statement *other = &line->statements.rows[i];

		if (other->first >= first && other->first < end && tells(line, other))
			return true;
	}
	return false;
}

static void
report_statement(struct cvp_line *line, const struct cvp_statement *statement, enum cvp_severity severity,
		 const char *expected)
{
	cvp_line_report(line, severity, expected, cvp_line_part(line, statement->first, statement->count));
}

/* "Harvard-educated", "PMP-certified": what stands before the hyphen is claimed. */
static bool
is_attribute(const struct cvp_line *line, size_t at)
{
	static const char *const tails[] = {
		"educated", "trained", "certified", "qualified", "accredited", "licensed"
	};
	const struct cvp_check *check = line->check;
	size_t length;

	if (at == 0 || cvp_line_gap(line, at, &length)[0] != '-' || length != 1)
		return false;
	for (size_t i = 0; i < CVP_COUNT(tails); i++) {
		if (strcmp(line->words.words[at].folded, tails[i]) == 0)
			return !cvp_facts_have_words(check->ctx, check->cv, &line->words, at - 1, 1);
	}
	return false;
}

/* Where a school's name need not have a capital to be seen, the word behind "graduate" must be the CV's: בוגרת הטכניון.
 */
static bool
is_other_school(const struct cvp_line *line, const struct cvp_statement *statement, size_t at)
{
	const struct cvp_check *check = line->check;

	if ((unsigned char)line->words.words[at].folded[0] < 0x80 || at + 1 >= statement->first + statement->count ||
	    line->words.words[at + 1].is_stop)
		return false;
	return !cvp_facts_have_words(check->ctx, check->cv, &line->words, at + 1, 1);
}

static struct cvp_prose_content
content_beside_feats(const struct cvp_line *line, const struct cvp_statement *statement)
{
	struct cvp_prose_content content = { .count = 0 };

	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		struct cvp_prose_content word = cvp_prose_content_of(line, i, i + 1);
		unsigned feats;

		cvp_prose_classes(line->check->prose->words, line->words.words[i].folded, &feats);
		if (feats == 0 && word.count > 0 && content.count < CVP_PROSE_KEYS)
			content.keys[content.count++] = word.keys[0];
	}
	return content;
}

/* Does an entry of the CV with such a feat speak of what the statement speaks of? */
static bool
has_feat(const struct cvp_line *line, const struct cvp_statement *statement, unsigned feats)
{
	const struct cvp_prose *prose = line->check->prose;
	struct cvp_prose_content content = content_beside_feats(line, statement);

	if ((feats & prose->feats) == 0)
		return false;
	if (content.count == 0 || (feats & CVP_FEAT_GRADUATE) != 0 || !cvp_prose_is_comparable(line, statement))
		return true;
	for (size_t i = 0; i < prose->count; i++) {
		if ((prose->sources[i].feats & feats) != 0 &&
		    cvp_prose_shared_with_entry(prose, &content, prose->sources[i].group) > 0)
			return true;
	}
	return false;
}

/* A prize, a patent, a publication where the CV has nothing of the kind. */
static void
check_feats(struct cvp_line *line, const struct cvp_statement *statement)
{
	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		unsigned feats;

		cvp_prose_classes(line->check->prose->words, line->words.words[i].folded, &feats);
		if (feats == CVP_FEAT_BOARD && i > 0 && strcmp(line->words.words[i - 1].folded, "on") == 0)
			continue; /* on board */
		if (is_attribute(line, i) ||
		    ((feats & CVP_FEAT_GRADUATE) != 0 && is_other_school(line, statement, i)) ||
		    (feats != 0 && !has_feat(line, statement, feats))) {
			cvp_line_report(line, CVP_SEVERITY_WARNING, "a feat of the CV", cvp_line_part(line, i, 1));
			return;
		}
	}
}

/* A deed told of one employer that stands in the entry of another. */
static void
check_employer(struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_prose *prose = line->check->prose;
	const struct cvp_entity *employer = cvp_prose_only_employer(line, statement);
	struct cvp_prose_content content = cvp_prose_content_of(line, statement->first,
								statement->first + statement->count);
	size_t own = 0, other = 0;

	if (employer == NULL || content.count < 2)
		return;
	for (size_t i = 0; i < prose->count; i++) {
		const struct cvp_prose_source *source = &prose->sources[i];
		size_t shared;

		if (source->group != i)
			continue;
		shared = cvp_prose_shared_with_entry(prose, &content, i);
		if (cvp_prose_entry_names(line, i, employer))
			own = shared > own ? shared : own;
		else if (cvp_prose_is_deed(source->pointer))
			other = shared > other ? shared : other;
	}
	if (other >= own + 2 && 2 * own < content.count)
		report_statement(line, statement, CVP_SEVERITY_WARNING, "a deed at this employer");
}

/* A title tells of all that its entry tells. */
static bool
is_title(const char *pointer)
{
	const char *last = strrchr(pointer, '/');

	return strcmp(last, "/position") == 0 || strcmp(last, "/title") == 0 || strstr(pointer, "/roles/") != NULL;
}

/* How much of what is led stands in the lines of the employer named (all where none is), in those that lead, and in
 * the others'. */
struct leading {
	size_t most, led, elsewhere;
};

static void
weigh_lead(const struct cvp_line *line, const struct cvp_prose_content *content, const struct cvp_entity *employer,
	   size_t index, struct leading *leading)
{
	const struct cvp_prose *prose = line->check->prose;
	const struct cvp_prose_source *source = &prose->sources[index];
	size_t shared = cvp_prose_is_name(source->pointer) ? 0 : cvp_prose_shared_with(content, source);

	if (employer != NULL && !cvp_prose_entry_names(line, source->group, employer)) {
		leading->elsewhere += cvp_prose_is_deed(source->pointer) ? shared : 0;
		return;
	}
	leading->most = shared > leading->most ? shared : leading->most;
	if ((source->classes & CVP_PROSE_LEADER) == 0)
		return;
	if (is_title(source->pointer))
		shared = cvp_prose_shared_with_entry(prose, content, source->group);
	leading->led = shared > leading->led ? shared : leading->led;
}

/* "led" where the lines that speak of it do not lead, or are another employer's. */
static void
check_lead(struct cvp_line *line, const struct cvp_statement *statement)
{
	struct cvp_prose_content content = cvp_prose_content_of(line, statement->first,
								statement->first + statement->count);
	const struct cvp_entity *employer = cvp_prose_only_employer(line, statement);
	struct leading leading = { 0 };

	if ((content.classes & CVP_PROSE_LEAD) == 0 || content.count == 0)
		return;
	for (size_t i = 0; i < line->check->prose->count; i++)
		weigh_lead(line, &content, employer, i, &leading);
	if (3 * leading.led < 2 * leading.most || (leading.most == 0 && leading.elsewhere > 0))
		report_statement(line, statement, CVP_SEVERITY_WARNING, "a line that leads");
}

/* "would help", "could": nothing that has happened. */
static bool
is_supposed(const struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const modals[] = { "would", "could", "should", "might", "will", "бы" };

	for (size_t i = statement->first; i < statement->first + statement->count; i++) {
		for (size_t j = 0; j < CVP_COUNT(modals); j++) {
			if (strcmp(line->words.words[i].folded, modals[j]) == 0)
				return true;
		}
	}
	return false;
}

/* Words that claim nothing by themselves, but tell that something was done. */
static bool
is_past(const char *folded)
{
	static const char *const verbs[] = { "brought", "took",  "gave", "kept", "got", "went",  "came",
					     "held",    "found", "grew", "won",  "met", "spent", "turned" };

	for (size_t i = 0; i < CVP_COUNT(verbs); i++) {
		if (strcmp(verbs[i], folded) == 0)
			return true;
	}
	return false;
}

/* "you rebuilt": a person and what he or she did, not "what you have to do". */
static bool
tells_deed(const struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const persons[] = { "you", "she", "he", "вы", "она", "он", "היא", "הוא" };

	for (size_t i = statement->first; i + 1 < statement->first + statement->count; i++) {
		const struct cvp_word *next = &line->words.words[i + 1];

		for (size_t j = 0; j < CVP_COUNT(persons); j++) {
			if (strcmp(line->words.words[i].folded, persons[j]) == 0 && !next->is_stop &&
			    (is_past(next->folded) ||
			     (cvp_prose_classes(line->check->prose->words, next->folded, NULL) & CVP_PROSE_PLAIN) == 0))
				return true;
		}
	}
	return false;
}

/* The cues of the statement that begins at word `first`. */
static unsigned
cues_at(const struct cvp_line *line, size_t first)
{
	for (size_t i = 0; i < line->statements.count; i++) {
		if (line->statements.rows[i].first == first)
			return line->statements.rows[i].cues;
	}
	return 0;
}

/* Less than half of its sentence's words are the CV's. Advice says much that no CV says, but for the deeds it tells. */
static void
check_ground(struct cvp_line *line, const struct cvp_statement *statement)
{
	struct cvp_prose_content content;
	size_t first, end;
	unsigned opening;
	bool is_advice;

	cvp_prose_sentence(line, statement, &first, &end);
	opening = cues_at(line, first);
	is_advice = line->voice != CVP_VOICE_CV && (opening & (CVP_STATES_ADVICE | CVP_STATES_WISH)) != 0;
	if (is_supposed(line, statement) || !cvp_prose_is_comparable(line, statement) ||
	    !is_personal(line, statement) || (is_advice && !tells_deed(line, statement)))
		return;
	if (is_advice || (opening & CVP_STATES_DENIAL) != 0) {
		first = statement->first;
		end = first + statement->count;
	}
	content = cvp_prose_content_of(line, first, end);
	if (content.count >= 2 && cvp_prose_shared_with_all(line->check->prose, &content) * 2 < content.count)
		report_statement(line, statement, CVP_SEVERITY_WARNING, "a line of the CV");
}

/* "created React": a technology is used, not made, unless the CV says who made it. */
static void
check_maker(struct cvp_line *line, const struct cvp_statement *statement)
{
	static const char *const verbs[] = { "created", "invented", "launched", "pioneered", "authored", "founded" };
	size_t limit = statement->first + statement->count;

	for (size_t i = statement->first; i + 1 < limit; i++) {
		size_t end = i + 1, length = 1;

		while (end < limit && line->is_skill[end])
			end++;
		if (end == i + 1 || cvp_facts_have_words(line->check->ctx, line->check->cv, &line->words, i, end - i))
			continue;
		if (end < limit && strcmp(line->words.words[end].folded, "itself") == 0)
			cvp_line_report(line, CVP_SEVERITY_WARNING, "a maker the CV names",
					cvp_line_part(line, i, end - i));
		if (end < limit && !line->words.words[end].is_stop &&
		    strchr(",;", cvp_line_gap(line, end, &length)[0]) == NULL)
			continue; /* "created React components" */
		for (size_t j = 0; j < CVP_COUNT(verbs); j++) {
			if (strcmp(line->words.words[i].folded, verbs[j]) == 0)
				cvp_line_report(line, CVP_SEVERITY_WARNING, "a maker the CV names",
						cvp_line_part(line, i, end - i));
		}
	}
}

/* "years", "stint": with a name before it, a time spent somewhere. */
static bool
is_time_spent(const char *folded)
{
	static const char *const nouns[] = {
		"years", "days", "stint", "tenure", "veteran", "alum", "alumnus", "alumna"
	};

	for (size_t i = 0; i < CVP_COUNT(nouns); i++) {
		if (strcmp(folded, nouns[i]) == 0)
			return true;
	}
	return false;
}

/* "her AWS years", "her clinic days", "a Netflix veteran": the CV must know the place. */
static void
check_time_spent(struct cvp_line *line, const struct cvp_statement *statement)
{
	const struct cvp_check *check = line->check;
	const unsigned kinds = 1U << CVP_ENTITY_EMPLOYER | 1U << CVP_ENTITY_INSTITUTION;

	for (size_t i = statement->first + 1; i < statement->first + statement->count; i++) {
		struct cvp_prose_content place = cvp_prose_content_of(line, i - 1, i);

		if (!is_time_spent(line->words.words[i].folded) || place.count == 0 ||
		    cvp_facts_find_entity(check->ctx, check->cv, kinds, &line->words, i - 1, 1) != NULL)
			continue;
		if (line->is_skill[i - 1] || cvp_prose_shared_with_all(check->prose, &place) == 0)
			cvp_line_report(line, CVP_SEVERITY_CRITICAL, "an employer of the CV",
					cvp_line_part(line, i - 1, 2));
	}
}

void
cvp_line_prose(struct cvp_line *line, const struct cvp_statement *statement)
{
	bool is_telling = statement->count > 0 && tells(line, statement);

	if (!is_telling && (statement->count == 0 || !tells_beside(line, statement)))
		return;
	check_feats(line, statement);
	if (!is_telling)
		return;
	check_employer(line, statement);
	check_lead(line, statement);
	cvp_prose_share_check(line, statement);
	cvp_prose_school_check(line, statement);
	cvp_prose_title_of_honour_check(line, statement);
	check_ground(line, statement);
	check_time_spent(line, statement);
	check_maker(line, statement);
}
