/* account - registering, signing in and out, the profile, API tokens. */
#include "service/account.h"

#include <string.h>

#include "core/ctx.h"
#include "web/web.h"

static enum cvp_code
empty_page(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *next = cvp_query(req, "next");

	*model = cvp_own(ctx, json_pack("{s:s*}", "next", next));
	return CVP_OK;
}

/* Where a form leads after signing in: a path of our own, never another site. */
static const char *
next_page(const struct cvp_request *req)
{
	const char *next = cvp_body_text(req, "next");

	if (next == NULL || next[0] != '/' || next[1] == '/' || strpbrk(next, "\\\r\n\t") != NULL)
		return "/applications";
	return next;
}

static enum cvp_code
begun(struct cvp_ctx *ctx, const struct cvp_request *req, const struct cvp_session *session, enum cvp_code code)
{
	if (code != CVP_OK)
		return code;
	req->reply->set_cookie = cvp_arena_strdup(ctx->arena, session->cookie);
	req->reply->location = next_page(req);
	return CVP_OK;
}

static enum cvp_code
register_account(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_session session;

	return begun(ctx, req, &session,
		     cvp_account_register(ctx, &req->caller, req->body, &session, &req->reply->allowance, model));
}

static enum cvp_code
sign_in(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	struct cvp_session session;

	return begun(ctx, req, &session,
		     cvp_account_sign_in(ctx, &req->caller, req->body, &session, &req->reply->allowance, model));
}

static enum cvp_code
sign_out(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	enum cvp_code code = CVP_OK;

	(void)model;
	if (req->cookie != NULL)
		code = cvp_account_sign_out(ctx, req->cookie);
	if (code != CVP_OK)
		return code;
	req->reply->set_cookie = "";
	req->reply->location = "/";
	return cvp_done(ctx, CVP_DONE_NO_CONTENT);
}

static enum cvp_code
profile(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_account_profile(ctx, &req->caller, model);
}

static enum cvp_code
list_tokens(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_account_token_list(ctx, &req->caller, model);
}

static enum cvp_code
create_token(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	return cvp_account_token_create(ctx, &req->caller, req->body, model);
}

static enum cvp_code
delete_token(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	(void)model;
	return cvp_account_token_delete(ctx, &req->caller, cvp_path(req, "token_id"));
}

/* The page's two buttons. A new token is shown on the page that answers, and never again: no redirect here. */
static enum cvp_code
change_tokens(struct cvp_ctx *ctx, const struct cvp_request *req, json_t **model)
{
	const char *action = cvp_body_text(req, "_action"), *token_id = cvp_body_text(req, "token_id");
	json_t *made = NULL;
	enum cvp_code code;

	if (action != NULL && strcmp(action, "delete") == 0 && token_id != NULL) {
		req->reply->location = "/tokens";
		return cvp_account_token_delete(ctx, &req->caller, token_id);
	}
	code = cvp_account_token_create(ctx, &req->caller, req->body, &made);
	if (code == CVP_OK)
		code = cvp_account_token_list(ctx, &req->caller, model);
	if (code == CVP_OK)
		json_object_set(*model, "made", made);
	return code;
}

static const struct cvp_route routes[] = {
	{ CVP_POST, "/api/account", "account", register_account, NULL, 0 },
	{ CVP_GET, "/api/account", NULL, profile, NULL, CVP_USER },
	{ CVP_POST, "/api/session", "account", sign_in, NULL, 0 },
	{ CVP_DELETE, "/api/session", NULL, sign_out, NULL, 0 },
	{ CVP_GET, "/api/tokens", NULL, list_tokens, NULL, CVP_USER },
	{ CVP_POST, "/api/tokens", "token", create_token, NULL, CVP_USER },
	{ CVP_DELETE, "/api/tokens/{token_id}", NULL, delete_token, NULL, CVP_USER },
	{ CVP_GET, "/register", NULL, empty_page, "account/register", 0 },
	{ CVP_POST, "/register", "account", register_account, "account/register", 0 },
	{ CVP_GET, "/signin", NULL, empty_page, "account/signin", 0 },
	{ CVP_POST, "/signin", "account", sign_in, "account/signin", 0 },
	{ CVP_GET, "/account", NULL, profile, "account/account", CVP_USER },
	{ CVP_POST, "/account", NULL, sign_out, "account/account", CVP_USER },
	{ CVP_GET, "/tokens", NULL, list_tokens, "account/tokens", CVP_USER },
	{ CVP_POST, "/tokens", "token", change_tokens, "account/tokens", CVP_USER },
};

int
main(int argc, char **argv)
{
	return cvp_serve("account", routes, CVP_COUNT(routes), argc, argv);
}
