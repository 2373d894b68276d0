/* lies_texts.c - lies told in the texts of a tailored CV: bullets, summary, answers taken over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lies.h"

#define CV "/tailored_cv"

static bool
figure_changed(struct scene *s, json_t *artifact)
{
	struct bullet bullet;
	const char *digit;
	size_t length;

	if (!bullet_where(s, artifact, first_digit, &bullet))
		return false;
	digit = first_digit(bullet.text);
	length = strspn(digit, "0123456789");
	return set_bullet(s, &bullet,
			  replaced(s, bullet.text, (size_t)(digit - bullet.text), length,
				   cvp_arena_printf(s->ctx->arena, "%ld", strtol(digit, NULL, 10) + 1 + roll(s, 60))));
}

static bool
figure_in_other_digits(struct scene *s, json_t *artifact)
{
	struct bullet bullet;
	const char *digit, *lie;

	if (!bullet_where(s, artifact, first_digit, &bullet))
		return false;
	digit = first_digit(bullet.text);
	lie = in_digits(s, cvp_arena_printf(s->ctx->arena, "%ld", strtol(digit, NULL, 10) + 3 + roll(s, 60)));
	return set_bullet(s, &bullet,
			  replaced(s, bullet.text, (size_t)(digit - bullet.text), strspn(digit, "0123456789"), lie));
}

static bool
figure_spelt(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { "forty-seven", "three hundred",  "nineteen", "twelve thousand",
					  "seventy-one", "half a million", "two dozen" };
	static const char *const ru[] = { "сорок семь", "триста", "девятнадцать", "двенадцать тысяч", "полмиллиона" };
	static const char *const he[] = { "ארבעים ושבע", "שלוש מאות", "תשע עשרה", "חצי מיליון" };
	struct bullet bullet;
	const char *digit;
	const char *lie = s->language == CVP_RU   ? ru[roll(s, 5)]
			  : s->language == CVP_HE ? he[roll(s, 4)]
						  : en[roll(s, 7)];

	if (!bullet_where(s, artifact, first_digit, &bullet))
		return false;
	digit = first_digit(bullet.text);
	return set_bullet(s, &bullet,
			  replaced(s, bullet.text, (size_t)(digit - bullet.text), strspn(digit, "0123456789"), lie));
}

/* The text without its last point, and the tail. */
static bool
append(struct scene *s, json_t *artifact, const char *tail)
{
	struct bullet bullet;
	size_t length;

	if (!bullet_where(s, artifact, NULL, &bullet))
		return false;
	length = strlen(bullet.text);
	length -= length > 0 && bullet.text[length - 1] == '.';
	return set_bullet(s, &bullet, cvp_arena_printf(s->ctx->arena, "%.*s%s", (int)length, bullet.text, tail));
}

static bool
figure_added(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { " by {}%",           ", saving ${}k a year", " for {} clients",
					  ", {} times faster", " with a team of {}",   " in {} weeks" };
	static const char *const ru[] = { " на {}%", ", экономия {} тыс. рублей в год", " для {} клиентов",
					  " в команде из {} человек" };
	static const char *const he[] = { " ב-{}%", ", חיסכון של {} אלף ש\"ח בשנה", " עבור {} לקוחות",
					  " בצוות של {} אנשים" };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 4)]
			   : s->language == CVP_HE ? he[roll(s, 4)]
						   : en[roll(s, 6)];

	return append(s, artifact, filled(s, form, number(s, 113 + roll(s, 800))));
}

static const char *
unit_sign(const char *text)
{
	static const char *const signs[] = { "%", "$", "€", "£", "₽", "₪" };

	for (size_t i = 0; i < 6; i++) {
		const char *sign = strstr(text, signs[i]);

		if (sign != NULL)
			return sign;
	}
	return NULL;
}

