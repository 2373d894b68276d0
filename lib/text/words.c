/* words.c - cuts a text into words, and folds them. */
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "core/ctx.h"
#include "text/script.h"
#include "text/stem.h"
#include "text/text.h"
#include "text/words_memo.h"

/* A run of letters, digits and marks between two points of a text. */
struct run {
	size_t end;
	size_t letters, digits, upper; /* upper: capital letters of ASCII */
	enum cvp_char last;            /* class of the last letter or digit */
};

struct cutter {
	const char *text;
	size_t length;
};

static bool is_alnum(enum cvp_char class)
{
	return cvp_char_is_letter(class) || class == CVP_CHAR_DIGIT;
}

static struct run
run_at(const struct cutter *cut, size_t at)
{
	struct run run = { .end = at, .last = CVP_CHAR_OTHER };
	size_t size;

	while (run.end < cut->length) {
		uint32_t c = cvp_char_at(cut->text + run.end, cut->length - run.end, &size);
		enum cvp_char class = cvp_char_class(c);

		if (class == CVP_CHAR_OTHER || (class == CVP_CHAR_MARK && run.last == CVP_CHAR_OTHER))
			break;
		run.letters += cvp_char_is_letter(class);
		run.digits += class == CVP_CHAR_DIGIT;
		run.upper += c >= 'A' && c <= 'Z';
		if (is_alnum(class))
			run.last = class;
		run.end += size;
	}
	return run;
}

/* May a dot hold two runs together: 3.5, Node.js, ASP.NET, e.g, т.п - and not "teams.Responsible"? */
static bool
dot_holds(struct run before, struct run after)
{
	bool is_short = after.letters >= 1 && after.letters <= 4 && after.digits == 0;

	if (before.last == CVP_CHAR_DIGIT && before.letters == 0)
		return after.letters == 0 && after.digits > 0;
	return is_short && (after.upper == 0 || after.upper == after.letters || before.letters <= 2);
}

/* A hyphen holds where a side is a single letter (e-mail, x-ray, Objective-C), of the same script: a Hebrew letter
 * there is a prefix, and "A/B-тест" is a test. */
static bool
hyphen_holds(struct run before, struct run after)
{
	bool is_single = (before.letters == 1 && before.digits == 0) || (after.letters == 1 && after.digits == 0);

	return is_single && before.last == after.last && before.last != CVP_CHAR_HEBREW && before.letters > 0 &&
	       after.letters > 0;
}

static bool
sign_holds(uint32_t sign, struct run before, struct run after)
{
	bool both = before.last != CVP_CHAR_OTHER && after.last != CVP_CHAR_OTHER;

	switch (sign) {
	case '.':
		return both && dot_holds(before, after);
	case ',':
		return before.letters == 0 && after.letters == 0 && before.digits > 0 && after.digits > 0;
	case '-':
		return both && hyphen_holds(before, after);
	case '&':
		return before.letters >= 1 && before.letters <= 2 && after.letters >= 1 && after.letters <= 2;
	case '\'':
		return cvp_char_is_letter(before.last) && cvp_char_is_letter(after.last);
	case '"':
		return before.last == CVP_CHAR_HEBREW && after.last == CVP_CHAR_HEBREW;
	default:
		return false;
	}
}

/* The end of a name's tail right after a run: ++ of C++, # of C#, the stroke of a shortened Hebrew word. */
static size_t
tail_end(const struct cutter *cut, struct run run)
{
	const char *rest = cut->text + run.end;
	size_t left = cut->length - run.end, size;

	if (left >= 2 && rest[0] == '+' && rest[1] == '+' && cvp_char_is_letter(run.last))
		return run.end + 2;
	if (left >= 1 && rest[0] == '#' && run.letters == 1 && run.digits == 0)
		return run.end + 1;
	if (left >= 1 && run.last == CVP_CHAR_HEBREW && run.letters == 1 &&
	    cvp_char_plain(cvp_char_at(rest, left, &size)) == '\'')
		return run.end + size;
	return run.end;
}

