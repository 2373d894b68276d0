#include "dal/accounts.h"

#include <sodium.h>
#include <string.h>

#include "core/ctx.h"
#include "dal/db.h"
#include "dal/keys.h"
#include "dal/rows.h"
#include "dal/statements.h"

#define IDENTITY_COLUMNS "u.user_id, u.locale, 'admin' = ANY (u.roles), 'recruiter' = ANY (u.roles)"
#define BODY_MAX         ((size_t)64 * 1024)

enum {
	USER_INSERT,
	USER_ENSURE,
	USER_GET,
	USER_SET_ROLE,
	LOGIN_INSERT,
	LOGIN_GET,
	SESSION_INSERT,
	SESSION_GET,
	SESSION_TOUCH,
	SESSION_DELETE,
	TOKEN_INSERT,
	TOKEN_GET,
	TOKEN_TOUCH,
	TOKEN_LIST,
	TOKEN_DELETE,
	RATE_SPEND,
	RATE_RETURN
};

/* clang-format off */
static const struct cvp_stmt stmts[] = {
	[USER_INSERT] = { "user_insert", 3,
		"INSERT INTO users (user_id, profile, created_at) VALUES ($1, $2, $3)" },
	[USER_ENSURE] = { "user_ensure", 2,
		"INSERT INTO users (user_id, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING" },
	[USER_GET] = { "user_get", 1,
		"SELECT user_id, to_jsonb(roles), locale, profile, created_at FROM users WHERE user_id = $1" },
	[USER_SET_ROLE] = { "user_set_role", 3,
		"UPDATE users SET roles = array_remove(roles, $2) || CASE WHEN $3::boolean THEN ARRAY[$2] ELSE '{}'::text[] END"
		" WHERE user_id = $1" },
	[LOGIN_INSERT] = { "login_insert", 3,
		"INSERT INTO logins (email_hash, user_id, password_hash) VALUES ($1, $2, $3)" },
	[LOGIN_GET] = { "login_get", 1,
		"SELECT user_id, password_hash FROM logins WHERE email_hash = $1" },
	[SESSION_INSERT] = { "session_insert", 5,
		"INSERT INTO web_sessions (token_hash, user_id, csrf, created_at, last_used_at, expires_at) VALUES"
		" ($1, $2, $3, $4, $4, $5)" },
	[SESSION_GET] = { "session_get", 2,
		"SELECT " IDENTITY_COLUMNS ", s.last_used_at, s.expires_at, s.csrf FROM web_sessions s JOIN users u"
		" USING (user_id) WHERE s.token_hash = $1 AND s.expires_at > $2" },
	[SESSION_TOUCH] = { "session_touch", 3,
		"UPDATE web_sessions SET last_used_at = $2, expires_at = $3 WHERE token_hash = $1" },
	[SESSION_DELETE] = { "session_delete", 1,
		"DELETE FROM web_sessions WHERE token_hash = $1" },
	[TOKEN_INSERT] = { "token_insert", 5,
		"INSERT INTO api_tokens (token_hash, user_id, label, created_at, expires_at) VALUES ($1, $2, $3, $4,"
		" $5)" },
	[TOKEN_GET] = { "token_get", 2,
		"SELECT " IDENTITY_COLUMNS ", t.last_used_at, t.expires_at, NULL::text FROM api_tokens t JOIN users u"
		" USING (user_id) WHERE t.token_hash = $1 AND t.expires_at > $2" },
	[TOKEN_TOUCH] = { "token_touch", 2,
		"UPDATE api_tokens SET last_used_at = $2 WHERE token_hash = $1" },
	[TOKEN_LIST] = { "token_list", 2,
		"SELECT encode(token_hash, 'hex'), label, created_at, last_used_at, expires_at FROM api_tokens WHERE"
		" user_id = $1 AND expires_at > $2 ORDER BY created_at DESC LIMIT 1000" },
	[TOKEN_DELETE] = { "token_delete", 2,
		"DELETE FROM api_tokens WHERE user_id = $1 AND encode(token_hash, 'hex') = $2" },
	/* A bucket starts full; a refused request takes nothing. The table is unlogged, so its commit waits for no
	   disk. */
	[RATE_SPEND] = { "rate_spend", 5,
		"INSERT INTO rate_buckets AS b (subject, class, tokens, at, is_spent) VALUES ($1, $2, $5::float8 - 1,"
		" $3, true) ON CONFLICT (subject, class) DO UPDATE SET (at, tokens, is_spent) = (SELECT"
		" greatest(b.at, $3), CASE WHEN t >= 1 THEN t - 1 ELSE t END, t >= 1 FROM (SELECT least($5::float8,"
		" b.tokens + $4::float8 * greatest(0, extract(epoch FROM $3::timestamptz - b.at))) AS t) filled)"
		" RETURNING is_spent, (tokens * 1000000)::bigint" },
	[RATE_RETURN] = { "rate_return", 3,
		"UPDATE rate_buckets SET tokens = least($3::float8, tokens + 1) WHERE subject = $1 AND class = $2" },
};
/* clang-format on */

