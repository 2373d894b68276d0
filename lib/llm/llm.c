#include "llm/llm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/ctx.h"
#include "llm/reactor.h"
#include "llm/settings.h"
#include "llm/sse.h"

#define RESPONSE_MAX    ((size_t)4 * 1024 * 1024) /* bytes of one response in all, stream or document */
#define EVENT_MAX       ((size_t)2 * 1024 * 1024) /* of one event; an answer may come as one */
#define KEPT_MAX        1024                      /* connections: fewer would close those of other open calls */
#define CONNECT_SECONDS 10
#define UPLOAD_BYTES    16384 /* curl's least; 64 KB a call by itself */
#define BYTES_A_TOKEN   4     /* of JSON in English, to estimate progress */
#define MESSAGE_MAX     512
#define REAL_DIGITS     15 /* 0.7, not 0.69999999999999996 */

enum form { FORM_NONE, FORM_EVENTS, FORM_DOCUMENT };

/* One call; kept with its curl handle for the next when it is over. */
struct call {
	struct cvp_llm *llm;
	CURL *easy;
	void *owner; /* NULL: not in use */
	const struct cvp_llm_watcher *watcher;
	const struct cvp_model_request *request;
	char *body; /* NULL: could not be written, the call ends at the next poll */
	struct cvp_reply reply;
	struct cvp_sse sse;
	struct cvp_buf document; /* what came outside a stream: a whole answer, an error */
	size_t received;
	enum form form;
	bool is_loose, has_news, is_too_large;
	int64_t begun_at; /* monotonic */
	char trouble[CURL_ERROR_SIZE];
};

struct cvp_llm {
	struct cvp_reactor reactor;
	struct cvp_llm_settings settings;
	struct call **calls; /* in use or not */
	size_t count, open, stillborn;
	bool is_loose; /* the server was found to know no schemas */
	bool has_news; /* one of the calls has */
};

/* How a call ended, before it is told. */
struct verdict {
	struct cvp_llm_fault fault;
	char message[MESSAGE_MAX];
};

const char *
cvp_llm_provider(const struct cvp_llm *llm)
{
	return llm->settings.provider->name;
}

const char *
cvp_llm_model(const struct cvp_llm *llm, enum cvp_model_class class)
{
	return llm->settings.models[class];
}

size_t
cvp_llm_open(const struct cvp_llm *llm)
{
	return llm->open;
}

/* What a call held of its owner and its answer is gone; the handle, which keeps the connection's way, stays. */
static void
clear(struct call *call)
{
	free(call->body);
	call->body = NULL;
	cvp_reply_free(&call->reply);
	cvp_sse_free(&call->sse);
	cvp_buf_free(&call->document);
	call->received = 0;
	call->form = FORM_NONE;
	call->is_loose = call->has_news = call->is_too_large = false;
	call->trouble[0] = '\0';
}

static void
release(struct call *call)
{
	if (call->body != NULL)
		curl_multi_remove_handle(call->llm->reactor.multi, call->easy);
	else
		call->llm->stillborn--;
	clear(call);
	call->owner = NULL;
	call->llm->open--;
}

void
cvp_llm_free(struct cvp_llm *llm)
{
	if (llm == NULL)
		return;
	for (size_t i = 0; i < llm->count; i++) {
		if (llm->calls[i]->owner != NULL)
			release(llm->calls[i]);
		curl_easy_cleanup(llm->calls[i]->easy);
		free(llm->calls[i]);
	}
	free(llm->calls);
	cvp_reactor_close(&llm->reactor);
	cvp_llm_settings_free(&llm->settings);
	curl_global_cleanup();
	free(llm);
}

/* sse.h's taker. */
static void
take_event(void *owner, const char *type, const char *data, size_t length)
{
	struct call *call = owner;

	(void)type; /* both APIs say it in the data, too */
	call->llm->settings.provider->event(&call->reply, data, length);
	call->has_news = call->llm->has_news = true;
}

/* By the response's head: a stream of events is taken apart as it comes, all else is kept until its end. */
static enum form
form_of_response(CURL *easy)
{
	const char *type = NULL;
	long status = 0;

	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
	if (status == 200 && type != NULL && strncasecmp(type, "text/event-stream", 17) == 0)
		return FORM_EVENTS;
	return FORM_DOCUMENT;
}

