/* lies_report.c - lies told in a Value Proposition Report. */
#include <stdlib.h>
#include <string.h>

#include "lies.h"

/* A sentence behind one of the report's texts: its summary, a talking point, a differentiator, a mitigation. */
static bool
say(struct scene *s, json_t *report, const char *sentence)
{
	static const char *const lists[] = { "talking_points", "differentiators" };
	const char *name = lists[roll(s, 2)];
	json_t *list = json_object_get(report, name), *strategies = json_object_get(report, "gap_strategies"),
	       *strategy;
	size_t i;

	if (roll(s, 3) == 0 && (strategy = any_of(s, strategies, &i)) != NULL) {
		set_text(strategy, "mitigation_approach",
			 cvp_arena_printf(s->ctx->arena, "%s %s", text_in(strategy, "mitigation_approach"), sentence));
		return lie_at(s, "/gap_strategies", sentence);
	}
	if (roll(s, 2) && any_of(s, list, &i) != NULL) {
		json_array_set_new(list, i,
				   json_string(cvp_arena_printf(s->ctx->arena, "%s %s",
								json_string_value(json_array_get(list, i)), sentence)));
		return lie_at(s, cvp_arena_printf(s->ctx->arena, "/%s/%zu", name, i), sentence);
	}
	set_text(report, "executive_summary",
		 cvp_arena_printf(s->ctx->arena, "%s %s", text_in(report, "executive_summary"), sentence));
	return lie_at(s, "/executive_summary", sentence);
}

static bool
employer_told(struct scene *s, json_t *report)
{
	static const char *const en[] = { "She worked at {} before.",     "The candidate served as an engineer at {}.",
					  "He spent four years with {}.", "You joined {} early in your career.",
					  "Their time at {} shows it.",   "She built the core platform of {}." };
	static const char *const ru[] = { "Раньше она работала в компании {}.", "Он работал в {}.",
					  "Кандидат пришёл из {}.", "Вы начинали карьеру в компании {}." };
	static const char *const he[] = { "היא עבדה בחברת {}.", "המועמד עבד אצל {}.", "הוא הועסק בחברת {}." };
	const char *name = s->language == CVP_EN && roll(s, 3) == 0 ? other_fact(s, EMPLOYERS) : made_name(s);
	const char *form = s->language == CVP_RU   ? ru[roll(s, 4)]
			   : s->language == CVP_HE ? he[roll(s, 3)]
						   : en[roll(s, 6)];

	return name != NULL && say(s, report, filled(s, form, name));
}

static bool
years_told(struct scene *s, json_t *report)
{
	static const char *const en[] = { "She has {} years of experience.",
					  "With {} years in the field, he knows it well.",
					  "The candidate brings more than {} years of practice.",
					  "You have worked for {} years." };
	static const char *const ru[] = { "У неё {} лет опыта.", "Кандидат работает более {} лет.",
					  "Опыт кандидата — {} лет." };
	static const char *const he[] = { "יש לה ניסיון של {} שנים.", "המועמד מביא {} שנות ניסיון." };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 3)]
			   : s->language == CVP_HE ? he[roll(s, 2)]
						   : en[roll(s, 4)];
	const char *sentence = filled(s, form, number(s, 45 + roll(s, 20)));

	return say(s, report, roll(s, 3) == 0 ? in_digits(s, sentence) : sentence);
}

static bool
figure_told(struct scene *s, json_t *report)
{
	static const char *const en[] = { "She cut costs by {}%.", "He saved ${},000 a year.",
					  "The candidate managed {} people.", "You served {} customers a day." };
	static const char *const ru[] = { "Она снизила затраты на {}%.", "Он сэкономил {} тыс. рублей.",
					  "Кандидат обслуживал {} клиентов в день." };
	static const char *const he[] = { "היא הפחיתה עלויות ב-{}%.", "הוא חסך {} אלף שקל.",
					  "המועמד טיפל ב-{} לקוחות ביום." };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 3)]
			   : s->language == CVP_HE ? he[roll(s, 3)]
						   : en[roll(s, 4)];
	const char *sentence = filled(s, form, number(s, 117 + roll(s, 800)));

	return say(s, report, roll(s, 3) == 0 ? in_digits(s, sentence) : sentence);
}

static bool
title_told(struct scene *s, json_t *report)
{
	static const char *const en[] = { "She served as Chief Financial Officer.",
					  "As Head of Sales, he grew the team.",
					  "The candidate worked as a Vice President.", "She was a Fleet Commander." };
	static const char *const ru[] = { "Она работала финансовым директором.",
					  "Кандидат занимал должность начальника цеха.",
					  "Он служил старшим инспектором-ревизором." };
	static const char *const he[] = { "היא שימשה בתפקיד סמנכ\"ל כספים.", "המועמד עבד בתפקיד מנהל משמרת ראשי." };

	return say(s, report,
		   s->language == CVP_RU   ? ru[roll(s, 3)]
		   : s->language == CVP_HE ? he[roll(s, 2)]
					   : en[roll(s, 4)]);
}

static bool
study_told(struct scene *s, json_t *report)
{
	static const char *const en[] = { "She holds a PhD from {} University.", "He is a Certified {} Architect.",
					  "The candidate graduated from the {} Institute." };
	static const char *const ru[] = { "Она окончила {} университет.", "Имеет сертификат {}.",
					  "Кандидат наук, институт {}." };
	static const char *const he[] = { "היא בעלת דוקטורט מאוניברסיטת {}.", "הוא בעל הסמכת {}.", "בוגרת מכללת {}." };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 3)]
			   : s->language == CVP_HE ? he[roll(s, 3)]
						   : en[roll(s, 3)];

	return say(s, report, filled(s, form, made_name(s)));
}

