/* lies_scene.c - dice, names out of syllables, other people's facts, and ways to find a place for a lie. */
#include <stdlib.h>
#include <string.h>

#include "career/kind.h"
#include "lies.h"
#include "text/lexicon.h"

uint32_t
roll(struct scene *s, uint32_t sides)
{
	s->random ^= s->random >> 12; /* xorshift64*, Marsaglia */
	s->random ^= s->random << 25;
	s->random ^= s->random >> 27;
	return (uint32_t)((s->random * UINT64_C(2685821657736338717)) >> 33) % sides;
}

static const char *const syllables[][12] = {
	[CVP_EN] = { "vor", "nel", "zim", "tra", "quo", "bex", "lum", "dri", "fas", "gol", "myr", "ket" },
	[CVP_RU] = { "бра", "зел", "вор", "тим", "лук", "дро", "мыр", "гал", "рез", "фон", "кис", "пау" },
	[CVP_HE] = { "זל", "טור", "בר", "נוק", "גיל", "דר", "פום", "קש", "רוי", "סנט", "לוב", "מיק" },
};

static const char *const capitals[][12] = {
	[CVP_EN] = { "Vor", "Nel", "Zim", "Tra", "Quo", "Bex", "Lum", "Dri", "Fas", "Gol", "Myr", "Ket" },
	[CVP_RU] = { "Бра", "Зел", "Вор", "Тим", "Лук", "Дро", "Мыр", "Гал", "Рез", "Фон", "Кис", "Пау" },
	[CVP_HE] = { "זל", "טור", "בר", "נוק", "גיל", "דר", "פום", "קש", "רוי", "סנט", "לוב", "מיק" },
};

const char *
made_name(struct scene *s)
{
	const char *const *parts = syllables[s->language];

	return cvp_arena_printf(s->ctx->arena, "%s%s%s", capitals[s->language][roll(s, 12)], parts[roll(s, 12)],
				parts[roll(s, 12)]);
}

bool
is_said(const struct scene *s, const char *text)
{
	struct cvp_words words = cvp_words_of(s->ctx, text, strlen(text));
	const char *key = " ";

	for (size_t i = 0; i < words.count; i++)
		key = cvp_arena_printf(s->ctx->arena, "%s%s ", key, words.words[i].folded);
	return strstr(s->words, key) != NULL;
}

bool
is_shown(const struct scene *s, const char *skill)
{
	struct cvp_skill_id id;
	struct cvp_words words;
	struct cvp_skill_hits hits;

	if (!cvp_lexicon_find(s->ctx, s->assets->lexicon, skill, &id))
		return false;
	words = cvp_words_of(s->ctx, s->text, strlen(s->text));
	hits = cvp_lexicon_scan(s->ctx, s->assets->lexicon, s->text, &words);
	for (size_t i = 0; i < hits.count; i++)
		if (hits.hits[i].skill.index == id.index)
			return true;
	return false;
}

const char *
other_fact(struct scene *s, enum fact kind)
{
	const struct pool *pool = &s->pools[kind];

	for (int tries = 0; tries < 20 && pool->count > 0; tries++) {
		const char *text = pool->texts[roll(s, (uint32_t)pool->count)];

		if (!is_said(s, text))
			return text;
	}
	return NULL;
}

const char *
replaced(struct scene *s, const char *text, size_t at, size_t length, const char *by)
{
	return cvp_arena_printf(s->ctx->arena, "%.*s%s%s", (int)at, text, by, text + at + length);
}

const char *
filled(struct scene *s, const char *form, const char *by)
{
	const char *gap = strstr(form, "{}");

	return gap != NULL ? replaced(s, form, (size_t)(gap - form), 2, by) : form;
}

const char *
number(struct scene *s, uint32_t value)
{
	return cvp_arena_printf(s->ctx->arena, "%u", value);
}

const char *
in_digits(struct scene *s, const char *text)
{
	static const char *const scripts[][10] = {
		{ "٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩" },
		{ "०", "१", "२", "३", "४", "५", "६", "७", "८", "९" },
		{ "０", "１", "２", "３", "４", "５", "６", "７", "８", "９" },
		{ "๐", "๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙" },
		{ "০", "১", "২", "৩", "৪", "৫", "৬", "৭", "৮", "৯" },
	};
	const char *const *digits = scripts[roll(s, 5)];
	const char *out = "";

	for (; *text != '\0'; text++)
		out = *text >= '0' && *text <= '9' ? cvp_arena_printf(s->ctx->arena, "%s%s", out, digits[*text - '0'])
						   : cvp_arena_printf(s->ctx->arena, "%s%c", out, *text);
	return out;
}

const char *
by_language(const struct scene *s, const char *en, const char *ru, const char *he)
{
	return s->language == CVP_RU ? ru : s->language == CVP_HE ? he : en;
}

json_t *
any_of(struct scene *s, json_t *list, size_t *index)
{
	size_t count = json_array_size(list);

	if (count == 0)
		return NULL;
	*index = roll(s, (uint32_t)count);
	return json_array_get(list, *index);
}

json_t *
job_of(struct scene *s, json_t *artifact, size_t *index)
{
	return any_of(s, json_object_get(json_object_get(artifact, "tailored_cv"), "work_experience"), index);
}

void
set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

const char *
text_in(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

bool
lie_at(struct scene *s, const char *field, const char *told)
{
	s->field = field;
	s->told = told != NULL ? told : "(nothing)";
	return true;
}

static bool
is_word_byte(char c)
{
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

const char *
first_digit(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (*at >= '0' && *at <= '9' && (at == text || !is_word_byte(at[-1]))) {
			const char *end = at + strspn(at, "0123456789");

			if (!is_word_byte(*end))
				return at;
		}
	}
	return NULL;
}

bool
bullet_where(struct scene *s, json_t *artifact, const char *(*find)(const char *text), struct bullet *bullet)
{
	for (int tries = 0; tries < 30; tries++) {
		bullet->job = job_of(s, artifact, &bullet->job_index);
		bullet->bullets = json_object_get(bullet->job, "description_bullets");
		bullet->text = json_string_value(any_of(s, bullet->bullets, &bullet->index));
		if (bullet->text != NULL && cvp_text_length(bullet->text) < 400 &&
		    (find == NULL || find(bullet->text) != NULL))
			return true;
	}
	return false;
}

bool
set_bullet(struct scene *s, const struct bullet *bullet, const char *text)
{
	json_array_set_new(bullet->bullets, bullet->index, json_string(text));
	return lie_at(s,
		      cvp_arena_printf(s->ctx->arena, "/tailored_cv/work_experience/%zu/description_bullets/%zu",
				       bullet->job_index, bullet->index),
		      text);
}
