#include "career/verify_number_words.h"

#include <stdint.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "core/code.h"

#define WORD_MAX 64 /* bytes */

enum word_kind { UNIT, TEEN, TENS, HUNDREDS, SCALE, VAGUE, DECADE, FACTOR, HALF };

/* A '*' ends a prefix. */
struct row {
	const char *word;
	double value;
	enum word_kind kind;
};

static const struct row english[] = {
	{ "two", 2, UNIT },         { "three", 3, UNIT },       { "four", 4, UNIT },         { "five", 5, UNIT },
	{ "six", 6, UNIT },         { "seven", 7, UNIT },       { "eight", 8, UNIT },        { "nine", 9, UNIT },
	{ "ten", 10, TEEN },        { "eleven", 11, TEEN },     { "twelve", 12, TEEN },      { "thirteen", 13, TEEN },
	{ "fourteen", 14, TEEN },   { "fifteen", 15, TEEN },    { "sixteen", 16, TEEN },     { "seventeen", 17, TEEN },
	{ "eighteen", 18, TEEN },   { "nineteen", 19, TEEN },   { "twenty", 20, TENS },      { "thirty", 30, TENS },
	{ "forty", 40, TENS },      { "fifty", 50, TENS },      { "sixty", 60, TENS },       { "seventy", 70, TENS },
	{ "eighty", 80, TENS },     { "ninety", 90, TENS },     { "hundred", 100, SCALE },   { "thousand", 1e3, SCALE },
	{ "million", 1e6, SCALE },  { "billion", 1e9, SCALE },  { "dozen", 12, SCALE },      { "tens", 10, VAGUE },
	{ "dozens", 12, VAGUE },    { "hundreds", 100, VAGUE }, { "thousands", 1e3, VAGUE }, { "millions", 1e6, VAGUE },
	{ "billions", 1e9, VAGUE }, { "decade", 10, DECADE },   { "decades", 20, DECADE },   { "half", 0.5, HALF },
	{ "doubled", 2, FACTOR },   { "doubles", 2, FACTOR },   { "doubling", 2, FACTOR },   { "twofold", 2, FACTOR },
	{ "twice", 2, FACTOR },     { "thrice", 3, FACTOR },    { "tripl*", 3, FACTOR },     { "threefold", 3, FACTOR },
	{ "quadrupl*", 4, FACTOR }, { "fivefold", 5, FACTOR },  { "tenfold", 10, FACTOR },   { "halved", 0.5, FACTOR },
	{ "halving", 0.5, FACTOR }, { "halves", 0.5, FACTOR },
};

