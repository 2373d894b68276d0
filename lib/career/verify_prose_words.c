/* verify_prose_words.c - words of prose that claim by their kind, and words that claim nothing; a '*' ends a prefix. */
#include <string.h>

#include "career/verify_cues.h"
#include "career/verify_prose.h"
#include "core/ctx.h"

#define SLOTS    4096 /* a power of two, several times the words below */
#define WORD_MAX 48   /* bytes; no row is longer */

static const struct {
	const char *words; /* parted by '|' */
	unsigned bits;
} classes[] = {
	{ "role*|position*|job*|work|works|worked|working|experience*|year*|month*|day|days|week*|time|skill*|"
	  "candidate*|"
	  "cv|resume|posting*|compan*|employer*|career*|background|strong*|solid|deep|broad|wide|good|well|best|better|"
	  "great|real|true|clear*|early|recent*|current*|today|later|earlier|previous*|first|second|third|last|next|"
	  "new|"
	  "few|bring*|brought|offer*|show*|shown|prove*|proven|proof|point*|line*|gap*|fit|match*|ready|readiness|"
	  "explain*|describe*|tell|story|stories|say*|mention*|ask*|talk*|question*|answer*|interview*|requirement*|"
	  "require*|need*|want*|look*|make*|made|take*|took|taken|give*|gave|given|get|got|go|goes|went|come*|came|put|"
	  "keep*|kept|hold*|held|know*|knew|known|knowledge|learn*|use|used|uses|using|help*|know-how|start*|end|"
	  "finish*|begin*|began|call*|name*|find|found|think|thought|understand*|see*|mean*|value*|focus*|part|side|"
	  "way*|"
	  "thing*|example*|place*|level*|area*|range|kind|case|number|figure|fact*|detail*|result*|impact|success*|"
	  "achiev*|professional*|person*|people|man|woman|someone|everyone|anyone|quick*|easy|easily|easier|direct*|"
	  "exact*|already|soon|ago|late|long|full|whole|single|different|same|similar|close*|near*|important|main|"
	  "major|"
	  "key|useful|relevant|practical|daily|weekly|every|each|able|ability|abilit*|capab*|"
	  "carry|carri*|around|behind|beyond|across|among|between|despite|even|yet|still|also|too|rather|quite|"
	  "together|inside|outside|alongside|both|combin*|pair*|blend*|mix*|add*|join*|turn*|move*|grew|grow*|set|"
	  "rely|relies|trust*|depend*|enabl*|allow*|let*|lets|include*|cover*|demonstrat*|illustrat*|reflect*|"
	  "underlin*|evidence*|confirm*|support*|back|hands-on|natural*|candid*|honest*|open*|frank*|plain*|"
	  "more|less|than|about|roughly|nearly|almost|approximately|least|per|over|under|above|below|around|"
	  "based|base|basis|formal*|grounding|subject*|notic*|benefit*|application*|carr*|list*|backed|touch*|rest|"
	  "rests|"
	  "alone|piece*|concrete|would|could|should|might|plus|besides|including|regarding|concerning|hard|small|big|"
	  "large|high|low|"
	  "опыт*|работа*|роль|роли|должност*|позици*|год|года|году|лет|навык*|кандидат*|резюме|ваканси*|компани*|"
	  "карьер*|сильн*|хорош*|глубок*|реальн*|последн*|перв*|нов*|важн*|главн*|расскаж*|объясн*|скаж*|спрос*|"
	  "упомян*|вопрос*|ответ*|собеседован*|требован*|требу*|умеет|умел*|знает|знан*|владе*|показ*|помог*|мест*|"
	  "результат*|числ*|имеет|стал*|прош*|получ*|полн*|готов*|уверен*|успе*|более|менее|почти|около|"
	  "ניסיון|תפקיד*|משרה|שנה|שנים|שנות|מביא*|יכול*|ידע|טוב*|חזק*|רב|רבה|הסביר*|ספרי|שאלי|אמרי|קורות|חיים|"
	  "דורש*|דריש*|נמדד*|כיצד|איך|מה|היטב|מאוד|לפני|כן|כבר|מאז|"
	  "education|образован*|высш*|השכלה|"
	  "january|february|march|april|may|june|july|august|september|october|november|december",
	  CVP_PROSE_PLAIN },
	{ "grew|grow*|rise|rose|risen|rais*|increas*|boost*|gain*|expand*|lift*|higher|доб*|вырос*|выросл*|увелич*|"
	  "повыс*|"
	  "повыш*|рост|עלה|עלתה|העל*|הגדיל*|גדל*",
	  CVP_PROSE_RISE },
	{ "cut|cuts|cutting|reduc*|decreas*|lower*|fall|falls|fell|fallen|drop*|shorten*|slash*|sav*|shrink*|shrank|"
	  "cheap*|lighter|faster|сократ*|сокращ*|сниз*|сниж*|уменьш*|эконом*|сэконом*|הפחית*|צמצמ*|קיצר*|חסכ*|ירד*",
	  CVP_PROSE_FALL },
	{ "led|leads|leading|head|headed|heads|heading|managed|manages|managing|directed|directs|oversaw|oversees|"
	  "supervised|supervises|ran|runs|owned|owns|spearhead*|commanded|chaired|руководи*|возглав*|управля*|ניהל*|"
	  "руководств*|ריכז*|רכז*|הוביל*|הובל*|מנהל*",
	  CVP_PROSE_LEAD },
	{ "lead*|led|head*|manag*|direct*|oversaw|oversee*|supervis*|ran|run|runs|running|own|owned|owner*|owning|"
	  "chief|"
	  "principal|president|responsib*|captain|founder|coordinat*|charge|руковод*|руководи*|возглав*|управл*|"
	  "начальник*|директор*|главн*|заведу*|ответствен*|ניהל*|ניהול|הוביל*|הובל*|מנהל*|ריכז*|רכז*|אחרא*",
	  CVP_PROSE_LEADER },
};