static bool
unit_changed(struct scene *s, json_t *artifact)
{
	struct bullet bullet;
	const char *sign;
	size_t length;

	if (!bullet_where(s, artifact, unit_sign, &bullet))
		return false;
	sign = unit_sign(bullet.text);
	length = (unsigned char)*sign < 0x80 ? 1 : (unsigned char)*sign < 0xE0 ? 2 : 3;
	return set_bullet(s, &bullet,
			  replaced(s, bullet.text, (size_t)(sign - bullet.text), length,
				   *sign == '%'   ? "x"
				   : roll(s, 2)   ? "¥"
				   : *sign == '$' ? "€"
						  : "$"));
}

/* Does no word of the text lead already? By our own few stems, so that the lie is one. */
static const char *
leads_not(const char *text)
{
	static const char *const stems[] = { "ead",    "anag",  "ound",     "wn",    "irect",   "uperv",   "hief",
					     "aptain", "over",  "spear",    "champ", "head",    "руковод", "озглав",
					     "правл",  "снов",  "чальн",    "лидир", "наставн", "ניהל",    "נהל",
					     "הוביל",  "הובל",  "ייסד",     "הקמ",   "הקים",    "ראש",     "אחרא",
					     "drive",  "drove", "architect" };

	for (size_t i = 0; i < sizeof(stems) / sizeof(stems[0]); i++)
		if (strstr(text, stems[i]) != NULL)
			return NULL;
	return text;
}

static bool
verb_strengthened(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { "Led",          "Spearheaded", "Directed",        "Headed",
					  "Masterminded", "Founded",     "Oversaw",         "Managed",
					  "Pioneered",    "Championed",  "Single-handedly", "Owned" };
	static const char *const ru[] = { "Возглавил", "Руководил", "Единолично", "Основал", "Курировал" };
	static const char *const he[] = { "הובלתי", "ניהלתי", "ייסדתי", "הוביל", "ניהלה" };
	struct bullet bullet;
	size_t word;
	const char *verb = s->language == CVP_RU   ? ru[roll(s, 5)]
			   : s->language == CVP_HE ? he[roll(s, 5)]
						   : en[roll(s, 12)];

	if (!bullet_where(s, artifact, leads_not, &bullet))
		return false;
	word = strcspn(bullet.text, " ");
	return set_bullet(s, &bullet, replaced(s, bullet.text, 0, word, verb));
}

static bool
client_added(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { " for {}", " for client {}",  " using {}",
					  " ({})",   ", adopted by {}", " at {} Labs" };
	static const char *const ru[] = { " для {}", " для компании {}", " на базе {}", " («{}»)" };
	static const char *const he[] = { " עבור {}", " עבור חברת {}", " בעזרת {}", " ({})" };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 4)]
			   : s->language == CVP_HE ? he[roll(s, 4)]
						   : en[roll(s, 6)];

	return append(s, artifact, filled(s, form, made_name(s)));
}

static bool
feat_added(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { ", winning the company's innovation award",
					  " and published a paper on it",
					  ", which was patented",
					  " and was promoted for it",
					  " company-wide across all continents",
					  " and presented it at a major conference" };
	static const char *const ru[] = { ", получив премию за инновации", " и опубликовал статью", ", получен патент",
					  " и получил повышение" };
	static const char *const he[] = { ", וזכה בפרס החדשנות", " ופרסם מאמר בנושא", ", ונרשם פטנט",
					  " וקודם בעקבות זאת" };

	return append(s, artifact,
		      s->language == CVP_RU   ? ru[roll(s, 4)]
		      : s->language == CVP_HE ? he[roll(s, 4)]
					      : en[roll(s, 6)]);
}

/* A sentence behind those of the summary. */
static bool
say(struct scene *s, json_t *artifact, const char *sentence)
{
	const char *before = text_in(cv_of(artifact), "executive_summary");
	const char *lead = before == NULL || before[0] == '\0'         ? ""
			   : strchr(".!?", before[strlen(before) - 1]) ? " "
								       : ". ";

	set_text(cv_of(artifact), "executive_summary",
		 cvp_arena_printf(s->ctx->arena, "%s%s%s", before != NULL ? before : "", lead, sentence));
	return lie_at(s, CV "/executive_summary", sentence);
}