static const struct row russian[] = {
	{ "два", 2, UNIT },
	{ "две", 2, UNIT },
	{ "двух", 2, UNIT },
	{ "двумя", 2, UNIT },
	{ "три", 3, UNIT },
	{ "трех", 3, UNIT },
	{ "трёх", 3, UNIT },
	{ "тремя", 3, UNIT },
	{ "четыре", 4, UNIT },
	{ "четырех", 4, UNIT },
	{ "четырёх", 4, UNIT },
	{ "пять", 5, UNIT },
	{ "пяти", 5, UNIT },
	{ "пятью", 5, UNIT },
	{ "шесть", 6, UNIT },
	{ "шести", 6, UNIT },
	{ "семь", 7, UNIT },
	{ "семи", 7, UNIT },
	{ "восемь", 8, UNIT },
	{ "восьми", 8, UNIT },
	{ "девять", 9, UNIT },
	{ "девяти", 9, UNIT },
	{ "десять", 10, TEEN },
	{ "десяти", 10, TEEN },
	{ "одиннадцат*", 11, TEEN },
	{ "двенадцат*", 12, TEEN },
	{ "тринадцат*", 13, TEEN },
	{ "четырнадцат*", 14, TEEN },
	{ "пятнадцат*", 15, TEEN },
	{ "шестнадцат*", 16, TEEN },
	{ "семнадцат*", 17, TEEN },
	{ "восемнадцат*", 18, TEEN },
	{ "девятнадцат*", 19, TEEN },
	{ "двадцат*", 20, TENS },
	{ "тридцат*", 30, TENS },
	{ "сорок", 40, TENS },
	{ "сорока", 40, TENS },
	{ "пятьдесят", 50, TENS },
	{ "пятидесяти", 50, TENS },
	{ "шестьдесят", 60, TENS },
	{ "шестидесяти", 60, TENS },
	{ "семьдесят", 70, TENS },
	{ "семидесяти", 70, TENS },
	{ "восемьдесят", 80, TENS },
	{ "восьмидесяти", 80, TENS },
	{ "девяносто", 90, TENS },
	{ "девяноста", 90, TENS },
	{ "сто", 100, HUNDREDS },
	{ "ста", 100, HUNDREDS },
	{ "двести", 200, HUNDREDS },
	{ "двухсот", 200, HUNDREDS },
	{ "триста", 300, HUNDREDS },
	{ "трехсот", 300, HUNDREDS },
	{ "четыреста", 400, HUNDREDS },
	{ "пятьсот", 500, HUNDREDS },
	{ "пятисот", 500, HUNDREDS },
	{ "тысяча", 1e3, SCALE },
	{ "тысячу", 1e3, SCALE },
	{ "тысяч", 1e3, SCALE },
	{ "миллион", 1e6, SCALE },
	{ "миллиона", 1e6, SCALE },
	{ "миллионов", 1e6, SCALE },
	{ "десятк*", 10, VAGUE },
	{ "сотни", 100, VAGUE },
	{ "сотен", 100, VAGUE },
	{ "сотням*", 100, VAGUE },
	{ "тысячи", 1e3, VAGUE },
	{ "тысячам*", 1e3, VAGUE },
	{ "миллионы", 1e6, VAGUE },
	{ "миллионам*", 1e6, VAGUE },
	{ "десятилети*", 10, DECADE },
	{ "полмиллиона", 5e5, SCALE },
	{ "полтора", 1.5, UNIT },
	{ "удво*", 2, FACTOR },
	{ "вдвое", 2, FACTOR },
	{ "дважды", 2, FACTOR },
	{ "трижды", 3, FACTOR },
	{ "утро*", 3, FACTOR },
	{ "втрое", 3, FACTOR },
	{ "вчетверо", 4, FACTOR },
};

static const struct row hebrew[] = {
	{ "שלוש", 3, UNIT },         { "שלושה", 3, UNIT },    { "ארבע", 4, UNIT },         { "ארבעה", 4, UNIT },
	{ "חמישה", 5, UNIT },        { "חמש", 5, UNIT },      { "שישה", 6, UNIT },         { "שש", 6, UNIT },
	{ "שבעה", 7, UNIT },         { "שבע", 7, UNIT },      { "שמונה", 8, UNIT },        { "תשעה", 9, UNIT },
	{ "תשע", 9, UNIT },          { "עשרה", 10, TEEN },    { "עשר", 10, TEEN },         { "עשרים", 20, TENS },
	{ "שלושים", 30, TENS },      { "ארבעים", 40, TENS },  { "חמישים", 50, TENS },      { "שישים", 60, TENS },
	{ "שבעים", 70, TENS },       { "שמונים", 80, TENS },  { "תשעים", 90, TENS },       { "מאה", 100, SCALE },
	{ "מאתיים", 200, HUNDREDS }, { "אלף", 1e3, SCALE },   { "אלפיים", 2e3, HUNDREDS }, { "מיליון", 1e6, SCALE },
	{ "עשרות", 10, VAGUE },      { "מאות", 100, VAGUE },  { "אלפי", 1e3, VAGUE },      { "מיליוני", 1e6, VAGUE },
	{ "עשור", 10, DECADE },      { "הכפיל*", 2, FACTOR }, { "פעמיים", 2, FACTOR },     { "שילש*", 3, FACTOR }
};

static size_t
letters_at(const char *text)
{
	size_t at = 0;

	while (text[at] != '\0' && at < WORD_MAX) {
		ucs4_t c;
		int n = u8_mbtouc(&c, (const uint8_t *)text + at, strnlen(text + at, 4));

		if (!uc_is_alpha(c))
			break;
		at += n > 0 ? (size_t)n : 1;
	}
	return at;
}

/* The word in small letters, where it begins with a capital and so may begin a sentence: no script of the table writes
 * them in another number of bytes. */
static void
copy_small(const char *text, size_t length, char *small)
{
	for (size_t at = 0; at < length;) {
		ucs4_t c;
		int from = u8_mbtouc(&c, (const uint8_t *)text + at, length - at);
		int to = u8_uctomb((uint8_t *)small + at, uc_tolower(c), from);

		if (to != from) /* of another length: no word of the table */
			memcpy(small + at, text + at, (size_t)from);
		at += (size_t)from;
	}
}