static const struct {
	const char *words;
	unsigned feats;
} feats[] = {
	{ "award*|prize*|medal*|voted|elected|crowned|honored|honoured|recipient*|laureate*|winner*|won|champion*|"
	  "recognized|recognised|recognition|признал*|признан*|удостоен*|מצטיינ*|הצטיינות|honoree|trophy|finalist*|"
	  "nominat*|accolade*|преми*|наград*|"
	  "лауреат*|победи*|конкурс*|медал*|פרס|בפרס|פרסים|זכה|זכתה|מדלי*",
	  CVP_FEAT_PRIZE },
	{ "patent*|патент*|פטנט*", CVP_FEAT_PATENT },
	{ "publish*|publication*|author|authored|paper|papers|article*|thesis|dissertation*|citation*|journal*|books|"
	  "monograph*|bestsell*|coauthor*|публик*|опублик*|стать|статья|статью|статьи|книг*|диссерт*|монограф*|פרסמ*|"
	  "שפרסמ*|מאמר*|ספרים|תזה",
	  CVP_FEAT_PUBLICATION },
	{ "keynot*|speaker*|conference*|ted|tedx|panelist*|podcast*|конференц*|доклад*|спикер*|כנס|כנסים|הרצא*",
	  CVP_FEAT_TALK },
	{ "founded|founder*|cofound*|co-found*|startup*|start-up*|entrepreneur*|acquired|acquisition|ipo|основал*|"
	  "основател*|стартап*|предпринимат*|ייסד*|מייסד*|סטארטאפ*|יזם|יזמית",
	  CVP_FEAT_FOUNDING },
	{ "promoted|promotion*|повысили|повышен*|קודמ*|קידום", CVP_FEAT_PROMOTION },
	{ "doctorate*|doctoral|diploma*|educated|ivy|valedictorian|summa|cum|laude|scholarship*|fellowship*|gpa|"
	  "honours|"
	  "honors|кандидатск*|докторск*|аспирант*|красный|отличием|дипломирован*|מלגה|מלגת|הצטיינות|דוקטור*",
	  CVP_FEAT_STUDY },
	{ "alumn*|alma|veteran*|ex|trainee*|экс|бывш*|ветеран*|יוצא|יוצאת|לשעבר", CVP_FEAT_ALUMNI },
	{ "gigabyte*|terabyte*|petabyte*|exabyte*|гигабайт*|терабайт*|петабайт*", CVP_FEAT_BYTES },
	{ "graduat*|grad|выпускн*|окончил*|закончил*|בוגר*", CVP_FEAT_GRADUATE },
	{ "board|trustee*|advisory|совет|совете|דירקטור*", CVP_FEAT_BOARD },
	{ "relocat*|emigrat*|immigrat*|переех*|переезд*|эмигр*|עבר מ", CVP_FEAT_MOVE },
	{ "revenue*|profit*|funding|investor*|investment*|budget*|ebitda|выручк*|прибыл*|инвестиц*|бюджет*|הכנסות|"
	  "ההכנסות|רווח*|תקציב*",
	  CVP_FEAT_MONEY },
	{ "intern|interned|internship*|apprentice*|стажиров*|стажер*|התמחות", CVP_FEAT_INTERNSHIP },
	{ "department*|division*|subordinat*|reports "
	  "to|direct-report*|headcount|отдел*|департамент*|подчинен*|מחלק*|כפיפ*",
	  CVP_FEAT_DEPARTMENT },
	{ "military|army|navy|marines|officer|clearance|veteran*|армии|офицер*|צבא|קצין|קצינה", CVP_FEAT_SERVICE },
};

