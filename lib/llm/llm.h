/* llm.h - calls to a language model over HTTP, many at once, and what policy and prices say about them.
 *
 * A struct cvp_llm belongs to the thread that made it: one curl_multi, whose loop is cvp_llm_poll(). It repeats nothing
 * and keeps no count of failures; its caller does, by the functions at the end, which are pure. The credential is in no
 * message, log line or outcome. */
#ifndef CVP_LLM_LLM_H
#define CVP_LLM_LLM_H

#include <stddef.h>

#include "core/model.h"

struct cvp_ctx;
struct cvp_llm;

/* Who is told about a call. Both are called from within cvp_llm_poll(), on the thread that polls. */
struct cvp_llm_watcher {
	/* More has come: the tokens written so far, estimated until the provider counts them. May be NULL. It may
	 * cancel calls. */
	void (*progress)(void *owner, int64_t output_tokens);
	/* The call is over and forgotten: owner may begin another, here too. The outcome dies when this returns. */
	void (*ended)(void *owner, const struct cvp_model_outcome *outcome);
};

/* Reads the settings LLM_... of ctx->config. CVP_INVALID_INPUT names the one that is missing or bad; also where
 * LLM_PROVIDER is builtin, which has no model to call. *llm keeps nothing of ctx and is freed by cvp_llm_free(). */
CVP_CHECKED enum cvp_code cvp_llm_new(struct cvp_ctx *ctx, struct cvp_llm **llm);

/* Cancels what is open, closes the connections. NULL is fine. */
void cvp_llm_free(struct cvp_llm *llm);

/* The provider's name, and the model configured for a class. As long as llm lives. */
const char *cvp_llm_provider(const struct cvp_llm *llm);
const char *cvp_llm_model(const struct cvp_llm *llm, enum cvp_model_class class);

/* Begins a call; it moves while cvp_llm_poll() runs, and ends with exactly one ended() unless it is cancelled. request
 * and what it points to are borrowed until then, watcher too. owner: not NULL, with no other call open. */
void cvp_llm_begin(struct cvp_llm *llm, const struct cvp_model_request *request, const struct cvp_llm_watcher *watcher,
		   void *owner);

/* Waits for the network at most timeout_ms, or until wake_fd (-1: none) is readable, which it does not read; then moves
 * all calls and ends those that are over. */
void cvp_llm_poll(struct cvp_llm *llm, int timeout_ms, int wake_fd);

/* Drops the owner's call without a further word to it; nothing where none is open. */
void cvp_llm_cancel(struct cvp_llm *llm, const void *owner);

/* Calls begun and neither ended nor cancelled. */
size_t cvp_llm_open(const struct cvp_llm *llm);

/* What a failure means. */
struct cvp_llm_fault {
	enum cvp_code code;
	bool is_transient;
};

/* Of an HTTP status other than 200 (SPEC 9, row retry). */
struct cvp_llm_fault cvp_llm_fault_of_status(long status);

/* Of a transfer that failed: a CURLcode other than CURLE_OK. */
struct cvp_llm_fault cvp_llm_fault_of_transfer(int curl_code);

/* Retry-After as microseconds from now: seconds or an HTTP date, never below 0; -1 for NULL and for anything else. */
int64_t cvp_llm_retry_after(const char *text, int64_t now);

#define CVP_LLM_REPEATS 3 /* of one call at most */

/* Microseconds to wait before the repeat-th repetition (1 to CVP_LLM_REPEATS): 1, 2, 4 seconds, a quarter more or less
 * as `random` (any number) has it; retry_after (microseconds, -1: none) wins. -1 where the provider asks for more than
 * 60 seconds: so long nobody waits, the job's run_at takes it. */
int64_t cvp_llm_wait_before(int repeat, int64_t retry_after, uint32_t random);

/* US dollars a million tokens (SPEC 9, row cost). */
struct cvp_llm_price {
	double input, output;
};

/* US dollars that so many tokens cost; does not read usage->cost_usd. */
double cvp_llm_cost(const struct cvp_llm_price *price, const struct cvp_model_usage *usage);

#endif
