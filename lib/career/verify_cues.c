#include "career/verify_cues.h"

#include <string.h>

#include "core/ctx.h"

/* Words as cvp_words_of() folds them; a '*' ends a prefix. One list a cue, all languages together: their scripts, and
 * for Latin letters our three languages' only Latin one, keep them apart. */
static const char *const negated[] = { "not",      "no",     "isn't",      "doesn't",   "don't",   "hasn't",  "haven't",
				       "hadn't",   "didn't", "won't",      "can't",     "cannot",  "wasn't",  "aren't",
				       "without",  "lack*",  "missing",    "gap",       "gaps",    "never",   "neither",
				       "nor",      "absent", "unfamiliar", "yet",       "absence", "nothing", "none",
				       "не",       "нет",    "без",        "отсутств*", "пробел*", "ни",      "никак*",
				       "недоста*", "לא",     "אין",        "ללא",       "חסר*",    "בלי",     "טרם",
				       "פער*",     "היעדר*", "איננ*",      "אינ*" };
static const char *const target[] = { "role",     "position",  "vacancy",   "opening",      "posting",   "job",
				      "ask*",     "requir*",   "need*",     "seek*",        "employer",  "interview*",
				      "apply*",   "applic*",   "advert*",   "want*",        "nice",      "plus",
				      "optional", "desirable", "bonus",     "желательн*",   "плюс*",     "prefer*",
				      "expect*",  "hire*",     "hiring",    "вакан*",       "позици*",   "роль",
				      "роли",     "требу*",    "требован*", "работодател*", "просит*",   "просят",
				      "ищ*",      "нужн*",     "нужен",     "ожида*",       "объявлен*", "собеседован*",
				      "values",   "ценност*",  "ערך",       "ערכ*",         "משרה",      "משרת",
				      "משרות",    "דריש*",     "דורש*",     "נדרש*",        "מבקש*",     "מחפש*",
				      "מעסיק*",   "מודע*",     "ראיון",     "מצפ*" };
static const char *const advice[] = { "learn",    "learning",  "study",   "course*", "read",    "try",
				      "practis*", "practic*",  "prepare", "plan",    "refresh", "изуч*",
				      "курс*",    "подготов*", "освой*",  "освоит*", "освоен*", "план*",
				      "прочита*", "попробу*",  "ללמוד",   "ללמידה",  "לימוד",   "קורס*",
				      "להתכונן",  "להכין",     "לתרגל",   "לקרוא",   "לנסות" };
/* First words of a statement that tell the candidate what to say or do. */
static const char *const imperatives[] = {
	"explain",  "say",      "describe", "tell",    "mention", "ask",       "name",        "be",       "show",
	"bring",    "open",     "close",    "walk",    "talk",    "point",     "offer",       "if",       "when",
	"expect",   "remind",   "prepare",  "lead",    "start",   "set",       "book",        "take",     "admit",
	"state",    "discuss",  "share",    "outline", "stress",  "highlight", "acknowledge", "address",  "frame",
	"emphasi*", "avoid",    "keep",     "give",    "use",     "work",      "расскаж*",    "объясн*",  "скаж*",
	"спрос*",   "назов*",   "упомян*",  "покаж*",  "если",    "подчеркн*", "опиш*",       "признай*", "постав*",
	"write",    "build",    "install",  "run",     "do",      "make",      "learn",       "read",     "try",
	"draw",     "list",     "compare",  "create",  "sketch",  "order",     "spend",       "look",     "find",
	"get",      "go",       "have",     "pick",    "choose",  "check",     "review",      "rehearse", "note",
	"put",      "end",      "finish",   "begin",   "turn",    "connect",   "link",        "relate",   "refer",
	"quote",    "cite",     "focus",    "lean",    "rely",    "let",       "remember",    "return",   "sign",
	"enrol*",   "complete", "schedule", "propose", "suggest", "invite",    "own",         "practise", "practice",
	"plan",     "know",     "запиш*",   "начн*",   "напомн*", "ספרי",      "אמור",        "אמרי",     "שאל",
	"שאלי",     "הסבר",     "הסבירי",   "ציין",    "צייני",   "הכן",       "הכיני",       "תאר",      "תארי",
	"אם"
};
/* Those of them that would tell of owning elsewhere. */
static const char *const imperatives_of_owning[] = { "show", "bring", "offer", "use", "work",
						     "lead", "have",  "know",  "own", "покаж*" };
