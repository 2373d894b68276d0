#include "service/gate.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/config.h"
#include "core/ctx.h"
#include "core/id.h"
#include "core/log.h"
#include "core/turn.h"
#include "dal/accounts.h"
#include "dal/db.h"
#include "dal/keys.h"
#include "dal/waits.h"
#include "dal/wake.h"
#include "service/assets.h"

#define CACHE_SLOTS           1024
#define FRESH_MICROS          (5 * CVP_SECOND)
#define STALE_MICROS          (15 * 60 * CVP_SECOND)
#define TOUCH_MICROS          (60 * CVP_SECOND)
#define LOCAL_USER            "local"

#define PASSWORDS_AT_ONCE     4 /* each takes the memory below for tens of milliseconds */
#define PASSWORD_MEMORY       ((size_t)19 * 1024 * 1024)
#define PASSWORD_PASSES       2
#define PASSWORD_WAIT_SECONDS 10
#define DOCUMENT_WAIT_SECONDS 30

/* A credential found good not long ago, at the slot its hash begins with. */
struct remembered {
	struct cvp_token_hash hash;
	int64_t at;               /* monotonic; 0: empty */
	struct cvp_caller caller; /* its texts are the members below */
	char user_id[CVP_ID_MAX + 1], csrf[64], locale[8];
	bool has_csrf, has_locale;
};

struct cvp_gate {
	const struct cvp_config *config;
	struct cvp_keys *keys;
	struct cvp_db_pool *pool;
	struct cvp_waker *waker;
	struct cvp_waits *waits;
	struct cvp_assets *assets;
	sem_t passwords, documents[2]; /* documents: by way */
	pthread_mutex_t lock;          /* of the cache */
	struct remembered *cache;
};

enum cvp_code
cvp_gate_open(struct cvp_ctx *ctx, bool with_assets, struct cvp_gate **gate)
{
	struct cvp_gate *opened = cvp_xcalloc(1, sizeof(*opened));
	enum cvp_code code;

	opened->config = ctx->config;
	opened->cache = cvp_xcalloc(CACHE_SLOTS, sizeof(*opened->cache));
	pthread_mutex_init(&opened->lock, NULL);
	sem_init(&opened->passwords, 0, PASSWORDS_AT_ONCE);
	sem_init(&opened->documents[CVP_DOCUMENT_IN], 0, (unsigned)cvp_config_int(ctx->config, CVP_SET_EXTRACT_JOBS));
	sem_init(&opened->documents[CVP_DOCUMENT_OUT], 0, (unsigned)cvp_config_int(ctx->config, CVP_SET_EXPORT_JOBS));
	code = cvp_keys_load(ctx, &opened->keys);
	if (code == CVP_OK && with_assets)
		code = cvp_assets_load(ctx, cvp_config_text(ctx->config, CVP_SET_DATA_DIR), &opened->assets);
	if (code == CVP_OK) {
		opened->pool = cvp_db_pool_new(ctx->config, opened->keys);
		opened->waker = cvp_waker_start(ctx->config, opened->pool);
		opened->waits = cvp_waits_new(ctx->config, opened->pool,
					      (int)cvp_config_int(ctx->config, CVP_SET_THREADS) / 2);
		*gate = opened;
	} else {
		cvp_gate_close(opened);
	}
	return code;
}

void
cvp_gate_close(struct cvp_gate *gate)
{
	if (gate == NULL)
		return;
	cvp_waker_stop(gate->waker);
	cvp_waits_free(gate->waits);
	cvp_db_pool_free(gate->pool);
	cvp_assets_free(gate->assets);
	cvp_keys_free(gate->keys);
	sem_destroy(&gate->documents[CVP_DOCUMENT_IN]);
	sem_destroy(&gate->documents[CVP_DOCUMENT_OUT]);
	sem_destroy(&gate->passwords);
	pthread_mutex_destroy(&gate->lock);
	free(gate->cache);
	free(gate);
}

void
cvp_gate_stop(struct cvp_gate *gate)
{
	cvp_waits_stop(gate->waits);
}

