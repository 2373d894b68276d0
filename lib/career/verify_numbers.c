#include "career/verify_numbers.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <unistr.h>

#include "career/verify_number_words.h"
#include "core/ctx.h"
#include "text/text.h"

#define DIGITS_MAX 15 /* more are no figure of a CV and would not fit a double exactly */

struct scanner {
	struct cvp_ctx *ctx;
	const char *text;
	size_t length;
	struct cvp_numbers numbers;
	size_t room;
};

/* A word or sign beside a figure and what it makes of it. Words match by their start, whole ones end in a space. */
struct unit_word {
	const char *word;
	enum cvp_unit unit;
	double scale;
};

static const struct unit_word after_words[] = {
	{ "%", CVP_UNIT_PERCENT, 1 },       { "percent", CVP_UNIT_PERCENT, 1 }, { "per cent", CVP_UNIT_PERCENT, 1 },
	{ "процент", CVP_UNIT_PERCENT, 1 }, { "אחוז", CVP_UNIT_PERCENT, 1 },    { "$", CVP_UNIT_DOLLAR, 1 },
	{ "usd ", CVP_UNIT_DOLLAR, 1 },     { "dollar", CVP_UNIT_DOLLAR, 1 },   { "доллар", CVP_UNIT_DOLLAR, 1 },
	{ "דולר", CVP_UNIT_DOLLAR, 1 },     { "€", CVP_UNIT_EURO, 1 },          { "eur ", CVP_UNIT_EURO, 1 },
	{ "euro", CVP_UNIT_EURO, 1 },       { "евро ", CVP_UNIT_EURO, 1 },      { "£", CVP_UNIT_POUND, 1 },
	{ "gbp ", CVP_UNIT_POUND, 1 },      { "₽", CVP_UNIT_ROUBLE, 1 },      { "руб", CVP_UNIT_ROUBLE, 1 },
	{ "rub", CVP_UNIT_ROUBLE, 1 },      { "₪", CVP_UNIT_SHEKEL, 1 },        { "ש\"ח", CVP_UNIT_SHEKEL, 1 },
	{ "שקל", CVP_UNIT_SHEKEL, 1 },      { "nis ", CVP_UNIT_SHEKEL, 1 },     { "year", CVP_UNIT_YEARS, 1 },
	{ "yr", CVP_UNIT_YEARS, 1 },        { "год", CVP_UNIT_YEARS, 1 },       { "лет ", CVP_UNIT_YEARS, 1 },
	{ "שנים ", CVP_UNIT_YEARS, 1 },     { "שנה ", CVP_UNIT_YEARS, 1 },      { "שנות ", CVP_UNIT_YEARS, 1 },
	{ "month", CVP_UNIT_MONTHS, 1 },    { "месяц", CVP_UNIT_MONTHS, 1 },    { "мес ", CVP_UNIT_MONTHS, 1 },
	{ "חודש", CVP_UNIT_MONTHS, 1 },     { "k ", CVP_UNIT_NONE, 1e3 },       { "к ", CVP_UNIT_NONE, 1e3 },
	{ "thousand", CVP_UNIT_NONE, 1e3 }, { "тыс", CVP_UNIT_NONE, 1e3 },      { "אלף ", CVP_UNIT_NONE, 1e3 },
	{ "m ", CVP_UNIT_NONE, 1e6 },       { "mn ", CVP_UNIT_NONE, 1e6 },      { "mln", CVP_UNIT_NONE, 1e6 },
	{ "mm ", CVP_UNIT_NONE, 1e6 },      { "million", CVP_UNIT_NONE, 1e6 },  { "млн", CVP_UNIT_NONE, 1e6 },
	{ "миллион", CVP_UNIT_NONE, 1e6 },  { "מיליון", CVP_UNIT_NONE, 1e6 },   { "b ", CVP_UNIT_NONE, 1e9 },
	{ "bn ", CVP_UNIT_NONE, 1e9 },      { "billion", CVP_UNIT_NONE, 1e9 },  { "млрд", CVP_UNIT_NONE, 1e9 },
	{ "מיליארד", CVP_UNIT_NONE, 1e9 },  { "x ", CVP_UNIT_FACTOR, 1 },       { "× ", CVP_UNIT_FACTOR, 1 },
	{ "times ", CVP_UNIT_FACTOR, 1 },   { "fold ", CVP_UNIT_FACTOR, 1 },    { "раз ", CVP_UNIT_FACTOR, 1 },
	{ "раза ", CVP_UNIT_FACTOR, 1 },    { "week", CVP_UNIT_WEEKS, 1 },      { "недел", CVP_UNIT_WEEKS, 1 },
	{ "שבוע", CVP_UNIT_WEEKS, 1 },      { "day", CVP_UNIT_DAYS, 1 },        { "день ", CVP_UNIT_DAYS, 1 },
	{ "дня ", CVP_UNIT_DAYS, 1 },       { "дней ", CVP_UNIT_DAYS, 1 },      { "ימים ", CVP_UNIT_DAYS, 1 },
	{ "hour", CVP_UNIT_HOURS, 1 },      { "час", CVP_UNIT_HOURS, 1 },       { "שעות ", CVP_UNIT_HOURS, 1 },
	{ "minute", CVP_UNIT_MINUTES, 1 },  { "min ", CVP_UNIT_MINUTES, 1 },    { "минут", CVP_UNIT_MINUTES, 1 },
	{ "דקות ", CVP_UNIT_MINUTES, 1 },   { "second ", CVP_UNIT_SECONDS, 1 }, { "seconds ", CVP_UNIT_SECONDS, 1 },
	{ "секунд", CVP_UNIT_SECONDS, 1 },  { "שניות ", CVP_UNIT_SECONDS, 1 },
};

