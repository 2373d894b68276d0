#include "career/verify_cues.h"

#include <string.h>

#include "core/ctx.h"

/* Words as cvp_words_of() folds them; a '*' ends a prefix. One list a cue, all languages together: their scripts, and
 * for Latin letters our three languages' only Latin one, keep them apart. */
static const char *const negated[] = { "not",     "no",        "isn't",   "doesn't", "don't",  "hasn't",   "haven't",
				       "hadn't",  "didn't",    "won't",   "can't",   "cannot", "wasn't",   "aren't",
				       "without", "lack*",     "missing", "gap",     "gaps",   "never",    "neither",
				       "nor",     "absent",    "absence", "nothing", "none",   "не",       "нет",
				       "без",     "отсутств*", "пробел*", "ни",      "никак*", "недоста*", "לא",
				       "אין",     "ללא",       "חסר*",    "בלי",     "טרם",    "פער*",     "היעדר*",
				       "איננ*",   "אינ*" };
static const char *const target[] = {
	"role",    "position",  "vacancy",      "opening",    "posting",  "job",     "ask*",    "requir*",
	"need*",   "seek*",     "employer",     "interview*", "apply*",   "applic*", "advert*", "want*",
	"prefer*", "expect*",   "hire*",        "hiring",     "вакан*",   "позици*", "роль",    "роли",
	"требу*",  "требован*", "работодател*", "просит*",    "просят",   "ищ*",     "нужн*",   "нужен",
	"ожида*",  "объявлен*", "собеседован*", "values",     "ценност*", "ערך",     "ערכ*",    "משרה",
	"משרת",    "משרות",     "דריש*",        "דורש*",      "נדרש*",    "מבקש*",   "מחפש*",   "מעסיק*",
	"מודע*",   "ראיון",     "מצפ*"
};
static const char *const advice[] = { "learn",    "learning",  "study",   "course*", "read",    "try",
				      "practis*", "practic*",  "prepare", "plan",    "refresh", "изуч*",
				      "курс*",    "подготов*", "освой*",  "освоит*", "освоен*", "план*",
				      "прочита*", "попробу*",  "ללמוד",   "ללמידה",  "לימוד",   "קורס*",
				      "להתכונן",  "להכין",     "לתרגל",   "לקרוא",   "לנסות" };
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

static const char *const roles[] = {
	"engineer",
	"developer",
	"programmer",
	"manager",
	"director",
	"officer",
	"ceo",
	"cto",
	"cfo",
	"coo",
	"cio",
	"president",
	"architect",
	"analyst",
	"designer",
	"consultant",
	"scientist",
	"specialist",
	"coordinator",
	"administrator",
	"assistant",
	"nurse",
	"teacher",
	"doctor",
	"physician",
	"surgeon",
	"accountant",
	"intern",
	"researcher",
	"professor",
	"chief",
	"founder",
	"cofounder",
	"co-founder",
	"owner",
	"chef",
	"lead",
	"leader",
	"head",
	"supervisor",
	"technician",
	"editor",
	"writer",
	"lawyer",
	"attorney",
	"partner",
	"associate",
	"executive",
	"strategist",
	"recruiter",
	"instructor",
	"tutor",
	"lecturer",
	"pilot",
	"commander",
	"vp",
	"representative",
	"trainer",
	"producer",
	"auditor",
	"advisor",
	"adviser",
	"buyer",
	"planner",
	"operator",
	"driver",
	"electrician",
	"mechanic",
	"pharmacist",
	"therapist",
	"fellow",
	"principal",
	"инженер*",
	"разработчик*",
	"программист*",
	"менеджер*",
	"директор*",
	"руководител*",
	"начальник*",
	"президент*",
	"архитектор*",
	"аналитик*",
	"дизайнер*",
	"консультант*",
	"специалист*",
	"координатор*",
	"администратор*",
	"ассистент*",
	"врач*",
	"учител*",
	"бухгалтер*",
	"стажер*",
	"исследовател*",
	"профессор*",
	"основател*",
	"редактор*",
	"юрист*",
	"техник*",
	"тестировщик*",
	"преподавател*",
	"маркетолог*",
	"מהנדס*",
	"מפתח",
	"מפתחת",
	"מתכנת*",
	"מנהל",
	"מנהלת",
	"מנכל*",
	"סמנכל*",
	"אנליסט*",
	"מעצב",
	"מעצבת",
	"יועץ",
	"יועצת",
	"מורה",
	"אח",
	"אחות",
	"רופא*",
	"חשב",
	"חשבת",
	"מתמחה",
	"חוקר",
	"חוקרת",
	"טכנאי*",
	"מזכיר*",
	"סמנכ\"ל",
	"מנכ\"ל",
	"מייסד*",
	"עורך",
	"עורכת",
	"מדריך",
	"מדריכה",
};

