#include "career/cv_headings.h"

#include <string.h>

#include "career/cv_chars.h"
#include "core/ctx.h"

#define HEADING_MAX 160 /* bytes of a heading worth looking at */

struct phrases {
	enum cvp_text_kind kind;
	bool is_sure;
	const char *words; /* phrases parted by '|' */
};

static const struct phrases phrases[] = {
	{ CVP_TEXT_SUMMARY, true,
	  "|summary|professional summary|executive profile|overview|professional overview|career focus|career profile|"
	  "career summary|executive summary|profile|professional profile|"
	  "personal profile|career profile|about|about me|objective|career objective|professional objective|"
	  "personal statement|career overview|profile summary|summary of qualifications|personal summary|"
	  "background summary|bio|о себе|обо мне|цель|цели|профиль|краткая информация|профессиональный профиль|"
	  "кратко о себе|резюме кандидата|карьерная цель|תמצית|תקציר|אודות|אודותיי|על עצמי|קצת עלי|קצת עליי|פרופיל|"
	  "פרופיל מקצועי|תמצית מקצועית|תקציר מקצועי|מטרה|" },
	{ CVP_TEXT_WORK, true,
	  "|experience|work experience|professional experience|employment|employment history|work history|"
	  "career history|professional background|relevant experience|job history|positions held|"
	  "professional history|industry experience|internships|internship experience|military service|"
	  "military experience|teaching experience|research experience|clinical experience|leadership experience|"
	  "career|employment experience|experience and employment|work|academic appointments|appointments|"
	  "academic positions|professional appointments|positions|academic experience|professional positions|"
	  "опыт работы|опыт|профессиональный опыт|трудовой опыт|трудовая деятельность|места работы|место работы|"
	  "профессиональная деятельность|карьера|трудовая биография|стажировки|ניסיון|נסיון|ניסיון תעסוקתי|"
	  "נסיון תעסוקתי|ניסיון מקצועי|נסיון מקצועי|ניסיון בעבודה|תעסוקה|ניסיון עבודה|נסיון עבודה|"
	  "ניסיון תעסוקתי רלוונטי|שירות צבאי|שרות צבאי|צבא|" },
	{ CVP_TEXT_EDUCATION, true,
	  "|education|academic background|educational background|education and training|academic qualifications|"
	  "education and qualifications|academic history|formal education|education history|studies|academics|"
	  "academic credentials|educational qualifications|schooling|образование|высшее образование|обучение|учеба|"
	  "основное образование|השכלה|השכלה אקדמית|לימודים|השכלה פורמלית|השכלה והכשרה|השכלה והכשרות|השכלה וקורסים|" },
	{ CVP_TEXT_SKILLS, true,
	  "|skills|technical skills|core strengths|summary of skills|key strengths|areas of strength|skills and "
	  "expertise|"
	  "key skills|core skills|core competencies|competencies|areas of expertise|"
	  "expertise|technologies|skills summary|technical expertise|hard skills|soft skills|tech stack|"
	  "technical proficiencies|professional skills|computer skills|technical competencies|skill highlights|"
	  "core qualifications|technical summary|key competencies|skills and technologies|skills and tools|"
	  "tools and technologies|skills and abilities|it skills|skillset|skill set|additional skills|other skills|"
	  "top skills|software|software skills|main skills|digital skills|tools|personal skills|technology|"
	  "technical knowledge|programming skills|toolbox|навыки|ключевые навыки|профессиональные навыки|"
	  "технические навыки|умения|компетенции|ключевые компетенции|технологии|стек|стек технологий|"
	  "технический стек|навыки и умения|профессиональные компетенции|ключевые знания и навыки|инструменты|"
	  "инструменты и технологии|знания и навыки|личные качества|гибкие навыки|כישורים|מיומנויות|"
	  "כישורים מקצועיים|כישורים טכניים|ידע טכני|ידע מקצועי|טכנולוגיות|יכולות|כישורים ומיומנויות|"
	  "מיומנויות טכניות|מיומנויות מקצועיות|כישורים אישיים|ידע וכישורים|ידע במחשבים|יישומי מחשב|תוכנות|כלים|"
	  "כלים ותוכנות|כלים וטכנולוגיות|" },
	{ CVP_TEXT_LANGUAGES, true,
	  "|languages|language skills|language proficiency|foreign languages|spoken languages|languages spoken|"
	  "языки|знание языков|владение языками|иностранные языки|владение иностранными языками|языковые навыки|"
	  "שפות|ידיעת שפות|" },
	{ CVP_TEXT_CERTIFICATES, true,
	  "|certifications|certificates|licenses|licences|certifications and licenses|licenses and certifications|"
	  "certification|professional certifications|professional development|courses|courses and certifications|"
	  "certifications and training|training and certifications|certificates and courses|сертификаты|курсы|"
	  "повышение квалификации|дополнительное образование|сертификаты и курсы|курсы и сертификаты|тренинги|"
	  "сертификация|повышение квалификации курсы|הסמכות|תעודות|קורסים|הכשרות|קורסים והכשרות|תעודות והסמכות|"
	  "קורסים והסמכות|השתלמויות|הכשרה מקצועית|" },
	{ CVP_TEXT_AWARDS, true,
	  "|awards|honors|honours|awards and honors|honors and awards|awards and honours|recognition|scholarships|"
	  "awards and recognition|selected honors|honors and recognition|grants|grants and awards|"
	  "grants and funding|funding|fellowships|fellowships and awards|награды|премии|награды и премии|פרסים|"
	  "פרסים והישגים|פרסים והצטיינות|הצטיינות|" },
	{ CVP_TEXT_ACHIEVEMENTS, false,
	  "|achievements|accomplishments|key achievements|key accomplishments|career highlights|"
	  "selected achievements|major achievements|professional achievements|достижения|ключевые достижения|"
	  "основные достижения|הישגים|הישגים בולטים|הישגים מרכזיים|" },
	{ CVP_TEXT_PUBLICATIONS, true,
	  "|publications|papers|selected publications|patents|publications and patents|presentations|talks|"
	  "speaking and writing|writing and speaking|conference talks|writing|публикации|научные публикации|статьи|"
	  "патенты|выступления|פרסומים|מאמרים|הרצאות|פטנטים|" },
	{ CVP_TEXT_PROJECTS, true,
	  "|projects|personal projects|side projects|selected projects|key projects|open source|"
	  "open source projects|academic projects|open source contributions|notable projects|pet projects|проекты|"
	  "личные проекты|пет проекты|учебные проекты|собственные проекты|פרויקטים|פרויקטים אישיים|פרוייקטים|"
	  "פרויקט גמר|" },
	{ CVP_TEXT_VOLUNTEER, true,
	  "|volunteer|volunteering|volunteer experience|volunteer work|community service|community involvement|"
	  "community|extracurricular activities|extracurriculars|volunteer activities|волонтерство|"
	  "волонтерская деятельность|волонтерский опыт|общественная деятельность|התנדבות|התנדבויות|"
	  "פעילות התנדבותית|פעילות חברתית|" },
	{ CVP_TEXT_VOLUNTEER, false, "|service|activities|leadership|leadership and activities|" },
	{ CVP_TEXT_INTERESTS, true,
	  "|interests|hobbies|hobbies and interests|interests and hobbies|personal interests|интересы|хобби|"
	  "увлечения|хобби и интересы|интересы и увлечения|תחביבים|תחומי עניין|תחומי ענין|" },
	{ CVP_TEXT_REFERENCES, true,
	  "|references|referees|recommendations|testimonials|рекомендации|рекомендатели|המלצות|ממליצים|" },
	{ CVP_TEXT_HEAD, true,
	  "|contact|contacts|contact information|contact details|contact info|personal information|"
	  "personal details|personal data|personal info|personalia|profiles|links|контакты|контактная информация|"
	  "личная информация|личные данные|контактные данные|персональные данные|ссылки|פרטים אישיים|פרטי קשר|"
	  "פרטי התקשרות|יצירת קשר|קשר|קישורים|" },
	{ CVP_TEXT_OTHER, true, "|additional information|professional affiliations|other information|affiliations|" },
	{ CVP_TEXT_OTHER, false,
	  "|other|miscellaneous|memberships|affiliation|"
	  "additional|notes|strengths|highlights|qualifications|training|governance|"
	  "memberships and affiliations|professional memberships|reading|samples|teaching|research|дополнительно|"
	  "дополнительная информация|дополнительные сведения|прочее|другое|разное|מידע נוסף|שונות|נוסף|כללי|"
	  "פרטים נוספים|" },
};