/* Speak of the candidate; the possessive ones too when what follows can be claimed. */
static const char *const persons[] = { "she", "he", "you", "она", "он", "вы" };
/* Hebrew uses its pronouns for "is": only at the start of a statement do they tell of somebody for sure. */
static const char *const hebrew_persons[] = { "היא", "הוא", "אתה" };
static const char *const hebrew_possessives[] = { "שלה", "שלו", "שלך" };
static const char *const possessives[] = { "her", "his", "your", "ваш*" };
static const char *const unclaimed[] = { "cv",        "resume",  "answer*",   "plan*",      "story", "stories", "own",
					 "first",     "next",    "question*", "interview*", "reply", "way",     "lack",
					 "interest*", "missing", "резюме",    "ответ*",     "план*", "вопрос*" };
static const char *const modals[] = { "would",  "could", "should", "might",   "may",    "must", "can",    "will",
				      "need*",  "want*", "plan*",  "intend*", "prefer", "are",  "apply*", "hope*",
				      "can't",  "is",    "have",   "start*",  "tell*",  "say*", "бы",     "мог*",
				      "готов*", "хо*",   "план*",  "долж*",   "תוכל*",  "רוצה" };
/* What follows has not happened yet, or is left open: "before you go in". */
static const char *const openings[] = { "before", "until", "if", "unless", "whether", "while" };
static const char *const asking[] = { "ask", "спрос*", "שאל", "שאלי" };
/* What would be done has not been done. */
static const char *const supposing[] = { "would", "could", "might", "should", "бы" };
/* "has to" owns nothing. */
static const char *const has_to[] = { "has", "have", "had" };
/* Who asks: a verb behind one of these owns nothing. */
static const char *const askers[] = { "team",     "company",  "they",     "employer",   "posting",
				      "role",     "it",       "position", "job",        "client",
				      "someone",  "somebody", "anyone",   "department", "команда",
				      "компания", "вакансия", "הצוות",    "החברה",      "המשרה" };
/* What closes a gap by something told takes the denial from the gap's name. */
static const char *const closing[] = { "clos*",     "cover*",     "fill*",    "bridg*", "offset*",    "compensat*",
				       "make",      "makes",      "made",     "stand",  "stands",     "answer*",
				       "outweigh*", "satisf*",    "закрыва*", "закро*", "компенсир*", "восполн*",
				       "снима*",    "перекрыва*", "מפצ*",     "סוגר*",  "מכס*",       "משלימ*" };
static const char *const gaps[] = { "gap",      "gaps",      "missing", "lack*", "absence", "пробел*",
				    "недоста*", "отсутств*", "פער*",    "חסר*",  "היעדר*",  "חוסר" };
static const char *const owns[] = {
	"bring",   "brings",     "brought",   "has",      "have",      "had",        "having",    "offer*",
	"hold",    "holds",      "holding",   "held",     "show",      "shows",      "shown",     "showing",
	"know",    "knows",      "known",     "knew",     "skilled",   "proficien*", "expert*",   "experienced",
	"use",     "used",       "uses",      "using",    "worked",    "works",      "built",     "led",
	"managed", "developed",  "delivered", "master*",  "fluent*",   "earned",     "adept",     "strong",
	"versed",  "background", "владе*",    "имеет",    "имею*",     "имел*",      "умеет",     "умею*",
	"знает",   "знан*",      "использ*",  "работал*", "разработ*", "создал*",    "руководи*", "эксперт*",
	"есть",    "показ*",     "свободно",  "уверенн*", "применя*",  "בעל",        "בעלת",      "יודע*",
	"מנוסה",   "שולט*",      "עבד*",      "פיתח*",    "ניהל*",     "השתמש*",     "מביא*",     "מראים",
	"מומחה*",  "מומחית",     "מוביל*",    "שליטה",    "מכיר*"
};
static const char *const employed[] = {
	"worked",  "working",  "works",  "employed", "served",   "serving",   "joined",
	"spent",   "hired",    "career", "работал*", "работает", "работающ*", "трудил*",
	"служил*", "устроил*", "עבד*",   "עובד*",    "שימש*",    "מועסק*",    "הועסק*"
};