/* Two bytes tell most words apart; a word has at least two. */
static bool
begins_alike(const char *word, const char *small)
{
	return word[0] == small[0] && word[1] == small[1];
}

static bool
is_row(const struct row *row, const char *small, size_t length)
{
	size_t size = strlen(row->word);
	bool is_prefix = row->word[size - 1] == '*';

	size -= is_prefix;
	return (is_prefix ? length >= size : length == size) && memcmp(small, row->word, size) == 0;
}

/* The rows of the script that a byte of UTF-8 begins a letter of. */
static const struct row *
rows_of(unsigned char byte, size_t *count)
{
	if (byte < 0x80) {
		*count = CVP_COUNT(english);
		return english;
	}
	*count = byte == 0xD7 ? CVP_COUNT(hebrew) : CVP_COUNT(russian);
	return byte == 0xD7 ? hebrew : russian;
}

static const struct row *
row_at(const char *text, size_t *length)
{
	char small[WORD_MAX + 4];
	size_t count;
	const struct row *rows = rows_of((unsigned char)text[0], &count);

	*length = letters_at(text);
	copy_small(text, *length, small);
	for (size_t i = 0; *length > 1 && i < count; i++) {
		if (begins_alike(rows[i].word, small) && is_row(&rows[i], small, *length))
			return &rows[i];
	}
	return NULL;
}

/* Bytes of what may stand between two words of one number: a space, a hyphen, " and ", " of ", " a ". */
static size_t
joint_at(const char *text)
{
	static const char *const joints[] = { " and ", " of ", " a ", " ", "-" };

	for (size_t i = 0; i < CVP_COUNT(joints); i++) {
		if (strncmp(text, joints[i], strlen(joints[i])) == 0)
			return strlen(joints[i]);
	}
	return 0;
}

/* May `next` go on the number that `last` ended? Not "two three", not "fifteen twenty". */
static bool
goes_on(const struct row *last, const struct row *next)
{
	switch (next->kind) {
	case UNIT:
		return last->kind == TENS || last->kind == HUNDREDS || last->kind == SCALE;
	case TEEN: /* the Hebrew teens are two words: חמש עשרה */
		return last->kind == HUNDREDS || last->kind == SCALE || (last->kind == UNIT && next->value == 10);
	case TENS:
		return last->kind == HUNDREDS || last->kind == SCALE;
	case SCALE:
	case VAGUE:
		return last->kind != DECADE && last->kind != FACTOR && next->value > last->value;
	case DECADE:
		return last->kind == UNIT;
	default:
		return false;
	}
}

static void
take(struct cvp_spelt *spelt, const struct row *row)
{
	bool is_scale = row->kind == SCALE || row->kind == VAGUE;

	if (row->kind == DECADE)
		spelt->value = spelt->value > 0 ? spelt->value * 10 : row->value;
	else
		spelt->value = is_scale && spelt->value > 0 ? spelt->value * row->value : spelt->value + row->value;
	spelt->is_vague = spelt->is_vague || row->kind == VAGUE || row->kind == DECADE;
	if (row->kind == DECADE)
		spelt->unit = CVP_UNIT_YEARS;
	if (row->kind == FACTOR)
		spelt->unit = CVP_UNIT_FACTOR;
}

/* "by half", "half the time" shrink something; half of anything else needs a scale: "half a million". */
static size_t
close_half(const char *text, size_t end, const struct row *last, struct cvp_spelt *spelt)
{
	if (last->kind != HALF)
		return end;
	if (strncmp(text + end, " the ", 5) != 0 && text[end] != '\0' && strchr(".,;!", text[end]) == NULL)
		return 0;
	spelt->unit = CVP_UNIT_FACTOR;
	return end;
}

size_t
cvp_spelt_number(const char *text, struct cvp_spelt *spelt)
{
	const struct row *last, *next;
	size_t end, joint, length;

	*spelt = (struct cvp_spelt){ 0 };
	last = row_at(text, &end);
	if (last == NULL)
		return 0;
	take(spelt, last);
	for (;;) {
		joint = joint_at(text + end);
		next = joint > 0 ? row_at(text + end + joint, &length) : NULL;
		if (next == NULL || !goes_on(last, next))
			break;
		take(spelt, next);
		last = next;
		end += joint + length;
	}
	return close_half(text, end, last, spelt);
}
