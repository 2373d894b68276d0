#include "template/scan.h"

static bool
is_space(char c)
{
	return cvp_is_blank(c) || c == '\n' || c == '\v' || c == '\f';
}

void
cvp_scan_init(struct cvp_scan *scan, const char *text, uint32_t length)
{
	*scan =
	    (struct cvp_scan){ .text = text, .length = length, .line = 1, .open = { "{{", 2 }, .close = { "}}", 2 } };
}

/* Where needle begins at or after `from`; scan->length when nowhere. */
static uint32_t
find(const struct cvp_scan *scan, uint32_t from, struct cvp_delimiter needle)
{
	const char *found = memmem(scan->text + from, scan->length - from, needle.text, needle.length);

	return found == NULL ? scan->length : (uint32_t)(found - scan->text);
}

static bool
is_at(const struct cvp_scan *scan, uint32_t at, struct cvp_delimiter wanted)
{
	return wanted.length <= scan->length - at && memcmp(scan->text + at, wanted.text, wanted.length) == 0;
}

/* Where a tag's content that began at `from` ends. A guard ('}' of a triple, '=' of delimiters) stands before the
 * closing delimiter and is no part of the content; '\0' for none. */
static uint32_t
find_close(const struct cvp_scan *scan, uint32_t from, char guard)
{
	if (guard == '\0')
		return find(scan, from, scan->close);
	for (uint32_t at = from; at < scan->length; at++) {
		const char *found = memchr(scan->text + at, guard, scan->length - at);

		if (found == NULL)
			break;
		at = (uint32_t)(found - scan->text);
		if (is_at(scan, at + 1, scan->close))
			return at;
	}
	return scan->length;
}

static struct cvp_span
trim(const char *text, uint32_t from, uint32_t to)
{
	while (from < to && is_space(text[from]))
		from++;
	while (to > from && is_space(text[to - 1]))
		to--;
	return (struct cvp_span){ from, to - from };
}

static void
count_lines(struct cvp_scan *scan, uint32_t to)
{
	for (; scan->counted < to; scan->counted++)
		scan->line += scan->text[scan->counted] == '\n';
}

/* Reads "<% %>" out of {{=<% %>=}}. */
static bool
set_delimiters(struct cvp_scan *scan, struct cvp_span content)
{
	const char *text = scan->text + content.at;
	uint32_t first = 0, second;

	while (first < content.length && !is_space(text[first]))
		first++;
	for (second = first; second < content.length && is_space(text[second]);)
		second++;
	if (first == 0 || second == content.length || memchr(text, '=', content.length) != NULL)
		return false;
	for (uint32_t i = second; i < content.length; i++) {
		if (is_space(text[i]))
			return false;
	}
	scan->open = (struct cvp_delimiter){ text, first };
	scan->close = (struct cvp_delimiter){ text + second, content.length - second };
	return true;
}

/* Cuts the star off "*name". */
static bool
take_star(const char *text, struct cvp_span *name)
{
	if (name->length == 0 || text[name->at] != '*')
		return false;
	*name = trim(text, name->at + 1, name->at + name->length);
	return true;
}

static const char *
check_name(const struct cvp_scan *scan, struct cvp_span name)
{
	const char *text = scan->text + name.at;

	if (name.length == 0)
		return "a tag without a name";
	if (memmem(text, name.length, scan->open.text, scan->open.length) != NULL)
		return "unclosed tag";
	for (uint32_t i = 0; i < name.length; i++) {
		if ((unsigned char)text[i] <= ' ')
			return "a blank or control character inside a name (is a tag unclosed?)";
	}
	return NULL;
}

/* The kind of the tag whose content begins at *at; moves *at behind its sigil and names the guard before its end. */
static char
read_sigil(const struct cvp_scan *scan, uint32_t *at, char *guard)
{
	char sigil;

	while (*at < scan->length && is_space(scan->text[*at]))
		++*at;
	sigil = *at < scan->length ? scan->text[*at] : '\0';
	*guard = '\0';
	if (sigil == '\0' || strchr("#^/><$!=&{", sigil) == NULL)
		return CVP_TAG_VALUE;
	++*at;
	if (sigil == '=')
		*guard = '=';
	if (sigil != '{')
		return sigil;
	*guard = '}';
	return '&';
}

const char *
cvp_scan_next(struct cvp_scan *scan, struct cvp_tag *tag)
{
	uint32_t at, close;
	char guard;

	*tag = (struct cvp_tag){ .kind = CVP_TAG_NONE, .begin = find(scan, scan->at, scan->open) };
	count_lines(scan, tag->begin);
	tag->line = scan->line;
	tag->end = tag->begin;
	if (tag->begin == scan->length)
		return NULL;
	at = tag->begin + scan->open.length;
	tag->kind = read_sigil(scan, &at, &guard);
	close = find_close(scan, at, guard);
	if (close == scan->length)
		return tag->kind == '=' ? "bad delimiters: wanted {{=OPEN CLOSE=}}" : "unclosed tag";
	tag->end = close + (guard != '\0') + scan->close.length;
	scan->at = tag->end;
	if (tag->kind == '!')
		return NULL;
	tag->name = trim(scan->text, at, close);
	if (tag->kind == '=')
		return set_delimiters(scan, tag->name) ? NULL : "bad delimiters: wanted {{=OPEN CLOSE=}}";
	tag->dynamic = take_star(scan->text, &tag->name);
	if (tag->dynamic && strchr("></", tag->kind) == NULL)
		return "a star before a name that is no partial's or parent's";
	return check_name(scan, tag->name);
}

bool
cvp_scan_is_close(const struct cvp_scan *scan, uint32_t at)
{
	char guard;

	if (!is_at(scan, at, scan->open))
		return false;
	at += scan->open.length;
	return read_sigil(scan, &at, &guard) == '/';
}