static const struct {
	const char *const *list;
	size_t count;
	enum cvp_statement_cue cue;
} cues[] = {
	{ negated, CVP_COUNT(negated), CVP_STATES_DENIAL },       { target, CVP_COUNT(target), CVP_STATES_WISH },
	{ advice, CVP_COUNT(advice), CVP_STATES_ADVICE },         { owns, CVP_COUNT(owns), CVP_STATES_OWNING },
	{ employed, CVP_COUNT(employed), CVP_STATES_EMPLOYMENT },
};

/* Begin a statement of their own. */
static const char *const turns[] = { "but",  "while", "whereas", "however", "although", "though", "но",   "однако",
				     "зато", "хотя",  "אבל",     "אך",      "אולם",     "ואילו",  "למרות" };

bool
cvp_cue_is(const char *folded, const char *pattern)
{
	size_t i = 0;

	for (; pattern[i] != '\0' && pattern[i] != '*'; i++) {
		if (folded[i] != pattern[i])
			return false;
	}
	return pattern[i] == '*' || folded[i] == '\0';
}

bool
cvp_cue_is_listed(const char *folded, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (folded[0] == list[i][0] && cvp_cue_is(folded, list[i]))
			return true;
	}
	return false;
}

/* The word behind one Hebrew prefix letter; NULL where it begins with none. */
const char *
cvp_cue_behind_prefix(const char *folded)
{
	static const char *const prefixes[] = { "ה", "ב", "ל", "ו", "מ", "ש", "כ" };

	if (folded[0] != prefixes[0][0]) /* the first byte of every Hebrew letter */
		return NULL;
	for (size_t i = 0; i < CVP_COUNT(prefixes); i++) {
		size_t length = strlen(prefixes[i]);

		if (strncmp(folded, prefixes[i], length) == 0 && strlen(folded) > 2 * length)
			return folded + length;
	}
	return NULL;
}

bool
cvp_cue_is_behind_prefix(const char *folded, const char *const *list, size_t count)
{
	for (int letters = 0; folded != NULL && letters < 3; letters++) {
		if (cvp_cue_is_listed(folded, list, count))
			return true;
		folded = cvp_cue_behind_prefix(folded);
	}
	return false;
}

/* "not only", "не только", "לא רק" deny nothing. */
static bool
is_no_denial(const struct cvp_words *words, size_t at)
{
	static const char *const after[] = { "only", "just", "merely", "less", "только", "просто", "רק" };

	return at + 1 < words->count && cvp_cue_is_listed(words->words[at + 1].folded, after, CVP_COUNT(after));
}

static bool
any_listed(const struct cvp_words *words, size_t first, size_t end, const char *const *list, size_t count)
{
	for (size_t i = first; i < end; i++) {
		if (cvp_cue_is_listed(words->words[i].folded, list, count))
			return true;
	}
	return false;
}

/* "her Kubernetes work closes the gap" denies nothing; "she has not closed the gap" does. */
static bool
is_covered_gap(const struct cvp_words *words, size_t at, size_t first, size_t count)
{
	return cvp_cue_is_listed(words->words[at].folded, gaps, CVP_COUNT(gaps)) &&
	       any_listed(words, first, first + count, closing, CVP_COUNT(closing));
}