/* A row's word without its '*': what it says of a word that is it, and of one that begins with it. */
struct slot {
	const char *cue; /* NULL: empty */
	size_t length;
	unsigned classes[2], feats[2]; /* of the whole word, of the prefix */
};

struct cvp_prose_words {
	struct slot slots[SLOTS];
};

#define HASH_START UINT32_C(2166136261)

/* FNV-1a, a byte at a time: every prefix of a word is looked up. */
static uint32_t
hash_on(uint32_t hash, char byte)
{
	return (hash ^ (unsigned char)byte) * UINT32_C(16777619);
}

/* The slot of a cue with this hash, or the empty one where it belongs. */
static size_t
slot_of(const struct cvp_prose_words *table, const char *cue, size_t length, uint32_t hash)
{
	size_t at = hash & (SLOTS - 1);

	while (table->slots[at].cue != NULL &&
	       (table->slots[at].length != length || memcmp(table->slots[at].cue, cue, length) != 0))
		at = (at + 1) & (SLOTS - 1);
	return at;
}

static uint32_t
hash_of(const char *cue, size_t length)
{
	uint32_t hash = HASH_START;

	for (size_t i = 0; i < length; i++)
		hash = hash_on(hash, cue[i]);
	return hash;
}

static void
add_words(struct cvp_prose_words *table, const char *words, unsigned class_bits, unsigned feat_bits)
{
	while (*words != '\0') {
		size_t length = strcspn(words, "|");
		bool is_prefix = words[length - 1] == '*';
		size_t size = length - is_prefix;
		struct slot *slot = &table->slots[slot_of(table, words, size, hash_of(words, size))];

		slot->cue = words;
		slot->length = size;
		slot->classes[is_prefix] |= class_bits;
		slot->feats[is_prefix] |= feat_bits;
		words += length + (words[length] == '|');
	}
}

const struct cvp_prose_words *
cvp_prose_words_make(struct cvp_ctx *ctx)
{
	struct cvp_prose_words *table = cvp_arena_alloc(ctx->arena, sizeof(*table));

	for (size_t i = 0; i < CVP_COUNT(classes); i++)
		add_words(table, classes[i].words, classes[i].bits, 0);
	for (size_t i = 0; i < CVP_COUNT(feats); i++)
		add_words(table, feats[i].words, 0, feats[i].feats);
	return table;
}

static unsigned
classes_of(const struct cvp_prose_words *table, const char *folded, unsigned *feats_of)
{
	size_t whole = strlen(folded);
	unsigned class_bits = 0, feat_bits = 0;
	uint32_t hash = HASH_START;

	for (size_t length = 1; length <= whole && length <= WORD_MAX; length++) {
		const struct slot *slot;

		hash = hash_on(hash, folded[length - 1]);
		slot = &table->slots[slot_of(table, folded, length, hash)];
		if (slot->cue == NULL)
			continue;
		class_bits |= slot->classes[1] | (length == whole ? slot->classes[0] : 0);
		feat_bits |= slot->feats[1] | (length == whole ? slot->feats[0] : 0);
	}
	*feats_of = feat_bits;
	return class_bits;
}

unsigned
cvp_prose_classes(const struct cvp_prose_words *table, const char *folded, unsigned *feats_of)
{
	unsigned feat_bits, class_bits = classes_of(table, folded, &feat_bits);
	const char *behind = class_bits == 0 && feat_bits == 0 ? cvp_cue_behind_prefix(folded) : NULL;

	if (behind != NULL)
		class_bits = classes_of(table, behind, &feat_bits);
	if (feats_of != NULL)
		*feats_of = feat_bits;
	return class_bits;
}
