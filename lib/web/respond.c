#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/config.h"
#include "web/http.h"

#define PAGE_MAX       ((size_t)8 * 1024 * 1024)
#define ETAG_BYTES     16
#define COOKIE_SECONDS CVP_SESSION_SECONDS
#define RETRY_SECONDS  5 /* of a 503 that names no time */
#define PAGE_POLICY                                                                                                    \
	"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "       \
	"form-action 'self'"

/* An answer under construction. */
struct answer {
	int status;
	const char *content_type;
	struct cvp_buf headers, body;
};

static void
header(struct answer *answer, const char *name, const char *value)
{
	cvp_buf_text(&answer->headers, name);
	cvp_buf_add(&answer->headers, ": ", 2);
	/* a value never ends its line, whatever it was made of */
	cvp_buf_add(&answer->headers, value, strcspn(value, "\r\n"));
	cvp_buf_add(&answer->headers, "\r\n", 2);
}

static bool
is_https(const struct cvp_exchange *x)
{
	return strncmp(cvp_config_text(x->ctx->config, CVP_SET_PUBLIC_URL), "https:", 6) == 0;
}

static void
add_cookie(struct cvp_exchange *x, struct answer *answer, const char *name, const char *value, int64_t max_age,
	   bool is_http_only)
{
	header(answer, "Set-Cookie",
	       cvp_arena_printf(x->ctx->arena, "%s=%s; Path=/; SameSite=Lax; Max-Age=%lld%s%s", name, value,
				(long long)max_age, is_http_only ? "; HttpOnly" : "", is_https(x) ? "; Secure" : ""));
}

static void
add_cookies(struct cvp_exchange *x, struct answer *answer)
{
	const char *session = x->reply.set_cookie;

	if (session != NULL)
		add_cookie(x, answer, "cvp_session", session, *session != '\0' ? COOKIE_SECONDS : 0, true);
	if (x->is_new_csrf)
		add_cookie(x, answer, "cvp_csrf", x->csrf, CVP_DAY_SECONDS, true);
	if (x->has_language_choice)
		add_cookie(x, answer, "cvp_lang", x->language, 365 * CVP_DAY_SECONDS, true);
}

static void
add_limits(struct cvp_exchange *x, struct answer *answer)
{
	const struct cvp_allowance *allowance = &x->reply.allowance;
	int retry_after = x->reply.retry_after;

	if (allowance->is_limited) {
		cvp_buf_printf(&answer->headers,
			       "X-RateLimit-Limit: %d\r\nX-RateLimit-Remaining: %d\r\nX-RateLimit-Reset: %lld\r\n",
			       allowance->limit, allowance->remaining, (long long)allowance->reset);
		if (allowance->retry_after > 0)
			retry_after = allowance->retry_after;
	}
	if (retry_after == 0 && answer->status == 503)
		retry_after = RETRY_SECONDS;
	if (retry_after > 0)
		cvp_buf_printf(&answer->headers, "Retry-After: %d\r\n", retry_after);
}

/* CORS of SPEC 3: any page may call the JSON routes, none with credentials, none when callers are trusted. */
static void
add_cors(struct cvp_exchange *x, struct answer *answer)
{
	bool is_trusting = strcmp(cvp_config_text(x->ctx->config, CVP_SET_AUTH_MODE), "trusted") == 0;

	if (is_trusting || strncmp(answer->content_type, "application/json", 16) != 0)
		return;
	header(answer, "Access-Control-Allow-Origin", "*");
}

static void
add_headers(struct cvp_exchange *x, struct answer *answer)
{
	cvp_buf_printf(&answer->headers, "Status: %d\r\n", answer->status);
	header(answer, "X-Request-Id", x->request_id);
	header(answer, "X-Content-Type-Options", "nosniff");
	header(answer, "Cache-Control", "private, no-cache");
	add_limits(x, answer);
	add_cookies(x, answer);
	if (answer->status == 401)
		header(answer, "WWW-Authenticate", "Bearer");
	if (x->reply.allow != NULL)
		header(answer, "Allow", x->reply.allow);
	if (answer->status == 303)
		header(answer, "Location", x->reply.location);
	if (answer->status == 204 || answer->status == 303)
		return;
	header(answer, "Content-Type", answer->content_type);
	if (answer->status != 304)
		cvp_buf_printf(&answer->headers, "Content-Length: %zu\r\n", answer->body.length);
	add_cors(x, answer);
	if (strncmp(answer->content_type, "text/html", 9) == 0) {
		header(answer, "Content-Security-Policy", PAGE_POLICY);
		header(answer, "Referrer-Policy", "same-origin");
		header(answer, "Vary", "Accept, Accept-Language, Cookie");
	}
	if (x->reply.filename != NULL)
		header(answer, "Content-Disposition",
		       cvp_arena_printf(x->ctx->arena, "attachment; filename=\"%s\"", x->reply.filename));
}

