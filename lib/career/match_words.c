#include "career/match_words.h"

#include <string.h>

#include "core/ctx.h"

/* First the notion, then its words as cvp_words_of() folds them; '*' stands for any ending. */
static const char *const notions[] = {
	/* people */
	"=team|team*|teammate*|squad|crew|команд*|коллектив*|группой|группы|группа|сотрудник*|подчиненн*|צוות*|עובדים",
	"=client|client*|customer*|buyer*|guest*|клиент*|покупател*|заказчик*|לקוח*",
	"=partner|partner*|supplier*|vendor*|distributor*|партнер*|поставщик*|дилер*|агентск*|שותפ*|ספק|ספקים",
	"=user|user*|пользовател*|משתמש*",
	"=stakeholder|stakeholder*|executive*|leadership|c-suite|board|руководств*|стейкхолдер*|הנהלה|בעלי",
	"=student|student*|learner*|pupil*|trainee*|ученик*|студент*|учащи*|слушател*|תלמיד*|סטודנט*",
	"=patient|patient*|пациент*|больн*|מטופל*|חולים",
	"=child|child*|kid|kids|toddler*|дет*|ребен*|ילדים|ילד",
	"=engineer|engineer*|developer*|programmer*|инженер*|разработчик*|программист*|מהנדס*|מפתח*|מתכנת*",
	"=analyst|analyst*|аналитик*|אנליסט*",
	"=mechanic|mechanic*|technician*|механик*|техник|техники|слесар*|מכונא*|טכנאי*",
	/* leading and working together */
	"=lead|led|lead|leads|leading|leader*|head|headed|heading|manage|managed|manages|managing|manager|supervis*|"
	"oversaw|"
	"oversee*|direct|directed|руковод*|руководил*|управл*|возглав*|ניהול|ניהל*|הובל*|הוביל*|מנהל*",
	"=mentor|mentor*|coach*|tutor*|teach*|taught|train|trained|training|trains|onboard*|educat*|настав*|обуч*|"
	"тренинг*|курирова*|מנטור*|הדרכ*|חניכ*|הכשר*",
	"=together|collaborat*|cooperat*|alongside|together|liais*|closely|cross|interact*|interface*|joint*|"
	"взаимодейств*|"
	"сотруднич*|совместн*|ממשק*|שיתוף",
	"=communicate|communicat*|correspond*|spoke|speak*|коммуник*|общени*|переписк*|תקשורת",
	"=present|present|presented|presenting|presentation*|презент*|выступл*|מצגות|הצגת",
	"=negotiate|negotiat*|persua*|переговор*|согласован*|согласовыв*|договаривать*|משא",
	"=contract|contract|contracts|contractual|agreement*|договор*|контракт*|соглашен*|חוזה|חוזים|הסכמ*",
	"=hire|hire|hired|hiring|recruit*|staffing|подбор*|найм*|рекрут*|גיוס",
	"=motivate|motivat*|inspir*|engag*|мотив*|вдохнов*|מוטיבציה",
	"=coordinate|coordinat*|organiz*|organis*|arrang*|координ*|организ*|תיאום|ארגון",
	"=plan|plan|plans|planned|planning|schedul*|roadmap*|backlog|планир*|график*|план|планы|планов|תכנון|לוח",
	"=decide|decision*|decid*|решени*|החלט*",
	"=responsible|responsib*|ownership|owned|owning|own|owner*|accountab*|ответствен*|אחריות|אחראי*",
	"=independent|independent*|autonom*|self|самостоятельн*|עצמאי*",
	"=direction|direction|vision|strateg*|стратег*|направлени*|אסטרטג*",
	"=task|task*|assign*|ticket*|постановк*|задач*|поручени*|משימות|משימה",
	/* making and changing */
	"=build|build*|built|develop|developed|develops|developing|development|implement*|create|created|creating|"
	"creation|"
	"wrote|code|coded|coding|program|programming|programmed|ship|shipped|shipping|deliver|delivered|разработ*|"
	"создан*|"
	"создав*|создал*|построен*|внедр*|реализ*|написан*|формирован*|פיתוח|פיתח*|בניית|בנייה|בנה|יישום|הטמעה|הטמעת|"
	"כתיבת",
	"=design|design|designed|designing|designs|designer*|дизайнер*|מעצב*|architect*|проектир*|архитект*|спроектир*|"
	"дизайн|дизайна|עיצוב|"
	"ארכיטקט*",
	"=improve|improv*|optimi*|enhanc*|reduc*|cut|boost*|increas*|decreas*|refactor*|streamlin*|speed*|efficien*|"
	"redesign*|rework*|оптимиз*|улучш*|повыш*|сокращ*|сократил*|увелич*|эффективн*|שיפור|שיפר*|ייעול|אופטימיזציה",
	"=test|test|tests|tested|testing|testable|qa|verif*|validat*|тест|тесты|тестов|тестир*|тестовых|проверк*|"
	"בדיקות|"
	"בדיקה|בדיקת",
	"=maintain|maintain*|maintenance|support*|upkeep|servicing|сопровожд*|поддерж*|обслужив*|תחזוק*|אחזקה",
	"=operate|operat*|ran|run|running|эксплуат*|תפעול|הפעלה|הפעלת",
	"=deploy|deploy*|release|releases|released|rollout*|развертыв*|релиз*|выкладк*|פריסה|שחרור",
	"=migrate|migrat*|transition*|миграц*|перенос*|перевод|הגירה|מעבר",
	"=integrate|integrat*|интеграц*|интегрир*|אינטגרציה|שילוב",
	"=automate|automat*|автоматиз*|אוטומצי*",
	"=monitor|monitor*|observab*|мониторинг*|ניטור",
	"=diagnose|diagnos*|troubleshoot*|debug*|fault*|failure*|defect*|bug|bugs|squashing|диагност*|неисправн*|отлад*"
	"|"
	"сбо*|ошиб*|אבחון|תקל*|איתור",
	"=repair|repair*|fix|fixed|fixing|fixes|ремонт*|почин*|устранен*|תיקון|תיקוני|תיקנ*",
	"=install|install*|setup|configur*|assembl*|установк*|монтаж*|настро*|сборк*|конфигур*|התקנ*|הרכב*|הגדר*",
	"=modernise|moderni*|legacy|overhaul*|модерниз*|מודרניזציה",
	/* knowing and finding out */
	"=analyse|analy*|анализ*|аналитич*|исследован*|ניתוח|אנליז*",
	"=research|research*|investigat*|stud*|explor*|изучен*|исследоват*|изыскан*|מחקר*",
	"=data|data|dataset*|данн*|информаци*|נתונים|מידע",
	"=report|report|reports|reported|reporting|dashboard*|отчет*|витрин*|выгруз*|дашборд*|דוח|דוחות|דיווח",
	"=visual|visuali*|chart*|graph|graphs|визуализ*|ויזואליזציה",
	"=document|document*|runbook*|manual|manuals|specification*|spec|specs|документ*|инструкци*|регламент*|тз|"
	"תיעוד|"
	"מסמכ*|נהלים",
	"=requirement|requirement*|требовани*|דרישות|אפיון",
	"=measure|metric*|kpi|kpis|measur*|показател*|метрик*|מדד*",
	"=find|find|finding|found|sourc*|prospect*|attract*|acquisition|поиск*|привлеч*|איתור|חיפוש",
	"=solve|solv*|resolv*|solution*|решать|решил*|פתרון|פתרונות",
	"=review|review*|audit*|inspect*|ревью|аудит*|инспек*|контрол*|ביקורת|בקר*",
	"=experiment|experiment*|hypothes*|эксперимент*|гипотез*|ניסוי",
	/* things of trades */
	"=system|system|systems|platform*|систем*|платформ*|מערכ*|פלטפורמ*",
	"=software|software|app|apps|application*|приложени*|программн*|תוכנה|יישומ*|אפליקצי*",
	"=service|service|services|microservice*|сервис*|услуг*|שירות*",
	"=web|web|website*|site|sites|browser*|веб|сайт*|браузер*|אתר|אתרים|דפדפ*",
	"=frontend|frontend|ui|interface|клиентск*|интерфейс*|верстк*|layout*|מנשק",
	"=load|scal*|high-load|highload|throughput|latency|concurren*|millions|million|massive|large-scale|"
	"высоконагруж*|нагрузк*|масштаб*|עומס*|סקייל",
	"=performance|performance|performant|p99|fast|faster|slow|производительн*|быстродейств*|ביצועים",
	"=reliable|reliab*|stab*|availab*|resilien*|durab*|uptime|надежн*|стабильн*|доступност*|отказоустойч*|אמינות|"
	"יציבות|זמינות",
	"=security|secur*|безопасн*|защит*|אבטח*",
	"=database|database*|sql|query|queries|субд|базы|баз|запрос*|מסד|מסדי|שאילת*",
	"=network|network*|сет|сети|сетев*|сетей|רשת*",
	"=infrastructure|infrastructure|инфраструктур*|תשתית*",
	"=hardware|hardware|device*|equipment|аппарат*|оборудован*|устройств*|חומרה|ציוד|מכשיר*",
	"=vehicle|vehicle*|car|cars|auto|automotive|truck*|fleet|автомоб*|машин*|транспортн*|רכב|כלי-רכב|רכבים|משאית*",
	"=process|process|processes|procedure*|workflow*|процесс*|процедур*|תהליכ*|תהליך",
	"=quality|quality|качеств*|איכות",
	"=standard|standard*|guideline*|polic*|стандарт*|норматив*|תקן|תקנים|תקינה",
	"=project|project|projects|проект|проекты|проектов|проектн*|проекте|проектами|спецпроект*|פרויקט*|מיזמ*",
	"=product|product|products|продукт*|товар*|מוצר*",
	"=sales|sales|sell|selling|sold|продаж*|продав*|מכיר*",
	"=marketing|marketing|campaign*|promot*|advert*|brand*|маркетинг*|кампани*|реклам*|продвижен*|бренд*|שיווק*|"
	"קמפיין|"
	"פרסום|מיתוג",
	"=content|content|copywrit*|article*|blog*|video*|контент*|стат*|видео*|תוכן|תכנים",
	"=course|course*|curricul*|lesson*|workshop*|learning|курс|курсы|курсов|урок*|заняти*|קורס*|שיעור*|למידה",
	"=finance|financ*|fintech|банк*|bank*|финанс*|פיננס*|בנק*",
	"=payment|payment*|billing|invoice*|transaction*|платеж*|расчет*|счет*|תשלומ*|חיוב*",
	"=budget|budget*|cost|costs|expens*|бюджет*|затрат*|расход*|תקציב*|עלויות",
	"=terms|term|terms|conditions|услови*|תנאים|תנאי",
	"=price|price*|pricing|tariff*|цен|цены|ценообраз*|стоимост*|тариф*|מחיר*|תמחור",
	"=revenue|revenue|profit*|income|выручк*|прибыл*|доход*|הכנסות|רווח*",
	"=stock|inventory|stock|warehous*|storage|склад*|запас*|מלאי|מחסן*",
	"=goods|freight|cargo|shipment*|container*|pallet*|груз*|контейнер*|перевоз*|מטען|משלוח*",
	"=commerce|e-commerce|ecommerce|retail|shop|shops|store|merchant*|commerce|магазин*|розничн*|торгов*|מסחר|"
	"חנות*",
	"=law|legal|law|laws|regulat*|complian*|юридич*|закон*|правов*|нормативн*|חוק*|משפט*|רגולצי*",
	"=health|health*|medical|clinic*|care|медицин*|здоров*|клинич*|רפוא*|בריאות",
	"=safety|safety|hazard*|охран*|техникабезопасности|בטיחות",
	"=travel|travel*|business-trip*|командиров*|разъезд*|נסיעות",
	"=large|large|big|huge|enterprise|крупн*|больш*|масштабн*|גדול*",
	"=volume|volume*|amount*|объем*|количеств*|כמויות|היקף",
	"=technical|technical*|technolog*|техническ*|технологич*|טכני*|טכנולוג*",
	"=lifecycle|lifecycle|life-cycle|sdlc|жизненн*|цикл*",
};

