#include "service/account.h"

#include <string.h>

#include "core/ctx.h"
#include "dal/accounts.h"
#include "dal/db.h"
#include "text/text.h"

#define PASSWORD_MIN 10
#define PASSWORD_MAX 1000 /* bytes; hashing takes no more of anybody's time than that */
#define EMAIL_MAX    254

static const char *
member_text(const json_t *body, const char *name)
{
	const char *text = json_string_value(json_object_get(body, name));

	return text != NULL ? text : "";
}

/* The email as it is compared: without spaces around, without case. */
static enum cvp_code
take_email(struct cvp_ctx *ctx, const json_t *body, const char **email)
{
	const char *folded = cvp_text_fold(ctx, member_text(body, "email"));
	const char *at = strchr(folded, '@');

	if (at == NULL || at == folded || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
	    strpbrk(folded, " \t\r\n<>") != NULL || strlen(folded) > EMAIL_MAX)
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/email", "This is no email address.");
	*email = folded;
	return CVP_OK;
}

static enum cvp_code
check_password(struct cvp_ctx *ctx, const char *password)
{
	if (cvp_text_length(password) < PASSWORD_MIN)
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/password", "A password has at least %d characters.",
				   PASSWORD_MIN);
	if (strlen(password) > PASSWORD_MAX)
		return cvp_fail_at(ctx, CVP_VALIDATION_ERROR, "/password", "A password has at most %d bytes.",
				   PASSWORD_MAX);
	return CVP_OK;
}

/* Per account and per address (SPEC 3), so that neither one account nor one machine can be tried for long. */
static enum cvp_code
spend_sign_in(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *email, struct cvp_allowance *allowance)
{
	const char *address = caller->address != NULL ? caller->address : "unknown";
	enum cvp_code code;

	code = cvp_gate_spend(ctx, CVP_LIMIT_SIGNIN, cvp_arena_printf(ctx->arena, "address:%s", address), allowance);
	if (code == CVP_OK)
		code = cvp_gate_spend(ctx, CVP_LIMIT_SIGNIN, cvp_arena_printf(ctx->arena, "email:%s", email),
				      allowance);
	return code;
}

static enum cvp_code
begin_session(struct cvp_ctx *ctx, const char *user_id, struct cvp_session *session, json_t **model)
{
	struct cvp_token_hash hash;
	enum cvp_code code;

	cvp_token_new(session->cookie);
	hash = cvp_token_hash(session->cookie);
	session->csrf = cvp_arena_strdup(ctx->arena, cvp_uuid_new().text);
	code = cvp_session_create(ctx, &hash, user_id, session->csrf, cvp_now(ctx) + CVP_SESSION_SECONDS * CVP_SECOND);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:s, s:s}", "user_id", user_id, "csrf_token", session->csrf));
	return code;
}

static enum cvp_code
create_account(struct cvp_ctx *ctx, const char *email, const char *password_hash, struct cvp_session *session,
	       json_t **model)
{
	struct cvp_uuid user_id = cvp_uuid_new();
	enum cvp_code code;

	code = cvp_db_begin(ctx);
	if (code != CVP_OK)
		return code;
	code = cvp_user_create(ctx, user_id.text, email);
	if (code == CVP_OK)
		code = cvp_login_create(ctx, email, user_id.text, password_hash);
	if (code == CVP_OK)
		code = begin_session(ctx, user_id.text, session, model);
	if (code == CVP_OK)
		return cvp_db_commit(ctx);
	cvp_db_rollback(ctx);
	if (code != CVP_CONFLICT)
		return code;
	cvp_clear(ctx);
	return cvp_fail_at(ctx, CVP_CONFLICT, "/email", "This email has an account already.");
}

enum cvp_code
cvp_account_register(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
		     struct cvp_session *session, struct cvp_allowance *allowance, json_t **model)
{
	const char *email, *hash, *password = member_text(body, "password");
	enum cvp_code code;

