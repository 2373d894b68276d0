/* server.h - a plain socket on loopback that answers every request with the same bytes and closes: for what the real
 * server that tests/llm/run starts cannot be brought to say. */
#ifndef CVP_TEST_LLM_SERVER_H
#define CVP_TEST_LLM_SERVER_H

#include <stddef.h>

struct server;

/* bytes: borrowed until it is stopped; written `times` times over. Ends the test where there is no port. */
struct server *server_start(const char *bytes, size_t times);
void server_stop(struct server *server);

int server_port(const struct server *server);

/* Requests taken so far, and the head of the last one. */
int server_count(struct server *server);
const char *server_request(struct server *server);

#endif
