/* sse.h - server-sent events (WHATWG HTML, 9.2.6 "interpreting an event stream"): bytes in, however they were cut,
 * events out.
 *
 * id and retry are read over: nobody reconnects here. What has no empty line behind it at the end is no event. */
#ifndef CVP_LLM_SSE_H
#define CVP_LLM_SSE_H

#include "core/buf.h"

/* type: "message" where the stream named none. data: its lines joined by LF, with a NUL behind. Both until it returns.
 */
typedef void cvp_sse_taker(void *owner, const char *type, const char *data, size_t length);

struct cvp_sse {
	cvp_sse_taker *take;
	void *owner;
	struct cvp_buf line, data, type; /* no memory until there is something to hold */
	size_t seen;                     /* bytes of a byte order mark met, as long as nothing else was */
	bool is_after_cr, has_begun;
};

/* max: bytes that one line, and the data of one event, may have. */
void cvp_sse_init(struct cvp_sse *sse, size_t max, cvp_sse_taker *take, void *owner);
void cvp_sse_free(struct cvp_sse *sse);

/* Takes further bytes. False once a line or an event was larger than max; the stream is not to be read on then. */
bool cvp_sse_feed(struct cvp_sse *sse, const char *bytes, size_t length);

#endif
