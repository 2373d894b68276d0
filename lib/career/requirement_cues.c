#include "career/requirement_cues.h"

#include <string.h>

#include "core/code.h"

#define MUST   CVP_SECTION_MUST
#define NICE   CVP_SECTION_NICE
#define DUTY   CVP_SECTION_DUTY
#define INTRO  CVP_SECTION_INTRO
#define IGNORE CVP_SECTION_IGNORE
#define ALONE  CVP_SECTION_MUST_IF_ALONE

static const struct cvp_cues headings[] = {
	{ NICE, "nice to have*|good to have|great to have|bonus points|bonus skill*|preferred|preferable|"
		"prefer*|desir*|a plus|plus*|advantage*|optional|extra points|bonus if|would be great|"
		"even better|we'd love|будет плюс*|плюсом|будет преимуществ*|преимуществом|желательн*|"
		"приветству*|дополнительн* плюс*|будем рады|יתרון|יתרונות|רצוי" },
	{ IGNORE, "what we offer|we offer|you'll get|you will get|we provide|benefit*|perk*|why join*|"
		  "why us|why work|why you'll|you can look forward|what's in it for you|about us|"
		  "about the company|about the team|about our|who we are|our story|our values|our culture|"
		  "our mission|our company|the company|company overview|company description|compensation|"
		  "salary|pay range|how to apply|apply|application process|hiring process|interview*|"
		  "recruitment process|selection process|equal opportunit*|equal employment|eeo|diversity|"
		  "disclaimer|privacy|accommodation*|contact|contacts|location*|work* hours|hours|schedule|"
		  "day shift*|night shift*|evening shift*|terms and conditions|additional information|"
		  "we are proud|life at|work* conditions|start* date|job type|employment type|what we do|"
		  "our commitment|мы предлага*|предлагаем|услови*|о компании|о нас|о команде|что мы даем|"
		  "мы готовы предложить|мы обеспеч*|мы гарантируем|контакт*|график*|зарплат*|заработн*|"
		  "бонусы|соцпакет|почему мы|почему у нас|преимущества|этапы|как откликнуться|вас ждет|"
		  "вы получите|у нас|место работы|адрес|אודות|על החברה|עלינו|מי אנחנו|מציעים|הטבות|תנאי*|"
		  "למעוניינים|קורות חיים|שכר|היקף משרה|מיקום|למה לעבוד" },
	{ DUTY, "responsibilit*|accountabilit*|duties|what you'll do|what you will do|"
		"what you'll be doing|you'll be doing|you'll do|you will do|you will be|you'll be|"
		"your role|your tasks|tasks|your mission|day to day|a typical day|in this role" },
	{ INTRO, "the job|about the job|about the role|about this role|the role|the position|"
		 "job description|position overview|job summary|overview" },
	{ DUTY, "your impact|challenges|deliverables|key objectives|scope of work|functions|обязанност*|"
		"задачи|чем предстоит|предстоит|что делать|чем заниматься|предстоит заниматься|что нужно будет "
		"делать|функционал|"
		"зона ответственности|зоны ответственности|ваша роль|функции" },
	{ INTRO, "о вакансии|описание" },
	{ MUST, "דרישות*" },
	{ DUTY, "תיאור|אחריות|מה תעשו|התפקיד כולל|מהות התפקיד|במסגרת התפקיד|משימות|מה עושים" },
	{ MUST, "requirement*|qualification*|must have*|must haves|you have|you'll have|you bring|"
		"you'll bring|you will bring|you need|you'll need|you will need|need to bring|"
		"who you are|about you|you are|looking for|we look for|we can look forward|"
		"for you to have|your profile|your background|your skills|ideal candidate|the candidate|"
		"we expect|expectations|what it takes|essential*|eligibility|prerequisite*|"
		"person specification|tech* stack|требован*|мы ждем|ждем от|ожида*|от вас|необходим*|"
		"обязательн*|мы ищем|ищем|вы подходите|наши пожелания|מחפשים|נדרש*" },
	{ ALONE, "profile|candidate|minimum|skill*|experience|knowledge|education|expertise|technologies|"
		 "languages|certification*|competenc*|criteria|навык*|нужно|нужен|кандидат*|качества|"
		 "знани*|опыт*|стек|квалификац*|компетенц*|образование|умения|важно|пожелания|כישורי*|"
		 "ניסיון|פרופיל|השכלה|מיומנויות|צריך|תכונות|ידע|required|language" },
};

