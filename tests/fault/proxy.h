/* proxy.h - a wire between the worker and Postgres that a test can cut: a process that passes bytes on between two Unix
 * sockets. */
#ifndef CVP_FAULT_PROXY_H
#define CVP_FAULT_PROXY_H

#include <sys/types.h>

/* Listens in the folder as Postgres would and passes all on to the Postgres whose sockets lie in `to`. Its process. */
pid_t proxy_begin(const char *folder, const char *to);

/* Cuts every connection at once and refuses new ones. */
void proxy_cut(pid_t proxy);

#endif
