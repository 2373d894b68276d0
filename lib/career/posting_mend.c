#include "career/posting_mend.h"

#include <stdbool.h>
#include <string.h>

#include "career/posting_entities.h"
#include "core/ctx.h"

/* A text of the same meaning is being written; it never grows beyond twice its source. */
struct mender {
	const char *at;
	char *to;
	size_t used;
	char last; /* the last character outside of strings that is no space */
};

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* "&quot;" for quotes: the template escaped the block as if it were text. */
static const char *
without_entities(struct cvp_ctx *ctx, const char *text)
{
	const char *quote = strchr(text, '"'), *entity = strstr(text, "&quot;");
	char *to;
	size_t used = 0;

	if (entity == NULL || (quote != NULL && quote < entity))
		return text;
	to = cvp_arena_alloc(ctx->arena, strlen(text) + 1);
	while (*text != '\0') {
		char decoded[4];
		size_t written = 0, read = *text == '&' ? cvp_entity_decode(text, decoded, &written) : 0;

		if (read == 0) {
			to[used++] = *text++;
			continue;
		}
		memcpy(to + used, decoded, written); /* no reference is shorter than what it stands for */
		used += written;
		text += read;
	}
	return to;
}

/* An escape that JSON does not know is the character itself. */
static void
mend_escape(struct mender *m)
{
	const char *next = m->at + 1;
	bool is_known = *next != '\0' && strchr("\"\\/bfnrt", *next) != NULL;

	if (*next == 'u')
		is_known = strspn(next + 1, "0123456789abcdefABCDEF") >= 4;
	if (is_known) {
		m->to[m->used++] = *m->at;
		m->to[m->used++] = *next;
	} else if (*next != '\0') {
		m->to[m->used++] = *next;
	}
	m->at = next + (*next != '\0');
}

static void
copy_string(struct mender *m)
{
	m->to[m->used++] = *m->at++;
	while (*m->at != '\0' && *m->at != '"') {
		if (*m->at == '\\')
			mend_escape(m);
		else
			m->to[m->used++] = (unsigned char)*m->at < ' ' ? ' ' : *m->at, m->at++;
	}
	if (*m->at == '"')
		m->to[m->used++] = *m->at++;
	m->last = '"';
}

/* Does a value end with the last character, so that another needs a comma? */
static bool
ends_value(char last)
{
	return last == '"' || last == '}' || last == ']' || (last >= '0' && last <= '9') || last == 'e' || last == 'l';
}

static void
mend_sign(struct mender *m)
{
	char c = *m->at, next;

	if (c == ',') {
		next = m->at[1 + strspn(m->at + 1, " \t\r\n")];
		if (next == '}' || next == ']') {
			m->at++;
			return;
		}
	}
	if ((c == '"' || c == '{' || c == '[') && ends_value(m->last))
		m->to[m->used++] = ',';
	if (c == '"') {
		copy_string(m);
		return;
	}
	m->to[m->used++] = c;
	m->at++;
	m->last = is_space(c) ? m->last : c;
}

json_t *
cvp_json_mend(struct cvp_ctx *ctx, const char *text)
{
	json_t *value = json_loads(text, JSON_DISABLE_EOF_CHECK, NULL);
	struct mender mender = { .at = without_entities(ctx, text) };

	if (value != NULL)
		return cvp_own(ctx, value);
	mender.to = cvp_arena_alloc(ctx->arena, 2 * strlen(mender.at) + 1);
	while (*mender.at != '\0')
		mend_sign(&mender);
	return cvp_own(ctx, json_loads(mender.to, JSON_DISABLE_EOF_CHECK, NULL));
}
