#include "proxy.h"

#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET_NAME ".s.PGSQL.5432"
#define BUFFER      16384
#define BACKLOG     64

static struct sockaddr_un
address_in(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int length = snprintf(address.sun_path, sizeof(address.sun_path), "%s/" SOCKET_NAME, folder);

	ck_assert_int_lt(length, (int)sizeof(address.sun_path));
	return address;
}

struct pump {
	int from, to;
};

/* Passes on until one side ends, then ends the other. */
static void *
pump(void *arg)
{
	struct pump *ends = arg;
	char bytes[BUFFER];
	ssize_t got;

	while ((got = read(ends->from, bytes, sizeof(bytes))) > 0)
		if (send(ends->to, bytes, (size_t)got, MSG_NOSIGNAL) != got)
			break;
	shutdown(ends->to, SHUT_RDWR);
	shutdown(ends->from, SHUT_RDWR);
	free(ends);
	return NULL;
}

static void
begin_pump(int from, int to)
{
	struct pump *ends = malloc(sizeof(*ends));
	pthread_t thread;

	*ends = (struct pump){ from, to };
	if (pthread_create(&thread, NULL, pump, ends) != 0)
		_exit(1);
	pthread_detach(thread);
}

static void
serve(int listener, const struct sockaddr_un *to)
{
	for (;;) {
		int near = accept(listener, NULL, NULL), far = socket(AF_UNIX, SOCK_STREAM, 0);

		if (near < 0 || far < 0)
			_exit(1);
		if (connect(far, (const struct sockaddr *)to, sizeof(*to)) != 0) {
			close(near);
			close(far);
			continue;
		}
		begin_pump(near, far);
		begin_pump(far, near);
	}
}

pid_t
proxy_begin(const char *folder, const char *to)
{
	struct sockaddr_un here = address_in(folder), there = address_in(to);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	pid_t proxy;

	mkdir(folder, 0755);
	unlink(here.sun_path);
	ck_assert_int_eq(bind(listener, (const struct sockaddr *)&here, sizeof(here)), 0);
	ck_assert_int_eq(chmod(here.sun_path, 0777), 0);
	ck_assert_int_eq(listen(listener, BACKLOG), 0);
	proxy = fork();
	ck_assert_int_ge(proxy, 0);
	if (proxy == 0)
		serve(listener, &there);
	close(listener);
	return proxy;
}

void
proxy_cut(pid_t proxy)
{
	kill(proxy, SIGKILL);
	waitpid(proxy, NULL, 0);
}
