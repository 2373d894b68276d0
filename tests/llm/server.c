#include "server.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_MAX 262144

struct server {
	int fd, port, count;
	const char *bytes;
	size_t times;
	pthread_t thread;
	pthread_mutex_t lock; /* over count and request */
	char request[REQUEST_MAX];
};

/* The bytes a request must have, head and body; 0 while its head is not whole. */
static size_t
size_of_request(const char *request)
{
	const char *end = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "\r\nContent-Length:");

	if (end == NULL)
		return 0;
	return (size_t)(end + 4 - request) + (length != NULL ? strtoul(length + 17, NULL, 10) : 0);
}

static void
read_request(struct server *server, int fd)
{
	static char text[REQUEST_MAX];
	size_t have = 0;
	ssize_t got;

	text[0] = '\0';
	while ((size_of_request(text) == 0 || have < size_of_request(text)) && have < sizeof(text) - 1 &&
	       (got = recv(fd, text + have, sizeof(text) - 1 - have, 0)) > 0) {
		have += (size_t)got;
		text[have] = '\0';
	}
	pthread_mutex_lock(&server->lock);
	server->count++;
	memcpy(server->request, text, have + 1);
	pthread_mutex_unlock(&server->lock);
}

static void
write_answer(const struct server *server, int fd)
{
	size_t length = strlen(server->bytes);

	for (size_t i = 0; i < server->times; i++)
		if (send(fd, server->bytes, length, MSG_NOSIGNAL) != (ssize_t)length)
			return;
}

static void *
serve(void *data)
{
	struct server *server = data;
	int fd;

	while ((fd = accept(server->fd, NULL, NULL)) >= 0) {
		read_request(server, fd);
		write_answer(server, fd);
		close(fd);
	}
	return NULL;
}

struct server *
server_start(const char *bytes, size_t times)
{
	struct server *server = calloc(1, sizeof(*server));
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);

	ck_assert_ptr_nonnull(server);
	server->bytes = bytes;
	server->times = times;
	server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(server->fd, (const struct sockaddr *)&address, size), 0);
	ck_assert_int_eq(listen(server->fd, 16), 0);
	ck_assert_int_eq(getsockname(server->fd, (struct sockaddr *)&address, &size), 0);
	server->port = ntohs(address.sin_port);
	pthread_mutex_init(&server->lock, NULL);
	ck_assert_int_eq(pthread_create(&server->thread, NULL, serve, server), 0);
	return server;
}

void
server_stop(struct server *server)
{
	shutdown(server->fd, SHUT_RDWR); /* accept() returns */
	pthread_join(server->thread, NULL);
	close(server->fd);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

int
server_port(const struct server *server)
{
	return server->port;
}

int
server_count(struct server *server)
{
	int count;

	pthread_mutex_lock(&server->lock);
	count = server->count;
	pthread_mutex_unlock(&server->lock);
	return count;
}

const char *
server_request(struct server *server)
{
	return server->request;
}
