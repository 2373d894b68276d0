#include "career/posting_html.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "career/posting_entities.h"
#include "career/posting_mend.h"
#include "core/buf.h"
#include "core/ctx.h"

#define TEXT_MAX ((size_t)32 * 1024 * 1024) /* no page outgrows its own size by this; the ceiling is a guard */
#define DEPTH    8                          /* of arrays and objects searched for a JobPosting */

enum layout { INLINE, BLOCK, PARAGRAPH, ITEM, BREAK, HIDDEN };

struct tag_rule {
	const char *name;
	enum layout layout;
};

static const struct tag_rule rules[] = {
	{ "p", PARAGRAPH },      { "br", BREAK },        { "li", ITEM },           { "ul", BLOCK },
	{ "ol", BLOCK },         { "div", BLOCK },       { "h1", PARAGRAPH },      { "h2", PARAGRAPH },
	{ "h3", PARAGRAPH },     { "h4", PARAGRAPH },    { "h5", PARAGRAPH },      { "h6", PARAGRAPH },
	{ "tr", BLOCK },         { "table", BLOCK },     { "section", PARAGRAPH }, { "article", PARAGRAPH },
	{ "header", BLOCK },     { "footer", BLOCK },    { "main", BLOCK },        { "aside", BLOCK },
	{ "blockquote", BLOCK }, { "dl", BLOCK },        { "dt", BLOCK },          { "dd", BLOCK },
	{ "hr", PARAGRAPH },     { "pre", BLOCK },       { "form", BLOCK },        { "script", HIDDEN },
	{ "style", HIDDEN },     { "noscript", HIDDEN }, { "template", HIDDEN },   { "svg", HIDDEN },
	{ "iframe", HIDDEN },    { "select", HIDDEN },   { "head", HIDDEN },       { "nav", HIDDEN },
	{ "textarea", HIDDEN },  { "title", HIDDEN },    { "button", HIDDEN },     { "td", INLINE },
	{ "th", INLINE },        { "span", INLINE },     { "b", INLINE },          { "strong", INLINE },
	{ "i", INLINE },         { "em", INLINE },       { "u", INLINE },          { "a", INLINE },
	{ "font", INLINE },      { "html", BLOCK },      { "body", BLOCK },        { "img", INLINE },
	{ "small", INLINE },     { "sub", INLINE },      { "sup", INLINE },
};

struct tag {
	const char *name;
	size_t length;
	bool is_end;
	const char *after; /* the first byte behind '>' */
};

static bool
is_alpha(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Reads a tag at '<'; false where none stands there ("a < b"). Quoted values may hold '>'. A '<' outside of quotes ends
 * the search, so that unclosed tags cost no more than their own length. */
static bool
read_tag(const char *at, struct tag *tag)
{
	const char *p = at + 1;
	char quote = 0;

	tag->is_end = *p == '/';
	p += tag->is_end;
	if (!is_alpha(*p))
		return false;
	for (tag->name = p; is_alpha(*p) || (*p >= '0' && *p <= '9'); p++)
		continue;
	tag->length = (size_t)(p - tag->name);
	for (; *p != '\0' && (*p != '>' || quote != 0); p++) {
		if (quote == 0 && *p == '<')
			return false;
		if (quote != 0 && *p == quote)
			quote = 0;
		else if (quote == 0 && (*p == '"' || *p == '\'') && p[-1] == '=')
			quote = *p;
	}
	if (*p == '\0')
		return false;
	tag->after = p + 1;
	return true;
}

static const struct tag_rule *
rule_of(const struct tag *tag)
{
	for (size_t i = 0; i < CVP_COUNT(rules); i++) {
		if (strlen(rules[i].name) == tag->length && strncasecmp(rules[i].name, tag->name, tag->length) == 0)
			return &rules[i];
	}
	return NULL;
}

bool
cvp_html_is_html(const char *text)
{
	struct tag tag;

	for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
		if (strncmp(at, "<!--", 4) == 0 || strncasecmp(at, "<!doctype", 9) == 0)
			return true;
		if (read_tag(at, &tag) && rule_of(&tag) != NULL)
			return true;
	}
	return false;
}

static const char *
find_folded(const char *text, const char *needle)
{
	size_t length = strlen(needle);

	for (; *text != '\0'; text++) {
		if ((*text | 32) == (needle[0] | 32) && strncasecmp(text, needle, length) == 0)
			return text;
	}
	return NULL;
}

/* The text being written: spaces and line ends wait until a word comes. */
struct writer {
	struct cvp_buf *buf;
	unsigned newlines; /* waiting; two make a blank line */
	bool space, item;
	bool keeps_lines;  /* line ends of the source count: it has no block tags */
	uint64_t unclosed; /* rules of hidden tags that have no end from here on: not sought again */
};
_Static_assert(CVP_COUNT(rules) <= 64, "a bit for each rule");

static void
want_lines(struct writer *writer, unsigned count)
{
	if (writer->newlines < count)
		writer->newlines = count;
}

