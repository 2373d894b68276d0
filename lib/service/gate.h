/* gate.h - who calls and what they may spend; and what all work of one program shares.
 *
 * The gate is opened once at start and lent to every context (ctx->gate); it is safe for all threads. It is the one
 * part of service that lib/web calls. */
#ifndef CVP_SERVICE_GATE_H
#define CVP_SERVICE_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/code.h"

#define CVP_SESSION_SECONDS INT64_C(1209600) /* 14 days idle */

struct cvp_assets;
struct cvp_config;
struct cvp_ctx;
struct cvp_db_pool;
struct cvp_gate;
struct cvp_waits;
struct cvp_waker;

/* Opens keys, database pool and waker by ctx->config; with_assets: also lexicon, artifact templates and phrases. The
 * database need not be there. CVP_INVALID_INPUT names the setting or the file that stops the program. */
CVP_CHECKED enum cvp_code cvp_gate_open(struct cvp_ctx *ctx, bool with_assets, struct cvp_gate **gate);
void cvp_gate_close(struct cvp_gate *gate);

/* The program ends soon: who waits for a job is told to answer with what is known. */
void cvp_gate_stop(struct cvp_gate *gate);

/* Gives a context its database session and the gate; cvp_gate_leave() takes the session back. One thread. */
void cvp_gate_enter(struct cvp_ctx *ctx, struct cvp_gate *gate);
void cvp_gate_leave(struct cvp_ctx *ctx);

/* What the gate holds; NULL where it was opened without. */
const struct cvp_assets *cvp_gate_assets(const struct cvp_ctx *ctx);
struct cvp_waker *cvp_gate_waker(const struct cvp_ctx *ctx);
struct cvp_waits *cvp_gate_waits(const struct cvp_ctx *ctx); /* half of the program's threads may wait */
struct cvp_db_pool *cvp_gate_pool(const struct cvp_gate *gate);

/* Does the database answer? */
bool cvp_gate_has_database(struct cvp_ctx *ctx);

/* Argon2id with the parameters of SPEC 3, at most 4 at once; others wait in line, 503 after 10 s. *hash: in the
 * context. */
CVP_CHECKED enum cvp_code cvp_password_hash(struct cvp_ctx *ctx, const char *password, const char **hash);

/* CVP_UNAUTHORIZED where it is not the password. hash NULL: takes as long as a real comparison, then refuses. */
CVP_CHECKED enum cvp_code cvp_password_verify(struct cvp_ctx *ctx, const char *password, const char *hash);

enum cvp_document_way { CVP_DOCUMENT_IN, CVP_DOCUMENT_OUT };

/* A place among the documents that are read (EXTRACT_JOBS) or made (EXPORT_JOBS) at once: CVP_BUSY where none comes
 * free within 30 s. The thread gives up its turn, for good: the idle hold theirs, and to ask it
 * back is to wait for one of them. Without a gate, on the command line, nobody waits. */
CVP_CHECKED enum cvp_code cvp_gate_begin_document(struct cvp_ctx *ctx, enum cvp_document_way way);
void cvp_gate_end_document(struct cvp_ctx *ctx, enum cvp_document_way way);

/* What a request shows of its sender. All may be NULL. */
struct cvp_credentials {
	const char *bearer;  /* token of an Authorization header */
	const char *cookie;  /* session cookie */
	const char *claimed; /* user_id of body, query or X-User-Id; believed where AUTH_MODE=trusted */
	const char *address; /* of the client */
	bool has_foreign_origin;
};

enum cvp_proof { CVP_BY_NOTHING, CVP_BY_COOKIE, CVP_BY_TOKEN, CVP_BY_TRUST };

struct cvp_caller {
	enum cvp_proof proof;
	const char *user_id; /* NULL: anonymous */
	const char *csrf;    /* what forms of this caller carry; NULL without a session */
	const char *locale;  /* NULL: not chosen */
	const char *address;
	bool is_admin, is_recruiter;
	bool is_unnamed; /* trusted, and named no user: acts for the owner of the job it names, else for `local` */
};

/* Who is it? CVP_UNAUTHORIZED for a credential that is unknown or over, CVP_FORBIDDEN for a caller trusted mode does
 * not trust; an anonymous caller is CVP_OK. Found ones are remembered for 5 s, 15 minutes while the database is away.
 */
CVP_CHECKED enum cvp_code cvp_gate_identify(struct cvp_ctx *ctx, const struct cvp_credentials *credentials,
					    struct cvp_caller *caller);

/* Forgets what is remembered of a credential, so that signing out takes effect here at once. */
void cvp_gate_forget(struct cvp_gate *gate, const char *credential);

/* The buckets of SPEC 3. */
enum cvp_limit { CVP_LIMIT_NONE, CVP_LIMIT_GENERATION, CVP_LIMIT_SUBMIT, CVP_LIMIT_SIGNIN };

/* What the X-RateLimit headers say. */
struct cvp_allowance {
	bool is_limited; /* false: limits are off, no headers */
	int limit, remaining;
	int64_t reset;   /* seconds until the bucket is full again */
	int retry_after; /* seconds; 0 unless refused */
};

/* Takes a token of subject's bucket. CVP_RATE_LIMIT_EXCEEDED where there is none. */
CVP_CHECKED enum cvp_code cvp_gate_spend(struct cvp_ctx *ctx, enum cvp_limit limit, const char *subject,
					 struct cvp_allowance *allowance);

/* Gives back what cvp_gate_spend() took, for a request that turned out to cost nothing. */
CVP_CHECKED enum cvp_code cvp_gate_return(struct cvp_ctx *ctx, enum cvp_limit limit, const char *subject,
					  struct cvp_allowance *allowance);

#endif