void
cvp_gate_enter(struct cvp_ctx *ctx, struct cvp_gate *gate)
{
	ctx->gate = gate;
	ctx->config = gate->config;
	ctx->db = cvp_db_new(gate->pool);
}

void
cvp_gate_leave(struct cvp_ctx *ctx)
{
	cvp_db_free(ctx->db);
	ctx->db = NULL;
	ctx->gate = NULL;
}

const struct cvp_assets *
cvp_gate_assets(const struct cvp_ctx *ctx)
{
	return ctx->gate->assets;
}

struct cvp_waker *
cvp_gate_waker(const struct cvp_ctx *ctx)
{
	return ctx->gate->waker;
}

struct cvp_waits *
cvp_gate_waits(const struct cvp_ctx *ctx)
{
	return ctx->gate->waits;
}

struct cvp_db_pool *
cvp_gate_pool(const struct cvp_gate *gate)
{
	return gate->pool;
}

bool
cvp_gate_has_database(struct cvp_ctx *ctx)
{
	bool answers = cvp_db_health(ctx) == CVP_OK;

	cvp_clear(ctx);
	return answers;
}

/* A place, unless none comes free in time. */
static bool
wait_for(sem_t *places, int seconds)
{
	struct timespec until;
	int failed;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += seconds;
	do
		failed = sem_timedwait(places, &until);
	while (failed != 0 && errno == EINTR);
	return failed == 0;
}

static enum cvp_code
begin_password(struct cvp_ctx *ctx)
{
	if (wait_for(&ctx->gate->passwords, PASSWORD_WAIT_SECONDS))
		return CVP_OK;
	return cvp_fail(ctx, CVP_BUSY, "Too many sign-ins at once; try again shortly.");
}

enum cvp_code
cvp_gate_begin_document(struct cvp_ctx *ctx, enum cvp_document_way way)
{
	if (ctx->gate == NULL)
		return CVP_OK;
	cvp_turn_leave(ctx->turn);
	if (wait_for(&ctx->gate->documents[way], DOCUMENT_WAIT_SECONDS))
		return CVP_OK;
	return cvp_fail(ctx, CVP_BUSY, "Too many documents are at work; try again in a minute.");
}

void
cvp_gate_end_document(struct cvp_ctx *ctx, enum cvp_document_way way)
{
	if (ctx->gate != NULL)
		sem_post(&ctx->gate->documents[way]);
}

enum cvp_code
cvp_password_hash(struct cvp_ctx *ctx, const char *password, const char **hash)
{
	char *text = cvp_arena_alloc(ctx->arena, crypto_pwhash_STRBYTES);
	enum cvp_code code;
	int failed;

	code = begin_password(ctx);
	if (code != CVP_OK)
		return code;
	failed = crypto_pwhash_str_alg(text, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY,
				       crypto_pwhash_ALG_ARGON2ID13);
	sem_post(&ctx->gate->passwords);
	if (failed != 0)
		return cvp_fail(ctx, CVP_INTERNAL_ERROR, "The password could not be hashed.");
	*hash = text;
	return CVP_OK;
}

enum cvp_code
cvp_password_verify(struct cvp_ctx *ctx, const char *password, const char *hash)
{
	enum cvp_code code;
	const char *unused;
	int differs;

	if (hash == NULL) {
		code = cvp_password_hash(ctx, password, &unused);
		if (code != CVP_OK)
			return code;
	} else {
		code = begin_password(ctx);
		if (code != CVP_OK)
			return code;
		differs = crypto_pwhash_str_verify(hash, password, strlen(password));
		sem_post(&ctx->gate->passwords);
		if (differs == 0)
			return CVP_OK;
	}
	return cvp_fail(ctx, CVP_UNAUTHORIZED, "Email or password is wrong.");
}

static struct remembered *
slot_of(struct cvp_gate *gate, const struct cvp_token_hash *hash)
{
	return &gate->cache[(hash->bytes[0] | hash->bytes[1] << 8) % CACHE_SLOTS];
}

