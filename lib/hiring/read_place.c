/* Work format, employment, city and region. */
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "core/ctx.h"
#include "hiring/read_parts.h"

#define REGION_MAX   100 /* characters (SPEC 11.3) */
#define REGION_WORDS 5

/* A stem of a text and what it says. In order: an earlier row wins over a later one. */
struct sign {
	const char *stems, *value;
	const char *pair[2]; /* two words beside each other that say it, too */
};

static const struct sign formats[] = {
	{ "удаленн удаленк удалек дистанц дистант remote$ remotely$ telecommut$ wfh$ מרחוק$ מהבית$",
	  "remote",
	  { "from$ из$", "home$ дома$" } },
	{ "гибрид hybrid היבריד", "hybrid", { NULL } },
	{ "офис office on-site$ onsite$ in-office$ משרד במשרד מהמשרד המשרד", "office", { "on$ in$", "site$ person$" } },
};

static const struct sign cities[] = {
	{ "москв moscow$ מוסקבה$ במוסקבה$", "москва" },
	{ "спб$ питер$ питере$ питера$ питеру$ петербург санкт-петербург petersburg$ saint-petersburg$ פטרבורג$",
	  "санкт-петербург" },
	{ "екатеринбург екб$ yekaterinburg$ ekaterinburg$", "екатеринбург" },
	{ "казань$ казани$ казанью$ kazan$", "казань" },
	{ "новосиб novosibirsk$", "новосибирск" },
};

#define NO_ANSWER                                                                                                                                                                \
	"не$ нет$ да$ ок$ окей$ хорошо спасибо любой любая любое пока$ все$ неважно какой-то$ ну$ привет " \
	"здравств "                                                                                                                                                      \
	"i$ we$ no$ yes$ ok$ okay$ any thanks thank hello hi$ don't$ לא$ כן$ תודה שלום$"

static long
find_sign(const struct cvp_words *words, const char *stems)
{
	for (size_t i = 0; i < words->count; i++)
		if (cvp_hiring_has_stem(words->words[i].folded, stems) && !cvp_hiring_is_denied(words, (long)i))
			return (long)i;
	return -1;
}

/* "Work from home" and "on site" have no word of their own that says it. */
static bool
has_pair(const struct cvp_words *words, const char *stems, const char *next)
{
	for (long i = 0; (size_t)i < words->count; i++)
		if (cvp_hiring_has_stem(cvp_hiring_word(words, i), stems) &&
		    cvp_hiring_has_stem(cvp_hiring_word(words, i + 1), next) && !cvp_hiring_is_denied(words, i))
			return true;
	return false;
}

static const char *
format_of(const struct cvp_words *words)
{
	for (size_t i = 0; i < CVP_COUNT(formats); i++)
		if (find_sign(words, formats[i].stems) >= 0 ||
		    (formats[i].pair[0] != NULL && has_pair(words, formats[i].pair[0], formats[i].pair[1])))
			return formats[i].value;
	return NULL;
}

/* ---- employment ---- */

#define OCCUPATION "день$ дня$ занятост ставк рабоч работ график нагрузк трудоустр"

/* "полный день", "занятость полная", "Занятость: полная". */
static bool
is_beside(const struct cvp_words *words, long i, const char *stems)
{
	return cvp_hiring_has_stem(cvp_hiring_word(words, i + 1), stems) ||
	       cvp_hiring_has_stem(cvp_hiring_word(words, i - 1), stems);
}

static bool
is_part_time(const struct cvp_words *words, long i, bool is_said)
{
	const char *word = cvp_hiring_word(words, i), *next = cvp_hiring_word(words, i + 1);

	if (cvp_hiring_has_stem(word, "неполн частичн"))
		return is_said || is_beside(words, i, OCCUPATION);
	if (cvp_hiring_has_stem(word, "полставк парт$ парт-тайм парттайм part-time$ parttime$"))
		return true;
	if (strcmp(word, "пол") == 0)
		return cvp_hiring_has_stem(next, "ставк");
	if (strcmp(word, "part") == 0)
		return strcmp(next, "time") == 0 || (is_said && strcmp(next, "of") != 0);
	return (cvp_hiring_has_stem(word, "משרה$ במשרה$ למשרה$") && cvp_hiring_has_stem(next, "חלקית$")) ||
	       (strcmp(word, "חצי") == 0 && cvp_hiring_has_stem(next, "משרה$"));
}

static bool
is_full_time(const struct cvp_words *words, long i, bool is_said)
{
	const char *word = cvp_hiring_word(words, i), *next = cvp_hiring_word(words, i + 1);

	if (cvp_hiring_has_stem(word, "полн")) {
		if (cvp_hiring_has_stem(word, "полность полнот полноц полном"))
			return strcmp(word, "полном") == 0;
		return is_beside(words, i, OCCUPATION) ||
		       (is_said && cvp_hiring_has_stem(word, "полный$ полная$ полную$ полное$"));
	}
	if (cvp_hiring_has_stem(word, "фулл$ фул$ фулл-тайм фул-тайм фуллтайм фултайм full-time$ fulltime$"))
		return true;
	if (strcmp(word, "full") == 0)
		return strcmp(next, "time") == 0 || (is_said && !cvp_hiring_has_stem(next, "stack"));
	return cvp_hiring_has_stem(word, "משרה$ במשרה$ למשרה$") && cvp_hiring_has_stem(next, "מלאה$");
}

static bool
is_project(const struct cvp_words *words, long i, bool is_said)
{
	const char *word = cvp_hiring_word(words, i);

	if (!cvp_hiring_has_stem(word, "проект контракт project contract freelance фриланс פרויקט$ פרילנס$") ||
	    cvp_hiring_has_stem(word, "проектир"))
		return false;
	return is_said || is_beside(words, i, "работ занятост employment$ work$ job$ position$ עבודה$ העסקה$");
}