/* Words headings are put together from; a heading of nothing but these, with one that names a section, is one. */
static const struct {
	enum cvp_text_kind kind;
	const char *words; /* parted by spaces, with one at both ends */
} heading_words[] = {
	{ CVP_TEXT_WORK,
	  " experience employment internships internship career опыт работы стаж карьера ניסיון נסיון תעסוקה " },
	{ CVP_TEXT_EDUCATION, " education educational academic academics образование обучение השכלה לימודים " },
	{ CVP_TEXT_SKILLS,
	  " skills skill competencies competences expertise technologies proficiencies abilities toolbox knowledge "
	  "навыки умения компетенции технологии инструменты כישורים מיומנויות טכנולוגיות יכולות " },
	{ CVP_TEXT_PROJECTS, " projects portfolio проекты פרויקטים " },
	{ CVP_TEXT_CERTIFICATES,
	  " certifications certificates certification licenses licences courses credentials сертификаты курсы лицензии "
	  "הסמכות תעודות קורסים הכשרות " },
	{ CVP_TEXT_AWARDS, " awards honors honours scholarships recognition distinctions награды премии פרסים " },
	{ CVP_TEXT_ACHIEVEMENTS, " achievements accomplishments достижения הישגים " },
	{ CVP_TEXT_PUBLICATIONS, " publications patents papers presentations talks публикации патенты פרסומים " },
	{ CVP_TEXT_VOLUNTEER, " volunteer volunteering volunteerism extracurricular волонтерство התנדבות " },
	{ CVP_TEXT_LANGUAGES, " languages языки языков языками שפות " },
	{ CVP_TEXT_INTERESTS, " interests hobbies интересы хобби увлечения תחביבים " },
	{ CVP_TEXT_REFERENCES, " references referees рекомендации המלצות " },
	{ CVP_TEXT_SUMMARY, " summary profile objective overview профиль תקציר תמצית " },
	{ CVP_TEXT_HEAD, " contact contacts контакты " },
	{ CVP_TEXT_KIND_COUNT, /* names nothing by itself */
	  " professional work working relevant key core technical selected additional other my general personal "
	  "background "
	  "history information details and of the in areas area statement training development practical recent "
	  "previous "
	  "current related industry hard soft it computer foreign formal specialized special activities qualifications "
	  "tools languages community teaching research clinical leadership management executive highlights and "
	  "strengths "
	  "и в по мои мой основные ключевые профессиональные технические дополнительные дополнительная информация "
	  "личные иностранные владение знание знания другие прочие повышение квалификации "
	  "ו אישי אישיים מקצועי מקצועיים תעסוקתי נוספים רלוונטי טכניים " },
};