/* Copies a remembered caller that is at most max_age old into the context. */
static bool
recall(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, int64_t max_age, struct cvp_caller *caller)
{
	struct remembered *slot = slot_of(ctx->gate, hash);
	bool is_found;

	pthread_mutex_lock(&ctx->gate->lock);
	is_found = slot->at != 0 && cvp_monotonic() - slot->at <= max_age &&
		   memcmp(slot->hash.bytes, hash->bytes, sizeof(hash->bytes)) == 0;
	if (is_found) {
		*caller = slot->caller;
		caller->user_id = cvp_arena_strdup(ctx->arena, slot->user_id);
		caller->csrf = slot->has_csrf ? cvp_arena_strdup(ctx->arena, slot->csrf) : NULL;
		caller->locale = slot->has_locale ? cvp_arena_strdup(ctx->arena, slot->locale) : NULL;
	}
	pthread_mutex_unlock(&ctx->gate->lock);
	return is_found;
}

static bool
keep_text(char *to, size_t size, const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	if (text == NULL || length >= size)
		return false;
	memcpy(to, text, length + 1);
	return true;
}

static void
remember(struct cvp_gate *gate, const struct cvp_token_hash *hash, const struct cvp_caller *caller)
{
	struct remembered *slot = slot_of(gate, hash);

	pthread_mutex_lock(&gate->lock);
	slot->hash = *hash;
	slot->caller = *caller;
	slot->has_csrf = keep_text(slot->csrf, sizeof(slot->csrf), caller->csrf);
	slot->has_locale = keep_text(slot->locale, sizeof(slot->locale), caller->locale);
	slot->at = keep_text(slot->user_id, sizeof(slot->user_id), caller->user_id) ? cvp_monotonic() : 0;
	pthread_mutex_unlock(&gate->lock);
}

void
cvp_gate_forget(struct cvp_gate *gate, const char *credential)
{
	struct cvp_token_hash hash = cvp_token_hash(credential);
	struct remembered *slot = slot_of(gate, &hash);

	pthread_mutex_lock(&gate->lock);
	slot->at = 0;
	pthread_mutex_unlock(&gate->lock);
}

/* Notes the use, at most once a minute; a failure of that is no failure of the request. */
static void
touch(struct cvp_ctx *ctx, const struct cvp_token_hash *hash, const struct cvp_identity *identity, enum cvp_proof proof)
{
	int64_t now = cvp_now(ctx);
	enum cvp_code code;

	if (now - identity->last_used_at < TOUCH_MICROS)
		return;
	if (proof == CVP_BY_COOKIE)
		code = cvp_session_touch(ctx, hash, now + CVP_SESSION_SECONDS * CVP_SECOND);
	else
		code = cvp_api_token_touch(ctx, hash);
	if (code != CVP_OK)
		cvp_clear(ctx);
}

static enum cvp_code
look_up(struct cvp_ctx *ctx, const char *credential, enum cvp_proof proof, struct cvp_caller *caller)
{
	struct cvp_token_hash hash = cvp_token_hash(credential);
	struct cvp_identity identity;
	enum cvp_code code;

	if (recall(ctx, &hash, FRESH_MICROS, caller))
		return CVP_OK;
	code = proof == CVP_BY_COOKIE ? cvp_session_get(ctx, &hash, &identity)
				      : cvp_api_token_get(ctx, &hash, &identity);
	if (code == CVP_DATABASE_ERROR && recall(ctx, &hash, STALE_MICROS, caller)) {
		cvp_clear(ctx);
		return CVP_OK;
	}
	if (code != CVP_OK)
		return code;
	touch(ctx, &hash, &identity, proof);
	*caller = (struct cvp_caller){
		.proof = proof,
		.user_id = identity.user_id,
		.csrf = identity.csrf,
		.locale = identity.locale,
		.is_admin = identity.is_admin,
		.is_recruiter = identity.is_recruiter,
	};
	remember(ctx->gate, &hash, caller);
	return CVP_OK;
}

static bool
is_loopback(const char *address)
{
	return address != NULL &&
	       (strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0 || strncmp(address, "unix:", 5) == 0);
}

