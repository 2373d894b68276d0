#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/id.h"
#include "web/http.h"

#define SESSION_COOKIE  "cvp_session"
#define CSRF_COOKIE     "cvp_csrf"
#define LANGUAGE_COOKIE "cvp_lang"

const char *
cvp_cgi(const struct cvp_exchange *x, const char *name)
{
	const char *value = FCGX_GetParam(name, x->fcgi->envp);

	return value != NULL && *value != '\0' ? value : NULL;
}

bool
cvp_is_safe(const struct cvp_request *req)
{
	return req->method == CVP_GET;
}

/* The value of a cookie; in the arena, NULL where it was not sent. */
static const char *
cookie(struct cvp_exchange *x, const char *header, const char *name)
{
	size_t length = strlen(name);

	while (header != NULL && *header != '\0') {
		header += strspn(header, " ;");
		if (strncmp(header, name, length) == 0 && header[length] == '=')
			return cvp_arena_strndup(x->ctx->arena, header + length + 1,
						 strcspn(header + length + 1, "; "));
		header += strcspn(header, ";");
	}
	return NULL;
}

static enum cvp_code
read_method(struct cvp_exchange *x)
{
	const char *text = cvp_cgi(x, "REQUEST_METHOD");

	if (text != NULL && strcmp(text, "HEAD") == 0)
		text = "GET"; /* nginx sends no body on */
	for (int i = 0; text != NULL && i < CVP_METHOD_COUNT; i++)
		if (strcmp(text, cvp_method_name((enum cvp_method)i)) == 0) {
			x->req.method = (enum cvp_method)i;
			return CVP_OK;
		}
	return cvp_fail(x->ctx, CVP_METHOD_NOT_ALLOWED, "This service does not know the method.");
}

/* Is text/html named, and not behind application/json? A browser names it first, curl names neither. */
static bool
prefers_html(const char *accept)
{
	const char *html = accept != NULL ? strstr(accept, "text/html") : NULL;
	const char *json = accept != NULL ? strstr(accept, "application/json") : NULL;

	return html != NULL && (json == NULL || html < json);
}

static void
read_request_id(struct cvp_exchange *x)
{
	const char *sent = cvp_cgi(x, "HTTP_X_REQUEST_ID");

	if (sent != NULL && strlen(sent) <= 128 && cvp_id_is_valid(sent))
		x->request_id = sent;
	else
		x->request_id = cvp_arena_strdup(x->ctx->arena, cvp_uuid_new().text);
	x->ctx->log.request_id = x->request_id;
}

static bool
is_language(const char *name, size_t length)
{
	for (int i = 0; i < CVP_LANGUAGES; i++)
		if (length == strlen(cvp_site_languages[i]) && strncasecmp(name, cvp_site_languages[i], length) == 0)
			return true;
	return false;
}

/* The first of our languages in an Accept-Language header: browsers send them by preference. */
static const char *
accepted_language(struct cvp_exchange *x)
{
	const char *at = cvp_cgi(x, "HTTP_ACCEPT_LANGUAGE");

	while (at != NULL && *at != '\0') {
		size_t length;

		at += strspn(at, " ,");
		length = strcspn(at, "-;, ");
		if (is_language(at, length))
			return cvp_arena_strndup(x->ctx->arena, at, length);
		at += strcspn(at, ",");
	}
	return cvp_site_languages[0];
}

static void
read_language(struct cvp_exchange *x, const char *cookies)
{
	const char *chosen = json_string_value(json_object_get(x->req.query, "lang"));
	const char *kept = cookie(x, cookies, LANGUAGE_COOKIE);

	x->has_language_choice = chosen != NULL && is_language(chosen, strlen(chosen));
	if (x->has_language_choice)
		x->language = chosen;
	else if (kept != NULL && is_language(kept, strlen(kept)))
		x->language = kept;
	else
		x->language = accepted_language(x);
}

/* The path as sent, still percent-encoded, without the query and without a slash at its end. */
static const char *
request_path(struct cvp_exchange *x)
{
	const char *uri = cvp_cgi(x, "REQUEST_URI");
	size_t length = uri != NULL ? strcspn(uri, "?#") : 0;

	while (length > 1 && uri[length - 1] == '/')
		length--;
	return length > 0 ? cvp_arena_strndup(x->ctx->arena, uri, length) : "/";
}