/* A heading as it is looked up: lower case, single spaces, no brackets, marks or numbering around it. */
struct folded {
	char text[HEADING_MAX];
	size_t length;
};

static void
put(struct folded *folded, const char *text, size_t length)
{
	if (folded->length + length + 2 > HEADING_MAX)
		return;
	memcpy(folded->text + folded->length, text, length);
	folded->length += length;
	folded->text[folded->length] = '\0';
}

static void
put_space(struct folded *folded)
{
	if (folded->length && folded->text[folded->length - 1] != ' ')
		put(folded, " ", 1);
}

/* One code point in lower case; ё as е. */
static void
put_char(struct folded *folded, uint32_t c, const char *text, size_t length)
{
	uint32_t lower = cvp_cv_char_lower(c);
	char two[2];

	if (lower == 0x451)
		lower = 0x435;
	if (lower == c || lower >= 0x800) {
		put(folded, text, length);
	} else if (lower < 0x80) {
		two[0] = (char)lower;
		put(folded, two, 1);
	} else {
		two[0] = (char)(0xC0 | lower >> 6);
		two[1] = (char)(0x80 | (lower & 0x3F));
		put(folded, two, 2);
	}
}

/* "E X P E R I E N C E" as one word. */
static void
join_spaced_letters(struct folded *folded)
{
	size_t out = 0;

	for (size_t at = 0; at < folded->length; at++)
		if (at % 2 == 1 ? folded->text[at] != ' ' : folded->text[at] == ' ')
			return;
	if (folded->length < 7)
		return;
	for (size_t at = 0; at < folded->length; at += 2)
		folded->text[out++] = folded->text[at];
	folded->text[out] = '\0';
	folded->length = out;
}

