/* Pay (SPEC 11.3): amounts of roubles between 10,000 and 100,000,000; another currency as it is written. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/ctx.h"
#include "hiring/read_parts.h"
#include "hiring/show.h"

#define PAY_MIN     10000
#define PAY_MAX     100000000
#define AMOUNTS_MAX 16
#define COMMENT_MAX 200 /* bytes of a comment taken from the text */

enum bound { BARE, FROM, UP_TO };

struct amount {
	double value;
	int64_t scale; /* of its own suffix; 1 without one */
	size_t from, to;
	enum bound bound;
	bool is_joined;              /* to the amount before, as the end of a range */
	bool is_foreign, is_counted; /* counted: years, hours, per cent */
};

struct line {
	struct cvp_ctx *ctx;
	const char *text; /* folded: one kind of space and dash, lower case */
	struct amount amounts[AMOUNTS_MAX];
	size_t count;
};

/* What stands behind a number. A stem that ends in '$' is the whole word. */
static const char thousands[] = "к$ k$ тыс тр$ т.р$ thousand$ אלף$";
static const char millions[] = "млн миллион mln$ million$ m$ м$ מיליון$";
static const char counted[] =
    "год лет$ мес дн$ день дня$ дней$ сут час ч$ недел раз$ человек чел$ year yr month day hour hr$ week people$ "
    "שנה שנים$ שנות$ יום$ ימים$ שעה$ שעות$ חודש";
static const char foreign[] =
    "usd$ eur$ долл евро gbp$ kzt$ тенге byn$ uah$ грн uzs$ сум$ ils$ nis$ шекел шек$ aed$ dollar euro shekel "
    "דולר יורו שקל ש\"ח$ שח$";
static const char *const foreign_signs[] = { "$", "€", "£", "₪", "₸", "₴" };
static const char roubles[] = "руб rub$ rur$ rouble ruble р$";
static const char pay_words[] =
    "зарплат зп$ з/п$ оклад доход вилк бюджет компенсац оплат ставк заработ salary$ pay$ budget$ compensation$ "
    "wage שכר$ משכורת$ תקציב$";

static size_t
word_length(const char *at)
{
	size_t length = 0;

	while ((unsigned char)at[length] >= 0x80 || isalpha((unsigned char)at[length]) ||
	       (length > 0 && strchr("./\"", at[length]) != NULL && at[length] != '\0' &&
		((unsigned char)at[length + 1] >= 0x80 || isalpha((unsigned char)at[length + 1]))))
		length++;
	return length;
}

/* Is the word there one of the stems? */
static bool
is_word(const struct line *line, const char *at, const char *stems)
{
	size_t length = word_length(at);

	return length > 0 && cvp_hiring_has_stem(cvp_arena_strndup(line->ctx->arena, at, length), stems);
}

static const char *
skip_spaces(const char *at)
{
	return at + strspn(at, " ");
}

static bool
begins_foreign(const char *at)
{
	for (size_t i = 0; i < CVP_COUNT(foreign_signs); i++)
		if (strncmp(at, foreign_signs[i], strlen(foreign_signs[i])) == 0)
			return true;
	return false;
}

static bool
ends_foreign(const char *text, const char *end)
{
	while (end > text && end[-1] == ' ')
		end--;
	for (size_t i = 0; i < CVP_COUNT(foreign_signs); i++) {
		size_t length = strlen(foreign_signs[i]);

		if ((size_t)(end - text) >= length && memcmp(end - length, foreign_signs[i], length) == 0)
			return true;
	}
	return false;
}

static size_t
digits_at(const char *at)
{
	return strspn(at, "0123456789");
}

/* 200 000, 200.000, 200,000: one number. 1.5, 1,5: a fraction. */
static const char *
read_number(const char *at, double *value)
{
	size_t digits = digits_at(at), more = at[digits] != '\0' ? digits_at(at + digits + 1) : 0;
	const char *end = at + digits;

	*value = (double)strtoll(at, NULL, 10);
	if ((*end == '.' || *end == ',') && (more == 1 || more == 2)) {
		*value += (double)strtoll(end + 1, NULL, 10) / (more == 1 ? 10 : 100);
		return end + 1 + more;
	}
	for (; digits <= 3 && *end != '\0' && strchr(" .,'", *end) != NULL && digits_at(end + 1) == 3; end += 4)
		*value = *value * 1000 + (double)strtoll(end + 1, NULL, 10);
	return end;
}