static enum cvp_code
find_route(struct cvp_exchange *x)
{
	const char *path = request_path(x), *accept = cvp_cgi(x, "HTTP_ACCEPT");
	enum cvp_code code;

	x->wants_html = strncmp(path, "/api/", 5) != 0 && prefers_html(accept);
	code = read_method(x);
	if (code == CVP_OK)
		code = cvp_route_find(x, path);
	if (code == CVP_METHOD_NOT_ALLOWED)
		x->reply.allow = cvp_route_allowed(x, path);
	if (code == CVP_OK)
		x->wants_html &= x->req.route->template != NULL;
	return code;
}

enum cvp_code
cvp_request_read(struct cvp_exchange *x)
{
	const char *cookies = cvp_cgi(x, "HTTP_COOKIE"), *query = cvp_cgi(x, "QUERY_STRING");
	json_t *parameters = cvp_own(x->ctx, json_object());
	enum cvp_code code, query_code = CVP_OK;

	read_request_id(x);
	x->req.reply = &x->reply;
	x->req.query = parameters;
	x->req.body = cvp_own(x->ctx, json_object());
	x->req.cookie = cookie(x, cookies, SESSION_COOKIE);
	x->csrf_cookie = cookie(x, cookies, CSRF_COOKIE);
	x->req.idempotency_key = cvp_cgi(x, "HTTP_IDEMPOTENCY_KEY");
	x->req.if_match = cvp_cgi(x, "HTTP_IF_MATCH");
	x->req.prefer = cvp_cgi(x, "HTTP_PREFER");
	code = find_route(x);
	if (query != NULL)
		query_code = cvp_form_parse(x->ctx, query, strlen(query), true, parameters);
	read_language(x, cookies);
	if (code != CVP_OK || query_code != CVP_OK)
		return x->ctx->err.code;
	if (x->req.idempotency_key != NULL && !cvp_id_is_valid(x->req.idempotency_key))
		return cvp_fail_at(x->ctx, CVP_INVALID_INPUT, "/Idempotency-Key",
				   "Idempotency-Key must be 1 to 255 of A-Z a-z 0-9 . _ : @ -");
	return CVP_OK;
}

const char *
cvp_path(const struct cvp_request *req, const char *name)
{
	for (size_t i = 0; i < CVP_COUNT(req->path) && req->path[i].name != NULL; i++)
		if (strcmp(req->path[i].name, name) == 0)
			return req->path[i].value;
	abort(); /* a handler that asks for a name its route has not: a fault no request can cause */
}

int
cvp_path_int(const struct cvp_request *req, const char *name)
{
	return (int)strtol(cvp_path(req, name), NULL, 10);
}

const char *
cvp_query(const struct cvp_request *req, const char *name)
{
	return json_string_value(json_object_get(req->query, name));
}

enum cvp_code
cvp_query_int(struct cvp_ctx *ctx, const struct cvp_request *req, const char *name, int least, int most, int fallback,
	      int *value)
{
	const char *text = cvp_query(req, name);
	char *end;
	long number;

	*value = fallback;
	if (text == NULL)
		return CVP_OK;
	number = strtol(text, &end, 10);
	if (*end != '\0' || number < least || number > most)
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, cvp_arena_printf(ctx->arena, "/%s", name),
				   "%s must be a whole number from %d to %d.", name, least, most);
	*value = (int)number;
	return CVP_OK;
}

const char *
cvp_body_text(const struct cvp_request *req, const char *name)
{
	return json_string_value(json_object_get(req->body, name));
}

#define WAIT_MAX 120 /* seconds (SPEC 4.1) */

int
cvp_prefer_wait(const struct cvp_request *req)
{
	const char *wait;
	long seconds;

	if (req->prefer == NULL)
		return -1;
	if (strcasestr(req->prefer, "respond-async") != NULL)
		return 0;
	wait = strcasestr(req->prefer, "wait=");
	if (wait == NULL || wait[5] < '0' || wait[5] > '9')
		return -1;
	seconds = strtol(wait + 5, NULL, 10);
	return seconds < WAIT_MAX ? (int)seconds : WAIT_MAX;
}