static void
fold_heading(const char *heading, struct folded *folded)
{
	size_t length;
	int depth = 0;

	folded->length = 0;
	folded->text[0] = '\0';
	for (; *heading; heading += length) {
		uint32_t c = cvp_cv_char_at(heading, &length);

		if (c == '(' || c == '[')
			depth++;
		else if ((c == ')' || c == ']') && depth > 0)
			depth--;
		else if (depth > 0)
			continue;
		else if (c == '&') {
			put_space(folded);
			put(folded, "and ", 4);
		} else if (cvp_cv_char_is_letter(c))
			put_char(folded, c, heading, length);
		else
			put_space(folded);
	}
	while (folded->length && folded->text[folded->length - 1] == ' ')
		folded->text[--folded->length] = '\0';
	join_spaced_letters(folded);
}

static enum cvp_text_kind
phrase_kind(const struct folded *folded, bool *is_sure)
{
	char wanted[HEADING_MAX + 2] = "|";

	memcpy(wanted + 1, folded->text, folded->length);
	memcpy(wanted + 1 + folded->length, "|", 2);
	for (size_t i = 0; i < CVP_COUNT(phrases); i++) {
		if (!strstr(phrases[i].words, wanted))
			continue;
		*is_sure = phrases[i].is_sure;
		return phrases[i].kind;
	}
	return CVP_TEXT_KIND_COUNT;
}

/* The row of heading_words that lists the word; their count where none does. */
static size_t
word_row(const char *word, size_t length)
{
	char wanted[HEADING_MAX + 2] = " ";
	size_t row;

	memcpy(wanted + 1, word, length);
	memcpy(wanted + 1 + length, " ", 2);
	for (row = 0; row < CVP_COUNT(heading_words); row++)
		if (strstr(heading_words[row].words, wanted))
			break;
	return row;
}

/* The first of the heading's words that names a section; but languages beside skills are of the programming sort. */
static enum cvp_text_kind
words_kind(const struct folded *folded, int max_words)
{
	enum cvp_text_kind kind = CVP_TEXT_KIND_COUNT;
	const char *word = folded->text;
	bool names_skills = false;

	for (int words = 0; *word; words++) {
		size_t length = strcspn(word, " "), row = word_row(word, length);

		if (row == CVP_COUNT(heading_words) || words >= max_words)
			return CVP_TEXT_KIND_COUNT;
		names_skills |= heading_words[row].kind == CVP_TEXT_SKILLS;
		if (kind == CVP_TEXT_KIND_COUNT)
			kind = heading_words[row].kind;
		word += length;
		word += *word == ' ';
	}
	return names_skills && kind == CVP_TEXT_LANGUAGES ? CVP_TEXT_SKILLS : kind;
}

enum cvp_text_kind
cvp_heading_kind(const char *heading, int max_words, bool *is_sure)
{
	struct folded folded;
	enum cvp_text_kind kind;
	bool sure = false;

	if (is_sure)
		*is_sure = false;
	if (strlen(heading) >= HEADING_MAX - 10)
		return CVP_TEXT_KIND_COUNT;
	fold_heading(heading, &folded);
	if (folded.length == 0)
		return CVP_TEXT_KIND_COUNT;
	kind = phrase_kind(&folded, &sure);
	if (kind == CVP_TEXT_KIND_COUNT)
		kind = words_kind(&folded, max_words);
	if (is_sure)
		*is_sure = sure;
	return kind;
}