/* "the team uses": another than the candidate owns it. */
static bool
is_of_asker(const struct cvp_words *words, size_t at, size_t first)
{
	for (size_t i = at; i > first && at - i < 3; i--) {
		const char *folded = words->words[i - 1].folded;

		if (cvp_cue_is_listed(folded, persons, CVP_COUNT(persons)))
			return false;
		if (cvp_cue_is_listed(folded, askers, CVP_COUNT(askers)))
			return true;
	}
	return false;
}

/* "which you did" is one Hebrew word: שניהלת; "which is required" looks the same. */
static bool
is_hebrew_you_did(const char *folded)
{
	size_t length = strlen(folded), letter = strlen("ש");

	if (strcmp(folded, "שנתת") == 0 || strcmp(folded, "שעשית") == 0)
		return true;
	return length >= 5 * letter && strncmp(folded, "ש", letter) == 0 &&
	       strcmp(folded + length - letter, "ת") == 0 &&
	       !cvp_cue_is_behind_prefix(folded, target, CVP_COUNT(target));
}

/* "you ran", "your years": the candidate is said to have done or to have something. */
static bool
is_told_of(const struct cvp_words *words, size_t at, size_t end)
{
	const char *folded = words->words[at].folded, *next = at + 1 < end ? words->words[at + 1].folded : NULL;

	if (cvp_cue_is_listed(folded, hebrew_possessives, CVP_COUNT(hebrew_possessives)) || is_hebrew_you_did(folded))
		return true;
	if (next == NULL || (at > 0 && cvp_cue_is_listed(words->words[at - 1].folded, openings, CVP_COUNT(openings))))
		return false;
	if (cvp_cue_is_listed(folded, possessives, CVP_COUNT(possessives)))
		return !cvp_cue_is_listed(next, unclaimed, CVP_COUNT(unclaimed));
	return cvp_cue_is_listed(folded, persons, CVP_COUNT(persons)) &&
	       !cvp_cue_is_listed(next, modals, CVP_COUNT(modals));
}

/* "Explain", "so explain": the statement begins with what to do. */
static bool
is_imperative(const struct cvp_words *words, size_t first, size_t end)
{
	static const char *const leads[] = { "so", "and", "then", "just", "but", "и", "а", "но", "to" };

	if (first + 1 < end && cvp_cue_is_listed(words->words[first].folded, leads, CVP_COUNT(leads)))
		first++;
	return first < end && cvp_cue_is_listed(words->words[first].folded, imperatives, CVP_COUNT(imperatives));
}

/* "The role asks for strong Go": behind the demand of the one who asks, a quality is what is asked for. */
static bool
is_demanded(const struct cvp_words *words, size_t at, size_t first)
{
	static const char *const openers[] = { "the", "this", "its", "posting" };
	static const char *const demands[] = { "ask",   "asks",  "requires", "require",
					       "needs", "wants", "seeks",    "expects" };
	static const char *const qualities[] = { "strong", "experienced", "proficien*", "expert*", "fluent*",
						 "known",  "skilled",     "background", "versed",  "adept" };

	return cvp_cue_is_listed(words->words[first].folded, openers, CVP_COUNT(openers)) &&
	       cvp_cue_is_listed(words->words[at].folded, qualities, CVP_COUNT(qualities)) &&
	       any_listed(words, first, at, demands, CVP_COUNT(demands)) &&
	       !any_listed(words, first, at, persons, CVP_COUNT(persons)) &&
	       !any_listed(words, first, at, possessives, CVP_COUNT(possessives));
}

/* "has to", "to have" */
static bool
is_obliged(const struct cvp_words *words, size_t at, size_t end)
{
	return cvp_cue_is_listed(words->words[at].folded, has_to, CVP_COUNT(has_to)) &&
	       ((at + 1 < end && strcmp(words->words[at + 1].folded, "to") == 0) ||
		(at > 0 && strcmp(words->words[at - 1].folded, "to") == 0));
}

/* "how Kafka is used": by nobody in particular. */
static bool
is_passive(const struct cvp_words *words, size_t at, size_t first)
{
	static const char *const deeds[] = { "used", "built", "held", "shown", "managed", "developed", "delivered" };
	static const char *const forms[] = { "is", "are", "be", "being", "gets", "get" };

	return at > first && cvp_cue_is_listed(words->words[at].folded, deeds, CVP_COUNT(deeds)) &&
	       cvp_cue_is_listed(words->words[at - 1].folded, forms, CVP_COUNT(forms));
}

