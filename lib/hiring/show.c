#include "hiring/show.h"

#include <string.h>
#include <unicase.h>
#include <unistr.h>

#include "core/buf.h"
#include "core/ctx.h"
#include "hiring/kb.h"
#include "text/phrase.h"

#define SHOWN_MAX ((size_t)16 * 1024)

static const char *
named(const struct cvp_phrases *phrases, const char *prefix, const char *value)
{
	return value != NULL
		   ? cvp_phrase(phrases, cvp_arena_printf(phrases->ctx->arena, "%s.%s", prefix, value), 0, NULL)
		   : NULL;
}

/* "санкт-петербург": each part with its capital. */
const char *
cvp_hiring_place_shown(const struct cvp_phrases *phrases, const json_t *kb)
{
	const char *city = cvp_kb_text(kb, "company", "company_location_city");
	struct cvp_buf out = CVP_BUF(SHOWN_MAX);

	if (city == NULL)
		return cvp_kb_text(kb, "company", "company_location_region");
	for (const uint8_t *at = (const uint8_t *)city; *at != '\0';) {
		bool is_first = at == (const uint8_t *)city || at[-1] == '-';
		ucs4_t c;
		int size = u8_strmbtouc(&c, at);
		uint8_t bytes[6];
		int written = is_first ? u8_uctomb(bytes, uc_toupper(c), sizeof(bytes)) : 0;

		if (written > 0)
			cvp_buf_add(&out, bytes, (size_t)written);
		else
			cvp_buf_add(&out, at, (size_t)(size > 0 ? size : 1));
		at += size > 0 ? size : 1;
	}
	return cvp_buf_take(&out, phrases->ctx->arena);
}

const char *
cvp_hiring_amount(struct cvp_ctx *ctx, int64_t value)
{
	if (value >= 1000000)
		return cvp_arena_printf(ctx->arena, "%lld,%03lld,%03lld", (long long)(value / 1000000),
					(long long)(value / 1000 % 1000), (long long)(value % 1000));
	return cvp_arena_printf(ctx->arena, "%lld,%03lld", (long long)(value / 1000), (long long)(value % 1000));
}

const char *
cvp_hiring_pay_shown(const struct cvp_phrases *phrases, const json_t *kb)
{
	const json_t *min = cvp_kb_get(kb, "compensation", "salary_min_rub"),
		     *max = cvp_kb_get(kb, "compensation", "salary_max_rub");
	struct cvp_slot slots[] = { { "min", NULL }, { "max", NULL }, { NULL, NULL } };

	if (min == NULL && max == NULL)
		return cvp_kb_text(kb, "compensation", "salary_comment");
	if (min != NULL)
		slots[0].value = cvp_hiring_amount(phrases->ctx, json_integer_value(min));
	if (max != NULL)
		slots[1].value = cvp_hiring_amount(phrases->ctx, json_integer_value(max));
	return cvp_phrase(phrases,
			  max == NULL   ? "hiring.pay.from"
			  : min == NULL ? "hiring.pay.up_to"
					: "hiring.pay.range",
			  0, slots);
}

static void
add_line(const struct cvp_phrases *phrases, struct cvp_buf *out, const char *key, const char *value)
{
	struct cvp_slot slots[] = { { "value", value }, { NULL, NULL } };

	if (value == NULL)
		return;
	cvp_buf_char(out, '\n');
	cvp_buf_text(out, cvp_phrase(phrases, key, 0, slots));
}

static const char *
joined(const struct cvp_phrases *phrases, const json_t *list)
{
	const char *items[16];
	size_t count = json_array_size(list) < CVP_COUNT(items) ? json_array_size(list) : CVP_COUNT(items);

	for (size_t i = 0; i < count; i++)
		items[i] = json_string_value(json_array_get(list, i));
	return count > 0 ? cvp_phrase_list(phrases, items, count) : NULL;
}

static const char *
years_shown(const struct cvp_phrases *phrases, const json_t *years)
{
	if (years == NULL)
		return NULL;
	if (json_integer_value(years) == 0)
		return cvp_phrase(phrases, "hiring.experience.none", 0, NULL);
	return cvp_phrase_count(phrases, "hiring.experience", (long)json_integer_value(years));
}

const char *
cvp_hiring_shown(const struct cvp_phrases *phrases, const json_t *kb)
{
	struct cvp_buf out = CVP_BUF(SHOWN_MAX);
	const char *shown;

	add_line(phrases, &out, "hiring.shown.role", cvp_kb_text(kb, "role", "role_title"));
	add_line(phrases, &out, "hiring.shown.format",
		 named(phrases, "hiring.format", cvp_kb_text(kb, "company", "work_format")));
	add_line(phrases, &out, "hiring.shown.place", cvp_hiring_place_shown(phrases, kb));
	add_line(phrases, &out, "hiring.shown.employment",
		 named(phrases, "hiring.employment", cvp_kb_text(kb, "employment", "employment_type")));
	add_line(phrases, &out, "hiring.shown.pay", cvp_hiring_pay_shown(phrases, kb));
	add_line(phrases, &out, "hiring.shown.experience",
		 years_shown(phrases, cvp_kb_get(kb, "requirements", "experience_years_min")));
	add_line(phrases, &out, "hiring.shown.skills", joined(phrases, cvp_kb_get(kb, "requirements", "hard_skills")));
	if (out.length == 0)
		return "";
	shown = cvp_arena_printf(phrases->ctx->arena, "%s%s", cvp_phrase(phrases, "hiring.shown", 0, NULL),
				 cvp_buf_string(&out));
	cvp_buf_free(&out);
	return shown;
}