static const struct {
	const char *word;
	int weight;
} employers[] = {
	{ "at", 2 },    { "with", 1 },   { "for", 1 },      { "joined", 2 },   { "from", 1 },     { "by", 1 },
	{ "в", 1 },     { "во", 1 },     { "компания", 2 }, { "компании", 2 }, { "компанию", 2 }, { "компанией", 2 },
	{ "фирме", 2 }, { "фирмы", 2 },  { "у", 1 },        { "для", 1 },      { "из", 1 },       { "с", 1 },
	{ "ב", 1 },     { "חברת", 2 },   { "בחברת", 2 },    { "לחברת", 2 },    { "מחברת", 2 },    { "אצל", 2 },
	{ "עבור", 1 },  { "בארגון", 2 }, { "עם", 1 },
};

static bool
matches(const char *folded, const char *pattern)
{
	size_t i = 0;

	for (; pattern[i] != '\0' && pattern[i] != '*'; i++) {
		if (folded[i] != pattern[i])
			return false;
	}
	return pattern[i] == '*' || folded[i] == '\0';
}

static bool
is_listed(const char *folded, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (matches(folded, list[i]))
			return true;
	}
	return false;
}

/* The word behind one Hebrew prefix letter; NULL where it begins with none. */
static const char *
behind_prefix(const char *folded)
{
	static const char *const prefixes[] = { "ה", "ב", "ל", "ו", "מ", "ש", "כ" };

	for (size_t i = 0; i < CVP_COUNT(prefixes); i++) {
		size_t length = strlen(prefixes[i]);

		if (strncmp(folded, prefixes[i], length) == 0 && strlen(folded) > 2 * length)
			return folded + length;
	}
	return NULL;
}

static bool
has_cue(const char *folded, const char *const *list, size_t count)
{
	for (int letters = 0; folded != NULL && letters < 3; letters++) {
		if (is_listed(folded, list, count))
			return true;
		folded = behind_prefix(folded);
	}
	return false;
}

/* "not only", "не только", "לא רק" deny nothing. */
static bool
is_no_denial(const struct cvp_words *words, size_t at)
{
	static const char *const after[] = { "only", "just", "merely", "less", "только", "просто", "רק" };

	return at + 1 < words->count && is_listed(words->words[at + 1].folded, after, CVP_COUNT(after));
}

static unsigned
cues_of(const struct cvp_words *words, const bool *is_name, size_t first, size_t count)
{
	unsigned found = 0;

	for (size_t i = first; i < first + count; i++) {
		if (is_name != NULL && is_name[i])
			continue;
		for (size_t j = 0; j < CVP_COUNT(cues); j++) {
			if ((found & cues[j].cue) != 0 || !has_cue(words->words[i].folded, cues[j].list, cues[j].count))
				continue;
			if (cues[j].cue != CVP_STATES_DENIAL || !is_no_denial(words, i))
				found |= cues[j].cue;
		}
	}
	return found;
}

/* A point after one of these ends no sentence. */
static bool
is_abbreviation(const char *folded)
{
	static const char *const list[] = { "inc", "ltd", "co", "corp", "dr", "mr", "mrs", "ms",  "st",  "vs",  "etc",
					    "e.g", "i.e", "jr", "sr",   "no", "г",  "гг",  "т.д", "т.п", "т.е", "ул" };

	return (strlen(folded) == 1 && (folded[0] < '0' || folded[0] > '9')) ||
	       is_listed(folded, list, CVP_COUNT(list));
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
	if (is_listed(right->folded, turns, CVP_COUNT(turns)))
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
	       (statement->cues & CVP_STATES_OWNING) == 0;
}

unsigned
cvp_statement_cues(struct cvp_ctx *ctx, const char *text, size_t length)
{
	struct cvp_words words = cvp_words_of(ctx, text, length);

	return cues_of(&words, NULL, 0, words.count);
}

bool
cvp_is_role_noun(const char *folded)
{
	return has_cue(folded, roles, CVP_COUNT(roles));
}

size_t
cvp_role_lead(const struct cvp_words *words, size_t at)
{
	static const char *const single[] = { "as",       "former",  "was",      "is",        "became",
					      "בתפקיד",   "היה",     "הייתה",    "должность", "должности",
					      "роли",     "работал", "работала", "работает",  "служил",
					      "служила",  "занимал", "занимала", "является",  "являлся",
					      "являлась", "стал",    "стала",    "был",       "была" };
	static const char *const skipped[] = { "a", "an", "the", "both", "now", "currently", "still" };
	size_t end = at;

	if (!is_listed(words->words[at].folded, single, CVP_COUNT(single)))
		return 0;
	for (end = at + 1; end < words->count && is_listed(words->words[end].folded, skipped, CVP_COUNT(skipped));
	     end++)
		;
	return end - at;
}

int
cvp_employer_lead(const char *folded)
{
	for (size_t i = 0; i < CVP_COUNT(employers); i++) {
		if (strcmp(employers[i].word, folded) == 0)
			return employers[i].weight;
	}
	return 0;
}