static bool
is_cue(const struct cvp_words *words, size_t at, size_t first, size_t count, enum cvp_statement_cue cue)
{
	if (cue == CVP_STATES_DENIAL)
		return !is_no_denial(words, at) && !is_covered_gap(words, at, first, count);
	if (cue != CVP_STATES_OWNING)
		return true;
	if (is_obliged(words, at, first + count) || is_passive(words, at, first) ||
	    any_listed(words, at > first + 2 ? at - 2 : first, at, supposing, CVP_COUNT(supposing)))
		return false;
	return !is_of_asker(words, at, first) && !is_demanded(words, at, first) &&
	       !(is_imperative(words, first, first + count) &&
		 cvp_cue_is_listed(words->words[at].folded, imperatives_of_owning, CVP_COUNT(imperatives_of_owning)));
}

/* "Её признали", "Под её руководством": elsewhere the word may stand for a thing. */
static bool
begins_with_her(const struct cvp_words *words, size_t first, size_t at)
{
	return at == first || words->words[first].is_stop || strcmp(words->words[first].folded, "под") == 0;
}

static unsigned
cues_of(const struct cvp_words *words, const bool *is_name, size_t first, size_t count)
{
	unsigned found = 0;

	for (size_t i = first; i < first + count; i++) {
		if (is_name != NULL && is_name[i])
			continue;
		for (size_t j = 0; j < CVP_COUNT(cues); j++) {
			if ((found & cues[j].cue) == 0 &&
			    cvp_cue_is_behind_prefix(words->words[i].folded, cues[j].list, cues[j].count) &&
			    is_cue(words, i, first, count, cues[j].cue))
				found |= cues[j].cue;
		}
		if (is_told_of(words, i, first + count) ||
		    (i <= first + 1 && strcmp(words->words[i].folded, "ее") == 0 && begins_with_her(words, first, i)) ||
		    (i == first &&
		     cvp_cue_is_listed(words->words[i].folded, hebrew_persons, CVP_COUNT(hebrew_persons))))
			found |= CVP_STATES_TOLD | CVP_STATES_PERSON;
		else if (cvp_cue_is_listed(words->words[i].folded, hebrew_persons, CVP_COUNT(hebrew_persons)))
			found |= CVP_STATES_PERSON;
	}
	if (count > 0 && cvp_cue_is_listed(words->words[first].folded, asking, CVP_COUNT(asking)))
		found &= ~(unsigned)CVP_STATES_OWNING; /* of the ones who are asked */
	if (is_imperative(words, first, first + count) ||
	    any_listed(words, first, first + count, supposing, CVP_COUNT(supposing)))
		found |= CVP_STATES_ADVICE;
	return found;
}

/* A point after one of these ends no sentence. */
static bool
is_abbreviation(const char *folded)
{
	static const char *const list[] = { "inc", "ltd", "co", "corp", "dr", "mr", "mrs", "ms",  "st",  "vs",  "etc",
					    "e.g", "i.e", "jr", "sr",   "no", "г",  "гг",  "т.д", "т.п", "т.е", "ул" };

	return (strlen(folded) == 1 && (folded[0] < '0' || folded[0] > '9')) ||
	       cvp_cue_is_listed(folded, list, CVP_COUNT(list));
}

/* Behind a comma: "she", "her work", "so book", "explain" begin a statement of their own. */
static bool
begins_clause(const struct cvp_words *words, size_t at)
{
	const char *folded = words->words[at].folded;

	return strcmp(folded, "so") == 0 || cvp_cue_is_listed(folded, persons, CVP_COUNT(persons)) ||
	       cvp_cue_is_listed(folded, possessives, CVP_COUNT(possessives)) ||
	       (cvp_cue_is_listed(folded, imperatives, CVP_COUNT(imperatives)) && words->count > at + 1 &&
		strcmp(folded, "when") != 0);
}

