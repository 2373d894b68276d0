/* ctx.h - what one request or one job carries along: memory, the first failure, database, clock, settings, log fields.
 *
 * Made by the layer that begins the work (web, worker, command), handed down by pointer, never global, used by one
 * thread at a time. Nothing below keeps it after it returns. */
#ifndef CVP_CORE_CTX_H
#define CVP_CORE_CTX_H

#include <jansson.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/clock.h"
#include "core/code.h"

struct cvp_config;
struct cvp_db;   /* dal/db.h */
struct cvp_gate; /* service/gate.h */

/* The first failure of the work. details: an array of {pointer, message}, or another value, or NULL; in the arena. */
struct cvp_error {
	enum cvp_code code;
	const char *message; /* a sentence for the caller: no credentials, SQL or CV content */
	json_t *details;
	bool is_logged; /* a line about it is in the log already */
};

struct cvp_log_fields {
	const char *request_id, *job_id; /* NULL where there is none */
};

struct cvp_ctx {
	struct cvp_arena *arena;
	struct cvp_error err;
	enum cvp_done done;
	struct cvp_db *db; /* NULL where no database is in reach (pure work, the command line) */
	const struct cvp_clock *clock;
	const struct cvp_config *config;
	struct cvp_log_fields log;
	struct cvp_turn *turn; /* the thread's, given up while it waits (turn.h); NULL where threads are not counted */
	struct cvp_gate *gate; /* what all work of the program shares; NULL on the command line */
};

/* A context on arena with the system's clock and nothing else. */
void cvp_ctx_init(struct cvp_ctx *ctx, struct cvp_arena *arena);

/* Ends one piece of work and begins the next: resets the arena, forgets failure, success and log fields. */
void cvp_ctx_reset(struct cvp_ctx *ctx);

int64_t cvp_now(const struct cvp_ctx *ctx);

/* Records a failure and returns its code; when one is recorded already, that one stays and its code is returned. */
enum cvp_code cvp_fail(struct cvp_ctx *ctx, enum cvp_code code, const char *format, ...) CVP_PRINTF(3, 4);

/* The same, with the place: details becomes [{"pointer": pointer, "message": ...}]. */
enum cvp_code cvp_fail_at(struct cvp_ctx *ctx, enum cvp_code code, const char *pointer, const char *format, ...)
    CVP_PRINTF(4, 5);

/* The same, with details of the caller's making (reference taken). */
enum cvp_code cvp_fail_details(struct cvp_ctx *ctx, enum cvp_code code, json_t *details, const char *format, ...)
    CVP_PRINTF(4, 5);

/* The failure lies at or below this place of the request: puts it in front of the pointers of its details; where there
 * are none, it becomes the place. Returns the code. */
enum cvp_code cvp_fail_below(struct cvp_ctx *ctx, const char *place);

/* Forgets the failure: for a caller that has dealt with it (a retry, a fallback). */
void cvp_clear(struct cvp_ctx *ctx);

/* Names the success and returns CVP_OK, so that a handler may end with `return cvp_done(ctx, ...)`. */
enum cvp_code cvp_done(struct cvp_ctx *ctx, enum cvp_done done);

/* Hands a JSON reference to the context's arena; the value stays valid as long as the context's memory. */
json_t *cvp_own(struct cvp_ctx *ctx, json_t *value);

#endif