static bool
years_inflated(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { "Professional with {} years of experience.",
					  "More than {} years in the field.", "{}+ years of leading complex work.",
					  "Over {} years of hands-on experience." };
	unsigned years = 45 + roll(s, 20); /* more than any of these people can have */

	return say(s, artifact,
		   filled(s, by_language(s, en[roll(s, 4)], "Опыт работы более {} лет.", "ניסיון של מעל {} שנים."),
			  number(s, years)));
}

static bool
language_raised(struct scene *s, json_t *artifact)
{
	json_t *languages = json_object_get(json_object_get(cv_of(artifact), "x_other"), "languages");
	size_t i;
	json_t *language = any_of(s, languages, &i);
	static const char *const others[] = { "Finnish", "Swahili", "Icelandic", "Korean" };
	const char *other = by_language(s, others[roll(s, 4)], "исландский", "פינית");

	if (language != NULL && roll(s, 2)) {
		set_text(language, "fluency", "simultaneous interpreter");
		return lie_at(s, cvp_arena_printf(s->ctx->arena, CV "/x_other/languages/%zu", i), "interpreter");
	}
	if (is_said(s, other))
		return false;
	return say(s, artifact,
		   filled(s, by_language(s, "Fluent in {}.", "Свободно владеет: {}.", "דובר {} שוטפת."), other));
}

static bool
summary_lies(struct scene *s, json_t *artifact)
{
	static const char *const en[] = { "Formerly of {}.",
					  "Worked at {} for several years.",
					  "Trusted adviser to {}.",
					  "Holds a PhD from {} University.",
					  "Built the core product of {}.",
					  "Certified {} Master." };
	static const char *const ru[] = { "Работал в компании {}.", "Ранее — {}.", "Консультировал {}." };
	static const char *const he[] = { "עבד בחברת {}.", "לשעבר בחברת {}.", "יועץ לחברת {}." };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 3)]
			   : s->language == CVP_HE ? he[roll(s, 3)]
						   : en[roll(s, 6)];

	return say(s, artifact, filled(s, form, made_name(s)));
}

static const char *const secrets[] = {
	"I ran a team of 63 people at Zelquor and knew COBOL and Erlang",
	"Руководил отделом из 63 человек в компании Бразелвор, знаю COBOL и Erlang",
	"ניהלתי צוות של 63 אנשים בחברת זלטורבר עם COBOL ו-Erlang",
};

/* An answer that is for the interview only. */
static void
answer_for_interview(struct scene *s)
{
	json_t *answers = json_array();

	json_array_append_new(answers, json_pack("{s:s, s:s, s:s}", "question", "?", "answer", secrets[s->language],
						 "destination", "INTERVIEW_MVP_ONLY"));
	json_array_extend(answers, json_object_get(s->input, "gap_responses"));
	json_object_set_new(s->input, "gap_responses", answers);
}

static bool
interview_answer_used(struct scene *s, json_t *artifact)
{
	struct bullet bullet;

	answer_for_interview(s);
	switch (roll(s, 3)) {
	case 0:
		json_object_set_new(
		    cv_of(artifact), "x_highlights",
		    json_pack("[{s:s, s:[s]}]", "text", secrets[s->language], "sources", "/gap_responses/0"));
		return lie_at(s, CV "/x_highlights/0", secrets[s->language]);
	case 1:
		return add_skill(s, artifact, "COBOL");
	default:
		if (!bullet_where(s, artifact, NULL, &bullet))
			return false;
		if (json_object_get(bullet.job, "bullet_sources") != NULL)
			json_array_set_new(json_object_get(bullet.job, "bullet_sources"), bullet.index,
					   json_pack("[s]", "/gap_responses/0"));
		return set_bullet(s, &bullet, secrets[s->language]);
	}
}

