/* account.h - registering, signing in and out, API tokens. Models are the wire's (SPEC 4.2). */
#ifndef CVP_SERVICE_ACCOUNT_H
#define CVP_SERVICE_ACCOUNT_H

#include <jansson.h>

#include "core/code.h"
#include "core/id.h"
#include "service/gate.h"

struct cvp_ctx;

/* A session that began: its cookie goes to the browser, nothing of it is stored but the hash. */
struct cvp_session {
	char cookie[CVP_TOKEN_SIZE];
	const char *csrf;
};

/* body: {email, password, locale?}. Makes the account and its first session. *model: {user_id, csrf_token}.
 * CVP_CONFLICT for an email that has an account; spends the sign-in buckets of account and address. */
CVP_CHECKED enum cvp_code cvp_account_register(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					       struct cvp_session *session, struct cvp_allowance *allowance,
					       json_t **model);

/* body: {email, password}. *model: {user_id, csrf_token}. CVP_UNAUTHORIZED tells nothing of which was wrong. */
CVP_CHECKED enum cvp_code cvp_account_sign_in(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
					      struct cvp_session *session, struct cvp_allowance *allowance,
					      json_t **model);

/* Gives a user who exists, or is made, an email and a password to sign in with. CVP_CONFLICT where the email has one.
 */
CVP_CHECKED enum cvp_code cvp_account_login_create(struct cvp_ctx *ctx, const char *user_id, const char *email,
						   const char *password);

/* Ends the session of a cookie; an unknown one is as good as ended. */
CVP_CHECKED enum cvp_code cvp_account_sign_out(struct cvp_ctx *ctx, const char *cookie);

/* *model: {user_id, email?, roles[], locale?, created_at}. */
CVP_CHECKED enum cvp_code cvp_account_profile(struct cvp_ctx *ctx, const struct cvp_caller *caller, json_t **model);

/* body: {label?}. *model: {token_id, token, label}: the only time the token is shown. */
CVP_CHECKED enum cvp_code cvp_account_token_create(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						   const json_t *body, json_t **model);

/* *model: {tokens[]}. */
CVP_CHECKED enum cvp_code cvp_account_token_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, json_t **model);

CVP_CHECKED enum cvp_code cvp_account_token_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller,
						   const char *token_id);

#endif
