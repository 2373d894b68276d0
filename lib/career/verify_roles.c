/* verify_roles.c - words that name positions and lead to them or to employers. */
#include <string.h>

#include "career/verify_cues.h"
#include "core/code.h"

static const char *const roles[] = { "engineer",
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
				     "captain",
				     "educator",
				     "practitioner",
				     "coach",
				     "chairman",
				     "chairwoman",
				     "chair",
				     "secretary",
				     "treasurer",
				     "ambassador",
				     "evangelist",
				     "curator",
				     "clerk",
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
				     "מדריכה" };

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

bool
cvp_is_role_noun(const char *folded)
{
	return cvp_cue_is_behind_prefix(folded, roles, CVP_COUNT(roles));
}

size_t
cvp_role_lead(const struct cvp_words *words, size_t at)
{
	static const char *const single[] = { "as",      "former",   "was",      "is",       "became",    "were",
					      "been",    "בתפקיד",   "היה",      "הייתה",    "должность", "должности",
					      "роли",    "работал",  "работала", "работает", "служил",    "служила",
					      "занимал", "занимала", "является", "являлся",  "являлась",  "стал",
					      "стала",   "был",      "была" };
	static const char *const skipped[] = { "a", "an", "the", "both", "now", "currently", "still" };
	size_t end = at;

	if (!cvp_cue_is_listed(words->words[at].folded, single, CVP_COUNT(single)))
		return 0;
	for (end = at + 1;
	     end < words->count && cvp_cue_is_listed(words->words[end].folded, skipped, CVP_COUNT(skipped)); end++)
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