const struct cvp_stmts cvp_accounts_stmts = { stmts, CVP_COUNT(stmts) };

struct cvp_token_hash
cvp_token_hash(const char *token)
{
	struct cvp_token_hash hash;

	cvp_sha256(token, strlen(token), hash.bytes);
	return hash;
}

static struct cvp_param
hash_param(const struct cvp_token_hash *hash)
{
	return cvp_bytes(hash->bytes, sizeof(hash->bytes));
}

static enum cvp_code
seal_profile(struct cvp_ctx *ctx, const char *user_id, const char *email, struct cvp_buf *sealed)
{
	struct cvp_place place = { "users", "profile", user_id };

	if (email == NULL)
		return CVP_OK;
	return cvp_seal_json(ctx, cvp_db_codec(ctx), place, cvp_own(ctx, json_pack("{s:s}", "email", email)), sealed);
}

enum cvp_code
cvp_user_create(struct cvp_ctx *ctx, const char *user_id, const char *email)
{
	struct cvp_buf sealed = CVP_BUF(BODY_MAX);
	enum cvp_code code;

	code = seal_profile(ctx, user_id, email, &sealed);
	if (code == CVP_OK)
		code = cvp_db_exec(ctx, &stmts[USER_INSERT],
				   CVP_WITH(cvp_text(user_id), cvp_body(&sealed), cvp_time(cvp_now(ctx))), NULL);
	cvp_buf_free(&sealed);
	return code;
}

enum cvp_code
cvp_user_ensure(struct cvp_ctx *ctx, const char *user_id)
{
	return cvp_db_exec(ctx, &stmts[USER_ENSURE], CVP_WITH(cvp_text(user_id), cvp_time(cvp_now(ctx))), NULL);
}

enum cvp_code
cvp_user_set_role(struct cvp_ctx *ctx, const char *user_id, const char *role, bool has_it)
{
	enum cvp_code code;
	size_t changed;

	code = cvp_db_exec(ctx, &stmts[USER_SET_ROLE], CVP_WITH(cvp_text(user_id), cvp_text(role), cvp_bool(has_it)),
			   &changed);
	return code == CVP_OK && changed == 0 ? cvp_fail(ctx, CVP_NOT_FOUND, "User not found.") : code;
}

static enum cvp_code
decode_user(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	const char *user_id = cvp_row_text(ctx, row, 0);
	struct cvp_place place = { "users", "profile", user_id };
	json_t *user, *profile;
	enum cvp_code code;

	code = cvp_row_body(ctx, row, 3, place, &profile);
	if (code != CVP_OK)
		return code;
	user = cvp_own(ctx, json_pack("{s:s, s:O?, s:s?, s:o*, s:O*}", "user_id", user_id, "roles",
				      cvp_row_json(ctx, row, 1), "locale", cvp_row_text(ctx, row, 2), "created_at",
				      cvp_time_json(cvp_row_time(row, 4)), "email", json_object_get(profile, "email")));
	*(json_t **)out = user;
	return CVP_OK;
}

