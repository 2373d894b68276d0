/* ask.h - calls as the tests make them: a model opened on some server, one question, what its owner was told. */
#ifndef CVP_TEST_LLM_ASK_H
#define CVP_TEST_LLM_ASK_H

#include "llm/llm.h"

#define KEY        "sk-test-not-to-be-seen"
#define MAX_TOKENS 64

enum { ANTHROPIC, OPENAI, PROVIDERS };
extern const char *const providers[PROVIDERS];

/* What a call's owner was told. */
struct told {
	int progresses, ends;
	int64_t tokens;
	enum cvp_code code;
	bool is_transient, is_ok;
	int64_t retry_after;
	char message[512];
	struct cvp_model_usage usage;
};

extern const struct cvp_llm_watcher watcher; /* of an owner that is a struct told */
extern struct cvp_llm *llm;

/* Around each test. What a test sets in the environment before it opens llm is in force. */
void set_up(void);
void tear_down(void);

/* Opens llm on the server of tests/llm/run, on one at a port of loopback, or at an address. */
void open_llm(int provider);
void open_at_port(int provider, int port);
void open_at(int provider, const char *server);
void close_llm(void);

struct cvp_model_request request_of(const char *user);
void poll_until_all_ended(void);

/* One call to its end. */
struct told ask(const char *user);

/* The call failed so, and its message holds the words. */
void assert_failed(const struct told *told, enum cvp_code code, bool is_transient, const char *words);

#endif