static void
write_byte(struct writer *writer, char c)
{
	if (c == '\n' && writer->keeps_lines) {
		writer->newlines += writer->newlines < 2;
		return;
	}
	if (c == ' ' || (c >= '\t' && c <= '\r')) {
		writer->space = true;
		return;
	}
	if (writer->buf->length > 0) {
		for (unsigned i = 0; i < writer->newlines; i++)
			cvp_buf_char(writer->buf, '\n');
		if (writer->newlines == 0 && writer->space)
			cvp_buf_char(writer->buf, ' ');
	}
	if (writer->item)
		cvp_buf_text(writer->buf, "- ");
	writer->newlines = 0;
	writer->space = writer->item = false;
	cvp_buf_char(writer->buf, c);
}

static void
write_layout(struct writer *writer, enum layout layout, const struct tag *tag)
{
	if (layout == BREAK)
		writer->newlines += writer->newlines < 2;
	if (layout == BLOCK || layout == ITEM)
		want_lines(writer, 1);
	/* a paragraph inside a list item stays on its line */
	if (layout == PARAGRAPH && !writer->item)
		want_lines(writer, 2);
	if (layout == ITEM)
		writer->item = !tag->is_end;
	/* nor does its end part items */
	if (layout == ITEM && tag->is_end)
		writer->newlines = 1;
	if (layout == INLINE && tag->length == 2 && (tag->name[1] | 32) != 'm')
		writer->space = true; /* table cells */
}

/* What follows a tag whose content does not show: its end tag. Without one the content shows. */
static const char *
skip_hidden(struct writer *writer, const struct tag_rule *rule, const struct tag *tag)
{
	uint64_t bit = UINT64_C(1) << (rule - rules);
	char end[16] = "</";
	struct tag closing;

	if ((writer->unclosed & bit) != 0)
		return tag->after;
	memcpy(end + 2, tag->name, tag->length);
	end[2 + tag->length] = '\0';
	for (const char *at = find_folded(tag->after, end); at != NULL; at = find_folded(at + 1, end)) {
		if (read_tag(at, &closing))
			return closing.after;
	}
	writer->unclosed |= bit;
	return tag->after;
}

/* What follows "<!": a comment, CDATA (whose text shows) or a declaration. */
static const char *
skip_declaration(const char *at)
{
	const char *end;

	if (strncmp(at, "<![CDATA[", 9) == 0)
		return at + 9;
	end = strncmp(at, "<!--", 4) == 0 ? strstr(at + 4, "-->") : strchr(at, '>');
	if (end == NULL)
		return at + strlen(at);
	return end + (*end == '>' ? 1 : 3);
}

/* Writes what stands at `at` and returns what follows it. */
static const char *
write_piece(struct writer *writer, const char *at)
{
	const struct tag_rule *rule;
	struct tag tag;
	char decoded[4];
	size_t read, written = 0;

	if (*at == '<' && at[1] == '!')
		return skip_declaration(at);
	if (strncmp(at, "]]>", 3) == 0)
		return at + 3;
	if (*at == '<' && read_tag(at, &tag)) {
		rule = rule_of(&tag);
		if (rule != NULL && rule->layout == HIDDEN)
			return tag.is_end ? tag.after : skip_hidden(writer, rule, &tag);
		write_layout(writer, rule != NULL ? rule->layout : INLINE, &tag);
		return tag.after;
	}
	if (*at == '&' && (read = cvp_entity_decode(at, decoded, &written)) > 0) {
		for (size_t i = 0; i < written; i++)
			write_byte(writer, decoded[i]);
		return at + read;
	}
	write_byte(writer, *at);
	return at + 1;
}

static bool
has_blocks(const char *text)
{
	struct tag tag;

	for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
		if (read_tag(at, &tag) && rule_of(&tag) != NULL && rule_of(&tag)->layout != INLINE)
			return true;
	}
	return false;
}

static const char *
strip(struct cvp_ctx *ctx, const char *html)
{
	struct cvp_buf buf = CVP_BUF(TEXT_MAX);
	struct writer writer = { .buf = &buf, .keeps_lines = !has_blocks(html) };

	for (const char *at = html; *at != '\0';)
		at = write_piece(&writer, at);
	return cvp_buf_take(&buf, ctx->arena);
}

/* "\n" typed out as two characters, as some boards store their texts. */
static const char *
with_real_newlines(struct cvp_ctx *ctx, const char *text)
{
	char *copy;

	if (strstr(text, "\\n") == NULL)
		return text;
	copy = cvp_arena_strdup(ctx->arena, text);
	for (char *at = strstr(copy, "\\n"); at != NULL; at = strstr(at, "\\n")) {
		bool is_path = at[2] >= 'a' && at[2] <= 'z';

		if (!is_path)
			memcpy(at, "\n\n", 2);
		at += 2;
	}
	return copy;
}

const char *
cvp_html_text(struct cvp_ctx *ctx, const char *html)
{
	const char *text;

	if (!cvp_html_is_html(html) && strchr(html, '&') == NULL)
		return with_real_newlines(ctx, html);
	text = strip(ctx, with_real_newlines(ctx, html));
	return cvp_html_is_html(text) && !cvp_html_is_html(html) ? strip(ctx, text) : text;
}