enum cvp_code
cvp_user_get(struct cvp_ctx *ctx, const char *user_id, json_t **user)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, &stmts[USER_GET], CVP_WITH(cvp_text(user_id)), decode_user, user, &count);
	if (code == CVP_OK && count == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "User not found.");
	return code;
}

enum cvp_code
cvp_login_create(struct cvp_ctx *ctx, const char *email, const char *user_id, const char *password_hash)
{
	unsigned char hash[CVP_KEY_BYTES];

	cvp_keys_hash(cvp_db_keys(ctx), email, hash);
	return cvp_db_exec(ctx, &stmts[LOGIN_INSERT],
			   CVP_WITH(cvp_bytes(hash, sizeof(hash)), cvp_text(user_id), cvp_text(password_hash)), NULL);
}

struct login {
	const char *user_id, *password_hash;
};

static enum cvp_code
decode_login(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	*(struct login *)out = (struct login){ cvp_row_text(ctx, row, 0), cvp_row_text(ctx, row, 1) };
	return CVP_OK;
}

enum cvp_code
cvp_login_get(struct cvp_ctx *ctx, const char *email, const char **user_id, const char **password_hash)
{
	unsigned char hash[CVP_KEY_BYTES];
	struct login login;
	enum cvp_code code;
	size_t count;

	cvp_keys_hash(cvp_db_keys(ctx), email, hash);
	code = cvp_db_query(ctx, &stmts[LOGIN_GET], CVP_WITH(cvp_bytes(hash, sizeof(hash))), decode_login, &login,
			    &count);
	if (code != CVP_OK)
		return code;
	if (count == 0)
		return cvp_fail(ctx, CVP_NOT_FOUND, "No such login.");
	*user_id = login.user_id;
	*password_hash = login.password_hash;
	return CVP_OK;
}

enum cvp_code
cvp_session_create(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, const char *user_id, const char *csrf,
		   int64_t expires_at)
{
	return cvp_db_exec(
	    ctx, &stmts[SESSION_INSERT],
	    CVP_WITH(hash_param(hash), cvp_text(user_id), cvp_text(csrf), cvp_time(cvp_now(ctx)), cvp_time(expires_at)),
	    NULL);
}

static enum cvp_code
decode_identity(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	*(struct cvp_identity *)out = (struct cvp_identity){
		.user_id = cvp_row_text(ctx, row, 0),
		.locale = cvp_row_text(ctx, row, 1),
		.is_admin = cvp_row_bool(row, 2),
		.is_recruiter = cvp_row_bool(row, 3),
		.last_used_at = cvp_row_time(row, 4),
		.expires_at = cvp_row_time(row, 5),
		.csrf = cvp_row_text(ctx, row, 6),
	};
	return CVP_OK;
}

static enum cvp_code
identity_get(struct cvp_ctx *ctx, const struct cvp_stmt *stmt, const struct cvp_token_hash *hash,
	     struct cvp_identity *identity)
{
	enum cvp_code code;
	size_t count;

	code = cvp_db_query(ctx, stmt, CVP_WITH(hash_param(hash), cvp_time(cvp_now(ctx))), decode_identity, identity,
			    &count);
	if (code == CVP_OK && count == 0)
		code = cvp_fail(ctx, CVP_UNAUTHORIZED, "The credential is unknown or has expired.");
	return code;
}

enum cvp_code
cvp_session_get(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, struct cvp_identity *identity)
{
	return identity_get(ctx, &stmts[SESSION_GET], hash, identity);
}

enum cvp_code
cvp_session_touch(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, int64_t expires_at)
{
	return cvp_db_exec(ctx, &stmts[SESSION_TOUCH],
			   CVP_WITH(hash_param(hash), cvp_time(cvp_now(ctx)), cvp_time(expires_at)), NULL);
}

enum cvp_code
cvp_session_delete(struct cvp_ctx *ctx, const struct cvp_token_hash *hash)
{
	return cvp_db_exec(ctx, &stmts[SESSION_DELETE], CVP_WITH(hash_param(hash)), NULL);
}