/* curl's writer: anything but `length` ends the transfer. */
static size_t
take_bytes(char *bytes, size_t one, size_t length, void *owner)
{
	struct call *call = owner;

	(void)one;
	call->received += length;
	if (call->received > RESPONSE_MAX) {
		call->is_too_large = true;
		return 0;
	}
	if (call->form == FORM_NONE)
		call->form = form_of_response(call->easy);
	if (call->form == FORM_EVENTS)
		call->is_too_large = !cvp_sse_feed(&call->sse, bytes, length) || cvp_buf_failed(&call->reply.text);
	else
		cvp_buf_add(&call->document, bytes, length);
	return call->is_too_large ? 0 : length;
}

/* What is the same for every call of this handle; false where libcurl cannot be held to it. */
static bool
set_up(struct call *call)
{
	const struct cvp_llm_settings *settings = &call->llm->settings;
	CURL *easy = call->easy;
	int failed = 0;

	failed |= (int)curl_easy_setopt(easy, CURLOPT_URL, settings->url);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, settings->headers);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_USERAGENT, "careervp");
	failed |= (int)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	failed |= (int)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_TIMEOUT, settings->timeout_seconds);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, settings->stall_seconds);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, (long)UPLOAD_BYTES);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->trouble);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	failed |= (int)curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
	return failed == 0;
}

/* NULL where libcurl refuses. */
static struct call *
add_call(struct cvp_llm *llm)
{
	struct call *call = cvp_xcalloc(1, sizeof(*call));

	call->llm = llm;
	call->easy = curl_easy_init();
	if (call->easy == NULL || !set_up(call)) {
		curl_easy_cleanup(call->easy);
		free(call);
		return NULL;
	}
	cvp_reply_init(&call->reply);
	cvp_buf_init(&call->document, RESPONSE_MAX);
	llm->calls = cvp_xrealloc(llm->calls, (llm->count + 1) * sizeof(*llm->calls));
	llm->calls[llm->count++] = call;
	return call;
}

enum cvp_code
cvp_llm_new(struct cvp_ctx *ctx, struct cvp_llm **llm)
{
	struct cvp_llm *made = cvp_xcalloc(1, sizeof(*made));
	enum cvp_code code;

	curl_global_init(CURL_GLOBAL_DEFAULT); /* counted, and safe in any thread since 7.84 */
	cvp_reactor_open(&made->reactor);
	curl_multi_setopt(made->reactor.multi, CURLMOPT_MAXCONNECTS, (long)KEPT_MAX);
	code = cvp_llm_settings_read(ctx, &made->settings);
	if (code == CVP_OK && add_call(made) == NULL)
		code = cvp_fail(ctx, CVP_INTERNAL_ERROR, "libcurl does not take the options that a model call needs");
	if (code == CVP_OK)
		*llm = made;
	else
		cvp_llm_free(made);
	return code;
}

/* A call not in use, or a new one. */
static struct call *
find_call(struct cvp_llm *llm)
{
	struct call *call;

	for (size_t i = 0; llm->open < llm->count && i < llm->count; i++)
		if (llm->calls[i]->owner == NULL)
			return llm->calls[i];
	call = add_call(llm);
	if (call == NULL) /* the first one did not fail */
		cvp_out_of_memory();
	return call;
}

static char *
write_body(const struct call *call)
{
	const struct cvp_llm_settings *settings = &call->llm->settings;
	struct cvp_question question = { call->request, settings->models[call->request->class], call->is_loose };
	json_t *body = settings->provider->body(&question);
	char *text = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS));

	json_decref(body);
	return text;
}

static void
start(struct call *call, bool is_loose)
{
	call->is_loose = is_loose;
	call->body = write_body(call);
	if (call->body == NULL) {
		call->llm->stillborn++;
		return;
	}
	cvp_sse_init(&call->sse, EVENT_MAX, take_event, call);
	curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(call->body));
	curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, call->body);
	curl_multi_add_handle(call->llm->reactor.multi, call->easy);
}

