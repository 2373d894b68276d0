#include "career/verify_verbs.h"

#include <string.h>

#include "career/verify_cues.h"
#include "core/code.h"

static const char *const shared[] = {
	"help",       "helps",      "helped",      "helping",    "assist*",     "support",   "supports",  "supported",
	"supporting", "contribut*", "participat*", "involv*",    "collaborat*", "cooperat*", "shadow*",   "aid",
	"aided",      "aiding",     "observ*",     "attended",   "joined",      "exposure",  "familiar*", "interned",
	"learned",    "learnt",     "studied",     "learning",   "помог*",      "помощ*",    "участв*",   "участи*",
	"содейств*",  "поддерж*",   "ассистир*",   "сотруднич*", "изуч*",       "знаком*",   "стажир*",   "посеща*",
	"способств*", "сопровожд*", "השתתפ*",      "סייע*",      "עזר*",        "סיוע",      "תמכ*",      "תמיכה",
	"השתתפות",    "שותפ*",      "למד*",        "היכרות",     "התנסות",      "ליוויתי",   "ליווה",     "ליוותה",
};

static const char *const done[] = {
	"built",      "build*",     "develop*",  "creat*",    "wrote",       "writ*",       "design*",    "implement*",
	"maintain*",  "perform*",   "prepar*",   "deliver*",  "improv*",     "ran",         "run",        "runs",
	"running",    "tested",     "test*",     "analy*",    "optimi*",     "reduc*",      "increas*",   "migrat*",
	"refactor*",  "automat*",   "deploy*",   "integrat*", "work*",       "made",        "produc*",    "operat*",
	"monitor*",   "review*",    "document*", "research*", "configur*",   "install*",    "repair*",    "fixed",
	"solved",     "resolv*",    "teach*",    "taught",    "train*",      "mentor*",     "coach*",     "plann*",
	"coordinat*", "organiz*",   "organis*",  "handl*",    "processed",   "serv*",       "sold",       "presented",
	"shipped",    "launch*",    "cut",       "grew",      "achiev*",     "complet*",    "conduct*",   "responsib*",
	"provid*",    "used",       "using",     "set",       "introduc*",   "rewrote",     "redesign*",  "modern*",
	"scal*",      "draft*",     "edit*",     "translat*", "collect*",    "разработ*",   "разрабат*",  "создал*",
	"создав*",    "написа*",    "писал*",    "проектир*", "спроектир*",  "внедр*",      "реализ*",    "выполн*",
	"подготов*",  "готови*",    "улучш*",    "тестир*",   "анализир*",   "оптимиз*",    "сократи*",   "сокращ*",
	"увелич*",    "автоматиз*", "перевел*",  "перенес*",  "интегрир*",   "работал*",    "делал*",     "сделал*",
	"обучал*",    "обучил*",    "провел*",   "проводи*",  "планирова*",  "координир*",  "организов*", "обслужив*",
	"продавал*",  "настро*",    "настраив*", "исследов*", "документир*", "ответств*",   "занима*",    "вел*",
	"запустил*",  "снизи*",     "повыси*",   "построи*",  "составл*",    "консультир*", "פיתח*",      "בנה",
	"בנתה",       "בניתי",      "כתב*",      "עיצב*",     "יישמ*",       "ביצע*",       "תחזק*",      "שיפר*",
	"צמצמ*",      "הגדל*",      "עבד*",      "הטמע*",     "תכננ*",       "ניתח*",       "בדק*",       "הדרכ*",
	"הדריכ*",     "לימד*",      "טיפל*",     "ארגנ*",     "תיאמ*",       "הקמתי",       "הקים",       "הקימה",
	"השיק*",      "פיתוח",      "בנייה",     "בניית",     "כתיבת",       "כתיבה",       "עיצוב",      "תחזוקת",
	"ביצוע",
};

static const char *const led[] = {
	"led",         "lead",        "leads",        "leading",  "head",       "headed",      "heads",     "heading",
	"manag*",      "direct",      "directed",     "directs",  "directing",  "oversaw",     "overse*",   "supervis*",
	"owned",       "owns",        "owning",       "own",      "spearhead*", "champion*",   "drove",     "driv*",
	"orchestrat*", "govern*",     "command*",     "chair*",   "architect*", "mastermind*", "steer*",    "helm*",
	"transform*",  "revolution*", "solely",       "руковод*", "возглав*",   "управл*",     "курирова*", "лидир*",
	"заведов*",    "командов*",   "председател*", "началь*",  "директор*",  "ניהל*",       "ניהול",     "הוביל*",
	"הובל*",       "מנהל*",       "פיקד*",        "עמד",      "עמדה",       "מוביל*",      "אחראית",    "אחראי",
};