static size_t
word_end(const struct cutter *cut, size_t start)
{
	struct run run = run_at(cut, start), next;

	for (;;) {
		size_t end = tail_end(cut, run), size;
		uint32_t sign;

		if (end != run.end || end >= cut->length)
			return end;
		sign = cvp_char_plain(cvp_char_at(cut->text + end, cut->length - end, &size));
		next = run_at(cut, end + size);
		if (!sign_holds(sign, run, next) || (sign == '-' && start > 0 && cut->text[start - 1] == '/'))
			return end;
		run = next;
	}
}

/* Where the next word starts, or the length. A dot belongs to a name in .NET only. */
static size_t
word_start(const struct cutter *cut, size_t at)
{
	bool after_alnum = at > 0;
	size_t size;

	for (; at < cut->length; at += size) {
		uint32_t c = cvp_char_at(cut->text + at, cut->length - at, &size);

		if (is_alnum(cvp_char_class(c)))
			break;
		if (c == '.' && !after_alnum && cut->length - at >= 4) {
			const char *rest = cut->text + at + 1;
			struct run run = run_at(cut, at + 1);

			if (run.letters == 3 && run.end == at + 4 && (rest[0] | 32) == 'n' && (rest[1] | 32) == 'e' &&
			    (rest[2] | 32) == 't')
				break;
		}
		after_alnum = false;
	}
	return at;
}

static bool
is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)text[i] >= 0x80)
			return false;
	}
	return true;
}

static char *
fold_ascii(struct cvp_ctx *ctx, const char *text, size_t *length)
{
	char *folded = cvp_arena_strndup(ctx->arena, text, *length);

	for (size_t i = 0; i < *length; i++) {
		if (folded[i] >= 'A' && folded[i] <= 'Z')
			folded[i] = (char)(folded[i] + 'a' - 'A');
	}
	return folded;
}

static uint32_t
fold_char(uint32_t c)
{
	uint32_t plain = cvp_char_plain(c);

	if (plain == 0x0451)
		return 0x0435; /* ё as е */
	if (cvp_char_class(plain) == CVP_CHAR_MARK && plain >= 0x0591 && plain <= 0x05C7)
		return 0; /* Hebrew points */
	return plain;
}

/* Casefolding first, then one form for what people write in several. Quotes go from Hebrew shortenings. */
static char *
fold_unicode(struct cvp_ctx *ctx, const char *text, size_t *length)
{
	size_t raw_length, used = 0, size;
	uint8_t *raw = u8_casefold((const uint8_t *)text, *length, NULL, UNINORM_NFC, NULL, &raw_length);
	enum cvp_char before = CVP_CHAR_OTHER;
	char *folded;

	if (raw == NULL)
		return fold_ascii(ctx, text, length);
	folded = cvp_arena_alloc(ctx->arena, raw_length + 1);
	for (size_t at = 0; at < raw_length; at += size) {
		uint32_t c = fold_char(cvp_char_at((const char *)raw + at, raw_length - at, &size));

		if (c == 0 || ((c == '"' || c == '\'') && before == CVP_CHAR_HEBREW))
			continue;
		before = cvp_char_class(c);
		used += cvp_char_put(folded + used, c);
	}
	free(raw);
	folded[used] = '\0';
	*length = used;
	return folded;
}

static uint32_t
lookalike(uint32_t c)
{
	static const uint32_t pairs[][2] = { { 0x0430, 'a' }, { 0x0435, 'e' }, { 0x043A, 'k' }, { 0x043E, 'o' },
					     { 0x0440, 'p' }, { 0x0441, 'c' }, { 0x0443, 'y' }, { 0x0445, 'x' },
					     { 0x043C, 'm' }, { 0x0442, 't' }, { 0x0432, 'b' }, { 0x043D, 'h' } };

	for (size_t i = 0; i < CVP_COUNT(pairs); i++) {
		if (pairs[i][0] == c)
			return pairs[i][1];
	}
	return 0;
}

/* Cyrillic letters that only look Latin, in a word of Latin letters or before the ++ and # of a language's name:
 * keyboards are left in the wrong layout. Rewrites in place; the word never grows. */