static const struct employment {
	bool (*is_said)(const struct cvp_words *words, long i, bool is_said);
	const char *value;
} employments[] = {
	{ is_part_time, "part-time" },
	{ is_full_time, "full-time" },
	{ is_project, "project" },
};

static const char *
employment_of(const struct cvp_words *words, bool is_said)
{
	for (size_t e = 0; e < CVP_COUNT(employments); e++)
		for (long i = 0; (size_t)i < words->count; i++)
			if (employments[e].is_said(words, i, is_said) && !cvp_hiring_is_denied(words, i))
				return employments[e].value;
	return NULL;
}

/* ---- where ---- */

/* The city that the text names first. */
static const char *
city_of(const struct cvp_words *words)
{
	const char *city = NULL;
	long first = (long)words->count;

	for (size_t i = 0; i < CVP_COUNT(cities); i++) {
		long at = find_sign(words, cities[i].stems);

		if (at >= 0 && at < first) {
			first = at;
			city = cities[i].value;
		}
	}
	return city;
}

static bool
has_pay_word(const struct cvp_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (cvp_hiring_has_stem(words->words[i].folded, "зарплат оклад зп$ доход вилк бюджет компенсац руб "
								"ставк оплат salary pay$ budget compensation שכר$ "
								"משכורת$ תקציב$"))
			return true;
	return false;
}

bool
cvp_hiring_names_terms(const struct cvp_words *words)
{
	return format_of(words) != NULL || employment_of(words, true) != NULL || has_pay_word(words);
}

/* "г. Самара", "город Самара", "в Самаре": the name alone. */
static const char *
without_lead(const struct cvp_words *words, const char *segment)
{
	size_t i = 0;

	while (i + 1 < words->count &&
	       cvp_hiring_has_stem(
		   words->words[i].folded,
		   "г$ гор$ город$ городе$ регион$ локация$ location$ city$ region$ in$ в$ во$ עיר$ אזור$"))
		i++;
	return i < words->count ? segment + words->words[i].offset : segment;
}

/* The first segment, where it may be the name of a place. */
static const char *
region_of(const struct cvp_hiring_text *t)
{
	const char *begin = t->text + strspn(t->text, " \t\r\n"), *segment;
	size_t length = strcspn(begin, ",;\n"), rest;
	struct cvp_words words;
	ucs4_t first;

	while (length > 0 && strchr(" \t\r.!", begin[length - 1]) != NULL)
		length--;
	segment = cvp_arena_strndup(t->ctx->arena, begin, length);
	words = cvp_words_of(t->ctx, segment, length);
	rest = strlen(begin) - length;
	if (words.count == 0 || words.count > REGION_WORDS || cvp_text_length(segment) > REGION_MAX ||
	    strpbrk(segment, "0123456789?:()") != NULL || cvp_hiring_names_terms(&words) ||
	    cvp_hiring_has_stem(words.words[0].folded, NO_ANSWER))
		return NULL;
	segment = without_lead(&words, segment);
	u8_strmbtouc(&first, (const uint8_t *)segment);
	if (uc_is_lower(first) && (words.count > 2 || t->source == CVP_HIRING_REMARK))
		return NULL;
	/* what is said later is a place only where more is said of the kind, or where it is called one */
	if (t->source == CVP_HIRING_REMARK && segment == begin && !(rest > 0 && cvp_hiring_names_terms(&t->words)))
		return NULL;
	return segment;
}

static const char *
schedule_of(const struct cvp_hiring_text *t)
{
	for (const char *at = t->text; (at = strchr(at, '/')) != NULL; at++)
		if (at - t->text >= 1 && strchr("12345", at[-1]) != NULL && at[1] >= '0' && at[1] <= '5' &&
		    (at - t->text < 2 || strchr(" \t\n(,:;", at[-2]) != NULL) &&
		    (at[2] == '\0' || strchr(" \t\n),.;", at[2]) != NULL))
			return cvp_arena_strndup(t->ctx->arena, at - 1, 3);
	for (long i = 0; (size_t)i < t->words.count; i++) {
		const char *word = cvp_hiring_word(&t->words, i), *next = cvp_hiring_word(&t->words, i + 1);

		if (cvp_hiring_has_stem(word, "гибк сменн вахтов ненормир скользящ flexible$ shift") &&
		    cvp_hiring_has_stem(next, "график расписан метод schedule$ hours$ work$")) {
			const struct cvp_word *from = &t->words.words[i], *to = &t->words.words[i + 1];

			return cvp_arena_strndup(t->ctx->arena, t->text + from->offset,
						 to->offset + to->length - from->offset);
		}
	}
	return NULL;
}

static void
set_found(json_t *kb, const char *part, const char *field, const char *value)
{
	if (value != NULL)
		cvp_kb_set(kb, part, field, json_string(value));
}

void
cvp_hiring_read_place(const struct cvp_hiring_text *t)
{
	const char *city = city_of(&t->words), *region = NULL;

	if (city == NULL && cvp_hiring_is_said(t))
		region = region_of(t);
	if (city != NULL || region != NULL) { /* a place is moved as a whole */
		cvp_kb_set(t->kb, "company", "company_location_city", city != NULL ? json_string(city) : json_null());
		cvp_kb_set(t->kb, "company", "company_location_region",
			   region != NULL ? json_string(region) : json_null());
	}
	set_found(t->kb, "company", "work_format", format_of(&t->words));
	set_found(t->kb, "employment", "employment_type", employment_of(&t->words, cvp_hiring_is_said(t)));
	set_found(t->kb, "employment", "schedule_comment", schedule_of(t));
}