/* "and would pick up", "and what you would try" */
static bool
begins_supposition(const struct cvp_words *words, size_t at)
{
	static const char *const joints[] = { "and", "or", "и" };
	size_t end = at + 4 < words->count ? at + 4 : words->count;

	return cvp_cue_is_listed(words->words[at].folded, joints, CVP_COUNT(joints)) &&
	       any_listed(words, at + 1, end, supposing, CVP_COUNT(supposing));
}

enum joint { JOINT_NONE, JOINT_SENTENCE, JOINT_STATEMENT, JOINT_LIST };

/* What stands between the words before and after `after`. */
static enum joint
joint_before(const char *text, const struct cvp_words *words, size_t after)
{
	const struct cvp_word *left = &words->words[after - 1], *right = &words->words[after];
	const char *start = text + left->offset + left->length, *end = text + right->offset;
	bool comma = false, is_short = *start == '.' && is_abbreviation(left->folded);

	for (const char *at = start + is_short; at < end; at++) {
		if (*at == '!' || *at == '?' || (*at == '.' && at + 1 < end && at[1] != '.'))
			return JOINT_SENTENCE;
		if (*at == ';')
			return JOINT_STATEMENT;
		comma = comma || *at == ',';
	}
	if (cvp_cue_is_listed(right->folded, turns, CVP_COUNT(turns)))
		return JOINT_STATEMENT;
	if ((comma && begins_clause(words, after)) || begins_supposition(words, after))
		return JOINT_STATEMENT;
	if (comma &&
	    (strcmp(right->folded, "and") == 0 || strcmp(right->folded, "и") == 0 || strcmp(right->folded, "а") == 0))
		return JOINT_LIST;
	return JOINT_NONE;
}

/* Ends the open statement before word `end`. One that a listing "and" began and that states nothing of its own goes on
 * in the sense of the one before: "shows no Kafka, Rust, and Go". */
static void
close_statement(struct cvp_statements *statements, const struct cvp_words *words, const bool *is_name, size_t end,
		bool is_list)
{
	struct cvp_statement *last = &statements->rows[statements->count - 1];

	last->count = end - last->first;
	last->cues = cues_of(words, is_name, last->first, last->count);
	if (is_list && statements->count > 1 && (last->cues & CVP_STATES_OWNING) == 0)
		last->cues |= last[-1].cues;
}

struct cvp_statements
cvp_statements_of(struct cvp_ctx *ctx, const char *text, const struct cvp_words *words, const bool *is_name)
{
	struct cvp_statements statements = { 0 };
	bool is_list = false;

	if (words->count == 0)
		return statements;
	statements.rows = cvp_arena_alloc(ctx->arena, words->count * sizeof(*statements.rows));
	statements.rows[statements.count++].opens_sentence = true;
	for (size_t i = 1; i < words->count; i++) {
		bool is_inside = is_name != NULL && is_name[i - 1] && is_name[i];
		enum joint joint = is_inside ? JOINT_NONE : joint_before(text, words, i);

		if (joint == JOINT_NONE)
			continue;
		close_statement(&statements, words, is_name, i, is_list);
		is_list = joint == JOINT_LIST;
		statements.rows[statements.count].first = i;
		statements.rows[statements.count++].opens_sentence = joint == JOINT_SENTENCE;
	}
	close_statement(&statements, words, is_name, words->count, is_list);
	return statements;
}

bool
cvp_statement_is_about_target(const struct cvp_statement *statement)
{
	return (statement->cues & (CVP_STATES_WISH | CVP_STATES_ADVICE)) != 0 &&
	       (statement->cues & (CVP_STATES_OWNING | CVP_STATES_TOLD)) == 0;
}

unsigned
cvp_statement_cues(struct cvp_ctx *ctx, const char *text, size_t length)
{
	struct cvp_words words = cvp_words_of(ctx, text, length);

	return cues_of(&words, NULL, 0, words.count);
}