static void
mend_lookalikes(char *folded, size_t *length)
{
	size_t used = 0, size;
	bool has_latin = false, has_other = false;

	for (size_t at = 0; at < *length; at += size) {
		uint32_t c = cvp_char_at(folded + at, *length - at, &size);

		has_latin = has_latin || (c >= 'a' && c <= 'z') || c == '+' || c == '#';
		has_other = has_other || (c >= 0x80 && lookalike(c) == 0);
	}
	if (!has_latin || has_other)
		return;
	for (size_t at = 0; at < *length; at += size) {
		uint32_t c = cvp_char_at(folded + at, *length - at, &size);

		used += cvp_char_put(folded + used, c >= 0x80 ? lookalike(c) : c);
	}
	folded[used] = '\0';
	*length = used;
}

/* The script of a word's letters; of mixed ones the last. OTHER for a number. */
static enum cvp_char
script_of(const char *folded, size_t length)
{
	enum cvp_char script = CVP_CHAR_OTHER;
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		enum cvp_char class = cvp_char_class(cvp_char_at(folded + at, length - at, &size));

		if (cvp_char_is_letter(class))
			script = class;
	}
	return script;
}

static void
word_fill(struct cvp_ctx *ctx, struct cvp_stemmers *stemmers, const char *text, struct cvp_word *word)
{
	size_t length = word->length;
	const char *start = text + word->offset;
	enum cvp_char script;
	char *folded;

	if (is_ascii(start, length)) {
		folded = fold_ascii(ctx, start, &length);
		if (strcmp(folded, "1c") == 0) { /* the accounting program, typed in Latin */
			folded = cvp_arena_strdup(ctx->arena, "1с");
			length = strlen(folded);
		}
	} else {
		folded = fold_unicode(ctx, start, &length);
		mend_lookalikes(folded, &length);
	}
	script = script_of(folded, length);
	word->folded = folded;
	word->stem = cvp_stem(ctx, stemmers, script, folded, length);
	word->is_stop = cvp_is_stop_word(script, folded);
}

/* What another place of the same letters was found to be, if the context remembers. */
static void
recall_word(struct cvp_ctx *ctx, struct cvp_words_memo *memo, struct cvp_stemmers *stemmers, const char *text,
	    struct cvp_word *word)
{
	struct cvp_word *known = memo != NULL ? cvp_words_known_word(ctx, memo, text + word->offset, word->length)
					      : NULL;

	if (known == NULL || known->folded == NULL)
		word_fill(ctx, stemmers, text, word);
	if (known != NULL && known->folded == NULL)
		*known = *word;
	if (known != NULL)
		*word = (struct cvp_word){ word->offset, word->length, known->folded, known->stem, known->is_stop };
}

static struct cvp_words
cut_words(struct cvp_ctx *ctx, struct cvp_words_memo *memo, const char *text, size_t length)
{
	struct cutter cut = { text, length };
	struct cvp_stemmers own = { NULL, NULL };
	struct cvp_stemmers *stemmers = memo != NULL ? cvp_words_memo_stemmers(memo) : &own;
	struct cvp_words words = { NULL, 0 };
	size_t room = 0;

	for (size_t at = word_start(&cut, 0); at < length; at = word_start(&cut, at)) {
		size_t end = word_end(&cut, text[at] == '.' ? at + 1 : at);

		if (words.count == room) {
			size_t grown = room > 0 ? room * 2 : 16;

			words.words = cvp_arena_grow(ctx->arena, words.words, room * sizeof(*words.words),
						     grown * sizeof(*words.words));
			room = grown;
		}
		words.words[words.count] = (struct cvp_word){ .offset = at, .length = end - at };
		recall_word(ctx, memo, stemmers, text, &words.words[words.count]);
		words.count++;
		at = end;
	}
	cvp_stemmers_free(&own);
	return words;
}

struct cvp_words
cvp_words_of(struct cvp_ctx *ctx, const char *text, size_t length)
{
	struct cvp_words_memo *memo = cvp_words_memo(ctx);
	struct cvp_words *known = memo != NULL ? cvp_words_known_text(ctx, memo, text, length) : NULL;

	if (known == NULL)
		return cut_words(ctx, memo, text, length);
	if (known->words == NULL)
		*known = cut_words(ctx, memo, text, length);
	return *known;
}