/* The suffix, and what it makes of the number. */
static const char *
read_suffix(const struct line *line, const char *at, struct amount *amount)
{
	const char *word = skip_spaces(at);

	amount->scale = 1;
	if (is_word(line, word, thousands))
		amount->scale = 1000;
	else if (is_word(line, word, millions))
		amount->scale = 1000000;
	if (amount->scale > 1) {
		at = word + word_length(word);
		at += *at == '.';
		word = skip_spaces(at);
	}
	if (*word == '-' && word[1] == 'x') /* "2-х лет" */
		word = skip_spaces(word + 2);
	amount->is_counted = *word == '%' || is_word(line, word, counted);
	amount->is_foreign = begins_foreign(word) || is_word(line, word, foreign);
	return at;
}

/* The word that ends just before `end`, into a text of its own. */
static const char *
word_before(const struct line *line, const char *end, const char **begin)
{
	const char *from;

	while (end > line->text && end[-1] == ' ')
		end--;
	for (from = end; from > line->text && ((unsigned char)from[-1] >= 0x80 || isalpha((unsigned char)from[-1]));)
		from--;
	*begin = from;
	return cvp_arena_strndup(line->ctx->arena, from, (size_t)(end - from));
}

static enum bound
bound_before(const struct line *line, const char *at)
{
	const char *begin, *word = word_before(line, at, &begin), *before = word_before(line, begin, &begin);

	if (cvp_hiring_has_stem(word, "от$ from$ минимум min$ минимально"))
		return FROM;
	if (cvp_hiring_has_stem(word, "до$ максимум max$ עד$"))
		return UP_TO;
	if (cvp_hiring_has_stem(word, "менее$ меньше$ ниже$ less$") && cvp_hiring_has_stem(before, "не$ no$ not$"))
		return FROM;
	if (cvp_hiring_has_stem(word, "более$ больше$ выше$ more$") && cvp_hiring_has_stem(before, "не$ no$ not$"))
		return UP_TO;
	if (strcmp(word, "to") == 0)
		return UP_TO;
	return BARE;
}

/* Is what stands between two amounts the middle of a range? */
static bool
joins(const struct line *line, const struct amount *before, const char *at)
{
	const char *between = skip_spaces(line->text + before->to);
	size_t length = word_length(between);

	if (length > 0 && is_word(line, between, roubles))
		between = skip_spaces(between + length + (between[length] == '.'));
	else if (begins_foreign(between))
		between = skip_spaces(between + 1 + ((unsigned char)between[0] >= 0x80 ? 2 : 0));
	if (strncmp(between, "₽", strlen("₽")) == 0)
		between = skip_spaces(between + strlen("₽"));
	length = word_length(between);
	if (*between == '-')
		length = 1;
	else if (length == 0 || !is_word(line, between, "до$ to$ по$ עד$"))
		return false;
	between = skip_spaces(between + length);
	return between == at || (begins_foreign(between) && at - between <= 3);
}

/* A telephone number, a date, an hour: digits that go on with dashes, dots or colons, or a plus before. */
static bool
is_no_amount(const struct line *line, const char *at, const char *end)
{
	char before = at > line->text ? at[-1] : ' ';

	return before == '+' || before == '/' || before == ':' || before == '#' || *end == ':' || *end == '/' ||
	       isalpha((unsigned char)before) || (unsigned char)before >= 0x80;
}

/* "a-3" is a name, "₽3" and "€3" are not. */
static bool
is_glued_sign(const struct line *line, const char *at)
{
	return ends_foreign(line->text, at) || (at - line->text >= 3 && memcmp(at - 3, "₽", 3) == 0) ||
	       (at - line->text >= 3 && memcmp(at - 3, "₪", 3) == 0);
}

static void
read_amounts(struct line *line)
{
	const char *at = line->text + strcspn(line->text, "0123456789");

	while (*at != '\0' && line->count < AMOUNTS_MAX) {
		struct amount *amount = &line->amounts[line->count];
		const char *end = read_number(at, &amount->value);

		if (is_no_amount(line, at, end) && !is_glued_sign(line, at)) {
			at = end + strcspn(end, " ,;\n");
		} else {
			amount->from = (size_t)(at - line->text);
			amount->bound = bound_before(line, at);
			end = read_suffix(line, end, amount);
			amount->is_foreign |= ends_foreign(line->text, at);
			amount->to = (size_t)(end - line->text);
			amount->is_joined = line->count > 0 && joins(line, amount - 1, at);
			line->count++;
			at = end;
		}
		at += strcspn(at, "0123456789");
	}
}