static const struct cvp_cues noise[] = {
	{ 0, "equal opportunity|equal opportunities|regardless of|without regard to|"
	     "reasonable accommodation*|protected veteran*|sexual orientation|we offer|we provide|"
	     "competitive salary|compensation package|salary|salary range|health insurance|"
	     "paid time off|401k|stock options|vacation days|your resume|your cv|resume cv|"
	     "cover letter|apply now|to apply|apply at|apply soonest|please apply|please submit|"
	     "please send|send your|encourage you to apply|feel free to|contact us|"
	     "for more information|successful candidate|selected candidates|will be contacted|"
	     "background check|employer name|you will have the opportunity|"
	     "you'll have the opportunity|you have the opportunity|your role and influence|"
	     "you will receive|you'll receive|you will enjoy|you will join*|you will be joining|"
	     "you'll be joining|you'll join|you will play|you'll play|you play|you will help us|"
	     "work permit sponsor*|training provided|will receive training|the opportunity to become|"
	     "оформлени* по тк|по тк рф|дмс|заработная плата|белая зарплата|отправляйте|присылайте|"
	     "ваше резюме|откликайтесь|мы предлагаем|оплачиваем*|карьерный рост|קורות חיים|קוח|למייל|"
	     "במייל|צפי שכר|המשרה פונה|פונה לנשים*|פונה לגברים*|פונה לשני המינים|המודעה|משרה מלאה|משרה חלקית" },
};

static const struct cvp_cues asking[] = {
	{ 0, "you will|you'll|you are|you're|you have|you've|you should|you must|you take|you own|"
	     "you can|you know|you bring|you enjoy|must|must have|required|is essential|be essential|"
	     "we expect|we require|we need|searching for|looking for|responsible for|your tasks|"
	     "your responsibilit*|the candidate|ideal candidate|experience with|experience in|"
	     "years of experience|knowledge of|familiar*|proficien*|fluent|degree in|understanding of|"
	     "ability to|someone who|our stack|tech stack|we use|skills|a plus|will be responsible|"
	     "will create|will lead|will build|will work|comfortable with|worked with|background "
	     "in|требуется|требуются|приветству*|желател*|обязател*|"
	     "наличие|уверенн*|необходим*|опыт*|знани*|"
	     "умени*|владени*|навык*|обязанности|ожидаем|ожидается|вы будете|предстоит|плюсом|"
	     "образование|мы ищем|стаж*|ניסיון|ידע|יכולת|שליטה|תואר|דרוש*|חובה|יתרון|נדרש*|היכרות" },
};

static const struct cvp_cues weights[] = {
	{ CVP_CUE_NICE,
	  "not required|not a requirement|not mandatory|not a must|a plus|is plus|a big plus|huge plus|big plus|"
	  "strong plus|an advantage|advantage|advantageous|strong advantage|nice to have|"
	  "good to have|preferred|preferably|desirable|desired|a bonus|bonus|bonus skills|optional|"
	  "ideally|appreciated|is welcome|welcome|beneficial|would be great|будет плюсом|плюсом|"
	  "как плюс|большой плюс|плюс|преимуществ*|желател*|приветству*|не обязател*|необязател*|"
	  "יתרון*|רצוי|לא חובה" },
	{ CVP_CUE_MUST, "required|must have|must|mandatory|a must|essential|is essential|обязател*|необходим*|"
			"требуется|требуются|חובה|הכרחי|נדרש*" },
};

static const struct cvp_cues depth[] = {
	{ 0, "deep|deeply|in depth|strong|expert|expertise|advanced|extensive|solid|hands on|"
	     "production|proven|proficien*|mastery|thorough|excellent|fluent in|at scale|expert level|"
	     "глубок*|уверенн*|отличн*|продвинут*|экспертн*|профессиональн*|практическ*|успешн*|"
	     "свободн*|сильн*|в совершенстве|מעולה|מצוינת|מעמיק*|שליטה מלאה|מוכח|נרחב|גבוהה" },
};

static const struct cvp_cues demands[] = {
	{ 0, "experience*|knowledge|ability|able to|understanding|good understanding|"
	     "basic understanding|strong understanding|familiar*|proficien*|strong|deep|solid|"
	     "excellent|hands on|demonstrated|proven|willingness|degree|fluency|fluent|expertise|"
	     "passion|working knowledge|опыт*|знани*|умени*|навык*|владени*|понимани*|способност*|"
	     "готовност*|уверенн*|желани*|наличи*|высшее|образовани*|стаж*|знакомств*|ניסיון|ידע|"
	     "יכולת|שליטה|היכרות|הבנה|תואר|נכונות" },
};

