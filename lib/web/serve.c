#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/config.h"
#include "core/log.h"
#include "core/turn.h"
#include "web/connections.h"
#include "web/http.h"

#define BACKLOG         1024
#define ARENA_BYTES     ((size_t)32 * 1024)
#define THREAD_STACK    ((size_t)1024 * 1024)
#define MALLOC_ARENAS   2 /* glibc's default, one per thread, holds tens of megabytes of freed memory */
#define STOP_TICK_NANOS 10000000

struct server {
	struct cvp_site site;
	const char *path; /* of the socket; NULL where it was handed to us */
	struct cvp_connections connections;
	struct cvp_turns turns;
	atomic_size_t running;
};

struct options {
	const char *listen;
	bool wants_routes;
};

/* Ends the request. Where the front server wants it, its connection is kept. Else libfcgi closes in three steps,
 * waiting for the other side, lest a reset overtake the answer; where all input is read nothing can be reset, and
 * closing at once spares each request a wait. */
static void
finish_request(struct server *server, FCGX_Request *fcgi)
{
	bool is_read = FCGX_GetChar(fcgi->in) == EOF;
	bool wants_keeping = is_read && fcgi->keepConnection;

	fcgi->keepConnection = is_read;
	FCGX_Finish_r(fcgi);
	if (fcgi->ipcFd < 0)
		return;
	if (wants_keeping)
		cvp_connections_keep(&server->connections, fcgi->ipcFd);
	else
		close(fcgi->ipcFd);
}

static void
serve_one(struct cvp_ctx *ctx, struct server *server, FCGX_Request *fcgi)
{
	struct cvp_exchange x = { .ctx = ctx, .site = &server->site, .fcgi = fcgi };

	cvp_dispatch(&x);
	finish_request(server, fcgi);
	cvp_ctx_reset(ctx);
}

/* The connection is handed to libfcgi: FCGX_Accept_r() accepts only where ipcFd is -1, and first closes it unless
 * keepConnection is set. */
static bool
begin_request(FCGX_Request *fcgi, int fd)
{
	FCGX_InitRequest(fcgi, -1, 0);
	fcgi->ipcFd = fd;
	fcgi->keepConnection = 1;
	return FCGX_Accept_r(fcgi) == 0;
}

/* A thread that gave its turn up while it waited takes another before it accepts more work. */
static bool
take_turn(struct server *server, struct cvp_turn *turn)
{
	while (!cvp_turn_take(turn))
		if (atomic_load(&server->connections.is_stopping))
			return false; /* those with a turn empty the backlog */
	return true;
}

/* What came over kept connections after the last look at them: served, so that a stop loses nothing. */
static void
serve_last(struct cvp_ctx *ctx, struct server *server)
{
	FCGX_Request fcgi;
	int fd;

	while ((fd = cvp_connections_last(&server->connections)) >= 0)
		if (begin_request(&fcgi, fd))
			serve_one(ctx, server, &fcgi);
}

static void *
serve_requests(void *arg)
{
	struct server *server = arg;
	struct cvp_turn turn = { .turns = &server->turns };
	struct cvp_arena *arena = cvp_arena_new(ARENA_BYTES);
	FCGX_Request fcgi;
	struct cvp_ctx ctx;
	int fd;

	cvp_ctx_init(&ctx, arena);
	cvp_gate_enter(&ctx, server->site.gate);
	ctx.turn = &turn;
	while (take_turn(server, &turn) && (fd = cvp_connections_next(&server->connections)) >= 0)
		if (begin_request(&fcgi, fd))
			serve_one(&ctx, server, &fcgi);
	cvp_turn_leave(&turn);
	if (atomic_fetch_sub(&server->running, 1) == 1)
		serve_last(&ctx, server);
	cvp_gate_leave(&ctx);
	cvp_arena_free(arena);
	return NULL;
}

static void
interrupt(int signal)
{
	(void)signal; /* only there to end a thread's wait */
}

