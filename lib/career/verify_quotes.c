/* verify_quotes.c - quotations: what stands between quotation marks must stand so in the CV. */
#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "career/verify_line.h"
#include "career/verify_plain.h"
#include "core/ctx.h"

#define QUOTE_MAX  4000 /* bytes between two marks of a quotation; a bullet has at most 2,000 characters */
#define LEAD_MAX   600  /* bytes before a quotation that say whose it is */
#define NAME_WORDS 5 /* a quotation of so few words may be a name in quotes: «Pied Piper»; it is then read as one */

struct mark {
	ucs4_t open;
	ucs4_t close[2];
};

static const struct mark marks[] = {
	{ 0x201C, { 0x201D, 0 } }, { 0x201E, { 0x201C, 0x201D } }, { 0xAB, { 0xBB, 0 } },
	{ '"', { '"', 0 } },       { 0x05F4, { 0x05F4, 0 } },
};

struct quote {
	size_t start, inner, inner_end, end; /* bytes */
};

static ucs4_t
char_at(const char *text, size_t at, size_t *size)
{
	ucs4_t c;
	int n = u8_mbtouc(&c, (const uint8_t *)text + at, strlen(text + at));

	*size = n > 0 ? (size_t)n : 1;
	return c;
}

static const struct mark *
mark_of(ucs4_t c)
{
	for (size_t i = 0; i < CVP_COUNT(marks); i++) {
		if (marks[i].open == c)
			return &marks[i];
	}
	return NULL;
}

static bool
is_straight(const struct mark *mark)
{
	return mark->open == mark->close[0];
}

static bool
is_alnum_at(const char *text, size_t at)
{
	size_t size;

	return text[at] != '\0' && uc_is_alnum(char_at(text, at, &size));
}

static bool
follows_alnum(const char *text, size_t at)
{
	ucs4_t c;

	return at > 0 && u8_prev(&c, (const uint8_t *)text + at, (const uint8_t *)text) != NULL && uc_is_alnum(c);
}

/* The end of a quotation opened at quote->start; false where it is not closed on the line. Marks of one pair nest;
 * straight ones close where no letter follows, so that Hebrew shortenings stay whole. */
static bool
find_close(const char *text, const struct mark *mark, struct quote *quote)
{
	size_t at = quote->inner, size;
	int depth = 1;

	for (; text[at] != '\0' && at - quote->inner < QUOTE_MAX; at += size) {
		ucs4_t c = char_at(text, at, &size);
		bool closes = c == mark->close[0] || (c == mark->close[1] && c != 0);

		if (is_straight(mark)) {
			closes = closes && !is_alnum_at(text, at + size);
		} else if (c == mark->open && !closes) {
			depth++;
		}
		if (closes && --depth == 0) {
			quote->inner_end = at;
			quote->end = at + size;
			return true;
		}
	}
	return false;
}

static bool
next_quote(const char *text, size_t from, struct quote *quote)
{
	size_t size;

	for (size_t at = from; text[at] != '\0'; at += size) {
		const struct mark *mark = mark_of(char_at(text, at, &size));

		if (mark == NULL || (is_straight(mark) && follows_alnum(text, at)))
			continue;
		quote->start = at;
		quote->inner = at + size;
		if (find_close(text, mark, quote))
			return true;
	}
	return false;
}

/* The next piece of a quotation that leaves words out ("... and […]"): text between dots, without the white space and
 * the point or comma a writer may drop or add at its ends. NULL at the end. */
static const char *
next_piece(struct cvp_ctx *ctx, const char **rest)
{
	const char *at = *rest, *end, *after;
	size_t length;

	while (*at != '\0' && strchr(" .,;:[]", *at) != NULL)
		at++;
	if (*at == '\0')
		return NULL;
	end = strstr(at, "...");
	after = strstr(at, "\xE2\x80\xA6");
	if (end == NULL || (after != NULL && after < end))
		end = after;
	length = end != NULL ? (size_t)(end - at) : strlen(at);
	*rest = end != NULL ? end + 3 : at + length; /* both signs are three bytes long */
	while (length > 0 && strchr(" .,;:[", at[length - 1]) != NULL)
		length--;
	return cvp_arena_strndup(ctx->arena, at, length);
}

static bool
stands_in(struct cvp_ctx *ctx, const struct cvp_facts *facts, const struct cvp_scope *scope, const char *plain)
{
	const char *rest = plain, *piece;

	while ((piece = next_piece(ctx, &rest)) != NULL) {
		if (!cvp_facts_have_text(facts, scope, piece))
			return false;
	}
	return true;
}

/* The bytes of the statement that lead up to the quotation. */
static size_t
lead_start(const char *text, size_t start)
{
	size_t at = start;

	while (at > 0 && start - at < LEAD_MAX && strchr(".!?;\n", text[at - 1]) == NULL)
		at--;
	return at;
}