/* A skill the CV does not name, maybe one that the posting asks for. */
static bool
skill_told(struct scene *s, json_t *report)
{
	static const char *const real[] = { "Erlang",  "COBOL",     "Verilog", "Haskell",
					    "AutoCAD", "Snowflake", "Rust",    "Ansible" };
	static const char *const en[] = { "She knows {} well.", "He has used {} for years.",
					  "You built services in {}." };
	static const char *const ru[] = { "Она хорошо знает {}.", "Кандидат владеет {}." };
	static const char *const he[] = { "היא יודעת {} היטב.", "המועמד שולט ב-{}." };
	const char *name = real[roll(s, 8)];
	const char *form = s->language == CVP_RU   ? ru[roll(s, 2)]
			   : s->language == CVP_HE ? he[roll(s, 2)]
						   : en[roll(s, 3)];

	return !is_said(s, name) && say(s, report, filled(s, form, name));
}

static bool
client_told(struct scene *s, json_t *report)
{
	static const char *const en[] = { "She advised {} on it.", "His clients were {} and others.",
					  "The work was done for {}.", "You sold it to {}." };
	static const char *const ru[] = { "Она консультировала компанию {}.", "Его клиентом была компания {}." };
	static const char *const he[] = { "היא ייעצה לחברת {}.", "הוא עבד עבור חברת {}." };
	const char *form = s->language == CVP_RU   ? ru[roll(s, 2)]
			   : s->language == CVP_HE ? he[roll(s, 2)]
						   : en[roll(s, 4)];

	return say(s, report, filled(s, form, made_name(s)));
}

static json_t *
any_evidence(struct scene *s, json_t *report, size_t *row, size_t *place)
{
	json_t *rows = json_object_get(report, "evidence_matrix");

	for (int tries = 0; tries < 30; tries++) {
		json_t *one = any_of(s, rows, row), *evidence = any_of(s, json_object_get(one, "evidence"), place);

		if (evidence != NULL)
			return evidence;
	}
	return NULL;
}

static bool
evidence_changed(struct scene *s, json_t *report)
{
	size_t row, place;
	json_t *evidence = any_evidence(s, report, &row, &place);
	const char *lie = other_fact(s, BULLETS);

	if (evidence == NULL || lie == NULL)
		return false;
	set_text(evidence, "text", lie);
	return lie_at(s, cvp_arena_printf(s->ctx->arena, "/evidence_matrix/%zu", row), lie);
}

static bool
source_changed(struct scene *s, json_t *report)
{
	static const char *const pointers[] = { "/work/77/highlights/0", "/nothing", "/gap_responses/9", "work" };
	size_t row, place;
	json_t *evidence = any_evidence(s, report, &row, &place);
	const char *pointer = pointers[roll(s, 4)];

	if (evidence == NULL)
		return false;
	set_text(evidence, "source", pointer);
	return lie_at(s, cvp_arena_printf(s->ctx->arena, "/evidence_matrix/%zu", row), pointer);
}

/* A gap is told as proved. */
static bool
gap_hidden(struct scene *s, json_t *report)
{
	json_t *rows = json_object_get(report, "evidence_matrix");

	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i);

		if (json_array_size(json_object_get(row, "evidence")) > 0)
			continue;
		set_text(row, "alignment_score", "STRONG");
		json_object_set_new(row, "score", json_real(0.95));
		return lie_at(s, cvp_arena_printf(s->ctx->arena, "/evidence_matrix/%zu", i), "STRONG");
	}
	return false;
}

static bool
keyword_invented(struct scene *s, json_t *report)
{
	json_t *keywords = json_object_get(report, "keywords");
	const char *name = made_name(s);

	json_array_append_new(keywords, json_string(name));
	return lie_at(s, "/keywords", name);
}

static bool
figure_in_text_changed(struct scene *s, json_t *report)
{
	const char *text = text_in(report, "executive_summary"), *digit = first_digit(text);

	if (digit == NULL)
		return false;
	set_text(report, "executive_summary",
		 replaced(s, text, (size_t)(digit - text), strspn(digit, "0123456789"),
			  cvp_arena_printf(s->ctx->arena, "%ld", strtol(digit, NULL, 10) + 61 + roll(s, 30))));
	return lie_at(s, "/executive_summary", text_in(report, "executive_summary"));
}

static bool
target_told_as_employer(struct scene *s, json_t *report)
{
	const char *company = text_in(json_object_get(s->input, "posting"), "company_name");

	if (company == NULL || is_said(s, company))
		return false;
	return say(s, report,
		   filled(s,
			  by_language(s, "She worked at {} for two years.", "Она работала в компании {} два года.",
				      "היא עבדה בחברת {} שנתיים."),
			  company));
}

const struct lie_kind report_lies[] = {
	{ "employer told", employer_told },
	{ "years inflated", years_told },
	{ "figure told", figure_told },
	{ "figure in the text changed", figure_in_text_changed },
	{ "title told", title_told },
	{ "degree, certificate told", study_told },
	{ "skill told", skill_told },
	{ "client told", client_told },
	{ "target told as employer", target_told_as_employer },
	{ "evidence changed", evidence_changed },
	{ "source changed", source_changed },
	{ "gap hidden", gap_hidden },
	{ "keyword invented", keyword_invented },
};
const size_t report_lie_count = sizeof(report_lies) / sizeof(report_lies[0]);