/* The suffix of one end of a range holds for the other, which would else be a trifle beside it. */
static void
spread_scales(struct line *line)
{
	for (size_t i = 1; i < line->count; i++) {
		struct amount *low = &line->amounts[i - 1], *high = &line->amounts[i];

		if (!high->is_joined)
			continue;
		if (low->scale == 1 && high->scale > 1 && low->value < 1000)
			low->scale = high->scale;
		else if (high->scale == 1 && low->scale > 1 && high->value < 1000)
			high->scale = low->scale;
		low->is_counted |= high->is_counted;
		high->is_foreign |= low->is_foreign;
		low->is_foreign |= high->is_foreign;
	}
}

static int64_t
roubles_of(const struct amount *amount)
{
	double value = amount->value * (double)amount->scale;

	if (amount->is_counted || amount->is_foreign || value < PAY_MIN || value > PAY_MAX)
		return 0;
	return (int64_t)(value + 0.5);
}

/* ---- what is set ---- */

static void
set_pay(json_t *kb, int64_t min, int64_t max, const char *comment)
{
	cvp_kb_set(kb, "compensation", "salary_min_rub", min > 0 ? json_integer(min) : json_null());
	cvp_kb_set(kb, "compensation", "salary_max_rub", max > 0 ? json_integer(max) : json_null());
	cvp_kb_set(kb, "compensation", "salary_comment", comment != NULL ? json_string(comment) : json_null());
}

/* The part of the line, as it is written, that holds an amount of another currency. */
static const char *
as_written(struct cvp_ctx *ctx, const char *line)
{
	size_t begin = 0, end;
	const char *at;

	for (at = line; *at != '\0' && digits_at(at) == 0; at++)
		if (strchr(",;", *at) != NULL && at[1] == ' ')
			begin = (size_t)(at + 1 - line);
	for (end = (size_t)(at - line); line[end] != '\0' && line[end] != ';' && end - begin < COMMENT_MAX; end++)
		if (line[end] == ',' && line[end + 1] == ' ')
			break;
	while ((line[end] & 0xC0) == 0x80)
		end--;
	begin += strspn(line + begin, " \t");
	while (end > begin && strchr(" \t.,", line[end - 1]) != NULL)
		end--;
	return cvp_arena_strndup(ctx->arena, line + begin, end - begin);
}

/* True where the line tells pay. */
static bool
take_pay(const struct cvp_hiring_text *t, const struct line *line, const char *written)
{
	const struct amount *first = NULL, *second = NULL;
	bool is_foreign = false;
	int64_t a, b;

	for (size_t i = 0; i < line->count; i++) {
		const struct amount *amount = &line->amounts[i];

		is_foreign |= amount->is_foreign && !amount->is_counted;
		if (roubles_of(amount) == 0)
			continue;
		if (first == NULL)
			first = amount;
		else if (second == NULL)
			second = amount;
	}
	if (first == NULL) {
		if (is_foreign)
			set_pay(t->kb, 0, 0, as_written(t->ctx, written));
		return is_foreign;
	}
	a = roubles_of(first);
	b = second != NULL ? roubles_of(second) : 0;
	if (b > 0)
		set_pay(t->kb, a < b ? a : b, a < b ? b : a, NULL);
	else if (first->bound == FROM)
		set_pay(t->kb, a, 0, NULL);
	else if (first->bound == UP_TO)
		set_pay(t->kb, 0, a, NULL);
	else
		set_pay(t->kb, 0, 0, cvp_arena_printf(t->ctx->arena, "около %s руб", cvp_hiring_amount(t->ctx, a)));
	return true;
}

static bool
names_pay(const struct line *line)
{
	for (const char *at = line->text; *at != '\0';) {
		size_t length = word_length(at);

		if (length > 0 &&
		    (is_word(line, at, pay_words) || is_word(line, at, roubles) || is_word(line, at, foreign)))
			return true;
		if (strncmp(at, "₽", strlen("₽")) == 0 || begins_foreign(at))
			return true;
		at += length > 0 ? length : 1;
	}
	return false;
}

/* Is nothing but a number with its suffix or a range in the line's words of pay? A vacancy is full of other numbers. */
static bool
read_line(const struct cvp_hiring_text *t, const char *written)
{
	struct line *line = cvp_arena_alloc(t->ctx->arena, sizeof(*line));

	*line = (struct line){ .ctx = t->ctx, .text = cvp_text_fold(t->ctx, written) };
	if (!cvp_hiring_is_said(t) && !names_pay(line))
		return false;
	read_amounts(line);
	spread_scales(line);
	return take_pay(t, line, written);
}

void
cvp_hiring_read_pay(const struct cvp_hiring_text *t)
{
	const char *at = t->text, *line;

	while ((line = cvp_hiring_next_line(t->ctx, &at)) != NULL)
		if (read_line(t, line))
			return;
}
