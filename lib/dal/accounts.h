/* accounts.h - users, their sign-ins, sessions and tokens, and the token buckets of the rate limits. */
#ifndef CVP_DAL_ACCOUNTS_H
#define CVP_DAL_ACCOUNTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"
#include "core/id.h"

struct cvp_ctx;

/* SHA-256 of a credential: what is stored of it. */
struct cvp_token_hash {
	unsigned char bytes[CVP_SHA256_BYTES];
};
struct cvp_token_hash cvp_token_hash(const char *token);

/* Whom a credential stands for. Texts are in the context. */
struct cvp_identity {
	const char *user_id;
	const char *csrf;   /* of a session; NULL for a token */
	const char *locale; /* NULL: not chosen */
	bool is_admin, is_recruiter;
	int64_t last_used_at, expires_at;
};

/* Makes the user; CVP_CONFLICT where the id is taken. email: sealed into the profile, or NULL. */
CVP_CHECKED enum cvp_code cvp_user_create(struct cvp_ctx *ctx, const char *user_id, const char *email);

/* Makes the user where it does not exist yet; for trusted callers and the command. */
CVP_CHECKED enum cvp_code cvp_user_ensure(struct cvp_ctx *ctx, const char *user_id);

/* Gives or takes a role: candidate, recruiter, admin. CVP_NOT_FOUND for a user who is not there. */
CVP_CHECKED enum cvp_code cvp_user_set_role(struct cvp_ctx *ctx, const char *user_id, const char *role, bool has_it);

/* {user_id, roles[], locale, email?, created_at}. CVP_NOT_FOUND. */
CVP_CHECKED enum cvp_code cvp_user_get(struct cvp_ctx *ctx, const char *user_id, json_t **user);

/* email is folded by the caller; it is stored as a keyed hash only. CVP_CONFLICT where it has a login. */
CVP_CHECKED enum cvp_code cvp_login_create(struct cvp_ctx *ctx, const char *email, const char *user_id,
					   const char *password_hash);

/* CVP_NOT_FOUND where the email has none. */
CVP_CHECKED enum cvp_code cvp_login_get(struct cvp_ctx *ctx, const char *email, const char **user_id,
					const char **password_hash);

CVP_CHECKED enum cvp_code cvp_session_create(struct cvp_ctx *ctx, const struct cvp_token_hash *hash,
					     const char *user_id, const char *csrf, int64_t expires_at);
CVP_CHECKED enum cvp_code cvp_session_get(struct cvp_ctx *ctx, const struct cvp_token_hash *hash,
					  struct cvp_identity *identity);
/* Renews the session's end; to be called at most once a minute. */
CVP_CHECKED enum cvp_code cvp_session_touch(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, int64_t expires_at);
CVP_CHECKED enum cvp_code cvp_session_delete(struct cvp_ctx *ctx, const struct cvp_token_hash *hash);

CVP_CHECKED enum cvp_code cvp_api_token_create(struct cvp_ctx *ctx, const struct cvp_token_hash *hash,
					       const char *user_id, const char *label, int64_t expires_at);
CVP_CHECKED enum cvp_code cvp_api_token_get(struct cvp_ctx *ctx, const struct cvp_token_hash *hash,
					    struct cvp_identity *identity);
CVP_CHECKED enum cvp_code cvp_api_token_touch(struct cvp_ctx *ctx, const struct cvp_token_hash *hash);

/* [{token_id, label, created_at, last_used_at?, expires_at?}], newest first. */
CVP_CHECKED enum cvp_code cvp_api_token_list(struct cvp_ctx *ctx, const char *user_id, json_t **tokens);

/* CVP_NOT_FOUND where the user has no such token. */
CVP_CHECKED enum cvp_code cvp_api_token_delete(struct cvp_ctx *ctx, const char *user_id, const char *token_id);

/* A token bucket (SPEC 3): refills at per_second up to burst, a request takes one. */
struct cvp_rate {
	const char *class;
	double per_second;
	int burst;
};

/* A bucket after a request asked it for a token. */
struct cvp_bucket {
	bool is_spent; /* false: there was none, the request is refused and took nothing */
	double tokens; /* what is left */
};

/* Takes one token of the subject's bucket, where there is one. The subject is stored as a keyed hash. */
CVP_CHECKED enum cvp_code cvp_rate_spend(struct cvp_ctx *ctx, const struct cvp_rate *rate, const char *subject,
					 struct cvp_bucket *bucket);

/* Puts a token back that was taken for nothing. */
CVP_CHECKED enum cvp_code cvp_rate_return(struct cvp_ctx *ctx, const struct cvp_rate *rate, const char *subject);

#endif
