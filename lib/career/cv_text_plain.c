/* Markdown and HTML marks taken out of a text, its words left as they are. */
#include <string.h>

#include "career/cv_chars.h"
#include "career/cv_text.h"
#include "core/ctx.h"

#define LINK_MAX 2000 /* bytes looked ahead for the end of a link or a tag: keeps a line of '[' linear */

/* The bytes of text up to the mark, not past `length` or LINK_MAX; 0 where it does not come. */
static size_t
find_mark(const char *text, size_t length, char mark)
{
	const char *found = memchr(text, mark, length < LINK_MAX ? length : LINK_MAX);

	return found ? (size_t)(found - text) : 0;
}

/* A link or image "[words](target)" at text: its length and its words; 0 where none stands there. */
static size_t
scan_link(const char *text, size_t length, size_t *from, size_t *to)
{
	size_t open = text[0] == '!', close, end;

	if (length < open + 4 || text[open] != '[')
		return 0;
	close = find_mark(text + open, length - open, ']');
	if (close == 0 || open + close + 1 >= length || text[open + close + 1] != '(')
		return 0;
	end = find_mark(text + open + close, length - open - close, ')');
	if (end == 0)
		return 0;
	*from = open + 1;
	*to = open ? *from : open + close; /* an image says nothing a CV could use */
	return open + close + end + 1;
}

/* An HTML tag of the kinds that stand in Markdown; its length. */
static size_t
scan_tag(const char *text, size_t length)
{
	static const char *const names[] = { "b",  "strong", "i",   "em", "u",   "br", "span",  "a",  "div", "p",
					     "li", "ul",     "sub", "td", "sup", "tr", "small", "h1", "h2",  "h3" };
	size_t at = 1, name, end;

	if (length < 3 || text[0] != '<')
		return 0;
	at += text[at] == '/';
	for (name = 0; at + name < length &&
		       ((text[at + name] | 0x20) >= 'a' || cvp_cv_char_is_digit((unsigned char)text[at + name]));)
		name++;
	for (size_t i = 0; i < CVP_COUNT(names); i++) {
		if (strlen(names[i]) != name || strncmp(text + at, names[i], name) != 0)
			continue;
		end = find_mark(text, length, '>');
		return end ? end + 1 : 0;
	}
	return 0;
}

/* The run of emphasis marks at text[at] ("**", "_", "`"); 0 where the mark belongs to a word ("snake_case", "5 * 3").
 */
static size_t
scan_emphasis(const char *text, size_t at, size_t length)
{
	char mark = text[at];
	size_t run = 0, step;
	bool before, after;

	if (mark != '*' && mark != '_' && mark != '`' && mark != '~')
		return 0;
	while (at + run < length && text[at + run] == mark)
		run++;
	if (mark == '`')
		return run;
	if (mark == '~')
		return run == 2 ? run : 0;
	before = at > 0 && !cvp_cv_char_is_space(cvp_cv_char_before(text, at));
	after = at + run < length && !cvp_cv_char_is_space(cvp_cv_char_at(text + at + run, &step));
	if (run > 3 || before == after)
		return run == 2 && mark == '*' && before ? run : 0;
	return run;
}

/* A backslash before a mark of Markdown stands for the mark itself. */
static bool
is_escape(const char *text, size_t at, size_t length)
{
	return text[at] == '\\' && at + 1 < length && text[at + 1] && strchr("\\`*_{}[]()#+-.!|&~<>", text[at + 1]);
}

static const char *
entity(const char *text, size_t length, size_t *taken)
{
	static const struct {
		const char *name, *text;
	} entities[] = { { "&amp;", "&" },   { "&nbsp;", " " }, { "&lt;", "<" },    { "&gt;", ">" },
			 { "&quot;", "\"" }, { "&#39;", "'" },  { "&ndash;", "–" }, { "&mdash;", "—" } };

	for (size_t i = 0; i < CVP_COUNT(entities); i++) {
		size_t size = strlen(entities[i].name);

		if (size <= length && memcmp(text, entities[i].name, size) == 0) {
			*taken = size;
			return entities[i].text;
		}
	}
	return NULL;
}

const char *
cvp_text_plain(struct cvp_ctx *ctx, const char *text, size_t length)
{
	char *plain = cvp_arena_alloc(ctx->arena, length + 1);
	size_t out = 0, from, to, step;

	for (size_t at = 0; at < length; at += step) {
		const char *stands_for;

		step = scan_link(text + at, length - at, &from, &to);
		if (step) {
			memcpy(plain + out, text + at + from, to - from);
			out += to - from;
			continue;
		}
		step = scan_tag(text + at, length - at);
		if (step == 0)
			step = scan_emphasis(text, at, length);
		if (step)
			continue;
		if (text[at] == '&' && (stands_for = entity(text + at, length - at, &step)) != NULL) {
			memcpy(plain + out, stands_for, strlen(stands_for));
			out += strlen(stands_for);
			continue;
		}
		step = is_escape(text, at, length) ? 2 : 1;
		plain[out++] = text[at + step - 1];
		/* `Java` `Kotlin`: two things, as if in columns */
		if (text[at] == ' ' && at > 0 && text[at - 1] == '`' && at + 1 < length && text[at + 1] == '`')
			plain[out - 1] = '\t';
	}
	plain[out] = '\0';
	return plain;
}
