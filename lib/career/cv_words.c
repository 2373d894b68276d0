#include "career/cv_words.h"

#include <stdint.h>
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_words_data.h"
#include "core/ctx.h"

#define SLOTS     8192 /* more than twice the words listed */
#define PLACE_MAX 100  /* bytes of a place worth looking at */
#define WORD_MAX  96   /* bytes of a folded word worth looking up */

struct slot {
	const char *word;
	size_t length;
	unsigned classes;
	bool is_prefix;
};

struct cvp_word_table {
	struct slot slots[SLOTS];
	size_t prefix_min; /* bytes of the shortest prefix listed */
};

static uint32_t
hash(const char *text, size_t length)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	while (length--)
		h = (h ^ (unsigned char)*text++) * 16777619u;
	return h;
}

static struct slot *
slot_of(struct cvp_word_table *table, const char *word, size_t length, bool is_prefix)
{
	uint32_t at = hash(word, length) % SLOTS;

	while (table->slots[at].word &&
	       !(table->slots[at].length == length && table->slots[at].is_prefix == is_prefix &&
		 memcmp(table->slots[at].word, word, length) == 0))
		at = (at + 1) % SLOTS;
	return &table->slots[at];
}

static void
add_words(struct cvp_word_table *table, const struct cvp_word_list *list)
{
	const char *word = list->words;

	while (*word) {
		size_t length = strcspn(word, " ");
		bool is_prefix = length > 0 && word[length - 1] == '*';
		struct slot *slot = slot_of(table, word, length - is_prefix, is_prefix);

		*slot = (struct slot){ word, length - is_prefix, slot->classes | list->word_class, is_prefix };
		if (is_prefix && length - 1 < table->prefix_min)
			table->prefix_min = length - 1;
		word += length;
		word += strspn(word, " ");
	}
}

const struct cvp_word_table *
cvp_word_table_new(struct cvp_ctx *ctx)
{
	struct cvp_word_table *table = cvp_arena_alloc(ctx->arena, sizeof(*table));

	table->prefix_min = WORD_MAX;
	for (size_t i = 0; i < cvp_word_list_count; i++)
		add_words(table, &cvp_word_lists[i]);
	return table;
}

static size_t
put(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | (c >> 12 & 0x0F));
	out[1] = (char)(0x80 | (c >> 6 & 0x3F));
	out[2] = (char)(0x80 | (c & 0x3F));
	return 3;
}

/* Lower case, ё as е, one apostrophe; the length, 0 where the word is too long to be listed. */
static size_t
fold(const char *text, size_t length, char folded[WORD_MAX])
{
	size_t out = 0;

	for (size_t at = 0, step; at < length; at += step) {
		uint32_t c = cvp_cv_char_lower(cvp_cv_char_at(text + at, &step));

		if (step == 0 || out + 4 > WORD_MAX)
			return 0;
		if (c == 0x451)
			c = 0x435;
		if (c == 0x2019)
			c = '\'';
		if (c == 0x2010 || c == 0x2011)
			c = '-';
		out += put(c & 0xFFFF, folded + out);
	}
	return out;
}

static unsigned
find(const struct cvp_word_table *table, const char *word, size_t length, bool is_prefix)
{
	return slot_of((struct cvp_word_table *)table, word, length, is_prefix)->classes;
}

unsigned
cvp_word_classes(const struct cvp_word_table *table, const char *text, size_t length)
{
	char word[WORD_MAX];
	unsigned classes;
	size_t folded = fold(text, length, word);

	if (folded == 0)
		return 0;
	classes = find(table, word, folded, false);
	if (classes == 0 && folded > 2 && word[folded - 1] == 's') /* Engineers, Managers */
		classes = find(table, word, folded - 1, false) & CVP_WORD_TITLE;
	if (classes == 0) { /* инженер-сметчик, QA-инженер */
		const char *hyphen = memrchr(word, '-', folded);

		if (hyphen)
			classes = (find(table, word, (size_t)(hyphen - word), false) |
				   find(table, hyphen + 1, folded - (size_t)(hyphen + 1 - word), false)) &
				  CVP_WORD_TITLE;
		for (size_t end = 1; hyphen && classes == 0 && end <= folded - (size_t)(hyphen + 1 - word); end++)
			classes |= find(table, hyphen + 1, end, true) & CVP_WORD_TITLE;
	}
	for (size_t end = table->prefix_min; end <= folded; end++)
		if (end == folded || ((unsigned char)word[end] & 0xC0) != 0x80)
			classes |= find(table, word, end, true);
	return classes;
}

/* May c stand inside a word between two letters? */
static bool
is_joiner(uint32_t c)
{
	return c == '.' || c == '\'' || c == 0x2019 || c == '-' || c == '"' || c == 0x5F4 || c == 0x2010 ||
	       c == 0x2011 || c == '&';
}

static bool
is_word_char(uint32_t c)
{
	return cvp_cv_char_is_letter(c) || cvp_cv_char_is_digit(c);
}

size_t
cvp_word_next(const char *text, size_t *at)
{
	size_t start = *at, end, length, next;

	while (text[start] && !is_word_char(cvp_cv_char_at(text + start, &length)))
		start += length;
	*at = start;
	for (end = start; text[end]; end += length) {
		uint32_t c = cvp_cv_char_at(text + end, &length);

		if (is_word_char(c) || (c == '+' && end > start) || (c == '#' && end > start))
			continue;
		if (!is_joiner(c) || !is_word_char(cvp_cv_char_at(text + end + length, &next)))
			break;
	}
	return end - start;
}