static enum cvp_code
trust(struct cvp_ctx *ctx, const struct cvp_credentials *credentials, struct cvp_caller *caller)
{
	const char *claimed = credentials->claimed;

	if (!is_loopback(credentials->address))
		return cvp_fail(ctx, CVP_FORBIDDEN, "This service trusts callers on its own machine only.");
	if (credentials->has_foreign_origin)
		return cvp_fail(ctx, CVP_FORBIDDEN, "Pages of other sites may not call this service.");
	if (claimed != NULL && !cvp_id_is_valid(claimed))
		return cvp_fail_at(ctx, CVP_INVALID_INPUT, "/user_id",
				   "user_id must be 1 to 255 of A-Z a-z 0-9 . _ : @ -");
	*caller = (struct cvp_caller){
		.proof = CVP_BY_TRUST,
		.user_id = claimed != NULL ? claimed : LOCAL_USER,
		.is_unnamed = claimed == NULL,
	};
	return CVP_OK;
}

enum cvp_code
cvp_gate_identify(struct cvp_ctx *ctx, const struct cvp_credentials *credentials, struct cvp_caller *caller)
{
	enum cvp_code code = CVP_OK;

	*caller = (struct cvp_caller){ 0 };
	if (credentials->bearer != NULL)
		code = look_up(ctx, credentials->bearer, CVP_BY_TOKEN, caller);
	else if (credentials->cookie != NULL && *credentials->cookie != '\0')
		code = look_up(ctx, credentials->cookie, CVP_BY_COOKIE, caller);
	else if (strcmp(cvp_config_text(ctx->config, CVP_SET_AUTH_MODE), "trusted") == 0)
		code = trust(ctx, credentials, caller);
	caller->address = credentials->address;
	return code;
}

static struct cvp_rate
rate_of(const struct cvp_config *config, enum cvp_limit limit)
{
	switch (limit) {
	case CVP_LIMIT_SUBMIT:
		return (struct cvp_rate){ "submit", (double)cvp_config_int(config, CVP_SET_RATE_SUBMIT_PER_SECOND),
					  (int)cvp_config_int(config, CVP_SET_RATE_SUBMIT_BURST) };
	case CVP_LIMIT_SIGNIN:
		return (struct cvp_rate){ "signin", (double)cvp_config_int(config, CVP_SET_RATE_SIGNIN_PER_MINUTE) / 60,
					  (int)cvp_config_int(config, CVP_SET_RATE_SIGNIN_PER_MINUTE) };
	case CVP_LIMIT_GENERATION:
	case CVP_LIMIT_NONE:
		break;
	}
	return (struct cvp_rate){ "generation", (double)cvp_config_int(config, CVP_SET_RATE_GENERATION_PER_MINUTE) / 60,
				  (int)cvp_config_int(config, CVP_SET_RATE_GENERATION_BURST) };
}

enum cvp_code
cvp_gate_spend(struct cvp_ctx *ctx, enum cvp_limit limit, const char *subject, struct cvp_allowance *allowance)
{
	struct cvp_rate rate = rate_of(ctx->config, limit);
	struct cvp_bucket bucket;
	enum cvp_code code;

	*allowance = (struct cvp_allowance){ 0 };
	if (limit == CVP_LIMIT_NONE || !cvp_config_bool(ctx->config, CVP_SET_RATE_LIMITS))
		return CVP_OK;
	code = cvp_rate_spend(ctx, &rate, subject, &bucket);
	if (code != CVP_OK)
		return code;
	allowance->is_limited = true;
	allowance->limit = rate.burst;
	allowance->remaining = (int)floor(fmax(0, bucket.tokens));
	allowance->reset = (int64_t)ceil((rate.burst - bucket.tokens) / rate.per_second);
	if (bucket.is_spent)
		return CVP_OK;
	allowance->retry_after = (int)ceil((1 - bucket.tokens) / rate.per_second);
	return cvp_fail(ctx, CVP_RATE_LIMIT_EXCEEDED, "Too many requests; try again in %d s.", allowance->retry_after);
}

enum cvp_code
cvp_gate_return(struct cvp_ctx *ctx, enum cvp_limit limit, const char *subject, struct cvp_allowance *allowance)
{
	struct cvp_rate rate = rate_of(ctx->config, limit);

	if (!allowance->is_limited)
		return CVP_OK;
	allowance->remaining++;
	return cvp_rate_return(ctx, &rate, subject);
}
