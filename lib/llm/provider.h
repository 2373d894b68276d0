/* provider.h - what differs from one model API to the next: a table each, and what a reply has come to (reply.c).
 *
 * Inside lib/llm. Nothing outside a provider's table asks which provider it is. */
#ifndef CVP_LLM_PROVIDER_H
#define CVP_LLM_PROVIDER_H

#include <stddef.h>

#include "core/buf.h"
#include "core/model.h"
#include "llm/llm.h"

#define CVP_LLM_ANSWER_MAX ((size_t)1024 * 1024) /* bytes of the answer's JSON */
#define CVP_LLM_REASON_MAX 300                   /* bytes of a provider's words that a message quotes */

/* Why the model wrote no further. */
enum cvp_stop { CVP_STOP_NONE, CVP_STOP_DONE, CVP_STOP_LENGTH, CVP_STOP_REFUSED, CVP_STOP_OTHER };

/* What came so far; the provider's functions write it. */
struct cvp_reply {
	struct cvp_buf text; /* the answer's JSON as it comes */
	json_t *answer;      /* the answer where it came as a value; owned */
	int64_t block;       /* of a stream in blocks: the one that holds the answer; -1: not yet */
	enum cvp_stop stop;
	bool is_whole;                      /* the provider said that nothing follows */
	bool is_broken;                     /* something was not what the API promises */
	long error_status;                  /* of an error in mid-stream: the HTTP status it stands for; 0: none */
	char error[CVP_LLM_REASON_MAX + 1]; /* and its words */
	struct cvp_model_usage usage;
};

/* A request as a provider is to put it. */
struct cvp_question {
	const struct cvp_model_request *request;
	const char *model;
	bool is_loose; /* the server knows no schemas: say it in words */
};

struct cvp_provider {
	const char *name, *base_url, *path;
	const char *key_header; /* what stands before the key */
	const char *const *headers;
	bool needs_key; /* also of a server of one's own */
	/* The body, a new reference. */
	json_t *(*body)(const struct cvp_question *question);
	/* One event of a stream. */
	void (*event)(struct cvp_reply *reply, const char *data, size_t length);
	/* An answer that came as one document. */
	void (*document)(struct cvp_reply *reply, const json_t *document);
	/* Does the refusal (its status and words) mean that the server knows no schemas? NULL: there are none such. */
	bool (*knows_no_schema)(long status, const char *reason);
};

extern const struct cvp_provider cvp_provider_anthropic, cvp_provider_openai;

void cvp_reply_init(struct cvp_reply *reply);
void cvp_reply_free(struct cvp_reply *reply);

/* An error object in the stream: {message, ...}. status: what it stands for. */
void cvp_reply_error(struct cvp_reply *reply, const json_t *error, long status);

/* The provider's sentence out of an error's body, {"error": {"message"}} and its relatives; "" where there is none.
 * One line, at most CVP_LLM_REASON_MAX bytes, cut between characters. */
void cvp_llm_reason(const json_t *body, char reason[CVP_LLM_REASON_MAX + 1]);

/* Copies a provider's words so: one line, no control characters, cut between characters. */
void cvp_llm_quote(const char *text, char quoted[CVP_LLM_REASON_MAX + 1]);

/* A count among a usage's members; `otherwise` where it is absent or no whole number from 0. */
int64_t cvp_llm_count(const json_t *usage, const char *name, int64_t otherwise);

/* Reads the answer out of a reply that came to its end: CVP_OK and reply->answer, or the code and, in message (of size
 * bytes), why. max_tokens: what the request allowed. */
enum cvp_code cvp_reply_conclude(struct cvp_reply *reply, int max_tokens, char *message, size_t size);

#endif