/* The entity tag of a GET's body; true where the client has it already. */
static bool
tag(struct cvp_exchange *x, struct answer *answer)
{
	const char *known = cvp_cgi(x, "HTTP_IF_NONE_MATCH");
	unsigned char hash[ETAG_BYTES];
	char hex[2 * ETAG_BYTES + 1], etag[2 * ETAG_BYTES + 5];

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)cvp_buf_string(&answer->body),
			   answer->body.length, NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	/* weak: nginx may compress the body on its way */
	memcpy(etag, "W/\"", 3);
	memcpy(etag + 3, hex, sizeof(hex) - 1);
	memcpy(etag + 3 + sizeof(hex) - 1, "\"", 2);
	header(answer, "ETag", etag);
	return known != NULL && strstr(known, hex) != NULL;
}

static void
send(struct cvp_exchange *x, struct answer *answer)
{
	bool is_tagged = cvp_is_safe(&x->req) && (answer->status == 200 || answer->status == 202);

	if (is_tagged && tag(x, answer)) {
		answer->status = 304;
		cvp_buf_reset(&answer->body);
	}
	add_headers(x, answer);
	cvp_buf_text(&answer->headers, "\r\n");
	FCGX_PutStr(answer->headers.data, (int)answer->headers.length, x->fcgi->out);
	if (answer->body.length > 0)
		FCGX_PutStr(answer->body.data, (int)answer->body.length, x->fcgi->out);
	cvp_buf_free(&answer->headers);
	cvp_buf_free(&answer->body);
}

static int
append(const char *bytes, size_t length, void *buf)
{
	cvp_buf_add(buf, bytes, length);
	return 0;
}

static void
write_json(struct answer *answer, const json_t *model)
{
	answer->content_type = "application/json; charset=utf-8";
	json_dump_callback(model, append, &answer->body, JSON_COMPACT);
}

/* {success: false, error, code, details?, request_id} of SPEC 4.1. */
static json_t *
failure_model(struct cvp_exchange *x)
{
	const struct cvp_error *error = &x->ctx->err;

	return cvp_own(x->ctx,
		       json_pack("{s:b, s:s, s:s, s:O*, s:s}", "success", 0, "error", error->message, "code",
				 cvp_code_name(error->code), "details", error->details, "request_id", x->request_id));
}

/* {name: message} of the failure's details, for the fields of a form; what has no field is left to `error`. */
static json_t *
field_errors(struct cvp_exchange *x)
{
	json_t *errors = json_object(), *row;
	size_t i;

	json_array_foreach (x->ctx->err.details, i, row) {
		const char *pointer = json_string_value(json_object_get(row, "pointer"));
		const char *name = pointer != NULL && *pointer == '/' ? pointer + 1 : "";

		name = cvp_arena_strndup(x->ctx->arena, name, strcspn(name, "/"));
		if (*name != '\0' && json_object_get(errors, name) == NULL)
			json_object_set(errors, name, json_object_get(row, "message"));
	}
	return cvp_own(x->ctx, errors);
}

