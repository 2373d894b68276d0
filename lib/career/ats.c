#include "career/ats.h"

#include <math.h>
#include <string.h>

#include "core/ctx.h"

#define KEYWORDS   40.0
#define FORMATTING 30.0
#define PIPE       15.0
#define HEADINGS   20.0
#define FONT       10.0

enum heading { CONTACT, SUMMARY, EXPERIENCE, EDUCATION, SKILLS, LANGUAGES, HEADING_COUNT };

enum issue { NO_HEADING, FEW_KEYWORDS = HEADING_COUNT, HAS_PIPE, ISSUE_COUNT };

static const char *const sentences[CVP_LANGUAGE_COUNT][ISSUE_COUNT] = {
	[CVP_EN] = {
		[CONTACT] = "No email or phone number.",
		[SUMMARY] = "No summary.",
		[EXPERIENCE] = "No work experience section.",
		[EDUCATION] = "No education section.",
		[SKILLS] = "No skills section.",
		[LANGUAGES] = "No languages or certificates section.",
		[FEW_KEYWORDS] = "Fewer than half of the posting's keywords stand in the CV.",
		[HAS_PIPE] = "The sign | breaks lines in some systems; use commas.",
	},
	[CVP_RU] = {
		[CONTACT] = "Нет ни почты, ни телефона.",
		[SUMMARY] = "Нет краткого рассказа о себе.",
		[EXPERIENCE] = "Нет раздела об опыте работы.",
		[EDUCATION] = "Нет раздела об образовании.",
		[SKILLS] = "Нет раздела о навыках.",
		[LANGUAGES] = "Нет раздела о языках или сертификатах.",
		[FEW_KEYWORDS] = "В резюме меньше половины ключевых слов вакансии.",
		[HAS_PIPE] = "Знак | в некоторых системах разрывает строки, лучше запятые.",
	},
	[CVP_HE] = {
		[CONTACT] = "אין דואר אלקטרוני או טלפון.",
		[SUMMARY] = "אין תקציר.",
		[EXPERIENCE] = "אין פרק ניסיון תעסוקתי.",
		[EDUCATION] = "אין פרק השכלה.",
		[SKILLS] = "אין פרק כישורים.",
		[LANGUAGES] = "אין פרק שפות או תעודות.",
		[FEW_KEYWORDS] = "פחות ממחצית מילות המפתח של המשרה מופיעות בקורות החיים.",
		[HAS_PIPE] = "הסימן | שובר שורות בחלק מהמערכות; עדיף פסיקים.",
	},
};

static bool
has_section(const struct cvp_cv *cv, enum cvp_cv_section section)
{
	for (size_t i = 0; i < cv->line_count; i++) {
		if (cv->lines[i].section == section)
			return true;
	}
	return false;
}

static bool
has_heading(const struct cvp_cv *cv, enum heading heading)
{
	switch (heading) {
	case CONTACT:
		return cv->email.text != NULL || cv->phone.text != NULL;
	case SUMMARY:
		return cv->summary.text != NULL;
	case EXPERIENCE:
		return has_section(cv, CVP_CV_WORK);
	case EDUCATION:
		return has_section(cv, CVP_CV_EDUCATION);
	case SKILLS:
		return has_section(cv, CVP_CV_SKILLS);
	default:
		return has_section(cv, CVP_CV_LANGUAGES) || has_section(cv, CVP_CV_CERTIFICATES);
	}
}

static bool
has_pipe(const struct cvp_cv *cv)
{
	for (size_t i = 0; i < cv->line_count; i++) {
		if (strchr(cv->lines[i].at.text, '|') != NULL)
			return true;
	}
	return false;
}

static void
tell(json_t *issues, enum cvp_language language, int issue)
{
	json_array_append_new(issues, json_string(sentences[language][issue]));
}

json_t *
cvp_ats(struct cvp_ctx *ctx, const struct cvp_cv *cv, double keyword_share, enum cvp_language language)
{
	double score = KEYWORDS * keyword_share + FORMATTING + FONT;
	json_t *ats = cvp_own(ctx, json_object()), *issues = json_array();
	const char *band = "low";

	if (keyword_share < 0.5)
		tell(issues, language, FEW_KEYWORDS);
	if (has_pipe(cv)) {
		score -= PIPE;
		tell(issues, language, HAS_PIPE);
	}
	for (int i = 0; i < HEADING_COUNT; i++) {
		if (has_heading(cv, (enum heading)i))
			score += HEADINGS / HEADING_COUNT;
		else
			tell(issues, language, i);
	}
	score = floor(score + 0.5);
	if (score >= 90)
		band = "high";
	else if (score >= 70)
		band = "medium";
	json_object_set_new(ats, "score", json_integer((json_int_t)score));
	json_object_set_new(ats, "band", json_string(band));
	json_object_set_new(ats, "issues", issues);
	return ats;
}
