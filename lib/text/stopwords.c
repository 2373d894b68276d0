/* stopwords.c - words that carry no meaning of their own, folded as cvp_words_of() folds, in byte order. A single
 * Hebrew letter is one too: what is left of a gendered form written with a slash. */
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "text/stem.h"

static const char *const english[] = {
	"a",       "about",      "above",   "across",   "after",     "again",    "against", "all",     "almost",
	"along",   "already",    "also",    "although", "always",    "am",       "among",   "an",      "and",
	"another", "any",        "anyone",  "anything", "are",       "around",   "as",      "at",      "away",
	"be",      "became",     "because", "become",   "been",      "before",   "being",   "below",   "between",
	"both",    "but",        "by",      "can",      "cannot",    "could",    "did",     "do",      "does",
	"doesn't", "doing",      "don't",   "done",     "down",      "during",   "e.g",     "each",    "either",
	"else",    "etc",        "ever",    "every",    "few",       "for",      "from",    "further", "get",
	"had",     "has",        "have",    "having",   "he",        "hence",    "her",     "here",    "hers",
	"herself", "him",        "himself", "his",      "how",       "however",  "i",       "i.e",     "if",
	"in",      "into",       "is",      "isn't",    "it",        "it's",     "its",     "itself",  "just",
	"let",     "many",       "may",     "me",       "might",     "more",     "most",    "much",    "must",
	"my",      "myself",     "neither", "never",    "no",        "nor",      "not",     "now",     "of",
	"off",     "often",      "on",      "once",     "one",       "only",     "onto",    "or",      "other",
	"others",  "otherwise",  "our",     "ours",     "ourselves", "out",      "over",    "own",     "per",
	"rather",  "same",       "shall",   "she",      "should",    "since",    "so",      "some",    "somehow",
	"someone", "something",  "still",   "such",     "than",      "that",     "the",     "their",   "theirs",
	"them",    "themselves", "then",    "there",    "these",     "they",     "this",    "those",   "though",
	"through", "thus",       "to",      "together", "too",       "toward",   "towards", "under",   "until",
	"up",      "upon",       "us",      "very",     "via",       "was",      "we",      "we'll",   "we're",
	"well",    "were",       "what",    "when",     "where",     "whether",  "which",   "while",   "who",
	"whom",    "whose",      "why",     "will",     "with",      "within",   "without", "would",   "yet",
	"you",     "you'll",     "you're",  "your",     "yours",     "yourself",
};

static const char *const russian[] = {
	"а",      "без",      "более", "больше", "будем",  "будет", "будете", "будешь",  "будто",  "буду",   "будут",
	"будучи", "бы",       "был",   "была",   "были",   "было",  "быть",   "в",       "вам",    "вами",   "вас",
	"ваш",    "ваша",     "ваше",  "ваши",   "вдоль",  "ведь",  "весь",   "весьма",  "вне",    "во",     "вот",
	"все",    "всегда",   "всего", "всей",   "всем",   "всеми", "всему",  "всех",    "всея",   "всю",    "вся",
	"вы",     "где",      "да",    "даже",   "для",    "до",    "др",     "другая",  "другие", "других", "друго",
	"другой", "его",      "ее",    "ей",     "ему",    "если",  "есть",   "еще",     "же",     "за",     "затем",
	"зато",   "здесь",    "и",     "из",     "или",    "им",    "имеет",  "имеется", "именно", "иметь",  "ими",
	"иногда", "их",       "к",     "как",    "какая",  "какие", "каких",  "какой",   "кем",    "ко",     "когда",
	"кого",   "кроме",    "кто",   "куда",   "ли",     "либо",  "лишь",   "между",   "менее",  "меньше", "меня",
	"мне",    "много",    "может", "можно",  "мой",    "моя",   "мы",     "на",      "над",    "надо",   "нам",
	"нами",   "например", "нас",   "наш",    "наша",   "наше",  "наши",   "не",      "него",   "нее",    "ней",
	"нем",    "нет",      "ни",    "нибудь", "ним",    "ними",  "них",    "но",      "ну",     "о",      "об",
	"однако", "около",    "он",    "она",    "они",    "оно",   "от",     "очень",   "перед",  "по",     "под",
	"после",  "поэтому",  "пр",    "при",    "про",    "с",     "сам",    "сама",    "сами",   "само",   "свое",
	"своего", "своей",    "свои",  "своим",  "своими", "своих", "свой",   "своя",    "себе",   "себя",   "сейчас",
	"со",     "собой",    "среди", "т.д",    "т.е",    "т.п",   "т.ч",    "так",     "такая",  "также",  "такие",
	"таких",  "такой",    "там",   "тем",    "теми",   "то",    "тогда",  "того",    "тоже",   "той",    "только",
	"том",    "ту",       "тут",   "ты",     "у",      "уже",   "хотя",   "чего",    "чем",    "через",  "что",
	"чтобы",  "эта",      "эти",   "этим",   "этих",   "это",   "этого",  "этой",    "этом",   "эту",    "я",
};

static const char *const hebrew[] = {
	"א",    "אבל",   "או",   "אולי",  "אז",   "איזה",  "איך",  "אין",  "אינה",  "אינו", "איפה", "אך",   "אל",
	"אלה",  "אלו",   "אם",   "אנחנו", "אני",  "אנשים", "אף",   "אפשר", "אצל",   "את",   "אתה",  "אתם",  "אתן",
	"ב",    "באופן", "בה",   "בהם",   "בו",   "בין",   "בכל",  "בלבד", "במהלך", "בעל",  "בעלי", "בעלת", "בשל",
	"ג",    "גם",    "ד",    "דרך",   "ה",    "הוא",   "הזאת", "הזה",  "היא",   "היה",  "היו",  "היות", "הם",
	"הן",   "הנה",   "ו",    "ואת",   "וגם",  "וכו",   "וכל",  "ועל",  "ועם",   "ושל",  "ז",    "זאת",  "זה",
	"זהו",  "זו",    "ח",    "חייב",  "ט",    "י",     "יהיה", "יהיו", "יותר",  "יש",   "ך",    "כ",    "כאשר",
	"כגון", "כדי",   "כולל", "כי",    "כך",   "כל",    "כלל",  "כמו",  "כמובן", "כן",   "ל",    "לא",   "לאור",
	"לאחר", "לגבי",  "לה",   "להיות", "להם",  "לו",    "לי",   "לך",   "לכל",   "לכם",  "למען", "לנו",  "לפחות",
	"לפי",  "לפני",  "ם",    "מ",     "מאוד", "מה",    "מהם",  "מול",  "מי",    "מן",   "מספר", "מעל",  "מתוך",
	"ן",    "נ",     "נו",   "ס",     "ע",    "עד",    "עוד",  "על",   "עליו",  "עם",   "עצמו", "ף",    "פ",
	"פי",   "ץ",     "צ",    "צריך",  "ק",    "ר",     "רק",   "ש",    "של",    "שלה",  "שלהם", "שלו",  "שלנו",
	"שם",   "ת",     "תוך",  "תחת",
};

static int
compare(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

bool
cvp_is_stop_word(enum cvp_char script, const char *folded)
{
	const char *const *list = english;
	size_t count = CVP_COUNT(english);

	if (script == CVP_CHAR_CYRILLIC) {
		list = russian;
		count = CVP_COUNT(russian);
	} else if (script == CVP_CHAR_HEBREW) {
		list = hebrew;
		count = CVP_COUNT(hebrew);
	}
	return bsearch(folded, list, count, sizeof(*list), compare) != NULL;
}
