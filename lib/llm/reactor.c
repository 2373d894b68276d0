#include "llm/reactor.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/clock.h"

#define EVENTS_MAX 256
#define MILLI      1000

/* curl's socket callback. What it waits for changes often, so the set is told to change first and to add else. */
static int
watch_socket(CURL *easy, curl_socket_t socket, int what, void *owner, void *known)
{
	const struct cvp_reactor *reactor = owner;
	struct epoll_event event = { .data.fd = socket };

	(void)easy;
	(void)known;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(reactor->epoll_fd, EPOLL_CTL_DEL, socket, NULL); /* closed already: it has left the set */
		return 0;
	}
	event.events = (what & CURL_POLL_IN ? EPOLLIN : 0U) | (what & CURL_POLL_OUT ? EPOLLOUT : 0U);
	if (epoll_ctl(reactor->epoll_fd, EPOLL_CTL_MOD, socket, &event) != 0 &&
	    epoll_ctl(reactor->epoll_fd, EPOLL_CTL_ADD, socket, &event) != 0)
		return -1; /* the transfers that use the socket fail */
	return 0;
}

/* curl's timer callback; -1 takes the timer away. */
static int
set_timer(CURLM *multi, long milliseconds, void *owner)
{
	struct cvp_reactor *reactor = owner;

	(void)multi;
	reactor->due_at = milliseconds < 0 ? -1 : cvp_monotonic() + milliseconds * MILLI;
	return 0;
}

void
cvp_reactor_open(struct cvp_reactor *reactor)
{
	*reactor = (struct cvp_reactor){
		.multi = curl_multi_init(), .epoll_fd = epoll_create1(EPOLL_CLOEXEC), .wake_fd = -1, .due_at = -1
	};
	if (reactor->multi == NULL || reactor->epoll_fd < 0)
		cvp_out_of_memory();
	curl_multi_setopt(reactor->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(reactor->multi, CURLMOPT_SOCKETDATA, reactor);
	curl_multi_setopt(reactor->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(reactor->multi, CURLMOPT_TIMERDATA, reactor);
}

void
cvp_reactor_close(struct cvp_reactor *reactor)
{
	curl_multi_cleanup(reactor->multi);
	close(reactor->epoll_fd);
}

static void
set_wake(struct cvp_reactor *reactor, int wake_fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = wake_fd };

	if (wake_fd == reactor->wake_fd)
		return;
	if (reactor->wake_fd >= 0)
		epoll_ctl(reactor->epoll_fd, EPOLL_CTL_DEL, reactor->wake_fd, NULL);
	if (wake_fd >= 0 && epoll_ctl(reactor->epoll_fd, EPOLL_CTL_ADD, wake_fd, &event) != 0)
		abort(); /* no such descriptor */
	reactor->wake_fd = wake_fd;
}

/* How long to wait, so that curl's timer is not missed. */
static int
patience(const struct cvp_reactor *reactor, int timeout_ms)
{
	int64_t left;

	if (reactor->due_at < 0)
		return timeout_ms;
	left = (reactor->due_at - cvp_monotonic() + MILLI - 1) / MILLI;
	if (left < 0)
		return 0;
	return left < timeout_ms ? (int)left : timeout_ms;
}

void
cvp_reactor_run(struct cvp_reactor *reactor, int timeout_ms, int wake_fd)
{
	struct epoll_event events[EVENTS_MAX];
	int count, running;

	set_wake(reactor, wake_fd);
	count = epoll_wait(reactor->epoll_fd, events, EVENTS_MAX, patience(reactor, timeout_ms));
	for (int i = 0; i < count; i++) {
		int bits = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR) ? CURL_CSELECT_IN : 0) |
			   (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
			   (events[i].events & EPOLLERR ? CURL_CSELECT_ERR : 0);

		if (events[i].data.fd != wake_fd)
			curl_multi_socket_action(reactor->multi, events[i].data.fd, bits, &running);
	}
	if (reactor->due_at >= 0 && cvp_monotonic() >= reactor->due_at) {
		reactor->due_at = -1; /* the call may set it anew */
		curl_multi_socket_action(reactor->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
}