static const struct cvp_cues leads[] = {
	{ 0, "you will be expected to|you'll be expected to|you will be responsible for|"
	     "you'll be responsible for|you are responsible for|responsible for|you will be|you'll be|"
	     "you will|you'll|you have|you've|you possess|you should have|you must have|you must be|"
	     "you must|you should|you are|you're|must have|must be|must|should have|having|you can|"
	     "you bring|you take|you need|we expect|we require|required|and|or|also|as well as|"
	     "this includes|being|the ideal candidate will have|the ideal candidate has|ideal candidate has|"
	     "ideal candidate will have|ideal candidate is|candidate will have|candidate should have|"
	     "candidate must have|is comfortable with|comfortable with|has worked with|worked with|be able to|"
	     "have|has|with|a|an|the|и|а также|также|или|обязательно|вы имеете|"
	     "у вас есть|вы|חובה|יש|a strong advantage|strong advantage|advantage|nice to have|bonus|"
	     "preferred|optional|desirable|будет плюсом|плюсом будет|желательно|יתרון|our stack runs on|we use" },
};

static const struct cvp_cues examples[] = {
	{ 0, "such as|like|e.g|for example|for instance|including but not limited to|например|"
	     "такие как|таких как|таким как|типа|в том числе|כגון|כמו|לדוגמה" },
};

static const struct cvp_cues degrees[] = {
	{ 4, "phd|ph.d|doctor* degree|doctorate|кандидат наук|доктор наук|ученая степень|תואר שלישי|"
	     "דוקטורט" },
	{ 3, "master's degree|masters|master's|masters degree|master degree|master of|msc|m.sc|mba|graduate degree|"
	     "advanced degree|магистр*|תואר שני" },
	{ 2, "bachelor* degree|bachelor*|bsc|b.sc|b.tech|b.a|b.s|university degree|college degree|academic degree|"
	     "undergraduate degree|degree|бакалавр*|высшее|высшего образования|высшим образованием|"
	     "תואר ראשון|תואר|השכלה אקדמית" },
	{ 1, "high school|secondary education|vocational*|associate degree|associate's|diploma|"
	     "trade school|среднее*|колледж|הנדסאי|בגרות" },
};

static const struct cvp_cues numbers[] = {
	{ 10, "one" },         { 20, "two" },
	{ 30, "three" },       { 40, "four" },
	{ 50, "five" },        { 60, "six" },
	{ 70, "seven" },       { 80, "eight" },
	{ 90, "nine" },        { 100, "ten" },
	{ 10, "одного|один" }, { 20, "двух|два" },
	{ 30, "трех|три" },    { 40, "четырех|четыре" },
	{ 50, "пяти|пять" },   { 60, "шести" },
	{ 70, "семи" },        { 80, "восьми" },
	{ 100, "десяти" },     { 15, "полутора|полтора" },
	{ 10, "שנה" },         { 20, "שנתיים" },
	{ 30, "שלוש" },        { 40, "ארבע" },
	{ 50, "חמש" },         { 60, "שש" },
	{ 70, "שבע" },         { 80, "שמונה" },
	{ 100, "עשר" },
};

static const struct cvp_cues units[] = {
	{ -12, "year*|yr|yrs|года|год|лет|году|годам|שנים|שנות|שנה|שנת" },
	{ -1, "month*|месяц*|мес|חודש*" },
};

static const struct cvp_cues certificates[] = {
	{ 0, "certified|certificate*|certification|licence|license|licensed|accreditation|сертификат*|"
	     "сертифицир*|лицензи*|удостоверени*|водительск*|права категории|допуск*|"
	     "медицинская книжка|רישיון|תעודת|הסמכה|הסמכת|מוסמך" },
};

static const struct cvp_cues fillers[] = {
	{ 0,
	  "experience*|knowledge|ability|abilities|able|skill*|strong|understanding|understand|proficien*|familiar*|"
	  "excellent|good|great|working|hands|professional*|proven|demonstrated|track|record|year*|level|plus|"
	  "required|requirement*|preferred|preferably|including|include*|such|similar|related|relevant|various|"
	  "solid|deep|advanced|basic|minimum|least|must|nice|bonus|advantage|desirable|field|fields|area|areas|"
	  "environment*|equivalent|comparable|practical|knowing|knows|high|highly|well|new|using|use|used|etc|"
	  "expert*|in-depth|extensive|background|capability|capabilities|competenc*|exposure|excellence|"
	  "practice*|technique*|concept*|principle*|tool*|tooling|technolog*|methodolog*|method*|pattern*|"
	  "ensure*|ensuring|help*|participat*|involve*|work|works|role|candidate*|successful|successfully|effective*|"
	  "опыт*|участи*|знани*|умени*|навык*|владени*|владеть|понимани*|понимать|способност*|способен|уверенн*|хорош*|"
	  "отличн*|базов*|основ|основы|основных|основные|уров*|работы|работать|работа|работе|работу|лет|года|год|"
	  "стаж*|желательн*|обязательн*|плюс*|преимуществ*|различн*|современн*|необходим*|требу*|наличи*|высок*|"
	  "глубок*|продвинут*|практическ*|использовани*|применени*|области|сфере|сфера|область|инструмент*|"
	  "технолог*|методолог*|методик*|принцип*|иметь|быть|успешн*|аналогичн*|подобн*|готовност*|профессиональн*|"
	  "ניסיון|ידע|יכולת|שליטה|היכרות|הבנה|עבודה|בעבודה|שנים|שנות|שנה|לפחות|חובה|יתרון|רמה|ברמה|גבוהה|טובה|"
	  "מעולה|תחום|בתחום|קודם|רלוונטי*|מוכח|כלי|כלים|בסביבת|סביבת|שימוש" }
};