static void
block_signals(sigset_t *stop)
{
	struct sigaction action = { .sa_handler = interrupt };

	sigemptyset(stop);
	sigaddset(stop, SIGTERM);
	sigaddset(stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, stop, NULL);
	sigaction(SIGUSR1, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* Threads that wait are woken until all have seen that the server stops and nothing is left to read. */
static void
stop_threads(struct server *server, pthread_t *threads, size_t count)
{
	/* a socket that was handed to us may have another holder, who takes what we leave */
	if (server->path != NULL)
		unlink(server->path);
	cvp_connections_stop(&server->connections, server->path != NULL);
	while (atomic_load(&server->running) > 0) {
		for (size_t i = 0; i < count; i++)
			pthread_kill(threads[i], SIGUSR1);
		nanosleep(&(struct timespec){ .tv_nsec = STOP_TICK_NANOS }, NULL);
	}
	for (size_t i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
}

static void
run(struct server *server, const sigset_t *stop)
{
	size_t count = (size_t)cvp_config_int(server->site.config, CVP_SET_THREADS);
	pthread_t *threads = cvp_xcalloc(count, sizeof(*threads));
	pthread_attr_t attr;
	int caught;

	cvp_turns_init(&server->turns, (unsigned)cvp_config_int(server->site.config, CVP_SET_DB_POOL));
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, THREAD_STACK);
	atomic_store(&server->running, count);
	for (size_t i = 0; i < count; i++)
		if (pthread_create(&threads[i], &attr, serve_requests, server) != 0)
			abort(); /* no thread at start is no memory at start */
	pthread_attr_destroy(&attr);
	cvp_log(NULL, CVP_LOG_INFO, "serving", "s:i", "threads", (int)count);
	sigwait(stop, &caught);
	cvp_gate_stop(server->site.gate);
	stop_threads(server, threads, count);
	cvp_turns_free(&server->turns);
	cvp_log(NULL, CVP_LOG_INFO, "stopped", NULL);
	free(threads);
}

static enum cvp_code
open_listener(struct cvp_ctx *ctx, struct server *server)
{
	int fd = server->path != NULL ? FCGX_OpenSocket(server->path, BACKLOG) : STDIN_FILENO;

	if (fd >= 0 && (server->path != NULL || !FCGX_IsCGI()) && cvp_connections_open(&server->connections, fd))
		return CVP_OK;
	return cvp_fail(ctx, CVP_INVALID_INPUT,
			"No socket to listen on: give --listen PATH, or a socket as descriptor 0.");
}

static void
warn_of_trust(const struct cvp_config *config)
{
	if (strcmp(cvp_config_text(config, CVP_SET_AUTH_MODE), "trusted") == 0)
		cvp_log(NULL, CVP_LOG_WARNING, "callers_are_trusted", "s:s", "AUTH_MODE", "trusted");
}

static enum cvp_code
serve(struct cvp_ctx *ctx, struct server *server)
{
	sigset_t stop;
	enum cvp_code code;

	block_signals(&stop); /* before any thread starts, so that all inherit it */
	code = cvp_site_open(ctx, &server->site);
	if (code == CVP_OK) {
		cvp_log_open(server->site.program,
			     cvp_log_level_named(cvp_config_text(ctx->config, CVP_SET_LOG_LEVEL)));
		warn_of_trust(ctx->config);
		code = open_listener(ctx, server);
	}
	if (code != CVP_OK)
		return code;
	cvp_ctx_reset(ctx);
	malloc_trim(0); /* reading the lexicon took twenty times what is left of it */
	run(server, &stop);
	cvp_connections_close(&server->connections);
	return CVP_OK;
}

static bool
parse_options(int argc, char **argv, struct options *options)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--routes") == 0)
			options->wants_routes = true;
		else if (strcmp(argv[i], "--listen") == 0 && i + 1 < argc)
			options->listen = argv[++i];
		else
			return false;
	}
	return true;
}

int
cvp_serve(const char *program, const struct cvp_route *routes, size_t count, int argc, char **argv)
{
	struct server server = { .site = { .program = program, .routes = routes, .route_count = count } };
	struct options options = { 0 };
	struct cvp_ctx ctx;
	enum cvp_code code;

	if (!parse_options(argc, argv, &options)) {
		fprintf(stderr, "usage: %s [--listen SOCKET] [--routes]\n", argv[0]);
		return 2;
	}
	if (options.wants_routes) {
		cvp_routes_print(program, routes, count);
		return 0;
	}
	mallopt(M_ARENA_MAX, MALLOC_ARENAS);
	json_object_seed(0);
	if (sodium_init() < 0 || FCGX_Init() != 0)
		return 1;
	cvp_ctx_init(&ctx, cvp_arena_new(ARENA_BYTES));
	server.path = options.listen;
	code = serve(&ctx, &server);
	if (code != CVP_OK)
		fprintf(stderr, "%s: %s\n", program, ctx.err.message);
	cvp_site_close(&server.site);
	cvp_arena_free(ctx.arena);
	return code == CVP_OK ? 0 : 1;
}
