#include "career/cv_date.h"

#include <string.h>

#include "career/cv_chars.h"
#include "core/ctx.h"

static const struct {
	const char *word;
	signed char month;
} month_words[] = {
	{ "january", 1 },   { "jan", 1 },      { "february", 2 },  { "feb", 2 },      { "march", 3 },
	{ "mar", 3 },       { "april", 4 },    { "apr", 4 },       { "may", 5 },      { "june", 6 },
	{ "jun", 6 },       { "july", 7 },     { "jul", 7 },       { "august", 8 },   { "aug", 8 },
	{ "september", 9 }, { "sept", 9 },     { "sep", 9 },       { "october", 10 }, { "oct", 10 },
	{ "november", 11 }, { "nov", 11 },     { "december", 12 }, { "dec", 12 },     { "январь", 1 },
	{ "января", 1 },    { "январе", 1 },   { "янв", 1 },       { "февраль", 2 },  { "февраля", 2 },
	{ "феврале", 2 },   { "февр", 2 },     { "фев", 2 },       { "март", 3 },     { "марта", 3 },
	{ "марте", 3 },     { "мар", 3 },      { "апрель", 4 },    { "апреля", 4 },   { "апреле", 4 },
	{ "апр", 4 },       { "май", 5 },      { "мая", 5 },       { "мае", 5 },      { "июнь", 6 },
	{ "июня", 6 },      { "июне", 6 },     { "июн", 6 },       { "июль", 7 },     { "июля", 7 },
	{ "июле", 7 },      { "июл", 7 },      { "август", 8 },    { "августа", 8 },  { "августе", 8 },
	{ "авг", 8 },       { "сентябрь", 9 }, { "сентября", 9 },  { "сентябре", 9 }, { "сент", 9 },
	{ "сен", 9 },       { "октябрь", 10 }, { "октября", 10 },  { "октябре", 10 }, { "окт", 10 },
	{ "ноябрь", 11 },   { "ноября", 11 },  { "ноябре", 11 },   { "нояб", 11 },    { "ноя", 11 },
	{ "декабрь", 12 },  { "декабря", 12 }, { "декабре", 12 },  { "дек", 12 },     { "ינואר", 1 },
	{ "פברואר", 2 },    { "מרץ", 3 },      { "מרס", 3 },       { "אפריל", 4 },    { "מאי", 5 },
	{ "יוני", 6 },      { "יולי", 7 },     { "אוגוסט", 8 },    { "ספטמבר", 9 },   { "אוקטובר", 10 },
	{ "נובמבר", 11 },   { "דצמבר", 12 },
};

/* Parts of a year that are no month: the year alone is kept. */
static const char *const season_words[] = {
	"spring", "summer", "autumn", "fall",  "winter", "q1",    "q2",   "q3",    "q4",
	"h1",     "h2",     "early",  "mid",   "late",   "весна", "лето", "осень", "зима",
	"весной", "летом",  "осенью", "зимой", "אביב",   "קיץ",   "סתיו", "חורף",
};

static const char *const year_words[] = { "год", "года", "году", "годы", "гг", "г" };

static const char *const open_words[] = {
	"present",
	"to present",
	"present day",
	"the present",
	"current",
	"currently",
	"till present",
	"until present",
	"now",
	"till now",
	"until now",
	"today",
	"to date",
	"date",
	"till date",
	"till today",
	"ongoing",
	"in progress",
	"настоящее время",
	"настоящего времени",
	"наст. время",
	"наст. вр.",
	"н.в.",
	"н. в.",
	"н.в",
	"н/в",
	"нв",
	"сейчас",
	"сегодня",
	"сегодняшний день",
	"сегодняшнего дня",
	"сей день",
	"текущее время",
	"текущий момент",
	"היום",
	"כיום",
	"הווה",
	"להיום",
	"נוכחי",
	"נוכחית",
	"עכשיו",
	"עתה",
	"כה",
};

static const char *const till_words[] = {
	"to", "until", "till", "through", "thru", "up to", "по", "до", "עד", "ועד",
};