static bool
is_asking(unsigned cues)
{
	return (cues & (CVP_STATES_WISH | CVP_STATES_ADVICE | CVP_STATES_DENIAL)) != 0 &&
	       (cues & CVP_STATES_OWNING) == 0;
}

/* May the quotation be the posting's? In its voice, or where the words before it, or else those around it, ask and
 * claim nothing. */
static bool
is_of_target(const struct cvp_check *check, enum cvp_voice voice, const char *text, const struct quote *quote,
	     const char *plain)
{
	size_t lead = lead_start(text, quote->start), tail = strcspn(text + quote->end, ",.;:!?\n");
	unsigned cues = cvp_statement_cues(check->ctx, text + lead, quote->start - lead);

	if (voice == CVP_VOICE_CV)
		return false;
	if (voice == CVP_VOICE_CANDIDATE && !is_asking(cues) &&
	    !is_asking(cues | cvp_statement_cues(check->ctx, text + quote->end, tail)))
		return false;
	return check->target == NULL || stands_in(check->ctx, check->target, NULL, plain);
}

/* The company or the role, or what stands in quotation marks within such a name: ООО "Ромашка". */
static bool
is_target_name(const struct cvp_check *check, const char *plain)
{
	const char *quoted = cvp_arena_printf(check->ctx->arena, "\"%s\"", plain);

	for (size_t i = 0; i < CVP_COUNT(check->target_names); i++) {
		const char *name = check->target_names[i];

		if (name != NULL && (strcmp(name, plain) == 0 || strstr(name, quoted) != NULL))
			return true;
	}
	return false;
}

/* An employer's, a school's, a certificate's name, whole or what stands in quotation marks within it. */
static bool
is_own_name(const struct cvp_check *check, const char *plain)
{
	const unsigned kinds = 1U << CVP_ENTITY_EMPLOYER | 1U << CVP_ENTITY_INSTITUTION | 1U << CVP_ENTITY_CERTIFICATE |
			       1U << CVP_ENTITY_TITLE;
	const char *quoted = cvp_arena_printf(check->ctx->arena, "\"%s\"", plain);

	for (size_t i = 0; i < check->cv->entity_count; i++) {
		const struct cvp_entity *entity = &check->cv->entities[i];

		if ((kinds & (1U << entity->kind)) != 0 &&
		    (strcmp(entity->plain, plain) == 0 || strstr(entity->plain, quoted) != NULL))
			return true;
	}
	return false;
}

static size_t
word_count(struct cvp_ctx *ctx, const char *text)
{
	return cvp_words_of(ctx, text, strlen(text)).count;
}

/* A proved quotation is masked; a short one may be a name and keeps only its marks, made straight, to be judged as a
 * name too. A sentence that ends inside it ends there. */
static void
settle(char *text, const struct quote *quote, bool is_name)
{
	if (is_name) {
		memset(text + quote->start, ' ', quote->inner - quote->start);
		memset(text + quote->inner_end, ' ', quote->end - quote->inner_end);
		text[quote->inner - 1] = text[quote->inner_end] = '"';
		return;
	}
	bool ends = quote->inner_end > quote->inner && strchr(".!?", text[quote->inner_end - 1]) != NULL;

	memset(text + quote->start, CVP_MASK, quote->end - quote->start);
	if (ends && text[quote->end] == ' ')
		text[quote->end - 1] = '.';
}

static void
check_quote(const struct cvp_check *check, const char *field, enum cvp_voice voice, const struct cvp_scope *scope,
	    char *text, const struct quote *quote)
{
	struct cvp_ctx *ctx = check->ctx;
	const char *inner = cvp_arena_strndup(ctx->arena, text + quote->inner, quote->inner_end - quote->inner);
	const char *plain = cvp_plain_text(ctx, inner);
	bool is_name = is_target_name(check, plain) || is_own_name(check, plain); /* judged as a name, then */

	if (!is_name && stands_in(ctx, check->cv, scope, plain))
		is_name = word_count(ctx, plain) <= NAME_WORDS;
	else if (!is_name && !is_of_target(check, voice, text, quote, plain))
		cvp_verdict_add(
		    check->verdict, field, CVP_SEVERITY_CRITICAL,
		    stands_in(ctx, check->cv, NULL, plain) ? "words of the sources named" : "words of the CV", plain);
	settle(text, quote, is_name);
}

void
cvp_line_quotes(const struct cvp_check *check, const char *field, enum cvp_voice voice, const struct cvp_scope *scope,
		char *visible)
{
	struct quote quote;

	for (size_t from = 0; next_quote(visible, from, &quote); from = quote.end)
		check_quote(check, field, voice, scope, visible, &quote);
}