/* The page a failed form stands on, with what was typed and what was wrong; NULL where it has none. */
static const struct cvp_route *
page_of_form(struct cvp_exchange *x, const struct cvp_error *error, json_t **model)
{
	const struct cvp_route *page = x->req.route != NULL ? cvp_route_page_of(x->site, x->req.route) : NULL;
	json_t *failure = failure_model(x), *errors = field_errors(x), *page_model = NULL;

	if (cvp_is_safe(&x->req) || page == NULL || page->template == NULL)
		return NULL;
	if (error->code == CVP_UNAUTHORIZED && (page->flags & CVP_USER) != 0)
		return NULL; /* not a wrong password, but nobody signed in: the page would show nothing */
	cvp_clear(x->ctx);
	if (page->handler(x->ctx, &x->req, &page_model) != CVP_OK) {
		x->ctx->err = *error;
		return NULL;
	}
	*model = cvp_own(x->ctx, json_copy(page_model));
	json_object_update(*model, failure);
	json_object_set(*model, "form", (json_t *)x->req.body);
	json_object_set(*model, "errors", errors);
	x->ctx->err = *error;
	return page;
}

static void
write_failure_page(struct cvp_exchange *x, struct answer *answer)
{
	struct cvp_error error = x->ctx->err;
	const struct cvp_route *page;
	json_t *model;

	answer->content_type = "text/html; charset=utf-8";
	page = page_of_form(x, &error, &model);
	if (page == NULL) {
		model = failure_model(x);
		json_object_set_new(model, "status", json_integer(answer->status));
		json_object_set_new(model, cvp_arena_printf(x->ctx->arena, "is_%d", answer->status), json_true());
	}
	cvp_clear(x->ctx);
	if (cvp_page_render(x, page != NULL ? page->template : "error", model, &answer->body) != CVP_OK) {
		x->ctx->err = error;
		cvp_buf_reset(&answer->body);
		write_json(answer, failure_model(x));
	}
	x->ctx->err = error;
}

/* A person who is not signed in is led to the page that signs in, and from there back. */
static bool
leads_to_sign_in(struct cvp_exchange *x)
{
	if (!x->wants_html || x->ctx->err.code != CVP_UNAUTHORIZED || !cvp_is_safe(&x->req))
		return false;
	x->reply.location = cvp_arena_printf(x->ctx->arena, "/signin?next=%s",
					     cvp_percent_encode(x->ctx, cvp_cgi(x, "REQUEST_URI")));
	return true;
}

static void
answer_failure(struct cvp_exchange *x, struct answer *answer)
{
	answer->status = cvp_code_status(x->ctx->err.code);
	if (leads_to_sign_in(x))
		answer->status = 303;
	else if (x->wants_html)
		write_failure_page(x, answer);
	else
		write_json(answer, failure_model(x));
}

void
cvp_send_file(const struct cvp_request *req, const char *bytes, size_t length, const char *content_type,
	      const char *filename)
{
	req->reply->file = bytes;
	req->reply->file_length = length;
	req->reply->content_type = content_type;
	req->reply->filename = filename;
}

static void
answer_file(struct cvp_exchange *x, struct answer *answer)
{
	answer->content_type = x->reply.content_type;
	cvp_buf_add(&answer->body, x->reply.file, x->reply.file_length);
}

static enum cvp_code
answer_success(struct cvp_exchange *x, struct answer *answer, const json_t *model)
{
	answer->status = cvp_done_status(x->ctx->done);
	if (x->reply.location != NULL && x->req.is_form && x->req.route->template != NULL)
		answer->status = 303;
	else if (x->reply.file != NULL)
		answer_file(x, answer);
	else if (answer->status == 204)
		return CVP_OK;
	else if (x->wants_html && x->req.route->template != NULL) {
		answer->content_type = "text/html; charset=utf-8";
		/* for people a job under way is a page like any other */
		answer->status = 200;
		return cvp_page_render(x, x->req.route->template, model, &answer->body);
	} else
		write_json(answer, model);
	return CVP_OK;
}

void
cvp_respond(struct cvp_exchange *x, enum cvp_code code, const json_t *model)
{
	struct answer answer = { .headers = CVP_BUF(PAGE_MAX), .body = CVP_BUF(PAGE_MAX) };

	if (code == CVP_OK)
		code = answer_success(x, &answer, model);
	if (code == CVP_OK && cvp_buf_failed(&answer.body))
		code = cvp_fail(x->ctx, CVP_INTERNAL_ERROR, "The answer is too large.");
	if (code != CVP_OK) {
		cvp_buf_reset(&answer.body);
		answer_failure(x, &answer);
	}
	send(x, &answer);
}
