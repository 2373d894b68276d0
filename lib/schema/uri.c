#include "schema/uri.h"

#include <stdbool.h>
#include <string.h>

#include "core/arena.h"

/* A part that is absent differs from one that is empty: at is NULL. */
struct part {
	const char *at;
	size_t length;
};

struct uri {
	struct part scheme, authority, path, query, fragment;
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_scheme_char(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static struct part
take_until(const char **at, const char *stops)
{
	struct part part = { *at, strcspn(*at, stops) };

	*at += part.length;
	return part;
}

static struct uri
split(const char *text)
{
	struct uri uri = { 0 };
	size_t scheme = 0;

	if (is_letter(text[0]))
		while (is_scheme_char(text[scheme]))
			scheme++;
	if (scheme > 0 && text[scheme] == ':') {
		uri.scheme = (struct part){ text, scheme };
		text += scheme + 1;
	}
	if (strncmp(text, "//", 2) == 0) {
		text += 2;
		uri.authority = take_until(&text, "/?#");
	}
	uri.path = take_until(&text, "?#");
	if (*text == '?') {
		text++;
		uri.query = take_until(&text, "#");
	}
	if (*text == '#')
		uri.fragment = (struct part){ text + 1, strlen(text + 1) };
	return uri;
}

/* Takes "." and ".." segments out of path in place (RFC 3986, 5.2.4). */
static void
remove_dots(char *path)
{
	bool is_rooted = path[0] == '/';
	char *out = path + is_rooted, *start = out;
	const char *in = out;

	while (*in != '\0') {
		size_t length = strcspn(in, "/");
		bool is_last = in[length] == '\0';

		if (length == 2 && in[0] == '.' && in[1] == '.') {
			if (out > start)
				out--;
			while (out > start && out[-1] != '/')
				out--;
		} else if (length != 1 || in[0] != '.') {
			memmove(out, in, length);
			out += length;
			if (!is_last)
				*out++ = '/';
		}
		in += length + !is_last;
	}
	*out = '\0';
}

static char *
merge_paths(struct cvp_arena *arena, const struct uri *base, struct part path)
{
	size_t kept = base->path.length;

	if (base->authority.at != NULL && base->path.length == 0)
		return cvp_arena_printf(arena, "/%.*s", (int)path.length, path.at);
	while (kept > 0 && base->path.at[kept - 1] != '/')
		kept--;
	return cvp_arena_printf(arena, "%.*s%.*s", (int)kept, base->path.at, (int)path.length, path.at);
}

static char *
join(struct cvp_arena *arena, const struct uri *uri)
{
	return cvp_arena_printf(arena, "%.*s%s%s%.*s%.*s%s%.*s%s%.*s", (int)uri->scheme.length,
				uri->scheme.at != NULL ? uri->scheme.at : "", uri->scheme.at != NULL ? ":" : "",
				uri->authority.at != NULL ? "//" : "", (int)uri->authority.length,
				uri->authority.at != NULL ? uri->authority.at : "", (int)uri->path.length, uri->path.at,
				uri->query.at != NULL ? "?" : "", (int)uri->query.length,
				uri->query.at != NULL ? uri->query.at : "", uri->fragment.at != NULL ? "#" : "",
				(int)uri->fragment.length, uri->fragment.at != NULL ? uri->fragment.at : "");
}

/* Fills in what target, a reference without a scheme, takes over from base; false where its path is base's own. */
static bool
inherit(const struct uri *base, struct uri *target)
{
	target->scheme = base->scheme;
	if (target->authority.at != NULL)
		return true;
	target->authority = base->authority;
	if (target->path.length > 0)
		return true;
	target->path = base->path;
	if (target->query.at == NULL)
		target->query = base->query;
	return false;
}

char *
cvp_uri_resolve(struct cvp_arena *arena, const char *base_text, const char *reference)
{
	struct uri base = split(base_text), target = split(reference);
	bool is_relative = target.scheme.at == NULL && target.authority.at == NULL && target.path.at[0] != '/';
	char *path;

	if (target.scheme.at == NULL && !inherit(&base, &target))
		return join(arena, &target);
	if (is_relative)
		path = merge_paths(arena, &base, target.path);
	else
		path = cvp_arena_strndup(arena, target.path.at, target.path.length);
	remove_dots(path);
	target.path = (struct part){ path, strlen(path) };
	return join(arena, &target);
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void
decode_percent(char *text)
{
	char *out = text;

	while (*text != '\0') {
		int high = text[0] == '%' ? hex_value(text[1]) : -1;
		int low = high >= 0 ? hex_value(text[2]) : -1;

		if (low >= 0 && high + low > 0) {
			*out++ = (char)(high * 16 + low);
			text += 3;
		} else {
			*out++ = *text++;
		}
	}
	*out = '\0';
}

char *
cvp_uri_cut_fragment(char *uri)
{
	char *mark = strchr(uri, '#');

	if (mark == NULL)
		return NULL;
	*mark = '\0';
	decode_percent(mark + 1);
	return mark + 1;
}