#define WORD_MAX 64 /* bytes; longer words have no notion */

struct slot {
	const char *cue; /* without its '*'; NULL: empty */
	size_t length;
	const char *notion;
	bool is_prefix;
};

struct cvp_match_words {
	struct slot *slots;
	size_t size; /* a power of two */
};

static size_t
hash_of(const char *text, size_t length)
{
	uint32_t hash = UINT32_C(2166136261); /* FNV-1a */

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT32_C(16777619);
	return hash;
}

static const struct slot *
find(const struct cvp_match_words *table, const char *text, size_t length)
{
	size_t at = hash_of(text, length) & (table->size - 1);

	for (; table->slots[at].cue != NULL; at = (at + 1) & (table->size - 1)) {
		if (table->slots[at].length == length && memcmp(table->slots[at].cue, text, length) == 0)
			return &table->slots[at];
	}
	return NULL;
}

static void
add(struct cvp_match_words *table, const char *notion, const char *cue, size_t length)
{
	bool is_prefix = cue[length - 1] == '*';
	size_t at;

	length -= is_prefix;
	if (find(table, cue, length) != NULL)
		return;
	at = hash_of(cue, length) & (table->size - 1);
	while (table->slots[at].cue != NULL)
		at = (at + 1) & (table->size - 1);
	table->slots[at] = (struct slot){ cue, length, notion, is_prefix };
}