static const struct unit_word before_signs[] = {
	{ "$", CVP_UNIT_DOLLAR, 1 },   { "€", CVP_UNIT_EURO, 1 },    { "£", CVP_UNIT_POUND, 1 },
	{ "₽", CVP_UNIT_ROUBLE, 1 }, { "₪", CVP_UNIT_SHEKEL, 1 },  { "usd", CVP_UNIT_DOLLAR, 1 },
	{ "eur", CVP_UNIT_EURO, 1 },   { "gbp", CVP_UNIT_POUND, 1 },
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter_at(const char *text, size_t length)
{
	ucs4_t c;

	if (length == 0)
		return false;
	if ((unsigned char)text[0] < 0x80)
		return (text[0] | 32) >= 'a' && (text[0] | 32) <= 'z';
	u8_mbtouc(&c, (const uint8_t *)text, length);
	return uc_is_alpha(c);
}

/* Does a letter stand right before `at`, so that the digits there belong to a name? A Hebrew letter is a prefix. */
static bool
follows_letter(const char *text, size_t at)
{
	ucs4_t c;

	if (at == 0 || u8_prev(&c, (const uint8_t *)text + at, (const uint8_t *)text) == NULL)
		return false;
	return c == '_' || (uc_is_alpha(c) && !(c >= 0x5D0 && c <= 0x5EA));
}

static void
add(struct scanner *s, struct cvp_number number)
{
	if (s->numbers.count == s->room) {
		size_t grown = s->room > 0 ? 2 * s->room : 8;

		s->numbers.rows = cvp_arena_grow(s->ctx->arena, s->numbers.rows, s->room * sizeof(number),
						 grown * sizeof(number));
		s->room = grown;
	}
	s->numbers.rows[s->numbers.count++] = number;
}

/* Is there a group of exactly three digits at `at`? */
static bool
is_group(const char *text, size_t at)
{
	return is_digit(text[at]) && is_digit(text[at + 1]) && is_digit(text[at + 2]) && !is_digit(text[at + 3]);
}

/* Reads digits with their separators; returns where they end. Groups are parted by ',' '\'' or one space, after at
 * most three digits; ',' and '.' before anything else begin a fraction. */
static size_t
read_digits(const char *text, size_t at, double *value)
{
	double scale = 1, whole = 0;
	size_t start = at, digits = 0;
	bool in_fraction = false;

	for (;; at++) {
		if (is_digit(text[at])) {
			if (++digits > DIGITS_MAX)
				continue;
			whole = 10 * whole + (text[at] - '0');
			scale *= in_fraction ? 10 : 1;
		} else if (!in_fraction && at - start <= 11 && digits <= DIGITS_MAX && strchr(",' ", text[at]) &&
			   text[at] != '\0' && is_group(text, at + 1) && (digits <= 3 || text[at - 4] == text[at])) {
			continue;
		} else if (!in_fraction && (text[at] == '.' || text[at] == ',') && is_digit(text[at + 1])) {
			in_fraction = true;
		} else {
			break;
		}
	}
	*value = whole / scale;
	return at;
}

/* The row of after_words that stands at text[at]: a prefix of a word, or a whole one where the row ends in a space. */
static const struct unit_word *
unit_at(const char *text, size_t at, size_t *size)
{
	for (size_t i = 0; i < CVP_COUNT(after_words); i++) {
		size_t length = strlen(after_words[i].word);
		bool is_whole = after_words[i].word[length - 1] == ' ';

		length -= is_whole;
		if (strncasecmp(text + at, after_words[i].word, length) != 0)
			continue;
		if (is_whole && (is_letter_at(text + at + length, strlen(text + at + length))))
			continue;
		*size = length;
		return &after_words[i];
	}
	return NULL;
}

/* The end of the letters that stand at `at`. */
static size_t
skip_letters(const char *text, size_t at)
{
	while (is_letter_at(text + at, strnlen(text + at, 4))) {
		int n = u8_mblen((const uint8_t *)text + at, strnlen(text + at, 4));

		at += n > 0 ? (size_t)n : 1;
	}
	return at;
}

/* Reads what follows the digits: '+', a scale (k, млн), a unit. Returns where it ends. */
static size_t
read_tail(const char *text, size_t at, struct cvp_number *number)
{
	size_t end = at;

	for (int round = 0; round < 3; round++) {
		const struct unit_word *word;
		size_t size;

		if (text[at] == '+')
			end = ++at;
		while (text[at] == ' ' || (text[at] == '-' && is_letter_at(text + at + 1, strlen(text + at + 1))))
			at++;
		word = unit_at(text, at, &size);
		if (word == NULL || (word->unit == CVP_UNIT_NONE && round > 0))
			break;
		number->value *= word->scale;
		if (word->unit != CVP_UNIT_NONE)
			number->unit = word->unit;
		end = at += size;
		if (word->unit != CVP_UNIT_NONE)
			break;
		end = at = skip_letters(text, at);
	}
	return skip_letters(text, end);
}

static size_t
read_sign_before(const char *text, size_t at, struct cvp_number *number)
{
	size_t end = at > 0 && text[at - 1] == ' ' ? at - 1 : at;

	for (size_t i = 0; i < CVP_COUNT(before_signs); i++) {
		size_t length = strlen(before_signs[i].word);

		if (end >= length && strncasecmp(text + end - length, before_signs[i].word, length) == 0 &&
		    !follows_letter(text, end - length)) {
			number->unit = before_signs[i].unit;
			return end - length;
		}
	}
	return at;
}

static size_t
read_number(struct scanner *s, size_t at)
{
	struct cvp_number number = { .unit = CVP_UNIT_NONE };
	size_t start = at, end = read_digits(s->text, at, &number.value);
	bool is_bare = end - at == 4;

	start = read_sign_before(s->text, at, &number);
	if (number.unit == CVP_UNIT_NONE) {
		size_t bare_end = end;

		end = read_tail(s->text, end, &number);
		is_bare = is_bare && number.value >= 1900 && number.value <= 2100;
		if (is_bare && number.unit == CVP_UNIT_YEARS) { /* "2019 год" is a date, no span */
			number.unit = CVP_UNIT_NONE;
			end = bare_end;
		}
		number.is_year = is_bare && number.unit == CVP_UNIT_NONE;
	} else {
		enum cvp_unit sign = number.unit;

		end = read_tail(s->text, end, &number);
		number.unit = sign;
	}
	number.offset = start;
	number.length = end - start;
	add(s, number);
	return end;
}

/* Does the spelt number count where it ends at `end`? Small ones are words of daily use: they need a word behind. */
static bool
is_figure(const char *text, size_t end, const struct cvp_spelt *spelt)
{
	return spelt->value > 12 || spelt->unit != CVP_UNIT_NONE || spelt->is_vague || text[end] == ' ' ||
	       text[end] == '-';
}

/* A word of letters at `at`, and the words behind it where they spell one number. Returns the end. */
static size_t
read_word(struct scanner *s, size_t at)
{
	struct cvp_spelt spelt;
	size_t length = cvp_spelt_number(s->text + at, &spelt), end = at + length;
	struct cvp_number number = { .value = spelt.value, .unit = spelt.unit, .is_vague = spelt.is_vague };

	if (length == 0)
		return skip_letters(s->text, at);
	number.is_loose = !is_figure(s->text, end, &spelt);
	if (spelt.unit == CVP_UNIT_NONE && !number.is_loose)
		end = read_tail(s->text, end, &number);
	number.offset = at;
	number.length = end - at;
	add(s, number);
	return end;
}

struct cvp_numbers
cvp_numbers_of(struct cvp_ctx *ctx, const char *text)
{
	struct scanner s = { .ctx = ctx, .text = text, .length = strlen(text) };
	size_t at = 0;

	while (at < s.length) {
		if (is_digit(text[at]) && follows_letter(text, at))
			at += strspn(text + at, "0123456789");
		else if (is_digit(text[at]))
			at = read_number(&s, at);
		else if (is_letter_at(text + at, s.length - at))
			at = read_word(&s, at);
		else
			at++;
	}
	return s.numbers;
}

/* "Doubled" is a rise by 100 %, "halved" a fall by 50 %. */
static bool
is_factor_percent(const struct cvp_number *shown, const struct cvp_number *claimed)
{
	double percent = claimed->value > 1 ? 100 * (claimed->value - 1) : 100 * (1 - claimed->value);

	return claimed->unit == CVP_UNIT_FACTOR && shown->unit == CVP_UNIT_PERCENT &&
	       fabs(shown->value - percent) < 0.5;
}

static bool
counts_time(enum cvp_unit unit)
{
	return unit >= CVP_UNIT_YEARS && unit <= CVP_UNIT_FACTOR;
}

bool
cvp_number_proves(const struct cvp_number *shown, const struct cvp_number *claimed)
{
	double larger = fmax(fabs(shown->value), fabs(claimed->value));

	if (is_factor_percent(shown, claimed))
		return true;
	if (claimed->unit != CVP_UNIT_NONE && claimed->unit != shown->unit)
		return false;
	if (claimed->unit != shown->unit && counts_time(shown->unit))
		return false; /* "five engineers" are no "five years" */
	if (claimed->is_vague)
		return shown->value >= claimed->value && shown->value < 1000 * claimed->value && !shown->is_year;
	return fabs(shown->value - claimed->value) <= 1e-9 * larger;
}