/* A number of at most four digits; the digits read, 0 where there is none or it is longer. */
static size_t
read_number(const char *text, int *value)
{
	size_t digits = 0;

	*value = 0;
	while (text[digits] >= '0' && text[digits] <= '9') {
		if (digits == 4)
			return 0;
		*value = *value * 10 + (text[digits] - '0');
		digits++;
	}
	return digits;
}

static bool
is_year(int value)
{
	return value >= CVP_YEAR_MIN && value <= CVP_YEAR_MAX;
}

static bool
is_month(int value)
{
	return value >= 1 && value <= 12;
}

static bool
is_day(int value)
{
	return value >= 1 && value <= 31;
}

/* "21" is 2021, "98" is 1998; what lies between is no year of a working life. */
static int
full_year(int value)
{
	if (value <= 40)
		return 2000 + value;
	return value >= 60 ? 1900 + value : 0;
}

static struct cvp_date
make_date(int year, int month, int day)
{
	return (struct cvp_date){ (short)year, (signed char)month, (signed char)(is_day(day) ? day : 0) };
}

static bool
is_letter_at(const char *text)
{
	size_t length;

	return cvp_cv_char_is_letter(cvp_cv_char_at(text, &length));
}

/* Bytes of "г.", "год" after a year; 0 where none stands there. */
static size_t
scan_year_word(const char *text)
{
	size_t space = cvp_cv_chars_space(text);
	size_t word = cvp_cv_chars_any_word(text + space, year_words, CVP_COUNT(year_words), NULL);

	if (word == 0)
		return 0;
	return space + word + (text[space + word] == '.');
}

/* A year of four digits that stands alone ("2019", "2019 г."), not "2000s" nor "2019th". */
static size_t
scan_year(const char *text, int *year)
{
	size_t length = read_number(text, year);

	if (length != 4 || !is_year(*year))
		return 0;
	length += scan_year_word(text + length);
	if (is_letter_at(text + length) && text[length] != 'T')
		return 0;
	return length;
}

/* "2021-03-01", "2021.03", "2021": year first. */
static size_t
scan_year_first(const char *text, struct cvp_date *date)
{
	int year, month, day;
	size_t length, more;

	length = read_number(text, &year);
	if (length != 4 || !is_year(year))
		return 0;
	if (strchr("-/.", text[4]) && text[4] != '\0') {
		more = read_number(text + 5, &month);
		if (more >= 1 && more <= 2 && is_month(month)) {
			length = 5 + more;
			more = text[length] == text[4] ? read_number(text + length + 1, &day) : 0;
			if (more >= 1 && more <= 2 && is_day(day)) {
				*date = make_date(year, month, day);
				return length + 1 + more;
			}
			*date = make_date(year, month, 0);
			return length;
		}
	}
	length = scan_year(text, &year);
	*date = make_date(year, 0, 0);
	return length;
}

/* Two numbers before a year: with '.' day and month; else as far as the numbers tell. Where they do not, the day is the
 * 1st, as most dates of CVs are, or the year alone is sure. */
static struct cvp_date
day_and_month(int a, int b, int year, char mark)
{
	if (mark == '.' || a > 12)
		return is_month(b) && is_day(a) ? make_date(year, b, a) : make_date(0, 0, 0);
	if (b > 12)
		return is_month(a) && is_day(b) ? make_date(year, a, b) : make_date(0, 0, 0);
	if (a == b || b == 1)
		return make_date(year, a, b);
	return a == 1 ? make_date(year, b, a) : make_date(year, 0, 0);
}

/* "03/2021", "01.03.2021", "3/15/2021", "03/21": the year last. */
static size_t
scan_year_last(const char *text, struct cvp_date *date)
{
	int a, b, c;
	size_t first = read_number(text, &a), second, third, length;
	char mark = text[first];

	if (first < 1 || first > 2 || (mark != '/' && mark != '.' && mark != '-'))
		return 0;
	second = read_number(text + first + 1, &b);
	length = first + 1 + second;
	if (second == 4) {
		*date = make_date(b, a, 0);
		return is_year(b) && is_month(a) ? length + scan_year_word(text + length) : 0;
	}
	if (second < 1 || second > 2)
		return 0;
	if (text[length] == mark) {
		third = read_number(text + length + 1, &c);
		if (third == 2)
			c = full_year(c);
		*date = day_and_month(a, b, c, mark);
		length += 1 + third;
		return third >= 2 && is_year(c) && date->year ? length + scan_year_word(text + length) : 0;
	}
	*date = make_date(full_year(b), a, 0);
	return mark == '/' && first == 2 && second == 2 && is_month(a) && is_year(date->year) ? length : 0;
}

