/* reactor.h - a curl_multi whose sockets lie in one epoll set: what a wake-up costs does not grow with the transfers
 * that are open, as it does with curl_multi_perform(). Private to lib/llm; the thread of its struct cvp_llm. */
#ifndef CVP_LLM_REACTOR_H
#define CVP_LLM_REACTOR_H

#include <curl/curl.h>
#include <stdint.h>

struct cvp_reactor {
	CURLM *multi;
	int epoll_fd, wake_fd; /* wake_fd: the one in the set; -1: none */
	int64_t due_at;        /* monotonic, when curl wants to be called at the latest; -1: it does not */
};

/* Made in place, where it stays until cvp_reactor_close(): curl keeps its address. */
void cvp_reactor_open(struct cvp_reactor *reactor);
void cvp_reactor_close(struct cvp_reactor *reactor); /* all transfers have been removed */

/* Waits for the sockets at most timeout_ms, or until wake_fd (-1: none) is readable, and moves what can be moved. */
void cvp_reactor_run(struct cvp_reactor *reactor, int timeout_ms, int wake_fd);

#endif