const struct cvp_cue_table cvp_heading_cues = { headings, CVP_COUNT(headings) };
const struct cvp_cue_table cvp_noise_cues = { noise, CVP_COUNT(noise) };
const struct cvp_cue_table cvp_asking_cues = { asking, CVP_COUNT(asking) };
const struct cvp_cue_table cvp_weight_cues = { weights, CVP_COUNT(weights) };
const struct cvp_cue_table cvp_depth_cues = { depth, CVP_COUNT(depth) };
const struct cvp_cue_table cvp_demand_cues = { demands, CVP_COUNT(demands) };
const struct cvp_cue_table cvp_lead_cues = { leads, CVP_COUNT(leads) };
const struct cvp_cue_table cvp_example_cues = { examples, CVP_COUNT(examples) };
const struct cvp_cue_table cvp_degree_cues = { degrees, CVP_COUNT(degrees) };
const struct cvp_cue_table cvp_number_cues = { numbers, CVP_COUNT(numbers) };
const struct cvp_cue_table cvp_unit_cues = { units, CVP_COUNT(units) };
const struct cvp_cue_table cvp_certificate_cues = { certificates, CVP_COUNT(certificates) };
const struct cvp_cue_table cvp_filler_cues = { fillers, CVP_COUNT(fillers) };

/* One word of a cue against one word of the text. */
static bool
matches(const char *cue, size_t length, const char *folded)
{
	if (cue[length - 1] == '*')
		return strncmp(folded, cue, length - 1) == 0;
	return strncmp(folded, cue, length) == 0 && folded[length] == '\0';
}

size_t
cvp_cue_at(const struct cvp_words *words, size_t at, size_t end, const char *cue)
{
	size_t count = 0;

	if (at >= end || words->words[at].folded[0] != cue[0]) /* what most cues fail by */
		return 0;
	while (*cue != '\0' && *cue != '|') {
		size_t length = strcspn(cue, " |");

		if (at + count >= end || !matches(cue, length, words->words[at + count].folded))
			return 0;
		count++;
		cue += length + (cue[length] == ' ');
	}
	return count;
}

/* The next cue of a group, NULL at its end. */
static const char *
next_cue(const char *cue)
{
	cue = strchr(cue, '|');
	return cue != NULL ? cue + 1 : NULL;
}

static bool
find_cue(const struct cvp_words *words, size_t from, size_t end, const char *cue, struct cvp_cue_hit *hit)
{
	for (size_t at = from; at < end; at++) {
		if (words->words[at].folded[0] != cue[0])
			continue;
		hit->first = at;
		hit->count = cvp_cue_at(words, at, end, cue);
		if (hit->count > 0)
			return true;
	}
	return false;
}

bool
cvp_cue_find(const struct cvp_words *words, size_t from, size_t end, const struct cvp_cue_table *table,
	     struct cvp_cue_hit *hit)
{
	for (size_t i = 0; i < table->count; i++) {
		for (const char *cue = table->groups[i].cues; cue != NULL; cue = next_cue(cue)) {
			if (find_cue(words, from, end, cue, hit)) {
				hit->meaning = table->groups[i].meaning;
				return true;
			}
		}
	}
	return false;
}

bool
cvp_cue_starts(const struct cvp_words *words, size_t at, size_t end, const struct cvp_cue_table *table,
	       struct cvp_cue_hit *hit)
{
	size_t best = 0;

	for (size_t i = 0; at < end && i < table->count; i++) {
		for (const char *cue = table->groups[i].cues; cue != NULL; cue = next_cue(cue)) {
			size_t count = words->words[at].folded[0] == cue[0] ? cvp_cue_at(words, at, end, cue) : 0;

			if (count > best) {
				*hit = (struct cvp_cue_hit){ table->groups[i].meaning, at, count };
				best = count;
			}
		}
	}
	return best > 0;
}
