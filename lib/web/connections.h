/* connections.h - the connections of a program: for each that has something to read, one thread is woken.
 *
 * The listening socket and the connections the front server keeps lie in one epoll set, each armed for one event. So a
 * thread holds a connection from the first byte of a request to the end of its answer, and an idle one holds none;
 * libfcgi alone would bind a kept connection to its thread, and requests behind it would starve. */
#ifndef CVP_WEB_CONNECTIONS_H
#define CVP_WEB_CONNECTIONS_H

#include <stdatomic.h>
#include <stdbool.h>

/* libfcgi closes by select(), which knows no descriptor from 1024 on: what is kept leaves room for the others. */
#define CVP_KEPT_LIMIT 512

struct cvp_connections {
	int listen_fd; /* borrowed */
	int epoll;
	atomic_bool is_stopping;
	atomic_bool is_kept[CVP_KEPT_LIMIT]; /* by descriptor; set by the thread that holds the connection */
};

/* Makes the socket non-blocking. False where the system has no descriptor left. */
bool cvp_connections_open(struct cvp_connections *all, int listen_fd);
void cvp_connections_close(struct cvp_connections *all);

/* Waits for a connection that has something to read, new or kept; it is the caller's until it is kept or closed. -1
 * where the program stops and none is waiting any more. A signal makes a waiting thread look whether it stops. */
int cvp_connections_next(struct cvp_connections *all);

/* Gives a connection back after its answer, to be kept for another request; closes it where it cannot be. */
void cvp_connections_keep(struct cvp_connections *all, int fd);

/* From now on nothing is waited for, and nothing kept. takes_backlog: what has connected already is still accepted. */
void cvp_connections_stop(struct cvp_connections *all, bool takes_backlog);

/* After the last thread has left: a connection that was kept to the end, closed for the other side's writing; what came
 * before may still be read from it. -1 when none is left. */
int cvp_connections_last(struct cvp_connections *all);

#endif
