#include "web/connections.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NO_MEMORY_NANOS 10000000 /* where the system lacks descriptors or memory, a moment may bring some */

static bool
arm(const struct cvp_connections *all, int operation, int fd)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT, .data.fd = fd };

	return epoll_ctl(all->epoll, operation, fd, &event) == 0;
}

bool
cvp_connections_open(struct cvp_connections *all, int listen_fd)
{
	memset(all, 0, sizeof(*all));
	all->listen_fd = listen_fd;
	fcntl(listen_fd, F_SETFL, fcntl(listen_fd, F_GETFL) | O_NONBLOCK);
	all->epoll = epoll_create1(EPOLL_CLOEXEC);
	return all->epoll >= 0 && arm(all, EPOLL_CTL_ADD, listen_fd);
}

void
cvp_connections_close(struct cvp_connections *all)
{
	if (all->epoll >= 0)
		close(all->epoll);
}

/* A new connection, or -1. The socket is armed again before the request is read, so that others are served meanwhile.
 */
static int
accept_connection(const struct cvp_connections *all)
{
	int fd = accept4(all->listen_fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS))
		nanosleep(&(struct timespec){ .tv_nsec = NO_MEMORY_NANOS }, NULL);
	(void)arm(all, EPOLL_CTL_MOD, all->listen_fd);
	return fd;
}

int
cvp_connections_next(struct cvp_connections *all)
{
	for (;;) {
		bool is_stopping = atomic_load(&all->is_stopping);
		struct epoll_event event;
		int count = epoll_wait(all->epoll, &event, 1, is_stopping ? 0 : -1);
		int fd = count == 1 ? event.data.fd : -1;

		if (count == 0 || (count < 0 && errno != EINTR))
			return -1;
		if (fd == all->listen_fd)
			fd = accept_connection(all);
		else if (fd >= 0)
			all->is_kept[fd] = false;
		if (fd >= 0)
			return fd;
	}
}

void
cvp_connections_keep(struct cvp_connections *all, int fd)
{
	if (fd >= CVP_KEPT_LIMIT || atomic_load(&all->is_stopping)) {
		close(fd);
		return;
	}
	all->is_kept[fd] = true; /* before it is armed: from then on it may be another thread's */
	if (!arm(all, EPOLL_CTL_MOD, fd) && !arm(all, EPOLL_CTL_ADD, fd)) {
		all->is_kept[fd] = false;
		close(fd);
	}
}

void
cvp_connections_stop(struct cvp_connections *all, bool takes_backlog)
{
	if (!takes_backlog)
		epoll_ctl(all->epoll, EPOLL_CTL_DEL, all->listen_fd, NULL);
	atomic_store(&all->is_stopping, true);
}

int
cvp_connections_last(struct cvp_connections *all)
{
	for (int fd = 0; fd < CVP_KEPT_LIMIT; fd++)
		if (all->is_kept[fd]) {
			all->is_kept[fd] = false;
			shutdown(fd, SHUT_RD);
			return fd;
		}
	return -1;
}