void
cvp_llm_begin(struct cvp_llm *llm, const struct cvp_model_request *request, const struct cvp_llm_watcher *watcher,
	      void *owner)
{
	struct call *call = find_call(llm);

	call->owner = owner;
	call->watcher = watcher;
	call->request = request;
	call->begun_at = cvp_monotonic();
	llm->open++;
	start(call, llm->is_loose);
}

void
cvp_llm_cancel(struct cvp_llm *llm, const void *owner)
{
	for (size_t i = 0; i < llm->count; i++)
		if (llm->calls[i]->owner == owner && owner != NULL)
			release(llm->calls[i]);
}

static void __attribute__((format(printf, 4, 5)))
rule(struct verdict *verdict, enum cvp_code code, bool is_transient, const char *format, ...)
{
	va_list args;

	verdict->fault = (struct cvp_llm_fault){ code, is_transient };
	va_start(args, format);
	vsnprintf(verdict->message, sizeof(verdict->message), format, args);
	va_end(args);
}

/* The words of an error's body, if it has any. */
static void
read_reason(struct call *call, char reason[CVP_LLM_REASON_MAX + 1])
{
	json_t *body;

	if (call->document.length > 0)
		cvp_llm_blot(&call->llm->settings, call->document.data); /* before the words are cut */
	body = json_loads(cvp_buf_string(&call->document), JSON_DECODE_ANY, NULL);
	cvp_llm_reason(body, reason);
	json_decref(body);
}

static void
judge_status(struct call *call, long status, struct verdict *verdict)
{
	char reason[CVP_LLM_REASON_MAX + 1];
	struct cvp_llm_fault fault = cvp_llm_fault_of_status(status);

	read_reason(call, reason);
	rule(verdict, fault.code, fault.is_transient, "%s answered %ld%s%s", cvp_llm_provider(call->llm), status,
	     *reason != '\0' ? ": " : "", reason);
}

static void
judge_transfer(const struct call *call, CURLcode result, struct verdict *verdict)
{
	const char *trouble = call->trouble[0] != '\0' ? call->trouble : curl_easy_strerror(result);
	struct cvp_llm_fault fault = cvp_llm_fault_of_transfer((int)result);
	bool is_cut = call->form == FORM_EVENTS && fault.code != CVP_LLM_TIMEOUT;

	rule(verdict, fault.code, fault.is_transient, "%s%s: %s", cvp_llm_provider(call->llm),
	     is_cut ? " was cut in mid-stream" : "", trouble);
}

static void
judge_answer(struct call *call, struct verdict *verdict)
{
	verdict->fault.code = cvp_reply_conclude(&call->reply, call->request->max_tokens, verdict->message,
						 sizeof(verdict->message));
}

static void
judge_stream(const struct call *call, struct verdict *verdict)
{
	struct cvp_llm_fault fault = cvp_llm_fault_of_status(call->reply.error_status);

	rule(verdict, fault.code, fault.is_transient, "%s failed in mid-stream: %s", cvp_llm_provider(call->llm),
	     call->reply.error);
}

static void
judge(struct call *call, CURLcode result, long status, struct verdict *verdict)
{
	const struct cvp_reply *reply = &call->reply;
	const char *provider = cvp_llm_provider(call->llm);

	if (call->body == NULL)
		rule(verdict, CVP_LLM_REQUEST_REJECTED, false, "the request is not JSON: its text is not UTF-8");
	else if (status != 0 && status != 200)
		judge_status(call, status, verdict);
	else if (call->is_too_large)
		rule(verdict, CVP_LLM_BAD_ANSWER, false, "%s answered more than is taken", provider);
	else if (reply->error_status != 0)
		judge_stream(call, verdict);
	else if (result != CURLE_OK && !reply->is_whole)
		judge_transfer(call, result, verdict);
	else if (!reply->is_whole && !reply->is_broken)
		rule(verdict, CVP_LLM_API_ERROR, true, "%s was cut in mid-stream", provider);
	else
		judge_answer(call, verdict);
	cvp_llm_blot(&call->llm->settings, verdict->message);
}