enum cvp_code
cvp_api_token_create(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, const char *user_id, const char *label,
		     int64_t expires_at)
{
	return cvp_db_exec(ctx, &stmts[TOKEN_INSERT],
			   CVP_WITH(hash_param(hash), cvp_text(user_id), cvp_text(label), cvp_time(cvp_now(ctx)),
				    cvp_time(expires_at)),
			   NULL);
}

enum cvp_code
cvp_api_token_get(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, struct cvp_identity *identity)
{
	return identity_get(ctx, &stmts[TOKEN_GET], hash, identity);
}

enum cvp_code
cvp_api_token_touch(struct cvp_ctx *ctx, const struct cvp_token_hash *hash)
{
	return cvp_db_exec(ctx, &stmts[TOKEN_TOUCH], CVP_WITH(hash_param(hash), cvp_time(cvp_now(ctx))), NULL);
}

static enum cvp_code
decode_token(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	json_array_append_new(
	    out, json_pack("{s:s, s:s, s:o*, s:o*, s:o*}", "token_id", cvp_row_text(ctx, row, 0), "label",
			   cvp_row_text(ctx, row, 1), "created_at", cvp_time_json(cvp_row_time(row, 2)), "last_used_at",
			   cvp_time_json(cvp_row_time(row, 3)), "expires_at", cvp_time_json(cvp_row_time(row, 4))));
	return CVP_OK;
}

enum cvp_code
cvp_api_token_list(struct cvp_ctx *ctx, const char *user_id, json_t **tokens)
{
	return cvp_query_list(ctx, &stmts[TOKEN_LIST], CVP_WITH(cvp_text(user_id), cvp_time(cvp_now(ctx))),
			      decode_token, tokens);
}

enum cvp_code
cvp_api_token_delete(struct cvp_ctx *ctx, const char *user_id, const char *token_id)
{
	enum cvp_code code;
	size_t deleted;

	code = cvp_db_exec(ctx, &stmts[TOKEN_DELETE], CVP_WITH(cvp_text(user_id), cvp_text(token_id)), &deleted);
	if (code == CVP_OK && deleted == 0)
		code = cvp_fail(ctx, CVP_NOT_FOUND, "Token not found.");
	return code;
}

static enum cvp_code
decode_bucket(struct cvp_ctx *ctx, const struct cvp_row *row, void *out)
{
	(void)ctx;
	*(struct cvp_bucket *)out = (struct cvp_bucket){ .is_spent = cvp_row_bool(row, 0),
							 .tokens = (double)cvp_row_int(row, 1) / 1e6 };
	return CVP_OK;
}

/* The subject as it is stored. */
static const char *
subject_hash(struct cvp_ctx *ctx, const char *subject)
{
	unsigned char hash[CVP_KEY_BYTES];
	char *hex = cvp_arena_alloc(ctx->arena, CVP_KEY_HEX);

	cvp_keys_hash(cvp_db_keys(ctx), subject, hash);
	cvp_hex(hash, sizeof(hash), hex);
	return hex;
}

enum cvp_code
cvp_rate_spend(struct cvp_ctx *ctx, const struct cvp_rate *rate, const char *subject, struct cvp_bucket *bucket)
{
	const char *per_second = cvp_arena_printf(ctx->arena, "%.9g", rate->per_second);

	return cvp_db_query(ctx, &stmts[RATE_SPEND],
			    CVP_WITH(cvp_text(subject_hash(ctx, subject)), cvp_text(rate->class),
				     cvp_time(cvp_now(ctx)), cvp_text(per_second), cvp_int(rate->burst)),
			    decode_bucket, bucket, NULL);
}

enum cvp_code
cvp_rate_return(struct cvp_ctx *ctx, const struct cvp_rate *rate, const char *subject)
{
	return cvp_db_exec(ctx, &stmts[RATE_RETURN],
			   CVP_WITH(cvp_text(subject_hash(ctx, subject)), cvp_text(rate->class), cvp_int(rate->burst)),
			   NULL);
}