	code = take_email(ctx, body, &email);
	if (code == CVP_OK)
		code = check_password(ctx, password);
	if (code == CVP_OK)
		code = spend_sign_in(ctx, caller, email, allowance);
	if (code == CVP_OK)
		code = cvp_password_hash(ctx, password, &hash);
	if (code == CVP_OK)
		code = create_account(ctx, email, hash, session, model);
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_CREATED) : code;
}

enum cvp_code
cvp_account_sign_in(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body,
		    struct cvp_session *session, struct cvp_allowance *allowance, json_t **model)
{
	const char *email, *user_id = NULL, *hash = NULL, *password = member_text(body, "password");
	enum cvp_code code;

	code = take_email(ctx, body, &email);
	if (code == CVP_OK)
		code = spend_sign_in(ctx, caller, email, allowance);
	if (code != CVP_OK)
		return code;
	code = cvp_login_get(ctx, email, &user_id, &hash);
	if (code == CVP_NOT_FOUND)
		cvp_clear(ctx);
	else if (code != CVP_OK)
		return code;
	code = cvp_password_verify(ctx, password, hash);
	return code == CVP_OK ? begin_session(ctx, user_id, session, model) : code;
}

enum cvp_code
cvp_account_login_create(struct cvp_ctx *ctx, const char *user_id, const char *email, const char *password)
{
	const char *folded, *hash;
	enum cvp_code code;

	code = take_email(ctx, cvp_own(ctx, json_pack("{s:s}", "email", email)), &folded);
	if (code == CVP_OK)
		code = check_password(ctx, password);
	if (code == CVP_OK)
		code = cvp_password_hash(ctx, password, &hash);
	if (code == CVP_OK)
		code = cvp_user_ensure(ctx, user_id);
	return code == CVP_OK ? cvp_login_create(ctx, folded, user_id, hash) : code;
}

enum cvp_code
cvp_account_sign_out(struct cvp_ctx *ctx, const char *cookie)
{
	struct cvp_token_hash hash = cvp_token_hash(cookie);

	cvp_gate_forget(ctx->gate, cookie);
	return cvp_session_delete(ctx, &hash);
}

enum cvp_code
cvp_account_profile(struct cvp_ctx *ctx, const struct cvp_caller *caller, json_t **model)
{
	enum cvp_code code = CVP_OK;

	if (caller->proof == CVP_BY_TRUST)
		code = cvp_user_ensure(ctx, caller->user_id);
	return code == CVP_OK ? cvp_user_get(ctx, caller->user_id, model) : code;
}

enum cvp_code
cvp_account_token_create(struct cvp_ctx *ctx, const struct cvp_caller *caller, const json_t *body, json_t **model)
{
	const char *label = *member_text(body, "label") != '\0' ? member_text(body, "label") : "API";
	char token[CVP_TOKEN_SIZE], id[CVP_SHA256_HEX];
	struct cvp_token_hash hash;
	enum cvp_code code;

	cvp_token_new(token);
	hash = cvp_token_hash(token);
	cvp_hex(hash.bytes, sizeof(hash.bytes), id);
	code = cvp_user_ensure(ctx, caller->user_id);
	if (code == CVP_OK)
		code = cvp_api_token_create(ctx, &hash, caller->user_id, label, CVP_FOREVER);
	if (code != CVP_OK)
		return code;
	*model = cvp_own(ctx, json_pack("{s:s, s:s, s:s}", "token_id", id, "token", token, "label", label));
	return cvp_done(ctx, CVP_DONE_CREATED);
}

enum cvp_code
cvp_account_token_list(struct cvp_ctx *ctx, const struct cvp_caller *caller, json_t **model)
{
	enum cvp_code code;
	json_t *tokens;

	code = cvp_api_token_list(ctx, caller->user_id, &tokens);
	if (code == CVP_OK)
		*model = cvp_own(ctx, json_pack("{s:O}", "tokens", tokens));
	return code;
}

enum cvp_code
cvp_account_token_delete(struct cvp_ctx *ctx, const struct cvp_caller *caller, const char *token_id)
{
	enum cvp_code code;

	code = cvp_api_token_delete(ctx, caller->user_id, token_id);
	return code == CVP_OK ? cvp_done(ctx, CVP_DONE_NO_CONTENT) : code;
}