static bool
posting_claimed(struct scene *s, json_t *artifact)
{
	const json_t *posting = json_object_get(s->input, "posting");
	const char *company = text_in(posting, "company_name"), *role = text_in(posting, "role_title");
	json_t *requirements = json_object_get(posting, "requirements");
	struct bullet bullet;
	size_t i;
	const char *requirement = json_string_value(any_of(s, requirements, &i));

	switch (roll(s, 3)) {
	case 0:
		return company != NULL && !is_said(s, company) &&
		       say(s, artifact,
			   filled(s, by_language(s, "Worked at {}.", "Работал в компании {}.", "עבד בחברת {}."),
				  company));
	case 1:
		if (role == NULL || is_said(s, role))
			return false;
		set_text(json_object_get(cv_of(artifact), "contact_info"), "x_label", role);
		return lie_at(s, CV "/contact_info/x_label", role);
	default:
		if (requirement == NULL || is_said(s, requirement) || !bullet_where(s, artifact, NULL, &bullet))
			return false;
		return set_bullet(s, &bullet, requirement);
	}
}

static bool
is_bullet_of(const json_t *job, const char *text)
{
	const json_t *originals = json_object_get(job, "original_bullets");

	for (size_t i = 0; i < json_array_size(originals); i++)
		if (strcmp(json_string_value(json_array_get(originals, i)), text) == 0)
			return true;
	return false;
}

/* A deed of one job told of another, with its own source or with one of the other job. */
static bool
deed_moved(struct scene *s, json_t *artifact)
{
	struct bullet from, to;
	const json_t *sources;

	if (!bullet_where(s, artifact, NULL, &from) || !bullet_where(s, artifact, NULL, &to) || from.job == to.job ||
	    is_bullet_of(to.job, from.text))
		return false;
	sources = json_object_get(from.job, "bullet_sources");
	if (sources != NULL && roll(s, 2))
		json_array_set(json_object_get(to.job, "bullet_sources"), to.index,
			       json_array_get(sources, from.index));
	set_bullet(s, &to, from.text);
	return lie_at(s, cvp_arena_printf(s->ctx->arena, CV "/work_experience/%zu/", to.job_index), from.text);
}

/* A bullet of somebody else's. */
static bool
deed_invented(struct scene *s, json_t *artifact)
{
	struct bullet bullet;
	const char *deed = other_fact(s, BULLETS);

	return deed != NULL && bullet_where(s, artifact, NULL, &bullet) && set_bullet(s, &bullet, deed);
}

static bool
original_changed(struct scene *s, json_t *artifact)
{
	size_t i, j;
	json_t *job = job_of(s, artifact, &i), *originals = json_object_get(job, "original_bullets");
	const char *lie = other_fact(s, BULLETS);

	if (any_of(s, originals, &j) == NULL || lie == NULL)
		return false;
	json_array_set_new(originals, j, json_string(lie));
	return lie_at(s, place_in(s, "work_experience", i, "original_bullets"), lie);
}

const struct lie_kind text_lies[] = {
	{ "figure changed", figure_changed },
	{ "figure in other digits", figure_in_other_digits },
	{ "figure spelt out", figure_spelt },
	{ "figure added", figure_added },
	{ "percent, currency changed", unit_changed },
	{ "verb strengthened", verb_strengthened },
	{ "client, product added", client_added },
	{ "prize, patent added", feat_added },
	{ "years inflated", years_inflated },
	{ "language raised", language_raised },
	{ "employer in the summary", summary_lies },
	{ "interview answer used", interview_answer_used },
	{ "posting's facts claimed", posting_claimed },
	{ "deed moved to another job", deed_moved },
	{ "deed invented", deed_invented },
	{ "original text changed", original_changed },
};
const size_t text_lie_count = sizeof(text_lies) / sizeof(text_lies[0]);
