#include <stdio.h>
#include <string.h>

#include "core/id.h"
#include "web/http.h"

static const char *const method_names[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
_Static_assert(CVP_COUNT(method_names) == CVP_METHOD_COUNT, "a method without a name");

const char *
cvp_method_name(enum cvp_method method)
{
	return method_names[method];
}

static bool
is_number(const char *text)
{
	size_t length = strlen(text);

	return length > 0 && length < 10 && strspn(text, "0123456789") == length && *text != '0';
}

/* Does a decoded segment fit {name}, {name:int} or {name:version}? */
static bool
fits(const char *pattern, size_t length, const char *value)
{
	const char *type = memchr(pattern, ':', length);

	if (type == NULL)
		return cvp_id_is_valid(value);
	if (strncmp(type, ":version", 8) == 0 && strcmp(value, "latest") == 0)
		return true;
	return is_number(value);
}

static size_t
segment_length(const char *at)
{
	return strcspn(at, "/");
}

/* The name inside {name:type}; in the arena. */
static const char *
placeholder_name(struct cvp_exchange *x, const char *pattern, size_t length)
{
	size_t inner = strcspn(pattern + 1, ":}");

	(void)length;
	return cvp_arena_strndup(x->ctx->arena, pattern + 1, inner);
}

/* Compares a path with a route's pattern, segment by segment; fills req.path on the way. */
static bool
matches(struct cvp_exchange *x, const char *pattern, const char *path)
{
	size_t values = 0;

	for (;;) {
		size_t want = segment_length(pattern), got = segment_length(path);

		if (*pattern == '{') {
			const char *value = cvp_percent_decode(x->ctx, path, got, false);

			if (value == NULL || values == CVP_COUNT(x->req.path) || !fits(pattern, want, value))
				return false;
			x->req.path[values].name = placeholder_name(x, pattern, want);
			x->req.path[values++].value = value;
		} else if (want != got || memcmp(pattern, path, want) != 0) {
			return false;
		}
		pattern += want;
		path += got;
		if (*pattern != *path)
			return false;
		if (*pattern == '\0')
			return true;
		pattern++;
		path++;
	}
}

enum cvp_code
cvp_route_find(struct cvp_exchange *x, const char *path)
{
	bool is_known = false;

	for (size_t i = 0; i < x->site->route_count; i++) {
		const struct cvp_route *route = &x->site->routes[i];

		memset(x->req.path, 0, sizeof(x->req.path));
		if (!matches(x, route->path, path))
			continue;
		is_known = true;
		x->req.route = route;
		if (route->method == x->req.method)
			return CVP_OK;
	}
	if (!is_known)
		return cvp_fail(x->ctx, CVP_NOT_FOUND, "There is nothing at this address.");
	return cvp_fail(x->ctx, CVP_METHOD_NOT_ALLOWED, "This address does not take %s.", method_names[x->req.method]);
}

const struct cvp_route *
cvp_route_page_of(const struct cvp_site *site, const struct cvp_route *route)
{
	for (size_t i = 0; i < site->route_count; i++)
		if (site->routes[i].method == CVP_GET && strcmp(site->routes[i].path, route->path) == 0)
			return &site->routes[i];
	return NULL;
}

const char *
cvp_route_allowed(struct cvp_exchange *x, const char *path)
{
	struct cvp_buf list = CVP_BUF(256);

	for (size_t i = 0; i < x->site->route_count; i++)
		if (matches(x, x->site->routes[i].path, path))
			cvp_buf_printf(&list, "%s%s", list.length > 0 ? ", " : "",
				       method_names[x->site->routes[i].method]);
	return cvp_buf_take(&list, x->ctx->arena);
}

/* method, path, program, schema, template, flags: what openapi.json and the nginx locations are made from. */
void
cvp_routes_print(const char *program, const struct cvp_route *routes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\t%s\t%s\t%u\n", method_names[routes[i].method], routes[i].path, program,
		       routes[i].schema != NULL ? routes[i].schema : "-",
		       routes[i].template != NULL ? routes[i].template : "-", routes[i].flags);
}