/* "JobPosting", or with the vocabulary before it ("https://schema.org/JobPosting", "schema:JobPosting"). */
static bool
names_job_posting(const char *type)
{
	const char *own = strrchr(type, '/') != NULL ? strrchr(type, '/') + 1 : type;

	if (strncmp(own, "schema:", 7) == 0)
		own += 7;
	return strcmp(own, "JobPosting") == 0;
}

static bool
is_job_posting(const json_t *value)
{
	const json_t *type = json_object_get(value, "@type"), *item;
	size_t index;

	if (json_is_string(type))
		return names_job_posting(json_string_value(type));
	json_array_foreach (type, index, item) {
		if (json_is_string(item) && names_job_posting(json_string_value(item)))
			return true;
	}
	return false;
}

static json_t *
find_posting(json_t *value, int depth)
{
	json_t *item, *found = NULL;
	const char *key;
	size_t index;

	if (is_job_posting(value))
		return value;
	if (depth == 0)
		return NULL;
	json_array_foreach (value, index, item) {
		if ((found = find_posting(item, depth - 1)) != NULL)
			return found;
	}
	json_object_foreach (value, key, item) {
		if ((found = find_posting(item, depth - 1)) != NULL)
			return found;
	}
	return NULL;
}

json_t *
cvp_job_posting_find(json_t *value)
{
	return find_posting(value, DEPTH);
}

/* Parses a script's content; what wraps it (CDATA, comments) goes. */
static json_t *
parse_block(struct cvp_ctx *ctx, const char *start, size_t length)
{
	const char *copy = cvp_arena_strndup(ctx->arena, start, length), *first = strpbrk(copy, "{[");

	if (first == NULL)
		return NULL;
	if (strncmp(first, "[CDATA[", 7) == 0 && (first = strpbrk(first + 7, "{[")) == NULL)
		return NULL;
	return cvp_json_mend(ctx, first);
}

/* Is a script's tag one of JSON-LD? */
static bool
is_ld_json(struct cvp_ctx *ctx, const char *start, const struct tag *tag)
{
	const char *whole = cvp_arena_strndup(ctx->arena, start, (size_t)(tag->after - start));

	return find_folded(whole, "application/ld+json") != NULL;
}

json_t *
cvp_html_job_posting(struct cvp_ctx *ctx, const char *html, bool *is_broken)
{
	struct tag tag;

	*is_broken = false;
	for (const char *at = find_folded(html, "<script"); at != NULL; at = find_folded(at + 1, "<script")) {
		const char *end;
		json_t *value, *found;

		if (!read_tag(at, &tag) || !is_ld_json(ctx, at, &tag))
			continue;
		end = find_folded(tag.after, "</script");
		if (end == NULL)
			end = tag.after + strlen(tag.after);
		value = parse_block(ctx, tag.after, (size_t)(end - tag.after));
		found = value != NULL ? cvp_job_posting_find(value) : NULL;
		if (found != NULL)
			return found;
		*is_broken |= value == NULL && memmem(tag.after, (size_t)(end - tag.after), "JobPosting", 10) != NULL;
		at = end - 1;
		if (*end == '\0')
			break;
	}
	return NULL;
}

/* The value of a tag's attribute, decoded; NULL without. */
static const char *
attribute(struct cvp_ctx *ctx, const char *start, const struct tag *tag, const char *name)
{
	const char *whole = cvp_arena_strndup(ctx->arena, start, (size_t)(tag->after - start));
	const char *at = find_folded(whole, cvp_arena_printf(ctx->arena, " %s=", name)), *end;

	if (at == NULL)
		return NULL;
	at += strlen(name) + 2;
	if (*at != '"' && *at != '\'')
		return NULL;
	end = strchr(at + 1, *at);
	return end != NULL ? cvp_html_text(ctx, cvp_arena_strndup(ctx->arena, at + 1, (size_t)(end - at - 1))) : NULL;
}

static const char *
shared_title(struct cvp_ctx *ctx, const char *html)
{
	struct tag tag;

	for (const char *at = find_folded(html, "<meta"); at != NULL; at = find_folded(at + 1, "<meta")) {
		if (!read_tag(at, &tag) ||
		    find_folded(cvp_arena_strndup(ctx->arena, at, (size_t)(tag.after - at)), "\"og:title\"") == NULL)
			continue;
		return attribute(ctx, at, &tag, "content");
	}
	return NULL;
}

const char *
cvp_html_title(struct cvp_ctx *ctx, const char *html)
{
	const char *at = find_folded(html, "<h1"), *end, *title = shared_title(ctx, html);
	struct tag tag;

	if (title == NULL && at != NULL && read_tag(at, &tag) && tag.length == 2 &&
	    (end = find_folded(tag.after, "</h1")) != NULL)
		title = cvp_html_text(ctx, cvp_arena_strndup(ctx->arena, tag.after, (size_t)(end - tag.after)));
	return title != NULL && title[0] != '\0' ? title : NULL;
}