static void
add_notion(struct cvp_ctx *ctx, struct cvp_match_words *table, const char *line)
{
	size_t length = strcspn(line, "|");
	const char *notion = cvp_arena_strndup(ctx->arena, line, length);

	for (const char *cue = line + length; *cue == '|'; cue += length) {
		cue++;
		length = strcspn(cue, "|");
		add(table, notion, cue, length);
	}
}

const struct cvp_match_words *
cvp_match_words_make(struct cvp_ctx *ctx)
{
	struct cvp_match_words *table = cvp_arena_alloc(ctx->arena, sizeof(*table));

	table->size = 4096;
	table->slots = cvp_arena_alloc(ctx->arena, table->size * sizeof(*table->slots));
	for (size_t i = 0; i < CVP_COUNT(notions); i++)
		add_notion(ctx, table, notions[i]);
	return table;
}

const char *
cvp_match_key(const struct cvp_match_words *table, const struct cvp_word *word)
{
	size_t length = strlen(word->folded);
	const struct slot *slot;

	if (length > WORD_MAX)
		return word->stem;
	slot = find(table, word->folded, length);
	if (slot != NULL)
		return slot->notion;
	while (--length > 2) {
		slot = find(table, word->folded, length);
		if (slot != NULL && slot->is_prefix)
			return slot->notion;
	}
	return word->stem;
}