static void
count_word(struct cvp_word_counts *counts, unsigned classes)
{
	counts->title += (classes & CVP_WORD_TITLE) != 0;
	counts->rank += (classes & CVP_WORD_RANK) != 0;
	counts->company += (classes & CVP_WORD_COMPANY) != 0;
	counts->place += (classes & CVP_WORD_PLACE) != 0;
	counts->degree += (classes & CVP_WORD_DEGREE) != 0;
	counts->school += (classes & CVP_WORD_SCHOOL) != 0;
	counts->language += (classes & CVP_WORD_LANGUAGE) != 0;
	counts->fluency += (classes & CVP_WORD_FLUENCY) != 0;
	counts->employment += (classes & CVP_WORD_EMPLOYMENT) != 0;
	counts->duration += (classes & CVP_WORD_DURATION) != 0;
	counts->legal += (classes & CVP_WORD_LEGAL) != 0;
	counts->ends_in_title = (classes & CVP_WORD_TITLE) != 0;
}

struct cvp_word_counts
cvp_word_count(const struct cvp_word_table *table, const char *text)
{
	struct cvp_word_counts counts = { 0 };
	size_t at = 0, length, step;

	while ((length = cvp_word_next(text, &at)) > 0) {
		uint32_t first = cvp_cv_char_at(text + at, &step);

		counts.words++;
		counts.numbers += cvp_cv_char_is_digit(first);
		counts.capitals += cvp_cv_char_lower(first) != first || cvp_cv_char_is_digit(first) || first >= 0x590;
		count_word(&counts, cvp_word_classes(table, text + at, length));
		at += length;
	}
	return counts;
}

/* A code of a state or a country in capitals ("TX", "BC"), exactly `length` bytes. */
static bool
is_region_code(const char *text, size_t length)
{
	static const char codes[] =
	    " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH "
	    "OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC SK US UK NSW VIC QLD UAE USA "
	    "GB FR ES IT PL PT NZ AU JP CN SG CH AT BE DK NO SE FI IE IL IND ";
	char code[6] = " ";

	if (length < 2 || length > 3)
		return false;
	memcpy(code + 1, text, length);
	code[length + 1] = ' ';
	return strstr(codes, code) != NULL;
}

/* Does nothing follow but a postal code or another part of the address ("CA 94115", "ON, Canada")? */
static bool
ends_place(const char *text)
{
	while (*text == ' ')
		text++;
	return *text == '\0' || *text == ',' || *text == ')' || cvp_cv_char_is_digit((unsigned char)*text);
}

bool
cvp_words_are_region_code(const char *text)
{
	size_t at = 0, length = cvp_word_next(text, &at);

	return is_region_code(text + at, length) && ends_place(text + at + length);
}

/* First words of towns' names that mean nothing alone. */
static bool
begins_town(const char *word, size_t length)
{
	static const char *const words[] = { "new",   "san",   "santa",  "los",     "las",     "st",
					     "saint", "el",    "fort",   "greater", "north",   "south",
					     "east",  "west",  "the",    "г",       "rio",     "de",
					     "cape",  "mount", "area",   "bay",     "metro",   "region",
					     "city",  "town",  "nizhny", "нижний",  "великий", "ростов" };

	return cvp_cv_chars_any_word(word, words, CVP_COUNT(words), NULL) == length;
}

/* What the words of a text that may name a place are. */
struct place_words {
	int known, codes, unknown;
	bool is_none; /* it names a post, a company or a school */
};

static void
count_place_word(const struct cvp_word_table *table, const char *word, size_t length, struct place_words *words)
{
	unsigned classes = cvp_word_classes(table, word, length);
	size_t step;
	uint32_t first = cvp_cv_char_at(word, &step);

	if (is_region_code(word, length) && ends_place(word + length))
		words->codes++;
	else if (classes & CVP_WORD_PLACE)
		words->known++;
	else if (classes & (CVP_WORD_TITLE | CVP_WORD_COMPANY | CVP_WORD_SCHOOL | CVP_WORD_DEGREE))
		words->is_none = true;
	else if (cvp_cv_char_is_letter(first) && !begins_town(word, length)) {
		words->unknown++;
		words->is_none |= cvp_cv_char_lower(first) == first && first < 0x590;
	}
}

bool
cvp_words_are_place(const struct cvp_word_table *table, const char *text)
{
	struct place_words words = { 0 };
	bool has_comma = strchr(text, ',') != NULL;
	size_t at = 0, length;

	if (strlen(text) > PLACE_MAX)
		return false;
	while ((length = cvp_word_next(text, &at)) > 0) {
		count_place_word(table, text + at, length, &words);
		at += length;
	}
	if (words.is_none || words.known + words.codes == 0)
		return false;
	if (words.codes)
		return words.unknown <= 3 && has_comma;
	return words.unknown <= (has_comma ? 2 : 0);
}

bool
cvp_words_are_duration(const struct cvp_word_table *table, const char *text)
{
	struct cvp_word_counts counts = cvp_word_count(table, text);

	/* three digits in a row are a year or a sum */
	for (const char *digits = text; (digits = strpbrk(digits, "0123456789")) != NULL;) {
		size_t run = strspn(digits, "0123456789");

		if (run > 2)
			return false;
		digits += run;
	}
	return counts.numbers > 0 && counts.duration > 0 && counts.numbers + counts.duration == counts.words;
}