size_t
cvp_date_scan_month(const char *text, int *month)
{
	static const char *const prefixes[] = { "ב", "מ", "ל" };
	size_t best = 0, skip = 0, length;

	for (size_t i = 0; i < CVP_COUNT(prefixes); i++)
		if (strncmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			skip = strlen(prefixes[i]);
	for (size_t i = 0; i < CVP_COUNT(month_words); i++) {
		length = cvp_cv_chars_word(text, month_words[i].word);
		if (length == 0 && skip) {
			length = cvp_cv_chars_word(text + skip, month_words[i].word);
			length += length ? skip : 0;
		}
		if (length > best) {
			best = length;
			*month = month_words[i].month;
		}
	}
	if (best && text[best] == '.')
		best++;
	return best;
}

/* What may stand between a month's name and its year: space, comma, a dash or slash, "of", an apostrophe. */
static size_t
scan_joint(const char *text)
{
	size_t at = cvp_cv_chars_space(text);

	if (text[at] == ',' || text[at] == '-' || text[at] == '/' || text[at] == '.')
		at++;
	at += cvp_cv_chars_space(text + at);
	if (strncmp(text + at, "of ", 3) == 0)
		at += 3;
	return at;
}

/* A year after a month's name: "2021", "'21", "-21". */
static size_t
scan_named_year(const char *text, int *year)
{
	size_t joint = scan_joint(text), mark = 0, length;

	length = scan_year(text + joint, year);
	if (length)
		return joint + length;
	if (text[joint] == '\'')
		mark = 1;
	else if (strncmp(text + joint, "’", 3) == 0)
		mark = 3;
	if (mark == 0 && !(joint == 1 && text[0] == '-'))
		return 0;
	length = read_number(text + joint + mark, year);
	*year = full_year(*year);
	return length == 2 && is_year(*year) && !is_letter_at(text + joint + mark + length) ? joint + mark + length : 0;
}

/* "3rd", "1st" */
static size_t
scan_ordinal(const char *text)
{
	static const char *const suffixes[] = { "st", "nd", "rd", "th" };

	return cvp_cv_chars_any_word(text, suffixes, CVP_COUNT(suffixes), NULL);
}

/* "March 2021", "Mar. 3, 2021", "март 2021 г.". */
static size_t
scan_month_first(const char *text, struct cvp_date *date)
{
	int month, day = 0, year;
	size_t length = cvp_date_scan_month(text, &month), more, joint;

	if (length == 0)
		return 0;
	more = scan_named_year(text + length, &year);
	if (more) {
		*date = make_date(year, month, 0);
		return length + more;
	}
	joint = cvp_cv_chars_space(text + length);
	more = read_number(text + length + joint, &day);
	if (joint == 0 || more < 1 || more > 2 || !is_day(day))
		return 0;
	length += joint + more;
	length += scan_ordinal(text + length);
	more = scan_joint(text + length);
	joint = more ? scan_year(text + length + more, &year) : 0;
	*date = make_date(year, month, day);
	return joint ? length + more + joint : 0;
}

/* "3 March 2021", "3rd of March, 2021", "1 сентября 2019". */
static size_t
scan_day_first(const char *text, struct cvp_date *date)
{
	int day, month, year;
	size_t length = read_number(text, &day), more;

	if (length < 1 || length > 2 || !is_day(day))
		return 0;
	length += scan_ordinal(text + length);
	length += scan_joint(text + length);
	more = cvp_date_scan_month(text + length, &month);
	if (more == 0)
		return 0;
	length += more;
	more = scan_named_year(text + length, &year);
	*date = make_date(year, month, day);
	return more ? length + more : 0;
}

/* "Summer 2019", "Q3 2020", "лето 2019": the year. */
static size_t
scan_season(const char *text, struct cvp_date *date)
{
	int year;
	size_t length = cvp_cv_chars_any_word(text, season_words, CVP_COUNT(season_words), NULL), more;

	if (length == 0)
		return 0;
	more = scan_named_year(text + length, &year);
	*date = make_date(year, 0, 0);
	return more ? length + more : 0;
}

/* "2020 Jan", "2020, March": the month after the year, where no other year follows it. */
static size_t
scan_trailing_month(const char *text, size_t length, struct cvp_date *date)
{
	int month, year;
	size_t space = cvp_cv_chars_space(text + length), name;

	if (date->month || space == 0)
		return length;
	name = cvp_date_scan_month(text + length + space, &month);
	if (name == 0 || scan_named_year(text + length + space + name, &year))
		return length;
	date->month = (signed char)month;
	return length + space + name;
}

size_t
cvp_date_scan(const char *text, struct cvp_date *date)
{
	size_t length;

	if (text[0] >= '0' && text[0] <= '9') {
		length = scan_year_first(text, date);
		if (length)
			return scan_trailing_month(text, length, date);
		length = scan_year_last(text, date);
		return length ? length : scan_day_first(text, date);
	}
	if (!is_letter_at(text))
		return 0;
	length = scan_month_first(text, date);
	return length ? length : scan_season(text, date);
}

size_t
cvp_date_scan_till(const char *text)
{
	return cvp_cv_chars_any_word(text, till_words, CVP_COUNT(till_words), NULL);
}

size_t
cvp_date_scan_now(const char *text)
{
	size_t prefix = cvp_date_scan_till(text), length;

	if (prefix)
		prefix += cvp_cv_chars_space(text + prefix);
	length = cvp_cv_chars_any_word(text + prefix, open_words, CVP_COUNT(open_words), NULL);
	if (length)
		return prefix + length;
	return cvp_cv_chars_any_word(text, open_words, CVP_COUNT(open_words), NULL);
}

bool
cvp_date_may_begin(const char *text, size_t at)
{
	uint32_t before = cvp_cv_char_before(text, at);

	return !cvp_cv_char_is_letter(before) && !cvp_cv_char_is_digit(before) && before != '$' && before != 0x20AC &&
	       before != '#' && before != '/' && before != '+' && before != '@' && before != '_' && before != '=';
}

bool
cvp_date_parse(const char *text, struct cvp_date *date)
{
	struct cvp_date found;
	size_t length;

	for (size_t at = 0; text[at]; at += length) {
		if (cvp_date_may_begin(text, at) && cvp_date_scan(text + at, &found)) {
			*date = found;
			return true;
		}
		cvp_cv_char_at(text + at, &length);
	}
	return false;
}

bool
cvp_date_is_open(const char *text)
{
	struct cvp_date date;
	size_t at, length;

	if (!text)
		return true;
	at = cvp_cv_chars_space(text);
	while (text[at] && !is_letter_at(text + at)) {
		if (cvp_cv_char_is_digit((unsigned char)text[at]))
			return false;
		cvp_cv_char_at(text + at, &length);
		at += length;
	}
	if (!text[at])
		return true;
	return cvp_date_scan_now(text + at) > 0 && !cvp_date_parse(text, &date);
}

const char *
cvp_date_text(struct cvp_ctx *ctx, struct cvp_date date)
{
	if (date.month && date.day)
		return cvp_arena_printf(ctx->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
	if (date.month)
		return cvp_arena_printf(ctx->arena, "%04d-%02d", date.year, date.month);
	return cvp_arena_printf(ctx->arena, "%04d", date.year);
}

int
cvp_date_compare(struct cvp_date a, struct cvp_date b)
{
	if (a.year != b.year)
		return a.year - b.year;
	return a.month != b.month ? a.month - b.month : a.day - b.day;
}

int
cvp_date_months(struct cvp_date start, struct cvp_date end)
{
	int first = start.year * 12 + (start.month ? start.month - 1 : 0);
	int last = end.year * 12 + (end.month ? end.month - 1 : 11);

	if (start.year == 0 || end.year == 0 || last < first)
		return 0;
	return last - first + 1;
}