static void
read_document(struct call *call)
{
	json_t *document = json_loadb(cvp_buf_string(&call->document), call->document.length, 0, NULL);

	if (json_is_object(document))
		call->llm->settings.provider->document(&call->reply, document);
	else
		call->reply.is_broken = true;
	json_decref(document);
}

/* A server that knows no schemas is asked once more, with the schema in words. */
static bool
asks_again(struct call *call, long status)
{
	const struct cvp_provider *provider = call->llm->settings.provider;
	char reason[CVP_LLM_REASON_MAX + 1];

	if (status == 200 || provider->knows_no_schema == NULL || call->is_loose || call->body == NULL)
		return false;
	read_reason(call, reason);
	if (!provider->knows_no_schema(status, reason))
		return false;
	curl_multi_remove_handle(call->llm->reactor.multi, call->easy);
	clear(call);
	start(call, true);
	return true;
}

static int64_t
retry_after(const struct call *call)
{
	struct curl_header *header;

	if (call->body == NULL ||
	    curl_easy_header(call->easy, "Retry-After", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
		return -1;
	return cvp_llm_retry_after(header->value, cvp_clock_system.now(&cvp_clock_system));
}

/* The call is given back before its owner hears of it, who may begin another. */
static void
tell_end(struct call *call, const struct verdict *verdict)
{
	enum cvp_model_class class = call->request->class;
	const struct cvp_llm_watcher *watcher = call->watcher;
	void *owner = call->owner;
	struct cvp_reply reply = call->reply;
	struct cvp_model_outcome outcome = {
		.code = verdict->fault.code,
		.message = verdict->fault.code == CVP_OK ? NULL : verdict->message,
		.retry_after = verdict->fault.code == CVP_OK ? -1 : retry_after(call),
		.is_transient = verdict->fault.is_transient,
		.answer = verdict->fault.code == CVP_OK ? reply.answer : NULL,
		.model = cvp_llm_model(call->llm, class),
		.usage = reply.usage,
		.micros = cvp_monotonic() - call->begun_at,
	};

	outcome.usage.cost_usd = cvp_llm_cost(&call->llm->settings.prices[class], &outcome.usage);
	cvp_reply_init(&call->reply);
	release(call);
	watcher->ended(owner, &outcome);
	cvp_reply_free(&reply);
}

static void
finish(struct call *call, CURLcode result)
{
	struct verdict verdict = { .fault.code = CVP_OK };
	long status = 0;

	if (call->body != NULL)
		curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	if (asks_again(call, status))
		return;
	if (status == 200 && call->form != FORM_EVENTS && result == CURLE_OK)
		read_document(call);
	if (status == 200 && call->is_loose)
		call->llm->is_loose = true;
	judge(call, result, status, &verdict);
	tell_end(call, &verdict);
}

/* By index, not by pointer: who is told may begin and cancel calls. */
static void
tell_progress(struct cvp_llm *llm)
{
	llm->has_news = false;
	for (size_t i = 0; i < llm->count; i++) {
		struct call *call = llm->calls[i];
		int64_t estimate = (int64_t)(call->reply.text.length / BYTES_A_TOKEN);
		int64_t counted = call->reply.usage.output_tokens;

		if (!call->has_news || call->owner == NULL)
			continue;
		call->has_news = false;
		if (call->watcher->progress != NULL)
			call->watcher->progress(call->owner, counted > estimate ? counted : estimate);
	}
}

static void
end_finished(struct cvp_llm *llm)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(llm->reactor.multi, &left)) != NULL) {
		struct call *call;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
		finish(call, message->data.result);
	}
	for (size_t i = 0; llm->stillborn > 0 && i < llm->count; i++)
		if (llm->calls[i]->owner != NULL && llm->calls[i]->body == NULL)
			finish(llm->calls[i], CURLE_OK);
}

void
cvp_llm_poll(struct cvp_llm *llm, int timeout_ms, int wake_fd)
{
	cvp_reactor_run(&llm->reactor, llm->stillborn > 0 ? 0 : timeout_ms, wake_fd);
	if (llm->has_news)
		tell_progress(llm);
	end_finished(llm);
}
