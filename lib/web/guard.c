#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "core/config.h"
#include "web/http.h"

/* "127.0.0.1:8080", "localhost", "[::1]:8080" */
static bool
names_loopback(const char *host)
{
	return strncmp(host, "127.", 4) == 0 || strncasecmp(host, "[::1]", 5) == 0 ||
	       (strncasecmp(host, "localhost", 9) == 0 && (host[9] == '\0' || host[9] == ':'));
}

/* The host of an Origin ("https://host:port") differs from the Host the request came to, or that is a name which a page
 * elsewhere may have made lead here (DNS rebinding). */
static bool
has_foreign_origin(const struct cvp_exchange *x)
{
	const char *origin = cvp_cgi(x, "HTTP_ORIGIN"), *host = cvp_cgi(x, "HTTP_HOST");
	const char *authority = origin != NULL ? strstr(origin, "://") : NULL;

	if (host != NULL && !names_loopback(host))
		return true;
	if (origin == NULL)
		return false;
	return authority == NULL || host == NULL || strcasecmp(authority + 3, host) != 0;
}

static const char *
bearer(struct cvp_exchange *x)
{
	const char *header = cvp_cgi(x, "HTTP_AUTHORIZATION");

	return header != NULL && strncasecmp(header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

/* Who the request says it is for: believed in trusted mode, else only compared. */
static const char *
claimed_user(struct cvp_exchange *x)
{
	const char *claimed = json_string_value(json_object_get(x->req.body, "user_id"));

	if (claimed == NULL)
		claimed = json_string_value(json_object_get(x->req.query, "user_id"));
	return claimed != NULL ? claimed : cvp_cgi(x, "HTTP_X_USER_ID");
}

static enum cvp_code
identify(struct cvp_exchange *x)
{
	struct cvp_credentials credentials = {
		.bearer = bearer(x),
		.cookie = x->req.cookie,
		.claimed = claimed_user(x),
		.address = cvp_cgi(x, "REMOTE_ADDR"),
		.has_foreign_origin = has_foreign_origin(x),
	};
	enum cvp_code code;

	code = cvp_gate_identify(x->ctx, &credentials, &x->req.caller);
	if (code == CVP_UNAUTHORIZED && credentials.bearer == NULL) {
		/* a cookie that is over: the browser is simply not signed in any more */
		cvp_clear(x->ctx);
		credentials.cookie = NULL;
		x->req.cookie = NULL;
		code = cvp_gate_identify(x->ctx, &credentials, &x->req.caller);
	}
	if (code == CVP_OK && x->req.caller.locale != NULL && !x->has_language_choice)
		x->language = x->req.caller.locale;
	return code;
}

static enum cvp_code
require_user(struct cvp_exchange *x)
{
	unsigned flags = x->req.route->flags;

	if ((flags & CVP_USER) != 0 && x->req.caller.user_id == NULL)
		return cvp_fail(x->ctx, CVP_UNAUTHORIZED, "Sign in, or send a token.");
	if ((flags & CVP_ADMIN) != 0 && !x->req.caller.is_admin)
		return cvp_fail(x->ctx, CVP_FORBIDDEN, "This is for operators of the service.");
	return CVP_OK;
}

/* Every post a browser could be tricked into: those that carry its cookie, and forms. */
static bool
needs_csrf(const struct cvp_exchange *x)
{
	if (cvp_is_safe(&x->req))
		return false;
	return x->req.caller.proof == CVP_BY_COOKIE || (x->req.caller.proof == CVP_BY_NOTHING && x->req.is_form);
}

static enum cvp_code
check_csrf(struct cvp_exchange *x)
{
	const char *expected = x->req.caller.csrf != NULL ? x->req.caller.csrf : x->csrf_cookie;
	const char *sent = json_string_value(json_object_get(x->req.body, "_csrf"));

	if (!needs_csrf(x))
		return CVP_OK;
	if (sent == NULL)
		sent = cvp_cgi(x, "HTTP_X_CSRF_TOKEN");
	if (expected != NULL && sent != NULL && strlen(expected) >= 32 && strlen(expected) == strlen(sent) &&
	    sodium_memcmp(expected, sent, strlen(expected)) == 0)
		return CVP_OK;
	return cvp_fail_at(x->ctx, CVP_CSRF_FAILED, "/_csrf", "The form is too old or not ours; load the page again.");
}

static enum cvp_code
check_user_id(struct cvp_exchange *x)
{
	const char *claimed = json_string_value(json_object_get(x->req.body, "user_id"));

	if (claimed == NULL || x->req.caller.user_id == NULL || strcmp(claimed, x->req.caller.user_id) == 0)
		return CVP_OK;
	return cvp_fail_at(x->ctx, CVP_FORBIDDEN, "/user_id", "user_id is not yours.");
}

static enum cvp_code
check_schema(struct cvp_exchange *x)
{
	const char *name = x->req.route->schema;

	if (name == NULL)
		return CVP_OK;
	name = cvp_arena_printf(x->ctx->arena, "%s.json", name);
	return cvp_schema_validate(x->ctx, cvp_schemas_get(x->site->schemas, name), x->req.body);
}

static enum cvp_code
spend(struct cvp_exchange *x)
{
	const struct cvp_caller *caller = &x->req.caller;
	const char *subject = caller->user_id != NULL ? caller->user_id : caller->address;

	if ((x->req.route->flags & CVP_SPEND_GENERATION) == 0 || subject == NULL)
		return CVP_OK;
	return cvp_gate_spend(x->ctx, CVP_LIMIT_GENERATION, subject, &x->reply.allowance);
}

static enum cvp_code
identify_user(struct cvp_exchange *x)
{
	enum cvp_code code;

	code = identify(x);
	return code == CVP_OK ? require_user(x) : code;
}

enum cvp_code
cvp_guard(struct cvp_exchange *x)
{
	/* a trusted caller names its user in the body; elsewhere a stranger's body is not even read */
	bool is_trusting = strcmp(cvp_config_text(x->ctx->config, CVP_SET_AUTH_MODE), "trusted") == 0;
	enum cvp_code code = CVP_OK;

	if (!is_trusting)
		code = identify_user(x);
	if (code == CVP_OK)
		code = cvp_body_read(x);
	if (code == CVP_OK && is_trusting)
		code = identify_user(x);
	if (code == CVP_OK)
		code = check_csrf(x);
	if (code == CVP_OK)
		code = check_user_id(x);
	if (code == CVP_OK)
		code = spend(x);
	return code == CVP_OK ? check_schema(x) : code;
}
