#include "text/phrase.h"

#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "core/buf.h"
#include "core/ctx.h"

#define PHRASE_MAX  65536 /* bytes of one sentence with its values: a bullet has at most 2,000 characters */
#define ISOLATE     "\xE2\x81\xA8"
#define END_ISOLATE "\xE2\x81\xA9"

struct cvp_phrases
cvp_phrases_of(struct cvp_ctx *ctx, const json_t *all, const char *language)
{
	struct cvp_phrases phrases = { .ctx = ctx, .language = CVP_EN };

	if (language != NULL)
		(void)!cvp_language_named(language, &phrases.language);
	phrases.table = json_object_get(all, cvp_language_name(phrases.language));
	return phrases;
}

/* The direction of the first letter outside isolates: 1 left to right, -1 right to left, 0 without such letters. */
static int
direction_of(const char *text)
{
	const uint8_t *at = (const uint8_t *)text;
	int depth = 0;
	ucs4_t c;

	while ((at = u8_next(&c, at)) != NULL) {
		int class = uc_bidi_class(c);

		depth += (c == 0x2068) - (c == 0x2069);
		if (depth > 0)
			continue;
		if (class == UC_BIDI_L)
			return 1;
		if (class == UC_BIDI_R || class == UC_BIDI_AL)
			return -1;
	}
	return 0;
}

static void
add_value(const struct cvp_phrases *phrases, struct cvp_buf *out, const char *value)
{
	int own = phrases->language == CVP_HE ? -1 : 1, direction = direction_of(value);
	bool against = direction != 0 && direction != own;

	if (against)
		cvp_buf_text(out, ISOLATE);
	cvp_buf_text(out, value);
	if (against)
		cvp_buf_text(out, END_ISOLATE);
}

static const char *
slot_value(const struct cvp_slot *slots, const char *name, size_t length)
{
	for (; slots != NULL && slots->name != NULL; slots++) {
		if (strlen(slots->name) == length && memcmp(slots->name, name, length) == 0)
			return slots->value != NULL ? slots->value : "";
	}
	return NULL;
}

static const char *
fill(const struct cvp_phrases *phrases, const char *phrase, const struct cvp_slot *slots)
{
	struct cvp_buf out = CVP_BUF(PHRASE_MAX);

	while (*phrase != '\0') {
		const char *close = *phrase == '{' ? strchr(phrase, '}') : NULL;
		const char *value = close != NULL ? slot_value(slots, phrase + 1, (size_t)(close - phrase - 1)) : NULL;

		if (value != NULL) {
			add_value(phrases, &out, value);
			phrase = close + 1;
		} else {
			cvp_buf_char(&out, *phrase++);
		}
	}
	return cvp_buf_take(&out, phrases->ctx->arena);
}

bool
cvp_phrase_exists(const struct cvp_phrases *phrases, const char *key)
{
	return json_object_get(phrases->table, key) != NULL;
}

const char *
cvp_phrase(const struct cvp_phrases *phrases, const char *key, size_t variant, const struct cvp_slot *slots)
{
	const json_t *phrase = json_object_get(phrases->table, key);

	if (json_is_array(phrase) && json_array_size(phrase) > 0)
		phrase = json_array_get(phrase, variant % json_array_size(phrase));
	return json_is_string(phrase) ? fill(phrases, json_string_value(phrase), slots) : "";
}

/* CLDR: Russian one 1, 21, 31; few 2-4, 22-24; many 0, 5-20. English and Hebrew one 1; Hebrew has a form for two. */
static const char *
plural_of(enum cvp_language language, long n)
{
	if (language == CVP_RU) {
		if (n % 10 == 1 && n % 100 != 11)
			return "one";
		return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? "few" : "many";
	}
	if (language == CVP_HE && n == 2)
		return "few";
	return n == 1 ? "one" : "many";
}

const char *
cvp_phrase_count(const struct cvp_phrases *phrases, const char *key, long n)
{
	struct cvp_arena *arena = phrases->ctx->arena;
	const char *number = cvp_arena_printf(arena, "%ld", n);
	const char *form = cvp_arena_printf(arena, "%s.%s", key, plural_of(phrases->language, n));

	return cvp_phrase(phrases, form, 0, (const struct cvp_slot[]){ { "n", number }, { NULL, NULL } });
}

/* What joins the last two items: another word where an item has the usual one inside. */
static const char *
last_joint(const struct cvp_phrases *phrases, const char *const *items, size_t count)
{
	const char *usual = cvp_phrase(phrases, "list.and", 0, NULL);

	for (size_t i = 0; i < count; i++) {
		if (strstr(items[i], usual) != NULL)
			return "list.also";
	}
	return phrases->language == CVP_HE && direction_of(items[count - 1]) < 0 ? "list.and.native" : "list.and";
}

const char *
cvp_phrase_list(const struct cvp_phrases *phrases, const char *const *items, size_t count)
{
	struct cvp_buf out = CVP_BUF(PHRASE_MAX);

	for (size_t i = 0; i < count; i++) {
		if (i > 0 && i + 1 == count)
			cvp_buf_text(&out, cvp_phrase(phrases, last_joint(phrases, items, count), 0, NULL));
		else if (i > 0)
			cvp_buf_text(&out, ", ");
		add_value(phrases, &out, items[i]);
	}
	return cvp_buf_take(&out, phrases->ctx->arena);
}