static const char *const founded[] = {
	"found",        "founded",   "founder",  "founding", "cofounded", "co-founded", "invent*",
	"pioneer*",     "originat*", "основал*", "учреди*",  "изобрел*",  "изобрет*",   "основател*",
	"первопроход*", "ייסד*",     "מייסד*",   "המצי*",    "הגה",       "הגתה",
};

static const char *const widening[] = {
	"single-handedly",
	"handedly",
	"handed",
	"wide",
	"singlehandedly",
	"single-handed",
	"solely",
	"entirely",
	"personally",
	"global",
	"globally",
	"worldwide",
	"company-wide",
	"companywide",
	"nationwide",
	"international*",
	"exclusively",
	"enterprise-wide",
	"organization-wide",
	"entire",
	"record",
	"award-winning",
	"top",
	"first-ever",
	"every",
	"all",
	"critical",
	"mission-critical",
	"flagship",
	"sole",
	"chief",
	"senior",
	"principal",
	"единолично",
	"единствен*",
	"самостоятельно",
	"лично",
	"полностью",
	"глобальн*",
	"международн*",
	"всей",
	"всего",
	"всех",
	"все",
	"ключев*",
	"лучш*",
	"рекордн*",
	"главн*",
	"старш*",
	"לבד",
	"לבדי",
	"לבדו",
	"לבדה",
	"בלעדי*",
	"גלובלי*",
	"בינלאומי*",
	"כל",
	"כלל",
	"עולמי*",
	"ראשי*",
	"בכיר*",
};

static const char *const negations[] = {
	"no",  "not", "never", "without", "nor", "neither", "cannot", "didn't", "не",
	"без", "нет", "ни",    "никогда", "לא",  "ללא",     "בלי",    "אין",    "מבלי"
};

enum cvp_deed
cvp_deed_of(const char *folded)
{
	if (cvp_cue_is_listed(folded, founded, CVP_COUNT(founded)))
		return CVP_DEED_FOUNDED;
	if (cvp_cue_is_listed(folded, led, CVP_COUNT(led)))
		return CVP_DEED_LED;
	if (cvp_cue_is_listed(folded, shared, CVP_COUNT(shared)))
		return CVP_DEED_SHARED;
	return cvp_cue_is_listed(folded, done, CVP_COUNT(done)) ? CVP_DEED_DONE : CVP_DEED_NONE;
}

/* "sales leads", "reported to the manager": words that claim a lead but prove none. */
static const char *const nouns[] = { "lead",  "leads", "direct",   "head",       "heads",     "own",  "manager*",
				     "owner", "chair", "founder*", "начальник*", "директор*", "מנהל*" };

enum cvp_deed
cvp_deed_most(const struct cvp_words *words)
{
	enum cvp_deed most = CVP_DEED_NONE;

	for (size_t i = 0; i < words->count; i++) {
		enum cvp_deed deed = cvp_deed_of(words->words[i].folded);

		if (deed > most && !cvp_cue_is_listed(words->words[i].folded, nouns, CVP_COUNT(nouns)))
			most = deed;
	}
	return most;
}

enum cvp_deed
cvp_deed_first(const struct cvp_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		enum cvp_deed deed = cvp_deed_of(words->words[i].folded);

		if (deed != CVP_DEED_NONE)
			return deed;
	}
	return CVP_DEED_NONE;
}

bool
cvp_is_share(const char *folded)
{
	static const char *const shares[] = { "help*",   "assist*", "contribut*", "participat*", "shadow*", "помог*",
					      "участв*", "участи*", "содейств*",  "ассистир*",   "השתתפ*",  "סייע*",
					      "עזר*",    "part",    "supported",  "observ*" };

	return cvp_cue_is_listed(folded, shares, CVP_COUNT(shares));
}

bool
cvp_is_widening(const char *folded)
{
	return cvp_cue_is_listed(folded, widening, CVP_COUNT(widening));
}

bool
cvp_is_negation(const char *folded)
{
	return cvp_cue_is_listed(folded, negations, CVP_COUNT(negations));
}
